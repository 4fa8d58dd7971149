"""
What stating a person's place would gain is what counting the minutes of a week says.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consent.numbers import read_phone
from consent.places import Place, country_of, located, parts_of, regions_of, zones_in, zones_of
from policies.catalogue import builtin
from policies.closed_days import Calendar
from policies.evaluator import evaluate
from policies.facts import ConsentFact, Facts
from policies.gains import remedy
from policies.kinds.window import Window
from policies.loading import parse_pack
from policies.localtime import zone
from policies.openings import Timetable
from policies.ruleset import RuleSet, compile_rules
from tests.policies.questions import facts, weeks

SUNDAY_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
AUCKLANDS_DAY = datetime(2027, 2, 1, tzinfo=UTC)
HOUR, MINUTE, WEEK = 60, timedelta(minutes=1), 7 * 1440
COUNTRIES = ("CD", "NZ", "PT")
LAWS = compile_rules([builtin(name) for name in ("core", "us", "ca", "es", "au", "acme")])


def law(opens: dict[str, list[str]], **further: object) -> RuleSet:
    """
    Hours for three countries that lie across several zones, and one rule more.
    """
    source = [{"cite": "made up", "as_of": "2026-11-22", "confidence": "low"}]
    plain = {"kind": "window", "basis": "default", "source": source}
    rules = [{"id": "hours", "open": opens, **plain}, *([{"id": "more", **plain, **further}] if further else [])]
    head = {"pack": "made-up", "version": 1, "layer": "jurisdiction", "applies_when": {"country": [*COUNTRIES]}}
    return compile_rules([parse_pack(json.dumps({**head, "rules": rules}), "made-up")])


# --- By brute force: every minute, zone, rule and part.


@dataclass(slots=True)
class Count:
    """
    The minutes of the seven days of UTC that begin with a day, a bit for each that is open.
    """

    rules: RuleSet
    now: datetime
    seen: dict[tuple[int, str, tuple[str, ...]], int] = field(default_factory=dict)

    def open_minutes(self, question: Facts) -> int:
        """
        How many of them every window leaves open.
        """
        left = (1 << WEEK) - 1
        for each in self.rules.select(question).at(self.now).rules:
            if isinstance(each.test, Window):
                regions = _whose_holidays(each.test, question)
                names = question.zones or () if each.test.zone == "contact" else (question.business_zone or "",)
                for name in names:
                    left &= self._minutes(each.test.agenda.timetable, name, regions)
        return left.bit_count()

    def _minutes(self, timetable: Timetable, name: str, regions: tuple[str, ...]) -> int:
        key = (id(timetable), name, regions if timetable.needs_holidays else ())
        if key not in self.seen:
            first = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
            where, closed = zone(name), Calendar(key[2])
            days = [first.date() + day * timedelta(days=1) for day in range(-1, 9)]
            spans = {day: timetable.spans(day, closed) for day in days}
            minutes = (first + minute * MINUTE for minute in range(WEEK))
            opened = [_is_open(at, spans, where) and _is_open(at + timetable.guard, spans, where) for at in minutes]
            self.seen[key] = sum(1 << place for place, is_open in enumerate(opened) if is_open)
        return self.seen[key]

    def gain(self, question: Facts) -> int:
        """
        Whole hours by which the best statement of a region exceeds what is open without one.
        """
        places = (Place((question.regions or ("",))[0], question.zones or ()),)
        stated = [located(places, part) for part in parts_of((question.regions or ("",))[0])]
        then = [replace(question, regions=regions_of(each), zones=zones_in(each)) for each in stated]
        return (max(map(self.open_minutes, then), default=0) - self.open_minutes(question)) // HOUR


def _whose_holidays(window: Window, question: Facts) -> tuple[str, ...]:
    """
    The regions that the window's law covers; of a rule about parts, the parts that the person may be in.
    """
    covered = [region for region in question.regions or () if country_of(region) in window.countries]
    if window.parts is None:
        return tuple(covered)
    return tuple(sorted(part for part in window.parts for region in covered if region in (part, country_of(part))))


def _is_open(at: datetime, spans: dict[date, tuple[tuple[int, int], ...]], where) -> bool:
    local = at.astimezone(where)
    second = local.hour * 3600 + local.minute * 60 + local.second
    return any(start <= second < end for start, end in spans[local.date()])


def told(question: Facts, rules: RuleSet, now: datetime) -> int:
    """
    The hours that the remedy promises for stating the region.
    """
    words = (remedy(rules, question, now) or "").split()
    return int(words[words.index("to") + 4]) if "region" in words else 0


moments = st.integers(0, 2 * 365 * 24).map(lambda hour: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour))
parts = st.sampled_from([None, ["PT-20", "NZ-CIT", "CD-KN"], ["PT-11", "NZ-AUK", "CD-NK"]])


@given(weeks, weeks, parts, st.sampled_from(COUNTRIES), moments)
@example({"mon-sun": ["09:00-21:00"]}, {"mon-sun": ["00:00-24:00"]}, None, "PT", datetime(2026, 3, 27, 22, tzinfo=UTC))
@example({"mon-sun": ["09:00-21:00"], "hol": []}, {"mon-sun": ["09:00-20:00"]}, ["NZ-AUK"], "NZ", SUNDAY_NOON)
@example({"mon-sun": ["09:00-21:00"], "hol": []}, {"mon-sun": ["09:00-10:00"]}, ["NZ-CIT"], "NZ", AUCKLANDS_DAY)
@settings(max_examples=12, deadline=None)
def test_the_gain_is_what_counting_minutes_says(opens, more, of, country, now):
    """
    Exactly: over changes of clocks, holidays of parts, rules of parts, guard bands and nights.
    """
    if all(spans == ["00:00-24:00"] for spans in more.values()):
        more = {}
    further = {"open": more, "when": {"region": of}} if of and more else {}
    rules = law(opens, **further)
    question = facts(regions=(country,), zones=zones_of(country), category="marketing")

    assert told(question, rules, now) == max(0, Count(rules, now).gain(question))


@pytest.mark.parametrize("phone", ["+34600111222", "+61491570156", "+18675550123"])
@pytest.mark.parametrize("now", [SUNDAY_NOON, datetime(2026, 3, 6, 12, tzinfo=UTC)])  # Clocks change on 8 March.
def test_the_gain_under_real_laws(phone, now):
    """
    A Spanish and an Australian mobile, and a Canadian number of three territories: what the packs that are shipped say.
    """
    place = read_phone(phone)
    question = facts(regions=(place.region,), zones=place.zones, category="marketing", channel="voice")

    assert told(question, LAWS, now) == Count(LAWS, now).gain(question) >= 1


# --- What it says.


def remedies(**changed):
    """
    What the reasons of a denied call say to do.
    """
    decision = evaluate(LAWS, facts(channel="voice", **{"category": "marketing", **changed}), SUNDAY_NOON)
    return {reason.code.value: reason.remedy for reason in decision.reasons}


def test_of_whom_the_state_is_known_and_the_zone_is_not_the_zone_is_asked_for():
    """
    Texas has two zones: saying Texas again would gain nothing.
    """
    said = remedies(regions=("US-TX",), zones=zones_of("US-TX"))

    assert (
        said["QUIET_HOURS"] == "State the person's time zone (POST /v1/contacts/location) to gain up to 6 hours a week."
    )


def test_two_countries_are_not_promised_away():
    """
    A region never takes back what a number of another country says; a zone settles which clock counts.
    """
    said = remedies(regions=("ES", "US-CA"), zones=(*zones_of("ES"), "America/Los_Angeles"))

    assert {each for each in said.values() if each and "region" in each} == set()
    assert any("time zone (POST /v1/contacts/location) to gain up to" in (each or "") for each in said.values())


def test_a_holiday_elsewhere_in_the_country_is_worth_a_statement():
    """
    On Catalonia's day, whoever is only known to be in mainland Spain is not called; stated elsewhere they are.
    """
    friday = datetime(2026, 9, 11, 10, tzinfo=UTC)
    rules = compile_rules([builtin(name) for name in ("core", "es")])
    question = facts(regions=("ES",), zones=("Europe/Madrid",), category="marketing", channel="voice")
    reasons = evaluate(rules, question, friday).reasons
    holiday = [reason.remedy for reason in reasons if reason.code.value == "HOLIDAY"]

    assert holiday
    assert all("State the person's region" in (each or "") for each in holiday)


@pytest.mark.parametrize(
    ("regions", "zones"),
    [(("US-TX",), ("America/Chicago",)), (("ES-MD",), ("Europe/Madrid",)), (("JM",), ("America/Jamaica",))],
)
def test_where_somebody_is_known_to_be_nothing_is_promised(regions, zones):
    """
    One place: waiting is all there is to do.
    """
    assert remedy(LAWS, facts(regions=regions, zones=zones, category="marketing", channel="voice"), SUNDAY_NOON) is None


@pytest.mark.parametrize("phone", ["+18005550123", "+870771234567", "+19992345678"])
def test_numbers_of_no_place_say_what_to_state(phone):
    """
    Toll-free, Inmarsat, an area code that nobody has: neither law nor hour; both reasons name the route that gives them.
    """
    place = read_phone(phone)
    said = remedies(regions=(place.region,) if place.region else (), zones=place.zones)

    assert {"JURISDICTION_UNKNOWN", "LOCAL_TIME_UNKNOWN"} <= set(said)
    for code in ("JURISDICTION_UNKNOWN", "LOCAL_TIME_UNKNOWN"):
        assert said[code].startswith("State the person's region or time zone (POST /v1/contacts/location)")


def test_a_country_without_a_pack_keeps_its_own_remedy():
    """
    Its place is known, and stating it would change nothing.
    """
    said = remedies(regions=("BV",), zones=())

    assert said["JURISDICTION_UNKNOWN"] == "No rule pack covers BV: activate one before calling there."
    assert "POST /v1/contacts/location" in said["LOCAL_TIME_UNKNOWN"]


def test_other_rules_in_force_are_counted_anew():
    """
    What was worked out for one day does not outlive the rule that it was worked out with.
    """
    dated = {"open": {"mon-sun": ["09:00-09:30"]}, "effective": {"from": "2026-11-22T12:00:00Z"}}
    rules = law({"mon-sun": ["09:00-21:00"]}, **dated)
    question = facts(regions=("PT",), zones=zones_of("PT"), category="marketing")
    before, after = (told(question, rules, SUNDAY_NOON - each) for each in (MINUTE, timedelta(0)))

    assert (before, after) == (
        Count(rules, SUNDAY_NOON - MINUTE).gain(question),
        Count(rules, SUNDAY_NOON).gain(question),
    )


def test_an_allow_says_nothing_and_costs_nothing():
    """
    No reason, no remedy.
    """
    agreed = (ConsentFact("voice", ("live",), None, "granted", SUNDAY_NOON),)
    decision = evaluate(LAWS, facts(channel="voice", consents=agreed), SUNDAY_NOON + timedelta(hours=47))

    assert (decision.allow, decision.reasons) == (True, ())
