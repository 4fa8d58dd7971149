"""
OAuth 2 bearer tokens: signed JWTs of configured issuers (RFC 9068 in spirit, RFC 8725 for what to refuse).

A token is believed if its issuer is configured, its signature verifies under one of the issuer's published keys with
an allowed asymmetric algorithm, it is meant for our audience, and now lies within its times.  Keys are fetched from a
file or an address, kept for five minutes, and fetched again when a token names a key that is not among them, though
never more often than every ten seconds.  A fetch that fails leaves the keys as they were; without keys nothing is
believed.
"""

import asyncio
import json
import math
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import jwt
import structlog

from server.credentials import GRANTABLE
from server.errors import KeysUnavailable, Unauthenticated
from server.setting_kinds import JwtIssuer

FRESH = timedelta(minutes=5)
RETRY = timedelta(seconds=10)
# Clocks of an issuer and ours may differ this much.
SKEW = timedelta(seconds=30)
_TIMEOUT_SECONDS = 3.0
_LARGEST_KEY_SET = 256 * 1024
# A key too short for its algorithm proves nothing (RFC 7518 §3.3), though the library would only warn.
_JWT = jwt.PyJWT(options={"enforce_minimum_key_length": True})
_KEY_TYPES = frozenset({"RSA", "EC", "OKP"})

log = structlog.stdlib.get_logger("server.bearer")

Fetch = Callable[[str], Awaitable[bytes]]
Claims = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who a verified token speaks for, and until when it may be believed."""

    issuer: str
    subject: str
    tenant: UUID
    scopes: frozenset[str]
    expires_at: datetime


class BearerVerifier:
    """Verifies the tokens of all configured issuers."""

    def __init__(self, issuers: Iterable[JwtIssuer], *, fetch: Fetch | None = None) -> None:
        """``fetch`` reads a key set's bytes from its path or address; the usual one if None."""
        self._issuers = {each.issuer: (each, KeySet(each.jwks, fetch or fetch_key_set)) for each in issuers}

    async def verify(self, token: str, now: datetime) -> Bearer:
        """
        Whom the token speaks for.

        Raises :class:`Unauthenticated` for every token that proves nothing and :class:`KeysUnavailable` while the
        issuer's keys were never obtained.
        """
        try:
            header, unverified = _opened(token)
            issuer, keys = self._issuers[str(unverified.get("iss"))]
        except (jwt.PyJWTError, KeyError):
            raise Unauthenticated from None
        key = await keys.find(_text(header.get("kid")), now)
        claims = _verified(token, key, str(header.get("alg")), issuer)
        return _bearer(claims, issuer, now)


class KeySet:
    """One issuer's public keys, as JSON Web Keys (RFC 7517)."""

    def __init__(self, source: str, fetch: Fetch) -> None:
        self._source = source
        self._fetch = fetch
        self._keys: tuple[dict[str, object], ...] | None = None
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._lock = asyncio.Lock()

    async def find(self, key_id: str | None, now: datetime) -> dict[str, object]:
        """
        The key of that id; without an id, the only key.  Raises as :meth:`BearerVerifier.verify`.

        Many waiting tokens cause one fetch.
        """
        if self._wants_fetch(key_id, now):
            async with self._lock:
                # Whoever held the lock before may have fetched what this caller wants.
                if self._wants_fetch(key_id, now):
                    await self._refresh(now)
        if self._keys is None:
            raise KeysUnavailable(math.ceil(RETRY.total_seconds()))
        key = self._known(key_id)
        if key is None:
            raise Unauthenticated
        return key

    def _wants_fetch(self, key_id: str | None, now: datetime) -> bool:
        if self._tried_at is not None and abs(now - self._tried_at) < RETRY:
            return False
        stale = self._fetched_at is None or abs(now - self._fetched_at) >= FRESH
        return stale or self._known(key_id) is None

    async def _refresh(self, now: datetime) -> None:
        try:
            self._keys = _usable(await self._fetch(self._source))
            self._fetched_at = now
        except (httpx.HTTPError, OSError, ValueError) as error:
            log.warning("keys of a token issuer could not be fetched", source=self._source, exc_info=error)
        # Noted only now: whoever asks during a fetch must wait for it, not take it for a failed one.
        self._tried_at = now

    def _known(self, key_id: str | None) -> dict[str, object] | None:
        keys = self._keys or ()
        named = [key for key in keys if key_id is None or key.get("kid") == key_id]
        # Two keys of one name, or no name and several keys, leave open which is meant; guessing is not verifying.
        return named[0] if len(named) == 1 else None


async def fetch_key_set(source: str) -> bytes:
    """
    The bytes at an address or path, at most 256 KiB within three seconds.

    Raises :class:`httpx.HTTPError`, :class:`OSError` or :class:`ValueError`.  Proxies named in the environment are
    not used and redirects are not followed.
    """
    if not source.startswith(("https://", "http://")):
        return await asyncio.to_thread(Path(source).read_bytes)
    body = bytearray()
    async with (
        asyncio.timeout(_TIMEOUT_SECONDS),
        httpx.AsyncClient(trust_env=False, timeout=_TIMEOUT_SECONDS) as client,
        client.stream("GET", source) as response,
    ):
        if response.status_code != httpx.codes.OK:
            raise ValueError(f"The key set's address answered {response.status_code}.")
        async for part in response.aiter_bytes():
            body += part
            if len(body) > _LARGEST_KEY_SET:
                raise ValueError(f"The key set is larger than {_LARGEST_KEY_SET} bytes.")
    return bytes(body)


def _usable(document: bytes) -> tuple[dict[str, object], ...]:
    """The set's public signature keys; a set without any is refused, so that a blunder never replaces good keys."""
    keys = json.loads(document)
    found = keys.get("keys") if isinstance(keys, dict) else None
    usable = tuple(key for key in found if _is_signature_key(key)) if isinstance(found, list) else ()
    if not usable:
        raise ValueError("The key set holds no public signature key.")
    return usable


def _is_signature_key(key: object) -> bool:
    return isinstance(key, dict) and key.get("kty") in _KEY_TYPES and key.get("use", "sig") == "sig"


def _opened(token: str) -> tuple[Claims, Claims]:
    """Header and claims, nothing of them verified: only good for choosing the issuer and the key."""
    parts = _JWT.decode_complete(token, options={"verify_signature": False})
    return parts["header"], parts["payload"]


def _verified(token: str, key: dict[str, object], algorithm: str, issuer: JwtIssuer) -> Claims:
    try:
        # A key that states its algorithm is used with no other (RFC 8725 §3.1).
        if key.get("alg", algorithm) != algorithm or algorithm not in issuer.algorithms:
            raise Unauthenticated
        return _JWT.decode(
            token,
            jwt.PyJWK(key, algorithm),
            algorithms=[algorithm],
            audience=issuer.audience,
            issuer=issuer.issuer,
            # The times are compared below, with the clock that the rest of the request uses.
            options={
                "require": ["iss", "sub", "aud", "exp", "iat"],
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
    except (jwt.PyJWTError, ValueError, TypeError):
        raise Unauthenticated from None


def _bearer(claims: Claims, issuer: JwtIssuer, now: datetime) -> Bearer:
    expires_at = _instant(claims, "exp", now)
    begins_at = [_instant(claims, name, now) for name in ("iat", "nbf") if name in claims]
    if now >= expires_at + SKEW or any(now < at - SKEW for at in begins_at):
        raise Unauthenticated
    return Bearer(
        issuer=issuer.issuer,
        subject=str(claims["sub"]),
        tenant=_tenant(claims.get(issuer.tenant_claim)),
        scopes=_scopes(claims.get(issuer.scope_claim)),
        expires_at=expires_at + SKEW,
    )


def _instant(claims: Claims, name: str, now: datetime) -> datetime:
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unauthenticated
    try:
        return datetime.fromtimestamp(value, tz=now.tzinfo)
    except (ValueError, OverflowError, OSError):
        raise Unauthenticated from None


def _tenant(value: object) -> UUID:
    try:
        return UUID(value) if isinstance(value, str) else _nobody()
    except ValueError:
        raise Unauthenticated from None


def _nobody() -> UUID:
    raise Unauthenticated


def _scopes(value: object) -> frozenset[str]:
    """Only scopes that Venia knows; an issuer's others, such as ``openid``, mean nothing here."""
    named = value.split() if isinstance(value, str) else value if isinstance(value, list) else ()
    return frozenset(each for each in named if isinstance(each, str)) & GRANTABLE


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
