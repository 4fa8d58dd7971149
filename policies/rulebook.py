"""
Which rule set each tenant has active, compiled once per process.

A rule set is named by its content, so that a compiled one never goes stale; which one is active is asked anew for
every batch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from audit.entry import Json
from audit.link import Connection
from audit.work import Idempotency, Request, Work
from consent.retention import Lookback
from policies import store
from policies.pack import Pack
from policies.ruleset import RuleSet, compile_rules, rule_set_from

_NOTHING = compile_rules(())  # Denies everything: no rules are no permission.


@dataclass(slots=True)
class RuleCache:
    """Compiled rule sets, by hash."""

    compiled: dict[str, RuleSet] = field(default_factory=dict)


class RuleBook(Lookback):
    """The active rule set of every tenant in a batch."""

    def __init__(self, work: Work, cache: RuleCache) -> None:
        super().__init__(work)
        self._cache = cache
        self._active: dict[UUID, RuleSet] = {}
        self._published: list[dict[str, object]] = []
        self._activated: list[dict[str, object]] = []

    @property
    def active(self) -> RuleSet:
        """The current tenant's rules; without any, a set that denies everything."""
        return self._active.get(self.work.tenant, _NOTHING)

    @property
    def lookback(self) -> timedelta:
        """How far back the longest window of any active rule in this batch reaches."""
        return max((rules.lookback for rules in self._active.values()), default=timedelta(0))

    @property
    def remembers_refusals(self) -> timedelta:
        """How far back any active rule in this batch remembers that somebody refused."""
        return max((rules.remembers_refusals for rules in self._active.values()), default=timedelta(0))

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Asks which sets are active and compiles those not met before: they say how far back attempts are loaded."""
        tenants = {request.tenant for request in requests}
        for tenant, rule_set in (await store.load_active(conn, list(tenants))).items():
            compiled = self._cache.compiled.get(rule_set)
            if compiled is None:
                content = await store.load_rule_set(conn, tenant, rule_set)
                compiled = rule_set_from(content) if content is not None else _NOTHING
                compiled.prepare(self.work.now)
                self._cache.compiled[rule_set] = compiled
            self._active[tenant] = compiled

    def activate(self, rules: RuleSet) -> None:
        """Publishes a set and makes it the current tenant's active one, from the next request on."""
        tenant, now = self.work.tenant, self.work.now
        self._active[tenant] = rules
        self._published.append(
            {"tenant_id": tenant, "rule_set": rules.hash, "content": rules.content, "created_at": now}
        )
        self._activated.append({"tenant_id": tenant, "rule_set": rules.hash, "activated_at": now})

    async def save(self, conn: Connection) -> None:
        """Writes what was published and activated."""
        await store.publish(conn, self._published)
        await store.activate(conn, self._activated)


@dataclass(frozen=True, slots=True)
class ActivateRules:
    """Makes these packs, together, the rules of a tenant."""

    tenant: UUID
    actor: str
    packs: tuple[Pack, ...]
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``rules.activated`` with the set's hash and the names of its packs."""
        rules = compile_rules(self.packs)
        facts: Mapping[str, Json] = {"rule_set": rules.hash, "packs": rules.packs}
        if work[RuleBook].active.hash != rules.hash:
            work[RuleBook].activate(rules)
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
