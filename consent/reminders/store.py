"""
The SQL of what is to be told of consents when its time comes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.link import Connection
from audit.rows import insert_rows
from consent.wish_models import reminders

Values: TypeAlias = Sequence[Mapping[str, object]]
Key: TypeAlias = tuple[UUID, UUID, str]  # tenant, consent, and what is to be told of it

_THESE = (
    "(tenant_id, consent_id, what) IN (SELECT * FROM unnest(CAST(:tenants AS uuid[]), CAST(:ids AS uuid[]), "
    "CAST(:whats AS text[])))"
)
_DUE = text(
    "SELECT tenant_id, consent_id, what, contact_id FROM reminders WHERE due_at <= :now "
    "ORDER BY due_at, consent_id, what LIMIT :most"
)
_LOAD = text(f"SELECT tenant_id, consent_id, what, due_at FROM reminders WHERE {_THESE}")
_DELETE = text(f"DELETE FROM reminders WHERE {_THESE}")


class Due(NamedTuple):
    """Something that is due: whose, of which consent, and what."""

    tenant: UUID
    consent: UUID
    what: str
    contact: UUID


async def read_due(conn: AsyncConnection, now: datetime, most: int) -> list[Due]:
    """What is due now, whoever's it is, the longest due first."""
    rows = await conn.execute(_DUE, {"now": now, "most": most})
    return [Due(row.tenant_id, row.consent_id, row.what, row.contact_id) for row in rows]


async def load_reminders(conn: Connection, wanted: Sequence[Key]) -> Sequence[Any]:  # Any: rows.
    """Those of these that are still there."""
    return (await conn.execute(_LOAD, _keys(wanted))).all() if wanted else []


async def add_reminders(conn: Connection, rows: Values) -> None:
    """What is to be told later."""
    await insert_rows(conn, reminders, rows)


async def delete_reminders(conn: Connection, told: Sequence[Key]) -> None:
    """What was told, or has nothing to tell any more."""
    if told:
        await conn.execute(_DELETE, _keys(told))


def _keys(keys: Sequence[Key]) -> dict[str, object]:
    tenants, ids, whats = ([each[place] for each in keys] for place in range(3))
    return {"tenants": tenants, "ids": ids, "whats": whats}
