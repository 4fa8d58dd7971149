"""Is it a decent hour, everywhere the person may be?"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policies.agenda import Agenda, Day
from policies.closed_days import regions_within
from policies.decision import Fails, Json, Outcome, Passes, Unknown
from policies.facts import Facts
from policies.localtime import zones
from policies.openings import NEVER, Span
from policies.reasons import Code

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Window:
    """
    The timetable is open, a guard band ahead too, in every zone the person may be in.

    ``zone`` is ``contact``, ``business`` or an IANA name.  Holidays are those of ``holidays`` when it is given, else
    those of the person's regions within ``countries``, and within ``parts`` of them where a rule is about parts.
    """

    agenda: Agenda
    zone: str
    holidays: tuple[str, ...] | None = None
    countries: frozenset[str] = frozenset()
    parts: frozenset[str] | None = None
    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Passes until the earliest closing; fails until the latest of the next openings."""
        names = self._names(facts)
        where = zones(names)
        if not where:
            return self._unknown()
        regions, end = self._regions(facts), NEVER
        for zone in where:
            until = self.agenda.day(now, zone, regions).until(now)
            if until is None:
                return self._fails(now, names, where, regions)
            end = min(end, until)
        return Passes(_known_until(now) if end is NEVER else end)

    def days(self, facts: Facts, now: datetime) -> tuple[Day, ...]:
        """The day of UTC on which this instant lies, in each zone in which it must be open; none where one is unknown."""
        regions = self._regions(facts)
        return tuple(self.agenda.day(now, where, regions) for where in zones(self._names(facts)))

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

    def _regions(self, facts: Facts) -> tuple[str, ...]:
        """Whose holidays matter."""
        if not self.agenda.timetable.needs_holidays:
            return ()
        return self.holidays or regions_within(facts.regions or (), self.countries, self.parts)

    def _fails(
        self, now: datetime, names: tuple[str, ...], where: tuple[ZoneInfo, ...], regions: tuple[str, ...]
    ) -> Fails:
        days = [(zone, self.agenda.day(now, zone, regions)) for zone in where]
        shut = [(zone, day) for zone, day in days if day.until(now) is None]
        opens = [day.next(now) for _, day in shut]
        known = [at for at in opens if at is not None]
        retry_at = max(known) if len(known) == len(opens) else None
        day, timetable, closed = now.astimezone(shut[0][0]).date(), self.agenda.timetable, self.agenda.calendar(regions)
        params: dict[str, Json] = {"zones": list(names), "window": None}
        spans = timetable.spans(day, closed)
        if spans:
            return Fails(Code.QUIET_HOURS, retry_at, {**params, "window": ", ".join(map(_clock, spans))})
        if timetable.is_special(day, closed):
            return Fails(Code.HOLIDAY, retry_at, {**params, "date": day.isoformat()})
        return Fails(Code.DAY_CLOSED, retry_at, {**params, "day": _DAYS[day.weekday()]})


def _known_until(now: datetime) -> datetime:
    """How far a day knows that it does not close: past its own midnight and the next one's."""
    return datetime.combine(now.date(), time(0), UTC) + timedelta(days=2)


def _clock(span: Span) -> str:
    return "-".join(f"{second // 3600:02d}:{second // 60 % 60:02d}" for second in span)
