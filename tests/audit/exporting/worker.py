"""
A worker in a process of its own, which waits for a checkpoint for as long as it lives.
"""

import asyncio
import sys
from pathlib import Path

from audit.exporting.cover import Patience
from server.exports import exporting
from server.service import clock
from server.settings import Settings


async def work(home: Path, url: str) -> None:
    """
    Makes what waits.
    """
    async with exporting(Settings(home=home, database_url=url), url, Patience(checkpoint=3600)) as exporter:
        sys.stdout.write("at work\n")
        sys.stdout.flush()
        await exporter.run_waiting(clock())


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2]))
