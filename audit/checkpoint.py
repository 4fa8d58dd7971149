"""
Checkpoints and what is proven against them (c2sp.org/tlog-checkpoint v1.0.0, c2sp.org/tlog-proof, tlog-witness v1.0.0).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.encoding import decode_base64, encode_base64
from audit.errors import CheckpointForeign, NoteMalformed
from audit.note import Note, VerifierKey, parse_note, verified

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_PROOF = "c2sp.org/tlog-proof@v1"
_MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: whose log, how many entries, which root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text that is signed."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, encode_base64(self.root), *self.extensions))


def parse_checkpoint(text: str) -> Checkpoint:
    """Reads a checkpoint's text strictly; NoteMalformed says what is wrong."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise NoteMalformed("a checkpoint has an origin, a size and a root, and no empty line")
    origin, size, root, *extensions = lines[:-1]
    return Checkpoint(origin, _number(size, "size"), _hash(root), tuple(extensions))


def open_checkpoint(data: bytes, *keys: VerifierKey) -> tuple[Checkpoint, Note]:
    """
    A log's checkpoint, verified with one of its keys, whose name MUST be the origin.

    Raises NoteMalformed, SignatureMissing, SignatureWrong, or CheckpointForeign for another log's.
    """
    note = parse_note(data)
    verified(note, keys)
    checkpoint = parse_checkpoint(note.text)
    if any(key.name != checkpoint.origin for key in keys):
        raise CheckpointForeign(checkpoint.origin)
    return checkpoint, note


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That an entry is in a tree, with the signed checkpoint of that tree; ``extra`` is vouched for by nobody."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def encode(self) -> bytes:
        """The content of a ``.tlog-proof`` file."""
        extra = [] if self.extra is None else [f"extra {encode_base64(self.extra)}"]
        lines = [_PROOF, *extra, f"index {self.index}", *map(encode_base64, self.hashes), ""]
        return "".join(f"{line}\n" for line in lines).encode() + self.checkpoint


def parse_inclusion_proof(data: bytes) -> InclusionProof:
    """Reads a ``.tlog-proof`` file strictly; NoteMalformed says what is wrong.  Nothing is verified."""
    lines, checkpoint = _head(data)
    if not lines or lines.pop(0) != _PROOF:
        raise NoteMalformed(f"a proof begins with {_PROOF}")
    extra = _decoded(lines.pop(0)[6:]) if lines and lines[0].startswith("extra ") else None
    if not lines or not lines[0].startswith("index "):
        raise NoteMalformed("the proof does not say of which index it is")
    return InclusionProof(_number(lines[0][6:], "index"), _hashes(lines[1:]), checkpoint, extra)


def consistency_body(old: int, hashes: Sequence[bytes], checkpoint: bytes) -> bytes:
    """That a signed tree extends one of ``old`` entries, as a witness is asked (tlog-witness, add-checkpoint)."""
    lines = [f"old {old}", *map(encode_base64, hashes), ""]
    return "".join(f"{line}\n" for line in lines).encode() + checkpoint


def parse_consistency_body(data: bytes) -> tuple[int, tuple[bytes, ...], bytes]:
    """Reads ``consistency_body``: the old size, the hashes and the checkpoint; NoteMalformed says what is wrong."""
    lines, checkpoint = _head(data)
    if not lines or not lines[0].startswith("old "):
        raise NoteMalformed("it does not begin with the old size")
    return _number(lines[0][4:], "old size"), _hashes(lines[1:]), checkpoint


def _head(data: bytes) -> tuple[list[str], bytes]:
    """The lines above the first empty one, and what is below it."""
    head, blank, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode().split("\n")
    except UnicodeDecodeError as error:
        raise NoteMalformed("it is not UTF-8") from error
    if not blank or not checkpoint:
        raise NoteMalformed("there is no checkpoint behind the proof")
    return lines, checkpoint


def _hashes(lines: Iterable[str]) -> tuple[bytes, ...]:
    hashes = tuple(map(_hash, lines))
    if len(hashes) > _MOST_HASHES:
        raise NoteMalformed(f"a proof has at most {_MOST_HASHES} hashes")
    return hashes


def _hash(text: str) -> bytes:
    value = _decoded(text)
    if len(value) != 32:
        raise NoteMalformed("a hash has 32 bytes")
    return value


def _decoded(text: str) -> bytes:
    try:
        return decode_base64(text)
    except ValueError as error:
        raise NoteMalformed(f"{text[:60]!r} is not canonical base64") from error


def _number(text: str, name: str) -> int:
    if not _DECIMAL.fullmatch(text) or int(text) >= 2**63:
        raise NoteMalformed(f"the {name} is no decimal number without leading zeros")
    return int(text)
