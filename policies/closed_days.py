"""
Public holidays, by country and by part of a country.

A calendar may name a country (``ES``) or one part of it (``ES-MD``).  A country alone means that the part is not
known, and then a day counts as a holiday as soon as it is one anywhere in that country.
Municipal holidays are in no calendar.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import version

import holidays

HOLIDAYS_VERSION: str = version("holidays")


def country_of(region: str) -> str:
    """The ISO 3166-1 country of a region: ``ES`` of ``ES-MD``."""
    return region.partition("-")[0]


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
    parts = (part,) if part else (None, *holidays.country_holidays(country).subdivisions)
    years = (year - 1, year, year + 1)
    found = (holidays.country_holidays(country, subdiv=name, years=years) for name in parts)
    return frozenset(day for calendar in found for day in calendar if day.year == year)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The regions whose holidays count: a day is a holiday when it is one in any of them."""

    regions: tuple[str, ...] = ()

    def __contains__(self, day: date) -> bool:
        """Is the day a holiday in any of the regions?"""
        for region in self.regions:  # noqa: SIM110  Asked for every call; a generator would double its cost.
            if day in holidays_in(region, day.year):
                return True
        return False


NO_HOLIDAYS = Calendar()


@lru_cache(maxsize=4096)
def calendar(regions: tuple[str, ...], within: frozenset[str]) -> Calendar:
    """The calendar of those regions that lie in one of the countries."""
    return Calendar(tuple(region for region in regions if country_of(region) in within))


def prepare(countries: Iterable[str], years: Iterable[int]) -> None:
    """Build the calendars before the first question needs them."""
    for year in years:
        for country in countries:
            holidays_in(country, year)
