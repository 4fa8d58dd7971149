"""
Tiles hold the tree, however it grew, and every proof is made from a few of them.
"""

from functools import cache
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.merkle import (
    Edge,
    Node,
    ProofPlan,
    consistency_plan,
    inclusion_plan,
    leaf_hash,
    node_hash,
    range_nodes,
    verify_consistency,
    verify_inclusion,
)
from audit.tiles import (
    HASH_BYTES,
    WIDTH,
    TileId,
    edge_tiles,
    grown,
    node_of,
    tile_widths,
    tiles_of,
)

LARGEST = 66_000
BORDERS = [0, 1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, LARGEST]


@cache
def leaf(index: int) -> bytes:
    return leaf_hash(str(index).encode())


@cache
def subtree(level: int, position: int) -> bytes:
    """
    MTH of RFC 6962 §2.1 over a perfect subtree, by its definition.
    """
    if level == 0:
        return leaf(position)
    return sha256(b"\1" + subtree(level - 1, 2 * position) + subtree(level - 1, 2 * position + 1)).digest()


def leaves(begin: int, end: int) -> list[bytes]:
    return [leaf(index) for index in range(begin, end)]


class Shelf:
    """
    Tiles as they are stored, and a count of those that are read.
    """

    def __init__(self, tiles: dict[TileId, bytes]) -> None:
        self.tiles = tiles
        self.read: list[TileId] = []

    def prove(self, plan: ProofPlan) -> tuple[bytes, ...]:
        """
        The proof, from one read of each tile that it needs.
        """
        nodes: dict[Node, bytes] = {}
        for tile, wanted in tiles_of(plan.nodes).items():
            self.read.append(tile)
            nodes.update((node, node_of(node, tile, self.tiles[tile])) for node in wanted)
        return plan.fold(nodes)


def put(tiles: dict[TileId, bytes], size: int, end: int) -> None:
    """
    Grows the stored tiles, given no more than the partial ones.
    """
    tiles.update(grown({tile: tiles[tile] for tile in edge_tiles(size)}, size, leaves(size, end)))


def tree_in_batches(size: int, seed: int, largest: int) -> dict[TileId, bytes]:
    """
    The tiles of a tree that grew in batches of random sizes, some of them empty.
    """
    random, tiles, at = Random(seed), dict[TileId, bytes](), 0
    while at < size:
        end = min(size, at + random.randrange(largest))
        put(tiles, at, end)
        at = end
    return tiles


@cache
def large_tree() -> dict[TileId, bytes]:
    return tree_in_batches(LARGEST, seed=1, largest=5_000)


@pytest.mark.parametrize("seed", range(5))
def test_tiles_hold_the_tree_however_it_grew(seed):
    """
    Batches of any size leave the same tiles, whose hashes are the tree's at every eighth level.
    """
    size = 700 + seed
    tiles = tree_in_batches(size, seed, largest=90)

    assert {tile: len(hashes) // HASH_BYTES for tile, hashes in tiles.items()} == dict(tile_widths(size))
    for tile, hashes in tiles.items():
        places = range(tile.index * WIDTH, tile.index * WIDTH + len(hashes) // HASH_BYTES)

        assert hashes == b"".join(subtree(8 * tile.level, place) for place in places)


def test_a_tree_of_three_levels_of_tiles_is_the_same_in_one_batch():
    """
    What grew in batches and what came at once are the same tiles.
    """
    assert large_tree() == grown({}, 0, leaves(0, LARGEST))
    assert {tile: len(hashes) // 32 for tile, hashes in large_tree().items()} == dict(tile_widths(LARGEST))


@given(st.integers(0, 600), st.integers(0, 600))
def test_growing_touches_only_what_changes(size, more):
    """
    A tile that was full stays as it is, what is given back is new or longer, and it begins with what it was.
    """
    before = grown({}, 0, leaves(0, size))
    after = grown(before, size, leaves(size, size + more))

    assert all(len(hashes) > len(before.get(tile, b"")) for tile, hashes in after.items())
    assert all(hashes.startswith(before.get(tile, b"")) for tile, hashes in after.items())
    assert {**before, **after} == grown({}, 0, leaves(0, size + more))


@pytest.mark.parametrize("size", BORDERS)
def test_the_partial_tiles_tell_the_edge(size):
    """
    The right edge, and with it the root, is computed from the partial tiles alone.
    """
    tiles = {tile: large_tree()[tile][: width * HASH_BYTES] for tile, width in tile_widths(size) if width < WIDTH}
    nodes = range_nodes(0, size)
    edge = Edge(size, tuple(node_of(node, tile, tiles[tile]) for tile, at in tiles_of(nodes).items() for node in at))
    folded = [subtree(level, position) for level, position in nodes]

    assert sorted(tiles) == sorted(edge_tiles(size))
    assert list(edge.hashes) == folded


@given(st.integers(0, 2**62))
def test_partial_tiles_are_those_at_the_end_of_each_level(size):
    """
    There is one at most at each level, and it has ⌊size / 256^level⌋ mod 256 hashes.
    """
    widths = {level: (size // 256**level) % 256 for level in range(9)}

    assert edge_tiles(size) == [TileId(k, size // 256**k // 256) for k, width in widths.items() if width]


@pytest.mark.parametrize("size", [1, 2, 7, 255, 256, 257, 300, 512, 613])
def test_every_proof_of_a_tree_is_made_from_its_tiles(size):
    """
    For every leaf, and from every smaller size, and no more than two tiles of each level are read for it.
    """
    shelf = Shelf(tree_in_batches(size, seed=size, largest=70))
    roots = roots_up_to(size)
    levels = len({tile.level for tile in shelf.tiles})
    for index in range(size):
        shelf.read.clear()
        hashes = shelf.prove(inclusion_plan(index, size))

        assert len(shelf.read) <= 2 * levels
        assert verify_inclusion(leaf=leaf(index), index=index, size=size, hashes=hashes, root=roots[size])
    for old in range(1, size + 1):
        shelf.read.clear()
        hashes = shelf.prove(consistency_plan(old, size))

        assert len(shelf.read) <= 2 * levels
        assert verify_consistency(old=old, new=size, hashes=hashes, old_root=roots[old], new_root=roots[size])


def roots_up_to(size: int) -> list[bytes]:
    edge, roots = Edge(), []
    for index in range(size + 1):
        roots.append(edge.root())
        edge = edge.push(leaf(index))
    return roots


@given(st.integers(1, LARGEST), st.data())
def test_old_proofs_are_made_from_the_tiles_of_a_tree_that_has_grown(size, data):
    """
    Tiles that are fuller than they were then still prove what was in the smaller tree, with few reads.
    """
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    shelf = Shelf(large_tree())
    inclusion, consistency = shelf.prove(inclusion_plan(index, size)), shelf.prove(consistency_plan(old, size))
    root, old_root = root_of(size), root_of(old)

    assert len(shelf.read) <= 2 * 2 * 3
    assert verify_inclusion(leaf=leaf(index), index=index, size=size, hashes=inclusion, root=root)
    assert verify_consistency(old=old, new=size, hashes=consistency, old_root=old_root, new_root=root)


def root_of(size: int) -> bytes:
    *larger, root = [subtree(level, position) for level, position in range_nodes(0, size)]
    for left in reversed(larger):
        root = node_hash(left, root)
    return root


@given(st.integers(1, 2**62), st.data())
def test_a_proof_reads_few_tiles_of_a_tree_of_any_size(size, data):
    """
    The tiles that a proof needs grow with the logarithm of the size: two at most at each of the levels.
    """
    levels = (size.bit_length() + 7) // 8
    inclusion = inclusion_plan(data.draw(st.integers(0, size - 1)), size)
    consistency = consistency_plan(data.draw(st.integers(1, size)), size)

    assert len(tiles_of(inclusion.nodes)) <= 2 * levels
    assert len(tiles_of(consistency.nodes)) <= 2 * levels


@given(st.integers(0, 20), st.integers(0, 40), st.integers(0, 300))
def test_a_node_comes_from_its_own_tile_or_not_at_all(level, position, width):
    """
    From a tile that is too short, or another one, nothing is computed.
    """
    (tile,) = tiles_of([(level, position)])
    hashes = b"".join(sha256(bytes([at % 256, at // 256])).digest() for at in range(width))
    begin, wide = (position << level % 8) % WIDTH, 1 << level % 8

    assert tile == TileId(level // 8, (position << level % 8) // WIDTH)
    with pytest.raises(ValueError, match="is not in tile"):
        node_of((level, position), TileId(tile.level, tile.index + 1), hashes)
    if begin + wide > width:
        with pytest.raises(ValueError, match="is not in tile"):
            node_of((level, position), tile, hashes)
    else:
        assert len(node_of((level, position), tile, hashes)) == HASH_BYTES


@pytest.mark.parametrize(
    ("edge", "new"),
    [
        ({}, [bytes(32)]),
        ({TileId(0, 1): bytes(31)}, [bytes(32)]),
        ({TileId(0, 1): bytes(64)}, [bytes(32)]),
        ({TileId(0, 1): bytes(32)}, [bytes(31)]),
        ({TileId(0, 1): bytes(32)}, [bytes(32)] * 255),
    ],
    ids=["no tile", "a short one", "a longer one", "a short leaf", "none at the level above"],
)
def test_a_tree_does_not_grow_from_tiles_that_are_not_its_own(edge, new):
    """
    A partial tile MUST have the width that the size tells, and a leaf hash 32 bytes.
    """
    with pytest.raises(ValueError, match="bytes"):
        grown(edge, 257, new)


def test_an_empty_batch_changes_nothing():
    """
    No leaves, no tiles.
    """
    assert grown({}, 0, []) == {}
    assert grown({}, 300, []) == {}
    assert list(tile_widths(0)) == []
    assert edge_tiles(0) == []
