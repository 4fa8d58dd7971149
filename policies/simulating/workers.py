"""
Processes that tell of chunks: each compiles both rule sets once, and ends with whoever started it.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeAlias

from policies.ruleset import rule_set_from
from policies.simulating.chunks import Chunk
from policies.simulating.stories import Reaches, stories
from policies.simulating.tally import Comparison, Tally
from policies.simulating.worlds import Assumed

Tell: TypeAlias = Callable[[Chunk, Reaches], Awaitable[Tally]]


def tell(comparison: Comparison, chunk: Chunk, reaches: Reaches) -> Tally:
    """What the comparison finds in a chunk.  Pure."""
    tally = comparison.tell(stories(chunk.lines), reaches)
    for each in chunk.beyond:
        tally.miss(each)
    tally.untold.update({each.why: chunk.beyond_number - 1 for each in chunk.beyond})
    return tally


@asynccontextmanager
async def telling(comparison: Comparison, processes: int) -> AsyncIterator[Tell]:
    """Tells of chunks in so many processes; with none, in a thread of this one."""
    if processes < 1:
        yield lambda chunk, reaches: asyncio.to_thread(tell, comparison, chunk, reaches)
        return
    given = (comparison.base.content, comparison.candidate.content, comparison.closed, comparison.assumed)
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _begin, given)

    async def in_pool(chunk: Chunk, reaches: Reaches) -> Tally:
        return await asyncio.get_running_loop().run_in_executor(pool, _tell, chunk, dict(reaches))

    try:
        yield in_pool
    finally:
        # Whoever is told to stop does not wait for chunks that nobody wants any more.
        pool.shutdown(wait=False, cancel_futures=True)


# What happens in a process of its own.

_comparison: list[Comparison] = []


def _begin(base: bytes, candidate: bytes, closed: bool, assumed: Assumed) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started it, who then says when to end.
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    sets = rule_set_from(base), rule_set_from(candidate)
    _comparison[:] = [Comparison(*sets, closed, assumed)]


def _tell(chunk: Chunk, reaches: Reaches) -> Tally:
    return tell(_comparison[0], chunk, reaches)


def _end_with_parent() -> None:
    """Whoever was killed cannot say so: a process that waits for work would wait forever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
