"""
The area codes of the United States and Canada: all that the library knows of, and none by a guess.
"""

from collections import defaultdict

import phonenumbers
import pytest
from phonenumbers.geodata import GEOCODE_DATA

from consent.area_codes import area_codes, derive
from consent.numbers import read_phone
from consent.places import NOWHERE, Place, country_of, zones_of
from tests.consent.test_places import clock

ALL = [str(code) for code in range(200, 1000)]
GEOGRAPHIC = phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE
# The library gives a part of Alaska the time of Hawaii, which it keeps in winter alone.
ODD = {("907", "Pacific/Honolulu")}


def assigned() -> dict[str, str]:
    """
    Every geographic area code that the library knows to be in use in the two countries, and in which.
    """
    numbers = {code: phonenumbers.parse(f"+1{code}2345678") for code in ALL}
    countries = {code: phonenumbers.region_code_for_number(number) for code, number in numbers.items()}
    return {
        code: country
        for code, country in countries.items()
        if country in ("US", "CA") and phonenumbers.number_type(numbers[code]) == GEOGRAPHIC
    }


def test_the_table_is_the_librarys():
    """
    Derived anew from the library's data it is the same, so that a new version of the library shows here.
    """
    derived = {code: (region, tuple(zones)) for code, (region, zones) in derive().items()}

    assert {code: tuple(place) for code, place in area_codes().items()} == derived


def test_every_assigned_area_code_has_its_state():
    """
    All of them, in the right country; three are shared by several provinces and name the country alone.
    """
    table, known = area_codes(), assigned()

    assert set(table) == set(known)
    assert len(known) >= 415
    assert {code for code in known if "-" not in table[code].region} == {"782", "867", "902"}
    assert all(country_of(table[code].region) == country for code, country in known.items())


@pytest.mark.parametrize("code", area_codes())
def test_an_area_code_keeps_a_time_of_its_state(code):
    """
    Whatever its zones are called, each keeps the time of one of the state's, week by week.
    """
    place = area_codes()[code]
    clocks = {clock(zone) for zone in zones_of(place.region)}

    assert place.zones
    assert {(code, zone) for zone in place.zones if clock(zone) not in clocks} <= ODD


def test_where_the_library_knows_no_town_somebody_looked():
    """
    In a state of several zones, a code of which the library names no town has the zones of a code that it knows, or
    was looked at and lies in one: a new one must be looked at before it is believed.
    """
    towns: dict[str, int] = defaultdict(int)
    for prefix, words in GEOCODE_DATA.items():
        if prefix.startswith("1") and (len(prefix) > 4 or ", " in words.get("en", "")):
            towns[prefix[1:4]] += 1
    several = {place.region for place in area_codes().values() if len({clock(z) for z in zones_of(place.region)}) > 1}
    unseen = {code for code, place in area_codes().items() if place.region in several and not towns[code]} - {"782"}

    assert unseen == {
        *("236", "257", "672"),  # British Columbia, as 250.
        *("367", "581"),  # Quebec, as 418.
        *("273", "354", "468", "579", "873"),  # Quebec, in Eastern time.
        *("249", "343", "365", "382", "548", "647", "683", "742", "753"),  # Ontario, in Eastern time.
        *("474", "639"),  # Saskatchewan, as 306.
        "879",  # Newfoundland and Labrador, as 709.
        "448",  # Florida, as 850.
        *("324", "645", "656", "689", "754"),  # Florida, in Eastern time.
        "986",  # Idaho, as 208.
        "930",  # Indiana, as 812.
        "463",  # Indianapolis.
        "364",  # Kentucky, as 270.
        "947",  # Michigan, in Eastern time.
        "531",  # Nebraska, in Central time.
        "725",  # Las Vegas.
        "458",  # Oregon, as 541.
        "629",  # Nashville.
        *("346", "430", "737", "945"),  # Texas, in Central time.
    }


@pytest.mark.parametrize("code", ["211", "456", "555", "710", "999"])
def test_an_area_code_that_nobody_has_is_nowhere(code):
    """
    Neither country nor zone: who has such a number is not called until their place is stated.
    """
    assert read_phone(f"+1{code}2345678") == NOWHERE


@pytest.mark.parametrize(("code", "country"), [("500", "US"), ("600", "CA"), ("622", "CA")])
def test_a_code_of_no_place_may_be_anywhere_in_its_country(code, country):
    """
    Numbers that follow people around lie in no state: the country alone, with all its zones.
    """
    assert read_phone(f"+1{code}2345678") == Place(country, zones_of(country))
