"""
Operations: alive, ready, measured, described.
"""

import asyncio
import re
from html.parser import HTMLParser

from tests.server.small_app import PHONE, bearing, client, events, logged, small_app


async def answers():
    """A probe that works."""


async def fails():
    """A probe that does not."""
    message = f"password of {PHONE} refused"
    raise ConnectionError(message)


async def hangs():
    """A probe that never answers."""
    await asyncio.sleep(3600)


def test_alive_while_anything_else_is_broken():
    """
    Liveness asks nobody.
    """
    with client(small_app(probes={"database": fails})) as http:
        answer = http.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "live"})


def test_ready_when_everything_answers():
    """
    200 if all probes return.
    """
    with client(small_app(probes={"database": answers, "journal": answers})) as http:
        answer = http.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_unready_names_what_is_missing():
    """
    503 names what failed or hung, within the time given to all of them at once, and not why.
    """
    probes = {"database": fails, "journal": answers, "issuer": hangs, "disk": hangs}
    with client(small_app(probes=probes)) as http, logged() as lines:
        answer = http.get("/health/ready")
        seen = events(lines())

    assert (answer.status_code, answer.json()["missing"]) == (503, ["database", "issuer", "disk"])
    assert "password" not in answer.text
    assert seen[-1]["ms"] < 1000
    assert PHONE[1:] not in str(seen)


def test_metrics_are_public_and_count_requests():
    """
    Prometheus' text format, with this very application's requests.
    """
    with client(small_app()) as http:
        http.get("/health/live")
        answer = http.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert 'venia_http_requests_total{method="GET",route="/health/live",status="200"} 1.0' in answer.text


def test_the_document_tells_scopes_and_problems():
    """
    Every operation says what it needs and that errors are problems; the framework's own error is not promised.
    """
    with client(small_app()) as http:
        document = http.get("/openapi.json").json()
        again = http.get("/docs/openapi.json").json()
    note = document["paths"]["/notes"]["post"]

    assert note["security"] == [{"bearer": ["consents:write"]}]
    assert document["paths"]["/health/live"]["get"]["security"] == []
    assert set(note["responses"]) == {"200", "default"}
    assert "application/problem+json" in note["responses"]["default"]["content"]
    assert document["info"]["version"] == "1.2.3"
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert again == document


class Page(HTMLParser):
    """What a page loads, links to and says."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag in {"script", "link", "img", "iframe", "object"} or "src" in named:
            self.loaded.append(tag)
        self.links += [named["href"]] if "href" in named else []
        self.ids += [named["id"]] if "id" in named else []
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_needs_nothing_from_elsewhere():
    """
    No script, style sheet, font or picture is loaded; every link leads to a place on the page or the document.
    """
    with client(small_app()) as http:
        answer = http.get("/docs")
    page = Page()
    page.feed(answer.text)

    assert answer.headers["content-type"].startswith("text/html")
    assert page.loaded == []
    assert page.open == []
    assert "://" not in answer.text
    assert {link for link in page.links if not link.startswith("#")} == {"/openapi.json"}
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert len(set(page.ids)) == len(page.ids)


def test_the_page_tells_every_route():
    """
    Routes with scope, parameters, bodies and answers, and the schemas with their fields.
    """
    app = small_app()
    with client(app) as http:
        text = re.sub(r"<[^>]+>", " ", http.get("/docs").text)
        document = http.get("/openapi.json").json()

    for path, item in document["paths"].items():
        for method in item:
            assert f"{method.upper()} {path}" in text
    for word in ("consents:write", "Answers who wrote.", "limit", "Contact", "phone", "Problem", "required"):
        assert word in text


def test_unknown_addresses_are_problems_and_not_pages():
    """
    The description's own router answers for nothing outside /docs.
    """
    with client(small_app()) as http:
        outside = [http.get(path) for path in ("/", "/nothing", "/schema")]
        document = http.get("/openapi.json", headers=bearing("nonsense"))

    assert {each.headers["content-type"] for each in outside} == {"application/problem+json"}
    assert document.status_code == 200
