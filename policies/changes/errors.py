"""
What can be asked of a change of rules and not be done; nothing is recorded then.

ChangeRefused
├── ChangeUnknown       the tenant has no such change
├── ChangeEnded         it was withdrawn, or its set is or was in force
├── ChangeScheduled     its set comes into force by itself
├── NotOnTrial          the end of a trial that is not this change's
├── NothingChanges      the candidate is what is in force
├── NoRules             a tenant without rules has nothing to change
├── ChecksFailed        packs out of order, or cases that fail
├── OwnChange           whoever drafted a change cannot approve it
├── ReportNeeded        a change that may allow more, without the report of a simulation
├── ReportUnknown       no simulation of this change has such a report
├── ReportEmpty         a report of no decision at all, where there are some
├── ChangeStale         other rules came into force since
├── NotApproved         activation without approval
├── AlreadyApproved     a second approval
├── NotAhead            an activation at an instant that is over, or further than a year
└── NothingBefore       no step back from here
"""

from collections.abc import Sequence
from typing import NamedTuple

from audit.errors import Refused
from policies.errors import PolicyError


class Fault(NamedTuple):
    """One thing to mend in a draft: where in the body, and what is wrong."""

    pointer: str
    detail: str


class ChangeRefused(PolicyError, Refused):
    """Root of the refusals about changes of rules."""


class ChangeUnknown(ChangeRefused):
    """No change of this tenant has this id."""

    def __init__(self) -> None:
        super().__init__("There is no such change of rules.")


class ChangeEnded(ChangeRefused):
    """It was withdrawn, is in force, or was."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(f"This change is {state}: draft a new one.")


class ChangeScheduled(ChangeRefused):
    """It was activated, for later."""

    def __init__(self) -> None:
        super().__init__("This change is scheduled already: withdraw it first, and draft it anew to have it otherwise.")


class NotOnTrial(ChangeRefused):
    """Whoever ends a trial names what is on trial."""

    def __init__(self) -> None:
        super().__init__("This change is not on trial: see what is under /v1/policies/in-force.")


class NothingChanges(ChangeRefused):
    """The same packs, word for word."""

    pointer = "/packs"

    def __init__(self) -> None:
        super().__init__("These packs are the rules that are in force.")


class NoRules(ChangeRefused):
    """A change needs a set to change."""

    def __init__(self) -> None:
        super().__init__("This tenant has no rules yet: they are given when the tenant is created.")


class ChecksFailed(ChangeRefused):
    """A draft is not in order; ``faults`` names every problem at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = faults
        many = "" if len(faults) == 1 else f" ({len(faults)} problems)"
        super().__init__(f"The packs are not in order{many}, so nothing was drafted: {faults[0].detail}")


class OwnChange(ChangeRefused):
    """Whoever drafted a change is not the one who vouches for it."""

    def __init__(self) -> None:
        super().__init__("You drafted this change: somebody else has to approve it.")


class ReportNeeded(ChangeRefused):
    """What may allow more is tried before it counts."""

    pointer = "/report_hash"

    def __init__(self, why: str | None) -> None:
        because = f" {why}" if why else ""
        super().__init__(
            "Name the report of a simulation of this change. Only an emergency that tightens may go without, and this "
            f"one was not asked for as such, or may allow more.{because}"
        )


class ReportUnknown(ChangeRefused):
    """A report about something else is no report."""

    pointer = "/report_hash"

    def __init__(self) -> None:
        super().__init__("No simulation of this change, against the rules that it changes, has a report of this hash.")


class ReportEmpty(ChangeRefused):
    """What was tried on nothing was not tried."""

    pointer = "/report_hash"

    def __init__(self) -> None:
        super().__init__(
            "This report is about no decision that could be told, though there are some: simulate a longer stretch."
        )


class ChangeStale(ChangeRefused):
    """Its base is not in force any more, or is in force anew."""

    def __init__(self) -> None:
        super().__init__(
            "Other rules came into force since this change was drafted, so that nothing said of it holds any more: draft "
            "and simulate it anew."
        )


class NotApproved(ChangeRefused):
    """Nothing comes into force, or decides about anybody, before somebody else has vouched for it."""

    def __init__(self) -> None:
        super().__init__("This change is not approved yet.")


class AlreadyApproved(ChangeRefused):
    """The first approval, and what it rests on, stands."""

    def __init__(self) -> None:
        super().__init__("This change is approved already.")


class NotAhead(ChangeRefused):
    """An instant at which nothing can come into force."""

    pointer = "/at"

    def __init__(self) -> None:
        super().__init__("at must lie after now, and within a year. Leave it out to activate at once.")


class NothingBefore(ChangeRefused):
    """One step back, and no second."""

    def __init__(self) -> None:
        super().__init__(
            "There is no set to go back to: these are the first rules, or a step back was taken. Draft a change instead."
        )
