"""
A person's change of number or user id: their refusals and wishes go with them, their grants do not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339
from audit.link import Connection
from audit.tenants import TenantBook
from audit.work import Book, Idempotency, Request, Work
from consent import store
from consent.contacts import Contact, ContactBook
from consent.errors import ContactUnknown, IdentifierNeeded, SameNumber
from consent.history import HistoryBook
from consent.indexing import blind_indexes
from consent.lifecycle import EVERYTHING, suppressions_in_force
from consent.links.book import LinkBook
from consent.references import ContactReference
from consent.requests import CLOCK_SKEW, past
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
            _leave(work, contact, self.old, self.at)
        if not self.new:
            return {"contact": None}
        contact = book.meet_one_of(
            [each for each in self.new if each not in self.old] or self.new, min(self.at, work.now)
        )
        facts: Mapping[str, Json] = {"from": [str(each.id) for each in before], "at": _said(work, self.at)}
        changed = min(self.at, work.now)
        # What they refused counts anew from the change: what whoever had the new number agreed to before lifts none of it.
        refused = [
            replace(each, at=max(each.at, changed))
            for old in before
            for each in suppressions_in_force(work[HistoryBook].of(old).suppressions, work.now)
        ]
        if refused:
            pass_on(work, contact, refused, "contact.renumbered", facts)
        else:
            work.record("contact.renumbered", {**facts, "refused": []}, contact=contact.id)
        for old in before:
            if old.id != contact.id:
                share_wishes(work, old, contact)
        return {"contact": str(contact.id)}


@dataclass(frozen=True, slots=True)
class RenumberContact:
    """A business learns that a person has a new number, and since when."""

    tenant: UUID
    actor: str
    old: ContactReference
    new: ContactReference
    at: datetime
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """Who they were and who they are."""
        return (self.old, self.new)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """As when WhatsApp tells it.  Raises IdentifierNeeded, SameNumber, GivenInTheFuture or ContactUnknown."""
        at = past(self.at, work.now)
        if "id" in (self.old.kind, self.new.kind):
            raise IdentifierNeeded
        if self.old == self.new:
            raise SameNumber
        before = work[ContactBook].known(self.old)
        if before is None:
            raise ContactUnknown
        told = HearNumberChange(self.tenant, self.actor, (self.old,), (self.new,), at).apply(work)
        return {"from": str(before.id), **told}


@dataclass(frozen=True, slots=True)
class ReassignNumber:
    """A number is somebody else's by now, whoever that is."""

    tenant: UUID
    actor: str
    contact: ContactReference
    since: datetime
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """Whose the number was."""
        return (self.contact,)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``contact.left`` about whoever had it: they keep what they said and their other identifiers.

        Who has it now starts empty, but for what was refused under it since.  Raises IdentifierNeeded, GivenInTheFuture or
        ContactUnknown.
        """
        at = past(self.since, work.now)
        if self.contact.kind == "id":
            raise IdentifierNeeded
        before = work[ContactBook].known(self.contact)
        if before is None:
            raise ContactUnknown
        _leave(work, before, (self.contact,), at, only=True)
        after = work[ContactBook].known(self.contact)
        return {"from": str(before.id), "contact": None if after is None else str(after.id)}


@dataclass(frozen=True, slots=True)
class FindHolder:
    """Who had this identifier then?"""

    tenant: UUID
    held: ContactReference
    held_at: datetime
    contacts = ()

    def look(self, work: Work) -> UUID:
        """The contact's id; ContactUnknown if nobody is known to have had it."""
        found = work[HolderBook].of(self.held, self.held_at)
        if found is None:
            raise ContactUnknown
        return found


class HolderBook(Book):
    """Who had the identifiers of a batch at other times than now."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._held: dict[tuple[ContactReference, datetime], UUID] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Finds them, one statement for each that is asked for."""
        asked = [each for each in requests if isinstance(each, FindHolder)]
        self.is_idle = not asked
        for each in asked:
            ring = self.work[TenantBook].ring
            blinds = [blind for _, blind in blind_indexes(ring, each.tenant, each.held.kind, each.held.value)]
            found = await store.find_holder(conn, each.tenant, each.held.kind, blinds, each.held_at)
            if found is not None:
                self._held[(each.held, each.held_at)] = found

    def of(self, reference: ContactReference, moment: datetime) -> UUID | None:
        """Whose it was: from the instant at which it became theirs up to, and not at, the instant at which it ceased to be."""
        return self._held.get((reference, moment))


def _said(work: Work, at: datetime) -> str:
    return rfc3339(min(at, work.now))


def _leave(work: Work, contact: Contact, old: Sequence[ContactReference], at: datetime, *, only: bool = False) -> None:
    """
    Ends every identifier of who they were: what is not named here is no more theirs than what is.  Or ``only`` the named.

    Where they left as a whole, no link to their page that was issued before opens anything.

    What was refused since the change was refused by whoever has the number now, and stays with it.
    """
    book = work[ContactBook]
    later = [
        each
        for each in suppressions_in_force(work[HistoryBook].own(contact).suppressions, work.now)
        if each.at > at + CLOCK_SKEW  # A no counts from the end of that skew; this one came later still.
    ]
    released = work[OpenHolds].release(contact, EVERYTHING)
    given_up = book.give_up(contact, min(at, work.now), old if only else ())
    entry = work.record(
        "contact.left",
        {
            "identifiers": [str(each) for each, _ in given_up],
            "until": [rfc3339(until) for _, until in given_up],
            "at": _said(work, at),
            "released_holds": [str(hold) for hold in released],
            "links_ended": not only,
        },
        contact=contact.id,
    )
    if not only:
        work[LinkBook].end_earlier(contact)
    work[OpenHolds].sign(released, entry)
    for reference in old if later else ():
        pass_on(
            work,
            book.meet_one_of((reference,), min(at, work.now)),
            later,
            "contact.succeeded",
            {"from": str(contact.id)},
        )
