"""
What time it is for a person, checked against looking at every minute.
"""

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consent.places import zone_names
from policies.errors import UnknownZone
from policies.localtime import (
    TZDATA_VERSION,
    candidate_zones,
    next_period,
    period_of,
    transitions,
    zone,
    zones,
)
from tests.policies.clocks import AWKWARD, MINUTE, awkward_moments


def test_zones_come_from_the_wheel_alone(monkeypatch):
    """
    The zones and the version in decisions are those of the pinned wheel, wherever the system keeps its own.
    """
    monkeypatch.setenv("PYTHONTZPATH", "/nowhere")

    assert files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text("utf-8").split()[2] == TZDATA_VERSION
    assert zone("Europe/Madrid").key == "Europe/Madrid"
    assert zone("Europe/Madrid") is zone("Europe/Madrid")


def test_every_zone_of_the_wheel_loads():
    """
    Each name that the database lists can be read.
    """
    assert {zone(name).key for name in zone_names()} == zone_names()


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../zones", "Europe", "Etc/Unknown", "europe/madrid"])
def test_a_name_that_is_no_zone_is_refused(name):
    """
    Unknown names raise, and a set of zones with one among them is as good as none.
    """
    assert zones(("Europe/Madrid", name)) == ()
    with pytest.raises(UnknownZone):
        zone(name)


@pytest.mark.parametrize(
    ("tenant", "number", "expected"),
    [
        ("Atlantic/Canary", ("Europe/Madrid", "Atlantic/Canary"), ("Atlantic/Canary",)),
        ("Asia/Tokyo", ("Europe/Madrid", "Atlantic/Canary"), ("Europe/Madrid", "Atlantic/Canary")),
        (None, ("Europe/Madrid", "Europe/Madrid"), ("Europe/Madrid",)),
        ("Europe/Madrid", (), ()),
        ("Europe/Madrid", None, ()),
        (None, None, ()),
    ],
)
def test_candidate_zones_follow_the_evidence(tenant, number, expected):
    """
    The tenant's belief only picks among the zones of the number.
    """
    assert candidate_zones(tenant, number) == expected


@pytest.mark.parametrize("name", AWKWARD)
def test_transitions_are_found_to_the_second(name):
    """
    Each transition is where the offset changes, and an hourly look finds no other.
    """
    where, start = zone(name), datetime(2025, 1, 1, 0, 17, 31, tzinfo=UTC)
    found = list(transitions(where, start, start + timedelta(days=730)))
    hours = [start + timedelta(hours=hour) for hour in range(730 * 24)]
    offsets = [hour.astimezone(where).utcoffset() for hour in hours]

    assert all(_offset(at, where) != _offset(at - timedelta(seconds=1), where) for at in found)
    assert len(found) == sum(before != after for before, after in pairwise(offsets))


def _offset(at, where):
    return at.astimezone(where).utcoffset()


@given(awkward_moments(), st.sampled_from(["day", "week"]))
@example((zone("Africa/Cairo"), datetime(2026, 4, 23, 21, 59, tzinfo=UTC)), "day")
@example((zone("America/Santiago"), datetime(2026, 4, 5, 2, 30, tzinfo=UTC)), "day")
@example((zone("America/Havana"), datetime(2026, 3, 8, 4, 0, tzinfo=UTC)), "week")
@settings(max_examples=100, deadline=None)
def test_the_next_day_begins_where_the_date_changes(moment, period):
    """
    The next local day or week begins at the first minute with another date, be its midnight missing or doubled.
    """
    where, now = moment
    current = period_of(now.astimezone(where).date(), period)
    minutes = (now + minute * MINUTE for minute in range(1, 9 * 1440))
    expected = next(at for at in minutes if period_of(at.astimezone(where).date(), period) != current)

    assert next_period(where, now, period) == expected
