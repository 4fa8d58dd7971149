"""
Standard base64 with padding (RFC 4648 §4), read strictly: one spelling for each value.
"""

import base64


def encode_base64(data: bytes) -> str:
    """The text of some bytes."""
    return base64.b64encode(data).decode()


def decode_base64(text: str) -> bytes:
    """Reads ``encode_base64``; ValueError for any other spelling: missing padding, white space, stray last bits."""
    data = base64.b64decode(text, validate=True)
    if encode_base64(data) != text:
        raise ValueError("it is not the canonical base64 of anything")
    return data
