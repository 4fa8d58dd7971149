"""
A purpose in one of its versions: what it is for, how long a consent to it lasts, and what proof it must have.

Pure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consent.proof.durations import after, is_validity
from consent.proof.duties import EVERYWHERE, duties_of, places_of
from consent.proof.elements import ELEMENTS, Duty
from consent.proof.errors import ElementUnknown

REFUSE, FLAG = "refuse", "flag"
_PLACE = re.compile(r"\*|EU|[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)
STATED, BY_PURPOSE = "stated", "purpose"  # who gave a consent its end


@dataclass(frozen=True, slots=True)
class Demand:
    """What the tenant asks for in a place beyond the duties there, and what becomes of a consent that lacks any of it."""

    jurisdiction: str  # ISO 3166, EU, or * for anywhere
    elements: tuple[str, ...]
    missing: str  # refuse or flag

    @classmethod
    def read(cls, text: str) -> "Demand":
        """A demand as it is stored: ``DE refuse words act``."""
        place, missing, *elements = text.split(" ")
        return cls(place, tuple(elements), missing)

    def written(self) -> str:
        """As it is stored."""
        return " ".join((self.jurisdiction, self.missing, *self.elements))


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose as it is now; ``validity`` is an ISO 8601 duration."""

    name: str
    category: str
    version: int = 1
    description: str | None = None
    validity: str | None = None
    demands: tuple[Demand, ...] = ()

    def end(self, stated: datetime | None, given_at: datetime) -> tuple[datetime | None, str | None]:
        """When a consent ends, and who says so: the caller, or this purpose."""
        if stated is not None:
            return stated, STATED
        if self.validity is not None:
            return after(given_at, self.validity), BY_PURPOSE
        return None, None

    def duties(self, jurisdictions: Sequence[str | None], technologies: Sequence[str], on: date) -> tuple[Duty, ...]:
        """What is asked for of a consent to this purpose: by the rows that ship, and by the tenant."""
        own = (
            Duty(each.jurisdiction, each.elements, "the business asks for it", f"purpose {self.name}@{self.version}")
            for each in self._about(jurisdictions)
            if each.elements
        )
        return (*own, *duties_of(jurisdictions, self.category, technologies, on))

    def refuses(self, jurisdictions: Sequence[str | None]) -> bool:
        """Whether a consent that lacks what is asked for there is refused; in doubt the stricter word counts."""
        for jurisdiction in jurisdictions:
            said = {each.jurisdiction: each.missing for each in self.demands}
            closest = next((said[place] for place in places_of(jurisdiction) if place in said), FLAG)
            if closest == REFUSE:
                return True
        return False

    def _about(self, jurisdictions: Iterable[str | None]) -> list[Demand]:
        places = {place for each in jurisdictions for place in places_of(each)}
        return [each for each in self.demands if each.jurisdiction in places]


def checked(demands: Sequence[Demand], validity: str | None) -> None:
    """Raises ElementUnknown where a purpose could not be meant so."""
    if validity is not None and not is_validity(validity):
        raise ElementUnknown(f"{validity!r} is no validity: write years, months, weeks or days as P2Y, P18M or P30D.")
    named = [each.jurisdiction for each in demands]
    for each in demands:
        if not _PLACE.fullmatch(each.jurisdiction):
            raise ElementUnknown(f"{each.jurisdiction!r} is no place: write an ISO 3166 code, EU, or {EVERYWHERE}.")
        if named.count(each.jurisdiction) > 1:
            raise ElementUnknown(f"{each.jurisdiction} is named twice: say once what is asked for there.")
        if unknown := sorted(set(each.elements) - set(ELEMENTS)):
            raise ElementUnknown(f"{unknown[0]!r} is no element of proof: choose from {', '.join(ELEMENTS)}.")
        if each.missing not in (REFUSE, FLAG):
            raise ElementUnknown(f"What is missing is refused or flagged: write {REFUSE} or {FLAG}.")
