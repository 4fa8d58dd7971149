"""
Obligations as they are written in packs, tried in cases, linted, published, and shipped.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # It carries no types.

from policies.catalogue import Source, builtin, builtin_names, jurisdictions
from policies.errors import PackInvalid
from policies.linting import lint
from policies.loading import parse_pack
from policies.pack_schema import obligations_schema, pack_schema
from policies.ruleset import compile_rules
from policies.trial import parse_suite, run
from tests.policies.owing import duration, owed, pack

PUBLISHED = Path(__file__).parents[2] / "docs" / "obligations.schema.json"
WIRE = Draft202012Validator(obligations_schema())
SHIPPED = [builtin(name) for name in builtin_names()]


@pytest.mark.parametrize(
    ("obligation", "path", "sentence"),
    [
        ({"id": "x", "type": "sing"}, "obligations[0].type", "an obligation needs a type: disclose_recording"),
        ({"id": "x", "type": ["sing"]}, "obligations[0].type", "needs a type"),
        ("sing", "obligations[0].type", "needs a type"),
        ({**duration(60), "properties": {"seconds": 0}}, "obligations[0].properties.seconds", "greater than or equal"),
        ({**duration(60), "properties": {"seconds": "60"}}, "obligations[0].properties.seconds", "valid integer"),
        ({**duration(60), "properties": {"minutes": 1}}, "obligations[0].properties.minutes", "not permitted"),
        ({"id": "x", "type": "maximum_duration", "basis": "tenant"}, "obligations[0].properties", "required"),
        (owed("offer_opt_out", properties={"at": "dawn"}), "obligations[0].properties.at", "should be"),
        (owed("record_outcome", on_unknown="pass"), "obligations[0].on_unknown", "not permitted"),
        (owed("record_outcome", basis="law", source=[]), "obligations[0].basis", "is not law"),
        (owed("record_outcome", source=[]), "obligations[0]", "an obligation of a platform or jurisdiction cites"),
        (
            owed("record_outcome", effective={"from": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}),
            "obligations[0].effective",
            "the obligation ends before it begins",
        ),
        (owed("record_outcome", when={"region": ["XX-1"]}), "obligations[0].when.region[0]", "a region is"),
    ],
)
def test_an_obligation_that_cannot_be_read_is_refused(obligation, path, sentence):
    """
    Unknown types, properties of another type, law that nobody states: refused with path and sentence.
    """
    with pytest.raises(PackInvalid) as refused:
        pack(obligation, layer="platform")

    assert (path, True) in [(each.path, sentence in each.sentence) for each in refused.value.problems]


def test_one_name_is_owed_once_at_a_time():
    """
    Variants by date or by question are fine; two that meet are not.
    """
    day = "2026-06-01T00:00:00Z"
    before, after = duration(60, effective={"until": day}), duration(90, effective={"from": day})

    assert len(pack(before, after).obligations) == 2
    with pytest.raises(PackInvalid, match="another obligation called x can be in force for the same call"):
        pack(before, duration(90))


def test_a_pack_may_only_oblige():
    """
    Obligations alone make a pack; neither rules nor obligations nor holidays make none.
    """
    document = {"pack": "p", "version": 1, "layer": "tenant", "obligations": [duration(60)]}

    assert parse_pack(json.dumps(document)).rules == ()
    with pytest.raises(PackInvalid, match="a pack has rules, or obligations"):
        parse_pack(json.dumps({**document, "obligations": []}))


def linted(*obligations, above=()):
    """What the linter says of a pack of these obligations, beside its missing cases."""
    document = {"pack": "house", "version": 1, "layer": "tenant", "obligations": list(obligations)}
    text = yaml.safe_dump(document, sort_keys=False)
    now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    found = lint([Source(parse_pack(text), text, None)], now, above)
    return [(each.level, each.line > 0, each.sentence) for each in found if "no cases" not in each.sentence]


@pytest.mark.parametrize(
    ("obligation", "level", "sentence"),
    [
        (owed("record_outcome", when={"channel": ["sms"]}), "error", "no channel on which anybody is called"),
        (owed("record_outcome", effective={"from": "2027-01-31T00:00:00Z"}), "note", "comes into force on 2027-01-31"),
        (
            owed("record_outcome", source=[{"cite": "an act", "as_of": "2024-01-01", "confidence": "high"}]),
            "warning",
            "nobody has looked at its sources for more than a year",
        ),
        (duration(600), "warning", "never counts, since extra@1 x ends calls after 60 seconds"),
    ],
)
def test_the_linter_says_what_a_schema_cannot_see(obligation, level, sentence):
    """
    Each at its line, also what a pack above makes pointless.
    """
    shorter = pack(duration(60))
    found = linted(obligation, above=[Source(shorter, json.dumps(json.loads(shorter.content)), None)])

    assert [(each[0], each[1], sentence in each[2]) for each in found] == [(level, True, True)]


SUITE = """\
suite: obligations
packs: [core, es, own]
now: 2026-11-23T10:00:00Z
facts:
  one: {action: call.place, purpose: p, category: service, channel: voice, technology: live, regions: [ES],
        zones: [Europe/Madrid], suppressions: [], other_purposes: [], attempts: [],
        consents: [{channel: voice, technology: [live], state: granted, since: -P1D}]}
tests:
  - name: all of them
    when: {facts: one}
    expect: {decision: allow, obligations: EXPECTED}
"""


def tried(expected):
    """The differences of a case that expects these, and what of the pack no case shows."""
    own = pack(duration(60, id="short"), owed("record_outcome", id="told"), name="own")
    report = run(parse_suite(SUITE.replace("EXPECTED", json.dumps(expected))), {"own": own, **_known()})
    return report.results[0].differences, [each for each in report.untried("own@1") if "idle" not in each]


def _known():
    return {name: builtin(name) for name in ("core", "es")}


@pytest.mark.parametrize(
    ("expected", "difference"),
    [
        (["record_outcome", "maximum_duration short"], None),
        (["maximum_duration", "record_outcome told"], None),
        (["record_outcome"], "asked for ['record_outcome told', 'maximum_duration short'], not ['record_outcome']"),
        ([], "asked for ['record_outcome told', 'maximum_duration short'], not []"),
        (["record_outcome", "maximum_duration", "offer_opt_out"], "asked for"),
        (["record_outcome", "maximum_duration long"], "asked for"),
        (["record_outcome", "record_outcome", "maximum_duration"], "asked for"),
    ],
)
def test_a_case_states_obligations_by_type_or_by_name(expected, difference):
    """
    All of them, in any order; one too few or too many is a difference that says what was asked for.
    """
    differences, _ = tried(expected)

    assert differences == () if difference is None else difference in differences[0]


def test_coverage_counts_obligations_that_a_case_states():
    """
    Given, and stated: an allow that states none shows none; what merges into an equal one was shown all the same.
    """
    unstated = SUITE.replace(", obligations: EXPECTED", "")
    own = pack(duration(60, id="short"), owed("record_outcome", id="told"), name="own")
    silent = run(parse_suite(unstated), {"own": own, **_known()})

    assert tried(["record_outcome", "maximum_duration"])[1] == []
    assert [each for each in silent.untried("own@1") if "given" in each] == [
        "short (1) never given",
        "told (1) never given",
    ]


def test_the_published_schema_is_the_one_of_the_models():
    """
    docs/obligations.schema.json is what `venia policy schema --obligations` prints.
    """
    assert json.loads(PUBLISHED.read_text("utf-8")) == obligations_schema()


@pytest.mark.parametrize("shipped", [each for each in SHIPPED if each.obligations], ids=lambda each: each.name)
def test_every_obligation_that_ships_is_valid_on_the_wire(shipped):
    """
    Its object has id, type and properties as the published schema says.
    """
    given = [each.given.to_json() for each in compile_rules((shipped,)).owed]

    assert given
    assert [list(WIRE.iter_errors(each)) for each in given] == [[] for _ in given]


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "record_outcome", "properties": {}},
        {"id": "core@1/outcome", "type": "sing", "properties": {}},
        {"id": "core@1/outcome", "type": "record_outcome"},
        {"id": "core@1/outcome", "type": "record_outcome", "properties": {"soon": True}},
        {"id": "core@1/outcome", "type": "maximum_duration", "properties": {"seconds": 0}},
        {"id": "outcome", "type": "record_outcome", "properties": {}},
    ],
)
def test_the_schema_refuses_what_no_allow_carries(wrong):
    """
    Without a name, of another type, with properties of another type.
    """
    assert list(WIRE.iter_errors(wrong)) != []


def test_the_schema_of_packs_knows_the_types():
    """
    An editor refuses an unknown type, too.
    """
    validator = Draft202012Validator(pack_schema())
    document = {"pack": "p", "version": 1, "layer": "tenant", "obligations": [duration(60)]}

    assert list(validator.iter_errors(document)) == []
    assert list(validator.iter_errors({**document, "obligations": [owed("sing")]})) != []


def test_what_ships_asks_for_what_its_sources_say():
    """
    Every call that is placed is reported, artificial voices say what they are, offers say how to end them; law is cited.
    """
    ships = {f"{each.id}/{owed.id}": owed for each in SHIPPED for owed in each.obligations}
    law = {name for name, owed in ships.items() if owed.basis == "law"}

    assert {"core/outcome", "core/ai-voice", "core/opt-out"} <= set(ships)
    assert law == {"eu/ai-voice", "ae/recording"}
    assert ships["us/automated-opt-out"].basis == "default"  # Until somebody has read the texts that it cites.
    assert all(any(each.confidence != "low" for each in ships[name].source) for name in law)
    assert all(name.partition("/")[0] in jurisdictions() for name in law)
