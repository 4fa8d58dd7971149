"""
What each person in a batch has ever said, in memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from audit.ids import row_id
from audit.link import Connection
from audit.unfrozen import unfrozen
from audit.work import Book, Work
from consent import store
from consent.contacts import Contact, ContactBook
from consent.lifecycle import ConsentEvent, Extent, PermissionEvent, Scope, SuppressionEvent
from consent.proof.told import UNPROVEN, Proof
from consent.tombstones import Tombstone

# Made for every word of everybody in a batch: see `unfrozen`.
_MakeConsent, _MakePermission = unfrozen(ConsentEvent), unfrozen(PermissionEvent)


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
        work[ContactBook].to_heirs(self._inherit)

    def of(self, contact: Contact) -> History:
        """
        The person's history, with what this batch has added so far: what every part of them has said.

        Meta's permission is a WhatsApp account's: of other parts only what closes or limits counts, and no answer about
        another account replaces what is known of this one.
        """
        return self.of_parts(contact, contact.parts)

    def of_parts(self, contact: Contact, parts: Sequence[Contact]) -> History:
        """The same, as if the person had these parts."""
        own = self.own(contact)
        others = [self.own(each) for each in parts if each.id != contact.id]
        if not others:
            return own
        return History(
            [word for each in (own, *others) for word in each.consents],
            own.permissions + [closing for each in others for word in each.permissions for closing in _closing(word)],
            [word for each in (own, *others) for word in each.suppressions],
        )

    def own(self, contact: Contact) -> History:
        """What was said under this part alone, with what this batch has added so far."""
        key = (contact.tenant, contact.id)
        known = self._histories.get(key)
        if known is None:
            known = self._histories[key] = History()
        return known

    async def load(self, conn: Connection) -> None:
        """Three statements, whatever the number of people."""
        people = self.work[ContactBook].touched()
        consents, permissions, suppressions = await store.load_histories(conn, people)
        histories = [History([], [], []) for _ in people]
        self._histories.update(zip(people, histories, strict=True))
        latest = self.work.now
        # Rows are unpacked in the order of their columns: by name would cost more than everything else here.
        for row in consents:
            place, identity, state, purpose, channel, sender, technology, given_at, recorded_at, *rest = row
            said: ConsentEvent = _MakeConsent(
                identity,
                state,
                Scope(purpose, channel, sender),
                _tuple(technology),
                given_at,
                recorded_at,
                *rest,  # expires_at, method, basis, jurisdiction, event_id, and the life of it
            )
            said.__class__ = ConsentEvent
            histories[place].consents.append(said)
            latest = max(latest, recorded_at)
        for row in permissions:
            place, *word = row  # its members in order
            permitted: PermissionEvent = _MakePermission(*word)
            permitted.__class__ = PermissionEvent
            histories[place].permissions.append(permitted)
            latest = max(latest, permitted.recorded_at)
        for row in suppressions:
            place, identity, state, purposes, categories, channels, sender, *rest = row
            lifts, at, recorded_at, method, event_id, until = rest
            extent = Extent(_tuple(purposes), _tuple(categories), _tuple(channels), sender)
            no = SuppressionEvent(identity, state, extent, at, recorded_at, method, event_id, lifts, until)
            histories[place].suppressions.append(no)
            latest = max(latest, recorded_at)
        self.work.not_before(latest)

    def say(
        self,
        contact: Contact,
        event: ConsentEvent,
        recorded_by: UUID,
        proof: Proof = UNPROVEN,
        token: bytes | None = None,
    ) -> None:
        """Adds a word about consent, recorded by this entry, with its proof and the digest of what confirms it."""
        self.own(contact).consents.append(event)
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
                "confirm_by": event.confirm_by,
                "confirms": event.confirms,
                "renew_at": event.renew_at,
                "supersedes": event.supersedes,
                "token_digest": token,
                **proof.columns(),
            }
        )

    def permit(self, contact: Contact, event: PermissionEvent, recorded_by: UUID) -> None:
        """Adds a word about Meta's call permission, recorded by this entry."""
        self.own(contact).permissions.append(event)
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
        self.own(contact).suppressions.append(event)
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
                "until": event.until,
            }
        )

    def _inherit(self, contact: Contact, tombstones: Sequence[Tombstone], entry: UUID) -> None:
        """Whoever has the identifier of someone erased is held to have refused what that one had refused."""
        for number, each in enumerate(tombstones):
            at, now = each.refused_at(self.work.now), self.work.now
            event = SuppressionEvent(row_id(entry, number), "set", each.extent, at, now, "erasure", entry)
            self.suppress(contact, event, entry)

    async def save(self, conn: Connection) -> None:
        """Three statements at most."""
        await store.save_histories(conn, self._said, self._permitted, self._suppressed)


def _closing(word: PermissionEvent) -> Sequence[PermissionEvent]:
    """What a word about one account closes for the person's others."""
    if word.limits():
        return (replace(word, automatic=False),)
    return (word,) if word.closes() else ()


def _tuple(value: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(value)
