"""How long must a person be left alone after an earlier call, or after how that call ended?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from policies.decision import PASSES, Fails, Outcome, Unknown
from policies.facts import AttemptFact, Facts
from policies.kinds.attempts import CALL, REFUSALS, Scope, is_open
from policies.kinds.cap import LocalDays
from policies.localtime import day_begins, zones
from policies.reasons import Code

_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Gap:
    """
    At least ``wait`` since the last call that ended in one of ``after``, or since any call when that is None.

    A conversation is over when it ended, if that is known, else when it was placed.  An open hold may end in any
    outcome, so it is waited for.  A wait of local days lets that many whole days pass after the day of the call, in
    every zone the person may be in; with ``indefinite`` no time ends it.
    """

    wait: timedelta | LocalDays
    written_wait: str
    after: frozenset[str] | None
    scope: Scope
    indefinite: bool = False
    code: Code = Code.COOL_OFF

    @property
    def lookback(self) -> timedelta:
        """How far back attempts must be known; refusals apart, if the rule is about those alone."""
        return timedelta(0) if self._is_about_refusals else self._reach

    @property
    def remembers_refusals(self) -> timedelta:
        """How far back refusals must be known."""
        return self._reach

    @property
    def _is_about_refusals(self) -> bool:
        return self.after is not None and self.after <= REFUSALS

    @property
    def _reach(self) -> timedelta:
        return timedelta(days=self.wait.days + 2) if isinstance(self.wait, LocalDays) else self.wait

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Fails until the longest wait is over."""
        if missing := self.scope.missing(facts):
            return Unknown(missing)
        if not facts.attempts:
            return PASSES
        # A call is found by when it ended: somebody may have said so long after it was made.
        since = now - self._reach
        calls = [
            call
            for call in self.scope.of(facts, CALL, _FIRST)
            if (call.ended_at or call.at) > since and self._matters(call, now)
        ]
        if not calls:
            return PASSES
        if isinstance(self.wait, LocalDays) and not zones(facts.zones):
            return Unknown("zones", Code.LOCAL_TIME_UNKNOWN)
        retry_at = max(self._over_at(call, facts, now) for call in calls)
        if retry_at <= now:
            return PASSES
        after = None if self.after is None else sorted(self.after)
        # A hold that may still turn out well is worth waiting for, whatever the rule would do to a refusal.
        ends = not self.indefinite or all(is_open(call, now) for call in calls)
        return Fails(self.code, retry_at if ends else None, {"wait": self.written_wait, "after": after})

    def _matters(self, call: AttemptFact, now: datetime) -> bool:
        return self.after is None or call.outcome in self.after or is_open(call, now)

    def _over_at(self, call: AttemptFact, facts: Facts, now: datetime) -> datetime:
        over_at = self._end(call.ended_at or call.at, facts)
        if self.after is not None and is_open(call, now):
            return min(over_at, call.expires_at)
        return over_at

    def _end(self, since: datetime, facts: Facts) -> datetime:
        if isinstance(self.wait, timedelta):
            return since + self.wait
        passed = timedelta(days=self.wait.days + 1)
        return max(day_begins(since.astimezone(zone).date() + passed, zone) for zone in zones(facts.zones))
