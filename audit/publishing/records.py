"""
What the checkpointer works with: where logs end, entries as they are stored, checkpoints to publish.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.merkle import Edge
from audit.tiles import TileId


def root_of_edge(size: int, edge: bytes) -> bytes | None:
    """The root that an edge makes; None if it is the edge of no tree."""
    try:
        return Edge.from_bytes(size, edge).root()
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class LogEnd:
    """Where a log ends, as its head says."""

    tenant: UUID
    origin: str
    incarnation: int
    size: int
    edge: bytes
    last_leaf: bytes

    def root(self) -> bytes | None:
        """The root that the head's edge makes; None if it is the edge of no tree."""
        return root_of_edge(self.size, self.edge)


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it is stored."""

    index: int
    body: bytes
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """Entries of one log: half-open."""

    tenant: UUID
    incarnation: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint to publish: its note, its place in the meta-log, the keys, and the tiles that changed."""

    tenant: UUID
    origin: str
    size: int
    root: bytes
    note: bytes
    meta_index: int | None
    vkeys: tuple[tuple[str, datetime | None], ...]  # each with the moment at which it ends, if that is known
    tiles: Mapping[TileId, bytes]


@dataclass(frozen=True, slots=True)
class Status:
    """How far a log is signed; ``refusal`` says why it is not signed any more."""

    tenant: UUID
    origin: str
    entries: int
    root: bytes | None  # None if the head is that of no tree
    signed: int
    refusal: str | None
