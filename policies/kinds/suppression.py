"""Did the person say no to being called?  Whoever gathers the facts leaves out what a later opt-in lifted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.decision import PASSES, Fails, Outcome, Unknown
from policies.facts import Facts, SuppressionFact
from policies.reasons import Code


@dataclass(frozen=True, slots=True)
class Suppression:
    """No suppression covers the call.  Time never lifts one."""

    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Fails with the oldest suppression that covers the call."""
        if facts.suppressions is None:
            return Unknown("suppressions")
        if not facts.suppressions:
            return PASSES
        covering = [suppression.since for suppression in facts.suppressions if _covers(suppression, facts)]
        return Fails(Code.SUPPRESSED, None, {"since": min(covering)}) if covering else PASSES


def _covers(suppression: SuppressionFact, facts: Facts) -> bool:
    # Without a sender, a no to one sender may be a no to this one.
    sender = None if facts.sender is None else facts.sender.id
    return (
        _within(facts.purpose, suppression.purposes)
        and _within(facts.category, suppression.categories)
        and _within(facts.channel, suppression.channels)
        and (suppression.sender is None or sender is None or suppression.sender == sender)
    )


def _within(asked: str, scope: tuple[str, ...] | None) -> bool:
    return scope is None or asked in scope
