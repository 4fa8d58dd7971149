"""
When a timetable allows calls, day by day, worked out once and looked up afterwards.

A pure function of timetable, zone, holidays and day, so that what is remembered never goes stale: asking costs a
look-up instead of a calculation with clocks.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from policies.closed_days import NO_HOLIDAYS, Calendar, Proclamations
from policies.decision import Json
from policies.openings import NEVER, Span, Timetable
from policies.reasons import Code

Interval: TypeAlias = tuple[datetime, datetime]
Shut: TypeAlias = tuple[Code, dict[str, Json]]
_ONE_DAY, _TWO_DAYS = timedelta(days=1), timedelta(days=2)  # Whenever it is asked, a day ahead is known.
_REMEMBERED = 8192
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Day:
    """
    One day of UTC in one zone: the half-open intervals in which a call is allowed, the last perhaps going on beyond it,
    and the first allowed instant after them; None where there is none within the horizon.
    """

    intervals: tuple[Interval, ...]
    opens: datetime | None

    def until(self, now: datetime) -> datetime | None:
        """Until when a call is allowed, for an instant at which it is; None when it is not."""
        for start, end in self.intervals:
            if start <= now < end:
                return end
        return None

    def next(self, now: datetime) -> datetime | None:
        """The first allowed instant after this one, which is not allowed itself."""
        return next((start for start, _ in self.intervals if start > now), self.opens)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The days of one timetable, with the holidays that an authority proclaimed."""

    timetable: Timetable
    proclaimed: Proclamations = ()
    _days: dict[tuple[str, tuple[str, ...], int], Day] = field(default_factory=dict, compare=False, repr=False)
    _shut: dict[tuple[tuple[str, ...], date], Shut] = field(default_factory=dict, compare=False, repr=False)

    def day(self, now: datetime, where: ZoneInfo, regions: tuple[str, ...]) -> Day:
        """The day of UTC on which this instant lies, in this zone, with the holidays of these regions."""
        key = (where.key, regions, now.toordinal())
        known = self._days.get(key)
        if known is None:
            if len(self._days) >= _REMEMBERED:
                self._days.clear()
            known = self._days[key] = self._worked_out(now, where, self.calendar(regions))
        return known

    def shut(self, day: date, regions: tuple[str, ...]) -> Shut:
        """Why no call is allowed at some instant of a local day, and what there is to say of that."""
        known = self._shut.get((regions, day))
        if known is None:
            if len(self._shut) >= _REMEMBERED:
                self._shut.clear()
            known = self._shut[regions, day] = self._why(day, self.calendar(regions))
        return known

    def _why(self, day: date, closed: Calendar) -> Shut:
        spans = self.timetable.spans(day, closed)
        if spans:
            return Code.QUIET_HOURS, {"window": ", ".join(map(_clock, spans))}
        if self.timetable.is_special(day, closed):
            return Code.HOLIDAY, {"window": None, "date": day.isoformat()}
        return Code.DAY_CLOSED, {"window": None, "day": _WEEKDAYS[day.weekday()]}

    def calendar(self, regions: tuple[str, ...]) -> Calendar:
        """The holidays of these regions, where they matter."""
        return Calendar(regions, self.proclaimed) if self.timetable.needs_holidays else NO_HOLIDAYS

    def _worked_out(self, now: datetime, where: ZoneInfo, closed: Calendar) -> Day:
        at = datetime.combine(now.date(), time(0), UTC)
        midnight, intervals = at + _ONE_DAY, []
        while True:
            if self.timetable.allowed(at, where, closed):
                end = self.timetable.closes(at, where, closed, _TWO_DAYS)
                intervals.append((at, end))
                if end is NEVER:
                    return Day(tuple(intervals), None)
                at = end
            opens = self.timetable.opens(at, where, closed)
            if opens is None or opens >= midnight:
                return Day(tuple(intervals), opens)
            at = opens


def _clock(span: Span) -> str:
    return "-".join(f"{second // 3600:02d}:{second // 60 % 60:02d}" for second in span)
