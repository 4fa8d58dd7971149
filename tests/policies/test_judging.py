"""
Judging is deciding without explaining: what the million decisions of a rehearsal cost is no other answer.
"""

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.evaluator import evaluate, judge
from policies.loading import parse_pack
from policies.localtime import next_period, zone
from policies.ruleset import compile_rules
from tests.policies.questions import MONDAY, PACKS, RULES, extra_packs, facts, moments, patient_questions, questions


@given(st.one_of(questions, patient_questions), moments(), extra_packs)
@settings(max_examples=300)
def test_a_verdict_is_the_decision_unexplained(question, now, extra):
    """
    Judged, a call is allowed or denied for the same reasons, in the same order, and an allow holds as long.
    """
    rules = compile_rules([*PACKS, extra])
    verdict, decision = judge(rules, question, now), evaluate(rules, question, now)

    assert (verdict.allow, verdict.until) == (decision.allow, decision.expires_at)
    assert verdict.findings == [(each.code, each.pack, each.rule) for each in decision.reasons]


def test_a_verdict_names_what_the_set_lacks():
    """
    A set without rules is against every call, and says what it lacks, worst first.
    """
    found = judge(compile_rules(()), facts(regions=None), MONDAY).findings

    assert found == [
        (each.code, None, "coverage") for each in evaluate(compile_rules(()), facts(regions=None), MONDAY).reasons
    ]
    assert {each.code.value for each in found} == {"JURISDICTION_UNKNOWN", "FACT_MISSING"}


def test_what_is_remembered_of_a_day_depends_on_nothing_else():
    """
    Asked about the same day again, for another place, hour or person, a set answers as one that was never asked.
    """
    asked = [
        (facts(zones=zones, regions=regions, business_zone=business), MONDAY + timedelta(hours=hour))
        for hour in range(-30, 60, 3)
        for zones in (("Europe/Madrid",), ("Atlantic/Canary",), ("Europe/Madrid", "Atlantic/Canary"), ("Nowhere/Here",))
        for regions in (("ES",), ("ES-MD",), ("ES-CT",))
        for business in ("Europe/Madrid", "America/New_York", None)
    ]
    remembered = [evaluate(RULES, *each) for each in [*asked, *asked]]

    assert remembered == [evaluate(compile_rules(PACKS), *each) for each in asked] * 2


def test_a_day_that_ends_twice_ends_at_each_of_its_ends():
    """
    Where clocks fell back at a minute past midnight, into the evening before, each instant has its own next day.
    """
    where, midnight = zone("America/St_Johns"), datetime(2010, 11, 7, 2, 30, tzinfo=UTC)
    back, again = midnight + timedelta(minutes=1), midnight + timedelta(hours=1)

    ends = [next_period(where, at, "day") for at in (midnight - timedelta(minutes=1), midnight, back)]

    assert ends == [midnight, back, again]


def in_shadow(written):
    """
    The pack with every rule of it in shadow.
    """
    document = json.loads(written.content)
    document["rules"] = [each | {"mode": "shadow"} for each in document["rules"]]
    return parse_pack(json.dumps(document), "in shadow")


@given(st.one_of(questions, patient_questions), moments(), extra_packs)
@settings(max_examples=300)
def test_rules_in_shadow_change_no_decision(question, now, extra):
    """
    With a pack in shadow every decision is that without the pack; with its rules enforced it is that with the pack.
    """
    shadow, without, enforced = (compile_rules([*PACKS, *more]) for more in ([in_shadow(extra)], [], [extra]))

    assert judge(shadow, question, now).findings == judge(without, question, now).findings
    assert shadow.shadowed is not None
    assert judge(shadow.shadowed, question, now).findings == judge(enforced, question, now).findings


def test_a_rule_in_shadow_holds_nothing_together():
    """
    A set whose only rule about consent is in shadow vouches for no call.
    """
    packs = [in_shadow(each) if each.id == "core" else each for each in PACKS]

    found = {each.code.value for each in judge(compile_rules(packs), facts(), MONDAY).findings}
    assert found == {"FACT_MISSING"}
