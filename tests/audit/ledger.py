"""
A journal of a test's own, on a real database: its clock can be moved, its books and its bounds chosen.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TypeVar
from uuid import UUID, uuid4

import asyncpg

from audit.entry import Json
from audit.journal import Journal
from audit.keys import LocalKey
from audit.origins import new_origin
from audit.reader import Snapshots
from audit.tenants import KeyRing, OpenTenant
from audit.verification import Chain, read_chain
from audit.work import Book, Idempotency, Request, Work, Written
from server.db import journal_engine, reader_engine

T = TypeVar("T")

KEK = LocalKey(bytes(range(32)))
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Note:
    """
    The smallest request: it records what it says, and says it again as its answer.
    """

    tenant: UUID
    text: str
    idempotency: Idempotency | None = None
    actor: str = "test"

    def apply(self, work: Work) -> Mapping[str, Json]:
        work.record("note.taken", {"text": self.text})
        return {"text": self.text}


def key_for(key: str, asked: str = "") -> Idempotency:
    """
    An idempotency key, and what was asked under it.
    """
    return Idempotency(key, sha256((asked or key).encode()).digest())


class Clock:
    """
    A clock that a test moves, forwards and backwards.
    """

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@dataclass(frozen=True, slots=True)
class Ledger:
    """
    A running journal, the tenant it was opened with, and eyes that do not depend on it.
    """

    url: str
    journal: Journal
    snapshots: Snapshots
    tenant: UUID
    batches: list[int]

    def note(self, text: str, key: Idempotency | None = None) -> Note:
        """
        A request of the first tenant.
        """
        return Note(self.tenant, text, key)

    async def write(self, request: Request) -> Written:
        """
        Writes one request.
        """
        return await self.journal.write(request)

    async def write_all(self, requests: Sequence[Request]) -> list[Written | BaseException]:
        """
        Writes all at once, so that they are one batch; errors are returned in their places.
        """
        return await asyncio.gather(*map(self.journal.write, requests), return_exceptions=True)

    async def begun(self) -> None:
        """
        Returns once every request so far is under way.
        """
        await asyncio.sleep(0)  # What was handed to the loop before has its turn first.
        while self.journal.waiting:  # noqa: ASYNC110  The journal tells nobody when it takes a batch.
            await asyncio.sleep(0.001)

    async def chain(self, tenant: UUID | None = None) -> Chain:
        """
        A tenant's log, verified.
        """
        return await read_chain(self.snapshots, tenant or self.tenant)

    async def texts(self, tenant: UUID | None = None) -> list[Json]:
        """
        What a tenant's notes say, in the order of its verified log.
        """
        chain = await self.chain(tenant)
        return [entry.payload["text"] for entry in chain.entries if entry.payload["event"] == "note.taken"]


@asynccontextmanager
async def ledger(
    url: str,
    *,
    tenant: UUID | None = None,
    seen: str | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    books: Sequence[Callable[[Work], Book]] = (),
    queue_size: int = 8192,
    batch_size: int = 1024,
) -> AsyncIterator[Ledger]:
    """
    Runs a journal; opens a tenant unless one is given.  ``seen`` is where the test looks, when the journal's way is cut.
    """
    writer, readers = journal_engine(url), reader_engine(seen or url)
    batches: list[int] = []
    journal = Journal(
        writer,
        books=books,
        ring=KeyRing(KEK),
        clock=clock,
        queue_size=queue_size,
        batch_size=batch_size,
        observe=lambda size, seconds: batches.append(size),
    )
    known = tenant or uuid4()
    try:
        async with journal:
            if tenant is None:
                await journal.write(OpenTenant(known, "Test", new_origin("venia.test"), "test"))
                batches.clear()
            yield Ledger(url, journal, Snapshots(readers), known, batches)
    finally:
        await writer.dispose()
        await readers.dispose()


def on(scene: Callable[[Ledger], Awaitable[T]], url: str, **options) -> T:
    """
    Plays a scene with a journal on this database.
    """

    async def play() -> T:
        async with ledger(url, **options) as running:
            return await scene(running)

    return asyncio.run(play())


@asynccontextmanager
async def held(log: Ledger) -> AsyncIterator[asyncpg.Connection]:
    """
    Keeps a log's head locked, so that the batch under way stays under way.
    """
    conn = await asyncpg.connect(log.url)
    try:
        await conn.execute("BEGIN")
        await conn.execute("SELECT 1 FROM log_heads WHERE tenant_id = $1 FOR UPDATE", log.tenant)
        yield conn
    finally:
        conn.terminate()  # Whatever became of the server meanwhile: the lock ends with the session.
