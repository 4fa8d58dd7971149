"""
The folded edge is the tree of RFC 6962, whatever its size.
"""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.merkle import EMPTY_ROOT, Edge, leaf_hash, node_hash
from audit.verification import root_of

HASHES = st.binary(min_size=32, max_size=32)


def tree_hash(leaves: list[bytes]) -> bytes:
    """
    RFC 6962 §2.1 word by word: k is the largest power of two smaller than n.
    """
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + tree_hash(leaves[:k]) + tree_hash(leaves[k:])).digest()


def fold(leaves: list[bytes]) -> Edge:
    edge = Edge()
    for leaf in leaves:
        edge = edge.push(leaf)
    return edge


LEAVES = [sha256(b"\x00" + str(number).encode()).digest() for number in range(257)]


def test_leaves_and_nodes_are_hashed_apart():
    """
    A leaf is hashed behind 0x00 and a node behind 0x01, so that neither can pass for the other.
    """
    left, right = LEAVES[:2]

    assert leaf_hash(b"body") == sha256(b"\x00body").digest()
    assert node_hash(left, right) == sha256(b"\x01" + left + right).digest()
    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize("size", [*range(131), 255, 256, 257])
def test_the_edge_has_the_root_of_the_definition(size):
    """
    Folding leaves one by one gives the root that the recursive definition gives, and so does the verifier's way.
    """
    edge = fold(LEAVES[:size])

    assert edge.size == size
    assert len(edge.hashes) == size.bit_count()
    assert edge.root() == tree_hash(LEAVES[:size]) == root_of(LEAVES[:size])


@given(st.lists(HASHES, max_size=70), st.lists(HASHES, max_size=70))
def test_an_edge_goes_on_where_it_was_put_away(before, after):
    """
    Written to bytes and read back at any moment, it folds on to the same root.
    """
    edge = fold(before)
    read = Edge.from_bytes(edge.size, edge.to_bytes())
    for leaf in after:
        read = read.push(leaf)

    assert read == fold([*before, *after])
    assert read.root() == tree_hash([*before, *after])


@given(st.lists(HASHES, min_size=1, max_size=70), st.data())
def test_every_leaf_and_its_place_matter(leaves, data):
    """
    One leaf altered, dropped or exchanged for another gives another root.
    """
    at = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(HASHES.filter(lambda leaf: leaf != leaves[at]))
    root = fold(leaves).root()

    assert fold([*leaves[:at], other, *leaves[at + 1 :]]).root() != root
    assert fold([*leaves[:at], *leaves[at + 1 :]]).root() != root
    assert fold([*leaves, leaves[-1]]).root() != root


def test_an_edge_of_nothing_is_the_empty_tree():
    """
    No leaves, no bytes, the hash of nothing.
    """
    assert Edge().root() == EMPTY_ROOT
    assert Edge().to_bytes() == b""
    assert Edge.from_bytes(0, b"") == Edge()


@given(st.integers(0, 2**40), st.integers(0, 40), st.integers(0, 31))
def test_bytes_that_do_not_fit_the_size_are_refused(size, hashes, extra):
    """
    An edge has one whole hash for each set bit of its size, no more and no less.
    """
    packed = bytes(32 * hashes + extra)
    if hashes == size.bit_count() and extra == 0:
        assert Edge.from_bytes(size, packed).to_bytes() == packed
        return

    with pytest.raises(ValueError, match="needs"):
        Edge.from_bytes(size, packed)


@pytest.mark.parametrize(("size", "hashes"), [(0, (b"",)), (1, ()), (1, (b"short",)), (2, (bytes(32), bytes(32)))])
def test_an_impossible_edge_cannot_be_made(size, hashes):
    """
    Not even without bytes in between.
    """
    with pytest.raises(ValueError, match="needs"):
        Edge(size, hashes)
