"""
The SQL of changes of rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import text

from audit.link import Connection, Row
from audit.rows import insert_rows, update_rows
from policies.models import rule_changes

Key: TypeAlias = tuple[UUID, UUID]  # tenant and change

_CHANGE = (
    "tenant_id, change_id, base_set, base_since, candidate_set, direction, reason, checks, drafted_at, drafted_by, report_hash, "
    "emergency, approved_at, approved_by, activated_at, activated_by, effective_at, ended_at, ended_by"
)
_OF_IDS = text(
    f"SELECT {_CHANGE} FROM rule_changes "
    "WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) AND change_id = ANY(CAST(:ids AS uuid[]))"
)
_ALL = text(
    f"SELECT {_CHANGE} FROM rule_changes WHERE tenant_id = :tenant ORDER BY drafted_at DESC, change_id LIMIT :most"
)
_REPORTS = text(
    "SELECT tenant_id, report_hash, base_set, candidate_set, decisions FROM rule_reports "
    "WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) AND report_hash = ANY(CAST(:hashes AS text[]))"
)
_DECIDED = text(
    "SELECT EXISTS (SELECT 1 FROM entries WHERE tenant_id = :tenant AND event IN ('decision.allowed', 'decision.denied'))"
)


async def find_changes(conn: Connection, wanted: Sequence[Key]) -> Iterable[Row]:
    """The changes of these ids."""
    if not wanted:
        return []
    return await conn.execute(
        _OF_IDS, {"tenants": [tenant for tenant, _ in wanted], "ids": [each for _, each in wanted]}
    )


async def all_changes(conn: Connection, tenant: UUID, most: int) -> Iterable[Row]:
    """The latest changes of a tenant, the newest first."""
    return await conn.execute(_ALL, {"tenant": tenant, "most": most})


async def find_reports(conn: Connection, wanted: Sequence[tuple[UUID, str]]) -> Iterable[Row]:
    """The reports of simulations of these hashes: what was compared."""
    if not wanted:
        return []
    tenants, hashes = [tenant for tenant, _ in wanted], [report for _, report in wanted]
    return await conn.execute(_REPORTS, {"tenants": tenants, "hashes": hashes})


async def has_decided(conn: Connection, tenant: UUID) -> bool:
    """Whether the tenant's log has any decision."""
    return bool(await conn.scalar(_DECIDED, {"tenant": tenant}))


async def save_changes(
    conn: Connection, drafted: Sequence[Mapping[str, object]], changed: Sequence[Mapping[str, object]]
) -> None:
    """New changes, and what became of earlier ones."""
    await insert_rows(conn, rule_changes, drafted)
    await update_rows(conn, rule_changes, ("tenant_id", "change_id"), changed)
