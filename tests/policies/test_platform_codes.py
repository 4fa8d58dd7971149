"""
What WhatsApp's error codes change, each reported by the caller whose call failed.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any  # JSON answers.

import pytest

from consent.merging.requests import MergeContacts
from consent.permission_limits import Limit
from consent.permission_readings import NotePermissionReading
from tests.channels import payloads as meta
from tests.channels.payloads import Business, Customer, messages, permanent_grant
from tests.consent.desk import Office
from tests.factories import ANA, BEN, DAY, NOW, SECOND, SENDER, authorization, consent, outcome, ref

HER = Customer("34600111222", "ES.50000000000000000005", "Ana")
BUSINESS = Business(display_phone_number="34910000000")
CALL = {"channel": "whatsapp_call"}
ASK = {"channel": "whatsapp_call", "action": "call.request_permission"}
MINUTE, HOUR = 60 * SECOND, 3600 * SECOND


def failed(office: Office, code: int | None, retry_after: timedelta | None = None) -> dict[str, Any]:
    """A call on WhatsApp that was allowed and came back with this code."""
    granted = permanent_grant(by=HER, at=int((NOW - DAY).timestamp()), id="wamid.G")
    office.write(consent(office.tenant, channels=("whatsapp_call",)))
    office.deliver(messages(granted, business=BUSINESS, people=(HER,)))
    return again(office, code, retry_after)


def again(office: Office, code: int | None, retry_after: timedelta | None = None) -> dict[str, Any]:
    """One more call that came back."""
    hold = office.ask(authorization(office.tenant, **CALL))["hold"]["id"]
    office.clock.advance(5 * SECOND)
    retry_at = None if retry_after is None else office.clock.now + retry_after
    told = outcome(office.tenant, hold, "failed", at=office.clock.now)
    return office.ask(replace(told, error_code=code, retry_at=retry_at))


def retry_at(office: Office, **asked: str) -> Any:
    """From when on it may be tried again."""
    return office.ask(authorization(office.tenant, **asked))["retry_at"]


def stamp(office: Office, after: timedelta) -> str:
    """A moment from now, as answers write it."""
    return (office.clock.now + after).isoformat(timespec="seconds").replace("+00:00", "Z")


def test_138006_ends_a_permission_that_is_none(office: Office):
    """
    Meta knows of no permission: what we held for one is revoked, from the commit that tells of the call.
    """
    failed(office, 138006)
    [revoked] = office.payloads("permission.revoked")

    assert office.codes(ANA, **CALL) == {"PERMISSION_REVOKED"}
    assert (revoked["error_code"], revoked["automatic"]) == (138006, True)


@pytest.mark.parametrize(
    ("code", "lasting"), [(138014, 7 * DAY), (131044, HOUR), (138002, MINUTE), (138005, MINUTE), (138013, None)]
)
def test_codes_about_the_number_restrict_it(office: Office, code, lasting):
    """
    No call from this number to anybody, for as long as Meta's rules say or until further notice; the permission stays.
    """
    failed(office, code)

    assert office.codes(ANA, **CALL) == {"SENDER_RESTRICTED"}
    assert office.payloads("permission.revoked") == []
    assert str(code) in office.payloads("sender.restricted")[0]["kinds"][0]
    assert retry_at(office, **CALL) == (None if lasting is None else stamp(office, lasting))


def test_138000_closes_the_number_until_its_settings_say_otherwise(office: Office):
    """
    Calling is not enabled on it; Meta's settings webhook tells when it is again.
    """
    failed(office, 138000)
    closed = office.codes(ANA, **CALL)
    office.clock.advance(MINUTE)
    enabled = meta.account_settings({"status": "ENABLED"}, business=BUSINESS, at=int(office.clock.now.timestamp()))
    office.deliver(enabled)

    assert closed == {"SENDER_RESTRICTED"}
    assert office.codes(ANA, **CALL) == set()


@pytest.mark.parametrize(("code", "lasting"), [(138012, DAY), (138001, DAY), (138003, MINUTE)])
def test_codes_about_calls_close_calls_to_the_person(office: Office, code, lasting):
    """
    Until the window of the limit is over; the permission stays, and the next number may call.
    """
    failed(office, code)
    [limited] = office.payloads("permission.limited")

    assert office.codes(ANA, **CALL) == {"PLATFORM_LIMIT"}
    assert retry_at(office, **CALL) == stamp(office, lasting)
    assert (limited["state"], limited["error_code"], limited["automatic"]) == ("calls_limited", code, False)
    office.clock.advance(lasting)
    assert office.codes(ANA, **CALL) == set()


@pytest.mark.parametrize(("code", "lasting"), [(138009, 7 * DAY), (138017, DAY)])
def test_codes_about_requests_close_requests_and_no_call(office: Office, code, lasting):
    """
    Where our own count says that the person may be asked, Meta's says that they may not: until its window ends.
    """
    failed(office, code)

    assert office.codes(ANA, **ASK) == {"PERMISSION_REQUEST_LIMIT"}
    assert retry_at(office, **ASK) == stamp(office, lasting)
    assert office.codes(ANA, **CALL) == set()


def test_the_moment_that_meta_told_counts(office: Office):
    """
    138012 comes with the moment of the next call: that, and no guess of ours, is when it may be tried.
    """
    failed(office, 138012, retry_after=HOUR)

    assert retry_at(office, **CALL) == stamp(office, HOUR)


def test_a_later_word_never_shortens_a_limit(office: Office):
    """
    Told twice, the later end counts: a caller's second word opens nothing.
    """
    failed(office, 138009)
    ends = retry_at(office, **ASK)
    again(office, 138009, retry_after=MINUTE)

    assert retry_at(office, **ASK) == ends


def one_with_ben(office: Office) -> None:
    """
    Ben's number is hers as well, and has a permission of its own; then an officer says that they are one.
    """
    ben = replace(HER, wa_id=BEN[1:], user_id="ES.50000000000000000006", name="Ben")
    granted = permanent_grant(by=ben, at=int((NOW - DAY).timestamp()), id="wamid.B")
    office.deliver(messages(granted, business=BUSINESS, people=(ben,)))
    office.write(MergeContacts(office.tenant, "officer", ref(ANA), ref(BEN), "the same identity card"))


@pytest.mark.parametrize(
    ("code", "asked", "reason"), [(138012, CALL, "PLATFORM_LIMIT"), (138009, ASK, "PERMISSION_REQUEST_LIMIT")]
)
def test_a_limit_met_under_one_name_closes_the_persons_other(office: Office, code, asked, reason):
    """
    Whoever may not be called under one of their numbers is not called under the other.
    """
    failed(office, code)
    one_with_ben(office)

    assert reason in office.codes(BEN, **asked)
    assert reason in office.codes(ANA, **asked)


def test_an_answer_about_one_account_ends_no_limit_of_the_other(office: Office):
    """
    Meta says of Ben's number that it may be called: what it said of hers stands, under her name.
    """
    failed(office, 138012)
    one_with_ben(office)
    office.clock.advance(MINUTE)
    now, limits = office.clock.now, {"call.place": Limit(None)}
    office.write(NotePermissionReading(office.tenant, "meta", ref(BEN), SENDER, "permanent", None, now, None, limits))

    assert office.codes(ANA, **CALL) == {"PLATFORM_LIMIT"}


def told_later(office: Office, hold: str, code: int, retry_after: timedelta | None = None) -> Any:
    """
    Once more that the call failed, now with a code.
    """
    retry_at = None if retry_after is None else office.clock.now + retry_after
    told = outcome(office.tenant, hold, "failed", at=office.clock.now)
    return office.ask(replace(told, error_code=code, retry_at=retry_at))


@pytest.mark.parametrize(
    ("code", "asked", "reason"),
    [
        (138012, CALL, "PLATFORM_LIMIT"),
        (138006, CALL, "PERMISSION_REVOKED"),
        (138009, ASK, "PERMISSION_REQUEST_LIMIT"),
        (138014, CALL, "SENDER_RESTRICTED"),
        (138013, CALL, "SENDER_RESTRICTED"),
        (138000, CALL, "SENDER_RESTRICTED"),
        (131050, {**CALL, "purpose": "offers"}, "SUPPRESSED"),
    ],
)
def test_a_code_that_is_told_after_the_outcome_closes_as_well(office: Office, code, asked, reason):
    """
    First that it failed, then why: that is an amendment, and told once more it is none.
    """
    hold = failed(office, None)["hold"]["id"]
    office.clock.advance(5 * SECOND)
    told_later(office, hold, code)
    size = office.size()
    office.clock.advance(5 * SECOND)
    told_later(office, hold, code)
    [amended] = office.payloads("call.amended")

    assert office.size() == size
    assert reason in office.codes(ANA, **asked)
    assert (amended["error_code"], amended["outcome"]) == (code, "failed")
    assert office.differences() == []


def test_a_later_moment_of_a_known_code_counts_and_an_earlier_one_does_not(office: Office):
    """
    The code closed an hour; the moment that comes after says three, and then none says less.
    """
    hold = failed(office, 138012, retry_after=HOUR)["hold"]["id"]
    told_later(office, hold, 138012, retry_after=3 * HOUR)
    size, ends = office.size(), stamp(office, 3 * HOUR)
    told_later(office, hold, 138012, retry_after=2 * HOUR)
    told_later(office, hold, 138012)

    assert office.size() == size
    assert retry_at(office, **CALL) == ends


def test_a_repeated_code_closes_a_number_no_second_time(office: Office):
    """
    Its seven days are over: that the same call failed is no news.
    """
    hold = failed(office, 138014)["hold"]["id"]
    office.clock.advance(7 * DAY)
    told_later(office, hold, 138014)

    assert "SENDER_RESTRICTED" not in office.codes(ANA, **CALL)


@pytest.mark.parametrize("first", [False, True])
def test_every_code_of_a_call_counts(office: Office, first: bool):
    """
    Meta gives several, in any order, and perhaps after it has said that the call failed.
    """
    failed_call = meta.terminate_failed(at=int(NOW.timestamp()) + 40, to=HER, opaque=None)
    office.write(consent(office.tenant, channels=("whatsapp_call",)))
    granted = permanent_grant(by=HER, at=int((NOW - DAY).timestamp()), id="wamid.G")
    office.deliver(messages(granted, business=BUSINESS, people=(HER,)))
    office.ask(authorization(office.tenant, **CALL))
    office.clock.advance(MINUTE)
    if first:
        office.deliver(meta.calls(failed_call, business=BUSINESS, people=(HER,)))
    office.deliver(meta.calls(failed_call, business=BUSINESS, people=(HER,), errors=(131000, 138012)))

    assert "PLATFORM_LIMIT" in office.codes(ANA, **CALL)


def test_a_restriction_is_never_shortened_by_another(office: Office):
    """
    A number without calls in its country stays closed when a minute's throttling is over.
    """
    failed(office, 138005)
    restricted = meta.account_restriction(
        "RESTRICTED_BUSINESS_INITIATED_CALLING", until=int((office.clock.now + 7 * DAY).timestamp()), business=BUSINESS
    )
    office.deliver(restricted)
    office.clock.advance(2 * MINUTE)

    assert office.codes(ANA, **CALL) == {"SENDER_RESTRICTED"}


def test_a_marketing_stop_that_a_request_met_is_heard(office: Office):
    """
    131050: the person stopped marketing, so nothing that is marketing is done, and calls about their order are.
    """
    failed(office, 131050)
    [withdrawn] = office.payloads("consent.withdrawn")

    assert withdrawn["scope"]["categories"] == ["marketing"]
    assert "SUPPRESSED" in office.codes(ANA, purpose="offers", **CALL)
    assert office.codes(ANA, **CALL) == set()


@pytest.mark.parametrize("code", [100, 131026, 138004, 138007, 138011, 138019, 138023, 999_999])
def test_other_codes_are_recorded_and_change_no_state(office: Office, code):
    """
    The entry of the failed call says which it was.
    """
    failed(office, code)

    assert office.codes(ANA, **CALL) == set()
    assert office.codes(ANA, **ASK) == set()
    assert office.payloads("call.reported")[0]["error_code"] == code


def test_a_permission_given_after_the_code_counts(office: Office):
    """
    The person says yes again, and calls are open again.
    """
    failed(office, 138006)
    office.clock.advance(60 * SECOND)
    granted = permanent_grant(by=HER, at=int(office.clock.now.timestamp()), id="wamid.G2")
    office.deliver(messages(granted, business=BUSINESS, people=(HER,)))

    assert office.codes(ANA, **CALL) == set()


def test_rows_after_codes_follow_from_the_log(office: Office):
    """
    What a code closed is made again from the entry, and the decision comes out again.
    """
    failed(office, 138012)
    denied = office.ask(authorization(office.tenant, **CALL))

    assert denied["decision"] == "deny"
    assert office.differences() == []
