"""
Many questions in one request, over HTTP: order, errors beside answers, scopes, and plans.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.server.api import SENDER, Api, new_phone, question

NDJSON = "application/x-ndjson"


def ask(api: Api, lines, path="/v1/calls/check-batch", key="caller", content_type=NDJSON, end="\n"):
    """Posts lines, each JSON or text as it is, and returns the answer."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    headers = {"Authorization": f"Bearer {api.keys[key]}", "Content-Type": content_type}
    return api.client.post(path, content=(end.join(texts) + end).encode(), headers=headers)


def told(answer):
    """The answer's lines."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(NDJSON)
    return [json.loads(line) for line in answer.text.splitlines()]


def test_each_line_has_the_answer_that_it_would_have_had_alone(api: Api):
    """
    The same decision, reasons and contact, in order, with the line's number.
    """
    phones = [new_phone() for _ in range(300)]
    for phone in phones[::100]:
        api.agree(phone)
    answers = told(ask(api, [question(phone) for phone in phones]))

    assert [each["line"] for each in answers] == list(range(1, 301))
    assert [each["decision"] for each in answers[::100]] == ["allow"] * 3
    for number in (0, 1, 100, 299):
        alone = api.check(phones[number])
        assert {name: value for name, value in answers[number].items() if name != "line"} == alone


def test_a_bad_line_fails_alone(api: Api):
    """
    No JSON, a wrong number, an unknown purpose, an unknown field, a line that is too long: each says so.
    """
    phone = new_phone()
    api.agree(phone)
    lines = [
        question(phone),
        "{not json",
        question("600 111 222"),
        question(phone, purpose="nonsense"),
        question(phone, colour="red"),
        "x" * 70_000,
        question(phone),
    ]
    answers = told(ask(api, lines))
    types = [each.get("error", {}).get("type", "").removeprefix("urn:venia:problem:") for each in answers]

    assert types == ["", "malformed-json", "invalid-input", "purpose-unknown", "invalid-input", "line-too-long", ""]
    assert [each.get("decision") for each in (answers[0], answers[-1])] == ["allow", "allow"]
    assert all("decision" not in each for each in answers[1:-1])
    assert answers[2]["error"]["errors"][0]["pointer"] == "/to/phone"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_blank_lines_are_counted_and_left_out(api: Api, end):
    """
    A line's number is its place in what was sent.
    """
    answers = told(ask(api, [question(new_phone()), question(new_phone())], end=end))

    assert [each["line"] for each in answers] == ([1, 3] if end == "\n\n" else [1, 2])


def test_nothing_asked_is_nothing_answered(api: Api):
    """
    An empty body has an empty answer.
    """
    assert told(ask(api, [], end="")) == []


def test_scopes_are_asked_for_line_by_line(api: Api):
    """
    Without decisions:simulate one line's `at` is refused, and its neighbour is answered.
    """
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    lines = [question(new_phone()), question(new_phone(), at=later), question(new_phone(), detail="trace")]
    answers = told(ask(api, lines))
    allowed = told(ask(api, lines, key="officer"))

    assert [each.get("error", {}).get("status") for each in answers] == [None, 403, 403]
    assert [each["line"] for each in allowed if "error" not in each] == [1, 2, 3]
    assert allowed[2]["trace"]


def test_without_the_scope_nothing_is_answered(api: Api):
    """
    The request as a whole needs decisions:read.
    """
    assert ask(api, [question(new_phone())], key="opt-outs").status_code == 403


def test_another_media_type_is_refused(api: Api):
    """
    JSON is not newline-delimited JSON, and the problem says what is.
    """
    answer = ask(api, [question(new_phone())], content_type="text/csv")

    assert answer.status_code == 415
    assert NDJSON in answer.text


def test_another_tenants_people_are_nobodys(api: Api):
    """
    The same number asked by a stranger is a person without consent.
    """
    phone = new_phone()
    api.agree(phone)
    sender = {"from": {"phone_number_id": "700600500401"}}
    mine, theirs = (
        told(ask(api, [question(phone, **more)], key=key))[0] for key, more in (("caller", {}), ("stranger", sender))
    )

    assert (mine["decision"], theirs["decision"]) == ("allow", "deny")
    assert theirs["contact"] is None


def test_nothing_is_written(api: Api):
    """
    Asking a hundred times adds no entry and meets nobody.
    """
    before = api.size()
    told(ask(api, [question(new_phone()) for _ in range(100)]))

    assert api.size() == before


def test_what_the_caller_states_of_its_side_is_checked(api: Api):
    """
    Facts are short words and small numbers; a number that could be a phone's would stay in the log for ever.
    """
    good = question(new_phone(), facts={"agents_available": 2, "shop_open": True, "queue": "vip"})
    bad = [question(new_phone(), facts=facts) for facts in ({"phone": "600111222"}, {"n": 10**9}, {"X": 1}, {"a": 1.5})]
    answers = told(ask(api, [good, *bad]))

    assert "error" not in answers[0]
    assert [each["error"]["type"] for each in answers[1:]] == ["urn:venia:problem:invalid-input"] * 4


# --- Plans


def plan(phone, start, hours, **more):
    """The line that asks when somebody may be called."""
    return {
        "to": {"phone": phone},
        "from": SENDER,
        "purpose": "appointment_reminders",
        "channel": "voice",
        "start": start.isoformat(),
        "end": (start + timedelta(hours=hours)).isoformat(),
        **more,
    }


def next_monday():
    """Monday's midnight in UTC, next week."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=7 - today.weekday())


def test_a_plan_has_every_slot_of_the_day(api: Api):
    """
    A service call to Spain: the law's hours and the business's own leave one slot, which a check confirms at its ends.
    """
    phone = new_phone()
    api.agree(phone, purpose="appointment_reminders")
    (answer,) = told(ask(api, [plan(phone, next_monday(), 24)], "/v1/calls/plan"))
    (slot,) = answer["slots"]
    asked = {"purpose": "appointment_reminders"}
    start, end = (datetime.fromisoformat(slot[name]) for name in ("start", "end"))

    assert answer["reasons"] == []
    assert timedelta(hours=8) < end - start < timedelta(hours=24)
    for at, decision in ((start, "allow"), (end, "deny"), (start - timedelta(seconds=1), "deny")):
        assert api.check(phone, **asked, at=at.isoformat())["decision"] == decision


def test_without_a_slot_the_reasons_are_said(api: Api):
    """
    Somebody who never agreed has no slot, and the reason is that of the beginning.
    """
    (answer,) = told(ask(api, [plan(new_phone(), next_monday(), 24)], "/v1/calls/plan"))

    assert answer["slots"] == []
    assert "CONSENT_MISSING" in [each["code"] for each in answer["reasons"]]


@pytest.mark.parametrize("hours", [0, -1, 24 * 8 + 1])
def test_a_plan_is_for_some_time_and_for_eight_days_at_most(api: Api, hours):
    """
    Otherwise its line says so.
    """
    (answer,) = told(ask(api, [plan(new_phone(), next_monday(), hours)], "/v1/calls/plan"))

    assert answer["error"]["type"] == "urn:venia:problem:plan-too-long"
