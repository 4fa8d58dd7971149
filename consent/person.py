"""
A person as one tenant knows them: the identifiers in use, where they may be, and the key that seals what is theirs.

Whom an officer has said to be one person are its *parts*: each keeps its id, its key and what was said under it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from audit.entry import Json
from audit.tenants import KeyRing
from audit.work import Personal
from consent.places import Place, country_of, located
from consent.references import PHONE

_NOBODY = UUID(int=0)


class Identifier(NamedTuple):
    """One identifier in use; its value is known only where it was just presented."""

    id: UUID
    kind: str
    blind_index: bytes
    place: Place
    valid_from: datetime


@dataclass(slots=True)
class Contact:
    """One person, loaded for one batch."""

    tenant: UUID
    id: UUID
    wrapped_key: bytes
    key_version: int  # of the tenant's data key that wraps it
    ring: KeyRing = field(repr=False)
    zone: str | None = None  # as the person or the tenant stated it
    region: str | None = None
    identifiers: list[Identifier] = field(default_factory=list)
    person: UUID = _NOBODY  # the id of the whole: this one, or that of the part that this was merged into
    # The key as it was wrapped when it was opened, and the key itself.
    opened: tuple[bytes, bytes] | None = field(default=None, repr=False, compare=False)
    others: Sequence["Contact"] = field(default=(), repr=False, compare=False)  # the other parts of the same person

    def __post_init__(self) -> None:
        if self.person == _NOBODY:
            self.person = self.id

    @property
    def parts(self) -> Sequence["Contact"]:
        """The person in all parts, this one first."""
        return (self, *self.others)

    @property
    def key(self) -> bytes:
        """The person's data key; unwrapped when it is needed, since a decision needs none, and once in a batch."""
        if self.opened is None or self.opened[0] != self.wrapped_key:
            key = self.ring.data_key(self.tenant, self.id, self.key_version, self.wrapped_key)
            self.opened = self.wrapped_key, key
        return self.opened[1]

    @property
    def places(self) -> Sequence[Place]:
        """Where the person may be by each identifier in use, and by the region that was stated; of every part."""
        if not self.others:
            return self.own_places
        return tuple(dict.fromkeys(place for each in self.parts for place in each.own_places))

    @property
    def own_places(self) -> Sequence[Place]:
        """The same, of this part alone."""
        said = self._by_identifiers()
        return said if self.region is None else located(said, self.region)

    @property
    def is_placed(self) -> bool:
        """Whether the region that was stated says more than the identifiers do."""
        return self.region is not None and self.own_places != self._by_identifiers()

    def _by_identifiers(self) -> tuple[Place, ...]:
        if len(self.identifiers) == 1:
            return (self.identifiers[0].place,)
        # A user id has the country of its owner's number, and says nothing more where that number is known.
        numbers = [each.place for each in self.identifiers if each.kind == PHONE]
        known = {country_of(place.region) for place in numbers if place.region is not None}
        return (*numbers, *(e.place for e in self.identifiers if e.kind != PHONE and e.place.region not in known))

    def personal(self, fields: Mapping[str, Json]) -> Personal:
        """Personal fields of an entry about this person; what is None is left out."""
        return Personal(self.key, {name: value for name, value in fields.items() if value is not None})
