"""
API keys and scopes: how a key is written, what is kept of it, and what a scope lets its holder do.

    key     = "vk_" + base64url(tenant UUID, 16 bytes | key id, 8 bytes | secret, 24 bytes)       67 characters
    digest  = SHA-256(key's ASCII bytes), all that is stored

The secret has 192 bits of randomness, so an unsalted hash cannot be searched.  Tenant and key id stand in the key so
that one indexed row is read to check it.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

_MARK = "vk_"
_TEXT_LENGTH = len(_MARK) + 64


class Scope(StrEnum):
    """Everything a credential may be allowed to do, as ``family:verb``."""

    CONSENTS_WRITE = "consents:write"
    CONSENTS_WITHDRAW = "consents:withdraw"
    CONSENTS_READ = "consents:read"
    CONTACTS_WRITE = "contacts:write"
    CONTACTS_ERASE = "contacts:erase"
    DECISIONS_READ = "decisions:read"
    DECISIONS_TRACE = "decisions:trace"
    DECISIONS_SIMULATE = "decisions:simulate"
    CALLS_AUTHORIZE = "calls:authorize"
    POLICIES_READ = "policies:read"
    POLICIES_WRITE = "policies:write"
    POLICIES_APPROVE = "policies:approve"
    POLICIES_SIMULATE = "policies:simulate"
    REGISTERS_READ = "registers:read"
    REGISTERS_WRITE = "registers:write"
    EVENTS_READ = "events:read"
    SUBSCRIPTIONS_WRITE = "subscriptions:write"
    AUDIT_READ = "audit:read"
    AUDIT_EXPORT = "audit:export"
    AUDIT_DISCLOSE = "audit:disclose"
    AUDIT_HOLD = "audit:hold"
    ADMIN_WRITE = "admin:write"


# A family is granted whole only where an officer's work needs all of it; elsewhere scopes are named one by one.
WILDCARDS = frozenset({"*", "audit:*", "decisions:*", "policies:*"})
GRANTABLE = frozenset(Scope) | WILDCARDS
# A key in a web page is everybody's: it may say that somebody agreed or refused, and see nothing.
PUBLIC_SCOPES = frozenset({Scope.CONSENTS_WRITE.value, Scope.CONSENTS_WITHDRAW.value})


@dataclass(frozen=True, slots=True)
class NewKey:
    """
    What is stored of a key just made.

    ``prefix`` is the key id in hexadecimal: the key's public name in lists, logs and the audit trail.
    """

    tenant: UUID
    key_id: bytes
    prefix: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Presented:
    """A key as its holder sent it: whose it claims to be, and the digest to compare."""

    tenant: UUID
    key_id: bytes
    digest: bytes

    def matches(self, stored: bytes) -> bool:
        """Whether the stored digest is this key's, in constant time."""
        return hmac.compare_digest(self.digest, stored)


def mint(tenant: UUID) -> tuple[str, NewKey]:
    """A new key's text, to be shown once, and what to keep of it."""
    key_id = secrets.token_bytes(8)
    body = tenant.bytes + key_id + secrets.token_bytes(24)
    text = _MARK + base64.urlsafe_b64encode(body).decode()
    return text, NewKey(tenant=tenant, key_id=key_id, prefix=key_id.hex(), digest=_digest(text))


def read(text: str) -> Presented | None:
    """The key that the text holds, or None if it is not written like one."""
    if len(text) != _TEXT_LENGTH or not text.startswith(_MARK):
        return None
    try:
        body = base64.b64decode(text[len(_MARK) :].encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    # Sixty-four characters that end in padding hold fewer bytes than a key has.
    if len(body) != 48:
        return None
    return Presented(tenant=UUID(bytes=body[:16]), key_id=body[16:24], digest=_digest(text))


def grants(scopes: Collection[str], needed: str) -> bool:
    """Whether any of the scopes covers the needed one; no scopes cover nothing, and only known wildcards count."""
    if needed in scopes or "*" in scopes:
        return True
    family = needed.partition(":")[0] + ":*"
    return family in WILDCARDS and family in scopes


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("ascii")).digest()
