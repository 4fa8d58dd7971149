"""
What goes out and what comes back, before anybody makes sense of it; pure.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlsplit

from venia_client.answers import Why
from venia_client.questions import BadQuestion, Question
from venia_client.reports import Release, Report, Word

JSON = "application/json"
NDJSON = "application/x-ndjson"
LARGEST_ANSWER = 1 << 20  # bytes

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_ADDRESS = re.compile(r"https?://[^\s?#@]+", re.IGNORECASE)
_CREDENTIAL = re.compile(r"[\x21-\x7e]+")
_LONGEST_REFERENCE = 128
_SHORTEST_HOLD, _LONGEST_HOLD = 10, 600  # seconds


@dataclass(frozen=True, slots=True)
class Request:
    """One POST, the same however often it is sent."""

    path: str
    content: bytes = field(repr=False)
    key: str | None = None
    media_type: str = JSON
    largest: int = LARGEST_ANSWER

    def headers(self) -> dict[str, str]:
        """Its headers, the credential aside; an answer may come in no other coding than as it is."""
        headers = {"Accept": f"{self.media_type}, application/problem+json", "Accept-Encoding": "identity"}
        if self.content:
            headers["Content-Type"] = self.media_type
        return headers | ({"Idempotency-Key": self.key} if self.key is not None else {})


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]  # Names in small letters.
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """No whole answer."""

    why: Why
    detail: str


Heard: TypeAlias = Reply | Failure


def check_request(question: Question) -> Request:
    """Asks, and holds nothing."""
    return Request("/v1/calls/check", _json(question.body()))


def authorize_request(question: Question, *, ttl: int, reference: str | None, key: str) -> Request:
    """Asks for a hold of ``ttl`` seconds.  Raises BadQuestion."""
    if not _SHORTEST_HOLD <= ttl <= _LONGEST_HOLD:
        raise BadQuestion(f"A hold lasts from {_SHORTEST_HOLD} to {_LONGEST_HOLD} seconds.")
    body = {**question.body(), "ttl": f"PT{ttl}S"}
    if reference is not None:
        if not 0 < len(reference) <= _LONGEST_REFERENCE:
            raise BadQuestion(f"A reference has 1 to {_LONGEST_REFERENCE} characters.")
        body["reference"] = reference
    return Request("/v1/calls/authorize", _json(body), checked_key(key))


def word_request(word: Word) -> Request:
    """Says what became of a hold."""
    if isinstance(word, Release):
        return Request(f"/v1/calls/{word.hold}/release", b"", checked_key(word.key))
    return Request(f"/v1/calls/{word.hold}/outcome", _json(_told(word)), checked_key(word.key))


def _told(report: Report) -> dict[str, object]:
    told: dict[str, object] = {"outcome": report.outcome, "at": report.at.isoformat()}
    retry_at = None if report.retry_at is None else report.retry_at.isoformat()
    more = {"duration_s": report.duration_s, "error_code": report.error_code, "retry_at": retry_at}
    return told | {name: value for name, value in more.items() if value is not None}


def checked_key(key: str) -> str:
    """An idempotency key that a header can carry.  Raises BadQuestion."""
    if not _KEY.fullmatch(key):
        raise BadQuestion("Write an idempotency key as 1 to 255 printable ASCII characters without spaces.")
    return key


def checked_address(url: str) -> str:
    """The address of a server, without a slash at its end.  Raises BadQuestion."""
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or not _ADDRESS.fullmatch(url):
        raise BadQuestion("Write the server's address as https://host, with a port and a path if it has them.")
    return url.rstrip("/")


def checked_credential(credential: str) -> str:
    """An API key or a token that a header can carry.  Raises BadQuestion, which does not quote it."""
    if not _CREDENTIAL.fullmatch(credential):
        raise BadQuestion("Give an API key or a token: printable ASCII characters without spaces.")
    return credential


def _json(body: Mapping[str, object]) -> bytes:
    # Compact, and the same bytes each time: the server binds the key to them.
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
