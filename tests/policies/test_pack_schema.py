"""
The published JSON Schema says what the reader of packs says.
"""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # It carries no types.

from policies.catalogue import builtin, builtin_names
from policies.pack_schema import pack_schema

PUBLISHED = Path(__file__).parents[2] / "docs" / "pack.schema.json"
VALIDATOR = Draft202012Validator(pack_schema())


def test_the_published_schema_is_the_one_of_the_models():
    """
    docs/pack.schema.json is what `venia policy schema` prints.
    """
    assert json.loads(PUBLISHED.read_text("utf-8")) == pack_schema()


@pytest.mark.parametrize("name", builtin_names())
def test_every_pack_that_ships_is_valid(name):
    """
    Its canonical content satisfies the schema.
    """
    assert files("policies").joinpath("packs", f"{name}.yaml").is_file()
    assert list(VALIDATOR.iter_errors(json.loads(builtin(name).content))) == []


@pytest.mark.parametrize(
    "rule",
    [
        {"id": "x", "kind": "spell", "basis": "tenant"},
        {"id": "x", "kind": "cap", "basis": "tenant", "limit": 0, "per": "day", "counts": "attempt"},
        {"id": "x", "kind": "gap", "basis": "tenant", "after": ["late"], "wait": "P1D"},
        {"id": "x", "kind": "consent", "basis": "tenant", "colour": "red"},
        {"id": "x", "kind": "streak", "basis": "tenant", "limit": 3, "within": "P1M"},
    ],
)
def test_a_rule_that_cannot_be_read_is_not_valid(rule):
    """
    An unknown kind, a limit of none, an unknown outcome, an unknown key, a duration of a month.
    """
    assert list(VALIDATOR.iter_errors({"pack": "p", "version": 1, "layer": "tenant", "rules": [rule]})) != []
