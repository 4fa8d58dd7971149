"""
Decisions over HTTP: check, authorize, outcome, release.
"""

from concurrent.futures import ThreadPoolExecutor
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
    assert [each.split("@")[0] for each in said["policy"]["packs"]] == ["core", "whatsapp", "es", "acme"]
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


@pytest.mark.parametrize(("detail", "present"), [("none", set()), ("reasons", {"reasons"}), ("trace", {"reasons", "trace"})])
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


def test_an_allow_is_held_for_the_one_who_asked(api: Api):
    """
    200 with the hold, its end and the receipt of an entry that holds every fact used.
    """
    phone = new_phone()
    api.agree(phone)
    answer = api.post("/v1/calls/authorize", question(phone, reference="job-17", ttl="PT2M"))
    said = answer.json()

    assert answer.status_code == 200
    assert set(said) == {"decision", "reasons", "retry_at", "obligations", "contact", "policy", "hold", "receipt"}
    assert (said["decision"], said["reasons"]) == ("allow", [])
    assert set(said["hold"]) == {"id", "expires_at"}
    [entry] = api.entries(said["receipt"]["index"])
    assert entry.payload["event"] == "decision.allowed"
    assert entry.payload["reference"] == "job-17"
    assert isinstance(entry.payload["facts"], dict)
    assert entry.payload["rule_set"] == said["policy"]["rule_set"]


def test_a_deny_is_in_the_log_too(api: Api):
    """
    200 with a receipt and no hold.
    """
    said = api.authorize(new_phone())

    assert said["decision"] == "deny"
    assert "hold" not in said
    assert api.events(said["receipt"]["index"]) == ["decision.denied"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"ttl": "PT9S"}, "/ttl"),
        ({"ttl": "PT601S"}, "/ttl"),
        ({"ttl": "P1Y"}, "/ttl"),
        ({"ttl": "soon"}, "/ttl"),
        ({"ttl": 90}, "/ttl"),
        ({"ttl": None}, "/ttl"),
        ({"reference": "x" * 129}, "/reference"),
        ({"reference": "ana@example.com"}, "/reference"),
        ({"reference": "call to +34600111222"}, "/reference"),
        ({"token": True}, "/token"),
        ({"at": "2026-11-20T10:00:00Z"}, "/at"),
        ({"detail": "trace"}, "/detail"),
    ],
)
def test_a_hold_on_other_terms_is_refused(api: Api, changes, pointer):
    """
    Ten seconds to ten minutes, a reference that names nobody, and now.
    """
    answer = api.post("/v1/calls/authorize", question(new_phone(), **changes))

    assert (answer.status_code, pointers(answer)) == (422, [pointer]), answer.text


@pytest.mark.parametrize("ttl", ["PT10S", "PT90S", "PT10M"])
def test_a_hold_lasts_as_long_as_asked(api: Api, ttl):
    """
    Both ends of the range are in it.
    """
    phone = new_phone()
    api.agree(phone)

    assert api.authorize(phone, ttl=ttl)["decision"] == "allow"


def test_many_at_once_never_get_more_than_the_cap(api: Api):
    """
    Of twelve who ask for one person at the same moment, three are allowed and nine hear CAP_REACHED.
    """
    phone = new_phone()
    api.agree(phone)
    with ThreadPoolExecutor(12) as pool:
        said = list(pool.map(lambda _: api.authorize(phone), range(12)))

    assert sum(each["decision"] == "allow" for each in said) == 3
    assert {code for each in said for code in codes(each)} == {"CAP_REACHED"}


def test_an_authorize_repeated_gets_the_same_hold(api: Api):
    """
    A caller that lost the answer asks again under its key and counts once.
    """
    phone, key = new_phone(), str(uuid4())
    api.agree(phone)
    first = api.post("/v1/calls/authorize", question(phone), once=key)
    again = api.post("/v1/calls/authorize", question(phone), once=key)

    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert api.post("/v1/calls/authorize", question(new_phone()), once=key).status_code == 422
    assert api.post("/v1/calls/authorize", question(phone), once=None).status_code == 400


@pytest.mark.parametrize("outcome", ["connected", "unanswered", "rejected", "failed", "refused", "opted_out"])
def test_an_outcome_confirms_the_hold(api: Api, outcome):
    """
    200 with the hold confirmed and a receipt; the same again is the same, and another is a contradiction.
    """
    hold = api.held(new_phone())
    body = {"outcome": outcome, "at": ago(seconds=0), "duration_s": 31}
    answer = api.post(f"/v1/calls/{hold}/outcome", body)
    again = api.post(f"/v1/calls/{hold}/outcome", body)
    contrary = "unanswered" if outcome in ("connected", "refused", "opted_out") else "connected"
    refused = api.post(f"/v1/calls/{hold}/outcome", body | {"outcome": contrary})

    assert answer.status_code == 200
    assert set(answer.json()) == {"hold", "receipt"}
    assert (answer.json()["hold"]["id"], answer.json()["hold"]["state"]) == (hold, "confirmed")
    assert (again.status_code, again.json()) == (200, answer.json())
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:venia:problem:outcome-contrary")


def test_an_opt_out_during_the_call_counts_at_once(api: Api):
    """
    The outcome's answer means that the next check denies.
    """
    phone = new_phone()
    hold = api.held(phone)
    api.post(f"/v1/calls/{hold}/outcome", {"outcome": "opted_out", "at": ago(seconds=0)})

    assert {"CONSENT_WITHDRAWN", "SUPPRESSED"} <= set(codes(api.check(phone)))


def test_a_release_frees_what_the_hold_counted(api: Api):
    """
    200 with the hold released; then no outcome can be told, and after an outcome nothing can be released.
    """
    phone = new_phone()
    hold = api.held(phone)
    for _ in range(2):
        api.authorize(phone)
    full = api.check(phone)
    answer = api.post(f"/v1/calls/{hold}/release")
    again = api.post(f"/v1/calls/{hold}/release")
    told = api.post(f"/v1/calls/{hold}/outcome", {"outcome": "connected", "at": ago(seconds=0)})

    assert codes(full) == ["CAP_REACHED"]
    assert (answer.status_code, answer.json()["hold"]["state"]) == (200, "released")
    assert again.json() == answer.json()
    assert api.check(phone)["decision"] == "allow"
    assert (told.status_code, told.json()["type"]) == (409, "urn:venia:problem:hold-released")


def test_a_call_that_was_placed_cannot_be_released(api: Api):
    """
    409: it counts.
    """
    hold = api.held(new_phone())
    api.post(f"/v1/calls/{hold}/outcome", {"outcome": "connected", "at": ago(seconds=0)})
    answer = api.post(f"/v1/calls/{hold}/release")

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:venia:problem:hold-spent")


@pytest.mark.parametrize("what", ["outcome", "release"])
def test_a_hold_is_its_tenants_alone(api: Api, what):
    """
    404 for a hold nobody made and for another tenant's, and that one stays as it was; 400 without a key.
    """
    hold = api.held(new_phone())
    body = {"outcome": "connected", "at": ago(seconds=0)} if what == "outcome" else None
    unknown = api.post(f"/v1/calls/{uuid4()}/{what}", body)
    foreign = api.post(f"/v1/calls/{hold}/{what}", body, key="stranger")
    no_id = api.post(f"/v1/calls/nothing/{what}", body)
    keyless = api.post(f"/v1/calls/{hold}/{what}", body, once=None)

    assert [each.status_code for each in (unknown, foreign, no_id, keyless)] == [404, 404, 404, 400]
    assert unknown.json() == foreign.json()
    assert api.post(f"/v1/calls/{hold}/{what}", body).status_code == 200


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"outcome": "maybe"}, "/outcome"),
        ({"at": None}, "/at"),
        ({"at": "0001-01-01T00:00:00+01:00"}, "/at"),
        ({"duration_s": -1}, "/duration_s"),
        ({"note": "x"}, "/note"),
    ],
)
def test_an_outcome_that_cannot_be_read_is_refused(api: Api, changes, pointer):
    """
    422 where it stands.
    """
    hold = api.held(new_phone())
    body = {"outcome": "connected", "at": ago(seconds=0), **changes}
    answer = api.post(f"/v1/calls/{hold}/outcome", body)

    assert (answer.status_code, pointers(answer)) == (422, [pointer]), answer.text


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
