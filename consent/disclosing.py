"""
The data keys of people, for whoever may disclose what they said.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.tenants import KeyRing
from consent import store
from consent.contacts import owner


async def read_data_keys(
    conn: AsyncConnection, ring: KeyRing, tenant: UUID, people: Collection[UUID]
) -> Mapping[UUID, bytes]:
    """The 32-byte data key of each person who still has one; KeyUnusable if one cannot be unwrapped."""
    wrapped = await store.read_wrapped_keys(conn, tenant, people)
    return {person: ring.kek.unwrap(key, tenant, owner(person)) for person, key in wrapped.items()}
