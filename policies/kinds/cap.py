"""How many calls, conversations or permission requests are too many in a span of time?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from policies.decision import PASSES, Fails, Json, Outcome, Unknown
from policies.facts import AttemptFact, Facts
from policies.kinds.attempts import CALL, PICKED_UP, REQUEST, Scope, is_open, is_sandbox
from policies.localtime import Period, day_begins, next_period, period_of, zones
from policies.reasons import Code

Counts = Literal["attempt", "connected", "request"]
# Dates of two zones differ by at most one day, and a local day lasts at most 25 hours.
_CALENDAR = {"day": timedelta(days=2), "week": timedelta(days=9)}


@dataclass(frozen=True, slots=True)
class LocalDays:
    """So many days of the person's calendar, today included."""

    days: int


Span: TypeAlias = timedelta | Period | LocalDays


@dataclass(frozen=True, slots=True)
class Cap:
    """
    Fewer than ``limit`` in the last ``span``, or in the calendar day, week or days of every zone the person may be in.

    An open hold counts as an attempt and as a conversation until its outcome is known; an expired one was an attempt.
    An attempt leaves a rolling span exactly one span after it was made, and a span of local days when its own day is
    no longer among them.  With ``reset_by_call``, nothing made before the last conversation counts.
    """

    limit: int
    span: Span
    per: str
    counts: Counts
    scope: Scope
    reset_by_call: bool = False
    code: Code = Code.CAP_REACHED
    sandbox_limit: int | None = None  # for test numbers; no lower than the limit

    @property
    def lookback(self) -> timedelta:
        """How far back attempts must be known."""
        if isinstance(self.span, LocalDays):
            return timedelta(days=self.span.days + 1)
        return self.span if isinstance(self.span, timedelta) else _CALENDAR[self.span]

    @property
    def remembers_refusals(self) -> timedelta:
        """How far back refusals must be known."""
        return self.lookback

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Fails until enough of what was counted is out of the span, or turned out not to count."""
        if missing := self.scope.missing(facts):
            return Unknown(missing)
        if self.sandbox_limit is not None and is_sandbox(facts):
            return replace(self, limit=self.sandbox_limit, sandbox_limit=None).check(facts, now)
        span, too_few = self.span, len(facts.attempts or ()) < self.limit  # Whatever happened, it was not enough.
        if isinstance(span, timedelta):
            return PASSES if too_few else self._rolling(facts, now, span)
        where = zones(facts.zones)
        if not where:
            return Unknown("zones", Code.LOCAL_TIME_UNKNOWN)
        return PASSES if too_few else self._calendar(facts, now, where, span)

    @property
    def is_rolling(self) -> bool:
        """Whether the span is counted back from now, and not in days of the person."""
        return isinstance(self.span, timedelta)

    def is_reached(self, facts: Facts, now: datetime) -> bool:
        """Whether `check` fails, of facts of which it misses none."""
        if self.sandbox_limit is not None and is_sandbox(facts):
            return replace(self, limit=self.sandbox_limit, sandbox_limit=None).is_reached(facts, now)
        counted, span = self._counted(facts, now), self.span
        if len(counted) < self.limit or isinstance(span, timedelta):
            return len(counted) >= self.limit
        return any(_number(counted, now, zone, span) >= self.limit for zone in zones(facts.zones))

    def _rolling(self, facts: Facts, now: datetime, span: timedelta) -> Outcome:
        counted = self._counted(facts, now)
        if len(counted) < self.limit:
            return PASSES
        waiting = sorted((self._stops(attempt, now, attempt.at + span) for attempt in counted), reverse=True)
        return self._fails(waiting[self.limit - 1])

    def _calendar(self, facts: Facts, now: datetime, where: Sequence[ZoneInfo], span: Period | LocalDays) -> Outcome:
        counted = self._counted(facts, now)
        if len(counted) < self.limit:
            return PASSES
        bounds = [at for zone in where if (at := self._in_zone(counted, now, zone, span))]
        return self._fails(max(bounds)) if bounds else PASSES

    def _in_zone(
        self, counted: Sequence[AttemptFact], now: datetime, where: ZoneInfo, span: Period | LocalDays
    ) -> datetime | None:
        """When the count may drop in this zone, if it is too high there now."""
        ends = _of_days(counted, now, where, span) if isinstance(span, LocalDays) else _of(counted, now, where, span)
        if len(ends) < self.limit:
            return None
        waiting = sorted((self._stops(attempt, now, end) for attempt, end in ends), reverse=True)
        return waiting[self.limit - 1]

    def _counted(self, facts: Facts, now: datetime) -> list[AttemptFact]:
        """What counts now: in scope, not too old, and not before the last reset."""
        since = now - self.lookback
        calls = self.scope.of(facts, CALL, since)
        made = self.scope.of(facts, REQUEST, since) if self.counts == "request" else calls
        if self.counts == "connected":
            made = [call for call in calls if call.outcome in PICKED_UP or is_open(call, now)]
        if not self.reset_by_call:
            return made
        reset = max((call.at for call in calls if call.outcome in PICKED_UP), default=None)
        return [attempt for attempt in made if reset is None or attempt.at >= reset]

    def _stops(self, attempt: AttemptFact, now: datetime, end: datetime) -> datetime:
        """When an attempt that counts now stops counting: at the end of the span, or earlier as a hold that lapses."""
        if self.counts == "connected" and is_open(attempt, now):
            return min(end, attempt.expires_at)
        return end

    def _fails(self, retry_at: datetime) -> Fails:
        params: dict[str, Json] = {"limit": self.limit, "per": self.per, "counts": self.counts}
        return Fails(self.code, retry_at, params)


def _number(counted: Sequence[AttemptFact], now: datetime, where: ZoneInfo, span: Period | LocalDays) -> int:
    """How many there are in this zone's day, week or days: as many as have an end below."""
    today = now.astimezone(where).date()
    dates = [attempt.at.astimezone(where).date() for attempt in counted]
    if isinstance(span, LocalDays):
        return sum(date + timedelta(days=span.days) > today for date in dates)
    return sum(period_of(date, span) >= period_of(today, span) for date in dates)


Ending: TypeAlias = tuple[AttemptFact, datetime]


def _of(counted: Sequence[AttemptFact], now: datetime, where: ZoneInfo, period: Period) -> list[Ending]:
    """
    The attempts of this local day or week, each with its end.

    One that a clock ahead of this one dated later counts already, until its own day or week is over: else an allow
    given before midnight would end there without saying so.
    """
    today = period_of(now.astimezone(where).date(), period)
    within = [a for a in counted if period_of(a.at.astimezone(where).date(), period) >= today]
    if not within:
        return []
    end = next_period(where, now, period)
    return [(attempt, end if attempt.at < end else next_period(where, attempt.at, period)) for attempt in within]


def _of_days(counted: Sequence[AttemptFact], now: datetime, where: ZoneInfo, span: LocalDays) -> list[Ending]:
    """The attempts of the last local days, each with the beginning of the day on which it is no longer among them."""
    days, today = timedelta(days=span.days), now.astimezone(where).date()
    dated = [(attempt, attempt.at.astimezone(where).date() + days) for attempt in counted]
    return [(attempt, day_begins(gone, where)) for attempt, gone in dated if gone > today]
