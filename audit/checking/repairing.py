"""
Making again what belongs to a whole log: its head, its tiles, and the receipts of remembered answers.

The head is mended before anything else, since the entry that tells of the repair is placed by it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from audit.checking import store
from audit.checking.walking import Head
from audit.entry import Json
from audit.errors import Refused
from audit.link import Connection
from audit.tiles import TileId
from audit.work import Book, Idempotency, Request, Work


class RepairOutdated(Refused):
    """A log that has grown since it was checked."""

    def __init__(self) -> None:
        super().__init__("The log was written to or signed since it was checked; nothing was repaired: check it again.")


@dataclass(frozen=True, slots=True)
class TileRepair:
    """A tile as it must be; without hashes it must not be."""

    origin: str
    tile: TileId
    hashes: bytes


@dataclass(frozen=True, slots=True)
class RepairLog:
    """Has head, tiles and remembered answers be what the entries say."""

    tenant: UUID
    actor: str
    head: Head | None
    tiles: Sequence[TileRepair]
    published: Mapping[str, int]  # by origin: up to where the log was signed when it was checked
    kept: Sequence[str]  # answers whose entry is there
    dropped: Sequence[str]  # answers whose entry is not
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``projection.repaired``; RepairOutdated where the log was signed meanwhile."""
        if work[LogRepairBook].is_outdated(self.tenant):
            raise RepairOutdated
        tables = Counter(
            {"log_heads": int(self.head is not None), "tiles": len(self.tiles), "idempotency": len(self.answers)}
        )
        named: dict[str, Json] = {name: count for name, count in sorted(tables.items()) if count}
        work[LogRepairBook].carry_out(self, work.record("projection.repaired", {"tables": named}))
        return {"repaired": tables.total()}

    @property
    def answers(self) -> list[str]:
        """The keys of all answers that are touched."""
        return [*self.kept, *self.dropped]


class LogRepairBook(Book):
    """The logs that a batch repairs."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._requests: list[RepairLog] = []
        self._outdated: set[UUID] = set()
        self._ordered: list[tuple[RepairLog, UUID]] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes what is to be repaired."""
        self._requests = [each for each in requests if isinstance(each, RepairLog)]
        self.is_idle = not self._requests

    async def lock(self, conn: Connection) -> None:
        """Keeps the checkpointer from writing tiles until this is over."""
        await store.lock_tiles(conn)

    async def load(self, conn: Connection) -> None:
        """Looks whether the logs are as they were checked, and mends their heads."""
        for each in self._requests:
            for origin, size in each.published.items():
                newest = await store.read_published(conn, each.tenant, origin)
                if size != (0 if newest is None else newest[0]):
                    self._outdated.add(each.tenant)
            if each.head is not None and each.tenant not in self._outdated:
                await self._mend(conn, each.tenant, each.head)

    async def _mend(self, conn: Connection, tenant: UUID, head: Head) -> None:
        await store.lock_head(conn, tenant)
        if await store.read_end(conn, tenant, head.incarnation) == head.size:
            await store.save_head(conn, tenant, head)
        else:
            self._outdated.add(tenant)

    def is_outdated(self, tenant: UUID) -> bool:
        """Whether a tenant's log has changed since it was checked."""
        return tenant in self._outdated

    def carry_out(self, request: RepairLog, entry: UUID) -> None:
        """Has this be done, as the entry says."""
        self._ordered.append((request, entry))

    async def finish(self, conn: Connection) -> None:
        """Writes tiles and answers, once their entry is there."""
        for request, entry in self._ordered:
            await store.begin_repair(conn, entry)
            for each in request.tiles:
                await store.save_tile(conn, request.tenant, each.origin, each.tile, each.hashes)
            await store.mend_answers(conn, request.tenant, request.kept, request.dropped)
