"""
Reads the field ``calls``: how calls begin, go on and end, those of the business and those of its customers.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypedDict

from server.channels.whatsapp_change import Change, callee, happened_at, person
from server.channels.whatsapp_fields import instant, key, number, phone, text, word
from server.channels.whatsapp_items import CallConnected, CallEnded, CallStatus, Item, Person, Sender
from server.channels.whatsapp_messages import error_codes

_STATUSES: Mapping[str | None, Literal["RINGING", "ACCEPTED", "REJECTED"]] = {
    "ringing": "RINGING",
    "accepted": "ACCEPTED",
    "rejected": "REJECTED",
}


class _Told(TypedDict):
    key: str
    at: datetime
    sender: Sender
    person: Person
    call_id: str
    opaque: str | None


def read_call(change: Change, call: Mapping[str, object], *, alone: bool) -> Item:
    """One of ``calls[]``; ValueError says why it cannot be understood."""
    event = word(call, "event")
    if event not in {"connect", "terminate"}:
        raise ValueError("its event is unknown")
    told = _told(change, call, event, callee(change, call, alone=alone))
    # Only a customer's own call is known not to be ours: what names no direction counts as an attempt of the business.
    ours = word(call, "direction") != "user_initiated"
    if event == "connect":
        return CallConnected(**told, business_initiated=ours)
    return _ended(change, call, told, ours=ours)


def _told(change: Change, item: Mapping[str, object], event: str, who: Person) -> _Told:
    call_id = text(item, "id")
    if not call_id:
        raise ValueError("it names no call")
    return _Told(
        key=key("calls", event, call_id),
        at=happened_at(item),
        sender=change.sender,
        person=who,
        call_id=call_id,
        opaque=text(item, "biz_opaque_callback_data"),
    )


def _ended(change: Change, call: Mapping[str, object], told: _Told, *, ours: bool) -> CallEnded:
    duration = _duration(call)
    status = word(call, "status")
    failed = status == "failed"
    return CallEnded(
        **told,
        business_initiated=ours,
        status=status,
        # Not from the status: a call that nobody picked up is COMPLETED as well.
        answered=instant(call.get("start_time")) is not None or bool(duration),
        failed=failed,
        duration_s=duration,
        # Meta puts the reasons of a failure beside the list of calls.
        errors=error_codes(call) + (error_codes(change.value) if failed else ()),
    )


def _duration(call: Mapping[str, object]) -> int | None:
    duration = number(call.get("duration"))
    return duration if duration is not None and 0 <= duration < 2**31 else None


def read_call_status(change: Change, status: Mapping[str, object], *, alone: bool) -> Item:
    """One of ``statuses[]`` on the field ``calls``; there is none for a call that was missed."""
    state = _STATUSES.get(word(status, "status"))
    if state is None:
        raise ValueError("its status is unknown")
    who = person(change, phone(status.get("recipient_id")), text(status, "recipient_user_id") or None, alone=alone)
    return CallStatus(**_told(change, status, state, who), status=state)
