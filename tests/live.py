"""
The real service in a loop of its own, driven by plain functions.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from audit.reader import Look
from audit.verification import Chain, read_chain
from audit.work import Request, Written
from server import demo
from server.service import Service, running
from server.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Live:
    """
    The service, its loop, and the demo tenant as demo.json describes it.
    """

    service: Service
    url: str
    demo: dict[str, Any]
    _loop: asyncio.AbstractEventLoop = field(repr=False)

    @property
    def tenant(self) -> UUID:
        """
        The demo tenant.
        """
        return UUID(self.demo["tenant"])

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """
        Awaits something in the service's loop.
        """
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)

    def write(self, request: Request) -> Written:
        """
        Writes through the journal.
        """
        return self.run(self.service.journal.write(request))

    def write_all(self, requests: list[Request]) -> list[Written | BaseException]:
        """
        Writes all at once; errors are returned in their places.
        """

        async def together() -> list[Written | BaseException]:
            return await asyncio.gather(*map(self.service.journal.write, requests), return_exceptions=True)

        return self.run(together())

    def read(self, look: Look[T]) -> T:
        """
        Looks through the reader.
        """
        return self.run(self.service.reader.read(look))

    def payloads(self) -> list[dict[str, Any]]:
        """
        The payload of every entry of the tenant's log, verified on the way.
        """
        return [dict(entry.payload) for entry in self.chain().entries]

    def chain(self) -> Chain:
        """
        The tenant's log, with its links, indexes, hashes and root checked.
        """
        return self.run(read_chain(self.service.snapshots, self.tenant))


@contextmanager
def live_service(url: str, home: Path) -> Iterator[Live]:
    """
    Runs the service on a migrated database until the block ends.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="live", daemon=True)
    thread.start()
    settings = Settings(home=home / "home", database_url=url)
    context = running(settings, url)

    async def start() -> tuple[Service, dict[str, Any]]:
        service = await context.__aenter__()
        return service, await demo.seed(service)

    service, described = asyncio.run_coroutine_threadsafe(start(), loop).result(timeout=60)
    try:
        yield Live(service, url, described, loop)
    finally:
        asyncio.run_coroutine_threadsafe(context.__aexit__(None, None, None), loop).result(timeout=60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
