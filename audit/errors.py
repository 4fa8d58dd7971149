"""
What can go wrong in the log.

AuditError
├── Refused               the request cannot be carried out; nothing of it was recorded
│   ├── IdempotencyReused   one key, two different requests
│   ├── EntryTooLarge       an entry over 65,535 bytes
│   ├── RotationUnfinished  a key is being rotated already
│   ├── KeyStillUsed        something still needs the key that was to be destroyed
│   └── (those of audit/exporting/errors.py: what cannot be exported)
├── JournalUnavailable    nothing was recorded, try again
│   ├── QueueFull
│   ├── DatabaseAway
│   ├── KeyProviderAway
│   └── JournalClosed
├── OutcomeUnknown        the connection broke in COMMIT and the answer could not be looked up
├── KeyMissing            a write without an Idempotency-Key
├── RangeUnknown          entries asked for that do not exist
├── EntriesPruned         entries asked for whose bodies are gone; proofs of them still work
├── CursorUnknown         a reader's place that this log never gave
├── CursorPruned          a reader's place before bodies that are gone
├── NotCanonical          a value outside the profile of RFC 8785 used here
├── BrokenChain           stored bytes contradict themselves
├── EvidenceError         checkpoints, proofs, exports
│   ├── CheckpointRefused   what is stored does not extend what was signed
│   ├── GuardConflict       another process promised a checkpoint meanwhile
│   ├── GuardUnusable       the guard cannot be read or written
│   ├── NoCheckpoint        none was signed yet
│   ├── SizeUnpublished     a proof for a tree that was not signed
│   ├── TileUnknown         no such tile, or not yet
│   ├── NothingToReopen     a log that needs no new incarnation
│   ├── NotCovered          no checkpoint covers an export's own entry
│   ├── EvidenceBroken      stored evidence that would not verify
│   ├── TimestampRefused    what an authority answered proves nothing
│   ├── TimestampUnreachable no time-stamping authority answered
│   ├── BundleUnreadable    no evidence bundle, or none that is safe to unpack
│   └── (those of audit/exporting/errors.py: exports that are not there)
├── KeyUnusable           a key is missing, too open, or does not open what it should
└── UnknownTenant         no such tenant
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID


class AuditError(Exception):
    """Root of the errors of this package."""


class Refused(AuditError):
    """A request that cannot be carried out as asked; nothing of it was recorded."""


class IdempotencyReused(Refused):
    """The Idempotency-Key was used before, for something else."""

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used before with a different request. Use a new key.")


class EntryTooLarge(Refused):
    """An entry has more bytes than the tiles' length field can tell (65,535)."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(f"The log entry would have {size} bytes; at most 65,535 are allowed. Send less at once.")


class RotationUnfinished(Refused):
    """A key that has two versions already."""

    def __init__(self, purpose: str) -> None:
        super().__init__(f"The {purpose} key is being rotated already: finish that first.")


class KeyStillUsed(Refused):
    """A key that cannot be destroyed yet."""

    def __init__(self, purpose: str, version: int, left: int) -> None:
        self.left = left
        super().__init__(f"Version {version} of the {purpose} key is current, or {left} rows still need it.")


class JournalUnavailable(AuditError):
    """Nothing was recorded; the same request may be tried again after ``retry_after`` seconds."""

    retry_after: int = 1


class QueueFull(JournalUnavailable):
    """More requests wait than the journal holds."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        super().__init__(f"{waiting} requests are waiting to be recorded. Nothing was recorded; try again shortly.")


class KeyProviderAway(JournalUnavailable):
    """Whatever keeps the key-encryption key cannot be asked now."""

    retry_after = 5

    def __init__(self, provider: str | None = None) -> None:
        self.provider = provider
        super().__init__(
            f"The key provider{f' {provider}' if provider else ''} cannot be reached. Nothing was recorded; try again "
            "shortly."
        )


class DatabaseAway(JournalUnavailable):
    """The database cannot be reached."""

    retry_after = 2

    def __init__(self) -> None:
        super().__init__("The database cannot be reached. Nothing was recorded; try again shortly.")


class JournalClosed(JournalUnavailable):
    """The process is shutting down."""

    def __init__(self) -> None:
        super().__init__("The service is stopping. Nothing was recorded; try again shortly.")


class OutcomeUnknown(AuditError):
    """The connection broke during COMMIT and the database did not come back in time to say what happened."""

    retry_after = 5

    def __init__(self) -> None:
        super().__init__(
            "The database went away while recording. Repeat the request with the same Idempotency-Key: "
            "if it was recorded you will get its answer, else it is recorded then."
        )


class KeyMissing(AuditError):
    """A write without a usable Idempotency-Key."""

    def __init__(self) -> None:
        super().__init__(
            "Send an Idempotency-Key header of 1 to 255 printable ASCII characters, new for every new request, "
            "the same when you repeat one."
        )


class RangeUnknown(AuditError):
    """A range of entries that does not lie within the log."""

    def __init__(self, first: int, end: int, size: int) -> None:
        self.size = size
        super().__init__(f"There are {size} entries: from {first} to {end} is no range within them.")


class EntriesPruned(AuditError):
    """Entries whose bodies went by retention."""

    def __init__(self, up_to: int) -> None:
        self.up_to = up_to
        super().__init__(
            f"The bodies of all entries before {up_to} were pruned by retention. Ask from {up_to} on; proofs of the "
            "earlier ones still work, for whoever has kept them."
        )


class CursorUnknown(AuditError):
    """A place that no reader of this log was ever given."""

    def __init__(self) -> None:
        super().__init__(
            "The cursor is none of this log: give one back as you got it, or none to begin with the oldest entry that is kept."
        )


class CursorPruned(AuditError):
    """A place before entries whose bodies went by retention and were not read."""

    def __init__(self, oldest: str) -> None:
        self.oldest = oldest
        super().__init__(
            f"Entries after this cursor were pruned by retention. The oldest that is kept is at {oldest}: go on from there, "
            "and ask the consents of those you know for what is in force now."
        )


class NotCanonical(AuditError):
    """A value that different JSON encoders would write differently."""

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        super().__init__(f"{path or 'The payload'} cannot be written canonically: {why}.")


class BrokenChain(AuditError):
    """Stored entries do not follow from one another."""

    def __init__(self, index: int, why: str) -> None:
        self.index = index
        super().__init__(f"Entry {index}: {why}.")


class KeyUnusable(AuditError):
    """A key is missing, readable by others, or does not open what was closed with it."""


class UnknownTenant(AuditError):
    """No tenant has this id."""

    def __init__(self, tenant: UUID) -> None:
        self.tenant = tenant
        super().__init__(f"There is no tenant {tenant}.")


class EvidenceError(AuditError):
    """Root of what goes wrong with checkpoints, proofs and exports."""


class CheckpointRefused(EvidenceError):
    """What the database holds does not extend what was signed before; the sentence begins with the kind of fault."""


class GuardConflict(EvidenceError):
    """Another process has promised a checkpoint meanwhile, or the guard is not as empty as it must be."""

    def __init__(self, why: str = "The guard was changed by another process. Run one checkpointer for each.") -> None:
        super().__init__(why)


class GuardUnusable(EvidenceError):
    """The guard's file is damaged, closed to us, or on a full disk."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The guard {path} cannot be used: {why}. Nothing is signed without it. Mend what keeps it from being read and "
            "written; if it is lost, move it away and run: venia checkpoint --adopt"
        )


class NoCheckpoint(EvidenceError):
    """No checkpoint was signed yet."""

    retry_after = 2

    def __init__(self) -> None:
        super().__init__("No checkpoint was signed yet. One is signed within seconds of the first entry; ask again.")


class SizeUnpublished(EvidenceError):
    """A proof was asked for that no checkpoint bears out."""

    def __init__(self, size: int, published: int) -> None:
        self.size = published
        super().__init__(
            f"The newest checkpoint has {published} entries: ask for an index below a size, and a size of 1 to "
            f"{published}, not {size}."
        )


class TileUnknown(EvidenceError):
    """A tile that does not exist, or not yet with that width."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"There is no tile {path}: see c2sp.org/tlog-tiles for the paths, up to the checkpoint's size."
        )


class NothingToReopen(EvidenceError):
    """The log extends what was signed, so that a new incarnation would only hide its past."""

    def __init__(self) -> None:
        super().__init__("This log extends what was signed for it; it needs no new incarnation.")


class NotCovered(EvidenceError):
    """No checkpoint covers an export's own entry, after a while of waiting for one."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__(
            f"No checkpoint covers entry {index}, which asked for this export. Is the checkpointer running, and does "
            "it still sign this log? Then ask again."
        )


class EvidenceBroken(EvidenceError):
    """What is stored contradicts what was signed, so that nobody could verify it."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The stored evidence contradicts itself: {why}.")


class BundleUnreadable(EvidenceError):
    """What was given is no evidence bundle, or none that is safe to unpack; nothing in it was verified."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This bundle cannot be read: {why}.")


class TimestampRefused(EvidenceError):
    """What a time-stamping authority answered does not prove that these bytes existed; the sentence says why."""


class TimestampUnreachable(EvidenceError):
    """No time-stamping authority answered; it may be asked again."""

    retry_after = 60


class NoteMalformed(EvidenceError):
    """Bytes that are no signed note, checkpoint or proof, or are spelled in another than the one canonical way."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This is no signed note as Venia reads it: {why}.")


class KeyMalformed(NoteMalformed):
    """Text that is no verifier key, or a key that is not safe to verify with."""

    def __init__(self, why: str) -> None:
        EvidenceError.__init__(self, f"This is no verifier key: {why}.")


class SignatureWrong(EvidenceError):
    """A signature by a key that is known, and wrong."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"The signature of {name} is wrong: the text was changed, or the signature forged.")


class SignatureMissing(EvidenceError):
    """No signature by any key that is known."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(f"It bears no signature by the keys given ({', '.join(names) or 'none'}).")


class CheckpointForeign(EvidenceError):
    """A checkpoint of another log than the one whose key is given."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        super().__init__(f"It is a checkpoint of another log, {origin}.")


class PolicyMalformed(EvidenceError):
    """Text that is no policy of witnesses (c2sp.org/tlog-policy)."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        super().__init__(f"Line {line} of the policy: {why}.")
