"""
The rows about people that follow from the log: what every entry does to contacts, identifiers and what they said.

Pure.  The write path is in contacts.py, requests.py, withdrawing.py, hearing.py, reviewing.py and keeping/; this is
their mirror, and a test holds the two together.  What lies under keys follows from no entry: see sealed columns.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from audit.checking.rows import Projection, Replayed, Told
from audit.checking.values import as_instant, as_object, as_objects, as_texts, as_texts_or_none, as_uuid
from audit.entry import Json
from audit.ids import row_id
from consent.evidence.models import evidence_files
from consent.hearing import latest
from consent.joined.replaying import MERGES, MERGING
from consent.lifecycle import MARKETING, Extent, SuppressionEvent, withdrawn_words
from consent.models import (
    consents,
    contacts,
    identifiers,
    legal_holds,
    permissions,
    reviews,
    suppressions,
)
from consent.proof.told import UNPROVEN, read_proof
from consent.retention import Rules
from consent.wishes.replaying import WISHES, life_in, wish_ended, wished

_WRAPPED = frozenset({"wrapped_key", "key_version"})
CONTACTS = Projection(contacts, "contact_id", clocked=frozenset({"created_at", "links_from"}), sealed=_WRAPPED)
IDENTIFIERS = Projection(
    identifiers,
    "identifier_id",
    clocked=frozenset({"valid_from", "valid_to"}),
    sealed=frozenset({"blind_index", "sealed", "index_version"}),
)
CONSENTS = Projection(consents, "consent_id", clocked=frozenset({"given_at", "recorded_at"}))
FILES = Projection(evidence_files, "file_id", clocked=frozenset({"added_at"}), sealed=frozenset({"blind", "sealed"}))
PERMISSIONS = Projection(permissions, "permission_id", clocked=frozenset({"recorded_at"}))
SUPPRESSIONS = Projection(suppressions, "suppression_id", clocked=frozenset({"at", "recorded_at"}))
REVIEWS = Projection(reviews, "review_id", clocked=frozenset({"asked_at", "settled_at"}))
LEGAL_HOLDS = Projection(legal_holds, "legal_hold_id", clocked=frozenset({"placed_at", "reviewed_at", "lifted_at"}))

# In the order in which they may be written: a row after those that it names.
OF_PEOPLE = (CONTACTS, IDENTIFIERS, MERGES, CONSENTS, FILES, PERMISSIONS, SUPPRESSIONS, REVIEWS, WISHES, LEGAL_HOLDS)
_ERASED = frozenset(each.name for each in OF_PEOPLE) - {LEGAL_HOLDS.name}


# What a tenant has whoever it is about.
HOLDING = ("legal_hold.placed", "legal_hold.reviewed", "legal_hold.lifted")
NOBODY = UUID(int=0)  # stands for whom a row is about where it is about nobody


def shortest_kept(told: Sequence[Told], kind: str) -> timedelta:
    """The shortest time for which the tenant has ever ruled that a kind be kept, by ``retention.rule_set`` entries."""
    ruled: dict[str, int] = {}
    days = [Rules(ruled).days(kind)]
    for each in told:
        if each.event == "retention.rule_set":
            ruled[str(each.facts["kind"])] = int(str(each.facts["days"]))
            days.append(Rules(ruled).days(kind))
    return timedelta(days=min(days))


def replay(told: Told, into: Replayed) -> None:
    """Does to the rows what an entry did; an event that says nothing about them changes none."""
    step = _STEPS.get(told.event)
    if step is not None:
        step(told, into)


# Who they are.


def _identified(told: Told, into: Replayed) -> None:
    contact = _contact(told)
    if (CONTACTS.name, contact) not in into.rows:
        met = {"contact_id": contact, "zone": None, "region": None, "created_at": told.moment, "links_from": None}
        into.put(CONTACTS.name, contact, told, met)
    into.put(
        IDENTIFIERS.name,
        as_uuid(told.facts["identifier"]),
        told,
        {
            "contact_id": contact,
            "kind": told.facts["kind"],
            "region": told.facts["region"],
            "zones": told.facts["zones"],
            "valid_from": _instant_or_none(told.facts.get("since")) or told.moment,
            "valid_to": None,
        },
    )
    for number, refusal in enumerate(as_objects(told.facts["refused"])):
        at = as_instant(refusal["at"])
        _set(told, into, row_id(told.entry.event_id, number), _extent(refusal["scope"]), at=at, method="erasure")


def _located(told: Told, into: Replayed) -> None:
    into.change(CONTACTS.name, _contact(told), told, {"region": told.facts["region"], "zone": told.facts["zone"]})


def _linked_to_page(told: Told, into: Replayed) -> None:
    if told.facts["replaces"]:
        _unlinked_from_page(told, into)


def _unlinked_from_page(told: Told, into: Replayed) -> None:
    into.change(CONTACTS.name, _contact(told), told, {"links_from": told.moment})


def _left(told: Told, into: Replayed) -> None:
    if told.facts.get("links_ended"):  # Older entries ended none.
        _unlinked_from_page(told, into)
    ends = as_texts(told.facts.get("until", ()))  # Older entries tell none: there it is their own moment.
    for number, identifier in enumerate(as_texts(told.facts["identifiers"])):
        valid_to = as_instant(ends[number]) if ends else told.moment
        into.change(IDENTIFIERS.name, UUID(identifier), told, {"valid_to": valid_to})


def _erased(told: Told, into: Replayed) -> None:
    del told  # Whatever it says, nothing is left.
    into.drop(_ERASED)


# What they said.


def _consented(told: Told, into: Replayed) -> None:
    facts = told.facts
    for consent in as_objects(facts["consents"]):
        said = {name: facts[name] for name in ("state", "purpose", "technology", "method", "basis", "jurisdiction")}
        row = {
            **_recorded(told),
            **said,
            "channel": consent["channel"],
            "sender_id": facts["sender"],
            "given_at": as_instant(facts["given_at"]),
            "expires_at": _instant_or_none(facts["expires_at"]),
            **read_proof(facts).columns(),
            **life_in(facts, consent),
        }
        into.put(CONSENTS.name, as_uuid(consent["id"]), told, row)


def _evidenced(told: Told, into: Replayed) -> None:
    row = {
        "contact_id": told.contact,
        "media_type": told.facts["media_type"],
        "size": told.facts["size"],
        "added_at": told.moment,
        "event_id": told.entry.event_id,
    }
    into.put(FILES.name, as_uuid(told.facts["file"]), told, row)


def _withdrew(told: Told, into: Replayed) -> None:
    facts = told.facts
    suppression = SuppressionEvent(
        as_uuid(facts["suppression"]),
        "set",
        _extent(facts["scope"]),
        as_instant(facts["withdrawn_at"]),
        told.moment,
        str(facts["method"]),
    )
    _suppressed(told, into, suppression)
    for word in withdrawn_words(suppression, as_texts_or_none(facts["purposes"])):
        row = {
            **_recorded(told),
            "state": word.state,
            "purpose": word.scope.purpose,
            "channel": word.scope.channel,
            "sender_id": word.scope.sender,
            "technology": None,
            "given_at": word.given_at,
            "expires_at": None,
            "method": word.method,
            "basis": None,
            "jurisdiction": None,
            **UNPROVEN.columns(),
            **life_in({}, {}),
        }
        into.put(CONSENTS.name, word.id, told, row)


def _permitted(told: Told, into: Replayed) -> None:
    facts = told.facts
    row = {
        **_recorded(told),
        "sender_id": facts["sender"],
        "state": facts["state"],
        "at": as_instant(facts["at"]),
        "expires_at": _instant_or_none(facts["expires_at"]),
        "automatic": facts["automatic"],
    }
    into.put(PERMISSIONS.name, as_uuid(facts["permission"]), told, row)


def _queued(told: Told, into: Replayed) -> None:
    at, suspicion = latest(as_instant(told.facts["said_at"]), told.moment), row_id(told.entry.event_id, 0)
    _set(told, into, suspicion, MARKETING, at=at, method=str(told.facts["method"]))
    _wait(told, into, suspicion, at)


def _wait(told: Told, into: Replayed, suppression: UUID, at: datetime) -> None:
    """A reply that a person must read."""
    row = {
        "contact_id": told.contact,
        "suppression_id": suppression,
        "asked_at": at,
        "event_id": told.entry.event_id,
        "settled_at": None,
        "verdict": None,
    }
    into.put(REVIEWS.name, as_uuid(told.facts["review"]), told, row)


def _paused(told: Told, into: Replayed) -> None:
    at, row = latest(as_instant(told.facts["said_at"]), told.moment), row_id(told.entry.event_id, 0)
    until, method = _instant_or_none(told.facts["until"]), str(told.facts["method"])
    _set(told, into, row, _extent(told.facts["scope"]), at=at, method=method, until=until)
    if told.facts["review"] is not None:
        _wait(told, into, row, at)


def _settled(told: Told, into: Replayed) -> None:
    verdict = {"verdict": told.facts["verdict"], "settled_at": told.moment}
    into.change(REVIEWS.name, as_uuid(told.facts["review"]), told, verdict)


def _passed_on(told: Told, into: Replayed) -> None:
    for number, refusal in enumerate(as_objects(told.facts["refused"])):
        row, extent, until = row_id(told.entry.event_id, number), _extent(refusal["scope"]), refusal.get("until")
        at, method = as_instant(refusal["at"]), str(refusal["method"])
        _set(told, into, row, extent, at=at, method=method, until=_instant_or_none(until))


def _opted_in(told: Told, into: Replayed) -> None:
    at, method = as_instant(told.facts["said_at"]), str(told.facts["method"])
    _lift(told, into, _extent(told.facts["scope"]), at=at, method=method)


def _resumed(told: Told, into: Replayed) -> None:
    _lift(told, into, _extent(told.facts["scope"]), at=as_instant(told.facts["at"]), method="whatsapp_preference")


def _lifted(told: Told, into: Replayed) -> None:
    only = as_uuid(told.facts["suppression"])
    row = into.get(SUPPRESSIONS.name, only, told)
    purposes, categories, channels = (as_texts_or_none(row[name]) for name in ("purposes", "categories", "channels"))
    sender = row["sender_id"]
    extent = Extent(purposes, categories, channels, None if sender is None else str(sender))
    _lift(told, into, extent, at=told.moment, method="review", only=only)


def _set(
    told: Told,
    into: Replayed,
    row: UUID,
    extent: Extent,
    *,
    at: datetime,
    method: str,
    until: datetime | None = None,
) -> None:
    _suppressed(told, into, SuppressionEvent(row, "set", extent, at, told.moment, method, until=until))


def _lift(told: Told, into: Replayed, extent: Extent, *, at: datetime, method: str, only: UUID | None = None) -> None:
    lifting = row_id(told.entry.event_id, 0)
    _suppressed(told, into, SuppressionEvent(lifting, "lifted", extent, at, told.moment, method, lifts=only))


def _suppressed(told: Told, into: Replayed, event: SuppressionEvent) -> None:
    row = {
        **_recorded(told),
        "state": event.state,
        "purposes": event.extent.purposes,
        "categories": event.extent.categories,
        "channels": event.extent.channels,
        "sender_id": event.extent.sender,
        "lifts": event.lifts,
        "at": event.at,
        "method": event.method,
        "until": event.until,
    }
    into.put(SUPPRESSIONS.name, event.id, told, row)


# What must be kept.


def _placed(told: Told, into: Replayed) -> None:
    unsaid = ("reviewed_at", "reviewed_by", "lifted_at", "lifted_by", "lifted_because")
    row = {
        "contact_id": told.contact,
        "matter": told.facts["matter"],
        "reason": told.facts["reason"],
        "review_on": date.fromisoformat(str(told.facts["review_on"])),
        "placed_at": told.moment,
        "placed_by": told.facts["actor"],
        **dict.fromkeys(unsaid),
        "event_id": told.entry.event_id,
    }
    into.put(LEGAL_HOLDS.name, as_uuid(told.facts["legal_hold"]), told, row)


def _reviewed(told: Told, into: Replayed) -> None:
    row = {
        "review_on": date.fromisoformat(str(told.facts["review_on"])),
        "reviewed_at": told.moment,
        "reviewed_by": told.facts["actor"],
        "event_id": told.entry.event_id,
    }
    into.change(LEGAL_HOLDS.name, as_uuid(told.facts["legal_hold"]), told, row)


def _freed(told: Told, into: Replayed) -> None:
    row = {
        "lifted_at": told.moment,
        "lifted_by": told.facts["actor"],
        "lifted_because": told.facts["reason"],
        "event_id": told.entry.event_id,
    }
    into.change(LEGAL_HOLDS.name, as_uuid(told.facts["legal_hold"]), told, row)


_STEPS: Mapping[str, Callable[[Told, Replayed], None]] = MappingProxyType(
    {
        "contact.identified": _identified,
        "contact.left": _left,
        "contact.located": _located,
        **MERGING,
        "contact.shared": _passed_on,
        "contact.erased": _erased,
        "link.issued": _linked_to_page,
        "link.ended": _unlinked_from_page,
        "contact.linked": _passed_on,
        "contact.renumbered": _passed_on,
        "contact.succeeded": _passed_on,
        "consent.recorded": _consented,
        "consent.confirmed": _consented,
        "consent.withdrawn": _withdrew,
        "evidence.added": _evidenced,
        "permission.granted": _permitted,
        "permission.declined": _permitted,
        "permission.revoked": _permitted,
        "permission.limited": _permitted,
        "wish.made": wished,
        "wish.ended": wish_ended,
        "reply.queued": _queued,
        "reply.paused": _paused,
        "review.settled": _settled,
        "reply.opted_in": _opted_in,
        "reply.narrowed": _opted_in,
        "preference.resumed": _resumed,
        "suppression.lifted": _lifted,
        "legal_hold.placed": _placed,
        "legal_hold.reviewed": _reviewed,
        "legal_hold.lifted": _freed,
    }
)


def _recorded(told: Told) -> dict[str, object]:
    return {"contact_id": told.contact, "recorded_at": told.moment, "event_id": told.entry.event_id}


def _contact(told: Told) -> UUID:
    if told.contact is None:
        raise ValueError("contact")
    return told.contact


def _instant_or_none(value: Json) -> datetime | None:
    return None if value is None else as_instant(value)


def _extent(value: Json) -> Extent:
    scope = as_object(value)
    sender = scope["sender"]
    purposes, categories, channels = (as_texts_or_none(scope[name]) for name in ("purposes", "categories", "channels"))
    return Extent(purposes, categories, channels, None if sender is None else str(sender))
