"""
Calls the people of a list, each only with a hold, and tells Venia how it went.

    VENIA_KEY=vk_… python dialler.py people.csv --url https://venia.example --sender +34910000000

The list is CSV with the columns ``phone``, ``purpose`` and, if you like, ``reference`` (your id for the call).  Without
``--place`` nobody is called: it prints who would be, and gives the holds back.  ``--place module:function`` names what
places a call; it takes a Person and a Hold, returns when the call is over, and says how it ended.

An allow may oblige its caller (``docs/packs.md`` of Venia has the types).  That outcomes are recorded is this program's own
work; name with ``--fulfils`` what your ``--place`` does besides, such as ``offer_opt_out``.  Whoever would be called under an
obligation that nobody fulfils is not called.

What could not be told is kept in a file, and told at the next start before anybody is called.
"""

import argparse
import csv
import importlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, cast

from venia_client import (
    Authorized,
    BadQuestion,
    Call,
    Client,
    Denied,
    FailedClosed,
    Hold,
    Outcome,
    Phone,
    Question,
    Unknown,
    Unreported,
    word_from_json,
)


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the list; ``line`` names it where people look, as the number must not."""

    line: int
    phone: str = field(repr=False)
    purpose: str
    reference: str | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended, and how many seconds it lasted."""

    outcome: Outcome
    duration_s: int | None = None


Place: TypeAlias = Callable[[Person, Hold], Ended]


class Unsaid:
    """A file of what could not be told, a line of JSON each, written before the next call is placed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, unreported: Unreported) -> None:
        """Adds one; what nobody knows or what the server refuses for good is for a person to look at."""
        is_known = not isinstance(unreported.word, Unknown) and not unreported.final
        line = {"tell": is_known, "why": unreported.why, **unreported.word.to_json()}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def tell(self, client: Client) -> int:
        """Tells what is in the file; how many lines are left."""
        lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []
        left = [line for line in lines if not _is_told(client, json.loads(line))]
        rest = self._path.with_suffix(".rest")
        rest.write_text("".join(f"{line}\n" for line in left), encoding="utf-8")
        rest.replace(self._path)
        return len(left)


def _is_told(client: Client, line: dict[str, object]) -> bool:
    return bool(line["tell"]) and client.tell(word_from_json(line)).heard


def dial(client: Client, people: Iterable[Person], sender: Phone, place: Place | None, unsaid: Unsaid) -> Counter[str]:
    """Asks about each, calls who may be called, and counts what became of them."""
    counts: Counter[str] = Counter()
    for person in people:
        try:
            question = Question(Phone(person.phone), sender, person.purpose, channel="voice")
        except BadQuestion as error:
            counts[_say(person, f"left out: {error}")] += 1
            continue
        with client.call(question, reference=person.reference, unreported=unsaid.keep) as call:
            counts[_say(person, _called(call, person, place))] += 1
    return counts


def _called(call: Call, person: Person, place: Place | None) -> str:
    if not call.allowed:
        return _refused(call.answer)
    if place is None:
        return "would be called"
    if not call.begin():
        return "not called: the hold was over"
    ended = place(person, call.hold)
    call.end(ended.outcome, duration_s=ended.duration_s)
    return ended.outcome


def _refused(answer: Authorized) -> str:
    if isinstance(answer, Denied):
        return f"denied: {', '.join(answer.codes)}{_until(answer.retry_at)}"
    return f"not called: {answer.detail}" if isinstance(answer, FailedClosed) else ""


def _until(moment: datetime | None) -> str:
    return "" if moment is None else f", not before {moment.isoformat()}"


def _say(person: Person, text: str) -> str:
    sys.stdout.write(f"line {person.line}: {text}\n")
    return text.partition(":")[0]


def read_people(lines: Iterable[str]) -> Iterator[Person]:
    """The people of a list."""
    for number, row in enumerate(csv.DictReader(lines), start=2):
        yield Person(number, row["phone"].strip(), row["purpose"].strip(), (row.get("reference") or "").strip() or None)


def load(name: str) -> Place:
    """The function that ``module:function`` names."""
    module, _, function = name.partition(":")
    return cast(Place, getattr(importlib.import_module(module), function))


def main() -> int:
    """Runs the dialler; 1 where something is left to tell."""
    parser = argparse.ArgumentParser(description="Calls the people of a list, each only with a hold.")
    parser.add_argument("people", type=Path)
    parser.add_argument("--url", required=True)
    parser.add_argument("--sender", required=True, type=Phone)
    parser.add_argument("--place", type=load)
    parser.add_argument(
        "--fulfils", action="append", default=["record_outcome"], help="a type of obligation, repeatable"
    )
    parser.add_argument("--unsaid", type=Path, default=Path("unsaid.ndjson"))
    asked = parser.parse_args()
    unsaid = Unsaid(asked.unsaid)
    venia = Client(asked.url, os.environ["VENIA_KEY"], fulfils=asked.fulfils)
    with venia as client, asked.people.open(encoding="utf-8", newline="") as lines:
        unsaid.tell(client)
        counts = dial(client, read_people(lines), asked.sender, asked.place, unsaid)
        left = unsaid.tell(client)
    sys.stdout.write(f"{dict(counts)}; {left} left to tell\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
