"""
What is found quickly is what is found: the same rules against the same calls, in the same order.
"""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.workloads import WORKLOADS
from policies.brief import brief
from policies.decision import Passes
from policies.errors import NotAnInstant
from policies.evaluator import judge
from policies.kinds.window import Window
from policies.recorded import findings_json
from policies.ruleset import compile_rules
from policies.sifting import Sifter, sifter_of
from tests.policies.questions import (
    MONDAY,
    PACKS,
    RULES,
    attempt,
    extra_packs,
    facts,
    moments,
    pack,
    patient_questions,
    questions,
    rule,
    zone_sets,
)

asked = st.one_of(questions, patient_questions)
SIFTER = Sifter(RULES)


def told(rules, question, now):
    """What judging finds, and how bad, as sifting tells it."""
    verdict = judge(rules, question, now)
    assert verdict.allow is (verdict.findings == [])
    layers = sorted([*(each.layer for each in verdict.lacks), *(rule.layer for rule, _ in verdict.failures)])
    return verdict.findings, layers


@given(asked, moments(), extra_packs)
@settings(max_examples=250, deadline=None)
def test_sifting_finds_what_judging_finds(question, now, extra):
    """
    Whatever the rules and the facts: the same findings in the same order, of the same layers.
    """
    rules = compile_rules([*PACKS, extra])
    found = Sifter(rules).against(question, now)
    findings, layers = told(rules, question, now)

    assert [each.finding for each in found] == findings
    assert sorted(each.layer for each in found) == layers
    assert [list(each.told) for each in found] == findings_json(tuple(findings))


@given(asked, st.lists(moments(), min_size=1, max_size=4))
@settings(max_examples=250, deadline=None)
def test_what_a_sifter_remembers_changes_nothing(question, instants):
    """
    One that was asked of many days, places and people before says the same as one that never was.
    """
    for now in instants:
        assert [each.finding for each in SIFTER.against(question, now)] == judge(RULES, question, now).findings


@given(asked, moments(), extra_packs)
@settings(max_examples=250, deadline=None)
def test_a_brief_answer_is_the_answer(question, now, extra):
    """
    Rule by rule: it passes, fails with the same code, or is unknown for want of the same fact.
    """
    for each in compile_rules([*PACKS, extra]).select(question).at(now).rules:
        full, short = each.test.check(question, now), brief(each.test)(question, now)

        assert type(full) is type(short)
        assert isinstance(full, Passes) or isinstance(short, Passes) or full.code == short.code


@given(moments(), zone_sets, st.sampled_from([("ES",), ("ES-MD",), ("ES", "FR")]))
@settings(max_examples=100, deadline=None)
def test_a_window_answers_otherwise_only_where_it_changes(now, zones, regions):
    """
    Between two of the instants that it names for a day of UTC, a window gives one answer.
    """
    question = facts(zones=zones, regions=regions, category="marketing")
    windows = [each.test for each in RULES.select(question).at(now).rules if isinstance(each.test, Window)]
    start = now.replace(hour=0, minute=0, second=0)
    minutes = [start + timedelta(minutes=each) for each in range(0, 1440, 15)]
    for window in windows:
        changes = sorted(window.changes(question, now))
        answers = [(sum(at <= minute for at in changes), brief(window)(question, minute)) for minute in minutes]
        codes = {(piece, None if isinstance(each, Passes) else each.code) for piece, each in answers}

        assert len(codes) == len({piece for piece, _ in codes})


def test_many_calls_of_the_workloads_come_out_alike():
    """
    Over a thousand questions about people in many countries, by hundreds of rules.
    """
    for name in ("real", "about-60", "elsewhere-60"):
        rules = compile_rules(WORKLOADS[name].packs())
        sifter = Sifter(rules)
        for each in WORKLOADS[name].questions(3, 400):
            found = sifter.against(each.facts, each.now)

            assert [one.finding for one in found] == judge(rules, each.facts, each.now).findings


@pytest.mark.parametrize("limit", [1, 2])
@pytest.mark.parametrize("per", ["PT24H", "day", "week", "2 days"])
@pytest.mark.parametrize("back", [0, 1, 10, 11, 13, 23, 24, 25, 34, 35, 47, 48, 49, 58, 59, 168, 200])
def test_calls_at_the_edge_of_a_span_count_alike(limit, per, back):
    """
    An hour, a second before or after: a cap is reached for both, or for none.
    """
    rules = compile_rules([*PACKS, pack(rule("cap", limit=limit, per=per, counts="attempt"))])
    sifter = Sifter(rules)
    for second in (-1, 0, 1):
        at = MONDAY - timedelta(hours=back, seconds=second)
        question = facts(attempts=(attempt(at, "unanswered"), attempt(at, "refused", ended_at=at)))

        assert [each.finding for each in sifter.against(question, MONDAY)] == judge(rules, question, MONDAY).findings


def test_an_empty_set_is_against_every_call():
    """
    What is not there can pass nothing: no rules, no allow.
    """
    found = Sifter(compile_rules(())).against(facts(), MONDAY)

    assert {each.told[0] for each in found} >= {"JURISDICTION_UNKNOWN", "FACT_MISSING"}


def test_a_category_that_nobody_knows_is_marketing():
    """
    As in every decision.
    """
    odd, usual = facts(category="surprise", sender=None), facts(category="marketing", sender=None)
    found = Sifter(RULES).against(odd, MONDAY)

    assert found == Sifter(RULES).against(usual, MONDAY)
    assert [each.finding for each in found] == judge(RULES, odd, MONDAY).findings != []


def test_an_instant_without_a_zone_is_refused():
    """
    Any zone would be a guess.
    """
    with pytest.raises(NotAnInstant):
        SIFTER.against(facts(), MONDAY.replace(tzinfo=None))


def test_each_set_has_one_sifter():
    """
    Asked for again it is the same one, and another set's is another.
    """
    others = [compile_rules(PACKS[:1]) for _ in range(70)]

    assert sifter_of(RULES) is sifter_of(RULES)
    assert len({id(sifter_of(each)) for each in others[:40]}) == 40
    assert [sifter_of(each).against(facts(), MONDAY) != [] for each in others] == [True] * 70
