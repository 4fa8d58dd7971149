"""
What time it is for a person, and from where that is known.

Zones come from the pinned ``tzdata`` wheel and nowhere else: an operating system's copy may be a year older and
an hour off, and a decision must come out the same on every machine that repeats it.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]  # The wheel is data; its one constant needs no types.

from consent.places import zone_names
from policies.errors import UnknownZone

TZDATA_VERSION: str = tzdata.IANA_VERSION

Period: TypeAlias = Literal["day", "week"]
_STRIDE = timedelta(hours=12)
_MIDNIGHT = time(0)
_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def country_codes() -> frozenset[str]:
    """Every ISO 3166-1 alpha-2 code, as the tz database lists them."""
    lines = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text("utf-8").splitlines()
    return frozenset(line[:2] for line in lines if not line.startswith("#"))


_ZONES: dict[str, ZoneInfo] = {}


def zone(name: str) -> ZoneInfo:
    """The zone of this IANA name, from the pinned database; `UnknownZone` when it has none."""
    if (known := _ZONES.get(name)) is not None:
        return known
    if name not in zone_names():  # Also keeps a name such as "../x" away from the file system.
        raise UnknownZone(name)
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return _ZONES.setdefault(name, ZoneInfo.from_file(data, key=name))


def zones(names: tuple[str, ...] | None) -> tuple[ZoneInfo, ...]:
    """The zones of all these names; none at all when any of them is unknown, since it might be the strictest."""
    return _zones_of(names) if names else ()


@lru_cache(4096)
def _zones_of(names: tuple[str, ...]) -> tuple[ZoneInfo, ...]:
    try:
        return tuple(zone(name) for name in names)
    except UnknownZone:
        return ()


def candidate_zones(tenant_zone: str | None, number_zones: Sequence[str] | None) -> tuple[str, ...]:
    """
    The zones in any of which a person may be of whom nothing was stated; empty when nothing is known.

    The number speaks, and what the tenant believes only picks among the zones that the number allows.
    """
    return _candidates(tenant_zone, tuple(number_zones or ()))


@lru_cache(4096)
def _candidates(tenant_zone: str | None, number_zones: tuple[str, ...]) -> tuple[str, ...]:
    return (tenant_zone,) if tenant_zone in number_zones and tenant_zone else tuple(dict.fromkeys(number_zones))


def resolve(day: date, second: int, where: ZoneInfo) -> Iterator[datetime]:
    """
    The UTC instants that a wall clock reading may mean: two in a fold, and for a gap two instants near it.

    ``second`` counts from midnight and may be 86,400, the next midnight.
    """
    wall = datetime.combine(day, _MIDNIGHT) + timedelta(seconds=second)
    for fold in (0, 1):
        yield wall.replace(fold=fold, tzinfo=where).astimezone(UTC)


def transitions(where: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """
    The instants in ``(start, end]`` at which the zone's offset changes, to the second, oldest first.

    Looks every twelve hours, so it would miss a zone that changes its offset and back within that.
    """
    low = start
    while low < end:
        high = min(low + _STRIDE, end)
        if low.astimezone(where).utcoffset() != high.astimezone(where).utcoffset():
            yield _change(where, low, high)
        low = high


def _change(where: ZoneInfo, low: datetime, high: datetime) -> datetime:
    # Offsets change on whole seconds, so whole seconds are searched whatever the fraction of the ends.
    before = low.astimezone(where).utcoffset()
    first, last = int((low - _EPOCH) / _ONE_SECOND), -int((_EPOCH - high) // _ONE_SECOND)
    while last - first > 1:
        middle = (first + last) // 2
        if (_EPOCH + timedelta(seconds=middle)).astimezone(where).utcoffset() == before:
            first = middle
        else:
            last = middle
    return _EPOCH + timedelta(seconds=last)


def period_of(day: date, period: Period) -> date:
    """The day that stands for a calendar day, or for a week: its Monday (ISO 8601)."""
    return day if period == "day" else day - timedelta(days=day.weekday())


def next_period(where: ZoneInfo, now: datetime, period: Period) -> datetime:
    """
    The first instant after ``now`` that lies in another local day, or week, than ``now``.

    Not "the next local midnight": where clocks jump over midnight there is none, and where they fall back from it
    the old day goes on for an hour.
    """
    current = period_of(now.astimezone(where).date(), period)
    return next(at for at, begun in _turns(where, now.date(), period) if at > now and begun != current)


@lru_cache(4096)
def _turns(where: ZoneInfo, day: date, period: Period) -> tuple[tuple[datetime, date], ...]:
    """
    Every instant at which another local day or week may begin within some days of a day of UTC, with what begins then.

    A pure function of the day, so that it is remembered: many people have their last call of the same day.
    """
    first = datetime.combine(day, _MIDNIGHT, UTC)
    nights = 4 if period == "day" else 10
    candidates = set(transitions(where, first, first + nights * _ONE_DAY))
    for night in range(-1, nights):
        candidates.update(resolve(day + night * _ONE_DAY, 0, where))
    return tuple((at, period_of(at.astimezone(where).date(), period)) for at in sorted(candidates))


@lru_cache(4096)
def day_begins(day: date, where: ZoneInfo) -> datetime:
    """
    The first instant at which the local date is this one or a later one: also where its midnight, or all of it, is
    skipped.
    """
    around = min(resolve(day, 0, where))
    start, end = around - _ONE_DAY, around + 2 * _ONE_DAY
    candidates = {*resolve(day, 0, where), *transitions(where, start, end)}
    reached = (at for at in sorted(candidates) if at.astimezone(where).date() >= day)
    return next(reached)
