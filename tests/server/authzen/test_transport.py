"""
AuthZEN on the wire: content types, what is 400, 401 and 403, the request's id, and where to ask.
"""

import json
from collections.abc import Iterator

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from policies.pack_obligations import TYPES
from server.app import create_app
from server.settings import Settings
from tests.server.api import Api, Json
from tests.server.authzen.asking import (
    ACTIONS,
    EVALUATION,
    EVALUATIONS,
    RESOURCES,
    SUBJECTS,
    action,
    ask,
    callable_person,
    contact,
    question,
    said,
)

PATHS = (EVALUATION, EVALUATIONS, SUBJECTS, RESOURCES, ACTIONS)
METADATA = "/.well-known/authzen-configuration"


@pytest.fixture(scope="module")
def asked(api: Api) -> Json:
    """
    A question that is allowed, and that every endpoint takes.
    """
    return question(contact(callable_person(api)))


def send(api: Api, path: str, content: bytes, content_type: str | None, key: str = "caller") -> httpx.Response:
    """
    Posts these bytes as this.
    """
    headers = {"Authorization": f"Bearer {api.keys[key]}"} | ({"Content-Type": content_type} if content_type else {})
    return api.client.post(path, content=content, headers=headers)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8", None]
)
def test_json_is_taken_with_and_without_a_charset(api: Api, asked, path, content_type):
    """
    200, and the answer is application/json.
    """
    answer = send(api, path, json.dumps(asked).encode(), content_type)

    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == "application/json"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "application/jsonx", "x"]
)
def test_another_content_type_is_400(api: Api, asked, path, content_type):
    """
    Whatever the bytes are.
    """
    answer = send(api, path, json.dumps(asked).encode(), content_type)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"nonsense",
        b"[]",
        b"[{}]",
        b'"x"',
        b"null",
        b"1",
        b"NaN",
        b"\xff\xfe",
        b'{"subject": NaN}',
        b"{}" * 2,
        b"[" * 5000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
    ],
    ids=range(14),
)
def test_what_is_no_object_is_400(api: Api, path, content):
    """
    Malformed, empty, a list, a scalar, not UTF-8, nested absurdly: an error that is itself an object.
    """
    answer = send(api, path, content, "application/json")

    assert answer.status_code == 400
    assert isinstance(answer.json(), dict)


BROKEN: list[tuple[str, Json]] = [
    ("subject", {}),
    ("subject", {"type": "business"}),
    ("subject", {"type": 1, "id": "x"}),
    ("subject", {"type": "business", "id": "x", "properties": []}),
    ("action", {}),
    ("action", {"name": 123}),
    ("action", {"name": "call.place", "properties": "all"}),
    ("resource", {}),
    ("resource", {"id": "x"}),
    ("resource", {"type": None, "id": "x"}),
    ("resource", {"type": "contact", "id": "x", "properties": 5}),
]
NEEDED = {
    EVALUATION: {"subject": "type id", "action": "name", "resource": "type id"},
    EVALUATIONS: {"subject": "type id", "action": "name", "resource": "type id"},
    SUBJECTS: {"subject": "type", "action": "name", "resource": "type id"},
    RESOURCES: {"subject": "type id", "action": "name", "resource": "type"},
    ACTIONS: {"subject": "type id", "resource": "type id"},
}
LACKING = [
    (path, name, member)
    for path, entities in NEEDED.items()
    for name, members in entities.items()
    for member in ("", *members.split())
]


@pytest.mark.parametrize(("path", "name", "member"), LACKING)
def test_a_missing_member_is_400_where_it_is_needed(api: Api, asked, path, name, member):
    """
    A whole entity, or one of its required members; the problem points at it.
    """
    entity = {key: value for key, value in asked[name].items() if key != member}
    body = asked | {name: entity} if member else {key: value for key, value in asked.items() if key != name}
    answer = ask(api, body, path)

    assert answer.status_code == 400
    assert f"/{name}/{member}".rstrip("/") in [each["pointer"] for each in answer.json()["errors"]]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("name", "value"), [*BROKEN, ("subject", "alice"), ("resource", 1), ("context", "now")])
def test_a_member_of_another_type_is_400(api: Api, asked, path, name, value):
    """
    Except where the endpoint passes the member over: the id that is searched for, and an action that is searched.
    """
    passed_over = (path, name) == (ACTIONS, "action") or (
        value == {"type": "business"} and (path, name) == (SUBJECTS, "subject")
    )

    assert ask(api, asked | {name: value}, path).status_code == (200 if passed_over else 400)


def test_unknown_members_are_passed_over(api: Api, asked):
    """
    At the top and in every entity; nothing of the answer changes.
    """
    extended = {
        "foo": "bar",
        "futureField": {"nested": True},
        **{name: {**value, "colour": "red"} for name, value in asked.items()},
    }

    assert ask(api, extended).content == ask(api, asked).content


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(api: Api, path, method):
    """
    405, which says what is taken.
    """
    answer = api.client.request(method, path, headers={"Authorization": f"Bearer {api.keys['caller']}"})

    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]


@pytest.mark.parametrize("path", PATHS)
def test_who_is_not_known_is_401_and_who_may_not_is_403(api: Api, asked, path):
    """
    Before anything of the request is looked at.
    """
    nobody, capture = ask(api, asked, path, key=None), ask(api, asked, path, key="capture")

    assert (nobody.status_code, nobody.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert (capture.status_code, capture.json()["scope"]) == (403, "decisions:read")
    assert ask(api, {}, path, key=None).status_code == 401


@pytest.mark.parametrize("path", [*PATHS, METADATA])
@pytest.mark.parametrize("status", ["answered", "refused"])
def test_the_requests_id_is_echoed(api: Api, asked, path, status):
    """
    The same value, on every endpoint, whatever became of the request; without one, one is made.
    """
    method = "GET" if path == METADATA else "POST"
    headers = {"Authorization": f"Bearer {api.keys['caller']}" if status == "answered" else "Bearer x"}
    given = api.client.request(method, path, json=asked, headers={**headers, "X-Request-ID": "bfe9eb29-ab87/4"})
    made = api.client.request(method, path, json=asked, headers=headers)

    assert given.headers.get_list("x-request-id") == ["bfe9eb29-ab87/4"]
    assert made.headers["x-request-id"]
    assert given.status_code == made.status_code


def test_a_body_beyond_a_mebibyte_is_refused(api: Api, asked):
    """
    413, as everywhere.
    """
    assert ask(api, asked | {"padding": "x" * 1_100_000}).status_code == 413


def test_the_metadata_tell_where_to_ask(api: Api):
    """
    Public; the decision point is the address it is reached at, and every endpoint that is named answers there.
    """
    answer = api.client.get(METADATA)
    told = answer.json()
    address, obligations = told.pop("policy_decision_point"), told.pop("supported_obligations")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert address == api.settings.address == f"http://{api.settings.host}:{api.settings.port}"
    assert set(told) == {
        "access_evaluation_endpoint",
        "access_evaluations_endpoint",
        "search_subject_endpoint",
        "search_resource_endpoint",
        "search_action_endpoint",
    }
    assert {each.removeprefix(address) for each in told.values()} == set(PATHS)
    assert all(told.values())
    assert obligations == sorted(TYPES)


@pytest.fixture
def elsewhere(api: Api) -> Iterator[TestClient[Litestar]]:
    """
    The same service, told under which address callers reach it.
    """
    settings = api.settings.model_copy(update={"public_url": "https://pdp.example"})
    with TestClient(create_app(settings, api.url), raise_server_exceptions=False) as client:
        yield client


def test_the_operator_says_under_which_address(elsewhere):
    """
    VENIA_PUBLIC_URL, whatever a request's headers claim: nobody else decides where callers send their questions.
    """
    told = elsewhere.get(METADATA, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}).json()
    del told["supported_obligations"]

    assert told["policy_decision_point"] == "https://pdp.example"
    assert all(each.startswith("https://pdp.example") for each in told.values())


@pytest.mark.parametrize(
    ("given", "read"), [("https://pdp.example/", "https://pdp.example"), ("http://127.0.0.1:8080", None)]
)
def test_an_address_has_no_slash_at_its_end(given, read):
    """
    So that paths can follow it.
    """
    assert Settings.model_validate({"public_url": given}).address == (read or given)


@pytest.mark.parametrize("given", ["pdp.example", "ftp://pdp.example", "https://x?y=1", "https://x#y", "https://a:b@x"])
def test_what_is_no_address_stops_the_start(given):
    """
    A query, a fragment, a credential, another scheme.
    """
    with pytest.raises(ValueError, match="public_url"):
        Settings.model_validate({"public_url": given})


def test_a_question_about_another_tenants_business_is_answered_by_its_own(api: Api, asked):
    """
    The credential says whose rules and people count; the subject never opens another tenant.
    """
    answer = said(api, asked, key="stranger")

    assert answer["decision"] is False
    assert action()["name"] == "call.place"
