"""
The write path: every change, and its entry, in one commit.

``write`` queues a request; one task takes everything queued, runs it as one transaction and answers the callers only
after COMMIT.  What was answered survives the death of this process and of the database.  What was not answered may
have been recorded: repeating it under the same idempotency key gives its answer.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Self, TypeAlias
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from audit import store
from audit.batch import Batch, carry_out
from audit.errors import AuditError, DatabaseAway, JournalClosed, OutcomeUnknown, Refused
from audit.faults import is_away, is_collision
from audit.link import BeginAgain, Link
from audit.queue import Pending, Waiting
from audit.tenants import KeyRing, TenantBook
from audit.work import Book, Request, Work, Written

Waiter: TypeAlias = Pending[Request, Written]

_TRIES = 8
_LOOK_UP_SECONDS = 20.0
_log = structlog.get_logger("journal")


class _InDoubt(Exception):
    """The connection broke during COMMIT; carries what to look for."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch


class Journal:
    """The only writer.  Any number of journals, in any number of processes, may share one database."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        books: Sequence[Callable[[Work], Book]],
        ring: KeyRing,
        clock: Callable[[], datetime],
        queue_size: int = 8192,
        batch_size: int = 1024,
        observe: Callable[[int, float], None] = lambda size, seconds: None,
        announce: Callable[[Collection[UUID]], None] = lambda tenants: None,
    ) -> None:
        """
        ``engine`` connects as venia_journal; ``observe`` is told each batch's size and its seconds.

        ``announce`` is told, once they are durable, whose logs have new entries; it MUST return at once.
        """
        self._link = Link(engine)
        self._books = (lambda work: TenantBook(work, ring), *books)
        self._clock = clock
        self._batch_size = batch_size
        self._observe = observe
        self._announce = announce
        self._waiting: Waiting[Request, Written] = Waiting(queue_size)
        self._busy = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._drain(), name="journal")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stops accepting, lets the batch under way finish, and refuses what still waits."""
        self._closed = True
        for pending in self._waiting.empty():
            pending.refuse(JournalClosed())
        if self._task is not None:
            async with self._busy:
                self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._link.close()

    @property
    def waiting(self) -> int:
        """How many requests wait for the next batch."""
        return len(self._waiting)

    async def write(self, request: Request, *, weight: int = 1024) -> Written:
        """
        Records the request and returns its answer once the commit is durable.

        ``weight`` is the request's size in bytes, to bound a batch.  Raises Refused (nothing recorded, do not repeat),
        JournalUnavailable (nothing recorded, repeat later) or OutcomeUnknown (repeat under the same key).
        """
        if self._closed:
            raise JournalClosed
        return await self._waiting.put(request, weight)

    async def _drain(self) -> None:
        while True:
            batch = await self._waiting.take(self._batch_size)
            async with self._busy:
                started = time.perf_counter()
                await self._settle(batch)
                self._observe(len(batch), time.perf_counter() - started)

    async def _settle(self, waiters: Sequence[Waiter]) -> None:
        """Runs a batch to its end; MUST leave no caller without an answer or an error."""
        try:
            batch = await self._run([waiter.request for waiter in waiters])
        except Exception as error:  # noqa: BLE001  Whatever it is, every caller must hear of it.
            await self._fail(waiters, error)
            return
        for waiter, verdict in zip(waiters, batch.verdicts, strict=True):
            result = verdict.result()
            if isinstance(result, Refused):
                waiter.refuse(result)
            else:
                waiter.answer(result)
        self._announce({tenant for tenant, _ in batch.events})

    async def _fail(self, waiters: Sequence[Waiter], error: Exception) -> None:
        if is_away(error):
            _log.warning("database_away", requests=len(waiters), error=type(error).__name__)
            error = DatabaseAway()
        elif isinstance(error, OutcomeUnknown):
            _log.error("outcome_unknown", requests=len(waiters))
        elif len(waiters) > 1:
            _log.warning("batch_split", requests=len(waiters), error=type(error).__name__)
            for waiter in waiters:  # Alone, a bad request fails alone.
                await self._settle([waiter])
            return
        elif not isinstance(error, AuditError):
            _log.error("request_failed", request=type(waiters[0].request).__name__, exc_info=error)
        for waiter in waiters:
            waiter.refuse(error)

    async def _run(self, requests: Sequence[Request]) -> Batch:
        """One transaction; again after a stale connection or, for a single request, after a collision."""
        for attempt in range(1, _TRIES + 1):
            try:
                return await self._transact(requests)
            except BeginAgain:
                continue
            except _InDoubt as doubt:
                if await self._is_recorded(doubt.batch):
                    return doubt.batch
            except Exception as error:
                if is_away(error) and attempt == 1:
                    continue  # The connection may be older than the server's last restart; the next one is new.
                if not is_collision(error) or len(requests) > 1 or attempt == _TRIES:
                    raise
        raise OutcomeUnknown

    async def _transact(self, requests: Sequence[Request]) -> Batch:
        async with self._link.transaction() as transaction:
            batch = await carry_out(transaction.conn, requests, books=self._books, clock=self._clock)
            try:
                await transaction.commit()
            except Exception as error:
                if is_away(error) and batch.events:
                    raise _InDoubt(batch) from error
                raise
        return batch

    async def _is_recorded(self, batch: Batch) -> bool:
        """
        Whether the transaction in doubt is in the log.

        Locks the heads first: the broken transaction held them, so having them means that it has ended.
        """
        deadline = time.monotonic() + _LOOK_UP_SECONDS
        while time.monotonic() < deadline:
            try:
                async with self._link.transaction() as transaction:
                    await store.lock_heads(transaction.conn, {tenant for tenant, _ in batch.events})
                    return bool(await store.find_events(transaction.conn, batch.events))
            except Exception as error:
                if not (is_away(error) or is_collision(error)):
                    raise
                await asyncio.sleep(0.2)
        raise OutcomeUnknown
