"""
Stating where a person is, and what follows for their hours.
"""

from dataclasses import replace
from uuid import uuid4

import pytest

from consent.errors import ContactUnknown, RegionUnknown, ZoneUnknown
from consent.locating import LocateContact
from consent.places import zones_of
from consent.setup import AddSender
from tests.consent.desk import Office
from tests.factories import ANA, NOW, authorization, consent, once, ref, reply

TEXAN, HOUSTON, CALIFORNIAN, MOSCOW, KAZAKH = (
    "+12145550123",
    "+13465550123",
    "+14155550123",
    "+79161234567",
    "+77012345678",
)
SPAIN = ("Africa/Ceuta", "Atlantic/Canary", "Europe/Madrid")


def locate(office: Office, who=ANA, region=None, zone=None, by="person", **changed):
    """
    States where somebody is.
    """
    return replace(LocateContact(office.tenant, "key:test", ref(who), region, zone, by), **changed)


def decided(office: Office, who=ANA):
    """
    The regions and zones that a decision about them was made with, as its entry has them.
    """
    office.write(authorization(office.tenant, who))
    entry = [each for each in office.payloads() if each["event"].startswith("decision.")][-1]
    return entry["facts"]["regions"], entry["facts"]["zones"]


def stated(office: Office, who=ANA):
    """
    What their row says.
    """
    (row,) = (each for each in office.rows("contacts") if each["contact_id"] == office.contact(who))
    return row["region"], row["zone"]


def test_where_a_person_is_stands_in_the_log_and_in_their_row(office: Office):
    """
    An entry says region, zone and who stated it, and commits to nothing personal; the row and the timeline follow.
    """
    office.write(consent(office.tenant))
    written = office.write(locate(office, ANA, "ES-CN", "Atlantic/Canary"))
    entry = office.payloads("contact.located")[-1]

    assert written.answer == {"contact": str(office.contact(ANA)), "region": "ES-CN", "zone": "Atlantic/Canary"}
    assert written.receipt is not None
    assert (entry["region"], entry["zone"], entry["stated_by"]) == ("ES-CN", "Atlantic/Canary", "person")
    assert (entry["contact"], "sd" in entry) == (str(office.contact(ANA)), False)
    assert stated(office) == ("ES-CN", "Atlantic/Canary")
    assert office.timeline(ANA)[0]["event"] == "contact.located"
    assert office.timeline(ANA)[0]["details"]["region"] == "ES-CN"


def test_somebody_never_met_is_met(office: Office):
    """
    Their number becomes theirs in the same commit.
    """
    office.write(locate(office, TEXAN, "US-TX", by="business"))

    assert stated(office, TEXAN) == ("US-TX", None)
    assert office.events() == ["contact.identified", "contact.located"]


def test_statements_of_one_batch_count_in_their_order(office: Office):
    """
    The last word is in the row, of somebody met in that very batch too.
    """
    requests = [locate(office, ANA, region) for region in ("ES-MD", "ES-CN", None, "ES-CT")]
    office.desk.write_all(requests)

    assert stated(office) == ("ES-CT", None)
    assert [each["region"] for each in office.payloads("contact.located")] == ["ES-MD", "ES-CN", None, "ES-CT"]


def test_null_forgets_what_was_stated(office: Office):
    """
    The last word counts, also when it takes back the one before.
    """
    office.write(locate(office, ANA, "ES-CN", "Atlantic/Canary"))
    office.write(locate(office, ANA))

    assert stated(office) == (None, None)
    assert decided(office) == (["ES"], ["Europe/Madrid"])  # The tenant's, among those of the number.


def test_a_repetition_records_nothing(office: Office):
    """
    The same key, the first answer again.
    """
    first, second = (office.write(locate(office, ANA, "ES-MD", idempotency=once("k"))) for _ in range(2))

    assert (second.replayed, second.answer, second.receipt) == (True, first.answer, first.receipt)
    assert len(office.payloads("contact.located")) == 1


@pytest.mark.parametrize(
    ("region", "zone", "refusal", "pointer"),
    [
        ("XX", None, RegionUnknown, "/region"),
        ("Madrid", None, RegionUnknown, "/region"),
        ("ES-QQ", None, RegionUnknown, "/region"),
        ("US-PR", None, RegionUnknown, "/region"),
        (None, "Madrid", ZoneUnknown, "/zone"),
        ("ES-MD", "Europe/Barcelona", ZoneUnknown, "/zone"),
    ],
)
def test_a_place_that_does_not_exist_is_refused(office: Office, region, zone, refusal, pointer):
    """
    With a sentence about the field, and nobody is met for it.
    """
    refused = office.refusal(locate(office, ANA, region, zone))

    assert (type(refused), getattr(refused, "pointer", None)) == (refusal, pointer)
    assert office.rows("contacts") == []


def test_a_country_of_its_own_is_called_by_its_code(office: Office):
    """
    Who writes the part is told the country.
    """
    assert "write PR" in str(office.refusal(locate(office, ANA, "US-PR")))


def test_an_id_that_nobody_has_is_refused(office: Office):
    """
    A person is met under an identifier, not under an id.
    """
    assert isinstance(office.refusal(locate(office, uuid4(), "ES")), ContactUnknown)


# --- What decisions are made with.


@pytest.mark.parametrize(
    ("who", "region", "zone", "regions", "zones"),
    [
        (ANA, "ES-CN", None, ["ES-CN"], ["Atlantic/Canary"]),
        (ANA, "ES-MD", None, ["ES-MD"], ["Europe/Madrid"]),
        (ANA, "ES", None, ["ES"], ["Europe/Madrid"]),  # No more than the number: the tenant's zone picks.
        (ANA, None, "Atlantic/Canary", ["ES"], ["Atlantic/Canary"]),
        (ANA, "FR", None, ["ES", "FR"], [*SPAIN, "Europe/Paris"]),
        (ANA, "FR", "Europe/Paris", ["ES", "FR"], ["Europe/Paris"]),
        (CALIFORNIAN, "US-TX", None, ["US-CA", "US-TX"], ["America/Chicago", "America/Denver", "America/Los_Angeles"]),
        (CALIFORNIAN, "US", None, ["US-CA"], ["America/Los_Angeles"]),
        (TEXAN, "US-TX", None, ["US-TX"], ["America/Chicago"]),
        ("+19155550123", None, None, ["US-TX"], ["America/Denver"]),  # El Paso.
        ("+18005550123", None, None, [], []),
        ("+18005550123", "US-NY", None, ["US-NY"], ["America/New_York"]),
        ("+870771234567", "ES", None, ["ES"], [*SPAIN]),
        (KAZAKH, "KZ", None, ["KZ"], [*zones_of("KZ")]),
        (MOSCOW, "RU-MOW", None, ["RU-MOW"], ["Europe/Moscow"]),
        ("+6281234567890", "ID-BA", None, ["ID-BA"], ["Asia/Makassar"]),
        ("+17875550123", None, None, ["PR"], ["America/Puerto_Rico"]),
    ],
)
def test_a_decision_asks_where_the_person_may_be(office: Office, who, region, zone, regions, zones):
    """
    A statement refines what the number leaves open, stands beside what it contradicts, and a zone settles the clock.
    """
    office.write(locate(office, who, region, zone))

    assert decided(office, who) == (regions, zones)


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
    office.write(locate(office, ANA, "ES-CN"))
    assert closed() == []


def test_two_numbers_in_two_countries_are_held_to_both(office: Office):
    """
    A Spanish mobile and a Californian number of one person: both laws, every clock; a region refines its own country.
    """
    office.write(consent(office.tenant))
    office.write(reply(office.tenant, ANA, CALIFORNIAN, text="hola"))
    before = decided(office)
    office.write(locate(office, ANA, "ES-MD"))

    assert office.contact(ANA) == office.contact(CALIFORNIAN)
    assert before == (["ES", "US-CA"], ["Europe/Madrid"])  # The tenant's zone is one of the candidates.
    assert decided(office) == (["ES-MD", "US-CA"], ["America/Los_Angeles", "Europe/Madrid"])


def test_a_user_id_says_no_more_than_the_number_it_came_with(office: Office):
    """
    Its country is the number's: a Texan on WhatsApp is not held to the hours of every state.
    """
    office.write(consent(office.tenant, "US.50000000000000000005"))
    alone = decided(office, "US.50000000000000000005")
    office.write(reply(office.tenant, "US.50000000000000000005", TEXAN, text="hola"))

    assert alone == (["US"], [*zones_of("US")])
    assert decided(office, TEXAN) == (["US-TX"], ["America/Chicago"])


def test_a_user_id_of_another_country_stands_beside_the_number(office: Office):
    """
    Two countries, both believed.
    """
    office.write(consent(office.tenant, "FR.50000000000000000005"))
    office.write(reply(office.tenant, "FR.50000000000000000005", TEXAN, text="hola"))

    assert decided(office, TEXAN) == (["FR", "US-TX"], ["America/Chicago", "Europe/Paris"])


def test_a_toll_free_business_number_has_its_country(office: Office):
    """
    It says nothing of where a customer is, and all of whose law the business calls under.
    """
    office.write(AddSender(office.tenant, "test", "free", "+18005550123"))
    office.write(AddSender(office.tenant, "test", "ny", "+12125550123"))

    assert {each["sender_id"]: each["country"] for each in office.rows("senders")} == {
        "acme-es": "ES",
        "acme-2": "ES",
        "free": "US",
        "ny": "US",
    }
