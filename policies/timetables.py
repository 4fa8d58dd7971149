"""
Reading a timetable as people write it: ``{mon-fri: ["09:00-14:00", "16:00-21:00"], sat: [], sun: [], hol: []}``.

Every day must be named, so that none is closed or open by oversight.  Beside them ``hol`` is a holiday, ``eve`` the day
before one, ``12-24`` a day of every year and ``2026-11-03`` one day.  A window over midnight is split there when it
is read, so that Saturday's holiday governs Saturday's first hours.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeAlias

from policies.openings import Span, Timetable

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAY, EVE = "hol", "eve"
Fault: TypeAlias = tuple[tuple[str | int, ...], str]

_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))", re.ASCII)
_ONE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EVERY_YEAR = re.compile(r"\d{2}-\d{2}", re.ASCII)
_MIDNIGHT = 86_400
_WEEK = 7 * _MIDNIGHT


def read_timetable(written: Mapping[str, Sequence[str]], guard: timedelta) -> tuple[Timetable, list[Fault]]:
    """The timetable, and every fault in how it was written with the path to it; usable only without faults."""
    faults: list[Fault] = []
    week: list[list[Span]] = [[] for _ in DAYS]
    named: set[str] = set()
    for key, windows in written.items():
        spans = _read_spans(key, windows, guard, faults)
        for day in _days(key, faults):
            if day in named:
                faults.append(((key,), f"{day} is named twice"))
            named.add(day)
            _place(week, day, spans)
    faults += [((), f"{day} is not named: write [] for a day without calls") for day in DAYS if day not in named]
    timetable = Timetable(
        tuple(map(_merged, week)),
        _special(written.get(HOLIDAY), guard),
        guard,
        _special(written.get(EVE), guard),
        {key: _special(windows, guard) or () for key, windows in written.items() if _is_date(key)},
    )
    faults += _overlaps(week, guard)
    return timetable, faults or _emptiness(timetable)


def _days(key: str, faults: list[Fault]) -> tuple[str, ...]:
    if key in (HOLIDAY, EVE) or _is_date(key):
        return ()
    first, _, last = key.partition("-")
    if first in DAYS and (last or first) in DAYS and DAYS.index(first) <= DAYS.index(last or first):
        return DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]
    faults.append(((key,), "a day is mon to sun, a range such as mon-fri, hol, eve, or a date such as 12-24"))
    return ()


def _read_spans(key: str, windows: Sequence[str], guard: timedelta, faults: list[Fault]) -> list[Span]:
    spans: list[Span] = []
    for index, window in enumerate(windows):
        span = _read_span(window)
        if span is None:
            faults.append(((key, index), f"{window!r} is no window: write 09:00-21:00, at most until 24:00"))
        elif span[1] - span[0] <= guard.total_seconds():
            faults.append(((key, index), f"{window!r} is no longer than the guard band before its end"))
        elif span[1] > _MIDNIGHT and (key in (HOLIDAY, EVE) or _is_date(key)):
            faults.append(((key, index), "a special day's window must end by 24:00"))
        else:
            spans.append(span)
    return spans


def _read_span(window: str) -> Span | None:
    """Seconds from midnight; an end on the next day is past 86,400."""
    match = _WINDOW.fullmatch(window)
    if match is None:
        return None
    hour, minute, *ends = (int(part) for part in match.groups() if part is not None)
    start, end = hour * 3600 + minute * 60, ends[0] * 3600 + ends[1] * 60
    if start == end:
        return None
    return (start, end) if start < end else (start, end + _MIDNIGHT)


def _place(week: list[list[Span]], day: str, spans: Sequence[Span]) -> None:
    for start, end in spans:
        index = DAYS.index(day)
        week[index].append((start, min(end, _MIDNIGHT)))
        if end > _MIDNIGHT:
            week[(index + 1) % 7].append((0, end - _MIDNIGHT))


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """In order, and windows that touch made one, so that no guard band is kept inside them."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and merged[-1][1] >= start:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _special(windows: Sequence[str] | None, guard: timedelta) -> tuple[Span, ...] | None:
    return None if windows is None else _merged(_read_spans(HOLIDAY, windows, guard, []))


def _is_date(key: str) -> bool:
    """A day of every year (``02-29`` too), or one day."""
    whole = key if _ONE_DAY.fullmatch(key) else f"2000-{key}" if _EVERY_YEAR.fullmatch(key) else ""
    try:
        return bool(whole and date.fromisoformat(whole))
    except ValueError:
        return False


def _overlaps(week: Sequence[Sequence[Span]], guard: timedelta) -> list[Fault]:
    """Windows that overlap say something twice; a pause shorter than the guard band would be jumped over."""
    days = enumerate(week)
    whole = sorted((day * _MIDNIGHT + start, day * _MIDNIGHT + end) for day, spans in days for start, end in spans)
    faults: list[Fault] = []
    again = [(start + _WEEK, end + _WEEK) for start, end in whole[:1]]  # Sunday night runs into Monday.
    for (_, end), (start, _) in pairwise([*whole, *again]):
        day = DAYS[start // _MIDNIGHT % 7]
        if start < end:
            faults.append(((), f"two windows overlap on {day}"))
        elif 0 < start - end < guard.total_seconds():
            faults.append(((), f"the pause before {day}'s window is shorter than the guard band: join the windows"))
    return faults


def _emptiness(timetable: Timetable) -> list[Fault]:
    special = (timetable.holiday, timetable.eve, *timetable.dates.values())
    days = (*timetable.week, *(spans for spans in special if spans is not None))
    if all(spans == ((0, _MIDNIGHT),) for spans in days):
        return [((), "this timetable never closes: leave the rule out")]
    return [] if any(timetable.week) else [((), "this timetable never opens on any day of the week")]
