"""
Legal holds: what they keep, who may end them, and that no erasure slips past one.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit.work import Written
from consent.erasing import EraseContact
from consent.errors import (
    ContactUnknown,
    LegalHoldInForce,
    LegalHoldLifted,
    LegalHoldUnknown,
    ReviewNotAhead,
    TextPersonal,
)
from consent.keeping.legal_holds import LiftLegalHold, ListLegalHolds, PlaceLegalHold, ReviewLegalHold
from tests.consent.desk import Office
from tests.factories import ANA, BEN, MINUTE, NOW, consent, phone, ref

LATER = date(2027, 1, 31)


def hold(office: Office, who: str | None = ANA, **changed) -> PlaceLegalHold:
    """
    A request to hold somebody, or everything.
    """
    told = {"matter": "AEPD EXP202600001", "reason": "complaint about calls", "review_on": LATER, **changed}
    return PlaceLegalHold(office.tenant, "officer", ref(who) if who else None, **told)


def erasure(office: Office, who: str = ANA) -> EraseContact:
    """
    A request to erase somebody.
    """
    return EraseContact(office.tenant, "officer", ref(who), "ticket 4711")


@pytest.fixture
def known(office: Office) -> Office:
    """
    An office that knows two people.
    """
    office.write(consent(office.tenant))
    office.write(consent(office.tenant, BEN))
    return office


def test_who_is_held_is_not_erased(known: Office):
    """
    The refusal names the hold, its matter and its date, and nothing is gone; once it is lifted, the person may go.
    """
    placed = known.ask(hold(known))
    refusal = known.refusal(erasure(known))
    assert isinstance(refusal, LegalHoldInForce)
    assert (refusal.hold, refusal.matter, refusal.review_on) == (placed["id"], "AEPD EXP202600001", "2027-01-31")
    assert len(known.rows("contacts")) == 2
    known.write(erasure(known, BEN))
    known.write(LiftLegalHold(known.tenant, "officer", UUID(placed["id"]), "matter closed"))
    known.write(erasure(known))

    assert known.rows("contacts") == []
    assert [each["event"] for each in known.payloads() if str(each["event"]).startswith("legal_hold")] == [
        "legal_hold.placed",
        "legal_hold.lifted",
    ]


def test_everything_can_be_held(known: Office):
    """
    Then nobody is erased, whenever they were met.
    """
    placed = known.ask(hold(known, None))
    late = phone()
    known.write(consent(known.tenant, late))

    assert placed["contact"] is None
    for person in (ANA, BEN, late):
        assert isinstance(known.refusal(erasure(known, person)), LegalHoldInForce)


def test_every_hold_must_be_lifted(known: Office):
    """
    Two matters about one person: the end of one is not the end of the other.
    """
    first, second = (UUID(known.ask(hold(known, matter=matter))["id"]) for matter in ("A-1", "B-2"))
    known.write(LiftLegalHold(known.tenant, "officer", first, "closed"))
    refusal = known.refusal(erasure(known))

    assert isinstance(refusal, LegalHoldInForce)
    assert refusal.matter == "B-2"
    known.write(LiftLegalHold(known.tenant, "officer", second, "closed"))
    known.write(erasure(known))


def test_a_review_moves_the_date_and_a_passed_date_ends_nothing(known: Office):
    """
    What is due is listed as due, and holds all the same.
    """
    placed = UUID(known.ask(hold(known, review_on=NOW.date() + timedelta(days=1)))["id"])
    known.clock.advance(timedelta(days=3))
    assert isinstance(known.refusal(erasure(known)), LegalHoldInForce)
    reviewed = known.ask(ReviewLegalHold(known.tenant, "chief", placed, LATER, "still in court"))

    assert (reviewed["review_on"], reviewed["reviewed_by"], reviewed["lifted_at"]) == ("2027-01-31", "chief", None)


def test_lists_tell_open_due_and_lifted(known: Office):
    """
    Oldest first; due is what is open and was to be looked at by now.
    """
    due = known.ask(hold(known, review_on=NOW.date() + timedelta(days=1)))["id"]
    known.clock.advance(MINUTE)
    opened = known.ask(hold(known, None, review_on=date(2999, 1, 1)))["id"]
    known.clock.advance(MINUTE)
    lifted = known.ask(hold(known, BEN))["id"]
    known.write(LiftLegalHold(known.tenant, "officer", UUID(lifted), "closed"))
    known.clock.advance(timedelta(days=2))

    def listed(*asked: Any) -> list[str]:
        return [str(each.id) for each in known.read(ListLegalHolds(known.tenant, *asked))]

    assert listed() == [due, opened, lifted]
    assert listed("open") == [due, opened]
    assert listed("due") == [due]
    assert listed("lifted") == [lifted]
    assert listed(None, known.contact(BEN)) == [lifted]


def test_what_cannot_be_is_refused(known: Office):
    """
    Nobody, a day that has passed, words that name somebody, a hold that is not there or over.
    """
    over = UUID(known.ask(hold(known, BEN))["id"])
    known.write(LiftLegalHold(known.tenant, "officer", over, "closed"))
    size = known.size()
    refusals = [
        known.refusal(hold(known, phone())),
        known.refusal(hold(known, review_on=NOW.date())),
        known.refusal(hold(known, matter="ana@example.org")),
        known.refusal(hold(known, reason="call +34 600 111 222")),
        known.refusal(LiftLegalHold(known.tenant, "officer", uuid4(), "closed")),
        known.refusal(LiftLegalHold(known.tenant, "officer", over, "closed")),
        known.refusal(ReviewLegalHold(known.tenant, "officer", over, LATER, "goes on")),
    ]

    assert [type(each) for each in refusals] == [
        ContactUnknown,
        ReviewNotAhead,
        TextPersonal,
        TextPersonal,
        LegalHoldUnknown,
        LegalHoldLifted,
        LegalHoldLifted,
    ]
    assert known.size() == size


@pytest.mark.parametrize("everything", [False, True])
def test_no_erasure_slips_past_a_hold(known: Office, everything):
    """
    Two journals at once: either the person was erased before the hold came, or the hold has kept them.
    """
    other = known.desk.run(known.desk.another_journal(known.clock))
    for turn in range(10):
        person = phone()
        known.write(consent(known.tenant, person))
        requests = [hold(known, None if everything else person), erasure(known, person)]
        if turn % 2:
            requests.reverse()
        written = dict(
            zip(
                (type(each) for each in requests),
                known.desk.write_all(requests, known.desk.journal, other),
                strict=True,
            )
        )
        placed, erased = written[PlaceLegalHold], written[EraseContact]
        if isinstance(erased, Written) and isinstance(placed, Written):
            assert everything
            assert erased.receipt is not None
            assert placed.receipt is not None
            assert erased.receipt.index < placed.receipt.index
        else:
            assert isinstance(erased, LegalHoldInForce) or isinstance(placed, ContactUnknown)
        if isinstance(placed, Written):
            known.write(LiftLegalHold(known.tenant, "officer", UUID(str(placed.answer["id"])), "closed"))
