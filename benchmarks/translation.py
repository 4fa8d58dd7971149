"""
Packs translated once for engines that know nothing of calling: denials, and facts that are plain values.

A denial is one way in which one rule fails.  What only Venia works out by itself (local time, holidays, counts over
attempts, which consent covers the call) is worked out beforehand and handed over as a number or a word: the engines
compare, and that favours them.  Counted here are the attempts themselves, by other code than the rules' own, so
that equal answers are worth something.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from benchmarks import measures
from benchmarks.conditions import (
    Among,
    AtLeast,
    Below,
    Condition,
    Flat,
    Is,
    Value,
    among,
    either,
    every,
    holds,
    negated,
)
from policies.facts import Facts
from policies.instants import parse_duration
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
    SenderRule,
    StreakRule,
    SuppressionRule,
    When,
    WindowRule,
)
from policies.pack_rules import Condition as Needs
from policies.pack_values import LAYERS
from policies.reasons import REASONS, Code, Severity

Measure: TypeAlias = Callable[[Facts, datetime], Value]
Reason: TypeAlias = tuple[int, str]
Denied: TypeAlias = Iterator[tuple[tuple[Code, ...], Condition]]
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORST_FIRST = list(Severity)
_RULES = 10_000  # More than a set has.
_NOT_GRANTED = (
    Code.CONSENT_MISSING,
    Code.CONSENT_PENDING,
    Code.CONSENT_REFUSED,
    Code.CONSENT_WITHDRAWN,
    Code.CONSENT_SCOPE,
    Code.CONSENT_CHANNEL,
    Code.CONSENT_TECHNOLOGY,
)


class Untranslatable(Exception):
    """The packs use something that the benchmark does not tell other engines."""


@dataclass(frozen=True, slots=True)
class Denial:
    """
    One way in which a rule fails, and the reason for it: its place in the order of reasons, and its code and rule.

    Where nobody agreed, the fact ``consent`` is the code, and ``reasons`` has one for each; elsewhere there is one.
    """

    when: Condition
    reasons: Mapping[str, Reason]

    def reason(self, flat: Flat) -> Reason:
        """The reason for which the call is denied, once the condition holds."""
        return self.reasons[""] if "" in self.reasons else self.reasons[str(flat["consent"])]


@dataclass(frozen=True, slots=True)
class Translation:
    """Every denial, and how each fact that they name is measured."""

    denials: tuple[Denial, ...]
    measures: Mapping[str, Measure]

    def flat(self, facts: Facts, now: datetime) -> dict[str, Value]:
        """The facts as plain values."""
        return {name: measure(facts, now) for name, measure in self.measures.items()}

    def told(self, applying: Iterable[int], flat: Flat) -> list[str]:
        """The answer: the reasons of the denials that apply, given by their numbers, in the order of reports."""
        return [reason for _, reason in sorted(self.denials[number].reason(flat) for number in applying)]

    def answer(self, flat: Flat) -> list[str]:
        """What must be answered."""
        return self.told((number for number, each in enumerate(self.denials) if holds(each.when, flat)), flat)


def translated(packs: Sequence[Pack]) -> Translation:
    """The packs, enforced together; `Untranslatable` where they use what no benchmark needs."""
    ordered = [(pack, rule) for pack in sorted(packs, key=lambda each: LAYERS.index(each.layer)) for rule in pack.rules]
    work = _Translator([(pack, rule) for pack, rule in ordered if isinstance(rule, ConsentRule)])
    denials = []
    for place, (pack, rule) in enumerate(ordered):
        asked = tuple(work.asked(pack, rule))
        for codes, fails in work.denied(pack, rule):
            reasons = {code.value if len(codes) > 1 else "": _reason(code, place, pack, rule) for code in codes}
            denials.append(Denial(every(*asked, fails), reasons))
    return Translation(tuple(denials), work.measures)


def _reason(code: Code, place: int, pack: Pack, rule: RuleModel) -> Reason:
    severity = rule.deny.severity or REASONS[code].severity
    return _WORST_FIRST.index(severity) * _RULES + place, f"{code} {pack.name}/{rule.id}"


@dataclass(slots=True)
class _Translator:
    """Collects, rule by rule, the facts that are asked for; knows every rule on consent."""

    consents: Sequence[tuple[Pack, ConsentRule]]
    measures: dict[str, Measure] = field(default_factory=dict)

    def fact(self, name: str, measure: Measure) -> str:
        """The name of a fact, from now on measured so."""
        self.measures[name] = measure
        return name

    def asked(self, pack: Pack, rule: RuleModel) -> Iterator[Condition]:
        """The questions that a rule is about, and when it is in force."""
        if pack.countries:
            yield among(self.fact("country", measures.country), tuple(sorted(pack.countries)))
        yield from self._selected(rule.when)
        if rule.effective.start is not None:
            yield AtLeast(self.fact("now", measures.now), int(rule.effective.start.timestamp()))
        if rule.effective.until is not None:
            yield Below(self.fact("now", measures.now), int(rule.effective.until.timestamp()))

    def _selected(self, when: When) -> Iterator[Condition]:
        if when.region is not None:
            raise Untranslatable("Rules about parts of a country are left out.")
        for name in ("action", "category", "channel", "technology"):
            words = getattr(when, name)
            if words is not None:
                yield among(self.fact(name, measures.word(name)), tuple(words))

    def denied(self, pack: Pack, rule: RuleModel) -> Denied:
        """The ways in which the rule fails: with which code, or with one of which, and when."""
        match rule:
            case ConsentRule():
                return self._consent(rule)
            case PermissionRule():
                return self._permission()
            case PlatformLimitRule():
                codes = (Code.PLATFORM_LIMIT, Code.PERMISSION_REQUEST_LIMIT)
                return iter([(codes, Is(self.fact("limited", measures.limited), value=True))])
            case SuppressionRule():
                return iter([((Code.SUPPRESSED,), Is(self.fact("suppressed", measures.suppressed), value=True))])
            case RegisterRule():
                return self._register(pack, rule)
            case SenderRule():
                return self._sender(rule)
            case WindowRule():
                return self._window(rule)
            case PredicateRule():
                return iter([((Code.PREDICATE_FAILED,), negated(self._needs(rule.needs)))])
            case _:
                return self._over_attempts(rule)

    def _granted(self) -> Condition:
        return Is(self.fact("consent", measures.consent), "granted")

    def _ended(self) -> Condition:
        return Below(self.fact("consent_left", measures.consent_left), 1)

    def _aged(self, ages: Mapping[str, timedelta]) -> Iterator[Condition]:
        """Older than a consent on its basis may be."""
        for basis, age in ages.items():
            yield every(self._based_on(basis), AtLeast(self.fact("consent_age", measures.consent_age), _seconds(age)))

    def _based_on(self, *bases: str) -> Condition:
        return among(self.fact("consent_basis", measures.consent_basis), bases)

    def _consent(self, rule: ConsentRule) -> Denied:
        if rule.revoked_by == "any":
            raise Untranslatable("Consents that any withdrawal ends are left out.")
        consent = self.fact("consent", measures.consent)
        yield _NOT_GRANTED, Is(consent, "granted", equal=False)
        ended = either(self._ended(), *self._aged(rule.max_age))
        yield (Code.CONSENT_EXPIRED,), every(self._granted(), ended)
        if rule.bases is not None:
            others = negated(self._based_on(*rule.bases))
            yield (Code.CONSENT_BASIS,), every(self._granted(), negated(ended), others)

    def _permission(self) -> Denied:
        state = self.fact("permission", measures.permission)
        over = Below(self.fact("permission_left", measures.permission_left), 1)
        yield (Code.PERMISSION_MISSING,), Among(state, ("none", "declined"))
        yield (Code.PERMISSION_REVOKED,), Is(state, "revoked")
        yield (Code.PERMISSION_EXPIRED,), every(Among(state, ("temporary", "permanent")), over)

    def _register(self, pack: Pack, rule: RegisterRule) -> Denied:
        name, must = rule.register_name, rule.expect == "listed"
        listed = self.fact(f"listed_{_word(name)}", measures.listed(name))
        needed: tuple[Condition, ...] = ()
        if rule.waived_by:
            over = either(self._ended(), *self._aged_for(pack, rule))
            needed = (negated(every(self._granted(), self._based_on(*rule.waived_by), negated(over))),)
        yield (Code.REGISTER_ABSENT if must else Code.REGISTER_LISTED,), every(*needed, Is(listed, not must))
        if rule.max_age is not None:
            age = self.fact(f"age_{_word(name)}", measures.register_age(name))
            yield (Code.REGISTER_STALE,), every(*needed, Is(listed, must), AtLeast(age, _seconds(rule.max_age)))

    def _aged_for(self, pack: Pack, rule: RegisterRule) -> Iterator[Condition]:
        """Held too old by any rule on consent that is asked about the same call, whichever pack it stands in."""
        asked = tuple(self.asked(pack, rule))
        always: dict[str, timedelta] = {}
        for other, consent in self.consents:
            if not _may_meet(pack, rule.when, other, consent.when):
                continue
            more = [part for part in self.asked(other, consent) if part not in asked]
            if more:
                yield from (every(*more, aged) for aged in self._aged(consent.max_age))
            else:
                always |= {basis: min(age, always.get(basis, age)) for basis, age in consent.max_age.items()}
        yield from self._aged(always)

    def _sender(self, rule: SenderRule) -> Denied:
        barred: tuple[Condition, ...] = ()
        if rule.deny_countries:
            barred = (among(self.fact("sender_country", measures.sender_country), tuple(rule.deny_countries)),)
            yield (Code.SENDER_COUNTRY,), barred[0]
        if rule.deny_restricted:
            left = self.fact("sender_restricted", measures.sender_restricted)
            yield (Code.SENDER_RESTRICTED,), every(*map(negated, barred), AtLeast(left, 1))

    def _window(self, rule: WindowRule) -> Denied:
        if rule.zone not in ("contact", "business") or rule.holidays or rule.open.get("hol", []) or "eve" in rule.open:
            raise Untranslatable("Windows of a fixed zone, of special days or of other regions' holidays are left out.")
        day, second = measures.clock(rule.zone)
        today, now = self.fact(f"{rule.zone}_day", day), self.fact(f"{rule.zone}_second", second)
        week = {day: rule.open[key] for key in rule.open if key != "hol" for day in _range(key)}
        closed = tuple(day for day in _DAYS if not week[day])
        working: tuple[Condition, ...] = ()
        if "hol" in rule.open:
            holiday = self.fact("holiday", measures.holiday)
            working = (Is(holiday, value=False),)
            yield (
                (Code.HOLIDAY,),
                every(Is(holiday, value=True), *([Among(today, closed, inside=False)] if closed else [])),
            )
        if closed:
            yield (Code.DAY_CLOSED,), among(today, closed)
        hours = {tuple(spans): tuple(day for day in _DAYS if week[day] == spans) for spans in week.values() if spans}
        outside = [
            every(among(today, days), _outside(now, spans, _seconds(rule.guard))) for spans, days in hours.items()
        ]
        yield (Code.QUIET_HOURS,), every(*working, either(*outside))

    def _needs(self, needs: Needs) -> Condition:
        if needs.all is not None:
            return every(*map(self._needs, needs.all))
        if needs.any is not None:
            return either(*map(self._needs, needs.any))
        if needs.negated is not None:
            return negated(self._needs(needs.negated))
        name = needs.fact or ""
        fact = self.fact(f"stated_{name}", measures.stated(name))
        if needs.equal is not None:
            return Is(fact, needs.equal)
        if needs.within is not None:
            return among(fact, tuple(map(str, needs.within)))
        return AtLeast(fact, needs.at_least) if needs.at_least is not None else Below(fact, (needs.at_most or 0) + 1)

    def _over_attempts(self, rule: CapRule | GapRule | StreakRule) -> Denied:
        scope = measures.Scope(
            rule.scope == "contact+sender",
            None if rule.categories is None else tuple(rule.categories),
            None if rule.channels is None else tuple(rule.channels),
        )
        if rule.channels == "other" or rule.purpose != "any":
            raise Untranslatable("Counts over other channels or one purpose are left out.")
        match rule:
            case CapRule():
                name = f"{rule.counts}_in_{_word(rule.per)}{scope.word}{'_since_reset' if rule.reset else ''}"
                count = measures.count(scope, rule.counts, rule.per, reset=rule.reset is not None)
                yield (rule.deny.code or Code.CAP_REACHED,), AtLeast(self.fact(name, count), rule.limit)
            case GapRule():
                after = None if isinstance(rule.after, str) else tuple(rule.after)
                name = f"since_{'_or_'.join(after or ('attempt',))}{scope.word}"
                wait = int(parse_duration(rule.wait).total_seconds())
                yield (rule.deny.code or Code.COOL_OFF,), Below(self.fact(name, measures.since(scope, after)), wait)
            case StreakRule():
                name = f"missed_in_{_seconds(rule.within)}{scope.word}"
                missed = measures.missed(scope, rule.within)
                yield (rule.deny.code or Code.UNANSWERED_STREAK,), AtLeast(self.fact(name, missed), rule.limit)


def _may_meet(pack: Pack, one: When, other_pack: Pack, other: When) -> bool:
    """Is there a call that both may be about?"""
    pairs = [(getattr(one, name), getattr(other, name)) for name in ("action", "category", "channel", "technology")]
    pairs.append((pack.countries, other_pack.countries))
    return not any(a and b and set(a).isdisjoint(b) for a, b in pairs)


def _outside(now: str, spans: tuple[str, ...], guard: int) -> Condition:
    """Before the first span, between two, or after the last; a span ends a guard band early."""
    bounds = [tuple(map(_second, span.split("-"))) for span in spans]
    if any(start >= end or end == 86_400 for start, end in bounds):
        raise Untranslatable("Windows that reach midnight are left out.")
    starts, ends = [start for start, _ in bounds], [end - guard for _, end in bounds]
    between = [every(AtLeast(now, end), Below(now, start)) for end, start in zip(ends, starts[1:], strict=False)]
    return either(Below(now, starts[0]), *between, AtLeast(now, ends[-1]))


def _range(key: str) -> tuple[str, ...]:
    first, _, last = key.partition("-")
    return _DAYS[_DAYS.index(first) : _DAYS.index(last or first) + 1]


def _second(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 3600 + int(minute) * 60


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _word(name: str) -> str:
    return name.replace("-", "_").replace(" ", "_").lower()
