"""
From a pack's models to the plain rules that decide: one `Rule` per rule of a pack, with its check compiled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from policies.closed_days import Calendar
from policies.decision import Outcome
from policies.facts import Facts
from policies.instants import parse_duration
from policies.kinds.attempts import Scope
from policies.kinds.cap import Cap
from policies.kinds.consent import Consent
from policies.kinds.gap import Gap
from policies.kinds.permission import Permission
from policies.kinds.register import Register
from policies.kinds.sender import Sender
from policies.kinds.streak import Streak
from policies.kinds.suppression import Suppression
from policies.kinds.window import Window
from policies.localtime import Period
from policies.pack import (
    LAYERS,
    CapRule,
    ConsentRule,
    GapRule,
    Layer,
    Pack,
    PermissionRule,
    RegisterRule,
    RuleModel,
    ScopedRule,
    SenderRule,
    StreakRule,
    SuppressionRule,
    When,
    WindowRule,
)
from policies.reasons import Code, Severity
from policies.timetables import read_timetable


class Check(Protocol):
    """What every kind of rule can do."""

    @property
    def lookback(self) -> timedelta:
        """How far back attempts must be known."""

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Pure: whether the rule passes, why not, and when it may pass next."""


@dataclass(frozen=True, slots=True)
class Selector:
    """The questions a rule is about; None in a dimension means all of it."""

    action: frozenset[str] | None = None
    category: frozenset[str] | None = None
    channel: frozenset[str] | None = None
    technology: frozenset[str] | None = None

    def covers(self, facts: Facts) -> bool:
        """Is the rule about this question?"""
        return (
            (self.action is None or facts.action in self.action)
            and (self.category is None or facts.category in self.category)
            and (self.channel is None or facts.channel in self.channel)
            and (self.technology is None or facts.technology in self.technology)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """
    A rule of a pack, ready to decide.

    ``variant`` counts the rules of one id within the pack from 1; at most one of them answers any question.
    """

    pack: str
    id: str
    variant: int
    kind: str
    layer: Layer
    basis: str
    countries: frozenset[str] | None  # None: every person, whatever the country.
    when: Selector
    start: datetime | None
    until: datetime | None
    lenient: bool  # Passes when it cannot tell.
    severity: Severity | None
    remedy: str | None
    test: Check

    @property
    def rank(self) -> int:
        """The place of the rule's layer, platform first."""
        return LAYERS.index(self.layer)

    def in_force(self, now: datetime) -> bool:
        """Is the rule in force at this instant?"""
        return (self.start is None or self.start <= now) and (self.until is None or now < self.until)


def rules_of(pack: Pack) -> tuple[Rule, ...]:
    """The rules of a pack in the order in which they are written."""
    seen: dict[str, int] = {}
    rules = []
    for model in pack.rules:
        seen[model.id] = seen.get(model.id, 0) + 1
        rules.append(_rule(pack, model, seen[model.id]))
    return tuple(rules)


def _rule(pack: Pack, model: RuleModel, variant: int) -> Rule:
    return Rule(
        pack=pack.name,
        id=model.id,
        variant=variant,
        kind=model.kind,
        layer=pack.layer,
        basis=model.basis,
        countries=pack.countries if pack.layer == "jurisdiction" else None,
        when=_selector(model.when),
        start=model.effective.start,
        until=model.effective.until,
        lenient=model.on_unknown == "pass",
        severity=model.deny.severity,
        remedy=model.deny.remedy,
        test=_check(pack, model),
    )


def _set(values: Sequence[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _selector(when: When) -> Selector:
    return Selector(_set(when.action), _set(when.category), _set(when.channel), _set(when.technology))


def _scope(rule: ScopedRule) -> Scope:
    return Scope(rule.scope == "contact+sender", _set(rule.categories), _set(rule.channels))


def _check(pack: Pack, rule: RuleModel) -> Check:
    match rule:
        case ConsentRule():
            return Consent()
        case PermissionRule():
            return Permission()
        case SuppressionRule():
            return Suppression()
        case RegisterRule():
            return Register(rule.register_name, rule.max_age)
        case SenderRule():
            return Sender(frozenset(rule.deny_countries or ()), rule.deny_restricted)
        case WindowRule():
            return _window(pack, rule)
        case CapRule():
            return _cap(rule)
        case GapRule():
            return _gap(rule)
        case StreakRule():
            return Streak(rule.limit, rule.within, _scope(rule), rule.deny.code or Code.UNANSWERED_STREAK)


def _window(pack: Pack, rule: WindowRule) -> Window:
    timetable, _ = read_timetable(rule.open, rule.guard)  # A pack with faults in it was never loaded.
    holidays = None if rule.holidays is None else Calendar(tuple(rule.holidays))
    return Window(timetable, rule.zone, holidays, pack.countries)


def _cap(rule: CapRule) -> Cap:
    return Cap(
        limit=rule.limit,
        span=_span(rule.per),
        per=rule.per,
        counts=rule.counts,
        scope=_scope(rule),
        reset_by_call=rule.reset is not None,
        code=rule.deny.code or Code.CAP_REACHED,
    )


def _span(per: str) -> timedelta | Period:
    match per:
        case "day" | "week":
            return per
        case _:
            return parse_duration(per)


def _gap(rule: GapRule) -> Gap:
    after = None if isinstance(rule.after, str) else frozenset(rule.after)
    return Gap(parse_duration(rule.wait), rule.wait, after, _scope(rule), rule.deny.code or Code.COOL_OFF)
