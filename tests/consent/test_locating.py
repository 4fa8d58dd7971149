"""
Stating where a person is, and what follows for their hours.
"""

import pytest

from consent.errors import RegionUnknown, ZoneUnknown
from consent.locating import LocateContact
from consent.references import ContactReference
from tests.consent.desk import Office
from tests.factories import ANA, NOW, consent

TEXAN = "+12145550123"


def locate(office: Office, who, region=None, zone=None, by="person"):
    """The entry's receipt and the answer."""
    return office.write(LocateContact(office.tenant, "key:test", ContactReference.phone(who), region, zone, by))


def facts(office: Office, who, **changed):
    """Where the last decision about them looked."""
    office.check(who, **changed)
    contact = office.contact(who)
    row = next(row for row in office.rows("contacts") if row["contact_id"] == contact)
    return row["region"], row["zone"]


def test_where_a_person_is_stands_in_the_log_and_in_their_row(office: Office):
    """
    An entry says region, zone and who stated it; the row follows from it.
    """
    office.write(consent(office.tenant))
    written = locate(office, ANA, "ES-CN", "Atlantic/Canary")

    assert written.answer == {"contact": str(office.contact(ANA)), "region": "ES-CN", "zone": "Atlantic/Canary"}
    assert (
        office.payloads("contact.located")[-1].items()
        >= {
            "region": "ES-CN",
            "zone": "Atlantic/Canary",
            "stated_by": "person",
        }.items()
    )
    assert facts(office, ANA) == ("ES-CN", "Atlantic/Canary")
    assert office.timeline(ANA)[0]["event"] == "contact.located"


def test_somebody_never_met_is_met(office: Office):
    """
    Their number becomes theirs in the same commit.
    """
    locate(office, TEXAN, "US-TX")

    assert facts(office, TEXAN) == ("US-TX", None)


def test_null_forgets_what_was_stated(office: Office):
    """
    The last word counts, also when it takes back the one before.
    """
    locate(office, ANA, "ES-CN", "Atlantic/Canary")
    locate(office, ANA)

    assert facts(office, ANA) == (None, None)


def test_stating_it_opens_the_hours_of_where_they_are(office: Office):
    """
    At one minute to nine in Madrid a Canarian is still called; of whom nothing is stated, the tenant's zone is believed.
    """
    office.write(consent(office.tenant, purpose="appointment_reminders"))
    office.clock.now = NOW.replace(hour=19, minute=59, second=30)

    def closed():
        reasons = office.check(ANA, purpose="appointment_reminders").decision.reasons
        return [reason.code.value for reason in reasons if reason.layer == "jurisdiction"]

    assert closed() == ["QUIET_HOURS"]
    locate(office, ANA, "ES-CN")
    assert closed() == []


@pytest.mark.parametrize(
    ("region", "zone", "refusal"),
    [("XX", None, RegionUnknown), ("Madrid", None, RegionUnknown), (None, "Madrid", ZoneUnknown)],
)
def test_a_place_that_does_not_exist_is_refused(office: Office, region, zone, refusal):
    """
    With a sentence, and nothing is recorded.
    """
    office.write(consent(office.tenant))
    size = office.size()

    assert isinstance(
        office.refusal(LocateContact(office.tenant, "key:test", ContactReference.phone(ANA), region, zone, "person")),
        refusal,
    )
    assert office.size() == size
