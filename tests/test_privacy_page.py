"""
docs/privacy.md says of every table of the schema what it holds, and erasure does what the page says.
"""

import re

import audit.models
import consent.evidence.models
import consent.imports.models
import consent.models
import consent.registers.models
import policies.models
import server.models
from consent.store import FORGOTTEN, MENTIONING
from tests.checkout import ROOT

PAGE = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
MODULES = (
    audit.models,
    consent.models,
    consent.evidence.models,
    consent.imports.models,
    consent.registers.models,
    policies.models,
    server.models,
)


def rows() -> dict[str, list[str]]:
    """
    The cells of the page's table, by table of the schema.
    """
    lines = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
    return {name: cells for cells in lines[1:] for name in cells[0].split(", ")}


def test_every_table_has_its_row():
    """
    None is missing, none is invented, and no cell is empty.
    """
    described = rows()

    assert set(described) == set(audit.models.metadata.tables)
    assert all(len(cells) == 6 and all(cells) for cells in described.values())


def test_what_points_to_a_person_says_so():
    """
    Whatever has a contact's id, or bytes that are sealed, hashed or wrapped, is marked as personal or as no such thing.
    """
    described = rows()
    pointing = {name for name, table in audit.models.metadata.tables.items() if "contact_id" in table.c}

    assert {name for name in pointing if described[name][2] == "no"} == set()
    assert {name for name in pointing if described[name][5] == "none"} == set()


def test_erasure_deletes_what_the_page_says():
    """
    The rows that erasure deletes by the contact's id are those marked so, with sealed deliveries, found otherwise.
    """
    deleted = {name for name, cells in rows().items() if cells[5].startswith("deleted")}

    assert deleted == {*FORGOTTEN, *MENTIONING}


def test_the_page_fits_on_one():
    """
    One page, and every command and setting on it exists.
    """
    settings = set(re.findall(r"VENIA_[A-Z_]+", PAGE))

    assert len(PAGE.splitlines()) <= 80
    assert settings <= set(re.findall(r"VENIA_[A-Z_]+", (ROOT / "docs/settings.md").read_text(encoding="utf-8")))
