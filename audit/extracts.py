"""
Entries of some events, out of a long log: a piece at a time, so that memory does not grow with the log.

Entries never change, so that every piece may have a snapshot of its own; each is hashed again when it is read.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit import store
from audit.errors import EntriesPruned, RangeUnknown
from audit.merkle import leaf_hash
from audit.origins import incarnation_of, origin_of
from audit.pruning import pruned_to
from audit.reader import Snapshots

_FIRST_PERSON = UUID(int=0)
_COUNTED_AT_ONCE = 100_000  # indexes; a statement must end long before the database takes it for one that hangs

_BY_INDEX = text(
    "SELECT entry_index, event, contact_id, body, leaf_hash FROM entries "
    "WHERE tenant_id = :tenant AND incarnation = :incarnation "
    "AND entry_index >= :first AND entry_index < :end AND event = ANY(CAST(:events AS text[])) "
    "ORDER BY entry_index LIMIT :limit"
)
_OF_NOBODY = text(
    "SELECT entry_index, event, contact_id, body, leaf_hash FROM entries "
    "WHERE tenant_id = :tenant AND incarnation = :incarnation "
    "AND entry_index >= :first AND entry_index < :end AND event = ANY(CAST(:events AS text[])) "
    "AND contact_id IS NULL ORDER BY entry_index LIMIT :limit"
)
_BY_PERSON = text(
    "SELECT entry_index, event, contact_id, body, leaf_hash FROM entries "
    "WHERE tenant_id = :tenant AND incarnation = :incarnation "
    "AND entry_index >= :first AND entry_index < :end AND event = ANY(CAST(:events AS text[])) "
    "AND (contact_id, incarnation, entry_index) > (CAST(:person AS uuid), :incarnation, CAST(:after AS bigint)) "
    "ORDER BY contact_id, incarnation, entry_index LIMIT :limit"
)
_LATEST_ABOUT = text(
    "SELECT entry_index, event, contact_id, body, leaf_hash FROM entries "
    "WHERE tenant_id = :tenant AND contact_id = ANY(CAST(:parts AS uuid[])) AND event = ANY(CAST(:events AS text[])) "
    "ORDER BY incarnation DESC, entry_index DESC LIMIT :limit"
)
_COUNT = text(
    "SELECT count(*) FROM entries "
    "WHERE tenant_id = :tenant AND incarnation = :incarnation "
    "AND entry_index >= :first AND entry_index < :end AND event = ANY(CAST(:events AS text[])) "
)
_RECORDED_AT = text(
    "SELECT recorded_at FROM entries WHERE tenant_id = :tenant AND incarnation = :incarnation AND entry_index = :index"
)
_END = text(
    "SELECT coalesce(max(entry_index) + 1, 0) FROM entries WHERE tenant_id = :tenant AND incarnation = :incarnation"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The entries of one log from ``first`` to ``end``, half-open."""

    tenant: UUID
    origin: str
    first: int
    end: int

    @property
    def place(self) -> dict[str, object]:
        """Which log it is of, for statements."""
        return {"tenant": self.tenant, "incarnation": incarnation_of(self.origin)}

    def asked(self, events: Sequence[str], **more: object) -> dict[str, object]:
        """What statements about some of its entries are asked with."""
        return {**self.place, "first": self.first, "end": self.end, "events": list(events), **more}


class Extract(NamedTuple):
    """One entry as it is stored; ``sound`` is whether its bytes have the hash that was stored with them."""

    entry: int  # its index
    event: str
    contact: UUID | None
    body: bytes
    sound: bool


async def stretch(
    conn: AsyncConnection, tenant: UUID, first: int | datetime | None, end: int | datetime | None
) -> Stretch:
    """
    The entries of a tenant's log from an index or instant on, up to another; None: from the first one that is kept, to the last.

    Raises UnknownTenant, RangeUnknown, and EntriesPruned where bodies of an index that was named are gone.
    """
    log = await store.read_end(conn, tenant)
    pruned = await pruned_to(conn, tenant, log.origin)
    whole = Stretch(tenant, log.origin, pruned, log.size)
    begin = await _index(conn, whole, pruned if first is None else first)
    stop = await _index(conn, whole, log.size if end is None else end)
    if not begin <= stop <= log.size:
        raise RangeUnknown(begin, stop, log.size)
    if isinstance(first, int) and begin < min(pruned, stop):
        raise EntriesPruned(pruned)
    return Stretch(tenant, log.origin, begin, stop)


async def every_log(conn: AsyncConnection, tenant: UUID) -> list[Stretch]:
    """All that is kept of each of a tenant's logs, the first incarnation first.  Raises UnknownTenant."""
    log = await store.read_end(conn, tenant)
    logs = []
    for incarnation in range(1, incarnation_of(log.origin) + 1):
        origin = origin_of(log.origin, incarnation)
        kept = Stretch(tenant, origin, await pruned_to(conn, tenant, origin), log.size)
        end = log.size if origin == log.origin else int(await conn.scalar(_END, kept.place))
        logs.append(Stretch(tenant, origin, min(kept.first, end), end))
    return logs


async def _index(conn: AsyncConnection, whole: Stretch, place: int | datetime) -> int:
    """The log's clock never runs backwards, so that halving finds the first entry of an instant."""
    if isinstance(place, int):
        return place
    low, high = whole.first, whole.end
    while low < high:
        middle = (low + high) // 2
        recorded_at = await conn.scalar(_RECORDED_AT, {**whole.place, "index": middle})
        if recorded_at is None or recorded_at < place:
            low = middle + 1
        else:
            high = middle
    return low


async def read_one(conn: AsyncConnection, tenant: UUID, index: int, events: Sequence[str]) -> Extract | None:
    """The entry of this index of a tenant's log, if it is of one of these events.  Raises EntriesPruned."""
    log = await store.read_end(conn, tenant)
    pruned = await pruned_to(conn, tenant, log.origin)
    if index < pruned:
        raise EntriesPruned(pruned)
    only = Stretch(tenant, log.origin, index, index + 1)
    found = await _read(conn, _BY_INDEX, only.asked(events, limit=1))
    return found[0] if found else None


async def latest_about(
    conn: AsyncConnection, tenant: UUID, parts: Sequence[UUID], events: Sequence[str], most: int
) -> list[Extract]:
    """The newest entries about a person in all parts that are of these events and are still kept, newest first."""
    asked = {"tenant": tenant, "parts": list(parts), "events": list(events), "limit": most}
    return await _read(conn, _LATEST_ABOUT, asked)


async def by_index(
    snapshots: Snapshots, within: Stretch, events: Sequence[str], at_once: int
) -> AsyncIterator[list[Extract]]:
    """Their entries in order, at most so many at once."""
    first = within.first
    while first < within.end:
        async with snapshots.of(within.tenant) as conn:
            found = await _read(conn, _BY_INDEX, {**within.asked(events, limit=at_once), "first": first})
        if found:
            yield found
        if len(found) < at_once:
            return
        first = found[-1].entry + 1


async def by_person(
    snapshots: Snapshots, within: Stretch, events: Sequence[str], at_once: int
) -> AsyncIterator[list[Extract]]:
    """The entries about people, one person after the other and each person's in order; at last those about nobody."""
    person, after = _FIRST_PERSON, -1
    while True:
        async with snapshots.of(within.tenant) as conn:
            found = await _read(conn, _BY_PERSON, within.asked(events, limit=at_once, person=person, after=after))
        if found:
            yield found
        if len(found) < at_once:
            break
        person, after = found[-1].contact or _FIRST_PERSON, found[-1].entry
    first = within.first
    while True:
        async with snapshots.of(within.tenant) as conn:
            found = await _read(conn, _OF_NOBODY, {**within.asked(events, limit=at_once), "first": first})
        if found:
            yield found
        if len(found) < at_once:
            return
        first = found[-1].entry + 1


async def count(snapshots: Snapshots, within: Stretch, events: Sequence[str]) -> int:
    """How many entries of these events there are."""
    total = 0
    for first in range(within.first, within.end, _COUNTED_AT_ONCE):
        asked = {**within.asked(events), "first": first, "end": min(within.end, first + _COUNTED_AT_ONCE)}
        async with snapshots.of(within.tenant) as conn:
            total += await conn.scalar(_COUNT, asked) or 0
    return total


async def _read(conn: AsyncConnection, statement: TextClause, asked: dict[str, object]) -> list[Extract]:
    rows = await conn.execute(statement, asked)
    return [
        Extract(row.entry_index, row.event, row.contact_id, row.body, leaf_hash(row.body) == row.leaf_hash)
        for row in rows
    ]
