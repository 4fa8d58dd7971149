"""
Reads what Twilio posts: messages that come in, what became of ours, and how calls go on.

Pure.  Twilio's messages carry no time, so they happened when they were received; a time that a call carries is believed
where it is near.  What is missing or unknown is read the restrictive way.  Source: Twilio's references "Messaging
webhooks", "Advanced Opt-Out", "Voice status callbacks", ``<Gather>`` and ``<Transcription>``.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import UUID

from consent.meaning import Meaning, stricter
from consent.replies import read, read_choice
from server.channels.events import CallMethod, CallRefusal, CallTold, Message
from server.channels.spoken import refusal_in
from server.channels.whatsapp_change import NOBODY
from server.channels.whatsapp_fields import fingerprint, key, number, phone, text
from server.channels.whatsapp_items import Ignored, Item, Person, Sender, Unreadable

LONGEST_DELAY = timedelta(days=30)  # beyond which a clock is wrong, rather than a delivery late
OPT_OUT_DIGITS = "9"
_DECLARED = {"STOP": "opt_out", "START": "opt_in", "HELP": "help"}
_UNSUBSCRIBED = "21610"  # Twilio did not send, because the person had said STOP to this number.
_OUTCOMES: Mapping[str, str | None] = {
    "queued": None,
    "initiated": None,
    "ringing": None,
    "in-progress": "connected",
    "answered": "connected",
    "completed": "connected",
    "busy": "unanswered",
    "no-answer": "unanswered",
    "canceled": "unanswered",  # It may have rung.
    "failed": "failed",
}

Fields = Mapping[str, str]


def read_twilio(fields: Fields, query: Fields, received_at: datetime) -> tuple[Item, ...]:
    """
    All that one request tells; whatever comes, it MUST NOT raise.

    ``query`` is what the business wrote into the address: ``hold``, the hold that a call was placed on, and ``opt_out``,
    the digits that refuse (9 unless said).
    """
    return tuple(_items(fields, query, received_at))


def _items(fields: Fields, query: Fields, received_at: datetime) -> Iterator[Item]:
    message_id = text(fields, "MessageSid") or text(fields, "SmsMessageSid") or text(fields, "SmsSid")
    call_id = text(fields, "CallSid")
    if call_id:
        yield from _call(fields, query, call_id[:256], _told_at(fields, received_at))
    elif (
        message_id and "MessageStatus" in fields and not text(fields, "Body")
    ):  # Words are somebody's, whatever else comes.
        yield _status(fields, message_id[:256], received_at)
    elif message_id:
        yield _message(fields, message_id[:256], received_at)
    else:
        yield _unreadable("it names neither a message nor a call", fields, received_at)


def _message(fields: Fields, message_id: str, at: datetime) -> Item:
    sender, who = Sender(None, _number(fields, "To")), Person(_number(fields, "From"))
    if who == NOBODY:
        return _unreadable("it names no person by number", fields, at)
    written, payload, title = (text(fields, name) for name in ("Body", "ButtonPayload", "ButtonText"))
    pressed = bool(payload or title)
    said = read_choice(payload, title) if pressed else read(written or "")
    platform = "whatsapp" if (fields.get("From") or "").casefold().startswith("whatsapp:") else "sms"
    return Message(
        key=key("message", message_id),
        at=at,
        sender=sender,
        person=who,
        message_id=message_id,
        text=" / ".join(each for each in (title, payload) if each) if pressed else written or "",
        meaning=stricter(said, _declared(text(fields, "OptOutType"))),
        method="sms" if platform == "sms" else "whatsapp_button" if pressed else "whatsapp_message",
    )


def _declared(kind: str | None) -> Meaning:
    """What Twilio itself understood; a kind that nobody knows may be a no."""
    if not kind:
        return Meaning("none")
    match _DECLARED.get(kind.strip().upper()):
        case "opt_out":
            return Meaning("opt_out", None, "OptOutType STOP")
        case "opt_in":
            return Meaning("opt_in", None, "OptOutType START")
        case "help":
            return Meaning("help", None, "OptOutType HELP")
    return Meaning("opt_out_maybe", None, "OptOutType")


def _status(fields: Fields, message_id: str, at: datetime) -> Item:
    """What became of a message of ours: one thing that can be learnt is that the person had refused them."""
    who = Person(_number(fields, "To"))
    if text(fields, "ErrorCode") != _UNSUBSCRIBED or who == NOBODY:
        return _ignored("a message's status", fields, at, who)
    return Message(
        key=key("status", message_id, _UNSUBSCRIBED),
        at=at,
        sender=Sender(None, _number(fields, "From")),
        person=who,
        message_id=message_id,
        text="",
        meaning=Meaning("opt_out", None, f"Twilio error {_UNSUBSCRIBED}"),
        method="sms",
    )


def _call(fields: Fields, query: Fields, call_id: str, at: datetime) -> Iterator[Item]:
    inbound = (fields.get("Direction") or "").strip().casefold().startswith("inbound")
    theirs, ours = ("From", "To") if inbound else ("To", "From")
    who, sender = Person(_number(fields, theirs)), Sender(None, _number(fields, ours))
    method: CallMethod = "inbound_call" if inbound else "outbound_call"
    found = [
        each
        for each in (
            _outcome(fields, query, call_id, at, sender, who, inbound=inbound),
            _keypress(fields, query, call_id, at, sender, who),
            *_speech(fields, call_id, at, sender, who, method),
        )
        if each is not None
    ]
    yield from found or [_ignored("a call, and nothing of meaning for consent", fields, at, who)]


def _outcome(
    fields: Fields, query: Fields, call_id: str, at: datetime, sender: Sender, who: Person, *, inbound: bool
) -> Item | None:
    """Only a customer's own call is known not to be ours: what names no direction is an attempt of the business."""
    status = (text(fields, "CallStatus") or "").strip().casefold()
    if not status or inbound:
        return None
    if status not in _OUTCOMES:
        return _unreadable("its call status is unknown", fields, at)
    if who == NOBODY:
        return _unreadable("it names no person by number", fields, at)
    duration = number(fields.get("CallDuration"))
    return CallTold(
        key=key("call", call_id, status, str(duration)),
        at=at,
        sender=sender,
        person=who,
        call_id=call_id,
        channel="voice",
        hold=_hold(query.get("hold")),
        outcome=_OUTCOMES[status],
        duration_s=duration if duration is not None and 0 <= duration < 2**31 else None,
    )


def _hold(named: str | None) -> UUID | None:
    try:
        return UUID(named or "")
    except ValueError:
        return None


def _keypress(fields: Fields, query: Fields, call_id: str, at: datetime, sender: Sender, who: Person) -> Item | None:
    """The digits that refuse, with or without the sign that ends them; other digits answer other questions."""
    digits = (text(fields, "Digits") or "").strip().removesuffix("#")
    if not digits or digits != (query.get("opt_out") or OPT_OUT_DIGITS):
        return None
    return CallRefusal(
        key=key("keypress", call_id, digits),
        at=at,
        sender=sender,
        person=who,
        call_id=call_id,
        method="keypress",
        evidence={"digits": digits},
    )


def _speech(
    fields: Fields, call_id: str, at: datetime, sender: Sender, who: Person, method: CallMethod
) -> Iterator[Item]:
    """What the person said: to a question, on a recording, or as it is transcribed; who speaks on a recording is not known."""
    heard = [(text(fields, "SpeechResult"), True, fields), (text(fields, "TranscriptionText"), False, fields)]
    if (fields.get("Track") or "").strip().casefold() != "outbound_track":
        heard.append((_transcribed(fields), bool(fields.get("Track")), fields))
    for words, known, raw in heard:
        said = refusal_in(words or "", is_customer=known)
        if words and said is not None:
            yield CallRefusal(
                key=key("speech", call_id, text(raw, "SequenceId") or "-", fingerprint(words)),
                at=at,
                sender=sender,
                person=who,
                call_id=call_id,
                method=method,
                doubtful=said.kind == "opt_out_maybe",
                language=said.language,
                pattern=None if said.quotes else said.pattern,
                evidence={"text": words[:4096]} | _place(raw),
            )


def _place(fields: Fields) -> dict[str, str]:
    """Where in the call it was said, as Twilio tells it."""
    names = {"SequenceId": "sequence", "TranscriptionSid": "transcription", "RecordingSid": "recording"}
    return {ours: value[:256] for theirs, ours in names.items() if (value := text(fields, theirs))}


def _transcribed(fields: Fields) -> str | None:
    """The words in ``TranscriptionData``, a JSON object in a field."""
    try:
        data = json.loads(fields.get("TranscriptionData") or "null")
    except (ValueError, RecursionError):
        return None
    return text(data, "transcript") if isinstance(data, dict) else None


def _told_at(fields: Fields, received_at: datetime) -> datetime:
    """The moment that a call's request carries, where it is near when it was received; else that."""
    try:
        told = parsedate_to_datetime(fields.get("Timestamp") or "")
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return received_at
    return told if received_at - LONGEST_DELAY <= told <= received_at else received_at


def _number(fields: Fields, name: str) -> str | None:
    """E.164 behind whatever says by which way it is reached; names such as ``client:ana`` are none."""
    value = (fields.get(name) or "").strip()
    way, separator, rest = value.partition(":")
    return phone(rest if separator and way.casefold() in {"whatsapp", "rcs", "tel"} else value)


def _unreadable(why: str, fields: Fields, at: datetime) -> Unreadable:
    raw = dict(fields)
    return Unreadable(key=f"unreadable:{fingerprint(raw)}", at=at, sender=Sender(), person=NOBODY, why=why, raw=raw)


def _ignored(why: str, fields: Fields, at: datetime, who: Person) -> Ignored:
    return Ignored(key=f"ignored:{fingerprint(dict(fields))}", at=at, sender=Sender(), person=who, why=why)
