"""
What counts against the next call: attempts and holds, conversations, refusals, requests and missed calls.
"""

from datetime import timedelta

import pytest

from tests.consent.desk import Office
from tests.factories import ANA, BEN, DAY, HOUR, MINUTE, NOW, OTHER_SENDER, SECOND, authorization, consent, outcome
from tests.policies.calling import REQUEST, WHATSAPP, agreed, ask, called, permitted

# --- What is held counts


def test_a_day_has_three_calls(office: Office):
    """
    Three attempts a day, open holds included; the next is allowed at midnight where the person is.
    """
    agreed(office)
    for _ in range(3):
        called(office, None)
    answer = office.ask(authorization(office.tenant))
    office.clock.now = NOW + 12 * HOUR - timedelta(microseconds=1)

    assert [each["code"] for each in answer["reasons"]] == ["CAP_REACHED"]
    assert answer["retry_at"] == "2026-11-25T23:00:00Z"
    assert ask(office)[0] == ["CAP_REACHED"]

    office.clock.now = NOW + 12 * HOUR

    assert ask(office)[0] == []


@pytest.mark.parametrize("told", ["connected", "unanswered", "rejected", "failed", None])
def test_every_call_placed_counts_against_the_day(office: Office, told):
    """
    However a call ended, and also when nobody said so before the hold expired, it was an attempt.
    """
    agreed(office)
    for _ in range(3):
        called(office, told)
        office.clock.advance(2 * MINUTE)

    assert ask(office)[0] == ["CAP_REACHED"]


def test_the_cap_is_the_persons_not_the_purposes_or_senders(office: Office):
    """
    Calls about other things, from other numbers and on other channels count together.
    """
    agreed(office, "order_updates", "overdue_payments")
    permitted(office)
    called(office, None)
    called(office, None, purpose="overdue_payments", sender=OTHER_SENDER)
    called(office, None, **WHATSAPP)

    assert ask(office)[0] == ["CAP_REACHED"]
    assert office.codes(ANA, purpose="overdue_payments") == {"CAP_REACHED"}


def test_one_persons_calls_are_not_anothers(office: Office):
    """
    A cap reached for one person says nothing about the next.
    """
    agreed(office)
    office.write(consent(office.tenant, BEN))
    for _ in range(3):
        called(office, None)

    assert ask(office, to=BEN)[0] == []


def test_marketing_has_one_call_a_day_and_three_a_week(office: Office):
    """
    One attempt a day and three in any seven days; other calls are not counted among them.
    """
    agreed(office, "offers", "order_updates")
    called(office, "unanswered")
    for _ in range(3):
        called(office, "unanswered", purpose="offers")

        assert set(ask(office, purpose="offers")[0]) == {"CAP_REACHED"}
        office.clock.advance(DAY)

    office.clock.now = NOW + 5 * DAY

    assert ask(office, purpose="offers")[0] == ["CAP_REACHED"]

    office.clock.now = NOW + 7 * DAY

    assert ask(office, purpose="offers")[0] == []


def test_a_conversation_is_followed_by_a_pause(office: Office):
    """
    After a conversation about anything, offers wait half an hour from its end; an open hold is waited for.
    """
    agreed(office, "offers", "order_updates")
    hold = called(office, None)

    assert ask(office, purpose="offers")[0] == ["COOL_OFF"]

    office.clock.advance(20 * MINUTE)
    office.write(outcome(office.tenant, hold, "connected", at=office.clock.now))
    office.clock.advance(30 * MINUTE - SECOND)

    assert ask(office, purpose="offers")[0] == ["COOL_OFF"]

    office.clock.advance(SECOND)

    assert ask(office, purpose="offers")[0] == []


def test_a_pause_cannot_be_reported_away(office: Office):
    """
    An outcome dated before its hold does not let the pause begin before the call.
    """
    agreed(office, "offers", "order_updates")
    _, hold = ask(office)
    office.write(outcome(office.tenant, hold, "connected", at=NOW - DAY))

    assert ask(office, purpose="offers")[0] == ["COOL_OFF"]


def test_who_refused_an_offer_gets_none_for_a_month(office: Office):
    """
    A refused offer is the last one for thirty days; other calls go on.
    """
    agreed(office, "offers", "order_updates")
    called(office, "refused", purpose="offers")
    office.clock.advance(29 * DAY)

    assert "COOL_OFF" in ask(office, purpose="offers")[0]
    assert ask(office)[0] == []


# --- WhatsApp's own limits


def test_permission_is_asked_for_once_a_day_and_twice_a_week(office: Office):
    """
    One request in 24 hours and two in seven days, rolling, per sender.
    """
    agreed(office)

    assert ask(office, **REQUEST)[0] == []
    assert ask(office, **REQUEST)[0] == ["PERMISSION_REQUEST_LIMIT"]
    assert ask(office, **REQUEST, sender=OTHER_SENDER)[0] == []

    office.clock.now = NOW + DAY - SECOND

    assert ask(office, **REQUEST)[0] == ["PERMISSION_REQUEST_LIMIT"]

    office.clock.now = NOW + DAY

    assert ask(office, **REQUEST)[0] == []

    office.clock.now = NOW + 3 * DAY
    answer = office.ask(authorization(office.tenant, **REQUEST))

    assert [each["code"] for each in answer["reasons"]] == ["PERMISSION_REQUEST_LIMIT"]
    assert answer["retry_at"] == "2026-12-02T11:00:00Z"

    office.clock.now = NOW + 7 * DAY

    assert ask(office, **REQUEST)[0] == []


@pytest.mark.parametrize(("told", "codes"), [("connected", []), ("unanswered", ["PERMISSION_REQUEST_LIMIT"])])
def test_a_conversation_starts_the_requests_over(office: Office, told, codes):
    """
    After a connected call permission may be asked for anew; after one that nobody answered it may not.
    """
    agreed(office)
    permitted(office)
    called(office, None, **REQUEST)
    office.clock.advance(HOUR)
    called(office, told, **WHATSAPP)
    office.clock.advance(HOUR)

    assert ask(office, **REQUEST)[0] == codes


def test_a_request_for_permission_is_no_call(office: Office):
    """
    Asking for permission does not use up the day's calls.
    """
    agreed(office)
    called(office, None, **REQUEST)
    for _ in range(3):
        called(office, None)

    assert ask(office)[0] == ["CAP_REACHED"]


def missed(office: Office, *outcomes: str | None) -> None:
    """Calls on WhatsApp, one a day, and how they ended."""
    for told in outcomes:
        called(office, told, **WHATSAPP)
        office.clock.advance(DAY)


@pytest.mark.parametrize(
    ("outcomes", "codes"),
    [
        (("unanswered",) * 3, []),
        (("unanswered",) * 4, ["UNANSWERED_STREAK"]),
        (("unanswered", "rejected", None, "unanswered"), ["UNANSWERED_STREAK"]),
        (("unanswered", "unanswered", "failed", "unanswered"), []),
        (("unanswered", "unanswered", "failed", "unanswered", "rejected"), ["UNANSWERED_STREAK"]),
        (("unanswered", "unanswered", "unanswered", "connected", "unanswered"), []),
    ],
)
def test_four_missed_calls_in_a_row_are_enough(office: Office, outcomes, codes):
    """
    Unanswered, rejected and untold calls count; a failed one neither counts nor interrupts; a conversation starts over.
    """
    agreed(office)
    permitted(office)
    missed(office, *outcomes)

    assert ask(office, **WHATSAPP)[0] == codes


def test_a_new_permission_starts_the_streak_over(office: Office):
    """
    Who gives permission after four missed calls may be called.
    """
    agreed(office)
    permitted(office)
    missed(office, *("unanswered",) * 4)
    permitted(office, office.clock.now)

    assert ask(office, **WHATSAPP)[0] == []


def test_the_streak_is_one_senders(office: Office):
    """
    Calls that one number missed say nothing about another; on the telephone there is no such streak.
    """
    agreed(office)
    permitted(office)
    missed(office, *("unanswered",) * 4)

    assert ask(office, **WHATSAPP, sender=OTHER_SENDER)[0] == ["PERMISSION_MISSING"]
    assert ask(office)[0] == []
