"""
What people said, for an officer who may know: each look is an entry about the person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from audit.disclosure import value_of
from audit.entry import Json
from audit.keys import unseal
from audit.link import Connection
from audit.work import Book, Idempotency, Request, Work, disclosure_context
from consent import store
from consent.contacts import ContactBook
from consent.errors import ContactUnknown
from consent.references import ContactReference


@dataclass(frozen=True, slots=True)
class Sealed:
    """One personal field of an entry."""

    contact: UUID
    event: UUID
    name: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class TellSaid:
    """Has personal fields of some entries about a person opened."""

    tenant: UUID
    actor: str
    person: UUID
    events: tuple[UUID, ...]
    fields: tuple[str, ...]
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person, with every part."""
        return (ContactReference.id(self.person),)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``timeline.disclosed``; the answer has the values by event id and name.  Raises ContactUnknown."""
        book = work[ContactBook]
        contact = book.known(self.contacts[0])
        if contact is None:
            raise ContactUnknown
        keys = {each.id: each.key for each in contact.parts}
        said: dict[str, dict[str, Json]] = {}
        for each in work[SaidBook].of(self.tenant, self.events, self.fields):
            if each.contact in keys:
                context = disclosure_context(self.tenant, each.event, each.name)
                value = value_of(unseal(keys[each.contact], each.sealed, context).decode())
                said.setdefault(str(each.event), {})[each.name] = value
        work.record("timeline.disclosed", {"fields": self.fields, "entries": len(said)}, contact=contact.id)
        return said


class SaidBook(Book):
    """The sealed fields that a batch has opened."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._asked: list[TellSaid] = []
        self._found: dict[tuple[UUID, UUID, str], Sealed] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes what is asked for."""
        self._asked = [each for each in requests if isinstance(each, TellSaid)]
        self.is_idle = not self._asked

    async def load(self, conn: Connection) -> None:
        """One statement for each that asks."""
        for each in self._asked:
            for row in await store.load_said(conn, each.tenant, each.events, each.fields):
                self._found[(each.tenant, row.event_id, row.name)] = Sealed(*row)

    def of(self, tenant: UUID, events: Sequence[UUID], fields: Sequence[str]) -> list[Sealed]:
        """What there is of these entries under these names."""
        places = ((tenant, event, name) for event in events for name in fields)
        return [self._found[place] for place in places if place in self._found]
