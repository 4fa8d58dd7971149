"""
Calls as the platform reports them: matched to their holds, or noted as calls that nobody asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Idempotency, Work
from consent.contacts import Contact, ContactBook
from consent.platform_codes import restricts_sender
from consent.references import ContactReference
from consent.settings import SenderReference, SettingsBook
from policies.attempts import Attempt, AttemptBook
from policies.outcomes import relation, weight
from policies.reporting import Error, settle, tells_more

# A call is placed while its hold lasts; what the platform tells of it may come hours later.
_SKEW = timedelta(seconds=60)
_LONGEST_CALL = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class ObserveCall:
    """
    The platform tells of a business-initiated call: that it was set up, or how it ended.

    ``attempt`` is the hold named in the call's opaque data, where there is one.
    """

    tenant: UUID
    actor: str
    contacts: tuple[ContactReference, ...]
    senders: tuple[SenderReference, ...]  # every name of the business number
    attempt: UUID | None
    call_ref: bytes
    at: datetime
    outcome: str | None  # None: only that there is a call
    duration_s: int | None = None
    channel: str = "whatsapp_call"
    idempotency: Idempotency | None = None
    codes: tuple[int, ...] = ()  # of the platform, for a call that failed

    @property
    def changes_settings(self) -> bool:
        """Whether the business number may be restricted by it."""
        return any(map(restricts_sender, self.codes))

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``call.reported`` or ``call.amended`` on the hold it belongs to, else ``call.unannounced``.

        The platform's word prevails over the caller's: it counts the calls.
        """
        at = min(self.at, work.now)
        sender = work[SettingsBook].current.first_sender(self.senders)
        attempt = self._find(work, sender.id if sender else None)
        if attempt is None:
            attempt = self._note_unannounced(work, sender.id if sender else None, at)
        elif attempt.call_ref is None:
            self._recognise(work, attempt)
        if self.outcome is not None:
            self._report(work, attempt, self.outcome, at)
        return {"attempt": str(attempt.id), "announced": attempt.announced}

    def _report(self, work: Work, attempt: Attempt, outcome: str, at: datetime) -> None:
        told, duration = relation(attempt.outcome, outcome), self.duration_s
        errors = tuple(map(Error, self.codes)) if outcome == "failed" else ()
        if told in ("same", "coarser"):
            if not self._adds(attempt) and not tells_more(work, attempt, errors):
                return
            # What was known stays as exact as it was, and a conversation ends with the last that is heard of it.
            outcome = attempt.outcome or outcome
            at = max(at, attempt.outcome_at or at)
            duration = attempt.duration_s if duration is None else duration
        elif told == "contrary" and not self._prevails(attempt):
            return
        amends = told != "new" or attempt.state_at(work.now) == "released"
        settle(work, attempt, outcome, at=at, duration_s=duration, amends=amends, source="platform", errors=errors)

    def _adds(self, attempt: Attempt) -> bool:
        """Whether this word bears out what was the caller's alone, or is the first to say how long it lasted."""
        return attempt.outcome_source == "caller" or (self.duration_s is not None and attempt.duration_s is None)

    def _prevails(self, attempt: Attempt) -> bool:
        """
        Whether this word overrules a contrary one.

        The platform overrules a caller.  Among its own words, which come in any order, the one with more evidence
        stands: that a call was answered is seen, that it was not is only the lack of it.
        """
        return attempt.outcome_source == "caller" or weight(self.outcome) > weight(attempt.outcome)

    def _find(self, work: Work, sender: str | None) -> Attempt | None:
        book = work[AttemptBook]
        known = book.of_call(self.tenant, self.call_ref)
        if known is not None:
            return known
        people = work[ContactBook].all_known(self.contacts)
        candidates = [each for person in people for each in book.own(person) if self._fits(each, sender)]
        named = [each for each in candidates if each.id == self.attempt]
        return next(iter(named or reversed(candidates)), None)

    def _fits(self, attempt: Attempt, sender: str | None) -> bool:
        """Whether the call may be the one that this hold was for."""
        return (
            attempt.announced
            and attempt.call_ref is None
            and attempt.action == "call.place"
            and attempt.channel == self.channel
            and attempt.sender == sender
            and attempt.state != "released"
            and attempt.at - _SKEW <= self.at <= attempt.expires_at + _LONGEST_CALL
        )

    def _recognise(self, work: Work, attempt: Attempt) -> None:
        attempt.call_ref = self.call_ref
        work[AttemptBook].change(attempt)
        facts: Mapping[str, Json] = {"hold": str(attempt.id), "call_ref": self.call_ref.hex(), "at": rfc3339(self.at)}
        attempt.event_id = work.record("call.recognised", facts, contact=attempt.contact)

    def _note_unannounced(self, work: Work, sender: str | None, at: datetime) -> Attempt:
        """A call that no hold announced counts all the same: purpose unknown, so marketing."""
        contact: Contact = work[ContactBook].meet_one_of(self.contacts)
        attempt = Attempt(
            tenant=self.tenant,
            id=uuid4(),
            contact=contact.id,
            sender=sender,
            action="call.place",
            purpose=None,
            category="marketing",
            channel=self.channel,
            technology=None,
            at=at,
            expires_at=at,
            state="held",
            announced=False,
            call_ref=self.call_ref,
        )
        attempt.event_id = work.record(
            "call.unannounced",
            {
                "attempt": str(attempt.id),
                "named_hold": None if self.attempt is None else str(self.attempt),
                "sender": sender,
                "channel": self.channel,
                "call_ref": self.call_ref.hex(),
                "at": rfc3339(at),
            },
            contact=contact.id,
        )
        work[AttemptBook].make(attempt)
        return attempt
