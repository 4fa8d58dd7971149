"""
How the registers that rules ask for stand: loaded or not, and until when each will do.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from audit.work import Work
from consent.contacts import ContactBook
from consent.errors import ContactUnknown
from consent.references import ContactReference
from consent.registers.profiles import profile_of
from consent.registers.records import Load
from policies.instants import duration
from policies.register_needs import RegisterNeed
from policies.registers.book import AskedRegisters
from policies.rulebook import RuleBook

MISSING, MISREAD, STALE, DUE, FRESH, UNNAMED = "missing", "misread", "stale", "due", "fresh", "unnamed"
DENYING = (MISSING, MISREAD, STALE)  # for which a rule denies whatever the register says
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """One register: the load in force, the rules that ask for it, and what that comes to."""

    register: str
    load: Load | None
    needs: Sequence[RegisterNeed]
    now: datetime
    within: timedelta

    @property
    def stale_at(self) -> datetime | None:
        """When the first of the rules holds the load too old; None where none ever does."""
        ages = [each.max_age for each in self.needs if each.max_age is not None]
        return None if self.load is None or not ages else self.load.as_of + min(ages)

    @property
    def state(self) -> str:
        """In one word."""
        if self.load is None:
            return MISSING
        if not self.needs:
            return UNNAMED
        if any(each.of_consents != self.load.is_of_consents for each in self.needs):
            return MISREAD
        if self.stale_at is None or self.now + self.within < self.stale_at:
            return FRESH
        return DUE if self.now < self.stale_at else STALE

    @property
    def warning(self) -> str | None:
        """What is to be done, where anything is."""
        by = ", ".join(sorted({f"{each.pack} {each.rule}" for each in self.needs}))
        match self.state:
            case "missing":
                return f"Nothing is loaded: {by} denies, but for people whose consent makes the register unnecessary."
            case "misread":
                must = "consents" if self.needs[0].of_consents else "exclusions"
                return f"It is not read: {by} asks for a list of {must}. Load it as one."
            case "stale":
                return f"Too old for {by}, which denies: load a newer list."
            case "due":
                return f"Too old for {by} from {rfc3339_or_none(self.stale_at)} on: load a newer list before."
            case "unnamed":
                return "No rule in force asks for it: is its name that of the packs?"
        return None

    def to_json(self) -> dict[str, Json]:
        """As answers show it."""
        profile = profile_of(self.register)
        return {
            "register": self.register,
            "title": profile.title or None,
            "state": self.state,
            "warning": self.warning,
            "stale_at": rfc3339_or_none(self.stale_at),
            "load": None if self.load is None else self.load.to_json(),
            "rules": [
                {
                    "pack": each.pack,
                    "rule": each.rule,
                    "max_age": None if each.max_age is None else duration(each.max_age),
                    "lists": "consents" if each.of_consents else "exclusions",
                    "shadow": each.shadow,
                }
                for each in self.needs
            ],
        }


@dataclass(frozen=True, slots=True)
class ListRegisters:
    """Looks up how every register stands that is loaded, or that a rule in force asks for."""

    lists_registers: ClassVar[bool] = True
    tenant: UUID
    within: timedelta = SOON
    contacts = ()

    def look(self, work: Work) -> list[Standing]:
        """By name; ``within`` is how long before it is too old a load is called due."""
        needs: dict[str, list[RegisterNeed]] = defaultdict(list)
        for need in work[RuleBook].active.registers:
            needs[need.register].append(need)
        loads = work[AskedRegisters].loads
        return [
            Standing(each, loads.get(each), needs.get(each, ()), work.now, self.within)
            for each in sorted({*needs, *loads})
        ]


@dataclass(frozen=True, slots=True)
class FindListed:
    """Looks up what the registers say of a person: those that rules about somebody there ask for."""

    asks_registers: ClassVar[bool] = True
    tenant: UUID
    reference: ContactReference

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person asked about."""
        return (self.reference,)

    def look(self, work: Work) -> Mapping[str, Json]:
        """By register, as a decision would be told; ContactUnknown for an id nobody has."""
        contact = work[ContactBook].known(self.reference)
        if contact is None and self.reference.kind == "id":
            raise ContactUnknown
        places = contact.places if contact else (self.reference.place(),)
        found = work[AskedRegisters].facts(self.reference, contact, places)
        return {name: {"listed": fact.listed, "as_of": rfc3339(fact.as_of)} for name, fact in sorted(found.items())}
