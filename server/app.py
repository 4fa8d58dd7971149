"""
The web application: routes, guards, problems and the service behind them.
"""

import gc
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version

from litestar import Litestar
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler
from sqlalchemy import text

import audit.api
import audit.exporting.api
import audit.publishing.api
import consent.api
import consent.blocklists.api
import consent.confirming.api
import consent.evidence.api
import consent.imports.api
import consent.keeping.api
import consent.merging.api
import consent.wishes.api
import policies.api
import policies.authzen.api
import policies.batches.api
import policies.changes.api
import policies.shadows.api
import policies.simulating.api
import policies.uploads.api
import server.channels.routes
import server.delivering.api
import server.events.api
import server.page.api
import server.page.routes
import server.permissions.api
import server.receipts.api
import server.registers.api
import server.retention_api
from audit.errors import CheckpointRefused, DatabaseAway
from audit.origins import META
from audit.published import read_report
from consent import replies
from server.access import Authenticator, check_routes, require_scope
from server.bearer import BearerVerifier
from server.bell import over_when_told_to_stop
from server.channels.routes import ChannelDesk
from server.edge import Edge
from server.exports import report_certificate
from server.keys import find_key
from server.operations import Readiness, operations
from server.page.door import Door
from server.problems import PROBLEMS, problem_handlers
from server.ratelimit import RateLimiter
from server.receipts.keys import KeptReceiptKeys
from server.receipts.press import Press
from server.reference import openapi_config
from server.service import Service, clock, exports_home, running
from server.settings import Settings, read_settings
from server.telemetry import Metrics, configure_logging, create_metrics
from server.token_keys import KeptTokens

ROUTES: Sequence[BaseRouteHandler] = (
    *audit.api.ROUTES,
    *audit.exporting.api.ROUTES,
    *audit.publishing.api.ROUTES,
    *consent.api.ROUTES,
    *consent.imports.api.ROUTES,
    *consent.blocklists.api.ROUTES,
    *consent.keeping.api.ROUTES,
    *consent.evidence.api.ROUTES,
    *consent.confirming.api.ROUTES,
    *consent.wishes.api.ROUTES,
    *consent.merging.api.ROUTES,
    *policies.api.ROUTES,
    *policies.batches.api.ROUTES,
    *policies.authzen.api.ROUTES,
    *policies.changes.api.ROUTES,
    *policies.shadows.api.ROUTES,
    *policies.simulating.api.ROUTES,
    *policies.uploads.api.ROUTES,
    *server.channels.routes.ROUTES,
    *server.permissions.api.ROUTES,
    *server.registers.api.ROUTES,
    *server.events.api.ROUTES,
    *server.receipts.api.ROUTES,
    *server.retention_api.ROUTES,
    *server.delivering.api.ROUTES,
    *server.page.api.ROUTES,
    *server.page.routes.ROUTES,
)


_NEW_OBJECTS = 500_000
_SILENT_SECONDS = 30


class Running:
    """The service, once the application has started."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self._service: Service | None = None
        self._desk: ChannelDesk | None = None

    def desk(self) -> ChannelDesk:
        """What routes work with; a route is never reached before it is there."""
        if self._desk is None:
            raise RuntimeError("The service has not started.")
        return self._desk

    @property
    def service(self) -> Service:
        """The parts of the service; a route is never reached before they run."""
        if self._service is None:
            raise RuntimeError("The service has not started.")
        return self._service

    @asynccontextmanager
    async def start(self, app: Litestar, settings: Settings, url: str) -> AsyncIterator[None]:
        """Runs the service for as long as the application lives."""
        metrics = self.metrics

        def observe(size: int, seconds: float) -> None:
            metrics.batch_size.observe(size)
            metrics.commit_seconds.observe(seconds)
            metrics.queue_depth.set(self.service.journal.waiting)

        async with running(settings, url, observe) as service:
            self._service = service
            self._desk = app.state.desk = ChannelDesk(
                service.journal,
                service.reader,
                service.snapshots,
                exports=exports_home(settings),
                ring=service.ring,
                metrics=metrics,
                tokens=KeptTokens(settings, clock),
                bell=service.bell,
                loopback_subscribers=settings.loopback_subscribers,
                room=settings.queue_size // 4,
                graph=settings.graph_url,
                registers=service.registers,
            )
            app.state.receipts = Press(
                KeptReceiptKeys(settings, clock),
                settings.address,
                settings.deployment,
                lambda: report_certificate(settings),
                clock,
            )
            app.state.door = Door(
                service.reader, service.snapshots, service.ring, address=settings.address, clock=time.monotonic
            )
            replies.prepare()
            # What was loaded to start stays for good; looking through it again and again would stop every answer.
            gc.collect()
            gc.freeze()
            # Requests and batches leave no circles behind; looking for some after every 700 new objects costs a fifth of all.
            gc.set_threshold(_NEW_OBJECTS, 20, 100)
            with over_when_told_to_stop(service.bell):
                yield

    async def checkpoints(self) -> None:
        """Whether every log is signed; raises if one is refused, or if the checkpointer beside us does not report."""
        try:
            async with self.service.snapshots.of(META) as conn:
                report = await read_report(conn)
        except DatabaseAway:
            return  # Which its own probe tells.
        self.metrics.observe_checkpoints(report, clock())
        if report is not None and not report.is_well:
            raise CheckpointRefused(report.refusal or f"{report.refused} logs are refused: see venia checkpoint")
        if self.service.settings.checkpointer == "off":
            return
        if report is None or (clock() - report.reported_at).total_seconds() > _SILENT_SECONDS:
            raise CheckpointRefused("the checkpointer does not report")

    async def registers(self) -> None:
        """Looks how old the registers are; that is measured, and no reason not to be ready."""
        try:
            self.metrics.observe_registers(await self.service.registers.ages())
        except DatabaseAway:
            return  # Which its own probe tells.

    async def database(self) -> None:
        """Whether the database answers; raises if not."""
        async with self.service.reader_engine.connect() as conn:
            await conn.execute(text("SELECT 1"))


def create_app(settings: Settings, url: str, routes: Sequence[BaseRouteHandler] = ROUTES) -> Litestar:
    """
    The application for one process, on a migrated database.

    Raises ScopeUndeclared if a route declares neither a scope nor that it is public.
    """
    metrics = create_metrics(settings.home / "metrics" if settings.workers > 1 else None)
    state = Running(metrics)
    readiness = Readiness({"database": state.database, "checkpoints": state.checkpoints, "registers": state.registers})
    authenticator = Authenticator(
        find_key=lambda tenant, key_id: find_key(state.service.snapshots, tenant, key_id),
        bearer=BearerVerifier(settings.jwt_issuers) if settings.jwt_issuers else None,
        clock=clock,
        cache_seconds=settings.credential_cache_seconds,
    )
    app = Litestar(
        [*routes, operations(metrics, readiness)],
        guards=[require_scope(authenticator, RateLimiter(time.monotonic))],
        dependencies={"desk": Provide(state.desk, sync_to_thread=False)},
        exception_handlers=problem_handlers(PROBLEMS),
        openapi_config=openapi_config(version("venia")),
        lifespan=[lambda app: state.start(app, settings, url)],
        request_max_body_size=None,  # The edge limits bodies, by route.
        logging_config=None,  # Everything goes through our own pipeline, which redacts.
    )
    app.state.address = settings.address
    app.state.link_days = settings.link_days
    check_routes(app)
    app.asgi_handler = Edge(app.asgi_handler, metrics=metrics, max_body=settings.max_body_bytes)
    return app


def create_from_environment() -> Litestar:
    """The application as a server process makes it; VENIA_DATABASE_URL is set by whoever started the process."""
    settings = read_settings(os.environ)
    configure_logging(level=settings.log_level, format=settings.log_format)
    if settings.database_url is None:
        raise RuntimeError("VENIA_DATABASE_URL must be set in a server process; start it with `venia serve`.")
    return create_app(settings, settings.database_url)
