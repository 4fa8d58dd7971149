"""
A number as a register keeps it: a keyed hash, cut, and sorted into a bucket by its first bits.

The key belongs to one load of one register of one tenant, so that equal numbers look different in every load.  Of the
HMAC-SHA-256 the first 32 bits choose the bucket, as many of them as there are buckets for, and the next 80 are kept.  A
number that is not listed is taken for one that is with a probability of at most numbers × 10 / 2^(bits + 80): for ten
million numbers less than one in 10^20, whichever side an error would be on.
"""

import hmac
from uuid import UUID

HEAD, TAIL = 4, 10
WHOLE = HEAD + TAIL
FEWEST_BITS, MOST_BITS = 8, 24
_IN_A_BLOCK = 160  # numbers on average at most, so that a block lies beside its row in a page


def key_of(tenants_key: bytes, load: UUID) -> bytes:
    """The key of one load."""
    return hmac.digest(tenants_key, load.bytes, "sha256")


def digest_of(key: bytes, number: str) -> bytes:
    """What of a number's hash is ever needed."""
    return hmac.digest(key, number.encode(), "sha256")[:WHOLE]


def bits_for(numbers: int) -> int:
    """How many bits choose a bucket, so that blocks stay small."""
    return next((bits for bits in range(FEWEST_BITS, MOST_BITS) if numbers >> bits < _IN_A_BLOCK), MOST_BITS)


def place_of(digest: bytes, bits: int) -> tuple[int, bytes]:
    """The bucket of a digest, and what the block has of it."""
    return int.from_bytes(digest[:HEAD]) >> (8 * HEAD - bits), digest[HEAD:]
