"""
A small closed-loop load: so many connections, each sending its next request when the last one was answered.

Run as a process of its own, so that the client does not take the server's time from it unseen.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

import uvloop


@dataclass(frozen=True, slots=True)
class Measured:
    """What one load came to: answers per second, and microseconds at the median and at the 99th percentile."""

    per_second: float
    p50_us: float
    p99_us: float
    statuses: dict[str, int]


class _Connection(asyncio.Protocol):
    """One keep-alive connection that asks the next thing as soon as it is answered."""

    def __init__(self, requests: Iterator[bytes], until: float, spent: list[float], statuses: dict[str, int]) -> None:
        self._requests = requests
        self._until = until
        self._spent = spent
        self._statuses = statuses
        self._buffer = b""
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        self._asked_at = time.perf_counter()
        if self._asked_at >= self._until:
            self._transport.close()
            return
        self._transport.write(next(self._requests))  # type: ignore[attr-defined]  # It is a stream's transport.

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) >= length:
            self._spent.append(time.perf_counter() - self._asked_at)
            status = head[9:12].decode()
            self._statuses[status] = self._statuses.get(status, 0) + 1
            self._buffer = body[length:]
            self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.closed.done():
            self.closed.set_result(None)


async def run(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Measured:
    """Loads the server on loopback for so many seconds."""
    spent: list[float] = []
    statuses: dict[str, int] = {}
    source = cycle(requests)
    started = time.perf_counter()
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: _Connection(source, started + seconds, spent, statuses), "127.0.0.1", port)
        for _ in range(clients)
    ]
    await asyncio.gather(*(connection.closed for _, connection in made))
    took = time.perf_counter() - started
    spent.sort()
    return Measured(len(spent) / took, spent[len(spent) // 2] * 1e6, spent[int(len(spent) * 0.99)] * 1e6, statuses)


def main() -> None:
    """Reads {port, clients, seconds, requests} from standard input and prints what was measured, as JSON."""
    asked = json.load(sys.stdin)
    requests = [text.encode() for text in asked["requests"]]
    measured = uvloop.run(run(asked["port"], requests, asked["clients"], asked["seconds"]))
    json.dump(
        {
            "per_second": measured.per_second,
            "p50_us": measured.p50_us,
            "p99_us": measured.p99_us,
            "statuses": measured.statuses,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
