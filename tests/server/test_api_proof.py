"""
What people are shown and asked for, over HTTP, and consents with their proof.
"""

import base64
from typing import Any
from uuid import uuid4

import pytest

from consent.proof.wording import digest
from tests.server.api import Api, codes, consent, new_phone, pointers, withdrawal

BRAND = "{brand} me llama sobre {topic}."


def publish(api: Api, **changed):
    """
    A notice with two placeholders, under a name of its own.
    """
    body = {"id": f"n{uuid4().hex[:8]}", "version": 1, "locale": "es-ES", "text": BRAND, **changed}
    return api.post("/v1/notices", body, key="admin")


def test_a_notice_is_published_listed_and_read(api: Api):
    """
    With its hash and its placeholders; the list spares the texts.
    """
    made = publish(api)
    name = made.json()["notice"]
    listed = {each["id"]: each for each in api.get("/v1/notices", key="capture").json()["notices"]}

    assert made.status_code == 201
    assert (made.json()["sha256"], made.json()["variables"]) == (digest(BRAND), ["brand", "topic"])
    assert listed[name]["sha256"] == digest(BRAND)
    assert "text" not in listed[name]
    assert api.get(f"/v1/notices/{name}/1/es-ES", key="officer").json()["text"] == BRAND
    assert api.get(f"/v1/notices/{name}/2/es-ES", key="officer").status_code == 404
    assert publish(api, id=name, text="other").status_code == 409
    assert api.post("/v1/notices", {"id": name}, key="capture").status_code == 403


def rule(api: Api, ip: str, key: str):
    """
    Says how addresses are kept.
    """
    headers = {"Authorization": f"Bearer {api.keys[key]}", "Idempotency-Key": str(uuid4())}
    return api.client.put("/v1/evidence/rules", json={"ip": ip}, headers=headers)


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "a\0b"},
        {"text": "a\u202eb"},
        {"text": ""},
        {"locale": "es-es"},
        {"locale": "\u0435s-ES"},
        {"version": 0},
        {"version": 10**9},
        {"id": "../x"},
        {"more": 1},
        {"text": "a" * 40_000},
    ],
)
def test_a_notice_that_cannot_be_is_refused(api: Api, changed):
    """
    With a sentence and a place, and never with an error of ours.
    """
    answer = publish(api, **changed)

    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_a_consent_is_answered_with_its_grade(api: Api):
    """
    With all that is asked for it is whole; what was shown may be stated by its hash.
    """
    name = publish(api).json()["notice"]
    values = {"brand": "Acme", "topic": "{brand}"}
    notice = {
        "id": name,
        "version": 1,
        "locale": "es-ES",
        "variables": values,
        "sha256": digest("Acme me llama sobre {brand}."),
    }
    evidence = {
        "page_url": "https://shop.example/",
        "ip": "2001:db8::1",
        "certificate_url": "https://cert.example/1",
    }
    body = consent(
        new_phone(), notice=notice, evidence=evidence, jurisdiction="ES", giver={"kind": "delegate", "relation": "son"}
    )
    whole = api.post("/v1/consents", body)
    wrong = api.post("/v1/consents", {**body, "notice": {**notice, "sha256": "0a" * 32}})
    lacking = api.post("/v1/consents", {**body, "notice": {**notice, "variables": {"brand": "Acme"}}})

    assert whole.json()["proof"] == {"score": 100, "missing": []}
    assert wrong.status_code == lacking.status_code == 422
    assert (wrong.json()["stated"], wrong.json()["published"]) == ("0a" * 32, digest("Acme me llama sobre {brand}."))
    assert pointers(lacking) == ["/notice/variables"]
    assert lacking.json()["missing"] == ["topic"]


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        ({"key": "*"}, 201),
        ({"key": "12"}, 422),
        ({"key": "１"}, 422),
        ({"ip": "fe80::1%eth0"}, 201),
        ({"ip": "::ffff:203.0.113.7"}, 201),
        ({"ip": "203.0.113.0/24"}, 422),
        ({"recording_start_ms": -1}, 422),
        ({"recording_sha256": "AB" * 32}, 422),
        ({"recording_sha256": "ab" * 32, "recording_start_ms": 1500, "recording_end_ms": 4000}, 201),
        ({"recording_sha256": "ab" * 32, "recording_start_ms": 4000, "recording_end_ms": 1500}, 422),
        ({"page_url": "javascript:alert(1)"}, 422),
        ({"call_id": "x" * 513}, 422),
    ],
)
def test_evidence_is_typed(api: Api, evidence, status):
    """
    What is not of its type is refused.
    """
    assert api.post("/v1/consents", consent(new_phone(), evidence=evidence)).status_code == status


@pytest.mark.parametrize(
    "giver", [{"kind": "self", "name": "Eva"}, {"kind": "neighbour"}, {}, {"kind": "guardian", "name": ""}]
)
def test_a_giver_is_the_person_or_somebody_else(api: Api, giver):
    """
    Who agrees for themselves has no other name.
    """
    assert api.post("/v1/consents", consent(new_phone(), giver=giver)).status_code == 422


def test_a_purpose_is_defined_in_versions_and_listed(api: Api):
    """
    Its newest version is current; what it refuses is refused with what lacks.
    """
    name = f"p{uuid4().hex[:8]}"
    body = {"purpose": name, "category": "marketing", "validity": "P1Y"}
    first = api.post("/v1/purposes", body, key="admin")
    strict = {**body, "proof": [{"jurisdiction": "*", "elements": ["copy"], "missing": "refuse"}]}
    second = api.post("/v1/purposes", strict, key="admin")
    listed = [each for each in api.get("/v1/purposes", key="capture").json()["purposes"] if each["purpose"] == name]
    refused = api.post("/v1/consents", consent(new_phone(), purpose=name))

    assert (first.status_code, first.json()["version"], second.json()["version"]) == (201, 1, 2)
    assert [(each["version"], each["current"]) for each in listed] == [(1, False), (2, True)]
    assert listed[1]["proof"] == strict["proof"]
    assert refused.status_code == 422
    assert {"words", "act", "copy"} == {each["element"] for each in refused.json()["missing"]}
    assert api.post("/v1/purposes", {**body, "category": "service"}, key="admin").status_code == 409
    assert api.post("/v1/purposes", {**body, "validity": "P0D"}, key="admin").status_code == 422
    assert api.post("/v1/purposes", body, key="officer").status_code == 403


def test_the_duties_are_told_with_their_sources(api: Api):
    """
    And how addresses are kept, which an administrator changes.
    """
    told = api.get("/v1/evidence/rules", key="capture").json()

    assert told["ip"] == "network"
    assert {"jurisdiction", "elements", "source", "confidence", "since"} <= set(told["duties"][0])
    assert rule(api, "whole", "capture").status_code == 403
    assert rule(api, "network", "admin").json()["ip"] == "network"


def test_a_public_key_records_what_people_say_and_nothing_else(api: Api):
    """
    Its trust stands in the entry; it may neither settle a reply nor say where people are.
    """
    phone = new_phone()
    said = api.post("/v1/consents", consent(phone), key="form").json()
    [entry] = api.entries(said["receipt"]["index"])
    place = {"contact": {"phone": phone}, "region": "ES", "zone": None, "stated_by": "person"}

    assert entry.payload["trust"] == "public"
    assert "writer" in {each["element"] for each in said["proof"]["missing"]}
    assert api.post("/v1/contacts/location", place, key="form").status_code == 403
    assert api.post(f"/v1/reviews/{uuid4()}", {"verdict": "none"}, key="form").status_code == 403


def test_a_public_key_is_not_told_what_was_said_before(api: Api):
    """
    Neither what the person agreed to, nor that they refused, nor which holds fell with it.
    """
    phone = new_phone()
    api.held(phone)
    ended = api.post("/v1/consents/withdrawals", withdrawal(phone), key="form").json()
    [said] = api.post("/v1/consents", consent(phone, method="web_form"), key="form").json()["consents"]

    assert (ended["withdrawn"], ended["suppressed"], ended["released_holds"]) == ([], True, [])
    assert (said["state"], said["historical_only"]) == ("granted", False)
    assert "SUPPRESSED" in codes(api.check(phone))


def test_weak_consents_are_listed_in_pages_and_counted(api: Api):
    """
    With what lacks and why; a cursor goes on; nobody without the scope sees them.
    """
    phone = new_phone()
    said = api.agree(phone, purpose="offers", channels=["voice", "sms"])
    found: dict[str, Any] = {}  # Any: JSON
    cursor: dict[str, object] | None = {}
    while cursor is not None:
        page = api.get("/v1/consents/proof", key="officer", below=80, purpose="offers", limit=1, **cursor).json()
        found |= {each["id"]: each for each in page["consents"]}
        cursor = None if page["next"] is None else {"cursor": page["next"]}
    counted = api.get("/v1/consents/proof/purposes", key="officer", purpose="offers").json()["purposes"]

    assert {each["id"] for each in said["consents"]} <= set(found)
    mine = found[said["consents"][0]["id"]]
    assert (mine["score"], mine["missing"]) == (said["proof"]["score"], said["proof"]["missing"])
    assert (mine["state"], mine["evidence"], mine["trust"]) == ("granted", [], "system")
    assert counted[0]["below"] == len(found)
    assert counted[0]["required"]["words"] == len(found)
    assert api.get("/v1/consents/proof", key="caller").status_code == 403
    assert api.get("/v1/consents/proof", key="officer", below=0).status_code == 422
    assert api.get("/v1/consents/proof", key="officer", cursor="x").status_code == 422


def test_a_file_is_uploaded_named_and_looked_at(api: Api):
    """
    Its kind is what it is; it is handed out as an attachment that no browser runs, to whoever may disclose.
    """
    phone, content = new_phone(), b"\x89PNG\r\n\x1a\n" + bytes(2_000_000)
    body = {"contact": {"phone": phone}, "content": base64.b64encode(content).decode()}
    made = api.post("/v1/evidence/files", body, key="capture")
    file = made.json()
    said = api.post("/v1/consents", consent(phone, method="paper", evidence={"files": [file["sha256"]]})).json()
    seen = api.get(f"/v1/evidence/files/{file['id']}", key="officer")

    assert (made.status_code, file["media_type"], file["size"]) == (201, "image/png", len(content))
    assert "act" not in {each["element"] for each in said["proof"]["missing"]}
    assert seen.content == content
    assert (seen.headers["content-type"], seen.headers["x-content-type-options"]) == ("image/png", "nosniff")
    assert seen.headers["content-disposition"] == f'attachment; filename="{file["sha256"]}.png"'
    listed = api.get(f"/v1/contacts/{file['contact']}/files", key="capture").json()["files"]
    assert [each["id"] for each in listed] == [file["id"]]
    assert api.entries(api.size() - 1)[0].payload["event"] == "evidence.read"
    assert api.get(f"/v1/evidence/files/{file['id']}", key="capture").status_code == 403
    assert api.get(f"/v1/evidence/files/{file['id']}", key="stranger").status_code == 404
    assert api.post("/v1/evidence/files", body, key="form").status_code == 403


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ("", 422),
        ("not base64!", 422),
        ("TVqQAA==", 422),
        ("PHNjcmlwdD4=", 422),
        ("ñ", 422),
        ("QQ", 422),
        ("A" * (4 * 1024 * 1024 * 4 // 3 + 8), 422),
        ("A" * (7 * 1024 * 1024), 413),
    ],
)
def test_a_hostile_file_is_refused(api: Api, content, status):
    """
    What it claims to be is not asked; what is too long is not read.
    """
    body = {"contact": {"phone": new_phone()}, "content": content}

    assert api.post("/v1/evidence/files", body).status_code == status
