"""
Who is calling, and whether this route is theirs to call.

A route declares ``opt={"scope": "consents:write"}`` or ``opt={"public": True}``; ``check_routes`` stops the start if
one declares neither, and the guard refuses it should it be reached all the same.  A key whose trust is ``public`` may
use only routes that say ``opt={"forms": True}`` as well.  The guard also runs before raw
``@asgi`` routes, which find the result in ``scope["auth"]``.
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from litestar import Litestar, Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import Guard

from audit.api import Caller
from consent.proof.kinds import PUBLIC
from server.bearer import Bearer, BearerVerifier
from server.credentials import Presented, Scope, grants, read
from server.errors import PublicKeyHere, ScopeMissing, ScopeUndeclared, TooManyRequests, Unauthenticated
from server.ratelimit import RateLimiter
from server.redaction import redact

_PLAIN_SUBJECT = re.compile(r"[A-Za-z0-9._:|-]{1,64}\Z")
_LONGEST_CREDENTIAL = 8192
_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Access(Caller):
    """A caller who proved who they are: for which tenant, under which name in the log, and what they may do."""

    tenant: UUID
    actor: str
    scopes: frozenset[str]
    rate_per_minute: int | None = None
    trust: str = "system"

    def require(self, needed: str) -> None:
        """Raises :class:`ScopeMissing` unless the scope was granted; for what only part of a route's requests need."""
        if not grants(self.scopes, needed):
            raise ScopeMissing(needed)


@dataclass(frozen=True, slots=True)
class StoredKey:
    """What the database holds of an API key."""

    tenant: UUID
    key_id: bytes
    digest: bytes
    prefix: str
    scopes: frozenset[str]
    expires_at: datetime | None
    revoked_at: datetime | None
    rate_per_minute: int | None
    trust: str = "system"

    def is_valid(self, now: datetime) -> bool:
        """Whether the key may be used at that moment; a revocation holds from the moment it is known."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


AnyConnection = ASGIConnection[BaseRouteHandler, object, object, State]
FindKey = Callable[[UUID, bytes], Awaitable[StoredKey | None]]


@dataclass(frozen=True, slots=True)
class _Proven:
    access: Access
    digest: bytes
    since: datetime
    until: datetime


class Authenticator:
    """
    Turns an Authorization header into an :class:`Access`.

    A good answer is remembered for ``cache_seconds`` and never past the credential's expiry, so a revocation takes
    effect after at most that long.  A bad one is never remembered, but askers at the same moment share one look-up.
    """

    def __init__(
        self, *, find_key: FindKey, bearer: BearerVerifier | None, clock: Callable[[], datetime], cache_seconds: float
    ) -> None:
        """``clock`` gives the present, aware, in UTC; ``bearer`` is None where no issuer is configured."""
        self._find_key = find_key
        self._bearer = bearer
        self._clock = clock
        self._keep = timedelta(seconds=cache_seconds)
        self._proven: dict[tuple[UUID, bytes] | bytes, _Proven] = {}
        self._flights: dict[tuple[UUID, bytes], asyncio.Task[StoredKey | None]] = {}

    async def authenticate(self, headers: Iterable[tuple[bytes, bytes]]) -> Access:
        """
        The caller behind an ASGI scope's headers.

        Raises :class:`Unauthenticated`, :class:`server.errors.KeysUnavailable`, or what ``find_key`` raises.
        """
        token = _credential(headers)
        presented = read(token)
        if presented is not None:
            return await self._by_key(presented)
        if self._bearer is None:
            raise Unauthenticated
        return await self._by_token(self._bearer, token)

    async def _by_key(self, presented: Presented) -> Access:
        name = (presented.tenant, presented.key_id)
        known = self._remembered(name)
        if known is None:
            asked_at = self._clock()
            stored = await self._look_up(name)
            if stored is None or not stored.is_valid(self._clock()):
                raise Unauthenticated
            known = self._remember(name, _of_key(stored), stored.digest, asked_at, stored.expires_at)
        if not presented.matches(known.digest):
            raise Unauthenticated
        return known.access

    async def _by_token(self, bearer: BearerVerifier, token: str) -> Access:
        digest = hashlib.sha256(token.encode()).digest()
        known = self._remembered(digest)
        if known is None:
            now = self._clock()
            verified = await bearer.verify(token, now)
            known = self._remember(digest, _of_token(verified), digest, now, verified.expires_at)
        return known.access

    async def _look_up(self, name: tuple[UUID, bytes]) -> StoredKey | None:
        flight = self._flights.get(name)
        if flight is None:
            flight = self._flights[name] = asyncio.create_task(self._find(name))
            flight.add_done_callback(lambda _: self._flights.pop(name, None))
        # One asker who hangs up must not take the answer away from the others.
        return await asyncio.shield(flight)

    async def _find(self, name: tuple[UUID, bytes]) -> StoredKey | None:
        return await self._find_key(*name)

    def _remembered(self, name: tuple[UUID, bytes] | bytes) -> _Proven | None:
        known = self._proven.get(name)
        # Should the clock be set back, the memory must not live longer for it.
        return known if known is not None and known.since <= self._clock() < known.until else None

    def _remember(
        self,
        name: tuple[UUID, bytes] | bytes,
        access: Access,
        digest: bytes,
        since: datetime,
        expires_at: datetime | None,
    ) -> _Proven:
        """``since`` is the moment before the look-up began: what changed while it ran is not missed for longer."""
        until = since + self._keep if expires_at is None else min(since + self._keep, expires_at)
        # Nothing is lost with a memory of seconds, so it is emptied rather than searched for what is old.
        if len(self._proven) >= _MANY:
            self._proven.clear()
        proven = self._proven[name] = _Proven(access, digest, since, until)
        return proven


def require_scope(authenticator: Authenticator, limiter: RateLimiter) -> Guard:
    """The guard of the whole application: authenticates, counts against the rate, and checks the route's scope."""

    async def guard(connection: AnyConnection, handler: BaseRouteHandler) -> None:
        if handler.opt.get("public") is True or _is_automatic(handler):
            return
        needed = handler.opt.get("scope")
        if needed is None:
            raise ScopeUndeclared([str(handler)])
        access = await authenticator.authenticate(connection.scope["headers"])
        wait = limiter.wait((access.tenant, access.actor), access.rate_per_minute)
        if wait > 0:
            raise TooManyRequests(ceil(wait))
        access.require(needed)
        if access.trust == PUBLIC and handler.opt.get("forms") is not True:
            raise PublicKeyHere
        connection.scope["auth"] = access

    return guard


def _present_access(request: Request[object, Access, State]) -> Access:
    return request.auth


# A handler takes ``access: NamedDependency[Access]``.
ACCESS = {"access": Provide(_present_access, sync_to_thread=False)}


def scope(needed: Scope) -> dict[str, str]:
    """``@post(..., opt=scope(Scope.CONSENTS_WRITE))``: the declaration of the scope that a route needs."""
    return {"scope": needed.value}


def check_routes(app: Litestar) -> None:
    """MUST run before the application serves; raises :class:`ScopeUndeclared` naming every undeclared route."""
    undeclared = [name for name, handler in _handlers(app) if not _is_declared(handler)]
    if undeclared:
        raise ScopeUndeclared(undeclared)


def _handlers(app: Litestar) -> Iterator[tuple[str, BaseRouteHandler]]:
    for route in app.routes:
        handlers = route.route_handlers if isinstance(route, HTTPRoute) else [route.route_handler]
        for handler in handlers:
            methods = sorted(handler.http_methods) if isinstance(handler, HTTPRouteHandler) else ["any"]
            yield f"{'/'.join(methods)} {route.path}", handler


def _is_declared(handler: BaseRouteHandler) -> bool:
    needed, public = handler.opt.get("scope"), handler.opt.get("public") is True
    if _is_automatic(handler):
        return True
    return (needed in set(Scope)) != public and (needed is None or not public)


def _is_automatic(handler: BaseRouteHandler) -> bool:
    # Litestar answers OPTIONS by itself with the methods of the path, which the API's description tells as well.
    return isinstance(handler, HTTPRouteHandler) and set(handler.http_methods) == {"OPTIONS"}


def _credential(headers: Iterable[tuple[bytes, bytes]]) -> str:
    found = [value for name, value in headers if name == b"authorization"]
    # Two headers would leave open which one a proxy in front of us has looked at.
    if len(found) != 1 or len(found[0]) > _LONGEST_CREDENTIAL:
        raise Unauthenticated
    scheme, _, token = found[0].decode("latin-1").partition(" ")
    if scheme.lower() != "bearer" or not token.isascii():
        raise Unauthenticated
    return token.strip()


def _of_key(stored: StoredKey) -> Access:
    return Access(stored.tenant, f"key:{stored.prefix}", stored.scopes, stored.rate_per_minute, stored.trust)


def _of_token(bearer: Bearer) -> Access:
    return Access(bearer.tenant, f"oauth:{_name(bearer)}", bearer.scopes)


def _name(bearer: Bearer) -> str:
    """The subject if it is a plain identifier, else a digest: an e-mail or a number must not enter the log."""
    if _PLAIN_SUBJECT.match(bearer.subject) and redact(bearer.subject) == bearer.subject:
        return bearer.subject
    return "sha256:" + hashlib.sha256(f"{bearer.issuer}\n{bearer.subject}".encode()).hexdigest()[:16]
