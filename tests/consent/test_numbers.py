"""
What a phone number or a WhatsApp user id must look like, and where it says that its owner may be.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.errors import NotAPhoneNumber, NotAUserId
from consent.numbers import read_phone, read_user_id, zones_of

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

    assert place.region is None or (len(place.region) == 2 and place.region.isupper())
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
        ("+18005550123", "US", {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/St_Johns"}),
        ("+12125550123", "US", {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/Anchorage"}),
        ("+15142345678", "CA", {"America/Toronto", "America/Vancouver", "America/St_Johns"}),
        ("+18765550123", "JM", {"America/Jamaica"}),
        ("+79161234567", "RU", {"Europe/Moscow", "Asia/Vladivostok", "Europe/Kaliningrad"}),
        ("+77012345678", "KZ", {"Asia/Almaty", "Asia/Aqtau"}),
        ("+262692123456", "RE", {"Indian/Reunion", "Indian/Mayotte"}),
    ],
)
def test_numbers_that_move_have_every_zone_of_their_country(text, region, among):
    """
    Under +1 landlines and mobiles look alike and toll-free numbers are nowhere: all zones are candidates.
    """
    place = read_phone(text)

    assert place.region == region
    assert among <= set(place.zones)


@pytest.mark.parametrize("text", ["+881612345678", "+870771234567", "+80012345678", "+883120012345"])
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
