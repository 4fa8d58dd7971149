"""
Event ids: UUIDv7 (RFC 9562 §5.7), so that they sort by time and are unique across processes; and the ids of what
follows from an event, which anyone can make again from the event's own (UUIDv5, §5.5).
"""

import os
from datetime import UTC, datetime
from uuid import UUID, uuid5


def event_id(now: datetime) -> UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, 74 random bits."""
    milliseconds = int(now.timestamp() * 1000)
    noise = int.from_bytes(os.urandom(10))
    return UUID(
        int=(milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (noise >> 68) << 64 | 0b10 << 62 | noise & (2**62 - 1)
    )


def row_id(event: UUID, number: int) -> UUID:
    """The id of the numbered row that follows from an event."""
    return uuid5(event, str(number))


def instant_of(event: UUID) -> datetime:
    """The millisecond in which an event id was made: what is known of an instant at least so exactly."""
    return datetime.fromtimestamp((event.int >> 80) / 1000, UTC)
