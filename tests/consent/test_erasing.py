"""
Erasing a person through the journal: what goes, what stays refused, and what a race cannot bring back.
"""

from datetime import timedelta

import pytest

from consent.erasing import EraseContact
from consent.errors import ContactUnknown, TextPersonal
from consent.looking import FindContact
from consent.unreadable import KeepUnreadable
from policies.reporting import ReportOutcome
from tests.consent.desk import Office
from tests.factories import ANA, BEN, DAY, MINUTE, NOW, authorization, consent, once, ref, reply

PERSONAL = (
    "contacts",
    "identifiers",
    "consents",
    "permissions",
    "suppressions",
    "reviews",
    "wishes",
    "disclosures",
)
USER_ID = "ES.50000000000000000005"


def erasure(office: Office, who: str = ANA, reason: str = "asked by the person, ticket 4711", **more) -> EraseContact:
    """
    A request to erase somebody.
    """
    return EraseContact(office.tenant, "officer", ref(who), reason, **more)


def test_nothing_of_the_person_is_left_but_their_entries(office: Office):
    """
    Every row with their id goes, the rows of others stay, and the log says that they were erased and names nobody.
    """
    for person in (ANA, BEN):
        office.write(consent(office.tenant, person, evidence={"text": "sí, llámenme"}))
        office.write(reply(office.tenant, person, text="basta de tonterias"))
    ana, entries = office.contact(ANA), office.size()
    answer = office.ask(erasure(office))
    (erased,) = office.payloads("contact.erased")

    assert answer == {"contact": str(ana)}
    assert office.size() == entries + 1
    assert erased["contact"] == str(ana)
    assert erased["tombstones"] == erased["identifiers"] == 1
    for table in PERSONAL:
        left = {row["contact_id"] for row in office.rows(table)}
        assert left <= {office.contact(BEN)}, table
    with pytest.raises(ContactUnknown):
        office.read(FindContact(office.tenant, ref(ANA)))


def test_the_erased_number_stays_uncallable_and_unknown(office: Office):
    """
    Asking about it says that it is suppressed; asking again and again stores nothing about it.
    """
    office.write(consent(office.tenant))
    assert "SUPPRESSED" not in office.codes(ANA)
    office.write(erasure(office))
    denied = [office.ask(authorization(office.tenant)) for _ in range(3)]

    assert "SUPPRESSED" in office.codes(ANA)
    assert all(each["contact"] is None and each["decision"] == "deny" for each in denied)
    assert all("SUPPRESSED" in {reason["code"] for reason in each["reasons"]} for each in denied)
    assert office.rows("identifiers") == office.rows("contacts") == []
    assert [each.get("contact") for each in office.payloads("decision.denied")] == [None] * 3


def test_a_tombstone_leads_to_no_contact(office: Office):
    """
    It has neither the contact's id nor the blind index that the identifier had, nor any moment finer than a day.
    """
    office.write(consent(office.tenant))
    ana, (identifier,) = office.contact(ANA), office.rows("identifiers")
    office.write(erasure(office))
    (stone,) = office.rows("tombstones")

    assert ana not in stone.values()
    assert stone["digest"] != identifier["blind_index"]
    assert stone["until"] == (NOW + DAY).date()


def test_consent_imported_from_before_lifts_nothing(office: Office):
    """
    What the person had agreed to before the erasure does not open again, whoever records it; what they say after does.
    """
    office.write(consent(office.tenant))
    office.write(erasure(office))
    office.clock.advance(2 * DAY)
    office.write(consent(office.tenant, at=NOW - DAY, method="web_form"))
    assert "SUPPRESSED" in office.codes(ANA)
    office.write(consent(office.tenant, at=office.clock.now, method="web_form"))

    assert "SUPPRESSED" not in office.codes(ANA)
    assert office.rows("tombstones") == []
    (identified,) = [each for each in office.payloads("contact.identified") if each["refused"]]
    assert identified["contact"] == str(office.contact(ANA))


def test_on_the_same_day_only_what_is_said_after_we_met_again_lifts(office: Office):
    """
    The tombstone knows the day and not the hour, so that in doubt the no counts.
    """
    office.write(consent(office.tenant))
    office.write(erasure(office))
    office.clock.advance(MINUTE)
    office.write(consent(office.tenant, at=office.clock.now, method="web_form"))
    met = office.codes(ANA)
    office.clock.advance(MINUTE)
    office.write(consent(office.tenant, at=office.clock.now, method="web_form"))

    assert "SUPPRESSED" in met
    assert "SUPPRESSED" not in office.codes(ANA)


def test_erasing_releases_what_was_held(office: Office):
    """
    A hold on the person is released by the erasure's own entry; what became of the call can still be told.
    """
    office.write(consent(office.tenant))
    hold = office.ask(authorization(office.tenant))["hold"]["id"]
    office.write(erasure(office))
    (attempt,) = office.rows("attempts")
    told = office.ask(
        ReportOutcome(office.tenant, "dialler", attempt["attempt_id"], "opted_out", office.clock.now + MINUTE)
    )

    assert str(attempt["attempt_id"]) == hold
    assert (attempt["state"], attempt["released_by"]) == ("released", "withdrawal")
    assert office.payloads("contact.erased")[0]["released_holds"] == [hold]
    assert told["hold"]["outcome"] == "opted_out"


def test_everything_in_one_batch_is_erased_too(office: Office):
    """
    What the same commit has just written about the person goes with the rest.
    """
    office.desk.write_all(
        [
            consent(office.tenant, evidence={"text": "sí"}),
            reply(office.tenant, ANA, text="basta de tonterias"),
            erasure(office),
            authorization(office.tenant),
            consent(office.tenant, BEN),
        ]
    )
    people = {office.contact(BEN)}

    for table in PERSONAL:
        assert {row["contact_id"] for row in office.rows(table)} <= people, table
    assert "SUPPRESSED" in office.codes(ANA)


def test_who_is_met_again_in_the_same_batch_is_refused(office: Office):
    """
    An erasure and a new word of the business in one commit: the new contact has the old refusal.
    """
    office.write(consent(office.tenant))
    before = office.contact(ANA)
    office.desk.write_all([erasure(office), consent(office.tenant, at=NOW, method="import")])

    assert office.contact(ANA) != before
    assert "SUPPRESSED" in office.codes(ANA)
    assert office.rows("tombstones") == []


def test_sealed_deliveries_that_mention_the_person_go(office: Office):
    """
    However the number is written in them; those that mention somebody else stay.
    """
    office.write(consent(office.tenant))
    national, grouped = ANA[3:], f"{ANA[3:6]} {ANA[6:9]} {ANA[9:]}"
    for number, raw in enumerate(
        [{"from": ANA.removeprefix("+")}, {"text": f"call me at {grouped}"}, {"n": national}, {"from": BEN[1:]}]
    ):
        office.write(KeepUnreadable(office.tenant, "channel:x", "x", f"why {number}", raw))
    office.write(erasure(office))

    assert len(office.rows("unreadable_items")) == 1


@pytest.mark.parametrize("reason", ["call +34 600 111 222", "mail ana@example.org", "600-111-222", "see +4917612"])
def test_reasons_that_name_somebody_are_refused(office: Office, reason):
    """
    The reason stands in the log for ever.
    """
    office.write(consent(office.tenant))

    assert isinstance(office.refusal(erasure(office, reason=reason)), TextPersonal)
    assert [row["contact_id"] for row in office.rows("contacts")] == [office.contact(ANA)]


@pytest.mark.parametrize("reason", ["AEPD EXP202600001", "EXP-2026-00001", "autos 123/2026", "on 2026-11-23 at 10:30"])
def test_file_numbers_and_days_may_stand(office: Office, reason):
    """
    What an officer has to write is not taken for a telephone number.
    """
    office.write(consent(office.tenant))
    office.write(erasure(office, reason=reason))

    assert office.payloads("contact.erased")[0]["reason"] == reason


def test_nobody_is_erased_twice(office: Office):
    """
    The second time there is nobody; the same request under its key gets its answer again.
    """
    office.write(consent(office.tenant))
    first = office.write(erasure(office, idempotency=once("erase-1")))
    again = office.write(erasure(office, idempotency=once("erase-1")))

    assert again.answer == first.answer
    assert again.receipt == first.receipt
    assert isinstance(office.refusal(erasure(office)), ContactUnknown)


def test_a_race_brings_nobody_back(office: Office):
    """
    Two journals, one that erases and one that is told of consents and asked for calls: no call is ever allowed after.
    """
    clock, other = office.clock, office.desk.run(office.desk.another_journal(office.clock))
    for turn in range(12):
        office.write(consent(office.tenant, at=clock.now, method="web_form"))
        wanted = [erasure(office), authorization(office.tenant), consent(office.tenant, at=NOW, method="import")]
        office.desk.write_all(wanted[turn % 3 :] + wanted[: turn % 3], office.desk.journal, other)
        clock.advance(timedelta(hours=30))
        if any(True for each in office.rows("identifiers")):
            assert "SUPPRESSED" in office.codes(ANA), turn
            office.write(erasure(office))
        clock.advance(timedelta(hours=30))
