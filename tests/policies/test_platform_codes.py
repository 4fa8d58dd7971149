"""
What WhatsApp's error codes change, each reported by the caller whose call failed.
"""

from dataclasses import replace
from typing import Any  # JSON answers.

import pytest

from tests.channels.payloads import Business, Customer, messages, permanent_grant
from tests.consent.desk import Office
from tests.factories import ANA, DAY, NOW, SECOND, authorization, consent, outcome

HER = Customer("34600111222", "ES.50000000000000000005", "Ana")
CALL = {"channel": "whatsapp_call"}


def failed(office: Office, code: int) -> dict[str, Any]:
    """A call on WhatsApp that was allowed and came back with this code."""
    granted = permanent_grant(by=HER, at=int((NOW - DAY).timestamp()), id="wamid.G")
    office.write(consent(office.tenant, channels=("whatsapp_call",)))
    office.deliver(messages(granted, business=Business(display_phone_number="34910000000"), people=(HER,)))
    hold = office.ask(authorization(office.tenant, **CALL))["hold"]["id"]
    office.clock.advance(5 * SECOND)
    return office.ask(replace(outcome(office.tenant, hold, "failed", at=office.clock.now), error_code=code))


def test_138006_ends_a_permission_that_is_none(office: Office):
    """
    Meta knows of no permission: what we held for one is revoked, from the commit that tells of the call.
    """
    failed(office, 138006)
    [revoked] = office.payloads("permission.revoked")

    assert office.codes(ANA, **CALL) == {"PERMISSION_REVOKED"}
    assert (revoked["error_code"], revoked["automatic"]) == (138006, True)


@pytest.mark.parametrize("code", [138013, 138014])
def test_138013_and_138014_restrict_the_business_number(office: Office, code):
    """
    No call from this number to anybody, until further notice; the permission stays.
    """
    failed(office, code)

    assert office.codes(ANA, **CALL) == {"SENDER_RESTRICTED"}
    assert office.payloads("permission.revoked") == []
    assert str(code) in office.payloads("sender.restricted")[0]["kinds"][0]


@pytest.mark.parametrize("code", [138000, 138003, 138009, 138012, 138017, 131044, 999_999])
def test_other_codes_are_recorded_and_change_no_state(office: Office, code):
    """
    The entry of the failed call says which it was.
    """
    failed(office, code)

    assert office.codes(ANA, **CALL) == set()
    assert office.payloads("call.reported")[0]["error_code"] == code


def test_a_permission_given_after_the_code_counts(office: Office):
    """
    The person says yes again, and calls are open again.
    """
    failed(office, 138006)
    office.clock.advance(60 * SECOND)
    granted = permanent_grant(by=HER, at=int(office.clock.now.timestamp()), id="wamid.G2")
    office.deliver(messages(granted, business=Business(display_phone_number="34910000000"), people=(HER,)))

    assert office.codes(ANA, **CALL) == set()
