"""
Lines in and answers out, of any length: newline-delimited JSON read as it comes, and a pipe that never deadlocks.
"""

import asyncio
import os
import tempfile
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

LONGEST_LINE = 64 * 1024
_IN_MEMORY = 1024 * 1024
_ON_DISK = 1024**3
_PIECE = 256 * 1024

T = TypeVar("T")


class Line(NamedTuple):
    """One line that is not blank, counted from 1; ``text`` is None when it is longer than a line may be."""

    number: int
    text: bytes | None


async def groups_of_lines(chunks: AsyncIterator[bytes], most: int) -> AsyncIterator[list[Line]]:
    """
    The lines of a stream in groups of at most ``most``: what has arrived is not held back for what has not.

    Lines end with LF or CRLF, the last one perhaps with nothing; blank ones are counted and left out.  Of a line that
    is too long no more than its beginning is ever held.
    """
    rest, number, too_long = b"", 0, False
    async for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        group: list[Line] = []
        for text in whole:
            number += 1
            if too_long or len(text) > LONGEST_LINE:
                group.append(Line(number, None))
            elif text.strip():
                group.append(Line(number, text))
            too_long = False
            if len(group) >= most:
                yield group
                group = []
        if group:
            yield group
        if len(rest) > LONGEST_LINE:
            rest, too_long = b"", True
    if too_long or rest.strip():
        yield [Line(number + 1, None if too_long else rest)]


class Spool:
    """
    A pipe between one who answers and one who reads the answers.

    Many clients send all they have before they read anything, so that answers must wait somewhere: about a mebibyte in
    memory, and beyond that in a file without a name in ``folder``, up to 1 GiB.  Only then, or when the disk is full,
    whoever answers has to wait until what lies there was read.
    """

    def __init__(self, folder: Path, in_memory: int = _IN_MEMORY, on_disk: int = _ON_DISK) -> None:
        self._folder = folder
        self._in_memory, self._on_disk = in_memory, on_disk
        self._pieces: deque[bytes] = deque()
        self._held = 0  # bytes in memory, which come before those on disk
        self._file: IO[bytes] | None = None
        self._start = self._end = 0  # of what lies in the file and was not read yet
        self._disk_is_full = False
        self._closed = False
        self._error: BaseException | None = None
        self._more = asyncio.Event()  # for the reader; each of the two clears only what it waits for itself
        self._room = asyncio.Event()  # for the writer
        self._jobs: set[asyncio.Future[Any]] = set()  # Each job has its own type of result.

    async def write(self, piece: bytes) -> None:
        """Adds a piece; waits only when all the room is taken."""
        while True:
            self._room.clear()
            if self._keep(piece) or await self._put_aside(piece):
                break
            await self._room.wait()
        self._more.set()

    def close(self, error: BaseException | None = None) -> None:
        """Says that no more will come; an error reaches the reader after what came before it."""
        self._closed, self._error = True, error
        self._more.set()

    async def pieces(self) -> AsyncIterator[bytes]:
        """Everything that was written, in order, until the pipe is closed."""
        while True:
            self._more.clear()
            if piece := self._take() or await self._read_back():
                self._room.set()
                yield piece
            elif not self._closed:
                await self._more.wait()
            elif self._error is not None:
                raise self._error
            else:
                return

    async def drop(self) -> None:
        """Lets go of everything: nobody reads any more."""
        if self._jobs:
            await asyncio.wait(self._jobs)
        self._pieces.clear()
        if self._file is not None:
            self._file.close()

    def _keep(self, piece: bytes) -> bool:
        # Once some lie on disk, later ones must follow them there, or they would overtake.
        if self._start < self._end or (self._pieces and self._held + len(piece) > self._in_memory):
            return False
        self._pieces.append(piece)
        self._held += len(piece)
        return True

    def _take(self) -> bytes | None:
        if not self._pieces:
            return None
        piece = self._pieces.popleft()
        self._held -= len(piece)
        return piece

    async def _put_aside(self, piece: bytes) -> bool:
        if self._start == self._end:
            self._start, self._end, self._disk_is_full = 0, 0, False
        if self._disk_is_full or self._end + len(piece) > self._on_disk:
            return False
        try:
            await self._in_thread(self._write_at, self._end, piece)
        except OSError:  # No room, or no folder: answers wait in memory, and the client has to read them.
            self._disk_is_full = True
            return False
        self._end += len(piece)
        return True

    def _write_at(self, place: int, piece: bytes) -> None:
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115  As long as the pipe.
        if place == 0:
            self._file.truncate(0)
        left = memoryview(piece)
        while left:
            written = os.pwrite(self._file.fileno(), left, place)
            left, place = left[written:], place + written

    async def _read_back(self) -> bytes | None:
        if self._start == self._end:
            return None
        piece = await self._in_thread(self._read_at, self._start, min(_PIECE, self._end - self._start))
        self._start += len(piece)
        return piece

    def _read_at(self, place: int, size: int) -> bytes:
        if self._file is None:
            raise RuntimeError("What was put aside has a file.")
        return os.pread(self._file.fileno(), size, place)

    async def _in_thread(self, work: Callable[..., T], *given: object) -> T:
        """The disk may be slow, and nobody else waits for it; a cancelled job still has the file to itself."""
        job = asyncio.ensure_future(asyncio.to_thread(work, *given))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        return await asyncio.shield(job)


async def spooled(pieces: AsyncIterator[bytes], folder: Path) -> AsyncGenerator[bytes, None]:
    """The same pieces, made as fast as they can be, whoever reads them how slowly; what they break on reaches the reader."""
    spool = Spool(folder)

    async def pump() -> None:
        try:
            async for piece in pieces:
                await spool.write(piece)
        except Exception as error:  # noqa: BLE001  It is raised again where the pieces are read.
            spool.close(error)
        else:
            spool.close()

    task = asyncio.create_task(pump(), name="spool")
    try:
        async for piece in spool.pieces():
            yield piece
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await spool.drop()
