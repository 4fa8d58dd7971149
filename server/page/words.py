"""
The page's words, by language; the files beside this one hold them, and every language has the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import orjson

_FOLDER = Path(__file__).with_name("words")
DEFAULT = "en"
LANGUAGES = ("es", "en", "pt", "fr", "de", "it")
_LONGEST_HEADER = 500


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says in one language."""

    language: str
    name: str  # of the language, in itself
    written: str  # a date
    months: Sequence[str]
    texts: Mapping[str, str]
    channels: Mapping[str, str]
    categories: Mapping[str, str]
    technologies: Mapping[str, str]
    states: Mapping[str, str]
    outcomes: Mapping[str, str]
    methods: Mapping[str, str]
    denials: Mapping[str, str]
    obligations: Mapping[str, str]

    def say(self, text: str, **about: object) -> str:
        """One of the texts, with what it is about: as text, which nothing has escaped yet."""
        return self.texts[text].format(**about)

    def day(self, day: date) -> str:
        """A day as people write it."""
        return self.written.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def moment(self, local: datetime) -> str:
        """A moment to the minute, as clocks show it where it is told."""
        return f"{self.day(local)}, {local:%H:%M}"


@cache
def words_of(language: str) -> Words:
    """The words of one of LANGUAGES."""
    return Words(language, **orjson.loads((_FOLDER / f"{language}.json").read_bytes()))


def language_of(chosen: str | None, accepted: str | None, fallback: str | None = None) -> str:
    """
    The language to speak: what was chosen, else what the browser accepts (RFC 9110 §12.5.4), else the fallback.

    Whatever is malformed counts for nothing.
    """
    if chosen in LANGUAGES:
        return str(chosen)
    wanted = [_weighed(place, each) for place, each in enumerate((accepted or "")[:_LONGEST_HEADER].split(","))]
    for weight, _, language in sorted(wanted):
        if weight < 0 and language in LANGUAGES:
            return language
    return fallback if fallback in LANGUAGES else DEFAULT


def _weighed(place: int, part: str) -> tuple[float, int, str]:
    """A range's weight, negative, its place, and its primary language: in this order the best comes first."""
    name, _, weight = part.partition(";")
    try:
        weighed = float(weight.strip().removeprefix("q=")) if weight else 1.0
    except ValueError:
        weighed = 0.0
    return -(weighed if 0 < weighed <= 1 else 0.0), place, name.strip().partition("-")[0].lower()
