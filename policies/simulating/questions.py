"""
Questions about people at given instants, told of at once.

What is known of each person at that instant is looked up, and both rule sets judge it; neither the question nor the person's
number is kept anywhere.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
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


async def ask_all(reader: Reader, looks: Sequence[GatherFacts], candidate: RuleSet) -> Found:
    """
    The report on these questions, which are of one tenant; each is known in it by its place.

    Raises JournalUnavailable when the database is away; a question that cannot be answered is counted as such.
    """
    base = await reader.read(FindRules(looks[0].tenant))
    comparison, whole = Comparison(base, candidate, closed=False, assumed="unknown"), Tally()
    for first in range(0, len(looks), _AT_ONCE):
        group = looks[first : first + _AT_ONCE]
        answers = await reader.read_together(group)
        merge(whole, await asyncio.to_thread(_told, comparison, group, answers, first))
    asked = Asked(POINT, None, None, None, None, len(looks))
    return found(asked, base, candidate, whole)


def _told(comparison: Comparison, group: Sequence[GatherFacts], answers: Sequence[object], first: int) -> Tally:
    people, reaches = list[Story](), dict[str, Reach]()
    for place, (look, answer) in enumerate(zip(group, answers, strict=True), first):
        people.append(Story(None, [_step(place, look, answer, reaches)]))
    return _without_record(comparison.tell(people, reaches))


def _step(place: int, look: GatherFacts, answer: object, reaches: dict[str, Reach]) -> Step:
    if isinstance(answer, Gathered):
        reaches[answer.rule_set] = answer.reach
        contact = None if answer.contact is None else str(answer.contact)
        return Recorded(
            *(place, False, look.at, contact, None, None, (), answer.facts),
            *(answer.rule_set, TZDATA_VERSION, HOLIDAYS_VERSION),
        )
    if isinstance(answer, AuditError | ConsentError | PolicyError):
        return Lost(place, UNANSWERABLE, str(answer))
    raise answer if isinstance(answer, Exception) else TypeError("A look gathers facts.")


def _without_record(tally: Tally) -> Tally:
    """Nothing was recorded of questions, so that there is nothing that an answer could be the same as."""
    tally.as_recorded = 0
    return tally
