"""
The Merkle tree of RFC 6962 §2.1, folded as leaves arrive.

``Edge`` holds the roots of the perfect subtrees of a tree of ``size`` leaves, largest first: one hash for each set
bit of ``size``.  It is all that is needed to append and to tell the root.
"""

from dataclasses import dataclass
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(body: bytes) -> bytes:
    """SHA-256(0x00 || body); 32 bytes."""
    return sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right); 32 bytes.  The prefix keeps nodes and leaves apart (RFC 6962 §2.1)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Edge:
    """The right edge of a tree: ``hashes`` has one 32-byte hash per set bit of ``size``, largest subtree first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.hashes) != self.size.bit_count() or any(len(h) != 32 for h in self.hashes):
            raise ValueError(f"an edge of {self.size} leaves needs {self.size.bit_count()} hashes of 32 bytes")

    def push(self, leaf: bytes) -> "Edge":
        """The edge with one more leaf hash."""
        stack, joined, level = list(self.hashes), leaf, self.size
        while level & 1:  # Each trailing one is a perfect subtree that this leaf completes.
            joined = node_hash(stack.pop(), joined)
            level >>= 1
        return Edge(self.size + 1, (*stack, joined))

    def root(self) -> bytes:
        """The tree's root hash; SHA-256("") for no leaves."""
        if not self.hashes:
            return EMPTY_ROOT
        *larger, root = self.hashes
        for subtree in reversed(larger):
            root = node_hash(subtree, root)
        return root

    def to_bytes(self) -> bytes:
        """The hashes, concatenated; ``size`` tells how many there are."""
        return b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, size: int, packed: bytes) -> "Edge":
        """Reads ``to_bytes``; ValueError when the length does not fit the size."""
        return cls(size, tuple(packed[at : at + 32] for at in range(0, len(packed), 32)))
