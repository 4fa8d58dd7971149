"""
Checkpoints, proofs, tiles and keys over HTTP, verified by the formats' own rules.
"""

import asyncio
import base64

import pytest

from audit.checkpoint import Checkpoint, open_checkpoint
from audit.merkle import leaf_hash, verify_consistency, verify_inclusion
from audit.note import VerifierKey
from audit.tiles import unpack_entries
from server.evidence import checkpointing
from server.service import clock
from tests.server.api import Api, consent, new_phone, verified

PRIVATE = "private, max-age=31536000, immutable"


def sign(api: Api) -> Checkpoint:
    """
    Has everything signed, and opens the checkpoint with the key that the demo was described with.
    """

    async def rounds() -> None:
        async with checkpointing(api.settings, api.url) as checkpointer:
            while (outcome := await checkpointer.run_once(clock())) is not None and outcome.more:
                pass

    asyncio.run(rounds())
    key = VerifierKey.parse(api.demo["log"]["vkey"])
    return open_checkpoint(api.get("/v1/audit/checkpoint", key="officer").content, key)[0]


def unpacked(hashes: list[str]) -> list[bytes]:
    """
    The hashes of an answer.
    """
    return [base64.b64decode(each, validate=True) for each in hashes]


def test_the_checkpoint_is_a_signed_note_of_the_whole_log(api):
    """
    Plain text, verified by the key in demo.json, never from a cache; its size is the log's.
    """
    checkpoint = sign(api)
    answer = api.get("/v1/audit/checkpoint", key="officer")

    assert (checkpoint.origin, checkpoint.size) == (api.demo["log"]["origin"], api.size())
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"


def test_a_receipt_is_proven(api):
    """
    The entry that a caller holds a receipt for is in the signed tree: index and leaf hash are those of the receipt.
    """
    receipt = api.post("/v1/consents", consent(new_phone())).json()["receipt"]
    checkpoint = sign(api)
    proof = api.get("/v1/audit/proofs/inclusion", key="officer", index=receipt["index"], size=checkpoint.size).json()

    assert {name: proof[name] for name in ("index", "leaf_hash", "log")} == receipt
    assert verify_inclusion(
        leaf=base64.b64decode(receipt["leaf_hash"]),
        index=receipt["index"],
        size=checkpoint.size,
        hashes=unpacked(proof["hashes"]),
        root=checkpoint.root,
    )


def test_an_older_checkpoint_is_extended(api):
    """
    From what was signed before to what is signed now; without a new size, the newest.
    """
    older = sign(api)
    api.held(new_phone())
    newer = sign(api)
    proof = api.get("/v1/audit/proofs/consistency", key="officer", old=older.size, new=newer.size).json()
    newest = api.get("/v1/audit/proofs/consistency", key="officer", old=older.size).json()

    assert newest == proof
    assert verify_consistency(
        old=older.size,
        new=newer.size,
        hashes=unpacked(proof["hashes"]),
        old_root=older.root,
        new_root=newer.root,
    )


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("inclusion", {"index": 0, "size": 10**9}),
        ("inclusion", {"index": 5, "size": 5}),
        ("inclusion", {"index": -1, "size": 5}),
        ("inclusion", {"size": 5}),
        ("consistency", {"old": 0, "new": 5}),
        ("consistency", {"old": 6, "new": 5}),
        ("consistency", {"old": 5, "new": 10**9}),
        ("consistency", {"old": 2**70}),
    ],
)
def test_no_proof_of_what_was_never_signed(api, path, asked):
    """
    A size beyond the checkpoint, an index beyond the size, a tree larger than its successor: 422, with the size that is.
    """
    sign(api)
    answer = api.get(f"/v1/audit/proofs/{path}", key="officer", **asked)

    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_tiles_hold_what_is_signed(api):
    """
    Level 0 has the leaf hashes, the entries' tile their bytes; what is full or partial alike never changes.
    """
    checkpoint = sign(api)
    width = min(checkpoint.size, 255)
    hashes = api.get(f"/v1/audit/tile/0/000.p/{width}", key="officer")
    bodies = api.get(f"/v1/audit/tile/entries/000.p/{width}", key="officer")
    entries = api.get("/v1/audit/entries", key="officer", to=width).text

    assert [leaf_hash(body) for body in unpack_entries(bodies.content)] == [
        hashes.content[at : at + 32] for at in range(0, width * 32, 32)
    ]
    assert len(verified(entries)) == width
    assert hashes.headers["cache-control"] == bodies.headers["cache-control"] == PRIVATE


@pytest.mark.parametrize(
    "path",
    [
        "0/000.p/0",
        "0/000.p/256",
        "0/0",
        "0/x000/000",
        "00/000",
        "0/000.p/01",
        "64/000",
        "-1/000",
        "entries/999",
        "0/999",
        "1/000",
        "0/x999/x999/x999/x999/x999/999",
        "entries/x999/x999/x999/x999/x999/999",
        "0/../0/000",
        "data/000",
        "0/000/",
    ],
)
def test_what_is_no_tile_is_not_found(api, path):
    """
    Another spelling of a tile, one that is not there yet, one that never will be.
    """
    sign(api)

    assert api.get(f"/v1/audit/tile/{path}", key="officer").status_code == 404


def test_keys_are_told_with_their_time(api):
    """
    The log's, as in demo.json, and the meta-log's.
    """
    sign(api)
    keys = api.get("/v1/audit/keys", key="officer").json()

    assert keys["log"] == api.demo["log"]["vkey"]
    assert VerifierKey.parse(keys["meta"]).name == "venia.local/meta"
    assert [(each["vkey"], each["valid_until"]) for each in keys["all"]] == [(keys["log"], None)]


def test_another_tenant_sees_its_own_log_alone(api):
    """
    Its checkpoint is another, and before anything of it was signed there is none.
    """
    sign(api)
    other = api.get("/v1/audit/checkpoint", key="stranger")

    assert other.status_code == 200
    assert other.text.split("\n")[0] != api.demo["log"]["origin"]


@pytest.mark.parametrize("path", ["checkpoint", "keys", "tile/0/000.p/1", "proofs/inclusion?index=0&size=1"])
def test_only_who_may_read_the_log(api, path):
    """
    Without audit:read, 403; without a credential, 401.
    """
    assert api.get(f"/v1/audit/{path}", key="caller").status_code == 403
    assert api.client.get(f"/v1/audit/{path}").status_code == 401
