"""
The SQL of what is kept and for how long: legal holds, retention rules, and what may go.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.link import AnyConnection, Connection
from audit.pruning import PrunedLog
from audit.rows import insert_rows, update_rows
from consent.models import legal_holds

AnyRow: TypeAlias = Any  # A row of either kind of connection; its columns are named by the statements.
Rows: TypeAlias = Sequence[AnyRow]
Key: TypeAlias = tuple[UUID, UUID]  # tenant, and hold or contact

_HOLD = (
    "tenant_id, legal_hold_id, contact_id, matter, reason, review_on, placed_at, placed_by, reviewed_at, reviewed_by, "
    "lifted_at, lifted_by, lifted_because"
)
# Those who erase keep each other not waiting; whoever holds a whole tenant, or lets it go, is alone.
_LOCK_TENANTS = text(
    "SELECT CASE WHEN k.is_alone THEN pg_advisory_xact_lock(k.key) ELSE pg_advisory_xact_lock_shared(k.key) END "
    "FROM (SELECT true AS is_alone, unnest(CAST(:alone AS bigint[])) AS key UNION "
    "SELECT false, unnest(CAST(:shared AS bigint[])) ORDER BY 2) k"
)
_HOLDS_OF_IDS = text(
    f"SELECT {_HOLD} FROM legal_holds WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) "
    "AND legal_hold_id = ANY(CAST(:ids AS uuid[])) ORDER BY placed_at, legal_hold_id"
)
_OPEN_HOLDS = text(
    f"SELECT {_HOLD} FROM legal_holds WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) AND lifted_at IS NULL "
    "AND (contact_id IS NULL OR contact_id = ANY(CAST(:ids AS uuid[]))) ORDER BY placed_at, legal_hold_id"
)
_ALL_HOLDS = text(f"SELECT {_HOLD} FROM legal_holds WHERE tenant_id = :tenant ORDER BY placed_at, legal_hold_id")
_RULES = text("SELECT tenant_id, kind, days FROM retention_rules WHERE tenant_id = ANY(CAST(:tenants AS uuid[]))")
_SAVE_RULE = text(
    "INSERT INTO retention_rules (tenant_id, kind, days, event_id) VALUES (:tenant_id, :kind, :days, :event_id) "
    "ON CONFLICT (tenant_id, kind) DO UPDATE SET days = excluded.days, event_id = excluded.event_id"
)
# An entry by which the business shows that it relied on what the person agreed to; ``e`` is the entry.
_RELIED = (
    "(e.event IN ('consent.recorded', 'permission.granted', 'decision.allowed') OR e.event LIKE 'call.%') "
    "AND e.tenant_id = c.tenant_id AND e.contact_id = c.contact_id"
)
_HELD = (
    "EXISTS (SELECT 1 FROM legal_holds h WHERE h.tenant_id = c.tenant_id AND h.contact_id = c.contact_id "
    "AND h.lifted_at IS NULL)"
)
_OVER = (
    f"c.created_at < :before AND NOT {_HELD} "
    f"AND NOT EXISTS (SELECT 1 FROM entries e WHERE {_RELIED} AND e.recorded_at >= :before)"
)
_PEOPLE_OVER = text(
    f"SELECT c.contact_id FROM contacts c WHERE c.tenant_id = :tenant AND c.contact_id > :after AND {_OVER} "
    "ORDER BY c.contact_id LIMIT :most"
)
_COUNT_PEOPLE_OVER = text(f"SELECT count(*) FROM contacts c WHERE c.tenant_id = :tenant AND {_OVER}")
_RELIANCE = text(
    "SELECT c.tenant_id, c.contact_id, greatest(c.created_at, "
    f"(SELECT max(e.recorded_at) FROM entries e WHERE {_RELIED})) AS since "
    "FROM contacts c WHERE c.tenant_id = ANY(CAST(:tenants AS uuid[])) AND c.contact_id = ANY(CAST(:ids AS uuid[]))"
)
_FIRST_ABOUT = (
    "SELECT p.entry_index, p.event, p.contact_id FROM entries p WHERE p.tenant_id = :tenant "
    "AND p.incarnation = :incarnation AND p.entry_index >= :first AND p.entry_index < :end AND EXISTS "
    "(SELECT 1 FROM contacts c WHERE c.tenant_id = p.tenant_id AND c.contact_id = p.contact_id{but}) "
    "ORDER BY p.entry_index LIMIT 1"
)
_FIRST_KNOWN = text(_FIRST_ABOUT.format(but=""))
_FIRST_STAYING = text(_FIRST_ABOUT.format(but=f" AND NOT ({_OVER})"))
_ENTRY_AT = text(
    "SELECT entry_index, event, contact_id, recorded_at FROM entries WHERE tenant_id = :tenant "
    "AND incarnation = :incarnation AND entry_index = :index"
)


async def lock_tenants(conn: Connection, *, alone: Collection[UUID], shared: Collection[UUID]) -> None:
    """Waits until nobody holds, or lets go of, all of these tenants; or, alone, until nobody erases there either."""
    keys = {"alone": [_key(each) for each in alone], "shared": [_key(each) for each in set(shared) - set(alone)]}
    if keys["alone"] or keys["shared"]:
        await conn.execute(_LOCK_TENANTS, keys)


def _key(tenant: UUID) -> int:
    return int.from_bytes(sha256(b"legal holds of " + tenant.bytes).digest()[:8], signed=True)


async def find_legal_holds(conn: Connection, wanted: Collection[Key]) -> Rows:
    """The legal holds of these ids."""
    return (await conn.execute(_HOLDS_OF_IDS, _pairs(wanted))).all() if wanted else []


async def open_legal_holds(conn: AnyConnection, tenants: Collection[UUID], people: Collection[Key]) -> Rows:
    """What holds these tenants as a whole now, or one of these people."""
    asked = {"tenants": list(tenants), "ids": [each for _, each in people]}
    return (await conn.execute(_OPEN_HOLDS, asked)).all() if tenants else []


async def all_legal_holds(conn: AnyConnection, tenant: UUID) -> Rows:
    """Every legal hold of a tenant, lifted ones too, oldest first."""
    return (await conn.execute(_ALL_HOLDS, {"tenant": tenant})).all()


async def save_legal_holds(
    conn: Connection, placed: Sequence[Mapping[str, object]], changed: Sequence[Mapping[str, object]]
) -> None:
    """New holds, and those that were reviewed or lifted."""
    await insert_rows(conn, legal_holds, placed)
    await update_rows(conn, legal_holds, ("tenant_id", "legal_hold_id"), changed)


def _pairs(keys: Collection[Key]) -> dict[str, object]:
    return {"tenants": list({tenant for tenant, _ in keys}), "ids": [each for _, each in keys]}


async def load_rules(conn: AnyConnection, tenants: Collection[UUID]) -> Rows:
    """What these tenants have ruled: tenant, kind and days."""
    return (await conn.execute(_RULES, {"tenants": list(tenants)})).all()


async def save_rule(conn: Connection, rule: Mapping[str, object]) -> None:
    """One rule, in the place of the one before."""
    await conn.execute(_SAVE_RULE, rule)


async def load_reliance(conn: AnyConnection, wanted: Collection[Key]) -> Rows:
    """Since when nobody has relied on what each of these people agreed to; since they were met, where nobody did."""
    return (await conn.execute(_RELIANCE, _pairs(wanted))).all() if wanted else []


async def people_over(
    conn: AsyncConnection, tenant: UUID, before: datetime, *, after: UUID, limit: int
) -> Sequence[UUID]:
    """Some of the people on whom nobody relied since ``before`` and whom no hold keeps, by id from ``after`` on."""
    asked = {"tenant": tenant, "before": before, "after": after, "most": limit}
    return (await conn.execute(_PEOPLE_OVER, asked)).scalars().all()


async def count_people_over(conn: AsyncConnection, tenant: UUID, before: datetime) -> int:
    """How many there are."""
    return int(await conn.scalar(_COUNT_PEOPLE_OVER, {"tenant": tenant, "before": before}) or 0)


async def first_about_somebody(
    conn: AsyncConnection, tenant: UUID, log: PrunedLog, end: int, *, unless_before: datetime | None
) -> AnyRow | None:
    """
    The first entry below ``end`` that is about a person who exists: index, event, contact.

    With ``unless_before``, whoever has nothing to rely on since then counts as gone.
    """
    asked = {"tenant": tenant, "incarnation": log.incarnation, "first": log.pruned, "end": end}
    if unless_before is None:
        return (await conn.execute(_FIRST_KNOWN, asked)).one_or_none()
    return (await conn.execute(_FIRST_STAYING, {**asked, "before": unless_before})).one_or_none()


async def entry_at(conn: AsyncConnection, tenant: UUID, log: PrunedLog, index: int) -> AnyRow:
    """One entry that there is: index, event, contact, moment."""
    asked = {"tenant": tenant, "incarnation": log.incarnation, "index": index}
    return (await conn.execute(_ENTRY_AT, asked)).one()
