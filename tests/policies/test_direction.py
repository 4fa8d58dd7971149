"""
What is called a tightening allows nothing that was denied before: told from the rules, held against the decisions.
"""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.catalogue import builtin
from policies.direction import compare
from policies.evaluator import judge
from policies.loading import parse_pack
from policies.ruleset import compile_rules
from tests.policies.questions import (
    MONDAY,
    PACKS,
    RULES,
    extra_packs,
    facts,
    moments,
    pack,
    patient_questions,
    questions,
    rule,
)


def direction(base, candidate):
    """
    The word, between two lists of packs.
    """
    return compare(compile_rules(base), compile_rules(candidate)).direction


def rewritten(original, edit):
    """
    A pack with its document edited, by a function that changes it.
    """
    document = json.loads(original.content)
    edit(document)
    return parse_pack(json.dumps(document), "edited")


def own(*rules):
    """
    The built-in packs and one of a tenant's own.
    """
    return [*PACKS, pack(*rules)]


def test_the_same_packs_go_nowhere():
    """
    Compared with itself a set changes nothing.
    """
    assert direction(PACKS, PACKS) == "none"


TIGHTER = [
    ({"kind": "cap", "limit": 3, "per": "day", "counts": "attempt"}, {"limit": 2}),
    ({"kind": "gap", "after": "attempt", "wait": "PT1H"}, {"wait": "PT2H"}),
    ({"kind": "gap", "after": ["refused"], "wait": "3 days"}, {"wait": "4 days"}),
    ({"kind": "streak", "limit": 4, "within": "P7D"}, {"limit": 3}),
    ({"kind": "streak", "limit": 4, "within": "P7D"}, {"within": "P14D"}),
    ({"kind": "window", "zone": "UTC", "open": {"mon-sun": ["09:00-20:00"]}}, {"open": {"mon-sun": ["10:00-20:00"]}}),
    (
        {"kind": "window", "zone": "UTC", "open": {"mon-sun": ["09:00-20:00"]}},
        {"open": {"mon-sat": ["09:00-20:00"], "sun": []}},
    ),
    (
        {"kind": "window", "zone": "UTC", "open": {"mon-sun": ["09:00-20:00"]}},
        {"open": {"mon-sun": ["09:00-20:00"], "12-24": ["09:00-14:00"]}},
    ),
    ({"kind": "register", "register": "robinson", "max_age": "P30D"}, {"max_age": "P7D"}),
    ({"kind": "consent", "bases": ["opt_in", "soft_opt_in"]}, {"bases": ["opt_in"]}),
    ({"kind": "consent", "max_age": {"opt_in": "P700D"}}, {"max_age": {"opt_in": "P300D"}}),
    ({"kind": "consent", "bases": ["opt_in"]}, {"revoked_by": "any"}),
    ({"kind": "sender", "deny_countries": ["TR"]}, {"deny_countries": ["TR", "US"]}),
    ({"kind": "cap", "limit": 3, "per": "day", "counts": "attempt", "when": {"category": ["marketing"]}}, {"when": {}}),
    (
        {"kind": "cap", "limit": 3, "per": "day", "counts": "attempt", "effective": {"from": "2026-12-01T00:00:00Z"}},
        {"effective": {"from": "2026-11-01T00:00:00Z"}},
    ),
    ({"kind": "predicate", "needs": {"fact": "agents", "at_least": 1}, "on_unknown": "pass"}, {"on_unknown": "deny"}),
]


@pytest.mark.parametrize(("before", "change"), TIGHTER)
def test_a_stricter_rule_tightens_and_the_way_back_loosens(before, change):
    """
    Each kind of rule is told to be stricter, and the other way round to be laxer, by the name of the rule.
    """
    kind = before["kind"]
    lax = rule(**before)
    strict = rule(**{**before, **change})

    assert direction(own(lax), own(strict)) == "tightening"
    back = compare(compile_rules(own(strict)), compile_rules(own(lax)))
    assert back.direction == "loosening"
    assert back.why == (f"No rule of the candidate is as strict as {kind} of extra@1 (its first).",)


@pytest.mark.parametrize(
    ("before", "change"),
    [
        # Longer, and with that further than the pause between two spans.
        ({"kind": "window", "zone": "UTC", "open": {"mon-sun": ["09:00-14:00", "14:02-20:00"]}}, {"guard": "PT2M"}),
        ({"kind": "window", "zone": "UTC", "open": {"mon-sun": ["09:00-20:00"]}}, {"zone": "business"}),
        ({"kind": "gap", "after": "attempt", "wait": "PT48H"}, {"wait": "3 days"}),
        ({"kind": "cap", "limit": 3, "per": "day", "counts": "attempt"}, {"per": "week"}),
        ({"kind": "cap", "limit": 3, "per": "day", "counts": "attempt"}, {"counts": "connected"}),
        (
            {"kind": "cap", "limit": 3, "per": "day", "counts": "attempt", "scope": "contact+sender"},
            {"scope": "contact"},
        ),
        (
            {"kind": "predicate", "needs": {"fact": "agents", "at_least": 1}},
            {"needs": {"fact": "agents", "at_least": 2}},
        ),
    ],
)
def test_what_cannot_be_proven_counts_as_loosening(before, change):
    """
    Rules that are merely different are simulated like those that are laxer.
    """
    assert direction(own(rule(**before)), own(rule(**{**before, **change}))) == "loosening"


def test_a_rule_more_tightens_and_a_rule_less_loosens():
    """
    Of the built-in sets, none is without its reasons: leaving one pack out is said rule by rule.
    """
    assert direction(PACKS, own(rule("gap", after="attempt", wait="PT1H"))) == "tightening"
    fewer = compare(RULES, compile_rules(PACKS[:3]))
    assert fewer.direction == "loosening"
    assert len(fewer.why) == len(builtin("acme").rules) + len(builtin("acme").obligations)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [300], "tightening"),
        ([300], [200], "tightening"),
        ([300], [300, 900], "tightening"),
        ([300], [900], "loosening"),
        ([300], [], "loosening"),
    ],
)
def test_what_an_allow_asks_for_is_not_dropped_unseen(before, after, expected):
    """
    An obligation less, or a longer call, is a loosening like a rule less; one more, or a shorter call, is none.
    """

    def owing(seconds):
        owed = [
            {"id": f"length-{each}", "type": "maximum_duration", "basis": "tenant", "properties": {"seconds": each}}
            for each in seconds
        ]
        return rewritten(builtin("acme"), lambda document: document.update(obligations=owed))

    # The version stays: it is the packs' content that is compared.
    assert direction([*PACKS[:3], owing(before)], [*PACKS[:3], owing(after)]) == expected


def test_a_country_more_is_a_loosening():
    """
    People in a country that no pack vouches for cannot be called: a pack for it opens that.
    """
    compared = compare(RULES, compile_rules([*PACKS, builtin("fr")]))

    assert compared.direction == "loosening"
    assert compared.why[0] == "People in FR could not be called before, since no pack covered them."


@pytest.mark.parametrize("kind", ["consent", "suppression", "permission"])
def test_a_rule_that_a_set_cannot_do_without_opens_what_its_absence_closed(kind):
    """
    Without a rule about consent nobody is called: adding one is no tightening, however strict it is.
    """

    def without(document):
        document["rules"] = [each for each in document["rules"] if each["kind"] != kind]

    poor = [each for each in (rewritten(each, without) for each in PACKS) if each.rules]
    compared = compare(compile_rules(poor), RULES)

    assert compared.direction == "loosening"
    assert any("for want of" in each for each in compared.why)
    assert not judge(compile_rules(poor), facts(), MONDAY).allow
    assert judge(RULES, facts(), MONDAY).allow


tweaks = st.sampled_from(TIGHTER)


@given(st.one_of(questions, patient_questions), moments(), extra_packs, tweaks, st.booleans())
@settings(max_examples=400)
def test_a_tightening_opens_nothing(question, now, extra, tweak, turned):
    """
    Whatever pack is added, and whichever rule is changed in either direction: a tightening denies what was denied.
    """
    before, change = tweak
    lax, strict = pack(rule(**before), name="own"), pack(rule(**{**before, **change}), name="own")
    old, new = (strict, lax) if turned else (lax, strict)
    base, candidate = compile_rules([*PACKS, old]), compile_rules([*PACKS, new, extra])

    if compare(base, candidate).direction == "tightening" and not judge(base, question, now).allow:
        assert not judge(candidate, question, now).allow


@given(st.one_of(questions, patient_questions), moments(), extra_packs, extra_packs)
@settings(max_examples=400)
def test_a_tightening_between_any_two_packs_opens_nothing(question, now, one, other):
    """
    The same for two packs that have nothing to do with each other.
    """
    base, candidate = compile_rules([*PACKS, one]), compile_rules([*PACKS, other])

    if compare(base, candidate).direction != "loosening" and judge(candidate, question, now).allow:
        assert judge(base, question, now).allow
