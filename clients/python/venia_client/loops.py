"""
An event loop in a thread of its own, in which plain functions have asynchronous work done.

The synchronous client is the asynchronous one in such a loop: time is kept in one way for both, and an answer that drips
cannot outlast its deadline, which no timeout of a blocking socket promises.
"""

import asyncio
import os
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class LoopThread:
    """Started when it is first needed, by any thread.  It does not survive a fork: the child must make its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._process = os.getpid()

    def run(self, work: Coroutine[Any, Any, T]) -> T:  # Any: what a coroutine sends and takes is asyncio's own.
        """The result of the work.  When the wait is broken off (Ctrl-C), so is the work."""
        try:
            future = asyncio.run_coroutine_threadsafe(work, self._running())
        except BaseException:
            work.close()
            raise
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._process != os.getpid():
                raise RuntimeError("Make a client after the fork: its connections belong to the parent.")
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="venia-client", daemon=True)
                self._thread.start()
            return self._loop

    def stop(self) -> None:
        """Ends the thread; work that is still under way is broken off."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None or self._process != os.getpid():
            return
        asyncio.run_coroutine_threadsafe(_break_off(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _break_off() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for each in others:
        each.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()
