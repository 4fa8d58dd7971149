"""
What the log tells of one person's calls, in order: decisions, how the calls on them ended, and calls nobody asked about.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

from policies.errors import EntryUnreadable, NotAnInstant
from policies.instants import parse_instant
from policies.recorded import DECISIONS, Recorded, decision_in, payload_of

TOLD = ("call.reported", "call.amended")
RELEASED = (
    *("hold.released", "hold.revoked", "consent.withdrawn", "contact.erased", "contact.left"),
    *("contact.merged", "contact.joined", "contact.parted", "contact.unjoined", "wish.made"),
)
UNANNOUNCED = "call.unannounced"
EVENTS = (*DECISIONS, *TOLD, *RELEASED, UNANNOUNCED)

ALTERED = "altered"
UNREADABLE = "unreadable"
TOO_MANY = "too_many_of_one_person"


class Line(NamedTuple):
    """An entry on its way to whoever judges it: its index, its event, whom it is about, its bytes, and whether they are sound."""

    entry: int
    event: str
    contact: str | None
    body: bytes
    sound: bool


class Reach(NamedTuple):
    """How far back calls, and calls that were refused, are known in the facts of a decision."""

    calls: timedelta
    refusals: timedelta


NOT_FAR = Reach(timedelta(0), timedelta(0))  # of a decision by rules that are not kept
Reaches: TypeAlias = Mapping[str, Reach]  # by rule set


class Outcome(NamedTuple):
    """How the call on a hold ended, by the last word."""

    hold: str
    outcome: str
    at: datetime


class Release(NamedTuple):
    """Holds on which no call was placed."""

    holds: tuple[str, ...]


class Unannounced(NamedTuple):
    """A call that no decision preceded."""

    attempt: str
    sender: str | None
    at: datetime
    channel: str = "whatsapp_call"


class Lost(NamedTuple):
    """A decision of which nothing can be told, and why."""

    entry: int
    why: str
    sentence: str


Step: TypeAlias = Recorded | Outcome | Release | Unannounced | Lost


@dataclass(slots=True)
class Story:
    """One person's steps in the order of the log; ``fates`` say what became of each hold at last."""

    contact: str | None
    steps: list[Step] = field(default_factory=list)
    fates: dict[str, str] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        """One step more."""
        self.steps.append(step)
        if isinstance(step, Outcome):
            self.fates[step.hold] = step.outcome
        elif isinstance(step, Release):
            self.fates.update(dict.fromkeys(step.holds, "released"))


def stories(lines: Iterable[Line]) -> Iterator[Story]:
    """
    The stories of people, whose lines come one person after the other, each person's in order.

    Whoever is nobody (a refused number that nobody keeps) has as many stories as decisions.
    """
    story: Story | None = None
    for line in lines:
        if story is None or line.contact is None or line.contact != story.contact:
            if story is not None:
                yield story
            story = Story(line.contact)
        for step in _steps(line):
            story.add(step)
    if story is not None:
        yield story


def _steps(line: Line) -> Sequence[Step]:
    is_decision = line.event in DECISIONS
    if not line.sound:
        sentence = f"Entry {line.entry} was changed: its bytes do not have the hash that was stored."
        return (Lost(line.entry, ALTERED, sentence),) if is_decision else ()
    try:
        payload = payload_of(line.entry, line.body)
        return (decision_in(line.entry, payload),) if is_decision else _of_call(line, payload)
    except EntryUnreadable as error:
        return (Lost(line.entry, UNREADABLE, str(error)),) if is_decision else ()
    except (AttributeError, KeyError, NotAnInstant, TypeError, ValueError):
        return ()  # What became of a call is not known, then; fsck tells that the entry is damaged.


def _of_call(line: Line, payload: Mapping[str, Any]) -> Sequence[Step]:  # Any: JSON.
    if line.event in TOLD:
        return (Outcome(payload["hold"], payload["outcome"], parse_instant(payload["at"])),)
    if line.event == UNANNOUNCED:
        channel = payload.get("channel", "whatsapp_call")  # Older entries know no other.
        return (Unannounced(payload["attempt"], payload["sender"], parse_instant(payload["at"]), channel),)
    holds = tuple(payload.get("released_holds", ()))
    if line.event == "hold.released":
        holds = (*holds, payload["hold"])
    return (Release(holds),) if holds else ()
