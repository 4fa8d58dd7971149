"""
The outbox's SQL.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.link import Connection
from audit.rows import insert_rows, of_each, pairs_of, update_rows
from consent.models import outbox
from consent.outbox.messages import Message, Via
from consent.store import AnyRow

_COLUMNS = (
    "tenant_id, message_id, contact_id, channel_id, phone_number_id, kind, language, asked_at, send_by, state, "
    "attempts, next_at, hold_id, template"
)
_PAIRS = (
    "(tenant_id, {column}) IN (SELECT * FROM unnest(CAST(:tenants AS uuid[]), CAST(:ids AS uuid[])) AS these (t, i))"
)
_BY_ID = text(f"SELECT {_COLUMNS} FROM outbox WHERE {_PAIRS.format(column='message_id')}")
_OF_PEOPLE = text(
    of_each(
        f"SELECT {_COLUMNS} FROM outbox WHERE tenant_id = w.tenant AND contact_id = w.id AND asked_at > :since ORDER BY asked_at"
    )
)
_DUE = text(
    "SELECT tenant_id, message_id FROM outbox WHERE next_at <= :now AND message_id <> ALL(CAST(:but AS uuid[])) "
    "ORDER BY next_at, message_id LIMIT :most"
)

Key = tuple[UUID, UUID]


async def read_messages(conn: Connection, wanted: Sequence[Key]) -> list[Message]:
    """The messages of these tenants and ids."""
    return [_message(row) for row in (await conn.execute(_BY_ID, _pairs(wanted))).all()] if wanted else []


async def read_recent(conn: Connection, people: Sequence[Key], since: datetime) -> list[Message]:
    """What was asked for since then to be sent to these people, oldest first."""
    if not people:
        return []
    asked = {**pairs_of(people), "since": since}
    return [_message(row) for row in (await conn.execute(_OF_PEOPLE, asked)).all()]


async def read_due(conn: AsyncConnection, now: datetime, most: int, but: Collection[UUID]) -> list[Key]:
    """Tenant and id of what may be tried now, whoever's it is, the longest due first; ``but`` are left out."""
    asked = {"now": now, "most": most, "but": list(but)}
    return [(row.tenant_id, row.message_id) for row in await conn.execute(_DUE, asked)]


async def save_messages(
    conn: Connection, made: Sequence[Mapping[str, object]], changed: Sequence[Mapping[str, object]]
) -> None:
    """What is new, and what became of what was there."""
    await insert_rows(conn, outbox, made)
    await update_rows(conn, outbox, ("tenant_id", "message_id"), changed)


def _pairs(keys: Sequence[Key]) -> dict[str, object]:
    return {"tenants": [tenant for tenant, _ in keys], "ids": [each for _, each in keys]}


def _message(row: AnyRow) -> Message:
    tenant, identity, contact, channel, number, *rest = row
    return Message(tenant, identity, contact, Via(channel, number), *rest)
