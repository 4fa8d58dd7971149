"""
What an allow asks of its caller: the union of what all packs ask, which no pack makes smaller.
"""

import json
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # It carries no types.

from policies.catalogue import Source, builtin, builtin_names, jurisdictions
from policies.errors import PackInvalid
from policies.evaluator import evaluate
from policies.linting import lint
from policies.loading import parse_pack
from policies.pack_schema import obligations_schema, pack_schema
from policies.ruleset import compile_rules, rule_set_from
from policies.trial import parse_suite, run
from tests.policies.questions import MONDAY, PACKS, RULES, facts, questions

PUBLISHED = Path(__file__).parents[2] / "docs" / "obligations.schema.json"
WIRE = Draft202012Validator(obligations_schema())
CITED = [{"cite": "an act", "as_of": "2026-11-01", "confidence": "high"}]
LATER = MONDAY + timedelta(days=2)
# A rule that is about nobody: what is asked of callers is the subject here.
IDLE = {"id": "idle", "kind": "consent", "basis": "tenant", "when": {"channel": ["sms"]}, "source": CITED}
SHIPPED = [builtin(name) for name in builtin_names()]


def owed(kind, *, id="x", **members):
    """The document of an obligation."""
    return {"id": id, "type": kind, "basis": "tenant", "source": CITED, **members}


def duration(seconds, **members):
    """The document of a maximum duration."""
    return owed("maximum_duration", properties={"seconds": seconds}, **members)


def pack(*obligations, layer="tenant", name="extra", **head):
    """A pack that asks for these, and rules nothing."""
    document = {"pack": name, "version": 1, "layer": layer, "rules": [IDLE], "obligations": list(obligations), **head}
    return parse_pack(json.dumps(document), name)


def asked(*packs, now=MONDAY, **changed):
    """What an ordinary call obliges to under these packs beside those that ship."""
    decision = evaluate(compile_rules((*PACKS, *packs)), facts(**changed), now)
    assert decision.allow
    return [each.to_json() for each in decision.obligations]


def kinds(obligations):
    """Type and properties alone."""
    return [(each["type"], each["properties"]) for each in obligations]


documents = st.one_of(
    st.builds(owed, st.just("disclose_recording")),
    st.builds(owed, st.just("disclose_ai_voice")),
    st.builds(owed, st.just("record_outcome")),
    st.builds(
        lambda at, by: owed("offer_opt_out", properties={"at": at, "by": by}),
        st.sampled_from(["start", "end", "throughout"]),
        st.sampled_from(["any", "automated"]),
    ),
    st.builds(duration, st.integers(1, 14_400)),
)
whens = st.fixed_dictionaries(
    {},
    optional={
        "category": st.lists(st.sampled_from(["marketing", "service"]), min_size=1, unique=True),
        "technology": st.lists(st.sampled_from(["live", "ai_voice"]), min_size=1, unique=True),
        "action": st.lists(st.sampled_from(["call.place", "call.request_permission"]), min_size=1, unique=True),
    },
)
dates = st.fixed_dictionaries(
    {},
    optional={
        "from": st.integers(-5, -1).map(lambda days: (MONDAY + timedelta(days=days)).isoformat()),
        "until": st.integers(1, 5).map(lambda days: (MONDAY + timedelta(days=days)).isoformat()),
    },
)
bases = st.sampled_from(["law", "platform", "default", "tenant"])
made = st.builds(
    lambda document, when, effective, basis: {**document, "when": when, "effective": effective, "basis": basis},
    documents,
    whens,
    dates,
    bases,
)


def packs_of(name):
    """Packs of some obligations, on any layer that is everybody's."""
    layers = st.sampled_from(["platform", "tenant", "contact"])
    lists = st.lists(made, min_size=1, max_size=3)
    return st.builds(
        lambda some, layer: pack(
            *({**each, "id": f"o{place}"} for place, each in enumerate(some)), layer=layer, name=name
        ),
        lists,
        layers,
    )


@given(questions, packs_of("first"), packs_of("second"))
def test_a_further_pack_takes_no_obligation_away(question, first, second):
    """
    Whatever is asked under some packs is asked under more; of a maximum duration, that or a shorter one.
    """
    fewer = evaluate(compile_rules((*PACKS, first)), question, MONDAY)
    more = evaluate(compile_rules((*PACKS, first, second)), question, MONDAY)
    limits = [each.properties["seconds"] for each in more.obligations if each.type == "maximum_duration"]

    assert fewer.allow == more.allow
    assert len(limits) <= 1
    for each in fewer.obligations:
        if each.type == "maximum_duration":
            assert limits[0] <= each.properties["seconds"]
        else:
            assert (each.type, each.properties) in [(other.type, other.properties) for other in more.obligations]


@given(questions, packs_of("first"))
def test_obligations_come_with_allows_alone_and_never_decide(question, extra):
    """
    A deny asks nothing of anybody, and no obligation turns an allow into a deny or back.
    """
    without, beside = evaluate(RULES, question, MONDAY), evaluate(compile_rules((*PACKS, extra)), question, MONDAY)

    assert (without.allow, without.reasons, without.retry_at) == (beside.allow, beside.reasons, beside.retry_at)
    assert beside.allow or beside.obligations == ()


@given(st.lists(st.integers(1, 14_400), min_size=1, max_size=4), st.permutations(["platform", "tenant", "contact"]))
def test_the_shortest_duration_counts_whoever_asks_for_it(seconds, layers):
    """
    A lower layer may shorten what a higher one allows, and lengthens nothing.
    """
    extra = [pack(duration(each), layer=layers[place % 3], name=f"p{place}") for place, each in enumerate(seconds)]
    limits = [each["properties"] for each in asked(*extra) if each["type"] == "maximum_duration"]

    assert limits == [{"seconds": min(seconds)}]


def test_the_order_is_that_of_types_then_of_layers_and_packs():
    """
    However a set lists its packs, types follow in the order of the schema, and higher layers come before lower ones.
    """
    own = pack(
        owed("offer_opt_out", id="a", properties={"at": "end"}), duration(60, id="d"), owed("disclose_recording")
    )
    above = pack(owed("offer_opt_out", id="b", properties={"at": "start"}), layer="platform", name="above")
    answers = [[each["id"] for each in asked(*order)] for order in permutations((own, above))]

    assert answers[0] == ["extra@1/x", "above@1/b", "extra@1/a", "core@1/outcome", "extra@1/d"]
    assert answers[1] == answers[0]


def test_equal_ones_merge_under_the_firmest_ground():
    """
    What law and a default both ask is asked once, and the law is named, wherever it stands.
    """
    law = pack(owed("record_outcome", id="told", basis="law"))
    softer = pack(owed("record_outcome", id="told"), name="softer")

    assert kinds(asked(law, softer)) == [("record_outcome", {})]
    assert [each["id"] for each in asked(law, softer)] == ["extra@1/told"]
    assert [each["id"] for each in asked(softer)] == ["softer@1/told"]


def test_properties_that_differ_are_both_asked():
    """
    A default of the type and another word for it stay two obligations: neither is guessed to contain the other.
    """
    both = asked(pack(owed("offer_opt_out", id="all"), owed("offer_opt_out", id="key", properties={"by": "automated"})))

    assert kinds(both)[:2] == [
        ("offer_opt_out", {"at": "throughout", "by": "any"}),
        ("offer_opt_out", {"at": "throughout", "by": "automated"}),
    ]


def test_dates_choose_and_end_what_can_be_relied_on():
    """
    An obligation is owed from its first instant to its last; an allow is no longer relied on than its obligations hold.
    """
    until = pack(owed("disclose_recording", effective={"until": LATER.isoformat()}))
    since = pack(owed("disclose_recording", effective={"from": LATER.isoformat()}), name="since")
    moment = timedelta(microseconds=1)

    assert [kinds(asked(until, now=each))[0][0] for each in (MONDAY, LATER - moment)] == ["disclose_recording"] * 2
    assert kinds(asked(until, now=LATER)) == [("record_outcome", {})]
    assert kinds(asked(since, now=LATER - moment)) == [("record_outcome", {})]
    assert kinds(asked(since, now=LATER))[0][0] == "disclose_recording"
    soon = pack(owed("disclose_recording", effective={"from": (MONDAY + timedelta(minutes=1)).isoformat()}))
    decision = evaluate(compile_rules((*PACKS, soon)), facts(), MONDAY)
    assert decision.expires_at == MONDAY + timedelta(minutes=1)


def test_a_jurisdiction_asks_of_calls_to_its_own_people():
    """
    Where the person may be in several places, what each of them asks is asked.
    """
    emirates = builtin("ae")
    here = asked(emirates, category="marketing")
    rules = compile_rules((*PACKS, emirates))
    there = rules.select(facts(category="marketing", regions=("ES", "AE"))).at(MONDAY).obligations

    assert "disclose_recording" not in [each["type"] for each in here]
    assert [each.id for each in there if each.type == "disclose_recording"] == ["ae@1/recording"]


def test_an_unknown_category_is_held_to_the_obligations_of_marketing():
    """
    As it is to the rules.
    """
    odd = RULES.select(facts(category="marketing")).at(MONDAY).obligations

    assert [each["type"] for each in asked(category="whatever")] == [each.type for each in odd]
    assert "offer_opt_out" in [each.type for each in odd]


def test_obligations_are_part_of_what_a_set_is_named_by():
    """
    Another property is another pack and another set; the set is rebuilt from its content with all of them.
    """
    one, other = (compile_rules((*PACKS, pack(duration(each)))) for each in (60, 61))
    rebuilt = rule_set_from(one.content)

    assert one.hash != other.hash
    assert rebuilt.hash == one.hash
    assert [each.given for each in rebuilt.owed] == [each.given for each in one.owed]


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
    assert law == {"eu/ai-voice", "us/automated-opt-out", "ae/recording"}
    assert all(any(each.confidence != "low" for each in ships[name].source) for name in law)
    assert all(name.partition("/")[0] in jurisdictions() for name in law)
