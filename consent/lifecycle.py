"""
What is in force at a moment, from everything that ever happened.

Histories are never edited: the state is the last word, by the time at which the person acted.  On a tie the more
restrictive word wins, and a grant that comes to light late, older than a withdrawal, opens nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import NamedTuple
from uuid import UUID, uuid5

from consent.proof.kinds import PUBLIC

# More restrictive is higher.
_STRICTNESS = {"granted": 0, "pending": 1, "refused": 2, "withdrawn": 3}
_PERMISSION_STRICTNESS = {"permanent": 0, "temporary": 1, "declined": 2, "revoked": 3}

_NEVER = datetime.max.replace(tzinfo=UTC)

# Acts of the business, which cannot lift what the person has said.
BY_BUSINESS = frozenset({"import", "api", "agent"})


class Scope(NamedTuple):
    """How far a word reaches; ``None`` in a dimension means all of it."""

    purpose: str | None = None
    channel: str | None = None
    sender: str | None = None

    def covers(self, other: "Scope") -> bool:
        """Whether everything in ``other`` is within this scope."""
        return (
            self.purpose in (None, other.purpose)
            and self.channel in (None, other.channel)
            and self.sender in (None, other.sender)
        )


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One word about consent: pending, granted, refused or withdrawn."""

    id: UUID
    state: str
    scope: Scope
    technology: tuple[str, ...] | None  # None: whatever the technology
    given_at: datetime
    recorded_at: datetime
    expires_at: datetime | None = None
    method: str = "api"
    basis: str | None = None
    jurisdiction: str | None = None
    event_id: UUID | None = None
    confirm_by: datetime | None = None  # of a pending one: until when the person may confirm it
    confirms: UUID | None = None  # of a granted one: the pending one that the person confirmed by it
    renew_at: datetime | None = None  # when the person is to be asked anew
    supersedes: UUID | None = None  # what it takes the place of
    trust: str | None = None  # of the credential that wrote it

    def by_person(self) -> bool:
        """
        Whether the person did this, rather than the business on their behalf, or anybody who typed their number.

        What a key in a web page writes is the person's word only once they have confirmed it.
        """
        return self.method not in BY_BUSINESS and (self.trust != PUBLIC or self.confirms is not None)


class Standing(NamedTuple):
    """The last word on one grant: the grant itself, the state it is in, and since when."""

    consent: ConsentEvent
    state: str
    since: datetime

    def state_at(self, moment: datetime) -> str:
        """The state, with expiry computed: a consent ends at its expiry, and what waits for a word when its time is over."""
        if self.state == "pending":
            lapses = self.consent.confirm_by
            return "expired" if lapses is not None and lapses <= moment else "pending"
        expires = self.consent.expires_at
        if self.state == "granted" and expires is not None and expires <= moment:
            return "expired"
        return self.state


def known(events: Iterable[ConsentEvent], as_of: datetime, known_at: datetime | None = None) -> list[ConsentEvent]:
    """What had happened by ``as_of``, as far as it had been recorded by ``known_at``; oldest first."""
    past = [e for e in events if e.given_at <= as_of and (known_at is None or e.recorded_at <= known_at)]
    if len(past) < 2:  # One is in order.
        return past
    return sorted(
        past,
        key=lambda e: (e.given_at, _STRICTNESS[e.state], _lost_by_ending(e.expires_at), e.recorded_at, e.id),
    )


def _lost_by_ending(expires_at: datetime | None) -> timedelta:
    """More restrictive is higher: of two grants at once, the one that ends sooner."""
    return _NEVER - (expires_at or _NEVER)


def standings(
    events: Iterable[ConsentEvent], as_of: datetime, known_at: datetime | None = None
) -> tuple[Standing, ...]:
    """
    The last word on every scope that was ever asked for or granted.

    A scope asked for twice (same purpose, channel, sender and technology) counts once, by its newest word.
    """
    history = known(events, as_of, known_at)
    latest: dict[tuple[Scope, tuple[str, ...] | None], Standing] = {}
    for event in history:
        if event.state in ("withdrawn", "refused"):
            _close(latest, event)
            if event.scope.purpose is None or event.state == "withdrawn":
                continue
        key = (event.scope, event.technology)
        before = latest.get(key)
        if event.state == "pending" and before is not None and _still_granted(before, event.given_at):
            continue  # Asking again takes nothing away.
        if event.confirms is not None and (before is None or before.state in ("withdrawn", "refused")):
            continue  # What was confirmed had been closed, or is not known to have been asked.
        if event.state == "refused" and before is not None:
            continue  # Closed above already, and what was refused stays visible there.
        latest[key] = Standing(event, event.state, event.given_at)
    return tuple(latest.values())


def _close(latest: dict[tuple[Scope, tuple[str, ...] | None], Standing], event: ConsentEvent) -> None:
    for key, standing in latest.items():
        reaches = event.scope.covers(key[0])
        technologies = event.technology is None or set(key[1] or ()) <= set(event.technology)
        if reaches and technologies and standing.state not in ("withdrawn", "refused"):
            latest[key] = Standing(standing.consent, event.state, event.given_at)


def _still_granted(standing: Standing, moment: datetime) -> bool:
    return standing.state_at(moment) == "granted" and standing.since < moment


def opens_nothing(events: Sequence[ConsentEvent], event: ConsentEvent, now: datetime) -> bool:
    """Whether a grant just recorded is history only: something later, or stricter at the same time, has been said."""
    return not any(each.consent.id == event.id and each.state == event.state for each in standings(events, now))


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a no reaches; ``None`` in a dimension means all of it."""

    purposes: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    sender: str | None = None

    def covers(self, *, purpose: str | None, category: str, channel: str, sender: str | None) -> bool:
        """
        Whether a call for this purpose on this channel from this sender falls under it.

        An unknown purpose or sender might be the one that is meant, and so is covered.
        """
        return (
            (self.purposes is None or purpose is None or purpose in self.purposes)
            and (self.categories is None or category in self.categories)
            and (self.channels is None or channel in self.channels)
            and (self.sender is None or sender is None or self.sender == sender)
        )

    def to_json(self) -> dict[str, str | Sequence[str] | None]:
        """As entries and answers write it; null means all."""
        return {
            "purposes": self.purposes,
            "categories": self.categories,
            "channels": self.channels,
            "sender": self.sender,
        }

    def reaches(self, other: "Extent") -> bool:
        """Whether everything in ``other`` is within this extent."""
        return (
            _reaches(self.purposes, other.purposes)
            and _reaches(self.categories, other.categories)
            and _reaches(self.channels, other.channels)
            and self.sender in (None, other.sender)
        )


EVERYTHING = Extent()
MARKETING = Extent(categories=("marketing",))


@dataclass(frozen=True, slots=True)
class SuppressionEvent:
    """
    The person said no to this much, or took it back: state is set or lifted.

    ``until`` is the end that the person gave, if any: a no for a time ends by itself and not a moment sooner.
    """

    id: UUID
    state: str
    extent: Extent
    at: datetime
    recorded_at: datetime
    method: str = "api"
    event_id: UUID | None = None
    lifts: UUID | None = None  # the one suppression a lifting is about; None: whatever lies within its extent
    until: datetime | None = None

    def lasts_as_long_as(self, other: "SuppressionEvent") -> bool:
        """Whether it ends no sooner."""
        return self.until is None or (other.until is not None and other.until <= self.until)

    def ends(self, suppression: "SuppressionEvent") -> bool:
        """Whether this lifting ends the whole of that suppression."""
        if self.lifts is not None:
            return self.lifts == suppression.id
        return self.at > suppression.at and self.extent.reaches(suppression.extent)


def suppressions_in_force(
    events: Iterable[SuppressionEvent], as_of: datetime, known_at: datetime | None = None
) -> tuple[SuppressionEvent, ...]:
    """The suppressions that neither their own end nor a later lifting of at least the same extent has ended; oldest first."""
    past = [e for e in events if e.at <= as_of and (known_at is None or e.recorded_at <= known_at)]
    lifted = [e for e in past if e.state == "lifted"]
    lasting = (e for e in past if e.state == "set" and (e.until is None or as_of < e.until))
    standing = (e for e in lasting if not any(each.ends(e) for each in lifted))
    return tuple(sorted(standing, key=lambda e: (e.at, e.recorded_at, e.id)))


def suppressing(
    events: Sequence[SuppressionEvent],
    consents: Sequence[Standing],
    as_of: datetime,
    *,
    purpose: str,
    category: str,
    channel: str,
    technology: str,
    sender: str | None,
) -> tuple[SuppressionEvent, ...]:
    """
    The suppressions in force against one call.

    Only the person lifts what the person said: by taking it back, or by agreeing later to exactly this purpose on
    exactly this channel, with this technology, from this sender.
    """
    if not events:
        return ()  # Nobody ever said no, which is what is known of most people.
    again = [
        each
        for each in consents
        if each.state == "granted"
        and each.consent.by_person()
        and each.consent.scope.covers(Scope(purpose, channel, sender))
        and technology in (each.consent.technology or (technology,))
    ]
    lifted = [
        e
        for e in events
        if e.state == "lifted"
        and e.lifts is None
        and e.at <= as_of
        and e.extent.covers(purpose=purpose, category=category, channel=channel, sender=sender)
    ]
    return tuple(
        e
        for e in suppressions_in_force(events, as_of)
        if e.extent.covers(purpose=purpose, category=category, channel=channel, sender=sender)
        and not any(each.at > e.at for each in lifted)
        and not any(each.since > e.at for each in again)
    )


def _reaches(wider: tuple[str, ...] | None, narrower: tuple[str, ...] | None) -> bool:
    return wider is None or (narrower is not None and set(narrower) <= set(wider))


def essential(suppressions: Iterable[SuppressionEvent]) -> list[SuppressionEvent]:
    """
    Those that say as much as all of them: what lies within another that is as recent, and lasts as long, adds nothing to it.

    However often somebody says no, few remain.
    """
    kept: list[SuppressionEvent] = []
    for each in sorted(suppressions, key=lambda e: (e.at, e.recorded_at, e.id), reverse=True):
        if not any(other.extent.reaches(each.extent) and other.lasts_as_long_as(each) for other in kept):
            kept.append(each)
    return kept[::-1]


def withdrawn_words(suppression: SuppressionEvent, purposes: Sequence[str] | None) -> list[ConsentEvent]:
    """
    The words by which a withdrawal ends consents: one for each of these purposes and channel; None is any purpose.

    Their ids follow from the suppression's, so that whoever reads the log makes the same words again.
    """
    extent = suppression.extent
    named: Sequence[str | None] = (None,) if purposes is None else purposes
    pairs = product(named, extent.channels or (None,))
    scopes = (Scope(purpose, channel, extent.sender) for purpose, channel in pairs)
    return [
        ConsentEvent(
            uuid5(suppression.id, f"{scope.purpose or ''}\n{scope.channel or ''}"),
            "withdrawn",
            scope,
            None,
            suppression.at,
            suppression.recorded_at,
            method=suppression.method,
        )
        for scope in scopes
    ]


@dataclass(frozen=True, slots=True)
class PermissionEvent:
    """
    One word about Meta's call permission: temporary, permanent, declined or revoked.

    ``calls_limited`` and ``requests_limited`` are words beside it: see ``consent.permission_limits``.
    """

    id: UUID
    state: str
    sender: str
    at: datetime
    recorded_at: datetime
    expires_at: datetime | None = None
    automatic: bool = False
    event_id: UUID | None = None

    def closes(self) -> bool:
        """Whether it is a no."""
        return self.state in ("declined", "revoked")

    def limits(self) -> bool:
        """Whether it is about a limit of the platform, beside the permission."""
        return self.state in ("calls_limited", "requests_limited")


def permission_in_force(
    events: Iterable[PermissionEvent], sender: str, as_of: datetime, known_at: datetime | None = None
) -> PermissionEvent | None:
    """The last word between this sender and the person; on a tie the more restrictive; None when none was said."""
    past = [
        e
        for e in events
        if e.sender == sender
        and e.at <= as_of
        and (known_at is None or e.recorded_at <= known_at)
        and e.state in _PERMISSION_STRICTNESS
    ]
    if len(past) == 1:
        return past[0]
    return max(
        past,
        key=lambda e: (e.at, _PERMISSION_STRICTNESS[e.state], _lost_by_ending(e.expires_at), e.recorded_at),
        default=None,
    )
