"""
Moving people from an old version of a tenant's keys to the current one: data keys wrapped anew, identifiers indexed anew.

Nothing of this is an event in anybody's life, so that no entry tells of a person; the keys' own entries say when.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.entry import Json
from audit.keys import TenantKeys
from audit.link import Connection
from audit.rotating import Remnants, RetireKey
from audit.tenants import TenantBook
from audit.work import Book, Idempotency, Request, Work
from consent import store
from consent.contacts import ContactBook
from consent.indexing import blind_indexes
from consent.references import ContactReference
from consent.unsealing import IdentifierBook


class RekeyingBook(Book):
    """The rows that are made again in a batch."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._wrapped: list[dict[str, object]] = []
        self._indexed: list[dict[str, object]] = []

    def wrap(self, tenant: UUID, contact: UUID, key: bytes) -> None:
        """Wraps a person's data key with the tenant's current one."""
        version, wrapped = self.work[TenantBook].ring[tenant].wrap(key, contact)
        row = {"tenant_id": tenant, "contact_id": contact, "wrapped_key": wrapped, "key_version": version}
        self._wrapped.append(row)

    def index(self, tenant: UUID, identifier: UUID, kind: str, value: str) -> None:
        """Gives an identifier the blind index under the current key."""
        version, blind = blind_indexes(self.work[TenantBook].ring, tenant, kind, value)[-1]
        row = {"tenant_id": tenant, "identifier_id": identifier, "blind_index": blind, "index_version": version}
        self._indexed.append(row)

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes whether anyone is to be moved."""
        self.is_idle = not any(isinstance(each, Rekey) for each in requests)

    async def save(self, conn: Connection) -> None:
        """Two statements at most."""
        await store.save_rekeyed(conn, self._wrapped, self._indexed)


@dataclass(frozen=True, slots=True)
class Rekey:
    """Moves these people to the current versions of their tenant's keys; who is there already, or gone, is left."""

    opens_identifiers: ClassVar[bool] = True
    tenant: UUID
    actor: str
    people: tuple[UUID, ...]
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """Everyone who is moved."""
        return tuple(map(ContactReference.id, self.people))

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records nothing.  Raises KeyUnusable when a key or an identifier does not open."""
        keys, book = work[TenantBook].ring[self.tenant], work[RekeyingBook]
        current, moved = keys.index_versions[-1], 0
        for reference in self.contacts:
            contact = work[ContactBook].known(reference)
            if contact is None:
                continue
            moved += 1
            if contact.key_version != keys.data_versions[-1]:
                book.wrap(self.tenant, contact.id, contact.key)
            for each in work[IdentifierBook].of(contact):
                if each.index_version not in (None, current):
                    book.index(self.tenant, each.id, each.kind, each.value)
        return {"moved": moved}


async def people_behind(conn: AsyncConnection, keys: TenantKeys, after: UUID, limit: int) -> list[UUID]:
    """People after this id, in order, whose key or identifiers are not of the current versions."""
    index, data = keys.index_versions[-1], keys.data_versions[-1]
    return await store.people_behind(conn, keys.tenant, index=index, data=data, after=after, limit=limit)


async def count_behind(conn: AsyncConnection, keys: TenantKeys) -> int:
    """How many those are."""
    index, data = keys.index_versions[-1], keys.data_versions[-1]
    return await store.count_behind(conn, keys.tenant, index=index, data=data)


class RemnantsBook(Remnants):
    """Counts what an old key still holds together, while nobody can be met under it."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._retiring: list[tuple[UUID, tuple[str, int]]] = []
        self._left: dict[tuple[UUID, tuple[str, int]], int] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes whose old keys are to be retired."""
        self._retiring = [(each.tenant, each.retires) for each in requests if isinstance(each, RetireKey)]
        self.is_idle = not self._retiring

    async def lock(self, conn: Connection) -> None:
        """Waits until no other batch may still write with the old key, and lets none begin that does not see it go."""
        for tenant in sorted({tenant for tenant, _ in self._retiring}):
            await store.lock_identifiers(conn, tenant)

    async def load(self, conn: Connection) -> None:
        """Counts."""
        for tenant, (purpose, version) in self._retiring:
            self._left[(tenant, (purpose, version))] = await store.count_of_key(conn, tenant, purpose, version)

    def count(self, tenant: UUID, purpose: str, version: int) -> int:
        """How many rows still need this version."""
        return self._left[(tenant, (purpose, version))]
