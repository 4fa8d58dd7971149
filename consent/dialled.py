"""
Phone numbers as people write them down, and as the one E.164 number that they can be.

Never a guess: a number is that of the one country that is named, and one that can be read in two ways is refused.
"""

import re
from functools import lru_cache

import phonenumbers

from consent.errors import NotAPhoneNumber
from consent.numbers import read_phone

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SEPARATORS = str.maketrans("", "", " \u00a0\u202f\u2009\t-–‑./()[]\u200e\u200f\u202a\u202c")
_SHORTENED = re.compile(r"[0-9][.,][0-9]+[eE]\+?[0-9]+")
_MOST = 64  # characters


def is_country(text: str) -> bool:
    """Is this the ISO 3166 code of a country with telephone numbers?"""
    return text in phonenumbers.SUPPORTED_REGIONS


@lru_cache(4096)
def as_e164(text: str, country: str | None) -> str:
    """
    The E.164 number; without a leading plus sign, and without the country's code, it is one of ``country``.

    Raises NotAPhoneNumber with the reason.
    """
    if _E164.fullmatch(text):
        read_phone(text)  # Written as the API takes it.
        return text
    if len(text) > _MOST:
        raise NotAPhoneNumber("it is too long")
    if _SHORTENED.fullmatch(text.strip()):
        raise NotAPhoneNumber(
            "a spreadsheet has shortened it; make the column text, and take the numbers from where they are whole"
        )
    plain = text.translate(_SEPARATORS)
    digits = plain.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        raise NotAPhoneNumber("it has something else than digits in it")
    if plain.startswith("+"):
        return _international(plain)
    if country is None:
        raise NotAPhoneNumber(
            "it has no plus sign and country code, and no country was named whose national number it is"
        )
    return _national(digits, country)


def _international(plain: str) -> str:
    read_phone(plain)
    if phonenumbers.format_number(phonenumbers.parse(plain), phonenumbers.PhoneNumberFormat.E164) != plain:
        raise NotAPhoneNumber("a digit that is dialled at home alone stands behind the country code; leave it out")
    return plain


def _national(digits: str, country: str) -> str:
    """The one valid number that the digits are: as dialled at home, dialled abroad, or with the country's code and no plus."""
    code = phonenumbers.country_code_for_region(country)
    found = {_valid(digits, country)}
    if digits.startswith(str(code)):
        found.add(_valid(f"+{digits}", None))
    found.discard(None)
    if len(found) > 1:
        raise NotAPhoneNumber(
            f"it can be read with the country code {code} in it and as a national number; write it with a plus sign"
        )
    if not found:
        raise NotAPhoneNumber(
            f"it is no number of {country}; write one of another country with a plus sign and its code"
        )
    (number,) = found
    if number is None:
        raise NotAPhoneNumber("it is none")
    read_phone(number)
    return number


def _valid(text: str, country: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if country is not None and number.country_code != phonenumbers.country_code_for_region(country):
        return None  # Dialled through a prefix to another country: it is written with a plus sign.
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number)
        else None
    )
