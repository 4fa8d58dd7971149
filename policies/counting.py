"""
A sieve for the rules that count calls: most people are called seldom, and of most calls it is plain that they are too old.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from policies.against import Against, Asked, Rules, Sieve, ask_each
from policies.facts import AttemptFact, Facts
from policies.kinds.attempts import CALL
from policies.kinds.cap import Cap, LocalDays
from policies.kinds.gap import Gap
from policies.kinds.streak import Streak
from policies.localtime import zones

_CALLS, _OTHERS, _ENDS = range(3)
Ages: TypeAlias = tuple[Sequence[timedelta], Sequence[timedelta], Sequence[timedelta]]  # each from the youngest on


class _Counted(NamedTuple):
    """Fewer than so many, of the ages that it looks at, cannot be too many if they are younger than it reaches back."""

    ages: int
    limit: int
    reach: timedelta
    rule: Asked


def counting(rules: Rules) -> Sieve:
    """
    Those rules alone are asked to whose limit so few calls can come.

    One that looks at senders, or at days of the person, cannot tell without those, however few the calls were.
    """
    counted = [_counted(each) for each in rules]
    most = max(each.limit for each in counted)
    reached = [tuple(each for each in counted if each.limit <= number) for number in range(most + 1)]
    by_sender = any(each.test.scope.by_sender for each in rules if isinstance(each.test, Cap | Gap | Streak))
    by_day = any(isinstance(each.test.span, str | LocalDays) for each in rules if isinstance(each.test, Cap))

    def sift(facts: Facts, now: datetime) -> Sequence[Against]:
        attempts = facts.attempts
        if attempts is None or (by_sender and facts.sender is None) or (by_day and not zones(facts.zones)):
            return ask_each(rules, facts, now)
        near = reached[min(len(attempts), most)]
        if not near:
            return ()
        ages = _ages(attempts, now)
        asked = [
            rule
            for which, limit, reach, rule in near
            if limit < 1 or (len(ages[which]) >= limit and ages[which][limit - 1] < reach)
        ]
        return ask_each(asked, facts, now) if asked else ()

    return sift


def _counted(rule: Asked) -> _Counted:
    match rule.test:
        case Cap(limit=limit, counts=counts, lookback=reach):
            return _Counted(_OTHERS if counts == "request" else _CALLS, limit, reach, rule)
        case Streak(limit=limit, within=reach):
            return _Counted(_CALLS, limit, reach, rule)
        case Gap(remembers_refusals=reach):
            return _Counted(_ENDS, 1, reach, rule)
    return _Counted(_CALLS, 0, timedelta(0), rule)


def _ages(attempts: Sequence[AttemptFact], now: datetime) -> Ages:
    calls, others, ended = [], [], False
    for each in attempts:
        if each.action != CALL:
            others.append(now - each.at)
        else:
            calls.append(now - each.at)
            ended = ended or each.ended_at is not None
    if len(attempts) > 1:
        calls.sort()
        others.sort()
    if not ended:
        return calls, others, calls
    return calls, others, sorted(now - (each.ended_at or each.at) for each in attempts if each.action == CALL)
