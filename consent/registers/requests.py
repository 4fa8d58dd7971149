"""
Registers loaded and dropped, each an entry; and looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Idempotency, Work
from consent.registers.book import RegisterBook
from consent.registers.errors import RegisterBroken
from consent.registers.grinding import Ground
from consent.registers.records import Load, Wanted, refuse_broken


@dataclass(frozen=True, slots=True)
class LoadRegister:
    """Has a load whose blocks lie there take the place of the one before."""

    changes_registers: ClassVar[bool] = True
    tenant: UUID
    actor: str
    wanted: Wanted
    had: Ground
    load: Load
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``register.loaded``.

        Raises what `refuse_broken` raises, RegisterDateAhead, and RegisterBroken where the blocks are not all there.
        """
        book, load = work[RegisterBook], replace(self.load, loaded_at=work.now)
        former = book.loads.get(load.register)
        self.wanted.check(work.now)
        refuse_broken(self.wanted, self.had, former)
        if not book.has_all_blocks(load):
            raise RegisterBroken("what was made of the file is not all there")
        facts: Mapping[str, Json] = {
            "register": load.register,
            "load": str(load.id),
            "lists": load.lists,
            "country": load.country,
            "as_of": rfc3339(load.as_of),
            "numbers": load.numbers,
            "lines": self.had.lines,
            "unreadable": self.had.unreadable,
            "duplicates": self.had.duplicates,
            "sha256": load.file_hash.hex(),
            "bits": load.bits,
            "blocks": load.blocks_hash.hex(),
            "forced": self.wanted.force,
        }
        book.put(load, work.record("register.loaded", facts))
        return told(load, self.had, former)


@dataclass(frozen=True, slots=True)
class DropRegister:
    """Has a register not be loaded any more: whatever rule asks for it denies."""

    changes_registers: ClassVar[bool] = True
    tenant: UUID
    actor: str
    register: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``register.dropped``.  Raises RegisterUnknown."""
        book = work[RegisterBook]
        load = book.known(self.register)
        facts: Mapping[str, Json] = {"register": load.register, "load": str(load.id), "as_of": rfc3339(load.as_of)}
        work.record("register.dropped", facts)
        book.take_away(load)
        return facts


def told(load: Load, had: Ground, former: Load | None) -> Mapping[str, Json]:
    """What is answered to whoever loads."""
    return {
        **load.to_json(),
        "lines": had.lines,
        "duplicates": had.duplicates,
        "unreadable": had.unreadable,
        "unreadable_at": list(had.at),
        "former": None if former is None else {"as_of": rfc3339(former.as_of), "numbers": former.numbers},
    }
