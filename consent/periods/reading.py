"""
For how long a refusal is meant, as people say it: "this week", "until Monday", "for ten days", "for now".

Pure.  An end is computed in every zone in which the person may be, and the latest counts; a week ends with its Sunday, and
who says "until Monday" is left alone on Monday too.  What nobody can date ("until I call you") is a period without an end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from consent.periods.europe import EUROPE
from consent.periods.romance import ROMANCE
from consent.periods.vocabulary import Vocabulary
from consent.periods.world import WORLD
from consent.words import Word, words

Unit = Literal["hours", "days", "weeks", "months"]
Named = Literal["today", "tomorrow", "this_week", "this_weekend", "next_week", "this_month", "some_time"]

_FURTHEST = timedelta(days=366)  # what is said to last longer is for good
_BETWEEN = 2  # words between a number and its unit, or between "until" and its day
_MONTH_DAYS = 31  # the longest: of two readings the one that calls later
_WEEKDAYS = 7
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Period:
    """What was said: one of the named periods, so many units, or until a day of the week (0 is Monday)."""

    named: Named | None = None
    count: int = 0
    unit: Unit | None = None
    weekday: int | None = None

    def end(self, said_at: datetime, zones: Sequence[str]) -> datetime | None:
        """
        The instant at which it is over, in UTC; None where nobody can say, or where it lasts longer than a year.

        ``zones`` are the IANA zones in which the person may be; where none is known, the last one on Earth counts.
        """
        ends = [self._end_in(said_at, ZoneInfo(zone)) for zone in (*zones,) or ("Etc/GMT+12",)]
        known = [each for each in ends if each is not None]
        if len(known) < len(ends):
            return None
        latest = max(known)
        return latest if latest - said_at <= _FURTHEST else None

    def _end_in(self, said_at: datetime, zone: ZoneInfo) -> datetime | None:
        if self.unit == "hours":
            return said_at + timedelta(hours=self.count)
        days = self._days(said_at.astimezone(zone))
        if days is None or days > _FURTHEST.days:
            return None
        local = said_at.astimezone(zone).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
        midnight = (local + timedelta(days=days + 1)).replace(tzinfo=zone)
        return midnight.astimezone(said_at.tzinfo)

    def _days(self, local: datetime) -> int | None:
        """How many days after this one the last day of the period is."""
        to_sunday = 6 - local.weekday()
        if self.unit is not None:
            each = {"days": 1, "weeks": 7, "months": _MONTH_DAYS, "hours": 0}[self.unit]
            return self.count * each
        if self.weekday is not None:
            return (self.weekday - local.weekday() - 1) % _WEEKDAYS + 1
        match self.named:
            case "today":
                return 0
            case "tomorrow":
                return 1
            case "this_week" | "this_weekend":
                return to_sunday
            case "next_week":
                return to_sunday + _WEEKDAYS
            case "this_month":
                return _MONTH_DAYS - local.day
            case _:
                return None


SOME_TIME = Period("some_time")


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"]
    said: list["_Meaning"]


@dataclass(frozen=True, slots=True)
class _Weekday:
    number: int


@dataclass(frozen=True, slots=True)
class _Unit:
    name: Unit


@dataclass(frozen=True, slots=True)
class _Until:
    pass


_Meaning: TypeAlias = Period | _Weekday | _Unit | _Until | int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A period, and the words that say it: from ``first`` up to ``end``."""

    period: Period
    first: int
    end: int


def periods_in(message: Sequence[Word]) -> list[Spoken]:
    """Every period that these words name, in order."""
    said = [_longest(message, index) for index in range(len(message))]
    found: list[Spoken] = []
    for first, (meanings, end) in enumerate(said):
        for meaning in meanings:
            if isinstance(meaning, Period):
                found.append(Spoken(meaning, first, end))
            elif isinstance(meaning, int | _Until):
                found += _completed(said, meaning, first, end)
    return found


def _completed(
    said: Sequence[tuple[Sequence[_Meaning], int]], meaning: int | _Until, first: int, end: int
) -> list[Spoken]:
    """A number with the unit that follows it, or an "until" with its day."""
    for at in range(end, min(end + _BETWEEN, len(said))):
        if any(isinstance(each, int) for each in said[at][0]):
            return []  # "the next 12 months" are twelve.
        for following in said[at][0]:
            if isinstance(meaning, _Until) and isinstance(following, _Weekday):
                return [Spoken(Period(weekday=following.number), first, said[at][1])]
            if isinstance(meaning, int) and isinstance(following, _Unit):
                return [Spoken(Period(count=meaning, unit=following.name), first, said[at][1])]
    return []


def _longest(message: Sequence[Word], first: int) -> tuple[Sequence[_Meaning], int]:
    node, meanings, end = _tree(), list[_Meaning](), first + 1
    for at in range(first, len(message)):
        following = node.children.get(message[at].text)
        if following is None or (at > first and message[at].gap > 1):
            break
        node = following
        if node.said:
            meanings, end = node.said, at + 1
    if not meanings and message[first].text.isdecimal() and len(message[first].text) <= _DIGITS:
        meanings = [int(message[first].text)]
    return meanings, end


@cache
def _tree() -> _Node:
    root = _Node({}, [])
    for vocabulary in (*ROMANCE.values(), *EUROPE.values(), *WORLD.values()):
        for expression, meaning in _meanings(vocabulary):
            node = root
            for word in words(expression):
                node = node.children.setdefault(word.text, _Node({}, []))
            if node is not root and meaning not in node.said:
                node.said.append(meaning)
    return root


def _meanings(vocabulary: Vocabulary) -> Iterator[tuple[str, _Meaning]]:
    listed: Sequence[tuple[_Meaning, str]] = (
        (Period("today"), vocabulary.today),
        (Period("tomorrow"), vocabulary.tomorrow),
        (Period("this_week"), vocabulary.this_week),
        (Period("this_weekend"), vocabulary.this_weekend),
        (Period("next_week"), vocabulary.next_week),
        (Period("this_month"), vocabulary.this_month),
        (SOME_TIME, vocabulary.some_time),
        (_Until(), vocabulary.until),
        (_Unit("hours"), vocabulary.hours),
        (_Unit("days"), vocabulary.days),
        (_Unit("weeks"), vocabulary.weeks),
        (_Unit("months"), vocabulary.months),
        *vocabulary.numbers.items(),
    )
    for meaning, expressions in listed:
        yield from ((each, meaning) for each in _split(expressions))
    for number, day in enumerate(_split(vocabulary.weekdays)):
        # Where a language says "until" by the ending of the day, the name of the day says both.
        meant = _Weekday(number) if vocabulary.until else Period(weekday=number)
        yield from ((each, meant) for each in day.split("/"))


def _split(listed: str) -> list[str]:
    return [each.strip() for each in listed.split(",") if each.strip()]
