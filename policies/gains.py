"""
What it would gain to know where a person is: hours of the week in which they could be called besides.

Whoever may be in several places is called only when all of them allow it.  Counted are the window rules that are asked
about the call, over an ordinary week with the clocks as they are now; holidays, and everything that is no window, apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from consent.places import country_of, parts_of, zones_of
from policies.decision import Reason
from policies.facts import Facts
from policies.kinds.window import Window
from policies.localtime import zones
from policies.openings import Span, in_both
from policies.reasons import Code
from policies.ruleset import RuleSet

_WEEK = 7 * 86_400
_WHOLE_WEEK: tuple[Span, ...] = ((0, _WEEK),)
_HOUR = 3600
_REMEMBERED = 4096
_UNKNOWN = frozenset({Code.LOCAL_TIME_UNKNOWN, Code.JURISDICTION_UNKNOWN})
_CLOSED = frozenset({Code.QUIET_HOURS, Code.DAY_CLOSED, Code.HOLIDAY})
_WHERE = "POST /v1/contacts/location"
_STATE = f"State the person's region or time zone ({_WHERE}): nobody is called of whom it is not known where they are."

_Key: TypeAlias = tuple[object, ...]
# What was counted before; a pure function of its key, so it is no state.
_known: dict[_Key, int] = {}


def with_gains(rules: RuleSet, facts: Facts, now: datetime, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons, with a remedy where stating the person's place would help."""
    codes = {reason.code for reason in reasons}
    if codes & _UNKNOWN and not (facts.regions and facts.zones):
        reasons = [_stated(reason) for reason in reasons]
    if codes & _CLOSED and _is_vague(facts):
        gain = hours_to_gain(rules, facts, now)
        if gain:
            remedy = f"State the person's region ({_WHERE}) to gain up to {gain} hour{'' if gain == 1 else 's'} a week."
            reasons = [_with(reason, remedy) for reason in reasons]
    return tuple(reasons)


def _stated(reason: Reason) -> Reason:
    return replace(reason, remedy=_STATE) if reason.code in _UNKNOWN else reason


def _with(reason: Reason, remedy: str) -> Reason:
    return replace(reason, remedy=remedy) if reason.code in _CLOSED and reason.remedy is None else reason


def _is_vague(facts: Facts) -> bool:
    regions = facts.regions or ()
    return len(facts.zones or ()) > 1 or len(regions) > 1 or any("-" not in region for region in regions)


def hours_to_gain(rules: RuleSet, facts: Facts, now: datetime) -> int:
    """
    Whole hours a week by which the best of the places where the person may be exceeds what all of them leave.

    Asks pure functions only; 0 where nothing is known, or nothing would be gained.
    """
    offsets = tuple(now.astimezone(zone).utcoffset() for zone in zones(facts.zones))
    question = (facts.action, facts.category, facts.channel, facts.technology, facts.regions, facts.zones)
    in_force = len(rules.select(facts).at(now).rules)
    key = (rules.hash, *question, facts.business_zone, offsets, in_force)
    if key not in _known:
        if len(_known) >= _REMEMBERED:
            _known.clear()
        now_open = _open_seconds(rules, facts, now)
        best = max((_open_seconds(rules, each, now) for each in _places(rules, facts)), default=now_open)
        _known[key] = max(0, best - now_open) // _HOUR
    return _known[key]


def _places(rules: RuleSet, facts: Facts) -> Iterable[Facts]:
    """The same question about somebody who is known to be in one of the places."""
    for region in facts.regions or ():
        for part in (region, *_parts_that_matter(rules, region)):
            of_part = [name for name in facts.zones or () if name in zones_of(part)] or list(facts.zones or ())
            for name in of_part:
                yield replace(facts, regions=(part,), zones=(name,))


def _parts_that_matter(rules: RuleSet, region: str) -> Sequence[str]:
    """The parts of a country of which only the country is known, where some rule is about a part of it."""
    if "-" in region:
        return ()
    about_parts = (rule.when.region for rule in rules.rules if rule.when.region is not None)
    named = any(country_of(part) == region for parts in about_parts for part in parts)
    return parts_of(region) if named else ()


def _open_seconds(rules: RuleSet, facts: Facts, now: datetime) -> int:
    """Seconds of an ordinary week in which every window that is asked is open in every zone."""
    spans = _WHOLE_WEEK
    for rule in rules.select(facts).at(now).rules:
        if isinstance(rule.test, Window):
            for zone in rule.test.zones_of(facts):
                spans = in_both(spans, _week_in_utc(rule.test, now.astimezone(zone).utcoffset() or timedelta(0)))
    return sum(end - start for start, end in spans)


def _week_in_utc(window: Window, offset: timedelta) -> tuple[Span, ...]:
    """A window's week, moved from local time to UTC and wrapped around; what a guard band takes stays out of it."""
    guard, shift = int(window.agenda.timetable.guard.total_seconds()), int(offset.total_seconds())
    moved: list[Span] = []
    for start, end in _merged_week(window):
        first, last = start - shift, end - guard - shift
        moved += [(max(first + turn, 0), min(last + turn, _WEEK)) for turn in (-_WEEK, 0, _WEEK)]
    return tuple(sorted(span for span in moved if span[0] < span[1]))


def _merged_week(window: Window) -> list[Span]:
    """The week's spans in seconds from Monday's midnight, nights made whole again so that one guard band ends each."""
    whole: list[Span] = []
    for day, spans in enumerate(window.agenda.timetable.week):
        for start, end in spans:
            first, last = day * 86_400 + start, day * 86_400 + end
            if whole and whole[-1][1] == first:
                whole[-1] = (whole[-1][0], last)
            else:
                whole.append((first, last))
    if len(whole) > 1 and whole[0][0] == 0 and whole[-1][1] == _WEEK:
        night = whole.pop()
        whole[0] = (night[0] - _WEEK, whole[0][1])
    return whole
