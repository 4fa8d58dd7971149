"""
The SQL of what is kept and for how long: legal holds, retention rules, and what may go.
"""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text

from audit.link import AnyConnection, Connection
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


async def open_legal_holds(conn: Connection, tenants: Collection[UUID], people: Collection[Key]) -> Rows:
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
