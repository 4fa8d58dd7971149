"""
The registry of reason codes: what each means, how bad it is, and what a caller can do about it.

A code never changes its meaning; new ones may come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """What waiting or asking can still do, worst first: the order in which reasons are reported."""

    TERMINAL = "terminal"  # Asking later will not help.
    ERROR = "error"  # Something is unknown: mend the request or the facts.
    REQUESTABLE = "requestable"  # Asking the person may help.
    DEFER = "defer"  # Time will help.


class Code(StrEnum):
    """Why a call is denied."""

    CONSENT_MISSING = "CONSENT_MISSING"
    CONSENT_PENDING = "CONSENT_PENDING"
    CONSENT_EXPIRED = "CONSENT_EXPIRED"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    CONSENT_REFUSED = "CONSENT_REFUSED"
    CONSENT_SCOPE = "CONSENT_SCOPE"
    CONSENT_CHANNEL = "CONSENT_CHANNEL"
    CONSENT_TECHNOLOGY = "CONSENT_TECHNOLOGY"
    CONSENT_BASIS = "CONSENT_BASIS"
    PERMISSION_MISSING = "PERMISSION_MISSING"
    PERMISSION_EXPIRED = "PERMISSION_EXPIRED"
    PERMISSION_REVOKED = "PERMISSION_REVOKED"
    PERMISSION_REQUEST_LIMIT = "PERMISSION_REQUEST_LIMIT"
    PLATFORM_LIMIT = "PLATFORM_LIMIT"
    SUPPRESSED = "SUPPRESSED"
    PAUSED = "PAUSED"
    REGISTER_LISTED = "REGISTER_LISTED"
    REGISTER_ABSENT = "REGISTER_ABSENT"
    REGISTER_STALE = "REGISTER_STALE"
    QUIET_HOURS = "QUIET_HOURS"
    DAY_CLOSED = "DAY_CLOSED"
    HOLIDAY = "HOLIDAY"
    CAP_REACHED = "CAP_REACHED"
    COOL_OFF = "COOL_OFF"
    UNANSWERED_STREAK = "UNANSWERED_STREAK"
    SENDER_COUNTRY = "SENDER_COUNTRY"
    SENDER_RESTRICTED = "SENDER_RESTRICTED"
    SENDER_UNKNOWN = "SENDER_UNKNOWN"
    LOCAL_TIME_UNKNOWN = "LOCAL_TIME_UNKNOWN"
    JURISDICTION_UNKNOWN = "JURISDICTION_UNKNOWN"
    FACT_MISSING = "FACT_MISSING"
    FACT_STALE = "FACT_STALE"
    PREDICATE_FAILED = "PREDICATE_FAILED"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row of the registry; a remedy of None means that waiting is all there is to do."""

    severity: Severity
    remedy: str | None
    description: str


_ASK_CONSENT = "Obtain the person's consent for this purpose, channel, technology and sender, and record it."
_ASK_PERMISSION = "Ask the person for permission to call with a call permission request."

_TERMINAL = {
    Code.CONSENT_WITHDRAWN: Meaning(
        Severity.TERMINAL,
        "Do not call. Only the person's own later consent opens this again.",
        "The person took back the consent that would have covered this call.",
    ),
    Code.CONSENT_REFUSED: Meaning(
        Severity.TERMINAL,
        "Do not call. Only the person's own later consent opens this again.",
        "The person was asked for this consent and said no.",
    ),
    Code.SUPPRESSED: Meaning(
        Severity.TERMINAL,
        "Do not call. Only the person's own later opt-in lifts a suppression.",
        "The person said that they do not want to be called.",
    ),
    Code.REGISTER_LISTED: Meaning(
        Severity.TERMINAL, "Do not call for this purpose.", "The person stands in an exclusion register that applies."
    ),
    Code.SENDER_COUNTRY: Meaning(
        Severity.TERMINAL,
        "Call from a business number of another country.",
        "Calls may not be placed from business numbers of this country.",
    ),
    Code.PREDICATE_FAILED: Meaning(Severity.TERMINAL, None, "A condition that the rules state does not hold."),
}

_ERRORS = {
    Code.REGISTER_STALE: Meaning(
        Severity.ERROR, "Import a fresh copy of the register.", "The register was loaded too long ago to be relied on."
    ),
    Code.SENDER_UNKNOWN: Meaning(
        Severity.ERROR,
        "Register the business number with its country.",
        "The business number that would call, or its country, is not known.",
    ),
    Code.LOCAL_TIME_UNKNOWN: Meaning(
        Severity.ERROR,
        "State the person's time zone or address.",
        "No time zone is known for the person, so nobody can say what hour it is there.",
    ),
    Code.JURISDICTION_UNKNOWN: Meaning(
        Severity.ERROR,
        "State the person's country, and activate a rule pack that covers it.",
        "It is not known whose law protects the person, or no rule pack covers that country.",
    ),
    Code.FACT_MISSING: Meaning(
        Severity.ERROR, "Supply the fact that the parameters name.", "A rule needs a fact that is not known."
    ),
    Code.FACT_STALE: Meaning(
        Severity.ERROR, "Refresh the fact that the parameters name.", "A fact is known, but from too long ago."
    ),
}

_REQUESTABLE = {
    Code.CONSENT_MISSING: Meaning(Severity.REQUESTABLE, _ASK_CONSENT, "The person never consented to this."),
    Code.CONSENT_PENDING: Meaning(
        Severity.REQUESTABLE,
        "Wait for the person to confirm, or ask once more.",
        "The person was asked to confirm this consent and has not yet done so.",
    ),
    Code.CONSENT_EXPIRED: Meaning(Severity.REQUESTABLE, _ASK_CONSENT, "The consent that covered this has run out."),
    Code.CONSENT_SCOPE: Meaning(
        Severity.REQUESTABLE, _ASK_CONSENT, "The person consented, but to another purpose or to another sender."
    ),
    Code.CONSENT_CHANNEL: Meaning(
        Severity.REQUESTABLE, _ASK_CONSENT, "The person consented to this purpose on another channel."
    ),
    Code.CONSENT_TECHNOLOGY: Meaning(
        Severity.REQUESTABLE, _ASK_CONSENT, "The person consented to this purpose with another technology."
    ),
    Code.CONSENT_BASIS: Meaning(
        Severity.REQUESTABLE, _ASK_CONSENT, "The person's consent rests on a basis that does not suffice for this call."
    ),
    Code.REGISTER_ABSENT: Meaning(
        Severity.REQUESTABLE,
        "Have the person's consent entered into the register, and load it again.",
        "The person does not stand in the register of consents that the law relies on.",
    ),
    Code.PERMISSION_MISSING: Meaning(
        Severity.REQUESTABLE, _ASK_PERMISSION, "The person has not given this business number permission to call."
    ),
    Code.PERMISSION_EXPIRED: Meaning(Severity.REQUESTABLE, _ASK_PERMISSION, "The permission to call has run out."),
    Code.PERMISSION_REVOKED: Meaning(Severity.REQUESTABLE, _ASK_PERMISSION, "The permission to call was taken back."),
    Code.UNANSWERED_STREAK: Meaning(
        Severity.REQUESTABLE,
        _ASK_PERMISSION,
        "The last calls were not answered, and permission ends after that many in a row.",
    ),
}

_DEFERRED = {
    Code.PERMISSION_REQUEST_LIMIT: Meaning(
        Severity.DEFER, None, "The person was asked for permission as often as the platform lets a business ask."
    ),
    Code.PLATFORM_LIMIT: Meaning(
        Severity.DEFER,
        "Read the permission from the platform, which may tell of an earlier moment.",
        "The platform itself said that the person may not be called from this business number before then.",
    ),
    Code.PAUSED: Meaning(Severity.DEFER, None, "The person asked not to be called until then."),
    Code.QUIET_HOURS: Meaning(Severity.DEFER, None, "It is outside the hours of this day."),
    Code.DAY_CLOSED: Meaning(Severity.DEFER, None, "Nobody may be called on this day of the week."),
    Code.HOLIDAY: Meaning(Severity.DEFER, None, "Nobody may be called on this holiday."),
    Code.CAP_REACHED: Meaning(Severity.DEFER, None, "The person was called as often as the rules allow."),
    Code.COOL_OFF: Meaning(Severity.DEFER, None, "Too little time has passed since an earlier call."),
    Code.SENDER_RESTRICTED: Meaning(
        Severity.DEFER,
        "See the account's calling restrictions, and call from another business number meanwhile.",
        "The platform restricts calls from this business number.",
    ),
}

REASONS: Mapping[Code, Meaning] = MappingProxyType({**_TERMINAL, **_ERRORS, **_REQUESTABLE, **_DEFERRED})
