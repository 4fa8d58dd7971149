"""
A walk along a log: every entry is hashed again, and the tree that grows from the hashes is held against what is stored.

Pure.  A walk is a step from one mark to the next, so that it can be left and taken up at any mark.  Where an entry is
not what its hash, its place or its neighbours say, the log itself is damaged, and nothing behind it can be judged.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from audit.checking.rows import LOST, MISSING, OTHER, Difference, Told, shown
from audit.entry import GENESIS, Json, parse_entry, timestamp
from audit.errors import AuditError, BrokenChain
from audit.merkle import Edge, leaf_hash, range_nodes
from audit.tiles import HASH_BYTES, HEIGHT, WIDTH, TileId, edge_tiles, grown, node_of, tiles_of

_BEGINNING = datetime.min.replace(tzinfo=UTC)


class LogDamaged(AuditError):
    """An entry that is not what was recorded: no projection can be made from such a log, and nothing is repaired."""

    def __init__(self, incarnation: int, index: int, why: str) -> None:
        super().__init__(f"Entry {index} of incarnation {incarnation} is damaged: {why}.")
        self.place = incarnation, index
        self.why = why


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it lies in its table, with the columns that repeat what its bytes say."""

    index: int
    body: bytes
    leaf_hash: bytes
    previous: bytes
    event_id: UUID
    event: str
    contact: UUID | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """
    How far a log has been walked, and all that is needed to go on from there.

    ``partial`` are the tiles of the tree so far that are not full, by level; ``tombstones`` is how many must be left by
    what was told so far, or None where the entries that told of the first ones were pruned.
    """

    incarnation: int = 1
    size: int = 0
    partial: Mapping[int, bytes] = field(default_factory=dict)
    last_leaf: bytes = GENESIS
    last_at: datetime = _BEGINNING
    tombstones: int | None = 0

    @property
    def tiles(self) -> dict[TileId, bytes]:
        """The partial tiles by their names."""
        return {tile: self.partial[tile.level] for tile in edge_tiles(self.size)}

    def edge(self) -> Edge:
        """The edge of the tree so far; ValueError when the tiles are not those of a tree of this size."""
        nodes, tiles = range_nodes(0, self.size), self.tiles
        found = {node: node_of(node, tile, tiles[tile]) for tile, held in tiles_of(nodes).items() for node in held}
        return Edge(self.size, tuple(found[node] for node in nodes))

    def next_incarnation(self) -> "Mark":
        """The beginning of the log that follows this one."""
        return Mark(self.incarnation + 1, tombstones=self.tombstones)

    def to_json(self) -> dict[str, Json]:
        """As it is kept between two runs."""
        return {
            "incarnation": self.incarnation,
            "size": self.size,
            "partial": {str(level): base64.b64encode(tile).decode() for level, tile in self.partial.items()},
            "last_leaf": self.last_leaf.hex(),
            "last_at": timestamp(self.last_at) if self.size else None,
            "tombstones": self.tombstones,
        }


def read_mark(document: Mapping[str, Json]) -> Mark:
    """Reads ``Mark.to_json``; KeyError, TypeError or ValueError if it is none."""
    partial, last_at, tombstones = document["partial"], document["last_at"], document["tombstones"]
    if not isinstance(partial, Mapping):
        raise TypeError("partial")
    return Mark(
        int(str(document["incarnation"])),
        int(str(document["size"])),
        {int(level): base64.b64decode(str(tile)) for level, tile in partial.items()},
        bytes.fromhex(str(document["last_leaf"])),
        _BEGINNING if last_at is None else datetime.fromisoformat(str(last_at)),
        None if tombstones is None else int(str(tombstones)),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What a step found: the mark that it came to, what the entries say, and every tile that grew, whole so far."""

    mark: Mark
    edge: Edge
    told: Sequence[Told]
    tiles: Mapping[TileId, bytes]
    roots: Mapping[int, bytes]  # of the tree at the sizes that were asked for


def step(mark: Mark, origin: str, stored: Sequence[Stored], sizes: Iterable[int]) -> Step:
    """
    Walks along these entries of the log ``origin``, which begin at the mark; tells the tree's root at these sizes.

    Raises LogDamaged at the first entry that is not what it must be.
    """
    told, wanted = list(_told(mark, origin, stored)), set(sizes)
    edge, roots = mark.edge(), {}
    for each in stored:
        edge = edge.push(each.leaf_hash)
        if edge.size in wanted:
            roots[edge.size] = edge.root()
    tiles = grown(mark.tiles, mark.size, [each.leaf_hash for each in stored])
    size = mark.size + len(stored)
    partial = {tile.level: tiles[tile] if tile in tiles else mark.partial[tile.level] for tile in edge_tiles(size)}
    end = Mark(
        mark.incarnation,
        size,
        partial,
        stored[-1].leaf_hash if stored else mark.last_leaf,
        stored[-1].recorded_at if stored else mark.last_at,
        None if mark.tombstones is None else mark.tombstones + sum(map(_tombstones, told)),
    )
    return Step(end, edge, told, tiles, roots)


def _told(mark: Mark, origin: str, stored: Sequence[Stored]) -> Iterator[Told]:
    previous, latest = mark.last_leaf, mark.last_at
    for index, each in enumerate(stored, mark.size):
        if each.index != index:
            raise LogDamaged(mark.incarnation, index, f"it is missing, and entry {each.index} stands in its place")
        told = _read(mark.incarnation, each)
        entry = told.entry
        for name, says, must in (
            ("its hash is another than the one that was stored", leaf_hash(each.body), each.leaf_hash),
            ("it belongs to another log", entry.origin, origin),
            ("it does not follow the entry before it", entry.previous, previous),
            ("the column previous says something else", each.previous, entry.previous),
            ("the column event_id says something else", each.event_id, entry.event_id),
            ("the column event says something else", each.event, told.event),
            ("the column contact_id says something else", each.contact, told.contact),
            ("the column recorded_at says something else", each.recorded_at, entry.recorded_at),
        ):
            if says != must:
                raise LogDamaged(mark.incarnation, index, name)
        if entry.recorded_at < latest:
            raise LogDamaged(mark.incarnation, index, "it was recorded before the entry in front of it")
        previous, latest = each.leaf_hash, entry.recorded_at
        yield told


def _read(incarnation: int, stored: Stored) -> Told:
    try:
        return Told(incarnation, parse_entry(stored.body, stored.index))
    except BrokenChain as error:
        why = str(error).partition(": ")[2].rstrip(".")
        raise LogDamaged(incarnation, stored.index, why) from error


def _tombstones(told: Told) -> int:
    """How many tombstones an entry leaves behind, less those that it takes away."""
    if told.event == "contact.erased":
        return int(str(told.facts.get("tombstones", 0)))
    refused = told.facts.get("refused", ()) if told.event == "contact.identified" else ()
    return -len(refused) if isinstance(refused, list) else 0


# Held against what is stored.


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log ends, as its row says."""

    origin: str
    incarnation: int
    size: int
    edge: bytes
    last_leaf: bytes
    last_at: datetime


def other_head(head: Head, mark: Mark, edge: Edge) -> Iterator[Difference]:
    """Where the head differs from the end of the entries that are there."""
    if not mark.size:
        return
    place = mark.incarnation, mark.size - 1
    for column, must, found in (
        ("size", mark.size, head.size),
        ("edge", edge.to_bytes(), head.edge),
        ("last_leaf", mark.last_leaf, head.last_leaf),
        ("last_at", mark.last_at, head.last_at),
    ):
        if must != found:
            yield Difference("log_heads", head.origin, OTHER, column, shown(must), shown(found), place)


def tile_name(origin: str, tile: TileId) -> str:
    """How a report names a tile."""
    return f"{origin} level {tile.level} index {tile.index}"


def width_at(tile: TileId, size: int) -> int:
    """How many hashes a tile has in a tree of ``size`` leaves."""
    return max(0, min(WIDTH, (size >> HEIGHT * tile.level) - (tile.index << HEIGHT)))


def expected_tile(tile: TileId, content: bytes, published: int) -> bytes:
    """What must be stored of a tile whose content so far is this, in a tree of which ``published`` leaves are."""
    return content[: width_at(tile, published) * HASH_BYTES]


def other_tiles(
    origin: str, mark: Mark, walked: Step, found: Mapping[TileId, bytes], published: int
) -> dict[TileId, Difference]:
    """
    Where stored tiles differ from those that the entries make; each is judged once, when all of it was walked.

    A difference tells of the first hash that is another, and of the first entry under it.
    """
    others = {}
    for tile, content in walked.tiles.items():
        width = width_at(tile, published)
        if not width_at(tile, mark.size) < width <= len(content) // HASH_BYTES:
            continue
        must, there = expected_tile(tile, content, published), found.get(tile, b"")
        if must != there:
            at = next(at for at in range(width + 1) if _hash_at(must, at) != _hash_at(there, at))
            entry = min(((tile.index << HEIGHT) + at) << HEIGHT * tile.level, published - 1)
            hashes, kind = (_hash_at(must, at), _hash_at(there, at)), OTHER if there else MISSING
            others[tile] = Difference(
                "tiles", tile_name(origin, tile), kind, "hashes", *hashes, (mark.incarnation, entry)
            )
    return others


def _hash_at(tile: bytes, position: int) -> str | None:
    return tile[position * HASH_BYTES : (position + 1) * HASH_BYTES].hex() or None


def other_roots(
    origin: str, incarnation: int, signed: Mapping[int, bytes], roots: Mapping[int, bytes]
) -> Iterator[Difference]:
    """Checkpoints whose root is not that of the entries: one of the two was changed after the signature."""
    for size, root in signed.items():
        if size in roots and roots[size] != root:
            yield Difference(
                "checkpoints",
                f"{origin} {size}",
                LOST,
                "root",
                roots[size].hex(),
                root.hex(),
                (incarnation, size - 1),
                "the tree of the entries is another than the one that was signed",
            )
