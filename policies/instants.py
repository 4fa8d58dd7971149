"""Moments and spans as they are written: RFC 3339 in UTC, ISO 8601 durations."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from policies.errors import NotAnInstant

_DURATION = re.compile(
    r"P(?=.)(?:(\d{1,6})W|(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?)", re.ASCII
)


# A moment that is finer than microseconds is longer than this one; found is the first digit that is too many.
LONGEST_INSTANT = len("2026-11-23T08:00:00.123456Z")
_TOO_FINE = re.compile(r"[.,]\d{6}(\d)", re.ASCII)


def rfc3339(instant: datetime) -> str:
    """Write an aware instant in UTC with ``Z``; the fraction appears only when there is one (RFC 3339 §5.6)."""
    return in_utc(instant).isoformat()[: -len("+00:00")] + "Z"


def parse_instant(text: str) -> datetime:
    """Read an RFC 3339 moment, with its offset, into UTC, rounded to microseconds; `NotAnInstant` for anything else."""
    try:
        # RFC 3339 §5.6 allows the small letter too.
        found = datetime.fromisoformat(text[:-1] + "Z" if text.endswith("z") else text)
        return in_utc(found if len(text) <= LONGEST_INSTANT else found + _rest(text))
    except (AttributeError, OverflowError, TypeError, ValueError) as error:
        raise NotAnInstant(f"{text!r} is not a moment: write one such as 2026-11-23T08:00:00Z.") from error


def _rest(text: str) -> timedelta:
    """What the standard library cuts off and other readers round: half a microsecond is a whole one."""
    digit = _TOO_FINE.search(text)
    return timedelta(microseconds=digit is not None and digit[1] >= "5")


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC; `NotAnInstant` when it has no zone, since any zone would be a guess."""
    if instant.tzinfo is None:
        raise NotAnInstant(f"{instant.isoformat()} has no zone: pass an aware datetime.")
    try:
        return instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    except OverflowError as error:
        raise NotAnInstant(f"{instant.isoformat()} lies beyond the years that there are in UTC.") from error


@lru_cache(256)
def parse_duration(text: str) -> timedelta:
    """
    Read an ISO 8601 duration of weeks, or of days, hours, minutes and seconds; ValueError for anything else.

    Years and months are refused: their length depends on where they begin.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError("write a duration such as PT24H, P7D or PT90S; years and months have no fixed length")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def duration(span: timedelta) -> str:
    """Write a span as ISO 8601, as `parse_duration` reads it: in days where it is whole ones, else in seconds."""
    seconds = int(span.total_seconds())
    return f"P{seconds // 86_400}D" if seconds % 86_400 == 0 else f"PT{seconds}S"
