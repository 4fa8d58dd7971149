"""
What is told of calls on WhatsApp, and the codes that callers report: each trap over HTTP.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.channels import payloads
from tests.channels.payloads import call_statuses, calls, preferences
from tests.server.api import SENDER, Api, ago, codes
from tests.server.test_whatsapp_traps import CALL, Person, new_id, now


@pytest.fixture
def ana(api: Api) -> Person:
    """
    Known by number and user id.
    """
    return Person(api)


# What is told of calls.


def test_a_standby_app_that_sees_only_the_end_still_counts_the_call(ana: Person):
    """
    With conversation routing only ``terminate`` comes: the hold that the opaque data names is found, and ended.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    hold = ana.hold()
    call: dict[str, Any] = {"id": new_id("wacid"), "to": ana.customer, "at": now(), "opaque": f"decision={hold}"}
    ana.delivered(calls(payloads.terminate_unanswered(**call), people=(ana.customer,)))

    assert ana.last("call.reported")["outcome"] == "unanswered"
    assert ana.last("call.reported")["hold"] == hold


def test_completed_is_not_answered_and_connect_is_no_pick_up(ana: Person):
    """
    A call set up and COMPLETED without times reached nobody.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    call: dict[str, Any] = {"id": new_id("wacid"), "to": ana.customer, "at": now(), "opaque": f"decision={ana.hold()}"}
    ana.delivered(calls(payloads.connect(**call), people=(ana.customer,)))
    ana.delivered(calls(payloads.terminate_unanswered(**call), people=(ana.customer,)))

    assert ana.last("call.reported")["outcome"] == "unanswered"


def test_the_end_may_come_before_the_beginning(ana: Person):
    """
    ``terminate`` before ``connect`` and ACCEPTED: one call, and answered.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    call: dict[str, Any] = {"id": new_id("wacid"), "to": ana.customer, "at": now(), "opaque": f"decision={ana.hold()}"}
    for change in (
        calls(payloads.terminate_answered(**call), people=(ana.customer,)),
        calls(payloads.connect(**call), people=(ana.customer,)),
        call_statuses(payloads.call_status("ACCEPTED", **call), people=(ana.customer,)),
    ):
        ana.delivered(change)
    events = [each["event"] for each in ana.api.timeline(ana.contact)]

    assert "call.unannounced" not in events
    assert events.count("call.reported") == 1
    assert ana.last("call.reported")["outcome"] == "connected"


def test_an_error_that_a_webhook_tells_of_a_call_counts_like_a_callers(ana: Person):
    """
    138006 beside a failed call ends the permission that we held.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    call: dict[str, Any] = {"id": new_id("wacid"), "to": ana.customer, "at": now(), "opaque": f"decision={ana.hold()}"}
    ana.delivered(calls(payloads.terminate_failed(**call), people=(ana.customer,), errors=(138006,)))

    assert ana.reasons() == ["PERMISSION_REVOKED"]


def test_a_technical_failure_is_no_unanswered_call(ana: Person):
    """
    138019 to 138023 neither count towards the streak nor end anything.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    for code in range(138019, 138024):
        call: dict[str, Any] = {"id": new_id("wacid"), "to": ana.customer, "at": now(), "opaque": None}
        ana.delivered(calls(payloads.terminate_failed(**call), people=(ana.customer,), errors=(code,)))

    assert not {"UNANSWERED_STREAK", "PERMISSION_REVOKED", "PLATFORM_LIMIT"} & set(ana.reasons())


@pytest.mark.parametrize("value", ["stop", "signup", "paused"])
def test_a_marketing_stop_ends_marketing_calls_and_no_others(ana: Person, value):
    """
    Nothing documented says that it reaches calls; the strict reading ends those that are marketing.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    ana.delivered(preferences(payloads.preference(value, of=ana.customer, at=now()), people=(ana.customer,)))

    assert ana.reasons() == []
    assert "SUPPRESSED" in ana.reasons(purpose="offers")


# Codes that callers report, over HTTP.


def failed(person: Person, code: int, **more: object) -> None:
    """
    A call that came back with a code.
    """
    hold = person.hold()
    body = {"outcome": "failed", "at": ago(seconds=0), "error_code": code, **more}
    answer = person.api.post(f"/v1/calls/{hold}/outcome", body)
    assert answer.status_code == 200, answer.text


def test_138012_closes_until_the_moment_that_meta_told(ana: Person):
    """
    ``retry_at`` of the outcome is the ``retry_at`` of the next decision.
    """
    until = (datetime.now(UTC) + timedelta(hours=3)).replace(microsecond=0)
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    failed(ana, 138012, retry_at=until.isoformat())
    said = ana.check()

    assert codes(said) == ["PLATFORM_LIMIT"]
    assert said["retry_at"] == until.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_138009_closes_requests_where_our_own_count_says_otherwise(ana: Person):
    """
    Never asked by us; Meta says the limit was met.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    before = ana.reasons(action="call.request_permission")
    failed(ana, 138009)

    assert (before, ana.reasons(action="call.request_permission")) == ([], ["PERMISSION_REQUEST_LIMIT"])
    assert ana.reasons() == []


def test_138017_opens_nothing(ana: Person):
    """
    It is evidence of a grant and no grant: until it is read, calls stay as closed as they were.
    """
    hold = str(ana.api.authorize(ana.phone, action="call.request_permission", **CALL)["hold"]["id"])
    body = {"outcome": "failed", "at": ago(seconds=0), "error_code": 138017}
    answer = ana.api.post(f"/v1/calls/{hold}/outcome", body)

    assert answer.status_code == 200
    assert ana.reasons() == ["PERMISSION_MISSING"]
    assert "PERMISSION_REQUEST_LIMIT" in ana.reasons(action="call.request_permission")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"retry_at": "2026-11-29T10:00:00Z"}, "error_code"),
        ({"error_code": 138012, "retry_at": "2099-01-01T00:00:00Z"}, "30 days"),
        ({"error_code": 138012, "retry_at": "tomorrow"}, "retry_at"),
    ],
)
def test_a_moment_that_cannot_be_meant_is_refused(ana: Person, more, says):
    """
    422 with what to write.
    """
    ana.says(payloads.permanent_grant(**ana.said(at=now() - 60)))
    answer = ana.api.post(f"/v1/calls/{ana.hold()}/outcome", {"outcome": "failed", "at": ago(seconds=0), **more})

    assert answer.status_code == 422
    assert says in answer.text


def test_the_business_number_is_named_by_what_is_sure(ana: Person):
    """
    Its id in ``metadata`` decides: the person's grant is for that number, whatever ``context`` says.
    """
    said = payloads.permanent_grant(**ana.said())
    said["context"]["from"] = ana.phone[1:]
    ana.says(said)

    assert ana.reasons() == []
    assert ana.last("permission.granted")["sender"] == "acme-es"
    assert SENDER["phone_number_id"] == payloads.ACME.phone_number_id
