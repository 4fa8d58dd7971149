"""
What a witness signs (c2sp.org/tlog-cosignature): that at a time this was the largest consistent tree it had seen.
"""

import re

from audit.encoding import decode_base64

# Numbers have one spelling, so that two texts never share one signature but for their extension lines.
_HEAD = re.compile(r"(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{0,18})\n(?P<root>[A-Za-z0-9+/]{43}=)\n")


def cosigned_bytes(text: str, seconds: int) -> bytes:
    """The message of an Ed25519 cosignature/v1 over a checkpoint's text at a POSIX time."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def subtree_bytes(text: str, *, name: str, seconds: int) -> bytes:
    """
    The message of an ML-DSA-44 cosignature over a checkpoint's whole tree; extension lines are no part of it.

    ValueError when the text is no checkpoint, or a name has more than 255 bytes.
    """
    found = _HEAD.match(text)
    root = decode_base64(found["root"]) if found else b""
    if found is None or len(root) != 32:
        raise ValueError("only a checkpoint can be cosigned with ML-DSA-44")
    tree = _u64(0) + _u64(int(found["size"])) + root
    return b"subtree/v1\n\0" + _short(name) + _u64(seconds) + _short(found["origin"]) + tree


def _u64(number: int) -> bytes:
    if not 0 <= number < 2**64:
        raise ValueError(f"{number} does not fit 64 bits")
    return number.to_bytes(8, "big")


def _short(text: str) -> bytes:
    encoded = text.encode()
    if not 1 <= len(encoded) <= 255:
        raise ValueError("a name has 1 to 255 bytes")
    return bytes([len(encoded)]) + encoded
