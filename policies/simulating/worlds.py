"""
A world: one person's calls as they would have gone under a rule set.

Pure.  In a *closed* world a call that the rules deny did not happen, and is taken out of what later decisions count; one
that they allow though it was denied in reality did, and ended as is assumed.  What people said stays as it was recorded.
In a world that is not closed every decision is judged on the facts that were recorded with it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from policies.errors import PolicyError
from policies.evaluator import Finding, in_known_words
from policies.facts import AttemptFact, Facts
from policies.recorded import Recorded
from policies.ruleset import RuleSet, Span
from policies.sifting import sifter_of
from policies.simulating.memory import Key, Known, call_key, key_of
from policies.wishes import LONGEST, lookback_of

Assumed: TypeAlias = Literal["unknown", "unanswered", "connected"]
Answer: TypeAlias = Literal["allow", "deny", "unsure"]

HELD = timedelta(
    seconds=90
)  # how long the hold of a call lasts that is only assumed: as long as any, unless asked otherwise
OUT_OF_REACH = "calls_out_of_reach"  # the rules look back further than the calls that are known
UNDECIDABLE = "undecidable"  # a fact is none that rules can judge


class Told(NamedTuple):
    """What a world's rules say of one decision; ``layers`` are those of the findings."""

    answer: Answer
    findings: tuple[Finding, ...] = ()
    layers: tuple[str, ...] = ()
    why: str | None = None  # why it is unsure
    assumes: bool = False  # whether a call that is only assumed was among what was counted


@dataclass(slots=True)
class World:
    """One person under one rule set."""

    rules: RuleSet
    closed: bool
    assumed: Assumed
    gone: Counter[Key] = field(default_factory=Counter)
    added: list[AttemptFact] = field(default_factory=list)

    def tell(self, decision: Recorded, known: Known) -> Told:
        """What the rules say of a decision; whatever cannot be told for sure is never an allow."""
        facts, assumes = self._facts(decision, known) if self.closed else (decision.facts, False)
        try:
            against = sifter_of(self.rules).against(facts, decision.now)
        except PolicyError:
            return Told("unsure", why=UNDECIDABLE, assumes=assumes)
        if against:
            findings, layers = tuple(each.finding for each in against), tuple(each.layer for each in against)
            return Told("deny", findings, layers, assumes=assumes)
        span = self.rules.select(in_known_words(facts)).at(decision.now)
        if facts.attempts is not None and not _within(span, known, decision.now):
            return Told("unsure", why=OUT_OF_REACH, assumes=assumes)
        return Told("allow", assumes=assumes)

    def go_on(self, decision: Recorded, told: Told) -> int:
        """What follows from the answer for the person's later calls; how many calls are assumed because of it."""
        if not self.closed or told.answer == "unsure":
            return 0  # What is unsure went as it really did.
        if decision.allow and told.answer == "deny":
            self.gone[key_of(decision)] += 1
        elif not decision.allow and told.answer == "allow":
            self.added.append(_call(decision))
            return 1
        return 0

    def _facts(self, decision: Recorded, known: Known) -> tuple[Facts, bool]:
        recorded = decision.facts.attempts
        if recorded is None:
            return decision.facts, False
        earlier = known.earlier(decision) if self._looks_beyond(decision, known) else ()
        if not (self.gone or self.added or earlier):
            return decision.facts, False
        now, reach = decision.now, self._reach(decision.facts)
        self.added = [each for each in self.added if each.expires_at > now - max(reach, LONGEST)]
        assumed = [self._as_known(each, now) for each in self.added if each.expires_at > now - reach]
        attempts = sorted([*self._left((*earlier, *recorded)), *assumed], key=lambda each: each.at)
        return replace(decision.facts, attempts=tuple(attempts)), bool(assumed)

    def _looks_beyond(self, decision: Recorded, known: Known) -> bool:
        reach = known.recorded
        return self.rules.lookback > reach.calls or self.rules.remembers_refusals > max(reach.calls, reach.refusals)

    def _reach(self, facts: Facts) -> timedelta:
        """How far back calls matter to whatever is asked about these facts."""
        return max(self.rules.lookback, self.rules.remembers_refusals, lookback_of(facts.wishes), timedelta(days=1))

    def _left(self, attempts: Iterable[AttemptFact]) -> Iterable[AttemptFact]:
        """The calls that this world did not deny; two at one instant are as many as were denied apart."""
        if not self.gone:
            return attempts
        met, left = Counter[Key](), []
        for each in attempts:
            key = call_key(each)
            if met[key] < self.gone[key]:
                met[key] += 1
            else:
                left.append(each)
        return left

    def _as_known(self, attempt: AttemptFact, now: datetime) -> AttemptFact:
        """How it ended is known when its hold lapses, and not before."""
        if self.assumed == "unknown" or now < attempt.expires_at:
            return attempt
        return replace(attempt, outcome=self.assumed, ended_at=attempt.expires_at)


def _call(decision: Recorded) -> AttemptFact:
    facts, now = decision.facts, decision.now
    sender = facts.sender.id if facts.sender else None
    return AttemptFact(now, facts.action, facts.purpose, facts.category, facts.channel, sender, None, now + HELD)


_REACHES: dict[int, tuple[Span, timedelta, timedelta]] = {}
_MOST = 4096


def _within(span: Span, known: Known, now: datetime) -> bool:
    """Whether the calls that are known reach back as far as any rule in force about the question looks."""
    found = _REACHES.get(id(span))
    if found is None:
        calls = max((rule.test.lookback for rule in span.rules), default=timedelta(0))
        refusals = max((rule.test.remembers_refusals for rule in span.rules), default=timedelta(0))
        if len(_REACHES) >= _MOST:
            _REACHES.clear()
        found = _REACHES[id(span)] = (span, calls, refusals)  # Kept, so that nobody else is given its id.
    return known.reaches(now, found[1], found[2])
