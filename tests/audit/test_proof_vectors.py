"""
Proofs that others published are made the same here, and verify; what the RFC's steps alone let through does not.
"""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from audit.merkle import (
    Node,
    consistency_plan,
    inclusion_plan,
    leaf_hash,
    node_hash,
    range_nodes,
    verify_consistency,
    verify_inclusion,
)

VECTORS = Path(__file__).parent.parent / "vectors"
PUBLISHED = json.loads((VECTORS / "proofs.json").read_text())
TREE = json.loads((VECTORS / "tree.json").read_text())


@cache
def published(level: int, position: int) -> bytes:
    return bytes.fromhex(PUBLISHED["nodes"][level][position])


def of_published(part: tuple[Node, ...]) -> bytes:
    """
    The published nodes of a subtree, joined right to left.
    """
    *rest, joined = [published(*node) for node in part]
    for left in reversed(rest):
        joined = node_hash(left, joined)
    return joined


@pytest.mark.parametrize("vector", PUBLISHED["inclusion"], ids=lambda vector: f"{vector['index']} of {vector['size']}")
def test_published_inclusion_proofs_are_ours(vector):
    """
    Certificate Transparency's proofs for its eight test leaves are made the same, and verify.
    """
    index, size = vector["index"], vector["size"]
    plan = inclusion_plan(index, size)
    hashes = [bytes.fromhex(each) for each in vector["hashes"]]
    leaf, root = leaf_hash(bytes.fromhex(TREE["leaves"][index])), bytes.fromhex(TREE["roots"][size])

    assert [of_published(part) for part in plan.parts] == hashes
    assert verify_inclusion(leaf=leaf, index=index, size=size, hashes=hashes, root=root)


@pytest.mark.parametrize("vector", PUBLISHED["consistency"], ids=lambda vector: f"{vector['old']} to {vector['new']}")
def test_published_consistency_proofs_are_ours(vector):
    """
    Certificate Transparency's proofs between its test trees are made the same, and verify.
    """
    old, new = vector["old"], vector["new"]
    hashes = [bytes.fromhex(each) for each in vector["hashes"]]
    old_root, new_root = bytes.fromhex(TREE["roots"][old]), bytes.fromhex(TREE["roots"][new])

    assert [of_published(part) for part in consistency_plan(old, new).parts] == hashes
    assert verify_consistency(old=old, new=new, hashes=hashes, old_root=old_root, new_root=new_root)


def test_the_rfc_s_example_is_planned_as_it_is_told():
    """
    In the tree of seven leaves of RFC 6962 §2.1.3, each proof is of the nodes that the RFC names.
    """
    example = PUBLISHED["example"]
    named = {name: tuple(range_nodes(*leaves)) for name, leaves in example["nodes"].items()}

    for index, names in example["inclusion"].items():
        assert inclusion_plan(int(index), 7).parts == tuple(named[name] for name in names)
    for old, names in example["consistency"].items():
        assert consistency_plan(int(old), 7).parts == tuple(named[name] for name in names)


@pytest.mark.parametrize("vector", PUBLISHED["refused"], ids=lambda vector: vector["why"])
def test_what_the_steps_alone_would_accept_is_refused(vector):
    """
    RFC 9162 §2.1.3.2 compares and hashes bytes of any length; we take hashes of 32 bytes only.
    """
    leaf, root = bytes.fromhex(vector["leaf"]), bytes.fromhex(vector["root"])
    hashes = [bytes.fromhex(each) for each in vector["hashes"]]
    index, size = vector["index"], vector["size"]

    assert accepted_by_the_steps(leaf, index, size, hashes, root)
    assert not verify_inclusion(leaf=leaf, index=index, size=size, hashes=hashes, root=root)


def accepted_by_the_steps(leaf: bytes, index: int, size: int, hashes: list[bytes], root: bytes) -> bool:
    """
    The steps of RFC 9162 §2.1.3.2 and nothing else.
    """
    fn, sn, r = index, size - 1, leaf
    for p in hashes:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = sha256(b"\1" + p + r).digest()
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\1" + r + p).digest()
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root
