"""
The data keys of people, for whoever may disclose what they said.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.tenants import KeyRing
from consent import store


async def read_data_keys(
    conn: AsyncConnection, ring: KeyRing, tenant: UUID, people: Collection[UUID]
) -> Mapping[UUID, bytes]:
    """
    The 32-byte data key of each person who still has one.

    Raises KeyUnusable if one cannot be unwrapped, and KeyProviderAway.
    """
    wrapped = await store.read_wrapped_keys(conn, tenant, people)
    if wrapped:
        await ring.current(conn, tenant)
    return {person: ring.data_key(tenant, person, version, key) for person, (version, key) in wrapped.items()}
