"""
Refusals in English, French, Italian, Romanian, German and Dutch: what is one, what may be one, and what only looks like one.
"""

import pytest

from consent.replies import read
from tests.consent.readings import is_for_good, is_less

REFUSED = [
    ("en", "Take my dad off your list, he gets confused", "for a relative"),
    ("en", "grateful if you didn't contact me again", "a polite condition that is none"),
    ("en", "not interested, quit ringing this number", "a refusal of the offer before it"),
    ("en", "dont cal me agen", "two misspelled words"),
    ("fr", "appelez moi plus jamais", "without 'ne', as it is spoken"),
    ("fr", "arete de mapelé", "written by ear"),
    ("fr", "lâchez-moi les baskets", "an idiom"),
    ("fr", "J'exerce mon droit d'opposition", "the law's words"),
    ("it", "nun me chiamate più", "Roman"),
    ("it", "può togliermi dall'elenco", "a request put as a question"),
    ("it", "le sarei grato se non mi chiamasse più", "as formal as can be"),
    ("ro", "nu-mi mai scrieti", "pronouns joined by a hyphen"),
    ("ro", "scotetima din lista", "one word of two"),
    ("ro", "vă interzic să mă mai sunați", "a ban"),
    ("de", "Ruft mich bitte nie wieder an", "the verb comes apart"),
    ("de", "ruafts mi nimmer an", "Austrian"),
    ("de", "Von weiteren Anrufen bitte ich abzusehen, ich möchte nicht mehr kontaktiert werden", "the passive"),
    ("nl", "Gelieve mij niet meer te contacteren", "Flemish"),
    ("nl", "hou nou eens op met bellen", "the verb comes apart"),
    ("nl", "haal me eraf", "what from goes without saying"),
]
DOUBTED = [
    ("en", "don't ring after nine", "bound to a time"),
    ("en", "no need to call me", "perhaps only this once"),
    ("fr", "ne m'appelez pas demain", "bound to a day"),
    ("fr", "plus de pub svp", "of advertising alone"),
    ("it", "per il momento preferisco non ricevere chiamate", "bound to the present"),
    ("it", "chi vi ha dato il mio numero?", "a question that hints"),
    ("ro", "nu ma sunati saptamana asta", "bound to a week"),
    ("ro", "m-am saturat de voi", "an outburst"),
    ("de", "rufen Sie mich nicht vor zehn an", "bound to an hour"),
    ("de", "ich will keine Werbung", "of advertising alone"),
    ("nl", "bel me niet voor tien uur", "bound to an hour"),
    ("nl", "alweer jullie", "an outburst"),
]
INNOCENT = [
    ("en", "The courier said don't call me again, is that normal?", "somebody else's words"),
    ("en", "I never sent stop", "about a keyword"),
    ("en", "do I lose my number if I change plan?", "another loss"),
    ("en", "take my name off the invoice", "no list"),
    ("fr", "je ne m'appelle pas Martin", "a name"),
    ("fr", "rappelez-moi plus tard", "'plus' as in later"),
    ("fr", "ça ne me dérange pas, appelez", "the contrary"),
    ("fr", "je suis en arrêt maladie", "a noun of its own"),
    ("it", "non mi chiamo Mario", "a name"),
    ("it", "basta che arrivi entro venerdì", "as long as"),
    ("it", "il cancello è aperto", "a gate"),
    ("ro", "nu opriti mesajele", "the contrary"),
    ("ro", "nu-mi trimiteti factura pe mail", "the invoice alone"),
    ("ro", "scoateti ceapa va rog", "an onion"),
    ("de", "Sie haben mich nicht mehr angerufen", "what was"),
    ("de", "Nehmen Sie mich bitte von der Warteliste", "another list"),
    ("de", "das stört mich nicht", "the contrary"),
    ("nl", "ik krijg geen berichten meer", "what is"),
    ("nl", "haal het nummer op", "to fetch"),
    ("nl", "bel is kapot, niet bellen maar kloppen", "the door"),
]


@pytest.mark.parametrize(("language", "text", "why"), REFUSED)
def test_a_refusal_is_understood_as_it_is_said(language, text, why):
    """
    Polite or rude, by ear, by law or in dialect, it takes effect at once.
    """
    assert is_for_good(text), f"{language}: {why}"


@pytest.mark.parametrize(("language", "text", "why"), DOUBTED)
def test_what_is_limited_or_hinted_goes_to_a_person(language, text, why):
    """
    A time, a part or an outburst is no refusal for good, and still is no silence.
    """
    assert is_less(text), f"{language}: {why}"


@pytest.mark.parametrize(("language", "text", "why"), INNOCENT)
def test_what_only_looks_like_a_refusal_is_none(language, text, why):
    """
    Other senses of the words, other people's words and the contrary stop nothing and bother nobody.
    """
    assert read(text).kind == "none", f"{language}: {why}"
