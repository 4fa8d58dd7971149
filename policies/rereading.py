"""
Recorded facts read back by the million: for replays and simulations.

One function per kind of fact, its members written out, for what `Facts.to_json` has written.  Whatever is different in
anything (a null, a member more, another type, another offset) is left to `Facts.from_json`, which reads it or says what is
wrong with it; so the two always agree, and a property test holds them together.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, make_dataclass
from datetime import UTC, datetime
from sys import intern
from typing import Any, TypeAlias, TypeVar

from policies.facts import (
    AttemptFact,
    ConsentFact,
    Facts,
    PermissionFact,
    RegisterFact,
    SenderFact,
    Stated,
    SuppressionFact,
    WishFact,
)
from policies.instants import LONGEST_INSTANT

Made: TypeAlias = Any  # A fact under construction.
Document: TypeAlias = dict[str, Any]  # Any: as a parser of JSON gave it, looked at below.
T = TypeVar("T")


def _unfrozen(kind: type[object]) -> Callable[..., Made]:
    """
    A class with the members of this one that is not frozen: what it makes becomes one of ``kind`` when it is complete.

    A frozen dataclass sets each member through `object.__setattr__`, which takes five times as long as all the rest.
    """
    return make_dataclass(kind.__name__, [each.name for each in fields(kind)], slots=True)  # type: ignore[arg-type]  # Facts are dataclasses.


_MakeFacts, _MakeConsent, _MakePermission = _unfrozen(Facts), _unfrozen(ConsentFact), _unfrozen(PermissionFact)
_MakeAttempt, _MakeSender, _MakeRegister = _unfrozen(AttemptFact), _unfrozen(SenderFact), _unfrozen(RegisterFact)

_MOST = 65_536  # lists of texts that are remembered

_texts_seen: dict[tuple[str, ...], tuple[str, ...]] = {}
_parse = datetime.fromisoformat


class _Otherwise(Exception):
    """Not as it was written."""


def facts_from(document: Mapping[str, object]) -> Facts:
    """The same as `Facts.from_json`, several times faster; `FactsInvalid` for the same documents."""
    try:
        return _facts(document)  # type: ignore[arg-type]  # What is no dict raises.
    except (_Otherwise, AttributeError, KeyError, TypeError, ValueError):
        return Facts.from_json(document)


def instant_from(text: str) -> datetime:
    """An instant written in UTC with Z, in whole microseconds; ValueError or TypeError for anything else."""
    found = _parse(text)
    if found.tzinfo is not UTC or len(text) > LONGEST_INSTANT:
        raise ValueError(text)
    return found


def _facts(document: Document) -> Facts:  # noqa: C901, PLR0912  There is one branch for each member that may be missing.
    get = document.get
    # Interning refuses whatever is no text, and words of which each is there once are compared at a glance.
    action, purpose, category = intern(document["action"]), intern(document["purpose"]), intern(document["category"])
    channel, technology, business_zone = intern(document["channel"]), intern(document["technology"]), None
    known = 5
    if (found := get("business_zone")) is not None:
        business_zone, known = intern(found), known + 1
    regions = zones = other_purposes = consents = withdrawals = None
    suppressions = attempts = permission = sender = registers = stated = None
    wishes: tuple[WishFact, ...] = ()
    if (found := get("regions")) is not None:
        regions, known = _texts(found), known + 1
    if (found := get("zones")) is not None:
        zones, known = _texts(found), known + 1
    if (found := get("consents")) is not None:
        consents, known = _each(found, _consent), known + 1
    if (found := get("other_purposes")) is not None:
        other_purposes, known = _texts(found), known + 1
    if (found := get("other_withdrawals")) is not None:
        withdrawals, known = _each(found, instant_from), known + 1
    if (found := get("permission")) is not None:
        permission, known = _permission(found), known + 1
    if (found := get("suppressions")) is not None:
        suppressions, known = _each(found, _suppression), known + 1
    if (found := get("attempts")) is not None:
        attempts, known = _each(found, _attempt), known + 1
    if (found := get("sender")) is not None:
        sender, known = _sender(found), known + 1
    if (found := get("registers")) is not None:
        registers, known = {name: _register(each) for name, each in found.items()}, known + 1
    if (found := get("stated")) is not None:
        stated, known = _stated(found), known + 1
    if (found := get("wishes")) is not None:
        wishes, known = _each(found, _wish), known + 1
    if known != len(document):
        raise _Otherwise
    made: Facts = _MakeFacts(
        action,
        purpose,
        category,
        channel,
        technology,
        regions,
        zones,
        business_zone,
        consents,
        other_purposes,
        withdrawals,
        permission,
        suppressions,
        attempts,
        sender,
        registers,
        stated,
        wishes,
    )
    made.__class__ = Facts
    return made


def _each(items: object, read: Callable[[Any], T]) -> tuple[T, ...]:  # Any: as in Document.
    if not isinstance(items, list):
        raise _Otherwise
    return tuple([read(item) for item in items]) if items else ()


def _texts(items: object) -> tuple[str, ...]:
    """Lists of words recur: each is kept once, which spares memory and makes what is looked up by them faster."""
    if not isinstance(items, list):
        raise _Otherwise
    if not items:
        return ()
    "".join(items)
    found = tuple(items)
    known = _texts_seen.get(found)
    if known is None:
        if len(_texts_seen) >= _MOST:
            _texts_seen.clear()
        _texts_seen[found] = known = found
    return known


def _consent(document: Document) -> ConsentFact:
    get = document.get
    sender, expires_at, basis, confirm_by = get("sender"), get("expires_at"), get("basis"), get("confirm_by")
    channel, state = intern(document["channel"]), intern(document["state"])
    known = 4
    if sender is not None:
        sender, known = intern(sender), known + 1
    if basis is not None:
        basis, known = intern(basis), known + 1
    if expires_at is not None:
        known += 1
        expires_at = instant_from(expires_at)
    if confirm_by is not None:
        known += 1
        confirm_by = instant_from(confirm_by)
    if known != len(document):
        raise _Otherwise
    technology = _texts(document["technology"])
    since = instant_from(document["since"])
    made: ConsentFact = _MakeConsent(channel, technology, sender, state, since, expires_at, basis, confirm_by)
    made.__class__ = ConsentFact
    return made


def _permission(document: Document) -> PermissionFact:
    get = document.get
    state, since, expires_at, limited = intern(document["state"]), get("since"), get("expires_at"), get("limited_until")
    if len(document) != 1 + (since is not None) + (expires_at is not None) + (limited is not None):
        raise _Otherwise
    since = None if since is None else instant_from(since)
    expires_at = None if expires_at is None else instant_from(expires_at)
    limited = None if limited is None else instant_from(limited)
    made: PermissionFact = _MakePermission(state, since, expires_at, limited)
    made.__class__ = PermissionFact
    return made


def _suppression(document: Document) -> SuppressionFact:
    until = document.get("until")
    if len(document) != 1 + (until is not None):
        raise _Otherwise  # Only the longest no is recorded, and of that only when.
    since = instant_from(document["since"])
    return SuppressionFact(since, until=None if until is None else instant_from(until))


def _attempt(document: Document) -> AttemptFact:
    get = document.get
    purpose, sender, outcome, ended_at = get("purpose"), get("sender"), get("outcome"), get("ended_at")
    action, category, channel = intern(document["action"]), intern(document["category"]), intern(document["channel"])
    known = 5
    if purpose is not None:
        purpose, known = intern(purpose), known + 1
    if sender is not None:
        sender, known = intern(sender), known + 1
    if outcome is not None:
        outcome, known = intern(outcome), known + 1
    if ended_at is not None:
        known += 1
        ended_at = instant_from(ended_at)
    if known != len(document):
        raise _Otherwise
    at, expires_at = instant_from(document["at"]), instant_from(document["expires_at"])
    made: AttemptFact = _MakeAttempt(at, action, purpose, category, channel, sender, outcome, expires_at, ended_at)
    made.__class__ = AttemptFact
    return made


def _sender(document: Document) -> SenderFact:
    get = document.get
    name, country, restricted = intern(document["id"]), get("country"), document["restricted"]
    until, sandbox = get("restricted_until"), get("sandbox")
    known = 2 + (country is not None) + (until is not None) + (sandbox is not None)
    if type(restricted) is not bool or type(sandbox) not in (bool, type(None)) or len(document) != known:
        raise _Otherwise
    country = None if country is None else intern(country)
    until = None if until is None else instant_from(until)
    made: SenderFact = _MakeSender(name, country, restricted, until, sandbox)
    made.__class__ = SenderFact
    return made


def _register(document: Document) -> RegisterFact:
    listed = document["listed"]
    if type(listed) is not bool or len(document) != 2:
        raise _Otherwise
    made: RegisterFact = _MakeRegister(listed, instant_from(document["as_of"]))
    made.__class__ = RegisterFact
    return made


def _wish(document: Document) -> WishFact:
    """Seldom met, and so read the plain way."""
    return Facts.from_json({**_UNASKED, "wishes": [document]}).wishes[0]


_UNASKED = dict.fromkeys(("action", "purpose", "category", "channel", "technology"), "")


def _stated(document: Document) -> dict[str, Stated]:
    for value in document.values():
        if type(value) not in (bool, int, str):
            raise _Otherwise
    return document if type(document) is dict else dict(document)
