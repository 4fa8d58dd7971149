"""
Webhook deliveries as they came: kept sealed for a while, so that they can be read again by a better reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import text

from audit.entry import Json
from audit.keys import seal, unseal
from audit.link import AnyConnection, Connection
from audit.tenants import TenantBook
from audit.work import Book, Idempotency, Work
from consent import store
from consent.tombstones import mentions_in

_PAGE = text(
    "SELECT delivery_id, channel_id, received_at, sealed FROM deliveries WHERE tenant_id = :tenant "
    "AND (received_at, delivery_id) > (CAST(:moment AS timestamptz), CAST(:last AS uuid)) "
    "AND channel_id = coalesce(CAST(:channel AS text), channel_id) ORDER BY received_at, delivery_id LIMIT :most"
)


class DeliveryBook(Book):
    """The deliveries that a batch keeps."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._rows: list[dict[str, object]] = []

    def keep(self, row: Mapping[str, object]) -> None:
        """Keeps one sealed delivery."""
        self._rows.append({"tenant_id": self.work.tenant, **row})

    async def save(self, conn: Connection) -> None:
        """One statement."""
        await store.save_deliveries(conn, self._rows)


@dataclass(frozen=True, slots=True)
class KeepDelivery:
    """
    Keeps a delivery before anything in it takes effect.

    ``mentions`` is text in which everyone stands whom it is about, by number or user id, so that it goes when one of
    them is erased.
    """

    tenant: UUID
    actor: str
    channel: str
    content: bytes
    mentions: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records nothing: what the delivery holds is recorded item by item."""
        delivery, keys = uuid4(), work[TenantBook].ring[self.tenant]
        work[DeliveryBook].keep(
            {
                "delivery_id": delivery,
                "channel_id": self.channel,
                "received_at": work.now,
                "sealed": seal(keys.secrets, self.content, _context(delivery)),
                "mentions": mentions_in(keys.tombstones, self.mentions),
            }
        )
        return {"delivery": str(delivery)}


@dataclass(frozen=True, slots=True)
class KeptDelivery:
    """A sealed delivery as it is stored."""

    id: UUID
    channel: str
    received_at: datetime
    sealed: bytes


async def deliveries_after(
    conn: AnyConnection, tenant: UUID, after: tuple[datetime, UUID], *, channel: str | None, most: int
) -> list[KeptDelivery]:
    """At most so many deliveries of one channel, or of all, in the order in which they came."""
    moment, last = after
    asked = {"tenant": tenant, "moment": moment, "last": last, "channel": channel, "most": most}
    return [KeptDelivery(*row) for row in (await conn.execute(_PAGE, asked)).all()]


def opened(key: bytes, delivery: UUID, sealed: bytes) -> bytes:
    """The content of a delivery that was kept; ``key`` is the tenant's for secrets.  KeyUnusable if it does not open."""
    return unseal(key, sealed, _context(delivery))


def _context(delivery: UUID) -> bytes:
    return b"venia/delivery/v1\n" + delivery.bytes
