"""
Whether a delivery comes from Meta: the HMAC of its raw bytes, and the handshake that opens a subscription.

Source: Meta, "Create a webhook endpoint".  Pure; every comparison takes constant time.  Twilio's and Standard Webhooks'
signatures are in twilio_signature.py and standard_webhooks.py.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping

_HEADER = re.compile(r"sha256=([0-9a-fA-F]{64})")


def matches(raw: bytes, header: str | None, secret: bytes) -> bool:
    """
    Whether ``header`` (X-Hub-Signature-256) is the HMAC-SHA-256 of exactly these bytes under the app secret.

    The bytes MUST be those received: JSON written again differs in its escapes.  False for a header that is missing or
    malformed, and for an empty secret, under which anybody can sign.
    """
    found = _HEADER.fullmatch(header or "")
    if found is None or not secret:
        return False
    return hmac.compare_digest(hmac.digest(secret, raw, hashlib.sha256), bytes.fromhex(found[1]))


def subscription_challenge(query: Mapping[str, str], verify_token: str) -> str | None:
    """The challenge to send back as plain text when Meta asks with our token; None means refuse (403)."""
    given = query.get("hub.verify_token", "")
    known = hmac.compare_digest(_bytes(given), _bytes(verify_token))
    if query.get("hub.mode") != "subscribe" or not verify_token or not known:
        return None
    return query.get("hub.challenge") or None


def _bytes(text: str) -> bytes:
    # A query may hold what UTF-8 cannot; it must compare unequal, not raise.
    return text.encode("utf-8", "surrogatepass")
