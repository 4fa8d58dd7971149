"""
A pack is used as it was meant, or refused with everything that is wrong with it.
"""

import json
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.catalogue import builtin
from policies.documents import canonical, read_document
from policies.errors import PackInvalid
from policies.loading import pack_from, parse_pack

GOOD = """\
pack: house
version: 3
layer: tenant
rules:
  - id: calls
    kind: cap
    basis: tenant
    limit: 3
    per: PT24H
    counts: attempt
"""


def problems(text):
    """What is wrong with a pack, as its error says it."""
    with pytest.raises(PackInvalid) as refused:
        parse_pack(text)
    return refused.value.problems


def test_a_pack_is_named_by_its_content():
    """
    The hash is over the canonical document: comments and order do not change it, a number does.
    """
    pack = parse_pack(GOOD)
    content = (
        b'{"layer":"tenant","pack":"house","rules":[{"basis":"tenant","counts":"attempt","id":"calls",'
        b'"kind":"cap","limit":3,"per":"PT24H"}],"version":3}'
    )

    assert pack.content == content
    assert pack.hash == "sha256:980aa12608480b2b186e071679f429290cb03afbbdd04286b45eb03ff682b06a"
    assert parse_pack("# Ours\nversion: 3\n" + GOOD.replace("version: 3\n", "")).hash == pack.hash
    assert parse_pack(GOOD.replace("limit: 3", "limit: 4")).hash != pack.hash
    assert pack_from(pack.content) == pack
    assert pack.name == "house@3"


def test_every_problem_is_said_at_once_with_its_line():
    """
    Five mistakes in one pack are five problems, each at its path and line.
    """
    text = dedent("""\
        pack: Xx
        version: 1
        layer: jurisdiction
        rules:
          - id: hours
            kind: window
            basis: law
            open: {mon-sat: ["9:00-21:00"]}
          - id: calls
            kind: cap
            basis: tenant
            limit: 0
            per: P1M
            counts: attempt
            colour: red
          - kind: spell
        """)
    found = [(problem.path, problem.line) for problem in problems(text)]

    assert found == [
        ("", 1),
        ("pack", 1),
        ("rules[0]", 5),
        ("rules[0].basis", 7),
        ("rules[0].open", 8),
        ("rules[0].open.mon-sat[0]", 8),
        ("rules[1].limit", 12),
        ("rules[1].per", 13),
        ("rules[1].colour", 15),
        ("rules[2].kind", 16),
    ]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("pack: house\npack: home\n", 2, "twice"),
        ("pack: &name house\n", 1, "anchors"),
        ("a: &x [1]\nb: *x\n", 1, "anchors"),
        ("pack: !!python/name:os.system x\n", 1, "tag"),
        ("<<: {a: 1}\n", 1, "plain text"),
        ("version: 1.5\n", 1, "whole number"),
        ("version: 0x10\n", 1, "whole number"),
        ("version: 010\n", 1, "whole number"),
        ("countries: [ES, NO]\n", 1, "quote 'NO'"),
        ("a: yes\n", 1, "quote 'yes'"),
        ("a: Off\n", 1, "quote 'Off'"),
        ("a: True\n", 1, "quote 'True'"),
        ("a: [1\nb: 2\n", 2, "not YAML"),
        ("a: *nobody\n", 1, "not YAML"),
        ("a: 1\n--- \nb: 2\n", 2, "not YAML"),
        ("a: \x00\n", 0, "not YAML"),
        ("[" * 2000, 0, "not YAML"),
        ("a: " + "[" * 40 + "]" * 40, 1, "too deeply"),
        ("x" * 1_100_000, 1, "mebibyte"),
    ],
)
def test_yaml_with_two_readings_is_refused(text, line, sentence):
    """
    Whatever YAML reads differently from people is a problem, never a guess.
    """
    found = problems(text)

    assert any(problem.line == line and sentence in problem.sentence for problem in found), found


def test_norway_can_be_written():
    """
    Quoted, NO is a country; true and false are truth values; a time stays text.
    """
    document = read_document('country: ["NO"]\nyes: true\nat: 21:00\nday: 2026-11-23\nnone:\nn: -12\n')

    assert document.problems == []
    assert document.data == {"country": ["NO"], "yes": True, "at": "21:00", "day": "2026-11-23", "none": None, "n": -12}


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_no_text_at_all_surprises_the_reader(text):
    """
    Any text is a document with problems or one without; nothing else is raised, and what is read has canonical bytes.
    """
    document = read_document(text)

    assert json.loads(canonical(document.data)) == document.data


SOURCE = {"cite": "Law 1", "as_of": "2026-11-22", "confidence": "high"}
OPEN = {"mon-sun": ["09:00-21:00"]}
HOURS = {"id": "hours", "kind": "window", "basis": "default", "open": OPEN}
CONSENT = {"id": "consent", "kind": "consent", "basis": "default"}


@pytest.mark.parametrize(
    ("changed", "path", "sentence"),
    [
        ({"layer": "platform", "rules": [CONSENT]}, "rules[0]", "cites its source"),
        ({"layer": "jurisdiction", "rules": [CONSENT | {"source": [SOURCE]}]}, "", "which countries"),
        ({"applies_when": {"country": ["ES"]}}, "applies_when", "only a jurisdiction"),
        ({"applies_when": {"country": ["UK"]}, "layer": "jurisdiction"}, "applies_when.country[0]", "ISO 3166"),
        ({"rules": [CONSENT | {"on_unknown": "pass"}]}, "rules[0].on_unknown", "no consent"),
        ({"rules": [CONSENT | {"deny": {"code": "SUPPRESSED"}}]}, "rules[0].deny.code", "not permitted"),
        (
            {"rules": [CONSENT | {"basis": "law", "source": [SOURCE | {"confidence": "low"}]}]},
            "rules[0].basis",
            "not law",
        ),
        ({"rules": [CONSENT | {"effective": {"from": "2026-01-01"}}]}, "rules[0].effective.from", "with its offset"),
        (
            {"rules": [CONSENT | {"effective": {"from": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}}]},
            "rules[0].effective",
            "before it begins",
        ),
        ({"rules": [HOURS | {"zone": "Europe/Atlantis"}]}, "rules[0].zone", "IANA"),
        ({"rules": [HOURS | {"open": OPEN | {"hol": []}}]}, "rules[0].open.hol", "whose holidays"),
        ({"rules": [HOURS | {"holidays": ["ES"]}]}, "rules[0].holidays", "no window is given"),
        (
            {"rules": [HOURS | {"holidays": ["ES-ZZ"], "open": OPEN | {"hol": []}}]},
            "rules[0].holidays[0]",
            "no calendar",
        ),
        ({"rules": [HOURS | {"guard": "PT2H"}]}, "rules[0].guard", "at most an hour"),
        ({"rules": [{"id": "s", "kind": "sender", "basis": "tenant"}]}, "rules[0]", "denies no sender"),
        ({"rules": [CONSENT, CONSENT]}, "rules[1].id", "can be in force"),
        ({"rules": [CONSENT | {"deny": {"severity": "mild"}}]}, "rules[0].deny.severity", "terminal, error"),
        ({"rules": []}, "", "a pack has rules"),
        ({"version": True}, "version", "valid integer"),
        ({"version": "1"}, "version", "valid integer"),
    ],
)
def test_a_pack_that_contradicts_itself_is_refused(changed, path, sentence):
    """
    What no single value shows is found all the same, at the place that must be mended.
    """
    document = {"pack": "house", "version": 1, "layer": "tenant", "rules": [HOURS]}
    found = problems(json.dumps(document | changed))

    assert any(problem.path == path and sentence in problem.sentence for problem in found), found


def test_variants_of_a_rule_share_its_name_when_they_cannot_meet():
    """
    One rule may be dated, or differ by category; the variants are counted.
    """
    old = CONSENT | {"effective": {"until": "2026-01-01T00:00:00Z"}}
    new = CONSENT | {"effective": {"from": "2026-01-01T00:00:00Z"}}
    apart = [HOURS | {"when": {"category": [category]}} for category in ("marketing", "service")]
    pack = parse_pack(json.dumps({"pack": "house", "version": 1, "layer": "tenant", "rules": [new, old, *apart]}))

    assert [rule.id for rule in pack.rules] == ["consent", "consent", "hours", "hours"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"pack":"x"}'])
def test_stored_bytes_that_are_no_pack_are_refused(content):
    """
    Whatever was stored, reading it back gives a pack or PackInvalid.
    """
    with pytest.raises(PackInvalid):
        pack_from(content)


@pytest.mark.parametrize("name", ["core", "whatsapp", "es", "acme"])
def test_what_is_not_certain_is_not_called_law(name):
    """
    In the packs that ship, every rule of law has a source of high or medium confidence.
    """
    law = [rule for rule in builtin(name).rules if rule.basis == "law"]

    assert all(citation.confidence != "low" for rule in law for citation in rule.source)
