"""
One person's entries, newest first, as people read them.
"""

import base64
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.checking import store
from audit.entry import Json, parse_entry, timestamp
from audit.errors import UnknownTenant
from audit.origins import origin_of
from audit.store import read_timeline

_LATEST = (2**31 - 1, 2**62)


@dataclass(frozen=True, slots=True)
class Page:
    """Some events and the cursor after which the older ones begin; None at the end."""

    events: list[dict[str, Json]]
    next: str | None


async def timeline(
    conn: AsyncConnection, tenant: UUID, parts: Collection[UUID], *, before: str | None, limit: int
) -> Page:
    """
    At most ``limit`` events about a person, older than the cursor ``before``; ValueError if it is none of ours.

    ``parts`` are the ids under which the person is known: one, or more where contacts were merged.
    """
    head = await store.read_head(conn, tenant)
    if head is None:
        raise UnknownTenant(tenant)
    rows = await read_timeline(conn, tenant, parts, _LATEST if before is None else _place(before), limit + 1)
    events = [_event(head.origin, *row) for row in rows[:limit]]
    return Page(events, _cursor(*rows[limit - 1][:2]) if len(rows) > limit else None)


def _cursor(incarnation: int, index: int) -> str:
    return str(index) if incarnation == 1 else f"{incarnation}.{index}"


def _place(cursor: str) -> tuple[int, int]:
    incarnation, dot, index = cursor.rpartition(".")
    return int(incarnation) if dot else 1, int(index)


def _event(origin: str, incarnation: int, index: int, body: bytes, leaf_hash: bytes) -> dict[str, Json]:
    """What happened, who did it, what the person was shown, and where the proof of it is."""
    entry = parse_entry(body, index)
    details = {name: value for name, value in entry.payload.items() if name not in ("event", "actor", "contact", "sd")}
    return {
        "index": index,
        "id": str(entry.event_id),
        "at": timestamp(entry.recorded_at),
        "event": entry.payload["event"],
        "actor": entry.payload["actor"],
        "contact": entry.payload["contact"],
        "details": details,
        "shown": entry.payload.get("notice"),
        "said": None,
        "proof": {
            "log": origin_of(origin, incarnation),
            "index": index,
            "leaf_hash": base64.b64encode(leaf_hash).decode(),
        },
    }
