"""
Taking a file in as it comes: records, groups, and one request of the journal for each.

The next group is read while the last one is being written.  Rows that were recorded before are read over: the hash over
them says whether they are the same.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeAlias
from uuid import UUID

import structlog

from audit.errors import JournalClosed, JournalUnavailable, OutcomeUnknown
from audit.journal import Journal
from audit.reader import Reader
from audit.work import Idempotency, Written
from consent.errors import ConsentError
from consent.imports.edge import Read, Reading, Source, Wrong
from consent.imports.errors import FileDiffers, ImportInterrupted
from consent.imports.options import CSV, Options
from consent.imports.records import Objects, Record, Rows
from consent.imports.requests import DONE, BeginImport, Come, FindImport, FinishImport, ImportRows

AT_ONCE = 500  # rows in one transaction: others wait for as long as it takes
_BREATH = 64  # rows that are read before others have their turn
_WEIGHT = 1024  # of a row
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_FAULT = "It could not be recorded by a fault of ours; the service's log tells more."

Watch: TypeAlias = Callable[[int, int], None]
"""Told of rows that have their verdict, and of bytes that were read."""

_log = structlog.get_logger("imports")


@dataclass(frozen=True, slots=True)
class Group:
    """Some rows of a file that follow each other, with the hash before them, and the one behind each."""

    first: int
    before: bytes
    rows: tuple[Read, ...]
    after: tuple[bytes, ...]


@dataclass(slots=True)
class Taken:
    """A file that is being read: its records, and a hash over all that came by."""

    options: Options
    source: Source
    size: int = 0  # bytes
    rows: int = 0
    digest: bytes = b""
    _reading: Reading = field(init=False)
    _records: Rows | Objects = field(init=False)
    _is_headed: bool = False

    def __post_init__(self) -> None:
        """Raises OptionWrong."""
        self._reading = Reading(self.options, self.source)
        self._records = Rows() if self.options.format == CSV else Objects()

    def feed(self, chunk: bytes) -> list[Record]:
        """The records that are whole by now; FileUnreadable or ColumnUnknown before there are any."""
        self.size += len(chunk)
        return self._headed(self._records.feed(chunk))

    def end(self) -> list[Record]:
        """The last ones."""
        return self._headed(self._records.end())

    def _headed(self, records: list[Record]) -> list[Record]:
        if not self._is_headed and isinstance(self._records, Rows) and self._records.columns is not None:
            self._reading.head(self._records.columns)
            self._is_headed = True
            self.digest = sha256(repr((self.options.to_text(), self._records.columns)).encode()).digest()
        elif not self._is_headed and isinstance(self._records, Objects):
            self._is_headed = True
            self.digest = sha256(self.options.to_text().encode()).digest()
        return records

    def pass_over(self, record: Record) -> None:
        """Notes that a record came by."""
        self.rows = record.row
        self.digest = sha256(self.digest + record.raw).digest()

    def read(self, record: Record) -> Read:
        """The record as a row."""
        return self._reading.read(record)


class Importing:
    """One sender's work on an import."""

    def __init__(
        self,
        journal: Journal,
        taken: Taken,
        begin: Callable[[bytes], Awaitable[Come]],
        *,
        watch: Watch = lambda rows, size: None,
        patience: float | None = 30.0,
        away: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        """
        ``begin`` is called once the file is known to be one, with the hash of how it is read.

        ``patience`` is for how many seconds the database may be away (None: for ever), of which ``away`` is told.
        """
        self._journal = journal
        self._taken = taken
        self._begin = begin
        self._watch = watch
        self._patience = patience
        self._away = away
        self._come: Come | None = None
        self._writing: asyncio.Task[None] | None = None
        self._waiting: list[tuple[Read, bytes]] = []
        self._before = b""

    async def run(self, chunks: AsyncIterator[bytes]) -> Written:
        """
        Takes all of the file in and ends the import; the answer is how often each verdict was given.

        Raises an ImportRefused, JournalUnavailable, or what ``chunks`` raises; what was recorded by then stays.
        """
        try:
            async for chunk in chunks:
                await self._take(self._taken.feed(chunk))
            await self._take(self._taken.end())
            await self._flush()
        except BaseException:
            if self._writing is not None:  # What is under way is let finish: nobody knows how far it has come.
                await asyncio.wait([self._writing])
            raise
        await self._settle()
        come = await self._started()
        wanted = FinishImport(
            come.import_.tenant, self._taken.source.actor, come.import_.id, self._taken.rows, self._taken.digest
        )
        return await self._patiently(wanted, _WEIGHT)

    async def _started(self) -> Come:
        if self._come is None:
            self._come = await self._begin(self._taken.digest)
            if self._come.import_.rows == 0 and not self._come.is_at(0, self._taken.digest):
                raise FileDiffers(0)
            self._before = self._taken.digest
        return self._come

    async def _take(self, records: Sequence[Record]) -> None:
        for number, record in enumerate(records):
            come = await self._started() if self._come is None else self._come
            done = come.import_.rows
            self._taken.pass_over(record)
            if record.row < done:
                continue
            if record.row == done:
                if not come.is_at(done, self._taken.digest):
                    raise FileDiffers(done)
                self._before = self._taken.digest
                self._watch(done, self._taken.size)
                continue
            if come.import_.state == DONE:
                raise FileDiffers(done)
            self._waiting.append((self._taken.read(record), self._taken.digest))
            if len(self._waiting) >= AT_ONCE:
                await self._flush()
            if number % _BREATH == _BREATH - 1:
                await asyncio.sleep(0)

    async def _flush(self) -> None:
        """Has what was read be written, once what was read before it is."""
        if not self._waiting:
            return
        (rows, after), self._waiting = zip(*self._waiting, strict=True), []
        group = Group(rows[0].row, self._before, rows, after)
        self._before, size = after[-1], self._taken.size
        await self._settle()
        self._writing = asyncio.create_task(self._write(group, size), name="import-rows")

    async def _settle(self) -> None:
        """Waits for what is under way; raises what became of it."""
        if self._writing is not None:
            writing, self._writing = self._writing, None
            await writing

    async def _write(self, group: Group, size: int) -> None:
        come = await self._started()
        wanted = ImportRows(
            come.import_.tenant,
            self._taken.source.actor,
            come.import_.id,
            group.first,
            group.before,
            group.rows,
            group.after,
        )
        await self._record(wanted)
        self._watch(group.first + len(group.rows) - 1, size)

    async def _record(self, wanted: ImportRows) -> None:
        """Records rows together, or, where that fails, in halves: one bad row fails alone."""
        try:
            await self._patiently(wanted, _WEIGHT * len(wanted.rows))
        except (ConsentError, JournalUnavailable):
            raise
        except Exception as error:
            if len(wanted.rows) > 1:
                for half in _halves(wanted):
                    await self._record(half)
                return
            (row,) = wanted.rows
            if isinstance(row, Wrong):
                raise
            _log.error("import_row_failed", row=row.row, exc_info=error)
            await self._record(replace(wanted, rows=(Wrong(row.row, row.line, None, _FAULT),)))

    async def _patiently(self, wanted: ImportRows | FinishImport, weight: int) -> Written:
        """Writes it as soon as the database is there; a commit in doubt is asked for again, which does no harm."""
        loop, pause = asyncio.get_running_loop(), _FIRST_PAUSE
        begun = loop.time()
        while True:
            try:
                return await self._journal.write(wanted, weight=weight)
            except JournalClosed:
                raise
            except (JournalUnavailable, OutcomeUnknown) as error:
                away = loop.time() - begun
                if self._patience is not None and away > self._patience:
                    raise ImportInterrupted(self._taken.rows) from error
                self._away(away)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)


def _halves(wanted: ImportRows) -> Sequence[ImportRows]:
    """The same rows in two requests."""
    middle = len(wanted.rows) // 2
    return (
        replace(wanted, rows=wanted.rows[:middle], after=wanted.after[:middle]),
        replace(
            wanted,
            first=wanted.first + middle,
            before=wanted.after[middle - 1],
            rows=wanted.rows[middle:],
            after=wanted.after[middle:],
        ),
    )


async def begun(journal: Journal, reader: Reader, wanted: BeginImport) -> Come:
    """The import of this key, begun now or before, and how far it has come."""
    written = await journal.write(wanted)
    return await reader.read(FindImport(wanted.tenant, UUID(str(written.answer["id"]))))


def bound(once: Idempotency, options: Options) -> Idempotency:
    """The key, bound to what was asked and to how the file is to be read."""
    return Idempotency(once.key, sha256(once.digest + options.to_text().encode()).digest())
