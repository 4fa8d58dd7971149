"""
Decision tokens: an allow that its holder can show, and that whoever knows the public keys can check without asking.

A token is a JWS (RFC 7515) over the claims of one hold, signed with Ed25519 (RFC 8037).  It is never stored: what is kept
with the first answer are the claims, and since these signatures are deterministic (RFC 8032 §5.1.6), signing them again
with the key of that moment gives the same bytes.
"""

import base64
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from audit.entry import Json
from policies.attempts import Attempt
from policies.refusals import TokenRefused

TYPE = "venia-decision+jwt"
ALGORITHM = "EdDSA"
LONGEST_LIFE = timedelta(seconds=60)
# For so long after its last signature a key is known here: as long as a first answer may be asked for again, and longer
# than a call whose outcome is reported.
KNOWN = timedelta(days=7)
_CLOCKS = timedelta(seconds=5)  # by which those of whoever signs and of whoever checks may differ
_NEEDED = ("iss", "sub", "jti", "iat", "exp", "tenant", "rule_set")


def claims_of(hold: Attempt, rule_set: str, now: datetime) -> dict[str, Json]:
    """
    What a token says of a hold made at ``now``, but for its issuer; times are POSIX seconds.

    It lives for a minute at most, and never longer than the hold.
    """
    issued = int(now.timestamp())
    return {
        "sub": str(hold.contact),
        "jti": str(hold.id),
        "iat": issued,
        "exp": min(issued + int(LONGEST_LIFE.total_seconds()), int(hold.expires_at.timestamp())),
        "tenant": str(hold.tenant),
        "sender": hold.sender,
        "purpose": hold.purpose,
        "channel": hold.channel,
        "technology": hold.technology,
        "action": hold.action,
        "rule_set": rule_set,
    }


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key that signs tokens from ``starts`` on, until the next one does."""

    kid: str  # its JWK thumbprint (RFC 7638)
    private: Ed25519PrivateKey = field(repr=False)
    starts: datetime

    @classmethod
    def from_secret(cls, secret: bytes, starts: datetime) -> "TokenKey":
        """The key that derives from 32 secret bytes (HKDF-Expand, RFC 5869)."""
        seed = HKDFExpand(algorithm=SHA256(), length=32, info=b"venia/token-key/v1").derive(secret)
        return cls.of(Ed25519PrivateKey.from_private_bytes(seed), starts)

    @classmethod
    def of(cls, private: Ed25519PrivateKey, starts: datetime) -> "TokenKey":
        """A key under the name that follows from its public half."""
        return cls(_thumbprint(_public(private)), private, starts)

    def jwk(self) -> dict[str, str]:
        """The public half as a JSON Web Key (RFC 8037 §2)."""
        return {**_public(self.private), "kid": self.kid, "use": "sig", "alg": ALGORITHM}

    def sign(self, claims: Mapping[str, Json]) -> str:
        """The token of these claims; the same claims, in whatever order, give the same bytes."""
        return jwt.encode(dict(sorted(claims.items())), self.private, ALGORITHM, headers={"typ": TYPE, "kid": self.kid})


@dataclass(frozen=True, slots=True)
class TokenKeys:
    """The keys of tokens, the one that starts first before the others."""

    keys: tuple[TokenKey, ...]

    def signer(self, moment: datetime) -> TokenKey | None:
        """The key that signs at this moment; None before any did, and where that one is known no more."""
        place = bisect_right([each.starts for each in self.keys], moment)
        return self.keys[place - 1] if place else None

    def published(self, now: datetime) -> list[dict[str, str]]:
        """The keys under which a token of now, or of later, or one that still lives may stand."""
        return [each.jwk() for each in self.keys if now < self._ended(each) + LONGEST_LIFE + _CLOCKS]

    def known(self, kid: object, now: datetime) -> TokenKey | None:
        """The key of this name, if it signs or did so within the time that keys are known."""
        named = (each for each in self.keys if each.kid == kid and each.starts <= now + _CLOCKS)
        return next((each for each in named if now < self._ended(each) + KNOWN), None)

    def _ended(self, key: TokenKey) -> datetime:
        place = self.keys.index(key) + 1
        return self.keys[place].starts if place < len(self.keys) else datetime.max.replace(tzinfo=UTC) - 2 * KNOWN


@dataclass(frozen=True, slots=True)
class Presented:
    """A token that was shown: the hold and tenant for which it was signed, or what is wrong with it."""

    tenant: str = ""
    hold: str = ""
    fault: str | None = None


def read_token(text: str, keys: TokenKeys, now: datetime) -> Presented:
    """
    What a token is for, if one of these keys signed it.

    Its expiry is not looked at: that ends the time in which the call may be placed, not that of telling how it ended.
    """
    try:
        header = jwt.get_unverified_header(text)
        key = keys.known(header.get("kid"), now)
        if header.get("typ") != TYPE:
            return Presented(fault="This is no decision token.")
        if key is None:
            return Presented(fault="No key of this service that is still known signed this token.")
        claims = jwt.decode(
            text,
            key.private.public_key(),
            [ALGORITHM],
            options={"require": list(_NEEDED), "verify_exp": False, "verify_iat": False},
        )
    except jwt.InvalidSignatureError:
        return Presented(fault="The signature of this token is wrong: it was altered, or signed by another key.")
    except jwt.MissingRequiredClaimError:
        return Presented(fault="This is no decision token.")
    except (jwt.PyJWTError, ValueError, RecursionError):
        return Presented(fault="This is no token that can be read.")
    if not _is_canonical(text):
        return Presented(fault="This token is not written as it was signed.")
    return Presented(str(claims["tenant"]), str(claims["jti"]))


def admit(shown: Presented, tenant: UUID, hold: UUID) -> None:
    """Raises TokenRefused unless what was shown is a token of this tenant for this hold."""
    if shown.fault is not None:
        raise TokenRefused(shown.fault)
    if (shown.tenant, shown.hold) != (str(tenant), str(hold)):
        raise TokenRefused("This token was given for another hold.")


class Tokens:
    """Signs and reads tokens with the keys of the moment."""

    __slots__ = ()

    def sign(self, claims: Mapping[str, Json]) -> str | None:
        """The token of these claims under the key of their ``iat``; None where that key is known no more."""
        raise NotImplementedError  # Whoever keeps the keys can sign.

    def read(self, text: str) -> Presented:
        """What a token is for, or what is wrong with it."""
        raise NotImplementedError  # As above.

    def published(self) -> Sequence[Mapping[str, str]]:
        """The public keys, as JSON Web Keys."""
        raise NotImplementedError  # As above.


def _public(private: Ed25519PrivateKey) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": _unpadded(private.public_key().public_bytes_raw())}


def _thumbprint(public: Mapping[str, str]) -> str:
    """RFC 7638 §3: over the required members alone, sorted, without spaces."""
    return _unpadded(sha256(json.dumps(public, sort_keys=True, separators=(",", ":")).encode()).digest())


def _unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _is_canonical(text: str) -> bool:
    """Base64 leaves bits over at an end; one text for one token, so that nobody takes two for two."""
    parts = text.split(".")
    return all(_unpadded(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) == part for part in parts)
