"""
When somebody may be called in the time to come, if nothing else changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from audit.work import Work
from consent.contacts import ContactBook
from consent.errors import ContactUnknown
from consent.references import ContactReference
from policies.checking import FARTHEST
from policies.decision import Decision, Json, written
from policies.evaluator import evaluate
from policies.facts import Facts
from policies.gathering import Question, gather
from policies.refusals import InstantTooFar, PlanTooLong
from policies.rulebook import RuleBook
from policies.ruleset import RuleSet

LONGEST = timedelta(days=8)


class Slot(NamedTuple):
    """A half-open interval in which a call would be allowed."""

    start: datetime
    end: datetime


def slots(rules: RuleSet, facts: Facts, start: datetime, end: datetime) -> tuple[Slot, ...]:
    """
    The intervals from ``start`` to ``end`` in which the decision would be allow, exact, if nothing else changes.

    Pure.  An allow stands until it expires and is then asked for again; a deny is left at its ``retry_at``.
    """
    found: list[Slot] = []
    at = start
    while at < end:
        decision = evaluate(rules, facts, at)
        if not decision.allow:
            if decision.retry_at is None:
                break
            at = decision.retry_at
            continue
        until = end if decision.expires_at is None else min(decision.expires_at, end)
        if found and found[-1].end == at:
            found[-1] = Slot(found[-1].start, until)
        else:
            found.append(Slot(at, until))
        at = until
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Planned:
    """When a person may be called within a time; without any slot, the decision at its beginning says why not."""

    contact: UUID | None
    slots: tuple[Slot, ...]
    decision: Decision

    def to_json(self) -> dict[str, Json]:
        """The plan as it goes over the wire."""
        return {
            "contact": str(self.contact) if self.contact else None,
            "slots": [{"start": written(start), "end": written(end)} for start, end in self.slots],
            "reasons": [] if self.slots else [reason.to_json() for reason in self.decision.reasons],
            "retry_at": None if self.slots else written(self.decision.retry_at),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """When may this person be called from ``start`` to ``end``, at most eight days later?"""

    tenant: UUID
    question: Question
    start: datetime
    end: datetime

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person asked about."""
        return (self.question.to,)

    @property
    def looks_back_from(self) -> datetime:
        """The beginning of the plan, which may be over."""
        return self.start

    def look(self, work: Work) -> Planned:
        """
        With the facts known now, in force at the beginning of the plan.

        Raises PlanTooLong, InstantTooFar, PurposeUnknown, and ContactUnknown for an id nobody has.
        """
        if not timedelta() < self.end - self.start <= LONGEST:
            raise PlanTooLong(LONGEST)
        if abs(self.start - work.now) > FARTHEST:
            raise InstantTooFar(self.start)
        contact = work[ContactBook].known(self.question.to)
        if contact is None and self.question.to.kind == "id":
            raise ContactUnknown
        rules = work[RuleBook].active
        facts = gather(work, self.question, contact, max(self.start, work.now))
        return Planned(
            contact.id if contact else None,
            slots(rules, facts, self.start, self.end),
            evaluate(rules, facts, self.start),
        )
