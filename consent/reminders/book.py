"""
What is to be told of consents when its time comes: a row for each, made with the consent and gone with the telling.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from audit.link import Connection
from audit.work import Book, Request, Work
from consent.contacts import Contact
from consent.lifecycle import ConsentEvent
from consent.reminders import store

LAPSED, RENEWAL, EXPIRED = "confirmation_lapsed", "renewal_due", "expired"


class ReminderBook(Book):
    """Loads, under the person's lock, what a batch is to tell; so nothing is told twice, whoever tells."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._wanted: list[store.Key] = []
        self._due: dict[store.Key, datetime] = {}
        self._expected: list[dict[str, object]] = []
        self._told: list[store.Key] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes what is to be told."""
        self._wanted = [(each.tenant, *key) for each in requests if (key := getattr(each, "reminder", None))]

    async def load(self, conn: Connection) -> None:
        """One statement, and none where nothing is to be told."""
        for row in await store.load_reminders(conn, self._wanted):
            self._due[(row.tenant_id, row.consent_id, row.what)] = row.due_at

    def expect(self, contact: Contact, event: ConsentEvent) -> None:
        """Has a consent's dates be told of when they come; those that are over already tell nobody anything."""
        dates = {LAPSED: event.confirm_by} if event.state == "pending" else {}
        if event.state == "granted" and event.expires_at is not None:
            dates = {RENEWAL: event.renew_at, EXPIRED: event.expires_at}
        for what, due_at in dates.items():
            if due_at is not None and due_at > self.work.now:
                key = {"tenant_id": contact.tenant, "consent_id": event.id, "what": what}
                self._expected.append({**key, "contact_id": contact.id, "due_at": due_at})

    def take(self, consent: UUID, what: str) -> datetime | None:
        """Since when this is due to be told, for the one who tells it; None if it was told, or is not due."""
        key = (self.work.tenant, consent, what)
        due_at = self._due.get(key)
        if due_at is None or due_at > self.work.now:
            return None
        del self._due[key]
        self._told.append(key)
        return due_at

    async def save(self, conn: Connection) -> None:
        """One statement at most."""
        await store.add_reminders(conn, self._expected)

    async def finish(self, conn: Connection) -> None:
        """One statement at most."""
        await store.delete_reminders(conn, self._told)
