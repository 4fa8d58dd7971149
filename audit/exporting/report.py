"""
What a report for people is made from: every entry of the export, what it discloses, and the checkpoint that covers it.

How it looks, in which words and under whose signature is somebody else's to know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from audit.disclosure import value_of
from audit.exporting.cover import Cover
from audit.exporting.errors import ReportTooLong
from audit.exporting.people import pieces
from audit.exporting.reading import Piece, Source, Watch, check_hashes, lines_of, payload_of
from audit.exporting.records import Export
from audit.reader import Snapshots

MOST_ENTRIES = 10_000
_NOT_FACTS = ("event", "actor", "contact", "sd")


@dataclass(frozen=True, slots=True)
class Reported:
    """One entry as a report tells it."""

    index: int
    recorded_at: datetime
    event: str
    actor: str
    contact: str | None
    facts: Mapping[str, Any]  # JSON, of which each reader knows its part
    fields: Mapping[str, object]  # the personal fields that are disclosed
    hidden: int  # how many more the entry commits to
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class Gathered:
    """A report before it has words."""

    export: Export
    cover: Cover
    entries: Sequence[Reported]
    first: int  # below which index bodies were pruned, or nobody asked
    erased: Mapping[UUID, datetime]  # who of those told of was erased by now, and when


class Reporter(Protocol):
    """Whoever puts a report into words and signs it."""

    async def __call__(self, gathered: Gathered, snapshots: Snapshots) -> tuple[bytes, str | None]:
        """The PDF, and what there is to remark.  Raises EvidenceError."""
        ...


class Copyist(Protocol):
    """Whoever knows what is held about a person."""

    async def __call__(self, gathered: Gathered, snapshots: Snapshots) -> tuple[Gathered, Mapping[str, bytes]]:
        """What of the report the person may be told, and the files of what is held.  Raises EvidenceError."""
        ...


async def gather(source: Source, cover: Cover, end: int, watch: Watch) -> Gathered:
    """Reads every entry of the export; ReportTooLong beyond ten thousand."""
    export, first = source.export, max(source.export.first, await source.pruned())
    count = end - first if export.contact is None else await source.count(first, end)
    if count > MOST_ENTRIES:
        raise ReportTooLong(count, MOST_ENTRIES)
    found: list[Reported] = []
    async for piece in pieces(source, end, watch):
        found += _reported(source, piece)
    erased = await source.erasures({UUID(each.contact) for each in found if each.contact is not None})
    return Gathered(export, cover, found, first, erased)


def _reported(source: Source, piece: Piece) -> list[Reported]:
    check_hashes(piece.entries)
    disclosures, made = piece.disclosures(source.export.tenant), []
    for each in piece.entries:
        payload, fields = payload_of(each), dict(disclosures.get(each.event_id, ()))
        made.append(
            Reported(
                each.index,
                datetime.fromisoformat(lines_of(each)[4].decode()),
                str(payload.get("event")),
                str(payload.get("actor")),
                payload.get("contact"),
                {name: value for name, value in payload.items() if name not in _NOT_FACTS},
                {name: value_of(disclosure) for name, disclosure in fields.items()},
                len(payload.get("sd", ())) - len(fields),
                each.leaf_hash,
            )
        )
    return made
