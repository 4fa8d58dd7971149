"""
The decision: ``evaluate(rules, facts, now)``, and nothing else in Venia decides.

It reads no clock, no network and no state.  Every rule is asked, none is skipped because another failed; a rule
that cannot tell is against the call.  Pure, so a decision can be made again from what was recorded, years later.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple, TypeAlias, TypeGuard

from policies.decision import (
    PASSES,
    Decision,
    Fails,
    Json,
    Obligation,
    Outcome,
    Passes,
    Reason,
    Unknown,
    spelled,
    written,
)
from policies.errors import PolicyError
from policies.facts import CATEGORIES, Facts
from policies.gains import with_gains
from policies.instants import in_utc
from policies.localtime import TZDATA_VERSION
from policies.openings import HORIZON
from policies.reasons import REASONS, Code, Severity
from policies.rules import Rule
from policies.ruleset import RuleSet, Selection, Span
from policies.wishes import checks_of, rules_of

Failure: TypeAlias = tuple[Rule, Fails | Unknown]
WORST_FIRST = {severity: place for place, severity in enumerate(Severity)}


class Finding(NamedTuple):
    """One thing against a call, by its names: as much as the log keeps of a reason."""

    code: Code
    pack: str | None
    rule: str


class Verdict(NamedTuple):
    """Allow or deny, unexplained: what the set as a whole lacks, every rule that fails, and until when an allow holds."""

    allow: bool
    selection: Selection
    lacks: tuple[Reason, ...]
    failures: Sequence[Failure]
    until: datetime | None
    obligations: tuple[Obligation, ...] = ()

    @property
    def findings(self) -> list[Finding]:
        """What is against the call, worst severity first, then by layer, pack and rule."""
        if not self.lacks and len(self.failures) < 2:
            return [_finding(*each) for each in self.failures]
        found = [(WORST_FIRST[each.severity], Finding(each.code, each.pack, each.rule)) for each in self.lacks]
        found += [(WORST_FIRST[severity_of(*each)], _finding(*each)) for each in self.failures]
        if len(found) > 1:
            found.sort(key=itemgetter(0))
        return [finding for _, finding in found]


def severity_of(rule: Rule, outcome: Fails | Unknown) -> Severity:
    """How bad it is that this rule fails so."""
    return rule.severity if rule.severity and isinstance(outcome, Fails) else REASONS[outcome.code].severity


def _finding(rule: Rule, outcome: Fails | Unknown) -> Finding:
    return Finding(outcome.code, rule.pack, rule.id)


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule answered, for a trace."""

    rule: Rule
    outcome: Outcome

    def to_json(self) -> dict[str, Json]:
        """The step as it goes over the wire."""
        answer: dict[str, Json] = {"pack": self.rule.pack, "rule": self.rule.id, "variant": self.rule.variant}
        answer |= {"kind": self.rule.kind, "layer": self.rule.layer, "basis": self.rule.basis}
        match self.outcome:
            case Passes(until):
                return answer | {"outcome": "passes", "until": written(until)}
            case Fails(code, _, params):
                return answer | {"outcome": "fails", "code": code.value, "params": spelled(params)}
            case Unknown(fact, code):
                return answer | {"outcome": "unknown", "code": code.value, "params": {"fact": fact}}


def evaluate(rules: RuleSet, facts: Facts, now: datetime) -> Decision:
    """
    Decide whether the call may be placed at ``now``, which MUST be aware (`NotAnInstant`).

    Allow only if every rule in force passes, a consent rule and a rule of the platform or a jurisdiction were among
    them, and every country in which the person may be is covered by a pack.  Everything else is a deny that names
    every failing rule: worst severity first, then by layer, pack and rule.

    Properties that MUST hold: a further rule, or a missing fact, never turns a deny into an allow (a rule marked
    ``on_unknown: pass`` excepted, and a rule without which the set could not vouch for any call); the decision at
    ``retry_at`` is allow; at no instant before it is.  The horizon is 400 days.
    """
    now = in_utc(now)
    facts = in_known_words(facts)
    verdict = _judged(rules.select(facts), facts, now)
    selection, lacks, failures = verdict.selection, verdict.lacks, verdict.failures
    if verdict.allow:
        return Decision(True, (), None, verdict.until, rules.hash, selection.packs, TZDATA_VERSION, verdict.obligations)
    reasons = [*lacks, *(_reason(rule, outcome, facts, now) for rule, outcome in failures)]
    if len(reasons) > 1:
        reasons.sort(key=lambda reason: WORST_FIRST[reason.severity])
    explained = with_gains(rules, facts, now, reasons)
    retry_at = None if lacks else _retry_at(selection, facts, failures, now)
    return Decision(False, explained, retry_at, None, rules.hash, selection.packs, TZDATA_VERSION)


def judge(rules: RuleSet, facts: Facts, now: datetime) -> Verdict:
    """
    The same decision without its explanation: what is against the call, and not when that ends or what to do about it.

    For whoever decides by the million: shadows, rehearsals and replays.  ``judge(...).findings`` are always the codes,
    packs and rules of ``evaluate(...).reasons``, in the same order.
    """
    now = in_utc(now)
    facts = in_known_words(facts)
    return _judged(rules.select(facts), facts, now)


def _judged(selection: Selection, facts: Facts, now: datetime) -> Verdict:
    span = selection.at(now)
    failures, until = _ask(span, facts, now)
    if failures or span.lacks:
        return Verdict(False, selection, span.lacks, failures, None)
    if len(selection.starts) > 1:
        # Rules that come into force later were not asked, so that nothing is known of the time after that.
        changes = selection.changes_after(now)
        until = changes if until is None or (changes is not None and changes < until) else until
    return Verdict(True, selection, (), failures, until, span.obligations)


def trace(rules: RuleSet, facts: Facts, now: datetime) -> tuple[Step, ...]:
    """What every rule in force answers, in the order of layers, packs and rules; decides nothing."""
    now = in_utc(now)
    facts = in_known_words(facts)
    asked = (*rules.select(facts).at(now).rules, *rules_of(facts.wishes))
    return tuple(Step(rule, rule.test.check(facts, now)) for rule in asked)


def in_known_words(facts: Facts) -> Facts:
    """The facts as rules are asked about them."""
    # A category that the rules have never heard of is held to the rules of marketing.
    return facts if facts.category in CATEGORIES else replace(facts, category="marketing")


def _ask(span: Span, facts: Facts, now: datetime) -> tuple[list[Failure], datetime | None]:
    """Every failure, and the earliest instant at which what passed may end."""
    failures: list[Failure] = []
    until: datetime | None = None
    for rule, check in span.checks if not facts.wishes else (*span.checks, *checks_of(facts.wishes)):
        outcome = check(facts, now)
        if outcome is PASSES:
            continue
        if isinstance(outcome, Passes):
            end = outcome.until
            if end is not None and (until is None or end < until):
                until = end
        elif is_against(outcome, rule):
            failures.append((rule, outcome))
    return failures, until


def is_against(outcome: Outcome, rule: Rule) -> TypeGuard[Fails | Unknown]:
    """A rule that cannot tell is against the call, unless its pack says otherwise of this rule."""
    return isinstance(outcome, Fails) or (isinstance(outcome, Unknown) and not rule.lenient)


def _reason(rule: Rule, outcome: Fails | Unknown, facts: Facts, now: datetime) -> Reason:
    code, meaning = outcome.code, REASONS[outcome.code]
    severity = severity_of(rule, outcome)
    params = spelled(outcome.params) if isinstance(outcome, Fails) else {"fact": outcome.fact}
    ends, remedy = _alone(rule, outcome, facts, now), rule.remedy or meaning.remedy
    return Reason(code, severity, rule.layer, rule.pack, rule.id, rule.basis, ends, params, remedy)


def _alone(rule: Rule, outcome: Fails | Unknown, facts: Facts, now: datetime) -> datetime | None:
    """The earliest instant at which this rule no longer fails."""
    if rule.until is None and (isinstance(outcome, Unknown) or outcome.retry_at is None):
        return None

    def ask(at: datetime) -> Iterable[Failure]:
        again = rule.test.check(facts, at)
        return [(rule, again)] if rule.in_force(at) and is_against(again, rule) else []

    return _earliest([(rule, outcome)], ask, now)


def _retry_at(selection: Selection, facts: Facts, failures: Sequence[Failure], now: datetime) -> datetime | None:
    """The earliest instant at which nothing is against the call."""
    if any(_no_sooner_than(rule, outcome) is None for rule, outcome in failures):
        return None

    def ask(at: datetime) -> Iterable[Failure] | None:
        span = selection.at(at)
        return None if span.lacks else _ask(span, facts, at)[0]

    return _earliest(failures, ask, now)


def _earliest(
    failures: Iterable[Failure] | None, ask: Callable[[datetime], Iterable[Failure] | None], now: datetime
) -> datetime | None:
    """
    Go on to the instant before which some failing rule surely still fails, and ask again, until none fails.

    Nothing is skipped: no instant passed over could have been an answer.  None when a failure has no end, or lies
    beyond the horizon.
    """
    at = now
    while failures:
        ends = [_no_sooner_than(rule, outcome) for rule, outcome in failures]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends) or max(known) > now + HORIZON:
            return None
        if max(known) <= at:
            raise PolicyError(f"A rule named an instant that is already over, {at}: this is a defect of its kind.")
        at = max(known)
        failures = ask(at)
    return None if failures is None else at


def _no_sooner_than(rule: Rule, outcome: Fails | Unknown) -> datetime | None:
    """Until when the rule surely fails: until it may pass, or is no longer in force."""
    own = outcome.retry_at if isinstance(outcome, Fails) else None
    if own is None or rule.until is None:
        return own or rule.until
    return min(own, rule.until)
