"""
The SQL of receipts: who answers for a tenant, and what else a receipt is made from.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.entry import Json
from audit.link import Connection

AnyRow: TypeAlias = Any  # A row whose columns are named by the statements.

_SAVE = text(
    "INSERT INTO controllers (tenant_id, stated, event_id) VALUES (:tenant, :stated, :entry) "
    "ON CONFLICT (tenant_id) DO UPDATE SET stated = excluded.stated, event_id = excluded.event_id"
)
_CONTROLLER = text("SELECT stated FROM controllers WHERE tenant_id = :tenant")
_CONSENT = text("SELECT event_id FROM consents WHERE tenant_id = :tenant AND consent_id = :id")
_SUPPRESSION = text("SELECT event_id FROM suppressions WHERE tenant_id = :tenant AND suppression_id = :id")
_NOTICE = text(
    "SELECT text FROM notices WHERE tenant_id = :tenant AND notice = :notice AND version = :version AND locale = :locale"
)

_PURPOSE = text(
    "SELECT description FROM purposes WHERE tenant_id = :tenant AND purpose = :purpose AND version = :version"
)


async def save_controller(conn: Connection, tenant: UUID, stated: Mapping[str, Json], entry: UUID) -> None:
    """Writes what a tenant says of itself."""
    await conn.execute(_SAVE, {"tenant": tenant, "stated": orjson.dumps(stated).decode(), "entry": entry})


async def read_controller(conn: AsyncConnection, tenant: UUID) -> Mapping[str, Json]:
    """What the tenant has said of itself; nothing where it has not."""
    row = (await conn.execute(_CONTROLLER, {"tenant": tenant})).one_or_none()
    stated: Mapping[str, Json] = {} if row is None else orjson.loads(row.stated)
    return stated


async def event_of_consent(conn: AsyncConnection, tenant: UUID, consent: UUID) -> UUID | None:
    """The event that recorded a consent, or the word that ended some."""
    row: AnyRow = (await conn.execute(_CONSENT, {"tenant": tenant, "id": consent})).one_or_none()
    return None if row is None else row.event_id


async def event_of_suppression(conn: AsyncConnection, tenant: UUID, suppression: UUID) -> UUID | None:
    """The event that set a suppression."""
    row: AnyRow = (await conn.execute(_SUPPRESSION, {"tenant": tenant, "id": suppression})).one_or_none()
    return None if row is None else row.event_id


async def notice_text(conn: AsyncConnection, tenant: UUID, notice: str, version: int, locale: str) -> str | None:
    """The words of a published notice."""
    asked = {"tenant": tenant, "notice": notice, "version": version, "locale": locale}
    found: str | None = await conn.scalar(_NOTICE, asked)
    return found


async def purpose_description(conn: AsyncConnection, tenant: UUID, purpose: str, version: int) -> str | None:
    """What a purpose is for, in one of its versions."""
    found: str | None = await conn.scalar(_PURPOSE, {"tenant": tenant, "purpose": purpose, "version": version})
    return found
