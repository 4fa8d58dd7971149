"""
Deliveries as Meta sends them, built piece by piece: items go into changes, changes into a delivery.

Shapes follow Meta's webhook references; every value is invented.  Each builder returns fresh dictionaries, free to be changed.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]  # Any: what a test builds is JSON, and tests reach into it by name.

NOW = 1_790_000_000  # 2026-09-21T14:13:20Z
WEEK = 7 * 86_400


@dataclass(frozen=True, slots=True)
class Business:
    """A business number as ``metadata`` names it."""

    phone_number_id: str = "700600500400"
    display_phone_number: str = "15550100200"


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer; either name may be missing."""

    wa_id: str | None = "5511900000001"
    user_id: str | None = "BR.10000000000000000001"
    name: str = "Ana Example"


ACME = Business()
ANA = Customer()
BEN = Customer("34600111222", "ES.50000000000000000005", "Ben Example")


# --- Envelopes


def delivery(*changes: Json, account: str = "900100200300400") -> Json:
    """One POST; a change that carries its entry's own fields (``account_event``) keeps them."""
    entries = [{"id": account, **change.pop("_entry", {}), "changes": [change]} for change in changes]
    return {"object": "whatsapp_business_account", "entry": entries}


def messages(*items: Json, business: Business = ACME, people: tuple[Customer, ...] = (ANA,)) -> Json:
    """A change of the field ``messages``."""
    return {"field": "messages", "value": {**_value(business, people), "messages": list(items)}}


def message_statuses(*items: Json, business: Business = ACME, people: tuple[Customer, ...] = (ANA,)) -> Json:
    """A change of the field ``messages`` about our own messages."""
    return {"field": "messages", "value": {**_value(business, people), "statuses": list(items)}}


def calls(
    *items: Json, business: Business = ACME, people: tuple[Customer, ...] = (ANA,), errors: tuple[int, ...] = ()
) -> Json:
    """A change of the field ``calls``; Meta puts the errors beside the calls."""
    value = {**_value(business, people), "calls": list(items)}
    return {"field": "calls", "value": value | ({"errors": [_error(code) for code in errors]} if errors else {})}


def call_statuses(*items: Json, business: Business = ACME, people: tuple[Customer, ...] = (ANA,)) -> Json:
    """A change of the field ``calls`` about calls of the business."""
    return {"field": "calls", "value": {**_value(business, people), "statuses": list(items)}}


def preferences(*items: Json, business: Business = ACME, people: tuple[Customer, ...] = (ANA,)) -> Json:
    """A change of the field ``user_preferences``."""
    return {"field": "user_preferences", "value": {**_value(business, people), "user_preferences": list(items)}}


def user_id_updates(*items: Json, business: Business = ACME, people: tuple[Customer, ...] = (ANA,)) -> Json:
    """A change of the field ``user_id_update``; its contacts carry no user id."""
    nameless = tuple(Customer(each.wa_id, None, each.name) for each in people)
    return {"field": "user_id_update", "value": {**_value(business, nameless), "user_id_update": list(items)}}


def _value(business: Business, people: tuple[Customer, ...]) -> Json:
    metadata = {"display_phone_number": business.display_phone_number, "phone_number_id": business.phone_number_id}
    value: Json = {"messaging_product": "whatsapp", "metadata": metadata}
    return value | ({"contacts": [_contact(each) for each in people]} if people else {})


def _contact(person: Customer) -> Json:
    return _without_none({"profile": {"name": person.name}, "wa_id": person.wa_id, "user_id": person.user_id})


def _without_none(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value is not None}


def _error(code: int) -> Json:
    return {"code": code, "title": "An error", "message": "An error", "error_data": {"details": "example"}}


# --- What people write and press


def text(body: str, *, id: str = "wamid.T1", by: Customer = ANA, at: int = NOW) -> Json:
    """A text message."""
    return _message(id, by, at, type="text", text={"body": body})


def button(payload: str, title: str, *, id: str = "wamid.B1", by: Customer = ANA, at: int = NOW) -> Json:
    """A pressed quick reply of a template."""
    said = _message(id, by, at, type="button", button={"payload": payload, "text": title})
    return said | {"context": {"from": ACME.display_phone_number, "id": "wamid.TPL1"}}


def reply_button(choice: str, title: str, *, id: str = "wamid.I1", by: Customer = ANA, at: int = NOW) -> Json:
    """A pressed reply button."""
    pressed = {"type": "button_reply", "button_reply": {"id": choice, "title": title}}
    return _message(id, by, at, type="interactive", interactive=pressed)


def list_row(choice: str, title: str, *, id: str = "wamid.L1", by: Customer = ANA, at: int = NOW) -> Json:
    """A chosen row of a list."""
    chosen = {"type": "list_reply", "list_reply": {"id": choice, "title": title, "description": "No calls"}}
    return _message(id, by, at, type="interactive", interactive=chosen)


def media(kind: str, *, caption: str | None = None, id: str = "wamid.M1", by: Customer = ANA, at: int = NOW) -> Json:
    """A picture, video, document, voice message; with words under it or without."""
    attached = _without_none({"id": "1234", "mime_type": "image/jpeg", "sha256": "c2hh", "caption": caption})
    return _message(id, by, at, type=kind) | {kind: attached}


def voicemail(*, id: str = "wacid.VOICE1", by: Customer = ANA, at: int = NOW) -> Json:
    """A voicemail: an audio message whose id is that of a call."""
    return media("audio", id=id, by=by, at=at)


def _message(id: str, by: Customer, at: int, **rest: object) -> Json:
    return _without_none({"from": by.wa_id, "from_user_id": by.user_id, "id": id, "timestamp": str(at)}) | rest


# --- Call permissions, in every scenario Meta describes


def permission_reply(
    response: str,
    *,
    id: str = "wamid.REPLY1",
    by: Customer = ANA,
    at: int = NOW,
    context: str | None = "wamid.REQ1",
    **reply: object,
) -> Json:
    """A permission reply with exactly these fields beside ``response``."""
    inner = {"type": "call_permission_reply", "call_permission_reply": {"response": response, **reply}}
    said = _message(id, by, at, type="interactive", interactive=inner)
    return said | ({"context": {"from": ACME.display_phone_number, "id": context}} if context else {})


def temporary_grant(*, id: str = "wamid.REPLY1", by: Customer = ANA, at: int = NOW) -> Json:
    """Granted for a week, on request."""
    reply: Json = {"is_permanent": False, "expiration_timestamp": str(at + WEEK), "response_source": "user_action"}
    return permission_reply("accept", id=id, by=by, at=at, **reply)


def permanent_grant(*, id: str = "wamid.REPLY2", by: Customer = ANA, at: int = NOW) -> Json:
    """Granted for good, on request."""
    return permission_reply("accept", id=id, by=by, at=at, is_permanent=True, response_source="user_action")


def profile_grant(*, id: str = "wamid.REPLY3", by: Customer = ANA, at: int = NOW) -> Json:
    """Granted for good in the business's profile: nothing was asked, so there is no context."""
    reply: Json = {"is_permanent": True, "response_source": "user_action"}
    return permission_reply("accept", id=id, by=by, at=at, context=None, **reply)


def decline(*, id: str = "wamid.REPLY4", by: Customer = ANA, at: int = NOW) -> Json:
    """Refused on request."""
    return permission_reply("reject", id=id, by=by, at=at, response_source="user_action")


def callback_grant(*, id: str = "wamid.REPLY5", by: Customer = ANA, at: int = NOW) -> Json:
    """Granted by WhatsApp because the person called; the context is that call, and ``from`` is missing."""
    reply: Json = {"is_permanent": False, "expiration_timestamp": at + WEEK, "response_source": "automatic"}
    said = permission_reply("accept", id=id, by=by, at=at, context="wacid.USERCALL1", **reply)
    said.pop("from", None)
    return said


def automatic_revocation(*, id: str = "wamid.REPLY6", by: Customer = ANA, at: int = NOW) -> Json:
    """Taken back by WhatsApp after four calls that nobody answered."""
    return permission_reply("reject", id=id, by=by, at=at, context=None, response_source="automatic")


def profile_revocation(*, id: str = "wamid.REPLY7", by: Customer = ANA, at: int = NOW) -> Json:
    """Taken back in the business's profile."""
    return permission_reply("reject", id=id, by=by, at=at, context=None, response_source="user_action")


# --- Calls


def connect(
    *,
    id: str = "wacid.CALL1",
    to: Customer = ANA,
    at: int = NOW,
    opaque: str | None = "decision=1",
    direction: str = "BUSINESS_INITIATED",
    business: Business = ACME,
) -> Json:
    """A call being set up, by the business or, with USER_INITIATED, by the customer."""
    call = _call(id, to, at, opaque, direction, business)
    return call | {"event": "connect", "session": {"sdp_type": "answer", "sdp": "v=0"}}


def terminate_answered(
    *,
    id: str = "wacid.CALL1",
    to: Customer = ANA,
    at: int = NOW,
    opaque: str | None = "decision=1",
    duration: int = 120,
) -> Json:
    """The end of a call that was picked up."""
    times = {"start_time": str(at - duration), "end_time": str(at), "duration": duration}
    return _ended(id, to, at, opaque, "COMPLETED") | times


def terminate_unanswered(
    *, id: str = "wacid.CALL1", to: Customer = ANA, at: int = NOW, opaque: str | None = "decision=1"
) -> Json:
    """The end of a call that nobody picked up: COMPLETED all the same."""
    return _ended(id, to, at, opaque, "COMPLETED")


def terminate_failed(
    *, id: str = "wacid.CALL1", to: Customer = ANA, at: int = NOW, opaque: str | None = "decision=1"
) -> Json:
    """The end of a call that failed; its errors belong beside it: ``calls(..., errors=(138019,))``."""
    return _ended(id, to, at, opaque, "FAILED")


def _ended(id: str, to: Customer, at: int, opaque: str | None, status: str) -> Json:
    return _call(id, to, at, opaque, "BUSINESS_INITIATED", ACME) | {"event": "terminate", "status": status}


def _call(id: str, to: Customer, at: int, opaque: str | None, direction: str, business: Business) -> Json:
    ours = direction == "BUSINESS_INITIATED"
    callee, caller = (to.wa_id, business.display_phone_number) if ours else (business.display_phone_number, to.wa_id)
    side = "to_user_id" if ours else "from_user_id"
    call = {"id": id, "from": caller, "to": callee, side: to.user_id, "timestamp": str(at), "direction": direction}
    return _without_none(call | {"biz_opaque_callback_data": opaque})


def call_status(
    status: str, *, id: str = "wacid.CALL1", to: Customer = ANA, at: int = NOW, opaque: str | None = "decision=1"
) -> Json:
    """RINGING, ACCEPTED or REJECTED."""
    told = {"id": id, "type": "call", "status": status, "timestamp": str(at)}
    named = {"recipient_id": to.wa_id, "recipient_user_id": to.user_id}
    return _without_none({**told, **named, "biz_opaque_callback_data": opaque})


# --- What became of our messages, and of people


def message_status(status: str, *errors: int, id: str = "wamid.OUT1", to: Customer = ANA, at: int = NOW) -> Json:
    """sent, delivered, read, or failed with codes."""
    told = {"id": id, "status": status, "timestamp": str(at), "recipient_id": to.wa_id, "recipient_user_id": to.user_id}
    return _without_none(told) | ({"errors": [_error(code) for code in errors]} if errors else {})


def preference(value: str, *, of: Customer = ANA, at: int = NOW) -> Json:
    """The person's own switch for marketing: stop or resume."""
    return _without_none(
        {
            "wa_id": of.wa_id,
            "user_id": of.user_id,
            "detail": f"User requested to {value} marketing messages",
            "category": "marketing_messages",
            "value": value,
            "timestamp": at,
        }
    )


def number_changed(new: str, *, id: str = "wamid.S1", of: Customer = ANA, at: int = NOW) -> Json:
    """A system message; put it into ``messages(..., people=())``, for Meta sends no contacts with it."""
    body = f"User {of.name} changed from {of.wa_id} to {new}"
    system = {"body": body, "wa_id": new, "type": "user_changed_number"}
    return {"from": of.wa_id, "id": id, "timestamp": str(at), "type": "system", "system": system}


def user_id_changed(new: Customer, *, id: str = "wamid.S2", of: Customer = ANA, at: int = NOW) -> Json:
    """The same since user ids exist: the old id stands only in the body."""
    body = f"User {of.name} changed from {of.user_id} to {new.user_id}"
    system = {"body": body, "wa_id": new.wa_id, "user_id": new.user_id, "type": "user_changed_user_id"}
    said = {"from": of.wa_id, "id": id, "timestamp": str(at), "type": "system", "system": _without_none(system)}
    return _without_none(said)


def user_id_update(previous: str, current: str, *, of: Customer = ANA, at: int = NOW) -> Json:
    """A rotated user id, both given."""
    told = {"wa_id": of.wa_id, "detail": "User id has been updated.", "timestamp": str(at)}
    return _without_none(told) | {"user_id": {"previous": previous, "current": current}}


# --- The business's own account


def account_restriction(*kinds: str, until: int | None = NOW + WEEK, business: Business = ACME, at: int = NOW) -> Json:
    """A change of the field ``account_update`` that takes something away."""
    restrictions = [_without_none({"restriction_type": kind, "expiration": until}) for kind in kinds]
    return account_event("ACCOUNT_RESTRICTION", business=business, at=at, restriction_info=restrictions)


def account_violation(kind: str, *, business: Business = ACME, at: int = NOW) -> Json:
    """A change of the field ``account_update`` that warns."""
    return account_event("ACCOUNT_VIOLATION", business=business, at=at, violation_info={"violation_type": kind})


def account_event(event: str, *, business: Business = ACME, at: int = NOW, **rest: object) -> Json:
    """Any change of the field ``account_update``; its entry's id is "0" and carries the time."""
    value = {"phone_number": business.display_phone_number, "event": event, **rest}
    return {"field": "account_update", "value": value, "_entry": {"id": "0", "time": at}}


def account_settings(calling: Mapping[str, object] | None, *, business: Business = ACME, at: int = NOW) -> Json:
    """A change of the field ``account_settings_update``."""
    settings = {"phone_number_id": business.phone_number_id, "calling": calling}
    kind = {"messaging_product": "whatsapp", "timestamp": str(at), "type": "phone_number_settings"}
    return {"field": "account_settings_update", "value": {**kind, "phone_number_settings": settings}}


# --- On the wire


def batch(size: int) -> Json:
    """A delivery of ``size`` texts, each by someone else, over many entries and changes."""
    people = [Customer(f"346{number:08}", f"ES.{number:020}", f"Person {number}") for number in range(size)]
    said = [(text(f"Message {number}", id=f"wamid.N{number}", by=who), who) for number, who in enumerate(people)]
    chunks = [said[start : start + 7] for start in range(0, size, 7)]
    return delivery(*(messages(*(m for m, _ in chunk), people=tuple(who for _, who in chunk)) for chunk in chunks))


def signed(body: Mapping[str, object], secret: bytes) -> tuple[bytes, str]:
    """The raw bytes as Meta sends them, escapes and all, and their X-Hub-Signature-256."""
    raw = json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()
    return raw, f"sha256={hmac.new(secret, raw, hashlib.sha256).hexdigest()}"
