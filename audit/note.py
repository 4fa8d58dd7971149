"""
Signed notes and the keys that verify them (c2sp.org/signed-note v1.0.0, c2sp.org/tlog-cosignature v1.1.0).

A note is a text and signatures below it.  Whoever verifies ignores the signatures by keys they do not know, and rejects
the whole note when one by a key they do know is wrong.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from audit.cosigned import cosigned_bytes, subtree_bytes
from audit.encoding import decode_base64, encode_base64
from audit.errors import KeyMalformed, NoteMalformed, SignatureMissing, SignatureWrong
from audit.points import is_sound_point

ED25519, COSIGNATURE, ML_DSA_44 = 0x01, 0x04, 0x06
_KEY_BYTES = {ED25519: 32, COSIGNATURE: 32, ML_DSA_44: 1312}
_TIME_BYTES = 8
_MOST_SIGNATURES = 100
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_LINE = re.compile(r"— (?P<name>[^\s+\x00-\x1f\x7f-\x9f]+) (?P<signature>[A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a text: whose, and what follows the four bytes that tell which of their keys."""

    name: str
    key_id: bytes
    payload: bytes

    def line(self) -> str:
        """The line, without its line feed."""
        return f"— {self.name} {encode_base64(self.key_id + self.payload)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a line feed, and the signatures below it."""

    text: str
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        """The note's bytes."""
        return (self.text + "\n" + "".join(f"{each.line()}\n" for each in self.signatures)).encode()


def parse_note(data: bytes) -> Note:
    """Reads a note strictly; NoteMalformed says what is wrong.  Nothing is verified."""
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise NoteMalformed("it is not UTF-8") from error
    if any(ord(character) < 0x20 and character != "\n" for character in whole):
        raise NoteMalformed("it holds control characters")
    text, blank, below = whole.rpartition("\n\n")
    if not blank or not text or not below.endswith("\n"):
        raise NoteMalformed("a text, an empty line and signatures, each ended by a line feed, are expected")
    lines = below[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise NoteMalformed(f"it has more than {_MOST_SIGNATURES} signatures")
    return Note(text + "\n", tuple(map(parse_signature, lines)))


def parse_signature(line: str) -> Signature:
    """Reads one signature line; NoteMalformed when it is none."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise NoteMalformed(f"{line[:60]!r} is no signature line")
    try:
        raw = decode_base64(found["signature"])
    except ValueError as error:
        raise NoteMalformed("a signature is not canonical base64") from error
    if len(raw) <= 4:
        raise NoteMalformed("a signature is too short")
    return Signature(found["name"], raw[:4], raw[4:])


def key_id(name: str, algorithm: int, public: bytes) -> bytes:
    """The first four bytes of SHA-256(name, line feed, type and key)."""
    return sha256(name.encode() + b"\n" + bytes([algorithm]) + public).digest()[:4]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A key that signatures are checked with: of a log (Ed25519) or of a witness (Ed25519 or ML-DSA-44)."""

    name: str
    algorithm: int
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """
        Reads ``<name>+<hex key id>+<base64 of type and key>``; KeyMalformed says what is wrong.

        A key that is no canonical point, or one of small order, is not enrolled: libraries would disagree on it.
        """
        name, _, rest = text.partition("+")
        identity, plus, encoded = rest.partition("+")
        if not plus or not _NAME.fullmatch(name):
            raise KeyMalformed("a name, a key id and a key, joined by plus signs, are expected")
        try:
            raw = decode_base64(encoded)
        except ValueError as error:
            raise KeyMalformed("the key is not canonical base64") from error
        key = cls(name, raw[0] if raw else 0, raw[1:])
        if _KEY_BYTES.get(key.algorithm) != len(key.public):
            raise KeyMalformed("it is of no known type, or has the wrong length")
        if key.algorithm != ML_DSA_44 and not is_sound_point(key.public):
            raise KeyMalformed("it is no sound point of the curve")
        if identity != key.key_id.hex():
            raise KeyMalformed("its key id belongs to another name or key")
        return key

    @property
    def key_id(self) -> bytes:
        """The four bytes by which its signatures are found."""
        return key_id(self.name, self.algorithm, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(bytes([self.algorithm]) + self.public)}"

    def made(self, signature: Signature) -> bool:
        """Whether a signature says that it is by this key."""
        return (signature.name, signature.key_id) == (self.name, self.key_id)

    def verify(self, text: str, payload: bytes) -> bool:
        """Whether the payload of a signature is this key's word for the text."""
        try:
            if self.algorithm == ED25519:
                Ed25519PublicKey.from_public_bytes(self.public).verify(payload, text.encode())
            elif self.algorithm == COSIGNATURE:
                message = cosigned_bytes(text, cosigned_at(payload))
                Ed25519PublicKey.from_public_bytes(self.public).verify(payload[_TIME_BYTES:], message)
            else:
                message = subtree_bytes(text, name=self.name, seconds=cosigned_at(payload))
                MLDSA44PublicKey.from_public_bytes(self.public).verify(payload[_TIME_BYTES:], message)
        except (InvalidSignature, ValueError):
            return False
        return True


def cosigned_at(payload: bytes) -> int:
    """The POSIX time at which a witness cosigned, in seconds below 2^63; ValueError when the payload tells none."""
    seconds = int.from_bytes(payload[:_TIME_BYTES], "big")
    if len(payload) <= _TIME_BYTES or seconds >= 2**63:
        raise ValueError("a cosignature begins with its time")
    return seconds


def verified(note: Note, keys: Iterable[VerifierKey]) -> tuple[Signature, ...]:
    """
    The note's signatures by these keys, in the note's order; those by other keys are ignored.

    Raises SignatureWrong when one of them is wrong, and SignatureMissing when there is none.
    """
    known = list(keys)
    good = []
    for signature in note.signatures:
        for key in known:
            if key.made(signature):
                if not key.verify(note.text, signature.payload):
                    raise SignatureWrong(key.name)
                good.append(signature)
                break
    if not good:
        raise SignatureMissing([key.name for key in known])
    return tuple(good)
