"""
The SQL of checking: what is read of a log and its tree, how far a check has come, and what a repair writes.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import text

from audit.checking.rows import Projection
from audit.checking.walking import Head, Stored
from audit.link import AnyConnection, Column, Connection
from audit.tiles import TileId

_HEAD = text("SELECT origin, incarnation, size, edge, last_leaf, last_at FROM log_heads WHERE tenant_id = :tenant")
_ENTRIES = text(
    "SELECT entry_index, body, leaf_hash, previous, event_id, event, contact_id, recorded_at FROM entries "
    "WHERE tenant_id = :tenant AND incarnation = :incarnation AND entry_index >= :first "
    "ORDER BY entry_index LIMIT :most"
)
_END = text(
    "SELECT coalesce(max(entry_index) + 1, 0) FROM entries WHERE tenant_id = :tenant AND incarnation = :incarnation"
)
_SIGNED = text(
    "SELECT size, root FROM checkpoints WHERE tenant_id = :tenant AND origin = :origin "
    "AND size > :first AND size <= :end"
)
_PUBLISHED = text(
    "SELECT size, root, note FROM checkpoints WHERE tenant_id = :tenant AND origin = :origin ORDER BY size DESC LIMIT 1"
)
_KEYS = text("SELECT vkey FROM log_keys WHERE tenant_id = :tenant AND origin = :origin")
_TILES = text(
    "SELECT level, tile_index, hashes FROM tiles WHERE tenant_id = :tenant AND origin = :origin AND "
    "(level, tile_index) IN (SELECT * FROM unnest(CAST(:levels AS smallint[]), CAST(:indexes AS bigint[])))"
)
# A tree has no tile beyond level 7: it would have 2^64 leaves.
_TILES_BEYOND = text(
    "SELECT level, tile_index FROM tiles WHERE tenant_id = :tenant AND origin = :origin "
    "AND (level > 7 OR tile_index * 256 >= (CAST(:published AS bigint) >> (8 * least(level, 7)))) "
    "ORDER BY level, tile_index LIMIT :most"
)
_PRUNED = text(
    "SELECT up_to, root FROM prunings WHERE tenant_id = :tenant AND origin = :origin ORDER BY up_to DESC LIMIT 1"
)
_ENTRIES_OF = text(
    "SELECT e.incarnation, e.entry_index, e.contact_id, e.body, e.leaf_hash FROM unnest(CAST(:people AS uuid[])) AS w(id) "
    "CROSS JOIN LATERAL (SELECT * FROM entries WHERE tenant_id = :tenant AND contact_id = w.id OFFSET 0) e "
    "ORDER BY e.contact_id, e.incarnation, e.entry_index"
)
_ENTRIES_OF_NOBODY = text(
    "SELECT incarnation, entry_index, body, leaf_hash FROM entries WHERE tenant_id = :tenant AND contact_id IS NULL "
    "AND event = ANY(CAST(:events AS text[])) ORDER BY incarnation, entry_index"
)
_DISCLOSURES_OF = text(
    "SELECT contact_id, event_id FROM disclosures "
    "WHERE tenant_id = :tenant AND contact_id = ANY(CAST(:people AS uuid[]))"
)
_LOCK_TILES = text("LOCK TABLE tiles IN SHARE ROW EXCLUSIVE MODE")
_LOCK_HEAD = text("SELECT size FROM log_heads WHERE tenant_id = :tenant FOR UPDATE")
_FOR_REPAIR = text("SELECT set_config('venia.repair', :entry, true)")
_DELETE_TILE = text(
    "DELETE FROM tiles WHERE tenant_id = :tenant AND origin = :origin AND level = :level AND tile_index = :index"
)
_SAVE_TILE = text(
    "INSERT INTO tiles (tenant_id, origin, level, tile_index, hashes) "
    "VALUES (:tenant, :origin, :level, :index, :hashes) "
    "ON CONFLICT (tenant_id, origin, level, tile_index) DO UPDATE SET hashes = excluded.hashes"
)
_SAVE_HEAD = text(
    "UPDATE log_heads SET size = :size, edge = :edge, last_leaf = :last_leaf, last_at = :last_at "
    "WHERE tenant_id = :tenant"
)
_MEND_ANSWER = text(
    "UPDATE idempotency i SET leaf_hash = e.leaf_hash FROM entries e WHERE i.tenant_id = :tenant AND i.key = :key "
    "AND e.tenant_id = i.tenant_id AND e.incarnation = i.incarnation AND e.entry_index = i.entry_index"
)
_DROP_ANSWER = text("DELETE FROM idempotency WHERE tenant_id = :tenant AND key = :key")


async def read_head(conn: AnyConnection, tenant: UUID) -> Head | None:
    """Where a tenant's log ends, as its row says; None if there is no such tenant."""
    row = (await conn.execute(_HEAD, {"tenant": tenant})).one_or_none()
    return None if row is None else Head(row.origin, row.incarnation, row.size, row.edge, row.last_leaf, row.last_at)


async def read_stored(conn: AnyConnection, tenant: UUID, incarnation: int, first: int, limit: int) -> list[Stored]:
    """The next entries of a log, from an index on."""
    asked = {"tenant": tenant, "incarnation": incarnation, "first": first, "most": limit}
    return [Stored(*row) for row in await conn.execute(_ENTRIES, asked)]


async def read_end(conn: AnyConnection, tenant: UUID, incarnation: int) -> int:
    """The index behind the last entry that is there."""
    return int(await conn.scalar(_END, {"tenant": tenant, "incarnation": incarnation}))


async def read_signed(conn: AnyConnection, tenant: UUID, origin: str, first: int, end: int) -> dict[int, bytes]:
    """The roots that were signed for a log at the sizes behind ``first`` up to ``end``."""
    asked = {"tenant": tenant, "origin": origin, "first": first, "end": end}
    return {row.size: row.root for row in await conn.execute(_SIGNED, asked)}


async def read_published(conn: AnyConnection, tenant: UUID, origin: str) -> tuple[int, bytes, bytes] | None:
    """Size, root and note of a log's largest checkpoint."""
    row = (await conn.execute(_PUBLISHED, {"tenant": tenant, "origin": origin})).one_or_none()
    return None if row is None else (row.size, row.root, row.note)


async def read_vkeys(conn: AnyConnection, tenant: UUID, origin: str) -> list[str]:
    """The keys that have signed for a log, as texts."""
    return [row.vkey for row in await conn.execute(_KEYS, {"tenant": tenant, "origin": origin})]


async def read_tiles(conn: AnyConnection, tenant: UUID, origin: str, wanted: Sequence[TileId]) -> dict[TileId, bytes]:
    """These tiles as they are stored, as far as they are there."""
    asked = {
        "tenant": tenant,
        "origin": origin,
        "levels": [each.level for each in wanted],
        "indexes": [each.index for each in wanted],
    }
    rows = await conn.execute(_TILES, asked) if wanted else ()
    return {TileId(row.level, row.tile_index): row.hashes for row in rows}


async def tiles_beyond(conn: AnyConnection, tenant: UUID, origin: str, published: int, *, limit: int) -> list[TileId]:
    """Tiles that no tree of ``published`` leaves has."""
    asked = {"tenant": tenant, "origin": origin, "published": published, "most": limit}
    return [TileId(row.level, row.tile_index) for row in await conn.execute(_TILES_BEYOND, asked)]


async def read_pruned(conn: AnyConnection, tenant: UUID, origin: str) -> tuple[int, bytes] | None:
    """Below which index a log's entries were pruned, and the root of that tree."""
    row = (await conn.execute(_PRUNED, {"tenant": tenant, "origin": origin})).one_or_none()
    return None if row is None else (row.up_to, row.root)


async def begin_repair(conn: Connection, entry: UUID) -> None:
    """Has the database know, until this transaction ends, which entry says that rows are repaired."""
    await conn.execute(_FOR_REPAIR, {"entry": str(entry)})


async def lock_tiles(conn: Connection) -> None:
    """Has whoever writes tiles wait until this transaction ends."""
    await conn.execute(_LOCK_TILES)


async def lock_head(conn: Connection, tenant: UUID) -> None:
    """Has whoever appends to a tenant's log wait until this transaction ends."""
    await conn.execute(_LOCK_HEAD, {"tenant": tenant})


async def save_tile(conn: Connection, tenant: UUID, origin: str, tile: TileId, hashes: bytes) -> None:
    """Writes a tile as it must be; without hashes it is taken away."""
    asked = {"tenant": tenant, "origin": origin, "level": tile.level, "index": tile.index}
    if hashes:
        await conn.execute(_SAVE_TILE, {**asked, "hashes": hashes})
    else:
        await conn.execute(_DELETE_TILE, asked)


async def save_head(conn: Connection, tenant: UUID, head: Head) -> None:
    """Writes where a log ends."""
    row = {"size": head.size, "edge": head.edge, "last_leaf": head.last_leaf, "last_at": head.last_at}
    await conn.execute(_SAVE_HEAD, {"tenant": tenant, **row})


async def mend_answers(conn: Connection, tenant: UUID, kept: Sequence[str], dropped: Sequence[str]) -> None:
    """Gives answers their entry's leaf hash, and drops those that name no entry."""
    for key in kept:
        await conn.execute(_MEND_ANSWER, {"tenant": tenant, "key": key})
    for key in dropped:
        await conn.execute(_DROP_ANSWER, {"tenant": tenant, "key": key})


async def delete_row(conn: Connection, tenant: UUID, table: str, column: str, row: UUID) -> None:
    """Takes one row away."""
    statement = text(f'DELETE FROM {table} WHERE tenant_id = :tenant AND "{column}" = :row')
    await conn.execute(statement, {"tenant": tenant, "row": row})


async def entries_of(conn: AnyConnection, tenant: UUID, people: Sequence[UUID]) -> Iterable[Column]:
    """Everything that was told of these people, in order."""
    return await conn.execute(_ENTRIES_OF, {"tenant": tenant, "people": list(people)})


async def entries_of_nobody(conn: AnyConnection, tenant: UUID, events: Sequence[str]) -> Iterable[Column]:
    """What was told of these events that are about nobody in particular, in order."""
    return await conn.execute(_ENTRIES_OF_NOBODY, {"tenant": tenant, "events": list(events)})


async def disclosures_of(conn: AnyConnection, tenant: UUID, people: Sequence[UUID]) -> Iterable[Column]:
    """The entries beside which there is a sealed disclosure about these people, each as often as there is one."""
    return await conn.execute(_DISCLOSURES_OF, {"tenant": tenant, "people": list(people)})


async def rows_of(
    conn: AnyConnection, tenant: UUID, projection: Projection, people: Sequence[UUID]
) -> Iterable[Column]:
    """The rows of a table that are about these people."""
    statement = text(f"{_select(projection)} AND contact_id = ANY(CAST(:people AS uuid[]))")
    return await conn.execute(statement, {"tenant": tenant, "people": list(people)})


async def rows_of_nobody(conn: AnyConnection, tenant: UUID, projection: Projection) -> Iterable[Column]:
    """The rows of a table that are about nobody in particular."""
    of_nobody = " AND contact_id IS NULL" if "contact_id" in projection.table.c else ""
    return await conn.execute(text(f"{_select(projection)}{of_nobody}"), {"tenant": tenant})


def _select(projection: Projection) -> str:
    columns = ", ".join(f'"{column.name}"' for column in projection.told)
    return f"SELECT {columns} FROM {projection.name} WHERE tenant_id = :tenant"


async def strangers(conn: AnyConnection, tenant: UUID, projection: Projection, after: UUID, limit: int) -> list[UUID]:
    """People after this id, in order, with rows in a table and without any entry about them."""
    statement = text(
        f"SELECT DISTINCT t.contact_id FROM {projection.name} t WHERE t.tenant_id = :tenant AND t.contact_id > :after "
        "AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.tenant_id = t.tenant_id AND e.contact_id = t.contact_id) "
        "ORDER BY t.contact_id LIMIT :most"
    )
    return [row.contact_id for row in await conn.execute(statement, {"tenant": tenant, "after": after, "most": limit})]
