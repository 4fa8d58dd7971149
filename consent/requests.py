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
from consent.evidence.files import FileBook
from consent.history import HistoryBook
from consent.life import Life, life
from consent.lifecycle import (
    ConsentEvent,
    Extent,
    Scope,
    Standing,
    opens_nothing,
    standings,
    suppressions_in_force,
)
from consent.proof.elements import Given, Grade, grade
from consent.proof.errors import ProofMissing
from consent.proof.kinds import SYSTEM, kinds_of
from consent.proof.purposes import Purpose
from consent.proof.said import Giver, Notice, Words, files_in, kept, without_files
from consent.proof.said import words as words_of
from consent.proof.told import Proof
from consent.references import ContactReference
from consent.reminders.book import ReminderBook
from consent.settings import SenderReference, SettingsBook, TenantSettings
from consent.withdrawing import withdraw

CLOCK_SKEW = timedelta(seconds=60)


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
    giver: Giver = field(default_factory=Giver)
    trust: str = SYSTEM
    source: Mapping[str, Json] = field(default_factory=dict)  # where it was read, as the entry says it
    confirm_by: datetime | None = None
    renew_at: datetime | None = None
    token_digest: bytes | None = None  # of what confirms it, if it waits for that

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person who agreed."""
        return (self.contact,)

    @property
    def files(self) -> Sequence[str]:
        """The SHA-256 of each file named as evidence."""
        return files_in(self.evidence)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``consent.recorded``; a grant older than what was said since opens nothing.

        The answer grades its proof.  Raises ProofMissing where the purpose has what lacks refused.
        """
        contact, events, found = self.record(work)
        return {"consents": [_recorded(work, contact, event) for event in events], "proof": found.to_json()}

    def record(self, work: Work) -> tuple[Contact, Sequence[ConsentEvent], Grade]:
        """The same without an answer: who agreed, a word for each channel, and how well it is proven."""
        settings = work[SettingsBook].current
        purpose = settings.purpose(self.purpose)
        sender = settings.known_sender(self.sender).id if self.sender else None
        words, evidence = self._words(settings), kept(self.evidence, whole_addresses=settings.whole_addresses)
        files = [work[FileBook].named(work[ContactBook].known(self.contact), each) for each in self.files]
        given_at = past(self.given_at, work.now)
        expires_at, expires_by = purpose.end(self.expires_at, given_at)
        if expires_at is not None and expires_at <= given_at:
            raise ExpiresBeforeGiven
        proof = Proof(
            kinds_of(evidence, notice=words.facts is not None, shown=words.shown),
            purpose.version,
            None if self.notice is None else (self.notice.id, self.notice.version, self.notice.locale),
            self.trust,
            self.giver.kind,
            expires_by,
        )
        found = self._graded(work, purpose, proof, given_at, ends=expires_at is not None)
        dates = life(
            given_at,
            work.now,
            expires_at,
            is_asked=self.double_opt_in,
            confirm_by=self.confirm_by,
            renew_at=self.renew_at,
        )
        contact = work[ContactBook].meet(self.contact)
        events = [
            ConsentEvent(
                uuid4(),
                "pending" if self.double_opt_in else "granted",
                Scope(self.purpose, channel, sender),
                self.technology,
                given_at,
                work.now,
                expires_at,
                self.method,
                self.basis,
                self.jurisdiction,
                confirm_by=dates.confirm_by,
                renew_at=dates.renew_at,
                supersedes=_superseded(work, contact, (Scope(self.purpose, channel, sender), self.technology)),
                trust=self.trust,
            )
            for channel in self.channels
        ]
        entry = work.record(
            "consent.recorded",
            {
                "consents": [_named(each) for each in events],
                "state": events[0].state,
                "purpose": self.purpose,
                "sender": sender,
                "technology": self.technology,
                "given_at": rfc3339(given_at),
                "expires_at": rfc3339_or_none(expires_at),
                "method": self.method,
                "basis": self.basis,
                "jurisdiction": self.jurisdiction,
                "notice": words.facts,
                "files": [str(each.id) for each in files],
                "lacks": [each.element for each in found.required],
                **proof.facts(),
                **self.source,
                **self._life(dates),
            },
            contact=contact.id,
            personal=contact.personal({**evidence, **words.personal, **self.giver.personal()}),
        )
        for event in events:
            work[HistoryBook].say(contact, event, entry, proof, self.token_digest if self.double_opt_in else None)
            work[ReminderBook].expect(contact, event)
        return contact, events, found

    def _life(self, dates: Life) -> dict[str, Json]:
        """Its dates, as the entry has them: those that it has."""
        told: dict[str, Json] = {
            "confirm_by": rfc3339_or_none(dates.confirm_by),
            "renew_at": rfc3339_or_none(dates.renew_at),
        }
        if self.double_opt_in and self.token_digest is not None:
            told["token"] = self.token_digest.hex()
        return {name: value for name, value in told.items() if value is not None}

    def _words(self, settings: TenantSettings) -> Words:
        if self.notice is None:
            return Words()
        published = settings.notice(self.notice.id, self.notice.version, self.notice.locale)
        return words_of(self.notice, published.digest, published.template)

    def _graded(self, work: Work, purpose: Purpose, proof: Proof, given_at: datetime, *, ends: bool) -> Grade:
        """How well it is proven where it may have to stand: where it was stated to be given, or where the person is."""
        places: Sequence[str | None] = (self.jurisdiction,)
        if self.jurisdiction is None:
            known = work[ContactBook].known(self.contact)
            met = () if self.contact.kind == "id" else (self.contact.place(),)
            places = [each.region for each in (met if known is None else known.places)] or [None]
        lag = work.now - given_at
        given = Given(self.method, frozenset(proof.kinds or ()), self.trust, self.jurisdiction, lag, ends)
        found = grade(given, purpose.duties(places, self.technology, given_at.date()))
        if found.required and purpose.refuses(places):
            raise ProofMissing([each.to_json() for each in found.required])
        return found


def _superseded(work: Work, contact: Contact, word: tuple[Scope, tuple[str, ...]]) -> UUID | None:
    """What a new word about the same takes the place of: the last one, unless a no has ended that."""
    found = standings(work[HistoryBook].of(contact).consents, work.now)
    last = next((each for each in found if (each.consent.scope, each.consent.technology) == word), None)
    return None if last is None or last.state in ("withdrawn", "refused") else last.consent.id


def _named(event: ConsentEvent) -> dict[str, Json]:
    told: dict[str, Json] = {"id": str(event.id), "channel": event.scope.channel}
    return told if event.supersedes is None else {**told, "supersedes": str(event.supersedes)}


def _recorded(work: Work, contact: Contact, event: ConsentEvent) -> Json:
    """The consent just recorded, in the state it has now, and whether anything said since keeps it closed."""
    history = work[HistoryBook].of(contact)
    word = (event.scope, event.technology)
    last = next(s for s in standings(history.consents, work.now) if (s.consent.scope, s.consent.technology) == word)
    # Where a newer grant stands in its place, a no that ended that one has ended this one as well.
    state = last.state if last.consent.id == event.id or last.state in ("withdrawn", "refused") else event.state
    standing = Standing(event, state, event.given_at if state == event.state else last.since)
    return consent_json(contact, standing, work.now, historical_only=is_history(work, contact, event))


def is_history(work: Work, contact: Contact, event: ConsentEvent) -> bool:
    """Whether a consent just recorded opens nothing, because of something later, or as late, that the person said."""
    history = work[HistoryBook].of(contact)
    if len(history.consents) == 1 and not history.suppressions:
        return False  # Nothing else was ever said.
    return opens_nothing(history.consents, event, work.now) or any(
        each.extent.covers(
            purpose=event.scope.purpose,
            category=work[SettingsBook].current.category(event.scope.purpose or ""),
            channel=event.scope.channel or "",
            sender=event.scope.sender,
        )
        for each in suppressions_in_force(history.suppressions, work.now)
        if each.at >= event.given_at
    )


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
    source: Mapping[str, Json] = field(default_factory=dict)  # as of a consent

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person who takes it back."""
        return (self.contact,)

    @property
    def files(self) -> Sequence[str]:
        """The SHA-256 of each file named as evidence."""
        return files_in(self.evidence)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``consent.withdrawn``.  A purpose the tenant does not know is taken as said.

        Nor is it refused for its evidence: a file that is not there is left out, and the answer says which.
        """
        sender = work[SettingsBook].current.known_sender(self.sender).id if self.sender else None
        missing = work[FileBook].missing(work[ContactBook].known(self.contact), self.files)
        told = without_files(self.evidence, missing)
        evidence = kept(told, whole_addresses=work[SettingsBook].current.whole_addresses)
        withdrawn_at = past(self.withdrawn_at, work.now)
        contact = work[ContactBook].meet(self.contact)
        extent = Extent(self.purposes, None, self.channels, sender)
        done = withdraw(
            work, contact, extent, at=withdrawn_at, method=self.method, facts=self.source, personal=evidence
        )
        answer = done.to_json(contact, work.now)
        return {**answer, "files_unknown": missing} if missing else answer
