"""
Following a log: what was recorded from a place on, in order, and the place after it.

An index is given under the lock of the log's head, which lasts until COMMIT.  Whoever sees an entry therefore sees all
before it, and a place never moves past an entry that is still to appear.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.entry import Entry, parse_entry
from audit.errors import CursorPruned, CursorUnknown, UnknownTenant

_WINDOW = 2000  # entries that are looked at for one page, whatever the filter lets through
_CURSOR = re.compile(r"([1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,17})\Z")

_END = text("SELECT incarnation, size FROM log_heads WHERE tenant_id = :tenant")
_OLDEST = text(
    "SELECT incarnation, entry_index FROM entries WHERE tenant_id = :tenant ORDER BY incarnation, entry_index LIMIT 1"
)
_FROM = text(
    "SELECT incarnation, entry_index, (CAST(:everything AS boolean) OR event = ANY(CAST(:names AS text[]))) AS wanted "
    "FROM entries WHERE tenant_id = :tenant AND (incarnation, entry_index) >= (:incarnation, :index) "
    "ORDER BY incarnation, entry_index LIMIT :window"
)
_BODIES = text(
    "SELECT e.incarnation, e.entry_index, e.body "
    "FROM unnest(CAST(:incarnations AS integer[]), CAST(:indexes AS bigint[])) AS w(incarnation, entry_index) "
    "JOIN entries e ON e.tenant_id = :tenant AND e.incarnation = w.incarnation AND e.entry_index = w.entry_index "
    "ORDER BY e.incarnation, e.entry_index"
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a reader of a tenant's log stands: the next entry to be read."""

    incarnation: int
    index: int

    @classmethod
    def read(cls, cursor: str) -> Self:
        """A place as it was handed out; CursorUnknown if it is not written like one."""
        found = _CURSOR.match(cursor)
        if found is None:
            raise CursorUnknown
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.incarnation}.{self.index}"

    def after(self) -> "Place":
        """The place behind the entry at this one."""
        return Place(self.incarnation, self.index + 1)


@dataclass(frozen=True, slots=True)
class Followed:
    """Entries with the place behind each, where to go on, and whether there is more already."""

    entries: Sequence[tuple[Place, Entry]]
    next: Place
    more: bool


async def end_of(conn: AsyncConnection, tenant: UUID) -> Place:
    """The place behind the last entry; UnknownTenant if there is no such log."""
    row = (await conn.execute(_END, {"tenant": tenant})).one_or_none()
    if row is None:
        raise UnknownTenant(tenant)
    return Place(row.incarnation, row.size)


async def oldest_of(conn: AsyncConnection, tenant: UUID) -> Place:
    """The place of the oldest entry whose body is kept."""
    row = (await conn.execute(_OLDEST, {"tenant": tenant})).one_or_none()
    return await end_of(conn, tenant) if row is None else Place(row.incarnation, row.entry_index)


async def follow(
    conn: AsyncConnection, tenant: UUID, start: Place, *, names: Collection[str] | None = None, limit: int
) -> Followed:
    """
    At most ``limit`` entries from ``start`` on, of these events, or of all if ``names`` is None.

    Raises CursorUnknown for a place behind the log's end, and CursorPruned where bodies are gone that were not read.
    """
    end = await end_of(conn, tenant)
    if start > end:
        raise CursorUnknown
    asked = {"everything": names is None, "names": sorted(names or ()), "window": _WINDOW}
    at = {"tenant": tenant, "incarnation": start.incarnation, "index": start.index}
    seen = [(Place(row.incarnation, row.entry_index), row.wanted) for row in await conn.execute(_FROM, {**asked, **at})]
    if seen and not _continues(start, seen[0][0]):
        raise CursorPruned(str(seen[0][0]))
    wanted = [place for place, is_wanted in seen if is_wanted][: limit + 1]
    # Where there is one more than was asked for, the next reader begins with it; else all that was seen is done with.
    after = wanted[limit] if len(wanted) > limit else seen[-1][0].after() if seen else start
    entries = await _entries(conn, tenant, wanted[:limit])
    return Followed(entries, after, more=after < end)


async def _entries(conn: AsyncConnection, tenant: UUID, places: Sequence[Place]) -> list[tuple[Place, Entry]]:
    if not places:
        return []
    at = {"incarnations": [each.incarnation for each in places], "indexes": [each.index for each in places]}
    rows = (await conn.execute(_BODIES, {"tenant": tenant, **at})).all()
    if len(rows) != len(places):  # Pruned since they were seen, for whoever reads without a snapshot.
        raise CursorPruned(str(await oldest_of(conn, tenant)))
    return [(Place(row.incarnation, row.entry_index).after(), parse_entry(row.body, row.entry_index)) for row in rows]


def _continues(start: Place, first: Place) -> bool:
    """Whether nothing lies between: the very next entry, or the first of a log that began anew."""
    return first == start or (first.incarnation > start.incarnation and first.index == 0)
