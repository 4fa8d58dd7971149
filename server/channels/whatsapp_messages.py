"""
Reads the field ``messages``: what people write, press and grant, and what became of our own messages.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from server.channels.whatsapp_change import Change, happened_at, ignored, person
from server.channels.whatsapp_fields import child, children, fingerprint, key, number, phone, text, word
from server.channels.whatsapp_items import (
    Choice,
    Item,
    MessageStatus,
    OtherMessage,
    PermissionReply,
    Person,
    Sender,
    TextMessage,
)
from server.channels.whatsapp_people import read_system

# Meta: a temporary permission lasts 7 × 86,400 seconds from the moment of approval.
LONGEST_PERMISSION = timedelta(hours=168)
# One of Meta's pages can be read as "seconds from now"; below this no value is a moment of this century.
_FIRST_MOMENT = 10**9
_CAPTIONED = ("image", "video", "document", "audio", "sticker")
_WORDLESS = (*_CAPTIONED, "voice", "location", "contacts", "reaction", "order", "interactive", "request_welcome")
_WENT_OUT = ("sent", "delivered", "read")
_QUIET = ("sent", "delivered", "read", "played", "deleted", "warning", "accepted", "pending")


class _Said(TypedDict):
    key: str
    at: datetime
    sender: Sender
    person: Person
    message_id: str | None
    context_id: str | None


def read_message(change: Change, message: Mapping[str, object], *, alone: bool) -> Item:
    """One of ``messages[]``; ValueError says why it cannot be understood."""
    if child(message, "system") or text(message, "type") == "system":
        return read_system(change, message, alone=alone)
    said = _said(change, message, alone=alone)
    interactive = child(message, "interactive")
    if "call_permission_reply" in interactive or word(interactive, "type") == "call_permission_reply":
        return _permission_reply(said, child(interactive, "call_permission_reply"))
    return _choice(said, message, interactive) or _words(said, message) or _wordless(said, message)


def _said(change: Change, message: Mapping[str, object], *, alone: bool) -> _Said:
    who = person(change, phone(message.get("from")), text(message, "from_user_id") or None, alone=alone)
    if who == Person():
        raise ValueError("it names no person")
    return _Said(
        key=_message_key(message),
        at=happened_at(message),
        sender=change.sender,
        person=who,
        message_id=text(message, "id") or None,
        context_id=text(child(message, "context"), "id") or None,
    )


def _message_key(message: Mapping[str, object]) -> str:
    return key("messages", text(message, "id") or fingerprint(message))


def _permission_reply(said: _Said, reply: Mapping[str, object]) -> PermissionReply:
    """Only a plain "accept" grants; an unknown answer refuses, and a grant is permanent only where Meta says so."""
    granted = word(reply, "response") == "accept"
    expiry = reply.get("expiration_timestamp")
    permanent = granted and reply.get("is_permanent") is True and expiry is None
    return PermissionReply(
        **said,
        granted=granted,
        permanent=permanent,
        expires_at=_expires_at(expiry, said["at"]) if granted and not permanent else None,
        automatic=word(reply, "response_source") == "automatic",
    )


def _expires_at(expiry: object, at: datetime) -> datetime:
    """Never later than a temporary permission can last; an end that cannot be read has come already."""
    latest = at + LONGEST_PERMISSION
    if expiry is None:
        return latest
    seconds = number(expiry)
    if seconds is None or seconds < 0:
        return at
    moment = seconds if seconds >= _FIRST_MOMENT else int(at.timestamp()) + seconds
    return datetime.fromtimestamp(min(moment, int(latest.timestamp())), UTC)


def _choice(said: _Said, message: Mapping[str, object], interactive: Mapping[str, object]) -> Choice | None:
    """A template's button, a reply button or a list row, told apart by presence and not by ``type``."""
    button = child(message, "button")
    payload, title = text(button, "payload"), text(button, "text")
    for name in ("button_reply", "list_reply"):
        chosen = child(interactive, name)
        payload, title = payload or text(chosen, "id"), title or text(chosen, "title")
    return None if payload is None and title is None else Choice(**said, payload=payload, title=title)


def _words(said: _Said, message: Mapping[str, object]) -> TextMessage | None:
    """A text, or the words under a picture or with an order: a STOP there is a STOP."""
    written = [text(child(message, "text"), "body"), text(child(message, "order"), "text")]
    written += [text(child(message, kind), "caption") for kind in _CAPTIONED]
    found = next((words for words in written if words is not None), None)
    return None if found is None else TextMessage(**said, text=found)


def _wordless(said: _Said, message: Mapping[str, object]) -> OtherMessage:
    kind = word(message, "type") or next((name for name in _WORDLESS if name in message), None)
    if kind not in {*_WORDLESS, "unsupported", "unknown"} or kind is None:
        raise ValueError("its kind is unknown")
    return OtherMessage(**said, kind=kind)


def read_message_status(change: Change, status: Mapping[str, object], *, alone: bool) -> Item:
    """One of ``statuses[]``: a failure says something, and so does what became of a message that somebody marked."""
    state = word(status, "status")
    who = person(change, phone(status.get("recipient_id")), text(status, "recipient_user_id") or None, alone=alone)
    opaque = text(status, "biz_opaque_callback_data")
    if state in _QUIET and not (opaque and state in _WENT_OUT):
        return ignored(f"a message was {state}", change, status, who)
    if state not in ("failed", *_WENT_OUT):
        raise ValueError("its status is unknown")
    message_id = text(status, "id") or None
    return MessageStatus(
        key=key("messages", state, message_id or fingerprint(status)),
        at=happened_at(status),
        sender=change.sender,
        person=who,
        message_id=message_id,
        status=state,
        errors=error_codes(status),
        opaque=opaque,
    )


def error_codes(holder: Mapping[str, object]) -> tuple[int, ...]:
    """Meta's codes in ``errors[]``."""
    codes = (number(error.get("code")) for error in children(holder, "errors"))
    return tuple(code for code in codes if code is not None)
