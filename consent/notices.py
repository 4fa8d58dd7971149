"""
The words that people were shown, for whoever tells of them.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from consent import store


async def read_notices(conn: AsyncConnection, tenant: UUID) -> Mapping[tuple[str, int, str], str]:
    """The text of every notice that a tenant has published, by id, version and locale."""
    rows = await store.read_notices(conn, tenant)
    return {(row.notice, row.version, row.locale): row.text for row in rows}
