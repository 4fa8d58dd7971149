"""
Rotating a tenant's keys, an entry for each step.

    add     (``AddKey``) a new version is written with from then on; the old one still opens and finds
    move    whatever the old version made is made again, piece by piece, by whoever knows it
    retire  once nothing is left of it, the old version is destroyed

A process that knows of the old version only finds that out when it reads, and begins its batch again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from audit.entry import Json
from audit.errors import KeyStillUsed
from audit.tenants import TenantBook
from audit.work import Book, Idempotency, Work


class Remnants(Book):
    """What old versions of keys still hold together; kept by whoever stores it."""

    def count(self, tenant: UUID, purpose: str, version: int) -> int:
        """How many rows still need this version; known for the keys that this batch is to retire."""
        raise NotImplementedError  # The one implementation lies above this package.


@dataclass(frozen=True, slots=True)
class RetireKey:
    """Destroys an old version of a key, which nothing needs any more."""

    tenant: UUID
    actor: str
    retires: tuple[str, int]  # purpose and version
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``tenant_key.retired``.  Raises KeyStillUsed."""
        purpose, version = self.retires
        left = work[Remnants].count(self.tenant, purpose, version)
        if left or version == work[TenantBook].ring[self.tenant].versions(purpose)[-1]:
            raise KeyStillUsed(purpose, version, left)
        work[TenantBook].retire_key(self.tenant, purpose, version)
        facts: Mapping[str, Json] = {"purpose": purpose, "version": version}
        work.record("tenant_key.retired", facts)
        return facts
