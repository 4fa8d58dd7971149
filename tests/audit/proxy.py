"""
A way to PostgreSQL that breaks where a test wants it to.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit, urlunsplit

COMMIT = b"COMMIT\0"  # As a statement of its own, not as an isolation level.


class Cut(Enum):
    """
    Where the connection breaks.
    """

    BEFORE = "COMMIT never arrives"
    SENT = "COMMIT is sent, and the connection is gone at once"
    AFTER = "COMMIT is carried out, and its answer never arrives"


class Proxy:
    """
    Passes bytes on, until a COMMIT comes along while it is armed.
    """

    def __init__(self, host: str, port: int) -> None:
        self.cuts = 0
        self._target = (host, port)
        self._armed: list[Cut] = []
        self._goes_away = self._is_away = False
        self._connections: set[asyncio.Task[None]] = set()

    def arm(self, *cuts: Cut, stays_away: bool = False) -> None:
        """
        Breaks at the next COMMITs, one after the other; at the last it may stay away until :meth:`come_back`.
        """
        self._armed, self._goes_away = list(cuts), stays_away

    def come_back(self) -> None:
        """
        Lets everyone in again.
        """
        self._is_away = False

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """
        One connection, until one of its ends or the test ends it.
        """
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        with suppress(asyncio.CancelledError, OSError):
            if not self._is_away:
                await self._connect(reader, writer)
        writer.transport.abort()
        self._connections.discard(task)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection(*self._target)
        answer = _Answer()
        ways = [
            asyncio.create_task(self._up(reader, server_writer, answer)),
            asyncio.create_task(_down(server_reader, writer, answer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            server_writer.close()  # What was written before still goes out.

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: "_Answer") -> None:
        while data := await reader.read(65536):
            cut = self._cut_here() if COMMIT in data else None
            if cut is Cut.BEFORE:
                return
            answer.unwanted = cut is not None
            writer.write(data)
            await writer.drain()
            if cut is Cut.AFTER:
                await answer.arrived.wait()
            if cut is not None:
                return

    def _cut_here(self) -> Cut | None:
        if not self._armed:
            return None
        self.cuts += 1
        cut = self._armed.pop(0)
        self._is_away = self._goes_away and not self._armed
        return cut

    async def close(self) -> None:
        """
        Ends every connection.
        """
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)


@dataclass(slots=True)
class _Answer:
    """
    The answer to a COMMIT that its caller must not get.
    """

    unwanted: bool = False
    arrived: asyncio.Event = field(default_factory=asyncio.Event)


async def _down(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: _Answer) -> None:
    while data := await reader.read(65536):
        if answer.unwanted:
            answer.arrived.set()
        else:
            writer.write(data)
            await writer.drain()


@asynccontextmanager
async def proxied(url: str) -> AsyncIterator[tuple[Proxy, str]]:
    """
    A proxy in front of the database at this address, and the address that leads through it.
    """
    target = urlsplit(url)
    assert target.hostname is not None
    assert target.port is not None
    proxy = Proxy(target.hostname, target.port)
    server = await asyncio.start_server(proxy.connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield proxy, urlunsplit(target._replace(netloc=f"{target.username}@127.0.0.1:{port}"))
    finally:
        server.close()
        await proxy.close()
        await server.wait_closed()
