"""
When somebody may be called in the time to come, if nothing else changes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import ClassVar, NamedTuple
from uuid import UUID

from audit.work import Work
from consent.contacts import Contact, ContactBook
from consent.errors import ContactUnknown
from consent.history import HistoryBook
from consent.references import ContactReference
from consent.wishes.book import WishBook
from policies.attempts import AttemptBook
from policies.checking import FARTHEST
from policies.decision import Decision, Json, written
from policies.errors import PolicyError
from policies.evaluator import evaluate
from policies.facts import Facts
from policies.gathering import Question, gather
from policies.refusals import PlanTooFar, PlanTooLong
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
        if until <= at:
            raise PolicyError(f"An allow had expired when it was given, at {at}: this is a defect of a rule's kind.")
        found.append(Slot(at, until))
        at = until
    return joined(found)


def joined(found: Iterable[Slot]) -> tuple[Slot, ...]:
    """Slots in their order, those that touch made one."""
    apart: list[Slot] = []
    for slot in found:
        if apart and apart[-1].end == slot.start:
            slot = Slot(apart.pop().start, slot.end)  # noqa: PLW2901  It is the same slot, longer.
        apart.append(slot)
    return tuple(apart)


@dataclass(frozen=True, slots=True)
class Planned:
    """When a person may be called within a time; without any slot, the decision at its beginning says why not."""

    contact: UUID | None
    slots: tuple[Slot, ...]
    decision: Decision | None

    def to_json(self) -> dict[str, Json]:
        """The plan as it goes over the wire."""
        return {
            "contact": str(self.contact) if self.contact else None,
            "slots": [{"start": written(start), "end": written(end)} for start, end in self.slots],
            "reasons": [reason.to_json() for reason in self.decision.reasons] if self.decision else [],
            "retry_at": written(self.decision.retry_at) if self.decision else None,
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """
    When may this person be called from ``start`` to ``end``, at most eight days later?

    ``insist`` is called where the start is further from now than that, and raises for who may not ask about it.
    """

    asks_registers: ClassVar[bool] = True
    tenant: UUID
    question: Question
    start: datetime
    end: datetime
    insist: Callable[[], object] | None = None

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
        With the facts that are known now, each from when it was so: as a check at any of these instants would decide.

        Raises PlanTooLong, PlanTooFar, PurposeUnknown, ContactUnknown for an id nobody has, and what ``insist`` raises.
        """
        self._refuse_bounds(work.now)
        contact = work[ContactBook].known(self.question.to)
        if contact is None and self.question.to.kind == "id":
            raise ContactUnknown
        identity, found = contact.person if contact else None, list[Slot]()
        book, changes = work[RuleBook], work[RuleBook].changes_at
        turns = {*self._turns(work, contact), *([changes] if changes and self.start < changes < self.end else [])}
        for begin, end in pairwise((self.start, *sorted(turns), self.end)):
            found += slots(book.deciding(identity, begin), gather(work, self.question, contact, begin), begin, end)
        if found:
            return Planned(identity, joined(found), None)
        facts = gather(work, self.question, contact, self.start)
        return Planned(identity, (), evaluate(book.deciding(identity, self.start), facts, self.start))

    def _turns(self, work: Work, contact: Contact | None) -> list[datetime]:
        """When, within the plan, the facts about the person are others: none but in what is over by now."""
        if contact is None:
            return []
        history, attempts = work[HistoryBook].of(contact), work[AttemptBook].of(contact)
        turns = {each.given_at for each in history.consents} | {each.at for each in history.permissions}
        turns |= {each.at for each in history.suppressions} | {each.at for each in attempts}
        turns |= {each.outcome_at for each in attempts if each.outcome_at is not None}
        for each in work[WishBook].of(contact):
            turns |= {each.at, each.ended_at or each.at}
        return sorted(at for at in turns if self.start < at < self.end)

    def _refuse_bounds(self, now: datetime) -> None:
        if not timedelta() < self.end - self.start <= LONGEST:
            raise PlanTooLong(LONGEST)
        if abs(self.start - now) > FARTHEST:
            raise PlanTooFar(self.start)
        if abs(self.start - now) > LONGEST and self.insist is not None:
            self.insist()
