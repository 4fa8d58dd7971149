"""
How a file is to be read, where the file does not say so itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from consent.dialled import is_country
from consent.imports.errors import OptionWrong
from consent.places import is_zone

CSV, NDJSON = "csv", "ndjson"
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Options:
    """
    ``country`` reads national numbers, ``zone`` moments without an offset; ``columns`` names what a column means.

    None for a column leaves it out.  ``usual`` is what holds for every row that says nothing itself, by column.
    """

    format: str
    country: str | None = None
    zone: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(
        cls, form: str, *, country: str | None, zone: str | None, mapped: Sequence[str], usual: Sequence[str]
    ) -> "Options":
        """From what was asked for, ``COLUMN=MEANING`` and ``COLUMN=VALUE``; OptionWrong says what cannot be followed."""
        if country is not None and not is_country(country):
            raise OptionWrong("country", "write an ISO 3166 code such as ES, in capital letters.")
        if zone is not None and not is_zone(zone):
            raise OptionWrong("zone", "write an IANA name such as Europe/Madrid.")
        columns = {name: meaning or None for name, meaning in _pairs("map", mapped)}
        return cls(form, country, zone, columns, dict(_pairs("set", usual)))

    def to_text(self) -> str:
        """All of it on a line, so that two files read in two ways are two things."""
        return repr((self.format, self.country, self.zone, sorted(self.columns.items()), sorted(self.usual.items())))


def _pairs(option: str, given: Sequence[str]) -> list[tuple[str, str]]:
    found = []
    for each in given:
        name, separator, value = each.rpartition("=") if option == "map" else each.partition("=")
        if not separator or not name.strip() or len(each) > _LONGEST:
            raise OptionWrong(option, "write COLUMN=MEANING for map and COLUMN=VALUE for set.")
        found.append((name.strip(), value.strip()))
    return found
