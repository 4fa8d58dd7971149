"""
A sieve for the rules that count calls: most people are called seldom, and of most calls it is plain that they are too old.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from policies.against import Against, Asked, Rules, Sieve, ask_each
from policies.facts import AttemptFact, Facts
from policies.kinds.attempts import CALL, NOT_PICKED_UP, REQUEST
from policies.kinds.cap import Cap, LocalDays
from policies.kinds.gap import Gap
from policies.kinds.streak import Streak
from policies.localtime import zones

_MOST = 4096
_MISSED: frozenset[str | None] = NOT_PICKED_UP | {None}


class _Limit(NamedTuple):
    """Fewer than so many cannot be too many, nor can as many as lie further back than the rule reaches."""

    limit: int
    reach: timedelta
    rule: Asked


class _Near(NamedTuple):
    """The rules to whose limits so many attempts may come, by what they count: calls, requests, misses, or how calls ended."""

    calls: tuple[_Limit, ...]
    requests: tuple[_Limit, ...]
    misses: tuple[_Limit, ...]
    ends: tuple[_Limit, ...]
    outcomes: frozenset[str | None] | None  # that any of the last asks for, and those of holds; None: whatever it was


def counting(rules: Rules) -> Sieve:
    """
    Those rules alone are asked to whose limit so few calls can come.

    One that looks at senders, or at days of the person, cannot tell without those, however few the calls were.
    """
    limits = [_limit(each) for each in rules]
    if min(each.limit for each in limits) < 1:
        return lambda facts, now: ask_each(rules, facts, now)
    most = max(each.limit for each in limits)
    near = [_near([each for each in limits if each.limit <= number]) for number in range(most + 1)]
    by_sender = any(each.test.scope.by_sender for each in rules if isinstance(each.test, Cap | Gap | Streak))
    by_day = any(isinstance(each.test.span, str | LocalDays) for each in rules if isinstance(each.test, Cap))

    known: set[tuple[str, ...] | None] = set()  # zones that there are

    def sift(facts: Facts, now: datetime) -> Sequence[Against]:
        attempts = facts.attempts
        if attempts is None or (by_sender and facts.sender is None):
            return ask_each(rules, facts, now)
        if by_day and facts.zones not in known:
            if not zones(facts.zones):
                return ask_each(rules, facts, now)
            if len(known) < _MOST:
                known.add(facts.zones)
        found = near[min(len(attempts), most)]
        if found is None:
            return ()
        asked = _reached(found, attempts, now)
        return ask_each(asked, facts, now) if asked else ()

    return sift


def _limit(rule: Asked) -> _Limit:
    match rule.test:
        case Cap(limit=limit, lookback=reach) | Streak(limit=limit, within=reach):
            return _Limit(limit, reach, rule)
        case Gap(remembers_refusals=reach):
            return _Limit(1, reach, rule)
    return _Limit(0, timedelta(0), rule)


def _near(limits: Sequence[_Limit]) -> _Near | None:
    requests = tuple(each for each in limits if isinstance(each.rule.test, Cap) and each.rule.test.counts == "request")
    calls = tuple(each for each in limits if isinstance(each.rule.test, Cap) and each not in requests)
    misses = tuple(each for each in limits if isinstance(each.rule.test, Streak))
    ends = tuple(each for each in limits if isinstance(each.rule.test, Gap))
    return _Near(calls, requests, misses, ends, _outcomes(ends)) if limits else None


def _outcomes(limits: Sequence[_Limit]) -> frozenset[str | None] | None:
    asked = [each.rule.test.after for each in limits if isinstance(each.rule.test, Gap)]
    known = [after for after in asked if after is not None]
    return frozenset({None}).union(*known) if len(known) == len(asked) else None


def _reached(near: _Near, attempts: Sequence[AttemptFact], now: datetime) -> list[Asked]:
    """Those of them that so many attempts of such an age may concern."""
    calls, requests, misses, ends, outcomes = near
    asked = []
    if calls:
        asked += _counted(calls, [each.at for each in attempts if each.action == CALL], now)
    if requests:
        asked += _counted(requests, [each.at for each in attempts if each.action == REQUEST], now)
    if misses:
        asked += _counted(misses, [each.at for each in attempts if each.outcome in _MISSED], now)
    if ends:
        ended = [each.ended_at or each.at for each in attempts if outcomes is None or each.outcome in outcomes]
        asked += _counted(ends, ended, now)
    return asked


def _counted(limits: Sequence[_Limit], instants: list[datetime], now: datetime) -> list[Asked]:
    number = len(instants)
    if not number:
        return []
    if number > 1:
        instants.sort()
    return [rule for limit, reach, rule in limits if limit <= number and now - instants[-limit] < reach]
