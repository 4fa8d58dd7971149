"""
Numbers as files write them: read here, or by the library, to the same end.
"""

import re

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


def kept(number: str | None) -> str | None:
    """
    The form in which a register keeps a number, where it is one that can be kept.
    """
    if number is None or not 8 <= len(number) <= 16:
        return None
    number = re.sub(r"^\+549(\d{10})$", r"+54\1", re.sub(r"^\+521(\d{10})$", r"+52\1", number))
    return re.sub(r"^\+55(\d\d)([689]\d{7})$", r"+55\g<1>9\2", number)


@given(st.sampled_from(COUNTRIES), st.text("0123456789", min_size=6, max_size=15))
def test_a_number_as_at_home_is_what_the_library_makes_of_it(country: str, digits: str):
    """
    Whatever is dialled before it, also where a number begins like its country's code.
    """
    code = str(phonenumbers.country_code_for_region(country))
    for text in (digits, code + digits, "0" + digits, "00" + code + digits):
        found, expected = Numbering(country).e164(text), by_the_library(text, country)

        assert found == kept(expected)


@given(st.sampled_from(COUNTRIES), st.text("0123456789", min_size=5, max_size=13))
def test_a_number_as_from_abroad_is_what_the_library_makes_of_it(country: str, digits: str):
    """
    With the plus sign, no country of the file matters.
    """
    text = f"+{phonenumbers.country_code_for_region(country)}{digits}"
    expected = kept(by_the_library(text, None))

    assert Numbering(None).e164(text) == Numbering("ES").e164(text) == expected
    assert canonical(text) == (expected or kept(text) or text)


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
        ("IT", "3331234567.0", None),
        ("IT", "+393331234567,0", None),
        ("IT", "3331234567.00", None),
        ("US", "202.05550123.0", None),
        ("IT", "3.331234567E9", None),
        ("IT", "+3.93331234567e+11", None),
        ("FR", "06.12.34.56.78", "+33612345678"),
        ("ES", "", None),
        ("ES", "+", None),
    ],
)
def test_numbers_of_registers_are_read(country: str | None, text: str, number: str | None):
    """
    As the files of registers write them, and nothing that only looks like one.
    """
    assert Numbering(country).e164(text) == number


@pytest.mark.parametrize(
    ("country", "texts"),
    [
        ("AR", ("1123456789", "91123456789", "+541123456789", "+5491123456789", "011 15 2345-6789")),
        ("BR", ("11987654321", "1187654321", "+551187654321", "+5511987654321", "0 11 98765-4321")),
        ("MX", ("5512345678", "+525512345678")),
    ],
)
def test_a_number_that_is_written_in_two_ways_is_kept_and_asked_in_one(country: str, texts: tuple[str, ...]):
    """
    As a list has it from home, and as it is dialled from abroad; with the digit that a plan has had put in, and without.
    """
    [number] = {Numbering(country).e164(each) for each in texts}

    assert number is not None
    assert {canonical(each) for each in texts if each.startswith("+")} == {number}


def test_an_old_mexican_number_is_asked_without_its_1():
    """
    A plan that dropped a digit; the library knows such a number no more.
    """
    assert canonical("+5215512345678") == Numbering("MX").e164("5512345678")


@pytest.mark.parametrize("number", ["+551123456789", "+551171234567", "+541123456789"])
def test_landlines_stay_as_they_are(number: str):
    """
    No digit is put before what never got one.
    """
    assert canonical(number) == number


def test_a_country_that_there_is_not_is_refused():
    """
    Before a file of millions is read by no plan.
    """
    with pytest.raises(RegisterCountryUnknown):
        Numbering("XX")
