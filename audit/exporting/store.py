"""
The SQL of exports: what was asked for, how it goes, and the rows that a file is made from.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ARRAY, Text, TextClause, Uuid, any_, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.exporting.records import Export, LogEnd, SealedField, Stored
from audit.link import Connection
from audit.models import checkpoints, cosignatures, disclosures, entries, exports
from audit.origins import incarnation_of
from audit.rows import insert_rows

_COSIGNED = 16  # As many are looked at in search of enough witnesses.

AnyConnection: TypeAlias = Connection | AsyncConnection
AnyRow: TypeAlias = Any  # A row of either kind of connection; its columns are named by the statements.

_COLUMNS = (
    "tenant_id, export_id, origin, entry_index, format, first_index, end_index, contact_id, disclose, actor, "
    "requested_at, state, done, total, detail, file, bytes, digest, expires_at, language, parts"
)
_READ_ENDS = text(
    "SELECT tenant_id, origin, size FROM log_heads WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) ORDER BY tenant_id"
)
_KNOWN_PEOPLE = text(
    "SELECT w.tenant, w.contact FROM unnest(CAST(:tenants AS uuid[]), CAST(:contacts AS uuid[])) AS w(tenant, contact) "
    "WHERE EXISTS (SELECT 1 FROM entries e WHERE e.tenant_id = w.tenant AND e.contact_id = w.contact)"
)
_ERASURES = text(
    "SELECT contact_id, min(recorded_at) AS erased_at FROM entries WHERE tenant_id = :tenant "
    "AND contact_id = ANY(CAST(:people AS uuid[])) AND event = 'contact.erased' GROUP BY contact_id"
)
_FIND = text(f"SELECT {_COLUMNS} FROM exports WHERE tenant_id = :tenant AND export_id = :export")
_WIDE = text(
    f"SELECT {_COLUMNS} FROM exports WHERE tenant_id = :tenant AND contact_id IS NULL AND disclose <> '{{}}' "
    "ORDER BY requested_at, export_id"
)
# Each tenant's oldest come first: whoever asks for many waits for his own, and keeps nobody else waiting.
_WAITING = text(
    f"SELECT {_COLUMNS} FROM (SELECT *, row_number() OVER (PARTITION BY tenant_id ORDER BY requested_at, export_id) "
    "AS turn FROM exports WHERE state IN ('queued', 'running')) waiting ORDER BY turn, requested_at, tenant_id"
)
_COUNT_WAITING = text(
    "SELECT tenant_id, count(*) AS waiting FROM exports WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) "
    "AND state IN ('queued', 'running') GROUP BY tenant_id"
)
_STORED = text(
    f"SELECT {_COLUMNS} FROM exports WHERE file IS NOT NULL AND (expires_at <= :now OR state <> 'ready' "
    "OR disclose <> '{}') ORDER BY tenant_id, export_id"
)
_TAKE = text(
    "UPDATE exports SET state = 'running', done = 0, total = 0, detail = NULL "
    f"WHERE tenant_id = :tenant AND export_id = :export AND state IN ('queued', 'running') RETURNING {_COLUMNS}"
)
_PROGRESS = text(
    "UPDATE exports SET done = :done, total = :total "
    "WHERE tenant_id = :tenant AND export_id = :export AND state = 'running'"
)
_FINISH = text(
    "UPDATE exports SET state = 'ready', done = :total, total = :total, file = :file, bytes = :bytes, "
    "digest = :digest, ready_at = :now, expires_at = :expires_at, detail = :detail "
    f"WHERE tenant_id = :tenant AND export_id = :export AND state = 'running' RETURNING {_COLUMNS}"
)
_FAIL = text(
    "UPDATE exports SET state = 'failed', detail = :detail "
    f"WHERE tenant_id = :tenant AND export_id = :export AND state = 'running' RETURNING {_COLUMNS}"
)
_WITHDRAW = text(
    "UPDATE exports SET state = 'withdrawn' WHERE tenant_id = :tenant AND export_id = :export AND state = 'ready'"
)
_FORGET_FILE = text("UPDATE exports SET file = NULL WHERE tenant_id = :tenant AND export_id = :export")
# Whoever is erased after an export was asked for may have been in the file; who was in none of its entries was not.
_OUTDATED = text(
    "SELECT EXISTS (SELECT 1 FROM entries e WHERE e.tenant_id = :tenant AND e.event = 'contact.erased' "
    "AND (e.incarnation, e.entry_index) > (:since_incarnation, :since_index) "
    "AND (CAST(:people AS uuid[]) IS NULL OR e.contact_id = ANY(CAST(:people AS uuid[]))) "
    "AND (EXISTS (SELECT 1 FROM entries p WHERE p.tenant_id = :tenant AND p.contact_id = e.contact_id "
    "AND p.incarnation = :incarnation AND p.entry_index >= :first "
    "AND p.entry_index < COALESCE(CAST(:end AS bigint), 9223372036854775807)) "
    # Whose entries were pruned since may have been in it.
    "OR EXISTS (SELECT 1 FROM prunings g WHERE g.tenant_id = :tenant AND g.incarnation = :incarnation "
    "AND g.up_to > :first)))"
)


# What the journal writes, and what everybody asks.


async def read_ends(conn: AnyConnection, tenants: Collection[UUID]) -> dict[UUID, LogEnd]:
    """Where these tenants' logs end."""
    rows = await _rows(conn, _READ_ENDS, {"tenants": sorted(tenants)})
    return {row.tenant_id: LogEnd(row.origin, row.size) for row in rows}


async def count_waiting(conn: AnyConnection, tenants: Collection[UUID]) -> dict[UUID, int]:
    """How many exports of these tenants are not made yet."""
    rows = await _rows(conn, _COUNT_WAITING, {"tenants": sorted(tenants)})
    return {row.tenant_id: row.waiting for row in rows}


async def known_people(conn: AnyConnection, people: Collection[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Those of the (tenant, contact) about whom a log has an entry."""
    if not people:
        return set()
    pairs = {"tenants": [tenant for tenant, _ in people], "contacts": [contact for _, contact in people]}
    return {(row.tenant, row.contact) for row in await _rows(conn, _KNOWN_PEOPLE, pairs)}


async def read_erasures(conn: AnyConnection, tenant: UUID, people: Collection[UUID]) -> dict[UUID, datetime]:
    """Those of these people who were erased, and when."""
    rows = await _rows(conn, _ERASURES, {"tenant": tenant, "people": sorted(people)})
    return {row.contact_id: row.erased_at for row in rows}


async def insert_exports(conn: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Inserts exports that were asked for."""
    await insert_rows(conn, exports, rows)


async def find_export(conn: AnyConnection, tenant: UUID, export: UUID) -> Export | None:
    """The export, if the tenant has asked for it."""
    rows = await _rows(conn, _FIND, {"tenant": tenant, "export": export})
    return Export(*rows[0]) if rows else None


async def is_outdated(conn: AnyConnection, export: Export, since: tuple[int, int] | None = None) -> bool:
    """
    Whether the export discloses personal fields, and someone among its entries was erased since it was asked for.

    ``since`` is the (incarnation, index) up to which somebody has looked before.
    """
    if not export.disclose:
        return False
    incarnation = incarnation_of(export.origin)
    since_incarnation, since_index = since or (incarnation, export.entry_index)
    asked = {
        "tenant": export.tenant,
        "incarnation": incarnation,
        "since_incarnation": since_incarnation,
        "since_index": since_index,
        "people": None if export.people is None else list(export.people),
        "first": export.first,
        "end": export.end,
    }
    rows = await _rows(conn, _OUTDATED, asked)
    return bool(rows[0][0])


async def read_wide(conn: AnyConnection, tenant: UUID) -> list[Export]:
    """The exports of everybody's entries that disclose personal fields, oldest first."""
    return [Export(*row) for row in await _rows(conn, _WIDE, {"tenant": tenant})]


# What workers do; they connect as venia_checkpointer and see every tenant.


async def waiting(conn: AnyConnection) -> list[Export]:
    """Every export that somebody must make, the oldest first; a running one may be some other worker's."""
    return [Export(*row) for row in await _rows(conn, _WAITING, {})]


async def stored(conn: AnyConnection, now: datetime) -> list[Export]:
    """Every export with a file that may have to go: its time is over, it was withdrawn, or it discloses someone."""
    return [Export(*row) for row in await _rows(conn, _STORED, {"now": now})]


async def take(conn: AnyConnection, tenant: UUID, export: UUID) -> Export | None:
    """The export, now running; None when it is made already.  The caller MUST hold the export's lock."""
    rows = await _rows(conn, _TAKE, {"tenant": tenant, "export": export})
    return Export(*rows[0]) if rows else None


async def tell_progress(conn: AnyConnection, export: Export, done: int, total: int) -> None:
    """How many entries are done."""
    await _run(conn, _PROGRESS, export, {"done": done, "total": total})


async def finish(conn: AnyConnection, export: Export, made: Mapping[str, object]) -> Export | None:
    """The export, ready; ``made`` has file, bytes, digest, total, detail, now and expires_at."""
    rows = await _run(conn, _FINISH, export, made)
    return Export(*rows[0]) if rows else None


async def fail(conn: AnyConnection, export: Export, detail: str) -> Export | None:
    """The export, failed for this reason."""
    rows = await _run(conn, _FAIL, export, {"detail": detail})
    return Export(*rows[0]) if rows else None


async def withdraw(conn: AnyConnection, export: Export) -> None:
    """Takes a ready export back."""
    await _run(conn, _WITHDRAW, export, {})


async def forget_file(conn: AnyConnection, export: Export) -> None:
    """Its file is there no more."""
    await _run(conn, _FORGET_FILE, export, {})


# What a file is made from, in a snapshot of the tenant's rows.


async def first_covering(conn: AsyncConnection, tenant: UUID, origin: str, index: int) -> int | None:
    """The size of the log's first checkpoint that has the entry of this index; None if there is none yet."""
    smallest = select(func.min(checkpoints.c.size)).where(
        checkpoints.c.tenant_id == tenant, checkpoints.c.origin == origin, checkpoints.c.size > index
    )
    return await conn.scalar(smallest) or None


async def cosigned_sizes(conn: AsyncConnection, tenant: UUID, origin: str, index: int) -> Sequence[int]:
    """The sizes of the log's first checkpoints that have the entry of this index and that a witness cosigned."""
    rows = await conn.execute(
        select(cosignatures.c.size)
        .distinct()
        .where(cosignatures.c.tenant_id == tenant, cosignatures.c.origin == origin, cosignatures.c.size > index)
        .order_by(cosignatures.c.size)
        .limit(_COSIGNED)
    )
    return rows.scalars().all()


_ENTRY = (
    entries.c.entry_index,
    entries.c.event_id,
    entries.c.contact_id,
    entries.c.body,
    entries.c.leaf_hash,
)


async def read_stored(
    conn: AsyncConnection, export: Export, first: int, end: int, *, limit: int | None = None
) -> list[Stored]:
    """The entries from ``first`` to ``end`` (half-open), or those of them that are about the export's person."""
    statement = select(*_ENTRY).where(
        entries.c.tenant_id == export.tenant,
        entries.c.incarnation == incarnation_of(export.origin),
        entries.c.entry_index >= first,
        entries.c.entry_index < end,
    )
    if export.people is not None:
        statement = statement.where(entries.c.contact_id.in_(export.people))
    rows = await conn.execute(statement.order_by(entries.c.entry_index).limit(limit))
    return [Stored(*row) for row in rows]


async def count_of_person(conn: AsyncConnection, export: Export, first: int, end: int) -> int:
    """How many of the entries from ``first`` to ``end`` are about the export's person."""
    statement = select(func.count()).where(
        entries.c.tenant_id == export.tenant,
        entries.c.incarnation == incarnation_of(export.origin),
        entries.c.contact_id.in_(export.people or ()),
        entries.c.entry_index >= first,
        entries.c.entry_index < end,
    )
    return await conn.scalar(statement) or 0


async def read_sealed(
    conn: AsyncConnection, tenant: UUID, events: Sequence[UUID], names: Sequence[str]
) -> list[SealedField]:
    """The personal fields of these names that these entries commit to, as far as they are still there."""
    rows = await conn.execute(
        select(disclosures.c.event_id, disclosures.c.name, disclosures.c.contact_id, disclosures.c.sealed)
        .where(
            disclosures.c.tenant_id == tenant,
            disclosures.c.event_id == any_(literal(list(events), ARRAY(Uuid))),
            disclosures.c.name == any_(literal(list(names), ARRAY(Text))),
        )
        .order_by(disclosures.c.event_id, disclosures.c.name)
    )
    return [SealedField(*row) for row in rows]


async def _run(
    conn: AnyConnection, statement: TextClause, export: Export, values: Mapping[str, object]
) -> Sequence[AnyRow]:
    return await _rows(conn, statement, {"tenant": export.tenant, "export": export.id, **values})


async def _rows(conn: AnyConnection, statement: TextClause, values: Mapping[str, object]) -> Sequence[AnyRow]:
    result: Any = await conn.execute(statement, values)  # The two kinds of results have no common type.
    return result.all() if getattr(result, "returns_rows", True) else ()
