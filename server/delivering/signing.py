"""
Signatures as Standard Webhooks writes them (standardwebhooks.com, version 1.0.0).

Pure.  ``v1`` is HMAC-SHA256 over ``<id>.<timestamp>.<body>``; a secret is ``whsec_`` and the base64 of its bytes.
"""

import base64
import hmac
import secrets
from datetime import datetime

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """A secret as it is shown to whoever will verify with it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed_headers(secret: str, event: str, now: datetime, body: bytes) -> dict[str, str]:
    """The three headers of one try; ``webhook-id`` is the event's id, the same in every try."""
    moment = str(int(now.timestamp()))
    key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    signature = hmac.digest(key, f"{event}.{moment}.".encode() + body, "sha256")
    return {
        "webhook-id": event,
        "webhook-timestamp": moment,
        "webhook-signature": "v1," + base64.b64encode(signature).decode(),
    }
