"""
A subscription, the line of its deliveries, and what could not be delivered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.entry import Json
from audit.following import Place
from audit.instants import rfc3339, rfc3339_or_none

ACTIVE, GONE = "active", "gone"


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where events of a tenant go; ``place`` is the next entry of the log for it, None once it has ended."""

    tenant: UUID
    id: UUID
    url: str
    types: tuple[str, ...]
    sealed_secret: bytes
    state: str
    created_at: datetime
    place: Place | None
    attempts: int
    next_at: datetime | None
    detail: str | None
    delivered_at: datetime | None
    dead_letters: int

    def to_json(self) -> Mapping[str, Json]:
        """Without the secret."""
        return {
            "id": str(self.id),
            "url": self.url,
            "types": list(self.types),
            "state": self.state,
            "created_at": rfc3339(self.created_at),
            "cursor": None if self.place is None else str(self.place),
            "attempts": self.attempts,
            "next_at": rfc3339_or_none(self.next_at),
            "detail": self.detail,
            "delivered_at": rfc3339_or_none(self.delivered_at),
            "dead_letters": self.dead_letters,
        }


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a worker has for a while, under a lease of its own."""

    tenant: UUID
    subscription: UUID
    lease: UUID
    place: Place
    attempts: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that was tried as often as is tried; ``asked_at`` is when somebody asked for one more."""

    event: UUID
    place: Place
    type: str
    attempts: int
    detail: str
    died_at: datetime
    asked_at: datetime | None

    def to_json(self) -> Mapping[str, Json]:
        """As it is listed."""
        return {
            "event": str(self.event),
            "type": self.type,
            "index": self.place.index,
            "attempts": self.attempts,
            "detail": self.detail,
            "died_at": rfc3339(self.died_at),
            "asked_at": rfc3339_or_none(self.asked_at),
        }


def secret_context(subscription: UUID) -> bytes:
    """What a subscription's sealed secret is bound to."""
    return b"venia/subscription-secret/v1\n" + subscription.bytes
