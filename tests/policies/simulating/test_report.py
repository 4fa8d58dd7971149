"""
A report says the same in the same bytes, and its page is text whatever stands in it.
"""

import json
from html.parser import HTMLParser

from policies.ruleset import compile_rules
from policies.simulating.page import page
from policies.simulating.report import Asked, named, report_of
from policies.simulating.tally import Tally
from tests.factories import DAY
from tests.policies.questions import pack, rule
from tests.policies.simulating.past import FREE, TINY, compared, happened, reach_of, voice

NOTHING = compile_rules(())
STAFFED = compile_rules([TINY, pack(rule("predicate", needs={"fact": "agents", "at_least": 1}), name="staffed")])
ASKED = Asked("closed_loop", "unknown", "venia.example/t/abc", 0, 10, None)
VERSIONS = {"tzdata": "2026f", "holidays": "0.109"}
# Of the format venia-simulation/v1, which does not change.
EMPTY = "sha256:a63895c78af869c38744da5ac5240b3e31f3fc584c2f55e5c4dfbfbe09d63561"


def test_the_format_is_frozen():
    """
    The report on nothing has the hash that it always had.
    """
    content, name = named(report_of(ASKED, NOTHING, NOTHING, Tally(), VERSIONS))

    assert json.loads(content)["format"] == "venia-simulation/v1"
    assert name == EMPTY


class Text(HTMLParser):
    """
    The tags and the text of a page.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def spoilt(value):
    """
    The same document with every text in it made into a script.
    """
    if isinstance(value, str):
        return f"<script>{value}</script>&\"'"
    if isinstance(value, list):
        return [spoilt(each) for each in value]
    if isinstance(value, dict):
        return {name: spoilt(each) for name, each in value.items()}
    return value


def test_a_page_is_text_whatever_stands_in_the_report():
    """
    With markup in every text of a report that has everything in it, the page has no tag more, and shows it as it is.
    """
    story = happened(FREE, [voice(DAY, "connected"), voice(DAY)])
    tally = compared(FREE, STAFFED, "point").tell([story], reach_of(FREE))
    report = report_of(ASKED, FREE, STAFFED, tally, VERSIONS)
    plain, odd = Text(), Text()
    plain.feed(page(report, "sha256:00"))
    odd.feed(page(spoilt(report), "<b>"))

    assert tally.matrix["allow", "deny"] == 2
    assert not plain.tags & {"script", "img", "link", "iframe", "b"}
    assert odd.tags <= plain.tags
    assert "<script>FACT_MISSING" in odd.text
    assert "FACT_MISSING (staffed@1, predicate)" in plain.text
