"""
Two worlds over one past: nothing is different where the rules are not, and what follows from a difference is worked out.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.authorizing import DEFAULT_HOLD
from policies.recorded import Recorded
from policies.ruleset import compile_rules
from policies.simulating.memory import Known, key_of
from policies.simulating.stories import Story, Unannounced
from policies.simulating.tally import merged
from policies.simulating.worlds import HELD, World
from tests.policies.questions import RULES, pack, rule
from tests.policies.simulating.past import (
    CAP,
    FREE,
    LONG_CAP,
    TINY,
    compared,
    happened,
    pasts,
    reach_of,
    rule_sets,
    voice,
)

MODES = pytest.mark.parametrize("mode", ["point", "closed_loop"])
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CAPPED, LONG = compile_rules([TINY, CAP]), compile_rules([TINY, LONG_CAP])
STAFFED = compile_rules([TINY, pack(rule("predicate", needs={"fact": "agents", "at_least": 1}), name="staffed")])
STREAK = compile_rules([TINY, pack(rule("streak", limit=1, within="P3D"), name="streak")])


@MODES
@given(past=pasts, rules=rule_sets)
@settings(max_examples=60, deadline=None)
def test_the_same_rules_change_nothing(mode, past, rules):
    """
    Where base and candidate are one set, both say the same of every decision, whatever set had decided.
    """
    tally = compared(rules, rules, mode).tell([happened(RULES, past)], reach_of(RULES))

    assert set(tally.matrix) <= {("allow", "allow"), ("deny", "deny"), ("unsure", "unsure")}
    assert not tally.changes
    assert not tally.people
    assert not tally.lost


@given(past=pasts, rules=rule_sets)
@settings(max_examples=100, deadline=None)
def test_the_rules_that_decided_decide_the_same_in_a_closed_loop(past, rules):
    """
    Of a past made by a set, its own world is that past: nothing is unsure, nothing assumed.
    """
    story = happened(rules, past)
    tally = compared(rules, rules, "closed_loop").tell([story], reach_of(rules))

    assert tally.as_recorded == tally.decisions == len(past)
    assert not tally.unsure
    assert tally.assumed.total() == 0


@MODES
@given(past=st.lists(pasts, min_size=1, max_size=4), base=rule_sets, candidate=rule_sets)
@settings(max_examples=60, deadline=None)
def test_every_decision_is_told_of_once(mode, past, base, candidate):
    """
    The matrix adds up to the decisions; grouped otherwise, and in another order, the tally is the same.
    """
    people = [happened(RULES, each, f"person-{place}", place * 50) for place, each in enumerate(past)]
    comparison, reaches = compared(base, candidate, mode), reach_of(RULES)
    whole = comparison.tell(people, reaches)
    parts = merged([comparison.tell([each], reaches) for each in reversed(people)])

    assert whole.matrix.total() == whole.decisions == sum(map(len, past))
    assert parts == merged([whole])
    assert whole.affected == len({each.contact for each in whole.people})


def answers(rules, story, assumed="unknown", reaches=None):
    """What a closed world says of each decision, and the world and memory at the end."""
    world, known, said = World(rules, True, assumed), Known(reaches or reach_of(RULES), accumulates=True), []
    for step in story.steps:
        if isinstance(step, Recorded):
            known.meet(step)
            told = world.tell(step, known)
            world.go_on(step, told)
            known.leave(step)
            said.append(told.answer)
        else:
            known.hear(step)
    return said


def test_a_call_that_is_denied_did_not_happen():
    """
    Under a cap of two a day, of calls every six hours two are placed and two denied, and so on, since a denied one counts
    no more.  On the recorded facts alone, all but the first two are denied.
    """
    story = happened(FREE, [voice(6 * HOUR) for _ in range(9)])
    point = compared(FREE, CAPPED, "point").tell([story], reach_of(FREE))

    assert answers(FREE, story, reaches=reach_of(FREE)) == ["allow"] * 9
    assert answers(CAPPED, story, reaches=reach_of(FREE)) == [
        *("allow", "allow", "deny", "deny", "allow", "allow", "deny", "deny", "allow")
    ]
    assert point.matrix == {("allow", "allow"): 2, ("allow", "deny"): 7}
    assert point.lost == {"unanswered": 7}


@pytest.mark.parametrize(
    ("assumed", "second"),
    [("unknown", "deny"), ("unanswered", "deny"), ("connected", "allow")],
)
def test_a_call_that_is_allowed_ends_as_is_assumed(assumed, second):
    """
    Denied in reality and allowed in the world, a call counts from then on: a streak of two goes on unless somebody answered.
    """
    story = happened(STAFFED, [voice(HOUR), voice(HOUR)])

    assert answers(STAFFED, story, reaches=reach_of(STAFFED)) == ["deny", "deny"]
    assert answers(STREAK, story, assumed, reach_of(STAFFED)) == ["allow", second]


def test_an_assumed_call_lasts_as_long_as_a_hold():
    """
    As the hold of whoever asks for no other time.
    """
    assert HELD == DEFAULT_HOLD


def test_what_lies_out_of_reach_is_no_allow():
    """
    A candidate that counts twenty days cannot be told on facts that reach back a few; a denial on them stands.
    """
    story = happened(FREE, [voice(3 * HOUR), voice(HOUR), voice(HOUR)])
    tally = compared(FREE, LONG, "point").tell([story], reach_of(FREE))

    assert FREE.lookback < LONG.lookback
    assert tally.matrix == {("allow", "unsure"): 2, ("allow", "deny"): 1}
    assert tally.unsure == {("candidate", "calls_out_of_reach"): 2}
    assert [each.entry for each in tally.examples["unsure"]] == [0, 2]
    assert tally.decisions == 3


def test_what_the_log_told_before_reaches_further():
    """
    In a closed loop calls are remembered from decision to decision: a call that the recorded facts had forgotten is counted,
    and when the log has told of twenty days nothing is unsure any more.  One on a released hold is not remembered.
    """
    days = [voice(8 * DAY), voice(8 * DAY), voice(8 * DAY, "released"), voice(8 * DAY), voice(8 * DAY)]
    story = happened(FREE, days)
    tally = compared(FREE, LONG, "closed_loop").tell([story], reach_of(FREE))

    assert [len(step.facts.attempts or ()) for step in story.steps if isinstance(step, Recorded)] == [0] * 5
    # Days 0, 8, 16, 24, 32: that of day 16 was released, so that on day 24 there is one call in twenty days, and on 32 too.
    assert answers(LONG, story, reaches=reach_of(FREE)) == ["unsure", "unsure", "deny", "allow", "allow"]
    assert tally.matrix == {("allow", "unsure"): 2, ("allow", "deny"): 1, ("allow", "allow"): 2}
    assert tally.lost == {"released": 1}


def test_an_unknown_rule_set_reaches_nowhere():
    """
    Of a decision by rules that are not kept nobody knows how far its facts reach: whatever looks back is unsure.
    """
    tally = compared(FREE, CAPPED, "point").tell([happened(FREE, [voice(HOUR)])], {})

    assert tally.matrix == {("unsure", "unsure"): 1}


def test_lost_calls_are_those_that_were_placed():
    """
    Of calls that the candidate denies: how they ended, and apart those that were never placed.
    """
    ends = ["connected", "refused", "unanswered", None, "released"]
    story = happened(FREE, [voice(25 * HOUR, each) for each in ends])
    tally = compared(FREE, STAFFED, "point").tell([story], reach_of(FREE))

    assert tally.matrix == {("allow", "deny"): 5}
    assert tally.lost == {"connected": 1, "refused": 1, "unanswered": 1, "unknown": 1, "released": 1}
    assert tally.lost_connected == 2
    assert tally.changes == {
        ("allow_to_deny", "code", "FACT_MISSING"): 5,
        ("allow_to_deny", "layer", "tenant"): 5,
        ("allow_to_deny", "country", "ES"): 5,
        ("allow_to_deny", "purpose", "appointment_reminders"): 5,
    }


def test_a_call_that_nobody_asked_about_counts_in_every_world():
    """
    It was placed whatever the rules say, and is remembered when the recorded facts have forgotten it.
    """
    story = happened(FREE, [voice(3 * HOUR), voice(8 * DAY)])
    first, second = story.steps[0], story.steps[-2]
    assert isinstance(first, Recorded)
    assert isinstance(second, Recorded)
    unannounced = Unannounced("attempt-1", "main", first.now + HOUR)
    story.steps.insert(2, unannounced)
    known = Known(reach_of(FREE), accumulates=True)
    for step in story.steps[:-2]:
        known.meet(step) if isinstance(step, Recorded) else None
        known.leave(step) if isinstance(step, Recorded) else known.hear(step)  # type: ignore[arg-type]  # Nothing is lost here.
    known.meet(second)

    assert [(each.at, each.purpose) for each in known.earlier(second)] == [
        (first.now, "appointment_reminders"),
        (unannounced.at, None),
    ]
    assert answers(LONG, story, reaches=reach_of(FREE)) == ["unsure", "deny"]


def test_two_calls_at_one_instant_are_told_apart():
    """
    Of two calls with one instant, of which one is denied, the other one stays; if they are alike in all, one of them does.
    """
    story = happened(FREE, [voice(HOUR), voice(timedelta(0)), voice(2 * HOUR)])
    first, second, third = (step for step in story.steps if isinstance(step, Recorded))
    twin = replace(third.facts, attempts=tuple(replace(each, at=first.now) for each in third.facts.attempts or ()))
    world = World(CAPPED, closed=True, assumed="unknown")
    known = Known(reach_of(FREE), accumulates=True)
    known.meet(third)
    world.gone[key_of(first)] += 1
    facts, _ = world._facts(third._replace(facts=twin), known)

    assert first.now != second.now or key_of(first) == key_of(second)
    assert len(twin.attempts or ()) == 2
    assert len(facts.attempts or ()) == 1


def test_what_cannot_be_judged_is_unsure():
    """
    A zone that there is not ends no simulation: the decision is told as undecidable, never as an allow.
    """
    story = happened(FREE, [voice(HOUR)])
    odd = [
        step._replace(facts=replace(step.facts, zones=("Nowhere/Here",)))
        for step in story.steps
        if isinstance(step, Recorded)
    ]
    window = compile_rules([TINY, pack(rule("window", open={"mon-sun": ["00:00-23:00"]}), name="hours")])
    tally = compared(FREE, window, "point").tell([Story("somebody", [*odd])], reach_of(FREE))

    assert tally.matrix["allow", "allow"] == 0
    assert tally.decisions == 1
