"""
Reads what any other provider sends through a generic webhook; docs/channels.md is its specification.

Pure.  ``{"events": [...]}``, or one event alone: each by itself, so that what cannot be understood leaves its
neighbours alone.  What closes needs little, and what is missing or unknown is read the restrictive way.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypedDict
from uuid import UUID

from audit.entry import Json
from consent.lifecycle import EVERYTHING, Extent
from consent.replies import read, read_choice
from policies.outcomes import FAILED, MISSED, REACHED
from server.channels.events import CallMethod, CallRefusal, CallTold, Message
from server.channels.spoken import refusal_in
from server.channels.whatsapp_change import NOBODY
from server.channels.whatsapp_fields import child, fingerprint, instant, key, number, phone, text, word
from server.channels.whatsapp_items import Item, Person, Sender, Unreadable

LONGEST_DELAY = timedelta(days=30)  # beyond which a clock is wrong, rather than a delivery late
_METHODS = {"sms": "sms", "whatsapp_message": "whatsapp_message", "email": "email"}
_CALLS = ("voice", "whatsapp_call")
_CHANNELS = (*_CALLS, "whatsapp_message", "sms", "email")
_OUTCOMES = (*REACHED, *MISSED, *FAILED)
_OURS = ("agent", "business", "bot", "assistant", "system", "ivr")
_THEIRS = ("customer", "contact", "caller", "callee", "person", "user")
_MOST_UTTERANCES = 5000
REFUSES = ("opt_out", "opt_out_maybe")


class _Told(TypedDict):
    key: str
    at: datetime
    sender: Sender
    person: Person


def read_generic(body: object, delivery_id: str, received_at: datetime) -> tuple[Item, ...]:
    """
    All events of a delivery in their order; whatever JSON comes, it MUST NOT raise and MUST NOT lose an event.

    An event without an id is known by the delivery's and its place in it.
    """
    events = body.get("events", [body]) if isinstance(body, Mapping) else body
    if not isinstance(events, list):
        return (_unreadable("it is no list of events", body, received_at),)
    return tuple(
        item for place, event in enumerate(events) for item in _event(event, f"{delivery_id}#{place}", received_at)
    )


def _event(event: object, place: str, received_at: datetime) -> Iterator[Item]:
    if not isinstance(event, Mapping):
        yield _unreadable("it is no object", event, received_at)
        return
    try:
        yield from _read(event, place, received_at)
    except ValueError as why:
        yield _unreadable(str(why), event, received_at)


def _read(event: Mapping[str, object], place: str, received_at: datetime) -> tuple[Item, ...]:
    kind = word(event, "type") or ""
    told = _Told(
        key=key(kind or "-", text(event, "id") or place),
        at=_happened_at(event.get("at"), received_at),
        sender=_sender(child(event, "from")),
        person=_person(child(event, "contact")),
    )
    match kind:
        case "message":
            return (_message(event, told),)
        case "keypress":
            return (_refusal(event, told, "keypress"),)
        case "withdrawal":
            return (_refusal(event, told, "agent"),)
        case "transcript":
            return tuple(_transcript(event, told))
        case "outcome":
            return (_outcome(event, told),)
    raise ValueError("its type is unknown")


def _message(event: Mapping[str, object], told: _Told) -> Message:
    if told["person"] == NOBODY:
        raise ValueError("it names no person")
    method, button, written = _METHODS.get(word(event, "channel") or ""), child(event, "button"), text(event, "text")
    title, payload = text(button, "title"), text(button, "payload")
    pressed = bool(title or payload)
    if not pressed and written is None:
        raise ValueError("it holds no words")
    meaning = read_choice(payload, title) if pressed else read(written or "")
    if method is None and meaning.kind not in REFUSES:  # A no is one, by whatever way it came; a yes opens that way.
        raise ValueError("its channel is none that messages come by")
    method = method or "api"
    return Message(
        **told,
        message_id=(text(event, "id") or "")[:256],
        text=" / ".join(each for each in (title, payload) if each) if pressed else written or "",
        meaning=meaning,
        method="whatsapp_button" if pressed and method == "whatsapp_message" else method,
    )


def _refusal(event: Mapping[str, object], told: _Told, method: CallMethod) -> CallRefusal:
    """A key that the provider knows to refuse, or what an agent reports to have heard."""
    names = ("digits", "agent", "note")
    evidence: dict[str, Json] = {name: said[:4096] for name in names if (said := text(event, name))}
    return CallRefusal(
        **told,
        call_id=_call_or_person(event, told),
        method=method,
        extent=_extent(child(event, "scope")),
        evidence=evidence,
    )


def _extent(scope: Mapping[str, object]) -> Extent:
    """How far it reaches; a scope that cannot be read limits nothing."""
    purposes, channels = _texts(scope.get("purposes")), _texts(scope.get("channels"))
    if purposes == () or channels == () or any(each not in _CHANNELS for each in channels or ()):
        return EVERYTHING
    return Extent(purposes, None, channels)


def _texts(value: object) -> tuple[str, ...] | None:
    """The texts of a list, None where there is none, and nothing where it is something else."""
    if value is None:
        return None
    listed = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(listed)) if all(isinstance(each, str) for each in listed) else ()


def _transcript(event: Mapping[str, object], told: _Told) -> Iterator[Item]:
    """A refusal for each utterance that holds one; the same reading as for what is written."""
    call_id, utterances = _call_or_person(event, told), event.get("utterances")
    if not isinstance(utterances, list) or len(utterances) > _MOST_UTTERANCES:
        raise ValueError(f"it has no list of at most {_MOST_UTTERANCES} utterances")
    method: CallMethod = "inbound_call" if word(event, "direction") == "inbound" else "outbound_call"
    for place, utterance in enumerate(utterances):
        if isinstance(utterance, Mapping):
            yield from _utterance(utterance, told, call_id, method, place)
        else:
            yield _unreadable("it is no utterance", utterance, told["at"])


def _utterance(
    utterance: Mapping[str, object], told: _Told, call_id: str | None, method: CallMethod, place: int
) -> Iterator[Item]:
    speaker, words, offset = word(utterance, "speaker"), text(utterance, "text"), number(utterance.get("offset_ms"))
    if speaker in _OURS or not words:
        return
    said = refusal_in(words, is_customer=speaker in _THEIRS)
    if said is None:
        return
    yield CallRefusal(
        key=key(told["key"], str(place)),
        at=told["at"],
        sender=told["sender"],
        person=told["person"],
        call_id=call_id,
        method=method,
        doubtful=said.kind == "opt_out_maybe",
        language=said.language,
        pattern=None if said.quotes else said.pattern,
        evidence={"text": words[:4096], "offset_ms": offset, "utterance": place},
    )


def _outcome(event: Mapping[str, object], told: _Told) -> CallTold:
    outcome, channel, duration = word(event, "outcome"), word(event, "channel"), number(event.get("duration_s"))
    if outcome not in _OUTCOMES or channel not in _CALLS:
        raise ValueError("its outcome or its channel is unknown")
    if told["person"] == NOBODY:
        raise ValueError("it names no person")
    return CallTold(
        **told,
        call_id=_call_id(event),
        channel=channel,
        hold=_hold(text(event, "hold")),
        outcome=outcome,
        duration_s=duration if duration is not None and 0 <= duration < 2**31 else None,
    )


def _hold(named: str | None) -> UUID | None:
    try:
        return UUID(named or "")
    except ValueError:
        return None


def _call_id(event: Mapping[str, object]) -> str:
    call_id = text(event, "call")
    if not call_id:
        raise ValueError("it names no call")
    return call_id[:256]


def _call_or_person(event: Mapping[str, object], told: _Told) -> str | None:
    """The call in which a no was said, where it is named; without one the person must be."""
    if text(event, "call") or told["person"] == NOBODY:
        return _call_id(event)
    return None


def _person(contact: Mapping[str, object]) -> Person:
    # Without its plus a national number would be somebody else's abroad.
    number = text(contact, "phone")
    return Person(
        phone(number) if number and number.startswith("+") else None, text(contact, "whatsapp_user_id") or None
    )


def _sender(sender: Mapping[str, object]) -> Sender:
    return Sender(text(sender, "phone_number_id") or None, phone(sender.get("phone")))


def _happened_at(value: object, received_at: datetime) -> datetime:
    """When it happened by the provider's clock, where that is near; else when it was received."""
    told = instant(value)
    if told is None and isinstance(value, str):
        try:
            told = datetime.fromisoformat(value)
            told = None if told.tzinfo is None else told.astimezone(UTC)
        except (ValueError, OverflowError):
            told = None
    return told if told is not None and received_at - LONGEST_DELAY <= told <= received_at else received_at


def _unreadable(why: str, raw: object, at: datetime) -> Unreadable:
    return Unreadable(key=f"unreadable:{fingerprint(raw)}", at=at, sender=Sender(), person=NOBODY, why=why, raw=raw)
