"""
The SQL of what a tenant has set up.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.link import AnyConnection, Connection
from audit.rows import insert_rows, update_rows
from consent.models import channels, notices, purposes, senders

AnyRow: TypeAlias = Any  # A row of either kind of connection; its columns are named by the statements.
Rows: TypeAlias = Sequence[AnyRow]
Values: TypeAlias = Sequence[Mapping[str, object]]

_SETTINGS = text(
    "SELECT tenant_id, zone, revision, whole_addresses FROM tenant_settings WHERE tenant_id = ANY(CAST(:tenants AS uuid[]))"
)
_SAVE_SETTINGS = text(
    "INSERT INTO tenant_settings (tenant_id, zone, revision, whole_addresses) VALUES (:tenant, :zone, 1, :whole) "
    "ON CONFLICT (tenant_id) DO UPDATE SET zone = excluded.zone, revision = tenant_settings.revision + 1, "
    "whole_addresses = excluded.whole_addresses"
)
_PURPOSES = text(
    "SELECT purpose, category, version, description, validity, demands FROM purposes WHERE tenant_id = :tenant "
    "ORDER BY purpose, version"
)
_NOTICES = text(
    "SELECT notice, version, locale, text, sha256 FROM notices WHERE tenant_id = :tenant "
    "ORDER BY notice, version, locale"
)
_NOTICE = text(
    "SELECT notice, version, locale, text, sha256 FROM notices WHERE tenant_id = :tenant "
    "AND notice = :notice AND version = :version AND locale = :locale"
)
_DELETE_PURPOSE = text("DELETE FROM purposes WHERE tenant_id = :tenant AND purpose = :purpose AND version = :version")
_DELETE_NOTICE = text(
    "DELETE FROM notices WHERE tenant_id = :tenant AND notice = :notice AND version = :version AND locale = :locale"
)
_RAISE_REVISION = text("UPDATE tenant_settings SET revision = revision + 1 WHERE tenant_id = :tenant")
_LOCK_SETTINGS = text("SELECT pg_advisory_xact_lock(:key)")


async def load_revisions(conn: Connection, tenants: Sequence[UUID]) -> Rows:
    """Each tenant's zone, and the number of times its settings have changed."""
    return await _all(conn, _SETTINGS, {"tenants": tenants})


async def load_settings(conn: Connection, tenant: UUID) -> tuple[Rows, Rows, Rows, Rows]:
    """A tenant's purposes, notices, senders and channels."""
    named = {"tenant": tenant}
    return (
        await _all(conn, _PURPOSES, named),
        await _all(conn, _NOTICES, named),
        await _all(
            conn,
            text(
                "SELECT sender_id, phone, country, phone_number_id, restricted, restricted_until, restrictions, sandbox "
                "FROM senders WHERE tenant_id = :tenant ORDER BY sender_id"
            ),
            named,
        ),
        await _all(
            conn,
            text(
                "SELECT channel_id, kind, sealed_app_secret, sealed_verify_token, sealed_previous_app_secret, previous_until, "
                "sealed_access_token, contact_line, choices "
                "FROM channels WHERE tenant_id = :tenant"
            ),
            named,
        ),
    )


async def lock_settings(conn: Connection, tenant: UUID) -> None:
    """Keeps two changes of one tenant's settings apart."""
    await conn.execute(_LOCK_SETTINGS, {"key": int.from_bytes(tenant.bytes[8:], signed=True)})


async def save_settings(
    conn: Connection,
    tenant: UUID,
    said: tuple[str | None, bool],
    added: Mapping[str, Values],
    changed_senders: Values,
    changed_channels: Values,
) -> None:
    """Adds to a tenant's settings (zone, whole addresses) and tells every process by the revision that they changed."""
    for table in (purposes, notices, senders, channels):
        await insert_rows(conn, table, added.get(table.name, ()))
    await update_rows(conn, senders, ("tenant_id", "sender_id"), changed_senders)
    await update_rows(conn, channels, ("tenant_id", "channel_id"), changed_channels)
    await conn.execute(_SAVE_SETTINGS, {"tenant": tenant, "zone": said[0], "whole": said[1]})


async def read_notices(conn: AnyConnection, tenant: UUID) -> Rows:
    """Every notice of a tenant, with its text."""
    return await _all(conn, _NOTICES, {"tenant": tenant})


async def _all(conn: AnyConnection, statement: TextClause, parameters: Mapping[str, object]) -> Rows:
    return (await conn.execute(statement, parameters)).all()


async def read_purposes(conn: AnyConnection, tenant: UUID) -> Rows:
    """Every version of every purpose of a tenant, by name and version."""
    return await _all(conn, _PURPOSES, {"tenant": tenant})


async def read_notice(conn: AsyncConnection, tenant: UUID, notice: str, version: int, locale: str) -> AnyRow | None:
    """One notice; None if it was not published."""
    asked = {"tenant": tenant, "notice": notice, "version": version, "locale": locale}
    return next(iter(await _all(conn, _NOTICE, asked)), None)


async def replace_row(
    conn: Connection, tenant: UUID, table: str, row: Mapping[str, object], values: Mapping[str, object] | None
) -> None:
    """Makes a purpose or a notice exactly this, or takes it away."""
    known, deleted = (purposes, _DELETE_PURPOSE) if table == purposes.name else (notices, _DELETE_NOTICE)
    await conn.execute(deleted, {"tenant": tenant, **row})
    if values is not None:
        await insert_rows(conn, known, [{"tenant_id": tenant, **row, **values}])


async def raise_revision(conn: Connection, tenant: UUID) -> None:
    """Tells every process that a tenant's settings have changed."""
    await conn.execute(_RAISE_REVISION, {"tenant": tenant})
