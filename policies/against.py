"""
What is against a call, by its names alone: as much as the log keeps of a reason.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

from policies.brief import Brief, brief
from policies.decision import PASSES, Fails, Outcome, Reason, Unknown
from policies.evaluator import WORST_FIRST, Finding, is_against, severity_of
from policies.facts import Facts
from policies.reasons import Code, Severity
from policies.rules import Check, Rule

_PLACES = 1_000_000  # more than there are rules about a question


class Against(NamedTuple):
    """One thing against a call; sorts worst first, then in the order of the rules.  ``told`` is how the log has it."""

    rank: int
    finding: Finding
    told: tuple[str, str | None, str]
    layer: str


class Asked(NamedTuple):
    """A rule to ask: its test, its answer in brief, and what is against the call by an answer."""

    test: Check
    answer: Brief
    tell: Callable[[Outcome], Against | None]


Rules: TypeAlias = tuple[Asked, ...]
Sieve: TypeAlias = Callable[[Facts, datetime], Sequence[Against]]


def ask_each(rules: Sequence[Asked], facts: Facts, now: datetime) -> list[Against]:
    """What is against the call by any of these rules."""
    found = []
    for _, answer, tell in rules:
        outcome = answer(facts, now)
        if outcome is not PASSES and (against := tell(outcome)) is not None:
            found.append(against)
    return found


def asked(place: int, rule: Rule) -> Asked:
    """The rule at this place among those of a question."""
    known: dict[tuple[type, Code], Against] = {}

    def tell(outcome: Outcome) -> Against | None:
        if not is_against(outcome, rule):
            return None
        key = (type(outcome), outcome.code)
        return known.get(key) or known.setdefault(key, _by_rule(place, rule, outcome))

    return Asked(rule.test, brief(rule.test), tell)


def _by_rule(place: int, rule: Rule, outcome: Fails | Unknown) -> Against:
    return _against(place, severity_of(rule, outcome), Finding(outcome.code, rule.pack, rule.id), rule.layer)


def lacking(place: int, reason: Reason) -> Against:
    """What the set as a whole lacks."""
    return _against(place, reason.severity, Finding(reason.code, reason.pack, reason.rule), reason.layer)


def _against(place: int, severity: Severity, finding: Finding, layer: str) -> Against:
    told = (finding.code.value, finding.pack, finding.rule)
    return Against(WORST_FIRST[severity] * _PLACES + place, finding, told, layer)
