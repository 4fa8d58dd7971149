"""
The SQL of the log.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.errors import UnknownTenant
from audit.link import AnyConnection, Asked, Column, Connection
from audit.merkle import Edge
from audit.models import entries, idempotency, log_heads, tenant_keys, tenants
from audit.origins import incarnation_of, origin_of
from audit.rows import array, insert_rows, update_rows
from audit.work import Receipt, Staged

_LOCK_HEADS = text(
    "SELECT tenant_id, origin, incarnation, size, edge, last_leaf, last_at FROM log_heads "
    "WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) ORDER BY tenant_id FOR UPDATE"
)
_SAVE_HEADS = text(
    "UPDATE log_heads h SET size = n.size, edge = n.edge, last_leaf = n.last_leaf, last_at = n.last_at "
    "FROM unnest(CAST(:tenants AS uuid[]), CAST(:sizes AS bigint[]), CAST(:edges AS bytea[]), "
    "CAST(:leaves AS bytea[]), CAST(:moments AS timestamptz[])) "
    "AS n(tenant_id, size, edge, last_leaf, last_at) WHERE h.tenant_id = n.tenant_id"
)
_INSERT_ENTRIES = text(
    "INSERT INTO entries "
    "(tenant_id, incarnation, entry_index, event_id, leaf_hash, previous, body, event, contact_id, recorded_at) "
    "SELECT * FROM unnest(CAST(CAST(:tenants AS text) AS uuid[]), CAST(CAST(:incarnations AS text) AS integer[]), CAST(CAST(:indexes AS text) AS bigint[]), CAST(CAST(:events AS text) AS uuid[]), "
    "CAST(CAST(:leaves AS text) AS bytea[]), CAST(CAST(:previous AS text) AS bytea[]), CAST(CAST(:bodies AS text) AS bytea[]), CAST(CAST(:names AS text) AS text[]), "
    "CAST(CAST(:contacts AS text) AS uuid[]), CAST(CAST(:moments AS text) AS timestamptz[]))"
)
_INSERT_DISCLOSURES = text(
    "INSERT INTO disclosures (tenant_id, event_id, name, contact_id, sealed) "
    "SELECT * FROM unnest(CAST(CAST(:tenants AS text) AS uuid[]), CAST(CAST(:events AS text) AS uuid[]), CAST(CAST(:names AS text) AS text[]), "
    "CAST(CAST(:contacts AS text) AS uuid[]), CAST(CAST(:sealed AS text) AS bytea[]))"
)
_FIND_ANSWERS = text(
    "SELECT i.tenant_id, i.key, i.digest, i.answer, i.incarnation, i.entry_index, i.leaf_hash, i.recorded_at, h.origin "
    "FROM idempotency i JOIN log_heads h ON h.tenant_id = i.tenant_id "
    "WHERE i.tenant_id = ANY(CAST(:tenants AS uuid[])) AND i.key = ANY(CAST(:keys AS text[]))"
)
_FORGET_ANSWERS = text(
    "DELETE FROM idempotency "
    "WHERE (tenant_id, key) IN (SELECT * FROM unnest(CAST(:tenants AS uuid[]), CAST(:keys AS text[])))"
)
_FIND_EVENTS = text(
    "SELECT event_id FROM entries "
    "WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) AND event_id = ANY(CAST(:events AS uuid[]))"
)


_LOAD_TENANT_KEYS = text(
    "SELECT t.tenant_id, t.keys_revision, k.purpose, k.version, k.wrapped, k.wrapped_by FROM tenants t "
    "JOIN tenant_keys k USING (tenant_id) WHERE t.tenant_id = ANY(CAST(:tenants AS uuid[])) "
    "ORDER BY t.tenant_id, k.purpose, k.version"
)
_DELETE_TENANT_KEY = text(
    "DELETE FROM tenant_keys WHERE tenant_id = :tenant AND purpose = :purpose AND version = :version"
)
_RAISE_KEY_REVISIONS = text(
    "UPDATE tenants SET keys_revision = keys_revision + 1 WHERE tenant_id = ANY(CAST(:tenants AS uuid[]))"
)
_KEY_REVISIONS = text("SELECT tenant_id, keys_revision FROM tenants WHERE tenant_id = ANY(CAST(:tenants AS uuid[]))")
_REOPEN = text(
    "UPDATE log_heads SET origin = :origin, incarnation = :incarnation, size = 0, edge = '', "
    "last_leaf = decode(repeat('00', 32), 'hex') WHERE tenant_id = :tenant"
)
_FIND_RECEIPTS = text(
    "SELECT e.event_id, e.incarnation, e.entry_index, e.leaf_hash, h.origin FROM entries e JOIN log_heads h USING (tenant_id) "
    "WHERE e.tenant_id = ANY(CAST(:tenants AS uuid[])) AND e.event_id = ANY(CAST(:events AS uuid[]))"
)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log ends."""

    origin: str
    incarnation: int
    edge: Edge
    last_leaf: bytes
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """A staged entry with its place and its bytes."""

    staged: Staged
    receipt: Receipt
    previous: bytes
    body: bytes
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered under an idempotency key."""

    tenant: UUID
    key: str
    digest: bytes
    answer: str
    receipt: Receipt | None
    recorded_at: datetime


async def lock_heads(conn: Connection, wanted: Iterable[UUID]) -> dict[UUID, Head]:
    """Locks the heads of these logs in sorted order: the only coordination between journals."""
    rows = await conn.execute(_LOCK_HEADS, {"tenants": sorted(wanted)})
    return {
        row.tenant_id: Head(
            row.origin, row.incarnation, Edge.from_bytes(row.size, row.edge), row.last_leaf, row.last_at
        )
        for row in rows
    }


def saved_heads(heads: Mapping[UUID, Head]) -> Asked:
    """The statement that moves the heads to their new ends."""
    ends = heads.values()
    return (
        _SAVE_HEADS,
        {
            "tenants": list(heads),
            "sizes": [head.edge.size for head in ends],
            "edges": [head.edge.to_bytes() for head in ends],
            "leaves": [head.last_leaf for head in ends],
            "moments": [head.last_at for head in ends],
        },
    )


async def open_log(
    conn: Connection, tenant: Mapping[str, object], origin: str, *, wrapped_root: bytes, wrapped_by: str
) -> None:
    """Inserts a tenant, its keys and the head of its empty log."""
    await insert_rows(conn, tenants, [tenant])
    made = {"tenant_id": tenant["tenant_id"], "version": 1, "created_at": tenant["created_at"]}
    root = {**made, "purpose": "root", "wrapped": wrapped_root, "wrapped_by": wrapped_by}
    derived = [{**made, "purpose": purpose, "wrapped": None, "wrapped_by": None} for purpose in ("index", "data")]
    await insert_rows(conn, tenant_keys, [root, *derived])
    genesis = {"incarnation": 1, "size": 0, "edge": b"", "last_leaf": bytes(32), "last_at": tenant["created_at"]}
    await insert_rows(conn, log_heads, [{"tenant_id": tenant["tenant_id"], "origin": origin, **genesis}])


async def reopen_log(conn: Connection, tenant: UUID, origin: str) -> None:
    """Has the tenant's log begin anew, with nothing, as the incarnation that its origin says."""
    await conn.execute(_REOPEN, {"tenant": tenant, "origin": origin, "incarnation": incarnation_of(origin)})


def inserted_entries(placed: Sequence[Placed]) -> list[Asked]:
    """The statements that insert entries and the sealed disclosures beside them."""
    entry_rows: Asked = (
        _INSERT_ENTRIES,
        {
            "tenants": array([each.staged.tenant for each in placed]),
            "incarnations": array([each.receipt.incarnation for each in placed]),
            "indexes": array([each.receipt.index for each in placed]),
            "events": array([each.staged.event_id for each in placed]),
            "leaves": array([each.receipt.leaf_hash for each in placed]),
            "previous": array([each.previous for each in placed]),
            "bodies": array([each.body for each in placed]),
            "names": array([each.staged.event for each in placed]),
            "contacts": array([each.staged.contact for each in placed]),
            "moments": array([each.recorded_at for each in placed]),
        },
    )
    sealed = [(each.staged, name, value) for each in placed for name, value in each.staged.sealed]
    disclosure_rows: Asked = (
        _INSERT_DISCLOSURES,
        {
            "tenants": array([staged.tenant for staged, _, _ in sealed]),
            "events": array([staged.event_id for staged, _, _ in sealed]),
            "names": array([name for _, name, _ in sealed]),
            "contacts": array([staged.contact for staged, _, _ in sealed]),
            "sealed": array([value for _, _, value in sealed]),
        },
    )
    return [entry_rows, disclosure_rows] if sealed else [entry_rows]


async def find_answers(conn: Connection, keys: Sequence[tuple[UUID, str]]) -> list[Answered]:
    """What was answered under these keys before."""
    rows = await conn.execute(_FIND_ANSWERS, _pairs(keys))
    return [
        Answered(
            row.tenant_id,
            row.key,
            row.digest,
            row.answer,
            _receipt(row) if row.entry_index is not None else None,
            row.recorded_at,
        )
        for row in rows
    ]


async def forget_answers(conn: Connection, keys: Sequence[tuple[UUID, str]]) -> None:
    """Drops keys whose time is over."""
    if keys:
        await conn.execute(_FORGET_ANSWERS, _pairs(keys))


async def insert_answers(conn: Connection, answers: Sequence[Answered]) -> None:
    """Remembers what was answered; a key that another process used meanwhile violates the primary key."""
    await insert_rows(
        conn,
        idempotency,
        [
            {
                "tenant_id": each.tenant,
                "key": each.key,
                "digest": each.digest,
                "answer": each.answer,
                "incarnation": each.receipt.incarnation if each.receipt else None,
                "entry_index": each.receipt.index if each.receipt else None,
                "leaf_hash": each.receipt.leaf_hash if each.receipt else None,
                "recorded_at": each.recorded_at,
            }
            for each in answers
        ],
    )


async def find_events(conn: Connection, events: Sequence[tuple[UUID, UUID]]) -> set[UUID]:
    """Which of these (tenant, event id) are in the log."""
    rows = await conn.execute(
        _FIND_EVENTS, {"tenants": [tenant for tenant, _ in events], "events": [event for _, event in events]}
    )
    return set(rows.scalars())


async def find_receipts(conn: Connection, events: Sequence[tuple[UUID, UUID]]) -> dict[UUID, Receipt]:
    """The receipts of entries recorded earlier, by event id."""
    if not events:
        return {}
    rows = await conn.execute(
        _FIND_RECEIPTS, {"tenants": [tenant for tenant, _ in events], "events": [event for _, event in events]}
    )
    return {row.event_id: _receipt(row) for row in rows}


async def read_entries(
    conn: AsyncConnection, tenant: UUID, origin: str, first: int, end: int
) -> list[tuple[int, bytes, bytes]]:
    """Entries ``first`` to ``end`` (half-open) of one log: index, body, leaf hash."""
    rows = await conn.execute(
        select(entries.c.entry_index, entries.c.body, entries.c.leaf_hash)
        .where(
            entries.c.tenant_id == tenant,
            entries.c.incarnation == incarnation_of(origin),
            entries.c.entry_index >= first,
            entries.c.entry_index < end,
        )
        .order_by(entries.c.entry_index)
    )
    return [(row.entry_index, row.body, row.leaf_hash) for row in rows]


async def read_leaves(
    conn: AsyncConnection, tenant: UUID, places: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], bytes]:
    """The leaf hashes of the entries that are at these (incarnation, index)."""
    if not places:
        return {}
    at = tuple_(entries.c.incarnation, entries.c.entry_index)
    rows = await conn.execute(
        select(entries.c.incarnation, entries.c.entry_index, entries.c.leaf_hash).where(
            entries.c.tenant_id == tenant, at.in_(sorted(set(places)))
        )
    )
    return {(row.incarnation, row.entry_index): row.leaf_hash for row in rows}


async def read_reopened(conn: AsyncConnection, tenant: UUID) -> list[tuple[int, int, bytes]]:
    """Incarnation, index and body of the first entry of every incarnation but the first."""
    rows = await conn.execute(
        select(entries.c.incarnation, entries.c.entry_index, entries.c.body)
        .where(entries.c.tenant_id == tenant, entries.c.incarnation > 1, entries.c.entry_index == 0)
        .order_by(entries.c.incarnation)
    )
    return [(row.incarnation, row.entry_index, row.body) for row in rows]


async def read_timeline(
    conn: AsyncConnection, tenant: UUID, parts: Collection[UUID], before: tuple[int, int], limit: int
) -> list[tuple[int, int, bytes, bytes]]:
    """The entries about one person before an (incarnation, index), newest first: these two, body and leaf hash."""
    rows = await conn.execute(
        select(entries.c.incarnation, entries.c.entry_index, entries.c.body, entries.c.leaf_hash)
        .where(
            entries.c.tenant_id == tenant,
            entries.c.contact_id.in_(parts),
            tuple_(entries.c.incarnation, entries.c.entry_index) < tuple_(*before),
        )
        .order_by(entries.c.incarnation.desc(), entries.c.entry_index.desc())
        .limit(limit)
    )
    return [(row.incarnation, row.entry_index, row.body, row.leaf_hash) for row in rows]


@dataclass(frozen=True, slots=True)
class End:
    """The log that a tenant writes to now, and how many entries it has."""

    origin: str
    size: int


async def read_end(conn: AsyncConnection, tenant: UUID) -> End:
    """Where the tenant's log ends; UnknownTenant when there is no such log."""
    row = (
        await conn.execute(select(log_heads.c.origin, log_heads.c.size).where(log_heads.c.tenant_id == tenant))
    ).one_or_none()
    if row is None:
        raise UnknownTenant(tenant)
    return End(row.origin, row.size)


async def load_tenant_keys(conn: AnyConnection, wanted: Iterable[UUID]) -> dict[UUID, list[Column]]:
    """The wrapped keys of each tenant that is known, with the revision they are at."""
    keys: dict[UUID, list[Column]] = {}
    for row in await conn.execute(_LOAD_TENANT_KEYS, {"tenants": list(wanted)}):
        keys.setdefault(row.tenant_id, []).append(row)
    return keys


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """One version of a tenant's key as it is stored."""

    purpose: str
    version: int
    wrapped: bytes
    wrapped_by: str


async def insert_tenant_key(conn: Connection, tenant: UUID, key: WrappedKey, now: datetime) -> None:
    """Adds a version of a key; one that another process has added meanwhile violates the primary key."""
    row = {"purpose": key.purpose, "version": key.version, "wrapped": key.wrapped, "wrapped_by": key.wrapped_by}
    await insert_rows(conn, tenant_keys, [{"tenant_id": tenant, **row, "created_at": now}])


async def delete_tenant_key(conn: Connection, tenant: UUID, purpose: str, version: int) -> None:
    """Destroys a version of a key."""
    await conn.execute(_DELETE_TENANT_KEY, {"tenant": tenant, "purpose": purpose, "version": version})


async def update_tenant_keys(conn: Connection, tenant: UUID, keys: Sequence[WrappedKey]) -> None:
    """Stores the same keys as another provider has wrapped them."""
    rows = [
        {
            "tenant_id": tenant,
            "purpose": k.purpose,
            "version": k.version,
            "wrapped": k.wrapped,
            "wrapped_by": k.wrapped_by,
        }
        for k in keys
    ]
    await update_rows(conn, tenant_keys, ("tenant_id", "purpose", "version"), rows)


async def raise_key_revisions(conn: Connection, tenants: Sequence[UUID]) -> None:
    """Tells every process that these tenants' keys have changed."""
    if tenants:
        await conn.execute(_RAISE_KEY_REVISIONS, {"tenants": tenants})


async def load_key_revisions(conn: AnyConnection, wanted: Iterable[UUID]) -> Sequence[Column]:
    """How often each tenant's keys have changed."""
    return (await conn.execute(_KEY_REVISIONS, {"tenants": list(wanted)})).all()


def _receipt(row: Column) -> Receipt:
    return Receipt(origin_of(row.origin, row.incarnation), row.entry_index, row.leaf_hash)


def _pairs(keys: Sequence[tuple[UUID, str]]) -> dict[str, object]:
    return {"tenants": [tenant for tenant, _ in keys], "keys": [key for _, key in keys]}
