"""
The wishes of each person in a batch, in memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import orjson

from audit.entry import canonical
from audit.link import Connection
from audit.work import Book, Request, Work
from consent.contacts import Contact, ContactBook
from consent.errors import WishUnknown
from consent.wishes import store
from consent.wishes.wish import WishEvent, wish_of


class WishBook(Book):
    """Loads the wishes of everyone in the batch and saves what was added or ended."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._wishes: dict[tuple[UUID, UUID], list[WishEvent]] = {}
        self._whose: dict[tuple[UUID, UUID], UUID] = {}
        self._made: dict[UUID, dict[str, object]] = {}
        self._ended: list[dict[str, object]] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Finds whose the named wishes are, so that those people are locked and loaded."""
        named = [(each.tenant, wish) for each in requests if (wish := getattr(each, "wish_id", None)) is not None]
        for row in await store.find_wishes(conn, named):
            self._whose[(row.tenant_id, row.wish_id)] = row.contact_id
            self.work[ContactBook].want(row.tenant_id, row.contact_id)

    async def load(self, conn: Connection) -> None:
        """One statement, whatever the number of people."""
        people = self.work[ContactBook].touched()
        for place, identity, says, at, recorded_at, method, ended_at, end_recorded_at in await store.load_wishes(
            conn, people
        ):
            wish = wish_of(identity, orjson.loads(says))
            known = WishEvent(identity, wish, at, recorded_at, method, ended_at, end_recorded_at)
            self._wishes.setdefault(people[place], []).append(known)
            self.work.not_before(max(recorded_at, end_recorded_at or recorded_at))

    def of(self, contact: Contact) -> Sequence[WishEvent]:
        """What the person ever wished, whichever part of them did, with what this batch has added so far."""
        return [wish for each in contact.parts for wish in self.own(each)] if contact.others else self.own(contact)

    def own(self, contact: Contact) -> Sequence[WishEvent]:
        """What was wished under this part alone."""
        return self._wishes.get((contact.tenant, contact.id), ())

    def known(self, tenant: UUID, wish: UUID) -> tuple[Contact, WishEvent]:
        """The wish of this id and whose it is; WishUnknown if there is none."""
        whose = self._whose.get((tenant, wish))
        if whose is None:
            raise WishUnknown
        contact = self.work[ContactBook].of_id(whose)
        found = next((each for each in self.own(contact) if each.id == wish), None)
        if found is None:
            raise WishUnknown
        return contact, found

    def make(self, contact: Contact, event: WishEvent, entry: UUID) -> None:
        """Adds a wish, recorded by this entry."""
        self._wishes.setdefault((contact.tenant, contact.id), []).append(event)
        self._made[event.id] = {
            "tenant_id": contact.tenant,
            "wish_id": event.id,
            "contact_id": contact.id,
            "says": canonical(event.wish.says()).decode(),
            "at": event.at,
            "recorded_at": event.recorded_at,
            "method": event.method,
            "event_id": entry,
            **_open(),
        }

    def end(self, contact: Contact, event: WishEvent, at: datetime, entry: UUID) -> WishEvent:
        """Ends a wish, as this entry says."""
        over = replace(event, ended_at=at, end_recorded_at=self.work.now)
        own = self._wishes[(contact.tenant, contact.id)]
        own[own.index(event)] = over
        end = {"ended_at": at, "end_recorded_at": self.work.now, "ended_by": entry}
        if event.id in self._made:
            self._made[event.id] |= end
        else:
            self._ended.append({"tenant_id": contact.tenant, "wish_id": event.id, **end})
        return over

    async def save(self, conn: Connection) -> None:
        """Two statements at most."""
        await store.save_wishes(conn, list(self._made.values()), self._ended)


def _open() -> Mapping[str, object]:
    return {"ended_at": None, "end_recorded_at": None, "ended_by": None}
