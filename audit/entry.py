"""
The canonical bytes of one entry, and their strict reading.

An entry is stored as it is hashed and verified as it is stored: seven lines, the last of them one line of
RFC 8785 JSON within a profile on which all encoders agree (ASCII keys, integers within 2^53, no floats).
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID

from audit.errors import BrokenChain, EntryTooLarge, NotCanonical

Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None

VERSION = "venia-entry/v1"
MAX_BYTES = 65_535  # C2SP tlog-tiles: entry bundles carry a 16-bit length.
GENESIS = bytes(32)
_MAX_INTEGER = 2**53 - 1
_MAX_DEPTH = 16
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """One parsed entry; ``payload`` is the decoded JSON of its last line."""

    origin: str
    index: int
    previous: bytes
    recorded_at: datetime
    event_id: UUID
    payload: dict[str, Json]


def canonical(value: Json) -> bytes:
    """
    RFC 8785 bytes of ``value``.

    Raises NotCanonical for what encoders disagree on: floats, integers beyond 2^53, keys that are not ASCII,
    lone surrogates, nesting deeper than 16.
    """
    _refuse_ambiguous(value, "", 0)
    try:
        return _encode(value).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("", "it contains half of a surrogate pair") from error


_PLAIN = frozenset({str, bool, type(None)})


def _refuse_ambiguous(value: object, path: str, depth: int) -> None:
    if type(value) in _PLAIN:
        return
    if type(value) is int:
        if not -_MAX_INTEGER <= value <= _MAX_INTEGER:
            raise NotCanonical(path, "an integer beyond 2^53 reads differently in JavaScript; write it as a string")
        return
    if depth >= _MAX_DEPTH:
        raise NotCanonical(path, f"it is nested deeper than {_MAX_DEPTH}")
    if isinstance(value, dict):
        for key in value:
            if type(key) is not str or not key.isascii():
                raise NotCanonical(f"{path}/{key}", "keys must be ASCII text")
        _refuse_members(value.items(), path, depth)
    elif isinstance(value, list | tuple):
        _refuse_members(enumerate(value), path, depth)
    else:
        raise NotCanonical(path, f"{type(value).__name__} is no JSON type used here")


def _refuse_members(members: Iterable[tuple[object, object]], path: str, depth: int) -> None:
    for name, member in members:
        if type(member) not in _PLAIN:  # Most are, and need no path to be said where they stand.
            _refuse_ambiguous(member, f"{path}/{name}", depth + 1)


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with exactly six fraction digits and Z."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def entry_prefix(*, origin: str, index: int, previous: bytes) -> bytes:
    """The first four lines of an entry: what follows from its place alone."""
    return f"{VERSION}\n{origin}\n{index}\n{base64.b64encode(previous).decode()}\n".encode()


def entry_bytes(
    *, origin: str, index: int, previous: bytes, recorded_at: datetime, event_id: UUID, payload: bytes
) -> bytes:
    """
    The bytes of one entry; ``payload`` must come from ``canonical``.

    Raises EntryTooLarge above 65,535 bytes.
    """
    prefix = entry_prefix(origin=origin, index=index, previous=previous)
    body = prefix + f"{timestamp(recorded_at)}\n{event_id}\n".encode() + payload + b"\n"
    if len(body) > MAX_BYTES:
        raise EntryTooLarge(len(body))
    return body


_HEADER = re.compile(
    rb"venia-entry/v1\n"
    rb"(?P<origin>[!-*,-~]+)\n"
    rb"(?P<index>0|[1-9][0-9]*)\n"
    rb"(?P<previous>[A-Za-z0-9+/]{43}=)\n"
    rb"(?P<recorded_at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)\n"
    rb"(?P<event_id>[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\n"
    rb"(?P<payload>\{[^\n]*\})\n"
)


def parse_entry(body: bytes, index: int) -> Entry:
    """
    Reads the bytes of entry ``index`` strictly.

    Raises BrokenChain when a line is malformed, the payload is not canonical, or the entry names another index.
    """
    found = _HEADER.fullmatch(body) if len(body) <= MAX_BYTES else None
    if found is None:
        raise BrokenChain(index, "its lines do not have the form of an entry")
    if found["index"] != str(index).encode():
        raise BrokenChain(index, f"it says it is entry {found['index'].decode()}")
    try:
        payload = json.loads(found["payload"])
        if canonical(payload) != found["payload"]:
            raise BrokenChain(index, "its payload is not canonical JSON")
        recorded_at = datetime.fromisoformat(found["recorded_at"].decode())
    except (ValueError, RecursionError, NotCanonical) as error:
        raise BrokenChain(index, f"it cannot be read: {error}") from error
    previous = base64.b64decode(found["previous"], validate=True)
    if base64.b64encode(previous) != found["previous"]:
        raise BrokenChain(index, "its link to the previous entry is not canonical base64")
    return Entry(found["origin"].decode(), index, previous, recorded_at, UUID(found["event_id"].decode()), payload)


def reread_entry(body: bytes, index: int) -> Entry:
    """
    Reads the bytes of an entry that was verified before; BrokenChain where they cannot be read even so.

    Whether each line is what it must be is not asked again, which takes most of the time of ``parse_entry``.
    """
    try:
        _, origin, _, previous, recorded_at, event, payload, _ = body.decode().split("\n")
        moment, identity = datetime.fromisoformat(recorded_at), UUID(event)
        return Entry(origin, index, base64.b64decode(previous), moment, identity, json.loads(payload))
    except ValueError as error:
        raise BrokenChain(index, f"it cannot be read: {error}") from error
