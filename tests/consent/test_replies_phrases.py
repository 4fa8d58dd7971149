"""
Refusals in people's own words: clear ones count anywhere, doubtful ones are never ignored.
"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.replies import read


def each(texts: str) -> list[str]:
    """The messages of a list, which bars separate."""
    return [text.strip() for text in texts.split("|")]


PHRASES = {
    "es": each(
        """
    no me llamen más | No me llame mas | no me vuelvan a llamar | deje de llamarme | dejen de llamarme |
    deme de baja | quiero darme de baja | me quiero dar de baja | quítenme de la lista | borre mi número |
    no quiero recibir llamadas | ya no quiero que me llamen | no quiero más llamadas |
    revoco mi consentimiento | déjenme en paz | no más llamadas
    """
    ),
    "en": each(
        """
    stop calling me | don't call me | Don’t call me again | dont call me anymore | do not call me | remove me |
    take me off your list | remove my number | lose my number | unsubscribe me | I want to unsubscribe |
    stop the calls | not interested, don't call back | I don't want any more calls |
    I do not want to be called | leave me alone | I revoke my consent | no more calls | never call me again |
    opt me out
    """
    ),
    "pt": each(
        """
    não me ligue mais | nao me liguem | pare de me ligar | parem de ligar | tire meu número da lista |
    não quero receber ligações | não quero mais receber ligações | me tirem da lista | me deixem em paz
    """
    ),
    "fr": each(
        """
    ne m'appelez plus | Ne m’appelez plus jamais | m'appelez plus | arrêtez de m'appeler |
    retirez-moi de votre liste | supprimez mon numéro | ne me contactez plus |
    je ne veux plus recevoir d'appels | plus d'appels | désinscrivez-moi
    """
    ),
    "de": each(
        """
    rufen Sie mich nicht mehr an | Rufen Sie mich bitte nicht mehr an | ruf mich nicht mehr an |
    keine Werbeanrufe | streichen Sie mich von der Liste | bitte nicht mehr anrufen |
    hören Sie auf, mich anzurufen | Ich möchte mich abmelden | hoeren Sie auf mich anzurufen |
    Ich widerrufe meine Einwilligung | Lassen Sie mich in Ruhe | melden Sie mich ab
    """
    ),
    "it": each(
        """
    non mi chiami più | non chiamatemi più | toglietemi dalla lista | cancellate il mio numero |
    basta chiamate | smettetela di chiamarmi | non voglio più ricevere chiamate | revoco il consenso |
    lasciatemi in pace
    """
    ),
    "nl": ["bel me niet meer", "haal me van de lijst"],
    "tr": ["beni bir daha aramayın", "listeden çıkarın"],
}
SAID = [(language, phrase) for language, phrases in PHRASES.items() for phrase in phrases]
cases = st.sampled_from([str.upper, str.lower, str.title, str.capitalize, str.swapcase])
forms = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
around = st.sampled_from(["", "Hola, ", "Hello there! ", "Bonjour, ", "Guten Tag. ", "Señores: ", "please ", "😡 "])
behind = st.sampled_from(["", ".", "!!!", ", gracias", " please", ". Thank you very much", " 🙏", "\nAna"])


@pytest.mark.parametrize(("language", "phrase"), SAID)
def test_a_refusing_phrase_is_an_opt_out(language, phrase):
    """
    The ways in which people ask not to be called, in the six languages first, and which language it was.
    """
    meaning = read(phrase)

    assert (meaning.kind, meaning.language) == ("opt_out", language)


@given(st.sampled_from(SAID), around, behind, cases, forms)
def test_a_refusing_phrase_counts_inside_a_message(said, before, after, case, form):
    """
    Whatever surrounds it, and however it is typed.
    """
    text = before + unicodedata.normalize(form, case(said[1])) + after

    assert read(text).kind == "opt_out"


@pytest.mark.parametrize(
    "text",
    each(
        """
    no quiero darme de baja | don't stop calling | Please don't stop calling me |
    no quiero que dejen de llamarme | no quiero que me den de baja | I never said stop calling me |
    Ich möchte mich nicht abmelden | no stop | no baja | stopp nicht |
    ne vous arrêtez pas, ne me désabonnez pas du désabonnement | não quero me descadastrar |
    non voglio che smettiate, non cancellami | 退会しない | I do not want you to stop calling me
    """
    ),
)
def test_a_negated_refusal_is_not_clear(text):
    """
    "Don't stop calling" is no opt-out; a person decides.
    """
    assert read(text).kind in {"none", "opt_out_maybe"}


@pytest.mark.parametrize(
    "text",
    each(
        """
    No, quiero darme de baja | no, no me llamen más | no no me llamen más | not interested stop calling me |
    No me interesa, dejen de llamarme | no gracias dejen de llamarme | Nein, rufen Sie mich nicht mehr an |
    I said no. Stop calling me | No. BAJA. | no thanks, unsubscribe me
    """
    ),
)
def test_a_no_to_something_else_does_not_blur_a_refusal(text):
    """
    Punctuation, emphasis, and a finished "no, thanks" end the reach of a negation.
    """
    assert read(text).kind == "opt_out"


@pytest.mark.parametrize(
    "text",
    each(
        """
    don't call me after 9 | no me llamen a las 8 | No me llames por la tarde | stop calling me at work |
    don't call me before 10am
    """
    ),
)
def test_a_refusal_bound_to_a_time_or_place_is_not_clear(text):
    """
    Who does not want to be called after nine has not forbidden every call; the reviewer sets the scope.
    """
    assert read(text).kind == "opt_out_maybe"


@pytest.mark.parametrize(
    "text",
    each(
        """
    you don't call me back | they never call me | Pourquoi vous ne m'appelez plus ? | Perché non mi chiamate? |
    Warum rufen Sie mich nicht an? | not interested | no me interesa | número equivocado | wrong number
    """
    ),
)
def test_what_may_be_a_refusal_is_reviewed(text):
    """
    Complaints, questions, refusals of the offer or of messages, and wrong numbers go to a person.
    """
    assert read(text).kind == "opt_out_maybe"


def test_a_clear_refusal_wins_over_a_doubtful_one():
    """
    One clear phrase is enough, wherever it stands.
    """
    assert read("Don't stop the music. But stop calling me!").kind == "opt_out"


@pytest.mark.parametrize(
    "text",
    each(
        """
    My sister told you to stop calling her | mi ex me dijo que no lo llame más | er hat gesagt ich soll ihn nicht mehr anrufen |
    Mia madre dice di non chiamarla più
    """
    ),
)
def test_what_somebody_else_said_goes_to_a_person(text):
    """
    It may be meant or only told.
    """
    assert read(text).kind != "opt_out"


@pytest.mark.parametrize(
    "text",
    each(
        """
    I told you to stop calling me | He dicho que no me llamen más | je vous ai dit de ne plus m'appeler |
    ich habe Ihnen gesagt, dass Sie mich nicht mehr anrufen sollen
    """
    ),
)
def test_who_repeats_their_own_word_means_it(text):
    """
    Told before, and meant now.
    """
    assert read(text).kind == "opt_out"
