"""
``venia policy`` as people use it: one process, what it prints, and its exit code.
"""

import json
import subprocess
import sys
from textwrap import dedent

import pytest

HOUSE = """\
pack: house
version: 1
layer: tenant
rules:
  - id: calls
    kind: cap
    basis: tenant
    limit: 3
    per: PT24H
    counts: attempt
"""
CASES = """\
suite: house
packs: [core, house]
now: 2026-11-23T10:00:00Z
facts:
  one: {action: call.place, purpose: p, category: service, channel: voice, technology: live, regions: [ES],
        zones: [Europe/Madrid], suppressions: [], attempts: [],
        consents: [{channel: voice, technology: [live], state: granted, since: -P1D}]}
tests:
  - name: nobody vouches for Spain here
    when: {facts: one}
    expect: {decision: deny, reasons: [JURISDICTION_UNKNOWN]}
  - name: three calls are enough
    when:
      facts: one
      with: {attempts: [{at: -PT3H, times: 3, action: call.place, category: service, channel: voice, outcome: failed}]}
    expect: {decision: deny, reasons: [JURISDICTION_UNKNOWN, CAP_REACHED calls], retry_at: null}
  - name: without attempts nobody can count
    when: {facts: one, with: {attempts: null}}
    expect: {decision: deny, reasons: [JURISDICTION_UNKNOWN, FACT_MISSING calls]}
"""


def policy(*words):
    """The command, run as a process of its own."""
    command = [sys.executable, "-c", "from server.cli import main; main()", "policy", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def house(tmp_path):
    """A pack of one's own with its cases."""
    (tmp_path / "house.yaml").write_text(HOUSE)
    (tmp_path / "house.tests.yaml").write_text(CASES)
    return tmp_path / "house.yaml"


def test_a_pack_of_ones_own_is_linted_and_tried(house):
    """
    In order: exit code 0, and every answer of every rule was seen.
    """
    tried = policy("test", house)

    assert policy("lint", house, "--strict").returncode == 0
    assert (tried.returncode, tried.stderr) == (0, "")
    assert tried.stdout.splitlines() == ["house@1: 3 cases", "  calls (1): passed failed unknown"]


def test_every_problem_of_a_pack_is_said_with_its_line(house):
    """
    Three mistakes are three lines, and the exit code is 1.
    """
    house.write_text(HOUSE.replace("limit: 3", "limit: 0").replace("per: PT24H", "per: monthly") + "    colour: red\n")
    found = policy("lint", house)

    assert found.returncode == 1
    assert [line.split(": ")[0] for line in found.stdout.splitlines()] == [
        f"{house}:8 error",
        f"{house}:9 error",
        f"{house}:11 error",
    ]


def test_a_case_that_fails_fails_the_command(house):
    """
    With what came out instead, and what no case shows.
    """
    cases = house.with_name("house.tests.yaml")
    cases.write_text(dedent(CASES).replace("CAP_REACHED calls]", "SUPPRESSED]"))
    tried = policy("test", house, "--json")

    assert tried.returncode == 1
    assert json.loads(tried.stdout)[0]["failed"][0]["case"] == "three calls are enough"


def test_a_pack_is_shown_in_words_and_as_json():
    """
    What it asks, of which calls, and on what it rests; as JSON, its canonical content.
    """
    shown, content = policy("show", "es"), policy("show", "es", "--json")

    assert "asks: an hour that is open in the zone of the contact: mon-fri 09:00-21:00" in shown.stdout
    assert "source: RDLeg 1/2007 art. 96.2" in shown.stdout
    assert json.loads(content.stdout)["pack"] == "es"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("show", "xx"), 2, "There is no pack called xx"),
        (("show",), 2, "Name a pack, or a tenant"),
        (("lint", "nowhere.yaml"), 2, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(words, code, says):
    """
    A sentence and exit code 2, never a traceback.
    """
    done = policy(*words)

    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_the_schema_is_printed():
    """
    JSON Schema, for editors.
    """
    assert json.loads(policy("schema").stdout)["title"] == "A Venia rule pack"


def test_the_packs_that_ship_are_listed():
    """
    Each with its layer and what it is about.
    """
    listed = json.loads(policy("list", "--json").stdout)

    assert {"pack": "es@1", "layer": "jurisdiction", "title": "Spain"}.items() <= next(
        each for each in listed if each["pack"] == "es@1"
    ).items()


def test_obligations_are_shown_tried_and_described(tmp_path):
    """
    In words with their source, as given or never given by the cases, and as a schema for callers.
    """
    own = tmp_path / "own.yaml"
    own.write_text(
        HOUSE + "obligations:\n  - {id: short, type: maximum_duration, basis: tenant, properties: {seconds: 60}}\n"
    )
    (tmp_path / "own.tests.yaml").write_text(CASES)
    unknown = tmp_path / "unknown.yaml"
    unknown.write_text(HOUSE + "obligations:\n  - {id: song, type: sing, basis: tenant}\n")
    shown, tried, core = policy("show", "core"), policy("test", own), policy("test", "core")
    refused, schema = policy("lint", unknown), policy("schema", "--obligations")
    rows = json.loads(policy("list", "--json").stdout)

    assert "obliges: disclose_ai_voice (at start)" in shown.stdout
    assert "source: Venia: a person is told that no person speaks (as of 2026-11-28, high)" in shown.stdout
    assert "obliges: record_outcome\n" in shown.stdout
    assert (tried.returncode, "short (1): never given" in tried.stdout) == (1, True)
    assert (core.returncode, "outcome (1): given" in core.stdout) == (0, True)
    assert refused.returncode == 1
    assert "obligations[0].type: an obligation needs a type: disclose_recording" in refused.stdout
    assert json.loads(schema.stdout)["$id"] == "urn:venia:schema:obligation:v1"
    assert [each["obligations"] for each in rows if each["pack"] == "core@1"] == [3]


FILES = """\
pack: files
version: 1
layer: tenant
access:
  rules:
    - id: edit
      effect: permit
      when: {action: [edit], resource: [file]}
      needs: {fact: subject.properties.role, is: editor}
"""
FILE_CASES = """\
suite: files
packs: [files]
now: 2026-11-23T10:00:00Z
access:
  - name: an editor edits
    subject: {type: user, id: a, properties: {role: editor}}
    action: {name: edit}
    resource: {type: file, id: plan}
    expect: permit
  - name: a guest does not
    subject: {type: user, id: a, properties: {role: guest}}
    action: {name: edit}
    resource: {type: file, id: plan}
    expect: deny
  - name: nor somebody without a role
    subject: {type: user, id: a}
    action: {name: edit}
    resource: {type: file, id: plan}
    expect: deny
"""


def test_a_pack_about_access_is_linted_tried_and_shown(tmp_path):
    """
    As packs about calls are: in order with every answer seen; out of order where a case fails, or is missing.
    """
    pack, cases = tmp_path / "files.yaml", tmp_path / "files.tests.yaml"
    pack.write_text(FILES)
    cases.write_text(FILE_CASES)
    linted, tried, shown = policy("lint", "--strict", pack), policy("test", pack), policy("show", pack)
    cases.write_text(FILE_CASES.replace("role: guest", "role: editor"))
    wrong = policy("test", pack)
    cases.write_text(FILE_CASES[: FILE_CASES.index("  - name: nor")])
    untried = policy("lint", "--strict", pack)
    pack.write_text(FILES.replace("[file]", "[contact]"))
    reserved = policy("lint", pack)

    assert (linted.returncode, tried.returncode, shown.returncode) == (0, 0, 0)
    assert "edit (1): passed failed unknown" in tried.stdout
    assert "permits edit of file" in shown.stdout
    assert (wrong.returncode, "decided permit, not deny" in wrong.stdout) == (1, True)
    assert (untried.returncode, "edit (1) never unknown" in untried.stdout) == (1, True)
    assert (reserved.returncode, "for the rules of calls" in reserved.stdout) == (1, True)
