"""
Has the person given this business number permission to call on WhatsApp?

Kept apart from consent: the platform's permission is no legal consent, and both are required (facts as of
Meta's "user call permissions" page).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.decision import PASSES, Fails, Outcome, Passes, Unknown
from policies.facts import Facts
from policies.reasons import Code


@dataclass(frozen=True, slots=True)
class Permission:
    """
    A temporary or permanent permission in force.  Time alone never mends a failure.

    Someone who declined a request gave nothing that could be revoked, and may still change their mind while the
    request is open: that is PERMISSION_MISSING.  PERMISSION_REVOKED is kept for what was once given.
    """

    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Passes until the permission expires; a permission without a known state or end is unknown."""
        permission = facts.permission
        if permission is None:
            return Unknown("permission")
        match permission.state:
            case "permanent" if permission.expires_at is None:
                return PASSES
            case "temporary" | "permanent" if permission.expires_at is not None:
                if now < permission.expires_at:
                    return Passes(permission.expires_at)
                return Fails(Code.PERMISSION_EXPIRED, None, {"expired_at": permission.expires_at})
            case "temporary":
                return Unknown("permission.expires_at")
            case "none" | "declined":
                return Fails(Code.PERMISSION_MISSING, None, {"state": permission.state})
            case "revoked":
                return Fails(Code.PERMISSION_REVOKED, None, {"since": permission.since})
            case _:
                return Unknown("permission.state")
