"""
A bounded queue that is drained whole: a batch is what arrived while the last one was under way.
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Generic, TypeVar

from audit.errors import QueueFull

MAX_BATCH_BYTES = 4 * 1024 * 1024
_TURNS = 3  # of the loop, in which a request that was read from its socket gets from there to here

R = TypeVar("R")  # what is asked
T = TypeVar("T")  # what is answered


@dataclass(slots=True)
class Pending(Generic[R, T]):
    """A request and the caller who waits for it."""

    request: R
    caller: asyncio.Future[T]
    weight: int = 1024  # bytes, for the bound on a batch

    def answer(self, value: T) -> None:
        """Gives the caller its answer, unless it went away."""
        if not self.caller.done():
            self.caller.set_result(value)

    def refuse(self, error: BaseException) -> None:
        """Gives the caller the error, unless it went away."""
        if not self.caller.done():
            self.caller.set_exception(error)


class Waiting(Generic[R, T]):
    """Requests that wait for the next batch, in order of arrival; at most ``capacity``."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._items: deque[Pending[R, T]] = deque()
        self._arrived = asyncio.Event()

    def __len__(self) -> int:
        return len(self._items)

    def put(self, request: R, weight: int) -> asyncio.Future[T]:
        """Queues a request; QueueFull when as many wait as are allowed to."""
        if len(self._items) >= self._capacity:
            raise QueueFull(len(self._items))
        caller: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._items.append(Pending(request, caller, weight))
        self._arrived.set()
        return caller

    async def take(self, most: int) -> list[Pending[R, T]]:
        """Waits for the first request and returns all that wait, within ``most`` requests and 4 MiB."""
        while True:
            await self._arrived.wait()
            for _ in range(_TURNS):  # No timer: only what has reached this process already is let in.
                await asyncio.sleep(0)
            batch: list[Pending[R, T]] = []
            weight = 0
            while self._items and len(batch) < most and weight < MAX_BATCH_BYTES:
                pending = self._items.popleft()
                if not pending.caller.done():  # A caller that hung up before its turn is not served.
                    batch.append(pending)
                    weight += pending.weight
            if not self._items:
                self._arrived.clear()
            if batch:
                return batch

    def empty(self) -> list[Pending[R, T]]:
        """Takes out everything, for a shutdown."""
        left = list(self._items)
        self._items.clear()
        return left
