"""
What can be asked of a hold and not be done; nothing is recorded then.

CallRefused
├── HoldUnknown       the tenant has no such hold
├── HoldReleased      the caller said before that this call was not placed
├── HoldSpent         a call was placed on this hold, so that it cannot be released
├── NobodyAnswers     a request that no channel or business number can send
├── OutcomeContrary   the call ended otherwise, by an earlier word
├── TokenRefused      a token that does not stand for this hold
├── ReferencePersonal a caller's reference that names the person called
├── InstantTooFar     a check more than five years away
│   └── PlanTooFar    … a plan
├── RulesInForce      first rules for a tenant that has rules
├── PlanTooLong       a plan for no time, or for more than its slots are worth
└── LineTooLong       one of many questions that is longer than a question may be
"""

from datetime import datetime, timedelta

from audit.errors import Refused
from policies.errors import PolicyError


class CallRefused(PolicyError, Refused):
    """Root of the refusals about holds."""


class HoldUnknown(CallRefused):
    """No hold of this tenant has this id."""

    def __init__(self) -> None:
        super().__init__("There is no such hold.")


class HoldReleased(CallRefused):
    """The hold was released by its caller, which says that the call was not placed."""

    def __init__(self) -> None:
        super().__init__("This hold was released before: the call was not placed. Ask for a new hold before you call.")


class HoldSpent(CallRefused):
    """The hold's call is known: the platform told of it, or somebody said how it ended."""

    def __init__(self, outcome: str | None) -> None:
        ended = "" if outcome is None else f" and ended as {outcome}"
        super().__init__(f"A call was placed on this hold{ended}; it cannot be released.")


class NobodyAnswers(CallRefused):
    """A request for permission that nobody could send."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing can be sent from this business number: it must be a sender with a phone_number_id, and a WhatsApp channel "
            "needs an access token (`venia channel answer`)."
        )


class OutcomeContrary(CallRefused):
    """An outcome that contradicts the one known."""

    def __init__(self, known: str, told: str) -> None:
        super().__init__(f"The outcome of this call is known to be {known}; it cannot also be {told}.")


class RulesInForce(CallRefused):
    """A tenant's rules change by a change that is drafted, rehearsed and approved."""

    def __init__(self) -> None:
        super().__init__("This tenant has rules in force: draft a change, simulate it and have it approved.")


class TokenRefused(CallRefused):
    """A decision token that is none, is for another hold, or bears a signature that nobody here made."""

    def __init__(self, fault: str) -> None:
        super().__init__(
            f"{fault} Send the token that came with this hold's allow, or none: the outcome counts without one."
        )


class InstantTooFar(CallRefused):
    """A check at an instant for which nobody can vouch."""

    name = "at"  # of the field

    def __init__(self, at: datetime) -> None:
        self.at = at
        super().__init__(f"{self.name} must lie within five years of now.")


class PlanTooLong(CallRefused):
    """A plan that ends before it begins, or much later."""

    pointer = "/end"

    def __init__(self, longest: timedelta) -> None:
        super().__init__(f"A plan ends after its start, at most {longest.days} days later.")


class PlanTooFar(InstantTooFar):
    """A plan that begins at an instant for which nobody can vouch."""

    pointer = "/start"
    name = "start"


class LineTooLong(CallRefused):
    """A line of more than 64 KiB."""

    def __init__(self) -> None:
        super().__init__("A line is at most 64 KiB long; a question is a few hundred bytes.")


class ReferencePersonal(CallRefused):
    """The reference would put personal data into the log."""

    def __init__(self) -> None:
        super().__init__("reference must not contain a phone number or an e-mail address; use an id of your own.")
