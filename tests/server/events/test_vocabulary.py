"""
The closed list of events, and what filters let through.
"""

import re

import pytest

from server.errors import TypeUnknown
from server.events.vocabulary import BY_NOUN, TYPES, chosen
from tests.checkout import ROOT


def test_the_list_is_that_of_the_page():
    """
    docs/log.md lists the same events, so that whoever writes a filter finds what there is.
    """
    page = (ROOT / "docs/log.md").read_text(encoding="utf-8").partition("## Events")[2]
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]

    assert {name for cell in cells for name in re.findall(r"`([a-z_]+\.[a-z_]+)`", cell)} == TYPES


def test_every_event_that_the_code_records_is_in_it():
    """
    Whatever is written in the sources as an event's name is one that can be asked for.
    """
    sources = [path for name in ("audit", "consent", "policies", "server") for path in (ROOT / name).rglob("*.py")]
    recorded = re.compile(r'record\(\s*"([a-z_]+\.[a-z_]+)"')
    found = {name for path in sources for name in recorded.findall(path.read_text(encoding="utf-8"))}

    assert len(found) > 30
    assert found <= TYPES


def test_filters_are_types_nouns_or_everything():
    """
    They add up; no filter, or a star among others, is everything, which also lets through what is not invented yet.
    """
    assert chosen(["consent.withdrawn"]) == frozenset({"consent.withdrawn"})
    assert chosen(["consent", "call.reported"]) == frozenset({*BY_NOUN["consent"], "call.reported"})
    assert chosen([]) is None
    assert chosen(["consent", "*"]) is None


@pytest.mark.parametrize(
    ("wrong", "hint"), [("consent.withdrew", "consent.withdrawn"), ("calls", "call"), ("", "Write")]
)
def test_a_filter_for_nothing_is_refused(wrong: str, hint: str):
    """
    A misspelt filter would be silent for ever; it is told, with the nearest that exists.
    """
    with pytest.raises(TypeUnknown, match=hint):
        chosen([wrong])
