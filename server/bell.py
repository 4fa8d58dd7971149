"""
The bell: whoever follows a log is woken when something was recorded, by whichever process.

It only wakes.  It rings after the commit, so that no commit waits for it, and a ring may be lost with its process or
its connection: whoever listens MUST look by itself every ``LOOK_SECONDS`` all the same.
"""

import asyncio
import signal
import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Self, cast
from uuid import UUID

import asyncpg
import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from audit.faults import is_away

LOOK_SECONDS = 0.5
MOST_STREAMS = 20  # of one tenant in one process
_CHANNEL = "venia_log"
_RING = "SELECT pg_notify($1, rung::text) FROM unnest($2::uuid[]) AS rung"
_QUIET_SECONDS = 0.05  # between two rings: what is recorded meanwhile rings with the next
_CHECK_SECONDS = 10.0
_AGAIN_SECONDS = 1.0

_log = structlog.get_logger("bell")


class Places:
    """So many places for each tenant, to be taken and given back."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken: Counter[UUID] = Counter()

    def take(self, tenant: UUID) -> bool:
        """Whether there was one left, which is the caller's now."""
        if self._taken[tenant] >= self.most:
            return False
        self._taken[tenant] += 1
        return True

    def give_back(self, tenant: UUID) -> None:
        """Somebody else may have it."""
        self._taken[tenant] -= 1
        if not self._taken[tenant]:
            del self._taken[tenant]


class Bell:
    """Rings for tenants, and wakes those who listen for one; it takes its connection when it is first needed."""

    def __init__(self, engine: AsyncEngine) -> None:
        """``engine`` may read; one connection of it is kept."""
        self._engine = engine
        self._listening: dict[UUID | None, set[asyncio.Event]] = defaultdict(set)
        self._rung: set[UUID] = set()
        self._work = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.is_over = False  # the process is told to stop: whoever listens for minutes should end now

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def ring(self, tenants: Collection[UUID]) -> None:
        """Something was committed for these tenants.  Returns at once."""
        if not tenants:
            return
        self._wake(tenants)
        self._rung.update(tenants)
        self._start()

    @contextmanager
    def listening(self, tenant: UUID | None) -> Iterator[asyncio.Event]:
        """
        An event that is set whenever it rings for the tenant, or for anybody where it is None.

        Clear it before looking, never after: what is recorded while one looks then sets it again.
        """
        event = asyncio.Event()
        self._listening[tenant].add(event)
        self._start()
        try:
            yield event
        finally:
            self._listening[tenant].discard(event)
            if not self._listening[tenant]:
                del self._listening[tenant]

    def _wake(self, tenants: Collection[UUID]) -> None:
        for listened in (None, *tenants):
            for event in self._listening.get(listened, ()):
                event.set()

    def _start(self) -> None:
        self._work.set()
        if self._task is None:
            self._task = asyncio.create_task(self._keep(), name="bell")

    async def _keep(self) -> None:
        while True:
            try:
                await self._serve()
            except Exception as error:  # noqa: BLE001  Without the bell everybody still looks by himself.
                if not is_away(error):
                    _log.error("bell_failed", exc_info=error)
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _serve(self) -> None:
        async with self._engine.connect() as conn:
            # Nothing but the driver itself can listen.
            driver = cast(asyncpg.Connection, (await conn.get_raw_connection()).driver_connection)
            await driver.add_listener(_CHANNEL, self._heard)
            try:
                while not driver.is_closed():
                    await self._send(driver)
            finally:
                with suppress(Exception):  # The connection ends, with or without this.
                    await driver.remove_listener(_CHANNEL, self._heard)

    async def _send(self, driver: asyncpg.Connection) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_CHECK_SECONDS):  # Unlike wait_for, it never swallows that the task is to end.
                await self._work.wait()
        self._work.clear()
        rung, self._rung = self._rung, set()
        if rung:
            await driver.execute(_RING, _CHANNEL, list(rung))
            await asyncio.sleep(_QUIET_SECONDS)

    def _heard(self, _conn: object, _pid: int, _channel: str, payload: object) -> None:
        with suppress(ValueError):  # Somebody else's word on our channel.
            self._wake((UUID(str(payload)),))


@contextmanager
def over_when_told_to_stop(bell: Bell) -> Iterator[None]:
    """
    Has the bell be over at the first signal to stop, beside whatever the signal does already.

    A server waits for the answers under way before it tells its application anything, and streams never end by themselves.
    """
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        bell.is_over = True
        known = before[signal.Signals(number)]
        if callable(known):
            known(number, frame)

    is_main = threading.current_thread() is threading.main_thread()  # Elsewhere no signal arrives.
    for number in before if is_main else ():
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, known in before.items() if is_main else ():
            signal.signal(number, known)
