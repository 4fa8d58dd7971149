"""
Proofs are those of RFC 6962 for every leaf and every pair of sizes, and nothing else passes for one.
"""

from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.merkle import (
    EMPTY_ROOT,
    Edge,
    Node,
    consistency_plan,
    inclusion_plan,
    node_hash,
    range_nodes,
    verify_consistency,
    verify_inclusion,
)

LARGE = [255, 256, 257, 65_535, 65_536, 65_537]
HASHES = st.binary(min_size=32, max_size=32)


@cache
def mth(begin: int, end: int) -> bytes:
    """
    MTH of RFC 6962 §2.1 over the leaves [begin, end) of a tree whose leaf n is the entry "n".
    """
    if begin == end:
        return sha256(b"").digest()
    if end - begin == 1:
        return sha256(b"\0" + str(begin).encode()).digest()
    middle = begin + split(end - begin)
    return sha256(b"\1" + mth(begin, middle) + mth(middle, end)).digest()


def split(size: int) -> int:
    """
    The largest power of two smaller than ``size``.
    """
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def path(m: int, begin: int, end: int) -> list[bytes]:
    """
    PATH of RFC 6962 §2.1.1, word by word.
    """
    if end - begin == 1:
        return []
    k = split(end - begin)
    if m < k:
        return [*path(m, begin, begin + k), mth(begin + k, end)]
    return [*path(m - k, begin + k, end), mth(begin, begin + k)]


def subproof(m: int, begin: int, end: int, *, whole: bool) -> list[bytes]:
    """
    SUBPROOF of RFC 6962 §2.1.2, word by word.
    """
    if m == end - begin:
        return [] if whole else [mth(begin, end)]
    k = split(end - begin)
    if m <= k:
        return [*subproof(m, begin, begin + k, whole=whole), mth(begin + k, end)]
    return [*subproof(m - k, begin + k, end, whole=False), mth(begin, begin + k)]


class Nodes(dict[Node, bytes]):
    """
    The perfect subtrees of that tree, computed when they are read.
    """

    def __missing__(self, node: Node) -> bytes:
        level, position = node
        return mth(position << level, (position + 1) << level)


NODES = Nodes()


def included(index: int, size: int, hashes: list[bytes] | tuple[bytes, ...]) -> bool:
    return verify_inclusion(leaf=mth(index, index + 1), index=index, size=size, hashes=hashes, root=mth(0, size))


def consistent(old: int, new: int, hashes: list[bytes] | tuple[bytes, ...]) -> bool:
    return verify_consistency(old=old, new=new, hashes=hashes, old_root=mth(0, old), new_root=mth(0, new))


@pytest.mark.parametrize("size", range(1, 131))
def test_every_leaf_of_a_small_tree_is_proven(size):
    """
    The proof of every leaf is PATH by its definition, and verifies.
    """
    for index in range(size):
        proof = inclusion_plan(index, size).fold(NODES)

        assert list(proof) == path(index, 0, size)
        assert included(index, size, proof)


@pytest.mark.parametrize("new", range(1, 131))
def test_every_growth_of_a_small_tree_is_proven(new):
    """
    The proof from every smaller size is PROOF by its definition, and verifies.
    """
    for old in range(1, new + 1):
        proof = consistency_plan(old, new).fold(NODES)

        assert list(proof) == subproof(old, 0, new, whole=True)
        assert consistent(old, new, proof)


def borders(size: int) -> list[int]:
    """
    The numbers below ``size`` where a tree's shape changes: powers of two and their neighbours, both ends, the middle.
    """
    powers = {2**k + step for k in range(18) for step in (-1, 0, 1)}
    return sorted(number for number in powers | {0, size // 2, size // 3, size - 2, size - 1} if 0 <= number < size)


@pytest.mark.parametrize("size", LARGE)
def test_proofs_of_large_trees_are_those_of_the_definition(size):
    """
    At the borders of tiles and of tiles of tiles, proofs are PATH and PROOF, and verify.
    """
    for number in borders(size):
        inclusion = inclusion_plan(number, size).fold(NODES)
        consistency = consistency_plan(number + 1, size).fold(NODES)

        assert list(inclusion) == path(number, 0, size)
        assert included(number, size, inclusion)
        assert list(consistency) == subproof(number + 1, 0, size, whole=True)
        assert consistent(number + 1, size, consistency)


@given(st.integers(1, 2**62), st.data())
def test_a_plan_reads_few_nodes_in_a_tree_of_any_size(size, data):
    """
    What a proof reads grows with the tree's height, each hash folds whole subtrees, and none is read twice.
    """
    for plan in (
        inclusion_plan(data.draw(st.integers(0, size - 1)), size),
        consistency_plan(data.draw(st.integers(1, size)), size),
    ):
        assert len(plan.nodes) <= 2 * size.bit_length()
        assert len(set(plan.nodes)) == len(plan.nodes)
        assert all((position + 1) << level <= size for level, position in plan.nodes)


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_a_range_is_cut_into_perfect_subtrees(begin, more):
    """
    They lie side by side, from the range's first leaf to its last.
    """
    at = begin
    for level, position in range_nodes(begin, begin + more):
        assert position << level == at

        at += 1 << level

    assert at == begin + more


def test_a_tree_from_its_first_leaf_is_cut_as_its_edge_is():
    """
    From leaf 0 the perfect subtrees are those of the edge, largest first.
    """
    edge = Edge()
    for size in range(131):
        assert tuple(NODES[node] for node in range_nodes(0, size)) == edge.hashes

        edge = edge.push(mth(size, size + 1))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1), (2, 1), (0, -1)])
def test_there_is_no_inclusion_outside_a_tree(index, size):
    """
    Asking for a leaf that the tree has not is a mistake, and no proof of it is one.
    """
    with pytest.raises(ValueError, match="no entry"):
        inclusion_plan(index, size)

    assert not verify_inclusion(leaf=EMPTY_ROOT, index=index, size=size, hashes=[], root=EMPTY_ROOT)


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 1), (2, 1), (-1, 1), (1, 0)])
def test_there_is_no_growth_from_nothing_or_backwards(old, new):
    """
    A proof from the empty tree is not made, and none leads back to a smaller tree.
    """
    with pytest.raises(ValueError, match="cannot extend"):
        consistency_plan(old, new)

    assert not verify_consistency(old=old, new=new, hashes=[], old_root=mth(0, 1), new_root=mth(0, 1))


def test_the_empty_tree_needs_no_proof_and_proves_nothing():
    """
    Every tree extends the empty one, by an empty proof only and from its one root only.
    """
    assert verify_consistency(old=0, new=0, hashes=[], old_root=EMPTY_ROOT, new_root=EMPTY_ROOT)
    assert verify_consistency(old=0, new=5, hashes=[], old_root=EMPTY_ROOT, new_root=mth(0, 5))
    assert not verify_consistency(old=0, new=5, hashes=[mth(0, 1)], old_root=EMPTY_ROOT, new_root=mth(0, 5))
    assert not verify_consistency(old=0, new=5, hashes=[], old_root=mth(0, 5), new_root=mth(0, 5))
    assert not verify_consistency(old=0, new=0, hashes=[], old_root=EMPTY_ROOT, new_root=mth(0, 5))
    assert not verify_consistency(old=0, new=0, hashes=[], old_root=b"", new_root=b"")


@pytest.mark.parametrize("size", [1, 2, 5, 8])
def test_a_tree_extends_itself_by_an_empty_proof(size):
    """
    With equal roots, and with no hash in the proof.
    """
    root = mth(0, size)

    assert verify_consistency(old=size, new=size, hashes=[], old_root=root, new_root=root)
    assert not verify_consistency(old=size, new=size, hashes=[root], old_root=root, new_root=root)
    assert not verify_consistency(old=size, new=size, hashes=[], old_root=root, new_root=mth(0, size + 1))


@st.composite
def tampered(draw, hashes: tuple[bytes, ...]) -> list[bytes]:
    """
    Another proof than this one: a bit changed, or a hash dropped, added, repeated, cut, lengthened or exchanged.
    """
    changed = list(hashes)
    at = draw(st.integers(0, max(len(hashes) - 1, 0)))
    other = draw(st.integers(0, max(len(hashes) - 1, 0)))
    kind = draw(st.sampled_from(["add", "bit", "drop", "repeat", "cut", "lengthen", "swap"] if hashes else ["add"]))
    if kind == "add":
        changed.insert(draw(st.integers(0, len(hashes))), draw(HASHES | st.just(b"")))
    elif kind == "bit":
        bit = draw(st.integers(0, 255))
        changed[at] = (int.from_bytes(changed[at], "big") ^ 1 << bit).to_bytes(32, "big")
    elif kind == "drop":
        del changed[at]
    elif kind == "repeat":
        changed.insert(at, changed[other])
    elif kind == "cut":
        changed[at] = changed[at][:-1]
    elif kind == "lengthen":
        changed[at] += b"\0"
    elif at != other:
        changed[at], changed[other] = changed[other], changed[at]
    else:
        changed[at] = draw(HASHES.filter(lambda each: each != hashes[at]))
    return changed


@given(st.integers(1, 700), st.data())
def test_a_changed_inclusion_proof_is_none(size, data):
    """
    Any hash changed, dropped, added, swapped or of another length is noticed, and so is another leaf, place or root.
    """
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_plan(index, size).fold(NODES)
    leaf, root = mth(index, index + 1), mth(0, size)
    stranger = data.draw(HASHES.filter(lambda each: each not in {leaf, root}))
    elsewhere = data.draw(st.integers(-2, size + 2).filter(lambda each: each != index))

    assert included(index, size, proof)
    assert not included(index, size, data.draw(tampered(proof)))
    assert not verify_inclusion(leaf=stranger, index=index, size=size, hashes=proof, root=root)
    assert not verify_inclusion(leaf=leaf, index=index, size=size, hashes=proof, root=stranger)
    assert not verify_inclusion(leaf=leaf, index=elsewhere, size=size, hashes=proof, root=root)
    assert not verify_inclusion(leaf=leaf, index=index, size=size * 2, hashes=proof, root=root)
    assert not verify_inclusion(leaf=leaf[:31], index=index, size=size, hashes=proof, root=root)
    assert not verify_inclusion(leaf=leaf, index=index, size=size, hashes=proof, root=root[:31])


@given(st.integers(1, 700), st.data())
def test_a_changed_consistency_proof_is_none(new, data):
    """
    Any hash changed, dropped, added, swapped or of another length is noticed, and so is another root.
    """
    old = data.draw(st.integers(1, new))
    proof = consistency_plan(old, new).fold(NODES)
    old_root, new_root = mth(0, old), mth(0, new)
    stranger = data.draw(HASHES.filter(lambda each: each not in {old_root, new_root}))

    assert consistent(old, new, proof)
    assert not consistent(old, new, data.draw(tampered(proof)))
    for roots in ((stranger, new_root), (old_root, stranger), (old_root[:31], new_root), (old_root, new_root[:31])):
        assert not verify_consistency(old=old, new=new, hashes=proof, old_root=roots[0], new_root=roots[1])


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_another_history_is_no_consistent_one(old, more, data):
    """
    When one leaf that was there is rewritten, the old tree's root has no proof to the new tree, its own not either.
    """
    new, rewritten = old + more, data.draw(st.integers(0, old - 1))
    leaves = [sha256(b"rewritten").digest() if at == rewritten else mth(at, at + 1) for at in range(new)]
    edge = Edge()
    for leaf in leaves:
        edge = edge.push(leaf)
    proof = consistency_plan(old, new).fold(NODES)

    assert not verify_consistency(old=old, new=new, hashes=proof, old_root=mth(0, old), new_root=edge.root())


@pytest.mark.parametrize("size", [31, 33, 0, 64])
def test_a_consistency_proof_has_hashes_of_32_bytes_only(size):
    """
    Equal roots of another length are no roots, even where nothing else is to be compared.
    """
    odd = bytes(size)

    assert not verify_consistency(old=3, new=3, hashes=[], old_root=odd, new_root=odd)
    assert not verify_consistency(old=1, new=2, hashes=[odd], old_root=mth(0, 1), new_root=node_hash(mth(0, 1), odd))
