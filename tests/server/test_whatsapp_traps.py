"""
Where WhatsApp's permission is easily misread: each trap by a signed delivery, and then what the next check says.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.channels import payloads
from tests.channels.payloads import Customer, call_statuses, calls, messages, user_id_updates
from tests.server.api import Api, ago, codes, consent, new_phone, question, serving

CALL = {"channel": "whatsapp_call"}
BUSINESS = payloads.Business(display_phone_number="34910000000")


def now() -> int:
    """
    The present as WhatsApp stamps it.
    """
    return int(time.time())


def new_id(kind: str = "wamid") -> str:
    """
    An id that no message or call had before.
    """
    return f"{kind}.{uuid4().hex}"


class Person:
    """
    Somebody who agreed to calls about orders on WhatsApp, under the names that they have.
    """

    def __init__(self, api: Api, *, phone: bool = True, user_id: bool = True) -> None:
        self.api, self.phone = api, new_phone()
        identity = f"ES.{self.phone[1:]:0>20}"
        self.customer = Customer(self.phone[1:] if phone else None, identity if user_id else None, "Ana Example")
        self.named = {"phone": self.phone} if phone else {"whatsapp_user_id": identity}
        body = consent(self.phone, channels=["whatsapp_call", "voice"]) | {"contact": self.named}
        answer = api.post("/v1/consents", body)
        assert answer.status_code == 201, answer.text
        self.contact = str(answer.json()["consents"][0]["contact"])

    def delivered(self, *changes: payloads.Json) -> None:
        """
        Has changes delivered.
        """
        answer = self.api.deliver(*changes)
        assert answer.status_code == 200, answer.text

    def says(self, item: payloads.Json) -> None:
        """
        Sends one message.
        """
        self.delivered(messages(item, people=(self.customer,)))

    def said(self, **more: Any) -> dict[str, Any]:
        """
        What every message of theirs has.
        """
        return {"id": new_id(), "by": self.customer, "at": now(), **more}

    def check(self, named: dict[str, str] | None = None, **asked: object) -> dict[str, Any]:
        """
        May they be called on WhatsApp?
        """
        body = question(self.phone, **{**CALL, **asked}) | {"to": named or self.named}
        answer = self.api.post("/v1/calls/check", body, once=None)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def reasons(self, named: dict[str, str] | None = None, **asked: object) -> list[str]:
        """
        Why not; nothing where they may be.
        """
        return sorted(codes(self.check(named, **asked)))

    def hold(self) -> str:
        """
        An allow, held.
        """
        answer = self.api.post("/v1/calls/authorize", question(self.phone, **CALL) | {"to": self.named})
        return str(answer.json()["hold"]["id"])

    def last(self, event: str) -> dict[str, Any]:
        """
        The newest entry of this kind about them.
        """
        return dict(next(each for each in self.api.timeline(self.contact) if each["event"] == event)["details"])


@pytest.fixture
def ana(api: Api) -> Person:
    """
    Known by number and user id.
    """
    return Person(api)


@pytest.fixture
def bsuid(api: Api) -> Person:
    """
    Known by a business-scoped user id alone.
    """
    return Person(api, phone=False)


# Ways in which a permission comes, and goes.


def test_a_grant_in_the_profile_answers_no_request_and_counts(ana: Person):
    """
    Without ``context``, permanent: nobody asked, and calls are open.
    """
    ana.says(payloads.profile_grant(**ana.said()))

    assert ana.reasons() == []
    assert ana.last("permission.granted")["source"] == "profile"


def test_a_callback_grants_for_a_week_without_a_request(ana: Person):
    """
    The person called: ``automatic``, the context is their call, ``from`` is missing; it ends after 168 hours.
    """
    ana.says(payloads.callback_grant(**ana.said()))
    granted = ana.last("permission.granted")

    assert ana.reasons() == []
    assert (granted["source"], granted["state"]) == ("callback", "temporary")
    assert datetime.fromisoformat(granted["expires_at"]) - datetime.fromisoformat(granted["at"]) == timedelta(days=7)


def test_what_whatsapp_takes_back_after_unanswered_calls_is_gone(ana: Person):
    """
    ``reject``, ``automatic``, without context: after a permanent grant nothing is left of it.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    before = ana.reasons()
    ana.says(payloads.automatic_revocation(**ana.said()))

    assert before == []
    assert ana.reasons() == ["PERMISSION_REVOKED"]


def test_automatic_alone_says_neither_grant_nor_revocation(ana: Person):
    """
    Of two automatic words, one grants and one takes back: what counts is the response.
    """
    ana.says(payloads.callback_grant(**ana.said(at=now() - 60)))
    granted = ana.reasons()
    ana.says(payloads.automatic_revocation(**ana.said()))

    assert (granted, ana.reasons()) == ([], ["PERMISSION_REVOKED"])


def test_a_decline_is_not_final(ana: Person):
    """
    Until the request lapses the person may change their mind: PERMISSION_MISSING meanwhile, and never REVOKED.
    """
    ana.says(payloads.decline(**ana.said(at=now() - 60)))
    declined = ana.reasons()
    ana.says(payloads.temporary_grant(**ana.said()))

    assert (declined, ana.reasons()) == (["PERMISSION_MISSING"], [])


def test_a_revocation_in_the_profile_is_undocumented_and_closes(ana: Person):
    """
    ``reject`` by the person that answers no request takes back what was granted.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    ana.says(payloads.profile_revocation(**ana.said()))

    assert ana.reasons() == ["PERMISSION_REVOKED"]


def test_four_unanswered_calls_close_before_whatsapp_says_so(ana: Person):
    """
    Rejected and missed alike; an answered call between them starts over.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 4 * 86_400)))
    told: list[list[str]] = []
    for number in range(4):
        call: dict[str, Any] = {"id": new_id("wacid"), "to": ana.customer, "at": now() - 3000 + number, "opaque": None}
        if number % 2:
            ana.delivered(call_statuses(payloads.call_status("REJECTED", **call), people=(ana.customer,)))
        ana.delivered(calls(payloads.terminate_unanswered(**call), people=(ana.customer,)))
        told.append([each for each in ana.reasons() if each == "UNANSWERED_STREAK"])

    assert told == [[], [], [], ["UNANSWERED_STREAK"]]


def test_permission_is_no_consent(api: Api):
    """
    Whoever lets the business call in WhatsApp has agreed to no purpose.
    """
    phone = new_phone()
    her = Customer(phone[1:], f"ES.{phone[1:]:0>20}", "Ana")
    granted = payloads.permanent_grant(id=new_id(), by=her, at=now())
    api.deliver(messages(granted, people=(her,)))

    assert codes(api.check(phone, **CALL)) == ["CONSENT_MISSING"]


# Quality, and what Meta does to a number.


def test_a_quality_pause_leaves_grants_as_they_are(database: str, tmp_path: Any):
    """
    While a number is paused no call goes out, and a grant of that time is recorded: only the pause is against the call.
    """
    with serving(database, tmp_path / "home") as api:
        ana, ends = Person(api), now() + 7 * 86_400
        ana.delivered(payloads.account_violation("LOW_BUSINESS_INITIATED_CALLING_QUALITY", business=BUSINESS, at=now()))
        warned = ana.reasons()
        pause = payloads.account_restriction(
            "RESTRICTED_BUSINESS_INITIATED_CALLING", until=ends, business=BUSINESS, at=now()
        )
        ana.delivered(pause)
        ana.says(payloads.permanent_grant(**ana.said()))
        paused, asking = ana.check(), ana.check(action="call.request_permission")

        assert warned == ["PERMISSION_MISSING"]
        assert codes(paused) == codes(asking) == ["SENDER_RESTRICTED"]
        assert paused["retry_at"] == datetime.fromtimestamp(ends, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_both_directions_under_the_shorter_spelling_close_calls(database: str, tmp_path: Any):
    """
    RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING: BIZ and BUSINESS are the same.
    """
    with serving(database, tmp_path / "home") as api:
        ana = Person(api)
        ana.says(payloads.permanent_grant(**ana.said()))
        kind = "RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING"
        ana.delivered(payloads.account_restriction(kind, until=None, business=BUSINESS, at=now()))

        assert ana.reasons() == ["SENDER_RESTRICTED"]
        assert ana.reasons(channel="voice") == []


@pytest.mark.parametrize(
    "kind", ["RESTRICTED_USER_INITIATED_CALLING", "RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN"]
)
def test_a_low_pick_up_rate_closes_no_call_of_ours(ana: Person, kind):
    """
    It is about calls of customers: the button is hidden, and the business may call.
    """
    ana.says(payloads.permanent_grant(**ana.said()))
    ana.delivered(payloads.account_violation("USER_INITIATED_CALLS_LOW_PICKUP_RATE", business=BUSINESS, at=now()))
    ana.delivered(payloads.account_restriction(kind, until=now() + 86_400, business=BUSINESS, at=now()))

    assert ana.reasons() == []


def test_messaging_quality_closes_no_call(ana: Person):
    """
    ``phone_number_quality_update`` is about messages, and is read without effect.
    """
    ana.says(payloads.permanent_grant(**ana.said()))
    value = {"display_phone_number": "34910000000", "event": "FLAGGED", "current_limit": "TIER_10K"}
    ana.delivered({"field": "phone_number_quality_update", "value": value})

    assert ana.reasons() == []


# People without a number.


def test_of_a_user_id_alone_every_path_works(bsuid: Person):
    """
    Consent, grant, check, hold and outcome by user id; the country in the id says whose law and which zones.
    """
    before = bsuid.reasons()
    bsuid.says(payloads.temporary_grant(**bsuid.said()))
    opened = bsuid.reasons()
    hold = bsuid.hold()
    told = bsuid.api.post(f"/v1/calls/{hold}/outcome", {"outcome": "connected", "at": ago(seconds=0)})

    assert (before, opened) == (["PERMISSION_MISSING"], [])
    assert told.json()["hold"]["state"] == "confirmed"


def test_a_no_of_a_user_id_alone_is_heard(bsuid: Person):
    """
    STOP from somebody who shows no number closes everything.
    """
    bsuid.says(payloads.temporary_grant(**bsuid.said(at=now() - 60)))
    bsuid.says(payloads.text("STOP", **bsuid.said()))

    assert bsuid.reasons() == bsuid.reasons(channel="voice") == ["CONSENT_WITHDRAWN", "SUPPRESSED"]


def test_of_an_unknown_country_nothing_is_assumed(api: Api):
    """
    A user id of a country that no rule pack covers: the law of an unknown place denies.
    """
    named = {"whatsapp_user_id": f"ZZ.{new_phone()[1:]}"}
    answer = api.post("/v1/calls/check", question("+34600000000", **CALL) | {"to": named}, once=None)

    assert answer.status_code in (200, 422)
    assert answer.status_code == 422 or {"JURISDICTION_UNKNOWN", "LOCAL_TIME_UNKNOWN"} & set(codes(answer.json()))


def test_a_number_learnt_later_is_the_same_person(bsuid: Person):
    """
    Who was known by user id writes with a number too: what they refused before holds for a call to the number.
    """
    bsuid.says(payloads.text("STOP", **bsuid.said(at=now() - 60)))
    known = Customer(bsuid.phone[1:], bsuid.customer.user_id, "Ana Example")
    bsuid.delivered(messages(payloads.text("hola", id=new_id(), by=known, at=now()), people=(known,)))

    assert "SUPPRESSED" in bsuid.reasons({"phone": bsuid.phone})


# Changes of number, by both webhooks.


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0,), (1,), (0, 1, 0, 1)])
def test_a_new_number_carries_refusals_and_no_grant_whichever_webhook_comes(ana: Person, order):
    """
    The system message and ``user_id_update``, in either order, once or twice: the new identity is refused what the old one was.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 120)))
    ana.says(payloads.text("BAJA", **ana.said(at=now() - 60)))
    new, identity = new_phone(), f"ES.{new_phone()[1:]:0>20}"
    moved = Customer(new[1:], identity, "Ana Example")
    system = payloads.user_id_changed(moved, id=new_id(), of=ana.customer, at=now())
    rotated = payloads.user_id_update(ana.customer.user_id or "", identity, of=moved, at=now())
    webhooks = [
        lambda: messages(dict(system), people=()),
        lambda: user_id_updates(dict(rotated), people=(moved,)),
    ]
    for place in order:
        ana.delivered(webhooks[place]())

    for named in ({"phone": new}, {"whatsapp_user_id": identity}):
        assert {"SUPPRESSED", "CONSENT_MISSING", "PERMISSION_MISSING"} <= set(ana.reasons(named))
    assert "SUPPRESSED" not in ana.reasons({"phone": ana.phone})


def test_a_username_is_no_identity(ana: Person):
    """
    A changed username changes nothing, and two people of one username stay two.
    """
    other = Person(ana.api)
    for each in (ana, other):
        change = messages(payloads.permanent_grant(**each.said()), people=(each.customer,))
        change["value"]["contacts"][0]["profile"]["username"] = "@same"
        each.delivered(change)
    other.says(payloads.text("STOP", **other.said()))

    assert ana.reasons() == []
