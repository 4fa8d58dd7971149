"""
Exactness: however many ask at once, on however many machines, a person is called as often as the rules say.
"""

from collections import Counter
from typing import Any

import pytest

from audit.work import Request, Written
from tests.consent.desk import Clock, Office
from tests.factories import ANA, BEN, NOW, OTHER_SENDER, authorization, consent, outcome, phone, reply, withdrawal

USER_ID = "ES.50000000000000000005"
CAP = 3


def on_two_machines(office: Office, requests: list[Request]) -> list[Any]:  # Written, or what was raised.
    """Written all at once, every other one to a journal of another machine."""
    second = office.desk.run(office.desk.another_journal(office.clock))
    return office.desk.write_all(requests, office.desk.journal, second)


def allowed(written: list[Any]) -> int:  # As above.
    """How many were allowed; all of them MUST have been answered."""
    assert all(isinstance(each, Written) for each in written), written
    return sum(each.answer.get("decision") == "allow" for each in written)


def same(office: Office, number: int):
    """The same question each time."""
    return authorization(office.tenant)


def various(office: Office, number: int):
    """Other purposes and senders each time."""
    purpose = ("order_updates", "overdue_payments")[number // 2 % 2]
    sender = {"sender": OTHER_SENDER} if number % 3 == 0 else {}
    return authorization(office.tenant, purpose=purpose, **sender)


def by_both_names(office: Office, number: int):
    """By phone and by user id."""
    return authorization(office.tenant, (ANA, USER_ID)[number % 2])


def known(office: Office) -> None:
    """Ana is known by phone and user id, and agreed to both kinds of call."""
    office.write(reply(office.tenant, USER_ID, ANA, text="AYUDA"))
    for purpose in ("order_updates", "overdue_payments"):
        office.write(consent(office.tenant, purpose=purpose))


@pytest.mark.parametrize("question", [same, various, by_both_names])
def test_forty_at_once_get_three_calls(office: Office, question):
    """
    Forty concurrent questions about one person, to two journals, get exactly three allows.
    """
    known(office)
    written = on_two_machines(office, [question(office, number) for number in range(40)])

    assert allowed(written) == CAP
    assert len(office.payloads("decision.allowed")) == len(office.rows("attempts")) == CAP
    assert len(office.payloads("decision.denied")) == 40 - CAP


@pytest.mark.parametrize("purposes", [("order_updates",), ("order_updates", "overdue_payments")])
def test_forty_at_once_about_a_stranger_get_three_calls(office: Office, purposes):
    """
    The same about somebody whom the requests themselves meet, on both machines at once.
    """
    requests = []
    for number in range(20):
        purpose = purposes[number % len(purposes)]
        # Each machine records the consent before it asks.
        requests += [consent(office.tenant, purpose=purpose)] * 2 + [authorization(office.tenant, purpose=purpose)] * 2
    written = on_two_machines(office, requests)

    assert allowed(written) == CAP
    assert len(office.rows("contacts")) == 1
    assert len(office.payloads("contact.identified")) == 1


def test_many_people_at_once_get_three_calls_each(office: Office):
    """
    Questions about several people, mixed, get three allows for each, and nobody waits for ever.
    """
    people = [phone() for _ in range(8)]
    office.desk.write_all([consent(office.tenant, who) for who in people])
    requests = [authorization(office.tenant, people[(number * 3) % 8]) for number in range(96)]
    written = on_two_machines(office, requests)
    each = Counter(answer.answer["contact"] for answer in written if answer.answer["decision"] == "allow")

    assert list(each.values()) == [CAP] * len(people)


def test_two_clocks_apart_give_no_fourth_call(office: Office):
    """
    A machine whose clock is five seconds ahead shares the same three calls.
    """
    known(office)
    ahead = office.desk.run(office.desk.another_journal(Clock(NOW.replace(second=5))))
    requests = [authorization(office.tenant) for _ in range(40)]

    assert allowed(office.desk.write_all(requests, office.desk.journal, ahead)) == CAP


def test_nothing_is_allowed_after_a_no(office: Office):
    """
    Among questions and a withdrawal at once, no allow stands behind the withdrawal in the log, and no hold stays open.
    """
    people = [ANA, BEN, *(phone() for _ in range(4))]
    office.desk.write_all([consent(office.tenant, who) for who in people])
    requests = [authorization(office.tenant, people[number % 6]) for number in range(30)]
    requests[11:11] = [withdrawal(office.tenant, who) for who in people]
    allowed(on_two_machines(office, requests))
    refused: set[str] = set()
    for entry in office.payloads():
        if entry["event"] == "consent.withdrawn":
            refused.add(entry["contact"])

        assert entry["event"] != "decision.allowed" or entry["contact"] not in refused
    assert len(refused) == len(people)
    assert {row["state"] for row in office.rows("attempts")} <= {"released"}


def test_outcomes_and_questions_at_once_stay_exact(office: Office):
    """
    While outcomes come in, the day still has three calls.
    """
    known(office)
    first = office.ask(authorization(office.tenant))["hold"]["id"]
    requests = [outcome(office.tenant, first, "unanswered"), *(authorization(office.tenant) for _ in range(20))]

    assert allowed(on_two_machines(office, requests)) == CAP - 1
