"""
Deliveries that could not be understood: kept sealed, counted, and never in the way of their neighbours.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from audit.entry import Json
from audit.keys import seal
from audit.link import Connection
from audit.tenants import TenantBook
from audit.work import Book, Idempotency, Work
from consent import store
from consent.tombstones import mentions_in


class UnreadableBook(Book):
    """What a batch keeps for later."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._rows: list[dict[str, object]] = []

    def keep(self, item: UUID, channel: str, sealed: bytes, entry: UUID, *, mentions: Sequence[bytes]) -> None:
        """Keeps one sealed item, to be found by what it mentions."""
        self._rows.append(
            {
                "tenant_id": self.work.tenant,
                "item_id": item,
                "channel_id": channel,
                "received_at": self.work.now,
                "sealed": sealed,
                "event_id": entry,
                "mentions": list(mentions),
            }
        )

    async def save(self, conn: Connection) -> None:
        """One statement."""
        await store.save_unreadable(conn, self._rows)


@dataclass(frozen=True, slots=True)
class KeepUnreadable:
    """Keeps an item of a delivery that nobody could understand; ``why`` names no person."""

    tenant: UUID
    actor: str
    channel: str
    why: str
    raw: object
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``webhook.unreadable``; the item itself is sealed under the tenant's key, since it may be personal."""
        item = uuid4()
        entry = work.record("webhook.unreadable", {"item": str(item), "channel": self.channel, "why": self.why})
        # ASCII escapes carry even what is no valid Unicode, such as half of a surrogate pair.
        content = json.dumps(self.raw, ensure_ascii=True, default=str).encode()
        keys = work[TenantBook].ring[self.tenant]
        sealed = seal(keys.secrets, content, b"venia/unreadable/v1\n" + item.bytes)
        mentions = mentions_in(keys.tombstones, content.decode())
        work[UnreadableBook].keep(item, self.channel, sealed, entry, mentions=mentions)
        return {"item": str(item)}
