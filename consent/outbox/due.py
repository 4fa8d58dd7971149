"""
What waits to be sent, for whoever sends.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from consent.outbox import store


async def read_due(conn: AsyncConnection, now: datetime, most: int, but: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Tenant and id of the messages that may be tried now, the longest due first, ``but`` for these."""
    return await store.read_due(conn, now, most, but)
