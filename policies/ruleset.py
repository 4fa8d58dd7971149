"""
A rule set: packs enforced together, compiled once, named by their content, and asked many times.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from consent.places import country_of
from policies.access import Access, access_of
from policies.closed_days import Proclamations, prepare
from policies.decision import Json, Obligation, Outcome, Reason
from policies.documents import canonical
from policies.errors import RuleSetInvalid
from policies.facts import ACTIONS, CHANNELS, TECHNOLOGIES, Facts
from policies.jointly import jointly
from policies.kinds.register import Register
from policies.kinds.window import Window
from policies.loading import pack_from
from policies.localtime import zone
from policies.obligations import Owed, owed_by, together
from policies.pack import Pack
from policies.reasons import REASONS, Code
from policies.register_needs import RegisterNeed, register_need
from policies.rules import Rule, rules_of

_FORMAT = b"venia-rule-set/v1\n"
_REMEMBERED = 4096
_FIRST = datetime.min.replace(tzinfo=UTC)

Question: TypeAlias = tuple[str, str, str, str, tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Span:
    """The rules in force for one question from one date on, and what the set as a whole lacks for it."""

    rules: tuple[Rule, ...]
    lacks: tuple[Reason, ...]
    # Each rule with its check looked up once: a decision asks all of them.
    checks: tuple[tuple[Rule, Callable[[Facts, datetime], Outcome]], ...]
    obligations: tuple[Obligation, ...] = ()  # what an allow asks of whoever calls


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules about one question, by the dates at which they come and go."""

    starts: tuple[datetime, ...]
    spans: tuple[Span, ...]
    packs: tuple[str, ...]  # those that apply: of everybody, or of a country where the person may be

    def at(self, now: datetime) -> Span:
        """What is in force at this instant."""
        return self.spans[bisect_right(self.starts, now) - 1] if len(self.starts) > 1 else self.spans[0]

    def changes_after(self, now: datetime) -> datetime | None:
        """The next date at which other rules are in force; None when none is known."""
        place = bisect_right(self.starts, now)
        return self.starts[place] if place < len(self.starts) else None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """
    Packs enforced together.

    ``hash`` names the list of packs by content; ``content`` are bytes from which `rule_set_from` rebuilds the set;
    ``rules`` are those enforced; ``shadowed`` is the set with its rules of ``mode: shadow`` enforced as well, where it has any.
    ``lookback`` is how far back attempts must be gathered for every rule to be answered exactly, and
    ``remembers_refusals`` how far back those that ended with a refusal or an opt-out.
    """

    packs: tuple[str, ...]
    hash: str
    content: bytes
    lookback: timedelta
    remembers_refusals: timedelta
    rules: tuple[Rule, ...]
    countries: frozenset[str]
    countries_of: tuple[tuple[str, frozenset[str] | None], ...]  # by pack; None is everybody
    access: Access  # what is no call; no rule of calls sees it, and it sees none of them
    shadowed: "RuleSet | None" = None
    owed: tuple[Owed, ...] = ()
    registers: tuple[RegisterNeed, ...] = ()  # that any rule asks for, those in shadow included
    # Remembers which rules answer which question; a pure function of the question, so it is no state.
    _selections: dict[Question, Selection] = field(default_factory=dict, compare=False, repr=False)

    def select(self, facts: Facts) -> Selection:
        """The rules about the question that these facts are for."""
        question = (facts.action, facts.category, facts.channel, facts.technology, facts.regions)
        known = self._selections.get(question)
        if known is None:
            if len(self._selections) >= _REMEMBERED:
                self._selections.clear()
            known = self._selections[question] = _selected(self, facts)
        return known

    def prepare(self, now: datetime) -> None:
        """Build the holidays and zones needed around ``now``, so that the first question does not wait for them."""
        everything = self.shadowed or self
        windows = [rule.test for rule in everything.rules if isinstance(rule.test, Window)]
        for window in windows:
            if window.zone not in ("contact", "business"):
                zone(window.zone)
        wanted = {region for each in windows if each.agenda.timetable.needs_holidays for region in _calendars(each)}
        prepare(sorted(wanted), range(now.year - 1, now.year + 3))


def compile_rules(packs: Sequence[Pack]) -> RuleSet:
    """
    Compile packs, enforced together, in the order in which they are to be listed.

    An empty sequence compiles, and denies everything.  `RuleSetInvalid` when a pack is there twice.
    """
    ids = [pack.id for pack in packs]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise RuleSetInvalid(f"The pack {twice[0]} is there twice: choose one version of it.")
    proclaimed = _proclaimed(packs)
    rules = sorted((rule for pack in packs for rule in rules_of(pack, proclaimed)), key=lambda rule: rule.rank)
    hashes = [pack.hash for pack in packs]
    whole = RuleSet(
        packs=tuple(pack.name for pack in packs),
        hash="sha256:" + hashlib.sha256(canonical(hashes)).hexdigest(),
        content=_FORMAT + b"".join(pack.content + b"\n" for pack in packs),
        lookback=max((rule.test.lookback for rule in rules), default=timedelta(0)),
        remembers_refusals=max((rule.test.remembers_refusals for rule in rules), default=timedelta(0)),
        rules=tuple(rules),
        countries=frozenset(country for pack in packs for country in pack.vouches_for),
        countries_of=tuple(
            (pack.name, pack.countries if pack.layer == "jurisdiction" else None) for pack in packs if not pack.access
        ),
        access=access_of(packs),
        registers=tuple(register_need(rule, rule.test) for rule in rules if isinstance(rule.test, Register)),
        owed=tuple(sorted((each for pack in packs for each in owed_by(pack)), key=lambda each: each.rank)),
    )
    enforced = tuple(rule for rule in rules if not rule.shadow)
    return whole if len(enforced) == len(rules) else replace(whole, rules=enforced, shadowed=whole, _selections={})


def packs_of(content: bytes) -> tuple[Pack, ...]:
    """The packs of a rule set's ``content``; `PackInvalid` for a bad one."""
    return tuple(pack_from(line) for line in content.removeprefix(_FORMAT).splitlines())


def rule_set_from(content: bytes) -> RuleSet:
    """Rebuild a rule set from its ``content``; `RuleSetInvalid` for other bytes, `PackInvalid` for a bad pack."""
    if not content.startswith(_FORMAT):
        raise RuleSetInvalid("These bytes are no rule set of a version that is known here.")
    rebuilt = compile_rules(packs_of(content))
    if rebuilt.content != content:
        raise RuleSetInvalid("These bytes are not the canonical form of the rule set they hold.")
    return rebuilt


def _proclaimed(packs: Sequence[Pack]) -> Proclamations:
    days: dict[str, set[date]] = {}
    for region, day in (each for pack in packs for each in pack.proclaimed):
        days.setdefault(region, set()).add(day)
    return tuple((region, frozenset(known)) for region, known in sorted(days.items()))


def _calendars(window: Window) -> tuple[str, ...]:
    """The countries and parts whose holidays a window may ask about."""
    return window.holidays or tuple(window.countries)


def _selected(rules: RuleSet, facts: Facts) -> Selection:
    countries = frozenset(map(country_of, facts.regions or ()))
    about = [
        rule
        for rule in rules.rules
        if rule.when.covers(facts) and (rule.countries is None or rule.countries & countries)
    ]
    owed = [each for each in rules.owed if each.covers(facts, countries)]
    bounds = [(rule.start, rule.until) for rule in about] + [(each.start, each.until) for each in owed]
    dates = {date for both in bounds for date in both if date is not None}
    starts = (_FIRST, *sorted(dates))
    always = _unknown_words(facts) + _unprotected(rules, countries)
    packs = tuple(name for name, of in rules.countries_of if of is None or of & countries)
    return Selection(starts, tuple(_span(about, owed, start, always, facts) for start in starts), packs)


def _span(
    about: Sequence[Rule], owed: Sequence[Owed], start: datetime, always: tuple[Reason, ...], facts: Facts
) -> Span:
    rules = jointly([rule for rule in about if rule.in_force(start)])
    given = together(each for each in owed if each.in_force(start))
    return Span(rules, always + _lacks(rules, facts), tuple((rule, rule.test.check) for rule in rules), given)


def _unknown_words(facts: Facts) -> tuple[Reason, ...]:
    """No rule is about an action, channel or technology that none of them knows, so nothing would hold it back."""
    asked = (
        ("action", facts.action, ACTIONS),
        ("channel", facts.channel, CHANNELS),
        ("technology", facts.technology, TECHNOLOGIES),
    )
    unknown = [name for name, word, known in asked if word not in known]
    return tuple(_set_reason(Code.FACT_MISSING, "platform", {"fact": name}, None) for name in unknown)


def _unprotected(rules: RuleSet, countries: frozenset[str]) -> tuple[Reason, ...]:
    """A person whose law is unknown, or not among the packs, is not called: silence is no permission."""
    if not countries:
        return (_set_reason(Code.JURISDICTION_UNKNOWN, "jurisdiction", {"fact": "regions"}, None),)
    if uncovered := sorted(countries - rules.countries):
        listed = ", ".join(uncovered)
        remedy = f"No rule pack covers {listed}: activate one before calling there."
        return (_set_reason(Code.JURISDICTION_UNKNOWN, "jurisdiction", {"countries": uncovered}, remedy),)
    return ()


def _lacks(rules: Sequence[Rule], facts: Facts) -> tuple[Reason, ...]:
    """An empty set has nothing against any call; that must not be taken for approval."""
    strict = [rule for rule in rules if not rule.lenient]
    lacks = []
    if not any(rule.kind == "consent" for rule in strict):
        remedy = "Activate a rule pack that asks for consent to this kind of call."
        lacks.append(_set_reason(Code.FACT_MISSING, "platform", {"fact": "rules.consent"}, remedy))
    needed = {"suppression": "refusals"}
    if (facts.action, facts.channel) == ("call.place", "whatsapp_call"):
        needed["permission"] = "the platform's permission"
    for kind, what in needed.items():
        if not any(rule.kind == kind for rule in strict):
            remedy = f"Activate a rule pack that asks about {what}."
            lacks.append(_set_reason(Code.FACT_MISSING, "platform", {"fact": f"rules.{kind}"}, remedy))
    if not any(rule.layer in ("platform", "jurisdiction") for rule in strict):
        remedy = "Activate the packs of the platform and of the person's country."
        lacks.append(_set_reason(Code.FACT_MISSING, "platform", {"fact": "rules.platform"}, remedy))
    return tuple(lacks)


def _set_reason(code: Code, layer: str, params: dict[str, Json], remedy: str | None) -> Reason:
    meaning = REASONS[code]
    return Reason(code, meaning.severity, layer, None, "coverage", "default", None, params, remedy or meaning.remedy)
