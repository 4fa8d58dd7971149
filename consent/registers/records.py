"""
One load of a register: what it says, and whether it may take the place of the one before.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339
from audit.link import Column
from consent.registers.errors import (
    RegisterDateAhead,
    RegisterNameInvalid,
    RegisterOlder,
    RegisterShrunk,
    RegisterUnreadable,
)
from consent.registers.grinding import Ground
from consent.registers.models import CONSENTS
from consent.registers.numbering import Numbering

_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")
_MOST_UNREADABLE = 100  # of so many lines one
_LEAST = 2  # of so many numbers that there were, one must be left


@dataclass(frozen=True, slots=True)
class Load:
    """A list of numbers as it was drawn at ``as_of``; of an exclusion list the listed are not called, of a list of consents the others."""

    tenant: UUID
    register: str
    id: UUID
    lists: str
    country: str | None
    as_of: datetime
    numbers: int
    bits: int
    file_hash: bytes
    blocks_hash: bytes
    loaded_at: datetime
    loaded_by: str

    @property
    def is_of_consents(self) -> bool:
        """Whether to be listed is to have agreed."""
        return self.lists == CONSENTS

    def to_json(self) -> dict[str, Json]:
        """The load as answers show it."""
        return {
            "register": self.register,
            "load": str(self.id),
            "lists": self.lists,
            "country": self.country,
            "as_of": rfc3339(self.as_of),
            "numbers": self.numbers,
            "sha256": self.file_hash.hex(),
            "loaded_at": rfc3339(self.loaded_at),
            "loaded_by": self.loaded_by,
        }


def load_from(row: Column) -> Load:
    """A load as the table has it."""
    return Load(
        row.tenant_id,
        row.register,
        row.load_id,
        row.lists,
        row.country,
        row.as_of,
        row.numbers,
        row.bits,
        bytes(row.file_hash),
        bytes(row.blocks_hash),
        row.loaded_at,
        row.loaded_by,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be loaded, as it was asked for; ``force`` takes a list that seems broken."""

    tenant: UUID
    actor: str
    register: str
    as_of: datetime
    lists: str
    country: str | None
    force: bool = False

    def check(self, now: datetime) -> None:
        """Raises RegisterNameInvalid, RegisterDateAhead and RegisterCountryUnknown."""
        if not _NAME.fullmatch(self.register):
            raise RegisterNameInvalid
        if self.as_of > now:
            raise RegisterDateAhead(self.as_of)
        Numbering(self.country)


def refuse_broken(wanted: Wanted, had: Ground, former: Load | None) -> None:
    """
    Raises RegisterUnreadable, RegisterShrunk or RegisterOlder, unless the load is forced.

    An empty or broken file MUST NOT open calls by itself, and a list of consents that lost its numbers closes what was open.
    """
    if wanted.force:
        return
    if had.unreadable * _MOST_UNREADABLE > had.lines:
        raise RegisterUnreadable(had.unreadable, had.lines, had.at)
    before = former.numbers if former is not None else 0
    if had.numbers == 0 or had.numbers * _LEAST < before:
        raise RegisterShrunk(had.numbers, before)
    if former is not None and wanted.as_of < former.as_of:
        raise RegisterOlder(wanted.as_of, former.as_of)
