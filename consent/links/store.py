"""
The SQL of links: from when on each person's count.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from audit.link import Connection
from audit.rows import update_rows
from consent.models import contacts

_FROM = text(
    "SELECT tenant_id, contact_id, links_from FROM contacts WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) "
    "AND contact_id = ANY(CAST(:ids AS uuid[])) AND links_from IS NOT NULL"
)


async def read_links_from(
    conn: Connection, people: Sequence[tuple[UUID, UUID]]
) -> Mapping[tuple[UUID, UUID], datetime]:
    """From when on their links count, of those of whom it was said; their ids are random, so no pair can be mismatched."""
    asked = {"tenants": [tenant for tenant, _ in people], "ids": [each for _, each in people]}
    return {(row.tenant_id, row.contact_id): row.links_from for row in await conn.execute(_FROM, asked)}


async def save_links_from(conn: Connection, changed: Sequence[Mapping[str, object]]) -> None:
    """That links of theirs which were issued before count no more."""
    await update_rows(conn, contacts, ("tenant_id", "contact_id"), changed)
