"""
Numbers as files write them: read here, or by the library, to the same end.
"""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.registers.errors import RegisterCountryUnknown
from consent.registers.numbering import Numbering, canonical

COUNTRIES = (
    "ES",
    "FR",
    "IT",
    "GB",
    "US",
    "CA",
    "AR",
    "BR",
    "MX",
    "TR",
    "IL",
    "ZA",
    "SG",
    "AU",
    "NZ",
    "CH",
    "BE",
    "CO",
    "AE",
    "NG",
)


def by_the_library(text: str, country: str | None) -> str | None:
    """
    What the library alone makes of it.
    """
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@given(st.sampled_from(COUNTRIES), st.text("0123456789", min_size=6, max_size=15))
def test_a_number_as_at_home_is_what_the_library_makes_of_it(country: str, digits: str):
    """
    Whatever is dialled before it, also where a number begins like its country's code.
    """
    code = str(phonenumbers.country_code_for_region(country))
    for text in (digits, code + digits, "0" + digits, "00" + code + digits):
        found, expected = Numbering(country).e164(text), by_the_library(text, country)

        assert found == (expected if expected is None or 8 <= len(expected) <= 16 else None)


@given(st.sampled_from(COUNTRIES), st.text("0123456789", min_size=5, max_size=13))
def test_a_number_as_from_abroad_is_what_the_library_makes_of_it(country: str, digits: str):
    """
    With the plus sign, no country of the file matters.
    """
    text = f"+{phonenumbers.country_code_for_region(country)}{digits}"
    expected = by_the_library(text, None)
    expected = expected if expected is None or 8 <= len(expected) <= 16 else None

    assert Numbering(None).e164(text) == Numbering("ES").e164(text) == expected
    assert canonical(text) == (expected or text)


@pytest.mark.parametrize(
    ("country", "text", "number"),
    [
        ("ES", "600 11 12-22", "+34600111222"),
        ("ES", "0034600111222", "+34600111222"),
        ("GB", "0207 3787244", "+442073787244"),
        ("GB", "01635 506160", "+441635506160"),
        ("US", "2025550123", "+12025550123"),
        ("US", "12025550123", "+12025550123"),
        ("FR", "06 12 34 56 78", "+33612345678"),
        ("IT", "06 12345678", "+390612345678"),
        ("ES", "+44 (0)20 7378 7244", "+442073787244"),
        (None, "600111222", None),
        ("ES", "600111222 ext. 5", None),
        ("ES", "٦٠٠١١١٢٢٢", None),
        ("ES", "60011122200000000000000000000000000", None),
        ("ES", "", None),
        ("ES", "+", None),
    ],
)
def test_numbers_of_registers_are_read(country: str | None, text: str, number: str | None):
    """
    As the files of registers write them, and nothing that only looks like one.
    """
    assert Numbering(country).e164(text) == number


def test_a_country_that_there_is_not_is_refused():
    """
    Before a file of millions is read by no plan.
    """
    with pytest.raises(RegisterCountryUnknown):
        Numbering("XX")
