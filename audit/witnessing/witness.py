"""
A witness (c2sp.org/tlog-witness v1.0.0): it cosigns a log's tree only if that extends the tree it cosigned before.

Its word for a tree means: at that time this was the largest consistent tree of this log that I had seen.  Whoever holds it
knows that a shorter or another tree was shown to nobody who asks the same witness.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.checkpoint import Checkpoint, parse_checkpoint, parse_consistency_body
from audit.errors import NoteMalformed, SignatureMissing, SignatureWrong
from audit.merkle import EMPTY_ROOT, verify_consistency
from audit.note import Note, Signature, VerifierKey, parse_note, verified
from audit.signing import WitnessKey
from audit.witnessing.state import Cosigned, Turn, WitnessState

SIZE = "text/x.tlog.size"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered over HTTP."""

    status: int
    body: bytes
    media_type: str = TEXT


@dataclass(frozen=True, slots=True)
class _Shown:
    """A tree that a log shows, signed by it, with the proof that it extends one of ``old`` entries."""

    old: int
    hashes: Sequence[bytes]
    checkpoint: Checkpoint
    text: str
    signatures: tuple[Signature, ...]  # of the log's trusted keys; others are worth nothing and are not kept


class Witness:
    """The witness of some logs."""

    def __init__(self, state: WitnessState, key: WitnessKey, logs: Sequence[VerifierKey]) -> None:
        """``logs`` are the keys it trusts; the name of each is the origin of its log, which may have several."""
        self._state = state
        self._key = key
        self._logs = {each.name: [key for key in logs if key.name == each.name] for each in logs}

    def add_checkpoint(self, body: bytes, now: datetime) -> Answer:
        """
        Answers add-checkpoint: 200 with cosignature lines, 400, 403, 404, 409 with the size last cosigned, or 422.

        A tree that is answered with 200 MUST be on the disk before: the check of the old size and the new state are one
        transaction, committed before this returns.
        """
        shown = self._read(body)
        if isinstance(shown, Answer):
            return shown
        with self._state.turn(shown.checkpoint.origin) as turn:
            return self._decide(turn, shown, now)

    def latest(self, log: str) -> bytes | None:
        """The newest cosigned checkpoint of the log whose origin has this SHA-256 in hexadecimal, or None."""
        return self._state.latest(log)

    def _read(self, body: bytes) -> _Shown | Answer:
        try:
            old, hashes, data = parse_consistency_body(body)
            note = parse_note(data)
            checkpoint = parse_checkpoint(note.text)
        except NoteMalformed as error:
            return _refusal(400, str(error))
        keys = self._logs.get(checkpoint.origin)
        if keys is None:
            return _refusal(404, "This witness does not know the log.")
        try:
            signatures = verified(note, keys)
        except (SignatureMissing, SignatureWrong) as error:
            return _refusal(403, str(error))
        if old > checkpoint.size:
            return _refusal(400, f"The old size, {old}, is above the checkpoint's, {checkpoint.size}.")
        return _Shown(old, hashes, checkpoint, note.text, signatures)

    def _decide(self, turn: Turn, shown: _Shown, now: datetime) -> Answer:
        last = turn.last()
        size, root = (last.size, last.root) if last else (0, EMPTY_ROOT)
        if shown.old != size:
            return Answer(409, f"{size}\n".encode(), SIZE)
        if not _extends(shown, root):
            return _refusal(422, f"The checkpoint is not proven to extend the tree of {size} entries cosigned before.")
        cosignature = self._key.cosign(shown.text, int(now.timestamp()))
        note = Note(shown.text, (*shown.signatures, cosignature)).encode()
        turn.keep(Cosigned(shown.checkpoint.origin, shown.checkpoint.size, shown.checkpoint.root, note))
        return Answer(200, f"{cosignature.line()}\n".encode())


def _extends(shown: _Shown, root: bytes) -> bool:
    """Whether the tree shown extends the one cosigned last; an empty tree has one root only."""
    tree = shown.checkpoint
    if tree.size == 0 and tree.root != EMPTY_ROOT:
        return False
    return verify_consistency(old=shown.old, new=tree.size, hashes=shown.hashes, old_root=root, new_root=tree.root)


def _refusal(status: int, sentence: str) -> Answer:
    return Answer(status, f"{sentence}\n".encode())
