"""
From a pack's models to the plain rules that decide: one `Rule` per rule of a pack, with its check compiled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from operator import eq, ge, le
from typing import Protocol

from consent.places import country_of
from policies.agenda import Agenda
from policies.closed_days import Proclamations
from policies.decision import Outcome
from policies.facts import Facts
from policies.instants import parse_duration
from policies.kinds.attempts import Scope
from policies.kinds.cap import Cap, LocalDays, Span
from policies.kinds.consent import Consent
from policies.kinds.gap import Gap
from policies.kinds.permission import Permission
from policies.kinds.platform_limit import PlatformLimit
from policies.kinds.predicate import Compared, Condition, Either, Every, Negated, Predicate
from policies.kinds.register import Register
from policies.kinds.sender import Sender
from policies.kinds.streak import Streak
from policies.kinds.suppression import Suppression
from policies.kinds.window import Window
from policies.pack import Pack
from policies.pack_rules import (
    CapRule,
    ConsentRule,
    GapRule,
    PermissionRule,
    PlatformLimitRule,
    PredicateRule,
    RegisterRule,
    RuleModel,
    ScopedRule,
    SenderRule,
    StreakRule,
    SuppressionRule,
    When,
    WindowRule,
)
from policies.pack_rules import Condition as WrittenCondition
from policies.pack_values import INDEFINITE, LAYERS, Layer, days_of
from policies.reasons import Code, Severity
from policies.timetables import read_timetable


class Check(Protocol):
    """What every kind of rule can do."""

    @property
    def lookback(self) -> timedelta:
        """How far back attempts must be known, whatever became of them."""

    @property
    def remembers_refusals(self) -> timedelta:
        """How far back those must be known that ended with a refusal or an opt-out."""

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Pure: whether the rule passes, why not, and when it may pass next."""


@dataclass(frozen=True, slots=True)
class Selector:
    """The questions a rule is about; None in a dimension means all of it."""

    action: frozenset[str] | None = None
    category: frozenset[str] | None = None
    channel: frozenset[str] | None = None
    technology: frozenset[str] | None = None
    region: frozenset[str] | None = None

    def covers(self, facts: Facts) -> bool:
        """Is the rule about this question?"""
        return (
            (self.action is None or facts.action in self.action)
            and (self.category is None or facts.category in self.category)
            and (self.channel is None or facts.channel in self.channel)
            and (self.technology is None or facts.technology in self.technology)
            and (self.region is None or any(self._may_be_in(region) for region in facts.regions or ()))
        )

    def _may_be_in(self, region: str) -> bool:
        """Of whom only the country is known, they may be in any part of it; whoever is in a part is in the country."""
        regions = self.region or frozenset()
        return region in regions or country_of(region) in regions or region in map(country_of, regions)


@dataclass(frozen=True, slots=True)
class Rule:
    """
    A rule of a pack, ready to decide; or what a person wishes, which is in no pack.

    ``variant`` counts the rules of one id within the pack from 1; at most one of them answers any question.
    """

    pack: str | None
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
    shadow: bool  # Asked, and never enforced.
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


def rules_of(pack: Pack, proclaimed: Proclamations) -> tuple[Rule, ...]:
    """The rules of a pack in the order in which they are written, with the holidays proclaimed in any pack of a set."""
    seen: dict[str, int] = {}
    rules = []
    for model in pack.rules:
        seen[model.id] = seen.get(model.id, 0) + 1
        rules.append(_rule(pack, model, seen[model.id], proclaimed))
    return tuple(rules)


def _rule(pack: Pack, model: RuleModel, variant: int, proclaimed: Proclamations) -> Rule:
    return Rule(
        pack=pack.name,
        id=model.id,
        variant=variant,
        kind=model.kind,
        layer=pack.layer,
        basis=model.basis,
        countries=pack.countries if pack.layer == "jurisdiction" else None,
        when=selector_of(model.when),
        start=model.effective.start,
        until=model.effective.until,
        lenient=model.on_unknown == "pass",
        shadow=model.mode == "shadow",
        severity=model.deny.severity,
        remedy=model.deny.remedy,
        test=_check(pack, model, proclaimed),
    )


def _set(values: Sequence[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def selector_of(when: When) -> Selector:
    """The questions that a rule or an obligation is about."""
    return Selector(
        _set(when.action), _set(when.category), _set(when.channel), _set(when.technology), _set(when.region)
    )


def _scope(rule: ScopedRule) -> Scope:
    others = rule.channels == "other"
    channels = None if isinstance(rule.channels, str) else _set(rule.channels)
    return Scope(rule.scope == "contact+sender", _set(rule.categories), channels, others, rule.purpose == "same")


def _check(pack: Pack, rule: RuleModel, proclaimed: Proclamations) -> Check:
    match rule:
        case ConsentRule():
            return Consent(_set(rule.bases), dict(rule.max_age), rule.revoked_by == "any")
        case PermissionRule():
            return Permission()
        case PlatformLimitRule():
            return PlatformLimit()
        case SuppressionRule():
            return Suppression()
        case RegisterRule():
            waiver = Consent(_set(rule.waived_by)) if rule.waived_by else None
            return Register(rule.register_name, rule.max_age, rule.expect == "listed", waiver)
        case SenderRule():
            return Sender(frozenset(rule.deny_countries or ()), rule.deny_restricted)
        case WindowRule():
            return _window(pack, rule, proclaimed)
        case PredicateRule():
            return predicate_of(rule.needs)
        case _:
            return _over_attempts(rule)


def _over_attempts(rule: CapRule | GapRule | StreakRule) -> Check:
    match rule:
        case CapRule():
            return _cap(rule)
        case GapRule():
            return _gap(rule)
        case StreakRule():
            code = rule.deny.code or Code.UNANSWERED_STREAK
            return Streak(rule.limit, rule.within, _scope(rule), code, rule.sandbox_limit)


def _window(pack: Pack, rule: WindowRule, proclaimed: Proclamations) -> Window:
    timetable, _ = read_timetable(rule.open, rule.guard)  # A pack with faults in it was never loaded.
    holidays = None if rule.holidays is None else tuple(rule.holidays)
    agenda = Agenda(timetable, proclaimed)
    return Window(agenda, rule.zone, holidays, pack.countries, _set(rule.when.region))


def _cap(rule: CapRule) -> Cap:
    return Cap(
        limit=rule.limit,
        span=_span(rule.per),
        per=rule.per,
        counts=rule.counts,
        scope=_scope(rule),
        reset_by_call=rule.reset is not None,
        code=rule.deny.code or Code.CAP_REACHED,
        sandbox_limit=rule.sandbox_limit,
    )


def _span(per: str) -> Span:
    match per:
        case "day" | "week":
            return per
        case _:
            days = days_of(per)
            return LocalDays(days) if days else parse_duration(per)


def _gap(rule: GapRule) -> Gap:
    after = None if isinstance(rule.after, str) else frozenset(rule.after)
    forever = rule.wait == "indefinite"
    wait = INDEFINITE if forever else _days_or_time(rule.wait)
    return Gap(wait, rule.wait, after, _scope(rule), forever, rule.deny.code or Code.COOL_OFF)


def _days_or_time(wait: str) -> LocalDays | timedelta:
    days = days_of(wait)
    return LocalDays(days) if days else parse_duration(wait)


def predicate_of(needs: WrittenCondition) -> Predicate:
    """The condition, ready to be asked."""
    return Predicate(_condition(needs), needs.model_dump(by_alias=True, exclude_none=True))


def _condition(written: WrittenCondition) -> Condition:
    if written.all is not None:
        return Every(tuple(map(_condition, written.all)))
    if written.any is not None:
        return Either(tuple(map(_condition, written.any)))
    if written.negated is not None:
        return Negated(_condition(written.negated))
    fact = written.fact or ""
    if written.equal is not None:
        return Compared(fact, partial(eq, written.equal), type(written.equal))
    if written.within is not None:
        return Compared(fact, frozenset(written.within).__contains__, type(written.within[0]))
    if written.at_least is not None:
        return Compared(fact, partial(le, written.at_least), int)
    return Compared(fact, partial(ge, written.at_most or 0), int)
