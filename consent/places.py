"""
Countries and their parts: which zones each has.

Zones of countries come from the pinned tz database, those of states and provinces of the United States and Canada from
their area codes, and those of parts of other countries that lie across several zones from the table below (ISO 3166-2;
tz database, ``zone.tab`` with its comments, 2026f).  A part that is not listed may have any zone of its country.
"""

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

from consent.area_codes import area_codes

_REGION = re.compile(r"([A-Z]{2})(?:-[A-Z0-9]{1,3})?", re.ASCII)

# What area codes do not say: parts of the United States and Canada that share one with others.
_SHARED = {
    "CA-NS": "America/Halifax America/Glace_Bay",
    "CA-PE": "America/Halifax",
    "CA-NT": "America/Inuvik America/Edmonton",
    "CA-NU": "America/Iqaluit America/Rankin_Inlet America/Resolute America/Cambridge_Bay",
    "CA-YT": "America/Whitehorse America/Dawson",
}
_PARTS = {
    "AU-ACT": "Australia/Sydney",
    "AU-NSW": "Australia/Sydney Australia/Broken_Hill Australia/Lord_Howe",
    "AU-NT": "Australia/Darwin",
    "AU-QLD": "Australia/Brisbane Australia/Lindeman",
    "AU-SA": "Australia/Adelaide",
    "AU-TAS": "Australia/Hobart Antarctica/Macquarie",
    "AU-VIC": "Australia/Melbourne",
    "AU-WA": "Australia/Perth Australia/Eucla",
    "BR-AC": "America/Rio_Branco",
    "BR-AM": "America/Manaus America/Eirunepe",
    "BR-BA": "America/Bahia",
    "BR-MS": "America/Campo_Grande",
    "BR-MT": "America/Cuiaba",
    "BR-PE": "America/Recife America/Noronha",
    "BR-RJ": "America/Sao_Paulo",
    "BR-RO": "America/Porto_Velho",
    "BR-RR": "America/Boa_Vista",
    "BR-SP": "America/Sao_Paulo",
    "CL-AI": "America/Coyhaique",
    "CL-MA": "America/Punta_Arenas",
    "CL-RM": "America/Santiago",
    "CL-VS": "America/Santiago Pacific/Easter",
    "EC-W": "Pacific/Galapagos",
    "ES-CE": "Africa/Ceuta",
    "ES-CN": "Atlantic/Canary",
    "ES-ML": "Africa/Ceuta",
    **dict.fromkeys(
        [
            "ES-AN",
            "ES-AR",
            "ES-AS",
            "ES-CB",
            "ES-CL",
            "ES-CM",
            "ES-CT",
            "ES-EX",
            "ES-GA",
            "ES-IB",
            "ES-MC",
            "ES-MD",
            "ES-NC",
            "ES-PV",
            "ES-RI",
            "ES-VC",
        ],
        "Europe/Madrid",
    ),
    "ID-BA": "Asia/Makassar",
    "ID-JK": "Asia/Jakarta",
    "ID-KB": "Asia/Pontianak",
    "ID-PA": "Asia/Jayapura",
    "MN-071": "Asia/Ulaanbaatar",
    "MN-1": "Asia/Ulaanbaatar",
    "MX-BCN": "America/Tijuana",
    "MX-BCS": "America/Mazatlan",
    "MX-CMX": "America/Mexico_City",
    "MX-JAL": "America/Mexico_City America/Bahia_Banderas",
    "MX-NLE": "America/Monterrey",
    "MX-ROO": "America/Cancun",
    "MX-SIN": "America/Mazatlan",
    "MX-SON": "America/Hermosillo",
    "NZ-AUK": "Pacific/Auckland",
    "NZ-CAN": "Pacific/Auckland",
    "NZ-CIT": "Pacific/Chatham",
    "NZ-WGN": "Pacific/Auckland",
    **dict.fromkeys((f"PT-{number:02d}" for number in range(1, 19)), "Europe/Lisbon"),
    "PT-20": "Atlantic/Azores",
    "PT-30": "Atlantic/Madeira",
    "RU-KGD": "Europe/Kaliningrad",
    "RU-MOW": "Europe/Moscow",
    "RU-NVS": "Asia/Novosibirsk",
    "RU-PRI": "Asia/Vladivostok",
    "RU-SPE": "Europe/Moscow",
    "RU-SVE": "Asia/Yekaterinburg",
}


def country_of(region: str) -> str:
    """The ISO 3166-1 country of a region: ``ES`` of ``ES-MD``."""
    return region.partition("-")[0]


def is_region(text: str) -> bool:
    """Is this an ISO 3166 code of a country that the tz database knows, or of a part of one?"""
    found = _REGION.fullmatch(text)
    return found is not None and found[1] in _of_countries()


def parts_of(country: str) -> tuple[str, ...]:
    """The parts of a country of which it is known in which zones they are."""
    return tuple(sorted(region for region in _of_parts() if country_of(region) == country))


@cache
def zone_names() -> frozenset[str]:
    """Every name that the pinned tz database knows, aliases included."""
    return frozenset((files("tzdata") / "zones").read_text("utf-8").split())


def is_zone(text: str) -> bool:
    """Does the pinned tz database know a zone of this name?"""
    return text in zone_names()


def zones_of(region: str | None) -> tuple[str, ...]:
    """The zones of a country, or of a part of one; none for None or an unknown country."""
    if region is None:
        return ()
    return _of_parts().get(region) or _of_countries().get(country_of(region), ())


@cache
def _of_countries() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            table[country].append(name)
    return {country: tuple(sorted(names)) for country, names in table.items()}


@cache
def _of_parts() -> dict[str, tuple[str, ...]]:
    table: dict[str, set[str]] = defaultdict(set)
    for region, zones in area_codes().values():
        if "-" in region:
            table[region].update(zones)
    for region, names in {**_SHARED, **_PARTS}.items():
        table[region].update(names.split())
    return {region: tuple(sorted(zones)) for region, zones in table.items()}


def candidate_regions(stated: str | None, numbers: set[str]) -> tuple[str, ...]:
    """
    Every region in which somebody may be, by what was stated and by what their numbers say.

    A part that was stated settles which part of its country is meant; where a number names another part, or another
    country, both are candidates.
    """
    found = numbers | ({stated} if stated else set())
    parts = {country_of(region) for region in found if "-" in region}
    return tuple(sorted(region for region in found if "-" in region or region not in parts))


def stated_zones(zone: str | None, region: str | None, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """
    The zones in which somebody may be by what was stated; none where nothing was.

    A zone settles it.  A region's zones stand alone where the numbers allow them, and beside those of the numbers where
    they do not: one of the two is wrong, and nobody knows which.
    """
    if zone is not None:
        return (zone,)
    of_region = zones_of(region)
    if not of_region or set(of_region) <= set(numbers) or not numbers:
        return of_region
    return tuple(sorted({*of_region, *numbers}))
