"""
What may be signed: a tree that follows from the last one promised, entry by entry.

Pure.  Bodies are hashed again from the bytes that are stored; nothing that was hashed before is taken on trust but what
the guard confirms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.entry import GENESIS, entry_prefix, parse_entry
from audit.errors import BrokenChain, CheckpointRefused
from audit.merkle import Edge, leaf_hash, range_nodes
from audit.publishing.guard import Promise
from audit.publishing.planning import Task
from audit.publishing.records import LogEnd, Stored
from audit.tiles import TileId, grown, node_of, tiles_of

_TIME_BYTES = len("2026-01-01T00:00:00.000000Z")


@dataclass(frozen=True, slots=True)
class Growth:
    """A tree that has grown: its size and root, and the whole content of every tile that changed."""

    size: int
    root: bytes
    tiles: Mapping[TileId, bytes]


def grow(task: Task, stored: Sequence[Stored], tiles: Mapping[TileId, bytes]) -> Growth:
    """
    The tree that the task asks for, grown from the published one whose partial tiles are given.

    ``stored`` begins with the entry before the new ones, if there is one.  Raises CheckpointRefused where it does not
    follow from what was promised.
    """
    end = task.end
    leaves = _follow(end, stored, task.published, task.target)
    growth = grow_leaves(leaves, tiles=tiles, size=task.published, promise=task.promise)
    if task.target == end.size and growth.root != end.root():
        raise CheckpointRefused(f"altered: the head's tree of {end.size} entries is another than that of the entries")
    return growth


def grow_leaves(
    leaves: Sequence[bytes], *, tiles: Mapping[TileId, bytes], size: int, promise: Promise | None
) -> Growth:
    """The same from leaf hashes; the tree MUST pass through what was promised."""
    edge = edge_from(size, tiles)
    for leaf in (None, *leaves):
        edge = edge if leaf is None else edge.push(leaf)
        if promise is not None and edge.size == promise.size and edge.root() != promise.root:
            raise CheckpointRefused(f"forked: at size {edge.size} there is another tree than the one that was signed")
    try:
        return Growth(edge.size, edge.root(), grown(tiles, size, leaves))
    except ValueError as error:
        raise CheckpointRefused(f"altered: the tiles of the tree of {size} entries have other widths") from error


def edge_from(size: int, tiles: Mapping[TileId, bytes]) -> Edge:
    """The right edge of a tree, computed from its partial tiles; CheckpointRefused if one is missing or too short."""
    nodes = range_nodes(0, size)
    try:
        found = {node: node_of(node, tile, tiles[tile]) for tile, held in tiles_of(nodes).items() for node in held}
    except (KeyError, ValueError) as error:
        raise CheckpointRefused(f"altered: the tiles of the tree of {size} entries are not whole") from error
    return Edge(size, tuple(found[node] for node in nodes))


def _follow(end: LogEnd, stored: Sequence[Stored], size: int, target: int) -> list[bytes]:
    """The new leaf hashes, from bodies that follow one another without a gap."""
    before = 1 if size else 0
    if [each.index for each in stored] != list(range(size - before, target)):
        raise CheckpointRefused(f"altered: not every entry from {size - before} to {target} is there")
    previous = leaf_hash(stored[0].body) if before else GENESIS
    latest = _time(stored[0].body, end.origin, size - 1) if before else b""
    leaves = []
    for each in stored[before:]:
        prefix = entry_prefix(origin=end.origin, index=each.index, previous=previous)
        moment = each.body[len(prefix) : len(prefix) + _TIME_BYTES]
        previous = leaf_hash(each.body)
        if not each.body.startswith(prefix) or moment < latest or previous != each.leaf_hash:
            raise CheckpointRefused(f"altered: entry {each.index} does not follow from the one before it")
        latest = moment
        leaves.append(previous)
    return leaves


def _time(body: bytes, origin: str, index: int) -> bytes:
    """The time line of an entry that was signed before, as far as its bytes still have the form of one."""
    try:
        entry = parse_entry(body, index)
    except BrokenChain as error:
        raise CheckpointRefused(f"altered: {error}") from error
    at = len(entry_prefix(origin=origin, index=index, previous=entry.previous))
    return body[at : at + _TIME_BYTES]
