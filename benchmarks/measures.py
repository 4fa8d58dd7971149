"""
Facts as plain values: what is asked, the hour on somebody's clock, how many calls, how long ago.

Each function gives, or is, a measure: from the facts and the instant to a number, a word, or true or false.  All
facts must be there, the person in one region and one zone, and at most one consent be known (ValueError otherwise): the
benchmark asks nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, TypeVar

from policies.closed_days import holidays_in
from policies.facts import AttemptFact, ConsentFact, Facts, PermissionFact, RegisterFact, SenderFact
from policies.instants import parse_duration
from policies.localtime import zone
from policies.reasons import Code

Count: TypeAlias = Callable[[Facts, datetime], int]
T = TypeVar("T")

NEVER = 10**9  # Seconds: longer ago, or further ahead, than anything that is asked about.
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PICKED_UP = ("connected", "refused", "opted_out")
_MISSED = ("unanswered", "rejected")


def _known(fact: T | None) -> T:
    if fact is None:
        raise ValueError("The benchmark's questions have every fact.")
    return fact


def _only(facts: tuple[T, ...] | None) -> T:
    (fact,) = _known(facts)
    return fact


def word(name: Literal["action", "category", "channel", "technology"]) -> Callable[[Facts, datetime], str]:
    """A word of the question itself."""
    return lambda facts, _: str(getattr(facts, name))


def country(facts: Facts, _: datetime) -> str:
    """The person's country."""
    return _only(facts.regions)


def now(_: Facts, at: datetime) -> int:
    """The instant of the question, in seconds since 1970."""
    return int(at.timestamp())


def clock(whose: str) -> tuple[Callable[[Facts, datetime], str], Count]:
    """The day of the week, and the second of the day, on the person's clock or on the business's."""

    def local(facts: Facts, at: datetime) -> datetime:
        name = _only(facts.zones) if whose == "contact" else _known(facts.business_zone)
        return at.astimezone(zone(name))

    def second(facts: Facts, at: datetime) -> int:
        there = local(facts, at)
        return there.hour * 3600 + there.minute * 60 + there.second

    return lambda facts, at: _DAYS[local(facts, at).weekday()], second


def holiday(facts: Facts, at: datetime) -> bool:
    """Is it a holiday in the person's country, or in any part of it?"""
    today = at.astimezone(zone(_only(facts.zones))).date()
    return today in holidays_in(_only(facts.regions), today.year)


def consent(facts: Facts, _: datetime) -> str:
    """``granted``, where what the person said last covers such a call; otherwise the code of what is wrong."""
    said = _consent(facts)
    elsewhere = Code.CONSENT_SCOPE if facts.other_purposes else Code.CONSENT_MISSING
    if said is None:
        return elsewhere
    for_sender = said.sender in (None, _known(facts.sender).id)
    same_channel, same_technology = said.channel == facts.channel, facts.technology in said.technology
    if same_channel and same_technology and for_sender:
        return said.state if said.state == "granted" else f"CONSENT_{said.state.upper()}"
    if said.state != "granted":
        return elsewhere
    if not for_sender:
        return Code.CONSENT_SCOPE
    return Code.CONSENT_TECHNOLOGY if same_channel else Code.CONSENT_CHANNEL


def _consent(facts: Facts) -> ConsentFact | None:
    said = _known(facts.consents)
    return _only(said) if said else None


def consent_basis(facts: Facts, _: datetime) -> str:
    """On what the consent rests."""
    said = _consent(facts)
    return "none" if said is None else _known(said.basis)


def consent_age(facts: Facts, at: datetime) -> int:
    """Seconds since the person said so."""
    said = _consent(facts)
    return 0 if said is None else _between(said.since, at)


def consent_left(facts: Facts, at: datetime) -> int:
    """Seconds until the consent ends."""
    said = _consent(facts)
    return NEVER if said is None or said.expires_at is None else _between(at, said.expires_at)


def permission(facts: Facts, _: datetime) -> str:
    """The state of the platform's permission."""
    return _permission(facts).state


def permission_left(facts: Facts, at: datetime) -> int:
    """Seconds until the permission ends."""
    end = _permission(facts).expires_at
    return NEVER if end is None else _between(at, end)


def _permission(facts: Facts) -> PermissionFact:
    return _known(facts.permission)


def suppressed(facts: Facts, _: datetime) -> bool:
    """Did the person say no to such calls?  Asked are suppressions without exceptions only."""
    return bool(_known(facts.suppressions))


def limited(facts: Facts, now: datetime) -> bool:
    """Does a limit that the platform told of hold?"""
    until = facts.permission.limited_until if facts.permission else None
    return until is not None and now < until


def listed(register: str) -> Callable[[Facts, datetime], bool]:
    """Does the person stand in this register?"""
    return lambda facts, _: _register(facts, register).listed


def register_age(register: str) -> Count:
    """Seconds since this register was loaded."""
    return lambda facts, at: _between(_register(facts, register).as_of, at)


def _register(facts: Facts, name: str) -> RegisterFact:
    return _known(facts.registers)[name]


def sender_country(facts: Facts, _: datetime) -> str:
    """The country of the number that would call."""
    return _known(_sender(facts).country)


def sender_restricted(facts: Facts, at: datetime) -> int:
    """Seconds for which the platform still restricts that number; none or fewer when it does not."""
    sender = _sender(facts)
    if not sender.restricted:
        return 0
    return NEVER if sender.restricted_until is None else _between(at, sender.restricted_until)


def _sender(facts: Facts) -> SenderFact:
    return _known(facts.sender)


def stated(name: str) -> Callable[[Facts, datetime], bool | int | str]:
    """What the caller states of its side."""
    return lambda facts, _: _known(facts.stated)[name]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which calls count; None in a dimension means all of it."""

    by_sender: bool
    categories: tuple[str, ...] | None
    channels: tuple[str, ...] | None

    @property
    def word(self) -> str:
        """The scope as part of a fact's name."""
        parts = ("by_sender" if self.by_sender else "", *(self.categories or ()), *(self.channels or ()))
        return "".join(f"_{part}" for part in parts if part)

    def of(self, facts: Facts, action: str) -> list[AttemptFact]:
        """The calls, or requests, that count."""
        caller = _sender(facts).id
        return [
            attempt
            for attempt in _known(facts.attempts)
            if attempt.action == action
            and (not self.by_sender or attempt.sender in (None, caller))
            and (self.categories is None or attempt.category in self.categories)
            and (self.channels is None or attempt.channel in self.channels)
        ]


def count(scope: Scope, counts: str, per: str, *, reset: bool) -> Count:
    """How many attempts, conversations or requests there were, in a span of time or in the person's day or week."""

    def number(facts: Facts, at: datetime) -> int:
        calls = _recent(scope.of(facts, "call.place"), facts, at, per)
        made = _recent(scope.of(facts, "call.request_permission"), facts, at, per) if counts == "request" else calls
        if counts == "connected":
            made = [call for call in calls if call.outcome in _PICKED_UP or _is_open(call, at)]
        last = max((call.at for call in calls if call.outcome in _PICKED_UP), default=None) if reset else None
        return sum(1 for attempt in made if last is None or attempt.at >= last)

    return number


def _recent(attempts: Sequence[AttemptFact], facts: Facts, at: datetime, per: str) -> list[AttemptFact]:
    if per not in ("day", "week"):
        since = at - parse_duration(per)
        return [attempt for attempt in attempts if attempt.at > since]
    there = zone(_only(facts.zones))

    def period(instant: datetime) -> object:
        day = instant.astimezone(there).date()
        return day if per == "day" else day.isocalendar()[:2]

    return [attempt for attempt in attempts if period(attempt.at) == period(at)]


def since(scope: Scope, after: tuple[str, ...] | None) -> Count:
    """Seconds since the last call that ended so, or may still."""

    def ago(facts: Facts, at: datetime) -> int:
        calls = scope.of(facts, "call.place")
        ends = [
            call.ended_at or call.at for call in calls if after is None or call.outcome in after or _is_open(call, at)
        ]
        return min((_between(end, at) for end in ends), default=NEVER)

    return ago


def missed(scope: Scope, within: timedelta) -> Count:
    """How many calls in a row went unanswered since the last conversation or permission."""

    def number(facts: Facts, at: datetime) -> int:
        calls = [call for call in scope.of(facts, "call.place") if call.at > at - within]
        fresh = [call.at for call in calls if call.outcome in _PICKED_UP]
        allowed = _permission(facts)
        if allowed.state in ("temporary", "permanent"):
            fresh.append(_known(allowed.since))
        began = max(fresh, default=None)
        lost = [call for call in calls if call.outcome in _MISSED or (call.outcome is None and not _is_open(call, at))]
        return sum(1 for call in lost if began is None or call.at > began)

    return number


def _is_open(call: AttemptFact, at: datetime) -> bool:
    return call.outcome is None and at < call.expires_at


def _between(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())
