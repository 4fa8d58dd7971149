"""
Many questions in one request, over HTTP: order, errors beside answers, scopes, and plans.
"""

import json
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest

from tests.server.api import SENDER, Api, ago, new_phone, question, withdrawal

NDJSON = "application/x-ndjson"
JSON = {"Content-Type": "application/json"}


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


def odd_questions(api: Api, seed: int) -> list[bytes]:
    """
    Lines of every kind: about people who agreed, refused or are unknown, by each of their names, with what a caller may
    get right or wrong.
    """
    dice = Random(seed)
    agreed, refused, unknown = (new_phone() for _ in range(3))
    contact = api.agree(agreed)["consents"][0]["contact"]
    api.agree(refused)
    api.post("/v1/consents/withdrawals", withdrawal(refused))
    people: list[object] = [
        {"phone": agreed},
        {"phone": refused},
        {"phone": unknown},
        {"id": contact},
        {"id": str(uuid4())},
    ]
    people += [{"whatsapp_user_id": "ES.1234"}, {"phone": "+1"}, {}, {"phone": agreed, "id": contact}, None]
    choices: dict[str, list[object]] = {
        "from": [SENDER, SENDER, {"id": "nobody"}, {}],
        "purpose": ["order_updates", "offers", "appointment_reminders", "nobody_knows", 7],
        "channel": ["voice", "whatsapp_call", "sms"],
        "technology": ["live", "ai_voice", "robot"],
        "action": ["call.place", "call.request_permission"],
        "detail": ["reasons", "none", "trace", "all"],
        "at": [ago(days=-1), ago(hours=3), ago(days=3000), "2026-11-20T10:00:00", None],
        "facts": [{}, {"agents": 2, "open": True}, {"agents": "Two"}, {"phone": "600111222"}],
        "urgent": [True],
    }
    lines = []
    for _ in range(80):
        changed = {name: dice.choice(values) for name, values in choices.items() if dice.random() < 0.25}
        lines.append(json.dumps({**question(agreed), "to": dice.choice(people), **changed}).encode())
    return [*lines, b"{", b"[]", b"null", b'{"to": "\xff"}', b"7 7", json.dumps(question(agreed)).encode()]


@pytest.mark.parametrize(("key", "seed"), [("caller", 1), ("officer", 2), ("admin", 3)])
def test_a_batch_is_as_many_checks(api: Api, key, seed):
    """
    Whatever is asked, right or wrong, each line is told what /v1/calls/check tells: the answer, or the whole problem.
    """
    lines = odd_questions(api, seed)
    headers = {"Authorization": f"Bearer {api.keys[key]}"}
    batch = api.client.post(
        "/v1/calls/check-batch", content=b"\n".join(lines), headers=headers | {"Content-Type": NDJSON}
    )
    alone = [api.client.post("/v1/calls/check", content=line, headers=headers | JSON) for line in lines]
    expected = [
        {"line": number, **each.json()} if each.status_code == 200 else {"line": number, "error": each.json()}
        for number, each in enumerate(alone, 1)
    ]

    assert told(batch) == expected
    assert {each.status_code for each in alone} >= {200, 400, 404, 422}


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


@pytest.mark.parametrize("end", ["", "\r\n", "\n \n\t\n"])
def test_the_last_line_needs_no_end(api: Api, end):
    """
    Nor is anything but blanks after it an answer.
    """
    phone = new_phone()
    content = json.dumps(question(phone)) + "\r\n" + json.dumps(question(phone)) + end
    headers = {"Authorization": f"Bearer {api.keys['caller']}", "Content-Type": NDJSON}
    answers = told(api.client.post("/v1/calls/check-batch", content=content, headers=headers))

    assert [each["line"] for each in answers] == [1, 2]


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


def test_plans_far_ahead_need_the_scope_that_checks_need(api: Api):
    """
    A week ahead is a caller's own business; beyond eight days, or before them, decisions:simulate is asked for.
    """
    now = datetime.now(UTC)
    lines = [plan(new_phone(), now + timedelta(days=days), 24) for days in (0, 7, 9, -9)]
    caller, officer = (told(ask(api, lines, "/v1/calls/plan", key=key)) for key in ("caller", "officer"))

    assert [each.get("error", {}).get("scope") for each in caller] == [None, None, *["decisions:simulate"] * 2]
    assert [each["line"] for each in officer if "slots" in each] == [1, 2, 3, 4]


@pytest.mark.parametrize(("field", "value"), [("start", None), ("end", "tomorrow"), ("at", "2026-11-24T10:00:00Z")])
def test_a_plan_that_cannot_be_read_says_where(api: Api, field, value):
    """
    Its line's error names the field.
    """
    line = {**plan(new_phone(), next_monday(), 24), field: value}
    (answer,) = told(ask(api, [line], "/v1/calls/plan"))

    assert [each["pointer"] for each in answer["error"]["errors"]] == [f"/{field}"]


@pytest.mark.parametrize("hours", [0, -1, 24 * 8 + 1])
def test_a_plan_is_for_some_time_and_for_eight_days_at_most(api: Api, hours):
    """
    Otherwise its line says so.
    """
    (answer,) = told(ask(api, [plan(new_phone(), next_monday(), hours)], "/v1/calls/plan"))

    assert answer["error"]["type"] == "urn:venia:problem:plan-too-long"
