"""
Single fields of JSON that nobody promised anything about: each function gives the value, or None, and never raises.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime

# Before WhatsApp had an API, or after anything kept here: milliseconds, zeros and sentinels all fall outside.
_EARLIEST = int(datetime(2015, 1, 1, tzinfo=UTC).timestamp())
_LATEST = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())
_EXACT = 2**53  # beyond it JSON readers disagree
_DIGITS = re.compile(r"[0-9]{1,15}")
_PHONE = re.compile(r"\+?[0-9 ().-]{7,32}")
_E164 = re.compile(r"[1-9][0-9]{6,14}")
_PLAIN_KEY = re.compile(r"[!-~]{1,256}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # JSON can spell them, PostgreSQL and UTF-8 cannot hold them


def text(mapping: Mapping[str, object], name: str) -> str | None:
    """A string, with what no database stores replaced by U+FFFD."""
    value = mapping.get(name)
    return _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else None


def word(mapping: Mapping[str, object], name: str) -> str | None:
    """A string of a closed vocabulary, casefolded, since Meta's own pages differ in case (COMPLETED, Completed)."""
    value = text(mapping, name)
    return value.strip().casefold() if value is not None else None


def child(mapping: Mapping[str, object], name: str) -> Mapping[str, object]:
    """An object, or an empty one."""
    value = mapping.get(name)
    return value if isinstance(value, Mapping) else {}


def children(mapping: Mapping[str, object], name: str) -> tuple[Mapping[str, object], ...]:
    """The objects in a list, or a single object that should have been one."""
    value = mapping.get(name)
    listed = value if isinstance(value, list) else [value]
    return tuple(each for each in listed if isinstance(each, Mapping))


def number(value: object) -> int | None:
    """An integer, be it written as a number or as digits; Meta does both for the same field."""
    if isinstance(value, str):
        return int(value) if _DIGITS.fullmatch(value) else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else None
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _EXACT else None


def instant(value: object) -> datetime | None:
    """A moment given in Unix seconds, between 2015 and 2100."""
    seconds = number(value)
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and _EARLIEST <= seconds < _LATEST else None


def phone(value: object) -> str | None:
    """
    E.164, with the plus, from a ``wa_id`` or a displayed number.

    A ``wa_id`` keeps the form in which its owner once registered.  Since then Mexico dropped the 1 after 52 and Brazil put
    a 9 before its mobile numbers; unless that is mended, an opt-out is filed under a number that nobody calls.
    """
    if not isinstance(value, str) or not _PHONE.fullmatch(value):
        return None
    digits = re.sub(r"[^0-9]", "", value)
    digits = re.sub(r"^521([0-9]{10})$", r"52\1", digits)
    # Eight digits that begin with 2 to 5 are landlines and with 7 trunked radio, which never got the 9.
    digits = re.sub(r"^55([0-9]{2})([689][0-9]{7})$", r"55\g<1>9\2", digits)
    return f"+{digits}" if _E164.fullmatch(digits) else None


def key(*parts: str | None) -> str:
    """The parts as one short printable key; what is missing, long or strange is hashed instead."""
    joined = ":".join(part or "" for part in parts)
    return joined if all(parts) and _PLAIN_KEY.fullmatch(joined) else f"{parts[0]}:{fingerprint(list(parts))}"


def fingerprint(value: object) -> str:
    """SHA-256, in hex, of a JSON value in whatever order of names; without recursion, so depth cannot break it."""
    digest = hashlib.sha256()
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            digest.update(b"{%d " % len(part))
            waiting += [each for name in sorted(part) for each in (part[name], name)]
        elif isinstance(part, list):
            digest.update(b"[%d " % len(part))
            waiting += part
        else:
            shown = f"{part:x}" if isinstance(part, int) else str(part)
            scalar = f"{type(part).__name__} {shown}".encode("utf-8", "surrogatepass")
            digest.update(b"%d " % len(scalar) + scalar)
    return digest.hexdigest()
