"""
What stating a person's place would gain is what counting the minutes of a week says.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consent.places import parts_of, zones_of
from policies.catalogue import builtin
from policies.evaluator import evaluate
from policies.gains import hours_to_gain
from policies.kinds.window import Window
from policies.ruleset import compile_rules
from tests.policies.questions import facts

RULES = compile_rules([builtin(name) for name in ("core", "us", "es", "br", "au", "acme")])
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SUNDAY_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def minutes_open(question):
    """Counted one by one, over the week that begins now; holidays are left out by asking the timetable alone."""
    windows = [rule.test for rule in RULES.select(question).at(MONDAY).rules if isinstance(rule.test, Window)]
    clocks = [(w, zone, MONDAY.astimezone(zone).utcoffset()) for w in windows for zone in w.zones_of(question)]

    def open_at(window, offset, at):
        local = at + offset
        second = local.hour * 3600 + local.minute * 60
        return any(a <= second < b for a, b in window.agenda.timetable.week[local.weekday()])

    return sum(
        all(open_at(w, offset, at) and open_at(w, offset, at + w.agenda.timetable.guard) for w, _, offset in clocks)
        for at in (MONDAY + n * MINUTE for n in range(7 * 1440))
    )


@pytest.mark.parametrize(
    ("regions", "names"),
    [
        (("ES",), zones_of("ES")),
        (("US-TX",), zones_of("US-TX")),
        (("US-TX", "US-CA"), ("America/Chicago", "America/Los_Angeles")),
        (("AU",), zones_of("AU")),
        (("BR",), zones_of("BR")),
        (("ES", "US-WA"), ("Europe/Madrid", "America/Los_Angeles")),
    ],
)
def test_the_gain_is_what_counting_minutes_says(regions, names):
    """
    The best single place less what all of them leave, in whole hours rounded down.
    """
    question = facts(regions=regions, zones=names, category="marketing", channel="voice", business_zone="Europe/Madrid")
    singles = [
        replace(question, regions=(part,), zones=(name,))
        for region in regions
        for part in (region, *(parts_of(region) if region in {"US", "BR"} else ()))
        for name in ([each for each in names if each in zones_of(part)] or names)
    ]
    best = max(map(minutes_open, singles))

    assert hours_to_gain(RULES, question, MONDAY) == max(0, best - minutes_open(question)) // 60


@given(st.sampled_from(["ES", "US-TX", "AU-NSW"]), st.sampled_from(["service", "marketing", "transactional"]))
@settings(max_examples=20, deadline=None)
def test_where_somebody_is_known_to_be_nothing_is_gained(region, category):
    """
    One region and one zone: the remedy would be a lie.
    """
    question = facts(regions=(region,), zones=zones_of(region)[:1], category=category)

    assert hours_to_gain(RULES, question, MONDAY) == 0


def remedies(**changed):
    """What the reasons of a denied call say to do."""
    decision = evaluate(RULES, facts(channel="voice", **changed), SUNDAY_NOON)
    return {reason.code.value: reason.remedy for reason in decision.reasons}


def test_a_closed_hour_says_what_stating_the_region_would_gain():
    """
    An American of whom only the country is known is held to every state at once.
    """
    told = remedies(regions=("US",), zones=zones_of("US"), category="marketing")

    assert told["DAY_CLOSED"].startswith("State the person's region (POST /v1/contacts/location) to gain up to ")
    assert told["DAY_CLOSED"].endswith(" hours a week.")


def test_a_closed_hour_where_the_person_is_known_to_be_says_nothing():
    """
    Waiting is all there is to do.
    """
    assert remedies(regions=("US-TX",), zones=("America/Chicago",), category="marketing")["QUIET_HOURS"] is None


def test_nowhere_says_what_to_state():
    """
    A toll-free number has neither law nor hour; the remedy names the route that gives it both.
    """
    told = remedies(regions=(), zones=())

    assert {"JURISDICTION_UNKNOWN", "LOCAL_TIME_UNKNOWN"} <= set(told)
    assert "POST /v1/contacts/location" in told["JURISDICTION_UNKNOWN"]
    assert "POST /v1/contacts/location" in told["LOCAL_TIME_UNKNOWN"]
