"""Is it a decent hour, everywhere the person may be?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from policies.agenda import Agenda, Day
from policies.closed_days import regions_within
from policies.decision import Fails, Outcome, Passes, Unknown
from policies.facts import Facts
from policies.localtime import next_period, zones
from policies.openings import NEVER
from policies.reasons import Code

_REMEMBERED = 8192

Key: TypeAlias = tuple[tuple[str, ...] | None, tuple[str, ...], int]
Days: TypeAlias = tuple[tuple[ZoneInfo, Day], ...]
# A day of UTC: in each zone, and the intervals in which it is open in all of them, with what is then answered.
Everywhere: TypeAlias = tuple[Days, tuple[tuple[datetime, datetime, Passes], ...]]


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
    # What was asked before; a pure function of its key, so it is no state.
    _known: dict[Key, Everywhere] = field(default_factory=dict, compare=False, repr=False)
    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Passes until the earliest closing; fails until the latest of the next openings."""
        days, intervals = self._everywhere(facts, now)
        for start, end, passes in intervals:
            if start <= now < end:
                return passes
        return self._fails(facts, now, days) if days else self._unknown()

    def days(self, facts: Facts, now: datetime) -> tuple[Day, ...]:
        """The day of UTC on which this instant lies, in each zone in which it must be open; none where one is unknown."""
        return tuple(day for _, day in self._everywhere(facts, now)[0])

    def open_on(self, facts: Facts, now: datetime) -> tuple[tuple[datetime, datetime, Passes], ...]:
        """When it is open everywhere, on the day of UTC on which this instant lies; each with what is then answered."""
        return self._everywhere(facts, now)[1]

    def why_shut(self, facts: Facts, now: datetime) -> Code | None:
        """The code with which it fails, for an instant at which it is not open; None where it cannot tell."""
        for zone, day in self._everywhere(facts, now)[0]:
            if day.until(now) is None:
                return self.agenda.shut(now.astimezone(zone).date(), self._regions(facts))[0]
        return None

    def changes(self, facts: Facts, now: datetime) -> Iterator[datetime]:
        """Every instant at which it may begin to answer otherwise, on the day of UTC on which this one lies."""
        for zone, day in self._everywhere(facts, now)[0]:
            for interval in day.intervals:
                yield from interval
            # Why it is shut hangs on the date there.
            at = datetime.combine(now.date(), time(0), UTC)
            while at.toordinal() == now.toordinal():
                at = next_period(zone, at, "day")
                yield at

    def _everywhere(self, facts: Facts, now: datetime) -> Everywhere:
        names = facts.zones or () if self.zone == "contact" else self._names(facts)
        key = (facts.regions, names, now.toordinal())
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            regions = self._regions(facts)
            days = tuple((zone, self.agenda.day(now, zone, regions)) for zone in zones(names))
            known = self._known[key] = (days, _in_all(days, now))
        return known

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

    def _fails(self, facts: Facts, now: datetime, days: Days) -> Fails:
        shut = [(zone, day) for zone, day in days if day.until(now) is None]
        opens = [day.next(now) for _, day in shut]
        known = [at for at in opens if at is not None]
        retry_at = max(known) if len(known) == len(opens) else None
        code, params = self.agenda.shut(now.astimezone(shut[0][0]).date(), self._regions(facts))
        return Fails(code, retry_at, {"zones": list(self._names(facts)), **params})


def _in_all(days: Days, now: datetime) -> tuple[tuple[datetime, datetime, Passes], ...]:
    common = list(days[0][1].intervals) if days else []
    for _, day in days[1:]:
        both = ((max(a, c), min(b, d)) for a, b in common for c, d in day.intervals)
        common = [(start, end) for start, end in both if start < end]
    return tuple((start, end, Passes(_known_until(now) if end is NEVER else end)) for start, end in common)


def _known_until(now: datetime) -> datetime:
    """How far a day knows that it does not close: past its own midnight and the next one's."""
    return datetime.combine(now.date(), time(0), UTC) + timedelta(days=2)
