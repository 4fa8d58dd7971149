"""
The words of the page: complete in every language, and chosen as browsers ask.
"""

import json
import re
from datetime import date

import pytest

from consent.models import CATEGORIES, CHANNELS, TECHNOLOGIES
from policies.models import OUTCOMES
from policies.pack_obligations import TYPES
from server.page import words
from server.page.wishes import CHOICES
from server.page.words import LANGUAGES, language_of, words_of
from tests.checkout import ROOT

FOLDER = ROOT / "server/page/words"


def places(text: str) -> set[str]:
    """
    What a text is about.
    """
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_language_has_a_file_and_every_file_is_one():
    """
    None is missing and none is left over.
    """
    assert {each.stem for each in FOLDER.glob("*.json")} == {*LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same(language):
    """
    The same texts, each about the same things, none of them empty.
    """
    english, told = words_of("en"), words_of(language)
    for name in (
        "texts",
        "channels",
        "categories",
        "technologies",
        "states",
        "outcomes",
        "methods",
        "denials",
        "obligations",
    ):
        ours, theirs = getattr(told, name), getattr(english, name)

        assert ours.keys() == theirs.keys()
        assert all(ours.values())
        assert {key: places(ours[key]) for key in ours} == {key: places(theirs[key]) for key in theirs}
    assert len(told.months) == 12
    assert json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))["name"] == told.name


def test_whatever_can_happen_has_a_word():
    """
    Every channel, category, technology, outcome and obligation there is, and every way of saying something.
    """
    told = words_of("en")
    methods = (
        "web_form whatsapp_message whatsapp_button whatsapp_call whatsapp_preference sms email inbound_call outbound_call "
        "keypress paper agent api import erasure review"
    )

    assert {*CHANNELS} == {*told.channels}
    assert {*CATEGORIES} == {*told.categories}
    assert {*TECHNOLOGIES} == {*told.technologies}
    assert {*OUTCOMES, "held", "expired"} == {*told.outcomes}
    assert {*TYPES} == {*told.obligations}
    assert {*methods.split()} == {*told.methods}


@pytest.mark.parametrize("text", sorted(words_of("en").texts))
def test_every_text_is_used(text):
    """
    What nobody says is not kept.
    """
    ours = [each for each in (ROOT / "server/page").rglob("*") if each.suffix in {".py", ".html"}]
    said = "".join(each.read_text(encoding="utf-8") for each in ours)
    made = ("done_", "permission_", "_text", "bad_day", "unknown", "stale")

    if text.removeprefix("wish_") in CHOICES:  # Said by the name of the choice.
        return
    assert f'"{text}"' in said or f"'{text}'" in said or any(part in text for part in made)


@pytest.mark.parametrize(
    ("accepted", "chosen", "spoken"),
    [
        ("es-ES,es;q=0.9,en;q=0.8", None, "es"),
        ("en;q=0.2, de;q=0.9", None, "de"),
        ("nl, sv, it;q=0.1", None, "it"),
        ("nl", None, "en"),
        ("*", None, "en"),
        ("", "fr", "fr"),
        ("es", "xx", "es"),
        ("es;q=0, pt", None, "pt"),
        ("es;q=NaN, de;q=-1, fr;q=2, pt;q=0.1", None, "pt"),
        (";;;,,,q=1;=", None, "en"),
        ("PT-br", None, "pt"),
        ("x" * 10_000 + ",es", None, "en"),
    ],
)
def test_the_language_is_what_was_chosen_or_is_accepted(accepted, chosen, spoken):
    """
    The best of those that it speaks; what is malformed counts for nothing.
    """
    assert language_of(chosen, accepted) == spoken


def test_days_are_written_as_people_write_them():
    """
    In the order and with the words of each language.
    """
    day = date(2026, 3, 1)

    assert {each: words_of(each).day(day) for each in words.LANGUAGES} == {
        "es": "1 de marzo de 2026",
        "en": "1 March 2026",
        "pt": "1 de março de 2026",
        "fr": "1 mars 2026",
        "de": "1. März 2026",
        "it": "1 marzo 2026",
    }
