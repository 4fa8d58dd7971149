"""
Tiles: the tree of RFC 6962 cut into files of 256 hashes, and bundles of 256 entries (c2sp.org/tlog-tiles v0.1.0).

A tile at level L holds the hashes of level 8·L of the tree.  The last tile of a level may be partial; it only grows,
and only a full one has a hash in the level above.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from struct import pack, unpack_from
from typing import Literal, TypeAlias

from audit.merkle import Node, node_hash

HASH_BYTES = 32
HEIGHT = 8
WIDTH = 1 << HEIGHT
MAX_LEVEL = 63
_MAX_INDEX = 1 << 55  # No tree has 2^63 leaves or more.
_MAX_ENTRY = 65_535
_FULL = WIDTH * HASH_BYTES

Level: TypeAlias = int | Literal["entries"]


@dataclass(frozen=True, slots=True, order=True)
class TileId:
    """Which tile: its level, and its number among the tiles of the level."""

    level: int
    index: int


def tile_path(level: Level, index: int, width: int = WIDTH) -> str:
    """
    Where a tile is published, relative to the log's prefix: ``tile/0/x001/x234/067``, ``tile/entries/000.p/12``.

    ValueError when there is no such tile.
    """
    known = level == "entries" or 0 <= level <= MAX_LEVEL
    if not (known and 0 <= index < _MAX_INDEX and 0 < width <= WIDTH):
        raise ValueError(f"there is no tile {index} of width {width} at level {level}")
    groups = f"{index:,}".split(",")
    number = "/".join([*(f"x{group:0>3}" for group in groups[:-1]), f"{groups[-1]:0>3}"])
    return f"tile/{level}/{number}" + (f".p/{width}" if width < WIDTH else "")


_PATH = re.compile(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([0-9]{1,3}))?")


def parse_tile_path(path: str) -> tuple[Level, int, int]:
    """Level, index and width; ValueError for all but the one spelling that ``tile_path`` gives."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise ValueError(f"{path!r} is no path of a tile")
    level: Level = "entries" if found[1] == "entries" else int(found[1])
    index, width = int(found[2].replace("x", "").replace("/", "")), int(found[3] or WIDTH)
    if tile_path(level, index, width) != path:
        raise ValueError(f"{path!r} is not the canonical path of a tile")
    return level, index, width


def tile_widths(size: int) -> Iterator[tuple[TileId, int]]:
    """Every tile of a tree of ``size`` leaves and how many hashes it has, level by level, left to right."""
    for level in count():
        full, rest = divmod(size >> HEIGHT * level, WIDTH)
        yield from ((TileId(level, index), WIDTH) for index in range(full))
        if rest:
            yield TileId(level, full), rest
        if not full:
            return


def edge_tiles(size: int) -> list[TileId]:
    """The partial tiles, at most one at each level: all that is needed to grow the tree, and to tell its root."""
    levels = range((size.bit_length() + HEIGHT - 1) // HEIGHT)
    ends = ((level, divmod(size >> HEIGHT * level, WIDTH)) for level in levels)
    return [TileId(level, full) for level, (full, rest) in ends if rest]


def tiles_of(nodes: Iterable[Node]) -> dict[TileId, list[Node]]:
    """The one tile that holds what each node is computed from; node (h, …) lies at level h // 8."""
    found: dict[TileId, list[Node]] = {}
    for node in nodes:
        found.setdefault(_tile_of(node), []).append(node)
    return found


def _tile_of(node: Node) -> TileId:
    level, position = node
    return TileId(level // HEIGHT, position >> HEIGHT - level % HEIGHT)


def node_of(node: Node, tile: TileId, hashes: bytes) -> bytes:
    """The node's 32-byte hash, from what its tile has so far; ValueError if that is another tile or too short."""
    level, position = node
    height = level % HEIGHT
    begin = (position << height) % WIDTH * HASH_BYTES
    below = hashes[begin : begin + (HASH_BYTES << height)]
    if tile != _tile_of(node) or len(below) != HASH_BYTES << height:
        raise ValueError(f"the node {node} is not in tile {tile} of {len(hashes)} bytes")
    return _top(below)


def _top(packed: bytes) -> bytes:
    """The hash over 2^k concatenated hashes."""
    level = [packed[at : at + HASH_BYTES] for at in range(0, len(packed), HASH_BYTES)]
    while len(level) > 1:
        level = [node_hash(level[at], level[at + 1]) for at in range(0, len(level), 2)]
    return level[0]


def grown(edge: Mapping[TileId, bytes], size: int, leaves: Sequence[bytes]) -> dict[TileId, bytes]:
    """
    The whole content, so far, of every tile that is new or changed when ``leaves`` join a tree of ``size``.

    ``edge`` holds at least the tiles that ``edge_tiles(size)`` names.  ValueError when one of those that grow is
    missing or has another width than the size says, or a leaf hash has not 32 bytes.  Takes time in the number of
    new leaves alone.
    """
    if any(len(leaf) != HASH_BYTES for leaf in leaves):
        raise ValueError("a leaf hash has 32 bytes")
    changed: dict[TileId, bytes] = {}
    joining = b"".join(leaves)
    for level in count():
        if not joining:
            return changed
        index, width = divmod(size >> HEIGHT * level, WIDTH)
        whole = _content(edge, TileId(level, index), width) + joining
        tiles = [whole[at : at + _FULL] for at in range(0, len(whole), _FULL)]
        changed.update((TileId(level, index + at), tile) for at, tile in enumerate(tiles))
        joining = b"".join(_top(tile) for tile in tiles if len(tile) == _FULL)
    return changed


def _content(edge: Mapping[TileId, bytes], tile: TileId, width: int) -> bytes:
    found = edge.get(tile, b"") if width else b""
    if len(found) != width * HASH_BYTES:
        raise ValueError(f"{tile} has {len(found)} bytes instead of {width} hashes")
    return found


def pack_entries(bodies: Sequence[bytes]) -> bytes:
    """An entry bundle: each entry behind its length in 16 bits; ValueError for none, over 256, or over 65,535 bytes."""
    if not 0 < len(bodies) <= WIDTH or any(len(body) > _MAX_ENTRY for body in bodies):
        raise ValueError("a bundle has 1 to 256 entries of at most 65,535 bytes")
    return b"".join(pack(">H", len(body)) + body for body in bodies)


def unpack_entries(data: bytes) -> list[bytes]:
    """The entries of a bundle; ValueError when bytes are missing or left over, or there is none or more than 256."""
    bodies: list[bytes] = []
    at = 0
    while at < len(data):
        begin = at + 2
        if begin > len(data) or len(bodies) == WIDTH:
            raise ValueError("the bundle is cut off, or has more than 256 entries")
        (length,) = unpack_from(">H", data, at)
        at = begin + length
        bodies.append(data[begin:at])
    if not bodies or at != len(data):
        raise ValueError("the bundle is empty or cut off")
    return bodies
