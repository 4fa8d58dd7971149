"""
Wishes over HTTP: said, shown, kept to, taken back; and what is no wish is refused with a pointer.
"""

import json
from uuid import uuid4

import pytest

from tests.server.api import Api, Json, new_phone, pointers

WHEN = "2026-11-20T10:00:00Z"


def wish(phone: str, **changes: object) -> Json:
    """
    The body of a wish for weekday mornings.
    """
    usual: Json = {"contact": {"phone": phone}, "windows": ["09:00-12:00"], "wished_at": WHEN, "method": "inbound_call"}
    return {**usual, **changes}


def test_a_wish_is_said_shown_and_taken_back(api: Api):
    """
    201 with the wish and a receipt; shown among what is in force; ended by the person's act; both in the timeline.
    """
    phone = new_phone()
    api.agree(phone)
    body = wish(
        phone,
        days=["fri", "mon", "mon"],
        most={"count": 2, "per": "week"},
        only={"purposes": ["order_updates"], "sender": {"phone": "+34910000000"}},
        about={"categories": ["marketing", "transactional"]},
        not_before="2026-12-01",
        evidence={"text": "solo por las mañanas"},
    )
    made = api.post("/v1/contacts/wishes", body)
    said = made.json()["wish"]
    shown = api.get(f"/v1/contacts/{said['contact']}/consents").json()["wishes"]
    ended = api.post(f"/v1/contacts/wishes/{said['id']}/end", {"ended_at": "2026-11-21T10:00:00Z", "method": "sms"})
    after = api.get(f"/v1/contacts/{said['contact']}/consents").json()["wishes"]

    assert (made.status_code, ended.status_code) == (201, 200)
    assert shown == [said]
    assert after == []
    assert (said["days"], said["windows"]) == (["mon", "fri"], ["09:00-12:00"])
    assert (said["most"], said["not_before"]) == ({"count": 2, "per": "week"}, "2026-12-01")
    assert said["only"]["purposes"] == ["order_updates"]
    assert said["about"]["categories"] == ["marketing", "transactional"]
    assert ended.json()["wish"] == {**said, "ended_at": "2026-11-21T10:00:00Z"}
    told = [each for each in api.timeline(said["contact"]) if each["event"].startswith("wish.")]
    assert [each["event"] for each in told] == ["wish.ended", "wish.made"]
    assert "mañanas" not in json.dumps(told, ensure_ascii=False)


def test_a_wish_is_kept_to_by_check_and_batch(api: Api):
    """
    The same reason from both, with the layer and the wish; nobody else is held to it.
    """
    phone, other = new_phone(), new_phone()
    for each in (phone, other):
        api.agree(each)
    made = api.post("/v1/contacts/wishes", wish(phone, windows=None, only={"purposes": ["offers"]}))
    said = made.json()["wish"]["id"]
    denied = [api.check(each) for each in (phone, other)]

    found = [[(r["code"], r["rule"]) for r in each["reasons"] if r["layer"] == "contact"] for each in denied]
    assert found == [[("CONSENT_SCOPE", said)], []]


def test_a_wish_is_a_write_like_any_other(api: Api):
    """
    A key is needed and repeats the answer; a scope is needed.
    """
    body, key = wish(new_phone()), str(uuid4())
    first, again = (api.post("/v1/contacts/wishes", body, once=key) for _ in range(2))
    end = f"/v1/contacts/wishes/{first.json()['wish']['id']}/end"

    assert first.json() == again.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert api.post("/v1/contacts/wishes", body, once=None).status_code == 400
    assert api.post("/v1/contacts/wishes", body, key="caller").json()["scope"] == "consents:write"
    assert api.post(end, {"ended_at": WHEN, "method": "sms"}, key="caller").json()["scope"] == "consents:write"
    assert api.post(end, {"ended_at": WHEN, "method": "api"}).json()["type"] == "urn:venia:problem:not-the-persons-act"
    assert api.post(end.replace("wishes/", "wishes/x"), {"ended_at": WHEN, "method": "sms"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"windows": []}, "/windows"),
        ({"days": ["someday"]}, "/days/0"),
        ({"most": {"count": 0, "per": "week"}}, "/most/count"),
        ({"most": {"count": 1, "per": "year"}}, "/most/per"),
        ({"most": {"count": True, "per": "day"}}, None),
        ({"not_before": "tomorrow"}, "/not_before"),
        ({"only": {"shoes": 46}}, "/only/shoes"),
        ({"about": {"categories": ["gossip"]}}, "/about/categories/0"),
        ({"wished_at": "2026-11-20T10:00:00"}, "/wished_at"),
        ({"method": "telepathy"}, "/method"),
        ({"shoes": 46}, "/shoes"),
    ],
)
def test_what_is_misspelt_is_pointed_at(api: Api, changes: Json, pointer: str | None):
    """
    422 at the place; nothing is recorded.
    """
    before = api.size()
    answer = api.post("/v1/contacts/wishes", wish(new_phone(), **changes))

    assert pointer is None or answer.status_code == 422, answer.text
    assert pointer is None or pointer in pointers(answer)
    assert pointer is None or api.size() == before


@pytest.mark.parametrize("windows", [["22:00-02:00"], ["9-12"], ["00:00-24:00"], ["09:00-11:00", "10:00-12:00"]])
def test_what_nobody_can_keep_to_is_no_wish(api: Api, windows: list[str]):
    """
    422 with a sentence.
    """
    answer = api.post("/v1/contacts/wishes", wish(new_phone(), windows=windows))

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:venia:problem:wish-says-nothing")
    assert answer.json()["detail"].startswith("This is no wish: ")
