"""
API keys: made, listed, replaced, revoked and found, each change an entry of the tenant's log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Select, select

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from audit.link import Connection
from audit.reader import Snapshots
from audit.rows import insert_rows, update_rows
from audit.work import Book, Idempotency, Request, Work
from consent.errors import OverlapTooLong
from consent.proof.kinds import PUBLIC, SYSTEM
from consent.setup import LONGEST_OVERLAP
from server.access import StoredKey
from server.credentials import PUBLIC_SCOPES, NewKey
from server.errors import KeyTooPublic, KeyUnknown
from server.models import api_keys

AnyRow: TypeAlias = Any  # Of the one table here, by either kind of connection.


class KeyBook(Book):
    """The keys that a batch makes, replaces or revokes."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._known: dict[tuple[UUID, bytes], datetime | None] = {}
        self._made: list[dict[str, object]] = []
        self._revoked: list[dict[str, object]] = []
        self._wanted: list[tuple[UUID, bytes]] = []
        self._rows: dict[tuple[UUID, bytes], AnyRow] = {}
        self._ended: list[dict[str, object]] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes which keys are to be revoked or replaced."""
        self._wanted = [(each.tenant, each.key_id) for each in requests if isinstance(each, RevokeKey | RotateKey)]

    async def load(self, conn: Connection) -> None:
        """Loads those keys."""
        for tenant, key_id in self._wanted:
            row = (await conn.execute(_of(tenant, key_id))).one_or_none()
            if row is not None:
                self._known[(tenant, key_id)] = row.revoked_at
                self._rows[(tenant, key_id)] = row

    def make(
        self, key: NewKey, name: str, scopes: Sequence[str], rate: int | None, expires: datetime | None, trust: str
    ) -> None:
        """Adds a key; its secret is known to its holder only."""
        self._made.append(
            {
                "tenant_id": key.tenant,
                "key_id": key.key_id,
                "name": name,
                "prefix": key.prefix,
                "digest": key.digest,
                "scopes": list(scopes),
                "rate_per_minute": rate,
                "created_at": self.work.now,
                "expires_at": expires,
                "trust": trust,
            }
        )

    def stored(self, tenant: UUID, key_id: bytes, now: datetime) -> AnyRow:
        """What is stored of a key that is in use; KeyUnknown if there is none, or it has ended."""
        row = self._rows.get((tenant, key_id))
        if row is None or not _stored(row).is_valid(now):
            raise KeyUnknown
        return row

    def replace(self, old: AnyRow, key: NewKey, *, expires: datetime | None, until: datetime) -> None:
        """Adds a key like the old one, which ends at ``until``."""
        self.make(key, old.name, old.scopes, old.rate_per_minute, expires, old.trust)
        self._ended.append({"tenant_id": old.tenant_id, "key_id": old.key_id, "expires_at": until})

    def revoke(self, tenant: UUID, key_id: bytes) -> bool:
        """Revokes a key; False when it was revoked before.  KeyUnknown if there is none."""
        if (tenant, key_id) not in self._known:
            raise KeyUnknown
        if self._known[(tenant, key_id)] is not None:
            return False
        self._known[(tenant, key_id)] = self.work.now
        self._revoked.append({"tenant_id": tenant, "key_id": key_id, "revoked_at": self.work.now})
        return True

    async def save(self, conn: Connection) -> None:
        """Three statements at most."""
        await insert_rows(conn, api_keys, self._made)
        await update_rows(conn, api_keys, ("tenant_id", "key_id"), self._ended)
        await update_rows(conn, api_keys, ("tenant_id", "key_id"), self._revoked)


@dataclass(frozen=True, slots=True)
class CreateKey:
    """A new API key for a tenant."""

    tenant: UUID
    actor: str
    key: NewKey
    name: str
    scopes: tuple[str, ...]
    rate_per_minute: int | None = None
    expires_at: datetime | None = None
    idempotency: Idempotency | None = None
    trust: str = SYSTEM

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``key.created``, without the key.  Raises KeyTooPublic."""
        if self.trust == PUBLIC and not PUBLIC_SCOPES.issuperset(self.scopes):
            raise KeyTooPublic(sorted(PUBLIC_SCOPES))
        work[KeyBook].make(self.key, self.name, self.scopes, self.rate_per_minute, self.expires_at, self.trust)
        facts: Mapping[str, Json] = {
            "key": self.key.prefix,
            "name": self.name,
            "scopes": self.scopes,
            "rate_per_minute": self.rate_per_minute,
            "expires_at": rfc3339_or_none(self.expires_at),
            "trust": self.trust,
        }
        work.record("key.created", facts)
        return facts


@dataclass(frozen=True, slots=True)
class RotateKey:
    """A new API key with the name, scopes, rate and lifetime of an old one, which ends after ``overlap``."""

    tenant: UUID
    actor: str
    key_id: bytes
    key: NewKey
    overlap: timedelta = timedelta(days=1)
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``key.rotated``, without the keys.  Raises KeyUnknown or OverlapTooLong."""
        if not timedelta() <= self.overlap <= LONGEST_OVERLAP:
            raise OverlapTooLong(LONGEST_OVERLAP)
        old = work[KeyBook].stored(self.tenant, self.key_id, work.now)
        until = work.now + self.overlap
        if old.expires_at is not None:
            until = min(until, old.expires_at)
        expires = None if old.expires_at is None else work.now + (old.expires_at - old.created_at)
        work[KeyBook].replace(old, self.key, expires=expires, until=until)
        facts: Mapping[str, Json] = {
            "key": old.prefix,
            "by": self.key.prefix,
            "until": rfc3339(until),
            "expires_at": rfc3339_or_none(expires),
        }
        work.record("key.rotated", facts)
        return facts


@dataclass(frozen=True, slots=True)
class RevokeKey:
    """Ends an API key."""

    tenant: UUID
    actor: str
    key_id: bytes
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``key.revoked``; revoking twice records nothing.  Raises KeyUnknown."""
        if work[KeyBook].revoke(self.tenant, self.key_id):
            work.record("key.revoked", {"key": self.key_id.hex(), "at": rfc3339(work.now)})
        return {"key": self.key_id.hex()}


async def find_key(snapshots: Snapshots, tenant: UUID, key_id: bytes) -> StoredKey | None:
    """What is stored of a key, or None."""
    async with snapshots.of(tenant) as conn:
        row = (await conn.execute(_of(tenant, key_id))).one_or_none()
    return None if row is None else _stored(row)


async def list_keys(snapshots: Snapshots, tenant: UUID) -> list[tuple[str, StoredKey]]:
    """The tenant's keys with their names, oldest first."""
    async with snapshots.of(tenant) as conn:
        rows = await conn.execute(select(api_keys).where(api_keys.c.tenant_id == tenant).order_by("created_at"))
        return [(row.name, _stored(row)) for row in rows]


def _of(tenant: UUID, key_id: bytes) -> Select[Any]:  # the columns of one table
    return select(api_keys).where(api_keys.c.tenant_id == tenant, api_keys.c.key_id == key_id)


def _stored(row: AnyRow) -> StoredKey:
    return StoredKey(
        row.tenant_id,
        row.key_id,
        row.digest,
        row.prefix,
        frozenset(row.scopes),
        row.expires_at,
        row.revoked_at,
        row.rate_per_minute,
        row.trust,
    )
