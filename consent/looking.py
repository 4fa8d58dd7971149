"""
Looking people up, and what is in force for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Work
from consent.answers import consent_json, permission_json, suppression_json
from consent.contacts import ContactBook
from consent.errors import ContactUnknown
from consent.history import HistoryBook
from consent.lifecycle import permission_in_force, standings, suppressions_in_force
from consent.references import ContactReference
from consent.wishes.book import WishBook
from consent.wishes.requests import wish_json
from consent.wishes.wish import in_force


@dataclass(frozen=True, slots=True)
class FindContact:
    """Who has this identifier?"""

    tenant: UUID
    contact: ContactReference

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person looked for."""
        return (self.contact,)

    def look(self, work: Work) -> UUID:
        """The person's id; ContactUnknown if nobody has the identifier now."""
        found = work[ContactBook].known(self.contact)
        if found is None:
            raise ContactUnknown
        return found.person


@dataclass(frozen=True, slots=True)
class FindParts:
    """Who is this, with all parts that were merged?"""

    tenant: UUID
    contact: ContactReference

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person looked for."""
        return (self.contact,)

    def look(self, work: Work) -> Sequence[UUID]:
        """The ids of every part, the person's first; ContactUnknown if nobody has the identifier now."""
        found = work[ContactBook].known(self.contact)
        if found is None:
            raise ContactUnknown
        return work[ContactBook].merges.parts_known_at(found, None)


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds for a person: as it was at ``as_of``, by what was known at ``known_at``; None is now."""

    tenant: UUID
    contact: UUID
    as_of: datetime | None = None
    known_at: datetime | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person."""
        return (ContactReference.id(self.contact),)

    def look(self, work: Work) -> Mapping[str, Json]:
        """Consents with their state, Meta's permissions, suppressions; ContactUnknown if there is no such person."""
        contact = work[ContactBook].known(ContactReference.id(self.contact))
        if contact is None:
            raise ContactUnknown
        book = work[ContactBook]
        parts = [part for each in book.merges.parts_known_at(contact, self.known_at) if (part := book.loaded(each))]
        history = work[HistoryBook].of_parts(contact, parts)
        as_of, known_at = self.as_of or work.now, self.known_at
        senders = sorted({event.sender for event in history.permissions})
        permissions = (permission_in_force(history.permissions, each, as_of, known_at) for each in senders)
        return {
            "contact": str(parts[0].id),
            "consents": [consent_json(parts[0], each, as_of) for each in standings(history.consents, as_of, known_at)],
            "permissions": [permission_json(each, as_of) for each in permissions if each],
            "suppressions": [
                suppression_json(each) for each in suppressions_in_force(history.suppressions, as_of, known_at)
            ],
            "wishes": [
                wish_json(part, each) for part in parts for each in in_force(work[WishBook].own(part), as_of, known_at)
            ],
            "as_of": rfc3339(as_of),
            "known_at": rfc3339(known_at or work.now),
        }
