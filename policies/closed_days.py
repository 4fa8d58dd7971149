"""
Public holidays, by country and by part of a country.

A calendar may name a country (``ES``) or one part of it (``ES-MD``).  A country alone means that the part is not
known, and then a day counts as a holiday as soon as it is one anywhere in that country.  A date that the library only
estimates, because it hangs on the sighting of a moon, brings the days beside it with it.  Municipal holidays are in no
calendar; what an authority proclaims is in packs (`policies.pack.Proclaimed`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.metadata import version
from typing import TypeAlias

import holidays

from consent.places import country_of

HOLIDAYS_VERSION: str = version("holidays")
_ENGLISH = "en_US"
_ESTIMATED, _SUBSTITUTE = "estimated)", "(observed, estimated)"  # As the library marks names.
_ONE_DAY = timedelta(days=1)

Proclamations: TypeAlias = tuple[tuple[str, frozenset[date]], ...]  # the days of each region


@cache
def known_region(region: str) -> bool:
    """Is there a calendar for this country, or this part of one?"""
    country, _, part = region.partition("-")
    try:
        holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        return False
    return True


@cache
def holidays_in(region: str, year: int) -> frozenset[date]:
    """
    Every holiday of a region in a year; the first call for each pair takes milliseconds, the others none.

    The years on both sides are asked too, because a holiday may be observed across New Year.
    """
    country, _, part = region.partition("-")
    if part and not known_region(region):
        return holidays_in(country, year)  # A part without a calendar may be any part.
    if not known_region(country):
        return frozenset()
    calendar = holidays.country_holidays(country)
    parts = (part,) if part else (None, *calendar.subdivisions)
    language = _ENGLISH if _ENGLISH in calendar.supported_languages else None
    years = (year - 1, year, year + 1)
    found = (holidays.country_holidays(country, subdiv=name, years=years, language=language) for name in parts)
    days = (day for calendar in found for entry in calendar.items() for day in _days_of(*entry))
    return frozenset(day for day in days if day.year == year)


def _days_of(day: date, name: str) -> tuple[date, ...]:
    if _ESTIMATED not in name:
        return (day,)
    # A feast that moves off a Sunday takes the day in its stead two days further.
    later = (_ONE_DAY, 2 * _ONE_DAY) if _SUBSTITUTE in name else (_ONE_DAY,)
    return (day - _ONE_DAY, day, *(day + each for each in later))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The regions whose holidays count: a day is a holiday when it is one in any of them, or proclaimed there."""

    regions: tuple[str, ...] = ()
    proclaimed: Proclamations = ()

    def __contains__(self, day: date) -> bool:
        """Is the day a holiday in any of the regions?"""
        for region in self.regions:
            if day in holidays_in(region, day.year):
                return True
            if self.proclaimed and self._is_proclaimed(region, day):
                return True
        return False

    def _is_proclaimed(self, region: str, day: date) -> bool:
        """In this region, in the country around it, or in a part of it where the part is not known."""
        return any(
            day in days and (where in (region, country_of(region)) or country_of(where) == region)
            for where, days in self.proclaimed
        )


NO_HOLIDAYS = Calendar()


@lru_cache(maxsize=4096)
def regions_within(regions: tuple[str, ...], countries: frozenset[str], only: frozenset[str] | None) -> tuple[str, ...]:
    """
    Those of the regions that lie in one of the countries, and among ``only`` these parts of it, if that is given.

    A country of which the part is not known may be any of the parts.
    """
    within = tuple(region for region in regions if country_of(region) in countries)
    if only is None:
        return within
    parts = [(region,) if {region, country_of(region)} & only else _parts(region, only) for region in within]
    return tuple(part for group in parts for part in group)


def _parts(region: str, only: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(part for part in only if country_of(part) == region))


def prepare(regions: Iterable[str], years: Iterable[int]) -> None:
    """Build the calendars before the first question needs them: of these regions, and of every part of them."""
    known = [region for region in regions if known_region(region)]
    parts = {f"{region}-{part}" for region in known for part in holidays.country_holidays(region).subdivisions}
    for region in sorted({*known, *parts}):
        for year in years:
            holidays_in(region, year)
