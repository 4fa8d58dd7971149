"""
The read path: many looks at one snapshot.

Looks are answered in batches like the journal's, with the same books, but nothing is locked or written: the role may
only read, and row-level security shows it one tenant at a time.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, Self, TypeAlias, TypeVar, cast
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from audit.errors import AuditError, DatabaseAway, JournalClosed
from audit.faults import is_away
from audit.link import BeginAgain, Link
from audit.queue import Pending, Waiting
from audit.tenants import KeyRing, TenantBook
from audit.work import Book, Work

_log = structlog.get_logger("reader")
_SHOW_TENANT = text("SELECT set_config('venia.tenant', :tenant, true)")


_TRIES = 4

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Look(Protocol[T_co]):
    """A question that the books can answer without changing them."""

    @property
    def tenant(self) -> UUID:
        """Whose rows it may see."""
        ...

    def look(self, work: Work) -> T_co:
        """Answers from the loaded books.  MUST NOT change them, do I/O or read a clock."""
        ...


AnyLook: TypeAlias = Look[Any]  # Each look has its own type of answer.


@dataclass(frozen=True, slots=True)
class Together:
    """Looks of one tenant that are answered from one snapshot, each with an answer or an error of its own."""

    tenant: UUID
    looks: tuple[AnyLook, ...]


Waiter: TypeAlias = Pending[AnyLook | Together, Any]  # As each look's answer.
Queue: TypeAlias = Waiting[AnyLook | Together, Any]  # The same.
_WEIGHT = 1024
_GROUPS_AT_ONCE = 2  # One is looked at while the database is asked for the other.
_TURN_SECONDS = 0.002  # of looking, after which others have theirs


async def show_tenant(conn: AsyncConnection, tenant: UUID) -> None:
    """Lets this transaction see one tenant's rows, and no other's."""
    await conn.execute(_SHOW_TENANT, {"tenant": str(tenant)})


class Snapshots:
    """Read-only transactions for what is read row by row: one snapshot, one tenant's rows."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def of(self, tenant: UUID) -> AsyncIterator[AsyncConnection]:
        """A connection that sees this tenant's rows; DatabaseAway when none can be had."""
        try:
            async with self._engine.connect() as conn, conn.begin():
                await show_tenant(conn, tenant)
                yield conn
        except Exception as error:
            if is_away(error):
                raise DatabaseAway from error
            raise


class Reader:
    """Answers looks from the database as it is now; a look after a write's answer sees that write."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        books: Sequence[Callable[[Work], Book]],
        ring: KeyRing,
        clock: Callable[[], datetime],
        queue_size: int = 8192,
        batch_size: int = 1024,
    ) -> None:
        """``engine`` connects as venia_reader, REPEATABLE READ and read only."""
        # Whoever asks one question does not wait for whoever asks thousands: these have connections of their own.
        self._links = [Link(engine) for _ in range(1 + _GROUPS_AT_ONCE)]
        self._books = (lambda work: TenantBook(work, ring), *books)
        self._clock = clock
        self._batch_size = batch_size
        self._waiting: Queue = Waiting(queue_size)
        self._groups: Queue = Waiting(queue_size)
        self._tasks: list[asyncio.Task[None]] = []
        self._is_closed = False

    async def __aenter__(self) -> Self:
        single, *others = self._links
        drains = [self._drain(single, self._waiting, self._batch_size)]
        drains += [self._drain(link, self._groups, 1) for link in others]
        self._tasks = [asyncio.create_task(drain, name="reader") for drain in drains]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_closed = True
        for pending in (*self._waiting.empty(), *self._groups.empty()):
            pending.refuse(JournalClosed())
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for link in self._links:
            await link.close()

    async def read(self, look: Look[T]) -> T:
        """The look's answer.  Raises what the look raises, and JournalUnavailable when the database is away."""
        return cast(T, await self._put(self._waiting, look, _WEIGHT))

    async def read_together(self, looks: Sequence[AnyLook]) -> Sequence[object]:
        """
        The looks' answers in order, all from one snapshot; where one raised, the error stands in its place.

        They are of one tenant.  Raises JournalUnavailable when the database is away.
        """
        if not looks:
            return ()
        together = Together(looks[0].tenant, tuple(looks))
        return cast(Sequence[object], await self._put(self._groups, together, _WEIGHT * len(looks)))

    def _put(
        self, waiting: Queue, asked: AnyLook | Together, weight: int
    ) -> asyncio.Future[Any]:  # As each look's answer.
        if self._is_closed:
            raise JournalClosed
        return waiting.put(asked, weight)

    async def _drain(self, link: Link, waiting: Queue, most: int) -> None:
        while True:
            taken = await waiting.take(most)
            by_tenant: dict[UUID, list[Waiter]] = defaultdict(list)
            for waiter in taken:
                by_tenant[waiter.request.tenant].append(waiter)
            try:
                for tenant, waiters in by_tenant.items():
                    await self._settle(link, tenant, waiters)
            finally:  # Whoever is left now was waiting when the reader was told to end.
                for waiter in taken:
                    waiter.refuse(JournalClosed())

    async def _settle(self, link: Link, tenant: UUID, waiters: Sequence[Waiter]) -> None:
        try:
            looks = [look for waiter in waiters for look in _looks(waiter.request)]
            work = await self._load_fresh(link, tenant, looks)
            await _answer_all(waiters, work)
            work.close()
        except Exception as error:  # noqa: BLE001  Whatever it is, every caller must hear of it.
            if not is_away(error):
                _log.error("read_failed", exc_info=error)
            for waiter in waiters:
                waiter.refuse(DatabaseAway() if is_away(error) else error)

    async def _load_fresh(self, link: Link, tenant: UUID, looks: Sequence[AnyLook]) -> Work:
        for attempt in range(1, _TRIES + 1):
            try:
                return await self._load(link, tenant, looks)
            except BeginAgain:
                continue
            except Exception as error:
                # The connection may be older than the server's last restart; the next one is new.
                if not is_away(error) or attempt > 1:
                    raise
        raise DatabaseAway  # Keys do not move that often.

    async def _load(self, link: Link, tenant: UUID, looks: Sequence[AnyLook]) -> Work:
        async with link.transaction(snapshot_of=tenant) as transaction:
            work = Work.open(self._clock(), self._books)
            work.turn_to(tenant, "reader")
            # A book asks a request for its tenant and for what it names, and a look has both.
            await work.find(transaction.conn, looks)  # type: ignore[arg-type]  # As said above.
            work.now = self._clock()
            await work.load(transaction.conn)
            await work[TenantBook].refresh_moved(transaction.conn)
            await work.follow(transaction.conn)
            if work.is_stale:
                raise BeginAgain
            return work


async def _answer_all(waiters: Sequence[Waiter], work: Work) -> None:
    """Looks for everyone who still waits; other tasks have their turn in between, as long as it takes."""
    turn = time.monotonic()
    for waiter in waiters:
        answers: list[object] = []
        for look in _looks(waiter.request):
            if waiter.caller.done():
                break
            answers.append(_answer(look, work))
            if time.monotonic() - turn > _TURN_SECONDS:
                await asyncio.sleep(0)
                turn = time.monotonic()
        if isinstance(waiter.request, Together):
            waiter.answer(answers)
        elif answers and isinstance(answers[0], Exception):
            waiter.refuse(answers[0])
        elif answers:
            waiter.answer(answers[0])


def _looks(asked: AnyLook | Together) -> Sequence[AnyLook]:
    return asked.looks if isinstance(asked, Together) else (asked,)


def _answer(look: AnyLook, work: Work) -> object:
    """The look's answer, or what it raised: one bad look must not hurt its neighbours."""
    try:
        return look.look(work)
    except Exception as error:  # noqa: BLE001  As said.
        if not isinstance(error, AuditError):
            _log.error("look_failed", look=type(look).__name__, exc_info=error)
        return error
