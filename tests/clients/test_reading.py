"""
Reading an authorize's answer, in all the ways that it can be spoilt: only what is sure is an allow, in both languages alike.
"""

import base64
import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clients.callers import Node, said
from tests.clients.hostile import allow
from venia_client.reading import Verdict, read_authorize
from venia_client.wire import Reply

Json: TypeAlias = dict[str, Any]  # Any: what JSON holds.

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FULFILS = ("offer_opt_out",)
OBLIGATION = {"id": "1", "type": "offer_opt_out", "properties": {}}
HOLD = {"id": "5f0c7f0e-6c0b-4f6c-9d5e-0a5b8f4f2f10", "expires_at": "2026-11-20T10:01:00Z"}
GOOD = allow(obligations=[OBLIGATION], hold=HOLD, contact=None)

MOMENTS = st.sampled_from(
    [
        "2026-11-20T10:00:00Z",
        "2026-11-20T10:00:00.000001Z",
        "2026-11-20T11:01:00.5+01:00",
        "2026-11-20T10:02:31Z",
        "2026-11-31T10:00:30Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20 10:01:00Z",
        "2026-11-20T10:01:00",
        "20261120T100100Z",
        "2026-11-20T10:01:00+24:00",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
    ]
)
WORDS = st.sampled_from(["allow", "deny", "Allow", "", "offer_opt_out", "other", HOLD["id"], HOLD["id"].upper()])
ATOMS = st.none() | st.booleans() | st.integers(-1, 2) | st.just(0.5) | WORDS | MOMENTS
VALUES: st.SearchStrategy[Any] = (
    ATOMS | st.lists(ATOMS, max_size=2) | st.just({}) | st.just([OBLIGATION | {"type": "other"}]) | st.just(HOLD)
)  # Any: what JSON holds.


@st.composite
def spoilt(draw: Callable[..., Any]) -> Json:
    """An allow, or almost one, in which up to three members, at any depth, are something else or gone."""
    body = copy.deepcopy(GOOD) | {"decision": draw(st.sampled_from(["allow", "allow", "deny", "Allow", True]))}
    for _ in range(draw(st.integers(0, 3))):
        where: Any = body  # Any: an object or a list.
        while True:
            name = draw(st.sampled_from(sorted(where) if isinstance(where, dict) else range(len(where))))
            if not (isinstance(where[name], dict | list) and where[name] and draw(st.booleans())):
                break
            where = where[name]
        if draw(st.booleans()):
            where[name] = copy.deepcopy(draw(VALUES))  # What is drawn is shared, and may be spoilt next.
        elif isinstance(where, dict) and len(where) > 1:
            del where[name]
    return body


def read(content: bytes, status: int = 200, media_type: str = "application/json") -> Verdict:
    """What the Python client makes of an answer."""
    reply = Reply(status, {"content-type": media_type}, content)
    return read_authorize(reply, fulfils=FULFILS, ttl=90, key="key", now=NOW)


def is_sure(body: Json) -> bool:
    """Whether this is an allow on which somebody may be called, said in another way than the client says it."""
    try:
        end = datetime.fromisoformat(body["hold"]["expires_at"])
        return (
            body["decision"] == "allow"
            and body["reasons"] == []
            and all(each["type"] == "offer_opt_out" for each in body["obligations"])
            and body["hold"]["id"].lower() == HOLD["id"]
            and 0 < (end - NOW).total_seconds() <= 150
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


@settings(max_examples=500, deadline=None)
@given(spoilt())
def test_an_allow_is_sure_in_every_respect(body):
    """
    However it is spoilt, what is taken for an allow is one.
    """
    verdict = read(json.dumps(body).encode())

    assert not verdict.answer.allowed or is_sure(body)


def test_the_unspoilt_one_is_an_allow():
    """
    Or the other tests would prove nothing.
    """
    assert is_sure(GOOD)
    assert read(json.dumps(GOOD).encode()).answer.allowed
    assert not read(json.dumps(GOOD).encode(), status=201).answer.allowed


@given(
    st.binary() | st.text().map(str.encode) | st.recursive(ATOMS, st.lists).map(lambda each: json.dumps(each).encode())
)
def test_any_bytes_are_read(content):
    """
    Whatever comes, it is a denial and never an exception.
    """
    assert read(content).answer.allowed is False


@given(st.integers(0, 200))
def test_a_part_of_an_allow_is_none(length):
    """
    Wherever it was cut.
    """
    whole = json.dumps(GOOD).encode()

    assert read(whole[: len(whole) - 1 - length]).answer.allowed is False


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=spoilt())
def test_both_languages_read_alike(node: Node, body):
    """
    The same answer of the same kind for the same reason, and the same hold to give back.
    """
    content = json.dumps(body).encode()
    verdict = read(content)
    answer = said(verdict.answer)
    sent = {"status": 200, "headers": {"content-type": "application/json"}, "fulfils": FULFILS, "ttl": 90}
    told = node.ask("read", **sent, content=base64.b64encode(content).decode(), now=NOW.isoformat())

    assert [told["answer"].get(each) for each in ("kind", "why")] == [answer.get(each) for each in ("kind", "why")]
    assert told["unused"] == (None if verdict.unused is None else str(verdict.unused))
