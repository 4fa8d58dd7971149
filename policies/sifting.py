"""
What is against a call, by its names alone: neither until when nor what to do about it.

For replays and simulations, which decide by the million.  The same rules are asked as by `policies.evaluator.judge`, and
the same is found in the same order; but what certainly passes is told by sieves, one for all rules of a family, and
only what remains is asked rule by rule.  A property test holds the two together.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

from policies.brief import brief
from policies.decision import PASSES, Passes, Reason
from policies.evaluator import WORST_FIRST, Finding, in_known_words, is_against, severity_of
from policies.facts import Facts
from policies.instants import in_utc
from policies.reasons import Code
from policies.rules import Rule
from policies.ruleset import Question, RuleSet, Span
from policies.sieves import Sieves, sieves_of

_MOST = 4096


class Against(NamedTuple):
    """One thing against a call; ``told`` is how the log has it."""

    rank: tuple[int, int]  # worst first, then in the order of the rules
    finding: Finding
    told: tuple[str, str | None, str]
    layer: str


Ask: TypeAlias = Callable[[Facts, datetime], Against | None]


class _Sift(NamedTuple):
    """The rules in force for one question from one date on."""

    lacks: tuple[Against, ...]
    sieves: Sieves[Ask]


class Sifter:
    """One rule set, asked by the million; what it remembers are pure functions of questions."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._known: dict[Question, tuple[tuple[datetime, ...], tuple[_Sift, ...]]] = {}

    def against(self, facts: Facts, now: datetime) -> Sequence[Against]:
        """
        Everything against the call, worst first; nothing if it is allowed.

        It MUST be what ``judge`` finds.  Raises NotAnInstant, and PolicyError where a fact is none that rules can judge.
        """
        return self.sift(in_known_words(facts), in_utc(now))

    def sift(self, facts: Facts, now: datetime) -> Sequence[Against]:
        """The same, of a category that the rules know and an instant in UTC."""
        question = (facts.action, facts.category, facts.channel, facts.technology, facts.regions)
        known = self._known.get(question) or self._compiled(question, facts)
        starts, sifts = known
        lacks, sieves = sifts[0] if len(starts) == 1 else sifts[bisect_right(starts, now) - 1]
        found = [*lacks]
        for passing, asks in sieves.passing:
            if not passing(facts, now):
                _ask(asks, facts, now, found)
        if sieves.counting is not None and (asks := sieves.counting(facts, now)):
            _ask(asks, facts, now, found)
        if sieves.others:
            _ask(sieves.others, facts, now, found)
        if len(found) > 1:
            found.sort()
        return found

    def _compiled(
        self, question: Question, facts: Facts
    ) -> tuple[tuple[datetime, ...], tuple[_Sift, ...]]:
        if len(self._known) >= _MOST:
            self._known.clear()
        selection = self._rules.select(facts)
        known = self._known[question] = (selection.starts, tuple(map(_sift, selection.spans)))
        return known


def _ask(asks: Sequence[Ask], facts: Facts, now: datetime, found: list[Against]) -> None:
    for ask in asks:
        against = ask(facts, now)
        if against is not None:
            found.append(against)


def _sift(span: Span) -> _Sift:
    lacks = tuple(_lacking(place, each) for place, each in enumerate(span.lacks))
    first = len(lacks)
    asked = [(rule.test, _asking(first + place, rule)) for place, rule in enumerate(span.rules)]
    return _Sift(lacks, sieves_of(asked))


def _lacking(place: int, reason: Reason) -> Against:
    finding = Finding(reason.code, reason.pack, reason.rule)
    rank = (WORST_FIRST[reason.severity], place)
    return Against(rank, finding, (reason.code.value, reason.pack, reason.rule), reason.layer)


def _asking(place: int, rule: Rule) -> Ask:
    answer, pack, name, layer = brief(rule.test), rule.pack, rule.id, rule.layer
    known: dict[tuple[type, Code], Against] = {}

    def ask(facts: Facts, now: datetime) -> Against | None:
        outcome = answer(facts, now)
        if outcome is PASSES or isinstance(outcome, Passes) or not is_against(outcome, rule):
            return None
        key = (type(outcome), outcome.code)
        found = known.get(key)
        if found is None:
            rank = (WORST_FIRST[severity_of(rule, outcome)], place)
            told = (outcome.code.value, pack, name)
            found = known[key] = Against(rank, Finding(outcome.code, pack, name), told, layer)
        return found

    return ask
