"""
Countries, their parts, and where somebody may be by what was stated and by what their numbers say.
"""

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.parts import OWN_COUNTRIES, PARTS
from consent.places import (
    NOWHERE,
    Place,
    country_of,
    is_region,
    is_zone,
    located,
    parts_of,
    regions_of,
    zone_names,
    zones_in,
    zones_of,
)

CEUTA, CANARY, MADRID = "Africa/Ceuta", "Atlantic/Canary", "Europe/Madrid"
MOBILE = Place("ES", (CEUTA, CANARY, MADRID))
AUSTIN, FRESNO = Place("US-TX", ("America/Chicago",)), Place("US-CA", ("America/Los_Angeles",))
KAZAKH = Place("KZ", (*zones_of("KZ"), "Europe/Moscow"))  # The library gives every mobile of +7 Russia's zones too.


def listed() -> dict[str, set[str]]:
    """
    The zones of every country as the tz database lists them.
    """
    found: dict[str, set[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            found.setdefault(country, set()).add(name)
    return found


@pytest.mark.parametrize("country", PARTS)
def test_the_parts_of_a_country_cover_it(country):
    """
    Their zones together are the country's, no more and no less, and each exists in the pinned tz database.
    """
    zones = {zone for part in parts_of(country) for zone in zones_of(part)}

    assert zones == listed()[country] == set(zones_of(country))
    assert zones <= zone_names()


def test_a_part_stands_once_under_a_zone():
    """
    No code is written twice, and all have the form of ISO 3166-2.
    """
    for country, zones in PARTS.items():
        for parts in zones.values():
            assert len(parts.split()) == len(set(parts.split()))
            assert all(is_region(f"{country}-{part}") for part in parts.split())


def test_every_state_and_province_is_there():
    """
    Fifty states and the capital's district, and thirteen provinces and territories.
    """
    assert (len(parts_of("US")), len(parts_of("CA"))) == (51, 13)


@pytest.mark.parametrize(
    ("region", "zones"),
    [
        ("ES-CN", {CANARY}),
        ("ES-ML", {CEUTA}),
        ("ES-MD", {MADRID}),
        ("PT-20", {"Atlantic/Azores"}),
        ("PT-30", {"Atlantic/Madeira"}),
        ("AU-NSW", {"Australia/Sydney", "Australia/Broken_Hill", "Australia/Lord_Howe"}),
        ("BR-AC", {"America/Rio_Branco"}),
        ("MX-ROO", {"America/Cancun"}),
        ("CL-VS", {"America/Santiago", "Pacific/Easter"}),
        ("EC-W", {"Pacific/Galapagos"}),
        ("ID-BA", {"Asia/Makassar"}),
        ("RU-SA", {"Asia/Yakutsk", "Asia/Khandyga", "Asia/Vladivostok", "Asia/Ust-Nera", "Asia/Srednekolymsk"}),
        ("KZ-ATY", {"Asia/Atyrau"}),
        ("MN-043", {"Asia/Hovd"}),
        ("CD-NK", {"Africa/Lubumbashi"}),
        ("NZ-CIT", {"Pacific/Chatham"}),
        ("US-TX", {"America/Chicago", "America/Denver"}),
        ("US-AZ", {"America/Phoenix", "America/Denver"}),
        ("CA-NL", {"America/St_Johns", "America/Goose_Bay"}),
        ("FR-974", {"Indian/Reunion"}),  # Reunion's own code is RE; it never keeps the time of Paris.
        ("US-PR", {"America/Puerto_Rico"}),
        ("DE-BY", {"Europe/Berlin", "Europe/Busingen"}),
        ("ES-QQ", {CEUTA, CANARY, MADRID}),
        ("ZZ", set()),
        ("ZZ-A", set()),
        (None, set()),
    ],
)
def test_a_part_has_its_zones(region, zones):
    """
    A part that is not listed may have any zone of its country: nobody guesses.
    """
    assert set(zones_of(region)) == zones


@pytest.mark.parametrize("part", OWN_COUNTRIES)
def test_what_is_a_country_of_its_own_is_no_part(part):
    """
    It has the zones of that country, and is to be called by its code.
    """
    assert zones_of(part) == zones_of(OWN_COUNTRIES[part])
    assert not is_region(part)
    assert is_region(OWN_COUNTRIES[part])


@pytest.mark.parametrize(
    ("text", "known"),
    [
        *((text, True) for text in ("ES", "ES-MD", "US-TX", "DE-BY", "GB-SCT", "CA-YT", "KZ-71", "KZ-AST")),
        *(
            (text, False)
            for text in (
                "XX",
                "es",
                "ES-",
                "ES-QQ",
                "ES-GC",
                "ID-JW",
                "es-md",
                "ES_MD",
                "Spain",
                "BV",
                "IN-Zone",
                "",
                "ES-MD ",
            )
        ),
    ],
)
def test_a_region_is_a_country_or_a_known_part_of_one(text, known):
    """
    A part of nothing known is refused: a misspelt one would escape the rules of the part that was meant.
    """
    assert is_region(text) == known


def test_a_zone_is_a_name_of_the_pinned_database():
    """
    Old names too; nothing else.
    """
    assert is_zone("Europe/Madrid")
    assert is_zone("Asia/Calcutta")
    assert not is_zone("Europe/Barcelona")
    assert not is_zone("")


@pytest.mark.parametrize(
    ("places", "region", "expected"),
    [
        # A part of the number's country settles which part it is.
        ((MOBILE,), "ES-MD", {("ES-MD", (MADRID,))}),
        ((MOBILE,), "ES-CN", {("ES-CN", (CANARY,))}),
        # What says no more than the number changes nothing.
        ((MOBILE,), "ES", {("ES", MOBILE.zones)}),
        ((AUSTIN,), "US", {("US-TX", AUSTIN.zones)}),
        ((AUSTIN,), "US-TX", {("US-TX", AUSTIN.zones)}),
        # Of a country that the number names with others' zones, its own are left.
        ((KAZAKH,), "KZ", {("KZ", zones_of("KZ"))}),
        # What contradicts is believed beside the number.
        ((FRESNO,), "US-TX", {("US-CA", FRESNO.zones), ("US-TX", ("America/Chicago", "America/Denver"))}),
        ((MOBILE,), "FR", {("ES", MOBILE.zones), ("FR", ("Europe/Paris",))}),
        ((Place("ES", (CANARY,)),), "ES-MD", {("ES-MD", (CANARY, MADRID))}),  # A landline of the islands.
        # Each number for itself.
        ((MOBILE, FRESNO), "ES-MD", {("ES-MD", (MADRID,)), ("US-CA", FRESNO.zones)}),
        # Where nothing else is known, it is all there is.
        ((NOWHERE,), "US-NY", {("US-NY", ("America/New_York",))}),
        ((), "US-NY", {("US-NY", ("America/New_York",))}),
    ],
)
def test_a_stated_region_refines_what_it_does_not_contradict(places, region, expected):
    """
    Union of what is possible: the statement makes a place more precise, or stands beside it.
    """
    assert {(place.region, place.zones) for place in located(places, region)} == expected


REGIONS = st.sampled_from(["ES", "ES-MD", "ES-CN", "FR", "US", "US-TX", "US-CA", "KZ", "RU-MOW", "PT-20", "DE-BY"])
PLACES = st.lists(REGIONS.map(lambda region: Place(region, zones_of(region))) | st.just(NOWHERE), max_size=3)


@given(PLACES, REGIONS)
def test_no_country_is_forgotten(places, region):
    """
    Every country that a number or the statement names stays a candidate, and with each some zone of it.
    """
    found = located(places, region)
    countries = {country_of(each.region) for each in (*places, Place(region, ())) if each.region}

    assert {country_of(each) for each in regions_of(found)} == countries
    assert all(set(zones_in(found)) & set(zones_of(country)) for country in countries)


@given(PLACES, REGIONS)
def test_stating_it_twice_says_no_more(places, region):
    """
    The second time changes nothing.
    """
    once = located(places, region)

    assert regions_of(located(once, region)) == regions_of(once)
    assert zones_in(located(once, region)) == zones_in(once)


def clock(zone: str) -> tuple[timedelta | None, ...]:
    """
    What the clock of a zone shows, each week of two years.
    """
    weeks = (datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(weeks=week) for week in range(104))
    return tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in weeks)
