"""
A log that shows whatever a test wants, its tree and proofs made as RFC 6962 §2.1 says them and not as we do.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256

from audit.checkpoint import Checkpoint
from audit.note import Note
from audit.signing import LogKey

ORIGIN = "example.org/toy"


@dataclass(frozen=True, slots=True)
class ToyLog:
    """
    A log of any length; from leaf ``forked_at`` on it has other leaves than its twin.
    """

    origin: str = ORIGIN
    forked_at: int | None = None
    secret: bytes = b"s" * 32

    @property
    def key(self) -> LogKey:
        """
        What it signs with.
        """
        return LogKey.from_secret(self.secret, self.origin)

    def leaves(self, size: int) -> list[bytes]:
        """
        The hashes of its first leaves.
        """
        own = size if self.forked_at is None else self.forked_at
        return [sha256(b"\0%s %d" % (b"one" if index < own else b"other", index)).digest() for index in range(size)]

    def checkpoint(self, size: int) -> bytes:
        """
        The signed checkpoint of its first leaves.
        """
        text = Checkpoint(self.origin, size, mth(self.leaves(size))).text()
        return Note(text, (self.key.sign(text),)).encode()

    def proof(self, old: int, size: int) -> list[bytes]:
        """
        That the tree of ``size`` leaves extends that of ``old``; nothing for nothing.
        """
        return subproof(old, self.leaves(size), whole=True) if 0 < old <= size else []

    def body(self, old: int, size: int) -> bytes:
        """
        What it sends to a witness that has cosigned ``old`` leaves.
        """
        return body(old, self.proof(old, size), self.checkpoint(size))


def body(old: int, hashes: list[bytes], checkpoint: bytes) -> bytes:
    """
    The request of tlog-witness, whatever it holds.
    """
    lines = [f"old {old}", *(base64.b64encode(each).decode() for each in hashes), ""]
    return "".join(f"{line}\n" for line in lines).encode() + checkpoint


def mth(leaves: list[bytes]) -> bytes:
    """
    MTH of RFC 6962 §2.1 over leaf hashes.
    """
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def subproof(m: int, leaves: list[bytes], *, whole: bool) -> list[bytes]:
    """
    SUBPROOF of RFC 6962 §2.1.2.
    """
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole=whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], whole=False), mth(leaves[:k])]


def split(size: int) -> int:
    """
    The largest power of two below ``size``.
    """
    return 1 << (size - 1).bit_length() - 1
