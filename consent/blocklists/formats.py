"""
How others want lists of whom not to contact.  Pure.

``csv`` and ``ndjson`` tell each refusal as it is.  The others know numbers alone: a number is listed once.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from audit.instants import rfc3339, rfc3339_or_none
from consent.lifecycle import SuppressionEvent

CSV, NDJSON, E164, TWILIO, META = "csv", "ndjson", "e164", "twilio", "meta"
FORMATS = (CSV, NDJSON, E164, TWILIO, META)
MEDIA_TYPES: Mapping[str, str] = {
    CSV: "text/csv",
    NDJSON: "application/x-ndjson",
    E164: "text/plain",
    TWILIO: "application/x-ndjson",
    META: "text/csv",
}
COLUMNS = (
    "phone",
    "whatsapp_user_id",
    "contact",
    "purposes",
    "categories",
    "channels",
    "sender",
    "since",
    "until",
    "method",
)
_AT_ONCE = 25  # items in one request to Twilio
_MARK = "\ufeff"  # Without it a spreadsheet takes UTF-8 for something else.
# How a person refused, in Twilio's words; what is not among them is "others".
_SOURCES = {
    "web_form": "website",
    "sms": "opt-out-message",
    "whatsapp_message": "opt-out-message",
    "whatsapp_button": "opt-out-message",
    "paper": "offline",
    "agent": "offline",
    "inbound_call": "offline",
    "outbound_call": "offline",
    "keypress": "offline",
}


class Listed(NamedTuple):
    """One refusal in force, at one identifier of whom it is about."""

    contact: str
    kind: str  # phone or whatsapp_user_id
    value: str
    refusal: SuppressionEvent


@dataclass(frozen=True, slots=True)
class Sheet:
    """A format, and to whom of a vendor's senders the list is for."""

    format: str
    vendor_sender: str | None
    table: Callable[[Sequence[Sequence[str]]], bytes]  # Rows with every cell made harmless for spreadsheets.

    def head(self) -> bytes:
        """What stands before everything."""
        if self.format == CSV:
            return _MARK.encode() + self.table([COLUMNS])
        return b"phone\r\n" if self.format == META else b""

    def lines(self, listed: Iterable[Listed]) -> bytes:
        """Some refusals; all those about one number come together."""
        if self.format == CSV:
            return self.table([_cells(each) for each in listed])
        if self.format == NDJSON:
            return b"".join(_line(_object(each)) for each in listed)
        numbers = list(_first_of_each(listed))
        if self.format == E164:
            return b"".join(f"{each.value}\n".encode() for each in numbers)
        if self.format == META:
            return b"".join(f"{_hashed(each.value)}\r\n".encode() for each in numbers)
        items = [_item(each, self.vendor_sender or "") for each in numbers]
        return b"".join(_line(items[at : at + _AT_ONCE]) for at in range(0, len(items), _AT_ONCE))


def _first_of_each(listed: Iterable[Listed]) -> Iterator[Listed]:
    """Each number once, with its oldest refusal; who is known by no number is in no list of numbers."""
    seen: set[str] = set()
    for each in listed:
        if each.kind == "phone" and each.value not in seen:
            seen.add(each.value)
            yield each


def _object(each: Listed) -> dict[str, object]:
    extent, refusal = each.refusal.extent, each.refusal
    return {
        "phone": each.value if each.kind == "phone" else None,
        "whatsapp_user_id": each.value if each.kind == "whatsapp_user_id" else None,
        "contact": each.contact,
        "purposes": extent.purposes,
        "categories": extent.categories,
        "channels": extent.channels,
        "sender": extent.sender,
        "since": rfc3339(refusal.at),
        "until": rfc3339_or_none(refusal.until),
        "method": refusal.method,
    }


def _cells(each: Listed) -> list[str]:
    told = _object(each)
    return [_cell(told[name]) for name in COLUMNS]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return " ".join(value) if isinstance(value, tuple | list) else str(value)


def _item(each: Listed, sender: str) -> dict[str, str]:
    """An item of Twilio's Consents Bulk, for the parameter ``Items``."""
    return {
        "contact_id": each.value,
        "correlation_id": each.refusal.id.hex,
        "sender_id": sender,
        "status": "opt-out",
        "source": _SOURCES.get(each.refusal.method, "others"),
        "date_of_consent": rfc3339(each.refusal.at),
    }


def _hashed(number: str) -> str:
    """A number as Meta's customer lists have it: SHA-256 of its digits with the country code."""
    return sha256(number.removeprefix("+").encode()).hexdigest()


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
