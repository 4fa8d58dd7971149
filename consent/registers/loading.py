"""
A file on its way to being in force: read, judged, staged, swapped in, and what it replaces swept away.

Until the swap, which is one row in the transaction of its entry, every decision sees the load before.  Whatever dies on the way
leaves that in force: the blocks are written in one transaction, and those that no load in force has are swept away by the next
load, or drop, of the tenant.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from audit.entry import Json
from audit.errors import DatabaseAway, Refused
from audit.faults import is_away
from audit.ids import event_id
from audit.journal import Journal
from audit.reader import Snapshots
from audit.tenants import KeyRing
from audit.work import Idempotency, Written
from consent.registers import store
from consent.registers.digests import key_of
from consent.registers.errors import RegisterBusy
from consent.registers.grinding import Grinding, Ground, grinding
from consent.registers.reading import Format
from consent.registers.records import Load, Wanted, load_from, refuse_broken
from consent.registers.requests import DropRegister, LoadRegister, told

_AT_ONCE = 4  # files that one process reads
_STATEMENT = 4 * 1024 * 1024  # bytes of blocks in one statement


class Loader:
    """Loads registers, each tenant one at a time; ``engine`` connects as venia_journal and is nobody else's."""

    def __init__(
        self,
        engine: AsyncEngine,
        journal: Journal,
        snapshots: Snapshots,
        ring: KeyRing,
        clock: Callable[[], datetime],
        folder: Path,
    ) -> None:
        """``folder`` is where digests are put aside while a file is read."""
        self._engine = engine
        self._journal = journal
        self._snapshots = snapshots
        self._ring = ring
        self._clock = clock
        self._folder = folder
        self._reading: set[UUID] = set()  # the tenants of whom this process reads a file

    async def load(
        self,
        wanted: Wanted,
        format: Format,
        parts: AsyncIterator[bytes],
        once: Callable[[bytes], Idempotency | None] = lambda digest: None,
    ) -> Written:
        """
        Has the file be in force, and returns what it had once that is durable.

        ``once`` is told the file's SHA-256.  Raises what `errors` lists, and JournalUnavailable: then what was loaded stays.
        """
        async with (
            self._read(wanted, format, parts) as (under_way, had, load),
            self._alone(wanted.tenant) as conn,
        ):
            request = LoadRegister(wanted.tenant, wanted.actor, wanted, had, load, once(load.file_hash))
            try:
                refuse_broken(wanted, had, await self._former(wanted))
            except Refused:
                return await self._journal.write(request)  # Which refuses it, too, unless it was answered before.
            await self._sweep(conn, wanted.tenant)
            await self._stage(conn, under_way, load)
            try:
                written = await self._journal.write(request)
            except Refused:
                await self._sweep(conn, wanted.tenant)
                raise
            # What was replaced has no use; nor has what was answered before.
            await self._sweep(conn, wanted.tenant)
            return written

    async def try_out(self, wanted: Wanted, format: Format, parts: AsyncIterator[bytes]) -> Mapping[str, Json]:
        """What a load would answer or raise; it loads nothing."""
        async with self._read(wanted, format, parts) as (_, had, load):
            former = await self._former(wanted)
            refuse_broken(wanted, had, former)
            return {**told(load, had, former), "load": None}

    async def drop(self, request: DropRegister) -> Written:
        """Has a register not be loaded any more; its blocks go at once, or with the next load."""
        written = await self._journal.write(request)
        try:
            async with self._alone(request.tenant) as conn:
                await self._sweep(conn, request.tenant)
        except RegisterBusy:
            pass  # Whoever loads another sweeps, too.
        return written

    async def ages(self) -> Mapping[str, float]:
        """Seconds since each register was drawn, the oldest load of any tenant; DatabaseAway."""
        now = self._clock()
        try:
            async with self._engine.connect() as conn:
                rows = await store.everybodys(conn)
        except Exception as error:
            if is_away(error):
                raise DatabaseAway from error
            raise
        oldest: dict[str, float] = {}
        for row in rows:
            age = (now - row.as_of).total_seconds()
            oldest[row.register] = max(age, oldest.get(row.register, age))
        return oldest

    @asynccontextmanager
    async def _read(
        self, wanted: Wanted, format: Format, parts: AsyncIterator[bytes]
    ) -> AsyncIterator[tuple[Grinding, Ground, Load]]:
        now = self._clock()
        wanted.check(now)
        with self._turn(wanted.tenant):
            async with self._mill(wanted, format, parts, now) as read:
                yield read

    @contextmanager
    def _turn(self, tenant: UUID) -> Iterator[None]:
        """One file of a tenant, and a few of all: each is read by a process of its own."""
        if tenant in self._reading or len(self._reading) >= _AT_ONCE:
            raise RegisterBusy
        self._reading.add(tenant)
        try:
            yield
        finally:
            self._reading.discard(tenant)

    @asynccontextmanager
    async def _mill(
        self, wanted: Wanted, format: Format, parts: AsyncIterator[bytes], now: datetime
    ) -> AsyncIterator[tuple[Grinding, Ground, Load]]:
        async with self._snapshots.of(wanted.tenant) as conn:
            keys = await self._ring.current(conn, wanted.tenant)
        load, file = event_id(now), sha256()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        async with grinding(format, key_of(keys.registers, load), self._folder) as under_way:
            async for part in parts:
                file.update(part)
                await under_way.feed(part)
            had = await under_way.finish()
            yield under_way, had, _load(wanted, load, had, file.digest(), now)

    async def _former(self, wanted: Wanted) -> Load | None:
        async with self._snapshots.of(wanted.tenant) as conn:
            for row in await store.load(conn, [wanted.tenant]):
                if row.register == wanted.register:
                    return load_from(row)
        return None

    @asynccontextmanager
    async def _alone(self, tenant: UUID) -> AsyncIterator[AsyncConnection]:
        """The tenant's registers for one session alone; RegisterBusy if somebody has them."""
        try:
            async with self._engine.connect() as conn:
                await _take(conn, tenant)
                try:
                    yield conn
                finally:
                    # A session that ends gives back what it holds, whatever state it is in.
                    await conn.invalidate()
        except Exception as error:
            if is_away(error):
                raise DatabaseAway from error
            raise

    async def _stage(self, conn: AsyncConnection, under_way: Grinding, load: Load) -> None:
        first, pending, size = 0, list[bytes](), 0
        async for block in under_way.blocks(1 << load.bits):
            pending.append(block)
            size += len(block)
            if size >= _STATEMENT:
                await store.stage(conn, load.tenant, load.id, first, pending)
                first, pending, size = first + len(pending), [], 0
        await store.stage(conn, load.tenant, load.id, first, pending)
        await conn.commit()

    async def _sweep(self, conn: AsyncConnection, tenant: UUID) -> None:
        """Deletes the blocks that no load in force has, also of one that somebody still waits to see in force."""
        await store.lock(conn, [tenant])
        left = await store.left(conn, tenant)
        for load in left:
            await store.behead(conn, tenant, load)
        await conn.commit()
        for load in left:
            while await store.sweep(conn, tenant, load):
                await conn.commit()
        await conn.commit()


async def _take(conn: AsyncConnection, tenant: UUID) -> None:
    if not await store.try_alone(conn, tenant):
        raise RegisterBusy
    await conn.commit()


def _load(wanted: Wanted, load: UUID, had: Ground, file_hash: bytes, now: datetime) -> Load:
    return Load(
        tenant=wanted.tenant,
        register=wanted.register,
        id=load,
        lists=wanted.lists,
        country=wanted.country,
        as_of=wanted.as_of,
        numbers=had.numbers,
        bits=had.bits,
        file_hash=file_hash,
        blocks_hash=bytes.fromhex(had.blocks),
        loaded_at=now,
        loaded_by=wanted.actor,
    )
