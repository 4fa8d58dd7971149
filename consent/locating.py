"""
Stating where a person is: their region, their time zone, and who says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from audit.entry import Json
from audit.work import Idempotency, Work
from consent.contacts import ContactBook
from consent.errors import RegionUnknown, ZoneUnknown
from consent.parts import OWN_COUNTRIES
from consent.places import is_region, is_zone
from consent.references import ContactReference


@dataclass(frozen=True, slots=True)
class LocateContact:
    """
    Where a person is: an ISO 3166 country or part of one, and an IANA zone; None forgets what was stated before.

    ``stated_by`` is ``person`` or ``business``.  A statement is whole: what it leaves out is forgotten too.  What it
    means beside the person's numbers is decided in `consent.places.located`.
    """

    tenant: UUID
    actor: str
    contact: ContactReference
    region: str | None
    zone: str | None
    stated_by: str
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person."""
        return (self.contact,)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``contact.located``.  Raises RegionUnknown, ZoneUnknown, or ContactUnknown for an id nobody has."""
        if self.region is not None and not is_region(self.region):
            raise RegionUnknown(self.region, OWN_COUNTRIES.get(self.region))
        if self.zone is not None and not is_zone(self.zone):
            raise ZoneUnknown(self.zone)
        book = work[ContactBook]
        contact = book.meet(self.contact)
        book.locate(contact, self.region, self.zone)
        # As coarse as what decisions record: nothing here names or finds a person.
        facts: Mapping[str, Json] = {"region": self.region, "zone": self.zone, "stated_by": self.stated_by}
        work.record("contact.located", facts, contact=contact.id)
        return {"contact": str(contact.id), "region": self.region, "zone": self.zone}
