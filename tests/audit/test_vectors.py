"""
The stored formats are frozen: what was written years ago reads, hashes and reveals the same today.

The vectors were computed from the formats' description alone.  The tree's roots are those that Certificate
Transparency publishes for its eight test leaves.
"""

import base64
import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from audit.disclosure import commit, digest_of
from audit.entry import canonical, entry_bytes, parse_entry
from audit.merkle import EMPTY_ROOT, Edge, leaf_hash
from audit.verification import root_of, verify_chain

VECTORS = Path(__file__).parent.parent / "vectors"


def read(name: str):
    return json.loads((VECTORS / name).read_text())


ENTRIES = read("entries.json")
TREE = read("tree.json")


@pytest.mark.parametrize("vector", ENTRIES["entries"], ids=lambda vector: f"entry {vector['index']}")
def test_an_entry_is_written_as_ever(vector):
    """
    Its bytes and its leaf hash are the frozen ones, and its bytes read back.
    """
    moment, identity = datetime.fromisoformat(vector["recorded_at"]), UUID(vector["event_id"])
    body = entry_bytes(
        origin=ENTRIES["origin"],
        index=vector["index"],
        previous=base64.b64decode(vector["previous"]),
        recorded_at=moment,
        event_id=identity,
        payload=canonical(vector["payload"]),
    )
    entry = parse_entry(base64.b64decode(vector["body"]), vector["index"])

    assert base64.b64encode(body).decode() == vector["body"]
    assert base64.b64encode(leaf_hash(body)).decode() == vector["leaf_hash"]
    assert (entry.recorded_at, entry.event_id, entry.payload) == (moment, identity, vector["payload"])


def test_a_log_is_verified_as_ever():
    """
    The frozen entries are one chain with the frozen root.
    """
    stored = [
        (each["index"], base64.b64decode(each["body"]), base64.b64decode(each["leaf_hash"]))
        for each in ENTRIES["entries"]
    ]
    chain = verify_chain(ENTRIES["origin"], stored)

    assert base64.b64encode(chain.root).decode() == ENTRIES["root"]
    assert len(chain.entries) == len(ENTRIES["entries"])


@pytest.mark.parametrize("size", range(9))
def test_trees_have_the_published_roots(size):
    """
    Certificate Transparency's eight leaves give its roots at every size, folded and level by level.
    """
    leaves = [leaf_hash(bytes.fromhex(each)) for each in TREE["leaves"][:size]]
    edge = Edge()
    for leaf in leaves:
        edge = edge.push(leaf)

    assert [leaf.hex() for leaf in leaves] == TREE["leaf_hashes"][:size]
    assert edge.root().hex() == TREE["roots"][size]
    assert root_of(leaves).hex() == TREE["roots"][size]


def test_the_empty_tree_has_the_hash_of_nothing():
    """
    RFC 6962 §2.1: MTH({}) = SHA-256().
    """
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert TREE["roots"][0] == EMPTY_ROOT.hex()


@pytest.mark.parametrize("vector", read("disclosures.json"), ids=lambda vector: vector["name"])
def test_a_personal_field_is_committed_to_as_ever(vector):
    """
    Key, event and name give the frozen disclosure, and the disclosure the frozen digest.
    """
    made = commit(base64.b64decode(vector["key"]), UUID(vector["event_id"]), vector["name"], vector["value"])
    padded = vector["disclosure"] + "=" * (-len(vector["disclosure"]) % 4)

    assert (made.name, made.disclosure, made.digest) == (vector["name"], vector["disclosure"], vector["digest"])
    assert digest_of(vector["disclosure"]) == vector["digest"]
    assert json.loads(base64.urlsafe_b64decode(padded))[1:] == [vector["name"], vector["value"]]
