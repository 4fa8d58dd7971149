"""
The simulator as the settings describe it.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from policies.simulating.worker import Simulator
from server.db import checkpointer_engine
from server.service import Service, running
from server.settings import Settings

_MOST_PROCESSES = 8


def half_the_processors() -> int:
    """As many processes as leave room for calls."""
    return max(1, min(_MOST_PROCESSES, (os.cpu_count() or 1) // 2))


@asynccontextmanager
async def simulating(settings: Settings, url: str) -> AsyncIterator[Simulator]:
    """A simulator on this database, with a journal of its own for what it finds."""
    async with running(settings, url) as service, simulator_of(service, url, half_the_processors()) as simulator:
        yield simulator


@asynccontextmanager
async def simulator_of(service: Service, url: str, processes: int) -> AsyncIterator[Simulator]:
    """A simulator beside a service that runs."""
    engine = checkpointer_engine(url)
    try:
        yield Simulator(engine, service.snapshots, service.journal, processes=processes)
    finally:
        await engine.dispose()
