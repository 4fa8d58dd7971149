"""
Many questions: each gets its own answer, in order, or a denial; whose answer is unsure is denied.
"""

import json
import socket
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from tests.clients.callers import SOON
from tests.clients.hostile import Asked, Step, allow, deny, hang_up, head, hostile, raw, reply
from tests.clients.test_hostile import OBLIGATIONS, QUESTION

Json: TypeAlias = dict[str, Any]  # Any: what JSON holds.
NDJSON = "application/x-ndjson"


def people(count: int) -> list[Json]:
    """So many questions."""
    return [QUESTION | {"to": {"phone": f"+34600{number:06}"}} for number in range(count)]


def answered(change: Callable[[list[Json]], list[Json]] = list, media_type: str = NDJSON) -> Step:
    """Allows those whose number is even, line by line, and then spoils the lines."""

    def answer(connection: socket.socket, asked: Asked) -> None:
        lines = []
        for number, line in enumerate(asked.content.splitlines(), start=1):
            is_even = int(json.loads(line)["to"]["phone"]) % 2 == 0
            lines.append({"line": number, **(allow if is_even else deny)(hold=..., receipt=...)})
        body = "".join(json.dumps(each) + "\n" for each in change(lines))
        reply(body.encode(), media_type=media_type)(connection, asked)

    return answer


def kinds(answers: list[Json]) -> list[str]:
    """What kind each answer is of."""
    return [each["kind"] for each in answers]


def test_each_question_has_its_answer(make):
    """
    In groups of 512, in order, to the last.
    """
    with hostile(answered()) as server:
        answers = make(server.url).check_batch(people(1100))

    assert kinds(answers) == ["may_call", "denied"] * 550
    assert [len(each.content.splitlines()) for each in server.asked] == [512, 512, 76]
    assert {each.headers["content-type"] for each in server.asked} == {NDJSON}


SPOILT: dict[str, Callable[[list[Json]], list[Json]]] = {
    "one too few": lambda lines: lines[:-1],
    "one too many": lambda lines: [*lines, lines[-1] | {"line": len(lines) + 1}],
    "none": lambda lines: [],
    "another order": lambda lines: lines[::-1],
    "one twice": lambda lines: [lines[0], *lines[:-1]],
    "numbers from 0": lambda lines: [each | {"line": each["line"] - 1} for each in lines],
    "true for 1": lambda lines: [lines[0] | {"line": True}, *lines[1:]],
    "no numbers": lambda lines: [{**each, "line": None} for each in lines],
}


@pytest.mark.parametrize("case", SPOILT)
def test_answers_that_may_be_anybodys_are_nobodys(make, case):
    """
    All of the group are denied.
    """
    with hostile(answered(SPOILT[case])) as server:
        answers = make(server.url).check_batch(people(4))

    assert {(each["kind"], each["why"]) for each in answers} == {("failed_closed", "inconsistent")}
    assert len(answers) == 4


def test_a_bad_line_is_its_own(make):
    """
    An error, unknown terms, a decision that is none: a denial each, and the neighbours are none the worse.
    """
    error = {"type": "urn:venia:problem:invalid-input", "status": 422}

    def change(lines: list[Json]) -> list[Json]:
        lines[0] = {"line": 1, "error": error}
        lines[2] |= {"obligations": OBLIGATIONS}
        lines[4] |= {"decision": "yes"}
        lines[6] |= {"error": error}
        lines[8] = {"line": 9, "error": {"status": 503}}
        return lines

    with hostile(answered(change)) as server:
        answers = make(server.url).check_batch(people(11))

    assert kinds(answers[::2]) == [*["failed_closed"] * 5, "may_call"]
    assert [each["why"] for each in answers[:10:2]] == ["refused", "obligation", "malformed", "malformed", "busy"]
    assert answers[0]["problem"] == "urn:venia:problem:invalid-input"
    assert kinds(answers[1::2]) == ["denied"] * 5


CUT = raw(head(10_000, media_type=NDJSON) + b'{"line": 1, "decision": "allow"')


@pytest.mark.parametrize("step", [hang_up, CUT, reply(b"", 503)])
def test_when_nobody_answers_everybody_is_denied(make, step):
    """
    Those who come after the group that nobody answered are not asked about, which would only take as long again.
    """
    with hostile(step) as server:
        answers = make(server.url, reporting=SOON).check_batch(people(2000))

    assert kinds(answers) == ["failed_closed"] * 2000
    assert {len(each.content.splitlines()) for each in server.asked} == {512}
    assert len({each.content for each in server.asked}) == 1


def test_a_group_is_asked_about_again(make):
    """
    An answer that broke off is no answer to anybody: all are asked about again.
    """
    with hostile(CUT, hang_up, answered()) as server:
        answers = make(server.url).check_batch(people(4))

    assert kinds(answers) == ["may_call", "denied"] * 2
    assert len(server.asked) == 3


def test_another_type_is_no_answer(make):
    """
    As with one question.
    """
    with hostile(answered(media_type="application/json")) as server:
        answers = make(server.url).check_batch(people(2))

    assert [each["why"] for each in answers] == ["content_type"] * 2


def test_nobody_is_no_request(make):
    """
    An empty list is answered without asking.
    """
    with hostile(answered()) as server:
        answers = make(server.url).check_batch([])

    assert answers == []
    assert server.asked == []
