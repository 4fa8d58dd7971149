"""
The meaning of replies: no refusal is missed, no consent is made up.
"""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.keywords import KEYWORDS
from consent.meaning import Meaning
from consent.replies import read, read_choice


def listed(part: str) -> list[tuple[str, str]]:
    """Every (language, word) of one part of the keyword lists."""
    return [
        (lang, word.strip()) for lang, words in KEYWORDS.items() for word in getattr(words, part).split(",") if word
    ]


def each(texts: str) -> list[str]:
    """The messages of a list, which bars separate."""
    return [text.strip() for text in texts.split("|")]


STOPS = [word for _, word in listed("stop")]
STARTS = [word for _, word in listed("start")]
HELPS = [word for _, word in listed("help")]
LATIN = [word for word in STOPS if word.isascii()]


# --- Keywords


@pytest.mark.parametrize("word", sorted(set(STOPS)))
def test_every_stop_word_alone_is_an_opt_out(word):
    """
    In all languages we know, the word as the whole message is clear.
    """
    assert read(word).kind == "opt_out"


@pytest.mark.parametrize("word", sorted(set(STARTS)))
def test_every_start_word_alone_is_an_opt_in(word):
    """
    And only as the whole message.
    """
    assert read(word).kind == "opt_in"
    assert read(f"{word} por favor").kind == "none"


@pytest.mark.parametrize("word", sorted(set(HELPS)))
def test_every_help_word_alone_asks_for_help(word):
    """
    And only as the whole message.
    """
    assert read(word).kind == "help"
    assert read(f"{word} me now").kind == "none"


def test_no_word_means_two_things():
    """
    No opt-in or help word of any language is an opt-out word of another.
    """
    assert not {word.casefold() for word in STARTS + HELPS} & {word.casefold() for word in STOPS}


def test_exact_words_are_stop_words():
    """
    The lists agree with themselves.
    """
    assert {word for _, word in listed("exact")} <= set(STOPS)


@pytest.mark.parametrize(
    "word",
    each(
        """
    SI | sí | YES | y | oui | ja | JA! | sim | tak | evet | ya | نعم | כן | да | はい | ok | voltar | onay
    """
    ),
)
def test_yes_is_no_opt_in(word):
    """
    A yes answers some other question, and so do the back entry of a menu and the confirmation of an appointment.
    """
    assert read(word) == Meaning("none")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("BAJA", "es"),
        ("unsubscribe", "en"),
        ("descadastrar", "pt"),
        ("arrêt", "fr"),
        ("stopp", "de"),
        ("disiscrivi", "it"),
        ("afmelden", "nl"),
        ("退订", "zh"),
        ("수신거부", "ko"),
        ("отписка", "ru"),
        ("إيقاف", "ar"),
        ("STOP", None),
        ("cancelar", None),
    ],
)
def test_a_word_of_one_language_names_it(text, language):
    """
    A word that several languages share names none.
    """
    assert read(text).language == language


def test_pattern_and_span_quote_the_message():
    """
    The evidence is the words as written, at their place in the original.
    """
    text = "🛑 Hola, ¡BÁJA! por favor"
    meaning = read(text)

    assert (meaning.kind, meaning.pattern) == ("opt_out", "baja")
    assert meaning.span is not None
    assert text[slice(*meaning.span)] == "BÁJA"


# --- However it is typed

cases = st.sampled_from([str.upper, str.lower, str.title, str.capitalize, str.swapcase])
forms = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
noise = st.text("  .,;:!?¡¿…\n\t\"'()-_*~🛑🙏👍🏽😡❤️\u200b\u200e\ufeff", max_size=6)


@given(st.sampled_from(STOPS), cases, forms, noise, noise)
def test_case_form_punctuation_and_emoji_do_not_hide_an_opt_out(word, case, form, before, after):
    """
    However a stop word is typed, it stays a clear opt-out.
    """
    text = before + unicodedata.normalize(form, case(word)) + after

    assert read(text).kind == "opt_out"


@given(st.sampled_from(STARTS), cases, forms, noise, noise)
def test_case_form_punctuation_and_emoji_do_not_hide_an_opt_in(word, case, form, before, after):
    """
    Nor an opt-in.
    """
    text = before + unicodedata.normalize(form, case(word)) + after

    assert read(text).kind == "opt_in"


@given(
    st.sampled_from(LATIN), st.lists(st.sampled_from("\u0300\u0301\u0302\u0303\u0308\u0327\u20dd\ufe0f"), max_size=12)
)
def test_accents_do_not_hide_a_latin_word(word, accents):
    """
    Accents, right or wrong, are stripped from Latin letters.
    """
    accented = "".join(letter + accent for letter, accent in zip(word, accents, strict=False)) + word[len(accents) :]

    assert read(accented).kind == "opt_out"


@pytest.mark.parametrize(
    "text", ["ＳＴＯＰ", "𝗦𝗧𝗢𝗣", "ⓈⓉⓄⓅ", "S.T.O.P.", "s t o p", "B-A-J-A", "STOOOOP", "bajaaaa", "S\u200bTOP"]
)
def test_fancy_letters_are_letters(text):
    """
    Wide, mathematical, circled, spelled out, stretched or joined by what nobody sees.
    """
    assert read(text).kind == "opt_out"


@pytest.mark.parametrize(
    "text",
    each(
        """
    İPTAL | IPTAL | iptal | ıptal | İPTAL
    """
    ),
)
def test_turkish_i_is_read_both_ways(text):
    """
    Dotted and dotless I, in either case.
    """
    assert read(text).kind == "opt_out"


@pytest.mark.parametrize(("word", "without"), [("बंद", "बद"), ("रोकें", "रक"), ("रोको", "रक")])
def test_marks_of_other_scripts_are_not_accents(word, without):
    """
    Without their marks Hindi words would be other words.
    """
    assert read(word).kind == "opt_out"
    assert read(without).kind == "none"


# --- In a few words, in a sentence


@pytest.mark.parametrize(
    "text",
    each(
        """
    STOP por favor | baja please | please stop | Hola, BAJA | para por favor | cancelar por favor |
    cancel, thanks | stop it | ok stop | basta grazie | stopp bitte | stop merci | salir ya |
    stop stop stop stop stop | Buenos días. BAJA. Muchas gracias y saludos. | 请退订 | 수신거부 해주세요 |
    Hola buenas tardes, baja por favor, gracias
    """
    ),
)
def test_a_keyword_with_few_words_or_courtesy_is_an_opt_out(text):
    """
    Up to three words, any amount of courtesy, or a sentence of its own do not blur it.
    """
    assert read(text).kind == "opt_out"


@pytest.mark.parametrize(
    "text",
    each(
        """
    La pantalla aparece baja hoy y no sé qué hacer | The bus should stop near our house |
    How do I unsubscribe from all of these things? |
    ¿Cómo puedo darme de baja del servicio? | quiero cancelar | cancelar cita |
    Responde STOP para no recibir mensajes nunca
    """
    ),
)
def test_a_keyword_in_a_sentence_is_never_ignored(text):
    """
    What may be an opt-out waits for a person, and is suppressed for marketing until then.
    """
    assert read(text).kind == "opt_out_maybe"


@pytest.mark.parametrize(
    "text",
    each(
        """
    para mañana | Esto es para mi hermana | quiero cancelar mi cita del lunes | the end |
    At the end I will come by | the price is very alto | voy a salir a las cinco | td bem? | red shirt |
    a nice band | T-shirt | I need to cancel my appointment tomorrow | Das ist das Ende der Geschichte | hola |
    👍 | 123 | no | no thanks | llámenme mañana | Gracias por llamar | call me back | ¿Cuándo abren?
    """
    ),
)
def test_everyday_words_mean_nothing(text):
    """
    Words too common to count, in sentences, and messages about something else.
    """
    assert read(text) == Meaning("none")


@pytest.mark.parametrize("text", ["", "   ", "\n", "?!", "\u200b"])
def test_nothing_said_means_nothing(text):
    """
    No word, no meaning.
    """
    assert read(text) == Meaning("none")


@pytest.mark.parametrize("text", ["🛑", "🚫🚫", " ⛔ ", "📵🙏"])
def test_a_stop_sign_is_not_ignored(text):
    """
    No word, and yet perhaps a refusal.
    """
    assert read(text).kind == "opt_out_maybe"


# --- Buttons


@pytest.mark.parametrize(
    ("payload", "title", "kind"),
    [
        ("OPT_OUT_CALLS", "Unsubscribe", "opt_out"),
        ("opt-out-calls", "Stop calls", "opt_out"),
        ("opt-out-all", "Stop everything", "opt_out"),
        ("optOutCalls", "OK", "opt_out"),
        ('{"action":"stop"}', "OK", "opt_out"),
        ("7", "No me llamen más", "opt_out"),
        ("7", "Baja", "opt_out"),
        ("stop", "Keep calling me", "opt_out"),
        ("START", "Stop", "opt_out"),
        ("unsubscribe_from_all_marketing_of_shop", "OK", "opt_out"),
        ("7", "Not interested", "opt_out_maybe"),
        ("7", "Don't stop", "opt_out_maybe"),
        ("START", "Sí", "opt_in"),
        ("OPT_IN", "Yes, call me", "opt_in"),
        ("HELP", "More", "help"),
        ("CANCEL_ORDER", "Cancel order", "none"),
        ("yes", "Yes", "none"),
        (None, None, "none"),
        ("", "", "none"),
        (None, "STOP", "opt_out"),
        ("STOP", None, "opt_out"),
    ],
)
def test_a_choice_means_the_more_restrictive_of_its_names(payload, title, kind):
    """
    Payload and label are both read, and a menu entry that cancels an order cancels no consent.
    """
    assert read_choice(payload, title).kind == kind


@given(st.none() | st.text(), st.sampled_from(STOPS))
def test_a_stop_on_either_side_of_a_choice_is_an_opt_out(other, word):
    """
    Nothing in the other name can undo it.
    """
    assert read_choice(other, word).kind == "opt_out"
    assert read_choice(word, other).kind == "opt_out"


# --- Any text at all


@given(
    st.text(st.characters(), max_size=200)
    | st.lists(st.sampled_from(["no", "stop", "me", "llamen", ".", ",", "'", "ñ", "退", "\ud800"])).map(" ".join)
)
def test_reading_never_raises_and_quotes_what_is_there(text):
    """
    Any text has a meaning; what is not "none" says where it stands.
    """
    meaning = read(text)

    assert (meaning.kind == "none") == (meaning.span is None)
    assert meaning.span is None or 0 <= meaning.span[0] < meaning.span[1] <= len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "stop x ",
        "no me ",
        "don't ",
        "̣́",
        "़्",
        "no quiero ",
        "停",
        "s\u200bt",
        "'",
        "ᅡ",
        "cancel. ",
        "not interested ",
        "je ne veux plus recevoir de vos ",
        "x" * 40 + " ",
        "stop, no ",
        ". ",
        "🛑 ",
    ],
)
def test_long_texts_take_linear_time(unit):
    """
    64 KiB of anything is read in seconds at most, where anything quadratic takes minutes.
    """
    text = (unit * 65_536)[:65_536]
    started = time.process_time()
    read(text)
    taken = time.process_time() - started

    assert taken < 20
