"""
One consent for all that is asked of it.

Each rule about consent names its reason, and asked alone each could be content with another consent: an opt-in that was
taken back and a fresh one on a lesser basis would add up to an allow.  So the last such rule of a question also asks
whether one consent satisfies all of them, and a register is waived only by a consent that all of them leave in force.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from policies.decision import Outcome, Passes
from policies.facts import Facts
from policies.kinds.consent import Consent
from policies.kinds.register import Register
from policies.rules import Rule


@dataclass(frozen=True, slots=True)
class Jointly:
    """A rule about consent that passes only if, with it, one consent satisfies all the others."""

    own: Consent
    others: tuple[Consent, ...]
    all_of_them: Consent
    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """What the rule says alone; and where all say yes, what they say together."""
        own = self.own.check(facts, now)
        if not isinstance(own, Passes):
            return own
        together = self.all_of_them.check(facts, now)
        if isinstance(together, Passes):
            return together
        # Where another rule says no by itself, its reason is the one to give.
        alone = all(isinstance(each.check(facts, now), Passes) for each in self.others)
        return together if alone else own


def jointly(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules of one question, with those about consent bound to each other."""
    asked = [rule.test for rule in rules if isinstance(rule.test, Consent) and not rule.lenient]
    constrained = [each for each in asked if each.bases is not None or each.max_age or each.revoked_by_any]
    if not constrained:
        return tuple(rules)
    together = _together(asked)
    last = max(place for place, rule in enumerate(rules) if rule.test in constrained and not rule.lenient)
    bound = [_waived_by(rule, together) for rule in rules]
    own = rules[last].test
    if len(asked) > 1 and isinstance(own, Consent):
        others = tuple(each for each in asked if each is not own)
        bound[last] = replace(rules[last], test=Jointly(own, others, together))
    return tuple(bound)


def _together(asked: Sequence[Consent]) -> Consent:
    bases: frozenset[str] | None = None
    ages: dict[str, timedelta] = {}
    for each in asked:
        if each.bases is not None:
            bases = each.bases if bases is None else bases & each.bases
        for basis, age in each.max_age.items():
            ages[basis] = min(age, ages.get(basis, age))
    return Consent(bases, ages, any(each.revoked_by_any for each in asked))


def _waived_by(rule: Rule, together: Consent) -> Rule:
    test = rule.test
    if not isinstance(test, Register) or test.waiver is None:
        return rule
    waiver = replace(test.waiver, max_age=together.max_age, revoked_by_any=together.revoked_by_any)
    return replace(rule, test=replace(test, waiver=waiver))
