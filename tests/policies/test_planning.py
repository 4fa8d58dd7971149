"""
Slots are what asking at every moment says.
"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.evaluator import evaluate
from policies.facts import AttemptFact
from policies.planning import slots
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

QUARTER = timedelta(minutes=15)


@given(patient_questions, moments(), extra_packs)
@settings(max_examples=150, deadline=None)
def test_slots_are_what_asking_again_and_again_says(question, start, extra):
    """
    At every quarter of an hour of two days, and a microsecond on each side of every edge.
    """
    rules, end = compile_rules([*PACKS, extra]), start + timedelta(days=2)
    found = slots(rules, question, start, end)
    edges = [at + one for slot in found for at in slot for one in (-timedelta(microseconds=1), timedelta(0))]
    asked = [start + n * QUARTER for n in range(192)] + [at for at in edges if start <= at < end]

    for at in asked:
        assert evaluate(rules, question, at).allow == any(s <= at < e for s, e in found)


@given(st.one_of(questions, patient_questions), moments(), extra_packs)
@settings(max_examples=60, deadline=None)
def test_slots_are_what_asking_minute_by_minute_says(question, start, extra):
    """
    For half a day, of questions that lack facts and hold attempts of before and after: no minute is decided otherwise.
    """
    rules, end = compile_rules([*PACKS, extra]), start + timedelta(hours=12)
    found = slots(rules, question, start, end)
    asked = [start + timedelta(minutes=n) for n in range(720)]

    assert [evaluate(rules, question, at).allow for at in asked] == [any(s <= at < e for s, e in found) for at in asked]


@given(patient_questions, moments())
@settings(max_examples=50, deadline=None)
def test_slots_are_in_order_and_apart(question, start):
    """
    None is empty, none touches the next.
    """
    found = slots(RULES, question, start, start + timedelta(days=8))

    assert all(start < end for start, end in found)
    assert all(one.end < other.start for one, other in pairwise(found))


def test_a_day_has_the_hours_that_all_rules_leave():
    """
    A service call in Madrid: from nine, the law's, to a minute before eight, the business's.
    """
    midnight = datetime(2026, 11, 22, 23, tzinfo=UTC)
    (slot,) = slots(RULES, facts(), midnight, midnight + timedelta(days=1))

    assert (slot.start.hour, slot.end.hour, slot.end.minute) == (8, 18, 59)


def test_a_rule_that_comes_into_force_ends_a_slot():
    """
    At noon a stricter rule begins, which the slot before it could not know.
    """
    begins = MONDAY + timedelta(hours=2)
    closed = rule("cap", limit=1, per="P7D", counts="attempt", effective={"from": begins.isoformat()})
    rules = compile_rules([*PACKS, pack(closed)])
    question = facts(attempts=(attempt(MONDAY - timedelta(days=2)),))

    assert slots(rules, question, MONDAY, MONDAY + timedelta(hours=6)) == ((MONDAY, begins),)


def test_a_hold_that_lapses_without_a_word_ends_a_slot():
    """
    Three calls went unanswered; when the hold on a fourth lapses the streak is complete.
    """
    missed = tuple(attempt(MONDAY - timedelta(days=n), "unanswered", sender="main") for n in (4, 3, 2))
    held = AttemptFact(
        MONDAY - timedelta(minutes=5),
        "call.place",
        "appointment_reminders",
        "service",
        "whatsapp_call",
        "main",
        None,
        MONDAY + timedelta(minutes=5),
    )
    question = facts(
        attempts=(*missed, held), permission=facts().permission.__class__("permanent", MONDAY - timedelta(days=9))
    )

    assert slots(RULES, question, MONDAY, MONDAY + timedelta(hours=1)) == ((MONDAY, held.expires_at),)
