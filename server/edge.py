"""
What happens to every request before and after its route: an id, a measure, a log line, a limit on its body.

``Edge`` is plain ASGI and wraps the application's whole handler, so that unrouted requests count too::

    app.asgi_handler = Edge(app.asgi_handler, metrics=metrics, max_body=settings.max_body_bytes)

A route may set in its ``opt``: ``max_body`` (bytes; None is no limit) and ``content_types`` (the media types it
reads; None is any; JSON if unset).  Both are looked at when the route first reads the body, because only then the
route is known; by its declared length a body is refused before a byte of it is read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, ReceiveMessage, Scope, Send
from prometheus_client import Counter, Histogram
from structlog.contextvars import bind_contextvars, reset_contextvars

from server.errors import BodyTooLarge, ContentTypeRefused
from server.telemetry import Metrics

JSON: Final = ("application/json",)
UNROUTED = "unrouted"

_SANE_ID = re.compile(rb"[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?\Z")
# A caller may invent methods; a metric must not grow with them.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

log = structlog.stdlib.get_logger("server.edge")


class Edge:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, max_body: int) -> None:
        """``max_body`` is in bytes and holds where a route says nothing else."""
        self._app = app
        self._metrics = metrics
        self._max_body = max_body
        self._counters: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs one request; an error after the answer began is logged and raised, which closes the connection."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        exchange = _Exchange(scope, receive, send, self._max_body)
        scope["state"]["request_id"] = exchange.request_id
        tokens = bind_contextvars(request_id=exchange.request_id)
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except Exception:
            log.exception("answer broken off")
            raise
        finally:
            self._account(scope, exchange.status, perf_counter() - started)
            reset_contextvars(**tokens)

    def _account(self, scope: Scope, status: int, seconds: float) -> None:
        """Status 0 is a request that was given up before its answer began."""
        asked = str(scope.get("method"))
        method = asked if asked in _METHODS else "OTHER"
        # The template, never the path: that may hold anything.
        route = str(scope.get("path_template", UNROUTED)) or "/"
        counter, histogram = self._counters.get((method, route, status)) or self._labelled(method, route, status)
        counter.inc()
        histogram.observe(seconds)
        log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 3))

    def _labelled(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        found = (
            self._metrics.requests.labels(method, route, str(status)),
            self._metrics.request_seconds.labels(method, route),
        )
        self._counters[method, route, status] = found
        return found


class _Exchange:
    """One request and its answer, seen from outside."""

    __slots__ = (
        "_content_type",
        "_default",
        "_length",
        "_limit",
        "_opened",
        "_receive",
        "_scope",
        "_send",
        "_taken",
        "request_id",
        "status",
    )

    def __init__(self, scope: Scope, receive: Receive, send: Send, default: int) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._default = default
        self._limit: int | None = default
        self._opened = False
        self._taken = 0
        self.status = 0
        self._read(scope["headers"])

    def _read(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        request_id = self._length = self._content_type = b""
        for name, value in headers:
            if name == b"x-request-id":
                request_id = value
            elif name == b"content-length":
                self._length = value
            elif name == b"content-type":
                self._content_type = value
        self.request_id = request_id.decode() if _SANE_ID.match(request_id) else str(uuid4())

    async def receive(self) -> ReceiveMessage:
        """The next part of the body; raises the limit's or the content type's error instead."""
        if not self._opened:
            self._open()
        message = await self._receive()
        if message["type"] == "http.request":
            self._taken += len(message.get("body", b""))
            if self._limit is not None and self._taken > self._limit:
                raise BodyTooLarge(self._limit)
        return message

    def _open(self) -> None:
        self._opened = True
        # Any, because Litestar's opt may hold anything; what is read here is said in the module's docstring.
        opt: Mapping[str, Any] = getattr(self._scope.get("route_handler"), "opt", {})
        self._limit = opt.get("max_body", self._default)
        accepted = opt.get("content_types", JSON)
        if self._limit is not None and self._length.isdigit() and int(self._length) > self._limit:
            raise BodyTooLarge(self._limit)
        if accepted is not None and self._content_type and self._length != b"0" and not self._is_among(accepted):
            raise ContentTypeRefused(accepted)

    def _is_among(self, accepted: Sequence[str]) -> bool:
        media_type = self._content_type.partition(b";")[0].strip().lower().decode("latin-1")
        return media_type in accepted or (media_type.endswith("+json") and JSON[0] in accepted)

    async def send(self, message: Message) -> None:
        """Passes the answer on, with the request's id among its headers."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message["headers"], (b"x-request-id", self.request_id.encode())]
        await self._send(message)
