"""
Taking consent back through the journal: everything, or a part; and what follows from a change of number.
"""

import pytest

from consent.errors import GivenInTheFuture, ReviewSettled, ReviewUnknown, SenderUnknown
from consent.lifecycle import EVERYTHING, Extent
from consent.renumbering import HearNumberChange
from consent.reviewing import SettleReview
from consent.settings import SenderReference
from tests.consent.desk import Office
from tests.factories import (
    ANA,
    BEN,
    DAY,
    HOUR,
    MINUTE,
    NOW,
    OTHER_SENDER,
    SECOND,
    SENDER,
    authorization,
    consent,
    ref,
    reply,
    withdrawal,
)

MAYBE = "basta de tonterias"
USER_ID = "ES.50000000000000000005"


def test_withdrawing_everything_ends_everything(office: Office):
    """
    Consents of every purpose, channel and sender end in one entry, which names them, and a suppression begins.
    """
    for changed in ({}, {"purpose": "offers", "channels": ("whatsapp_call", "sms")}, {"sender": SENDER}):
        office.write(consent(office.tenant, **changed))
    answer = office.ask(withdrawal(office.tenant))
    (entry,) = office.payloads("consent.withdrawn")
    now = office.in_force(ANA)

    assert answer["suppressed"] is True
    assert len(answer["withdrawn"]) == 4
    assert (
        {each["state"] for each in answer["withdrawn"]} == {each["state"] for each in now["consents"]} == {"withdrawn"}
    )
    assert {each["id"] for each in answer["withdrawn"]} == set(entry["withdrawn"])
    assert [each["id"] for each in now["suppressions"]] == [entry["suppression"]]


@pytest.mark.parametrize(
    ("scope", "still_open"),
    [
        ({"purposes": ("order_updates",)}, {"overdue_payments"}),
        ({"purposes": ("offers", "overdue_payments")}, {"order_updates"}),
        ({"channels": ("whatsapp_call",)}, {"order_updates", "overdue_payments"}),
        ({"sender": OTHER_SENDER}, {"order_updates", "overdue_payments"}),
        ({"channels": ("voice",)}, set()),
        ({"sender": SENDER}, set()),
    ],
)
def test_withdrawing_a_part_leaves_the_rest(office: Office, scope, still_open):
    """
    What lies outside the purposes, channels or sender named stays as it was.
    """
    for purpose in ("order_updates", "overdue_payments"):
        office.write(consent(office.tenant, purpose=purpose))
    office.write(withdrawal(office.tenant, **scope))

    assert {each for each in ("order_updates", "overdue_payments") if not office.codes(ANA, purpose=each)} == still_open


def test_a_withdrawal_from_one_sender_holds_for_an_unknown_one(office: Office):
    """
    A call whose sender nobody names might be the one that was meant.
    """
    office.write(consent(office.tenant))
    office.write(withdrawal(office.tenant, sender=OTHER_SENDER))

    assert "SUPPRESSED" in office.codes(ANA, sender=None)
    assert "SUPPRESSED" in office.codes(ANA, sender=OTHER_SENDER)
    assert office.codes(ANA) == set()


def test_withdrawing_what_was_never_granted_is_a_no_all_the_same(office: Office):
    """
    Somebody never met who says no is met, and is suppressed from then on.
    """
    answer = office.ask(withdrawal(office.tenant))

    assert answer == {"withdrawn": [], "suppressed": True, "released_holds": []}
    assert "SUPPRESSED" in office.codes(ANA)
    assert office.events() == ["contact.identified", "consent.withdrawn"]


def test_a_purpose_nobody_knows_can_be_withdrawn(office: Office):
    """
    A no is taken as it is said: a purpose that the tenant has not defined does not stop it.
    """
    office.write(withdrawal(office.tenant, purposes=("chitchat",)))
    (entry,) = office.payloads("consent.withdrawn")

    assert entry["scope"]["purposes"] == ["chitchat"]


def test_what_cannot_be_is_refused_without_a_trace(office: Office):
    """
    A no from the future, or to a number that is not the tenant's, records nothing.
    """
    unknown = SenderReference("phone", "+34910999999")

    assert isinstance(office.refusal(withdrawal(office.tenant, at=NOW + MINUTE + SECOND)), GivenInTheFuture)
    assert isinstance(office.refusal(withdrawal(office.tenant, sender=unknown)), SenderUnknown)


def test_withdrawing_releases_the_open_holds(office: Office):
    """
    Holds within the scope are released in the same entry; those outside it, and those expired, are not.
    """
    for changed in ({}, {"purpose": "overdue_payments"}):
        office.write(consent(office.tenant, **changed))
    expired = office.ask(authorization(office.tenant))["hold"]["id"]
    office.clock.advance(2 * MINUTE)
    within = office.ask(authorization(office.tenant))["hold"]["id"]
    outside = office.ask(authorization(office.tenant, purpose="overdue_payments"))["hold"]["id"]
    answer = office.ask(withdrawal(office.tenant, purposes=("order_updates",)))
    (entry,) = office.payloads("consent.withdrawn")
    state = {str(row["attempt_id"]): row["state"] for row in office.rows("attempts")}

    assert answer["released_holds"] == entry["released_holds"] == [within]
    assert state == {expired: "held", within: "released", outside: "held"}


def test_withdrawing_twice_ends_nothing_twice(office: Office):
    """
    A second no is recorded, and ends nothing that the first has ended.
    """
    office.write(consent(office.tenant))

    assert len(office.ask(withdrawal(office.tenant))["withdrawn"]) == 1
    assert office.ask(withdrawal(office.tenant))["withdrawn"] == []
    assert len(office.payloads("consent.withdrawn")) == 2


def test_a_pending_consent_is_withdrawn_too(office: Office):
    """
    What was only asked for cannot be confirmed by an earlier act any more.
    """
    office.write(consent(office.tenant, double_opt_in=True, at=NOW - HOUR))

    assert len(office.ask(withdrawal(office.tenant, at=NOW - MINUTE))["withdrawn"]) == 1

    office.write(consent(office.tenant, at=NOW - 30 * MINUTE))

    assert "CONSENT_WITHDRAWN" in office.codes(ANA)


# --- Reviews


def queued(office: Office) -> SettleReview:
    """A reply that may have been a no, and what settles it."""
    for purpose in ("order_updates", "offers"):
        office.write(consent(office.tenant, purpose=purpose))
    office.write(reply(office.tenant, text=MAYBE))
    (entry,) = office.payloads("reply.queued")
    (row,) = [each for each in office.rows("reviews") if each["settled_at"] is None]

    assert entry["review"] == str(row["review_id"])
    return SettleReview(office.tenant, "officer", row["review_id"], "none")


def settle(office: Office, verdict: str, extent: Extent | None = None):
    """Settles the one reply that waits."""
    review = queued(office)
    office.clock.advance(DAY)
    return office.write(SettleReview(office.tenant, "officer", review.review, verdict, extent or EVERYTHING))


def test_what_may_be_a_no_stops_marketing_at_once(office: Office):
    """
    Until somebody has read it, marketing is suppressed and the rest goes on.
    """
    queued(office)

    assert "SUPPRESSED" in office.codes(ANA, purpose="offers")
    assert office.codes(ANA) == set()


@pytest.mark.parametrize(
    ("verdict", "extent", "marketing_suppressed", "order_codes"),
    [
        ("opt_out", None, True, {"CONSENT_WITHDRAWN", "SUPPRESSED"}),
        ("opt_out_partial", Extent(purposes=("order_updates",)), True, {"CONSENT_WITHDRAWN", "SUPPRESSED"}),
        ("opt_out_partial", Extent(channels=("whatsapp_call",)), True, set()),
        ("opt_in", None, False, set()),
        ("none", None, False, set()),
    ],
)
def test_a_verdict_says_what_a_reply_was(office: Office, verdict, extent, marketing_suppressed, order_codes):
    """
    A no counts from the moment it was said; a suspicion that was none is lifted; a part leaves the suspicion.
    """
    settle(office, verdict, extent)

    assert ("SUPPRESSED" in office.codes(ANA, purpose="offers")) == marketing_suppressed
    assert office.codes(ANA) == order_codes
    assert office.payloads()[-1]["event"] == "review.settled"
    assert {each["withdrawn_at"] for each in office.payloads("consent.withdrawn")} <= {"2026-11-25T11:00:00Z"}


def test_a_lifted_suspicion_lifts_no_other_no(office: Office):
    """
    A true no to marketing, said meanwhile, outlives the suspicion.
    """
    review = queued(office)
    office.write(withdrawal(office.tenant, purposes=("offers",)))
    office.clock.advance(MINUTE)
    office.write(review)

    assert "SUPPRESSED" in office.codes(ANA, purpose="offers")


def test_a_review_is_settled_once(office: Office):
    """
    The same verdict again records nothing; another one is refused; an unknown review is too.
    """
    review = queued(office)
    office.write(review)
    size = office.size()

    assert office.ask(review) == {"id": str(review.review), "verdict": "none"}
    assert office.size() == size
    other = SettleReview(office.tenant, "officer", review.review, "opt_out")
    unknown = SettleReview(office.tenant, "officer", office.tenant, "none")

    assert isinstance(office.refusal(other), ReviewSettled)
    assert isinstance(office.refusal(unknown), ReviewUnknown)


def test_two_officers_settle_one_review_once(office: Office):
    """
    Of two contrary verdicts given at once, one is recorded.
    """
    review = queued(office)
    other = SettleReview(office.tenant, "officer", review.review, "opt_out")
    second = office.desk.run(office.desk.another_journal(office.clock))
    written = office.desk.write_all([review, other], office.desk.journal, second)

    assert sorted(isinstance(each, ReviewSettled) for each in written) == [False, True]
    assert len(office.payloads("review.settled")) == 1


# --- A change of number


def moved(office: Office, *, old=(ANA,), new=(BEN,)):
    """The person writes from elsewhere now."""
    return office.write(HearNumberChange(office.tenant, "test", tuple(map(ref, old)), tuple(map(ref, new)), NOW))


def test_grants_do_not_follow_a_new_number(office: Office):
    """
    The new number has agreed to nothing, and the old one is nobody's.
    """
    office.write(consent(office.tenant))
    before = office.contact(ANA)
    moved(office)

    assert office.codes(BEN) == {"CONSENT_MISSING"}
    assert office.codes(ANA) == {"CONSENT_MISSING"}
    assert office.contact(BEN) != before
    (entry,) = office.payloads("contact.renumbered")
    assert entry["from"] == [str(before)]


def test_noes_follow_a_new_number(office: Office):
    """
    Every suppression in force goes with the person, to the same extent and since the change; whoever has the old number next starts empty.
    """
    office.write(withdrawal(office.tenant, purposes=("order_updates",), at=NOW - DAY))
    moved(office)
    (carried,) = office.in_force(BEN)["suppressions"]

    assert carried["purposes"] == ["order_updates"]
    assert carried["since"] == "2026-11-25T11:00:00Z"
    assert "SUPPRESSED" in office.codes(BEN)
    assert office.codes(ANA) == {"CONSENT_MISSING"}
    assert "SUPPRESSED" not in office.codes(BEN, purpose="overdue_payments")


def test_the_old_number_is_somebody_elses_next(office: Office):
    """
    Whoever agrees on the old number afterwards is a new contact, whom the refusals of the former owner do not bind.
    """
    office.write(withdrawal(office.tenant))
    former = office.contact(ANA)
    moved(office)
    office.write(consent(office.tenant, at=NOW))

    assert office.contact(ANA) != former
    assert office.codes(ANA) == set()
    assert "SUPPRESSED" in office.codes(BEN)


def test_a_new_user_id_carries_the_noes_too(office: Office):
    """
    A rotated id is a change of number: what was refused under the old one stays refused.
    """
    office.write(reply(office.tenant, USER_ID))
    moved(office, old=(USER_ID,), new=("ES.60000000000000000006",))

    assert "SUPPRESSED" in office.codes("ES.60000000000000000006")


def test_moving_to_a_number_known_keeps_its_own_words(office: Office):
    """
    Where the new number is a contact already, their own words stand and the refusals are added.
    """
    office.write(consent(office.tenant, BEN, purpose="overdue_payments"))
    office.write(withdrawal(office.tenant, ANA, purposes=("order_updates",)))
    known = office.contact(BEN)
    moved(office)

    assert office.contact(BEN) == known
    assert office.codes(BEN, purpose="overdue_payments") == set()
    assert "SUPPRESSED" in office.codes(BEN)
