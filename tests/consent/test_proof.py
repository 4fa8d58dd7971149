"""
What a consent is proven by, through the journal: what is pinned, what stays personal, what is asked for, who wrote it.
"""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from audit.keys import unseal
from audit.work import disclosure_context
from consent.errors import AlreadyDefined, ConsentError
from consent.proof.errors import (
    ElementUnknown,
    LocaleUnusual,
    NoticeMismatch,
    NoticeTooLong,
    NoticeVariables,
    OffsetsReversed,
    ProofMissing,
    PurposeCategory,
)
from consent.proof.purposes import Demand
from consent.proof.said import Giver, Notice
from consent.proof.wording import digest
from consent.setup import LONGEST_NOTICE, DefinePurpose, PublishNotice, RuleEvidence
from tests.consent.desk import Office
from tests.factories import ANA, DAY, EVERYTHING_SHOWN, HOUR, NOW, SECOND, consent, withdrawal

WORDS = Notice("calls-es", 3, "es-ES")
SHOWN = {"page_url": "https://shop.example/calls", "ip": "203.0.113.7"}
BERLIN = "+4915112345678"
RECORDING = {"recording_sha256": "ab" * 32}


def publish(office: Office, text: str, name: str = "brand"):
    """
    A notice of the test's own.
    """
    return office.ask(PublishNotice(office.tenant, "officer", name, 1, "es-ES", text))


def define(office: Office, purpose: str = "offers", category: str = "marketing", **changed):
    """
    A purpose, or its next version.
    """
    return office.ask(DefinePurpose(office.tenant, "officer", purpose, category, **changed))


def opened(office: Office) -> dict[str, str]:
    """
    The values beside the newest consent's entry, as they are disclosed.
    """
    (person,) = office.rows("contacts")
    event = max(row["event_id"] for row in office.rows("consents"))
    found = {}
    for row in office.rows("disclosures"):
        if row["event_id"] == event:
            context = disclosure_context(office.tenant, event, row["name"])
            text = unseal(office.data_key(person), row["sealed"], context).decode()
            _, name, value = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            found[name] = value
    return found


def test_an_entry_says_which_kinds_were_given_and_no_value(office: Office):
    """
    Kinds, writer, giver and version of the purpose stand in the entry and in the row; values are commitments.
    """
    office.write(
        consent(office.tenant, notice=WORDS, evidence=SHOWN, trust="public", giver=Giver("guardian", "mother", "Eva"))
    )
    (entry,), (row,) = office.payloads("consent.recorded"), office.rows("consents")

    assert entry["proof"] == ["ip", "notice", "page_url"] == row["proof"]
    assert (entry["trust"], entry["giver"], entry["purpose_version"]) == ("public", "guardian", 1)
    assert (row["trust"], row["giver"], row["notice"], row["notice_version"]) == ("public", "guardian", "calls-es", 3)
    assert opened(office) == {**SHOWN, "ip": "203.0.113.0/24", "giver_relation": "mother", "giver_name": "Eva"}
    assert not any(secret in str(entry) for secret in ("203.0", "mother", "Eva", "shop.example"))


def test_a_notice_with_values_is_pinned_by_its_template(office: Office):
    """
    The template's hash stands in the entry; values and what they give are personal.
    """
    publish(office, "Yo, {name}, dejo que {brand} me llame.")
    values = {"name": "Ana {brand}", "brand": "Acme"}
    shown = digest("Yo, Ana {brand}, dejo que Acme me llame.")
    office.write(consent(office.tenant, notice=Notice("brand", 1, "es-ES", values, shown)))
    (entry,) = office.payloads("consent.recorded")

    assert entry["notice"]["sha256"] == digest("Yo, {name}, dejo que {brand} me llame.")
    assert entry["proof"] == ["notice", "shown_sha256"]
    assert shown not in str(entry)
    assert opened(office)["notice_sha256"] == shown
    assert opened(office)["notice_variables"] == '{"brand":"Acme","name":"Ana {brand}"}'


@pytest.mark.parametrize(
    ("notice", "error"),
    [
        (Notice("brand", 1, "es-ES"), NoticeVariables),
        (Notice("brand", 1, "es-ES", {"brand": "Acme", "name": "Ana"}), NoticeVariables),
        (Notice("brand", 1, "es-ES", {"brand": "Acme"}, "0" * 64), NoticeMismatch),
        (Notice("calls-es", 3, "es-ES", {"brand": "Acme"}), NoticeVariables),
        (Notice("calls-es", 3, "es-ES", {}, "0" * 64), NoticeMismatch),
    ],
)
def test_words_that_do_not_fit_are_refused(office: Office, notice, error):
    """
    A value too few or too many, or a hash of other words: nothing is recorded.
    """
    publish(office, "{brand} me llama.")

    assert isinstance(office.refusal(consent(office.tenant, notice=notice)), error)


def test_a_notice_never_changes(office: Office):
    """
    The same text again changes nothing; another under its name, version and locale is refused; its entry holds it.
    """
    first = publish(office, "Hola {brand}")
    size = office.size()

    assert publish(office, "Hola {brand}") == first
    assert office.size() == size
    assert isinstance(office.refusal(PublishNotice(office.tenant, "x", "brand", 1, "es-ES", "Hola")), AlreadyDefined)
    assert office.payloads("notice.published")[-1]["text"] == "Hola {brand}"


@pytest.mark.parametrize(
    ("locale", "text", "error"),
    [
        ("es-es", "hola", LocaleUnusual),
        ("еs-ES", "hola", LocaleUnusual),
        ("es-ES", "ñ" * LONGEST_NOTICE, NoticeTooLong),
    ],
)
def test_a_notice_that_would_mislead_is_refused(office: Office, locale, text, error):
    """
    A locale in another case or script, and a text that its entry could not hold.
    """
    assert isinstance(office.refusal(PublishNotice(office.tenant, "x", "n", 1, locale, text)), error)


def test_the_longest_notice_is_in_the_log(office: Office):
    """
    Every notice that is taken fits into its entry.
    """
    publish(office, "a" * LONGEST_NOTICE)

    assert len(office.payloads("notice.published")[-1]["text"]) == LONGEST_NOTICE


def test_a_purpose_changes_by_versions_and_consents_keep_theirs(office: Office):
    """
    Each consent says for which version it was given; the same definition again is no version.
    """
    office.write(consent(office.tenant, purpose="offers", at=NOW - DAY))
    assert define(office, description="weekly offers")["version"] == 2
    size = office.size()
    assert define(office, description="weekly offers")["version"] == 2
    assert office.size() == size
    office.write(consent(office.tenant, purpose="offers", at=NOW - HOUR))

    assert [row["purpose_version"] for row in sorted(office.rows("consents"), key=lambda row: row["given_at"])] == [
        1,
        2,
    ]
    assert [row["version"] for row in office.rows("purposes") if row["purpose"] == "offers"] == [1, 2]


def test_a_purpose_keeps_its_category(office: Office):
    """
    What people agreed to as service never becomes advertising.
    """
    wanted = DefinePurpose(office.tenant, "x", "order_updates", "marketing")

    assert isinstance(office.refusal(wanted), PurposeCategory)


@pytest.mark.parametrize(
    "changed",
    [{"validity": "2 years"}, {"demands": (Demand("DE", ("oath",), "flag"),)}, {"description": "+34600111222"}],
)
def test_a_purpose_that_cannot_be_meant_is_refused(office: Office, changed):
    """
    A validity, an element or a description that is none.
    """
    refused = office.refusal(DefinePurpose(office.tenant, "x", "news", "marketing", **changed))

    assert isinstance(refused, ElementUnknown | ConsentError)


def test_a_purpose_gives_a_consent_its_end(office: Office):
    """
    Two years from when it was given, unless the caller says otherwise; the entry says who did.
    """
    define(office, validity="P2Y")
    office.write(consent(office.tenant, purpose="offers", at=NOW - DAY))
    office.write(consent(office.tenant, purpose="offers", at=NOW - HOUR, expires_at=NOW + DAY))
    office.write(consent(office.tenant, at=NOW - HOUR))
    ends = [(each["expires_at"], each["expires_by"]) for each in office.payloads("consent.recorded")]

    assert ends == [("2028-11-24T11:00:00Z", "purpose"), ("2026-11-26T11:00:00Z", "stated"), (None, None)]
    assert office.codes(ANA, purpose="offers") == set()
    office.clock.now = datetime(2028, 11, 24, 11, tzinfo=UTC)
    assert "CONSENT_EXPIRED" in office.codes(ANA, purpose="offers")


def test_a_german_advertising_consent_without_words_is_flagged_or_refused(office: Office):
    """
    Flagged as shipped; refused once the tenant says so; then taken with everything that is asked for.
    """
    bare = consent(office.tenant, BERLIN, purpose="offers", at=NOW - HOUR)
    answer = office.ask(bare)
    assert answer["proof"]["score"] <= 50
    assert {each["element"]: each["jurisdiction"] for each in answer["proof"]["missing"] if each["required"]} == {
        "words": "DE",
        "act": "DE",
    }
    assert office.payloads("consent.recorded")[-1]["lacks"] == ["words", "act"]

    define(office, demands=(Demand("DE", (), "refuse"),))
    refused = office.refusal(bare)
    assert isinstance(refused, ProofMissing)
    assert {each["element"] for each in refused.missing} == {"words", "act"}

    whole = office.ask(consent(office.tenant, BERLIN, purpose="offers", at=NOW - HOUR, notice=WORDS, evidence=SHOWN))
    assert not any(each["required"] for each in whole["proof"]["missing"])


def test_what_was_stated_is_where_it_must_stand(office: Office):
    """
    A Spanish number's consent under German law is held to German duties, and the other way round.
    """
    define(office, demands=(Demand("DE", (), "refuse"),))

    assert isinstance(office.refusal(consent(office.tenant, ANA, purpose="offers", jurisdiction="DE")), ProofMissing)
    assert office.ask(consent(office.tenant, BERLIN, purpose="offers", jurisdiction="US"))["consents"]


def test_a_consent_written_down_late_lacks_haste(office: Office):
    """
    A day is soon; what is written down later than that was not documented when it was given.
    """
    said = {"notice": WORDS, "evidence": SHOWN, "jurisdiction": "DE", "purpose": "offers"}
    soon, late = (
        office.ask(consent(office.tenant, at=NOW - DAY - by, **said))["proof"]
        for by in (timedelta(0), timedelta(microseconds=1))
    )

    assert "prompt" not in {each["element"] for each in soon["missing"]}
    assert {each["element"] for each in late["missing"] if each["required"]} == {"prompt"}


@pytest.mark.parametrize(
    "evidence",
    [
        {"recording_start_ms": "1", "recording_end_ms": "2"},
        {**RECORDING, "recording_start_ms": "1"},
        {**RECORDING, "recording_end_ms": "1"},
        {**RECORDING, "recording_start_ms": "5", "recording_end_ms": "5"},
        {**RECORDING, "recording_start_ms": "10", "recording_end_ms": "9"},
    ],
)
def test_a_piece_of_a_recording_has_two_ends_in_order(office: Office, evidence):
    """
    Of a recording that is named; of a consent and of a withdrawal alike.
    """
    assert isinstance(office.refusal(consent(office.tenant, evidence=evidence)), OffsetsReversed)
    assert isinstance(office.refusal(withdrawal(office.tenant, evidence=evidence)), OffsetsReversed)


def test_addresses_are_cut_unless_the_tenant_keeps_them_whole(office: Office):
    """
    From when the tenant says so, until it says otherwise; the entry says which.
    """
    office.write(consent(office.tenant, evidence=EVERYTHING_SHOWN))
    assert opened(office)["ip"] == "203.0.113.0/24"
    assert office.ask(RuleEvidence(office.tenant, "officer", whole_addresses=True)) == {"ip": "whole"}
    office.clock.advance(SECOND)  # so that the event ids are in order
    office.write(consent(office.tenant, evidence={"ip": "::ffff:203.0.113.7"}))
    assert opened(office)["ip"] == "203.0.113.7"
    size = office.size()
    office.write(RuleEvidence(office.tenant, "officer", whole_addresses=True))
    assert office.size() == size
    office.write(RuleEvidence(office.tenant, "officer", whole_addresses=False))

    assert [each["ip"] for each in office.payloads("tenant.evidence_ruled")] == ["whole", "network"]


def test_withdrawing_tells_nothing_of_proof(office: Office):
    """
    The rows of a no have none of these columns, and follow from the log all the same.
    """
    office.write(consent(office.tenant, notice=WORDS))
    office.write(withdrawal(office.tenant))
    (no,) = (row for row in office.rows("consents") if row["state"] == "withdrawn")

    assert [no[name] for name in ("proof", "trust", "giver", "notice", "purpose_version", "expires_by")] == [None] * 6
