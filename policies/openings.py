"""
When a weekly timetable is open on a person's clock, when it opens next, and when it closes.

Instants are decided by converting UTC to local time, which is total: there is no instant without a local time.
Windows are half-open.  A guard band before a window's end keeps a call from being placed as the window closes, so
an instant is *allowed* when the timetable is open both then and one guard band later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import chain
from typing import TypeAlias
from zoneinfo import ZoneInfo

from policies.closed_days import Calendar
from policies.localtime import resolve, transitions

Span: TypeAlias = tuple[int, int]  # Seconds since local midnight, half-open; an end may be 86,400.
HORIZON = timedelta(days=400)
NEVER = datetime.max.replace(tzinfo=UTC)
_CHUNK = timedelta(hours=24)
_ONE_DAY = timedelta(days=1)
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Timetable:
    """
    Open spans per weekday, Monday first, and what narrows them: ``holiday`` on a holiday, ``eve`` on the day before
    one, ``dates`` on a day by its date (``12-24`` of every year, or ``2026-11-03``).  None of these opens anything, so
    that a day wrongly taken for a holiday never allows a call.

    Spans are in order, do not overlap and never cross midnight: a night is written as an evening and a morning.
    """

    week: tuple[tuple[Span, ...], ...]
    holiday: tuple[Span, ...] | None = None
    guard: timedelta = timedelta(seconds=60)
    eve: tuple[Span, ...] | None = None
    dates: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    @property
    def needs_holidays(self) -> bool:
        """Does it matter which days are holidays?"""
        return self.holiday is not None or self.eve is not None

    def spans(self, day: date, closed: Calendar) -> tuple[Span, ...]:
        """The open spans of a local day."""
        spans = self.week[day.weekday()]
        if self.holiday is not None and spans and day in closed:
            spans = in_both(spans, self.holiday)
        if self.eve is not None and spans and day + _ONE_DAY in closed:
            spans = in_both(spans, self.eve)
        if self.dates:
            written = day.isoformat()
            for key in (written, written[5:]):
                if key in self.dates:
                    spans = in_both(spans, self.dates[key])
        return spans

    def is_special(self, day: date, closed: Calendar) -> bool:
        """Is the day another than its weekday says?"""
        return self.spans(day, closed) != self.week[day.weekday()]

    def open_at(self, at: datetime, where: ZoneInfo, closed: Calendar) -> bool:
        """Is the timetable open at this instant in this zone?"""
        local = at.astimezone(where)
        second = local.hour * 3600 + local.minute * 60 + local.second
        return any(start <= second < end for start, end in self.spans(local.date(), closed))

    def allowed(self, at: datetime, where: ZoneInfo, closed: Calendar) -> bool:
        """May a call be placed at this instant: open now, and still open when the guard band has passed?"""
        return self.open_at(at, where, closed) and self.open_at(at + self.guard, where, closed)

    def allowed_until(self, at: datetime, where: ZoneInfo, closed: Calendar) -> datetime | None:
        """
        The instant at which placing calls ends, for an instant at which it is allowed; None when it is not allowed.

        `NEVER` when it does not end within a day: no allow is relied on for that long.
        """
        return self.closes(at, where, closed) if self.allowed(at, where, closed) else None

    def opens(self, after: datetime, where: ZoneInfo, closed: Calendar) -> datetime | None:
        """The first allowed instant after this one, which is not allowed itself; None within the horizon."""
        candidates = self._edges(after, HORIZON, where, closed)
        return next((at for at in candidates if self.allowed(at, where, closed)), None)

    def closes(
        self, after: datetime, where: ZoneInfo, closed: Calendar, within: timedelta = timedelta(days=1)
    ) -> datetime:
        """The first instant after this allowed one that is not allowed; `NEVER` when there is none in that time."""
        candidates = self._edges(after, within, where, closed)
        return next((at for at in candidates if not self.allowed(at, where, closed)), NEVER)

    def _edges(self, after: datetime, within: timedelta, where: ZoneInfo, closed: Calendar) -> Iterator[datetime]:
        """Every instant after ``after`` at which being allowed can change, in order, as far as ``within``."""
        start, limit = after, after + within
        while start < limit:
            end = min(start + _CHUNK, limit)
            changes = self._changes(start, end + self.guard, where, closed)
            edges = changes | {at - self.guard for at in changes}
            yield from sorted(at for at in edges if start < at <= end)
            start = end

    def _changes(self, start: datetime, end: datetime, where: ZoneInfo, closed: Calendar) -> set[datetime]:
        """The instants at which being open can change, all those in ``(start, end]`` and perhaps some beyond."""
        jumps = set(transitions(where, start, end))
        first, last = start.astimezone(where), end.astimezone(where)
        if not jumps and (offset := first.utcoffset()) is not None:
            # One offset throughout: every reading of the clock means one instant, found by subtraction.
            fixed = timezone(offset)
            days = _days(first.date(), last.date())
            return {at for day in days for at in self._edges_of(day, closed, lambda d, s: (_at(d, s, fixed),))}
        days = _days(first.date() - _ONE_DAY, last.date() + _ONE_DAY)
        return jumps | {at for day in days for at in self._edges_of(day, closed, lambda d, s: resolve(d, s, where))}

    def _edges_of(
        self, day: date, closed: Calendar, instants: Callable[[date, int], Iterable[datetime]]
    ) -> Iterator[datetime]:
        """The instants of the edges of a day's spans, and of its midnight, where another day's spans take over."""
        for second in {0, *chain.from_iterable(self.spans(day, closed))}:
            yield from instants(day, second)


def in_both(one: Sequence[Span], other: Sequence[Span]) -> tuple[Span, ...]:
    """What lies in a span of the one and in a span of the other."""
    common = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted(span for span in common if span[0] < span[1]))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _ONE_DAY


def _at(day: date, second: int, fixed: timezone) -> datetime:
    return (datetime.combine(day, _MIDNIGHT, fixed) + timedelta(seconds=second)).astimezone(UTC)
