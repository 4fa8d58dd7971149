"""
What it would gain to know better where a person is: hours a week in which every window is open to them.

Pure, and asked on the way to a deny only.  Counted are the seven days of UTC that begin with the day of the question,
under the window rules in force at its instant, guard bands and holidays included; whatever is no window is left aside.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias

from consent.places import Place, country_of, located, parts_of, regions_of, zones_in, zones_of
from policies.agenda import Day, Interval
from policies.decision import Reason
from policies.facts import Facts
from policies.kinds.window import Window
from policies.localtime import zones
from policies.reasons import Code
from policies.rules import Rule
from policies.ruleset import RuleSet

_CLOSED = frozenset({Code.QUIET_HOURS, Code.DAY_CLOSED, Code.HOLIDAY})
_ABOUT_PLACES = _CLOSED | {Code.LOCAL_TIME_UNKNOWN, Code.JURISDICTION_UNKNOWN}
_WHERE = "POST /v1/contacts/location"
_STATE = f"State the person's region or time zone ({_WHERE}): nobody is called of whom it is not known where they are."
_DAYS = 7
_ONE_DAY, _ONE_HOUR, _NO_TIME = timedelta(days=1), timedelta(hours=1), timedelta(0)
_REMEMBERED = 4096

Windows: TypeAlias = Sequence[tuple[Rule, Window]]
# What was worked out before, for the day; a pure function of its key, so it is no state.
_known: dict[tuple[object, ...], str | None] = {}


def with_gains(rules: RuleSet, facts: Facts, now: datetime, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons, with a remedy where stating the person's place would help and nothing else was to be done."""
    return tuple(
        _explained(rules, facts, now, reason) if reason.code in _ABOUT_PLACES else reason for reason in reasons
    )


def _explained(rules: RuleSet, facts: Facts, now: datetime, reason: Reason) -> Reason:
    if reason.code in _CLOSED and reason.remedy is None:
        return reason._replace(remedy=remedy(rules, facts, now))
    is_lost = (reason.code is Code.LOCAL_TIME_UNKNOWN and not facts.zones) or (
        reason.code is Code.JURISDICTION_UNKNOWN and not facts.regions
    )
    return reason._replace(remedy=_STATE) if is_lost else reason


def remedy(rules: RuleSet, facts: Facts, now: datetime) -> str | None:
    """
    What to state of the person, and how many whole hours a week that gains at most; None where it gains none.

    The number is that of the best place which a statement could put the person in, and of no better one.
    """
    named, regions = facts.zones or (), facts.regions or ()
    if not named or not (len(named) > 1 or any(map(parts_of, regions))):
        return None
    question = (facts.action, facts.category, facts.channel, facts.technology, facts.business_zone)
    key = (rules.hash, question, regions, named, now.toordinal(), rules.select(facts).changes_after(now))
    if key not in _known:
        if len(_known) >= _REMEMBERED:
            _known.clear()
        _known[key] = _sentence(rules, facts, now)
    return _known[key]


def _sentence(rules: RuleSet, facts: Facts, now: datetime) -> str | None:
    windows = _windows(rules, facts, now)
    known = open_time(windows, facts, now)
    for what, better in (("region", _distinct(windows, facts, now)), ("time zone", with_zone(facts))):
        most = max((open_time(windows, each, now) for each in better), default=known)
        if (hours := (most - known) // _ONE_HOUR) >= 1:
            return f"State the person's {what} ({_WHERE}) to gain up to {hours} hour{'s' * (hours > 1)} a week."
    return None


def _distinct(windows: Windows, facts: Facts, now: datetime) -> Iterable[Facts]:
    """Of the parts in which the same windows, zones and holidays matter, one: there are fifty, and few that differ."""
    found: dict[object, Facts] = {}
    calendars = [window.agenda for _, window in windows if window.agenda.timetable.needs_holidays]
    days = [now.date() + day * _ONE_DAY for day in range(-2, _DAYS + 3)] if calendars else []
    for part, each in with_region(facts):
        asked = tuple(place for place, (rule, _) in enumerate(windows) if rule.when.covers(each))
        closed = tuple(day for day in days if day in calendars[0].calendar((part,)))
        found.setdefault((asked, each.zones, closed), each)
    return found.values()


def with_region(facts: Facts) -> Iterator[tuple[str, Facts]]:
    """Each part of each country of which the part is not known, and the facts as they would be once it was stated."""
    places = _places(facts)
    for part in (part for region in facts.regions or () for part in parts_of(region)):
        then = located(places, part)
        yield part, replace(facts, regions=regions_of(then), zones=zones_in(then))


def with_zone(facts: Facts) -> Iterator[Facts]:
    """The facts as they would be with each of the zones stated."""
    return (replace(facts, zones=(zone,)) for zone in facts.zones or ())


def _places(facts: Facts) -> tuple[Place, ...]:
    """
    Which zones go with which region.

    With one region, all.  Facts do not say it of several, so that a zone which none of them has may go with any.
    """
    regions, named = facts.regions or (), facts.zones or ()
    if len(regions) == 1:
        return (Place(regions[0], named),)
    of = {region: [zone for zone in named if zone in zones_of(region)] for region in regions}
    loose = [zone for zone in named if not any(zone in each for each in of.values())]
    return tuple(Place(region, (*own, *loose)) for region, own in of.items())


def open_time(windows: Windows, facts: Facts, now: datetime) -> timedelta:
    """For how long, in the seven days of UTC that begin with the day of ``now``, every window allows a call."""
    first, asked = datetime.combine(now.date(), time(0), UTC), [each for each in windows if each[0].when.covers(facts)]
    facts = replace(facts, zones=_clocks(facts.zones or (), first))
    return sum((_open_on(asked, facts, first + day * _ONE_DAY) for day in range(_DAYS)), _NO_TIME)


@lru_cache(_REMEMBERED)
def _clocks(names: tuple[str, ...], first: datetime) -> tuple[str, ...]:
    """Of zones that keep the same time all week, one; none at all where one of them is unknown."""
    found: dict[object, str] = {}
    for where in zones(names):
        offsets = {(first + day * _ONE_DAY).astimezone(where).utcoffset() for day in range(-1, _DAYS + 2)}
        found.setdefault(frozenset(offsets) if len(offsets) == 1 else where.key, where.key)
    return tuple(found.values())


def _windows(rules: RuleSet, facts: Facts, now: datetime) -> Windows:
    """
    The windows in force for the question; a better known place leaves some of them out, and adds none.

    Not out of the set's memory, which so many places would fill.
    """
    countries = frozenset(map(country_of, facts.regions or ()))
    return tuple(
        (rule, rule.test)
        for rule in rules.rules
        if isinstance(rule.test, Window)
        and rule.in_force(now)
        and rule.when.covers(facts)
        and (rule.countries is None or rule.countries & countries)
    )


def _open_on(windows: Windows, facts: Facts, midnight: datetime) -> timedelta:
    allowed = [(midnight, midnight + _ONE_DAY)]
    for rule, window in windows:
        days = window.days(facts, midnight)
        if not days and not rule.lenient:
            return _NO_TIME
        for day in days:
            allowed = _in_both(allowed, day)
    return sum((end - start for start, end in allowed), _NO_TIME)


def _in_both(allowed: Iterable[Interval], day: Day) -> list[Interval]:
    common = ((max(a, c), min(b, d)) for a, b in allowed for c, d in day.intervals)
    return [(start, end) for start, end in common if start < end]
