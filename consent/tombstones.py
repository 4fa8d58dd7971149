"""
What is kept of an erased person: that whoever has this identifier said no, and nothing that leads back to them.

A tombstone is found by a keyed hash of the identifier alone, under a key of its own, so that it cannot be matched with
the blind indexes in an older copy of the database.  It names no contact and no moment finer than a day.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from consent.lifecycle import Extent
from consent.numbers import national_number

_GROUPS = re.compile(r"\d+(?:[\s().\-/]{1,3}\d+)*")
_USER_ID = re.compile(r"\b[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}\b")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}")
_SHORTEST, _LONGEST = 7, 15  # digits of a telephone number, ITU-T E.164 §6
_MOST_GROUPS = 8  # in which people write one


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A refusal that outlives the person's record."""

    id: UUID
    kind: str
    digest: bytes
    extent: Extent
    until: date

    def refused_at(self, now: datetime) -> datetime:
        """
        The moment that a later word of the person must come after to lift it.

        That is the end of the day of the erasure, or ``now`` where that day is not over: never too early.
        """
        return min(datetime.combine(self.until, time.min, UTC), now)


def day_after(now: datetime) -> date:
    """The first day that is wholly after ``now``, in UTC."""
    return (now.astimezone(UTC) + timedelta(days=1)).date()


def digest_of(key: bytes, kind: str, value: str) -> bytes:
    """HMAC-SHA-256 of an identifier under the tenant's key of tombstones."""
    return hmac.digest(key, f"{kind}\0{value}".encode(), "sha256")


def mentions_in(key: bytes, text: str) -> list[bytes]:
    """A keyed hash of every number and user id that ``text`` mentions, so that it is found when one is erased."""
    return sorted(_mention(key, each) for each in set(_numbers(text)))


def mentions_of(key: bytes, value: str) -> list[bytes]:
    """The hashes under which a mention of this identifier may stand: as it is written abroad, and at home."""
    if not value.startswith("+"):
        return [_mention(key, value)]
    return [_mention(key, value.removeprefix("+")), _mention(key, national_number(value))]


def _mention(key: bytes, value: str) -> bytes:
    return hmac.digest(key, f"mention\0{value}".encode(), "sha256")


def _numbers(text: str) -> Iterator[str]:
    yield from _USER_ID.findall(text)
    for piece in (text, *_decoded(text)):
        for found in _GROUPS.findall(piece):
            yield from _joined(re.findall(r"\d+", found))


def _joined(groups: list[str]) -> Iterator[str]:
    """Every number that neighbouring groups of digits may be meant as, without what is dialled before it."""
    for first in range(len(groups)):
        for end in range(first + 1, min(first + _MOST_GROUPS, len(groups)) + 1):
            digits = "".join(groups[first:end]).lstrip("0")
            if len(digits) > _LONGEST:
                break
            if len(digits) >= _SHORTEST:
                yield digits


def _decoded(text: str) -> Iterator[str]:
    """What WhatsApp's ids of messages and calls hide: base64 with the person's number in it."""
    for word in _BASE64.findall(text):
        try:
            raw = base64.b64decode(word[: len(word) // 4 * 4].replace("-", "+").replace("_", "/"), validate=True)
        except binascii.Error:
            continue
        yield raw.decode("latin-1")
