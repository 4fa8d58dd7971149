"""
Signed notes: what others signed verifies, what we sign is the same bytes every time, and nothing but a note is one.
"""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from audit.encoding import decode_base64
from audit.errors import KeyMalformed, KeyUnusable, NoteMalformed, SignatureMissing, SignatureWrong
from audit.note import (
    Note,
    Signature,
    VerifierKey,
    parse_note,
    parse_signature,
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


def note_of(*signatures: Signature, text: str = TEXT) -> bytes:
    return Note(text, signatures).encode()


# --- What others signed, and what is frozen ---------------------------------------------------------------------------


@pytest.mark.parametrize("vector", VECTORS["published"], ids=lambda vector: vector["vkey"].partition("+")[0])
def test_published_notes_verify(vector):
    """
    The examples of the specification and of Go's package verify, read back byte for byte, and fail when altered.
    """
    key, data = VerifierKey.parse(vector["vkey"]), vector["note"].encode()
    note = parse_note(data)

    assert str(key) == vector["vkey"]
    assert [each.name for each in verified(note, [key])] == [key.name]
    assert note.encode() == data
    with pytest.raises(SignatureWrong, match=key.name):
        verified(Note(note.text.upper(), note.signatures), [key])


def test_a_published_key_signs_the_published_bytes():
    """
    Ed25519 is deterministic: the private key of Go's example signs its text as it was signed there.
    """
    seed = base64.b64decode(VECTORS["seed"]["private"].split("+", 4)[4])[1:]
    key = LogKey(VECTORS["seed"]["name"], Ed25519PrivateKey.from_private_bytes(seed))
    published = VECTORS["published"][1]
    text = parse_note(published["note"].encode()).text

    assert key.verifier() == published["vkey"]
    assert note_of(key.sign(text), text=text) == published["note"].encode()


def test_keys_derive_as_ever():
    """
    The frozen secret gives the frozen keys, each name another one, and no log's key is a witness's.
    """
    assert LOG.verifier() == OURS["log"]["vkey"]
    assert WITNESS.verifier() == OURS["cosignature"]["vkey"]
    assert PQ.key == VerifierKey.parse(OURS["ml_dsa_44"]["vkey"])
    assert LogKey.from_secret(SECRET, OURS["origin"] + "/2").key.public != LOG.key.public
    assert LogKey.from_secret(SECRET, OURS["witness"]).key.public != WITNESS.key.public
    assert LogKey.from_secret(bytes(32), OURS["origin"]).key.public != LOG.key.public


def test_what_is_signed_is_the_same_bytes_as_ever():
    """
    The log's line and the Ed25519 witness's are the frozen ones, whenever they are made.
    """
    assert LOG.sign(TEXT).line() == LOG.sign(TEXT).line() == OURS["log"]["line"]
    assert WITNESS.cosign(TEXT, OURS["seconds"]).line() == OURS["cosignature"]["line"]


@pytest.mark.parametrize("kind", ["log", "cosignature", "ml_dsa_44"])
def test_frozen_lines_verify(kind):
    """
    Ed25519, cosignature/v1 and ML-DSA-44 lines made by other code than ours verify, and for no other text.
    """
    key, signature = VerifierKey.parse(OURS[kind]["vkey"]), parse_signature(OURS[kind]["line"])

    assert signature.line() == OURS[kind]["line"]
    assert key.verify(TEXT, signature.payload)
    assert not key.verify(TEXT.replace("20852163", "20852164"), signature.payload)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_secret_has_32_bytes(length):
    """
    Nobody derives a key from nothing.
    """
    with pytest.raises(KeyUnusable, match="32 bytes"):
        LogKey.from_secret(bytes(length), "example.org/log")


# --- Whose signatures count -------------------------------------------------------------------------------------------


def test_signatures_by_unknown_keys_are_ignored():
    """
    Even those that share the name or the id with a known key, and are worth nothing.
    """
    namesake = Signature(LOG.name, b"\0\0\0\0", b"anything")
    same_id = Signature("example.org/other", LOG.key.key_id, b"anything")
    note = parse_note(note_of(namesake, LOG.sign(TEXT), same_id, WITNESS.cosign(TEXT, 5)))

    assert verified(note, [LOG.key]) == (LOG.sign(TEXT),)


def test_a_known_key_that_is_wrong_rejects_the_note():
    """
    However many others are right, and wherever the wrong one stands.
    """
    wrong = Signature(LOG.name, LOG.key.key_id, bytes(64))
    right = [WITNESS.cosign(TEXT, 5), LOG.sign(TEXT)]
    for signatures in ([wrong, *right], [*right, wrong]):
        with pytest.raises(SignatureWrong, match="is wrong") as raised:
            verified(parse_note(note_of(*signatures)), [LOG.key, WITNESS.key])

        assert raised.value.name == LOG.name


@pytest.mark.parametrize("keys", [[], [WITNESS.key]], ids=["no key", "another key"])
def test_a_note_without_a_known_signature_is_worth_nothing(keys):
    """
    Nothing known is nothing verified, also when no key is given at all.
    """
    with pytest.raises(SignatureMissing) as raised:
        verified(parse_note(note_of(LOG.sign(TEXT))), keys)

    assert raised.value.names == tuple(key.name for key in keys)


@pytest.mark.parametrize("count", [16, 100])
def test_many_signatures_are_accepted(count):
    """
    At least sixteen MUST be (c2sp.org/signed-note); we take a hundred, and give back the known ones in their order.
    """
    keys = [LogKey.from_secret(SECRET, f"example.org/{number}") for number in range(count)]
    note = parse_note(note_of(*(key.sign(TEXT) for key in keys)))
    found = verified(note, [key.key for key in reversed(keys)])

    assert [each.name for each in found] == [key.name for key in keys]


def test_too_many_signatures_are_not():
    """
    More than a hundred would only keep the reader busy.
    """
    with pytest.raises(NoteMalformed, match="more than 100"):
        parse_note(note_of(*[LOG.sign(TEXT)] * 101))


@given(st.integers(0, 63), st.integers(0, 7))
def test_no_bit_of_a_signature_can_be_changed(at, bit):
    """
    One bit flipped anywhere, and it is no signature of this text.
    """
    payload = bytearray(LOG.sign(TEXT).payload)
    payload[at] ^= 1 << bit

    assert LOG.key.verify(TEXT, LOG.sign(TEXT).payload)
    assert not LOG.key.verify(TEXT, bytes(payload))


@pytest.mark.parametrize("payload", [b"", bytes(63), bytes(65), LOG.sign(TEXT).payload + b"\0"])
def test_a_signature_of_another_length_is_none(payload):
    """
    Sixty-four bytes, no less and no more.
    """
    assert not LOG.key.verify(TEXT, payload)


# --- What is no note --------------------------------------------------------------------------------------------------

LINE = LOG.sign(TEXT).line()
BASE64 = LINE.rpartition(" ")[2]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\n\n",
        TEXT.encode(),
        TEXT.encode() + b"\n",
        f"{TEXT}{LINE}\n".encode(),
        f"\n{LINE}\n".encode(),
        f"\n\n{LINE}\n".encode(),
        f"{TEXT}\n{LINE}".encode(),
        f"{TEXT}\n{LINE}\n\n".encode(),
        f"{TEXT}\n{LINE}\r\n".encode(),
        f"{TEXT}\n{LINE}\nUnexpected line.\n".encode(),
        f"{TEXT}\n{LINE}\n\n{TEXT}".encode(),
        f"{TEXT[:-1]}\r\n\n{LINE}\n".encode(),
        f"\x01{TEXT}\n{LINE}\n".encode(),
        f"{TEXT}\tx\n\n{LINE}\n".encode(),
        f"{TEXT}\0\n\n{LINE}\n".encode(),
        b"\xff" + f"{TEXT}\n{LINE}\n".encode(),
        b"\xed\xa0\x80" + f"{TEXT}\n{LINE}\n".encode(),
        f"{TEXT}\n- {LINE[2:]}\n".encode(),
        f"{TEXT}\n–{LINE[1:]}\n".encode(),
        f"{TEXT}\n{LINE[2:]}\n".encode(),
        f"{TEXT}\n —{LINE[1:]}\n".encode(),
        f"{TEXT}\n—  {LINE[2:]}\n".encode(),
        f"{TEXT}\n{LINE} \n".encode(),
        f"{TEXT}\n— bad name {BASE64}\n".encode(),
        f"{TEXT}\n— bad+name {BASE64}\n".encode(),
        f"{TEXT}\n— bad\u2003name {BASE64}\n".encode(),
        f"{TEXT}\n— bad\u0085name {BASE64}\n".encode(),
        f"{TEXT}\n—  {BASE64}\n".encode(),
        f"{TEXT}\n— {BASE64}\n".encode(),
        f"{TEXT}\n— name\n".encode(),
        f"{TEXT}\n— name {BASE64} {BASE64}\n".encode(),
        f"{TEXT}\n— name AAAA\n".encode(),
        f"{TEXT}\n— name AAAAAA==\n".encode(),
    ],
)
def test_what_is_no_note_is_refused(data):
    """
    No blank line, no text, no signature, no last line feed, control characters, or a line of another form.
    """
    with pytest.raises(NoteMalformed, match="no signed note"):
        parse_note(data)


@pytest.mark.parametrize(
    "text",
    [
        "QQ",
        "QQ=",
        "QR==",
        "QUI",
        "QUJ=",
        "Q Q==",
        "QQ==\n",
        " QQ==",
        "QQ===",
        "Q===",
        "QQ==QQ==",
        "-_==",
        "QＱ==",
        "QQ=="[:3],
    ],
)
def test_base64_has_one_spelling(text):
    """
    Missing or extra padding, stray last bits, white space and other alphabets are no base64, in notes as in keys.
    """
    with pytest.raises(ValueError, match=r"base64|[Pp]adding|padded|ASCII|character"):
        decode_base64(text)
    with pytest.raises(NoteMalformed):
        parse_signature(f"— name {text}")
    with pytest.raises(KeyMalformed):
        VerifierKey.parse(f"name+00000000+{text}")


def test_the_last_bits_of_a_signature_have_one_spelling():
    """
    The same bytes with other unused bits would be a second note with the same signature, and are refused.
    """
    spelled = [last for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if decodes_alike(BASE64[:-2] + last + "=", BASE64)]

    assert BASE64.endswith("=")
    assert spelled
    for last in spelled:
        with pytest.raises(NoteMalformed, match="canonical"):
            parse_note(f"{TEXT}\n— {LOG.name} {BASE64[:-2]}{last}=\n".encode())


def decodes_alike(one: str, other: str) -> bool:
    return one != other and base64.b64decode(one) == base64.b64decode(other)


def test_a_text_may_hold_empty_lines():
    """
    The last empty line is the one that parts text and signatures.
    """
    text = "one\n\n\n\ntwo\n\n"
    note = parse_note(note_of(LOG.sign(text), text=text))

    assert note.text == text
    assert verified(note, [LOG.key])


NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"], exclude_characters="+"), min_size=1, max_size=20)
TEXTS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]) | st.just("\n"), min_size=1).map(
    lambda text: f"{text}\n"
)


@given(
    TEXTS.filter(lambda text: text.strip("\n")),
    st.lists(
        st.builds(Signature, NAMES, st.binary(min_size=4, max_size=4), st.binary(min_size=1)), min_size=1, max_size=5
    ),
)
def test_notes_read_back(text, signatures):
    """
    Whatever the text and the names, a note is read as it was written, byte for byte.
    """
    note = Note(text, tuple(signatures))

    assert parse_note(note.encode()) == note


@given(st.binary(max_size=60) | st.text("— \nabcQUJ=+\0é", max_size=60).map(str.encode))
def test_any_bytes_are_a_note_or_refused(data):
    """
    What is read is written the same again; everything else is refused with the one error.
    """
    try:
        note = parse_note(data)
    except NoteMalformed:
        return

    assert note.encode() == data
