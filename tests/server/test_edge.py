"""
The edge: every request has an id, a measure and one log line, and no body is larger than its route takes.
"""

import asyncio
import json
from uuid import UUID

import httpx
import pytest
from litestar import get

from server.telemetry import create_metrics
from tests.server.small_app import EMAIL, PHONE, World, bearing, client, events, logged, small_app

NDJSON = {"content-type": "application/x-ndjson"}


def test_a_sane_request_id_is_echoed():
    """
    What the caller chose comes back unchanged.
    """
    with client(small_app()) as http:
        answer = http.get("/health/live", headers={"X-Request-ID": "order 17/b"})

    assert answer.headers.get_list("x-request-id") == ["order 17/b"]


@pytest.mark.parametrize("sent", ["", "x" * 129, "tab\tbed", "caf\u00e9", " "])
def test_any_other_request_id_is_replaced(sent):
    """
    Too long, empty or unprintable: the request gets a UUID.
    """
    with client(small_app()) as http:
        answer = http.get("/health/live", headers={"X-Request-ID": sent.encode("latin-1")})

    assert UUID(answer.headers["x-request-id"]).version == 4


def test_every_answer_has_an_id():
    """
    Unrouted, refused and broken requests too.
    """
    with client(small_app()) as http:
        answers = [http.get("/nowhere"), http.post("/health/live"), http.get("/broken"), http.post("/notes", json={})]

    assert [each.status_code for each in answers] == [404, 405, 500, 401]
    assert all(UUID(each.headers["x-request-id"]) for each in answers)


def test_one_log_line_per_request_without_what_was_asked():
    """
    The line tells method, route template, status, time and id; neither path, query, header nor body.
    """
    world = World()
    key = world.issue("*")
    with client(small_app(world)) as http, logged() as lines:
        note = "8a9f1f1e-70c8-4b80-9c3b-0a4b0c1d2e3f"
        http.get(f"/notes/{note}?limit=3&phone={PHONE}", headers={**bearing(key), "X-Request-ID": "r-1"})
        http.post("/notes", json={"contact": {"phone": PHONE}}, headers=bearing(key))
        http.get(f"/nowhere/{PHONE}")
        seen = events(lines())

    assert [(each["event"], each["method"], each["route"], each["status"]) for each in seen] == [
        ("request", "GET", "/notes/{note}", 200),
        ("request", "POST", "/notes", 200),
        ("request", "GET", "unrouted", 404),
    ]
    assert seen[0]["request_id"] == "r-1"
    assert all(each["ms"] > 0 for each in seen)
    assert PHONE[1:] not in json.dumps(seen)


def test_no_log_line_contains_the_numbers_used():
    """
    Whatever goes wrong with a request, its number, address and credential are in no line, tracebacks included.
    """
    world = World()
    key = world.issue("*")
    with client(small_app(world)) as http, logged() as lines:
        http.post("/notes", json={"contact": {"phone": PHONE[1:]}, PHONE: EMAIL}, headers=bearing(key))
        http.get("/broken", headers={"X-Request-ID": f"call {PHONE}"})
        http.get("/known/stock")
        http.get(f"/notes/{PHONE}?limit={PHONE}", headers=bearing(key))
        http.get(f"/{PHONE}", headers={"Authorization": f"Bearer {key[:-1]}x"})
        text = lines()

    assert "Traceback" in text
    assert "RuntimeError" in text
    assert not [secret for secret in (PHONE[1:], "600111222", EMAIL, key[3:20]) if secret in text]


def test_requests_are_counted_by_template():
    """
    Metrics know method, route template and status; invented methods and unrouted paths do not make them grow.
    """
    metrics = create_metrics()
    with client(small_app(metrics=metrics)) as http:
        for path in ("/a", "/b", f"/{PHONE}"):
            http.get(path)
        http.request("BREW", "/health/live")
        http.get("/known/stock")

    def counted(method, route, status):
        labels = {"method": method, "route": route, "status": status}
        return metrics.registry.get_sample_value("venia_http_requests_total", labels)

    assert counted("GET", "unrouted", "404") == 3
    assert counted("OTHER", "unrouted", "405") == 1
    assert counted("GET", "/known/{kind}", "409") == 1
    assert (
        metrics.registry.get_sample_value("venia_http_request_seconds_count", {"method": "GET", "route": "unrouted"})
        == 3
    )


def test_a_declared_length_over_the_limit_is_refused_before_reading():
    """
    413 as a problem that names the limit, and the connection ends.
    """
    world = World()
    with client(small_app(world)) as http:
        answer = http.post("/notes", content=b" " * 2049, headers=bearing(world.issue("*")))

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["connection"] == "close"
    assert (answer.json()["type"], answer.json()["limit"]) == ("urn:venia:problem:body-too-large", 2048)


def chunks(count):
    for _ in range(count):
        yield b"x" * 512


def test_a_streamed_body_is_refused_when_it_passes_the_limit():
    """
    Without a declared length the bytes are counted as they come.
    """
    with client(small_app()) as http:
        small = http.post("/hooks", content=chunks(8))
        large = http.post("/hooks", content=chunks(9))

    assert (small.status_code, small.json()) == (200, {"bytes": 4096})
    assert (large.status_code, large.json()["limit"]) == (413, 4096)


def test_a_route_sets_its_own_limit():
    """
    ``max_body`` in a route's opt overrides the default, and None is no limit.
    """
    with client(small_app()) as http:
        hook = http.post("/hooks", content=b"x" * 4096)
        lines = http.post("/lines", content=b"x" * 100_000, headers=NDJSON)

    assert hook.json() == {"bytes": 4096}
    assert lines.json() == {"bytes": 100_000}


def test_the_wrong_content_type_is_refused():
    """
    415 names what the route reads; a missing type and JSON's relatives are taken for JSON.
    """
    world = World()
    body = json.dumps({"contact": {"phone": PHONE}})
    with client(small_app(world)) as http:
        key = bearing(world.issue("*"))

        def status(content_type):
            return http.post("/notes", content=body, headers={**key, **content_type}).status_code

        wrong = http.post("/notes", content=body, headers={**key, "content-type": "text/plain"})
        right = [
            status(each)
            for each in (
                {},
                {"content-type": "Application/JSON; charset=utf-8"},
                {"content-type": "application/a+json"},
            )
        ]
        lines = http.post("/lines", content=b"{}", headers={"content-type": "application/json"})
        anything = http.post("/hooks", content=b"a=b", headers={"content-type": "application/x-www-form-urlencoded"})

    assert (wrong.status_code, wrong.json()["accepted"]) == (415, ["application/json"])
    assert right == [200, 200, 200]
    assert (lines.status_code, lines.json()["accepted"]) == (415, ["application/x-ndjson"])
    assert anything.status_code == 200


def test_a_failure_after_the_answer_began_breaks_it_off():
    """
    The connection ends without an end of the body, and the log says why, without the number.
    """
    with client(small_app()) as http, logged() as lines:
        http.get("/broken-off")
        text = lines()

    assert "answer broken off" in text
    assert "RuntimeError" in text
    assert "600111222" not in text


def test_a_request_given_up_is_counted_as_status_zero():
    """
    When the caller hangs up before the answer began, the line says 0.
    """

    @get("/hanging", opt={"public": True})
    async def hanging() -> None:
        await asyncio.sleep(60)

    async def give_up():
        transport = httpx.ASGITransport(small_app(extra=hanging))  # type: ignore[arg-type]  # httpx names the types apart.
        async with httpx.AsyncClient(transport=transport, base_url="http://venia") as http:
            await asyncio.wait_for(http.get("/hanging"), timeout=0.05)

    with logged() as lines, pytest.raises(TimeoutError):
        asyncio.run(give_up())

    assert [each["status"] for each in events(lines()) if each["event"] == "request"] == [0]
