"""
A denial that says how to ask for what is missing: only where asking is all that is, and may be done now.
"""

import pytest

from policies.loading import parse_pack
from tests.server.api import Api, new_phone, withdrawal
from tests.server.authzen.asking import (
    PACKS,
    action,
    agree_for,
    contact,
    open_tenant,
    question,
    reasons,
    said,
    whatsapp_person,
)

# Calls wait for an open shop, and asking for permission does not.
OPEN_SHOP = parse_pack("""
pack: hours
version: 1
layer: tenant
rules:
  - id: open
    kind: predicate
    basis: tenant
    when: {action: [call.place]}
    needs: {fact: shop_open, is: true}
""")


@pytest.fixture(scope="module")
def shop(api: Api) -> str:
    """
    The key of a tenant that calls only while its shop is open.
    """
    return open_tenant(api, "Shop", (*PACKS, OPEN_SHOP))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"shop_open": True}, ["PERMISSION_MISSING"]),
        ({"shop_open": False}, ["PREDICATE_FAILED", "PERMISSION_MISSING"]),
        ({}, ["FACT_MISSING", "PERMISSION_MISSING"]),
    ],
)
def test_every_reason_must_be_one_that_asking_or_waiting_mends(api: Api, shop, facts, found):
    """
    A reason that is terminal, or a fact that is missing, stands beside: then permission would open nothing.
    """
    person = agree_for(api, shop, new_phone(), channels=["whatsapp_call"])
    subject = {"type": "business", "id": "own-0"}
    asked = question(contact(person), subject=subject, action=action(channel="whatsapp_call", facts=facts))
    answer = said(api, asked, key=shop)

    assert sorted(reasons(answer)) == sorted(found)
    assert ("access_request" in answer["context"]) == (found == ["PERMISSION_MISSING"])


def test_a_denial_that_can_be_asked_for_says_how(api: Api):
    """
    No permission yet, and one may be asked for now: the request to send, which then is allowed.
    """
    person = whatsapp_person(api)
    asked = question(contact(person), action=action(channel="whatsapp_call", facts={"shop_open": True}))
    requested = said(api, asked)["context"]["access_request"]
    path = requested["endpoint"].removeprefix(api.settings.address)
    sent = api.post(path, requested["template"], key="caller")

    assert requested["endpoint"] == f"{api.settings.address}/v1/calls/authorize"
    assert requested["template"] == {
        "to": {"id": person},
        "from": {"id": "acme-es"},
        "purpose": "order_updates",
        "channel": "whatsapp_call",
        "technology": "live",
        "action": "call.request_permission",
        "facts": {"shop_open": True},
    }
    assert (sent.status_code, sent.json()["decision"]) == (200, "allow")
    # Asked once, the person is not asked again today.
    assert "access_request" not in said(api, asked)["context"]


@pytest.mark.parametrize("change", [{"channel": "voice"}, {"purpose": "offers"}, {"technology": "ai_voice"}])
def test_a_denial_that_asking_does_not_mend_offers_nothing(api: Api, change):
    """
    Without consent to this no permission may be asked for, and there is none on the telephone.
    """
    asked = question(contact(whatsapp_person(api)), action=action(**{"channel": "whatsapp_call", **change}))
    answer = said(api, asked)

    assert answer["decision"] is False
    assert "access_request" not in answer["context"]


def test_who_refused_is_not_asked(api: Api):
    """
    A terminal reason stands above whatever else could be asked for.
    """
    phone = new_phone()
    api.agree(phone, channels=["whatsapp_call"])
    api.post("/v1/consents/withdrawals", withdrawal(phone))
    answer = said(api, question(contact("x", phone=phone), action=action(channel="whatsapp_call")))

    assert answer["decision"] is False
    assert "access_request" not in answer["context"]
