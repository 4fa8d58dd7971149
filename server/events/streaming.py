"""
Server-sent events: the log as it grows, to one reader at a time.

A page is read when the one before it has been taken, so that a slow reader holds a page in memory and no more.  Every
event's id is the cursor behind it: whoever comes back with ``Last-Event-ID`` goes on there, in whichever process.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import orjson
from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import Message, Receive, Scope, Send

from audit.errors import DatabaseAway
from audit.following import Place, follow
from audit.reader import Snapshots
from server.bell import LOOK_SECONDS, Bell, Places
from server.events.cloud import cloud_event

_PAGE = 100
_LIFE_SECONDS = 300.0  # after which a reader comes back, and shows a credential that is still good
_BEAT_SECONDS = 15.0
_TAKING_SECONDS = 30.0  # for which a reader may take nothing before it is left
_REST_SECONDS = 0.05  # between two looks: a busy log is read in pages, not entry by entry
_HEADERS = {"Cache-Control": "private, no-store", "X-Accel-Buffering": "no"}


@dataclass(frozen=True, slots=True)
class Following:
    """Whose log is followed, from where, for which events (None is all)."""

    tenant: UUID
    start: Place
    names: Collection[str] | None


class EventStream(ASGIStreamingResponse):
    """An answer that goes on until its time is over, its reader goes away, or its reader takes nothing more."""

    __slots__ = ("_places", "_tenant")

    def __init__(self, following: Following, snapshots: Snapshots, bell: Bell, places: Places) -> None:
        """The caller has taken one of the places; it is given back when the stream ends, however it does."""
        super().__init__(iterator=told(following, snapshots, bell), media_type="text/event-stream", headers=_HEADERS)
        self._places = places
        self._tenant = following.tenant

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streams."""

        async def patiently(message: Message) -> None:
            async with asyncio.timeout(_TAKING_SECONDS):
                await send(message)

        try:
            await super().__call__(scope, receive, patiently)
        finally:
            self._places.give_back(self._tenant)


async def told(following: Following, snapshots: Snapshots, bell: Bell) -> AsyncIterator[bytes]:
    """What is sent: first the cursor where it begins, then every event as it is recorded, and a sign of life now and then."""
    place, ends, beat = following.start, time.monotonic() + _LIFE_SECONDS, time.monotonic() + _BEAT_SECONDS
    yield b"retry: 1000\n" + _standing_at(place)
    with bell.listening(following.tenant) as rung:
        while time.monotonic() < ends and not bell.is_over:
            rung.clear()  # Before looking: what comes while we look rings again.
            try:
                async with snapshots.of(following.tenant) as conn:
                    found = await follow(conn, following.tenant, place, names=following.names, limit=_PAGE)
            except DatabaseAway:
                return  # The reader comes back, with its cursor.
            place = found.next
            if found.entries:
                yield b"".join(_block(cloud_event(entry, after), after) for after, entry in found.entries)
                beat = time.monotonic() + _BEAT_SECONDS
            elif time.monotonic() > beat:
                yield b": still here\n" + _standing_at(place)
                beat = time.monotonic() + _BEAT_SECONDS
            if not found.more:
                await _until(rung)


async def _until(rung: asyncio.Event) -> None:
    await asyncio.sleep(_REST_SECONDS)
    with suppress(TimeoutError):
        async with asyncio.timeout(LOOK_SECONDS - _REST_SECONDS):
            await rung.wait()


def _standing_at(place: Place) -> bytes:
    """An id without an event: readers remember it, and nobody is told anything."""
    return f"id: {place}\n\n".encode()


def _block(event: Mapping[str, object], after: Place) -> bytes:
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (str(after).encode(), str(event["type"]).encode(), orjson.dumps(event))
