"""
Telling, once, that a consent is due to be renewed, has ended, or was not confirmed in time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from audit.work import Idempotency, Work
from consent.contacts import ContactBook
from consent.history import HistoryBook
from consent.lifecycle import Standing, standings
from consent.references import ContactReference
from consent.reminders.book import LAPSED, ReminderBook


@dataclass(frozen=True, slots=True)
class Remind:
    """One thing that is due to be told of one consent."""

    tenant: UUID
    actor: str
    contact: UUID
    reminder: tuple[UUID, str]  # the consent, and what is to be told of it
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """Whose consent it is."""
        return (ContactReference.id(self.contact),)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``consent.renewal_due``, ``consent.expired`` or ``consent.confirmation_lapsed``.

        Nothing of a consent that was taken back, confirmed or superseded meanwhile, nor of whoever is gone; and nothing twice.
        """
        consent, what = self.reminder
        due_at = work[ReminderBook].take(consent, what)
        contact = work[ContactBook].known(ContactReference.id(self.contact))
        if due_at is None or contact is None:
            return {"told": False}
        found = standings(work[HistoryBook].of(contact).consents, work.now)
        own = next((each for each in found if each.consent.id == consent), None)
        if own is None or own.state != ("pending" if what == LAPSED else "granted"):
            return {"told": False}
        work.record(f"consent.{what}", _facts(own, what), contact=contact.id)
        return {"told": True}


def _facts(standing: Standing, what: str) -> Mapping[str, Json]:
    consent = standing.consent
    facts: dict[str, Json] = {
        "consent": str(consent.id),
        "purpose": consent.scope.purpose,
        "channel": consent.scope.channel,
        "sender": consent.scope.sender,
        "given_at": rfc3339(consent.given_at),
    }
    if what == LAPSED:
        return {**facts, "confirm_by": rfc3339_or_none(consent.confirm_by)}
    return {**facts, "renew_at": rfc3339_or_none(consent.renew_at), "expires_at": rfc3339_or_none(consent.expires_at)}
