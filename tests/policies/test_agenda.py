"""
What an agenda remembers of a timetable is what the timetable says, at every minute of awkward days.
"""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.agenda import Agenda
from policies.closed_days import NO_HOLIDAYS
from policies.localtime import zone
from policies.openings import NEVER
from policies.timetables import DAYS, read_timetable
from tests.policies.clocks import MINUTE, awkward_moments
from tests.policies.test_openings import timetables

MADRID = zone("Europe/Madrid")


@given(awkward_moments(), timetables(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_an_agenda_says_what_its_timetable_says(moment, made, spanish):
    """
    For each quarter of an hour of two days: allowed or not, until when, and when next.
    """
    (where, start), (_, timetable) = moment, made
    agenda, regions = Agenda(timetable), ("ES",) if spanish else ()
    closed = agenda.calendar(regions)
    for at in (start + quarter * 15 * MINUTE for quarter in range(192)):
        day = agenda.day(at, where, regions)
        until = timetable.allowed_until(at, where, closed)

        assert (day.until(at) is None) == (until is None)
        if until is None:
            assert day.next(at) == timetable.opens(at, where, closed)
        elif until is not NEVER:
            assert day.until(at) == until
        else:
            assert day.until(at) - at > timedelta(days=1)


def week(**days):
    """A timetable open all day but on these days."""
    timetable, faults = read_timetable({day: days.get(day, ["00:00-24:00"]) for day in DAYS}, timedelta(seconds=60))
    assert faults == []
    return timetable


def test_a_closing_thirty_hours_off_is_known_when_it_is_near():
    """
    What was looked at from midnight, when the closing was more than a day away, is exact an hour before it.
    """
    agenda = Agenda(week(wed=["00:00-07:00"]))
    monday = datetime(2026, 11, 23, 23, tzinfo=UTC)
    agenda.day(monday, MADRID, ())
    tuesday = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)

    assert agenda.day(tuesday, MADRID, ()).until(tuesday) == datetime(2026, 11, 25, 5, 59, tzinfo=UTC)


def test_an_agenda_without_a_closing_never_closes():
    """
    Open on most days round the clock, it says so in the middle of them.
    """
    agenda = Agenda(week(sun=["09:00-10:00"]))
    tuesday = datetime(2026, 11, 24, 12, tzinfo=UTC)

    assert agenda.day(tuesday, MADRID, ()).until(tuesday) is NEVER
    assert agenda.calendar(("ES",)) is NO_HOLIDAYS
