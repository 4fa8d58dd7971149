"""
Consents over HTTP: recorded, withdrawn, looked up, as in force, and as a person's history.
"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.server.api import Api, ago, codes, consent, new_phone, pointers, withdrawal

CONSENT_FIELDS = {
    "id",
    "contact",
    "purpose",
    "channel",
    "sender",
    "technology",
    "state",
    "given_at",
    "recorded_at",
    "expires_at",
    "historical_only",
}


def test_a_consent_is_answered_with_what_is_in_force_and_a_receipt(api: Api):
    """
    201 with a consent for each channel, times in UTC with Z, and the place in the log.
    """
    phone = new_phone()
    given_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    body = consent(
        phone,
        channels=["voice", "whatsapp_call"],
        given_at=given_at.astimezone().isoformat(),
        sender={"id": "acme-es"},
        technology=["live", "ai_voice"],
        basis="opt_in",
        jurisdiction="ES",
        notice={"id": "calls-es", "version": 3, "locale": "es-ES"},
        evidence={"page_url": "https://shop.example/calls", "ip": "203.0.113.7", "user_agent": "Browser/1"},
    )
    answer = api.post("/v1/consents", body)
    said = answer.json()

    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/json"
    assert set(said) == {"consents", "proof", "receipt"}
    assert [each["channel"] for each in said["consents"]] == ["voice", "whatsapp_call"]
    assert all(set(each) >= CONSENT_FIELDS for each in said["consents"])
    first = said["consents"][0]
    assert first["state"] == "granted"
    assert first["given_at"] == given_at.isoformat().replace("+00:00", "Z")
    assert first["recorded_at"].endswith("Z")
    assert (first["sender"], first["technology"]) == ("acme-es", ["live", "ai_voice"])
    assert (first["expires_at"], first["historical_only"]) == (None, False)
    assert said["receipt"]["log"] == api.demo["log"]["origin"]
    [entry] = api.entries(said["receipt"]["index"])
    assert entry.payload["event"] == "consent.recorded"
    assert entry.payload["contact"] == first["contact"]


def test_a_double_opt_in_is_pending_until_the_person_confirms(api: Api):
    """
    What was only asked for opens nothing.
    """
    phone = new_phone()
    said = api.agree(phone, double_opt_in=True)

    assert said["consents"][0]["state"] == "pending"
    assert codes(api.check(phone)) == ["CONSENT_PENDING"]


def test_a_grant_older_than_a_withdrawal_is_history_only(api: Api):
    """
    What arrives late opens nothing that was closed since, and the answer says so.
    """
    phone = new_phone()
    api.post("/v1/consents/withdrawals", withdrawal(phone, withdrawn_at=ago(minutes=5)))
    late = api.agree(phone, given_at=ago(minutes=10))

    assert late["consents"][0]["historical_only"] is True
    assert "CONSENT_WITHDRAWN" in codes(api.check(phone))


def test_a_repeated_request_gets_the_first_answer(api: Api):
    """
    The same key and body again: the same answer, said to be a replay, and nothing more in the log.
    """
    body, key = consent(new_phone()), str(uuid4())
    first = api.post("/v1/consents", body, once=key)
    again = api.post("/v1/consents", body, once=key)

    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert (again.status_code, again.json()) == (201, first.json())
    assert api.size() == first.json()["receipt"]["index"] + 1


@pytest.mark.parametrize("path", ["/v1/consents", "/v1/consents/withdrawals"])
def test_a_key_belongs_to_one_request(api: Api, path):
    """
    The same Idempotency-Key with another body is refused, and without a key nothing is written.
    """
    make = consent if path == "/v1/consents" else withdrawal
    key = str(uuid4())
    api.post(path, make(new_phone()), once=key)
    reused = api.post(path, make(new_phone()), once=key)
    missing = api.post(path, make(new_phone()), once=None)

    assert (reused.status_code, reused.json()["type"]) == (422, "urn:venia:problem:idempotency-key-reused")
    assert (missing.status_code, missing.json()["type"]) == (400, "urn:venia:problem:idempotency-key-missing")


@pytest.mark.parametrize("key", ["x" * 256, "caf\xe9", "tab\there"])
def test_a_key_is_short_and_printable(api: Api, key):
    """
    An Idempotency-Key that could not be stored or told is no key.
    """
    headers = {b"Authorization": f"Bearer {api.keys['admin']}".encode(), b"Idempotency-Key": key.encode("latin-1")}
    answer = api.client.post("/v1/consents", json=consent(new_phone()), headers=headers)

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"colour": "blue"}, "/colour"),
        ({"contact": {"phone": "+34600111222", "nickname": "A"}}, "/contact/nickname"),
        ({"contact": {"phone": "600111222"}}, "/contact/phone"),
        ({"contact": {"phone": "+34 600 111 222"}}, "/contact/phone"),
        ({"contact": {"phone": "+999123456789"}}, "/contact/phone"),
        ({"contact": {"whatsapp_user_id": "nobody"}}, "/contact/whatsapp_user_id"),
        ({"contact": {}}, "/contact"),
        ({"contact": {"phone": "+34600111222", "whatsapp_user_id": "ES.12345678"}}, "/contact"),
        ({"contact": {"id": "not-a-uuid"}}, "/contact/id"),
        ({"contact": None}, "/contact"),
        ({"purpose": "nobody_knows"}, "/purpose"),
        ({"purpose": ""}, "/purpose"),
        ({"channels": []}, "/channels"),
        ({"channels": ["fax"]}, "/channels/0"),
        ({"technology": ["robot"]}, "/technology/0"),
        ({"sender": {"id": "nobody"}}, "/sender"),
        ({"sender": {"id": "acme-es", "phone": "+34910000000"}}, "/sender"),
        ({"notice": {"id": "calls-es", "version": 4, "locale": "es-ES"}}, "/notice"),
        ({"notice": {"id": "calls-es", "version": 3}}, "/notice/locale"),
        ({"given_at": "yesterday"}, "/given_at"),
        ({"given_at": "2026-11-20T10:00:00"}, "/given_at"),
        ({"given_at": 1_790_000_000}, "/given_at"),
        ({"given_at": "0001-01-01T00:00:00+10:00"}, "/given_at"),
        ({"expires_at": "9999-12-31T23:59:59-10:00"}, "/expires_at"),
        ({"basis": "opt\0in"}, "/basis"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"method": "telepathy"}, "/method"),
        ({"jurisdiction": "Spain"}, "/jurisdiction"),
        ({"evidence": {"ip": "here"}}, "/evidence/ip"),
        ({"evidence": {"page_url": "no address"}}, "/evidence/page_url"),
        ({"evidence": {"recording_sha256": "ab"}}, "/evidence/recording_sha256"),
        ({"evidence": {"mood": "good"}}, "/evidence/mood"),
    ],
)
def test_bad_input_is_refused_where_it_stands(api: Api, changes, pointer):
    """
    422 with a pointer to the field and a sentence, nothing written, and the value never repeated.
    """
    before = api.size()
    answer = api.post("/v1/consents", consent(new_phone(), **changes))

    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "errors"} <= set(answer.json())
    assert pointer in pointers(answer)
    assert all(each["detail"] for each in answer.json()["errors"])
    assert "600111222" not in answer.text
    assert api.size() == before


@pytest.mark.parametrize("missing", ["contact", "purpose", "channels", "given_at", "method"])
def test_required_fields_are_required(api: Api, missing):
    """
    A consent without one of them is none.
    """
    body = consent(new_phone())
    del body[missing]
    answer = api.post("/v1/consents", body)

    assert (answer.status_code, pointers(answer)) == (422, [f"/{missing}"])


def test_nobody_agrees_in_the_future(api: Api):
    """
    A minute of skew between clocks is allowed for, and no more.
    """
    soon = api.post("/v1/consents", consent(new_phone(), given_at=ago(seconds=-30)))
    later = api.post("/v1/consents", consent(new_phone(), given_at=ago(seconds=-120)))
    withdrawn = api.post("/v1/consents/withdrawals", withdrawal(new_phone(), withdrawn_at=ago(seconds=-120)))

    assert soon.status_code == 201
    assert soon.json()["consents"][0]["given_at"] <= soon.json()["consents"][0]["recorded_at"]
    assert (later.status_code, later.json()["type"]) == (422, "urn:venia:problem:in-the-future")
    assert (withdrawn.status_code, withdrawn.json()["type"]) == (422, "urn:venia:problem:in-the-future")


@pytest.mark.parametrize("offset", ["+23:59", "-23:59"])
def test_any_offset_that_is_one_is_taken(api: Api, offset):
    """
    A moment counts as the instant that it names, however far its writer is from UTC.
    """
    said = api.agree(new_phone(), given_at=f"2026-11-20T10:00:00{offset}", expires_at="9999-12-31T23:59:59Z")

    assert said["consents"][0]["given_at"] in ("2026-11-19T10:01:00Z", "2026-11-21T09:59:00Z")


def test_a_body_that_is_no_json_is_said_to_be_none(api: Api):
    """
    400 for broken JSON, 415 for another content type, 413 above a mebibyte: always a problem.
    """
    headers = {"Authorization": f"Bearer {api.keys['admin']}", "Idempotency-Key": str(uuid4())}
    broken = api.client.post(
        "/v1/consents", content=b'{"contact": ', headers=headers | {"Content-Type": "application/json"}
    )
    form = api.client.post("/v1/consents", data={"contact": "me"}, headers=headers)
    large = api.post("/v1/consents", consent(new_phone(), basis="x" * 2**20))

    assert [each.status_code for each in (broken, form, large)] == [400, 415, 413]
    assert {each.headers["content-type"] for each in (broken, form, large)} == {"application/problem+json"}


def test_a_withdrawal_closes_everything_and_releases_holds(api: Api):
    """
    201 with what ended, the suppression and the holds let go; the next check says both reasons.
    """
    phone = new_phone()
    hold = api.held(phone)
    answer = api.post("/v1/consents/withdrawals", withdrawal(phone, evidence={"text": "BAJA", "message_id": "m-1"}))
    said = answer.json()

    assert answer.status_code == 201
    assert set(said) == {"withdrawn", "suppressed", "released_holds", "receipt"}
    assert [(each["purpose"], each["state"]) for each in said["withdrawn"]] == [("order_updates", "withdrawn")]
    assert (said["suppressed"], said["released_holds"]) == (True, [hold])
    assert sorted(codes(api.check(phone))) == ["CONSENT_WITHDRAWN", "SUPPRESSED"]


def test_withdrawing_what_was_never_granted_succeeds(api: Api):
    """
    Someone nobody knows says no: that is recorded and kept.
    """
    phone = new_phone()
    answer = api.post("/v1/consents/withdrawals", withdrawal(phone))

    assert answer.status_code == 201
    assert answer.json()["withdrawn"] == []
    assert answer.json()["suppressed"] is True
    assert "SUPPRESSED" in codes(api.check(phone))


def test_a_withdrawal_reaches_as_far_as_it_says(api: Api):
    """
    One purpose or one channel is closed and the other stays open.
    """
    phone = new_phone()
    api.agree(phone, channels=["voice", "sms"])
    api.agree(phone, purpose="offers")
    scope = {"purposes": ["offers"], "channels": ["voice"], "sender": None}
    said = api.post("/v1/consents/withdrawals", withdrawal(phone, scope=scope)).json()

    assert [(each["purpose"], each["channel"]) for each in said["withdrawn"]] == [("offers", "voice")]
    assert api.check(phone)["decision"] == "allow"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"reason": "none"}, "/reason"),
        ({"scope": {"purposes": []}}, "/scope/purposes"),
        ({"scope": {"countries": ["ES"]}}, "/scope/countries"),
        ({"contact": {"phone": "+34600"}}, "/contact/phone"),
        ({"withdrawn_at": None}, "/withdrawn_at"),
        ({"method": None}, "/method"),
    ],
)
def test_a_withdrawal_that_cannot_be_read_is_refused(api: Api, changes, pointer):
    """
    422 with a pointer: an opt-out that was misread must not look recorded.
    """
    answer = api.post("/v1/consents/withdrawals", withdrawal(new_phone(), **changes))

    assert (answer.status_code, pointers(answer)) == (422, [pointer])


def test_a_person_is_found_by_each_identifier(api: Api):
    """
    200 with the contact; 404 for someone nobody met; an id of another tenant's is nobody's.
    """
    phone = new_phone()
    contact = api.agree(phone)["consents"][0]["contact"]
    found = api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}, once=None)
    by_id = api.post("/v1/contacts/lookup", {"contact": {"id": contact}}, once=None)
    unknown = api.post("/v1/contacts/lookup", {"contact": {"phone": new_phone()}}, once=None)
    foreign = api.post("/v1/contacts/lookup", {"contact": {"id": contact}}, once=None, key="stranger")
    same_number = api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}, once=None, key="stranger")

    assert (found.status_code, found.json()) == (200, {"contact": contact})
    assert by_id.json() == {"contact": contact}
    assert [each.status_code for each in (unknown, foreign, same_number)] == [404, 404, 404]
    assert phone not in unknown.text


def test_what_is_in_force_has_two_clocks(api: Api):
    """
    as_of asks what was true then, known_at what was known then; both are answered back.
    """
    phone = new_phone()
    contact = api.agree(phone, given_at=ago(hours=2))["consents"][0]["contact"]
    api.post("/v1/consents/withdrawals", withdrawal(phone, withdrawn_at=ago(hours=1)))
    path = f"/v1/contacts/{contact}/consents"
    now, before, unknown = api.get(path), api.get(path, as_of=ago(minutes=90)), api.get(path, known_at=ago(minutes=30))

    assert now.status_code == 200
    assert set(now.json()) >= {"consents", "permissions", "suppressions", "as_of", "known_at"}
    assert [each["state"] for each in now.json()["consents"]] == ["withdrawn"]
    assert len(now.json()["suppressions"]) == 1
    assert [each["state"] for each in before.json()["consents"]] == ["granted"]
    assert before.json()["suppressions"] == []
    assert (unknown.json()["consents"], unknown.json()["suppressions"]) == ([], [])
    for nonsense in ("yesterday", "2026-11-20", "2026-11-20T10:00:00", "0001-01-01T00:00:00Z"):
        assert (api.get(path, as_of=nonsense).status_code, pointers(api.get(path, known_at=nonsense))) == (
            422,
            ["/known_at"],
        )
    assert api.get(path, key="stranger").status_code == 404
    assert api.get(f"/v1/contacts/{uuid4()}/consents").status_code == 404
    assert api.get("/v1/contacts/nobody/consents").status_code == 404


def test_the_timeline_holds_every_event_once_newest_first(api: Api):
    """
    Pages of it join without gap or double; each event has its index, moment, name, actor and details.
    """
    phone = new_phone()
    api.held(phone)
    said = api.post("/v1/consents/withdrawals", withdrawal(phone)).json()
    contact = said["withdrawn"][0]["contact"]
    path = f"/v1/contacts/{contact}/timeline"
    pages, cursor = [], None
    while True:
        page = api.get(path, limit=2, **({"cursor": cursor} if cursor else {})).json()
        pages.append(page["events"])
        cursor = page["next"]
        if cursor is None:
            break
    events = [event for page in pages for event in page]

    assert [len(page) for page in pages] == [2, 2]
    assert [each["event"] for each in events] == [
        "consent.withdrawn",
        "decision.allowed",
        "consent.recorded",
        "contact.identified",
    ]
    assert events == api.timeline(contact)
    assert all({"index", "at", "event", "actor", "details", "proof"} <= set(each) for each in events)
    assert events[0]["actor"].startswith("key:")
    assert phone not in str(events)
    assert [api.get(path, cursor=each).status_code for each in ("x", -1, 2**70)] == [422, 422, 422]
    assert api.get(path, limit=0).status_code == 422
    assert api.get(path, key="stranger").status_code == 404
