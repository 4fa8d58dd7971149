"""
A small application around the edge: a few routes, keys in a dictionary, a clock that tests move by hand.
"""

import io
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from litestar import Litestar, asgi, get, post
from litestar.connection import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Stream
from litestar.testing import TestClient
from litestar.types import Receive, Scope, Send
from pydantic import BaseModel, ConfigDict, field_validator

from server import access, credentials
from server.access import Access, Authenticator, StoredKey, require_scope
from server.bearer import BearerVerifier
from server.edge import Edge
from server.operations import Probe, Readiness, operations
from server.problem import Problem
from server.problems import PROBLEMS, problem_handlers
from server.ratelimit import RateLimiter
from server.reference import openapi_config
from server.telemetry import Metrics, configure_logging, create_metrics

PHONE = "+34600111222"
EMAIL = "ana.perez@example.org"
TENANT = UUID("5f3b0c9e-8f6e-4c0e-9a63-1d6f0a4c2b11")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Contact(BaseModel):
    """Whom the small application's requests are about."""

    model_config = ConfigDict(extra="forbid")
    phone: str

    @field_validator("phone")
    @classmethod
    def _plausible(cls, value: str) -> str:
        if not value.startswith("+"):
            raise ValueError(f"{value} does not begin with a plus sign")
        return value


class Note(BaseModel):
    """The body of the small application's requests."""

    model_config = ConfigDict(extra="forbid")
    contact: Contact
    count: int = 1
    days: list[int] = []


class OutOfStock(Exception):
    """A domain error with a row and a member."""

    def __init__(self, item: str) -> None:
        self.item = item
        super().__init__(f"There is no {item} left.")


class UnknownPurpose(Exception):
    """A domain error about one place in the body."""


@post("/notes", opt=access.scope(credentials.Scope.CONSENTS_WRITE), status_code=200)
async def write_note(data: JSONBody[Note], access: NamedDependency[Access]) -> dict[str, str]:
    """Answers who wrote."""
    return {"actor": access.actor, "tenant": str(access.tenant), "count": str(data.count)}


@get("/notes/{note:uuid}", opt=access.scope(credentials.Scope.CONSENTS_READ))
async def read_note(note: FromPath[UUID], limit: FromQuery[int], at: FromQuery[UUID | None] = None) -> dict[str, str]:
    """Answers what was asked."""
    return {"note": str(note), "limit": str(limit), "at": str(at)}


@get("/broken", opt={"public": True})
async def broken() -> None:
    """Fails with a message full of personal data."""
    message = f"no row for {PHONE} or {EMAIL}"
    raise RuntimeError(message)


@get("/known/{kind:str}", opt={"public": True})
async def known(kind: FromPath[str]) -> None:
    """Fails as domains do."""
    raise OutOfStock(PHONE) if kind == "stock" else UnknownPurpose("No such purpose.")


@get("/broken-off", opt={"public": True})
async def broken_off() -> Stream:
    """Fails after the answer began."""

    async def parts() -> AsyncIterator[bytes]:
        yield b"first"
        message = f"lost {PHONE}"
        raise RuntimeError(message)

    return Stream(parts())


@post("/lines", opt={"public": True, "max_body": None, "content_types": ("application/x-ndjson",)}, status_code=200)
async def take_lines(request: Request[object, object, State]) -> dict[str, int]:
    """Counts a body of any length."""
    return {"bytes": sum([len(part) async for part in request.stream()])}


@post("/hooks", opt={"public": True, "max_body": 4096, "content_types": None}, status_code=200)
async def take_hook(request: Request[object, object, State]) -> dict[str, int]:
    """Counts a body of a vendor's webhook."""
    return {"bytes": len(await request.body())}


@asgi("/raw", opt={"scope": "calls:authorize"}, copy_scope=False)
async def raw(scope: Scope, receive: Receive, send: Send) -> None:
    """A route without the framework's help."""
    message = await receive()
    body = message["body"] if message["type"] == "http.request" else b""
    said = f"{scope['auth'].actor} {len(body)}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": said, "more_body": False})


@dataclass
class World:
    """What a test can move: the clock, the keys; and what it can count: the look-ups."""

    now: datetime = NOON
    seconds: float = 0.0
    keys: dict[tuple[UUID, bytes], StoredKey] = field(default_factory=dict)
    look_ups: int = 0

    async def find_key(self, tenant: UUID, key_id: bytes) -> StoredKey | None:
        """The stored key, as the database would answer."""
        self.look_ups += 1
        return self.keys.get((tenant, key_id))

    def issue(self, *scopes: str, expires_at: datetime | None = None, rate: int | None = None) -> str:
        """A new key's text."""
        text, new = credentials.mint(TENANT)
        self.keys[TENANT, new.key_id] = StoredKey(
            tenant=TENANT,
            key_id=new.key_id,
            digest=new.digest,
            prefix=new.prefix,
            scopes=frozenset(scopes),
            expires_at=expires_at,
            revoked_at=None,
            rate_per_minute=rate,
        )
        return text

    def revoke(self, text: str) -> None:
        """Marks the key as revoked now."""
        presented = credentials.read(text)
        assert presented is not None
        name = (presented.tenant, presented.key_id)
        self.keys[name] = replace(self.keys[name], revoked_at=self.now)

    def pass_time(self, seconds: float) -> None:
        """Moves both clocks on."""
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds

    def authenticator(self, bearer: BearerVerifier | None = None) -> Authenticator:
        """An authenticator over this world's keys and clock."""
        return Authenticator(find_key=self.find_key, bearer=bearer, clock=lambda: self.now, cache_seconds=2)


def small_app(
    world: World | None = None,
    *,
    metrics: Metrics | None = None,
    probes: Mapping[str, Probe] | None = None,
    bearer: BearerVerifier | None = None,
    extra: Callable[..., object] | None = None,
) -> Litestar:
    """The application, put together as ``create_app`` does it."""
    world = world or World()
    metrics = metrics or create_metrics()
    routes = [write_note, read_note, broken, known, broken_off, take_lines, take_hook, raw]
    rows = {
        OutOfStock: Problem(409, "out-of-stock", "Out of stock", members=("item",)),
        UnknownPurpose: Problem(422, "unknown-purpose", "Unknown purpose", pointer="/purpose"),
    }
    app = Litestar(
        [*routes, operations(metrics, Readiness(probes or {}, timeout=0.05)), *([extra] if extra else [])],
        guards=[require_scope(world.authenticator(bearer), RateLimiter(lambda: world.seconds))],
        dependencies=dict(access.ACCESS),
        exception_handlers=problem_handlers({**PROBLEMS, **rows}),
        openapi_config=openapi_config("1.2.3"),
        request_max_body_size=None,
        logging_config=None,
    )
    app.asgi_handler = Edge(app.asgi_handler, metrics=metrics, max_body=2048)
    return app


def client(app: Litestar) -> TestClient[Litestar]:
    """A client that gets the answer that a caller would get, whatever happens inside."""
    return TestClient(app, raise_server_exceptions=False)


def bearing(text: str) -> dict[str, str]:
    """The header that presents a credential."""
    return {"Authorization": f"Bearer {text}"}


@contextmanager
def logged(**options: str) -> Iterator[Callable[[], str]]:
    """Collects everything that is logged inside."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logging(**{"level": "debug", **options}, stream=stream)  # type: ignore[arg-type]  # Literals as strings.
    try:
        yield stream.getvalue
    finally:
        structlog.reset_defaults()
        root.handlers[:], root.level = before, level


def events(text: str) -> list[dict[str, Any]]:  # Any: a line may hold whatever was logged.
    """The logged lines as objects."""
    return [json.loads(line) for line in text.splitlines()]
