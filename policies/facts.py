"""
What a decision is made from: plain values, gathered once, recorded as they were used.

A fact that is ``None`` is missing, and a rule that needs it answers *unknown*; an empty tuple is
known to be empty.  Every datetime is aware and in UTC.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import TypeAlias, TypeVar

from policies.decision import Json
from policies.errors import FactsInvalid, NotAnInstant
from policies.instants import parse_instant, rfc3339

ACTIONS = ("call.place", "call.request_permission")
CATEGORIES = ("marketing", "service", "transactional", "collections", "survey", "emergency")
CHANNELS = ("whatsapp_call", "voice", "whatsapp_message", "sms", "email")
TECHNOLOGIES = ("live", "prerecorded", "ai_voice")

Stated: TypeAlias = bool | int | str


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """The last word on one scope of the asked purpose: state is pending, granted, refused or withdrawn."""

    channel: str
    technology: tuple[str, ...]
    sender: str | None  # None: given to every sender of the tenant
    state: str
    since: datetime
    expires_at: datetime | None = None
    basis: str | None = None  # on what it rests: opt_in, opt_in_written, soft_opt_in...
    confirm_by: datetime | None = None  # of a pending one: until when it may be confirmed


@dataclass(frozen=True, slots=True)
class PermissionFact:
    """
    Meta's call permission between one sender and the person: none, temporary, permanent, declined or revoked.

    ``limited_until`` is the moment before which Meta does not let the asked action be done, where it said so.
    """

    state: str
    since: datetime | None = None
    expires_at: datetime | None = None
    limited_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SuppressionFact:
    """The person said no to this much, until then if they gave an end; ``None`` in a dimension means all of it."""

    since: datetime
    purposes: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    sender: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AttemptFact:
    """
    One call, or one request for permission, to the person.

    ``outcome`` is None while nothing is known: then the attempt is an open hold until ``expires_at`` and, after it,
    an attempt of unknown outcome.  Otherwise connected, unanswered, rejected, failed, refused or opted_out.
    ``ended_at`` is when a conversation was over, where that is known; a pause after it is measured from there.
    """

    at: datetime
    action: str  # call.place or call.request_permission
    purpose: str | None
    category: str
    channel: str
    sender: str | None
    outcome: str | None
    expires_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SenderFact:
    """The business number that would call: its ISO country, and until when Meta restricts it."""

    id: str
    country: str | None
    restricted: bool = False
    restricted_until: datetime | None = None  # None with restricted: no end is known
    sandbox: bool | None = None  # True: a test number, for which the platform has other limits


@dataclass(frozen=True, slots=True)
class RegisterFact:
    """What an imported exclusion list (Robinson, TPS...) says, and as of when whoever keeps it drew it."""

    listed: bool
    as_of: datetime


@dataclass(frozen=True, slots=True)
class WishFact:
    """
    What the person wishes of some calls: those of these purposes, categories, channels and sender, None being all.

    On which days of the week and at which hours by their clock; at most so many per day, week or month; only calls of these
    purposes, categories, channels, from this sender; none before a date.
    """

    id: str
    purposes: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    sender: str | None = None
    days: tuple[str, ...] | None = None
    windows: tuple[str, ...] | None = None
    most: int | None = None
    per: str | None = None
    only_purposes: tuple[str, ...] | None = None
    only_categories: tuple[str, ...] | None = None
    only_channels: tuple[str, ...] | None = None
    only_sender: str | None = None
    not_before: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one evaluation may look at."""

    action: str
    purpose: str
    category: str
    channel: str
    technology: str
    regions: tuple[str, ...] | None = None  # candidate ISO 3166 countries of the person, or ES-MD where that is known
    zones: tuple[str, ...] | None = None  # candidate IANA zones of the person
    business_zone: str | None = None
    consents: tuple[ConsentFact, ...] | None = None  # of the asked purpose
    other_purposes: tuple[str, ...] | None = None  # other purposes with a consent in force on this channel
    other_withdrawals: tuple[datetime, ...] | None = None  # the last one for another purpose, whatever the channel
    permission: PermissionFact | None = None
    suppressions: tuple[SuppressionFact, ...] | None = None
    attempts: tuple[AttemptFact, ...] | None = None  # oldest first, within the rule set's lookback
    sender: SenderFact | None = None
    registers: Mapping[str, RegisterFact] | None = None
    stated: Mapping[str, "Stated"] | None = None  # what the caller says of its side: agents free, shop open
    wishes: tuple[
        WishFact, ...
    ] = ()  # of the person, about this call; most have none, and of those nothing is recorded

    def to_json(self) -> dict[str, Json]:
        """The facts as they are recorded: what is missing is left out, and `from_json` gives equal facts back."""
        return _written_members(self)

    @staticmethod
    def from_json(document: Mapping[str, object]) -> "Facts":
        """Read recorded facts back; `FactsInvalid` for an unknown member, an absent one, or a wrong type."""
        return _read(Facts, document)


def wish_json(wish: WishFact) -> dict[str, Json]:
    """A wish as it is recorded."""
    return _written_members(wish)


@cache
def _members_of(kind: "type[_Fact]") -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _written_members(fact: "_Fact") -> dict[str, Json]:
    members = ((name, getattr(fact, name)) for name in _members_of(type(fact)))  # type: ignore[arg-type]  # Types are hashable.
    return {name: _written(value) for name, value in members if value is not None and (value or name != "wishes")}


def _written(value: "_Member") -> Json:
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if isinstance(value, dict):
        return {name: _written(value[name]) for name in sorted(value)}
    return _written_members(value)  # type: ignore[arg-type]  # A mapping is a dict.


_Fact: TypeAlias = (
    ConsentFact | PermissionFact | SuppressionFact | AttemptFact | SenderFact | RegisterFact | WishFact | Facts
)
_Member: TypeAlias = (
    "bool | int | str | datetime | tuple[_Member, ...] | Mapping[str, RegisterFact] | Mapping[str, Stated] | _Fact"
)
T = TypeVar("T")
Reader = Callable[[object], object]


def _read(kind: type[T], document: object) -> T:
    readers = _MEMBERS[kind]
    if not isinstance(document, Mapping):
        raise FactsInvalid(f"{kind.__name__} must be an object.")
    if unknown := sorted(set(document) - set(readers)):
        raise FactsInvalid(f"{kind.__name__} has no member {unknown[0]!r}.")
    members = {name: read(document[name]) for name, read in readers.items() if document.get(name) is not None}
    try:
        return kind(**_OPTIONAL.get(kind, {}) | members)
    except TypeError as error:
        raise FactsInvalid(f"{kind.__name__} is incomplete: {error}.") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise FactsInvalid(f"{value!r} must be text.")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise FactsInvalid(f"{value!r} must be a whole number.")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise FactsInvalid(f"{value!r} must be true or false.")
    return value


def _instant(value: object) -> datetime:
    try:
        return parse_instant(_text(value))
    except NotAnInstant as error:
        raise FactsInvalid(str(error)) from error


def _each(read: Reader) -> Reader:
    def items(value: object) -> object:
        if not isinstance(value, list | tuple):
            raise FactsInvalid(f"{value!r} must be a list.")
        return tuple(read(item) for item in value)

    return items


def _one(kind: type[object]) -> Reader:
    return lambda value: _read(kind, value)


def _registers(value: object) -> dict[str, RegisterFact]:
    if not isinstance(value, Mapping):
        raise FactsInvalid("registers must be an object.")
    return {_text(name): _read(RegisterFact, register) for name, register in value.items()}


def _stated(value: object) -> dict[str, Stated]:
    if not isinstance(value, Mapping):
        raise FactsInvalid("stated must be an object.")
    return {_text(name): _plain(member) for name, member in value.items()}


def _plain(value: object) -> Stated:
    if not isinstance(value, bool | int | str):
        raise FactsInvalid(f"{value!r} must be text, a whole number, true or false.")
    return value


_texts = _each(_text)

# One reader per member.  A member that may be absent and has no default of its own is None below.
_MEMBERS: dict[type[object], dict[str, Reader]] = {
    ConsentFact: {
        "channel": _text,
        "technology": _texts,
        "sender": _text,
        "state": _text,
        "since": _instant,
        "expires_at": _instant,
        "basis": _text,
        "confirm_by": _instant,
    },
    PermissionFact: {"state": _text, "since": _instant, "expires_at": _instant, "limited_until": _instant},
    SuppressionFact: {
        "since": _instant,
        "purposes": _texts,
        "categories": _texts,
        "channels": _texts,
        "sender": _text,
        "until": _instant,
    },
    AttemptFact: {
        "at": _instant,
        "action": _text,
        "purpose": _text,
        "category": _text,
        "channel": _text,
        "sender": _text,
        "outcome": _text,
        "expires_at": _instant,
        "ended_at": _instant,
    },
    SenderFact: {
        "id": _text,
        "country": _text,
        "restricted": _truth,
        "restricted_until": _instant,
        "sandbox": _truth,
    },
    RegisterFact: {"listed": _truth, "as_of": _instant},
    Facts: {
        "action": _text,
        "purpose": _text,
        "category": _text,
        "channel": _text,
        "technology": _text,
        "regions": _texts,
        "zones": _texts,
        "business_zone": _text,
        "consents": _each(_one(ConsentFact)),
        "other_purposes": _texts,
        "other_withdrawals": _each(_instant),
        "permission": _one(PermissionFact),
        "suppressions": _each(_one(SuppressionFact)),
        "attempts": _each(_one(AttemptFact)),
        "sender": _one(SenderFact),
        "registers": _registers,
        "stated": _stated,
        "wishes": _each(_one(WishFact)),
    },
    WishFact: {
        "id": _text,
        "purposes": _texts,
        "categories": _texts,
        "channels": _texts,
        "sender": _text,
        "days": _texts,
        "windows": _texts,
        "most": _number,
        "per": _text,
        "only_purposes": _texts,
        "only_categories": _texts,
        "only_channels": _texts,
        "only_sender": _text,
        "not_before": _text,
    },
}
_OPTIONAL: dict[type[object], dict[str, None]] = {
    ConsentFact: {"sender": None},
    AttemptFact: {"purpose": None, "sender": None, "outcome": None},
    SenderFact: {"country": None},
}
