"""
The identifiers of people in clear, for the few requests that need them: erasing somebody, indexing them anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from audit.keys import unseal
from audit.link import Connection
from audit.work import Book, Request, Work
from consent import store
from consent.contacts import Contact, ContactBook
from consent.indexing import identifier_context


@dataclass(frozen=True, slots=True)
class Opened:
    """One identifier that a person has, or had."""

    id: UUID
    kind: str
    value: str
    in_use: bool
    index_version: int | None  # of the key of its blind index; None when it was met in this batch


class IdentifierBook(Book):
    """Loads the sealed identifiers of everyone in a batch with a request whose ``opens_identifiers`` is true."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._sealed: dict[tuple[UUID, UUID], list[store.AnyRow]] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes whether anyone's identifiers are to be opened."""
        self.is_idle = not any(getattr(each, "opens_identifiers", False) for each in requests)

    async def load(self, conn: Connection) -> None:
        """Loads them, current and former."""
        for row in await store.load_sealed(conn, self.work[ContactBook].touched()):
            self._sealed.setdefault((row.tenant_id, row.contact_id), []).append(row)

    def of(self, contact: Contact) -> list[Opened]:
        """Every identifier of the person; KeyUnusable when one does not open."""
        met = self.work[ContactBook].values_met(contact)
        found = [Opened(each.id, each.kind, met[each.id], True, None) for each in contact.identifiers if each.id in met]
        for row in self._sealed.get((contact.tenant, contact.id), ()):
            value = opened(contact, row.kind, row.sealed)
            # What was given up in this batch is not in use any more, whatever was stored before.
            in_use = any(each.id == row.identifier_id for each in contact.identifiers)
            found.append(Opened(row.identifier_id, row.kind, value, in_use, row.index_version))
        return found


async def sealed_of(conn: Connection, people: Sequence[tuple[UUID, UUID]]) -> Sequence[store.AnyRow]:
    """The sealed identifiers of these people (tenant, contact), current and former."""
    return await store.load_sealed(conn, people)


def opened(contact: Contact, kind: str, sealed: bytes) -> str:
    """An identifier of a person in clear; KeyUnusable when it does not open."""
    return unseal(contact.key, sealed, identifier_context(contact.tenant, contact.id, kind)).decode()
