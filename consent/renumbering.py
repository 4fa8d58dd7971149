"""
A person's change of number or user id: their refusals and wishes go with them, their grants do not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Idempotency, Work
from consent.contacts import Contact, ContactBook
from consent.history import HistoryBook
from consent.lifecycle import EVERYTHING, suppressions_in_force
from consent.references import ContactReference
from consent.requests import CLOCK_SKEW
from consent.wishes.requests import share_wishes
from consent.withdrawing import OpenHolds, pass_on


@dataclass(frozen=True, slots=True)
class HearNumberChange:
    """The person has new identifiers: their refusals go with them, their grants do not."""

    tenant: UUID
    actor: str
    old: tuple[ContactReference, ...]
    new: tuple[ContactReference, ...]
    at: datetime
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """Who they were and who they are."""
        return (*self.old, *self.new)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``contact.left`` about who they were, and ``contact.renumbered`` about who they are.

        The old identifiers are given up, so that whoever gets the number next starts empty.
        """
        book = work[ContactBook]
        before = book.all_known(self.old)
        for contact in before:
            self._leave(work, contact)
        if not self.new:
            return {"contact": None}
        contact = book.meet_one_of([each for each in self.new if each not in self.old] or self.new)
        facts: Mapping[str, Json] = {"from": [str(each.id) for each in before], "at": self._said(work)}
        refused = [
            each for old in before for each in suppressions_in_force(work[HistoryBook].of(old).suppressions, work.now)
        ]
        if refused:
            pass_on(work, contact, refused, "contact.renumbered", facts)
        else:
            work.record("contact.renumbered", {**facts, "refused": []}, contact=contact.id)
        for old in before:
            if old.id != contact.id:
                share_wishes(work, old, contact)
        return {"contact": str(contact.id)}

    def _said(self, work: Work) -> str:
        return rfc3339(min(self.at, work.now))

    def _leave(self, work: Work, contact: Contact) -> None:
        """
        Ends every identifier of who they were: what is not named here is no more theirs than what is.

        What was refused since the change was refused by whoever has the number now, and stays with it.
        """
        book = work[ContactBook]
        later = [
            each
            for each in suppressions_in_force(work[HistoryBook].own(contact).suppressions, work.now)
            if each.at > self.at + CLOCK_SKEW  # A no counts from the end of that skew; this one came later still.
        ]
        released, given_up = work[OpenHolds].release(contact, EVERYTHING), book.give_up_all(contact)
        entry = work.record(
            "contact.left",
            {
                "identifiers": [str(each) for each in given_up],
                "at": self._said(work),
                "released_holds": [str(hold) for hold in released],
            },
            contact=contact.id,
        )
        work[OpenHolds].sign(released, entry)
        for reference in self.old if later else ():
            pass_on(work, book.meet(reference), later, "contact.succeeded", {"from": str(contact.id)})
