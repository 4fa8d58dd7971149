"""
Countries, their parts, and where somebody may be by what was stated and what their numbers say.
"""

from importlib.resources import files

import pytest

from consent.area_codes import area_codes, derive
from consent.places import candidate_regions, country_of, is_region, stated_zones, zone_names, zones_of

SPAIN = ("Africa/Ceuta", "Atlantic/Canary", "Europe/Madrid")
PARTS = [part for part in zones_of.__globals__["_of_parts"]() if "-" in part]


def test_the_table_of_area_codes_is_the_librarys():
    """
    Derived anew from the library's data it is the same, so that a new version of the library shows here.
    """
    derived = {code: (region, tuple(zones)) for code, (region, zones) in derive().items()}

    assert {code: tuple(place) for code, place in area_codes().items()} == derived
    assert files("consent").joinpath("area_codes.json").is_file()


def test_every_state_and_province_has_an_area_code_or_shares_one():
    """
    Fifty states and the capital's district, and thirteen provinces and territories.
    """
    states = {part for part in PARTS if part.startswith("US-")}
    provinces = {part for part in PARTS if part.startswith("CA-")}

    assert (len(states), len(provinces)) == (51, 13)


def test_every_zone_is_one_that_the_tz_database_knows():
    """
    Of every part and of every country.
    """
    assert {name for part in PARTS for name in zones_of(part)} <= zone_names()


@pytest.mark.parametrize("part", PARTS)
def test_a_part_has_zones_that_keep_its_countrys_time(part):
    """
    Each is among its country's, or an old name of one beside which it stands in the area codes.
    """
    linked = {"America/North_Dakota/Center", "America/Fort_Nelson", "America/Puerto_Rico"}

    assert set(zones_of(part)) - linked <= set(zones_of(country_of(part)))


def test_a_part_that_is_not_listed_may_have_any_zone_of_its_country():
    """
    Nobody guesses.
    """
    assert zones_of("ES-QQ") == zones_of("ES") == SPAIN
    assert zones_of("ID-SU") == zones_of("ID")


@pytest.mark.parametrize(
    ("text", "known"), [("ES", True), ("ES-MD", True), ("US-TX", True), ("XX", False), ("es", False), ("ES-", False)]
)
def test_a_region_is_a_country_or_part_of_one(text, known):
    """
    Two capitals of a country that exists, and perhaps a part of it.
    """
    assert is_region(text) == known


@pytest.mark.parametrize(
    ("stated", "numbers", "expected"),
    [
        (None, {"ES"}, ("ES",)),
        ("ES-MD", {"ES"}, ("ES-MD",)),
        ("US-TX", {"US-CA"}, ("US-CA", "US-TX")),
        ("FR", {"ES"}, ("ES", "FR")),
        ("US", {"US-CA"}, ("US-CA",)),
        ("ES-MD", set(), ("ES-MD",)),
        (None, {"ES", "MX"}, ("ES", "MX")),
        (None, set(), ()),
    ],
)
def test_a_stated_region_refines_what_it_does_not_contradict(stated, numbers, expected):
    """
    A part settles which part is meant; a contradiction leaves both.
    """
    assert candidate_regions(stated, numbers) == expected


@pytest.mark.parametrize(
    ("zone", "region", "numbers", "expected"),
    [
        ("Asia/Tokyo", "ES-MD", SPAIN, ("Asia/Tokyo",)),
        (None, "ES-CN", SPAIN, ("Atlantic/Canary",)),
        (None, "FR", SPAIN, ("Africa/Ceuta", "Atlantic/Canary", "Europe/Madrid", "Europe/Paris")),
        (None, "US-NY", ("America/Los_Angeles",), ("America/Los_Angeles", "America/New_York")),
        (None, "ES-MD", (), ("Europe/Madrid",)),
        (None, None, SPAIN, ()),
    ],
)
def test_stated_zones_follow_the_evidence(zone, region, numbers, expected):
    """
    A zone settles it; a region's zones stand alone where the number allows them, and beside the number's where not.
    """
    assert stated_zones(zone, region, numbers) == expected
