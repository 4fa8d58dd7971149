"""
How what a delivery holds gets into the journal: every item by itself, so that none is lost by its neighbour.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from audit.errors import Refused
from audit.journal import Journal
from audit.work import Request as JournalRequest
from consent.unreadable import KeepUnreadable
from server.channels.whatsapp_items import Item
from server.telemetry import Metrics

_AT_ONCE = 500


class Reading(Protocol):
    """Where items came in, and what each asks to be recorded."""

    def request(self, item: Item) -> JournalRequest | None:
        """What the item asks to be recorded; None when it means nothing to us."""
        ...

    def keep(self, item: Item, why: str) -> KeepUnreadable:
        """Keeps an item that could not be acted on."""
        ...


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many items there were, had something to record, were kept as unreadable, and had been recorded before."""

    items: int
    written: int
    unreadable: int
    repeated: int

    @property
    def is_repeated(self) -> bool:
        """Whether the delivery had something to record, and nothing that was new."""
        return 0 < self.written == self.repeated


class Intake:
    """
    What deliveries of every channel share: the journal, and as much room in its queue as leaves some for others.

    A flood of deliveries waits here, and none of them is turned away for the lack of room.
    """

    def __init__(self, journal: Journal, metrics: Metrics, *, room: int) -> None:
        self._journal = journal
        self._metrics = metrics
        self._room = asyncio.Semaphore(max(1, room))

    async def keep(self, request: JournalRequest, *, weight: int) -> None:
        """Has the delivery itself kept, before anything in it takes effect; ``weight`` is its size in bytes."""
        async with self._room:
            await self._journal.write(request, weight=weight)

    async def record(self, kind: str, reading: Reading, items: Sequence[Item]) -> Recorded:
        """Records what the items of a channel of this kind ask; all of it is durable once this returns."""
        done: list[tuple[bool, bool]] = []
        for some in batched(requests_of(reading, items)):
            done += await asyncio.gather(*(self._record(reading, *each) for each in some))
        recorded = Recorded(len(items), len(done), sum(kept for kept, _ in done), sum(again for _, again in done))
        for name, count in Counter(type(item).__name__ for item in items).items():
            self._metrics.webhook_items.labels(kind, name).inc(count)
        self._metrics.unreadable_items.labels(kind).inc(recorded.unreadable)
        return recorded

    async def _record(self, reading: Reading, item: Item, request: JournalRequest) -> tuple[bool, bool]:
        """Records one item; what is refused is kept instead.  Whether it was kept as unreadable, and known before."""
        async with self._room:
            try:
                written = await self._journal.write(request)
            except Refused as refusal:
                written = await self._journal.write(reading.keep(item, type(refusal).__name__))
                return True, written.replayed
            return isinstance(request, KeepUnreadable), written.replayed


def requests_of(reading: Reading, items: Iterable[Item]) -> Iterator[tuple[Item, JournalRequest]]:
    """The items that have something to record, each with its request."""
    for item in items:
        request = reading.request(item)
        if request is not None:
            yield item, request


def batched(recorded: Iterable[tuple[Item, JournalRequest]]) -> Iterator[list[tuple[Item, JournalRequest]]]:
    """The items in their order, so many at a time."""
    source = iter(recorded)
    while some := list(islice(source, _AT_ONCE)):
        yield some
