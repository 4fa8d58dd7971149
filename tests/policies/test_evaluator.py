"""
The decision keeps its promises for questions that nobody thought of.
"""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policies.decision import Passes
from policies.errors import NotAnInstant
from policies.evaluator import evaluate, trace
from policies.facts import ConsentFact, Facts, PermissionFact, RegisterFact, SenderFact
from policies.localtime import TZDATA_VERSION
from policies.reasons import Code, Severity
from policies.ruleset import compile_rules
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
)

OPTIONAL = [field.name for field in fields(Facts) if field.default is None]


def codes(decision):
    return [reason.code.value for reason in decision.reasons]


def test_the_usual_call_is_allowed():
    """
    With everything in order the call may be placed, until the guard band before the hours end.
    """
    decision = evaluate(RULES, facts(), MONDAY)

    assert decision.allow
    assert decision.expires_at == datetime(2026, 11, 23, 18, 59, tzinfo=UTC)
    assert decision.to_json() == {
        "decision": "allow",
        "reasons": [],
        "retry_at": None,
        "obligations": [{"id": "core@1/outcome", "type": "record_outcome", "properties": {}}],
        "policy": {
            "rule_set": RULES.hash,
            "packs": ["core@1", "whatsapp@1", "es@1", "acme@1"],
            "tzdata": TZDATA_VERSION,
        },
    }


def test_an_allow_expires_with_the_first_thing_it_rests_on():
    """
    A permission that ends before the window ends the allow.
    """
    ends = MONDAY + timedelta(minutes=5)
    decision = evaluate(RULES, facts(permission=PermissionFact("temporary", MONDAY, ends)), MONDAY)

    assert decision.expires_at == ends


def test_a_deny_looks_as_the_contract_says():
    """
    The reason for a call at night has the shape of the wire contract.
    """
    rules = compile_rules(PACKS[:3])
    decision = evaluate(rules, facts(), datetime(2026, 11, 22, 22, tzinfo=UTC))

    assert decision.to_json()["retry_at"] == "2026-11-23T08:00:00Z"
    assert decision.to_json()["reasons"] == [
        {
            "code": "QUIET_HOURS",
            "severity": "defer",
            "layer": "jurisdiction",
            "pack": "es@1",
            "rule": "hours",
            "basis": "default",
            "retry_at": "2026-11-23T08:00:00Z",
            "params": {"zones": ["Europe/Madrid"], "window": "09:00-21:00"},
            "remedy": None,
        }
    ]


@given(questions, moments())
def test_without_rules_nothing_is_allowed(question, now):
    """
    An empty rule set has nothing against any call, and denies every one.
    """
    assert not evaluate(compile_rules([]), question, now).allow


@pytest.mark.parametrize("kept", [(1, 2, 3), (0, 1, 3)])
def test_a_set_that_cannot_vouch_for_a_call_denies_it(kept):
    """
    Without a rule about consent, or a pack for the person's country, there is no allow.
    """
    decision = evaluate(compile_rules([PACKS[place] for place in kept]), facts(), MONDAY)

    assert not decision.allow
    assert decision.retry_at is None


@pytest.mark.parametrize(
    ("changed", "fact"), [({"action": "call.dance"}, "action"), ({"technology": "hologram"}, "technology")]
)
def test_a_word_that_no_rule_knows_slips_past_none(changed, fact):
    """
    An action or technology that no rule was written for is denied, and named.
    """
    decision = evaluate(RULES, facts(**changed), MONDAY)

    assert {"fact": fact} in [reason.params for reason in decision.reasons]


@given(questions, moments(), extra_packs)
@settings(max_examples=300)
def test_a_further_rule_never_opens_anything(question, now, extra):
    """
    What is denied stays denied when a pack is added.
    """
    assume(not evaluate(RULES, question, now).allow)

    assert not evaluate(compile_rules([*PACKS, extra]), question, now).allow


@given(questions, moments(), extra_packs, st.sampled_from(OPTIONAL))
@settings(max_examples=300)
def test_a_missing_fact_never_opens_anything(question, now, extra, name):
    """
    What is denied stays denied when a fact is taken away.
    """
    rules = compile_rules([*PACKS, extra])
    assume(not evaluate(rules, question, now).allow)

    assert not evaluate(rules, replace(question, **{name: None}), now).allow


@given(questions, moments(), extra_packs)
@settings(max_examples=300)
def test_a_missing_part_of_a_fact_never_opens_anything(question, now, extra):
    """
    What is denied stays denied when the sender's country, the end of its restriction, or that of a permission is lost.
    """
    rules = compile_rules([*PACKS, extra])
    assume(not evaluate(rules, question, now).allow)
    less = []
    if question.sender:
        less += [
            replace(question, sender=replace(question.sender, **{name: None}))
            for name in ("country", "restricted_until")
        ]
    if question.permission and question.permission.state == "temporary":
        less += [
            replace(question, permission=replace(question.permission, **{name: None}))
            for name in ("since", "expires_at")
        ]

    assert not any(evaluate(rules, each, now).allow for each in less)


@pytest.mark.parametrize(
    "name", ["regions", "zones", "business_zone", "consents", "permission", "suppressions", "attempts", "sender"]
)
def test_every_fact_that_a_rule_needs_is_asked_for(name):
    """
    An allow becomes a deny with an error when any fact it rests on is taken away.
    """
    decision = evaluate(RULES, replace(facts(), **{name: None}), MONDAY)

    assert not decision.allow
    assert all(reason.severity is Severity.ERROR for reason in decision.reasons)
    assert decision.retry_at is None


@given(patient_questions, moments(), extra_packs, st.lists(st.floats(0, 1), max_size=20))
@settings(max_examples=200, deadline=None)
def test_retry_at_is_the_first_instant_of_an_allow(question, now, extra, fractions):
    """
    At retry_at the answer is allow; at no instant before it is, whichever is tried.
    """
    rules = compile_rules([*PACKS, extra])
    decision = evaluate(rules, question, now)
    retry_at = decision.retry_at or now
    assume(retry_at > now)
    wait = retry_at - now
    last_hours = [retry_at - timedelta(minutes=minute) for minute in range(1, 90)]
    hours = [now + timedelta(hours=hour) for hour in range(1, int(wait / timedelta(hours=1)) + 1)]
    anywhere = [now + fraction * wait for fraction in fractions]
    earlier = [at for at in (*last_hours, *hours, *anywhere) if now <= at < retry_at]

    assert evaluate(rules, question, retry_at).allow
    assert not evaluate(rules, question, retry_at - timedelta(microseconds=1)).allow
    assert not any(evaluate(rules, question, at).allow for at in earlier)


@given(st.one_of(questions, patient_questions), moments(), extra_packs)
@settings(max_examples=100, deadline=None)
def test_no_retry_means_that_waiting_is_no_use(question, now, extra):
    """
    Where retry_at is null, no hour of the next ten days brings an allow.
    """
    rules = compile_rules([*PACKS, extra])
    decision = evaluate(rules, question, now)
    assume(not decision.allow and decision.retry_at is None)

    assert not any(evaluate(rules, question, now + timedelta(hours=hour)).allow for hour in range(240))


@given(patient_questions, moments())
@settings(max_examples=200, suppress_health_check=[HealthCheck.filter_too_much])
def test_an_allow_holds_until_it_expires(question, now):
    """
    Until expires_at nothing that the allow rests on has ended; at it, the answer may change.
    """
    now = evaluate(RULES, question, now).retry_at or now
    decision = evaluate(RULES, question, now)
    assume(decision.allow)
    ends = decision.expires_at or now
    assume(decision.expires_at is not None)

    assert ends > now
    assert not evaluate(RULES, question, ends).allow


@given(st.one_of(questions, patient_questions), moments(), extra_packs)
@settings(max_examples=300, deadline=None)
def test_each_reason_has_its_own_exact_instant(question, now, extra):
    """
    A rule asked at its reason's retry_at no longer fails; a microsecond earlier it still did.
    """
    rules = compile_rules([*PACKS, extra])
    reasons = evaluate(rules, question, now).reasons
    waiting = [(reason, reason.retry_at) for reason in reasons if reason.retry_at is not None]

    for reason, retry_at in waiting:
        assert not _fails(rules, question, reason, retry_at)
        assert _fails(rules, question, reason, retry_at - timedelta(microseconds=1))


def _fails(rules, question, reason, at):
    steps = [s for s in trace(rules, question, at) if (s.rule.pack, s.rule.id) == (reason.pack, reason.rule)]
    return any(not isinstance(step.outcome, Passes) for step in steps)


@given(questions, moments())
def test_reasons_come_worst_first_and_equal_questions_get_equal_bytes(question, now):
    """
    Order is by severity, then by layer; asked twice, or of rules compiled anew, the answer is the same.
    """
    decision = evaluate(RULES, question, now)
    severities = [list(Severity).index(reason.severity) for reason in decision.reasons]

    assert severities == sorted(severities)
    assert decision == evaluate(compile_rules(PACKS), question, now)


@given(questions, moments())
def test_facts_that_were_recorded_decide_the_same_again(question, now):
    """
    Facts survive being written down and read back, and so does the decision.
    """
    again = Facts.from_json(question.to_json())

    assert again == question
    assert evaluate(RULES, again, now) == evaluate(RULES, question, now)


def test_a_moment_without_a_zone_is_refused():
    """
    Deciding on a naive moment would be guessing, so it raises.
    """
    with pytest.raises(NotAnInstant):
        evaluate(RULES, facts(), datetime(2026, 11, 23, 10))  # noqa: DTZ001  The naive moment is the point.


def test_a_rule_may_pass_what_it_cannot_tell_only_where_its_pack_says_so():
    """
    on_unknown: pass lets a tenant's rule stand aside without its fact.
    """
    lenient = pack(rule("register", register="robinson", on_unknown="pass"))
    strict = pack(rule("register", register="robinson"))

    assert evaluate(compile_rules([*PACKS, lenient]), facts(), MONDAY).allow
    assert codes(evaluate(compile_rules([*PACKS, strict]), facts(), MONDAY)) == ["FACT_MISSING"]


@pytest.mark.parametrize(
    ("listed", "days", "expected"),
    [(False, 1, []), (True, 1, ["REGISTER_LISTED"]), (False, 31, ["REGISTER_STALE"]), (True, 90, ["REGISTER_LISTED"])],
)
def test_a_register_is_believed_while_it_is_fresh(listed, days, expected):
    """
    Absence from a register counts only in a fresh copy; a listing counts in any.
    """
    rules = compile_rules([*PACKS, pack(rule("register", register="robinson", max_age="P31D"))])
    question = facts(registers={"robinson": RegisterFact(listed, MONDAY - timedelta(days=days))})

    assert codes(evaluate(rules, question, MONDAY)) == expected


def test_a_no_to_an_unknown_sender_is_a_no_to_this_one():
    """
    Without knowing the sender, what was refused to any one sender is refused.
    """
    granted = ConsentFact("voice", ("live",), None, "granted", MONDAY - timedelta(days=9))
    withdrawn = ConsentFact("voice", ("live",), "other", "withdrawn", MONDAY - timedelta(days=1))
    question = facts(channel="voice", consents=(granted, withdrawn))

    assert evaluate(RULES, question, MONDAY).allow
    assert codes(evaluate(RULES, replace(question, sender=None), MONDAY)) == ["CONSENT_WITHDRAWN"]


def test_a_pack_may_report_a_failure_its_own_way():
    """
    A rule's code, severity and remedy override those of the registry.
    """
    deny = {"code": "PREDICATE_FAILED", "severity": "terminal", "remedy": "Write instead."}
    rules = compile_rules([*PACKS, pack(rule("gap", after="attempt", wait="P7D", deny=deny))])
    reason = evaluate(rules, facts(attempts=(attempt(MONDAY - timedelta(days=2)),)), MONDAY).reasons[0]

    assert (reason.code, reason.severity, reason.remedy) == (Code.PREDICATE_FAILED, Severity.TERMINAL, "Write instead.")
    assert reason.retry_at == MONDAY + timedelta(days=5)


def test_waiting_goes_no_further_than_four_hundred_days():
    """
    A number restricted for two years has no retry_at.
    """
    restricted = SenderFact("main", "ES", restricted=True, restricted_until=MONDAY + timedelta(days=730))

    assert evaluate(RULES, facts(sender=restricted), MONDAY).retry_at is None


def test_a_trace_has_one_row_per_rule_in_force():
    """
    The trace names every rule that was asked, and what it answered.
    """
    rows = [step.to_json() for step in trace(RULES, facts(permission=None), MONDAY)]

    assert {row["rule"] for row in rows} >= {"consent", "suppression", "permission", "hours", "business-hours"}
    assert {row["outcome"] for row in rows} == {"passes", "unknown"}


def test_a_consent_that_is_too_old_waives_no_register():
    """
    A relationship of years ago beside a fresh consent on another basis leaves the register to be asked.
    """
    law = pack(
        rule("register", register="dnc", waived_by=["existing_relationship"]),
        rule("consent", id="age", max_age={"existing_relationship": "P540D"}),
    )
    rules = compile_rules([*PACKS, law])

    def told(days):
        known = ConsentFact("whatsapp_call", ("live",), None, "granted", MONDAY, basis="legitimate_interest")
        old = replace(known, since=MONDAY - timedelta(days=days), basis="existing_relationship", sender="main")
        listed = {"dnc": RegisterFact(listed=True, as_of=MONDAY)}
        return codes(evaluate(rules, facts(consents=(known, old), registers=listed), MONDAY))

    assert told(100) == []
    assert told(900) == ["REGISTER_LISTED"]


def test_one_consent_must_satisfy_all_that_a_pack_asks():
    """
    An opt-in of years ago and a fresh consent on a lesser basis do not add up to a fresh opt-in.
    """
    law = pack(
        rule("consent", id="opt-in", bases=["opt_in"]),
        rule("consent", id="age", max_age={"opt_in": "P365D"}),
    )
    old = ConsentFact("whatsapp_call", ("live",), "main", "granted", MONDAY - timedelta(days=400), basis="opt_in")
    fresh = ConsentFact("whatsapp_call", ("live",), None, "granted", MONDAY, basis="legitimate_interest")
    rules = compile_rules([*PACKS, law])

    assert codes(evaluate(rules, facts(consents=(old, fresh)), MONDAY)) == ["CONSENT_BASIS"]
    assert evaluate(rules, facts(consents=(replace(old, since=MONDAY), fresh)), MONDAY).allow
