"""
What each person in a batch has ever said, in memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.work import Book, Work
from consent import store
from consent.contacts import Contact, ContactBook
from consent.lifecycle import ConsentEvent, Extent, PermissionEvent, Scope, SuppressionEvent


@dataclass(slots=True)
class History:
    """One person's words."""

    consents: list[ConsentEvent] = field(default_factory=list)
    permissions: list[PermissionEvent] = field(default_factory=list)
    suppressions: list[SuppressionEvent] = field(default_factory=list)


class HistoryBook(Book):
    """Loads the histories of everyone in the batch and saves what was added."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._histories: dict[tuple[UUID, UUID], History] = {}
        self._said: list[dict[str, object]] = []
        self._permitted: list[dict[str, object]] = []
        self._suppressed: list[dict[str, object]] = []

    def of(self, contact: Contact) -> History:
        """The person's history, with what this batch has added so far."""
        return self._histories.setdefault((contact.tenant, contact.id), History())

    async def load(self, conn: AsyncConnection) -> None:
        """Three statements, whatever the number of people."""
        people = [(contact.tenant, contact.id) for contact in self.work[ContactBook].everyone()]
        if not people:
            return
        consents, permissions, suppressions = await store.load_histories(conn, people)
        for key in people:
            self._histories[key] = History()
        for row in (*consents, *permissions, *suppressions):
            self.work.not_before(row.recorded_at)
        for row in consents:
            self._histories[(row.tenant_id, row.contact_id)].consents.append(
                ConsentEvent(
                    row.consent_id,
                    row.state,
                    Scope(row.purpose, row.channel, row.sender_id),
                    _tuple(row.technology),
                    row.given_at,
                    row.recorded_at,
                    row.expires_at,
                    row.method,
                    row.basis,
                    row.jurisdiction,
                    row.event_id,
                )
            )
        for row in permissions:
            self._histories[(row.tenant_id, row.contact_id)].permissions.append(
                PermissionEvent(
                    row.permission_id,
                    row.state,
                    row.sender_id,
                    row.at,
                    row.recorded_at,
                    row.expires_at,
                    row.automatic,
                    row.event_id,
                )
            )
        for row in suppressions:
            self._histories[(row.tenant_id, row.contact_id)].suppressions.append(
                SuppressionEvent(
                    row.suppression_id,
                    row.state,
                    Extent(_tuple(row.purposes), _tuple(row.categories), _tuple(row.channels), row.sender_id),
                    row.at,
                    row.recorded_at,
                    row.method,
                    row.event_id,
                    row.lifts,
                )
            )

    def say(self, contact: Contact, event: ConsentEvent, recorded_by: UUID) -> None:
        """Adds a word about consent, recorded by this entry."""
        self.of(contact).consents.append(event)
        self._said.append(
            {
                "tenant_id": contact.tenant,
                "consent_id": event.id,
                "contact_id": contact.id,
                "state": event.state,
                "purpose": event.scope.purpose,
                "channel": event.scope.channel,
                "sender_id": event.scope.sender,
                "technology": event.technology,
                "given_at": event.given_at,
                "recorded_at": event.recorded_at,
                "expires_at": event.expires_at,
                "method": event.method,
                "basis": event.basis,
                "jurisdiction": event.jurisdiction,
                "event_id": recorded_by,
            }
        )

    def permit(self, contact: Contact, event: PermissionEvent, recorded_by: UUID) -> None:
        """Adds a word about Meta's call permission, recorded by this entry."""
        self.of(contact).permissions.append(event)
        self._permitted.append(
            {
                "tenant_id": contact.tenant,
                "permission_id": event.id,
                "contact_id": contact.id,
                "sender_id": event.sender,
                "state": event.state,
                "at": event.at,
                "recorded_at": event.recorded_at,
                "expires_at": event.expires_at,
                "automatic": event.automatic,
                "event_id": recorded_by,
            }
        )

    def suppress(self, contact: Contact, event: SuppressionEvent, recorded_by: UUID) -> None:
        """Sets or lifts a suppression, recorded by this entry."""
        self.of(contact).suppressions.append(event)
        self._suppressed.append(
            {
                "tenant_id": contact.tenant,
                "suppression_id": event.id,
                "contact_id": contact.id,
                "state": event.state,
                "purposes": event.extent.purposes,
                "categories": event.extent.categories,
                "channels": event.extent.channels,
                "sender_id": event.extent.sender,
                "lifts": event.lifts,
                "at": event.at,
                "recorded_at": event.recorded_at,
                "method": event.method,
                "event_id": recorded_by,
            }
        )

    async def save(self, conn: AsyncConnection) -> None:
        """Three statements at most."""
        await store.save_histories(conn, self._said, self._permitted, self._suppressed)


def _tuple(value: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(value)
