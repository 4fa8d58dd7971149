"""
The SQL of merges.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text

from audit.link import Connection
from audit.rows import insert_rows, update_rows
from consent.joined.models import merges

AnyRow: TypeAlias = Any  # A row whose columns are named by the statements.
Rows: TypeAlias = Sequence[AnyRow]
Values: TypeAlias = Sequence[Mapping[str, object]]
Key: TypeAlias = tuple[UUID, UUID]  # tenant and contact

# For a row ``i`` that has a tenant and a contact: nearly nobody is merged, and two looks at an index say so.
IS_MERGED = (
    "EXISTS (SELECT 1 FROM merges m WHERE m.tenant_id = i.tenant_id AND m.contact_id = i.contact_id "
    "AND m.undone_at IS NULL) OR EXISTS (SELECT 1 FROM merges m WHERE m.tenant_id = i.tenant_id "
    "AND m.into_id = i.contact_id AND m.undone_at IS NULL)"
)
_MERGE = (
    "m.tenant_id, m.merge_id, m.contact_id, m.into_id, m.reason, m.merged_at, m.merged_by, m.undone_at, m.undone_by, "
    "m.undone_because"
)
_SEEDS = "unnest(CAST(:tenants AS uuid[]), CAST(:ids AS uuid[])) AS w(tenant, id)"


def _reached(condition: str) -> str:
    """Everyone who is connected with the seeds by merges of a kind, and these merges."""
    return (
        "SELECT * FROM (WITH RECURSIVE part(tenant, id) AS ("
        f"SELECT tenant, id FROM {_SEEDS} UNION "
        "SELECT p.tenant, CASE WHEN m.contact_id = p.id THEN m.into_id ELSE m.contact_id END FROM part p "
        f"JOIN merges m ON m.tenant_id = p.tenant AND p.id IN (m.contact_id, m.into_id) {condition}) "
        f"SELECT DISTINCT {_MERGE} FROM part p JOIN merges m ON m.tenant_id = p.tenant AND m.contact_id = p.id {condition}"
        ") AS found"
    )


_IN_FORCE = text(_reached("AND m.undone_at IS NULL"))
_EVER = text(_reached(""))
_TOUCHING = text(
    f"SELECT m.tenant_id, m.merge_id FROM {_SEEDS} JOIN merges m ON m.tenant_id = w.tenant AND m.contact_id = w.id "
    f"WHERE m.undone_at IS NULL UNION SELECT m.tenant_id, m.merge_id FROM {_SEEDS} "
    "JOIN merges m ON m.tenant_id = w.tenant AND m.into_id = w.id WHERE m.undone_at IS NULL"
)
_OF_IDS = text(
    f"SELECT {_MERGE} FROM merges m WHERE m.tenant_id = ANY(CAST(:tenants AS uuid[])) "
    "AND m.merge_id = ANY(CAST(:ids AS uuid[]))"
)


async def find_merges(conn: Connection, people: Sequence[Key], *, ever: bool) -> Rows:
    """Every merge that connects these people with anybody, however far: those in force, or all that ever were."""
    return (await conn.execute(_EVER if ever else _IN_FORCE, _pairs(people))).all()


async def find_touching(conn: Connection, people: Sequence[Key]) -> set[Key]:
    """Tenant and id of the merges in force that these people have a part in."""
    return {(tenant, merge) for tenant, merge in await conn.execute(_TOUCHING, _pairs(people))}


async def find_named(conn: Connection, wanted: Sequence[Key]) -> Rows:
    """The merges of these ids."""
    return (await conn.execute(_OF_IDS, _pairs(wanted))).all() if wanted else []


async def save_merges(conn: Connection, made: Values, undone: Values) -> None:
    """New merges, and the end of others (first, since who was parted may be merged again)."""
    await update_rows(conn, merges, ("tenant_id", "merge_id"), undone)
    await insert_rows(conn, merges, made)


def _pairs(keys: Sequence[Key]) -> dict[str, object]:
    return {"tenants": [tenant for tenant, _ in keys], "ids": [each for _, each in keys]}
