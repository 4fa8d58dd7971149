"""
Rotating the keys of tenants while everything goes on: whoever is interrupted begins again where it was.
"""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from audit.errors import KeyStillUsed
from audit.journal import Journal
from audit.reader import Snapshots
from audit.rotating import RetireKey
from audit.tenants import AddKey, KeyRing, RewrapKeys
from consent.rekeying import Rekey, count_behind, people_behind
from server.terminal import ACTOR

_AT_ONCE = 500
_FIRST = UUID(int=0)

Watch = Callable[[int, int], None]  # done and total


class Keeper(Protocol):
    """Whoever has a journal, and the keys that it writes with."""

    @property
    def journal(self) -> Journal: ...  # noqa: D102  The name says it.
    @property
    def snapshots(self) -> Snapshots: ...  # noqa: D102  As above.
    @property
    def ring(self) -> KeyRing: ...  # noqa: D102  As above.


async def rotate(service: Keeper, tenant: UUID, purpose: str, watch: Watch) -> dict[str, object]:
    """
    Gives a tenant a new ``index`` or ``data`` key, moves every person to it and destroys the old one.

    A rotation that was interrupted is finished, and no other begun.  Raises KeyUnusable and KeyProviderAway.
    """
    async with service.snapshots.of(tenant) as conn:
        versions = (await service.ring.current(conn, tenant)).versions(purpose)
    if len(versions) == 1:
        await service.journal.write(AddKey(tenant, ACTOR, purpose))
    moved, left = await move(service, tenant, watch), True
    async with service.snapshots.of(tenant) as conn:
        *old, current = (await service.ring.current(conn, tenant)).versions(purpose)
    while left:
        try:
            for version in old:
                await service.journal.write(RetireKey(tenant, ACTOR, (purpose, version)))
            left = False
        except KeyStillUsed:  # A batch that was under way when the new key came has met somebody under the old one.
            moved += await move(service, tenant, watch)
    return {"tenant": str(tenant), "key": purpose, "version": current, "people": moved}


async def rewrap(service: Keeper, tenant: UUID, watch: Watch) -> dict[str, object]:
    """Has the current key-encryption key wrap a tenant's keys, and the tenant's data key every person's."""
    moved = await move(service, tenant, watch)  # What an old key-encryption key wrapped itself would be lost with it.
    written = await service.journal.write(RewrapKeys(tenant, ACTOR))
    return {"tenant": str(tenant), "key": "kek", "by": written.answer["by"], "people": moved}


async def move(service: Keeper, tenant: UUID, watch: Watch) -> int:
    """Moves everyone to the current keys, some at a time; returns how many that were."""
    done, after = 0, _FIRST
    async with service.snapshots.of(tenant) as conn:
        total = await count_behind(conn, await service.ring.current(conn, tenant))
    watch(done, total)
    while True:
        async with service.snapshots.of(tenant) as conn:
            people = await people_behind(conn, service.ring[tenant], after, _AT_ONCE)
        if not people:
            return done
        await service.journal.write(Rekey(tenant, ACTOR, tuple(people)), weight=_AT_ONCE * 1024)
        after, done = people[-1], done + len(people)
        watch(done, max(done, total))
