"""
What an allow asks of its caller: the union of what all packs ask, which no pack makes smaller.
"""

from datetime import timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from policies.catalogue import builtin
from policies.evaluator import evaluate
from policies.ruleset import compile_rules, rule_set_from
from tests.policies.owing import duration, owed, pack
from tests.policies.questions import MONDAY, PACKS, RULES, facts, questions

LATER = MONDAY + timedelta(days=2)


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
    limits = [int(str(each.properties["seconds"])) for each in more.obligations if each.type == "maximum_duration"]

    assert fewer.allow == more.allow
    assert len(limits) <= 1
    for each in fewer.obligations:
        if each.type == "maximum_duration":
            assert limits[0] <= int(str(each.properties["seconds"]))
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
