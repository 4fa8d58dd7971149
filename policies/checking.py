"""
Asking without holding: the same decision, from a snapshot, writing nothing.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple
from uuid import UUID

from audit.work import Work
from consent.contacts import ContactBook
from consent.errors import ContactUnknown
from consent.references import ContactReference
from policies.decision import Decision
from policies.evaluator import Step, evaluate, trace
from policies.gathering import Question, gather
from policies.refusals import InstantTooFar
from policies.rulebook import RuleBook

FARTHEST = timedelta(days=5 * 366)


class Checked(NamedTuple):
    """The decision; the volatile circumstances beside it; and, where it was asked for, what every rule answered."""

    decision: Decision
    contact: UUID | None
    at: datetime
    rules_microseconds: int
    steps: tuple[Step, ...] = ()
    detail: str = "reasons"


@dataclass(frozen=True, slots=True)
class Check:
    """May this call be placed, now or ``at`` an instant, with the facts in force then?"""

    asks_registers: ClassVar[bool] = True
    tenant: UUID
    question: Question
    at: datetime | None = None
    traced: bool = False
    detail: str = "reasons"  # how much of the answer is wanted, for whoever writes it

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person asked about."""
        return (self.question.to,)

    @property
    def looks_back_from(self) -> datetime | None:
        """The instant asked about, if it is not now."""
        return self.at

    def look(self, work: Work) -> Checked:
        """Raises PurposeUnknown, and ContactUnknown for an id nobody has."""
        contact = work[ContactBook].known(self.question.to)
        if contact is None and self.question.to.kind == "id":
            raise ContactUnknown
        now = self.at or work.now
        if abs(now - work.now) > FARTHEST:
            raise InstantTooFar(now)
        facts = gather(work, self.question, contact, now)
        rules = work[RuleBook].deciding(contact.person if contact else None, now)
        started = time.perf_counter_ns()
        decision = evaluate(rules, facts, now)
        spent = (time.perf_counter_ns() - started) // 1000
        steps = trace(rules, facts, now) if self.traced else ()
        return Checked(decision, contact.person if contact else None, now, spent, steps, self.detail)
