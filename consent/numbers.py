"""
Phone numbers and WhatsApp user ids: their form, and where the person may be.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import phonenumbers
from phonenumbers import PhoneNumberType, timezone

from consent.errors import NotAPhoneNumber, NotAUserId

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_USER_ID = re.compile(r"([A-Z]{2})\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
_PLACED = (PhoneNumberType.FIXED_LINE,)  # Only a landline says where its owner is.
_NOWHERE = "Etc/Unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an identifier says that its owner may be: an ISO country, or None, and IANA zones."""

    region: str | None
    zones: tuple[str, ...]


@lru_cache(65_536)
def read_phone(text: str) -> Place:
    """
    Checks that ``text`` is a possible E.164 number and says where it belongs.

    Raises NotAPhoneNumber with the reason.  Possible, not assigned: numbering plans change faster than libraries.
    """
    if not _E164.fullmatch(text):
        raise NotAPhoneNumber("it must be a plus sign, the country code and the number, 7 to 15 digits, nothing else")
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException as error:
        raise NotAPhoneNumber("no country has this code") from error
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise NotAPhoneNumber("it has too few or too many digits for its country")
    region = _region(number)
    return Place(region, _zones(number, region))


def national_number(text: str) -> str:
    """The digits of an E.164 number as they are dialled at home, without a leading zero."""
    return phonenumbers.national_significant_number(phonenumbers.parse(text)).lstrip("0")


def _region(number: phonenumbers.PhoneNumber) -> str | None:
    region = phonenumbers.region_code_for_number(number)
    if region is None:
        # The number fits no known range.  Where one country has the code alone, it is that country all the same.
        regions = phonenumbers.region_codes_for_country_code(number.country_code or 0)
        region = regions[0] if len(regions) == 1 else None
    return region if region is not None and region.isalpha() else None  # "001" is no country.


def _zones(number: phonenumbers.PhoneNumber, region: str | None) -> tuple[str, ...]:
    hinted = {name for name in timezone.time_zones_for_number(number) if name != _NOWHERE}
    if hinted and phonenumbers.number_type(number) in _PLACED:
        return tuple(sorted(hinted))
    # A mobile number may be anywhere in its country, and the library names only some of the zones.
    return tuple(sorted(hinted | set(zones_of(region))))


@lru_cache(65_536)
def read_user_id(text: str) -> Place:
    """The country in a business-scoped user id, and that country's zones; NotAUserId when it has not that form."""
    found = _USER_ID.fullmatch(text)
    if found is None:
        raise NotAUserId
    return Place(found[1], zones_of(found[1]))


def zones_of(region: str | None) -> tuple[str, ...]:
    """The zones of a country, from the pinned tz database; none for None or an unknown country."""
    return _country_zones().get(region or "", ())


@cache
def _country_zones() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            table.setdefault(country, []).append(name)
    return {country: tuple(sorted(names)) for country, names in table.items()}
