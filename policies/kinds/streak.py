"""How many calls in a row went unanswered?"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from policies.decision import PASSES, Fails, Outcome, Passes, Unknown
from policies.facts import AttemptFact, Facts
from policies.kinds.attempts import CALL, NOT_PICKED_UP, PICKED_UP, Scope, is_open, is_sandbox
from policies.reasons import Code

_GRANTED = frozenset({"temporary", "permanent"})


@dataclass(frozen=True, slots=True)
class Streak:
    """
    Fewer than ``limit`` calls in a row unanswered, none of them older than ``within``.

    Unanswered, rejected, and held without a word until the hold expired all count; failed calls neither count nor
    interrupt.  A conversation starts over, and so does a permission that was given later than the calls.
    """

    limit: int
    within: timedelta
    scope: Scope
    code: Code = Code.UNANSWERED_STREAK
    sandbox_limit: int | None = None  # for test numbers; no lower than the limit

    @property
    def lookback(self) -> timedelta:
        """How far back attempts must be known."""
        return self.within

    @property
    def remembers_refusals(self) -> timedelta:
        """How far back refusals must be known."""
        return self.within

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Fails until enough of the streak is older than ``within``; asking for permission may be sooner."""
        if missing := self.scope.missing(facts):
            return Unknown(missing)
        if self.sandbox_limit is not None and is_sandbox(facts):
            return replace(self, limit=self.sandbox_limit, sandbox_limit=None).check(facts, now)
        if len(facts.attempts or ()) < self.limit:
            return PASSES
        calls = self.scope.of(facts, CALL, now - self.within)
        if len(calls) < self.limit:
            return PASSES
        after = self._started_over(facts, calls)
        missed = [call for call in calls if _missed(call, now) and (after is None or call.at > after)]
        if len(missed) < self.limit:
            return self._passes(missed, [call for call in calls if is_open(call, now)], after)
        fading = sorted((call.at + self.within for call in missed), reverse=True)
        return Fails(self.code, fading[self.limit - 1], {"limit": self.limit})

    def _passes(self, missed: list[AttemptFact], still_open: list[AttemptFact], after: datetime | None) -> Passes:
        """Until so many open holds lapse without a word that the streak is long enough."""
        lapses = sorted(call.expires_at for call in still_open if after is None or call.at > after)
        short = self.limit - len(missed)
        return Passes(lapses[short - 1]) if len(lapses) >= short else PASSES

    def _started_over(self, facts: Facts, calls: list[AttemptFact]) -> datetime | None:
        moments = [call.at for call in calls if call.outcome in PICKED_UP]
        permission = facts.permission
        # Without a permission nothing is known to have started over, which is the strict reading.
        if permission is not None and permission.since is not None and permission.state in _GRANTED:
            moments.append(permission.since)
        return max(moments, default=None)


def _missed(call: AttemptFact, now: datetime) -> bool:
    return call.outcome in NOT_PICKED_UP or (call.outcome is None and call.expires_at <= now)
