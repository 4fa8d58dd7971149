"""
Asked twice: a consent waits for the person's second word, for its time, and no longer.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit.work import Written
from consent.confirming.requests import ConfirmConsents, digest_of
from consent.errors import (
    ConfirmationClosed,
    ConfirmationLapsed,
    ConfirmationUnknown,
    GivenInTheFuture,
    LifeOutOfOrder,
    NotThePersonsAct,
)
from consent.evidence.files import AddFile
from consent.proof.errors import FileUnknown
from tests.consent.desk import Office
from tests.factories import ANA, BEN, DAY, HOUR, MINUTE, NOW, authorization, consent, ref, reply, withdrawal

TOKEN = "a token that was sent to the person"


def asked(office: Office, **changed) -> dict[str, Any]:
    """
    A person is asked, an hour ago, and has a token to confirm with.
    """
    wanted = consent(
        office.tenant, at=NOW - HOUR, double_opt_in=True, token_digest=digest_of(TOKEN), evidence={"text": "sí"}
    )
    return dict(office.ask(replace(wanted, **changed))["consents"][0])


def confirmation(office: Office, *ids: str, **changed) -> ConfirmConsents:
    """
    They confirm, by ids or, without any, by the token.
    """
    by = {"confirms": tuple(map(UUID, ids)), "contact": ref(ANA)} if ids else {"digest": digest_of(TOKEN)}
    usual = ConfirmConsents(office.tenant, "test", NOW, "email", **by, evidence={"ip": "203.0.113.7"})
    return replace(usual, **changed)


def test_a_file_that_confirms_has_to_be_there(office: Office):
    """
    One that was never uploaded is refused, and the consent goes on waiting; the person's own is taken.
    """
    asked(office)
    paper = b"%PDF-1.7\nYes."
    absent, there = "0a" * 32, office.ask(AddFile(office.tenant, "officer", ref(ANA), paper))["sha256"]
    refused = office.refusal(confirmation(office, evidence={"files": [absent]}))
    before = office.codes(ANA)
    office.write(confirmation(office, evidence={"files": [there]}))

    assert isinstance(refused, FileUnknown)
    assert before == {"CONSENT_PENDING"}
    assert office.codes(ANA) == set()


def test_what_is_asked_waits(office: Office):
    """
    For 48 hours; then it is over without anybody having done anything, and decisions say so.
    """
    told = asked(office)
    before = office.codes(ANA)
    office.clock.advance(2 * DAY)
    after = office.in_force(ANA)["consents"][0]

    assert (told["state"], told["confirm_by"]) == ("pending", "2026-11-27T11:00:00Z")
    assert before == {"CONSENT_PENDING"}
    assert office.codes(ANA) == {"CONSENT_EXPIRED"}
    assert (after["state"], after["id"]) == ("expired", told["id"])


@pytest.mark.parametrize("by_token", [True, False])
def test_confirmed_it_is_granted(office: Office, by_token: bool):
    """
    A consent of its own since the person confirmed, linked to what was asked, with evidence of its own; and it opens.
    """
    told = asked(office)
    done = office.ask(confirmation(office, *([] if by_token else [told["id"]])))["consents"][0]
    (entry,) = office.payloads("consent.confirmed")
    decided = office.ask(authorization(office.tenant))

    assert (done["state"], done["confirms"], done["since"]) == ("granted", told["id"], "2026-11-25T11:00:00Z")
    assert (entry["asked_at"], entry["given_at"]) == ("2026-11-25T10:00:00Z", "2026-11-25T11:00:00Z")
    assert len(entry["sd"]) == 1
    assert "confirmed" in entry["proof"]
    assert decided["decision"] == "allow"
    assert [each["id"] for each in office.in_force(ANA)["consents"]] == [done["id"]]


def test_a_confirmation_twice_is_the_first_answer(office: Office):
    """
    By whichever way it comes the second time: one entry, one consent, one receipt.
    """
    told = asked(office)
    first = office.write(confirmation(office))
    again = office.write(confirmation(office, told["id"], confirmed_at=NOW - MINUTE))

    assert first.answer == again.answer
    assert first.receipt == again.receipt
    assert office.events().count("consent.confirmed") == 1


def test_two_confirmations_race(office: Office):
    """
    Twenty at once, through two journals: one of them confirms, the others hear of it.
    """
    asked(office)
    other = office.desk.run(office.desk.another_journal(office.clock))
    done = office.desk.write_all([confirmation(office) for _ in range(20)], office.desk.journal, other)

    assert all(isinstance(each, Written) for each in done), done
    assert {each.answer["consents"][0]["id"] for each in done} == {done[0].answer["consents"][0]["id"]}
    assert office.events().count("consent.confirmed") == 1


def test_a_no_in_between_stands(office: Office):
    """
    A withdrawal closes what was asked, and so does one that is learnt of later but was said before.
    """
    told = asked(office)
    office.write(withdrawal(office.tenant, at=NOW - MINUTE))
    refused = office.refusal(confirmation(office))
    office.clock.advance(HOUR)

    assert isinstance(refused, ConfirmationClosed)
    assert "CONSENT_WITHDRAWN" in office.codes(ANA)
    again = asked(office, given_at=office.clock.now - MINUTE, token_digest=None)
    assert again["id"] != told["id"]
    late = office.clock.now - MINUTE / 2
    office.write(confirmation(office, again["id"], confirmed_at=office.clock.now))
    assert office.codes(ANA) == set()
    office.write(withdrawal(office.tenant, at=late))
    assert "CONSENT_WITHDRAWN" in office.codes(ANA)


def test_a_no_since_it_was_asked_closes_it_whatever_followed(office: Office):
    """
    A no to all calls, though the business recorded a grant of its own after it, or asked anew: the old question is closed.
    """
    told = asked(office)
    office.write(withdrawal(office.tenant, at=NOW - MINUTE))
    office.clock.advance(MINUTE)
    office.write(consent(office.tenant, at=office.clock.now, method="agent"))
    by_business = office.refusal(confirmation(office, confirmed_at=office.clock.now))
    anew = asked(office, given_at=office.clock.now, token_digest=None)
    old = office.refusal(confirmation(office, told["id"], confirmed_at=office.clock.now))
    office.clock.advance(MINUTE)
    done = office.ask(confirmation(office, anew["id"], confirmed_at=office.clock.now))["consents"][0]

    assert isinstance(by_business, ConfirmationClosed)
    assert isinstance(old, ConfirmationClosed)
    assert done["state"] == "granted"


def test_a_pause_since_it_was_asked_closes_it(office: Office):
    """
    Whoever wants no calls for a time has not confirmed that they want them.
    """
    asked(office)
    office.write(reply(office.tenant, text="no me llamen esta semana", at=NOW - MINUTE))
    refused = office.refusal(confirmation(office))

    assert isinstance(refused, ConfirmationClosed)


def test_what_anybody_may_have_typed_lifts_no_refusal_until_it_is_confirmed(office: Office):
    """
    A key that stands in a web page writes for whoever opens it.
    """
    office.write(withdrawal(office.tenant, at=NOW - HOUR))
    office.write(consent(office.tenant, at=NOW - MINUTE, method="web_form", trust="public"))
    typed = office.codes(ANA)
    asked(office, trust="public", given_at=NOW - MINUTE / 2)
    office.write(confirmation(office))

    assert typed == {"SUPPRESSED"}
    assert office.codes(ANA) == set()


def test_after_its_time_nothing_confirms(office: Office):
    """
    Not by a word said in time and told too late either.
    """
    told = asked(office, confirm_by=NOW + HOUR)
    office.clock.advance(HOUR)
    for late in (confirmation(office), confirmation(office, told["id"], confirmed_at=NOW + HOUR)):
        refused = office.refusal(late)

        assert isinstance(refused, ConfirmationLapsed)
        assert "2026-11-25T12:00:00Z" in str(refused)


def test_only_the_person_confirms(office: Office):
    """
    And only what is theirs, after they were asked, and not in the future.
    """
    told = asked(office)
    errors = {
        NotThePersonsAct: confirmation(office, method="agent"),
        GivenInTheFuture: confirmation(office, confirmed_at=NOW + HOUR),
        LifeOutOfOrder: confirmation(office, confirmed_at=NOW - HOUR),
        ConfirmationUnknown: confirmation(office, told["id"], contact=ref(BEN)),
    }
    for error, request in errors.items():
        assert isinstance(office.refusal(request), error)
    for request in (confirmation(office, str(uuid4())), confirmation(office, digest=digest_of("another"))):
        assert isinstance(office.refusal(request), ConfirmationUnknown)
    elsewhere = office.desk.open_office()
    assert isinstance(elsewhere.refusal(confirmation(elsewhere)), ConfirmationUnknown)


def test_one_token_confirms_all_that_was_asked_by_it(office: Office):
    """
    Every channel of one act, each a consent of its own.
    """
    asked(office, channels=("voice", "whatsapp_call"))
    done = office.ask(confirmation(office))["consents"]

    assert sorted(each["channel"] for each in done) == ["voice", "whatsapp_call"]
    assert office.events().count("consent.confirmed") == 2


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"double_opt_in": False, "confirm_by": NOW + DAY}, "/confirm_by"),
        ({"double_opt_in": True, "confirm_by": NOW - 2 * DAY}, "/confirm_by"),
        ({"double_opt_in": True, "confirm_by": NOW + 31 * DAY}, "/confirm_by"),
        ({"renew_at": NOW + DAY}, "/renew_at"),
        ({"renew_at": NOW + DAY, "expires_at": NOW + DAY}, "/renew_at"),
        ({"renew_at": NOW - 2 * DAY, "expires_at": NOW + DAY}, "/renew_at"),
    ],
)
def test_dates_have_their_order(office: Office, changed, pointer):
    """
    What cannot be is refused at the date that is wrong.
    """
    refused = office.refusal(consent(office.tenant, **changed))

    assert isinstance(refused, LifeOutOfOrder)
    assert refused.pointer == pointer


def test_a_life_has_its_dates(office: Office):
    """
    Renewal thirty days before the end, or at half of a shorter life; the next consent says what it takes the place of.
    """
    long = office.ask(consent(office.tenant, expires_at=NOW + 400 * DAY))["consents"][0]
    short = office.ask(consent(office.tenant, at=NOW, expires_at=NOW + 10 * DAY))["consents"][0]
    own = office.ask(consent(office.tenant, BEN, expires_at=NOW + 10 * DAY, renew_at=NOW + DAY))["consents"][0]

    assert long["renew_at"] == (NOW + 370 * DAY).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (short["renew_at"], own["renew_at"]) == ("2026-11-30T11:00:00Z", "2026-11-26T11:00:00Z")
    assert (long["supersedes"], short["supersedes"], own["supersedes"]) == (None, long["id"], None)
