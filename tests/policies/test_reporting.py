"""
What callers report of their calls: in time or late, more exact or contrary, and what follows from it.
"""

from itertools import permutations
from uuid import uuid4

import pytest

from consent.errors import GivenInTheFuture
from policies.outcomes import FAILED, MISSED, REACHED, relation, weight
from policies.refusals import HoldReleased, HoldUnknown, OutcomeContrary
from tests.consent.desk import Office
from tests.factories import ANA, HOUR, MINUTE, NOW, SECOND, authorization, consent, outcome, withdrawal
from tests.policies.calling import agreed, ask, called, release

EVERY = (*REACHED, *MISSED, *FAILED)


def hold_of(office: Office) -> str:
    """An open hold on a call to Ana."""
    agreed(office)
    return called(office, None)


@pytest.mark.parametrize("told", EVERY)
def test_an_outcome_confirms_its_hold(office: Office, told):
    """
    A report in time is an entry of its own, with what the hold was before.
    """
    hold = hold_of(office)
    office.clock.advance(31 * SECOND)
    answer = office.ask(outcome(office.tenant, hold, told, at=office.clock.now, duration_s=31))
    entry = office.payloads("call.reported")[0]

    assert answer["hold"]["state"] == "confirmed"
    assert (answer["hold"]["outcome"], answer["hold"]["outcome_at"]) == (told, "2026-11-25T11:00:31Z")
    assert (entry["hold"], entry["outcome"], entry["duration_s"], entry["source"]) == (hold, told, 31, "caller")
    assert entry["before"] == {"state": "held", "outcome": None}


def test_an_expired_hold_is_one_by_comparison(office: Office):
    """
    At its expiry a hold is expired without anything being written, and still counts.
    """
    agreed(office)
    answer = office.ask(authorization(office.tenant, ttl=10 * SECOND))
    size = office.size()
    office.clock.advance(10 * SECOND)
    for _ in range(2):
        called(office, None)

    assert answer["hold"]["expires_at"] == "2026-11-25T11:00:10Z"
    assert [row["state"] for row in office.rows("attempts")] == ["held"] * 3
    assert office.size() == size + 2
    assert ask(office)[0] == ["CAP_REACHED"]


def test_a_late_outcome_amends(office: Office):
    """
    After its expiry a hold can still be told of, and the entry says that it was late.
    """
    hold = hold_of(office)
    office.clock.advance(HOUR)
    answer = office.ask(outcome(office.tenant, hold, "connected", at=NOW + 20 * SECOND))
    (entry,) = office.payloads("call.amended")

    assert answer["hold"]["state"] == "confirmed"
    assert entry["before"] == {"state": "expired", "outcome": None}
    assert office.payloads("call.reported") == []


def test_the_same_outcome_again_records_nothing(office: Office):
    """
    A repetition gets the first answer and the first entry's receipt.
    """
    hold = hold_of(office)
    first = office.write(outcome(office.tenant, hold, "unanswered"))
    size = office.size()
    again = office.write(outcome(office.tenant, hold, "unanswered"))

    assert (again.answer, again.receipt) == (first.answer, first.receipt)
    assert office.size() == size


@pytest.mark.parametrize(("known", "told"), list(permutations(EVERY, 2)))
def test_a_second_word_is_finer_coarser_or_contrary(office: Office, known, told):
    """
    A more exact word is recorded as an amendment, a less exact one changes nothing, a contrary one is refused.
    """
    hold = hold_of(office)
    office.write(outcome(office.tenant, hold, known))
    size, request = office.size(), outcome(office.tenant, hold, told)
    match relation(known, told):
        case "contrary":
            assert isinstance(office.refusal(request), OutcomeContrary)
        case "coarser":
            assert office.ask(request)["hold"]["outcome"] == known
            assert office.size() == size
        case "finer":
            assert office.ask(request)["hold"]["outcome"] == told
            assert office.payloads("call.amended")[0]["before"]["outcome"] == known
        case _:
            pytest.fail("two different outcomes are never the same, and the second is never new")


@pytest.mark.parametrize(("one", "other"), list(permutations(EVERY, 2)))
def test_words_of_one_kind_have_the_same_weight(one, other):
    """
    Two outcomes contradict each other exactly if their evidence differs, and finer one way is coarser the other.
    """
    turned = {"finer": "coarser", "coarser": "finer", "contrary": "contrary"}

    assert (relation(one, other) == "contrary") == (weight(one) != weight(other))
    assert relation(other, one) == turned[relation(one, other)]
    assert weight(None) < weight(one)


def test_a_call_on_a_hold_released_by_a_withdrawal_is_recorded(office: Office):
    """
    The person said no while the call was on its way: that it was placed is told all the same, and counts.
    """
    hold = hold_of(office)
    released = office.ask(withdrawal(office.tenant))["released_holds"]
    answer = office.ask(outcome(office.tenant, hold, "connected"))
    (entry,) = office.payloads("call.amended")
    (row,) = office.rows("attempts")

    assert released == [hold]
    assert answer["hold"]["state"] == row["state"] == "confirmed"
    assert entry["before"] == {"state": "released", "outcome": None}
    assert row["released_by"] is None


def test_a_call_on_a_hold_released_by_its_caller_is_contrary(office: Office):
    """
    Who said that a call was not placed cannot say how it ended.
    """
    hold = hold_of(office)
    office.write(release(office, hold))

    assert isinstance(office.refusal(outcome(office.tenant, hold)), HoldReleased)


def test_opting_out_in_a_call_takes_everything_back(office: Office):
    """
    The outcome, the withdrawal and the release of other holds are one commit.
    """
    agreed(office, "order_updates", "overdue_payments")
    hold, other = called(office, None), called(office, None, purpose="overdue_payments")
    office.write(outcome(office.tenant, hold, "opted_out"))
    (no,) = office.payloads("consent.withdrawn")
    commits = {row["transaction"] for table in ("suppressions", "attempts") for row in office.rows(table)}
    entries = {row["event"]: row["transaction"] for row in office.rows("entries")}

    assert office.codes(ANA) == {"CONSENT_WITHDRAWN", "SUPPRESSED"}
    assert "SUPPRESSED" in office.codes(ANA, purpose="offers")
    assert (no["method"], no["hold"], no["released_holds"]) == ("outbound_call", hold, [other])
    assert {entries["consent.withdrawn"], entries["call.reported"]} == commits
    assert len(commits) == 1


def test_opting_out_after_all_is_a_finer_word(office: Office):
    """
    A call first told as connected may turn out to have been an opt-out, which then takes effect.
    """
    hold = hold_of(office)
    office.write(outcome(office.tenant, hold, "connected"))
    office.write(outcome(office.tenant, hold, "opted_out"))

    assert "SUPPRESSED" in office.codes(ANA)
    assert office.events()[-2:] == ["consent.withdrawn", "call.amended"]


def test_who_agrees_after_the_call_has_agreed(office: Office):
    """
    An opt-out in a call counts from the call, so that a later consent of the person re-opens.
    """
    hold = hold_of(office)
    office.write(outcome(office.tenant, hold, "opted_out"))
    office.clock.advance(MINUTE)
    office.write(consent(office.tenant, at=NOW + 30 * SECOND))

    assert office.codes(ANA) == set()


def test_what_cannot_be_is_refused_without_a_trace(office: Office):
    """
    An unknown hold, or a call that ended in the future, records nothing.
    """
    hold = hold_of(office)

    assert isinstance(office.refusal(outcome(office.tenant, str(uuid4()))), HoldUnknown)
    assert isinstance(office.refusal(outcome(office.tenant, hold, at=NOW + MINUTE + SECOND)), GivenInTheFuture)


def test_contrary_words_told_at_once_are_settled_once(office: Office):
    """
    Of two contrary outcomes written to two journals at once one is recorded and the other refused.
    """
    hold = hold_of(office)
    second = office.desk.run(office.desk.another_journal(office.clock))
    requests = [outcome(office.tenant, hold, told) for told in ("connected", "unanswered")]
    written = office.desk.write_all(requests, office.desk.journal, second)

    assert sorted(isinstance(each, OutcomeContrary) for each in written) == [False, True]
    assert len(office.payloads("call.reported")) == 1
