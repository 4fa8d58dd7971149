"""
Which rule sets each tenant has in force, next and on trial, compiled once per process.

A rule set is named by its content, so that a compiled one never goes stale; which one is in force is asked anew for
every batch, and decided by the instant that a request is about.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from uuid import UUID

from audit.entry import Json
from audit.link import Connection
from audit.work import Idempotency, Request, Work
from consent.retention import Lookback
from policies import store
from policies.activation import Activation
from policies.pack import Pack
from policies.refusals import RulesInForce
from policies.ruleset import RuleSet, compile_rules, rule_set_from
from policies.wishes import LONGEST

Of: TypeAlias = Literal["rules", "trial", "in_force"]

_NOTHING = compile_rules(())  # Denies everything: no rules are no permission.


@dataclass(slots=True)
class RuleCache:
    """Compiled rule sets, by hash."""

    compiled: dict[str, RuleSet] = field(default_factory=dict)


class RuleBook(Lookback):
    """The rule sets of every tenant in a batch."""

    def __init__(self, work: Work, cache: RuleCache) -> None:
        super().__init__(work)
        self._cache = cache
        self._activations: dict[UUID, Activation] = {}
        self._published: list[dict[str, object]] = []
        self._activated: dict[UUID, Activation] = {}
        self._changing: set[UUID] = set()
        self._deciding: set[UUID] = set()
        self._coming: dict[UUID, set[str]] = defaultdict(set)  # that may come into force in this very batch

    @property
    def active(self) -> RuleSet:
        """The current tenant's rules in force now; without any, a set that denies everything."""
        return self.in_force(self.work.now)

    @property
    def activation(self) -> Activation | None:
        """What the current tenant has in force now, before, next and on trial."""
        known = self._activations.get(self.work.tenant)
        return None if known is None else known.at(self.work.now)

    @property
    def changes_at(self) -> datetime | None:
        """When the current tenant's next rules come into force; None where none are known of."""
        known = self.activation
        return None if known is None or known.next is None else known.next.at

    def in_force(self, at: datetime) -> RuleSet:
        """
        The current tenant's rules at an instant to come: the next ones, once their time has come.

        An instant that is over is asked about by the rules of now: what these would have said is the question.
        """
        known = self._activations.get(self.work.tenant)
        return _NOTHING if known is None else self.compiled(known.at(max(at, self.work.now)).rule_set)

    def deciding(self, contact: UUID | None, at: datetime) -> RuleSet:
        """The rules that decide about this person: those in force, or those on trial where it takes the person."""
        known = self._activations.get(self.work.tenant)
        if known is None:
            return _NOTHING
        current = known.at(max(at, self.work.now))
        trial = current.trial
        taken = trial is not None and contact is not None and trial.takes(contact)
        return self.compiled(trial.rule_set if trial is not None and taken else current.rule_set)

    def beside(self, contact: UUID | None, at: datetime) -> Iterator[tuple[Of, RuleSet]]:
        """The sets to ask beside the one that decides about this person, and why; see `policies.shadows`."""
        known = self._activations.get(self.work.tenant)
        if known is None:
            return
        current, deciding = known.at(max(at, self.work.now)), self.deciding(contact, at)
        if deciding.shadowed is not None:
            yield "rules", deciding.shadowed
        if current.trial is not None:
            on_trial = deciding.hash == current.trial.rule_set
            yield ("in_force", self.in_force(at)) if on_trial else ("trial", self.compiled(current.trial.rule_set))

    @property
    def has_shadows(self) -> bool:
        """Whether any set in this batch is asked beside another."""
        return any(
            known.trial is not None or any(self.compiled(each).shadowed for each in known.asked)
            for known in self._activations.values()
        )

    def scheduled(self, tenant: UUID) -> UUID | None:
        """The change whose rules come into force next."""
        known = self._activations.get(tenant)
        return None if known is None or known.next is None else known.next.change

    def shadows_of(self, tenant: UUID) -> Iterator[tuple[Of, RuleSet]]:
        """Every set that may be asked beside another of this tenant's, as things are now."""
        known = self._activations.get(tenant)
        if known is None:
            return
        for each in known.asked:
            if (shadowed := self.compiled(each).shadowed) is not None:
                yield "rules", shadowed
        if known.trial is not None:
            yield "trial", self.compiled(known.trial.rule_set)
            yield "in_force", self.compiled(known.rule_set)

    def asked_of(self, tenant: UUID) -> Iterator[RuleSet]:
        """Every set by which a tenant's calls are decided now or later, and on trial."""
        known = self._activations.get(tenant)
        return iter(()) if known is None else (self.compiled(each) for each in known.asked)

    def compiled(self, rule_set: str) -> RuleSet:
        """A set that was looked up; one that denies everything where its bytes are not there."""
        return self._cache.compiled.get(rule_set, _NOTHING)

    @property
    def lookback(self) -> timedelta:
        """How far back the longest window of any rule in this batch reaches, or of any wish that there may be."""
        return max(LONGEST, *(rules.lookback for rules in self._asked()), timedelta(0))

    @property
    def remembers_refusals(self) -> timedelta:
        """How far back any rule in this batch remembers that somebody refused."""
        return max((rules.remembers_refusals for rules in self._asked()), default=timedelta(0))

    @property
    def reach(self) -> tuple[timedelta, timedelta]:
        """How far back the current tenant's rules look, those to come and on trial included: at calls, at refusals."""
        known = self._activations.get(self.work.tenant)
        rules = [] if known is None else self._sets_of(self.work.tenant, known)
        calls = max((each.lookback for each in rules), default=timedelta(0))
        return calls, max((each.remembers_refusals for each in rules), default=timedelta(0))

    def _asked(self) -> Iterator[RuleSet]:
        return (each for tenant, known in self._activations.items() for each in self._sets_of(tenant, known))

    def _sets_of(self, tenant: UUID, known: Activation) -> list[RuleSet]:
        return [self.compiled(each) for each in (*known.rule_sets, *self._coming[tenant])]

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Asks which sets are in force and compiles those not met before: they say how far back attempts are loaded."""
        tenants = {request.tenant for request in requests}
        self._changing = {each.tenant for each in requests if getattr(each, "changes_rules", False)}
        self._deciding = {each.tenant for each in requests if getattr(each, "decides", False)} - self._changing
        await self._know(conn, await store.load_active(conn, sorted(tenants)))

    async def lock(self, conn: Connection) -> None:
        """
        Whoever decides keeps the rules from changing until the commit; whoever changes them is alone with them.

        What is in force is read again under that lock: no decision is made by rules that were replaced before it.
        """
        if self._changing or self._deciding:
            held = await store.hold_active(conn, alone=sorted(self._changing), shared=sorted(self._deciding))
            await self._know(conn, held)

    async def _know(self, conn: Connection, found: Mapping[UUID, Activation]) -> None:
        for tenant, known in found.items():
            self._activations[tenant] = known
            for rule_set in known.asked:
                await self._fetch(conn, tenant, rule_set)
            if known.previous is not None:
                # Only what it counts matters of the set before: no question waits for its holidays.
                await self._fetch(conn, tenant, known.previous, ready=False)

    async def expect(self, conn: Connection, tenant: UUID, rule_set: str) -> None:
        """A set that may come into force in this batch: it is compiled, and attempts are loaded as far back as it looks."""
        await self._fetch(conn, tenant, rule_set)
        self._coming[tenant].add(rule_set)

    async def _fetch(self, conn: Connection, tenant: UUID, rule_set: str, *, ready: bool = True) -> None:
        if rule_set in self._cache.compiled:
            return
        content = await store.load_rule_set(conn, tenant, rule_set)
        if content is None:
            return
        rules = rule_set_from(content)
        if ready:
            rules.prepare(self.work.now)
        self._cache.compiled[rules.hash] = rules

    def keep(self, rules: RuleSet) -> None:
        """Remembers a compiled set, ready to decide."""
        rules.prepare(self.work.now)
        self._cache.compiled[rules.hash] = rules

    def publish(self, rules: RuleSet) -> None:
        """Writes a set down for good, under its hash."""
        self._published.append(
            {
                "tenant_id": self.work.tenant,
                "rule_set": rules.hash,
                "content": rules.content,
                "created_at": self.work.now,
            }
        )

    def activate(self, activation: Activation) -> None:
        """Says what the current tenant has in force, from the next request on."""
        self._activations[self.work.tenant] = self._activated[self.work.tenant] = activation

    async def save(self, conn: Connection) -> None:
        """Writes what was published and activated."""
        await store.publish(conn, self._published)
        await store.activate(conn, self._activated)


@dataclass(frozen=True, slots=True)
class ActivateRules:
    """Makes these packs, together, the first rules of a tenant; later ones come by a change (`policies.changes`)."""

    tenant: UUID
    actor: str
    packs: tuple[Pack, ...]
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``rules.activated`` with the set's hash and the names of its packs.  Raises RulesInForce."""
        rules, book = compile_rules(self.packs), work[RuleBook]
        facts: Mapping[str, Json] = {"rule_set": rules.hash, "packs": rules.packs}
        known = book.activation
        if known is not None and known.rule_set != rules.hash:
            raise RulesInForce
        if known is None:
            book.keep(rules)
            book.publish(rules)
            book.activate(Activation(rules.hash, work.now))
            work.record("rules.activated", facts)
        return facts


@dataclass(frozen=True, slots=True)
class FindRules:
    """Looks up the rules that a tenant has active."""

    tenant: UUID
    contacts = ()

    def look(self, work: Work) -> RuleSet:
        """The active set; without one, a set that denies everything."""
        return work[RuleBook].active
