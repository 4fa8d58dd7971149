"""
Salted commitments to personal fields, in the shape of SD-JWT disclosures (RFC 9901 §4.2).

An entry carries only digests.  The salts derive from the person's own key, so destroying that key destroys them,
including those in backups, and the digests can then no longer be tried against guesses.
"""

import base64
import hmac
import json
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from uuid import UUID

from audit.entry import Json, canonical
from audit.errors import NotCanonical


@dataclass(frozen=True, slots=True)
class Commitment:
    """One personal field: its name, the disclosure that reveals it, and the digest an entry may carry."""

    name: str
    disclosure: str  # base64url of the JCS of [salt, name, value]
    digest: str  # base64url of SHA-256 of the disclosure's ASCII bytes


def commit(key: bytes, event_id: UUID, name: str, value: Json) -> Commitment:
    """
    Commits to one field of one event under the person's 32-byte key.

    The salt is HKDF-Expand (RFC 5869 §2.3) of the key: one block, 32 bytes, bound to the event and the field.
    """
    named = _quoted(name)
    salt = hmac.digest(key, f'["salt","{event_id}",{named}]'.encode() + b"\x01", "sha256")
    if type(value) is str:
        # The canonical bytes of [salt, name, value], put together: most of what is committed to is text.
        try:
            disclosure = _base64url(f'["{_base64url(salt)}",{named},{_quoted(value)}]'.encode())
        except UnicodeEncodeError as error:
            raise NotCanonical("", "it contains half of a surrogate pair") from error
    else:
        disclosure = _base64url(canonical([_base64url(salt), name, value]))
    return Commitment(name, disclosure, digest_of(disclosure))


def digest_of(disclosure: str) -> str:
    """The digest under which an entry commits to this disclosure."""
    return _base64url(sha256(disclosure.encode("ascii")).digest())


def value_of(disclosure: str) -> Json:
    """The value that a disclosure reveals; ValueError if it is none."""
    *_, value = json.loads(base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4)))
    return value  # type: ignore[no-any-return]  # Whatever JSON it is.


def name_of(disclosure: str) -> str:
    """The name of the field that a disclosure reveals; ValueError if it is none."""
    _, name, _ = json.loads(base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4)))
    return str(name)


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
