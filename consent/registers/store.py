"""
The SQL of registers.
"""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.link import AnyConnection, Asked, Connection
from consent.registers.digests import TAIL
from consent.registers.mill import FRAME

AnyRow: TypeAlias = Any  # A row of either kind of connection; its columns are named by the statements.

_COLUMNS = (
    "tenant_id, register, load_id, lists, country, as_of, numbers, bits, file_hash, blocks_hash, loaded_at, loaded_by"
)
_IN_FORCE = f"SELECT {_COLUMNS} FROM registers WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) ORDER BY register"
_LOADED = text(_IN_FORCE)
_EVERYBODYS = text("SELECT register, as_of FROM registers ORDER BY register, as_of")
_LOCK = text("SELECT pg_advisory_xact_lock(k) FROM unnest(CAST(:keys AS bigint[])) k ORDER BY k")
_POINTERS = text("SELECT load_id FROM registers WHERE tenant_id = ANY(CAST(:tenants AS uuid[]))")
# A digest is found wherever it stands in its block: that one stands across two others is as unlikely as all of it.
_LOOK_UP = text(
    "SELECT w.place, position(w.tail IN b.digests) > 0 AS listed "
    "FROM unnest(CAST(CAST(:tenants AS text) AS uuid[]), CAST(CAST(:loads AS text) AS uuid[]), "
    "CAST(:buckets AS integer[]), CAST(:tails AS bytea[])) WITH ORDINALITY AS w(tenant, load, bucket, tail, place) "
    "CROSS JOIN LATERAL (SELECT digests FROM register_blocks "
    "WHERE tenant_id = w.tenant AND load_id = w.load AND bucket = w.bucket OFFSET 0) AS b"
)
_COUNT = text("SELECT count(*) AS blocks FROM register_blocks WHERE tenant_id = :tenant AND load_id = :load")
# A load is staged in one transaction, and the first of its blocks is the first to be swept away.
_IS_WHOLE = text(
    "SELECT count(*) = 2 AS is_whole FROM register_blocks WHERE tenant_id = :tenant AND load_id = :load "
    "AND bucket IN (0, :last)"
)
_SAVE = text(
    f"INSERT INTO registers ({_COLUMNS}, event_id) VALUES (:tenant_id, :register, :load_id, :lists, :country, :as_of, "
    ":numbers, :bits, :file_hash, :blocks_hash, :loaded_at, :loaded_by, :event_id) "
    "ON CONFLICT (tenant_id, register) DO UPDATE SET load_id = excluded.load_id, lists = excluded.lists, "
    "country = excluded.country, as_of = excluded.as_of, numbers = excluded.numbers, bits = excluded.bits, "
    "file_hash = excluded.file_hash, blocks_hash = excluded.blocks_hash, loaded_at = excluded.loaded_at, "
    "loaded_by = excluded.loaded_by, event_id = excluded.event_id"
)
_DROP = text("DELETE FROM registers WHERE tenant_id = :tenant AND register = :register")
# What stages a load holds a lock of its session, which ends with it however it ends.
_TRY_ALONE = text("SELECT pg_try_advisory_lock(:key) AS alone")
_NO_MORE_ALONE = text("SELECT pg_advisory_unlock(:key)")
_STAGE = text(
    "INSERT INTO register_blocks (tenant_id, load_id, bucket, digests) SELECT :tenant, :load, b.bucket, b.digests "
    "FROM unnest(CAST(:buckets AS integer[]), CAST(:digests AS bytea[])) AS b(bucket, digests)"
)
# One look at the index for each load that has blocks, not one for each block.
_LOADS = (
    "WITH RECURSIVE l(load_id) AS ("
    "(SELECT load_id FROM register_blocks WHERE tenant_id = :tenant ORDER BY load_id LIMIT 1) UNION ALL "
    "SELECT (SELECT b.load_id FROM register_blocks b WHERE b.tenant_id = :tenant AND b.load_id > l.load_id "
    "ORDER BY b.load_id LIMIT 1) FROM l WHERE l.load_id IS NOT NULL) "
)
_LEFT = text(
    _LOADS + "SELECT l.load_id FROM l WHERE l.load_id IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM registers r WHERE r.tenant_id = :tenant AND r.load_id = l.load_id)"
)
_SWEEP = text(
    "DELETE FROM register_blocks b USING (SELECT min(bucket) AS bucket FROM register_blocks "
    "WHERE tenant_id = :tenant AND load_id = :load) AS f "
    "WHERE b.tenant_id = :tenant AND b.load_id = :load AND b.bucket >= f.bucket AND b.bucket < f.bucket + :most"
)
_AT_ONCE = 8192  # buckets
_BLOCKS = text(
    "SELECT bucket, digests FROM register_blocks WHERE tenant_id = :tenant AND load_id = :load "
    "AND bucket >= :first AND bucket < :end ORDER BY bucket"
)


async def load(conn: AnyConnection, tenants: Collection[UUID]) -> Sequence[AnyRow]:
    """What each tenant has loaded, by name."""
    return (await conn.execute(_LOADED, {"tenants": sorted(tenants)})).all() if tenants else []


async def everybodys(conn: AnyConnection) -> Sequence[AnyRow]:
    """Name and date of every register of every tenant, for whoever may see all of them."""
    return (await conn.execute(_EVERYBODYS, {})).all()


async def lock(conn: AnyConnection, tenants: Collection[UUID]) -> None:
    """Waits for whoever changes a register of these tenants now."""
    await conn.execute(_LOCK, {"keys": [_key(b"registers of ", each) for each in tenants]})


async def look_up(
    conn: Connection, wanted: Sequence[tuple[UUID, UUID, int, bytes]], tenants: Collection[UUID]
) -> tuple[list[tuple[int, bool]], set[UUID]]:
    """
    The place in ``wanted`` (tenant, load, bucket, tail) and whether it is listed, of all whose block is there.

    Beside it the loads in force at the same moment, whose blocks are all there.
    """
    asked: list[Asked] = [(_LOOK_UP, _arrays(wanted)), (_POINTERS, {"tenants": sorted(tenants)})]
    found, pointers = await conn.ask(*asked)
    return [(place - 1, listed) for place, listed in found], set(pointers.scalars())


def _arrays(wanted: Sequence[tuple[UUID, UUID, int, bytes]]) -> Mapping[str, object]:
    # Ids travel written out, as in `pairs_of`.
    return {
        "tenants": f"{{{','.join([str(tenant) for tenant, _, _, _ in wanted])}}}",
        "loads": f"{{{','.join([str(load) for _, load, _, _ in wanted])}}}",
        "buckets": [bucket for _, _, bucket, _ in wanted],
        "tails": [tail for _, _, _, tail in wanted],
    }


async def count_blocks(conn: AnyConnection, tenant: UUID, load: UUID) -> int:
    """How many blocks of a load there are."""
    (row,) = await conn.execute(_COUNT, {"tenant": tenant, "load": load})
    return int(row.blocks)


async def is_whole(conn: Connection, tenant: UUID, load: UUID, bits: int) -> bool:
    """Whether a load lies there, and nobody has begun to sweep it away."""
    (row,) = await conn.execute(_IS_WHOLE, {"tenant": tenant, "load": load, "last": (1 << bits) - 1})
    return bool(row.is_whole)


async def save(conn: Connection, row: Mapping[str, object]) -> None:
    """A load in force, in the place of the one before."""
    await conn.execute(_SAVE, row)


async def drop(conn: Connection, tenant: UUID, register: str) -> None:
    """No load of this register is in force any more."""
    await conn.execute(_DROP, {"tenant": tenant, "register": register})


async def try_alone(conn: AsyncConnection, tenant: UUID) -> bool:
    """Takes the tenant's registers for this session, unless somebody has them."""
    (row,) = await conn.execute(_TRY_ALONE, {"key": _key(b"loading registers of ", tenant)})
    return bool(row.alone)


async def no_more_alone(conn: AsyncConnection, tenant: UUID) -> None:
    """Gives them back."""
    await conn.execute(_NO_MORE_ALONE, {"key": _key(b"loading registers of ", tenant)})


async def stage(conn: AsyncConnection, tenant: UUID, load: UUID, first: int, blocks: Sequence[bytes]) -> None:
    """The blocks of so many buckets from ``first`` on."""
    numbers = list(range(first, first + len(blocks)))
    await conn.execute(_STAGE, {"tenant": tenant, "load": load, "buckets": numbers, "digests": list(blocks)})


async def left(conn: AsyncConnection, tenant: UUID) -> Sequence[UUID]:
    """The loads that have blocks and are not in force."""
    return (await conn.execute(_LEFT, {"tenant": tenant})).scalars().all()


async def behead(conn: AsyncConnection, tenant: UUID, load: UUID) -> None:
    """Deletes the first block of a load, without which it cannot come into force."""
    await conn.execute(_SWEEP, {"tenant": tenant, "load": load, "most": 1})


async def sweep(conn: AsyncConnection, tenant: UUID, load: UUID) -> int:
    """Deletes some blocks of a load, and says how many."""
    done = await conn.execute(_SWEEP, {"tenant": tenant, "load": load, "most": 4 * _AT_ONCE})
    return done.rowcount


async def sound(conn: AnyConnection, tenant: UUID, load: UUID, bits: int) -> tuple[int, str]:
    """How many numbers the blocks of a load have, and their SHA-256 as its entry tells it."""
    told, kept, expected = sha256(), 0, 0
    for first in range(0, 1 << bits, _AT_ONCE):
        rows = await conn.execute(_BLOCKS, {"tenant": tenant, "load": load, "first": first, "end": first + _AT_ONCE})
        for row in rows:
            if row.bucket != expected:
                return kept // TAIL, ""  # One is not there, so that they can have no hash that was told.
            told.update(len(row.digests).to_bytes(FRAME) + row.digests)
            kept, expected = kept + len(row.digests), expected + 1
    return kept // TAIL, told.hexdigest() if expected == 1 << bits else ""


def _key(what: bytes, tenant: UUID) -> int:
    return int.from_bytes(sha256(what + tenant.bytes).digest()[:8], signed=True)
