"""
The read path: many looks at one snapshot.

Looks are answered in batches like the journal's, with the same books, but nothing is locked or written: the role may
only read, and row-level security shows it one tenant at a time.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
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
_WEIGHT = 1024


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
        self._link = Link(engine)
        self._books = (lambda work: TenantBook(work, ring), *books)
        self._clock = clock
        self._batch_size = batch_size
        self._waiting: Waiting[AnyLook | Together, Any] = Waiting(queue_size)  # As each look's answer.
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._drain(), name="reader")
        return self

    async def __aexit__(self, *_: object) -> None:
        for pending in self._waiting.empty():
            pending.refuse(JournalClosed())
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._link.close()

    async def read(self, look: Look[T]) -> T:
        """The look's answer.  Raises what the look raises, and JournalUnavailable when the database is away."""
        return cast(T, await self._waiting.put(look, _WEIGHT))

    async def read_together(self, looks: Sequence[AnyLook]) -> Sequence[object]:
        """
        The looks' answers in order, all from one snapshot; where one raised, the error stands in its place.

        They are of one tenant.  Raises JournalUnavailable when the database is away.
        """
        if not looks:
            return ()
        together = Together(looks[0].tenant, tuple(looks))
        return cast(Sequence[object], await self._waiting.put(together, _WEIGHT * len(looks)))

    async def _drain(self) -> None:
        while True:
            by_tenant: dict[UUID, list[Waiter]] = defaultdict(list)
            for waiter in await self._waiting.take(self._batch_size):
                by_tenant[waiter.request.tenant].append(waiter)
            for tenant, waiters in by_tenant.items():
                await self._settle(tenant, waiters)

    async def _settle(self, tenant: UUID, waiters: Sequence[Waiter]) -> None:
        try:
            work = await self._load_fresh(tenant, [look for waiter in waiters for look in _looks(waiter.request)])
        except Exception as error:  # noqa: BLE001  Whatever it is, every caller must hear of it.
            if not is_away(error):
                _log.error("read_failed", exc_info=error)
            for waiter in waiters:
                waiter.refuse(DatabaseAway() if is_away(error) else error)
            return
        for waiter in waiters:
            answers = [_answer(look, work) for look in _looks(waiter.request)]
            if isinstance(waiter.request, Together):
                waiter.answer(answers)
            elif isinstance(answers[0], Exception):
                waiter.refuse(answers[0])
            else:
                waiter.answer(answers[0])
        work.close()

    async def _load_fresh(self, tenant: UUID, looks: Sequence[AnyLook]) -> Work:
        for attempt in range(1, _TRIES + 1):
            try:
                return await self._load(tenant, looks)
            except BeginAgain:
                continue
            except Exception as error:
                # The connection may be older than the server's last restart; the next one is new.
                if not is_away(error) or attempt > 1:
                    raise
        raise DatabaseAway  # Keys do not move that often.

    async def _load(self, tenant: UUID, looks: Sequence[AnyLook]) -> Work:
        async with self._link.transaction(snapshot_of=tenant) as transaction:
            work = Work.open(self._clock(), self._books)
            work.turn_to(tenant, "reader")
            # A book asks a request for its tenant and for what it names, and a look has both.
            await work.find(transaction.conn, looks)  # type: ignore[arg-type]  # As said above.
            work.now = self._clock()
            await work.load(transaction.conn)
            await work[TenantBook].refresh_moved(transaction.conn)
            if work.is_stale:
                raise BeginAgain
            return work


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
