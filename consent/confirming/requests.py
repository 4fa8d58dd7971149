"""
Confirming what was asked for twice: the person's own second word, within its time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from audit.work import Idempotency, Work
from consent.answers import consent_json
from consent.confirming.book import ConfirmationBook, Pending
from consent.contacts import Contact, ContactBook
from consent.errors import ConfirmationClosed, ConfirmationLapsed, ConfirmationUnknown, LifeOutOfOrder, NotThePersonsAct
from consent.evidence.files import FileBook
from consent.history import History, HistoryBook
from consent.lifecycle import BY_BUSINESS, ConsentEvent, Standing, standings, suppressions_in_force
from consent.proof.kinds import CONFIRMED, kinds_of
from consent.proof.said import files_in, kept
from consent.proof.told import Proof
from consent.references import ContactReference
from consent.reminders.book import ReminderBook
from consent.requests import past
from consent.settings import SettingsBook


def digest_of(token: str) -> bytes:
    """What is kept of a token."""
    return sha256(token.encode()).digest()


@dataclass(frozen=True, slots=True)
class ConfirmConsents:
    """The person confirms what they were asked for: under ids, or by the token that was sent to them."""

    tenant: UUID
    actor: str
    confirmed_at: datetime
    method: str
    confirms: tuple[UUID, ...] = ()
    contact: ContactReference | None = None
    digest: bytes | None = None
    evidence: Mapping[str, Json] = field(default_factory=dict)
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person, where they are named."""
        return () if self.contact is None else (self.contact,)

    @property
    def files(self) -> Sequence[str]:
        """The SHA-256 of each file named as evidence."""
        return files_in(self.evidence)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``consent.confirmed`` for each; what was confirmed before stays as it was, and is the answer again.

        Raises ConfirmationUnknown, ConfirmationLapsed, ConfirmationClosed, NotThePersonsAct, FileUnknown or GivenInTheFuture.
        """
        if self.method in BY_BUSINESS:
            raise NotThePersonsAct(self.method)
        contact, asked = self._asked(work)
        history = work[HistoryBook].of(contact)
        done = {each.confirms: each for each in history.consents if each.confirms is not None}
        events = {each.id: each for each in history.consents}
        at = past(self.confirmed_at, work.now)
        new = [each for each in asked if each.id not in done]
        for each in new:
            self._refuse(history, events[each.id], at, work)
        for file in self.files if new else ():
            work[FileBook].named(contact, file)
        if not new:
            work.refer(done[asked[0].id].event_id)
        for each in new:
            done[each.id] = self._confirm(work, contact, events[each.id], each.proof, at)
        said = [done[each.id] for each in asked]
        return {"consents": [consent_json(contact, _standing(work, contact, each), work.now) for each in said]}

    def _asked(self, work: Work) -> tuple[Contact, list[Pending]]:
        """Whom it is about, and what they were asked."""
        book, people = work[ConfirmationBook], work[ContactBook]
        asked = book.of_ids(self.confirms) if self.digest is None else book.of_token(self.digest)
        named = None if self.contact is None else people.known(self.contact)
        owners = {each.contact for each in asked}
        missing = self.digest is None and len(asked) != len(set(self.confirms))
        theirs = self.contact is None or (named is not None and owners <= {each.id for each in named.parts})
        if not asked or missing or len(owners) > 1 or not theirs:
            raise ConfirmationUnknown
        return people.of_id(asked[0].contact), asked

    def _refuse(self, history: History, asked: ConsentEvent, at: datetime, work: Work) -> None:
        """Too early, too late, or closed by a no since it was asked, whatever was said after that no."""
        if at <= asked.given_at:
            raise LifeOutOfOrder("/confirmed_at", "a person confirms after they were asked")
        if asked.confirm_by is not None and max(at, work.now) >= asked.confirm_by:
            raise ConfirmationLapsed(asked.confirm_by)
        purpose, channel, sender = asked.scope
        category = work[SettingsBook].current.category(purpose or "")
        ended = (each for each in history.consents if each.state in ("withdrawn", "refused"))
        refused = (each for each in suppressions_in_force(history.suppressions, work.now) if each.at >= asked.given_at)
        if any(each.given_at >= asked.given_at and each.scope.covers(asked.scope) for each in ended) or any(
            each.extent.covers(purpose=purpose, category=category, channel=channel or "", sender=sender)
            for each in refused
        ):
            raise ConfirmationClosed

    def _confirm(self, work: Work, contact: Contact, asked: ConsentEvent, proof: Proof, at: datetime) -> ConsentEvent:
        evidence = kept(self.evidence, whole_addresses=work[SettingsBook].current.whole_addresses)
        event = replace(
            asked,
            id=uuid4(),
            state="granted",
            given_at=at,
            recorded_at=work.now,
            method=self.method,
            confirm_by=None,
            confirms=asked.id,
        )
        if proof.kinds is not None:
            kinds = {*proof.kinds, *kinds_of(evidence, notice=False, shown=False), CONFIRMED}
            proof = replace(proof, kinds=tuple(sorted(kinds)))
        entry = work.record(
            "consent.confirmed",
            {**_facts(event, asked), **_proven(proof)},
            contact=contact.id,
            personal=contact.personal(evidence),
        )
        event = replace(event, event_id=entry)
        work[HistoryBook].say(contact, event, entry, proof)
        work[ReminderBook].expect(contact, event)
        return event


def _facts(event: ConsentEvent, asked: ConsentEvent) -> dict[str, Json]:
    told: dict[str, Json] = {"id": str(event.id), "channel": event.scope.channel, "confirms": str(asked.id)}
    if event.supersedes is not None:
        told["supersedes"] = str(event.supersedes)
    facts: dict[str, Json] = {
        "consents": [told],
        "state": "granted",
        "purpose": event.scope.purpose,
        "sender": event.scope.sender,
        "technology": event.technology,
        "asked_at": rfc3339(asked.given_at),
        "given_at": rfc3339(event.given_at),
        "expires_at": rfc3339_or_none(event.expires_at),
        "method": event.method,
        "basis": event.basis,
        "jurisdiction": event.jurisdiction,
    }
    return facts if event.renew_at is None else {**facts, "renew_at": rfc3339(event.renew_at)}


def _proven(proof: Proof) -> dict[str, Json]:
    if proof.kinds is None:
        return {"notice": None}
    name, version, locale = proof.notice or ("", 0, "")
    notice: Json = {"id": name, "version": version, "locale": locale} if proof.notice else None
    return {"notice": notice, **proof.facts()}


def _standing(work: Work, contact: Contact, event: ConsentEvent) -> Standing:
    """The confirmed consent in the state that it has now."""
    found = standings(work[HistoryBook].of(contact).consents, work.now)
    own = next((each for each in found if each.consent.id == event.id), None)
    return own or Standing(event, event.state, event.given_at)


def _word(event: ConsentEvent) -> tuple[object, object]:
    return event.scope, event.technology
