"""
Sending texts and requests through WhatsApp's Cloud API: ``POST /{phone-number-id}/messages``.

A try has three ends, and each MUST be told from the others: taken, refused, or nobody knows.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias
from uuid import UUID

import httpx

# Meta's codes after which the same message may be taken a while later: throttled, busy, or an error of its own.
_PASSING = frozenset({1, 2, 4, 613, 80007, 130429, 131000, 131016, 131056, 133004})
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Taken:
    """The vendor has it, under this id."""

    provider_id: str | None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The vendor does not have it; ``again`` says whether trying again may help, ``wait`` how long it asks us to wait."""

    code: str
    again: bool
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may be on its way."""

    why: str


Outcome: TypeAlias = Taken | NotTaken | Unknown


@dataclass(frozen=True, slots=True)
class Address:
    """A person's number in E.164, or their business-scoped user id."""

    kind: str
    value: str

    def to_json(self) -> dict[str, str]:
        """As the API names who gets a message."""
        return {"to": self.value.removeprefix("+")} if self.kind == "phone" else {"recipient": self.value}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """
    What to send: a text, or a request for permission to call, which a template carries outside the customer's window.

    ``template`` is the name of an approved template with a ``call_permission_request`` component.
    """

    message: UUID  # travels with it and comes back in every status about it
    to: Address
    text: str
    language: str
    asks_permission: bool = False
    template: str | None = None

    def to_json(self) -> dict[str, object]:
        """The body of the request."""
        return {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            **self.to.to_json(),
            **self._content(),
            "biz_opaque_callback_data": str(self.message),
        }

    def _content(self) -> dict[str, object]:
        if not self.asks_permission:
            return {"type": "text", "text": {"preview_url": False, "body": self.text}}
        if self.template is not None:
            return {"type": "template", "template": {"name": self.template, "language": {"code": self.language}}}
        action = {"name": "call_permission_request"}
        asked = {"type": "call_permission_request", "action": action, "body": {"text": self.text}}
        return {"type": "interactive", "interactive": asked}


async def send(client: httpx.AsyncClient, *, base: str, token: str, number: str, outgoing: Outgoing) -> Outcome:
    """Tries once, from the business number with this id."""
    body = outgoing.to_json()
    headers = {"Authorization": f"Bearer {token}"}
    try:
        answer = await client.post(f"{base}/{number}/messages", json=body, headers=headers, timeout=_SECONDS)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        return NotTaken("unreachable", again=True)  # No byte of it has left.
    except httpx.HTTPError as error:
        return Unknown(type(error).__name__)
    return _read(answer)


def _read(answer: httpx.Response) -> Outcome:
    try:
        said = answer.json()
    except ValueError:
        said = None
    told = said if isinstance(said, dict) else {}
    if answer.is_success:
        return Taken(_first_id(told.get("messages")))
    error = told.get("error")
    if not isinstance(error, dict) or type(error.get("code")) is not int:
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return NotTaken("429", again=True, wait=retry_after(answer))
        # Something between us and the API answered: what is behind it may have taken the message all the same.
        return (
            Unknown(str(answer.status_code))
            if answer.is_server_error
            else NotTaken(str(answer.status_code), again=False)
        )
    passing = error["code"] in _PASSING or error.get("is_transient") is True
    passing = passing or answer.status_code == httpx.codes.TOO_MANY_REQUESTS
    return NotTaken(str(error["code"]), again=passing, wait=retry_after(answer))


def _first_id(messages: object) -> str | None:
    first = messages[0] if isinstance(messages, list) and messages else None
    found = first.get("id") if isinstance(first, dict) else None
    # The log holds no half of a surrogate pair, and no more than an id needs.
    return found[:256].encode(errors="replace").decode() if isinstance(found, str) else None


def retry_after(answer: httpx.Response) -> timedelta | None:
    """``Retry-After`` in seconds, at most an hour; its other form, a date, depends on two clocks and is left aside."""
    asked = answer.headers.get("retry-after", "")
    return timedelta(seconds=min(int(asked), 3600)) if asked.isascii() and asked.isdigit() else None
