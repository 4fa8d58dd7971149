"""
What a witness signs: a checkpoint and a time, with Ed25519 or ML-DSA-44, and nothing that could be taken for another.
"""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from audit.errors import SignatureWrong
from audit.note import (
    ED25519,
    ML_DSA_44,
    Note,
    Signature,
    VerifierKey,
    cosigned_at,
    parse_note,
    verified,
)
from audit.signing import LogKey, MlDsaKey, WitnessKey

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "notes.json").read_text())
OURS = VECTORS["ours"]
SECRET = bytes.fromhex(OURS["secret"])
LOG = LogKey.from_secret(SECRET, OURS["origin"])
WITNESS = WitnessKey.from_secret(SECRET, OURS["witness"])
PQ = MlDsaKey("witness.example/pq", MLDSA44PrivateKey.from_seed_bytes(SECRET))
TEXT = OURS["text"]


def note_of(*signatures: Signature) -> bytes:
    return Note(TEXT, signatures).encode()


def test_a_cosignature_tells_its_time():
    """
    The first eight bytes are POSIX seconds, in a published line as in ours.
    """
    published = base64.b64decode(VECTORS["cosigned_at"]["signature"])[4:]

    assert cosigned_at(published) == VECTORS["cosigned_at"]["seconds"]
    assert cosigned_at(WITNESS.cosign(TEXT, 1_795_000_000).payload) == 1_795_000_000
    assert cosigned_at(PQ.cosign(TEXT, 1_795_000_000).payload) == 1_795_000_000


@pytest.mark.parametrize("payload", [b"", bytes(8), bytes(7), b"\x80" + bytes(71)])
def test_a_payload_without_a_time_tells_none(payload):
    """
    Too short, or beyond 2^63 - 1, which no cosignature may say.
    """
    with pytest.raises(ValueError, match="time"):
        cosigned_at(payload)

    assert not WITNESS.key.verify(TEXT, payload)


@pytest.mark.parametrize("key", [WITNESS, PQ], ids=["Ed25519", "ML-DSA-44"])
def test_the_time_of_a_cosignature_is_signed(key):
    """
    Another time for the same signature is no word of the witness.
    """
    signature = key.cosign(TEXT, 1_000)

    assert key.key.verify(TEXT, signature.payload)
    assert not key.key.verify(TEXT, (1_001).to_bytes(8, "big") + signature.payload[8:])


def test_a_cosignature_is_no_signature_of_a_note():
    """
    A witness's key of the same bytes under the other type verifies neither the one nor the other.
    """
    as_log = VerifierKey(WITNESS.name, ED25519, WITNESS.key.public)
    signature = WITNESS.cosign(TEXT, 5)

    assert as_log.key_id != WITNESS.key.key_id
    assert not as_log.verify(TEXT, signature.payload)
    assert not as_log.verify(TEXT, signature.payload[8:])
    assert not WITNESS.key.verify(TEXT, bytes(8) + WITNESS.private.sign(TEXT.encode()))


def test_a_post_quantum_line_travels_with_the_others():
    """
    Who knows the ML-DSA-44 key verifies its line of 2,420 bytes; who does not, ignores it.
    """
    note = parse_note(note_of(LOG.sign(TEXT), PQ.cosign(TEXT, 1_000)))
    forged = Signature(PQ.name, PQ.key.key_id, note.signatures[1].payload[:-1] + b"\0")

    assert len(note.signatures[1].payload) == 8 + 2_420
    assert [each.name for each in verified(note, [LOG.key])] == [LOG.name]
    assert [each.name for each in verified(note, [LOG.key, PQ.key])] == [LOG.name, PQ.name]
    assert [each.name for each in verified(note, [PQ.key])] == [PQ.name]
    with pytest.raises(SignatureWrong, match=PQ.name):
        verified(parse_note(note_of(LOG.sign(TEXT), forged)), [LOG.key, PQ.key])
    assert len(verified(parse_note(note_of(LOG.sign(TEXT), forged)), [LOG.key])) == 1


def test_a_post_quantum_line_binds_witness_log_size_and_root():
    """
    The signed structure holds them all, and no extension line (c2sp.org/tlog-cosignature).
    """
    origin, size, root, _ = TEXT.split("\n")
    payload = PQ.cosign(TEXT, 1_000).payload
    other_root = base64.b64encode(bytes(32)).decode()

    assert PQ.key.verify(f"{TEXT}extension\n", payload)
    assert not VerifierKey("witness.example/pr", ML_DSA_44, PQ.key.public).verify(TEXT, payload)
    assert not PQ.key.verify(f"{origin}/2\n{size}\n{root}\n", payload)
    assert not PQ.key.verify(f"{origin}\n{int(size) + 1}\n{root}\n", payload)
    assert not PQ.key.verify(f"{origin}\n{size}\n{other_root}\n", payload)


@pytest.mark.parametrize("size", ["+20852163", "020852163", " 20852163", "20_852_163", "٢٠٨٥٢١٦٣"])
def test_a_post_quantum_line_is_for_one_spelling(size):
    """
    A number written otherwise is another text, although the number is the same.
    """
    origin, _, root, _ = TEXT.split("\n")

    assert not PQ.key.verify(f"{origin}\n{size}\n{root}\n", PQ.cosign(TEXT, 1_000).payload)


@pytest.mark.parametrize("text", ["", "one line\n", "a\nb\n", "o" * 256 + f"\n5\n{OURS['root']}\n", "a\n5\nAA==\n"])
def test_only_a_checkpoint_gets_a_post_quantum_line(text):
    """
    There is no tree in any other text, so nothing is verified and nothing is signed.
    """
    assert not PQ.key.verify(text, PQ.cosign(TEXT, 1_000).payload)
    with pytest.raises(ValueError, match=r"checkpoint|bytes"):
        PQ.cosign(text, 1_000)
