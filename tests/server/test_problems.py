"""
Problems: whatever goes wrong leaves as RFC 9457, tells what to change, and repeats nothing personal.
"""

import pytest
from litestar import asgi
from litestar.types import Receive, Scope, Send
from pydantic import BaseModel

from server import errors
from server.problems import PROBLEMS
from tests.server.small_app import EMAIL, PHONE, World, bearing, client, logged, small_app

ADDRESS = "/notes/8a9f1f1e-70c8-4b80-9c3b-0a4b0c1d2e3f"


class Body(BaseModel):
    """What a raw route reads by itself."""

    n: int


@asgi("/by-hand", opt={"public": True}, copy_scope=False)
async def by_hand(scope: Scope, receive: Receive, send: Send) -> None:
    """Validates without the framework's help."""
    message = await receive()
    Body.model_validate_json(message["body"] if message["type"] == "http.request" else b"")


def ask(method, path, **sent):
    world = World()
    with client(small_app(world)) as http, logged():
        return http.request(method, path, headers=bearing(world.issue("*")), **sent)


def is_problem(answer):
    body = answer.json()
    return (
        answer.headers["content-type"] == "application/problem+json"
        and body["status"] == answer.status_code
        and body["type"].startswith("urn:venia:problem:")
        and bool(body["title"] and body["detail"])
    )


def test_every_error_of_the_edge_has_a_row():
    """
    Errors that stop the start are never answered; all others are in the table.
    """
    at_start = {errors.SettingsInvalid, errors.ScopeUndeclared, errors.MetricsNotShared}

    assert set(errors.ServerError.__subclasses__()) - at_start <= set(PROBLEMS)


def test_slugs_are_distinct():
    """
    A type names one kind of problem.
    """
    slugs = [row.slug for row in PROBLEMS.values()]

    assert len(set(slugs)) == len(slugs)


def test_bad_fields_are_named_and_not_repeated():
    """
    422 with a pointer and a sentence each; the values, and names that callers invent, are not echoed.
    """
    body = {"contact": {"phone": PHONE[1:]}, "count": EMAIL, "days": [1, EMAIL], PHONE: 1}
    answer = ask("POST", "/notes", json=body)

    assert answer.status_code == 422
    assert is_problem(answer)
    assert answer.json()["errors"] == [
        {"pointer": "/contact/phone", "detail": "[phone] does not begin with a plus sign."},
        {"pointer": "/count", "detail": "Input should be a valid integer."},
        {"pointer": "/days/1", "detail": "Input should be a valid integer."},
        {"pointer": "/[phone]", "detail": "This field is not known."},
    ]
    assert "600111222" not in answer.text
    assert EMAIL not in answer.text


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (b"[]", [{"pointer": "", "detail": "Input should be an object."}]),
        (b"null", [{"pointer": "", "detail": "Input should be an object."}]),
        (b"{}", [{"pointer": "/contact", "detail": "This field is required."}]),
        (b'{"contact": 1}', [{"pointer": "/contact", "detail": "Input should be an object."}]),
        (b'{"contact": {"phone": "+3"}, "a/b": 1}', [{"pointer": "/a~1b", "detail": "This field is not known."}]),
    ],
)
def test_places_are_json_pointers(content, places):
    """
    A pointer leads to the value in question; the whole body is the empty pointer (RFC 6901).
    """
    answer = ask("POST", "/notes", content=content)

    assert (answer.status_code, answer.json()["errors"]) == (422, places)


def test_a_missing_body_is_named():
    """
    No body where one is needed is bad input.
    """
    answer = ask("POST", "/notes")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "")


@pytest.mark.parametrize("content", [b"{", b"\xff", b'{"a": 1,}', b"[" * 2000, b'{"n": 1e999}'])
def test_what_is_no_json_is_malformed(content):
    """
    400, even for absurd nesting or numbers.
    """
    answer = ask("POST", "/notes", content=content)

    assert answer.status_code == 400
    assert is_problem(answer)
    assert answer.json()["type"] == "urn:venia:problem:malformed-json"


def test_bad_parameters_are_named_and_not_repeated():
    """
    422 with the parameter's name and where it stands; neither address nor query is echoed.
    """
    missing = ask("GET", ADDRESS)
    wrong = ask("GET", f"{ADDRESS}?limit={PHONE[1:]}x&at={EMAIL}")

    assert missing.json()["errors"] == [{"pointer": "/limit", "in": "query", "detail": "This parameter is required."}]
    assert [(each["pointer"], each["in"]) for each in wrong.json()["errors"]] == [("/limit", "query"), ("/at", "query")]
    assert "600111222" not in wrong.text
    assert EMAIL not in wrong.text


def test_unknown_addresses_and_methods():
    """
    404 and 405 are problems as well; 405 says what is allowed.
    """
    unknown, unreadable, refused = ask("GET", f"/{PHONE}"), ask("GET", f"/notes/{PHONE}"), ask("DELETE", "/notes")

    assert [each.status_code for each in (unknown, unreadable, refused)] == [404, 404, 405]
    assert all(is_problem(each) for each in (unknown, unreadable, refused))
    assert set(refused.headers["allow"].split(", ")) == {"POST", "OPTIONS"}
    assert PHONE[1:] not in unknown.text + unreadable.text


def test_a_domains_error_follows_its_row():
    """
    Status, title, members and place come from the table; the detail is the error's own sentence, redacted.
    """
    stock, purpose = ask("GET", "/known/stock"), ask("GET", "/known/purpose")

    assert stock.json() == {
        "type": "urn:venia:problem:out-of-stock",
        "title": "Out of stock",
        "status": 409,
        "detail": "There is no [phone] left.",
        "item": "[phone]",
    }
    assert purpose.status_code == 422
    assert purpose.json()["errors"] == [{"pointer": "/purpose", "detail": "No such purpose."}]


def test_the_unforeseen_tells_nothing_but_an_id():
    """
    500 with the request id, and the log has the rest.
    """
    with client(small_app()) as http, logged() as lines:
        answer = http.get("/broken", headers={"X-Request-ID": "r-9"})
        text = lines()

    assert answer.status_code == 500
    assert is_problem(answer)
    assert answer.json()["request_id"] == "r-9"
    assert "no row" not in answer.text
    assert "no row for [phone] or [email]" in text
    assert '"request_id":"r-9"' in text


def test_waiting_is_told_in_a_header():
    """
    503 and 429 carry Retry-After, 401 carries WWW-Authenticate.
    """

    async def away():
        raise ConnectionError

    with client(small_app(probes={"database": away})) as http, logged():
        unready, unknown = http.get("/health/ready"), http.post("/notes", json={})

    assert (unready.status_code, unready.headers["retry-after"]) == (503, "1")
    assert (unknown.status_code, unknown.headers["www-authenticate"]) == (401, "Bearer")


def test_pydantic_in_a_raw_route_is_bad_input_too():
    """
    A route that validates by itself answers as the others do.
    """
    with client(small_app(extra=by_hand)) as http:
        wrong, malformed = http.post("/by-hand", content=b'{"n": "x"}'), http.post("/by-hand", content=b"{")

    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/n")
    assert (malformed.status_code, malformed.json()["type"]) == (400, "urn:venia:problem:malformed-json")
