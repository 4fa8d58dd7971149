"""
Events by cursor: the log as CloudEvents, page after page, with nothing left out and nobody named.
"""

from datetime import datetime

import pytest

from tests.server.api import Api, Json, ago, new_phone, pointers, withdrawal

EVENTS = "/v1/events"


def page(api: Api, key: str = "admin", **asked: object) -> Json:
    """
    One page, which is there.
    """
    answer = api.get(EVENTS, key=key, **asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def latest(api: Api) -> str:
    """
    The cursor at the log's end.
    """
    found = page(api, limit=500)
    while found["more"]:
        found = page(api, limit=500, cursor=found["next"])
    return str(found["next"])


def test_pages_add_up_to_the_log(api: Api):
    """
    Page after page, everything that the log says, in its order, each event with the cursor behind it.
    """
    api.agree(new_phone())
    told, cursor, more = [], None, True
    while more:
        found = page(api, limit=7, **({} if cursor is None else {"cursor": cursor}))
        told += found["events"]
        cursor, more = found["next"], found["more"]
    entries = api.entries()

    assert [each["id"] for each in told] == [str(entry.event_id) for entry in entries]
    assert [each["cursor"] for each in told] == [f"1.{entry.index + 1}" for entry in entries]


def test_an_event_is_a_cloud_event(api: Api):
    """
    Its required attributes, the contact as its subject, and data as the timeline shows it, without numbers.
    """
    start, phone = latest(api), new_phone()
    contact = api.agree(phone)["consents"][0]["contact"]
    answer = api.get(EVENTS, cursor=start, type="consent.recorded")
    (event,) = answer.json()["events"]
    (shown,) = [each for each in api.timeline(contact) if each["event"] == "consent.recorded"]

    told = {name: value for name, value in shown.items() if name not in ("details", "id", "shown", "said", "proof")}

    assert (event["specversion"], event["type"], event["subject"]) == ("1.0", "consent.recorded", contact)
    assert event["source"] == api.demo["log"]["origin"]
    assert datetime.fromisoformat(event["time"]).tzinfo is not None
    assert {"contact": contact, **event["data"]}.items() >= told.items()
    assert event["data"]["details"].items() <= shown["details"].items()
    assert phone[1:] not in answer.text


def test_a_call_is_told_from_hold_to_outcome(api: Api):
    """
    By the id that authorize gave: held, then confirmed with outcome and seconds; of the decision no facts about the person.
    """
    start = latest(api)
    hold = api.held(new_phone())
    api.post(f"/v1/calls/{hold}/outcome", {"outcome": "connected", "at": ago(seconds=1), "duration_s": 31})
    allowed, reported = page(api, cursor=start, type="decision.allowed")["events"], page(api, cursor=start, type="call")
    (call,) = [each["data"]["call"] for each in reported["events"]]

    assert [(each["data"]["call"]["id"], each["data"]["call"]["state"]) for each in allowed] == [(hold, "held")]
    assert "facts" not in allowed[0]["data"]["details"]
    assert (call["id"], call["state"], call["outcome"], call["duration_s"]) == (hold, "confirmed", "connected", 31)


def test_a_withdrawal_names_the_holds_it_released(api: Api):
    """
    Who has queued a call drops it by its hold, or by the contact.
    """
    start, phone = latest(api), new_phone()
    hold = api.held(phone)
    api.post("/v1/consents/withdrawals", withdrawal(phone))
    (event,) = page(api, cursor=start, type="consent.withdrawn")["events"]

    assert event["data"]["details"]["released_holds"] == [hold]


def test_filters_leave_the_rest_behind(api: Api):
    """
    A page of one noun ends where the log ends, so that the next look does not begin again.
    """
    start = latest(api)
    api.held(new_phone())
    found = page(api, cursor=start, type="permission")

    assert (found["events"], found["more"], found["next"]) == ([], False, latest(api))


@pytest.mark.parametrize("cursor", ["nonsense", "1.999999", "7.0", "1.-1", "-"])
def test_a_foreign_cursor_is_refused_with_a_sentence(api: Api, cursor: str):
    """
    422, where, and what to do.
    """
    answer = api.get(EVENTS, cursor=cursor)

    assert answer.status_code == 422
    assert pointers(answer) == ["/cursor"]
    assert "give one back as you got it" in answer.json()["detail"]


def test_a_misspelt_type_is_refused_with_the_nearest(api: Api):
    """
    422 and the name that was probably meant.
    """
    answer = api.get(EVENTS, type="consent.withdrew")

    assert (answer.status_code, pointers(answer)) == (422, ["/type"])
    assert "did you mean consent.withdrawn?" in answer.json()["detail"]


def test_it_has_a_scope_of_its_own(api: Api):
    """
    403 for who may ask and call; another tenant sees its own log and nothing of this.
    """
    mine = {each["id"] for each in page(api, limit=500)["events"]}
    others = page(api, key="stranger", limit=500)["events"]

    assert api.get(EVENTS, key="caller").json()["scope"] == "events:read"
    assert others
    assert mine.isdisjoint(each["id"] for each in others)
