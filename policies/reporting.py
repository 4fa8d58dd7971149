"""
What became of a hold, as its caller tells it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Idempotency, Work
from consent.contacts import ContactBook
from consent.lifecycle import EVERYTHING
from consent.platform_codes import Refused, is_news, restricts_sender, take_in
from consent.requests import past
from consent.withdrawing import withdraw
from policies.attempts import Attempt, AttemptBook
from policies.outcomes import relation
from policies.refusals import HoldReleased, HoldSpent, OutcomeContrary
from policies.tokens import Presented, admit


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """The call on a hold was placed, and ended like this."""

    tenant: UUID
    actor: str
    attempt: UUID
    outcome: str
    at: datetime
    duration_s: int | None = None
    error_code: int | None = None  # of the platform, on a call that failed
    idempotency: Idempotency | None = None
    token: Presented | None = None
    retry_at: datetime | None = None  # when the platform says that it may be done again

    @property
    def changes_settings(self) -> bool:
        """Whether the business number may be restricted by it."""
        return restricts_sender(self.error_code)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``call.reported``, or ``call.amended`` when it comes late or makes an earlier word more exact.

        The same outcome again records nothing, unless it comes with a code, or a moment, that closes more.  A token that is
        shown MUST be this hold's; the outcome spends it, since what was told of a hold once can be repeated and not be told
        otherwise.  Raises HoldUnknown, TokenRefused, HoldReleased or OutcomeContrary.
        """
        book = work[AttemptBook]
        attempt = book.known(self.tenant, self.attempt)
        if self.token is not None:
            admit(self.token, self.tenant, self.attempt)
        at = past(self.at, work.now)
        if attempt.released_by == "caller":
            raise HoldReleased
        told = relation(attempt.outcome, self.outcome)
        if told == "contrary":
            raise OutcomeContrary(attempt.outcome or "", self.outcome)
        codes = () if self.error_code is None else (Error(self.error_code, self.retry_at),)
        if told in ("new", "finer"):
            late = told == "finer" or attempt.state_at(work.now) != "held"
            settle(
                work,
                attempt,
                self.outcome,
                at=at,
                duration_s=self.duration_s,
                amends=late,
                source="caller",
                errors=codes,
            )
        elif told == "same" and tells_more(work, attempt, codes):
            at, lasted = attempt.outcome_at or at, attempt.duration_s
            settle(work, attempt, self.outcome, at=at, duration_s=lasted, amends=True, source="caller", errors=codes)
        else:
            work.refer(attempt.event_id)
        return {"hold": attempt.to_json(work.now)}


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    """The call was not placed."""

    tenant: UUID
    actor: str
    attempt: UUID
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``hold.released``; releasing twice records nothing.  Raises HoldUnknown or HoldSpent."""
        attempt = work[AttemptBook].known(self.tenant, self.attempt)
        if attempt.outcome is not None or attempt.call_ref is not None or not attempt.announced:
            raise HoldSpent(attempt.outcome)
        if attempt.released_by is None:
            facts: Mapping[str, Json] = {"hold": str(attempt.id), "expired": attempt.expires_at <= work.now}
            attempt.state, attempt.released_by = "released", "caller"
            attempt.event_id = work.record("hold.released", facts, contact=attempt.contact)
            work[AttemptBook].change(attempt)
        else:
            work.refer(attempt.event_id)
        return {"hold": attempt.to_json(work.now)}


class Error(NamedTuple):
    """The platform's code for a call that failed, and when it said that one may be placed again."""

    code: int
    retry_at: datetime | None = None


def tells_more(work: Work, attempt: Attempt, errors: Sequence[Error]) -> bool:
    """Whether a code that is told of a call whose outcome is known closes anything that nobody has closed for it."""
    since, sender = attempt.outcome_at or attempt.at, attempt.sender
    if sender is None:
        return False
    return any(is_news(work, Refused(attempt.contact, sender, attempt.id, *each), since) for each in errors)


def settle(
    work: Work,
    attempt: Attempt,
    outcome: str,
    *,
    at: datetime,
    duration_s: int | None,
    amends: bool,
    source: str,
    errors: Sequence[Error] = (),
) -> None:
    """
    Confirms an attempt with its outcome; an ``opted_out``, or what an error code means, takes effect in the same commit.

    A confirmed hold says whether it still stood: one released by a withdrawal was called on all the same.
    """
    facts: dict[str, Json] = {
        "hold": str(attempt.id),
        "outcome": outcome,
        "at": rfc3339(at),
        "duration_s": duration_s,
        "before": {"state": attempt.state_at(work.now), "outcome": attempt.outcome},
        "source": source,
        **({"error_code": errors[0].code} if errors else {}),
        **({"error_codes": [each.code for each in errors]} if len(errors) > 1 else {}),
    }
    news = outcome != attempt.outcome
    attempt.state, attempt.outcome, attempt.outcome_at, attempt.duration_s = "confirmed", outcome, at, duration_s
    # What the platform has borne out stays its word, also where the caller says it more exactly.
    platform = "platform" in (source, attempt.outcome_source)
    attempt.released_by, attempt.outcome_source = None, "platform" if platform else source
    work[AttemptBook].change(attempt)
    # Who was erased meanwhile has no record to withdraw from, and is refused all calls already.
    if news and outcome == "opted_out" and work[ContactBook].is_known(attempt.contact):
        contact = work[ContactBook].of_id(attempt.contact)
        withdraw(work, contact, EVERYTHING, at=at, method="outbound_call", facts={"hold": str(attempt.id)})
    attempt.event_id = work.record("call.amended" if amends else "call.reported", facts, contact=attempt.contact)
    for error in errors:
        if attempt.sender is not None:
            take_in(work, Refused(attempt.contact, attempt.sender, attempt.id, *error))
