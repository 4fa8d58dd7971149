"""
What is stored of exports, and of what they are made from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

# Expired is never stored: time alone makes it so.
QUEUED, RUNNING, READY, FAILED, WITHDRAWN, EXPIRED = "queued", "running", "ready", "failed", "withdrawn", "expired"


@dataclass(frozen=True, slots=True)
class LogEnd:
    """A log by its name, and how many entries it has."""

    origin: str
    size: int


@dataclass(frozen=True, slots=True)
class Export:
    """An export as it was asked for, and how it goes."""

    tenant: UUID
    id: UUID
    origin: str
    entry_index: int
    format: str
    first: int
    end: int | None
    contact: UUID | None
    disclose: Sequence[str]
    actor: str
    requested_at: datetime
    state: str
    done: int
    total: int
    detail: str | None
    file: str | None
    size: int | None  # in bytes
    digest: bytes | None
    expires_at: datetime | None
    language: str | None = None  # of a report
    parts: Sequence[UUID] = ()  # of the person, where they have more than one

    @property
    def people(self) -> Sequence[UUID] | None:
        """Whose entries are wanted, by their ids; None is everybody's."""
        return None if self.contact is None else self.parts or (self.contact,)


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it is stored."""

    index: int
    event_id: UUID
    contact: UUID | None
    body: bytes
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class SealedField:
    """A personal field of an entry, under its person's key."""

    event_id: UUID
    name: str
    contact: UUID
    sealed: bytes
