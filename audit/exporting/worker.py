"""
Whoever makes the exports that wait, and removes their files when their time is over.

Any number of workers may run: an export is made under a lock of its own, which ends with the worker's session.  What a
killed worker left half made is therefore taken up by the next one, from the beginning.
"""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from audit.errors import AuditError, DatabaseAway
from audit.exporting import store
from audit.exporting.archive import Draft, remove_drafts
from audit.exporting.errors import ExportUnknown
from audit.exporting.making import Maker
from audit.exporting.records import READY, Export
from audit.faults import committed, in_words
from audit.origins import incarnation_of

_TRY_LOCK = text("SELECT pg_try_advisory_lock(:key)")
_UNLOCK = text("SELECT pg_advisory_unlock(:key)")
_TELL_EVERY = 1.0  # seconds
_ENDINGS = {"bundle": "zip", "csv": "csv", "ndjson": "ndjson", "pdf": "pdf", "access": "zip"}

P = ParamSpec("P")
T = TypeVar("T")
_log = structlog.get_logger("exports")


@dataclass(frozen=True, slots=True)
class Held:
    """An export's lock, and the session that holds it."""

    conn: AsyncConnection
    tenant: UUID
    export: UUID


class Exporter:
    """Makes exports of every tenant of one database."""

    def __init__(self, engine: AsyncEngine, maker: Maker, *, folder: Path, kept: timedelta) -> None:
        """``engine`` connects as venia_checkpointer; a file stays in ``folder`` for as long as ``kept``."""
        self._engine = engine
        self._maker = maker
        self._folder = folder
        self._kept = kept
        self._looked: dict[UUID, tuple[int, int]] = {}

    async def run_waiting(self, now: datetime) -> int:
        """
        Makes every export that waits, one after the other, and removes files whose time is over; how many it made.

        One that fails says why and keeps no other from being made.  Raises DatabaseAway; what was under way then waits.
        """
        since = time.monotonic()
        await self._tidy(now)
        made = 0
        for waiting in await self._ask(store.waiting):
            async with self.hold(waiting.tenant, waiting.id) as held:
                if held is None:
                    continue
                moment = now + timedelta(seconds=time.monotonic() - since)
                made += await self._make(held, moment, _unwatched) is not None
        return made

    async def make(self, held: Held, now: datetime, watch: Callable[[int, int], None]) -> Export:
        """Makes one export, whose lock the caller holds; it is ready or failed then.  ExportUnknown if it is neither."""
        made = await self._make(held, now, watch)
        if made is None:
            raise ExportUnknown
        return made

    @asynccontextmanager
    async def hold(self, tenant: UUID, export: UUID) -> AsyncIterator[Held | None]:
        """The lock of an export, which need not have been asked for yet; None when somebody else makes it."""
        key = int.from_bytes(export.bytes[:8], signed=True)
        conn = await self._connect()
        try:
            got = await in_words(conn.scalar(_TRY_LOCK, {"key": key}))
            await in_words(conn.commit())
            try:
                yield Held(conn, tenant, export) if got else None
            finally:
                if got:
                    with suppress(Exception):  # Whatever became of the session, the lock ends with it.
                        await conn.rollback()
                        await conn.execute(_UNLOCK, {"key": key})
                        await conn.commit()
        finally:
            with suppress(Exception):  # As above.
                await conn.close()

    def place(self, export: Export) -> Path:
        """Where an export's file is."""
        return self._folder / file_name(export)

    async def _make(self, held: Held, now: datetime, watch: Callable[[int, int], None]) -> Export | None:
        """None when it is made already, or nobody asked for it."""
        conn, since = held.conn, time.monotonic()
        export = await committed(conn, store.take(conn, held.tenant, held.export))
        if export is None:
            return None
        place = self.place(export)
        remove_drafts(place)  # Its lock is ours, so nobody else is writing.
        told = since

        async def tell(done: int, total: int) -> None:
            nonlocal told
            watch(done, total)
            if time.monotonic() - told >= _TELL_EVERY:
                told = time.monotonic()
                await committed(conn, store.tell_progress(conn, export, done, total))

        try:
            with Draft(place) as draft:
                made = await self._maker.make(export, draft, tell)
        except DatabaseAway:
            raise
        except Exception as error:  # noqa: BLE001  Whatever it is, whoever asked must hear of it.
            return await committed(conn, store.fail(conn, export, _sentence(export, error)))
        moment = now + timedelta(seconds=time.monotonic() - since)
        done = {
            "file": place.name,
            "bytes": made.file.size,
            "digest": made.file.digest,
            "total": made.total,
            "detail": made.remark,
            "now": moment,
            "expires_at": moment + self._kept,
        }
        return await committed(conn, store.finish(conn, export, done))

    async def _tidy(self, now: datetime) -> None:
        """Removes files whose time is over, and withdraws those that disclose somebody who was erased."""
        for export in await self._ask(store.stored, now):
            if export.state == READY and (export.expires_at is None or export.expires_at > now):
                if not await self._ask(self._is_outdated, export):
                    continue
                await self._ask(store.withdraw, export)
            self._looked.pop(export.id, None)
            self.place(export).unlink(missing_ok=True)
            await self._ask(store.forget_file, export)

    async def _is_outdated(self, conn: AsyncConnection, export: Export) -> bool:
        """Looks only at what was recorded since it last looked."""
        ends = await store.read_ends(conn, {export.tenant})
        outdated = await store.is_outdated(conn, export, self._looked.get(export.id))
        if export.tenant in ends:
            end = ends[export.tenant]
            self._looked[export.id] = (incarnation_of(end.origin), end.size - 1)
        return outdated

    async def _ask(
        self, ask: Callable[Concatenate[AsyncConnection, P], Awaitable[T]], *about: P.args, **named: P.kwargs
    ) -> T:
        conn = await self._connect()
        try:
            return await committed(conn, ask(conn, *about, **named))
        finally:
            with suppress(Exception):  # What was asked is answered, whatever becomes of the session.
                await conn.close()

    async def _connect(self) -> AsyncConnection:
        return await in_words(self._engine.connect())


def file_name(export: Export) -> str:
    """The name of an export's file, without its folder."""
    return f"{export.id}.{_ENDINGS[export.format]}"


def _sentence(export: Export, error: Exception) -> str:
    """Why it failed, for whoever asked for it."""
    if isinstance(error, AuditError):
        _log.error("export_failed", tenant=str(export.tenant), export=str(export.id), reason=str(error))
        return str(error)
    _log.error("export_failed", tenant=str(export.tenant), export=str(export.id), exc_info=error)
    if isinstance(error, OSError) and error.strerror:
        return f"The file could not be written: {error.strerror}."
    return "It could not be made by a fault of ours; the service's log tells more."


def _unwatched(done: int, total: int) -> None:
    """Nobody looks on."""
