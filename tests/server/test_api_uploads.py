"""
Questions of any number over HTTP: a line that names the rules, a line for each question, and nothing of them kept.
"""

import json
from uuid import uuid4

import httpx
import pytest

from tests.server.api import Api, ago, new_phone, question
from tests.server.test_api_simulations import OFFICER, PACKS, PATH, STRICTER, report


def upload(api: Api, lines: list[object], key: str = OFFICER, once: str = "") -> httpx.Response:
    """
    Sends lines of JSON, or of text.
    """
    content = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines)
    headers = {"Authorization": f"Bearer {api.keys[key]}", "Content-Type": "application/x-ndjson"}
    headers |= {"Idempotency-Key": once or str(uuid4())}
    return api.client.post(f"{PATH}/questions", content=content, headers=headers)


def test_questions_of_any_number_are_uploaded(api: Api):
    """
    The report of lines is that of the same questions in one body; a line that is none is counted, and what was in it is not told.
    """
    phones = [new_phone() for _ in range(3)]
    for each in phones[:2]:
        api.agree(each)
    questions: list[object] = [{**question(each), "at": ago(minutes=1)} for each in phones]
    one = report(api, api.post(PATH, {"candidate": STRICTER, "questions": questions}, key=OFFICER).json()["id"])
    key = str(uuid4())
    answer, again = (upload(api, [{"candidate": STRICTER}, *questions], once=key) for _ in range(2))
    other = report(api, answer.json()["id"])
    odd = upload(
        api, [{"candidate": STRICTER}, questions[0], "no JSON +34600999888", {"to": {"phone": "x"}}, "y" * 70_000]
    )
    told = report(api, odd.json()["id"])["report"]

    assert (answer.status_code, answer.json()["state"]) == (202, "ready")
    assert again.headers["Idempotent-Replay"] == "true"
    assert other == one
    assert (told["questions"], told["decisions"], told["untold"]["decisions"]) == (4, 1, 3)
    assert "34600999888" not in json.dumps(told)


@pytest.mark.parametrize(
    ("lines", "status", "kind"),
    [
        ([], 422, "upload-empty"),
        ([{"candidate": STRICTER}], 422, "upload-empty"),
        ([{"candidate": {"packs": ["xx"]}}, {}], 422, "candidate-invalid"),
        ([{"to": {}}], 422, "invalid-input"),
        (["nothing"], 400, "malformed-json"),
        (["x" * 70_000], 422, "upload-empty"),
    ],
)
def test_an_upload_that_names_no_rules_is_refused(api: Api, lines, status, kind):
    """
    A sentence, and nothing is entered.
    """
    before = api.size()
    answer = upload(api, lines)

    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:venia:problem:{kind}")
    assert api.size() == before


def test_an_upload_is_as_long_as_it_wants(api: Api):
    """
    Thousands of lines, beyond what one body may have, in groups.
    """
    phone = new_phone()
    api.agree(phone)
    line = {**question(phone), "at": ago(minutes=1)}
    answer = upload(api, [{"candidate": {"packs": PACKS}}, *[line] * 7_000])
    told = report(api, answer.json()["id"])["report"]

    assert len(json.dumps(line)) * 7_000 > api.settings.max_body_bytes
    assert (told["questions"], told["decisions"]) == (7_000, 7_000)
    assert told["matrix"]["allow"]["allow"] == 7_000
