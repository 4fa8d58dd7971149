"""
The people of a tenant, one after the other.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from consent import store


async def people_after(conn: AsyncConnection, tenant: UUID, after: UUID | None, most: int) -> Sequence[UUID]:
    """At most so many contacts, in the order of their ids, from the one that follows ``after``; whoever was erased is none."""
    return await store.list_people(conn, tenant, after, most)
