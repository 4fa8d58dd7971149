"""
A stretch of a log in chunks of whole people, so that chunks can be told of apart and together come to the same.

Memory holds one chunk at a time.  Of a person with more entries than anybody is called, the last ones are told of by
number only.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from audit.extracts import Extract, Stretch, by_person
from audit.reader import Snapshots
from policies.recorded import DECISIONS
from policies.simulating.stories import EVENTS, TOO_MANY, Line, Lost

_READ_AT_ONCE = 500
_BYTES = 2 * 1024 * 1024
_ENTRIES = 3_000
MOST_OF_ONE = 20_000  # entries of one person
_MOST_BYTES_OF_ONE = 64 * 1024 * 1024


@dataclass(slots=True)
class Chunk:
    """Entries of some people, all of each one's; and decisions beyond what one person's may be."""

    lines: list[Line] = field(default_factory=list)
    beyond: list[Lost] = field(default_factory=list)
    beyond_number: int = 0
    size: int = 0  # in bytes
    decisions: int = 0

    @property
    def is_full(self) -> bool:
        """Whether another person had better go into the next one."""
        return self.size >= _BYTES or len(self.lines) >= _ENTRIES


@dataclass(slots=True)
class _Filling:
    """How much of the person there is whose entries come."""

    contact: str | None = None
    entries: int = 0
    size: int = 0


async def chunks(snapshots: Snapshots, within: Stretch) -> AsyncGenerator[Chunk, None]:
    """The decisions of a stretch with what became of their calls."""
    chunk, person = Chunk(), _Filling()
    async for piece in by_person(snapshots, within, EVENTS, _READ_AT_ONCE):
        for each in piece:
            contact = None if each.contact is None else str(each.contact)
            if contact is None or contact != person.contact:
                if chunk.is_full:
                    yield chunk
                    chunk = Chunk()
                person = _Filling(contact)
            _put(chunk, person, each)
    if chunk.lines or chunk.beyond:
        yield chunk


def _put(chunk: Chunk, person: _Filling, each: Extract) -> None:
    is_decision = each.event in DECISIONS
    chunk.decisions += is_decision
    person.entries += 1
    person.size += len(each.body)
    if person.entries > MOST_OF_ONE or person.size > _MOST_BYTES_OF_ONE:
        chunk.beyond_number += is_decision
        if is_decision and len(chunk.beyond) < 1:
            sentence = f"From entry {each.entry} on there are more entries about one person than are told of."
            chunk.beyond.append(Lost(each.entry, TOO_MANY, sentence))
        return
    chunk.lines.append(Line(each.entry, each.event, person.contact, each.body, each.sound))
    chunk.size += len(each.body)
