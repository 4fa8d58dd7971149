"""
Recording consent through the journal: what is written, what is refused, and what stays history.
"""

import base64
import json
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from audit.disclosure import digest_of
from audit.errors import IdempotencyReused
from audit.keys import unseal
from audit.work import disclosure_context
from consent.errors import (
    ConsentError,
    ExpiresBeforeGiven,
    GivenInTheFuture,
    NoticeUnknown,
    PurposeUnknown,
    SenderUnknown,
)
from consent.proof.said import Notice
from consent.settings import SenderReference
from tests.consent.desk import Office
from tests.factories import ANA, DAY, EVERYTHING_SHOWN, HOUR, MINUTE, NOW, SECOND, SENDER, consent, once, withdrawal

INSTANT = timedelta(microseconds=1)


def recorded(office: Office, **changed):
    """The answer about the one consent of a request."""
    (answer,) = office.ask(consent(office.tenant, **changed))["consents"]
    return answer


def test_a_consent_opens_its_purpose_on_its_channel(office: Office):
    """
    What was agreed to is granted, and the call about it is allowed; other purposes, channels, technologies are not.
    """
    assert recorded(office)["state"] == "granted"
    assert office.codes(ANA) == set()
    assert office.codes(ANA, purpose="overdue_payments") == {"CONSENT_SCOPE"}
    assert office.codes(ANA, channel="whatsapp_call") == {"CONSENT_CHANNEL", "PERMISSION_MISSING"}
    assert office.codes(ANA, technology="ai_voice") == {"CONSENT_TECHNOLOGY"}


def test_one_act_on_two_channels_is_one_entry(office: Office):
    """
    Each channel is a consent of its own; the act is recorded once, with the ids of both.
    """
    answer = office.ask(consent(office.tenant, channels=("voice", "whatsapp_call"), sender=SENDER))["consents"]
    (entry,) = office.payloads("consent.recorded")

    assert [each["channel"] for each in answer] == ["voice", "whatsapp_call"]
    assert [each["id"] for each in answer] == [each["id"] for each in entry["consents"]]
    assert {each["sender"] for each in answer} == {"acme-es"}


def test_the_entry_says_what_was_agreed_on_which_words(office: Office):
    """
    Purpose, times, method, basis and the notice with the hash of its text stand in the entry, and no identifier does.
    """
    notice = Notice("calls-es", 3, "es-ES")
    recorded(office, notice=notice, basis="opt_in", jurisdiction="ES", expires_at=NOW + DAY, at=NOW - HOUR)
    (entry,) = office.payloads("consent.recorded")

    assert entry["contact"] == str(office.contact(ANA))
    assert entry["purpose"] == "order_updates"
    assert entry["given_at"] == "2026-11-25T10:00:00Z"
    assert entry["expires_at"] == "2026-11-26T11:00:00Z"
    assert entry["notice"]["sha256"] == sha256(b"Acepto que Acme me llame.").hexdigest()
    assert (entry["basis"], entry["jurisdiction"], entry["method"]) == ("opt_in", "ES", "web_form")
    assert "sd" not in entry


def test_double_opt_in_waits_for_its_confirmation(office: Office):
    """
    Until it is confirmed a consent is pending and opens nothing.
    """
    assert recorded(office, double_opt_in=True)["state"] == "pending"
    assert office.codes(ANA) == {"CONSENT_PENDING"}

    recorded(office, at=NOW - HOUR)

    assert office.codes(ANA) == set()


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"purpose": "chitchat"}, PurposeUnknown),
        ({"notice": Notice("calls-es", 4, "es-ES")}, NoticeUnknown),
        ({"notice": Notice("calls-es", 3, "en-GB")}, NoticeUnknown),
        ({"sender": SenderReference("phone", "+34910999999")}, SenderUnknown),
        ({"at": NOW + MINUTE + INSTANT}, GivenInTheFuture),
        ({"expires_at": NOW - DAY}, ExpiresBeforeGiven),
        ({"expires_at": NOW - 2 * DAY}, ExpiresBeforeGiven),
        ({"at": NOW + 30 * SECOND, "expires_at": NOW}, ExpiresBeforeGiven),
    ],
)
def test_what_cannot_be_is_refused_without_a_trace(office: Office, changed, error):
    """
    An unknown purpose, notice or sender, or times that cannot be, leave the log and the people as they were.
    """
    assert isinstance(office.refusal(consent(office.tenant, **changed)), error)
    assert office.rows("contacts") == office.rows("consents") == []


@pytest.mark.parametrize("ahead", [INSTANT, 30 * SECOND, MINUTE])
def test_a_clock_may_be_a_minute_ahead(office: Office, ahead):
    """
    An act dated up to sixty seconds ahead of our clock counts as done now.
    """
    answer = recorded(office, at=NOW + ahead)

    assert answer["given_at"] == answer["recorded_at"] == "2026-11-25T11:00:00Z"
    assert office.codes(ANA) == set()


def test_a_bad_request_does_not_hurt_its_neighbours(office: Office):
    """
    Of requests written together, those that can be recorded are, and each refusal is its own.
    """
    written = office.desk.write_all(
        [consent(office.tenant), consent(office.tenant, purpose="chitchat"), consent(office.tenant, at=NOW + DAY)]
    )

    assert [isinstance(each, ConsentError) for each in written] == [False, True, True]
    assert office.events() == ["contact.identified", "consent.recorded"]


def test_a_grant_older_than_a_withdrawal_is_history(office: Office):
    """
    What the person agreed to before they took it back is kept, closed, and says so.
    """
    office.write(withdrawal(office.tenant, at=NOW - HOUR))
    late = recorded(office, at=NOW - DAY)

    assert (late["state"], late["historical_only"]) == ("withdrawn", True)
    assert office.codes(ANA) == {"CONSENT_WITHDRAWN", "SUPPRESSED"}


def test_a_grant_of_the_same_instant_is_history(office: Office):
    """
    Agreed and taken back at one instant is taken back, whichever was told first.
    """
    office.write(consent(office.tenant, at=NOW - HOUR))
    office.write(withdrawal(office.tenant, at=NOW - HOUR))
    late = recorded(office, at=NOW - HOUR)

    assert (late["state"], late["historical_only"]) == ("withdrawn", True)
    assert "CONSENT_WITHDRAWN" in office.codes(ANA)


def test_a_grant_that_a_newer_one_replaced_is_history(office: Office):
    """
    A grant older than another of the same scope changes nothing, and was withdrawn with the newer one.
    """
    office.write(consent(office.tenant, at=NOW - HOUR))
    late = recorded(office, at=NOW - DAY)

    assert (late["state"], late["historical_only"]) == ("granted", True)

    office.write(withdrawal(office.tenant))
    later = recorded(office, at=NOW - 2 * DAY)

    assert (later["state"], later["historical_only"]) == ("withdrawn", True)


def test_a_grant_after_a_withdrawal_opens_again(office: Office):
    """
    Who agrees again, later and themselves, can be called again about exactly that.
    """
    office.write(withdrawal(office.tenant, at=NOW - HOUR))
    again = recorded(office, at=NOW - HOUR + INSTANT)

    assert (again["state"], again["historical_only"]) == ("granted", False)
    assert office.codes(ANA) == set()


def test_an_import_after_a_withdrawal_opens_nothing(office: Office):
    """
    What the business reports about an earlier or later agreement lifts no opt-out.
    """
    office.write(withdrawal(office.tenant, at=NOW - HOUR))
    recorded(office, at=NOW - MINUTE, method="import")

    assert office.codes(ANA) == {"SUPPRESSED"}


def test_a_consent_ends_at_its_expiry(office: Office):
    """
    At the very instant of its expiry a consent is over, with nothing written for it.
    """
    recorded(office, expires_at=NOW + HOUR)
    size = office.size()
    office.clock.now = NOW + HOUR - INSTANT

    assert office.codes(ANA) == set()

    office.clock.now = NOW + HOUR

    assert office.codes(ANA) == {"CONSENT_EXPIRED"}
    assert office.in_force(ANA)["consents"][0]["state"] == "expired"
    assert office.size() == size


def test_two_clocks(office: Office):
    """
    What was true then, and what we knew then, are different questions with different answers.
    """
    recorded(office, at=NOW - DAY)
    office.clock.advance(HOUR)
    office.write(withdrawal(office.tenant, at=NOW - 12 * HOUR))
    office.clock.advance(HOUR)

    def state(as_of, known_at=None):
        return [each["state"] for each in office.in_force(ANA, as_of, known_at)["consents"]]

    assert state(NOW - 13 * HOUR) == ["granted"]
    assert state(NOW - 12 * HOUR) == ["withdrawn"]
    assert state(NOW - 11 * HOUR) == ["withdrawn"]
    assert state(NOW - 11 * HOUR, NOW) == ["granted"]
    assert state(NOW - 2 * DAY) == []


def test_repeating_a_request_records_nothing(office: Office):
    """
    The same key with the same request gives the first answer and receipt again; with another request it is refused.
    """
    first = office.write(consent(office.tenant, idempotency=once("form-1", b"a")))
    size = office.size()
    again = office.write(consent(office.tenant, idempotency=once("form-1", b"a")))

    assert (again.answer, again.receipt, again.replayed) == (first.answer, first.receipt, True)
    assert office.size() == size
    assert isinstance(office.refusal(consent(office.tenant, idempotency=once("form-1", b"b"))), IdempotencyReused)


# --- Personal fields


def test_evidence_stands_in_the_log_as_commitments_only(office: Office):
    """
    Each digest of an entry matches one disclosure, which opens with the person's key and says what was shown.
    """
    office.write(consent(office.tenant, evidence={**EVERYTHING_SHOWN, "message_id": None}))
    office.write(withdrawal(office.tenant, evidence={"text": "ya no, gracias", "message_id": "wamid.X1"}))
    (person,) = office.rows("contacts")
    key = office.data_key(person)
    said: dict[UUID, dict[str, str]] = {}
    digests: dict[UUID, set[str]] = {}
    for row in office.rows("disclosures"):
        disclosure = unseal(
            key, row["sealed"], disclosure_context(office.tenant, row["event_id"], row["name"])
        ).decode()
        salt, name, value = json.loads(base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4)))
        said.setdefault(row["event_id"], {})[name] = value
        digests.setdefault(row["event_id"], set()).add(digest_of(disclosure))

        assert name == row["name"]
        assert len(base64.urlsafe_b64decode(salt + "=")) == 32
        assert row["contact_id"] == person["contact_id"]

    bodies = {row["event_id"]: row["body"] for row in office.rows("entries")}
    committed = {event: set(json.loads(body.splitlines()[-1]).get("sd", ())) for event, body in bodies.items()}

    assert {event: sd for event, sd in committed.items() if sd} == digests
    assert sorted(sorted(each.items()) for each in said.values()) == sorted(
        sorted(each.items())
        for each in (
            {"phone": ANA},
            {**EVERYTHING_SHOWN, "ip": "203.0.113.0/24"},
            {"text": "ya no, gracias", "message_id": "wamid.X1"},
        )
    )
    for value in (ANA, "shop.example", "203.0.113.7", "ya no", "wamid.X1"):
        assert not any(value.encode() in body for body in bodies.values())


def test_the_timeline_is_newest_first_and_about_one_person(office: Office):
    """
    A person's timeline lists every entry about them by falling index, without commitments, and nobody else's.
    """
    office.write(consent(office.tenant, evidence=EVERYTHING_SHOWN))
    office.write(consent(office.tenant, "+34600333444"))
    office.clock.advance(SECOND)
    office.write(withdrawal(office.tenant, at=NOW))
    events = office.timeline(ANA)

    assert [each["event"] for each in events] == ["consent.withdrawn", "consent.recorded", "contact.identified"]
    assert [each["index"] for each in events] == sorted((each["index"] for each in events), reverse=True)
    assert [each["at"] for each in events] == ["2026-11-25T11:00:01.000000Z"] + ["2026-11-25T11:00:00.000000Z"] * 2
    assert not any({"sd", "contact", "actor"} & each["details"].keys() for each in events)
