"""May this business number call at all: is it known, of a country that may, and not restricted by the platform?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.decision import PASSES, Fails, Outcome, Unknown
from policies.facts import Facts
from policies.reasons import Code


@dataclass(frozen=True, slots=True)
class Sender:
    """A known business number, of none of these countries and, where asked, not restricted."""

    deny_countries: frozenset[str] = frozenset()
    deny_restricted: bool = False
    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Country first, since nothing helps there; a restriction ends when the platform said it would."""
        sender = facts.sender
        if sender is None:
            return Unknown("sender", Code.SENDER_UNKNOWN)
        if self.deny_countries:
            if sender.country is None:
                return Unknown("sender.country", Code.SENDER_UNKNOWN)
            if sender.country in self.deny_countries:
                return Fails(Code.SENDER_COUNTRY, None, {"country": sender.country})
        if self.deny_restricted and sender.restricted:
            return self._restricted(sender.restricted_until, now)
        return PASSES

    def _restricted(self, until: datetime | None, now: datetime) -> Outcome:
        if until is not None and until <= now:
            return PASSES
        return Fails(Code.SENDER_RESTRICTED, until, {"until": until})
