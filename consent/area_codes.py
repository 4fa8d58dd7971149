"""
The area codes of the United States and Canada: in which state or province each is, and in which zones.

``area_codes.json`` is derived from the data of the phonenumbers library, whose geocoder alone takes 100 MB of memory;
``python -m consent.area_codes > consent/area_codes.json`` derives it anew, and a test compares the two.
"""

import json
import sys
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from consent.places import country_of, zones_of

_US = (
    "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,FL Florida,"
    "GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,"
    "MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,"
    "NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,"
    "OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,"
    "VT Vermont,VA Virginia,WA Washington State,WV West Virginia,WI Wisconsin,WY Wyoming,DC Washington D.C."
)
_CA = (
    "AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,ON Ontario,"
    "PE Prince Edward Island,QC Quebec,SK Saskatchewan,NT Northwest Territories,NU Nunavut,YT Yukon,BC British Colombia"
)
_NAME_LENGTH = 3
# An overlay serves the places of an older code.  Of these the library names a zone or two, where the older code has
# more, or another (maps of the North American Numbering Plan Administrator and of the Canadian one).
_OVERLAYS = {
    "236": "250",
    "257": "250",
    "364": "270",
    "367": "418",
    "448": "850",
    "458": "541",
    "474": "306",
    "581": "418",
    "639": "306",
    "672": "250",
    "689": "407",
    "778": "250",
    "879": "709",
    "930": "812",
    "986": "208",
}


class AreaCode(NamedTuple):
    """``US-TX``, or the bare country where an area code lies in several parts of it; and every zone it touches."""

    region: str
    zones: tuple[str, ...]


@cache
def area_codes() -> dict[str, AreaCode]:
    """Every area code of the two countries that says where it is."""
    table = json.loads(files("consent").joinpath("area_codes.json").read_text("utf-8"))
    return {code: AreaCode(region, tuple(zones)) for code, (region, zones) in table.items()}


def derive() -> dict[str, tuple[str, list[str]]]:
    """
    The table from the library's own data.

    What the library says of an area code as a whole goes before what it says of single exchanges, some of which serve
    towns across the border.  Zones are those of all its exchanges, since numbers move; of a code that several parts
    share, those of the parts.
    """
    # Only who derives the table needs these, and they are large.
    from phonenumbers.geodata import GEOCODE_DATA  # noqa: PLC0415  As said.
    from phonenumbers.tzdata import TIMEZONE_DATA  # noqa: PLC0415  As said.

    named: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"whole": set(), "exchanges": set()})
    for prefix, description in GEOCODE_DATA.items():
        if _is_american(prefix):
            kind = "whole" if len(prefix) == 1 + _NAME_LENGTH else "exchanges"
            named[prefix[1:4]][kind] |= _parts(description)
    zones: dict[str, set[str]] = defaultdict(set)
    for prefix, where in TIMEZONE_DATA.items():
        if _is_american(prefix):
            zones[prefix[1:4]].update(where)
    table = {code: _place(kinds, zones[_OVERLAYS.get(code, code)]) for code, kinds in sorted(named.items())}
    return {code: place for code, place in table.items() if place is not None}


def _is_american(prefix: str) -> bool:
    return prefix.startswith("1") and len(prefix) > _NAME_LENGTH


def _parts(description: dict[str, Any]) -> set[str]:  # The library's own shape: a text for each language.
    """``New York, NY`` and ``Nova Scotia/Prince Edward Island`` as ISO 3166-2 codes."""
    last = str(description.get("en", "")).rsplit(", ", 1)[-1]
    known = {
        word: f"{country}-{each[:2]}"
        for country, names in (("US", _US), ("CA", _CA))
        for each in names.split(",")
        for word in (each[:2], each[3:])
    }
    return {known[word] for word in last.split("/") if word in known}


def _place(kinds: dict[str, set[str]], zones: set[str]) -> tuple[str, list[str]] | None:
    parts = sorted(kinds["whole"] or kinds["exchanges"])
    countries = {country_of(part) for part in parts}
    if len(countries) != 1 or not zones:
        return None
    if len(parts) == 1:
        return parts[0], sorted(zones)
    return countries.pop(), sorted({zone for part in parts for zone in zones_of(part)})


if __name__ == "__main__":
    rows = (f"{json.dumps(code)}: {json.dumps(place)}" for code, place in derive().items())
    sys.stdout.write("{\n" + ",\n".join(rows) + "\n}\n")
