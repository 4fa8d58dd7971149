"""
Decisions over HTTP: what check and authorize answer, and why.
"""

from uuid import uuid4

import pytest

from tests.server.api import SENDER, Api, ago, codes, consent, new_phone, pointers, question, withdrawal

UNKNOWN_SENDERS = [{"id": "nobody"}, {"phone": "+34910009999"}, {"phone_number_id": "1"}]
MIDNIGHT = "2026-11-23T23:30:00Z"  # half past midnight in Madrid


def test_a_check_writes_nothing_and_says_why(api: Api):
    """
    200 with decision, reasons, obligations, contact and policy; what is volatile travels in headers.
    """
    before = api.size()
    phone = new_phone()
    answer = api.post("/v1/calls/check", question(phone), once=None)
    said = answer.json()

    assert answer.status_code == 200
    assert set(said) == {"decision", "reasons", "retry_at", "obligations", "contact", "policy"}
    assert (said["decision"], codes(said), said["contact"]) == ("deny", ["CONSENT_MISSING"], None)
    assert set(said["reasons"][0]) >= {"code", "severity", "layer", "pack", "rule", "retry_at", "params", "remedy"}
    assert set(said["policy"]) == {"rule_set", "packs", "tzdata"}
    assert said["policy"]["rule_set"].startswith("sha256:")
    assert [each.split("@")[0] for each in said["policy"]["packs"]] == ["core", "whatsapp", "es", "eu", "acme"]
    assert answer.headers["X-Decision-At"].endswith("Z")
    assert int(answer.headers["X-Rules-Microseconds"]) >= 0
    assert api.size() == before


def test_equal_questions_get_equal_answers(api: Api):
    """
    Not a byte of the body depends on the moment or on the request.
    """
    phone = new_phone()
    api.agree(phone)
    first, again = (api.post("/v1/calls/check", question(phone), once=None) for _ in range(2))

    assert first.json()["decision"] == "allow"
    assert first.content == again.content
    assert first.headers["X-Request-ID"] != again.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("detail", "present"), [("none", set()), ("reasons", {"reasons"}), ("trace", {"reasons", "trace"})]
)
def test_a_check_tells_as_much_as_is_asked_for(api: Api, detail, present):
    """
    Nothing, the reasons, or every rule's answer.
    """
    said = api.check(new_phone(), detail=detail)

    assert set(said) & {"reasons", "trace"} == present
    assert said["decision"] == "deny"


def test_a_service_call_waits_for_the_day(api: Api):
    """
    In the night of the person's zone the reason says which window and when it opens.
    """
    phone = new_phone()
    api.agree(phone, purpose="appointment_reminders", given_at="2026-11-20T10:00:00Z")
    said = api.check(phone, purpose="appointment_reminders", at=MIDNIGHT)
    reason = next(each for each in said["reasons"] if each["pack"] == "es@1")

    assert said["decision"] == "deny"
    assert (reason["code"], reason["severity"], reason["layer"]) == ("QUIET_HOURS", "defer", "jurisdiction")
    assert reason["retry_at"] == "2026-11-24T08:00:00Z"
    assert said["retry_at"] == "2026-11-24T08:00:00Z"
    assert reason["params"] == {"zones": ["Europe/Madrid"], "window": "09:00-21:00"}


def test_a_check_at_another_moment_takes_that_moments_facts(api: Api):
    """
    The withdrawal of half an hour ago did not hold two hours ago; things count from when they happened.
    """
    phone = new_phone()
    api.agree(phone, given_at=ago(hours=3))
    api.post("/v1/consents/withdrawals", withdrawal(phone, withdrawn_at=ago(minutes=30)))

    assert api.check(phone)["decision"] == "deny"
    assert api.check(phone, at=ago(hours=2))["decision"] == "allow"
    assert codes(api.check(phone, at=ago(hours=4))) == ["CONSENT_MISSING"]


@pytest.mark.parametrize("years", [-5, 5])
def test_a_check_reaches_five_years_either_way(api: Api, years):
    """
    Beyond that nobody can vouch for the answer: 422 at /at.
    """
    within = api.post("/v1/calls/check", question(new_phone(), at=ago(days=-years * 365)), once=None)
    beyond = api.post("/v1/calls/check", question(new_phone(), at=ago(days=-years * 368)), once=None)

    assert within.status_code == 200
    assert (beyond.status_code, pointers(beyond)) == (422, ["/at"])


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-01:00"])
def test_a_moment_at_the_end_of_time_is_refused(api: Api, at):
    """
    422, and no arithmetic that fails the questions beside it.
    """
    answer = api.post("/v1/calls/check", question(new_phone(), at=at), once=None)

    assert (answer.status_code, pointers(answer)) == (422, ["/at"])


@pytest.mark.parametrize(
    ("changes", "scope"),
    [({"at": "2026-11-20T10:00:00Z"}, "decisions:simulate"), ({"detail": "trace"}, "decisions:trace")],
)
def test_another_moment_and_the_trace_need_scopes_of_their_own(api: Api, changes, scope):
    """
    403, and the problem names the scope.
    """
    refused = api.post("/v1/calls/check", question(new_phone(), **changes), once=None, key="caller")
    officer = api.post("/v1/calls/check", question(new_phone(), **changes), once=None, key="officer")

    assert (refused.status_code, refused.json()["scope"]) == (403, scope)
    assert officer.status_code == 200


@pytest.mark.parametrize("sender", UNKNOWN_SENDERS)
def test_an_unknown_sender_is_a_reason_and_no_error(api: Api, sender):
    """
    Check and authorize answer deny with SENDER_UNKNOWN.
    """
    phone = new_phone()
    api.agree(phone, channels=["whatsapp_call"])
    asked = {"from": sender, "channel": "whatsapp_call"}
    checked, authorized = api.check(phone, **asked), api.authorize(phone, **asked)

    assert (checked["decision"], authorized["decision"]) == ("deny", "deny")
    assert "SENDER_UNKNOWN" in codes(checked)
    assert "SENDER_UNKNOWN" in codes(authorized)


@pytest.mark.parametrize("sender", [SENDER, {"id": "acme-es"}, {"phone": "+34910000000"}])
def test_a_sender_goes_by_each_of_its_names(api: Api, sender):
    """
    Id, number and WhatsApp's id name the same.
    """
    phone = new_phone()
    api.agree(phone)

    assert api.check(phone, **{"from": sender})["decision"] == "allow"


@pytest.mark.parametrize("path", ["/v1/calls/check", "/v1/calls/authorize"])
@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"purpose": "nobody_knows"}, 422, "/purpose"),
        ({"to": {"phone": "600"}}, 422, "/to/phone"),
        ({"to": {}}, 422, "/to"),
        ({"from": {}}, 422, "/from"),
        ({"from": None}, 422, "/from"),
        ({"channel": "sms"}, 422, "/channel"),
        ({"technology": "robot"}, 422, "/technology"),
        ({"action": "call.hang_up"}, 422, "/action"),
        ({"from_": SENDER}, 422, "/from_"),
        ({"urgent": True}, 422, "/urgent"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(api: Api, path, changes, status, pointer):
    """
    422 where it stands: a question misread must not look answered.
    """
    answer = api.post(path, question(new_phone(), **changes))

    assert answer.status_code == status, answer.text
    assert pointer in pointers(answer)


@pytest.mark.parametrize("path", ["/v1/calls/check", "/v1/calls/authorize"])
def test_a_contact_id_that_nobody_has_is_unknown(api: Api, path):
    """
    404, be it invented or another tenant's.
    """
    contact = api.agree(new_phone())["consents"][0]["contact"]
    invented = api.post(path, question("", to={"id": str(uuid4())}))
    foreign = api.post(path, question("", to={"id": contact}, **{"from": {"id": "other-es"}}), key="stranger")

    assert (invented.status_code, foreign.status_code) == (404, 404)
    assert api.post(path, question("", to={"id": contact})).json()["decision"] == "allow"


def test_asking_for_permission_needs_none(api: Api):
    """
    A request for WhatsApp's permission is allowed where the call itself is not, once a day.
    """
    phone = new_phone()
    api.agree(phone, channels=["whatsapp_call"])
    asked = {"channel": "whatsapp_call"}

    assert codes(api.check(phone, **asked)) == ["PERMISSION_MISSING"]
    assert api.authorize(phone, action="call.request_permission", **asked)["decision"] == "allow"
    assert codes(api.check(phone, action="call.request_permission", **asked)) == ["PERMISSION_REQUEST_LIMIT"]


def test_someone_elses_consent_opens_nothing(api: Api):
    """
    What one tenant was told is no other tenant's.
    """
    phone = new_phone()
    api.post("/v1/consents", consent(phone))
    answer = api.post("/v1/calls/check", question(phone, **{"from": {"id": "other-es"}}), once=None, key="stranger")

    assert codes(answer.json()) == ["CONSENT_MISSING"]
    assert answer.json()["contact"] is None


def test_an_error_code_belongs_to_a_failed_call(api: Api):
    """
    Beside any other outcome it is refused with a sentence, and nothing is recorded.
    """
    phone = new_phone()
    api.agree(phone)
    hold = api.authorize(phone)["hold"]["id"]
    body = {"outcome": "connected", "at": ago(seconds=0), "error_code": 138006}
    answer = api.post(f"/v1/calls/{hold}/outcome", body)

    assert answer.status_code == 422
    assert "leave it out" in answer.text


def test_a_request_for_permission_needs_a_channel_that_can_send(api: Api):
    """
    Refused with what to do: the demo's channel has no access token.
    """
    body = {"to": {"phone": new_phone()}, "from": SENDER, "purpose": "order_updates"}
    answer = api.post("/v1/permissions/requests", body)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("nobody-answers")
    assert "venia channel answer" in answer.json()["detail"]
