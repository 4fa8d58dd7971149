"""
Double opt-in over HTTP: a token that is shown once, a second word, and an end.
"""

from uuid import uuid4

from tests.server.api import Api, Json, new_phone, pointers

ASKED, SAID = "2026-11-20T10:00:00Z", "2026-11-20T10:05:00Z"


def asking(phone: str, **changes: object) -> Json:
    """
    The body by which somebody is asked to confirm.
    """
    usual: Json = {"contact": {"phone": phone}, "purpose": "order_updates", "channels": ["voice"], "given_at": ASKED}
    return {**usual, "method": "web_form", "double_opt_in": True, "confirm_by": "2026-12-15T10:00:00Z", **changes}


def test_a_token_is_shown_once_and_confirms_once(api: Api):
    """
    201 with the token, which a repetition has not; confirmed it is granted, and twice it is the same.
    """
    key, body = str(uuid4()), asking(new_phone())
    first, again = (api.post("/v1/consents", body, once=key).json() for _ in range(2))
    word = {"token": first["confirmation_token"], "confirmed_at": SAID, "method": "email"}
    done, twice = (api.post("/v1/consents/confirmations", word) for _ in range(2))
    contact = first["consents"][0]["contact"]
    now = api.get(f"/v1/contacts/{contact}/consents").json()["consents"]

    assert len(first["confirmation_token"]) > 40
    assert again["confirmation_token"] is None
    assert first["consents"] == again["consents"]
    assert (done.status_code, twice.status_code) == (201, 201)
    assert done.json() == twice.json()
    assert [(each["state"], each["confirms"]) for each in now] == [("granted", first["consents"][0]["id"])]
    assert first["confirmation_token"] not in str(api.timeline(contact))


def test_who_asks_for_no_confirmation_gets_no_token(api: Api):
    """
    The answer of an ordinary consent is as it was.
    """
    body = {**asking(new_phone()), "double_opt_in": False, "confirm_by": None}

    assert set(api.post("/v1/consents", body).json()) == {"consents", "proof", "receipt"}


def test_one_way_or_the_other(api: Api):
    """
    A token, or a contact with ids: neither is too little, both are too much; a wrong one is nobody's.
    """
    phone = new_phone()
    asked = api.post("/v1/consents", asking(phone)).json()
    ids, word = [each["id"] for each in asked["consents"]], {"confirmed_at": SAID, "method": "sms"}
    by_ids: Json = {"contact": {"phone": phone}, "consents": ids}
    wrong: list[Json] = [{}, {"token": asked["confirmation_token"], **by_ids}, {"contact": {"phone": phone}}]

    for each in wrong:
        assert api.post("/v1/consents/confirmations", {**each, **word}).status_code == 422
    unknown = api.post("/v1/consents/confirmations", {"token": "x" * 43, **word})
    assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:venia:problem:confirmation-unknown")
    by_agent = api.post("/v1/consents/confirmations", {**by_ids, **word, "method": "agent"})
    assert (by_agent.status_code, pointers(by_agent)) == (422, ["/method"])
    assert api.post("/v1/consents/confirmations", {**by_ids, **word}).status_code == 201
    assert api.post("/v1/consents/confirmations", {**by_ids, **word}, key="caller").status_code == 403


def test_a_date_in_the_wrong_place_is_pointed_at(api: Api):
    """
    422 at the date.
    """
    late = api.post("/v1/consents", asking(new_phone(), confirm_by="2027-12-15T10:00:00Z"))
    endless = api.post("/v1/consents", asking(new_phone(), renew_at="2027-12-15T10:00:00Z"))

    assert (late.status_code, pointers(late)) == (422, ["/confirm_by"])
    assert (endless.status_code, pointers(endless)) == (422, ["/renew_at"])
