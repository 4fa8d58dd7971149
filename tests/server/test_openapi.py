"""
The description of the API against the application: every route, its scope, its fields; and what random input does.
"""

import json
import re
import warnings
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from litestar.routes import HTTPRoute

from tests.server.api import SENDER, Api, Json

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # What schemathesis imports has warnings of its own.
    import schemathesis
    from schemathesis import GenerationMode


@schemathesis.serializer("application/x-ndjson")
def one_line(context: object, value: object) -> bytes:
    """
    How the library writes a question among many.
    """
    return json.dumps(value).encode()


# The wire contract: method, path, required fields of the body, scope, status of success.
CONTRACT: list[tuple[str, str, set[str] | None, str | None, str]] = [
    ("post", "/v1/consents", {"contact", "purpose", "channels", "given_at", "method"}, "consents:write", "201"),
    ("post", "/v1/consents/withdrawals", {"contact", "withdrawn_at", "method"}, "consents:withdraw", "201"),
    ("post", "/v1/contacts/lookup", {"contact"}, "consents:read", "200"),
    ("post", "/v1/contacts/location", {"contact", "stated_by"}, "consents:write", "200"),
    ("post", "/v1/contacts/merges", {"from", "into", "reason"}, "contacts:write", "201"),
    ("post", "/v1/contacts/renumberings", {"old", "new", "at"}, "contacts:write", "201"),
    ("post", "/v1/contacts/reassignments", {"contact", "since"}, "contacts:write", "201"),
    ("get", "/v1/contacts/merges/{merge}", None, "consents:read", "200"),
    ("post", "/v1/contacts/merges/{merge}/undo", {"reason"}, "contacts:write", "200"),
    ("post", "/v1/contacts/links", {"contact"}, "consents:write", "201"),
    ("get", "/v1/contacts/{contact}/consents", None, "consents:read", "200"),
    ("get", "/v1/contacts/{contact}/timeline", None, "consents:read", "200"),
    ("post", "/v1/calls/check", {"to", "from", "purpose"}, "decisions:read", "200"),
    ("post", "/v1/calls/check-batch", {"to", "from", "purpose"}, "decisions:read", "200"),
    ("post", "/v1/calls/plan", {"to", "from", "purpose", "start", "end"}, "decisions:read", "200"),
    ("post", "/v1/calls/authorize", {"to", "from", "purpose"}, "calls:authorize", "200"),
    ("post", "/v1/calls/{hold}/outcome", {"outcome", "at"}, "calls:authorize", "200"),
    ("post", "/v1/calls/{hold}/release", None, "calls:authorize", "200"),
    ("get", "/.well-known/jwks.json", None, None, "200"),
    ("post", "/access/v1/evaluation", {"subject", "action", "resource"}, "decisions:read", "200"),
    ("post", "/access/v1/evaluations", set(), "decisions:read", "200"),
    ("post", "/access/v1/search/subject", {"subject", "action", "resource"}, "decisions:read", "200"),
    ("post", "/access/v1/search/resource", {"subject", "action", "resource"}, "decisions:read", "200"),
    ("post", "/access/v1/search/action", {"subject", "resource"}, "decisions:read", "200"),
    ("get", "/.well-known/authzen-configuration", None, None, "200"),
    ("get", "/webhooks/whatsapp/{channel}", None, None, "200"),
    ("post", "/webhooks/whatsapp/{channel}", None, None, "200"),
    ("post", "/webhooks/twilio/{channel}", None, None, "200"),
    ("post", "/webhooks/generic/{channel}", None, None, "200"),
    ("get", "/v1/consents/{consent}/receipt", None, "consents:read", "200"),
    ("get", "/v1/withdrawals/{withdrawal}/receipt", None, "consents:read", "200"),
    ("get", "/v1/receipts/{index}", None, "consents:read", "200"),
    ("get", "/.well-known/receipt-jwks.json", None, None, "200"),
    ("get", "/v1/reviews", None, "consents:read", "200"),
    ("post", "/v1/reviews/{review}", {"verdict"}, "consents:write", "200"),
    ("post", "/v1/subscriptions", {"url", "types"}, "subscriptions:write", "201"),
    ("get", "/v1/subscriptions", None, "subscriptions:write", "200"),
    ("get", "/v1/subscriptions/{subscription}", None, "subscriptions:write", "200"),
    ("delete", "/v1/subscriptions/{subscription}", None, "subscriptions:write", "200"),
    ("get", "/v1/subscriptions/{subscription}/dead-letters", None, "subscriptions:write", "200"),
    (
        "post",
        "/v1/subscriptions/{subscription}/dead-letters/{event}/redeliver",
        None,
        "subscriptions:write",
        "202",
    ),
    ("get", "/v1/registers", None, "registers:read", "200"),
    ("post", "/v1/registers/lookup", {"contact"}, "registers:read", "200"),
    ("delete", "/v1/registers/{register}", None, "registers:write", "200"),
    ("get", "/v1/events", None, "events:read", "200"),
    ("get", "/v1/audit/entries", None, "audit:read", "200"),
    ("post", "/v1/audit/exports", {"format"}, "audit:export", "202"),
    ("get", "/v1/audit/exports/{export}", None, "audit:export", "200"),
    ("get", "/v1/audit/exports/{export}/download", None, "audit:export", "200"),
    ("get", "/v1/decisions/{index}", None, "decisions:trace", "200"),
    ("post", "/v1/policies/simulations", {"candidate"}, "policies:simulate", "202"),
    ("post", "/v1/policies/simulations/questions", {"to", "from", "purpose", "at"}, "policies:simulate", "202"),
    ("get", "/v1/policies/simulations/{simulation}", None, "policies:simulate", "200"),
    ("post", "/v1/policies/simulations/{simulation}/cancel", None, "policies:simulate", "200"),
    ("get", "/v1/policies/simulations/{simulation}/report", None, "policies:simulate", "200"),
    ("get", "/v1/policies/simulations/{simulation}/report.html", None, "policies:simulate", "200"),
    ("post", "/v1/suppressions/exports", {"format"}, "audit:disclose", "200"),
    ("post", "/v1/imports", {"contact", "purpose", "channels", "given_at", "method"}, "consents:write", "200"),
    ("post", "/v1/imports/trials", {"contact", "purpose", "channels", "given_at", "method"}, "consents:write", "200"),
    ("get", "/v1/imports", None, "consents:read", "200"),
    ("get", "/v1/imports/{import_}", None, "consents:read", "200"),
    ("get", "/v1/imports/{import_}/verdicts", None, "consents:read", "200"),
    ("post", "/v1/imports/{import_}/cancel", None, "consents:write", "200"),
    ("get", "/health/live", None, None, "200"),
    ("get", "/health/ready", None, None, "200"),
    ("get", "/metrics", None, None, "200"),
]
# Random input is tried on every route; input that nearly fits only where there is a body or a query to get wrong.
TRIED = [(method, path, GenerationMode.POSITIVE) for method, path, *_ in CONTRACT] + [
    (method, path, GenerationMode.NEGATIVE)
    for method, path, required, *_ in CONTRACT
    if required is not None or path.endswith(("/consents", "/timeline", "/entries"))
]
EXAMPLES = 20
PARAMETERS = {
    "/v1/contacts/{contact}/consents": {"contact", "as_of", "known_at"},
    "/v1/contacts/{contact}/timeline": {"contact", "cursor", "limit", "disclose"},
    "/v1/audit/entries": {"from", "to"},
}
FIELDS = {
    "ConsentBody": {
        "contact",
        "purpose",
        "channels",
        "sender",
        "technology",
        "given_at",
        "expires_at",
        "double_opt_in",
        "confirm_by",
        "renew_at",
        "method",
        "basis",
        "jurisdiction",
        "notice",
        "evidence",
        "giver",
    },
    "WithdrawalBody": {"contact", "scope", "withdrawn_at", "method", "evidence"},
    "CheckBody": {"to", "from", "purpose", "channel", "technology", "action", "facts", "detail", "at"},
    "PlanBody": {"to", "from", "purpose", "channel", "technology", "action", "facts", "start", "end"},
    "AuthorizeBody": {"to", "from", "purpose", "channel", "technology", "action", "facts", "reference", "ttl", "token"},
    "ExportBody": {"format", "from", "to", "contact", "disclose", "language"},
    "OutcomeBody": {"outcome", "at", "duration_s", "error_code", "retry_at", "token"},
    "SimulationBody": {"candidate", "mode", "assume", "from", "to", "questions"},
    "CandidateBody": {"rule_set", "packs"},
    "PastQuestionBody": {"to", "from", "purpose", "channel", "technology", "action", "at"},
    "VerdictBody": {"verdict", "scope"},
    "LocationBody": {"contact", "region", "zone", "stated_by"},
    "EvaluationBody": {"subject", "action", "resource", "context"},
    "EvaluationsBody": {"subject", "action", "resource", "context", "evaluations", "options"},
    "SubjectSearchBody": {"subject", "action", "resource", "context", "page"},
    "ResourceSearchBody": {"subject", "action", "resource", "context", "page"},
    "ActionSearchBody": {"subject", "resource", "context", "page"},
    "ContactBody": {"id", "phone", "whatsapp_user_id"},
    "SenderBody": {"id", "phone", "phone_number_id"},
}


@pytest.fixture(scope="module")
def described(api: Api) -> Json:
    """
    The document as it is served.
    """
    answer = api.get("/openapi.json", key=None)
    assert answer.status_code == 200
    return dict(answer.json())


def body_of(described: Json, operation: Json) -> Json | None:
    """
    The schema of an operation's body, its reference followed.
    """
    if "requestBody" not in operation:
        return None
    (content,) = operation["requestBody"]["content"].values()
    reference = content["schema"]["$ref"]
    return dict(described["components"]["schemas"][reference.rpartition("/")[2]])


def test_the_document_lists_the_applications_routes_and_no_other(api: Api, described: Json):
    """
    What is served is described, with the scope that the route declares; but for the description itself, and pages for people.
    """
    declared = {
        (method.lower(), route.path_format): handler.opt.get("scope")
        for route in api.client.app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
        if method != "OPTIONS" and handler.resolve_include_in_schema() and not route.path.startswith("/docs")
    }
    listed = {
        (method, path): next((scope for each in operation["security"] for scope in each["bearer"]), None)
        for path, item in described["paths"].items()
        for method, operation in item.items()
    }

    assert listed == declared


@pytest.mark.parametrize(("method", "path", "required", "scope", "success"), CONTRACT)
def test_the_contract_is_kept(described: Json, method, path, required, scope, success):
    """
    Every route of the contract is there, with its scope, its required fields and the status of success.
    """
    operation = described["paths"][path][method]
    body = body_of(described, operation)

    assert [each["bearer"] for each in operation["security"]] == ([[scope]] if scope else [])
    assert (None if body is None else set(body.get("required", ()))) == required
    assert set(operation["responses"]) == {success, "default"}
    assert operation["responses"]["default"]["content"]["application/problem+json"]
    assert operation["description"] or operation["summary"]


@pytest.mark.parametrize("path", PARAMETERS)
def test_parameters_have_the_contracts_names(described: Json, path):
    """
    Path and query.
    """
    assert {each["name"] for each in described["paths"][path]["get"]["parameters"]} == PARAMETERS[path]


@pytest.mark.parametrize("name", FIELDS)
def test_bodies_have_the_contracts_fields(described: Json, name):
    """
    A field more is an addition to the contract, and a field less breaks it.
    """
    assert set(described["components"]["schemas"][name]["properties"]) == FIELDS[name]


@pytest.mark.parametrize("path", ["/v1/calls/check-batch", "/v1/calls/plan", "/v1/policies/simulations/questions"])
def test_many_questions_are_described_by_one_of_their_lines(described: Json, path):
    """
    As newline-delimited JSON, with the schema of one question.
    """
    assert list(described["paths"][path]["post"]["requestBody"]["content"]) == ["application/x-ndjson"]


def test_durations_and_moments_are_described_as_text(described: Json):
    """
    A caller's code generator must not make a list of seconds of them.
    """
    schemas = described["components"]["schemas"]

    assert schemas["AuthorizeBody"]["properties"]["ttl"]["type"] == "string"
    assert schemas["ConsentBody"]["properties"]["given_at"]["type"] == "string"


@pytest.mark.parametrize("name", ["CheckBody", "AuthorizeBody", "PlanBody"])
def test_stated_facts_are_described_as_an_object(described: Json, name):
    """
    A caller's code generator must not make a list of them, which the service refuses.
    """
    facts = described["components"]["schemas"][name]["properties"]["facts"]

    assert facts["type"] == "object"
    assert facts["additionalProperties"]


class Loads(HTMLParser):
    """
    Collects what a browser would fetch for a page.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value or "" for name, value in attrs if name == "src" or (tag == "link" and name == "href")]


def test_the_page_needs_no_network(api: Api, described: Json):
    """
    It is whole in itself: no script, no style sheet, no font, no picture is fetched; every route stands in it.
    """
    answer = api.get("/docs", key=None)
    page = Loads()
    page.feed(answer.text)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert page.found == []
    assert not page.tags & {"script", "link", "iframe", "img"}
    assert not re.search(r"@import|url\(", answer.text)
    assert all(path.replace("{", "").split("}")[0] in answer.text.replace("{", "") for path in described["paths"])


def send(api: Api, case: Any, body: object) -> httpx.Response:  # Any: the library publishes no type for it.
    """
    Sends what the library made up, with a credential that may do everything.
    """
    headers = {"Authorization": f"Bearer {api.keys['admin']}", "Idempotency-Key": str(uuid4())}
    headers |= {"Content-Type": case.media_type} if case.media_type else {}
    content: Json = {"content": body} if isinstance(body, bytes) else {"json": body}
    content = content if case.media_type else {}
    try:
        return api.client.request(
            case.method, case.formatted_path, params=dict(case.query or {}), headers=headers, **content
        )
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return httpx.Response(204)  # What no client can send need not be refused by us.


def deepened(body: Any) -> Any:  # Any: any JSON.
    """
    The body with people, senders and purposes that exist, so that more than the first look at it is tried.
    """
    if not isinstance(body, dict):
        return body
    known: Json = {"contact": {"phone": "+34600111222"}, "to": {"phone": "+34600111222"}, "from": SENDER}
    known |= {"subject": {"type": "business", "id": "acme-es"}, "resource": {"type": "contact", "id": "x"}}
    known |= {"purpose": "order_updates", "sender": None, "notice": None, "given_at": "2026-11-20T10:00:00Z"}
    return {name: known.get(name, value) for name, value in body.items()}


@pytest.mark.parametrize(("method", "path", "mode"), TRIED)
def test_random_input_never_breaks_anything(api: Api, described: Json, method, path, mode):
    """
    Whatever fits the description, or nearly does, is answered below 500, and problems are problems.
    """
    operation = schemathesis.openapi.from_dict(described)[path][method.upper()]

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:  # Any, as above.
        for body in (case.body, deepened(case.body)):
            answer = send(api, case, body)

            assert answer.status_code < 500, (case.body, answer.text)
            assert answer.status_code < 400 or answer.headers["content-type"] == "application/problem+json"

    answers()
