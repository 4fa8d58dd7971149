"""
Phone numbers and WhatsApp user ids: their form, and where the person may be.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType, timezone
from phonenumbers.tzdata import TIMEZONE_DATA

from consent.area_codes import area_codes
from consent.errors import NotAPhoneNumber, NotAUserId
from consent.places import NOWHERE, Place, country_of, zones_of

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_USER_ID = re.compile(r"([A-Z]{2})\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
_PLACED = (PhoneNumberType.FIXED_LINE,)  # Only a landline says where its owner is.
# Numbers that anybody anywhere may answer.
_PLACELESS = frozenset(
    {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
        PhoneNumberType.PAGER,
    }
)
_SHARED_CODE, _AREA_CODED = 1, ("US", "CA")
_NOWHERE = "Etc/Unknown"


@lru_cache(65_536)
def read_phone(text: str) -> Place:
    """
    Checks that ``text`` is a possible E.164 number and says where it belongs.

    Raises NotAPhoneNumber with the reason.  Possible, not assigned: numbering plans change faster than libraries.
    """
    return _place(_parsed(text))


def _parsed(text: str) -> phonenumbers.PhoneNumber:
    if not _E164.fullmatch(text):
        raise NotAPhoneNumber("it must be a plus sign, the country code and the number, 7 to 15 digits, nothing else")
    try:
        number = _plainly_read(text) or phonenumbers.parse(text)
    except phonenumbers.NumberParseException as error:
        raise NotAPhoneNumber("no country has this code") from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise NotAPhoneNumber("it has too few or too many digits for its country")
    return number


def _plainly_read(text: str) -> phonenumbers.PhoneNumber | None:
    """
    The number as the library reads it, where all that it looks for is not there; a quarter of the time.

    That is a leading zero, and what is dialled at home alone: then only the library knows.
    """
    for length in (1, 2, 3):
        code, rest = text[1 : 1 + length], text[1 + length :]
        dialled = _dialled_at_home(code)
        if dialled is not None:
            plain = rest[:1] != "0" and len(rest) > 1 and not (dialled and re.match(dialled, rest))
            return phonenumbers.PhoneNumber(int(code), int(rest)) if plain else None
    return None


@lru_cache(1024)
def _dialled_at_home(code: str) -> str | None:
    """What a number of this country code may begin with that is no part of it, as a pattern; None if nobody has the code."""
    if int(code) not in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
        return None
    region = phonenumbers.region_code_for_country_code(int(code))
    known = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(int(code), region)
    return "" if known is None else known.national_prefix_for_parsing or ""


def national_number(text: str) -> str:
    """The digits of an E.164 number as they are dialled at home, without a leading zero."""
    return phonenumbers.national_significant_number(phonenumbers.parse(text)).lstrip("0")


def country_of_number(text: str) -> str | None:
    """The country that a business number belongs to, be it toll-free; raises NotAPhoneNumber."""
    return _country(_parsed(text))


def _country(number: phonenumbers.PhoneNumber) -> str | None:
    region = phonenumbers.region_code_for_number(number)
    if region is None:
        # The number fits no known range.  Where one country has the code alone, it is that country all the same.
        regions = phonenumbers.region_codes_for_country_code(number.country_code or 0)
        region = regions[0] if len(regions) == 1 else None
    return region if region is not None and region.isalpha() else None  # "001" is no country.


def _place(number: phonenumbers.PhoneNumber) -> Place:
    kind, country = phonenumbers.number_type(number), _country(number)
    if kind in _PLACELESS:
        return NOWHERE
    if country in _AREA_CODED:
        return _by_area_code(number, country)
    if number.country_code == _SHARED_CODE:
        return Place(country, zones_of(country))  # The library would name every zone of North America.
    hinted = {name for name in _zones_hinted_at(number, kind) if name != _NOWHERE}
    if hinted and kind in _PLACED:
        return Place(country, tuple(sorted(hinted)))
    # A mobile number may be anywhere in its country, and the library names only some of the zones.
    return Place(country, tuple(sorted(hinted | set(zones_of(country)))))


def _zones_hinted_at(number: phonenumbers.PhoneNumber, kind: int) -> Sequence[str]:
    """As `timezone.time_zones_for_number`, which would find out anew of which kind the number is."""
    if kind != PhoneNumberType.UNKNOWN and phonenumbers.is_number_type_geographical(kind, number.country_code or 0):
        return timezone.time_zones_for_geographical_number(number)
    return () if kind == PhoneNumberType.UNKNOWN else _zones_of_code(number.country_code or 0)


@lru_cache(1024)
def _zones_of_code(code: int) -> Sequence[str]:
    """The zones of a country code, as the library gives them to a number that lies nowhere in particular."""
    prefixes = (str(code)[:length] for length in range(len(str(code)), 0, -1))
    return next((TIMEZONE_DATA[each] for each in prefixes if each in TIMEZONE_DATA), ())


def _by_area_code(number: phonenumbers.PhoneNumber, country: str) -> Place:
    area = phonenumbers.national_significant_number(number)[:3]
    known = area_codes().get(area)
    if known is None or country_of(known.region) != country:
        return Place(country, zones_of(country))
    return Place(known.region, known.zones)


@lru_cache(65_536)
def read_user_id(text: str) -> Place:
    """The country in a business-scoped user id, and that country's zones; NotAUserId when it has not that form."""
    found = _USER_ID.fullmatch(text)
    if found is None:
        raise NotAUserId
    return Place(found[1], zones_of(found[1]))
