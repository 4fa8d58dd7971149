"""
Rules about access: three-valued, denied unless permitted, and narrower with every further pack.
"""

import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.access import AccessQuestion, Action, Entity, access_of
from policies.catalogue import builtin
from policies.direction import compare
from policies.errors import PackInvalid
from policies.evaluator import evaluate
from policies.loading import pack_from
from policies.ruleset import compile_rules, rule_set_from
from tests.policies.questions import MONDAY, PACKS, facts

TYPES, NAMES, WORDS = ("user", "robot"), ("read", "write"), ("a", "b")
FACTS = ("subject.id", "subject.properties.role", "resource.properties.status", "action.properties.how")


def pack(*rules, name="house", layer="tenant", entities=(), **head):
    """A pack about access with these rules."""
    access = {"entities": list(entities), "rules": list(rules)}
    return pack_from(json.dumps({"pack": name, "version": 1, "layer": layer, "access": access, **head}).encode())


def rule(effect="permit", name="rule", needs=None, **when):
    """A rule about reading records."""
    asked = {"action": ["read"], "resource": ["record"], **when}
    return {"id": name, "effect": effect, "when": asked} | ({"needs": needs} if needs else {})


def question(subject=None, action=None, resource=None, **properties):
    """May the user `a` read the record `a`?"""
    return AccessQuestion(
        Entity("user", subject or "a", properties.get("subject_has", {})),
        Action(action or "read", properties.get("action_has", {})),
        Entity("record", resource or "a", properties.get("resource_has", {})),
    )


def permits(*packs, **asked):
    """The decision of these packs, enforced together."""
    return access_of(packs).permits(question(**asked))


ROLE = {"fact": "subject.properties.role", "is": "admin"}


def test_nothing_is_permitted_by_nobody():
    """
    No pack, no rule about the type, no rule about the action, or no permit among the rules: denied.
    """
    assert not permits()
    assert not permits(pack(rule(resource=["file"])))
    assert not permits(pack(rule(action=["write"])))
    assert not permits(pack(rule(subject=["robot"])))
    assert not permits(pack(rule("forbid", needs=ROLE)), subject_has={"role": "guest"})
    assert permits(pack(rule()))


@pytest.mark.parametrize("value", [None, True, 1, 1.0, ["admin"], {"is": "admin"}, "Admin", ""])
def test_what_is_not_known_is_not_permitted(value):
    """
    Absent, or not of the kind that it is compared with.
    """
    given_ = {} if value is None else {"role": value}

    assert not permits(pack(rule(needs=ROLE)), subject_has=given_)
    assert permits(pack(rule(needs=ROLE)), subject_has={"role": "admin"})


@pytest.mark.parametrize("value", [None, 1, ["guest"]])
def test_what_is_not_known_is_forbidden(value):
    """
    A rule that forbids and cannot tell forbids.
    """
    packs = pack(rule(), rule("forbid", "guests", {"fact": "subject.properties.role", "is": "guest"}))
    given_ = {} if value is None else {"role": value}

    assert not permits(packs, subject_has=given_)
    assert not permits(packs, subject_has={"role": "guest"})
    assert permits(packs, subject_has={"role": "member"})


def test_every_pack_that_guards_a_type_must_permit():
    """
    A lower layer's permit does not stand for the platform's, nor the other way round.
    """
    above = pack(rule(needs=ROLE), name="above", layer="platform")
    below = pack(rule(needs={"fact": "resource.properties.status", "is": "open"}), name="below")
    admin, opened = {"role": "admin"}, {"status": "open"}

    for packs in permutations((above, below)):
        assert permits(*packs, subject_has=admin, resource_has=opened)
        assert not permits(*packs, subject_has=admin)
        assert not permits(*packs, resource_has=opened)


def test_what_a_pack_knows_is_its_own():
    """
    A lower pack that calls somebody an administrator makes nobody one for the rules above it.
    """
    above = pack(rule(needs=ROLE), name="above", layer="platform")
    knows = [{"type": "user", "id": "a", "properties": {"role": "admin"}}]

    assert permits(pack(rule(needs=ROLE), entities=knows))
    assert not permits(above, pack(rule(), entities=knows))


def test_what_a_question_says_counts_before_what_is_known():
    """
    And what it leaves out is what the pack knows.
    """
    knows = [{"type": "user", "id": "a", "properties": {"role": "admin", "team": "x"}}]
    own = pack(rule(needs={"all": [ROLE, {"fact": "subject.properties.team", "is": "x"}]}), entities=knows)

    assert permits(own)
    assert permits(own, subject_has={"role": "admin"})
    assert not permits(own, subject_has={"role": "guest"})
    assert not permits(own, subject="b")


def test_a_property_called_id_is_no_id():
    """
    Who says that their property `id` is somebody's has not become them.
    """
    own = pack(rule(needs={"fact": "subject.id", "is": "root"}))

    assert not permits(own, subject_has={"id": "root", "type": "user"})
    assert permits(own, subject="root", subject_has={"id": "a"})


values = st.sampled_from([*WORDS, True, 1])
properties = st.dictionaries(st.sampled_from(["role", "status", "how"]), values, max_size=3)
comparisons = st.one_of(
    st.builds(lambda fact, value: {"fact": fact, "is": value}, st.sampled_from(FACTS), values),
    st.builds(lambda fact: {"fact": fact, "in": list(WORDS)}, st.sampled_from(FACTS)),
)
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=4,
)
written = st.builds(
    lambda effect, needs, subject, action: (
        rule(effect, needs=needs, action=action) | {"when": {"action": action, "resource": ["record"], **subject}}
    ),
    st.sampled_from(["permit", "permit", "forbid"]),
    st.one_of(st.none(), conditions),
    st.sampled_from([{}, {"subject": ["user"]}, {"subject": ["robot"]}]),
    st.sampled_from([["read"], ["write"], ["read", "write"]]),
)
entities = st.lists(
    st.builds(lambda name, has: {"type": "user", "id": name, "properties": has}, st.sampled_from(WORDS), properties),
    max_size=2,
    unique_by=lambda each: each["id"],
)
packs = st.builds(
    lambda rules, known: ([{**each, "id": f"r{at}"} for at, each in enumerate(rules)], known),
    st.lists(written, min_size=1, max_size=3),
    entities,
)
questions = st.builds(
    lambda kind, who, name, mine, how, its: AccessQuestion(
        Entity(kind, who, mine), Action(name, how), Entity("record", "a", its)
    ),
    st.sampled_from(TYPES),
    st.sampled_from(WORDS),
    st.sampled_from(NAMES),
    properties,
    properties,
    properties,
)


@given(packs, packs, questions)
def test_a_further_pack_over_a_guarded_type_never_opens_anything(one, other, asked):
    """
    What one pack with a permit about records denies, no second pack makes permitted, whatever its layer and its order.
    """
    first = pack(*one[0], name="first", layer="platform", entities=one[1])
    second = pack(*other[0], name="second", entities=other[1])
    guards = any(each["effect"] == "permit" for each in one[0])

    if guards and not access_of([first]).permits(asked):
        assert not access_of([first, second]).permits(asked)
        assert not access_of([second, first]).permits(asked)


@given(packs, questions, st.data())
def test_leaving_something_out_never_opens_anything(one, asked, data):
    """
    What is denied stays denied when the question says less of somebody of whom the pack knows nothing.
    """
    own = access_of([pack(*one[0])])
    name = data.draw(st.sampled_from(sorted(asked.subject.properties) or ["role"]))
    less = {key: value for key, value in asked.subject.properties.items() if key != name}
    vaguer = AccessQuestion(Entity(asked.subject.type, asked.subject.id, less), asked.action, asked.resource)

    assert own.permits(asked) or not own.permits(vaguer)


@given(st.sampled_from(["call.place", "call.request_permission"]), st.sampled_from(["voice", "whatsapp_call"]))
def test_calls_are_decided_as_without_it(action, channel):
    """
    Enforced beside the rules of calls, a pack about access changes nothing of a decision but the rule set's name.
    """
    asked = facts(action=action, channel=channel)
    without = evaluate(compile_rules(PACKS), asked, MONDAY)
    beside = evaluate(compile_rules([*PACKS, builtin("records")]), asked, MONDAY)

    assert beside._replace(rule_set="") == without._replace(rule_set="")
    assert beside.rule_set != without.rule_set


def test_what_may_permit_more_is_a_loosening():
    """
    A pack over a type that nobody guarded, one left out, one changed; a further one over a guarded type tightens.
    """
    above, other = pack(rule(), name="above"), pack(rule(resource=["file"]), name="other")
    changed = pack(rule(needs=ROLE), name="above")
    narrower = pack(rule(needs=ROLE), name="narrower")
    forbidding = pack(rule("forbid", resource=["record", "file"]), name="forbidding")

    def direction(before, after):
        return compare(compile_rules([*PACKS, *before]), compile_rules([*PACKS, *after])).direction

    assert direction([], [above]) == "loosening"
    assert direction([above], []) == "loosening"
    assert direction([above], [changed]) == "loosening"
    assert direction([above], [above, other]) == "loosening"
    assert direction([above], [above, narrower]) == "tightening"
    assert direction([above], [above, forbidding]) == "tightening"
    assert direction([above], [above]) == "none"


@given(packs, packs, questions)
def test_what_is_called_tightening_permits_no_more(one, other, asked):
    """
    Whatever the packs: what the base denies, a candidate that tightens denies too.
    """
    first = pack(*one[0], name="first", layer="platform", entities=one[1])
    second = pack(*other[0], name="second", entities=other[1])
    sets = [compile_rules([*PACKS, *each]) for each in ([first], [second], [first, second], [second, first])]

    for base in sets:
        for candidate in sets:
            if compare(base, candidate).direction != "loosening" and not base.access.permits(asked):
                assert not candidate.access.permits(asked)


def test_a_set_of_access_alone_allows_no_call():
    """
    Rules that say nothing of calls are no permission to call.
    """
    assert not evaluate(compile_rules([builtin("records")]), facts(), MONDAY).allow


def test_a_pack_about_access_survives_storage():
    """
    Rebuilt from its bytes it is equal, has the same name, and decides the same.
    """
    rules = compile_rules([*PACKS, builtin("records")])
    again = rule_set_from(rules.content)

    assert pack_from(builtin("records").content) == builtin("records")
    assert (again.hash, again.content, again.packs) == (rules.hash, rules.content, rules.packs)
    assert again.access.permits(AccessQuestion(Entity("user", "alice"), Action("read"), Entity("record", "record-1")))


PROBLEMS = [
    ({"layer": "jurisdiction", "applies_when": {"country": ["ES"]}}, [rule()], "platform and of tenants"),
    ({"layer": "contact"}, [rule()], "platform and of tenants"),
    (
        {
            "proclaimed": [
                {
                    "region": "ES",
                    "date": "2026-01-02",
                    "name": "x",
                    "source": [{"cite": "x", "as_of": "2026-01-01", "confidence": "high"}],
                }
            ]
        },
        [rule()],
        "write two",
    ),
    ({}, [], "at least 1"),
    ({}, [rule(), rule()], "another rule is called rule"),
    ({}, [rule(resource=["contact"])], "for the rules of calls"),
    ({}, [rule(resource=["record", "contact"])], "for the rules of calls"),
    ({}, [rule(needs={"fact": "role", "is": "x"})], "match pattern"),
    ({}, [rule(needs={"fact": "context.time", "is": "x"})], "match pattern"),
    ({}, [rule(needs={"fact": "subject.role", "is": "x"})], "match pattern"),
    ({}, [rule(needs={"fact": "action.id", "is": "x"})], "match pattern"),
    ({}, [rule(needs={"fact": "subject.id"})], "give one of all"),
    ({}, [rule(needs={"fact": "subject.id", "in": ["a", 1]})], "values of one kind"),
    ({}, [rule(needs={"not": {"fact": "subject.id", "in": ["a", True]}})], "values of one kind"),
    ({}, [rule("allow")], "permit"),
    ({}, [rule(action=[])], "at least 1"),
    ({}, [{**rule(), "colour": "red"}], "not permitted"),
]


@pytest.mark.parametrize(("head", "rules", "sentence"), PROBLEMS)
def test_a_pack_that_means_something_else_is_refused(head, rules, sentence):
    """
    With a sentence at its place, before it binds anybody.
    """
    with pytest.raises(PackInvalid, match=sentence):
        pack(*rules, **{"layer": "tenant", **head})


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ([{"type": "user", "id": "a"}] * 2, "stands here twice"),
        ([{"type": "contact", "id": "a"}], "by no pack"),
        ([{"type": "user", "id": "a", "properties": {"role": ["x"]}}], "properties"),
    ],
)
def test_entities_that_nobody_may_state_are_refused(known, sentence):
    """
    One of them twice, a person, a property that nothing compares with.
    """
    with pytest.raises(PackInvalid, match=sentence):
        pack(rule(), entities=known)


def test_calls_and_access_do_not_share_a_pack():
    """
    So that whoever reads one knows what it is about.
    """
    calls = {"id": "calls", "kind": "cap", "basis": "tenant", "limit": 3, "per": "PT24H", "counts": "attempt"}

    with pytest.raises(PackInvalid, match="write two"):
        pack(rule(), rules=[calls])
