"""
What a phone number or a WhatsApp user id must look like, and where it says that its owner may be.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.errors import NotAPhoneNumber, NotAUserId
from consent.numbers import country_of_number, read_phone, read_user_id
from consent.places import zones_of

SPAIN = {"Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary"}
ISLANDS = {"Europe/Guernsey", "Europe/Isle_of_Man", "Europe/Jersey", "Europe/London"}
DIGITS = st.text("0123456789", min_size=5, max_size=16)


@pytest.mark.parametrize(
    "text",
    [
        "34600111222",
        "+034600111222",
        "0034600111222",
        "+34 600 111 222",
        "+34-600-111-222",
        "tel:+34600111222",
        "+34600111222\n",
        " +34600111222",
        "+34600111222;ext=5",
        "+3460011122a",
        "+34600１11222",  # One digit is full-width: other systems would read another number.
        "+٣٤600111222",
        "+34123",
        "+1234567890123456",
        "+",
        "",
    ],
)
def test_only_e164_is_a_phone_number(text):
    """
    A plus sign, no leading zero, 7 to 15 ASCII digits and nothing else; the refusal says so.
    """
    with pytest.raises(NotAPhoneNumber, match="7 to 15 digits, nothing else"):
        read_phone(text)


@pytest.mark.parametrize("text", ["+9991234567", "+210123456"])
def test_a_code_that_no_country_has_is_refused(text):
    """
    An unassigned country code is named as the reason.
    """
    with pytest.raises(NotAPhoneNumber, match="no country has this code"):
        read_phone(text)


@pytest.mark.parametrize("text", ["+346001112", "+3460011122233", "+1212555012", "+47791234567"])
def test_a_length_that_its_country_has_not_is_refused(text):
    """
    Too few or too many digits for the country are named as the reason.
    """
    with pytest.raises(NotAPhoneNumber, match="too few or too many digits"):
        read_phone(text)


@given(DIGITS)
def test_any_digits_are_a_number_or_a_refusal(digits):
    """
    No digits make the reader fail otherwise; a country is two capitals, and zones are known to the tz database.
    """
    try:
        place = read_phone(f"+{digits}")
    except NotAPhoneNumber:
        return

    assert place.region is None or re.fullmatch(r"[A-Z]{2}(-[A-Z]{2})?", place.region)
    assert list(place.zones) == sorted(set(place.zones))
    assert "Etc/Unknown" not in place.zones


@pytest.mark.parametrize(
    ("text", "region", "zones"),
    [
        ("+34600111222", "ES", SPAIN),  # A mobile: mainland, Ceuta or the Canaries.
        ("+34722123456", "ES", SPAIN),
        ("+34910000000", "ES", {"Europe/Madrid"}),  # Landlines say where they are.
        ("+34922123456", "ES", {"Atlantic/Canary"}),
        ("+34828123456", "ES", {"Atlantic/Canary"}),
        ("+34952671234", "ES", {"Europe/Madrid"}),
        ("+442071234567", "GB", {"Europe/London"}),  # The code 44 is shared by four countries.
        ("+441534700000", "JE", {"Europe/Jersey"}),
        ("+441481700000", "GG", {"Europe/Guernsey"}),
        ("+441624670000", "IM", {"Europe/Isle_of_Man"}),
        ("+447400123456", "GB", ISLANDS),
        ("+447797712345", "JE", ISLANDS),
        ("+447781123456", "GG", ISLANDS),
        ("+447624123456", "IM", ISLANDS),
        ("+3906698123456", "VA", {"Europe/Vatican"}),
        ("+390612345678", "IT", {"Europe/Rome"}),
        ("+4779021234", "SJ", {"Arctic/Longyearbyen"}),
    ],
)
def test_a_number_says_where_its_owner_may_be(text, region, zones):
    """
    A landline is in its own zone; a mobile number may be in every zone of its country, or of its shared code.
    """
    place = read_phone(text)

    assert place.region == region
    assert set(place.zones) == zones


@pytest.mark.parametrize(
    ("text", "region", "among"),
    [
        ("+15002345678", "US", {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/Anchorage"}),
        ("+6281234567890", "ID", {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Pontianak"}),
        ("+525512345678", "MX", {"America/Mexico_City", "America/Tijuana", "America/Cancun"}),
        ("+79161234567", "RU", {"Europe/Moscow", "Asia/Vladivostok", "Europe/Kaliningrad"}),
        ("+77012345678", "KZ", {"Asia/Almaty", "Asia/Aqtau"}),  # One code, two countries.
        ("+262692123456", "RE", {"Indian/Reunion", "Indian/Mayotte"}),
    ],
)
def test_numbers_that_move_have_every_zone_of_their_country(text, region, among):
    """
    Where mobiles cannot be told from landlines, or say nothing of a place, all zones are candidates.
    """
    place = read_phone(text)

    assert place.region == region
    assert among <= set(place.zones)


@pytest.mark.parametrize(
    ("text", "region", "zones"),
    [
        ("+12125550123", "US-NY", {"America/New_York"}),
        ("+19155550123", "US-TX", {"America/Denver"}),  # El Paso keeps Mountain time.
        ("+12145550123", "US-TX", {"America/Chicago"}),
        ("+18505550123", "US-FL", {"America/New_York", "America/Chicago"}),  # The Panhandle has both.
        ("+12025550123", "US-DC", {"America/New_York"}),
        ("+14165550123", "CA-ON", {"America/Toronto"}),
        ("+12505550123", "CA-BC", {"America/Vancouver", "America/Edmonton"}),
        ("+19025550123", "CA", {"America/Halifax", "America/Glace_Bay"}),  # Nova Scotia or Prince Edward Island.
        (
            "+13645550123",
            "US-KY",
            {"America/New_York", "America/Chicago"},
        ),  # An overlay; the library knows one of them.
        ("+16895550123", "US-FL", {"America/New_York"}),  # Orlando, which the library takes for Central time.
        ("+17875550123", "PR", {"America/Puerto_Rico"}),
        ("+18765550123", "JM", {"America/Jamaica"}),
        ("+18095550123", "DO", {"America/Santo_Domingo"}),
    ],
)
def test_an_american_number_says_its_state_by_its_area_code(text, region, zones):
    """
    The state or province and every zone that the area code touches; the country alone where it lies in several.
    """
    place = read_phone(text)

    assert (place.region, set(place.zones)) == (region, zones)


@pytest.mark.parametrize(
    "text", ["+18005550123", "+34900123456", "+34803123456", "+448001111111", "+443001234567", "+33800123456"]
)
def test_a_number_that_anybody_may_answer_is_nowhere(text):
    """
    Toll-free, premium and company-wide numbers say nothing of where who answers is; as a sender they have a country.
    """
    place = read_phone(text)

    assert (place.region, place.zones) == (None, ())
    assert country_of_number(text) in {"US", "ES", "GB", "FR"}


@pytest.mark.parametrize(
    "text",
    [
        "+881612345678",
        "+870771234567",
        "+80012345678",
        "+80812345678",
        "+878101234567890",
        "+882131234567",
        "+883120012345",
    ],
)
def test_numbers_of_no_country_are_nowhere(text):
    """
    Satellite, universal and international-network numbers have neither country nor zone; nobody guesses.
    """
    place = read_phone(text)

    assert place.region is None
    assert place.zones == ()


@pytest.mark.parametrize(
    ("text", "region"),
    [("ES.1234567890", "ES"), ("BR.ENT.123abcDEF", "BR"), ("US.1", "US"), ("PT." + "9" * 128, "PT")],
)
def test_a_user_id_names_its_country(text, region):
    """
    The two letters before the dot are the person's country, and its zones are where they may be.
    """
    place = read_user_id(text)

    assert place.region == region
    assert place.zones == zones_of(region)
    assert place.zones


def test_a_user_id_of_a_country_without_zones_is_nowhere():
    """
    A country that the tz database does not list gives no zone, so that its local time stays unknown.
    """
    assert read_user_id("XX.1").zones == ()


@pytest.mark.parametrize(
    "text",
    ["es.1", "ESP.1", "ES", "ES.", "ES.ENT.", "ES.a-b", "ES.1\n", "ES.ü", "ES 1", "+34600111222", "ES." + "9" * 129],
)
def test_other_text_is_no_user_id(text):
    """
    Two capitals, a dot, perhaps ``ENT.``, and 1 to 128 ASCII letters or digits; nothing else.
    """
    with pytest.raises(NotAUserId):
        read_user_id(text)


def test_a_country_has_all_its_zones():
    """
    Spain has three zones, Brazil its many, and nowhere none.
    """
    assert set(zones_of("ES")) == SPAIN
    assert {"America/Sao_Paulo", "America/Manaus", "America/Noronha"} <= set(zones_of("BR"))
    assert zones_of(None) == zones_of("ZZ") == ()
