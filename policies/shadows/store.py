"""
The SQL of shadows.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text

from audit.link import AnyConnection, Connection
from audit.rows import insert_rows, of_each, pairs_of
from policies.models import shadow_attempts

AnyRow: TypeAlias = Any  # A row of either kind of connection; its columns are named by the statements.

_COLUMNS = "tenant_id, contact_id, shadow, attempt_id, is_imagined, at, action, purpose, category, channel, sender_id, expires_at"
_OF_CONTACTS = text(
    of_each(f"SELECT {_COLUMNS} FROM shadow_attempts WHERE tenant_id = w.tenant AND contact_id = w.id AND at >= :since")
)
_TALLY = text(
    "INSERT INTO shadow_tallies (tenant_id, shadow, agreed, would_deny, would_allow, since) "
    "VALUES (:tenant_id, :shadow, :agreed, :would_deny, :would_allow, :since) "
    "ON CONFLICT (tenant_id, shadow) DO UPDATE SET agreed = shadow_tallies.agreed + excluded.agreed, "
    "would_deny = shadow_tallies.would_deny + excluded.would_deny, "
    "would_allow = shadow_tallies.would_allow + excluded.would_allow"
)
_TALLIES = text(
    "SELECT shadow, agreed, would_deny, would_allow, since FROM shadow_tallies WHERE tenant_id = :tenant ORDER BY since, shadow"
)
_LATEST = text(
    "SELECT s.shadow, s.is_imagined, s.at, s.contact_id, e.entry_index FROM shadow_attempts s "
    "LEFT JOIN entries e ON e.tenant_id = s.tenant_id AND e.event_id = s.event_id "
    "WHERE s.tenant_id = :tenant ORDER BY s.at DESC, s.attempt_id LIMIT :most"
)
_OVER = (
    text("DELETE FROM shadow_attempts WHERE tenant_id = :tenant AND shadow <> ALL(CAST(:kept AS text[]))"),
    text("DELETE FROM shadow_tallies WHERE tenant_id = :tenant AND shadow <> ALL(CAST(:kept AS text[]))"),
)


async def load_parted(conn: Connection, people: Sequence[tuple[UUID, UUID]], since: datetime) -> Iterable[AnyRow]:
    """Where the worlds of shadows differ about these people since an instant."""
    if not people:
        return []
    return await conn.execute(_OF_CONTACTS, {**pairs_of(people), "since": since})


async def save_parted(conn: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Where they differ from now on."""
    await insert_rows(conn, shadow_attempts, rows)


async def count_up(conn: Connection, tallies: Sequence[Mapping[str, object]]) -> None:
    """Adds to the tallies, in an order that all batches keep."""
    for each in sorted(tallies, key=lambda row: (str(row["tenant_id"]), str(row["shadow"]))):
        await conn.execute(_TALLY, each)


async def forget_shadows(conn: Connection, tenant: UUID, kept: Sequence[str]) -> None:
    """Deletes what shadows said that nobody asks any more; what they said stays in the log."""
    for statement in _OVER:
        await conn.execute(statement, {"tenant": tenant, "kept": list(kept)})


async def read_tallies(conn: AnyConnection, tenant: UUID) -> Iterable[AnyRow]:
    """How often each shadow agreed, would have denied, and would have allowed."""
    return (await conn.execute(_TALLIES, {"tenant": tenant})).all()


async def read_latest(conn: AnyConnection, tenant: UUID, most: int) -> Iterable[AnyRow]:
    """The latest calls of which a shadow would have said otherwise, each with the index of its entry."""
    return (await conn.execute(_LATEST, {"tenant": tenant, "most": most})).all()
