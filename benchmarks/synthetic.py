"""
Packs made up for measuring, written in the schema that everybody's packs are written in.

A pack is twelve rules about one country: one on consent, one on a register, two timetables (the person's and the
business's), three caps, a pause, a streak, one on senders and two conditions on what the caller states.  In the first
about each country one of the caps and one of the conditions give way to the person's refusals and the platform's
permission, without rules on which Venia denies.  Kinds repeat from pack to pack with other hours, limits, spans,
registers, countries of senders and bounds; limits stay small enough to be reached, so that in 600 rules some come again.

- ``about``: every pack is about the same country, so that each of 12, 60 or 600 rules must be asked for every answer.
- ``elsewhere``: every pack is about another country, and each question about one of them: 12 rules are about it, and
  whoever keeps no index looks at the others in vain.
"""

import json
from collections.abc import Mapping
from typing import TypeAlias

from policies.loading import parse_pack
from policies.pack import Pack

Document: TypeAlias = Mapping[str, object]

PER_PACK = 12
REGISTERS = ("robinson", "tps", "bloctel", "opposizioni", "ncpr", "dnd", "linea-uno", "frei")
# Fifty countries, each with a zone of its own.
ZONES = {
    "ES": "Europe/Madrid", "FR": "Europe/Paris", "DE": "Europe/Berlin", "IT": "Europe/Rome", "GB": "Europe/London",
    "PT": "Europe/Lisbon", "NL": "Europe/Amsterdam", "BE": "Europe/Brussels", "AT": "Europe/Vienna",
    "CH": "Europe/Zurich", "PL": "Europe/Warsaw", "SE": "Europe/Stockholm", "NO": "Europe/Oslo",
    "DK": "Europe/Copenhagen", "FI": "Europe/Helsinki", "IE": "Europe/Dublin", "GR": "Europe/Athens",
    "CZ": "Europe/Prague", "HU": "Europe/Budapest", "RO": "Europe/Bucharest", "TR": "Europe/Istanbul",
    "IL": "Asia/Jerusalem", "AE": "Asia/Dubai", "SA": "Asia/Riyadh", "EG": "Africa/Cairo", "ZA": "Africa/Johannesburg",
    "NG": "Africa/Lagos", "KE": "Africa/Nairobi", "MA": "Africa/Casablanca", "IN": "Asia/Kolkata", "SG": "Asia/Singapore",
    "HK": "Asia/Hong_Kong", "JP": "Asia/Tokyo", "KR": "Asia/Seoul", "TH": "Asia/Bangkok", "VN": "Asia/Ho_Chi_Minh",
    "PH": "Asia/Manila", "ID": "Asia/Jakarta", "MY": "Asia/Kuala_Lumpur", "AU": "Australia/Sydney",
    "NZ": "Pacific/Auckland", "MX": "America/Mexico_City", "BR": "America/Sao_Paulo",
    "AR": "America/Argentina/Buenos_Aires", "CL": "America/Santiago", "CO": "America/Bogota", "PE": "America/Lima",
    "UY": "America/Montevideo", "EC": "America/Guayaquil", "CR": "America/Costa_Rica",
}  # fmt: skip
_COUNTRIES = tuple(ZONES)
_OWED: tuple[Document, ...] = ({"kind": "suppression"}, {"kind": "permission"})
_SOURCE = {"cite": "Made up, to measure with", "as_of": "2026-11-23", "confidence": "low"}


def about(size: int) -> tuple[Pack, ...]:
    """Packs of so many rules in all, every one of them about Spain."""
    return tuple(_pack(number, "ES", first=number == 0) for number in range(size // PER_PACK))


def elsewhere(size: int) -> tuple[Pack, ...]:
    """Packs of so many rules in all, twelve for each of as many countries; at most 600."""
    return tuple(_pack(number, _COUNTRIES[number], first=True) for number in range(size // PER_PACK))


def _pack(number: int, country: str, *, first: bool) -> Pack:
    name = f"p{number:02}"
    rules = [
        {"id": f"{rule['kind']}-{place}", "basis": "default", "source": [_SOURCE], **rule}
        for place, rule in enumerate((*_rules(number), *(_OWED if first else _more(number))))
    ]
    document = {
        "pack": name,
        "version": 1,
        "layer": "jurisdiction",
        "applies_when": {"country": [country]},
        "rules": rules,
    }
    return parse_pack(json.dumps(document), name)


def _rules(number: int) -> tuple[Document, ...]:
    """Ten rules; what they ask for is rather less than what most questions bring."""
    step, fourth = number % 7, number % 4
    register = REGISTERS[number % len(REGISTERS)]
    opens, closes = f"{7 + step % 3:02}:{fourth * 15:02}", f"{19 + step % 4:02}:{fourth * 15:02}"
    barred = [_COUNTRIES[(number * 3 + place) % len(_COUNTRIES)] for place in range(1, 5)]
    return (
        {"kind": "consent", "bases": ["opt_in", "opt_in_written", "soft_opt_in"][: 2 + number % 2],
         "max_age": {"opt_in": f"P{400 + 20 * number}D", "opt_in_written": f"P{500 + 20 * number}D",
                     "soft_opt_in": f"P{300 + 10 * number}D"}},
        {"kind": "register", "register": register, "max_age": f"P{20 + number}D", "waived_by": ["opt_in_written"]},
        {"kind": "window", "open": {"mon-fri": [f"{opens}-{closes}"], "sat": [f"10:{fourth * 15:02}-18:30"], "sun": []}},
        {"kind": "window", "zone": "business", "open": {"mon-sat": [f"{opens}-13:{step:02}", f"13:30-{closes}"], "sun": []}},
        {"kind": "cap", "limit": 2 + number % 3, "per": "day", "counts": "attempt"},
        {"kind": "cap", "limit": 4 + number % 5, "per": "P7D", "counts": "attempt"},
        {"kind": "gap", "after": ["connected"], "wait": f"PT{30 + 10 * number}M"},
        {"kind": "streak", "limit": 2 + number % 4, "within": "P30D"},
        {"kind": "sender", "deny_countries": [each for each in barred if each != "ES"], "deny_restricted": bool(number % 2)},
        {"kind": "predicate", "needs": {"all": [{"fact": "agents", "at_least": 1 + number % 9},
                                                {"fact": "waiting", "at_most": 20 + number}]}},
    )  # fmt: skip


def _more(number: int) -> tuple[Document, ...]:
    """Two rules more."""
    return (
        {"kind": "cap", "limit": 2 + number % 6, "per": f"P{14 * (1 + number % 2)}D", "counts": "connected",
         "scope": "contact+sender", "categories": ["marketing"]},
        {"kind": "predicate", "needs": {"any": [{"fact": "shop_open", "is": True},
                                                {"not": {"fact": "topic", "in": ["offer", f"topic_{number % 5}"]}}]}},
    )  # fmt: skip
