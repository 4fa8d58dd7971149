"""
Making the rows of one person again from the log, under the locks that every request about them takes.

What the log cannot tell stays as it is and is told of: a data key that is gone, a personal field of which no copy is what
its entry commits to.  The log gets one entry more, about the person, that says which rows were made again.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from audit.checking.mending import RowRepair, merged, repaired
from audit.checking.people import Found, Gone, Package, examine, read_nobody, read_people
from audit.checking.rows import EXTRA, LOST, MISSING, OTHER, Difference, Projection, Replayed, Told
from audit.entry import Json
from audit.link import Connection
from audit.models import disclosures
from audit.tenants import KeyRing
from audit.work import Book, Idempotency, Request, Work
from consent import store
from consent.evidence.checking import WordRepair, mend_words, read_words
from consent.references import ContactReference
from consent.registers.replay import LOADING, REGISTERS
from consent.registers.replay import replay as replay_registers
from consent.replay import CONTACTS, FILES, HOLDING, IDENTIFIERS, LEGAL_HOLDS, NOBODY, replay
from consent.sealed import Sealed, disclosed_again, examine_sealed, read_sealed, sealed_again


def _replay_own(told: Told, into: Replayed) -> None:
    replay(told, into)
    replay_registers(told, into)


# What is about nobody in particular, and the entries that tell of it.
TENANTS_OWN = Package((LEGAL_HOLDS, REGISTERS), _replay_own)
OWN = (*HOLDING, *LOADING)
_DISCLOSURES = Projection(disclosures, "event_id")


@dataclass(frozen=True, slots=True)
class RepairPerson:
    """Has the rows about one person be what the log says; NOBODY stands for the rows that are about nobody."""

    contacts: ClassVar[Sequence[ContactReference]] = ()  # Locked by the book, since the person's own row may be gone.
    tenant: UUID
    actor: str
    person: UUID
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``projection.repaired``, or nothing where all is well; the answer says what stays broken."""
        plan = work[RepairBook].plan(self.person)
        done = [each.table for each in plan.changes] + [each.key[0] for each in plan.words]
        if done:
            tables: dict[str, Json] = dict(sorted(Counter(done).items()))
            contact = self.person if plan.found.record.told and self.person != NOBODY else None
            facts: Mapping[str, Json] = {"tables": tables}
            work[RepairBook].carry_out(plan, work.record("projection.repaired", facts, contact=contact))
        return {"repaired": len(done), "lost": [each.to_json() for each in plan.lost]}


@dataclass(slots=True)
class Plan:
    """What is to be done for one person, and what cannot be done."""

    found: Found
    sealed: Sealed
    changes: list[RowRepair] = field(default_factory=list)
    lost: list[Difference] = field(default_factory=list)
    words: Sequence[WordRepair] = ()  # of nobody in particular


class RepairBook(Book):
    """The people whom a batch repairs: their entries and their rows, as they are under the locks."""

    def __init__(
        self,
        work: Work,
        ring: KeyRing,
        packages: Sequence[Package],
        gone: Callable[[Connection, UUID], Awaitable[Gone]],
    ) -> None:
        super().__init__(work)
        self._ring = ring
        self._gone = gone
        self._packages = packages
        self._people: dict[UUID, list[UUID]] = {}
        self._plans: dict[UUID, Plan] = {}
        self._ordered: list[tuple[UUID, UUID, Plan]] = []  # tenant, entry and what it says

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes who is to be repaired."""
        for each in requests:
            if isinstance(each, RepairPerson):
                self._people.setdefault(each.tenant, []).append(each.person)
        self.is_idle = not self._people

    async def lock(self, conn: Connection) -> None:
        """The tenants' identifiers as such, so that nobody is met meanwhile, and then the people."""
        for tenant in sorted(self._people):
            await store.lock_identifiers(conn, tenant)
        await store.lock_contacts(conn, sorted((t, each) for t, people in self._people.items() for each in people))

    async def load(self, conn: Connection) -> None:
        """Loads everything about them and compares it."""
        for tenant, people in self._people.items():
            gone = await self._gone(conn, tenant)
            sealed = await read_sealed(conn, self._ring, tenant, people)
            for person, record in zip(people, await read_people(conn, tenant, people, self._packages), strict=True):
                found = examine(record, self._packages, gone)
                self._plans[person] = self._planned(found, sealed.get(person, Sealed()))
            if NOBODY in people:
                record = await read_nobody(conn, tenant, OWN, TENANTS_OWN)
                plan = self._plans[NOBODY] = self._planned(examine(record, (TENANTS_OWN,), Gone()), Sealed())
                plan.words = (await read_words(conn, tenant, pruned=gone.pruned)).repairs()

    def plan(self, person: UUID) -> Plan:
        """What is to be done for a person."""
        return self._plans[person]

    def carry_out(self, plan: Plan, entry: UUID) -> None:
        """Has what is planned be done, as this entry says."""
        self._ordered.append((self.work.tenant, entry, plan))

    async def finish(self, conn: Connection) -> None:
        """Writes the rows, once their entry is there."""
        for tenant, entry, plan in self._ordered:
            await repaired(conn, tenant, entry, plan.changes)
            await mend_words(conn, tenant, plan.words)

    def _planned(self, found: Found, sealed: Sealed) -> Plan:
        plan = Plan(found, sealed)
        by_table = {each.name: each for package in (*self._packages, TENANTS_OWN) for each in package.projections}
        for each in (*found.differences, *examine_sealed(sealed, found.record)):
            change = self._change(plan, by_table.get(each.table, _DISCLOSURES), each)
            if change is None:
                plan.lost.append(each)
            else:
                plan.changes.append(change)
        plan.changes = merged(plan.changes)
        return plan

    def _change(self, plan: Plan, projection: Projection, difference: Difference) -> RowRepair | None:
        """How a row is made to be what it must be; None where nothing can tell what that is."""
        if projection is _DISCLOSURES:
            return _disclosure(plan, difference)
        row = UUID(difference.row)
        if difference.kind == EXTRA:
            return RowRepair(projection.table, projection.id, row)
        if difference.kind == LOST:
            return None
        if difference.column in projection.sealed:
            again = _sealed_again(plan, row)
            return None if again is None else RowRepair(projection.table, projection.id, row, again)
        must = plan.found.replayed.rows[(projection.name, row)].values
        if difference.kind == OTHER:
            column = str(difference.column)
            return RowRepair(projection.table, projection.id, row, {column: must[column]})
        more: Mapping[str, object] | None = {}
        if projection in (CONTACTS, FILES):
            more = None  # The data key, or the content, was in this row, and is nowhere else.
        elif projection is IDENTIFIERS:
            more = _sealed_again(plan, row)
        return None if more is None else RowRepair(projection.table, projection.id, row, {**must, **more}, is_new=True)


def _sealed_again(plan: Plan, identifier: UUID) -> dict[str, object] | None:
    kept = plan.found.replayed.rows.get((IDENTIFIERS.name, identifier))
    met = (each for each in plan.found.record.told if each.event == "contact.identified")
    told = next((each for each in met if each.facts["identifier"] == str(identifier)), None)
    return None if kept is None or told is None else sealed_again(plan.sealed, told)


def _disclosure(plan: Plan, difference: Difference) -> RowRepair | None:
    event, _, _ = difference.row.partition(" ")
    told = next((each for each in plan.found.record.told if str(each.entry.event_id) == event), None)
    if plan.found.record.is_erased or told is None:
        return RowRepair(disclosures, "event_id", UUID(event))  # Nobody may read it, or nothing commits to it.
    if told.event != "contact.identified" or difference.kind not in (MISSING, OTHER):
        return None
    again = disclosed_again(plan.sealed, told)
    return None if again is None else RowRepair(disclosures, "event_id", UUID(event), again, is_new=True)
