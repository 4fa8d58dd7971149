"""
A link for one person, as the token that stands in its address.

    token = "vl_" + base64url(tenant, 16 bytes | AES-SIV of the rest)       106 characters, no padding

The rest (RFC 5297, under a key that derives from the tenant's) is link, contact, scope, issue and length: who does not
have the key makes no token, and reads in none whom it is for.  The same link is always the same token, so that none is stored.
"""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from audit.entry import Json
from audit.instants import rfc3339

MARK = "vl_"
SCOPES = ("page", "refusal")  # sees everything; or can refuse, and sees nothing that was
LONGEST_DAYS = 3650
_BODY = struct.Struct(">16s16sqIB")
_LENGTH = 16 + 16 + _BODY.size
_TEXT_LENGTH = len(MARK) + (_LENGTH * 8 + 5) // 6
_CONTEXT = b"venia/link/v1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Link:
    """One link: for whom, how far it reaches, and from when to when it opens."""

    tenant: UUID
    id: UUID
    contact: UUID
    scope: str
    issued_at: datetime
    lasts: timedelta  # in whole seconds

    @property
    def expires_at(self) -> datetime:
        """The moment from which it opens nothing."""
        return self.issued_at + self.lasts

    def to_json(self) -> dict[str, Json]:
        """The link as answers and entries tell of it: without its token."""
        return {
            "link": str(self.id),
            "scope": self.scope,
            "issued_at": rfc3339(self.issued_at),
            "expires_at": rfc3339(self.expires_at),
        }

    def token(self, key: bytes) -> str:
        """What opens it, under the tenant's key of links; it MUST go to the person alone."""
        issued, lasts = (self.issued_at - _EPOCH) // _MICROSECOND, self.lasts // timedelta(seconds=1)
        body = _BODY.pack(self.id.bytes, self.contact.bytes, issued, lasts, SCOPES.index(self.scope))
        sealed = AESSIV(key).encrypt(body, [_CONTEXT, self.tenant.bytes])
        return MARK + base64.urlsafe_b64encode(self.tenant.bytes + sealed).rstrip(b"=").decode()


def tenant_of(token: str) -> UUID | None:
    """Whose link a token claims to be; None where it is not written like one."""
    raw = _raw(token)
    return None if raw is None else UUID(bytes=raw[:16])


def opened(token: str, key: bytes) -> Link | None:
    """The link that a token is, if it was sealed under this key."""
    raw = _raw(token)
    if raw is None:
        return None
    try:
        body = AESSIV(key).decrypt(raw[16:], [_CONTEXT, raw[:16]])
    except InvalidTag:
        return None
    identity, contact, issued, lasts, scope = _BODY.unpack(body)
    return Link(
        UUID(bytes=raw[:16]),
        UUID(bytes=identity),
        UUID(bytes=contact),
        SCOPES[scope],
        _EPOCH + issued * _MICROSECOND,
        timedelta(seconds=lasts),
    )


def _raw(token: str) -> bytes | None:
    """The bytes of a token that is written as it was made: bits left over at its end would make two texts of one."""
    if len(token) != _TEXT_LENGTH or not token.startswith(MARK):
        return None
    text = token.removeprefix(MARK)
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    same = base64.urlsafe_b64encode(raw).rstrip(b"=").decode() == text
    return raw if same and len(raw) == _LENGTH else None
