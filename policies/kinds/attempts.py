"""
Which earlier calls and requests a rule looks at, and what an unfinished one counts as.

Counts are made over the log of attempts, never over counters: only that is exact for a rolling window.
"""

from dataclasses import dataclass
from datetime import datetime

from policies.facts import CATEGORIES, AttemptFact, Facts

CALL = "call.place"
REQUEST = "call.request_permission"

# Whoever refuses or opts out in a conversation has picked up; "rejected" is a call that was declined while ringing.
PICKED_UP = frozenset({"connected", "refused", "opted_out"})
NOT_PICKED_UP = frozenset({"unanswered", "rejected"})
REFUSALS = frozenset({"refused", "opted_out"})


def is_open(attempt: AttemptFact, now: datetime) -> bool:
    """Is this a hold whose outcome may still come?  Until then it may turn out to be anything."""
    return attempt.outcome is None and now < attempt.expires_at


def is_sandbox(facts: Facts) -> bool:
    """Is the call from a test number, for which the platform has other limits?"""
    return facts.sender is not None and facts.sender.sandbox is True


@dataclass(frozen=True, slots=True)
class Scope:
    """The attempts that concern a rule; None in a dimension means all of it."""

    by_sender: bool = False
    categories: frozenset[str] | None = None
    channels: frozenset[str] | None = None
    other_channels: bool = False  # only those on another channel than the one asked about
    by_purpose: bool = False

    def missing(self, facts: Facts) -> str | None:
        """The name of the fact without which the attempts cannot be told apart, if there is one."""
        if facts.attempts is None:
            return "attempts"
        return "sender" if self.by_sender and facts.sender is None else None

    def of(self, facts: Facts, action: str, since: datetime) -> list[AttemptFact]:
        """The attempts in scope that were made after ``since``, once `missing` has named nothing."""
        attempts = facts.attempts or ()
        sender = facts.sender.id if self.by_sender and facts.sender else None
        return [
            attempt
            for attempt in attempts
            if attempt.at > since
            and attempt.action == action
            # An attempt from nobody knows where counts for every sender.
            and (sender is None or attempt.sender is None or attempt.sender == sender)
            and (self.channels is None or attempt.channel in self.channels)
            and not (self.other_channels and attempt.channel == facts.channel)
            # An attempt for nobody knows what counts for every purpose.
            and not (self.by_purpose and attempt.purpose not in {None, facts.purpose})
            and (self.categories is None or _about_one_of(attempt, self.categories))
        ]


def _about_one_of(attempt: AttemptFact, categories: frozenset[str]) -> bool:
    """A call that nobody announced is entered as marketing without a purpose, and may have been about anything."""
    unannounced = attempt.purpose is None and attempt.category == "marketing"
    return unannounced or category_of(attempt.category) in categories


def category_of(category: str) -> str:
    """The category that the rules know; what is none of them counts as marketing."""
    return category if category in CATEGORIES else "marketing"
