"""
The routes for whoever runs Venia: is it alive, is it ready, how is it doing, what does it offer.

All of them are public, so none of them tells anything about a tenant or a person.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog
from litestar import MediaType, Request, Response, Router, get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from prometheus_client import CONTENT_TYPE_LATEST

from server.errors import NotReady
from server.reference import document
from server.telemetry import Metrics, exposition

PUBLIC = {"public": True}

log = structlog.stdlib.get_logger("server.operations")

# Asks one thing whether it works: returns if it does and raises if not.
Probe = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the process depends on, by name, and how long each may take to answer, in seconds."""

    probes: Mapping[str, Probe]
    timeout: float = 1.0

    async def missing(self) -> list[str]:
        """The names of those that failed or did not answer in time; all are asked at once."""
        answers = await asyncio.gather(*(self._answers(name, probe) for name, probe in self.probes.items()))
        return [name for name, answered in zip(self.probes, answers, strict=True) if not answered]

    async def _answers(self, name: str, probe: Probe) -> bool:
        try:
            async with asyncio.timeout(self.timeout):
                await probe()
        except Exception as error:  # noqa: BLE001  Whatever a probe raises means the same: not ready.
            log.warning("probe failed", probe=name, error=str(error) or type(error).__name__)
            return False
        return True


@get("/health/live", opt=PUBLIC, summary="Whether the process runs")
async def live() -> dict[str, str]:
    """200 while the process runs, whatever else is broken: restarting would not mend it."""
    return {"status": "live"}


@get("/health/ready", opt=PUBLIC, summary="Whether requests would be answered")
async def ready(readiness: NamedDependency[Readiness]) -> dict[str, str]:
    """200 if everything that Venia depends on answers, else 503 with the names of what does not."""
    if missing := await readiness.missing():
        raise NotReady(missing)
    return {"status": "ready"}


@get("/metrics", opt=PUBLIC, media_type=MediaType.TEXT, summary="Metrics for Prometheus")
async def measured(metrics: NamedDependency[Metrics], readiness: NamedDependency[Readiness]) -> Response[bytes]:
    """Counts and timings of all processes in Prometheus' text format."""
    await readiness.missing()  # What is looked at to tell whether we are ready is measured by the way.
    return Response(exposition(metrics), media_type=CONTENT_TYPE_LATEST)


@get("/openapi.json", opt=PUBLIC, include_in_schema=False, sync_to_thread=False)
def described(request: Request[object, object, State]) -> Response[dict[str, object]]:
    """The description of every route, with scopes and problems."""
    return Response(document(request.app), media_type="application/vnd.oai.openapi+json")


def operations(metrics: Metrics, readiness: Readiness) -> Router:
    """The routes of this module, for ``create_app``."""
    return Router(
        "/",
        route_handlers=[live, ready, measured, described],
        dependencies={
            "metrics": Provide(lambda: metrics, sync_to_thread=False),
            "readiness": Provide(lambda: readiness, sync_to_thread=False),
        },
        tags=["Operations"],
    )
