"""
Authorizing a call: decide and hold, in one step, so that nobody else gets the same allow.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

from audit.entry import Json, timestamp
from audit.instants import rfc3339
from audit.work import Idempotency, Work
from consent.contacts import Contact, ContactBook
from consent.references import ContactReference
from policies.attempts import Attempt, AttemptBook
from policies.closed_days import HOLIDAYS_VERSION
from policies.decision import Decision
from policies.evaluator import evaluate
from policies.facts import Facts
from policies.gathering import Question, gather
from policies.refusals import ReferencePersonal
from policies.rulebook import RuleBook
from policies.shadows.book import ShadowBook
from policies.shadows.shadow import Opinion
from policies.tokens import claims_of

SHORTEST_HOLD = timedelta(seconds=10)
LONGEST_HOLD = timedelta(minutes=10)
DEFAULT_HOLD = timedelta(seconds=90)

_LOOKS_PERSONAL = re.compile(r"@|\+\d{7}")


@dataclass(frozen=True, slots=True)
class Authorize:
    """May this call be placed now?  If so, the person's counters are held for it until it expires."""

    decides: ClassVar[bool] = True
    asks_registers: ClassVar[bool] = True
    tenant: UUID
    actor: str
    question: Question
    reference: str | None = None
    ttl: timedelta = DEFAULT_HOLD
    idempotency: Idempotency | None = None
    token: bool = False

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person to be called."""
        return (self.question.to,)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``decision.allowed`` or ``decision.denied`` with every fact used, and on allow makes the hold.

        The answer holds the claims of a token where one was asked for; whoever sends it signs them.  Raises
        PurposeUnknown, ContactUnknown or ReferencePersonal.
        """
        self._refuse_personal_reference()
        book = work[ContactBook]
        known, rules = book.known(self.question.to), work[RuleBook]
        facts = gather(work, self.question, known, work.now)
        decision = evaluate(rules.deciding(known.person if known else None, work.now), facts, work.now)
        # Asking about someone erased brings nobody back: what is refused is refused to an identifier nobody keeps.
        erased = bool(book.tombstones(self.question.to)) and not decision.allow
        contact = None if erased else book.meet(self.question.to)
        # What the next rules would say of this call nobody has asked: no hold outlives the present ones.
        ends = min((end for end in (decision.expires_at, rules.changes_at) if end is not None), default=None)
        hold = self._hold(contact, facts, work.now, ends) if contact and decision.allow else None
        opinions = work[ShadowBook].opinions(known, facts)
        event = work.record(
            "decision.allowed" if decision.allow else "decision.denied",
            {
                "now": timestamp(work.now),
                "facts": facts.to_json(),
                "reasons": [[each.code.value, each.pack, each.rule] for each in decision.reasons],
                **({"obligations": [each.id for each in decision.obligations]} if decision.allow else {}),
                "rule_set": decision.rule_set,
                "tzdata": decision.tzdata,
                "holidays": HOLIDAYS_VERSION,
                "reference": self.reference,
                "hold": None if hold is None else {"id": str(hold.id), "expires_at": timestamp(hold.expires_at)},
                **_otherwise(opinions, decision),
            },
            contact=contact.id if contact else None,
        )
        if hold is not None:
            hold.event_id = event
            work[AttemptBook].make(hold)
        if opinions and contact is not None:
            would_be = hold or self._hold(contact, facts, work.now, None)
            work[ShadowBook].note(opinions, decision, contact, would_be, event)
        answer = _answer(decision, contact, hold)
        # What is remembered for a repetition are the claims alone, which are worth nothing until they are signed.
        return {**answer, "token": claims_of(hold, decision.rule_set, work.now)} if hold and self.token else answer

    def _refuse_personal_reference(self) -> None:
        """The reference goes into the log as it is, where nothing can be erased."""
        if self.reference is None:
            return
        digits = re.sub(r"\D", "", self.question.to.value) if self.question.to.kind == "phone" else ""
        if _LOOKS_PERSONAL.search(self.reference) or (digits and digits[-9:] in re.sub(r"\D", "", self.reference)):
            raise ReferencePersonal

    def _hold(self, contact: Contact, facts: Facts, now: datetime, ends: datetime | None) -> Attempt:
        """Never longer than the allow that it rests on."""
        return Attempt(
            tenant=self.tenant,
            id=uuid4(),
            contact=contact.id,
            sender=facts.sender.id if facts.sender else None,
            action=facts.action,
            purpose=facts.purpose,
            category=facts.category,
            channel=facts.channel,
            technology=facts.technology,
            at=now,
            expires_at=now + self.ttl if ends is None else min(now + self.ttl, ends),
            state="held",
        )


def _otherwise(opinions: Sequence[Opinion], decision: Decision) -> Mapping[str, Json]:
    """What shadows would have said otherwise; of what they agree on the entry says nothing."""
    parted = [each.to_json() for each in opinions if each.parts_from(decision)]
    return {"shadows": parted} if parted else {}


def _answer(decision: Decision, contact: Contact | None, hold: Attempt | None) -> Mapping[str, Json]:
    answer: dict[str, Json] = {**decision.to_json(), "contact": str(contact.person) if contact else None}
    if hold is not None:
        answer["hold"] = {"id": str(hold.id), "expires_at": rfc3339(hold.expires_at)}
    return answer
