"""
Recording consent, and taking it back, as the API asks for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from audit.work import Idempotency, Work
from consent.answers import consent_json
from consent.contacts import Contact, ContactBook
from consent.errors import ExpiresBeforeGiven, GivenInTheFuture
from consent.history import HistoryBook
from consent.lifecycle import (
    ConsentEvent,
    Extent,
    Scope,
    Standing,
    opens_nothing,
    standings,
    suppressions_in_force,
)
from consent.references import ContactReference
from consent.settings import SenderReference, SettingsBook
from consent.withdrawing import withdraw

CLOCK_SKEW = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Notice:
    """The words that were shown: a published notice, its version and locale."""

    id: str
    version: int
    locale: str


def past(moment: datetime, now: datetime) -> datetime:
    """The moment, at most ``now``; GivenInTheFuture beyond a minute of skew between clocks."""
    if moment > now + CLOCK_SKEW:
        raise GivenInTheFuture(moment)
    return min(moment, now)


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """One act of consent, for a purpose, on one or more channels."""

    tenant: UUID
    actor: str
    contact: ContactReference
    purpose: str
    channels: tuple[str, ...]
    technology: tuple[str, ...]
    given_at: datetime
    method: str
    sender: SenderReference | None = None
    expires_at: datetime | None = None
    double_opt_in: bool = False
    basis: str | None = None
    jurisdiction: str | None = None
    notice: Notice | None = None
    evidence: Mapping[str, Json] = field(default_factory=dict)
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person who agreed."""
        return (self.contact,)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``consent.recorded``; a grant older than what was said since opens nothing."""
        settings = work[SettingsBook].current
        settings.category(self.purpose)
        sender = settings.known_sender(self.sender).id if self.sender else None
        notice = self._notice_json(work)
        given_at = past(self.given_at, work.now)
        if self.expires_at is not None and self.expires_at <= given_at:
            raise ExpiresBeforeGiven
        contact = work[ContactBook].meet(self.contact)
        events = [
            ConsentEvent(
                uuid4(),
                "pending" if self.double_opt_in else "granted",
                Scope(self.purpose, channel, sender),
                self.technology,
                given_at,
                work.now,
                self.expires_at,
                self.method,
                self.basis,
                self.jurisdiction,
            )
            for channel in self.channels
        ]
        entry = work.record(
            "consent.recorded",
            {
                "consents": [{"id": str(each.id), "channel": each.scope.channel} for each in events],
                "state": events[0].state,
                "purpose": self.purpose,
                "sender": sender,
                "technology": self.technology,
                "given_at": rfc3339(given_at),
                "expires_at": rfc3339_or_none(self.expires_at),
                "method": self.method,
                "basis": self.basis,
                "jurisdiction": self.jurisdiction,
                "notice": notice,
            },
            contact=contact.id,
            personal=contact.personal(self.evidence),
        )
        for event in events:
            work[HistoryBook].say(contact, event, entry)
        return {"consents": [_recorded(work, contact, event) for event in events]}

    def _notice_json(self, work: Work) -> Json:
        if self.notice is None:
            return None
        digest = work[SettingsBook].current.notice(self.notice.id, self.notice.version, self.notice.locale)
        return {
            "id": self.notice.id,
            "version": self.notice.version,
            "locale": self.notice.locale,
            "sha256": digest.hex(),
        }


def _recorded(work: Work, contact: Contact, event: ConsentEvent) -> Json:
    """The consent just recorded, in the state it has now, and whether anything said since keeps it closed."""
    history = work[HistoryBook].of(contact)
    word = (event.scope, event.technology)
    last = next(s for s in standings(history.consents, work.now) if (s.consent.scope, s.consent.technology) == word)
    # Where a newer grant stands in its place, a no that ended that one has ended this one as well.
    state = last.state if last.consent.id == event.id or last.state in ("withdrawn", "refused") else event.state
    standing = Standing(event, state, event.given_at if state == event.state else last.since)
    overruled = opens_nothing(history.consents, event, work.now) or any(
        each.extent.covers(
            purpose=event.scope.purpose,
            category=work[SettingsBook].current.category(event.scope.purpose or ""),
            channel=event.scope.channel or "",
            sender=event.scope.sender,
        )
        for each in suppressions_in_force(history.suppressions, work.now)
        if each.at >= event.given_at
    )
    return consent_json(contact, standing, work.now, historical_only=overruled)


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """The person takes back everything within a scope; null is everything."""

    tenant: UUID
    actor: str
    contact: ContactReference
    purposes: tuple[str, ...] | None
    channels: tuple[str, ...] | None
    sender: SenderReference | None
    withdrawn_at: datetime
    method: str
    evidence: Mapping[str, Json] = field(default_factory=dict)
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person who takes it back."""
        return (self.contact,)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``consent.withdrawn``.  A purpose the tenant does not know is taken as said."""
        sender = work[SettingsBook].current.known_sender(self.sender).id if self.sender else None
        withdrawn_at = past(self.withdrawn_at, work.now)
        contact = work[ContactBook].meet(self.contact)
        extent = Extent(self.purposes, None, self.channels, sender)
        done = withdraw(work, contact, extent, at=withdrawn_at, method=self.method, personal=self.evidence)
        return done.to_json(contact, work.now)
