"""
Erasing a person: key, identifiers and everything said go; the log keeps its entries, which name nobody any more.

What the entries commit to can never be opened again, since every salt derived from the key that is gone.  Calls to
the erased identifiers stay refused by tombstones, which lead to no contact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid4

from audit.entry import Json
from audit.link import Connection
from audit.tenants import TenantBook
from audit.work import Book, Idempotency, Work
from consent import store
from consent.contacts import Contact, ContactBook
from consent.errors import ContactUnknown
from consent.keeping.legal_holds import LegalHoldBook
from consent.lifecycle import EVERYTHING, Extent
from consent.references import ContactReference
from consent.tombstones import Tombstone, day_after, digest_of, mentions_of
from consent.unsealing import IdentifierBook
from consent.withdrawing import OpenHolds
from consent.wording import impersonal


class ErasureBook(Book):
    """What a batch takes away, and what it leaves in its place."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._people: list[tuple[UUID, UUID]] = []
        self._mentions: list[tuple[UUID, bytes]] = []
        self._tombstones: list[dict[str, object]] = []

    def take(self, contact: Contact, extents: Sequence[Extent]) -> list[Tombstone]:
        """Takes the person away, and returns what is left for the identifiers in use: a tombstone for each extent."""
        key = self.work[TenantBook].ring[contact.tenant].tombstones
        now, graves = self.work.now, []
        for each in self.work[IdentifierBook].of(contact):
            self._mentions += [(contact.tenant, mention) for mention in mentions_of(key, each.value)]
            if each.in_use:
                digest = digest_of(key, each.kind, each.value)
                graves += [Tombstone(uuid4(), each.kind, digest, extent, day_after(now)) for extent in extents]
        self._people.append((contact.tenant, contact.id))
        self._tombstones += [_row(contact.tenant, each) for each in graves]
        self.work[ContactBook].forget(contact, graves)
        return graves

    async def finish(self, conn: Connection) -> None:
        """Deletes, once everything else of this batch was written, every row that is the person's."""
        if self._people:
            await store.insert_tombstones(conn, self._tombstones)
            await store.forget_people(conn, self._people, self._mentions)


def erase(work: Work, contact: Contact, *, because: str, reason: str, extents: Sequence[Extent]) -> None:
    """
    Erases a person with every part of them, and records ``contact.erased`` about each.

    Raises LegalHoldInForce.  ``because`` is request or retention; ``extents`` is what stays refused to the identifiers in use.
    """
    parts = contact.parts
    for each in parts:
        work[LegalHoldBook].refuse_if_held(each)
    for each in parts:
        _erase(work, each, because=because, reason=reason, extents=extents)


def _erase(work: Work, contact: Contact, *, because: str, reason: str, extents: Sequence[Extent]) -> None:
    released = work[OpenHolds].release(contact, EVERYTHING)
    identifiers = len(contact.identifiers)
    graves = work[ErasureBook].take(contact, extents)
    entry = work.record(
        "contact.erased",
        {
            "because": because,
            "reason": reason,
            "identifiers": identifiers,
            "tombstones": len(graves),
            "released_holds": [str(hold) for hold in released],
        },
        contact=contact.id,
    )
    work[OpenHolds].sign(released, entry)


@dataclass(frozen=True, slots=True)
class EraseContact:
    """The person asked to be forgotten, or the business has no right to remember."""

    erases: ClassVar[bool] = True
    opens_identifiers: ClassVar[bool] = True
    tenant: UUID
    actor: str
    contact: ContactReference
    reason: str
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person."""
        return (self.contact,)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``contact.erased``.  Raises TextPersonal, ContactUnknown or LegalHoldInForce."""
        reason = impersonal(self.reason, "/reason")
        contact = work[ContactBook].known(self.contact)
        if contact is None:
            raise ContactUnknown
        erase(work, contact, because="request", reason=reason, extents=(EVERYTHING,))
        return {"contact": str(contact.id)}


def _row(tenant: UUID, tombstone: Tombstone) -> dict[str, object]:
    return {
        "tenant_id": tenant,
        "tombstone_id": tombstone.id,
        "kind": tombstone.kind,
        "digest": tombstone.digest,
        "purposes": tombstone.extent.purposes,
        "categories": tombstone.extent.categories,
        "channels": tombstone.extent.channels,
        "sender_id": tombstone.extent.sender,
        "until": tombstone.until,
    }
