"""
Countries and their parts, which zones each has, and where somebody may be by what was stated and what numbers say.

Zones of countries come from the pinned tz database, those of parts of countries from ``consent.parts``; a part that is
not listed may have any zone of its country.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import holidays

from consent.parts import OWN_COUNTRIES, PARTS

_REGION = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?", re.ASCII)


class Place(NamedTuple):
    """Where somebody may be: an ISO 3166 country or part of one, or None, and IANA zones."""

    region: str | None
    zones: tuple[str, ...]


NOWHERE = Place(None, ())


def country_of(region: str) -> str:
    """The ISO 3166-1 country of a region: ``ES`` of ``ES-MD``."""
    return region.partition("-")[0]


@cache
def parts_of(country: str) -> tuple[str, ...]:
    """The parts of a country that lies across several zones; none of any other, nor of a part."""
    return tuple(part for part in _of_parts() if country_of(part) == country)


def is_region(text: str) -> bool:
    """
    Is this the ISO 3166 code of a country with people in it, or of a part of one on which hours or holidays depend?

    Any other part is refused: a misspelt one would escape the rules of the part that was meant.
    """
    found = _REGION.fullmatch(text)
    if found is None or found[1] not in _of_countries() or text in OWN_COUNTRIES:
        return False
    return found[2] is None or text in _of_parts() or found[2] in _with_holidays(found[1])


@cache
def _with_holidays(country: str) -> frozenset[str]:
    """The parts of a country that have holidays of their own."""
    try:
        return frozenset(holidays.country_holidays(country).subdivisions)
    except NotImplementedError:
        return frozenset()


@cache
def zone_names() -> frozenset[str]:
    """Every name that the pinned tz database knows, aliases included."""
    return frozenset((files("tzdata") / "zones").read_text("utf-8").split())


def is_zone(text: str) -> bool:
    """Does the pinned tz database know a zone of this name?"""
    return text in zone_names() and text != "Factory"  # Which is what it says where nobody has set the clock.


def zones_of(region: str | None) -> tuple[str, ...]:
    """The zones of a country, or of a part of one; none for None or an unknown country."""
    if region is None:
        return ()
    region = OWN_COUNTRIES.get(region, region)
    return _of_parts().get(region) or _of_countries().get(country_of(region), ())


@cache
def _of_countries() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            table[country].append(name)
    return {country: tuple(sorted(names)) for country, names in table.items()}


@cache
def _of_parts() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for country, zones in PARTS.items():
        for zone, parts in zones.items():
            for part in parts.split():
                table[f"{country}-{part}"].append(zone)
    return {part: tuple(sorted(table[part])) for part in sorted(table)}


def located(places: Sequence[Place], region: str) -> tuple[Place, ...]:
    """
    Where somebody may be by each of these places, once a region of theirs was stated.

    A region settles which part of its country a place means; its zones stand alone where the place allows them.  What
    says no more than the place does changes nothing.  Where the two contradict, both are believed.
    """
    stated, found = Place(region, zones_of(region)), [place for place in places if place != NOWHERE]
    agreeing = [place for place in found if _agree(place.region, region)]
    refined = [_refined(place, stated) if place in agreeing else place for place in found]
    return tuple(refined if agreeing else (*refined, stated))


def regions_of(places: Sequence[Place]) -> tuple[str, ...]:
    """Every region of these places."""
    return _regions_of(tuple(places))


@lru_cache(4096)
def _regions_of(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(sorted({place.region for place in places if place.region is not None}))


def zones_in(places: Sequence[Place]) -> tuple[str, ...]:
    """Every zone of these places."""
    return _zones_in(tuple(places))


@lru_cache(4096)
def _zones_in(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(sorted({zone for place in places for zone in place.zones}))


def _agree(one: str | None, other: str) -> bool:
    return one is not None and (one == other or one == country_of(other) or country_of(one) == other)


def _refined(place: Place, stated: Place) -> Place:
    """The place as what agrees with it makes it more precise."""
    said_more = place.region == country_of(stated.region or "") != stated.region
    region = stated.region if said_more else place.region
    if stated.zones and set(stated.zones) <= set(place.zones):
        return Place(region, stated.zones)
    return Place(region, tuple(sorted({*place.zones, *stated.zones})) if said_more else place.zones)
