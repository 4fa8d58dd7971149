"""
What a person wishes is kept to, for the codes of rules, and never lets a call through.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.decision import Fails, Passes
from policies.evaluator import evaluate, judge, trace
from policies.explaining import explained
from policies.facts import Facts, WishFact
from policies.recorded import read_decision
from policies.sifting import Sifter
from policies.wishes import LONGEST, lookback_of, rules_of
from tests.policies.questions import MONDAY, RULES, attempt, facts, moments, patient_questions, questions, wishes
from tests.policies.test_entered import entry

SIFTER = Sifter(RULES)
ORDERS = ("order_updates",)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def wish(**said):
    """A wish about every call."""
    return WishFact("w1", **said)


def asked(at=MONDAY, *said, **changed):
    """The decision about a usual call at an instant, with these wishes."""
    return evaluate(RULES, facts(wishes=said, **changed), at)


def wished(at, *said, **changed):
    """What wishes alone have against a call: codes with the instants at which they end."""
    return [(each.code.value, each.retry_at) for each in asked(at, *said, **changed).reasons if each.layer == "contact"]


def turn(said, at):
    """Until when a wish has nothing against a usual call, or has: the next turn after an instant."""
    outcome = rules_of((said,))[0].test.check(facts(wishes=(said,)), at)
    return outcome.until if isinstance(outcome, Passes) else outcome.retry_at if isinstance(outcome, Fails) else None


@given(st.one_of(questions, patient_questions), moments(), st.lists(wishes, min_size=1, max_size=3))
@settings(max_examples=400, deadline=None)
def test_a_wish_never_lets_a_call_through(question, now, said):
    """
    Whatever the facts and the wishes: what was denied stays denied, for the same reasons and whatever the wishes add.
    """
    before = judge(RULES, replace(question, wishes=()), now)
    after = judge(RULES, replace(question, wishes=tuple(said)), now)

    assert before.allow or not after.allow
    assert [each for each in after.findings if each.rule not in {"w1", "w2"}] == before.findings


@given(st.one_of(questions, patient_questions), moments(), wishes)
@settings(max_examples=200, deadline=None)
def test_a_further_wish_only_narrows(question, now, further):
    """
    One wish more, beside any others, never turns a deny into an allow.
    """
    more = replace(question, wishes=(*question.wishes, further))

    assert judge(RULES, question, now).allow or not judge(RULES, more, now).allow


@given(st.one_of(questions, patient_questions), moments(), st.lists(wishes, min_size=1, max_size=3))
@settings(max_examples=200, deadline=None)
def test_a_wish_is_found_quickly_and_read_back(question, now, said):
    """
    Sifting finds what judging finds; what is written is read back, and the entry tells the same decision again.
    """
    question = replace(question, wishes=tuple(said))
    found = [each.finding for each in SIFTER.against(question, now)]
    recorded = read_decision(7, entry(question, now))
    again = explained(recorded, RULES)

    assert found == judge(RULES, question, now).findings
    assert Facts.from_json(question.to_json()) == question == recorded.facts
    assert again.reproduced
    assert len(again.steps) == len(trace(RULES, question, now))
    assert again.to_json()["reproduced"]


@given(patient_questions, moments(), st.lists(wishes, min_size=1, max_size=2))
@settings(max_examples=150, deadline=None)
def test_the_end_of_a_wish_is_its_end(question, now, said):
    """
    At retry_at the decision is allow, and one second before it is not; an allow stands until it expires.
    """
    question = replace(question, wishes=tuple(said))
    decision = evaluate(RULES, question, now)
    if decision.retry_at is not None:
        assert evaluate(RULES, question, decision.retry_at).allow
        assert not evaluate(RULES, question, decision.retry_at - timedelta(seconds=1)).allow
    if decision.allow and decision.expires_at is not None:
        assert evaluate(RULES, question, max(now, decision.expires_at - timedelta(seconds=1))).allow


def test_who_wishes_nothing_has_nothing_recorded():
    """
    Not even an empty list: entries of most people are as they were before there were wishes.
    """
    assert "wishes" not in facts().to_json()
    assert Facts.from_json(facts().to_json()).wishes == ()


def test_only_mornings():
    """
    Open from the first minute, shut a minute before the end, and the next opening is the next morning by their clock.
    """
    mornings = wish(windows=("09:00-12:00",))
    noon = datetime(2026, 11, 23, 11, tzinfo=UTC)  # 12:00 in Madrid.

    assert wished(noon - HOUR, mornings) == []
    assert wished(noon - MINUTE, mornings) == [("QUIET_HOURS", datetime(2026, 11, 24, 8, tzinfo=UTC))]
    assert wished(noon - MINUTE - timedelta(seconds=1), mornings) == []
    assert asked(noon - 2 * HOUR, mornings).expires_at == noon - MINUTE


def test_a_window_holds_wherever_the_person_may_be():
    """
    In two zones it is open when it is open in both; where no zone is known nobody can tell, and so it is shut.
    """
    mornings, islands = wish(windows=("09:00-12:00",)), ("Europe/Madrid", "Atlantic/Canary")
    nine = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)  # 09:30 in Madrid, 08:30 on the islands.

    assert wished(nine, mornings, zones=islands) == [("QUIET_HOURS", datetime(2026, 11, 23, 9, tzinfo=UTC))]
    assert wished(nine, mornings, zones=None) == [("LOCAL_TIME_UNKNOWN", None)]


def test_not_on_weekends():
    """
    From Saturday's midnight to Monday's, by their clock.
    """
    weekdays = wish(days=("mon", "tue", "wed", "thu", "fri"))
    saturday = datetime(2026, 11, 27, 23, tzinfo=UTC)  # Midnight in Madrid.
    monday = datetime(2026, 11, 29, 23, tzinfo=UTC)

    assert wished(saturday - 2 * MINUTE, weekdays) == []
    assert wished(saturday, weekdays) == [("DAY_CLOSED", monday)]
    assert wished(monday, weekdays) == []


@pytest.mark.parametrize(
    ("day", "opens", "shuts"),
    [
        # The hour from 02:00 to 03:00 is skipped on 29 March: a window that begins in it begins when it ends.
        (
            datetime(2026, 3, 29, tzinfo=UTC),
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            datetime(2026, 3, 29, 1, 59, tzinfo=UTC),
        ),
        # It is there twice on 25 October: the window is open in both.
        (
            datetime(2026, 10, 25, 0, 15, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 59, tzinfo=UTC),
        ),
    ],
)
def test_hours_when_clocks_change(day, opens, shuts):
    """
    What the clock on the wall reads is what counts, on the days of 23 and of 25 hours too.
    """
    early = wish(windows=("02:30-04:00",))

    assert (turn(early, day), turn(early, opens)) == (opens, shuts)


def test_a_night_in_two_goes_over_midnight():
    """
    Joined at midnight, so that nothing closes there for a minute.
    """
    nights = wish(windows=("00:00-02:00", "22:00-24:00"))
    midnight = datetime(2026, 11, 23, 23, tzinfo=UTC)
    shuts = midnight + 2 * HOUR - MINUTE

    assert [turn(nights, midnight + shift) for shift in (-MINUTE, timedelta(0), MINUTE)] == [shuts] * 3


def test_at_most_two_a_week():
    """
    Any seven days of theirs, not the week of a calendar; the third may come when the first of them is seven days past.
    """
    twice = wish(most=2, per="week")
    calls = (attempt(MONDAY - 5 * DAY), attempt(MONDAY - 3 * DAY))  # Wednesday and Friday.
    wednesday = datetime(2026, 11, 24, 23, tzinfo=UTC)  # Its midnight in Madrid, seven days after that of the first.

    assert wished(MONDAY, twice, attempts=calls[:1]) == []
    assert wished(MONDAY, twice, attempts=calls) == [("CAP_REACHED", wednesday)]
    assert wished(wednesday, twice, attempts=calls) == []
    assert wished(MONDAY, twice, attempts=None)[0][0] == "FACT_MISSING"
    assert wished(MONDAY, twice, attempts=calls, action="call.request_permission") == []


def test_what_counts_is_what_the_wish_is_about():
    """
    Calls for other purposes do not; one that nobody announced may have been about anything, and does.
    """
    once = wish(purposes=("appointment_reminders",), most=1, per="month")
    other = attempt(MONDAY - 20 * DAY, purpose="offers")
    unannounced = attempt(MONDAY - 20 * DAY, purpose=None, category="marketing")

    assert wished(MONDAY, once, attempts=(other,)) == []
    assert [code for code, _ in wished(MONDAY, once, attempts=(unannounced,))] == ["CAP_REACHED"]
    assert wished(MONDAY, once, attempts=(unannounced,), purpose="offers") == []


@pytest.mark.parametrize(
    ("said", "changed", "code"),
    [
        ({"only_purposes": ORDERS}, {}, "CONSENT_SCOPE"),
        ({"only_purposes": ("appointment_reminders",)}, {}, None),
        ({"only_categories": ("transactional",)}, {}, "CONSENT_SCOPE"),
        ({"only_categories": ("service",)}, {}, None),
        ({"only_channels": ("voice",)}, {}, "CONSENT_CHANNEL"),
        ({"only_channels": ("whatsapp_call", "voice")}, {}, None),
        ({"only_sender": "other"}, {}, "CONSENT_SCOPE"),
        ({"only_sender": "main"}, {}, None),
        ({"only_sender": "main"}, {"sender": None}, "FACT_MISSING"),
        ({"sender": "other", "only_purposes": ORDERS}, {}, None),
        ({"sender": "other", "only_purposes": ORDERS}, {"sender": None}, "CONSENT_SCOPE"),
        ({"not_before": "2026-11-23"}, {}, None),
        ({"not_before": "2026-11-24"}, {}, "PAUSED"),
    ],
)
def test_only_these(said, changed, code):
    """
    What a wish leaves out is denied for good, by its code; what it is not about is left alone.
    """
    found = [each.code.value for each in asked(MONDAY, wish(**said), **changed).reasons if each.layer == "contact"]

    assert found == ([] if code is None else [code])


def test_a_reason_says_which_wish_and_what_to_do():
    """
    The layer, the wish as the rule, no pack, an end where time helps, and a remedy that is not to ask again.
    """
    late, never = WishFact("late", not_before="2026-11-24"), WishFact("orders", only_purposes=ORDERS)
    first, second = (each.to_json() for each in asked(MONDAY, late, never).reasons)

    assert first | {"params": 0, "remedy": 0} == {
        "code": "CONSENT_SCOPE",
        "severity": "terminal",
        "layer": "contact",
        "pack": None,
        "rule": "orders",
        "basis": "person",
        "retry_at": None,
        "params": 0,
        "remedy": 0,
    }
    assert (second["code"], second["rule"], second["retry_at"]) == ("PAUSED", "late", "2026-11-23T23:00:00Z")
    assert "person" in first["remedy"]
    assert "person" in second["remedy"]


@pytest.mark.parametrize(
    "said",
    [
        {"days": ("someday",)},
        {"windows": ("9-12",)},
        {"windows": ()},
        {"most": 2},
        {"per": "week"},
        {"most": 0, "per": "week"},
        {"most": 2, "per": "decade"},
        {"not_before": "soon"},
        {"not_before": "0001-01-01"},
        {},
    ],
)
def test_what_nobody_understands_denies(said):
    """
    A wish that was spoilt on its way is not kept to by calling.
    """
    assert wished(MONDAY, wish(**said)) == [("FACT_MISSING", None)]


def test_how_far_back_a_wish_looks():
    """
    As far as its days reach, and never further than what is always loaded.
    """
    looks = {per: lookback_of((wish(most=9, per=per),)) for per in ("day", "week", "month")}

    assert looks == {"day": 2 * DAY, "week": 8 * DAY, "month": 32 * DAY}
    assert max(looks.values()) == LONGEST
    assert lookback_of((wish(windows=("09:00-12:00",)),)) == timedelta(0)
