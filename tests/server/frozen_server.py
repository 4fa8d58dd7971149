"""
The command line on the morning of Tuesday, 24 November 2026: for pages and tests that must come out the same each day.

The clock that the service reads stands still; the event loop, the driver and the server keep
the machine's own.
"""

import uvicorn.lifespan.on
import uvicorn.loops.uvloop
import uvicorn.protocols.http.httptools_impl
from freezegun import freeze_time

from server.app import create_app
from server.cli import main as venia
from server.settings import Settings

MORNING = "2026-11-24T10:00:00Z"  # 11:00 in Madrid
SERVING = (uvicorn.lifespan.on, uvicorn.loops.uvloop, uvicorn.protocols.http.httptools_impl)

_THEIR_OWN_CLOCKS = ["asyncio", "uvloop", "uvicorn", "asyncpg", "sqlalchemy", "psutil", "selectors", "threading"]


def main() -> None:
    """
    Runs ``venia`` with that clock.
    """
    # An application loads what it needs when it is made, and no class can be derived from a frozen datetime: so one is
    # made, and thrown away, before the clock is frozen.
    create_app(Settings(), "postgresql://nowhere/venia")
    with freeze_time(MORNING, real_asyncio=True, ignore=_THEIR_OWN_CLOCKS):
        venia()


if __name__ == "__main__":
    main()
