"""
Tenants: a log and a root key each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from audit.entry import Json
from audit.errors import UnknownTenant
from audit.keys import KeyEncryptionKey, TenantKeys, random_key
from audit.link import Connection
from audit.store import load_tenants, open_log, reopen_log
from audit.work import Book, Idempotency, Request, Work


@dataclass(slots=True)
class KeyRing:
    """
    The tenants' keys, unwrapped once per process.

    A root key never changes while it is in use, so that keeping it here is safe.
    """

    kek: KeyEncryptionKey
    tenants: dict[UUID, TenantKeys] = field(default_factory=dict)

    def __getitem__(self, tenant: UUID) -> TenantKeys:
        try:
            return self.tenants[tenant]
        except KeyError:
            raise UnknownTenant(tenant) from None

    async def load(self, conn: Connection, wanted: set[UUID]) -> None:
        """Unwraps the keys of tenants not met before; an unknown tenant is left out."""
        missing = wanted - self.tenants.keys()
        if not missing:
            return
        for tenant, wrapped in (await load_tenants(conn, missing)).items():
            self.tenants[tenant] = TenantKeys(tenant, self.kek.unwrap(wrapped, tenant, "root"))


class TenantBook(Book):
    """Opens logs, and has every other book find its tenant's keys."""

    def __init__(self, work: Work, ring: KeyRing) -> None:
        super().__init__(work)
        self.ring = ring
        self._opened: list[tuple[dict[str, object], str]] = []
        self._reopened: list[tuple[UUID, str]] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Loads the keys of every tenant in the batch."""
        await self.ring.load(conn, {request.tenant for request in requests})

    def open(self, tenant: UUID, name: str, origin: str) -> None:
        """Adds a tenant with an empty log; the journal appends to it in the same commit."""
        wrapped = self.ring.kek.wrap(random_key(), tenant, "root")
        row = {"tenant_id": tenant, "name": name, "wrapped_root": wrapped, "created_at": self.work.now}
        self._opened.append((row, origin))

    def reopen(self, tenant: UUID, origin: str) -> None:
        """Has the tenant's log begin anew under this origin; the journal appends to it in the same commit."""
        self._reopened.append((tenant, origin))

    async def create(self, conn: Connection) -> None:
        """Inserts the tenants and logs opened in this batch; runs before the heads are locked."""
        for row, origin in self._opened:
            await open_log(conn, row, origin)
        for tenant, origin in self._reopened:
            await reopen_log(conn, tenant, origin)


@dataclass(frozen=True, slots=True)
class OpenTenant:
    """Opens a tenant and its log; the first entry names the log's origin, never the customer."""

    tenant: UUID
    name: str
    origin: str
    actor: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``tenant.opened`` as entry 0."""
        work[TenantBook].open(self.tenant, self.name, self.origin)
        work.record("tenant.opened", {"log": self.origin})
        return {"tenant": str(self.tenant), "log": self.origin}
