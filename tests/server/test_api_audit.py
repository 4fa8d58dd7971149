"""
The log over HTTP: ranges of entries, as they are hashed.
"""

import base64
import json

import pytest

from audit.verification import verify_chain
from tests.server.api import Api, new_phone, verified


def test_every_entry_is_a_line_that_verifies(api: Api):
    """
    NDJSON of index, body and leaf hash; decoded, the lines are the log, each entry naming the one before it.
    """
    api.held(new_phone())
    answer = api.get("/v1/audit/entries", key="officer")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    entries = verified(answer.text)
    chain = verify_chain(
        api.demo["log"]["origin"],
        [(entry.index, *_bytes(line)) for entry, line in zip(entries, lines, strict=True)],
    )

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert all(set(line) == {"index", "body", "leaf_hash"} for line in lines)
    assert [entry.index for entry in chain.entries] == list(range(len(lines)))
    assert chain.entries[0].payload["event"] == "tenant.opened"


def _bytes(line: dict[str, str]) -> tuple[bytes, bytes]:
    return base64.b64decode(line["body"]), base64.b64decode(line["leaf_hash"])


@pytest.mark.parametrize(("first", "to", "expected"), [(0, 3, [0, 1, 2]), (2, 3, [2]), (2, 2, []), (0, 0, [])])
def test_a_range_is_half_open(api: Api, first, to, expected):
    """
    The last index is not in it, and an empty range is no error.
    """
    answer = api.get("/v1/audit/entries", from_=first, to=to)

    assert [entry.index for entry in verified(answer.text)] == expected


def test_a_range_may_end_where_the_log_does(api: Api):
    """
    Asking again from the size on is how a follower waits: nothing yet, and no error.
    """
    size = api.size()
    answer = api.get("/v1/audit/entries", from_=size)

    assert (answer.status_code, answer.text) == (200, "")
    assert len(verified(api.get("/v1/audit/entries", from_=size - 1, to=size).text)) == 1


@pytest.mark.parametrize(
    "asked",
    [{"from_": -1}, {"from_": 3, "to": 2}, {"to": 10**6}, {"from_": 10**6}, {"to": 2**70}, {"from_": "x"}, {"to": -1}],
)
def test_a_range_outside_the_log_is_refused(api: Api, asked):
    """
    422: an answer that is silently shorter would look like a log that is.
    """
    answer = api.get("/v1/audit/entries", **asked)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_refused_range_tells_the_size(api: Api):
    """
    The problem says how many entries there are.
    """
    answer = api.get("/v1/audit/entries", to=10**6)

    assert (answer.json()["type"], answer.json()["size"]) == ("urn:venia:problem:range-unknown", api.size())


def test_a_log_is_its_tenants_alone(api: Api):
    """
    Another tenant's officer reads another log.
    """
    ours = {entry.origin for entry in api.entries()}
    theirs = {entry.origin for entry in verified(api.get("/v1/audit/entries", key="stranger").text)}

    assert ours == {api.demo["log"]["origin"]}
    assert len(theirs) == 1
    assert not ours & theirs
