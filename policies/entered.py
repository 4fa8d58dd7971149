"""
Entries of decisions read straight from their bytes into typed members: for replays, by the million.

Read is what `Facts.to_json` and a decision write.  Whatever is different in anything (a member more or less, another
type) is `None` here and left to `policies.recorded`, which reads it or says what is
wrong with it; a property test holds the two together.  What is read has the members of `Facts` under their names, so that rules judge
it as they judge those; only its instants may keep another offset, which makes them no other instants.  One that lies beyond
the years that there are in UTC (an offset in the last hours of the year 9999, which nobody writes) is read here and refused there.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from policies.facts import Facts

_LINES = 7
_VERSION = b"venia-entry/v1"

Instant: TypeAlias = Annotated[datetime, Meta(tz=True)]
# What one parser of JSON takes for a whole number is a float to another.
Whole: TypeAlias = Annotated[int, Meta(ge=-(2**53), le=2**53)]
Action: TypeAlias = Literal["call.place", "call.request_permission"]
Category: TypeAlias = Literal["marketing", "service", "transactional", "collections", "survey", "emergency"]
Channel: TypeAlias = Literal["whatsapp_call", "voice", "whatsapp_message", "sms", "email"]
Technology: TypeAlias = Literal["live", "prerecorded", "ai_voice"]
Told: TypeAlias = tuple[str, str | None, str]  # a reason: its code, pack and rule


class _Closed(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """An object with these members and no others."""


class _Consent(_Closed, frozen=True, kw_only=True):
    basis: str | None = None
    channel: Channel
    confirm_by: Instant | None = None
    expires_at: Instant | None = None
    sender: str | None = None
    since: Instant
    state: Literal["granted", "pending", "refused", "withdrawn"]
    technology: tuple[Technology, ...]


class _Permission(_Closed, frozen=True, kw_only=True):
    expires_at: Instant | None = None
    limited_until: Instant | None = None
    since: Instant | None = None
    state: Literal["none", "temporary", "permanent", "declined", "revoked"]


class _Suppression(_Closed, frozen=True, kw_only=True):
    categories: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    purposes: tuple[str, ...] | None = None
    sender: str | None = None
    since: Instant
    until: Instant | None = None


class _Attempt(_Closed, frozen=True, kw_only=True):
    action: Action
    at: Instant
    category: Category
    channel: Channel
    ended_at: Instant | None = None
    expires_at: Instant
    outcome: Literal["connected", "unanswered", "rejected", "failed", "refused", "opted_out"] | None = None
    purpose: str | None = None
    sender: str | None = None


class _Sender(_Closed, frozen=True, kw_only=True):
    country: str | None = None
    id: str
    restricted: bool = False
    restricted_until: Instant | None = None
    sandbox: bool | None = None


class _Register(_Closed, frozen=True, kw_only=True):
    as_of: Instant
    listed: bool


class _Wish(_Closed, frozen=True, kw_only=True):
    categories: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    days: tuple[str, ...] | None = None
    id: str
    most: Whole | None = None
    not_before: str | None = None
    only_categories: tuple[str, ...] | None = None
    only_channels: tuple[str, ...] | None = None
    only_purposes: tuple[str, ...] | None = None
    only_sender: str | None = None
    per: str | None = None
    purposes: tuple[str, ...] | None = None
    sender: str | None = None
    windows: tuple[str, ...] | None = None


class _Facts(_Closed, frozen=True, kw_only=True):
    action: Action
    attempts: tuple[_Attempt, ...] | None = None
    business_zone: str | None = None
    category: Category
    channel: Channel
    consents: tuple[_Consent, ...] | None = None
    other_purposes: tuple[str, ...] | None = None
    other_withdrawals: tuple[Instant, ...] | None = None
    permission: _Permission | None = None
    purpose: str
    regions: tuple[str, ...] | None = None
    registers: dict[str, _Register] | None = None
    sender: _Sender | None = None
    stated: dict[str, bool | Whole | str] | None = None
    suppressions: tuple[_Suppression, ...] | None = None
    technology: Technology
    wishes: tuple[_Wish, ...] = ()
    zones: tuple[str, ...] | None = None


class _Hold(_Closed, frozen=True, kw_only=True):
    expires_at: str
    id: str


class _Otherwise(_Closed, frozen=True, kw_only=True):
    """What a shadow would have said."""

    decision: str
    of: str
    reasons: list[Told]
    rule_set: str


class _Entered(_Closed, frozen=True, kw_only=True):
    actor: str | None = None
    contact: str | None = None
    event: Literal["decision.allowed", "decision.denied"]
    facts: _Facts
    hold: _Hold | None
    holidays: str
    now: Instant
    obligations: list[str] | None = None
    reasons: list[Told]
    reference: str | None
    rule_set: str
    shadows: list[_Otherwise] | None = None
    tzdata: str


Entered: TypeAlias = _Entered
_decode = msgspec.json.Decoder(_Entered).decode


def read_entered(index: int, body: bytes) -> Entered | None:
    """The decision that an entry of this index tells of; None where it is not written as decisions are."""
    try:
        version, _, place, _, _, _, payload = body.split(b"\n", _LINES - 1)
    except ValueError:
        return None
    if version != _VERSION or place != b"%d" % index:
        return None
    try:
        found = _decode(payload)
    except ValueError:  # Of which msgspec's errors are, and those of UTF-8.
        return None
    if found.now.tzinfo is not UTC:
        return None
    return found


# Its facts, to be judged: they have the members of `Facts`, and are no dataclass.
facts_of: Callable[[Entered], Facts] = attrgetter("facts")
