"""
Legal holds: what a court, an authority or a dispute wants kept is not erased, by nobody, until the hold is lifted.

A hold is on one person, or on everything of the tenant.  Its matter and its reasons stand in the log for ever and name
nobody.  Holding a person locks them as every request about them does; holding a tenant is alone with those that erase
there (``erases``), so that no erasure slips past a hold that is being placed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from audit.link import Connection
from audit.work import Book, Idempotency, Request, Work
from consent.contacts import Contact, ContactBook
from consent.errors import ContactUnknown, LegalHoldInForce, LegalHoldLifted, LegalHoldUnknown, ReviewNotAhead
from consent.keeping import store
from consent.references import ContactReference
from consent.wording import impersonal

OPEN, LIFTED, DUE = "open", "lifted", "due"


@dataclass(frozen=True, slots=True)
class LegalHold:
    """One hold; ``contact`` None is everything of the tenant."""

    id: UUID
    contact: UUID | None
    matter: str
    reason: str
    review_on: date
    placed_at: datetime
    placed_by: str
    reviewed_at: datetime | None = None
    reviewed_by: str | None = None
    lifted_at: datetime | None = None
    lifted_by: str | None = None
    lifted_because: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.lifted_at is None

    def is_in(self, state: str, today: date) -> bool:
        """Whether it is open, lifted or due: open, and its day of review has come."""
        if state == DUE:
            return self.is_open and self.review_on <= today
        return self.is_open == (state == OPEN)

    def reaches(self, contact: UUID | None) -> bool:
        """Whether it keeps this person; None asks whether it keeps everything."""
        return self.is_open and self.contact in (None, contact)

    def to_json(self) -> dict[str, Json]:
        """The hold as answers show it."""
        return {
            "id": str(self.id),
            "state": OPEN if self.is_open else LIFTED,
            "contact": None if self.contact is None else str(self.contact),
            "matter": self.matter,
            "reason": self.reason,
            "review_on": self.review_on.isoformat(),
            "placed_at": rfc3339(self.placed_at),
            "placed_by": self.placed_by,
            "reviewed_at": rfc3339_or_none(self.reviewed_at),
            "reviewed_by": self.reviewed_by,
            "lifted_at": rfc3339_or_none(self.lifted_at),
            "lifted_by": self.lifted_by,
            "lifted_because": self.lifted_because,
        }


class LegalHoldBook(Book):
    """The holds on everyone in a batch that erases, and those that its requests place, review or lift."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._holds: dict[tuple[UUID, UUID], LegalHold] = {}
        self._named: list[tuple[UUID, UUID]] = []
        self._erasing: set[UUID] = set()
        self._alone: set[UUID] = set()
        self._listed: set[UUID] = set()
        self._placed: list[dict[str, object]] = []
        self._changed: dict[tuple[UUID, UUID], dict[str, object]] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Finds whom the named holds are on, so that those people are locked, and which tenants are held as a whole."""
        self._erasing = {each.tenant for each in requests if getattr(each, "erases", False)}
        self._alone = {each.tenant for each in requests if getattr(each, "holds_tenant", False)}
        self._listed = {each.tenant for each in requests if isinstance(each, ListLegalHolds)}
        self._named = [
            (each.tenant, each.legal_hold) for each in requests if isinstance(each, ReviewLegalHold | LiftLegalHold)
        ]
        is_placing = any(isinstance(each, PlaceLegalHold) for each in requests)
        self.is_idle = not (self._erasing or self._alone or self._listed or self._named or is_placing)
        for row in await store.find_legal_holds(conn, self._named):
            if row.contact_id is None:
                self._alone.add(row.tenant_id)
            else:
                self.work[ContactBook].want(row.tenant_id, row.contact_id)

    async def lock(self, conn: Connection) -> None:
        """After the people: the tenants, shared by those that erase, alone for whoever holds or frees all of one."""
        await store.lock_tenants(conn, alone=self._alone, shared=self._erasing)

    async def load(self, conn: Connection) -> None:
        """Loads what holds whomever the batch may erase, and the named holds as they are under the locks."""
        rows = list(await store.open_legal_holds(conn, self._erasing, self.work[ContactBook].touched()))
        rows += await store.find_legal_holds(conn, self._named)
        for tenant in self._listed:
            rows += await store.all_legal_holds(conn, tenant)
        for tenant, *columns in rows:
            self._holds[(tenant, columns[0])] = LegalHold(*columns)
            self.work.not_before(columns[5])

    def refuse_if_held(self, contact: Contact | None) -> None:
        """
        Raises LegalHoldInForce while the current tenant's person must be kept; None asks about everything alike.

        MUST be asked by a request whose ``erases`` is true: no other has the holds loaded and locked out.
        """
        hold = self.holding(None if contact is None else contact.id)
        if hold is not None:
            raise LegalHoldInForce(hold.id, hold.matter, hold.review_on)

    def holding(self, contact: UUID | None) -> LegalHold | None:
        """The oldest hold that keeps the current tenant's person, or everything; None when there is none."""
        found = (each for (tenant, _), each in self._holds.items() if tenant == self.work.tenant)
        return next((each for each in found if each.reaches(contact)), None)

    def of_tenant(self) -> list[LegalHold]:
        """Every hold of the current tenant, for a look that asked for them."""
        return [each for (tenant, _), each in self._holds.items() if tenant == self.work.tenant]

    def known(self, hold: UUID) -> LegalHold:
        """The open hold of this id; LegalHoldUnknown, or LegalHoldLifted."""
        found = self._holds.get((self.work.tenant, hold))
        if found is None:
            raise LegalHoldUnknown
        if not found.is_open:
            raise LegalHoldLifted
        return found

    def place(self, hold: LegalHold, entry: UUID) -> None:
        """Adds a hold, recorded by this entry."""
        key = (self.work.tenant, hold.id)
        self._holds[key] = hold
        self._placed.append(
            {
                "tenant_id": self.work.tenant,
                "legal_hold_id": hold.id,
                "contact_id": hold.contact,
                "matter": hold.matter,
                "reason": hold.reason,
                "review_on": hold.review_on,
                "placed_at": hold.placed_at,
                "placed_by": hold.placed_by,
                "event_id": entry,
            }
        )

    def change(self, hold: LegalHold, entry: UUID) -> None:
        """Notes that a hold was reviewed or lifted, recorded by this entry."""
        key = (self.work.tenant, hold.id)
        self._holds[key] = hold
        self._changed[key] = {
            "tenant_id": self.work.tenant,
            "legal_hold_id": hold.id,
            "review_on": hold.review_on,
            "reviewed_at": hold.reviewed_at,
            "reviewed_by": hold.reviewed_by,
            "lifted_at": hold.lifted_at,
            "lifted_by": hold.lifted_by,
            "lifted_because": hold.lifted_because,
            "event_id": entry,
        }

    async def save(self, conn: Connection) -> None:
        """Inserts what was placed."""
        await store.save_legal_holds(conn, self._placed, ())

    async def finish(self, conn: Connection) -> None:
        """Writes what was reviewed or lifted, which may have been placed in this very batch."""
        await store.save_legal_holds(conn, (), list(self._changed.values()))


@dataclass(frozen=True, slots=True)
class PlaceLegalHold:
    """Keeps a person's record, or everything of the tenant if ``contact`` is None."""

    tenant: UUID
    actor: str
    contact: ContactReference | None
    matter: str
    reason: str
    review_on: date
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person to be kept."""
        return () if self.contact is None else (self.contact,)

    @property
    def holds_tenant(self) -> bool:
        """Whether it is about everything."""
        return self.contact is None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``legal_hold.placed``.  Raises TextPersonal, ReviewNotAhead or ContactUnknown."""
        matter, reason = impersonal(self.matter, "/matter"), impersonal(self.reason, "/reason")
        _check_ahead(self.review_on, work.now)
        contact = None if self.contact is None else work[ContactBook].known(self.contact)
        if self.contact is not None and contact is None:
            raise ContactUnknown
        person = None if contact is None else contact.id
        hold = LegalHold(uuid4(), person, matter, reason, self.review_on, work.now, work.actor)
        facts = {**_facts(hold, reason), "placed_at": rfc3339(work.now)}
        work[LegalHoldBook].place(hold, work.record("legal_hold.placed", facts, contact=person))
        return hold.to_json()


@dataclass(frozen=True, slots=True)
class ReviewLegalHold:
    """Somebody has looked whether the hold is still needed; it is, and will be looked at again."""

    tenant: UUID
    actor: str
    legal_hold: UUID
    review_on: date
    reason: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``legal_hold.reviewed``.  Raises TextPersonal, ReviewNotAhead, LegalHoldUnknown or LegalHoldLifted."""
        reason = impersonal(self.reason, "/reason")
        _check_ahead(self.review_on, work.now)
        hold = work[LegalHoldBook].known(self.legal_hold)
        hold = replace(hold, review_on=self.review_on, reviewed_at=work.now, reviewed_by=work.actor)
        facts = {**_facts(hold, reason), "reviewed_at": rfc3339(work.now)}
        work[LegalHoldBook].change(hold, work.record("legal_hold.reviewed", facts, contact=hold.contact))
        return hold.to_json()


@dataclass(frozen=True, slots=True)
class LiftLegalHold:
    """The matter is over; what the hold has kept may go again."""

    tenant: UUID
    actor: str
    legal_hold: UUID
    reason: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``legal_hold.lifted``.  Raises TextPersonal, LegalHoldUnknown or LegalHoldLifted."""
        reason = impersonal(self.reason, "/reason")
        hold = work[LegalHoldBook].known(self.legal_hold)
        hold = replace(hold, lifted_at=work.now, lifted_by=work.actor, lifted_because=reason)
        facts = {**_facts(hold, reason), "lifted_at": rfc3339(work.now)}
        work[LegalHoldBook].change(hold, work.record("legal_hold.lifted", facts, contact=hold.contact))
        return hold.to_json()


@dataclass(frozen=True, slots=True)
class ListLegalHolds:
    """The holds of a tenant: in one state, or on one person, if asked."""

    contacts: ClassVar[Sequence[ContactReference]] = ()
    tenant: UUID
    state: str | None = None
    contact: UUID | None = None

    def look(self, work: Work) -> Sequence[LegalHold]:
        """Oldest first."""
        return [
            each
            for each in work[LegalHoldBook].of_tenant()
            if (self.state is None or each.is_in(self.state, work.now.date()))
            and (self.contact is None or each.contact == self.contact)
        ]


def _facts(hold: LegalHold, reason: str) -> dict[str, Json]:
    return {
        "legal_hold": str(hold.id),
        "reach": "tenant" if hold.contact is None else "contact",
        "matter": hold.matter,
        "reason": reason,
        "review_on": hold.review_on.isoformat(),
    }


def _check_ahead(review_on: date, now: datetime) -> None:
    """A hold that nobody has to look at again is a hold for ever."""
    if review_on <= now.date():
        raise ReviewNotAhead(review_on)
