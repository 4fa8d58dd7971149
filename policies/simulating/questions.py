"""
Questions about people at given instants, told of at once.

What is known of each person at that instant is looked up, and both rule sets judge it; neither the question nor the person's
number is kept anywhere.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple
from uuid import UUID

from audit.errors import AuditError
from audit.reader import Reader
from audit.work import Work
from consent.contacts import ContactBook
from consent.errors import ConsentError, ContactUnknown
from consent.references import ContactReference
from policies.checking import FARTHEST
from policies.closed_days import HOLIDAYS_VERSION
from policies.errors import PolicyError
from policies.facts import Facts
from policies.gathering import Question, gather
from policies.localtime import TZDATA_VERSION
from policies.recorded import Recorded
from policies.refusals import InstantTooFar
from policies.rulebook import FindRules, RuleBook
from policies.ruleset import RuleSet
from policies.simulating.records import POINT
from policies.simulating.report import Asked
from policies.simulating.requests import Found
from policies.simulating.running import found
from policies.simulating.stories import Lost, Reach, Step, Story
from policies.simulating.tally import Comparison, Tally, merge

_AT_ONCE = 256
UNANSWERABLE = "unanswerable"  # nobody has this id, or the tenant has no such purpose


class Gathered(NamedTuple):
    """What is known of one question, and how far the rules that are active have it reach."""

    facts: Facts
    contact: UUID | None
    rule_set: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class GatherFacts:
    """Looks up what was in force for a question at an instant."""

    asks_registers: ClassVar[bool] = True
    tenant: UUID
    question: Question
    at: datetime

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person asked about."""
        return (self.question.to,)

    @property
    def looks_back_from(self) -> datetime:
        """The instant asked about."""
        return self.at

    def look(self, work: Work) -> Gathered:
        """Raises PurposeUnknown, ContactUnknown for an id nobody has, and InstantTooFar."""
        contact = work[ContactBook].known(self.question.to)
        if contact is None and self.question.to.kind == "id":
            raise ContactUnknown
        if abs(self.at - work.now) > FARTHEST:
            raise InstantTooFar(self.at)
        rules = work[RuleBook].active
        facts = gather(work, self.question, contact, self.at)
        reach = Reach(rules.lookback, rules.remembers_refusals)
        return Gathered(facts, contact.id if contact else None, rules.hash, reach)


class Asking:
    """
    Questions of one tenant, told of as they come; each is known in the report by its place, from 0.

    Memory holds one group of them, whatever their number.
    """

    def __init__(self, reader: Reader, base: RuleSet, candidate: RuleSet) -> None:
        self._reader = reader
        self._comparison = Comparison(base, candidate, closed=False, assumed="unknown")
        self._tally = Tally()
        self.asked = 0

    async def ask(self, questions: Sequence[GatherFacts | str]) -> None:
        """
        Some more questions; one that is none is the sentence that says why, and is counted as such.

        Raises JournalUnavailable when the database is away.
        """
        for first in range(0, len(questions), _AT_ONCE):
            group = questions[first : first + _AT_ONCE]
            answers = iter(await self._reader.read_together([each for each in group if not isinstance(each, str)]))
            whole = [(each, each if isinstance(each, str) else next(answers)) for each in group]
            merge(self._tally, await asyncio.to_thread(_told, self._comparison, whole, self.asked))
            self.asked += len(group)

    def found(self) -> Found:
        """The report on all of them."""
        asked = Asked(POINT, None, None, None, None, self.asked)
        return found(asked, self._comparison.base, self._comparison.candidate, self._tally)


async def asking(reader: Reader, tenant: UUID, candidate: RuleSet) -> Asking:
    """To ask questions of a tenant by its active rules and these."""
    return Asking(reader, await reader.read(FindRules(tenant)), candidate)


def _told(comparison: Comparison, group: Sequence[tuple[GatherFacts | str, object]], first: int) -> Tally:
    people, reaches = list[Story](), dict[str, Reach]()
    for place, (question, answer) in enumerate(group, first):
        people.append(Story(None, [_step(place, question, answer, reaches)]))
    return _without_record(comparison.tell(people, reaches))


def _step(place: int, question: GatherFacts | str, answer: object, reaches: dict[str, Reach]) -> Step:
    if isinstance(question, str):
        return Lost(place, UNANSWERABLE, question)
    if isinstance(answer, Gathered):
        reaches[answer.rule_set] = answer.reach
        contact = None if answer.contact is None else str(answer.contact)
        return Recorded(
            *(place, False, question.at, contact, None, None, (), answer.facts),
            *(answer.rule_set, TZDATA_VERSION, HOLIDAYS_VERSION),
        )
    if isinstance(answer, AuditError | ConsentError | PolicyError):
        return Lost(place, UNANSWERABLE, str(answer))
    raise answer if isinstance(answer, Exception) else TypeError("A look gathers facts.")


def _without_record(tally: Tally) -> Tally:
    """Nothing was recorded of questions, so that there is nothing that an answer could be the same as."""
    tally.as_recorded = 0
    return tally
