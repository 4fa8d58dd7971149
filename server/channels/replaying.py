"""
Kept deliveries, read again: what an older reader did not understand takes effect, and nothing does so twice.

Every item has the idempotency key that it had when it came, so that a run MUST add nothing that was recorded then.
Those keys last for so long as the tenant's rule ``idempotency`` says; an older delivery is passed over, and counted.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.journal import Journal
from audit.reader import Reader, Snapshots
from audit.tenants import KeyRing
from consent.deliveries import KeptDelivery, deliveries_after, opened
from consent.retention import IDEMPOTENCY, ReadRules
from server.channels.receiving import Intake, Recorded
from server.channels.taking import decoded, understood, unpacked
from server.telemetry import create_metrics

_AT_ONCE = 20
_FIRST = UUID(int=0)
_ROOM = 1000


@dataclass(frozen=True, slots=True)
class Archive:
    """What a run works with."""

    journal: Journal
    reader: Reader
    snapshots: Snapshots
    ring: KeyRing


@dataclass(slots=True)
class Report:
    """What a run came to: deliveries and items read, items that were recorded anew, and what was kept as unreadable."""

    deliveries: int = 0
    passed_over: int = 0
    items: int = 0
    recorded: int = 0
    repeated: int = 0
    unreadable: int = 0

    def add(self, done: Recorded) -> None:
        """One delivery more."""
        self.deliveries += 1
        self.items += done.items
        self.recorded += done.written - done.repeated
        self.repeated += done.repeated
        self.unreadable += done.unreadable


async def replay(archive: Archive, tenant: UUID, *, channel: str | None, since: datetime, now: datetime) -> Report:
    """Reads every delivery since a moment again, in the order in which they came."""
    intake, report = Intake(archive.journal, create_metrics(), room=_ROOM), Report()
    oldest = (await archive.reader.read(ReadRules(tenant))).before(IDEMPOTENCY, now)
    after = (since, _FIRST)
    while page := await _page(archive, tenant, after, channel):
        for each in page:
            if each.received_at < oldest:
                report.passed_over += 1
            else:
                report.add(await _again(archive, intake, tenant, each))
        after = (page[-1].received_at, page[-1].id)
    return report


async def _page(
    archive: Archive, tenant: UUID, after: tuple[datetime, UUID], channel: str | None
) -> list[KeptDelivery]:
    async with archive.snapshots.of(tenant) as conn:
        return await deliveries_after(conn, tenant, after, channel=channel, most=_AT_ONCE)


async def _again(archive: Archive, intake: Intake, tenant: UUID, kept: KeptDelivery) -> Recorded:
    keys = archive.ring[tenant]
    incoming = unpacked(tenant, kept.channel, opened(keys.secrets, kept.id, kept.sealed))
    reading, items = understood(incoming, decoded(incoming), keys.vendor_ids)
    return await intake.record(incoming.kind, reading, items)
