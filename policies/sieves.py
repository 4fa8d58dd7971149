"""
What is against a call by the rules of one family, asked together: for whoever decides by the million.

A sieve is made for the rules of a family that answer one question.  Where it is plain that all of them pass it finds nothing; where
that is not plain, each is asked.  So a sieve may be as simple as it likes, and none can let through a call that a rule is
against: a property test asks the rules one by one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TypeAlias

from policies.against import Against, Asked, Rules, Sieve, ask_each
from policies.brief import not_agreed
from policies.counting import counting
from policies.facts import Facts
from policies.jointly import Jointly
from policies.kinds.cap import Cap
from policies.kinds.consent import Consent
from policies.kinds.gap import Gap
from policies.kinds.permission import Permission
from policies.kinds.register import Register
from policies.kinds.sender import Sender
from policies.kinds.streak import Streak
from policies.kinds.suppression import Suppression
from policies.kinds.window import Window
from policies.reasons import Code
from policies.rules import Check

_MOST = 8192
_ONE_DAY = timedelta(days=1)


def sieves_of(rules: Sequence[Asked]) -> tuple[Sieve, ...]:
    """Sieves for the rules of one question."""
    families: dict[Callable[[Rules], Sieve], list[Asked]] = {}
    for each in rules:
        families.setdefault(_FAMILIES.get(type(each.test), _others), []).append(each)
    return tuple(sieve(tuple(members)) for sieve, members in families.items())


def _others(rules: Rules) -> Sieve:
    return lambda facts, now: ask_each(rules, facts, now)


def _consents(rules: Rules) -> Sieve:
    """Of somebody with one consent at most, most of what can be wrong with it is wrong for every rule."""
    asked = [test for each in rules for test in _of(each.test)]
    by_any = any(each.revoked_by_any for each in asked)
    bounded = tuple(each for each in asked if each.bases is not None or each.max_age)
    shared: dict[Code, Sequence[Against]] = {}

    def sift(facts: Facts, now: datetime) -> Sequence[Against]:
        consents = facts.consents
        if consents is None or len(consents) > 1 or (by_any and facts.other_withdrawals != ()):
            return ask_each(rules, facts, now)
        fails = not_agreed(facts, now)
        if fails is not None:
            found = shared.get(fails.code)
            if found is None:
                found = shared[fails.code] = [told for each in rules if (told := each.tell(fails)) is not None]
            return found
        for each in bounded:
            if not each.suffices(consents[0], now):
                return ask_each(rules, facts, now)
        return ()

    return sift


def _of(test: Check) -> Iterator[Consent]:
    if isinstance(test, Consent):
        yield test
    elif isinstance(test, Jointly):
        yield from (test.own, test.all_of_them)


def _suppressions(rules: Rules) -> Sieve:
    return lambda facts, now: () if facts.suppressions == () else ask_each(rules, facts, now)


def _permissions(rules: Rules) -> Sieve:
    def sift(facts: Facts, now: datetime) -> Sequence[Against]:
        permission = facts.permission
        if permission is None:
            return ask_each(rules, facts, now)
        end = permission.expires_at
        if permission.state == "permanent" and end is None:
            return ()
        if permission.state == "temporary" and end is not None and now < end:
            return ()
        return ask_each(rules, facts, now)

    return sift


def _senders(rules: Rules) -> Sieve:
    denied = frozenset(name for each in rules if isinstance(each.test, Sender) for name in each.test.deny_countries)

    def sift(facts: Facts, now: datetime) -> Sequence[Against]:
        sender = facts.sender
        if sender is None or sender.restricted or sender.country is None or sender.country in denied:
            return ask_each(rules, facts, now)
        return ()

    return sift


def _registers(rules: Rules) -> Sieve:
    """Listed as they must be, in copies that are young enough: then no consent has to waive anything."""
    tests = [each.test for each in rules if isinstance(each.test, Register)]
    asked = tuple((each.register, each.expect_listed, each.max_age) for each in tests)

    def sift(facts: Facts, now: datetime) -> Sequence[Against]:
        for name, expected, max_age in asked:
            found = facts.registers.get(name) if facts.registers else None
            if found is None or found.listed is not expected:
                return ask_each(rules, facts, now)
            if max_age is not None and now >= found.as_of + max_age:
                return ask_each(rules, facts, now)
        return ()

    return sift


Pieces: TypeAlias = Sequence[tuple[datetime, Sequence[Against]]]  # of a day of UTC, each with its end


def _windows(rules: Rules) -> Sieve:
    """Worked out once for each day of UTC, and for the places and zones in which a person may be."""
    known: dict[object, Pieces] = {}

    def sift(facts: Facts, now: datetime) -> Sequence[Against]:
        key = (facts.regions, facts.zones, facts.business_zone, now.toordinal())
        pieces = known.get(key)
        if pieces is None:
            if len(known) >= _MOST:
                known.clear()
            pieces = known[key] = _pieces(rules, facts, now)
        for end, found in pieces:
            if now < end:
                return found
        return ask_each(rules, facts, now)

    return sift


def _pieces(rules: Rules, facts: Facts, now: datetime) -> Pieces:
    """Between two changes every window answers the same."""
    start = datetime.combine(now.date(), time(0), UTC)
    end = start + _ONE_DAY
    changes = {at for each in rules if isinstance(each.test, Window) for at in each.test.changes(facts, now)}
    starts = [start, *sorted(at for at in changes if start < at < end)]
    pieces = [(until, ask_each(rules, facts, at)) for at, until in zip(starts, [*starts[1:], end], strict=True)]
    return [each for place, each in enumerate(pieces) if each is pieces[-1] or each[1] != pieces[place + 1][1]]


_FAMILIES: Mapping[type[object], Callable[[Rules], Sieve]] = {
    Consent: _consents,
    Jointly: _consents,
    Suppression: _suppressions,
    Permission: _permissions,
    Sender: _senders,
    Register: _registers,
    Window: _windows,
    Cap: counting,
    Gap: counting,
    Streak: counting,
}
