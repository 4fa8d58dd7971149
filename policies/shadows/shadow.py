"""
A shadow's own world: what it would have said of a call, given what it would have said of those before.  Pure.

Its counters are its own.  A call that was placed and that it would have denied did not happen in its world; one that was
denied and that it would have allowed did, as a call of which nobody said how it ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from audit.entry import Json
from policies.decision import Decision
from policies.evaluator import judge
from policies.facts import AttemptFact, Facts
from policies.rulebook import Of
from policies.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Shadow:
    """
    A set to ask beside the one that decides.

    ``of`` says why: ``rules`` are the deciding set's own rules of ``mode: shadow`` enforced as well, ``trial`` is a set on
    trial, ``in_force`` is the set in force, asked about those on whom a trial is enforced.
    """

    of: Of
    rules: RuleSet

    @property
    def name(self) -> str:
        """Under which its counters are kept."""
        return f"{self.of} {self.rules.hash}"


@dataclass(frozen=True, slots=True)
class Parted:
    """A call of which a shadow would have said otherwise: a real one that it would have denied, or one it imagines."""

    shadow: str
    attempt: UUID
    is_imagined: bool
    fact: AttemptFact


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a shadow says of one call."""

    shadow: Shadow
    allow: bool
    reasons: Sequence[Sequence[str | None]]

    def parts_from(self, decision: Decision) -> bool:
        """Whether the call would have been denied instead of allowed, or allowed instead of denied."""
        return self.allow != decision.allow

    def to_json(self) -> dict[str, Json]:
        """As the entry of the decision keeps it."""
        return {
            "of": self.shadow.of,
            "rule_set": self.shadow.rules.hash,
            "decision": "allow" if self.allow else "deny",
            "reasons": [list(each) for each in self.reasons],
        }


def opinion(shadow: Shadow, facts: Facts, real: Sequence[UUID], parted: Sequence[Parted], now: datetime) -> Opinion:
    """
    What a shadow says of a call, on its own counters.

    ``real`` are the ids of the attempts in ``facts``, in their order; ``parted`` is where the shadow's world differs.
    """
    verdict = judge(shadow.rules, in_its_world(shadow, facts, real, parted), now)
    reasons = [[each.code.value, each.pack, each.rule] for each in verdict.findings]
    return Opinion(shadow, verdict.allow, reasons)


def in_its_world(shadow: Shadow, facts: Facts, real: Sequence[UUID], parted: Sequence[Parted]) -> Facts:
    """The facts with the attempts that there would have been."""
    own = [each for each in parted if each.shadow == shadow.name]
    if not own or facts.attempts is None:
        return facts
    gone = {each.attempt for each in own if not each.is_imagined}
    happened = [fact for attempt, fact in zip(real, facts.attempts, strict=True) if attempt not in gone]
    imagined = [each.fact for each in own if each.is_imagined]
    return replace(facts, attempts=tuple(sorted([*happened, *imagined], key=lambda fact: fact.at)))
