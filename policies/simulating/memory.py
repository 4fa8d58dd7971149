"""
What is known of a person's earlier calls: from the facts of a decision, and from all that the log told before it.

Pure.  The log tells of every call, so that from the first decision on nothing is missing: what was known then, and what came
after, reaches further back than the facts of one decision, which end where its rules stopped looking.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from policies.facts import AttemptFact
from policies.instants import parse_instant
from policies.kinds.attempts import REFUSALS
from policies.recorded import Recorded
from policies.simulating.stories import NOT_FAR, Outcome, Reach, Reaches, Release, Unannounced
from policies.wishes import lookback_of

# A call by its instant; two that were made at the same one differ in something else, or are counted.
Key: TypeAlias = tuple[datetime, str, str | None, str, str, str | None]


def key_of(decision: Recorded) -> Key:
    """The call that a decision is about."""
    facts = decision.facts
    sender = facts.sender.id if facts.sender else None
    return decision.now, facts.action, facts.purpose, facts.category, facts.channel, sender


def call_key(call: AttemptFact) -> Key:
    """The same, of a call as facts tell of it."""
    return call.at, call.action, call.purpose, call.category, call.channel, call.sender


@dataclass(slots=True)
class Known:
    """One person's calls, as far as they are known at the decision that was last met."""

    reaches_of: Reaches
    accumulates: bool  # over decisions; otherwise each stands for itself
    recorded: Reach = NOT_FAR
    since: datetime | None = None  # from when on all calls are known
    refused_since: datetime | None = None
    seen: dict[Key, AttemptFact] = field(default_factory=dict)
    holds: dict[str, Key] = field(default_factory=dict)

    def meet(self, decision: Recorded) -> None:
        """A decision comes: what its own facts reach."""
        self.recorded = self.reaches_of.get(decision.rule_set, NOT_FAR)
        if decision.facts.wishes:
            calls = max(self.recorded.calls, lookback_of(decision.facts.wishes))
            self.recorded = Reach(calls, max(calls, self.recorded.refusals))
        since = _before(decision.now, self.recorded.calls)
        refused_since = _before(decision.now, max(self.recorded.calls, self.recorded.refusals))
        if not self.accumulates:
            self.since, self.refused_since = since, refused_since
            return
        self.since = since if self.since is None else min(self.since, since)
        self.refused_since = refused_since if self.refused_since is None else min(self.refused_since, refused_since)

    def leave(self, decision: Recorded) -> None:
        """A decision was told of: what its facts say stays known, and so does the call that was made on it."""
        if not self.accumulates:
            return
        for each in decision.facts.attempts or ():
            self.seen[call_key(each)] = each
        if decision.allow and decision.hold is not None:
            key, (hold, lapses) = key_of(decision), decision.hold
            at, action, purpose, category, channel, sender = key
            self.seen[key] = AttemptFact(at, action, purpose, category, channel, sender, None, parse_instant(lapses))
            self.holds[hold] = key

    def hear(self, step: Outcome | Release | Unannounced) -> None:
        """What became of a call."""
        if not self.accumulates:
            return
        if isinstance(step, Unannounced):
            call = AttemptFact(
                step.at, "call.place", None, "marketing", step.channel, step.sender, None, expires_at=step.at
            )
            self.seen[call_key(call)] = call
            self.holds[step.attempt] = call_key(call)
        elif isinstance(step, Release):
            for hold in step.holds:
                if hold in self.holds:
                    self.seen.pop(self.holds[hold], None)
        elif (key := self.holds.get(step.hold)) is not None and (known := self.seen.get(key)) is not None:
            self.seen[key] = replace(known, outcome=step.outcome, ended_at=max(step.at, known.at))

    def forget(self) -> None:
        """A decision cannot be read: from it on, nothing is taken for complete that was before."""
        self.since = self.refused_since = None
        self.seen.clear()

    def earlier(self, decision: Recorded) -> Sequence[AttemptFact]:
        """The calls that are known and lie further back than the decision's own facts reach, oldest first."""
        since = _before(decision.now, self.recorded.calls)
        refused_since = _before(decision.now, max(self.recorded.calls, self.recorded.refusals))
        told = {call_key(each) for each in decision.facts.attempts or ()}
        return [
            each
            for key, each in sorted(self.seen.items(), key=lambda item: item[1].at)
            if key not in told
            and _last(each) < (refused_since if each.outcome in REFUSALS else since)
            and each.expires_at <= decision.now
        ]

    def reaches(self, now: datetime, calls: timedelta, refusals: timedelta) -> bool:
        """Whether all calls, and all that were refused, are known so far back."""
        if self.since is None or self.refused_since is None:
            return False
        return self.since <= _before(now, calls) and min(self.since, self.refused_since) <= _before(now, refusals)


def _last(attempt: AttemptFact) -> datetime:
    return max(attempt.at, attempt.ended_at or attempt.at)


def _before(now: datetime, span: timedelta) -> datetime:
    try:
        return now - span
    except OverflowError:
        return datetime.min.replace(tzinfo=now.tzinfo)
