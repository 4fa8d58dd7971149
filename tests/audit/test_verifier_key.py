"""
Keys that verify: those of others are read, those we make can be enrolled, and no unsafe or misspelt one can.
"""

import base64
import json
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import KeyMalformed
from audit.note import (
    COSIGNATURE,
    ED25519,
    ML_DSA_44,
    VerifierKey,
    key_id,
)
from audit.points import is_sound_point
from audit.signing import LogKey, MlDsaKey, WitnessKey

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "notes.json").read_text())
OURS = VECTORS["ours"]
SECRET = bytes.fromhex(OURS["secret"])
LOG = LogKey.from_secret(SECRET, OURS["origin"])
WITNESS = WitnessKey.from_secret(SECRET, OURS["witness"])
PQ = MlDsaKey("witness.example/pq", MLDSA44PrivateKey.from_seed_bytes(SECRET))
TEXT = OURS["text"]
P = 2**255 - 19
# The canonical encodings of the eight points of small order (RFC 8032 §5.1; the sign bit is that of x).
SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]


def vkey(name: str, kind: int, public: bytes) -> str:
    """
    A verifier key with the right id for whatever it is given.
    """
    raw = bytes([kind]) + public
    identity = sha256(name.encode() + b"\n" + raw).hexdigest()[:8]
    return f"{name}+{identity}+{base64.b64encode(raw).decode()}"


@pytest.mark.parametrize("text", VECTORS["keys"])
def test_keys_of_other_implementations_are_read(text):
    """
    They are written back as they were.
    """
    assert str(VerifierKey.parse(text)) == text


@pytest.mark.parametrize("text", VECTORS["keys_refused"])
def test_what_other_implementations_refuse_we_refuse(text):
    """
    A key of the wrong length or type, without its parts, or in another alphabet.
    """
    with pytest.raises(KeyMalformed, match="no verifier key"):
        VerifierKey.parse(text)


def test_no_part_of_a_key_and_no_change_of_one_is_a_key():
    """
    Every substring and every character raised by one is refused.
    """
    text = VECTORS["published"][1]["vkey"]
    parts = {text[at:end] for at in range(len(text)) for end in range(at, len(text) + 1)} - {text}
    changed = {text[:at] + chr(ord(text[at]) + 1) + text[at + 1 :] for at in range(len(text))}
    for other in parts | changed | {text.upper(), f"{text}\n", f" {text}", text.replace("c74f20a3", "C74F20A3")}:
        with pytest.raises(KeyMalformed):
            VerifierKey.parse(other)


@pytest.mark.parametrize("name", ["", "a b", "a\u2003b", "a\nb", "a\0b", "a\u0085b", "a\x7fb"])
def test_a_key_has_a_name_that_fits_its_line(name):
    """
    No space of any script, no control character, and not nothing.
    """
    with pytest.raises(KeyMalformed):
        VerifierKey.parse(vkey(name, ED25519, LOG.key.public))


def test_half_a_surrogate_is_no_name():
    """
    What cannot be encoded is refused as everything else is.
    """
    with pytest.raises(KeyMalformed):
        VerifierKey.parse(LOG.verifier().replace(LOG.name, "\ud800"))


@pytest.mark.parametrize("kind", [ED25519, COSIGNATURE])
@pytest.mark.parametrize("encoded", SMALL_ORDER)
def test_points_of_small_order_are_not_enrolled(kind, encoded):
    """
    One signature would fit many messages.
    """
    with pytest.raises(KeyMalformed, match="sound point"):
        VerifierKey.parse(vkey("example.org/log", kind, bytes.fromhex(encoded)))


@pytest.mark.parametrize("sign", [0, 1 << 255])
@pytest.mark.parametrize("y", range(P, 2**255))
def test_points_that_are_spelled_otherwise_are_not_enrolled(y, sign):
    """
    A y of 2^255 - 19 or more stands for a smaller one, and libraries differ on it (RFC 8032 §5.1.3).
    """
    with pytest.raises(KeyMalformed, match="sound point"):
        VerifierKey.parse(vkey("example.org/log", ED25519, (y | sign).to_bytes(32, "little")))


def test_what_is_no_point_is_not_enrolled():
    """
    About half of all bytes are no point of the curve: those, and only those, are refused.
    """
    d = -121665 * pow(121666, P - 2, P) % P
    for y in range(2, 200):
        x_squared = (y * y - 1) * pow(d * y * y + 1, P - 2, P) % P
        is_square = pow(x_squared, (P - 1) // 2, P) == 1

        assert is_sound_point(y.to_bytes(32, "little")) is is_square


@given(st.binary(min_size=32, max_size=32))
def test_every_key_that_is_made_can_be_enrolled(seed):
    """
    The public key of any seed is a sound point.
    """
    key = LogKey("example.org/log", Ed25519PrivateKey.from_private_bytes(seed))

    assert VerifierKey.parse(key.verifier()) == key.key


@pytest.mark.parametrize(
    ("kind", "public"),
    [
        (0, LOG.key.public),
        (2, LOG.key.public),
        (5, LOG.key.public),
        (255, LOG.key.public),
        (ED25519, LOG.key.public[:-1]),
        (ED25519, LOG.key.public + b"\0"),
        (COSIGNATURE, b""),
        (ML_DSA_44, LOG.key.public),
        (ML_DSA_44, PQ.key.public[:-1]),
    ],
)
def test_a_key_is_of_a_known_type_and_its_length(kind, public):
    """
    Thirty-two bytes for Ed25519, 1,312 for ML-DSA-44, and nothing of another type.
    """
    with pytest.raises(KeyMalformed):
        VerifierKey.parse(vkey("example.org/log", kind, public))


def test_a_key_id_is_the_hash_of_name_type_and_key():
    """
    SHA-256 over name, line feed, type and key, its first four bytes (c2sp.org/signed-note).
    """
    public = LOG.key.public

    assert key_id(LOG.name, ED25519, public) == sha256(LOG.name.encode() + b"\n\x01" + public).digest()[:4]
    assert LOG.key.made(LOG.sign(TEXT))
    assert not WITNESS.key.made(LOG.sign(TEXT))
