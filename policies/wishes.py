"""
What a person wishes, as rules of the layer ``contact``: asked after every other, for the same codes.

Pure.  They are made from the facts of a decision, so that it is made again with them whatever the person has wished since.  A wish that
cannot be understood fails as unknown: nothing that it says, and no way in which it is spoilt, lets a call through.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from consent.lifecycle import Extent
from consent.wishes.wish import DAYS, LONGEST_DAYS, SPANS
from policies.agenda import Agenda
from policies.decision import PASSES, Fails, Outcome, Unknown
from policies.errors import PolicyError
from policies.facts import AttemptFact, Facts, WishFact
from policies.kinds.attempts import CALL, Scope
from policies.kinds.cap import Cap, LocalDays
from policies.kinds.window import Window
from policies.localtime import day_begins, zones
from policies.reasons import Code, Severity
from policies.rules import Check, Rule, Selector
from policies.timetables import read_timetable

LONGEST = timedelta(days=LONGEST_DAYS)  # of what any wish counts
_GUARD = timedelta(seconds=60)
_REMEMBERED = 4096
_WAIT = "The person wishes it so: call when it is time. Only the person ends a wish."
_NEVER = "The person wishes no such call. Only the person ends a wish."
_NO_TIME = timedelta(0)
_YEARS = range(1900, 9000)  # Beyond them clocks give up.
_WHOLE_DAY = ("00:00-24:00",)

Checked: TypeAlias = tuple[Rule, Callable[[Facts, datetime], Outcome]]


@dataclass(frozen=True, slots=True)
class AtMost:
    """Fewer than so many calls that the wish is about, in the last so many days of every zone the person may be in."""

    about: Extent
    cap: Cap

    @property
    def lookback(self) -> timedelta:
        """How far back attempts must be known."""
        return self.cap.lookback

    @property
    def remembers_refusals(self) -> timedelta:
        """How far back refusals must be known."""
        return self.cap.lookback

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Whether a call would be one too many; to be asked for permission is no call."""
        if facts.action != CALL:
            return PASSES
        if facts.attempts is None:
            return Unknown("attempts")
        counted = tuple(each for each in facts.attempts if self._counts(each))
        return self.cap.check(_Counted(counted, facts.zones), now)  # type: ignore[arg-type]  # It has what a cap without a scope looks at.

    def _counts(self, call: AttemptFact) -> bool:
        """A call that nobody announced may have been about anything, and so counts as one that the wish is about."""
        about, unannounced = self.about, call.purpose is None and call.category == "marketing"
        if unannounced:
            about = Extent(None, None, about.channels, about.sender)
        return about.covers(purpose=call.purpose, category=call.category, channel=call.channel, sender=call.sender)


class _Counted(NamedTuple):
    attempts: tuple[AttemptFact, ...]
    zones: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Only:
    """No calls but these."""

    left: Extent
    lookback = _NO_TIME
    remembers_refusals = _NO_TIME

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Whether the call is one of those; without a sender nobody can tell whether it is from the right one."""
        del now
        left = self.left
        if left.channels is not None and facts.channel not in left.channels:
            return Fails(Code.CONSENT_CHANNEL, None, {"only": list(left.channels)})
        if left.purposes is not None and facts.purpose not in left.purposes:
            return Fails(Code.CONSENT_SCOPE, None, {"other": "purpose", "only": list(left.purposes)})
        if left.categories is not None and facts.category not in left.categories:
            return Fails(Code.CONSENT_SCOPE, None, {"other": "purpose", "only": list(left.categories)})
        if left.sender is None:
            return PASSES
        if facts.sender is None:
            return Unknown("sender")
        same = facts.sender.id == left.sender
        return PASSES if same else Fails(Code.CONSENT_SCOPE, None, {"other": "sender", "only": left.sender})


@dataclass(frozen=True, slots=True)
class NotBefore:
    """No call before a day has begun everywhere the person may be."""

    day: date
    lookback = _NO_TIME
    remembers_refusals = _NO_TIME

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Fails until that day begins in the last of those places."""
        where = zones(facts.zones)
        if not where:
            return Unknown("zones", Code.LOCAL_TIME_UNKNOWN)
        begins = max(day_begins(self.day, each) for each in where)
        return PASSES if now >= begins else Fails(Code.PAUSED, begins, {"until": begins})


@dataclass(frozen=True, slots=True)
class Unclear:
    """What nobody can keep to, because it cannot be understood."""

    lookback = _NO_TIME
    remembers_refusals = _NO_TIME

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Nobody can tell."""
        del facts, now
        return Unknown("wishes")


@dataclass(frozen=True, slots=True)
class Wished:
    """One thing that a person wishes of the calls that the wish is about."""

    about: Extent
    test: Check

    @property
    def lookback(self) -> timedelta:
        """How far back attempts must be known."""
        return self.test.lookback

    @property
    def remembers_refusals(self) -> timedelta:
        """How far back refusals must be known."""
        return self.test.remembers_refusals

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Passes whatever it is not about; an unknown sender may be the one that it is about."""
        sender = None if facts.sender is None else facts.sender.id
        asked = {"purpose": facts.purpose, "category": facts.category, "channel": facts.channel}
        return self.test.check(facts, now) if self.about.covers(**asked, sender=sender) else PASSES


@lru_cache(_REMEMBERED)
def rules_of(wishes: tuple[WishFact, ...]) -> tuple[Rule, ...]:
    """The rules that wishes are, in their order; each bears the id of its wish, as many as it asks things."""
    return tuple(
        _rule(wish, variant, test, severity)
        for wish in wishes
        for variant, (test, severity) in enumerate(_tests(wish), start=1)
    )


@lru_cache(_REMEMBERED)
def checks_of(wishes: tuple[WishFact, ...]) -> tuple[Checked, ...]:
    """The same, each with its check looked up."""
    return tuple((rule, rule.test.check) for rule in rules_of(wishes))


def lookback_of(wishes: Sequence[WishFact]) -> timedelta:
    """How far back attempts must be known for all of them."""
    return max((rule.test.lookback for rule in rules_of(tuple(wishes))), default=_NO_TIME)


def _rule(wish: WishFact, variant: int, test: Check, severity: Severity | None) -> Rule:
    about = Extent(wish.purposes, wish.categories, wish.channels, wish.sender)
    return Rule(
        pack=None,
        id=wish.id,
        variant=variant,
        kind="wish",
        layer="contact",
        basis="person",
        countries=None,
        when=Selector(),
        start=None,
        until=None,
        lenient=False,
        shadow=False,
        severity=severity,
        remedy=_NEVER if severity is Severity.TERMINAL else _WAIT,
        test=Wished(about, test),
    )


def _tests(wish: WishFact) -> Iterator[tuple[Check, Severity | None]]:
    """At least one, whatever the wish says."""
    tests: list[tuple[Check, Severity | None]] = []
    try:
        if wish.days is not None or wish.windows is not None:
            tests.append((_window(wish.days, wish.windows), None))
        if wish.most is not None or wish.per is not None:
            tests.append((_at_most(wish), None))
        left = Extent(wish.only_purposes, wish.only_categories, wish.only_channels, wish.only_sender)
        if left != Extent():
            tests.append((Only(left), Severity.TERMINAL))
        if wish.not_before is not None:
            tests.append((NotBefore(_day(wish.not_before)), None))
    except (ArithmeticError, KeyError, TypeError, ValueError, PolicyError):
        tests = []
    yield from tests or [(Unclear(), None)]


def _day(written: str) -> date:
    day = date.fromisoformat(written)
    if day.year not in _YEARS:
        raise ValueError(written)
    return day


def _at_most(wish: WishFact) -> Check:
    if wish.most is None or wish.per is None or wish.most < 1:
        raise ValueError(wish.most)
    about = Extent(wish.purposes, wish.categories, wish.channels, wish.sender)
    return AtMost(about, Cap(wish.most, LocalDays(SPANS[wish.per]), wish.per, "attempt", Scope()))


@lru_cache(_REMEMBERED)
def _window(days: tuple[str, ...] | None, windows: tuple[str, ...] | None) -> Window:
    """The hours on those days, by the person's clock; people who wish the same share what was worked out for it."""
    welcome = set(DAYS if days is None else days)
    if welcome - set(DAYS):
        raise ValueError(days)
    hours = _WHOLE_DAY if windows is None else windows
    timetable, faults = read_timetable({day: hours if day in welcome else () for day in DAYS}, _GUARD)
    if faults:
        raise ValueError(faults[0][1])
    return Window(Agenda(timetable), "contact")
