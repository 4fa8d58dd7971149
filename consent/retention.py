"""
Retention: for how long each kind of thing is kept, and the requests by which it goes.

Evidence of consent is kept for as long as a business may have to show it: five years from the last time that it relied
on it (§ 7a UWG), which begins anew with every use.  Whoever has nobody rely on them for so long is erased; what they
refused stays refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import text

from audit.ageing import Aged, AgedBook
from audit.entry import Json
from audit.link import Connection
from audit.pruning import PruningBook
from audit.work import Book, Idempotency, Request, Work
from consent.contacts import ContactBook
from consent.erasing import erase
from consent.errors import RetentionOutOfBounds
from consent.history import HistoryBook
from consent.keeping import store
from consent.keeping.legal_holds import LegalHoldBook
from consent.lifecycle import essential, suppressions_in_force
from consent.references import ContactReference

EVIDENCE, UNREADABLE, IDEMPOTENCY, ATTEMPTS = "evidence", "unreadable_items", "idempotency", "attempts"
DELIVERIES = "deliveries"
KINDS = (EVIDENCE, UNREADABLE, DELIVERIES, IDEMPOTENCY, ATTEMPTS)
REASON = "retention: evidence"
MOST_DAYS = 36_525  # a hundred years
_DEFAULTS = {EVIDENCE: 1826, UNREADABLE: 30, DELIVERIES: 7, IDEMPOTENCY: 7}
_KEY_DAYS = 7
_RELIANCE = ("consent.recorded", "permission.granted", "decision.allowed")
_WHY = {
    EVIDENCE: "nobody has relied on what the person agreed to for {days} days",
    UNREADABLE: "a delivery that nobody could understand is kept for {days} days",
    DELIVERIES: "a delivery can be read again for {days} days",
    IDEMPOTENCY: "an answer is repeated under its key for {days} days",
    ATTEMPTS: "an attempt to reach somebody is kept for {days} days",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """For how many days a tenant keeps each kind; what it has not ruled is as by default."""

    ruled: Mapping[str, int]

    def days(self, kind: str) -> int:
        """The days of one kind; attempts are kept as long as the evidence, unless ruled otherwise."""
        default = self.days(EVIDENCE) if kind == ATTEMPTS else _DEFAULTS[kind]
        return self.ruled.get(kind, default)

    def before(self, kind: str, now: datetime) -> datetime:
        """What is older than this moment goes."""
        return now - timedelta(days=self.days(kind))

    def why(self, kind: str) -> str:
        """The rule in words."""
        return _WHY[kind].format(days=self.days(kind))

    def check(self, kind: str, days: int, lookback: timedelta) -> None:
        """Raises RetentionOutOfBounds where another rule, or a promise to callers, needs it for longer."""
        needed = -(-lookback // timedelta(days=1))
        attempts = self.ruled.get(ATTEMPTS, 0)
        least, why = 1, "it is kept for a day at least"
        if kind == IDEMPOTENCY:
            least, why = _KEY_DAYS, "callers were promised that a key makes a repetition harmless for so long"
        elif kind in (ATTEMPTS, EVIDENCE) and needed > least:
            least, why = needed, "the rules in force look back at attempts for so long"
        if kind == EVIDENCE and attempts > least:
            least, why = attempts, "attempts are kept for so long, and what they relied on must not go before them"
        if kind == ATTEMPTS and days > self.days(EVIDENCE):
            raise RetentionOutOfBounds(
                kind, days, f"at most {self.days(EVIDENCE)} days, since what attempts relied on goes then"
            )
        if days < least:
            raise RetentionOutOfBounds(kind, days, f"at least {least} days, since {why}")

    def to_json(self) -> list[dict[str, Json]]:
        """The rules as answers show them."""
        return [{"kind": kind, "days": self.days(kind), "is_default": kind not in self.ruled} for kind in KINDS]


class Lookback(Book):
    """How far back the tenant's rules look at attempts; kept by whoever knows the rules."""

    @property
    def lookback(self) -> timedelta:
        """The longest window of any rule in force."""
        raise NotImplementedError  # The one implementation lies above this package.


class RetentionBook(Book):
    """The rules of the tenants in a batch that asks for them, and who was relied on when."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._tenants: set[UUID] = set()
        self._people: set[tuple[UUID, UUID]] = set()
        self._ruled: dict[UUID, dict[str, int]] = {}
        self._since: dict[tuple[UUID, UUID], datetime] = {}
        self._set: list[dict[str, object]] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes who asks."""
        self._tenants = {each.tenant for each in requests if getattr(each, "asks_retention", False)}
        self._people = {(each.tenant, each.person) for each in requests if isinstance(each, EraseUnused)}
        self.is_idle = not self._tenants

    async def load(self, conn: Connection) -> None:
        """Loads rules, and since when nobody has relied on the people who may go."""
        if not self._tenants:
            return
        for row in await store.load_rules(conn, self._tenants):
            self._ruled.setdefault(row.tenant_id, {})[row.kind] = row.days
        # A person is as old as their youngest part.
        people = {*self._people, *self.work[ContactBook].touched()} if self._people else self._people
        for row in await store.load_reliance(conn, people):
            self._since[(row.tenant_id, row.contact_id)] = row.since

    @property
    def rules(self) -> Rules:
        """The current tenant's rules, with what this batch has set so far."""
        return Rules(self._ruled.get(self.work.tenant, {}))

    def is_over(self, contact: UUID) -> bool:
        """Whether nobody has relied on the current tenant's person for as long as evidence is kept."""
        since = self._since.get((self.work.tenant, contact))
        relied = any(each.contact == contact and is_reliance(each.event) for each in self.work.staged)
        return since is not None and not relied and since < self.rules.before(EVIDENCE, self.work.now)

    def rule(self, kind: str, days: int, entry: UUID) -> None:
        """Sets a rule, recorded by this entry."""
        tenant = self.work.tenant
        self._ruled.setdefault(tenant, {})[kind] = days
        self._set.append({"tenant_id": tenant, "kind": kind, "days": days, "event_id": entry})

    async def finish(self, conn: Connection) -> None:
        """Writes what was ruled, in order."""
        for rule in self._set:
            await store.save_rule(conn, rule)


def is_reliance(event: str) -> bool:
    """Whether an entry shows that the business relies on the person's word, from which the time counts anew."""
    return event in _RELIANCE or event.startswith("call.")


@dataclass(frozen=True, slots=True)
class SetRetentionRule:
    """The tenant says for how many days one kind of thing is kept."""

    asks_retention: ClassVar[bool] = True
    tenant: UUID
    actor: str
    kind: str
    days: int
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``retention.rule_set``, or nothing if that is the rule already; RetentionOutOfBounds."""
        book = work[RetentionBook]
        book.rules.check(self.kind, self.days, work[Lookback].lookback)
        answer: Mapping[str, Json] = {"kind": self.kind, "days": self.days}
        if book.rules.ruled.get(self.kind) != self.days:
            facts = {**answer, "before": book.rules.days(self.kind)}
            book.rule(self.kind, self.days, work.record("retention.rule_set", facts))
        return answer


@dataclass(frozen=True, slots=True)
class ReadRules:
    """For how long is what kept?"""

    asks_retention: ClassVar[bool] = True
    contacts: ClassVar[Sequence[ContactReference]] = ()
    tenant: UUID

    def look(self, work: Work) -> Rules:
        """The tenant's rules."""
        return work[RetentionBook].rules


@dataclass(frozen=True, slots=True)
class EraseUnused:
    """Erases a person if nobody has relied on them for as long as evidence is kept."""

    asks_retention: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    opens_identifiers: ClassVar[bool] = True
    tenant: UUID
    actor: str
    person: UUID
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person."""
        return (ContactReference.id(self.person),)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``contact.erased``; nothing if somebody has relied on them meanwhile.  Raises LegalHoldInForce."""
        contact = work[ContactBook].known(self.contacts[0])
        if contact is None or not all(work[RetentionBook].is_over(each.id) for each in contact.parts):
            return {"erased": False}
        refused = suppressions_in_force(work[HistoryBook].of(contact).suppressions, work.now)
        extents = [each.extent for each in essential(refused)]
        erase(work, contact, because="retention", reason=REASON, extents=extents)
        return {"erased": True}


@dataclass(frozen=True, slots=True)
class DropAged:
    """Deletes a piece of what has aged: rows of one kind, the oldest first."""

    erases: ClassVar[bool] = True
    tenant: UUID
    actor: str
    ages: type[AgedBook]
    aged: Aged
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records nothing: the run's last entry says how many went.  Raises LegalHoldInForce if all is held."""
        work[LegalHoldBook].refuse_if_held(None)
        return {"dropped": work[self.ages].take()}


@dataclass(frozen=True, slots=True)
class PruneEntries:
    """The bodies of all entries below ``prunes`` are to go."""

    asks_retention: ClassVar[bool] = True
    erases: ClassVar[bool] = True
    tenant: UUID
    actor: str
    prunes: int
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``log.pruned``; nothing if they went before, or are too young.  Raises LegalHoldInForce."""
        work[LegalHoldBook].refuse_if_held(None)
        prefix = work[PruningBook].prefix()
        if prefix is None or prefix[2] >= work[RetentionBook].rules.before(EVIDENCE, work.now):
            return {"up_to": None}
        up_to, root, _ = prefix
        work[PruningBook].record(work.record("log.pruned", {"up_to": up_to, "root": root.hex()}))
        return {"up_to": up_to}


@dataclass(frozen=True, slots=True)
class DropPruned:
    """Deletes a piece of the bodies that were pruned."""

    erases: ClassVar[bool] = True
    tenant: UUID
    actor: str
    drops: int  # at most so many
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records nothing: ``log.pruned`` has said it.  Raises LegalHoldInForce if all is held."""
        work[LegalHoldBook].refuse_if_held(None)
        return {"dropped": work[PruningBook].drop()}


@dataclass(frozen=True, slots=True)
class FinishRetention:
    """A run of retention is over."""

    tenant: UUID
    actor: str
    counts: Mapping[str, int]
    up_to: int
    report: Mapping[str, Json]
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``retention.applied`` with what went; the answer is the whole report."""
        work.record("retention.applied", {**self.counts, "up_to": self.up_to})
        return self.report


class AgedItems(AgedBook):
    """Deliveries that nobody could understand."""

    kind = UNREADABLE
    found = text(
        "SELECT item_id AS id, item_id AS example FROM unreadable_items WHERE tenant_id = :tenant "
        "AND received_at < :before ORDER BY received_at, item_id LIMIT :most"
    )
    counted = text("SELECT count(*) FROM unreadable_items WHERE tenant_id = :tenant AND received_at < :before")
    deleted = text(
        "DELETE FROM unreadable_items WHERE tenant_id = :tenant AND item_id = ANY(CAST(:ids AS uuid[])) "
        "AND received_at < :before"
    )


class AgedDeliveries(AgedBook):
    """Deliveries as they came."""

    kind = DELIVERIES
    found = text(
        "SELECT delivery_id AS id, delivery_id AS example FROM deliveries WHERE tenant_id = :tenant "
        "AND received_at < :before ORDER BY received_at, delivery_id LIMIT :most"
    )
    counted = text("SELECT count(*) FROM deliveries WHERE tenant_id = :tenant AND received_at < :before")
    deleted = text(
        "DELETE FROM deliveries WHERE tenant_id = :tenant AND delivery_id = ANY(CAST(:ids AS uuid[])) "
        "AND received_at < :before"
    )
