"""
Taking consent back: in one step the consents end, a suppression begins and open holds are released.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from audit.entry import Json
from audit.ids import row_id
from audit.instants import rfc3339
from audit.work import Book, Work
from consent.answers import consent_json
from consent.contacts import Contact
from consent.history import HistoryBook
from consent.lifecycle import (
    ConsentEvent,
    Extent,
    Standing,
    SuppressionEvent,
    essential,
    standings,
    withdrawn_words,
)
from consent.settings import SettingsBook

# An opt-out must fit into its entry, however much it ends; the histories have the rest.
_MOST_NAMED = 200
_WEIGHT, _MOST_WEIGHT = 5, 300  # of a refusal, in names of purposes


class OpenHolds(Book):
    """What a withdrawal releases; kept by whoever gives permission to call."""

    def release(self, contact: Contact, extent: Extent) -> list[UUID]:
        """Releases the person's open holds within the extent and returns their ids."""
        raise NotImplementedError  # The one implementation lies above this package.

    def stands(self, hold: UUID) -> bool:
        """Whether this hold is still open."""
        raise NotImplementedError  # As above.

    def give_back(self, hold: UUID) -> list[UUID]:
        """Releases this hold unless it is over, since what it was for did not happen; returns its id if it did."""
        raise NotImplementedError  # As above.

    def sign(self, released: Sequence[UUID], entry: UUID) -> None:
        """Notes the entry that says why these holds were released."""
        raise NotImplementedError  # As above.


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did."""

    consents: list[Standing]
    suppression: SuppressionEvent
    released: list[UUID]
    entry: UUID

    def to_json(self, contact: Contact, now: datetime) -> dict[str, Json]:
        """The answer to the one who withdrew."""
        return {
            "withdrawn": [consent_json(contact, each, now) for each in self.consents],
            "suppressed": True,
            "released_holds": [str(hold) for hold in self.released],
        }


def withdraw(
    work: Work,
    contact: Contact,
    extent: Extent,
    *,
    at: datetime,
    method: str,
    facts: Mapping[str, Json] | None = None,
    personal: Mapping[str, Json] | None = None,
    identity: UUID | None = None,
) -> Withdrawn:
    """
    Withdraws everything within ``extent`` as of ``at``, and records ``consent.withdrawn``.

    Withdrawing what was never granted suppresses it all the same.  ``identity`` is the suppression's id, where it is to be
    known again.
    """
    history, now = work[HistoryBook].of(contact), work.now
    before = {each.consent.id: each for each in standings(history.consents, now)}
    suppression = SuppressionEvent(identity or uuid4(), "set", extent, at, now, method)
    purposes = _purposes(work, extent)
    words = withdrawn_words(suppression, purposes)
    ended = _ended(before, [*history.consents, *words], now)
    released = work[OpenHolds].release(contact, extent)
    entry = work.record(
        "consent.withdrawn",
        {
            "scope": extent_json(extent),
            "purposes": purposes,
            "withdrawn_at": rfc3339(at),
            "method": method,
            "withdrawn": [str(each.consent.id) for each in ended[:_MOST_NAMED]],
            "withdrawn_count": len(ended),
            "suppression": str(suppression.id),
            "released_holds": [str(hold) for hold in released],
            **(facts or {}),
        },
        contact=contact.id,
        personal=contact.personal(personal or {}),
    )
    work[OpenHolds].sign(released, entry)
    for word in words:
        work[HistoryBook].say(contact, word, entry)
    work[HistoryBook].suppress(contact, suppression, entry)
    return Withdrawn(ended, suppression, released, entry)


def suppress(
    work: Work,
    contact: Contact,
    extent: Extent,
    *,
    at: datetime,
    method: str,
    entry: UUID,
    until: datetime | None = None,
) -> UUID:
    """Sets a suppression without ending consents; ``entry`` is the entry that says why, and says no other."""
    event = SuppressionEvent(row_id(entry, 0), "set", extent, at, work.now, method, until=until)
    work[HistoryBook].suppress(contact, event, entry)
    return event.id


def pass_on(
    work: Work, contact: Contact, refused: Sequence[SuppressionEvent], event: str, facts: Mapping[str, Json]
) -> None:
    """Has suppressions of somebody else hold for this person, recorded by as many entries as have room for them."""
    for some in _piecewise(essential(refused)):
        told: Json = [_refusal_json(each) for each in some]
        entry = work.record(event, {**facts, "refused": told}, contact=contact.id)
        for number, each in enumerate(some):
            copy = replace(each, id=row_id(entry, number), recorded_at=work.now, event_id=None, lifts=None)
            work[HistoryBook].suppress(contact, copy, entry)


def _refusal_json(refusal: SuppressionEvent) -> dict[str, Json]:
    """A refusal as entries write it; who reads it knows that one without an end is for good."""
    told: dict[str, Json] = {
        "scope": extent_json(refusal.extent),
        "at": rfc3339(refusal.at),
        "method": refusal.method,
    }
    return told if refusal.until is None else {**told, "until": rfc3339(refusal.until)}


def lift(
    work: Work, contact: Contact, extent: Extent, *, at: datetime, method: str, entry: UUID, only: UUID | None = None
) -> None:
    """Lifts what the person has taken back, or ``only`` one suppression; ``entry`` is the entry that says so."""
    event = SuppressionEvent(row_id(entry, 0), "lifted", extent, at, work.now, method, lifts=only)
    work[HistoryBook].suppress(contact, event, entry)


def extent_json(extent: Extent) -> dict[str, Json]:
    """An extent as entries and answers write it; null means all."""
    return {
        "purposes": extent.purposes,
        "categories": extent.categories,
        "channels": extent.channels,
        "sender": extent.sender,
    }


def _purposes(work: Work, extent: Extent) -> tuple[str, ...] | None:
    """The purposes that lie within an extent as the tenant has defined them; None if all do."""
    if extent.categories is None:
        return extent.purposes or None
    settings = work[SettingsBook].current
    named = extent.purposes or tuple(sorted(settings.purposes))
    return tuple(each for each in named if settings.purposes.get(each) in extent.categories)


def _piecewise(refused: Sequence[SuppressionEvent]) -> Iterator[list[SuppressionEvent]]:
    """The same in order, in pieces that an entry has room for: in few purposes each, or one alone."""
    piece: list[SuppressionEvent] = []
    for each in refused:
        piece.append(each)
        if sum(_WEIGHT + len(e.extent.purposes or ()) for e in piece) >= _MOST_WEIGHT:
            yield piece
            piece = []
    if piece:
        yield piece


def _ended(before: Mapping[UUID, Standing], events: list[ConsentEvent], now: datetime) -> list[Standing]:
    """What stood granted or pending and is withdrawn now."""
    return [
        each
        for each in standings(events, now)
        if each.state == "withdrawn"
        and each.consent.id in before
        and before[each.consent.id].state in ("granted", "pending")
    ]
