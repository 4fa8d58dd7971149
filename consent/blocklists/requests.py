"""
Asking for a list of whom not to contact, which is an entry itself, and looking up who is on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Idempotency, Work
from consent.blocklists.errors import VendorSenderMissing
from consent.blocklists.formats import TWILIO, Listed
from consent.contacts import ContactBook
from consent.history import HistoryBook
from consent.lifecycle import ConsentEvent, SuppressionEvent, standings, suppressing, suppressions_in_force
from consent.references import ContactReference
from consent.settings import SenderReference, SettingsBook
from consent.unsealing import IdentifierBook

_UNDEFINED = "marketing"  # What nobody has defined counts as advertising.


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list is for; None is anything.  A refusal that may be about it is on the list."""

    purpose: str | None = None
    channel: str | None = None
    sender: SenderReference | None = None


@dataclass(frozen=True, slots=True)
class RequestBlocklist:
    """Somebody asks for the list of those who have refused."""

    tenant: UUID
    actor: str
    format: str
    narrowing: Narrowing
    vendor_sender: str | None = None
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``suppression.exported``; the answer says as of when.  Raises PurposeUnknown, SenderUnknown, VendorSenderMissing."""
        settings, asked = work[SettingsBook].current, self.narrowing
        if asked.purpose is not None:
            settings.category(asked.purpose)
        sender = None if asked.sender is None else settings.known_sender(asked.sender).id
        if self.format == TWILIO and not self.vendor_sender:
            raise VendorSenderMissing
        facts: Mapping[str, Json] = {
            "format": self.format,
            "purpose": asked.purpose,
            "channel": asked.channel,
            "sender": sender,
        }
        work.record("suppression.exported", facts)
        return {**facts, "as_of": rfc3339(work.now)}


@dataclass(frozen=True, slots=True)
class Refusing:
    """What these people refuse at a moment, at which identifiers."""

    opens_identifiers: ClassVar[bool] = True
    tenant: UUID
    people: Sequence[UUID]
    narrowing: Narrowing
    as_of: datetime

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """These people."""
        return tuple(map(ContactReference.id, self.people))

    def look(self, work: Work) -> Sequence[Listed]:
        """Refusals in force, by person and age; who was erased since is nobody."""
        found: list[Listed] = []
        for reference in self.contacts:
            contact = work[ContactBook].known(reference)
            if contact is None:
                continue
            history = work[HistoryBook].of(contact)
            refused = self._refused(work, history.suppressions, history.consents)
            if not refused:
                continue
            opened = [each for each in work[IdentifierBook].of(contact) if each.in_use]
            found += [Listed(str(contact.id), each.kind, each.value, refusal) for each in opened for refusal in refused]
        return found

    def _refused(
        self, work: Work, suppressions: Sequence[SuppressionEvent], consents: Sequence[ConsentEvent]
    ) -> Sequence[SuppressionEvent]:
        asked, settings = self.narrowing, work[SettingsBook].current
        sender = None if asked.sender is None else settings.sender(asked.sender)
        sender_id = None if sender is None else sender.id
        category = settings.purposes.get(asked.purpose, _UNDEFINED) if asked.purpose is not None else None
        known = [each for each in suppressions if each.recorded_at <= self.as_of]
        if asked.purpose is not None and asked.channel is not None and category is not None:
            # Just what is asked of a call: what the person has agreed to again since is refused no more.
            return suppressing(
                known,
                standings(consents, self.as_of, self.as_of),
                self.as_of,
                purpose=asked.purpose,
                category=category,
                channel=asked.channel,
                technology="live",
                sender=sender_id,
            )
        return [
            each
            for each in suppressions_in_force(known, self.as_of)
            if (asked.purpose is None or _reaches(each, asked.purpose, category or _UNDEFINED))
            and (asked.channel is None or each.extent.channels is None or asked.channel in each.extent.channels)
            and (sender_id is None or each.extent.sender in (None, sender_id))
        ]


def _reaches(refusal: SuppressionEvent, purpose: str, category: str) -> bool:
    extent = refusal.extent
    return (extent.purposes is None or purpose in extent.purposes) and (
        extent.categories is None or category in extent.categories
    )
