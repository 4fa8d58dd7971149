"""
The checkpointer's SQL: what it reads of the logs, and the only tables that it writes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.link import Connection
from audit.models import checkpoints, cosignatures, log_heads, meta_leaves, timestamps
from audit.origins import META
from audit.published import Published
from audit.publishing.records import LogEnd, Signed, Span, Status, Stored, root_of_edge
from audit.rows import insert_rows
from audit.tiles import TileId

_READ_ENDS = text("SELECT tenant_id, origin, incarnation, size, edge, last_leaf FROM log_heads ORDER BY tenant_id")
_READ_BODIES = text(
    "SELECT w.tenant, e.entry_index, e.body, e.leaf_hash FROM unnest(CAST(:tenants AS uuid[]), "
    "CAST(:incarnations AS integer[]), CAST(:firsts AS bigint[]), CAST(:ends AS bigint[])) "
    "AS w(tenant, incarnation, first, finish) CROSS JOIN LATERAL (SELECT entry_index, body, leaf_hash FROM entries e "
    "WHERE e.tenant_id = w.tenant AND e.incarnation = w.incarnation AND e.entry_index >= w.first "
    "AND e.entry_index < w.finish ORDER BY e.entry_index OFFSET 0) e ORDER BY w.tenant, e.entry_index"
)
_READ_TILES = text(
    "SELECT t.tenant_id, t.level, t.tile_index, t.hashes FROM unnest(CAST(:tenants AS uuid[]), "
    "CAST(:origins AS text[]), CAST(:levels AS integer[]), CAST(:indexes AS bigint[])) AS w(tenant, origin, lev, at) "
    "CROSS JOIN LATERAL (SELECT * FROM tiles t WHERE t.tenant_id = w.tenant AND t.origin = w.origin "
    "AND t.level = w.lev AND t.tile_index = w.at OFFSET 0) t"
)
_READ_SIZES = text(
    "SELECT w.tenant, w.origin, c.size, c.signed_at FROM unnest(CAST(:tenants AS uuid[]), CAST(:origins AS text[])) "
    "AS w(tenant, origin) CROSS JOIN LATERAL (SELECT size, signed_at FROM checkpoints c WHERE c.tenant_id = w.tenant "
    "AND c.origin = w.origin ORDER BY size DESC LIMIT 1) c"
)
_READ_SIGNED_AT = text("SELECT max(signed_at) FROM checkpoints WHERE tenant_id = :tenant")
_READ_NEWEST = text(
    "SELECT DISTINCT ON (tenant_id) tenant_id, origin, size, root, note FROM checkpoints "
    "ORDER BY tenant_id, signed_at DESC, size DESC"
)
_SAVE_TILES = text(
    "INSERT INTO tiles (tenant_id, origin, level, tile_index, hashes) SELECT * FROM unnest(CAST(:tenants AS uuid[]), "
    "CAST(:origins AS text[]), CAST(:levels AS smallint[]), CAST(:indexes AS bigint[]), CAST(:hashes AS bytea[])) "
    "ON CONFLICT (tenant_id, origin, level, tile_index) DO UPDATE SET hashes = excluded.hashes"
)
_SAVE_KEYS = text(
    "INSERT INTO log_keys (tenant_id, origin, vkey, valid_from, valid_until) SELECT t, o, v, :now, u FROM "
    "unnest(CAST(:tenants AS uuid[]), CAST(:origins AS text[]), CAST(:vkeys AS text[]), CAST(:untils AS timestamptz[])) "
    "AS w(t, o, v, u) "
    "ON CONFLICT (tenant_id, origin, vkey) DO NOTHING"
)
_KEYS_IN_USE = text(
    "SELECT tenant_id, origin, vkey FROM log_keys WHERE valid_until IS NULL ORDER BY valid_from, tenant_id, origin, vkey"
)
# A key may have signed once more between the moment at which it was to end and the one at which its follower was at hand.
_END_KEYS = text(
    "UPDATE log_keys k SET valid_until = GREATEST(e.until, k.valid_from, (SELECT max(c.signed_at) + interval '1 microsecond' "
    "FROM checkpoints c WHERE c.tenant_id = k.tenant_id AND c.origin = k.origin)) FROM unnest(CAST(:tenants AS uuid[]), "
    "CAST(:origins AS text[]), CAST(:vkeys AS text[]), CAST(:ends AS timestamptz[])) AS e(tenant_id, origin, vkey, until) "
    "WHERE k.tenant_id = e.tenant_id AND k.origin = e.origin AND k.vkey = e.vkey"
)
_REPORT = text(
    "INSERT INTO checkpointer_reports (tenant_id, reported_at, refusal, refused, warning) SELECT t, :now, r, n, w FROM "
    "unnest(CAST(:tenants AS uuid[]), CAST(:refusals AS text[]), CAST(:counts AS bigint[]), CAST(:warnings AS text[])) "
    "AS said(t, r, n, w) ON CONFLICT (tenant_id) DO UPDATE SET reported_at = excluded.reported_at, "
    "refusal = excluded.refusal, refused = excluded.refused, warning = excluded.warning"
)
_WITHDRAW = text("DELETE FROM checkpointer_reports WHERE NOT tenant_id = ANY(CAST(:tenants AS uuid[]))")
_READ_STATUS = text(
    "SELECT h.tenant_id, h.origin, h.size, h.edge, coalesce((SELECT max(c.size) FROM checkpoints c "
    "WHERE c.tenant_id = h.tenant_id AND c.origin = h.origin), 0) AS signed, r.refusal FROM log_heads h "
    "LEFT JOIN checkpointer_reports r ON r.tenant_id = h.tenant_id ORDER BY h.tenant_id"
)
_READ_REFUSAL = text("SELECT refusal FROM checkpointer_reports WHERE tenant_id = :tenant")
_READ_VANISHED = text(
    "SELECT r.tenant_id FROM checkpointer_reports r WHERE r.tenant_id <> :meta "
    "AND NOT EXISTS (SELECT FROM log_heads h WHERE h.tenant_id = r.tenant_id) ORDER BY r.tenant_id"
)
_LOCK = text("SELECT pg_try_advisory_lock(hashtext('venia-checkpointer'))")


async def lock(conn: Connection) -> bool:
    """Whether this session is the one checkpointer of the database; it stays so until it ends."""
    return bool(await conn.scalar(_LOCK))


async def read_ends(conn: Connection) -> list[LogEnd]:
    """Where every log ends."""
    rows = await conn.execute(_READ_ENDS)
    return [LogEnd(*row) for row in rows]


async def read_bodies(conn: Connection, spans: Sequence[Span]) -> dict[UUID, list[Stored]]:
    """The entries of each span, in order; what is missing is missing."""
    if not spans:
        return {}
    rows = await conn.execute(
        _READ_BODIES,
        {
            "tenants": [each.tenant for each in spans],
            "incarnations": [each.incarnation for each in spans],
            "firsts": [each.first for each in spans],
            "ends": [each.end for each in spans],
        },
    )
    found: dict[UUID, list[Stored]] = {each.tenant: [] for each in spans}
    for row in rows:
        found[row.tenant].append(Stored(row.entry_index, row.body, row.leaf_hash))
    return found


async def read_tiles(conn: Connection, wanted: Iterable[tuple[UUID, str, TileId]]) -> dict[UUID, dict[TileId, bytes]]:
    """The hashes that these tiles have so far."""
    places = list(wanted)
    found: dict[UUID, dict[TileId, bytes]] = {tenant: {} for tenant, _, _ in places}
    if places:
        rows = await conn.execute(
            _READ_TILES,
            {
                "tenants": [tenant for tenant, _, _ in places],
                "origins": [origin for _, origin, _ in places],
                "levels": [tile.level for _, _, tile in places],
                "indexes": [tile.index for _, _, tile in places],
            },
        )
        for row in rows:
            found[row.tenant_id][TileId(row.level, row.tile_index)] = row.hashes
    return found


async def read_sizes(conn: Connection, logs: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], int]:
    """The size of the newest checkpoint of each of these (tenant, origin); 0 before the first."""
    tenants, origins = [tenant for tenant, _ in logs], [origin for _, origin in logs]
    rows = await conn.execute(_READ_SIZES, {"tenants": tenants, "origins": origins}) if logs else ()
    return dict.fromkeys(logs, 0) | {(row.tenant, row.origin): row.size for row in rows}


async def read_signed_at(conn: Connection, tenant: UUID) -> datetime | None:
    """When the tenant's newest checkpoint was signed."""
    signed_at: datetime | None = await conn.scalar(_READ_SIGNED_AT, {"tenant": tenant})
    return signed_at


async def read_newest(conn: Connection) -> list[tuple[UUID, str, int, bytes, bytes]]:
    """The newest checkpoint of each tenant: tenant, origin, size, root, note."""
    return [tuple(row) for row in await conn.execute(_READ_NEWEST)]


async def publish(
    conn: Connection, signed: Sequence[Signed], leaves: Sequence[tuple[UUID, int, bytes]], *, meta: str, now: datetime
) -> None:
    """Inserts checkpoints, tiles, keys and the new leaves of this meta-log (tenant, index, body)."""
    tiles = [(each, tile, hashes) for each in signed for tile, hashes in each.tiles.items()]
    await conn.execute(
        _SAVE_TILES,
        {
            "tenants": [each.tenant for each, _, _ in tiles],
            "origins": [each.origin for each, _, _ in tiles],
            "levels": [tile.level for _, tile, _ in tiles],
            "indexes": [tile.index for _, tile, _ in tiles],
            "hashes": [hashes for _, _, hashes in tiles],
        },
    )
    keys = [(each, vkey, until) for each in signed for vkey, until in each.vkeys]
    await conn.execute(
        _SAVE_KEYS,
        {
            "tenants": [each.tenant for each, _, _ in keys],
            "origins": [each.origin for each, _, _ in keys],
            "vkeys": [vkey for _, vkey, _ in keys],
            "untils": [until for _, _, until in keys],
            "now": now,
        },
    )
    names = ("tenant_id", "origin", "size", "root", "note", "meta_index", "meta_origin")
    rows = [
        dict(zip(names, (s.tenant, s.origin, s.size, s.root, s.note, s.meta_index, meta), strict=True)) for s in signed
    ]
    await insert_rows(conn, checkpoints, [{**row, "signed_at": now} for row in rows])
    await insert_rows(
        conn,
        meta_leaves,
        [
            {"tenant_id": tenant, "meta_origin": meta, "meta_index": index, "body": body}
            for tenant, index, body in leaves
        ],
    )


async def read_keys_in_use(conn: Connection) -> list[tuple[UUID, str, str]]:
    """Tenant, origin and text of every key whose end nobody has noted, in the order in which they began to sign."""
    return [(row.tenant_id, row.origin, row.vkey) for row in await conn.execute(_KEYS_IN_USE)]


async def end_keys(conn: Connection, ended: Sequence[tuple[UUID, str, str, datetime]]) -> None:
    """Notes when keys sign no more: tenant, origin, key and instant."""
    if ended:
        columns = zip(*ended, strict=True)
        await conn.execute(
            _END_KEYS, dict(zip(("tenants", "origins", "vkeys", "ends"), map(list, columns), strict=True))
        )


async def report(conn: Connection, refused: Mapping[UUID, str], now: datetime, *, warning: str | None) -> None:
    """Says how it goes: why which logs are not signed any more, and nothing of those that are."""
    others = {tenant: sentence for tenant, sentence in refused.items() if tenant != META}
    await conn.execute(_WITHDRAW, {"tenants": [META, *others]})
    said = {
        "tenants": [META, *others],
        "refusals": [refused.get(META), *others.values()],
        "counts": [len(others), *(0 for _ in others)],
        "warnings": [warning, *(None for _ in others)],
    }
    await conn.execute(_REPORT, {**said, "now": now})


async def read_logs(conn: AsyncConnection) -> list[tuple[UUID, str]]:
    """Every tenant and the origin of its log."""
    rows = await conn.execute(select(log_heads.c.tenant_id, log_heads.c.origin).order_by(log_heads.c.tenant_id))
    return [(row.tenant_id, row.origin) for row in rows]


async def insert_cosignatures(
    conn: AsyncConnection, checkpoint: Published, lines: Sequence[tuple[str, datetime, str]]
) -> None:
    """Keeps what witnesses said of a checkpoint: name, moment and line of each."""
    if lines:
        log = {"tenant_id": checkpoint.tenant, "origin": checkpoint.origin, "size": checkpoint.size}
        rows = [{**log, "witness": name, "cosigned_at": moment, "line": line} for name, moment, line in lines]
        await conn.execute(insert(cosignatures).on_conflict_do_nothing(), rows)


async def insert_timestamp(conn: AsyncConnection, checkpoint: Published, token: bytes, now: datetime) -> None:
    """Keeps a token and the very bytes that it dates."""
    log = {"tenant_id": checkpoint.tenant, "origin": checkpoint.origin, "size": checkpoint.size}
    row = {**log, "stamped_at": now, "stamped": checkpoint.note, "token": token}
    await conn.execute(insert(timestamps).values(row))


async def read_status(conn: Connection) -> list[Status]:
    """Every log, by tenant."""
    rows = await conn.execute(_READ_STATUS)
    return [
        Status(row.tenant_id, row.origin, row.size, root_of_edge(row.size, row.edge), row.signed, row.refusal)
        for row in rows
    ]


async def read_refusal(conn: Connection) -> str | None:
    """Why nothing is signed at all, if so."""
    refusal: str | None = await conn.scalar(_READ_REFUSAL, {"tenant": META})
    return refusal


async def read_vanished(conn: Connection) -> list[UUID]:
    """Which tenants were signed for and are not in the database any more, as was told last."""
    return list((await conn.execute(_READ_VANISHED, {"meta": META})).scalars())
