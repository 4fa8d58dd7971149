"""
The Merkle tree of RFC 6962 §2.1, folded as leaves arrive, and its proofs.

``Edge`` holds the roots of the perfect subtrees of a tree of ``size`` leaves, largest first: one hash for each set
bit of ``size``.  It is all that is needed to append and to tell the root.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

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
        return joined(self.hashes)

    def to_bytes(self) -> bytes:
        """The hashes, concatenated; ``size`` tells how many there are."""
        return b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, size: int, packed: bytes) -> "Edge":
        """Reads ``to_bytes``; ValueError when the length does not fit the size."""
        return cls(size, tuple(packed[at : at + 32] for at in range(0, len(packed), 32)))


class Growing:
    """An edge to which many leaves are added: only the last one is made."""

    __slots__ = ("_hashes", "size")

    def __init__(self, edge: Edge) -> None:
        self.size = edge.size
        self._hashes = list(edge.hashes)

    def push(self, leaf: bytes) -> None:
        """Adds a leaf hash, as ``Edge.push`` does."""
        joined, level, hashes = leaf, self.size, self._hashes
        while level & 1:
            joined = node_hash(hashes.pop(), joined)
            level >>= 1
        hashes.append(joined)
        self.size += 1

    def edge(self) -> Edge:
        """The edge as it is now."""
        return Edge(self.size, tuple(self._hashes))


Node: TypeAlias = tuple[int, int]
"""(level, position): the root of the perfect subtree over leaves [position * 2^level, (position + 1) * 2^level)."""

Range: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProofPlan:
    """A proof that is still to be read: for each of its hashes the perfect subtrees that make it up, left to right."""

    parts: tuple[tuple[Node, ...], ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Everything that must be read: as many nodes as the tree is high, or a few more."""
        return tuple(node for part in self.parts for node in part)

    def fold(self, read: Mapping[Node, bytes]) -> tuple[bytes, ...]:
        """The proof's hashes."""
        return tuple(joined([read[node] for node in part]) for part in self.parts)


def joined(subtrees: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees that lie side by side, the largest first."""
    *larger, root = subtrees
    for subtree in reversed(larger):
        root = node_hash(subtree, root)
    return root


def range_nodes(begin: int, end: int) -> list[Node]:
    """The perfect subtrees that make up the leaves [begin, end), left to right, each as large as it can be."""
    nodes = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        if begin:
            level = min(level, (begin & -begin).bit_length() - 1)
        nodes.append((level, begin >> level))
        begin += 1 << level
    return nodes


def inclusion_plan(index: int, size: int) -> ProofPlan:
    """The audit path of RFC 6962 §2.1.1, the leaf's sibling first; ValueError unless 0 ≤ index < size."""
    if not 0 <= index < size:
        raise ValueError(f"there is no entry {index} in a tree of {size}")
    begin, end = 0, size
    siblings: list[Range] = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        inside, outside = ((begin, middle), (middle, end)) if index < middle else ((middle, end), (begin, middle))
        siblings.append(outside)
        begin, end = inside
    return _plan(reversed(siblings))


def consistency_plan(old: int, new: int) -> ProofPlan:
    """The proof of RFC 6962 §2.1.2; ValueError unless 1 ≤ old ≤ new."""
    if not 1 <= old <= new:
        raise ValueError(f"a tree of {new} cannot extend one of {old}")
    parts: list[Range] = []
    begin, end, is_whole = 0, new, True  # is_whole: the subtree in hand is the old tree itself, which needs no hash
    while old != end - begin:
        middle = _split(end - begin)
        if old <= middle:
            parts.append((begin + middle, end))
            end = begin + middle
        else:
            parts.append((begin, begin + middle))
            begin, old, is_whole = begin + middle, old - middle, False
    if not is_whole:
        parts.append((begin, end))
    return _plan(reversed(parts))


def _split(size: int) -> int:
    """The largest power of two that is smaller than ``size``."""
    return int(1 << ((size - 1).bit_length() - 1))


def _plan(parts: Iterable[Range]) -> ProofPlan:
    return ProofPlan(tuple(tuple(range_nodes(*part)) for part in parts))


def verify_inclusion(*, leaf: bytes, index: int, size: int, hashes: Sequence[bytes], root: bytes) -> bool:
    """
    Whether the tree of ``size`` leaves with this root holds this leaf hash at ``index``.

    Strict: the proof has exactly the length that place and size ask for, and every hash 32 bytes; the steps of RFC 9162
    §2.1.3.2 alone would accept an empty root for an empty leaf hash.
    """
    if not 0 <= index < size or not _are_hashes((leaf, root, *hashes)):
        return False
    inner = (index ^ (size - 1)).bit_length()
    if len(hashes) != inner + (index >> inner).bit_count():
        return False
    result = leaf
    for step, sibling in enumerate(hashes):
        is_right = step >= inner or (index >> step) & 1
        result = node_hash(sibling, result) if is_right else node_hash(result, sibling)
    return result == root


def verify_consistency(*, old: int, new: int, hashes: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """
    Whether the tree of ``new`` leaves extends the one of ``old`` leaves (RFC 9162 §2.1.4.2), as strictly as above.

    Any tree extends the empty one, of which the proof is empty; that tells nothing about the past.
    """
    if not 0 <= old <= new or not _are_hashes((old_root, new_root, *hashes)):
        return False
    if old == 0 and old_root != EMPTY_ROOT:
        return False
    if old in {0, new}:
        return not hashes and (old < new or old_root == new_root)
    shift = (old & -old).bit_length() - 1
    inner = ((old - 1) ^ (new - 1)).bit_length()
    border = ((old - 1) >> inner).bit_count()
    inner -= shift
    seed, rest = (old_root, hashes) if old == 1 << shift else (hashes[0] if hashes else b"", hashes[1:])
    if len(rest) != inner + border or not seed:
        return False
    mask = (old - 1) >> shift
    first = second = seed
    for step, sibling in enumerate(rest):
        if step >= inner or (mask >> step) & 1:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
        else:
            second = node_hash(second, sibling)
    return first == old_root and second == new_root


def _are_hashes(values: Iterable[bytes]) -> bool:
    return all(len(value) == 32 for value in values)
