"""
Pruning: the bodies of a log's oldest entries go, strictly as a prefix, and every proof goes on working.

Tiles, checkpoints and heads stay, so that whoever holds an old entry and its receipt proves it as before.  A pruning is
recorded before anything is deleted: what a process that died left behind is deleted by the next run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from audit.errors import EvidenceBroken
from audit.link import AnyConnection, Connection
from audit.merkle import Edge, range_nodes
from audit.models import prunings
from audit.origins import incarnation_of
from audit.rows import insert_rows
from audit.tiles import WIDTH, TileId, node_of, tiles_of
from audit.work import Book, Request, Work

_LOG = text(
    "SELECT h.origin, h.incarnation, "
    "coalesce((SELECT max(c.size) FROM checkpoints c WHERE c.tenant_id = h.tenant_id AND c.origin = h.origin), 0) "
    "AS signed, coalesce((SELECT max(p.up_to) FROM prunings p WHERE p.tenant_id = h.tenant_id "
    "AND p.origin = h.origin), 0) AS pruned FROM log_heads h WHERE h.tenant_id = :tenant"
)
_PRUNED = text("SELECT coalesce(max(up_to), 0) FROM prunings WHERE tenant_id = :tenant AND origin = :origin")
_RECORDED_AT = text(
    "SELECT recorded_at FROM entries WHERE tenant_id = :tenant AND incarnation = :incarnation AND entry_index = :index"
)
_TILES = text(
    "SELECT level, tile_index, hashes FROM tiles WHERE tenant_id = :tenant AND origin = :origin AND "
    "(level, tile_index) IN (SELECT * FROM unnest(CAST(:levels AS smallint[]), CAST(:indexes AS bigint[])))"
)
_LEFT_BELOW = text(
    "SELECT entry_index FROM entries WHERE tenant_id = :tenant AND incarnation = :incarnation "
    "AND entry_index < :end ORDER BY entry_index LIMIT :most"
)
_COUNT_BELOW = text(
    "SELECT count(*) FROM entries WHERE tenant_id = :tenant AND incarnation = :incarnation AND entry_index < :end"
)
_DELETE_BELOW = text(
    "DELETE FROM entries WHERE tenant_id = :tenant AND incarnation = :incarnation AND entry_index < :end"
)


@dataclass(frozen=True, slots=True)
class PrunedLog:
    """The log that a tenant writes to, how many entries are signed, and below which index bodies are gone."""

    origin: str
    signed: int
    pruned: int

    @property
    def incarnation(self) -> int:
        """Which of the tenant's logs it is."""
        return incarnation_of(self.origin)

    def prunable(self, staying: int) -> int:
        """
        Up to where bodies may go if the entry of index ``staying`` is the first that must stay: whole tiles alone.

        The last signed entry stays, since the checkpointer hashes it again to see that the next one follows.
        """
        return max(min(staying, self.signed - 1) // WIDTH * WIDTH, self.pruned)


async def read_log(conn: AnyConnection, tenant: UUID) -> PrunedLog | None:
    """How a tenant's log stands; None if there is no such tenant."""
    row = (await conn.execute(_LOG, {"tenant": tenant})).one_or_none()
    return None if row is None else PrunedLog(row.origin, row.signed, row.pruned)


async def pruned_to(conn: AnyConnection, tenant: UUID, origin: str) -> int:
    """Below which index the bodies of a log's entries are gone; 0 if all are there."""
    return int(await conn.scalar(_PRUNED, {"tenant": tenant, "origin": origin}))


async def first_since(conn: AnyConnection, tenant: UUID, log: PrunedLog, moment: datetime) -> int:
    """
    The index of the first signed entry recorded at ``moment`` or later; the signed size if all are older.

    The log's clock never runs backwards, so that halving the range finds it.
    """
    low, high = log.pruned, log.signed
    while low < high:
        middle = (low + high) // 2
        asked = {"tenant": tenant, "incarnation": log.incarnation, "index": middle}
        if await conn.scalar(_RECORDED_AT, asked) < moment:
            low = middle + 1
        else:
            high = middle
    return low


async def count_below(conn: AnyConnection, tenant: UUID, log: PrunedLog, end: int) -> int:
    """How many bodies of entries there are below an index."""
    return int(await conn.scalar(_COUNT_BELOW, {"tenant": tenant, "incarnation": log.incarnation, "end": end}))


async def left_below(conn: AnyConnection, tenant: UUID, log: PrunedLog, end: int, *, limit: int) -> list[int]:
    """The first indexes below ``end`` whose bodies are there."""
    asked = {"tenant": tenant, "incarnation": log.incarnation, "end": end, "most": limit}
    return [row[0] for row in await conn.execute(_LEFT_BELOW, asked)]


class PruningBook(Book):
    """
    The prunings of a batch.

    A request whose ``prunes`` is an index may record that all bodies below it go; one whose ``drops`` is a number has
    so many of those recorded deleted.
    """

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._prunes: dict[UUID, int] = {}
        self._drops: dict[UUID, int] = {}
        self._logs: dict[UUID, PrunedLog] = {}
        self._roots: dict[UUID, bytes] = {}
        self._before: dict[UUID, datetime] = {}
        self._left: dict[UUID, list[int]] = {}
        self._recorded: list[dict[str, object]] = []
        self._dropping: set[UUID] = set()

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes who prunes up to where, and whose entries are to be deleted."""
        self._prunes = {each.tenant: int(getattr(each, "prunes", 0)) for each in requests if hasattr(each, "prunes")}
        self._drops = {each.tenant: int(getattr(each, "drops", 0)) for each in requests if hasattr(each, "drops")}
        self.is_idle = not (self._prunes or self._drops)

    async def load(self, conn: Connection) -> None:
        """Loads how the logs stand, the root of each prefix that is to go, and what is left of earlier ones."""
        for tenant in self._prunes.keys() | self._drops.keys():
            log = await read_log(conn, tenant)
            if log is None:
                continue
            self._logs[tenant] = log
            if tenant in self._prunes:
                await self._load_prefix(conn, tenant, log)
            if tenant in self._drops:
                limit = self._drops[tenant]
                self._left[tenant] = await left_below(conn, tenant, log, log.pruned, limit=limit) if log.pruned else []

    async def _load_prefix(self, conn: Connection, tenant: UUID, log: PrunedLog) -> None:
        end = self._prunes[tenant]
        if log.pruned < end == log.prunable(end):
            self._roots[tenant] = await _root(conn, tenant, log, end)
            asked = {"tenant": tenant, "incarnation": log.incarnation, "index": end - 1}
            self._before[tenant] = await conn.scalar(_RECORDED_AT, asked)

    def prefix(self) -> tuple[int, bytes, datetime] | None:
        """
        Up to where the current tenant's bodies may go, as the request asked: index, root of the tree of that size, and
        when the last of them was recorded; None if they are gone already, or are no signed whole tiles.
        """
        tenant = self.work.tenant
        if tenant not in self._roots:
            return None
        return self._prunes[tenant], self._roots[tenant], self._before[tenant]

    def record(self, entry: UUID) -> None:
        """Prunes that prefix, recorded by this entry."""
        tenant, log = self.work.tenant, self._logs[self.work.tenant]
        self._recorded.append(
            {
                "tenant_id": tenant,
                "origin": log.origin,
                "incarnation": log.incarnation,
                "up_to": self._prunes[tenant],
                "root": self._roots.pop(tenant),
                "pruned_at": self.work.now,
                "event_id": entry,
            }
        )

    def drop(self) -> list[int]:
        """Deletes what is left of the current tenant's pruned entries, as many as were asked for; their indexes."""
        tenant = self.work.tenant
        if tenant in self._dropping:
            return []
        self._dropping.add(tenant)
        return self._left.get(tenant, [])

    async def save(self, conn: Connection) -> None:
        """Inserts the prunings, which the database refuses unless a checkpoint covers them."""
        await insert_rows(conn, prunings, self._recorded)

    async def finish(self, conn: Connection) -> None:
        """Deletes what was recorded before, and nothing else: the database sees to that."""
        for tenant in self._dropping:
            if self._left.get(tenant):
                end, log = self._left[tenant][-1] + 1, self._logs[tenant]
                await conn.execute(_DELETE_BELOW, {"tenant": tenant, "incarnation": log.incarnation, "end": end})


async def _root(conn: Connection, tenant: UUID, log: PrunedLog, size: int) -> bytes:
    """The root of the tree of the first ``size`` entries, from stored tiles; EvidenceBroken if they are not whole."""
    nodes = range_nodes(0, size)
    places = tiles_of(nodes)
    asked = {
        "tenant": tenant,
        "origin": log.origin,
        "levels": [each.level for each in places],
        "indexes": [each.index for each in places],
    }
    found = {TileId(row.level, row.tile_index): row.hashes for row in await conn.execute(_TILES, asked)}
    try:
        hashes = {node: node_of(node, tile, found[tile]) for tile, held in places.items() for node in held}
    except (KeyError, ValueError) as error:
        raise EvidenceBroken("the tiles do not have every hash of what is to be pruned") from error
    return Edge(size, tuple(hashes[node] for node in nodes)).root()
