"""
Lines in and answers out, of any length: newline-delimited JSON read as it comes, and a pipe that never deadlocks.
"""

import asyncio
import tempfile
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import IO

LONGEST_LINE = 64 * 1024
_IN_MEMORY = 1024 * 1024
_ON_DISK = 4 * 1024**3
_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Line:
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
    A pipe between whoever answers and whoever reads the answers.

    Many clients send all they have before they read anything, so that answers must wait somewhere: about a mebibyte in
    memory, and beyond that in a file without a name, up to 4 GiB.  Only then whoever answers has to wait.
    """

    def __init__(self, in_memory: int = _IN_MEMORY, on_disk: int = _ON_DISK) -> None:
        self._in_memory, self._on_disk = in_memory, on_disk
        self._pieces: deque[bytes] = deque()
        self._held = 0  # bytes in memory
        self._file: IO[bytes] | None = None
        self._written = self._read = 0  # bytes of the file
        self._closed = False
        self._error: BaseException | None = None
        self._changed = asyncio.Condition()

    async def write(self, piece: bytes) -> None:
        """Adds a piece; waits only when all the room is taken."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._written - self._read < self._on_disk)
            # Once some lie on disk, later ones must follow them there, or they would overtake.
            if self._file is None and self._held + len(piece) <= self._in_memory:
                self._pieces.append(piece)
                self._held += len(piece)
            else:
                self._to_disk(piece)
            self._changed.notify_all()

    def _to_disk(self, piece: bytes) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  It lives as long as the pipe.
        self._file.seek(self._written)
        self._file.write(piece)
        self._written += len(piece)

    async def close(self, error: BaseException | None = None) -> None:
        """Says that no more will come; an error reaches the reader after what came before it."""
        async with self._changed:
            self._closed, self._error = True, error
            self._changed.notify_all()

    def drop(self) -> None:
        """Lets go of everything: nobody reads any more."""
        self._pieces.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    async def pieces(self) -> AsyncIterator[bytes]:
        """Everything that was written, in order, until the pipe is closed."""
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: self._pieces or self._file is not None or self._closed)
                piece = self._next()
                self._changed.notify_all()
            if piece is None:
                if self._error is not None:
                    raise self._error
                return
            yield piece

    def _next(self) -> bytes | None:
        if self._pieces:
            piece = self._pieces.popleft()
            self._held -= len(piece)
            return piece
        if self._file is None:
            return None
        self._file.seek(self._read)
        piece = self._file.read(_PIECE)
        self._read += len(piece)
        if self._read == self._written:  # Caught up: what comes next fits into memory again.
            self._file.close()
            self._file, self._written, self._read = None, 0, 0
        return piece
