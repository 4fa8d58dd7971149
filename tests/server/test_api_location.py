"""
Where people are, over HTTP: stated, forgotten, refused with a pointer, and asked for where it would help.
"""

import json
import re
from uuid import uuid4

import pytest

from tests.server.api import Api, Json, codes, new_phone, pointers

TOLL_FREE, INMARSAT, UNKNOWN = "+18005550123", "+870771234567", "+19992345678"
OFFER: Json = {"purpose": "offers", "channel": "voice"}


def place(phone: str, **changes: object) -> Json:
    """
    The body that states where somebody is.
    """
    return {"contact": {"phone": phone}, "region": "ES-CN", "zone": "Atlantic/Canary", "stated_by": "person", **changes}


def remedies(answer: Json) -> dict[str, str | None]:
    """
    What a decision's reasons say to do, by code.
    """
    return {each["code"]: each["remedy"] for each in answer["reasons"]}


def test_a_place_is_stated_and_forgotten(api: Api):
    """
    200 with the contact, what was stated, and a receipt; the timeline has both; null forgets.
    """
    phone = new_phone()
    api.agree(phone)
    first, size = api.post("/v1/contacts/location", place(phone)), api.size()
    second = api.post("/v1/contacts/location", place(phone, region=None, zone=None, stated_by="business"))
    contact = first.json()["contact"]

    assert (first.status_code, second.status_code) == (200, 200)
    assert {"contact", "region", "zone", "receipt"} == set(first.json())
    assert (first.json()["region"], first.json()["zone"]) == ("ES-CN", "Atlantic/Canary")
    assert first.json()["receipt"]["index"] == size - 1
    assert (second.json()["region"], second.json()["zone"]) == (None, None)
    told = [each for each in api.timeline(contact) if each["event"] == "contact.located"]
    assert [(each["details"]["zone"], each["details"]["stated_by"]) for each in told] == [
        (None, "business"),
        ("Atlantic/Canary", "person"),
    ]
    assert phone not in json.dumps(told)


def test_a_place_is_a_write_like_any_other(api: Api):
    """
    A key is needed and repeats the answer; a scope is needed; nobody is met by an id.
    """
    body, once = place(new_phone()), str(uuid4())
    first, again = (api.post("/v1/contacts/location", body, once=once) for _ in range(2))
    by_id = api.post("/v1/contacts/location", {**body, "contact": {"id": str(uuid4())}})

    assert first.json() == again.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert api.post("/v1/contacts/location", body, once=None).status_code == 400
    assert api.post("/v1/contacts/location", body, key="caller").json()["scope"] == "consents:write"
    assert api.post("/v1/contacts/location", body, key="capture").status_code == 200
    assert (by_id.status_code, by_id.json()["type"]) == (404, "urn:venia:problem:contact-unknown")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"region": "Spain"}, "/region"),
        ({"region": "Canary Islands"}, "/region"),
        ({"region": "ES-QQ"}, "/region"),
        ({"region": "US-PR"}, "/region"),
        ({"region": 7}, "/region"),
        ({"zone": "Madrid"}, "/zone"),
        ({"zone": "../zones"}, "/zone"),
        ({"zone": "x" * 65}, "/zone"),
        ({"stated_by": "a bird"}, "/stated_by"),
        ({"city": "Telde"}, "/city"),
        ({"contact": {"phone": "600"}}, "/contact/phone"),
    ],
)
def test_what_is_no_place_is_refused_where_it_stands(api: Api, changes, pointer):
    """
    422 with a pointer and a sentence; nothing is written and nobody met.
    """
    before = api.size()
    answer = api.post("/v1/contacts/location", place(new_phone(), **changes))

    assert (answer.status_code, pointers(answer)) == (422, [pointer])
    assert all(each["detail"] for each in answer.json()["errors"])
    assert api.size() == before


@pytest.mark.parametrize("phone", [TOLL_FREE, INMARSAT, UNKNOWN])
def test_who_is_nowhere_is_not_called_until_somebody_says_where(api: Api, phone):
    """
    Toll-free, Inmarsat, an area code that nobody has: denied with the reason and the remedy, which then works.
    """
    before = api.check(phone, **OFFER)
    api.post("/v1/contacts/location", place(phone, region="ES-MD", zone=None))
    after = api.check(phone, **OFFER)

    assert before["decision"] == "deny"
    assert {"JURISDICTION_UNKNOWN", "LOCAL_TIME_UNKNOWN"} <= set(codes(before))
    for code in ("JURISDICTION_UNKNOWN", "LOCAL_TIME_UNKNOWN"):
        assert "POST /v1/contacts/location" in (remedies(before)[code] or "")
    assert not {"JURISDICTION_UNKNOWN", "LOCAL_TIME_UNKNOWN"} & set(codes(after))


def test_a_closed_window_says_what_a_statement_would_gain(api: Api):
    """
    Of whom only the United States are known: the remedy names the route and the hours; once stated, it is silent.
    """
    asked = {"at": "2026-11-22T12:00:00Z", **OFFER}  # A Sunday.
    before = api.check("+15002345678", **asked)
    api.post("/v1/contacts/location", place("+15002345678", region="US-NY", zone=None))
    after = api.check("+15002345678", **asked)
    said = [remedies(answer)["QUIET_HOURS"] or "" for answer in (before, after)]

    assert re.fullmatch(
        r"State the person's region \(POST /v1/contacts/location\) to gain up to \d+ hours a week\.", said[0]
    )
    assert said[1] == ""
