"""Did the person say no to being called?  Whoever gathers the facts leaves out what a later opt-in lifted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.decision import PASSES, Fails, Outcome, Unknown
from policies.facts import Facts, SuppressionFact
from policies.reasons import Code


@dataclass(frozen=True, slots=True)
class Suppression:
    """No suppression covers the call.  Time lifts one only where the person gave an end."""

    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Fails with the oldest suppression that covers the call for good, else with the one that ends last."""
        if facts.suppressions is None:
            return Unknown("suppressions")
        if not facts.suppressions:
            return PASSES
        covering = [each for each in facts.suppressions if _covers(each, facts) and not _is_over(each, now)]
        for_good = [each.since for each in covering if each.until is None]
        if for_good:
            return Fails(Code.SUPPRESSED, None, {"since": min(for_good)})
        until = max((each.until for each in covering if each.until is not None), default=None)
        if until is None:
            return PASSES
        return Fails(Code.PAUSED, until, {"since": min(each.since for each in covering), "until": until})


def _is_over(suppression: SuppressionFact, now: datetime) -> bool:
    return suppression.until is not None and suppression.until <= now


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
