"""
A person at their page, as a browser without scripts: links, forms, and what is read.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.server.api import Api, Json

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(slots=True)
class Form:
    """
    One form: its fields and the words on its button.
    """

    fields: dict[str, str] = field(default_factory=dict)
    button: str = ""


class _Forms(HTMLParser):
    """
    Collects the forms of a page.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._in_button = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """
        A form begins, has a field, or shows its button.
        """
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form())
        elif tag == "input":
            self.found[-1].fields[told["name"]] = told.get("value", "")
        self._in_button = tag == "button"

    def handle_data(self, data: str) -> None:
        """
        The words on a button.
        """
        if self._in_button:
            self.found[-1].button += data

    def handle_endtag(self, tag: str) -> None:
        """
        The button ends.
        """
        self._in_button = False


@dataclass(frozen=True, slots=True)
class Page:
    """
    A page that was answered.
    """

    answer: httpx.Response

    @property
    def status(self) -> int:
        """
        The status of the answer.
        """
        return self.answer.status_code

    @property
    def html(self) -> str:
        """
        The page as it was sent.
        """
        return self.answer.text

    @property
    def text(self) -> str:
        """
        What a reader sees of it, on one line.
        """
        body = re.sub(r"<(style|title).*?</\1>", " ", self.html, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())

    @property
    def forms(self) -> list[Form]:
        """
        The forms, in order.
        """
        parser = _Forms()
        parser.feed(self.html)
        return parser.found

    def form(self, act: str, what: str = "") -> dict[str, str]:
        """
        The fields of the form for one act.
        """
        return next(
            each.fields for each in self.forms if (each.fields["act"], each.fields.get("what", "")) == (act, what)
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """
    A person with their link.
    """

    api: Api
    url: str
    path: str

    def get(self, language: str = "en", **headers: str) -> Page:
        """
        Opens the page.
        """
        return Page(self.api.client.get(self.path, headers={"Accept-Language": language, **_named(headers)}))

    def post(self, fields: dict[str, str] | bytes, language: str = "en", **headers: str) -> Page:
        """
        Sends a form.
        """
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        sent = {"Accept-Language": language, **FORM, **_named(headers)}
        return Page(self.api.client.post(self.path, content=body, headers=sent))

    def press(self, act: str, what: str = "", **more: str) -> Page:
        """
        Opens the page and presses one button of it.
        """
        return self.post({**self.get().form(act, what), **more})


def visit(api: Api, phone: str, **changes: Any) -> Visit:
    """
    The person who has this number, with a fresh link.
    """
    return at(api, issue(api, phone, **changes)["url"])


def issue(api: Api, phone: str, **changes: Any) -> Json:
    """
    A link, as whoever asks for it is answered.
    """
    answer = api.post("/v1/contacts/links", {"contact": {"phone": phone}, **changes})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def at(api: Api, url: str) -> Visit:
    """
    Somebody with this address.
    """
    return Visit(api, url, "/me/" + url.rpartition("/")[2])


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
