"""
Feeding a mill that runs in a process of its own: reading millions of lines must not keep anybody's decision waiting.
"""

import asyncio
import base64
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from consent.registers.errors import RegisterBroken, RegisterColumnUnknown, RegisterNotText
from consent.registers.mill import FRAME
from consent.registers.reading import Format

_PIECE = 256 * 1024
# A pipe whose reader is gone; uvloop has an error of its own for one that it has closed.
_GONE = (ConnectionError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a file had: its lines, those that are no numbers, and the numbers, each once."""

    lines: int
    unreadable: int
    at: tuple[int, ...]
    numbers: int
    duplicates: int
    bits: int
    blocks: str  # SHA-256 of the blocks


class Grinding:
    """One file under way."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("The mill was started without pipes.")
        self._source, self._sink = process.stdin, process.stdout

    async def feed(self, chunk: bytes) -> None:
        """Hands on some of the file, no faster than it is worked on; what a mill that has refused it gets is nothing."""
        for start in range(0, len(chunk), _PIECE):
            piece = chunk[start : start + _PIECE]
            with suppress(*_GONE):  # It says why when it is asked what it found.
                self._source.write(len(piece).to_bytes(FRAME) + piece)
                await self._source.drain()

    async def finish(self) -> Ground:
        """What the file had.  Raises RegisterNotText, RegisterColumnUnknown and RegisterBroken."""
        with suppress(*_GONE):
            self._source.write(bytes(FRAME))
            await self._source.drain()
        line = await self._sink.readline()
        if not line.endswith(b"\n"):
            raise RegisterBroken("the process that reads it has died")
        told: dict[str, Any] = orjson.loads(line)  # Any: JSON.
        match told.get("refused"):
            case None:
                return Ground(**{**told, "at": tuple(told["at"])})
            case "not_text":
                raise RegisterNotText(told["kind"])
            case "column":
                raise RegisterColumnUnknown
            case _:
                raise RegisterBroken(f"reading it failed ({told['kind']})")

    async def blocks(self, number: int) -> AsyncIterator[bytes]:
        """The blocks of all buckets, of which there are so many, in order.  Raises RegisterBroken."""
        try:
            self._source.write(b"+")
            await self._source.drain()
            for _ in range(number):
                length = int.from_bytes(await self._sink.readexactly(FRAME))
                yield await self._sink.readexactly(length)
        except (*_GONE, asyncio.IncompleteReadError):
            raise RegisterBroken("the process that reads it has died") from None


@asynccontextmanager
async def grinding(format: Format, key: bytes, folder: Path) -> AsyncIterator[Grinding]:
    """A mill for one file, which puts digests aside in ``folder``; it ends with the block, or with this process."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "consent.registers.mill"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # Nothing of a file may come into a log.
        limit=4 * _PIECE,
        env={"PYTHONPATH": ":".join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"},
    )
    try:
        under_way = Grinding(process)
        asked = {"format": format.to_json(), "key": base64.b64encode(key).decode(), "folder": str(folder)}
        await under_way.feed(orjson.dumps(asked))
        yield under_way
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
