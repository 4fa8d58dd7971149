"""
Checkpoints and the proofs that carry one: read strictly, written back as they were, worth nothing without a signature.
"""

import base64
import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.checkpoint import (
    Checkpoint,
    InclusionProof,
    consistency_body,
    open_checkpoint,
    parse_checkpoint,
    parse_consistency_body,
    parse_inclusion_proof,
)
from audit.errors import CheckpointForeign, NoteMalformed, SignatureMissing, SignatureWrong
from audit.merkle import EMPTY_ROOT
from audit.note import Note, VerifierKey, parse_signature
from audit.signing import LogKey, WitnessKey

OURS = json.loads((Path(__file__).parent.parent / "vectors" / "notes.json").read_text())["ours"]
SECRET = bytes(range(32))
ORIGIN = "example.org/t/log"
KEY = LogKey.from_secret(SECRET, ORIGIN)
ROOT = sha256(b"root").digest()
ROOT64 = base64.b64encode(ROOT).decode()
HASH = base64.b64encode(bytes(32)).decode()
TEXT = f"{ORIGIN}\n5\n{ROOT64}\n"
NOTE = Note(TEXT, (KEY.sign(TEXT),)).encode()

LINES = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1, max_size=30)
HASHES = st.lists(st.binary(min_size=32, max_size=32), max_size=63).map(tuple)
SIZES = st.integers(0, 2**63 - 1)


# --- Checkpoints ------------------------------------------------------------------------------------------------------


def test_a_checkpoint_is_written_as_ever():
    """
    Origin, size and root, a line each, are the frozen text.
    """
    checkpoint = Checkpoint(OURS["origin"], OURS["size"], bytes.fromhex(OURS["root"]))

    assert checkpoint.text() == OURS["text"]
    assert parse_checkpoint(OURS["text"]) == checkpoint


def test_the_frozen_checkpoint_opens_with_the_key_of_its_log():
    """
    With the log's line, a witness's and a post-quantum one, whether their keys are known or not.
    """
    lines = tuple(parse_signature(OURS[kind]["line"]) for kind in ("log", "cosignature", "ml_dsa_44"))
    checkpoint, note = open_checkpoint(Note(OURS["text"], lines).encode(), VerifierKey.parse(OURS["log"]["vkey"]))

    assert (checkpoint.origin, checkpoint.size) == (OURS["origin"], OURS["size"])
    assert note.signatures == lines


@given(LINES, SIZES, st.binary(min_size=32, max_size=32), st.lists(LINES, max_size=3).map(tuple))
def test_checkpoints_read_back(origin, size, root, extensions):
    """
    Whatever the log is called and whatever it adds, its checkpoint is read as it was written.
    """
    checkpoint = Checkpoint(origin, size, root, extensions)

    assert parse_checkpoint(checkpoint.text()) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        ORIGIN,
        f"{ORIGIN}\n5\n",
        f"{ORIGIN}\n5\n{ROOT64}",
        f"\n5\n{ROOT64}\n",
        f"{ORIGIN}\n\n{ROOT64}\n",
        f"{ORIGIN}\n5\n\n",
        f"{ORIGIN}\n5\n{ROOT64}\n\n",
        f"{ORIGIN}\n5\n{ROOT64}\n\nextension\n",
        f"{ORIGIN}\n5\n{ROOT64}\nextension",
        f"{ORIGIN}\n05\n{ROOT64}\n",
        f"{ORIGIN}\n00\n{ROOT64}\n",
        f"{ORIGIN}\n+5\n{ROOT64}\n",
        f"{ORIGIN}\n-5\n{ROOT64}\n",
        f"{ORIGIN}\n 5\n{ROOT64}\n",
        f"{ORIGIN}\n5 \n{ROOT64}\n",
        f"{ORIGIN}\n5_0\n{ROOT64}\n",
        f"{ORIGIN}\n5.0\n{ROOT64}\n",
        f"{ORIGIN}\n0x5\n{ROOT64}\n",
        f"{ORIGIN}\n٥\n{ROOT64}\n",
        f"{ORIGIN}\n{2**63}\n{ROOT64}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{ROOT64}\n",
        f"{ORIGIN}\n5\n{ROOT64} \n",
        f"{ORIGIN}\n5\n{ROOT64[:-1]}\n",
        f"{ORIGIN}\n5\n{ROOT64[:-2]}9=\n",
        f"{ORIGIN}\n5\n{base64.b64encode(bytes(31)).decode()}\n",
        f"{ORIGIN}\n5\n{base64.b64encode(bytes(33)).decode()}\n",
        f"{ORIGIN}\n5\n{ROOT.hex()}\n",
        f"{ORIGIN}\r\n5\r\n{ROOT64}\r\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    """
    Leading zeros, another alphabet's digits, roots of another length or spelling, and empty lines.
    """
    with pytest.raises(NoteMalformed):
        parse_checkpoint(text)


def test_an_opened_checkpoint_was_signed_by_its_log():
    """
    With the right key it opens; altered, unsigned or signed by another key alone it does not.
    """
    other = LogKey.from_secret(bytes(32), ORIGIN)

    assert open_checkpoint(NOTE, KEY.key)[0] == Checkpoint(ORIGIN, 5, ROOT)
    assert open_checkpoint(NOTE, other.key, KEY.key)[0] == Checkpoint(ORIGIN, 5, ROOT)
    with pytest.raises(SignatureWrong):
        open_checkpoint(NOTE.replace(b"\n5\n", b"\n6\n"), KEY.key)
    with pytest.raises(SignatureMissing):
        open_checkpoint(NOTE, other.key)
    with pytest.raises(SignatureMissing):
        open_checkpoint(NOTE)
    with pytest.raises(NoteMalformed):
        open_checkpoint(TEXT.encode(), KEY.key)


def test_a_log_speaks_for_itself_alone():
    """
    A log that signs a checkpoint in another's name is not believed, however right its signature.
    """
    text = f"example.org/t/other\n5\n{ROOT64}\n"
    data = Note(text, (KEY.sign(text),)).encode()
    with pytest.raises(CheckpointForeign, match=r"example\.org/t/other") as raised:
        open_checkpoint(data, KEY.key)

    assert raised.value.origin == "example.org/t/other"


def test_a_signed_text_that_is_no_checkpoint_does_not_open():
    """
    The log signs manifests with the same key; they have another first line, and no size.
    """
    text = f"venia-manifest/v1\n{ORIGIN}\n{sha256(b'').hexdigest()}\n"
    with pytest.raises(NoteMalformed):
        open_checkpoint(Note(text, (KEY.sign(text),)).encode(), KEY.key)


def test_a_witness_does_not_stand_in_for_the_log():
    """
    Its cosignature alone opens nothing with the log's key.
    """
    witness = WitnessKey.from_secret(SECRET, ORIGIN)
    with pytest.raises(SignatureMissing):
        open_checkpoint(Note(TEXT, (witness.cosign(TEXT, 5),)).encode(), KEY.key)


def test_the_empty_tree_has_a_checkpoint():
    """
    Size 0 and the hash of nothing.
    """
    text = Checkpoint(ORIGIN, 0, EMPTY_ROOT).text()

    assert text == f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert parse_checkpoint(text).root == EMPTY_ROOT


# --- Proofs in files --------------------------------------------------------------------------------------------------


def test_an_inclusion_proof_is_written_as_the_specification_says():
    """
    A first line, perhaps extra data, the index, a hash a line, an empty line, the checkpoint (c2sp.org/tlog-proof).
    """
    plain = InclusionProof(7, (bytes(32), ROOT), NOTE)
    extra = InclusionProof(0, (), NOTE, b"more")

    assert plain.encode() == f"c2sp.org/tlog-proof@v1\nindex 7\n{HASH}\n{ROOT64}\n\n".encode() + NOTE
    assert extra.encode() == b"c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 0\n\n" + NOTE


@given(SIZES, HASHES, st.binary(min_size=1), st.none() | st.binary())
def test_inclusion_proofs_read_back(index, hashes, checkpoint, extra):
    """
    Whatever they hold, they are read as they were written.
    """
    proof = InclusionProof(index, hashes, checkpoint, extra)

    assert parse_inclusion_proof(proof.encode()) == proof


@pytest.mark.parametrize(
    "head",
    [
        "",
        "index 0\n",
        "c2sp.org/tlog-proof@v2\nindex 0\n",
        "C2SP.org/tlog-proof@v1\nindex 0\n",
        "c2sp.org/tlog-proof@v1\n",
        "c2sp.org/tlog-proof@v1\nindex\n",
        "c2sp.org/tlog-proof@v1\nindex \n",
        "c2sp.org/tlog-proof@v1\nindex 01\n",
        "c2sp.org/tlog-proof@v1\nindex -1\n",
        "c2sp.org/tlog-proof@v1\nindex  1\n",
        f"c2sp.org/tlog-proof@v1\nindex {2**63}\n",
        "c2sp.org/tlog-proof@v1\nindex 1\nindex 1\n",
        "c2sp.org/tlog-proof@v1\nextra QUI\nindex 1\n",
        "c2sp.org/tlog-proof@v1\nextra QUJ=\nindex 1\n",
        "c2sp.org/tlog-proof@v1\nindex 1\nextra QUI=\n",
        "c2sp.org/tlog-proof@v1\nextra QUI=\nextra QUI=\nindex 1\n",
        f"c2sp.org/tlog-proof@v1\nindex 1\n{HASH[:-1]}\n",
        f"c2sp.org/tlog-proof@v1\nindex 1\n{HASH}{HASH}\n",
        f"c2sp.org/tlog-proof@v1\nindex 1\n{HASH} {HASH}\n",
        "c2sp.org/tlog-proof@v1\nindex 1\nQUI=\n",
        f"c2sp.org/tlog-proof@v1\r\nindex 1\r\n{HASH}\r\n",
        "c2sp.org/tlog-proof@v1\nindex 1\n" + f"{HASH}\n" * 64,
    ],
)
def test_what_is_no_inclusion_proof_is_refused(head):
    """
    Another version, a missing, second or misspelt line, a hash of another length, or more than 63 of them.
    """
    with pytest.raises(NoteMalformed):
        parse_inclusion_proof(f"{head}\n".encode() + NOTE)


@pytest.mark.parametrize("tail", [b"", b"\n", b"\xff\n\nx"], ids=["nothing", "an empty line", "other bytes"])
def test_a_proof_without_a_checkpoint_is_refused(tail):
    """
    A path to no root proves nothing.
    """
    with pytest.raises(NoteMalformed):
        parse_inclusion_proof(b"c2sp.org/tlog-proof@v1\nindex 1\n" + tail)
    with pytest.raises(NoteMalformed):
        parse_consistency_body(b"old 1\n" + tail)


def test_a_witness_is_asked_as_the_specification_says():
    """
    The old size, a hash a line, an empty line, the checkpoint (c2sp.org/tlog-witness, add-checkpoint).
    """
    assert consistency_body(3, [bytes(32), ROOT], NOTE) == f"old 3\n{HASH}\n{ROOT64}\n\n".encode() + NOTE
    assert consistency_body(0, [], NOTE) == b"old 0\n\n" + NOTE


@given(SIZES, HASHES, st.binary(min_size=1))
def test_consistency_bodies_read_back(old, hashes, checkpoint):
    """
    Whatever they hold, they are read as they were written.
    """
    assert parse_consistency_body(consistency_body(old, hashes, checkpoint)) == (old, hashes, checkpoint)


@pytest.mark.parametrize(
    "head",
    [
        "",
        f"{HASH}\n",
        "old\n",
        "old \n",
        "old 01\n",
        "old -1\n",
        "Old 1\n",
        "old 1 \n",
        "old 1\nold 1\n",
        f"old 1\n{HASH[:-1]}\n",
        "old 1\nQUI=\n",
        "old 1\n" + f"{HASH}\n" * 64,
    ],
)
def test_what_is_no_consistency_body_is_refused(head):
    """
    No old size or a misspelt one, a hash of another length, or more than 63 of them.
    """
    with pytest.raises(NoteMalformed):
        parse_consistency_body(f"{head}\n".encode() + NOTE)


@given(st.binary(max_size=80) | st.text("cold123index extra\n=QUA@/.-", max_size=80).map(str.encode))
def test_any_bytes_are_a_proof_or_refused(data):
    """
    Nothing but the one error comes of bytes that are none, and what is read is written the same again.
    """
    try:
        proof = parse_inclusion_proof(data)
    except NoteMalformed:
        proof = None
    try:
        old, hashes, checkpoint = parse_consistency_body(data)
    except NoteMalformed:
        assert proof is None or proof.encode() == data
        return

    assert consistency_body(old, hashes, checkpoint) == data
