"""
Telephone numbers as files of registers write them, made E.164: at home (``0600111222``) or abroad (``+34 600 111 222``).

The library of numbering plans takes tens of microseconds for a number, and a file has millions.  Whatever is plain by the
plan itself is read here; everything else is the library's to say, and a test holds the two together.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

from consent.registers.errors import RegisterCountryUnknown

_BETWEEN = str.maketrans("", "", " \t\u00a0().-/")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_LENGTHS = range(7, 16)  # digits of a number with its country's code (ITU-T E.164 §6)
_LONGEST = 32  # characters that a number is written with, however it is dialled
# A column of decimals (``3331234567.0``): what the dot parts is no digit of a number.
_DECIMAL = re.compile(r".*[.,][0-9]|\+?[0-9]{6,}[.,]00", re.DOTALL)
# Numbers that are written in two ways.  Argentina has a 9 before its mobile numbers from abroad and none at home, Mexico had a 1,
# and Brazil put a 9 before its mobile numbers (eight digits from 2 to 5 are landlines, 7 is trunked radio, which never got it).
_TWO_WAYS = {
    "+54": (re.compile(r"\+549([0-9]{10})"), r"+54\1"),
    "+52": (re.compile(r"\+521([0-9]{10})"), r"+52\1"),
    "+55": (re.compile(r"\+55([0-9]{2})([689][0-9]{7})"), r"+55\g<1>9\2"),
}


class _Plan(NamedTuple):
    """What tells a number that is plain: its country's code, the digits it may have, and what may stand before it."""

    code: str
    lengths: frozenset[int]
    prefix: "re.Pattern[str] | None"  # dialled before a number at home
    abroad: "re.Pattern[str] | None"  # dialled before a number of another country

    def takes(self, digits: str) -> bool:
        """Whether these digits are a whole number of the plan, with nothing before it."""
        return len(digits) in self.lengths and not (self.prefix is not None and self.prefix.match(digits))


class Numbering:
    """How the numbers of one file are written; ``country`` None: each with its country's code."""

    def __init__(self, country: str | None) -> None:
        """Raises RegisterCountryUnknown."""
        if country is not None and country not in phonenumbers.SUPPORTED_REGIONS:
            raise RegisterCountryUnknown(country)
        self._country = country
        self._home = None if country is None else _plan_of(country)

    def e164(self, text: str) -> str | None:
        """The number in E.164 form, one of the two where it has two; None where ``text`` is no possible number."""
        if len(text) > _LONGEST or (not text.isdigit() and _DECIMAL.fullmatch(text.strip())):
            return None
        number = self._read(text if text.isdigit() else text.translate(_BETWEEN))
        return None if number is None else _one_way(number)

    def _read(self, digits: str) -> str | None:
        if digits[:1] == "+":
            return _international(digits)
        home = self._home
        if home is None or not (digits.isascii() and digits.isdigit()):
            return None
        if home.takes(digits) and not digits.startswith(home.code) and not _matches(home.abroad, digits):
            return f"+{home.code}{digits}"
        return _asked(digits, self._country)


@lru_cache(65_536)
def canonical(number: str) -> str:
    """A number that was checked before, in the one form in which registers are asked."""
    return _one_way(_international(number) or number)


def _one_way(number: str) -> str:
    """The form in which a number that is written in two ways is kept and asked."""
    two = _TWO_WAYS.get(number[:3])
    found = two[0].fullmatch(number) if two is not None else None
    return number if two is None or found is None else found.expand(two[1])


def _international(number: str) -> str | None:
    digits = number[1:]
    if not (digits.isascii() and digits.isdigit()):
        return None
    for length in (2, 1, 3):
        plan = _plan_of_code(digits[:length])
        if plan is not None:
            return number if plan.takes(digits[length:]) else _asked(number, None)
    return None


def _asked(digits: str, country: str | None) -> str | None:
    """What the library says."""
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written if _E164.fullmatch(written) else None


def _matches(pattern: "re.Pattern[str] | None", digits: str) -> bool:
    return pattern is not None and pattern.match(digits) is not None


@cache
def _plan_of_code(code: str) -> _Plan | None:
    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code[:1] != "0" and code else None
    if regions is None:
        return None
    if regions[0] == "001":
        return _plan(PhoneMetadata.metadata_for_nongeo_region(int(code), None))
    return _plan_of(regions[0])


@cache
def _plan_of(country: str) -> _Plan | None:
    plan = _plan(PhoneMetadata.metadata_for_region(country, None))
    if plan is None:
        return None
    # Of countries that share a code, the library holds a number against the plan of the first.
    first = COUNTRY_CODE_TO_REGION_CODE[int(plan.code)][0]
    shared = plan if first in {country, "001"} else _plan_of(first)
    return plan if shared is None else plan._replace(lengths=plan.lengths & shared.lengths)


def _plan(plan: PhoneMetadata | None) -> _Plan | None:
    if plan is None or plan.general_desc is None:
        return None
    before, abroad = plan.national_prefix_for_parsing, plan.international_prefix
    code = str(plan.country_code)
    return _Plan(
        code,
        frozenset(each for each in plan.general_desc.possible_length if len(code) + each in _LENGTHS),
        re.compile(before) if before else None,
        re.compile(abroad) if abroad else None,
    )
