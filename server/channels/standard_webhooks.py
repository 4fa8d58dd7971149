"""
Whether a delivery was signed as Standard Webhooks 1.0 says: HMAC-SHA-256 over its id, its time and its raw bytes.

Source: Standard Webhooks, "Verifying webhook authenticity".  Pure; every comparison takes constant time.
"""

import base64
import binascii
import hmac
import re
import secrets
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=5)
_PREFIX = "whsec_"
_ID = re.compile(r"[!-~]{1,256}")
_SECONDS = re.compile(r"[0-9]{1,12}")
_SHORTEST, _LONGEST = 24, 64  # bytes of a secret


def new_secret() -> str:
    """A secret of 32 random bytes as both sides write it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def is_secret(text: str) -> bool:
    """Whether this is a secret: ``whsec_`` and 24 to 64 bytes in base64."""
    return text.startswith(_PREFIX) and _SHORTEST <= len(_key(text.encode())) <= _LONGEST


def why_unsigned(
    raw: bytes, *, id: str | None, timestamp: str | None, signatures: str | None, secret: bytes, now: datetime
) -> str | None:
    """
    Why a delivery is not to be believed, as a sentence without its full stop; None if it is.

    The three texts are the headers webhook-id, webhook-timestamp and webhook-signature; any of several signatures will
    do.  A delivery signed more than five minutes from now is refused, so that nobody can send a recorded one again.
    """
    if not _ID.fullmatch(id or "") or not _SECONDS.fullmatch(timestamp or ""):
        return "webhook-id or webhook-timestamp is missing or malformed"
    if abs(now.timestamp() - int(timestamp or "0")) > TOLERANCE.total_seconds():
        return "webhook-timestamp is more than five minutes from this clock"
    key = _key(secret)
    signed = hmac.digest(key, f"{id}.{timestamp}.".encode() + raw, "sha256")
    given = [_signature(each) for each in (signatures or "").split(" ")[:16]]
    if not key or True not in [hmac.compare_digest(each, signed) for each in given]:
        return "webhook-signature is missing or does not match id, timestamp and body"
    return None


def _key(secret: bytes) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX.encode()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _signature(text: str) -> bytes:
    version, _, value = text.partition(",")
    try:
        return base64.b64decode(value, validate=True) if version == "v1" else b""
    except (binascii.Error, ValueError):
        return b""
