"""
Whoever delivers: it takes lines that have something to deliver, and goes along each in order.

Any number may run.  A line is one worker's for as long as its lease; a worker that is killed leaves an event that may
have been taken and is sent again, under the same id.
"""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Concatenate, ParamSpec, TypeVar
from uuid import uuid4

import httpx
import orjson
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from audit.entry import Entry
from audit.errors import CursorPruned, CursorUnknown, DatabaseAway, JournalUnavailable
from audit.faults import committed, in_words
from audit.following import Followed, Place, follow
from audit.keys import unseal
from server.bell import LOOK_SECONDS
from server.db import checkpointer_engine
from server.delivering.sending import Gone, NotTaken, Outcome, Taken, one_subscriber, send
from server.delivering.signing import signed_headers
from server.errors import SubscriptionUnknown
from server.events.cloud import MEDIA_TYPE, cloud_event
from server.events.vocabulary import chosen
from server.service import Service, clock, running
from server.settings import Settings
from server.subscriptions import store
from server.subscriptions.records import GONE, DeadLetter, Line, Subscription, secret_context
from server.subscriptions.requests import EndSubscription, FindSubscription

_AT_ONCE = 50  # lines
_PAGE = 50  # events
_TURN_SECONDS = 20.0  # after which another worker may have the line
LEASE = timedelta(seconds=60)  # longer than a turn and its last try
_AWAY_SECONDS = 3.0
_REST_SECONDS = 0.1  # between two looks for lines, however often it rings
_ACTOR = "deliverer"
_OUR_FAULT = "It could not be sent by a fault of ours."
_CHANCE = SystemRandom()

P = ParamSpec("P")
T = TypeVar("T")
_log = structlog.get_logger("deliverer")


@dataclass(frozen=True, slots=True)
class Patience:
    """How often an event is tried, and how long to wait in between: twice as long each time, less up to half by chance."""

    tries: int = 12
    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(minutes=5)

    def pause(self, attempts: int, asked: timedelta | None) -> timedelta:
        """After so many tries; never shorter than the subscriber asks."""
        grown = min(self.first * (1 << min(attempts - 1, 30)), self.longest)
        return max(grown * _CHANCE.uniform(0.5, 1.0), asked or timedelta())


@dataclass(frozen=True, slots=True)
class _Turn:
    """One worker's time with one line."""

    line: Line
    subscription: Subscription
    secret: str
    client: httpx.AsyncClient
    began: datetime
    since: float

    @property
    def now(self) -> datetime:
        return self.began + timedelta(seconds=time.monotonic() - self.since)

    def is_over(self) -> bool:
        """Whether it is time to give the line back."""
        return time.monotonic() - self.since > _TURN_SECONDS


class Deliverer:
    """Delivers the events of every tenant of one database."""

    def __init__(self, service: Service, engine: AsyncEngine, patience: Patience | None = None) -> None:
        """``engine`` connects as venia_checkpointer, which reads logs and writes how far lines have come."""
        self._service = service
        self._engine = engine
        self._patience = patience or Patience()
        self._trust = ssl.create_default_context()

    async def run_due(self, now: datetime) -> int:
        """A turn for every line that has something to deliver at ``now``; how many had one.  Raises DatabaseAway."""
        lines = await self._claim(now, _AT_ONCE)
        await asyncio.gather(*(self._turn(line, now) for line in lines))
        return len(lines)

    async def keep(self, stop: asyncio.Event) -> None:
        """Delivers until told to stop: woken by the bell, and by looking; a slow line never holds another up."""
        turns: set[asyncio.Task[None]] = set()
        with self._service.bell.listening(None) as rung:
            while not stop.is_set():
                rung.clear()
                try:
                    lines = await self._claim(clock(), _AT_ONCE - len(turns)) if len(turns) < _AT_ONCE else []
                except DatabaseAway:
                    await asyncio.sleep(_AWAY_SECONDS)
                    continue
                for line in lines:
                    turn = asyncio.create_task(self._turn(line, clock()))
                    turns.add(turn)
                    turn.add_done_callback(turns.discard)
                    turn.add_done_callback(lambda _: rung.set())  # What came while it had the line is due now.
                with suppress(TimeoutError):
                    async with asyncio.timeout(0 if lines else LOOK_SECONDS):
                        await rung.wait()
                await asyncio.sleep(_REST_SECONDS)
        for turn in turns:
            turn.cancel()
        await asyncio.gather(*turns, return_exceptions=True)

    async def _claim(self, now: datetime, most: int) -> list[Line]:
        return await self._ask(store.claim, uuid4(), now=now, until=now + LEASE, most=most)

    async def _turn(self, line: Line, now: datetime) -> None:
        """Whatever goes wrong with a line keeps no other from its turn."""
        try:
            await self._go_along(line, now)
        except (DatabaseAway, JournalUnavailable):
            _log.warning("database_away", subscription=str(line.subscription))
        except Exception as error:  # noqa: BLE001  As said.
            _log.error("line_failed", tenant=str(line.tenant), subscription=str(line.subscription), exc_info=error)
            await self._note(line, now)
        finally:
            with suppress(DatabaseAway):  # Its lease ends by itself then.
                await self._ask(store.release, line)

    async def _note(self, line: Line, now: datetime) -> None:
        """A fault before anything could be tried counts as a try, so that the pauses grow; it buries nothing."""
        tries = line.attempts + 1
        with suppress(DatabaseAway):
            await self._ask(store.wait, line, tries, now + self._patience.pause(tries, None), _OUR_FAULT)

    async def _go_along(self, line: Line, now: datetime) -> None:
        try:
            found = await self._service.reader.read(FindSubscription(line.tenant, line.subscription))
        except SubscriptionUnknown:
            return  # Deleted since.
        key = self._service.ring[line.tenant].secrets
        secret = unseal(key, found.sealed_secret, secret_context(found.id)).decode()
        async with one_subscriber(self._trust) as client:
            turn = _Turn(line, found, secret, client, now, time.monotonic())
            if await self._send_letters(turn):
                await self._send_next(turn)

    async def _send_letters(self, turn: _Turn) -> bool:
        """Dead letters that somebody asked for; False if the subscriber wants no more of anything, or not now."""
        line = turn.line
        for letter in await self._ask(store.list_letters, (line.tenant, line.subscription), _PAGE, asked=True):
            if turn.is_over():
                return False  # Somebody else may have the line by now.
            try:
                ((after, entry),) = (await self._read(line, letter.place, None, 1)).entries
            except (CursorPruned, CursorUnknown) as gone:
                await self._ask(store.settle_letter, line, letter.event, str(gone))
                continue
            match await self._try(turn, after, entry):
                case Gone():
                    await self._end(line)
                    return False
                case Taken():
                    await self._ask(store.settle_letter, line, letter.event, None)
                case NotTaken(why, wait):
                    await self._ask(store.settle_letter, line, letter.event, why)
                    if wait is not None:  # The subscriber asks for quiet, whatever it was that came.
                        await self._ask(store.wait, line, line.attempts, turn.now + wait, why)
                        return False
        return True

    async def _send_next(self, turn: _Turn) -> None:
        """From where the line stands on, until there is no more, a try fails, or the turn is over."""
        line, place, attempts = turn.line, turn.line.place, turn.line.attempts
        names = chosen(turn.subscription.types)
        while not turn.is_over():
            try:
                found = await self._read(line, place, names, _PAGE)
            except CursorPruned as pruned:
                place = Place.read(pruned.oldest)
                _log.error("line_pruned", tenant=str(line.tenant), subscription=str(line.subscription))
                await self._ask(store.move, line, place, None, "Entries were pruned before they were delivered.")
                continue
            except CursorUnknown:  # The database was restored and its log not reopened yet.
                await self._ask(
                    store.wait, line, 0, turn.now + self._patience.longest, "The log ends before this line."
                )
                return
            for after, entry in found.entries:
                if not await self._deliver(turn, after, entry, attempts):
                    return
                attempts = 0
                if turn.is_over():
                    return
            if found.next != place and not await self._ask(store.move, line, found.next, None):
                return
            place = found.next
            if not found.more:
                return

    async def _deliver(self, turn: _Turn, after: Place, entry: Entry, attempts: int) -> bool:
        """Tries one event; whether the line goes on to the next."""
        line = turn.line
        outcome = await self._try(turn, after, entry)
        if isinstance(outcome, Taken):
            return await self._ask(store.move, line, after, turn.now)
        if isinstance(outcome, Gone):
            await self._end(line)
            return False
        tries = attempts + 1
        if tries < self._patience.tries:
            again = turn.now + self._patience.pause(tries, outcome.wait)
            await self._ask(store.wait, line, tries, again, outcome.why)
            return False
        _log.warning("letter_died", tenant=str(line.tenant), subscription=str(line.subscription), tries=tries)
        at, kind = Place(after.incarnation, after.index - 1), str(entry.payload["event"])
        letter = DeadLetter(entry.event_id, at, kind, tries, outcome.why, turn.now, None)
        return await self._ask(store.bury, line, letter, after)

    async def _try(self, turn: _Turn, after: Place, entry: Entry) -> Outcome:
        """One try; whatever goes wrong in it is one that failed, and is tried again as such."""
        try:
            body = orjson.dumps(cloud_event(entry, after))
            headers = signed_headers(turn.secret, str(entry.event_id), turn.now, body)
            return await send(
                turn.client,
                turn.subscription.url,
                body,
                {**headers, "Content-Type": f"{MEDIA_TYPE}; charset=utf-8", "User-Agent": "Venia"},
                loopback=self._service.settings.loopback_subscribers,
                now=turn.now,
            )
        except Exception as error:  # noqa: BLE001  As said.
            _log.error("try_failed", subscription=str(turn.line.subscription), exc_info=error)
            return NotTaken(_OUR_FAULT)

    async def _end(self, line: Line) -> None:
        with suppress(SubscriptionUnknown):
            await self._service.journal.write(EndSubscription(line.tenant, _ACTOR, line.subscription, GONE))

    async def _read(self, line: Line, place: Place, names: frozenset[str] | None, limit: int) -> Followed:
        async with self._service.snapshots.of(line.tenant) as conn:
            return await follow(conn, line.tenant, place, names=names, limit=limit)

    async def _ask(
        self, ask: Callable[Concatenate[AsyncConnection, P], Awaitable[T]], *about: P.args, **named: P.kwargs
    ) -> T:
        conn = await in_words(self._engine.connect())
        try:
            return await committed(conn, ask(conn, *about, **named))
        finally:
            with suppress(Exception):  # What was asked is answered, whatever becomes of the session.
                await conn.close()


@asynccontextmanager
async def delivering(settings: Settings, url: str, patience: Patience | None = None) -> AsyncIterator[Deliverer]:
    """A deliverer on this database, with a journal and a bell of its own."""
    engine = checkpointer_engine(url)
    try:
        async with running(settings, url) as service:
            yield Deliverer(service, engine, patience)
    finally:
        await engine.dispose()
