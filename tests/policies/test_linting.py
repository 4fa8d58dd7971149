"""
The linter says what a schema cannot see, each thing once, at its line.
"""

from datetime import UTC, datetime

import pytest
import yaml

from policies.catalogue import Source, builtin_names, sources
from policies.linting import lint
from policies.loading import parse_pack
from policies.trial import parse_suite

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
CITED = [{"cite": "an act", "as_of": "2026-11-01", "confidence": "high"}]
HOURS = {"id": "hours", "kind": "window", "basis": "tenant", "open": {"mon-sun": ["09:00-17:00"]}}
CALLS = {"id": "calls", "kind": "cap", "basis": "tenant", "limit": 3, "per": "PT24H", "counts": "attempt"}


def source(*rules, name="house", layer="tenant", cases=None, **head):
    """A pack of these rules, written as YAML."""
    text = yaml.safe_dump({"pack": name, "version": 1, "layer": layer, **head, "rules": list(rules)}, sort_keys=False)
    suite = parse_suite(yaml.safe_dump(cases, sort_keys=False)) if cases else None
    return Source(parse_pack(text), text, suite)


def said(*own, above=()):
    """What the linter finds, beside the missing cases."""
    found = lint(own, NOW, above)
    return [(each.level, each.sentence) for each in found if "there are no cases" not in each.sentence]


def test_what_ships_has_no_errors_and_no_warnings():
    """
    Every pack that ships is in order; what remains are notes.
    """
    found = lint(sources(builtin_names()), NOW)

    assert [each for each in found if each.level != "note"] == []


@pytest.mark.parametrize(
    ("rule", "level", "sentence"),
    [
        ({**CALLS, "on_unknown": "pass"}, "note", "lets a call pass when it cannot tell"),
        ({**CALLS, "effective": {"until": "2026-01-01T00:00:00Z"}}, "note", "not been in force since 2026-01-01"),
        ({**CALLS, "effective": {"from": "2027-01-31T00:00:00Z"}}, "note", "comes into force on 2027-01-31"),
        ({**CALLS, "effective": {"until": "2026-12-24T00:00:00Z"}}, "note", "ends on 2026-12-24"),
        ({**CALLS, "when": {"channel": ["sms"]}}, "error", "no channel on which anybody is called"),
        (
            {**CALLS, "when": {"action": ["call.request_permission"], "channel": ["voice"]}},
            "error",
            "which there are on whatsapp_call alone",
        ),
        ({**CALLS, "counts": "connected", "reset": "connected"}, "error", "never counts more than one"),
        (
            {**CALLS, "source": [{"cite": "an act", "as_of": "2024-01-01", "confidence": "high"}]},
            "warning",
            "nobody has looked at its sources for more than a year",
        ),
    ],
)
def test_an_odd_rule_is_found(rule, level, sentence):
    """
    Each of these is said, and nothing else.
    """
    found = said(source(rule))

    assert [each_level for each_level, _ in found] == [level]
    assert sentence in found[0][1]


def test_hours_wider_than_the_law_are_found():
    """
    A tenant that opens when the law is closed is told on which days, and that those hours never count.
    """
    law = source(
        {**HOURS, "basis": "law", "source": CITED, "open": {"mon-fri": ["09:00-20:00"], "sat-sun": []}},
        name="xx",
        layer="jurisdiction",
        applies_when={"country": ["ES"]},
    )
    found = said(
        source({**HOURS, "open": {"mon-fri": ["10:00-19:00"], "sat": ["10:00-14:00"], "sun": []}}), above=[law]
    )

    assert found == [("warning", "hours: is open when xx@1 hours is not (Saturday); those hours never count")]


def test_hours_that_leave_none_are_an_error():
    """
    Where two windows never open together nobody can be called.
    """
    law = source({**HOURS, "source": CITED, "basis": "platform"}, name="platform", layer="platform")
    found = said(source({**HOURS, "open": {"mon-sun": ["18:00-20:00"]}}), above=[law])

    assert found == [("error", "hours: beside platform@1 hours no hour of the week is left")]


def test_a_cap_that_is_never_reached_is_found():
    """
    Ten calls a day say nothing where three are the limit already.
    """
    platform = source({**CALLS, "basis": "platform", "source": CITED}, name="platform", layer="platform")
    found = said(source({**CALLS, "limit": 10}), above=[platform])

    assert found == [("warning", "calls: never reached, since platform@1 calls stops at 3")]


def test_missing_failing_and_incomplete_cases_are_found():
    """
    No cases at all, a case that fails, and an answer that no case shows.
    """
    question = {"action": "call.place", "purpose": "p", "category": "service", "channel": "voice", "technology": "live"}
    cases = {
        "suite": "house",
        "packs": ["house"],
        "now": "2026-11-23T10:00:00Z",
        "facts": {"one": question},
        "tests": [{"name": "wrong", "when": {"facts": "one"}, "expect": {"decision": "allow"}}],
    }

    assert [each.sentence for each in lint([source(CALLS)], NOW)] == [
        "there are no cases beside it: write NAME.tests.yaml"
    ]
    found = said(source(CALLS, cases=cases))
    assert [level for level, _ in found] == ["error", "warning", "warning"]
    assert "the case “wrong” fails" in found[0][1]
    assert "calls (1) never failed" in found[1][1]


def test_a_finding_names_its_line():
    """
    The third rule's finding stands where the third rule begins.
    """
    pack = source(HOURS, CALLS, {**CALLS, "id": "more", "on_unknown": "pass"})
    found = [each for each in lint([pack], NOW) if each.level == "note"]

    assert pack.text.splitlines()[found[0].line - 1].strip() == "- id: more"
