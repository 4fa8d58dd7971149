"""
When a timetable opens and closes, checked against looking at every minute with nothing but the written windows.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.closed_days import NO_HOLIDAYS, Calendar, holidays_in
from policies.localtime import zone
from policies.openings import NEVER
from policies.timetables import DAYS, read_timetable
from tests.policies.clocks import MINUTE, awkward_moments

WINDOWS = [
    "09:00-21:00",
    "00:00-24:00",
    "22:00-02:00",
    "23:59-00:30",
    "02:00-02:30",
    "01:15-01:45",
    "00:00-00:02",
    "23:30-24:00",
]
written_weeks = st.fixed_dictionaries(
    {day: st.lists(st.sampled_from(WINDOWS), max_size=1) for day in DAYS},
    optional={"hol": st.lists(st.sampled_from(["10:00-12:00", "00:00-24:00"]), max_size=1)},
)
guards = st.sampled_from([0, 60, 120]).map(lambda seconds: timedelta(seconds=seconds))


def open_by_the_book(written, closed, where, at):
    """Is this minute in a window, read straight off what was written?"""
    local = at.astimezone(where)
    clock, today, yesterday = local.strftime("%H:%M"), DAYS[local.weekday()], DAYS[local.weekday() - 1]
    special = "hol" in written and local.date() in closed
    if special and not any(start <= clock < end for start, end in map(_ends, written["hol"])):
        return False
    day = any(start <= clock and (clock < end or end < start) for start, end in map(_ends, written[today]))
    night = any(end < start and clock < end for start, end in map(_ends, written[yesterday]))
    return day or night


def _ends(window):
    return window.split("-")


def timetables():
    """A written timetable, and the same one read, where it can be used."""
    read = st.builds(lambda written, guard: (written, *read_timetable(written, guard)), written_weeks, guards)
    return read.filter(lambda made: not made[2]).map(lambda made: (made[0], made[1]))


@given(awkward_moments(), timetables(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_opening_and_closing_agree_with_looking_at_every_minute(moment, made, spanish):
    """
    Whether it is allowed, when it is next, and until when, are what three days of minutes say, in awkward zones.
    """
    (where, now), (written, timetable) = moment, made
    closed = Calendar(("ES",)) if spanish else NO_HOLIDAYS
    minutes = [now + minute * MINUTE for minute in range(3 * 1440)]
    is_open = {
        at: open_by_the_book(written, closed, where, at)
        for at in [*minutes, *(minutes[-1] + n * MINUTE for n in (1, 2))]
    }
    allowed = [is_open[at] and is_open[at + timetable.guard] for at in minutes]
    changes = next((at for at, may in zip(minutes, allowed, strict=True) if may != allowed[0]), None)
    until = timetable.allowed_until(now, where, closed)

    assert (until is not None) == allowed[0]
    if until is None:
        opens = timetable.opens(now, where, closed)
        assert opens == changes or (changes is None and (opens is None or opens > minutes[-1]))
    else:
        assert until == (NEVER if changes is None or changes - now > timedelta(days=1) else changes)


@given(awkward_moments(), timetables(), st.integers(0, 59_999_999))
@settings(max_examples=200, deadline=None)
def test_answers_are_exact_below_the_minute(moment, made, microseconds):
    """
    Asked in the middle of a second, the instant named is still the first one: a microsecond earlier differs.
    """
    (where, now), (_, timetable) = moment, made
    now += timedelta(microseconds=microseconds)
    allowed = timetable.allowed(now, where, NO_HOLIDAYS)
    change = timetable.allowed_until(now, where, NO_HOLIDAYS) if allowed else timetable.opens(now, where, NO_HOLIDAYS)

    if change not in (None, NEVER):
        assert change > now
        assert timetable.allowed(change, where, NO_HOLIDAYS) != allowed
        assert timetable.allowed(change - timedelta(microseconds=1), where, NO_HOLIDAYS) == allowed


def week(**days):
    """A timetable with these days and no others."""
    written = {day: days.get(day, []) for day in DAYS}
    timetable, faults = read_timetable(written | ({"hol": days["hol"]} if "hol" in days else {}), timedelta(seconds=60))
    assert faults == []
    return timetable


def test_a_night_is_split_at_midnight():
    """
    Friday's night window is open on Saturday's first hours, unless Saturday is a holiday.
    """
    timetable = week(fri=["22:00-02:00"], hol=[])
    saturday = datetime(2026, 8, 15, 0, 30, tzinfo=zone("Europe/Madrid")).astimezone(UTC)  # The Assumption.

    assert timetable.open_at(saturday, zone("Europe/Madrid"), NO_HOLIDAYS)
    assert not timetable.open_at(saturday, zone("Europe/Madrid"), Calendar(("ES",)))


def test_no_guard_band_is_kept_within_a_night():
    """
    A window over midnight closes once, a guard band before its end, not at midnight.
    """
    timetable = week(fri=["22:00-02:00"])
    midnight = datetime(2026, 11, 21, tzinfo=zone("Europe/Madrid")).astimezone(UTC)

    assert timetable.allowed(midnight - timedelta(seconds=30), zone("Europe/Madrid"), NO_HOLIDAYS)
    assert timetable.allowed_until(midnight, zone("Europe/Madrid"), NO_HOLIDAYS) == midnight + timedelta(minutes=119)


def test_a_window_in_the_missing_hour_does_not_open_that_night():
    """
    Clocks in Madrid jump from 02:00 to 03:00 on 29 March 2026; 02:15 comes the day after.
    """
    timetable = week(**{day: ["02:15-02:45"] for day in DAYS})
    where, saturday = zone("Europe/Madrid"), datetime(2026, 3, 28, 12, tzinfo=UTC)

    assert timetable.opens(saturday, where, NO_HOLIDAYS) == datetime(2026, 3, 30, 0, 15, tzinfo=UTC)


def test_a_window_in_the_doubled_hour_opens_twice():
    """
    02:15 comes twice in Madrid on 25 October 2026.
    """
    timetable = week(**{day: ["02:15-02:45"] for day in DAYS})
    where = zone("Europe/Madrid")
    first = timetable.opens(datetime(2026, 10, 24, 12, tzinfo=UTC), where, NO_HOLIDAYS)

    assert first == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    assert timetable.opens(first + timedelta(minutes=40), where, NO_HOLIDAYS) == first + timedelta(hours=1)


def test_windows_that_touch_are_one():
    """
    Two windows that touch keep no guard band between them.
    """
    timetable = week(mon=["09:00-12:00", "12:00-15:00"])

    assert timetable.week[0] == ((9 * 3600, 15 * 3600),)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ({"mon-sat": []}, "sun is not named"),
        ({"mon-sun": ["09:00-17:00"], "tue": []}, "tue is named twice"),
        ({"mon-fri": ["9:00-17:00"], "sat-sun": []}, "is no window"),
        ({"mon-fri": ["09:00-09:00"], "sat-sun": []}, "is no window"),
        ({"mon-fri": ["09:00-25:00"], "sat-sun": []}, "is no window"),
        ({"mon-fri": ["09:00-24:30"], "sat-sun": []}, "is no window"),
        ({"mon-fri": ["09:00-09:01"], "sat-sun": []}, "no longer than the guard band"),
        ({"mon-fri": ["09:00-12:00", "11:00-15:00"], "sat-sun": []}, "overlap on mon"),
        ({"mon-sun": ["22:00-09:00", "08:00-12:00"]}, "overlap on tue"),
        ({"fri-mon": [], "tue-thu": []}, "a day is mon to sun"),
        ({"mon-sun": ["00:00-24:00"]}, "never closes"),
        ({"mon-sun": []}, "never opens"),
        ({"mon-sun": ["09:00-17:00"], "hol": ["22:00-02:00"]}, "must end by 24:00"),
    ],
)
def test_a_timetable_that_may_not_mean_what_it_says_is_refused(written, sentence):
    """
    Gaps, overlaps, empty windows and unknown days are faults, each with its sentence.
    """
    _, faults = read_timetable(written, timedelta(seconds=60))

    assert any(sentence in fault for _, fault in faults)


def test_an_unknown_part_of_a_country_has_the_holidays_of_all_parts():
    """
    Spain without a region has Catalonia's day and Madrid's; Madrid alone has its own; an unknown part has all.
    """
    diada, dos_de_mayo = date(2026, 9, 11), date(2026, 5, 2)

    assert {diada, dos_de_mayo} <= holidays_in("ES", 2026)
    assert dos_de_mayo in holidays_in("ES-MD", 2026)
    assert diada not in holidays_in("ES-MD", 2026)
    assert holidays_in("ES-QQ", 2026) == holidays_in("ES", 2026)
