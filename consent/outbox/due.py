"""
What waits to be sent, for whoever sends.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from consent.outbox import store


async def read_due(conn: AsyncConnection, now: datetime, most: int) -> list[tuple[UUID, UUID]]:
    """Tenant and id of the messages that may be tried now, whoever's they are, the longest due first."""
    return await store.read_due(conn, now, most)
