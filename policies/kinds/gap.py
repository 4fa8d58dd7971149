"""How long must a person be left alone after an earlier call, or after how that call ended?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.decision import PASSES, Fails, Outcome, Unknown
from policies.facts import AttemptFact, Facts
from policies.kinds.attempts import CALL, Scope, is_open
from policies.reasons import Code

# A conversation counts from its end, but is found by its beginning.
_LONGEST_CALL = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """
    At least ``wait`` since the last call that ended in one of ``after``, or since any call when that is None.

    A conversation is over when it ended, if that is known, else when it was placed.  An open hold may end in any
    outcome, so it is waited for.
    """

    wait: timedelta
    written_wait: str
    after: frozenset[str] | None
    scope: Scope
    code: Code = Code.COOL_OFF

    @property
    def lookback(self) -> timedelta:
        """How far back attempts must be known."""
        return self.wait + _LONGEST_CALL

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Fails until the longest wait is over."""
        if missing := self.scope.missing(facts):
            return Unknown(missing)
        if not facts.attempts:
            return PASSES
        waits = [
            self._over_at(call, now)
            for call in self.scope.of(facts, CALL, now - self.lookback)
            if self._matters(call, now)
        ]
        retry_at = max(waits, default=now)
        if retry_at <= now:
            return PASSES
        after = None if self.after is None else sorted(self.after)
        return Fails(self.code, retry_at, {"wait": self.written_wait, "after": after})

    def _matters(self, call: AttemptFact, now: datetime) -> bool:
        return self.after is None or call.outcome in self.after or is_open(call, now)

    def _over_at(self, call: AttemptFact, now: datetime) -> datetime:
        over_at = (call.ended_at or call.at) + self.wait
        if self.after is not None and is_open(call, now):
            return min(over_at, call.expires_at)
        return over_at
