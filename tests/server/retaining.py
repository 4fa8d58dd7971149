"""
A run of retention in a process of its own, which is killed as soon as the first bodies are gone.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from uuid import UUID

from server.retention import Office, Run, carry_out
from server.service import clock, running
from server.settings import Settings


def killed(done: int, total: int) -> None:
    """
    Kills the process once anything is gone.
    """
    if done:
        os.kill(os.getpid(), signal.SIGKILL)


async def work(home: Path, url: str, tenant: UUID) -> None:
    """
    Applies retention.
    """
    async with running(Settings(home=home, database_url=url), url) as service:
        office = Office(service.journal, service.reader, service.snapshots)
        await carry_out(office, Run(tenant, "officer", clock()), killed)


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2], UUID(sys.argv[3])))
