"""
What certainly passes, told at a glance: for whoever decides by the million.

A sieve is made for the rules of one family that answer one question.  It says which of them have to be asked: none only if
every one of them passes, and all of them where it cannot tell.  So a sieve may be as simple as it likes, and none can
let through a call that a rule is against: a property test asks those rules that sieves leave out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from policies.facts import Facts
from policies.jointly import Jointly
from policies.kinds.cap import Cap, LocalDays
from policies.kinds.consent import Consent
from policies.kinds.gap import Gap
from policies.kinds.permission import Permission
from policies.kinds.register import Register
from policies.kinds.sender import Sender
from policies.kinds.streak import Streak
from policies.kinds.suppression import Suppression
from policies.kinds.window import Window
from policies.localtime import zones
from policies.rules import Check

T = TypeVar("T")
Sieve: TypeAlias = Callable[[Facts, datetime], Sequence[T]]  # which have to be asked
Passing: TypeAlias = Callable[[Facts, datetime], bool]  # True only if all of them pass
Tests: TypeAlias = Sequence[Check]

_MOST = 8192


class Sieves(NamedTuple, Generic[T]):
    """The rules of one question: those of a family with what tells that all of them pass, those that count, and others."""

    passing: tuple[tuple[Passing, tuple[T, ...]], ...]
    counting: Sieve[T] | None
    others: tuple[T, ...]


def sieves_of(asked: Sequence[tuple[Check, T]]) -> Sieves[T]:
    """Sieves for the rules of one question, each given as its test and whatever it is asked by."""
    families: dict[str, list[tuple[Check, T]]] = {}
    for test, ask in asked:
        families.setdefault(_FAMILIES.get(type(test), _ALONE), []).append((test, ask))
    others, counted = families.pop(_ALONE, []), families.pop(_COUNTING, [])
    return Sieves(
        tuple((_PASSING[name]([test for test, _ in each]), _asks(each)) for name, each in families.items()),
        _counting(counted) if counted else None,
        _asks(others),
    )


def _asks(members: Sequence[tuple[Check, T]]) -> tuple[T, ...]:
    return tuple(ask for _, ask in members)


def _consents(tests: Tests) -> Passing:
    """One consent, granted, for this very call, and enough for each of the rules."""
    asked = [each for test in tests for each in _asked(test)]
    by_any = any(each.revoked_by_any for each in asked)
    bounded = tuple(each for each in asked if each.bases is not None or each.max_age)

    def sift(facts: Facts, now: datetime) -> bool:
        consents = facts.consents
        if consents is None or len(consents) != 1 or (by_any and facts.other_withdrawals != ()):
            return False
        (consent,) = consents
        if consent.state != "granted" or consent.channel != facts.channel:
            return False
        if facts.technology not in consent.technology:
            return False
        if consent.sender is not None and (facts.sender is None or consent.sender != facts.sender.id):
            return False
        if consent.expires_at is not None and now >= consent.expires_at:
            return False
        for each in bounded:
            if not each.suffices(consent, now):
                return False
        return True

    return sift


def _asked(test: Check) -> Iterator[Consent]:
    if isinstance(test, Consent):
        yield test
    elif isinstance(test, Jointly):
        yield from (test.own, test.all_of_them)


def _suppressions(_: Tests) -> Passing:
    return lambda facts, now: facts.suppressions == ()


def _permissions(_: Tests) -> Passing:
    def sift(facts: Facts, now: datetime) -> bool:
        permission = facts.permission
        if permission is None:
            return False
        if permission.state == "permanent" and permission.expires_at is None:
            return True
        return permission.state == "temporary" and permission.expires_at is not None and now < permission.expires_at

    return sift


def _senders(tests: Tests) -> Passing:
    denied = frozenset(name for each in tests if isinstance(each, Sender) for name in each.deny_countries)

    def sift(facts: Facts, now: datetime) -> bool:
        sender = facts.sender
        return (
            sender is not None
            and not sender.restricted
            and sender.country is not None
            and sender.country not in denied
        )

    return sift


def _registers(tests: Tests) -> Passing:
    """Listed as they must be, in copies that are young enough: then no consent has to waive anything."""
    asked = tuple((each.register, each.expect_listed, each.max_age) for each in tests if isinstance(each, Register))

    def sift(facts: Facts, now: datetime) -> bool:
        registers = facts.registers
        if registers is None:
            return False
        for name, expected, max_age in asked:
            found = registers.get(name)
            if found is None or found.listed is not expected:
                return False
            if max_age is not None and now >= found.as_of + max_age:
                return False
        return True

    return sift


def _windows(tests: Tests) -> Passing:
    """Open in all of them: worked out once for each day, and for the places and zones in which a person may be."""
    windows = tuple(each for each in tests if isinstance(each, Window))
    known: dict[object, tuple[tuple[datetime, datetime], ...]] = {}

    def sift(facts: Facts, now: datetime) -> bool:
        key = (facts.regions, facts.zones, facts.business_zone, now.toordinal())
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            found = known[key] = _all_open(windows, facts, now)
        for start, end in found:
            if start <= now < end:
                return True
        return False

    return sift


def _all_open(windows: Sequence[Window], facts: Facts, now: datetime) -> tuple[tuple[datetime, datetime], ...]:
    common = [(start, end) for start, end, _ in windows[0].open_on(facts, now)]
    for each in windows[1:]:
        both = ((max(a, c), min(b, d)) for a, b in common for c, d, _ in each.open_on(facts, now))
        common = [(start, end) for start, end in both if start < end]
    return tuple(common)


def _counting(members: Sequence[tuple[Check, T]]) -> Sieve[T]:
    """
    Those rules to whose limit so few calls cannot come.

    A rule that looks at senders, or at days of the person, cannot tell without those, however few the calls were.
    """
    limits = [(_limit(test), ask) for test, ask in members]
    most = max(limit for limit, _ in limits)
    everyone = _asks(members)
    reached = [tuple(ask for limit, ask in limits if limit <= number) for number in range(most)]
    by_sender = any(each.scope.by_sender for each, _ in members if isinstance(each, Cap | Gap | Streak))
    by_day = any(isinstance(each.span, str | LocalDays) for each, _ in members if isinstance(each, Cap))

    def sift(facts: Facts, now: datetime) -> Sequence[T]:
        attempts = facts.attempts
        if attempts is None or (by_sender and facts.sender is None) or (by_day and not zones(facts.zones)):
            return everyone
        number = len(attempts)
        return reached[number] if number < most else everyone

    return sift


def _limit(test: Check) -> int:
    """With fewer calls than so many the rule passes."""
    return test.limit if isinstance(test, Cap | Streak) else 1


_ALONE, _COUNTING = "", "counting"
_FAMILIES: Mapping[type[object], str] = {
    Consent: "consent",
    Jointly: "consent",
    Suppression: "suppression",
    Permission: "permission",
    Sender: "sender",
    Register: "register",
    Window: "window",
    Cap: _COUNTING,
    Gap: _COUNTING,
    Streak: _COUNTING,
}
_PASSING: Mapping[str, Callable[[Tests], Passing]] = {
    "consent": _consents,
    "suppression": _suppressions,
    "permission": _permissions,
    "sender": _senders,
    "register": _registers,
    "window": _windows,
}
