"""
What the registers say of everyone in a batch, of those registers that the rules about them ask for.

The number that a question names is looked up on the way on which the person is loaded.  Only for who has other numbers, or is named
otherwise, are numbers opened and looked up on a further one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from audit.errors import KeyUnusable
from audit.link import Connection
from audit.tenants import KeyRing
from audit.work import Work
from consent import unsealing
from consent.contacts import Contact, ContactBook, Identifier
from consent.places import Place, country_of
from consent.references import PHONE, ContactReference, named_by
from consent.registers.book import RegisterBook
from consent.registers.numbering import canonical
from consent.registers.records import Load
from policies.facts import RegisterFact
from policies.register_needs import RegisterNeed
from policies.rulebook import RuleBook

Needs = Mapping[str, Sequence[RegisterNeed]]


class AskedRegisters(RegisterBook):
    """The registers that decide, in a batch."""

    def __init__(self, work: Work, ring: KeyRing) -> None:
        super().__init__(work, ring)
        self._needs: dict[UUID, Needs] = {}
        self._opened: dict[UUID, str | None] = {}  # by identifier; None: it does not open

    async def load(self, conn: Connection) -> None:
        """Looks the named numbers up, in the registers of the countries that these belong to."""
        wanted = [
            (load, canonical(reference.value))
            for tenant, reference in self._asked()
            if reference.kind == PHONE
            for load in self._loads(tenant, (reference.place(),))
        ]
        await self.look_up(conn, wanted)

    async def follow(self, conn: Connection) -> None:
        """Looks up what is only known of a person now: their other numbers, and where they are said to be."""
        people = [each for each in self._people() if any(self._loads(each[0].tenant, each[0].places))]
        closed = [contact for contact, reference in people if not _is_known_by(contact, reference)]
        if closed:
            await self._open(conn, closed)
        wanted = [
            (load, canonical(number))
            for contact, reference in people
            for number in self._numbers(contact, reference) or ()
            for load in self._loads(contact.tenant, contact.places)
        ]
        await self.look_up(conn, wanted)

    def facts(
        self, reference: ContactReference, contact: Contact | None, places: Sequence[Place]
    ) -> dict[str, RegisterFact]:
        """
        What each register that is loaded, and that rules about somebody in these places ask for, says of a person.

        Of an exclusion list, whether any number of theirs is listed; of a list of consents, whether the called one is, or all
        of them where it is not known which that is.  What is not known of some number is not told at all.
        """
        if not self.loads:
            return {}
        found: dict[str, RegisterFact] = {}
        for load in self._loads(self.work.tenant, places):
            listed = self._said(load, reference, contact)
            if listed is not None:
                found[load.register] = RegisterFact(listed, load.as_of)
        return found

    def _said(self, load: Load, reference: ContactReference, contact: Contact | None) -> bool | None:
        numbers = [reference.value] if contact is None and reference.kind == PHONE else None
        if contact is not None:
            numbers = self._numbers(contact, reference)
        if not numbers:
            return None
        if load.is_of_consents and reference.kind == PHONE:
            return self.listed(load, reference.value)
        said = [self.listed(load, number) for number in numbers]
        if load.is_of_consents:
            return None if None in said else all(said)
        return True if True in said else None if None in said else False

    # Whose numbers.

    def _numbers(self, contact: Contact, reference: ContactReference) -> list[str] | None:
        """The numbers that a person has, in all their parts; None where one of them is not known."""
        if _is_known_by(contact, reference):
            return [reference.value]
        numbers = [
            self._number(part, each) for part in contact.parts for each in part.identifiers if each.kind == PHONE
        ]
        if reference.kind == PHONE:
            numbers.append(reference.value)
        known = [each for each in numbers if each is not None]
        return known if len(known) == len(numbers) else None

    def _number(self, part: Contact, identifier: Identifier) -> str | None:
        return self.work[ContactBook].values_met(part).get(identifier.id) or self._opened.get(identifier.id)

    async def _open(self, conn: Connection, people: Sequence[Contact]) -> None:
        parts = {each.id: each for person in people for each in person.parts}
        for row in await unsealing.sealed_of(conn, sorted((each.tenant, each.id) for each in parts.values())):
            if row.kind == PHONE:
                self._opened[row.identifier_id] = _opened(parts[row.contact_id], row.kind, row.sealed)

    def _asked(self) -> Iterator[tuple[UUID, ContactReference]]:
        return ((each.tenant, reference) for each in self.asking for reference in named_by(each))

    def _people(self) -> Iterator[tuple[Contact, ContactReference]]:
        book = self.work[ContactBook]
        for tenant, reference in self._asked():
            if self.loads_of(tenant):
                contact = book.found(tenant, reference)
                if contact is not None:
                    yield contact, reference

    # Which registers.

    def _loads(self, tenant: UUID, places: Sequence[Place]) -> Iterator[Load]:
        """What is loaded of that which rules about somebody in these places ask for, and of the kind that they ask for."""
        loads = self.loads_of(tenant)
        if not loads:
            return
        countries = {country_of(place.region) for place in places if place.region is not None}
        for register, needs in self._needs_of(tenant).items():
            load = loads.get(register)
            # A list of exclusions that is read as one of consents would open what it must close: it is not read.
            if load is None or any(each.of_consents != load.is_of_consents for each in needs):
                continue
            if any(each.is_of(countries) for each in needs):
                yield load

    def _needs_of(self, tenant: UUID) -> Needs:
        known = self._needs.get(tenant)
        if known is None:
            gathered: dict[str, list[RegisterNeed]] = defaultdict(list)
            for rules in self.work[RuleBook].asked_of(tenant):
                for need in rules.registers:
                    gathered[need.register].append(need)
            known = self._needs[tenant] = gathered
        return known


def _is_known_by(contact: Contact, reference: ContactReference) -> bool:
    """Whether the number that was named is the only one of the person."""
    phones = sum(each.kind == PHONE for part in contact.parts for each in part.identifiers)
    return reference.kind == PHONE and phones == 1


def _opened(contact: Contact, kind: str, sealed: bytes) -> str | None:
    try:
        return unsealing.opened(contact, kind, sealed)
    except KeyUnusable:
        return None
