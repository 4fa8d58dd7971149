"""
What can go wrong in the log.

AuditError
├── Refused               the request cannot be carried out; nothing of it was recorded
│   ├── IdempotencyReused   one key, two different requests
│   └── EntryTooLarge       an entry over 65,535 bytes
├── JournalUnavailable    nothing was recorded, try again
│   ├── QueueFull
│   ├── DatabaseAway
│   └── JournalClosed
├── OutcomeUnknown        the connection broke in COMMIT and the answer could not be looked up
├── KeyMissing            a write without an Idempotency-Key
├── RangeUnknown          entries asked for that do not exist
├── NotCanonical          a value outside the profile of RFC 8785 used here
├── BrokenChain           stored bytes contradict themselves
├── KeyUnusable           a key is missing, too open, or does not open what it should
└── UnknownTenant         no such tenant
"""

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


class JournalUnavailable(AuditError):
    """Nothing was recorded; the same request may be tried again after ``retry_after`` seconds."""

    retry_after: int = 1


class QueueFull(JournalUnavailable):
    """More requests wait than the journal holds."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        super().__init__(f"{waiting} requests are waiting to be recorded. Nothing was recorded; try again shortly.")


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
