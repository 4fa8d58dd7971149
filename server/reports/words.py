"""
The words of reports, by language; the files beside this one hold them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson

_FOLDER = Path(__file__).with_name("words")


@dataclass(frozen=True, slots=True)
class Words:
    """What a report says in one language: its labels, and the names of events, facts, values and reasons."""

    language: str
    labels: Mapping[str, str]
    how: Sequence[str]  # to verify
    events: Mapping[str, str]
    facts: Mapping[str, str]
    values: Mapping[str, str]
    reasons: Mapping[str, str]

    def label(self, name: str, **about: object) -> str:
        """A label with what it is about."""
        return self.labels[name].format(**about)

    def event(self, name: str) -> str:
        """What happened; an event without words is called as the log calls it."""
        return self.events.get(name, name)

    def fact(self, name: str) -> str:
        """What a fact is called."""
        return self.facts.get(name, name)


@cache
def words_of(language: str) -> Words:
    """The words of a language that there is a file of."""
    said = orjson.loads((_FOLDER / f"{language}.json").read_bytes())
    how = said["labels"].pop("how")
    return Words(language, said["labels"], how, said["events"], said["facts"], said["values"], said["reasons"])
