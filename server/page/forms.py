"""
What the page's forms send: a token that binds them to their link, and one act.

    token = base64url(number, 12 bytes | POSIX seconds, 4 bytes | HMAC-SHA-256 over link, number and seconds, 16 bytes)

The number makes a form that is sent twice one request.  Pure.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Literal
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from audit.work import Idempotency
from consent.lifecycle import Extent
from server.page.wishes import CHOICES

LARGEST = 8 * 1024
FRESH = timedelta(hours=12)
_AHEAD = timedelta(minutes=5)  # by which the clock of another machine may be before ours
_MOST_FIELDS = 10
_CHANNELS = frozenset({"whatsapp_call", "voice", "whatsapp_message", "sms", "email"})
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+:-]{0,63}\Z")
_EPOCH = 2**32


class FormUnreadable(Exception):
    """A body that no form of the page sends."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person wants: kind is all, marketing, purpose, channel, sender, pause or wish."""

    kind: str
    what: str = ""

    @property
    def extent(self) -> Extent:
        """How far it reaches; a pause reaches as far as calls do, whatever is said here."""
        match self.kind:
            case "marketing":
                return Extent(categories=("marketing",))
            case "purpose":
                return Extent(purposes=(self.what,))
            case "channel":
                return Extent(channels=(self.what,))
            case "sender":
                return Extent(sender=self.what)
            case _:
                return Extent()

    @property
    def day(self) -> date | None:
        """The day that a pause names; None if it names none."""
        try:
            return date.fromisoformat(self.what) if len(self.what) == len("2027-01-31") else None
        except ValueError:
            return None


def fields_of(body: bytes) -> Mapping[str, str]:
    """The fields of a form, each once; FormUnreadable for anything else."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:
        raise FormUnreadable from error
    fields = dict(pairs)
    if len(fields) != len(pairs) or any("\0" in each for pair in pairs for each in pair):
        raise FormUnreadable
    return fields


def act_in(fields: Mapping[str, str]) -> Act:
    """What the fields ask for; FormUnreadable where no form asks for that."""
    match fields.get("act"), fields.get("what", ""):
        case ("all" | "marketing") as kind, _:
            return Act(kind)
        case ("purpose" | "sender") as kind, what if _NAME.match(what):
            return Act(kind, what)
        case "channel", what if what in _CHANNELS:
            return Act("channel", what)
        case "wish", what if what in CHOICES:
            return Act("wish", what)
        case "pause", _:
            return Act("pause", fields.get("day", "").strip()[:32])
        case _:
            raise FormUnreadable


def receipt_kind(asked: str | None) -> Literal["html", "pdf"]:
    """How a receipt is wanted: to keep, or as a page, which is also what nobody can read."""
    return "pdf" if asked == "pdf" else "html"


def sign(key: bytes, link: UUID, number: bytes, now: datetime) -> str:
    """A token for the forms of a page that is shown now; ``number`` is 12 random bytes."""
    told = number + (int(now.timestamp()) % _EPOCH).to_bytes(4)
    return base64.urlsafe_b64encode(told + _proof(key, link, told)).rstrip(b"=").decode()


def number_in(token: str, key: bytes, link: UUID, now: datetime) -> str | None:
    """The number of the form that carried this token; None where it is not this link's, or was shown too long ago."""
    try:
        raw = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    told, proof = raw[:16], raw[16:]
    if not hmac.compare_digest(proof, _proof(key, link, told)):
        return None
    age = timedelta(seconds=int(now.timestamp()) - int.from_bytes(told[12:]))
    return told[:12].hex() if -_AHEAD <= age <= FRESH else None


def once(link: UUID, number: str, act: Act) -> Idempotency:
    """Makes the same button of the same page, pressed again, the same request."""
    asked = sha256(f"{act.kind}\n{act.what}".encode()).digest()
    return Idempotency(f"page:{link}:{number}:{asked.hex()[:16]}", asked)


def from_elsewhere(headers: Mapping[str, str], address: str) -> bool:
    """
    Whether a browser says that another site sent this.

    Under ``no-referrer`` a form's own origin is sent as ``null`` (Fetch, "append a request Origin header"), which therefore
    tells nothing; what tells then is ``Sec-Fetch-Site``, and the form's token in any case.
    """
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin", "null").lower()
    public = urlsplit(address)
    ours = {f"{public.scheme}://{public.netloc}".lower()}
    ours |= {f"{scheme}://{headers.get('host', '')}".lower() for scheme in ("https", "http")}
    return origin not in (ours | {"null"})


def _proof(key: bytes, link: UUID, told: bytes) -> bytes:
    return hmac.digest(key, b"venia/form/v1" + link.bytes + told, "sha256")[:16]
