"""Is it a decent hour, everywhere the person may be?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from policies.closed_days import NO_HOLIDAYS, Calendar, calendar
from policies.decision import PASSES, Fails, Json, Outcome, Passes, Unknown
from policies.facts import Facts
from policies.localtime import zones
from policies.openings import NEVER, Span, Timetable
from policies.reasons import Code

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Window:
    """
    The timetable is open, a guard band ahead too, in every zone the person may be in.

    ``zone`` is ``contact``, ``business`` or an IANA name.  Holidays are those of ``holidays`` when it is given, else
    those of the person's regions within ``countries``.
    """

    timetable: Timetable
    zone: str
    holidays: Calendar | None = None
    countries: frozenset[str] = frozenset()
    lookback = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Passes until the earliest closing; fails until the latest of the next openings."""
        names = self._names(facts)
        where = zones(names)
        if not names or not where:
            return self._unknown()
        closed = self._calendar(facts)
        until = [self.timetable.allowed_until(now, zone, closed) for zone in where]
        ends = [end for end in until if end is not None]
        if len(ends) == len(where):
            end = min(ends)
            return PASSES if end is NEVER else Passes(end)
        shut = [zone for zone, end in zip(where, until, strict=True) if end is None]
        return self._fails(now, names, shut, closed)

    def _names(self, facts: Facts) -> tuple[str, ...]:
        if self.zone == "contact":
            return facts.zones or ()
        name = facts.business_zone if self.zone == "business" else self.zone
        return () if name is None else (name,)

    def _unknown(self) -> Unknown:
        # A zone that the tz database does not know is as good as none.
        if self.zone == "contact":
            return Unknown("zones", Code.LOCAL_TIME_UNKNOWN)
        return Unknown("business_zone" if self.zone == "business" else "zone")

    def _calendar(self, facts: Facts) -> Calendar:
        if self.timetable.holiday is None:
            return NO_HOLIDAYS
        return self.holidays or calendar(facts.regions or (), self.countries)

    def _fails(self, now: datetime, names: tuple[str, ...], shut: list[ZoneInfo], closed: Calendar) -> Fails:
        opens = [self.timetable.opens(now, zone, closed) for zone in shut]
        known = [at for at in opens if at is not None]
        retry_at = max(known) if len(known) == len(opens) else None
        day = now.astimezone(shut[0]).date()
        params: dict[str, Json] = {"zones": list(names), "window": None}
        spans = self.timetable.spans(day, closed)
        if spans:
            return Fails(Code.QUIET_HOURS, retry_at, {**params, "window": ", ".join(map(_clock, spans))})
        if self.timetable.holiday is not None and day in closed:
            return Fails(Code.HOLIDAY, retry_at, {**params, "date": day.isoformat()})
        return Fails(Code.DAY_CLOSED, retry_at, {**params, "day": _DAYS[day.weekday()]})


def _clock(span: Span) -> str:
    return "-".join(f"{second // 3600:02d}:{second // 60 % 60:02d}" for second in span)
