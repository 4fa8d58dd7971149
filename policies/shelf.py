"""
Every rule set that a decision was ever made by, found by its hash and compiled again.
"""

from uuid import UUID

from audit.reader import Snapshots
from policies import store
from policies.errors import DocumentInvalid, RuleSetInvalid, RuleSetUnknown
from policies.ruleset import RuleSet, compile_rules, rule_set_from

NOTHING = compile_rules(())  # What a tenant without rules is asked by: it denies everything, and is kept nowhere.
_AT_ONCE = 16


class Shelf:
    """The rule sets of one tenant; at most sixteen are kept compiled at a time."""

    def __init__(self, snapshots: Snapshots, tenant: UUID) -> None:
        self._snapshots = snapshots
        self._tenant = tenant
        self._compiled: dict[str, RuleSet] = {}

    async def find(self, rule_set: str) -> RuleSet:
        """The set of this hash; RuleSetUnknown, or RuleSetInvalid where what is stored under it is another."""
        found = self._compiled.get(rule_set)
        if found is None:
            found = await self._load(rule_set)
            while len(self._compiled) >= _AT_ONCE:
                del self._compiled[next(iter(self._compiled))]
            self._compiled[rule_set] = found
        return found

    async def _load(self, rule_set: str) -> RuleSet:
        if rule_set == NOTHING.hash:
            return NOTHING
        async with self._snapshots.of(self._tenant) as conn:
            content = await store.load_rule_set(conn, self._tenant, rule_set)
        if content is None:
            raise RuleSetUnknown(rule_set)
        try:
            found = rule_set_from(content)
        except DocumentInvalid as error:
            raise RuleSetInvalid(f"What is stored as rule set {rule_set} cannot be read: {error}") from error
        if found.hash != rule_set:
            raise RuleSetInvalid(f"What is stored as rule set {rule_set} is another one, {found.hash}.")
        return found
