"""
Merges: an officer's word that two contacts are one person.

Nothing is moved: a merge is an edge between two contacts, and whoever is connected is one person.  Each contact has at
most one merge into another, so that a person's parts are a tree whose root gives the person its id.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none

MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge, and its end if it was undone."""

    id: UUID
    source: UUID
    into: UUID
    reason: str
    merged_at: datetime
    merged_by: str
    undone_at: datetime | None = None
    undone_by: str | None = None
    undone_because: str | None = None

    def holds_at(self, moment: datetime) -> bool:
        """Whether the two were known to be one person then: from the merge on, up to its undoing and not at it."""
        return self.merged_at <= moment and (self.undone_at is None or moment < self.undone_at)

    def to_json(self) -> dict[str, Json]:
        """The merge as answers show it."""
        return {
            "id": str(self.id),
            "from": str(self.source),
            "into": str(self.into),
            "reason": self.reason,
            "merged_at": rfc3339(self.merged_at),
            "merged_by": self.merged_by,
            "undone_at": rfc3339_or_none(self.undone_at),
            "undone_by": self.undone_by,
            "undone_because": self.undone_because,
        }


def parts_of(contact: UUID, merges: Iterable[Merge]) -> tuple[UUID, ...]:
    """Everyone who is one person with this contact by these merges, the root first and then in the order of their ids."""
    beside: dict[UUID, set[UUID]] = {}
    merged = set()
    for merge in merges:
        merged.add(merge.source)
        beside.setdefault(merge.source, set()).add(merge.into)
        beside.setdefault(merge.into, set()).add(merge.source)
    found, waiting = {contact}, [contact]
    while waiting:
        for part in beside.get(waiting.pop(), set()) - found:
            found.add(part)
            waiting.append(part)
    return tuple(sorted(found, key=lambda each: (each in merged, each)))
