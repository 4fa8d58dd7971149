"""
Has the platform itself said that this may not be done yet?

Its own count overrules ours: it knows of calls and requests that nobody told us about.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.decision import PASSES, Fails, Outcome, Unknown
from policies.facts import Facts
from policies.kinds.attempts import REQUEST
from policies.reasons import Code


@dataclass(frozen=True, slots=True)
class PlatformLimit:
    """No limit that the platform told of is in force; it ends at the moment that was told, and not before."""

    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Fails until the limit ends; where nothing is known of the permission, nothing is of its limits."""
        if facts.permission is None:
            return Unknown("permission")
        until = facts.permission.limited_until
        if until is None or until <= now:
            return PASSES
        code = Code.PERMISSION_REQUEST_LIMIT if facts.action == REQUEST else Code.PLATFORM_LIMIT
        return Fails(code, until, {"until": until})
