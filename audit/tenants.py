"""
Tenants: a log each, and the keys of its people.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from audit.entry import Json
from audit.errors import KeyProviderAway, KeyUnusable, RotationUnfinished, UnknownTenant
from audit.keys import KeyProvider, LocalKey, TenantKeys, key_context, owner, random_key, unseal
from audit.link import AnyConnection, Column, Connection
from audit.store import (
    WrappedKey,
    delete_tenant_key,
    insert_tenant_key,
    load_key_revisions,
    load_tenant_keys,
    open_log,
    raise_key_revisions,
    reopen_log,
    update_tenant_keys,
)
from audit.work import Book, Idempotency, Request, Work

_AWAY_SECONDS = 30.0  # far longer than a provider is waited for, which keeps everybody waiting


@dataclass(slots=True)
class KeyRing:
    """
    The tenants' keys, unwrapped once per process and again when they were rotated.

    ``provider`` wraps; those in ``previous`` only open what they once wrapped.  ``look_again`` finds both anew, since
    the key-encryption key may have been rotated too.
    """

    provider: KeyProvider
    previous: Sequence[KeyProvider] = ()
    look_again: Callable[[], tuple[KeyProvider, Sequence[KeyProvider]]] | None = field(default=None, repr=False)
    tenants: dict[UUID, TenantKeys] = field(default_factory=dict)
    _away_until: float = 0.0

    def __getitem__(self, tenant: UUID) -> TenantKeys:
        try:
            return self.tenants[tenant]
        except KeyError:
            raise UnknownTenant(tenant) from None

    async def load(self, conn: AnyConnection, wanted: set[UUID]) -> None:
        """
        Unwraps the keys of tenants not met before; an unknown tenant is left out.

        Raises KeyUnusable, and KeyProviderAway: at once for some seconds after it was raised, so that those whose keys
        are known here do not wait for those whose keys are not.
        """
        missing = wanted - self.tenants.keys()
        if missing:
            await self.refresh(conn, missing)

    async def current(self, conn: AnyConnection, tenant: UUID) -> TenantKeys:
        """The tenant's keys as they are now; UnknownTenant if there is none."""
        await self.load(conn, {tenant})
        for row in await load_key_revisions(conn, [tenant]):
            if row.keys_revision != self[tenant].revision:
                await self.refresh(conn, [tenant])
        return self[tenant]

    async def refresh(self, conn: AnyConnection, wanted: Iterable[UUID]) -> None:
        """Reads and unwraps the keys of these tenants anew."""
        if time.monotonic() < self._away_until:
            raise KeyProviderAway
        for tenant, rows in (await load_tenant_keys(conn, wanted)).items():
            try:
                self.tenants[tenant] = await self._unwrapped(tenant, rows)
            except KeyProviderAway:
                self._away_until = time.monotonic() + _AWAY_SECONDS
                raise

    async def unwrap(self, wrapped: bytes, wrapped_by: str, context: bytes) -> bytes:
        """Opens what one of the providers wrapped; KeyUnusable when none of them did."""
        known = {provider.name for provider in (self.provider, *self.previous)}
        if wrapped_by not in (known | {"local"}) and self.look_again is not None:
            self.provider, self.previous = self.look_again()
        for provider in (self.provider, *self.previous):
            # Before providers had names, whichever local key there was had wrapped everything.
            if provider.name == wrapped_by or (wrapped_by == "local" and isinstance(provider, LocalKey)):
                try:
                    return await provider.unwrap(wrapped, context)
                except KeyUnusable:
                    if wrapped_by != "local":
                        raise
        raise KeyUnusable(f"A key was wrapped by {wrapped_by}, which is not configured. Name it in VENIA_KEK_PREVIOUS.")

    def data_key(self, tenant: UUID, contact: UUID, version: int, wrapped: bytes) -> bytes:
        """A contact's data key; KeyUnusable when it does not open."""
        if version > 0:
            return self[tenant].unwrap(version, wrapped, contact)
        for provider in (self.provider, *self.previous):  # Version 0: wrapped by the local key itself.
            if isinstance(provider, LocalKey):
                try:
                    return unseal(provider.material, wrapped, key_context(tenant, owner(contact)))
                except KeyUnusable:
                    continue
        raise KeyUnusable(
            "A data key was wrapped by a local key that is not configured. Name it in VENIA_KEK_PREVIOUS."
        )

    async def rewrapped(self, conn: AnyConnection, tenant: UUID) -> list[WrappedKey]:
        """The tenant's own keys, wrapped by the current provider."""
        wrapped = []
        for row in (await load_tenant_keys(conn, [tenant])).get(tenant, ()):
            if row.wrapped is not None:
                context = key_context(tenant, name_of(row.purpose, row.version))
                key = await self.unwrap(row.wrapped, row.wrapped_by, context)
                anew = await self.provider.wrap(key, context)
                wrapped.append(WrappedKey(row.purpose, row.version, anew, self.provider.name))
        return wrapped

    async def _unwrapped(self, tenant: UUID, rows: Sequence[Column]) -> TenantKeys:
        own: dict[str, dict[int, bytes]] = {"root": {}, "index": {}, "data": {}}
        versions: dict[str, list[int]] = {purpose: [] for purpose in own}
        for row in rows:
            versions[row.purpose].append(row.version)
            if row.wrapped is not None:
                context = key_context(tenant, name_of(row.purpose, row.version))
                own[row.purpose][row.version] = await self.unwrap(row.wrapped, row.wrapped_by, context)
        return TenantKeys(
            tenant,
            own["root"][1],
            own["index"],
            own["data"],
            index_versions=tuple(sorted(versions["index"])),
            data_versions=tuple(sorted(versions["data"])),
            revision=rows[0].keys_revision,
        )


def name_of(purpose: str, version: int) -> str:
    """Which of a tenant's keys it is, as its wrapping is bound to it."""
    return purpose if version == 1 else f"{purpose}:{version}"


class TenantBook(Book):
    """Opens logs, and has every other book find its tenant's keys."""

    def __init__(self, work: Work, ring: KeyRing) -> None:
        super().__init__(work)
        self.ring = ring
        self._fresh: dict[UUID, bytes] = {}
        self._added: list[tuple[UUID, str, int, bytes]] = []
        self._retired: list[tuple[UUID, str, int]] = []
        self._rewrapped: dict[UUID, list[WrappedKey]] = {}
        self._to_rewrap: list[UUID] = []
        self._opened: list[tuple[UUID, str, str]] = []
        self._reopened: list[tuple[UUID, str]] = []
        self._wanted: set[UUID] = set()
        self._moved: set[UUID] = set()

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Loads the keys of every tenant in the batch, and makes those of the ones to be opened."""
        self._wanted = {request.tenant for request in requests}
        await self.ring.load(conn, self._wanted)
        for request in requests:
            if isinstance(request, OpenTenant):
                context = key_context(request.tenant, name_of("root", 1))
                self._fresh[request.tenant] = await self.ring.provider.wrap(random_key(), context)
            elif isinstance(request, AddKey) and request.tenant in self.ring.tenants:
                versions = self.ring[request.tenant].versions(request.purpose)
                context = key_context(request.tenant, name_of(request.purpose, versions[-1] + 1))
                self._fresh[request.tenant] = await self.ring.provider.wrap(random_key(), context)
            elif isinstance(request, RewrapKeys):
                self._rewrapped[request.tenant] = await self.ring.rewrapped(conn, request.tenant)

    async def load(self, conn: Connection) -> None:
        """Looks whether any keys were rotated since this process read them."""
        for row in await load_key_revisions(conn, self._wanted):
            if row.keys_revision != self.ring[row.tenant_id].revision:
                self._moved.add(row.tenant_id)
                self.work.is_stale = True

    async def refresh_moved(self, conn: Connection) -> None:
        """Reads rotated keys anew."""
        if self._moved:
            await self.ring.refresh(conn, self._moved)

    def open(self, tenant: UUID, name: str, origin: str) -> None:
        """Adds a tenant with an empty log; the journal appends to it in the same commit."""
        self._opened.append((tenant, name, origin))

    def reopen(self, tenant: UUID, origin: str) -> None:
        """Has the tenant's log begin anew under this origin; the journal appends to it in the same commit."""
        self._reopened.append((tenant, origin))

    def add_key(self, tenant: UUID, purpose: str, version: int) -> None:
        """Adds the version of a key that was made for it when the batch began."""
        self._added.append((tenant, purpose, version, self._fresh[tenant]))

    def retire_key(self, tenant: UUID, purpose: str, version: int) -> None:
        """Destroys a version of a key."""
        self._retired.append((tenant, purpose, version))

    def rewrap_keys(self, tenant: UUID) -> int:
        """Stores the tenant's keys as the current provider has wrapped them, and says how many there are."""
        self._to_rewrap.append(tenant)
        return len(self._rewrapped[tenant])

    async def create(self, conn: Connection) -> None:
        """Inserts the tenants, logs and keys of this batch; runs before the heads are locked."""
        for tenant, name, origin in self._opened:
            row = {"tenant_id": tenant, "name": name, "created_at": self.work.now}
            by = self.ring.provider.name
            await open_log(conn, row, origin, wrapped_root=self._fresh[tenant], wrapped_by=by)
        for tenant, purpose, version, wrapped in self._added:
            new = WrappedKey(purpose, version, wrapped, self.ring.provider.name)
            await insert_tenant_key(conn, tenant, new, self.work.now)
        for tenant, purpose, version in self._retired:
            await delete_tenant_key(conn, tenant, purpose, version)
        for tenant in self._to_rewrap:
            await update_tenant_keys(conn, tenant, self._rewrapped[tenant])
        moved = {tenant for tenant, *_ in self._added} | {tenant for tenant, *_ in self._retired}
        await raise_key_revisions(conn, sorted(moved))
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


@dataclass(frozen=True, slots=True)
class AddKey:
    """A new version of the tenant's index key or data key, which is written with from now on."""

    tenant: UUID
    actor: str
    purpose: str  # index or data
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``key.added``.  Raises RotationUnfinished while an earlier version is still in use beside."""
        versions = work[TenantBook].ring[self.tenant].versions(self.purpose)
        if len(versions) > 1:
            raise RotationUnfinished(self.purpose)
        work[TenantBook].add_key(self.tenant, self.purpose, versions[-1] + 1)
        facts: Mapping[str, Json] = {"purpose": self.purpose, "version": versions[-1] + 1}
        work.record("tenant_key.added", facts)
        return facts


@dataclass(frozen=True, slots=True)
class RewrapKeys:
    """The tenant's keys, wrapped by the key-encryption key that is current now."""

    tenant: UUID
    actor: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``tenant_key.rewrapped`` with the name of what wraps them now."""
        book = work[TenantBook]
        facts: Mapping[str, Json] = {"by": book.ring.provider.name, "keys": book.rewrap_keys(self.tenant)}
        work.record("tenant_key.rewrapped", facts)
        return facts
