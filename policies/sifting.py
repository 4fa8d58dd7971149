"""
What is against a call, found quickly: neither until when, nor what to do about it.

For replays and simulations, which decide by the million.  The same rules are asked as by `policies.evaluator.judge`, and
the same is found in the same order; but rules of one family are asked together (`policies.sieves`), and a rule alone
answers in brief (`policies.brief`).  Property tests hold all of them together.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from policies.against import Against, Asked, Sieve, ask_each, asked, lacking
from policies.evaluator import in_known_words
from policies.facts import Facts, WishFact
from policies.instants import in_utc
from policies.ruleset import Question, RuleSet, Selection, Span
from policies.sieves import sieves_of
from policies.wishes import rules_of

_MOST = 4096
_AFTER_RULES = 500_000


class _Sift(NamedTuple):
    """The rules in force for one question from one date on, and what the set as a whole lacks for it."""

    lacks: tuple[Against, ...]
    sieves: tuple[Sieve, ...]


_Sifts: TypeAlias = tuple[tuple[datetime, ...], tuple[_Sift, ...]]  # by the dates on which they begin


class Sifter:
    """One rule set, asked by the million; what it remembers are pure functions of questions."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._known: dict[Question, _Sifts] = {}

    def against(self, facts: Facts, now: datetime) -> Sequence[Against]:
        """
        Everything against the call, worst first; nothing if it is allowed.

        It MUST be what ``judge`` finds.  Raises NotAnInstant, and whatever ``judge`` raises of facts that are none.
        """
        return self.sift(in_known_words(facts), in_utc(now))

    def sift(self, facts: Facts, now: datetime) -> Sequence[Against]:
        """The same, of a category that the rules know and an instant in UTC."""
        question = (facts.action, facts.category, facts.channel, facts.technology, facts.regions)
        starts, sifts = self._known.get(question) or self._compiled(question, facts)
        lacks, sieves = sifts[0] if len(starts) == 1 else sifts[bisect_right(starts, now) - 1]
        found = [*lacks]
        for sieve in sieves:
            if more := sieve(facts, now):
                found += more
        if facts.wishes:
            found += ask_each(_wished(facts.wishes), facts, now)
        if len(found) > 1:
            found.sort()
        return found

    def _compiled(self, question: Question, facts: Facts) -> _Sifts:
        if len(self._known) >= _MOST:
            self._known.clear()
        selection: Selection = self._rules.select(facts)
        known = self._known[question] = (selection.starts, tuple(map(_sift, selection.spans)))
        return known


@lru_cache(_MOST)
def _wished(wishes: tuple[WishFact, ...]) -> Sequence[Asked]:
    """What a person wishes, asked after every rule."""
    return [asked(_AFTER_RULES + place, rule) for place, rule in enumerate(rules_of(wishes))]


def _sift(span: Span) -> _Sift:
    lacks = tuple(lacking(place, each) for place, each in enumerate(span.lacks))
    return _Sift(lacks, sieves_of([asked(len(lacks) + place, rule) for place, rule in enumerate(span.rules)]))


_SIFTERS: dict[int, tuple[RuleSet, Sifter]] = {}
_SETS = 64


def sifter_of(rules: RuleSet) -> Sifter:
    """The sifter of a rule set: one for each that is at hand."""
    found = _SIFTERS.get(id(rules))
    if found is None:
        if len(_SIFTERS) >= _SETS:
            _SIFTERS.clear()
        found = _SIFTERS[id(rules)] = (rules, Sifter(rules))  # Kept with it, so that no other set is given its id.
    return found[1]
