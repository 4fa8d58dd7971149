"""
What reaches us from the person through a channel, as requests for the journal.

A message that may mean no takes effect before it is answered with 200; a repeated delivery does nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import permutations, product
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from audit.work import Idempotency, Work
from consent.contacts import Contact, ContactBook
from consent.errors import SenderUnknown
from consent.history import HistoryBook
from consent.lifecycle import EVERYTHING, MARKETING, Extent, PermissionEvent, suppressions_in_force
from consent.meaning import Meaning, stricter
from consent.outbox.book import OutboxBook
from consent.outbox.messages import Kind as MessageKind
from consent.outbox.messages import Message, Via
from consent.outbox.texts import language_of, means_only_calls
from consent.periods.reading import Period
from consent.places import country_of, zones_in
from consent.references import ContactReference
from consent.requests import CLOCK_SKEW
from consent.reviewing import ReviewBook
from consent.settings import SenderReference, SettingsBook
from consent.wishes.requests import share_wishes
from consent.withdrawing import OpenHolds, extent_json, lift, pass_on, suppress, withdraw

# The channel stamps whole seconds, by a clock that is not the one by which consents are dated.
_GRAIN = timedelta(seconds=1) - timedelta(microseconds=1)


def latest(at: datetime, now: datetime) -> datetime:
    """
    When a no was said at the latest.

    What was stamped within the skew of clocks before a consent may have been said after it; of two words that close,
    the no counts.  It never counts as later than the present, so that a true change of mind wins.
    """
    return min(at + CLOCK_SKEW, now)


_ANSWERS: Mapping[str, MessageKind] = {"opt_out": "confirmation", "help": "help"}
_NAMED = {
    "opt_out": Meaning("opt_out", pattern="choice"),
    "opt_out_marketing": Meaning("opt_out", pattern="choice", only="marketing"),
    "opt_in": Meaning("opt_in", pattern="choice"),
    "help": Meaning("help", pattern="choice"),
    "none": Meaning("none"),
}
MESSAGES = Extent(channels=("whatsapp_message",))
TEXTS = Extent(channels=("sms",))


def everyone_named(work: Work, references: Sequence[ContactReference]) -> list[Contact]:
    """
    Everyone to whom these identifiers of one person belong, met if need be.

    Where the person turns out to be known twice, what they refused or wished as one they have as the other.
    """
    book = work[ContactBook]
    book.meet_one_of(references)
    people = book.all_known(references)
    for one, other in permutations(people, 2):
        share_refusals(work, one, other, "contact.linked", {"with": str(one.id)})
        share_wishes(work, one, other)
    return people


def share_refusals(work: Work, source: Contact, target: Contact, event: str, facts: Mapping[str, Json]) -> None:
    """Has every suppression in force for ``source`` hold for ``target`` too, recorded if any is new."""
    known = {(each.extent, each.at, each.until) for each in work[HistoryBook].of(target).suppressions}
    missing = [
        each
        for each in suppressions_in_force(work[HistoryBook].of(source).suppressions, work.now)
        if (each.extent, each.at, each.until) not in known
    ]
    pass_on(work, target, missing, event, facts)


@dataclass(frozen=True, slots=True)
class HearReply:
    """A message or a pressed button, already read for its meaning."""

    tenant: UUID
    actor: str
    contacts: tuple[ContactReference, ...]
    meaning: Meaning
    text: str
    message_id: str
    at: datetime
    method: str  # whatsapp_message or whatsapp_button
    via: Via | None = None  # where the answer goes out, if any may
    source: str | None = None  # what led here: a link's or QR code's reference, or the message whose button it is
    choice: tuple[str, str] | None = None  # of a button or list row: its channel and payload
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Opts out, queues for a person, opts in or helps; other words answer our question, or only teach who is who.

        Whoever is known twice is answered once.
        """
        return replace(self, meaning=self._meant(work), choice=None).act(work)

    def _meant(self, work: Work) -> Meaning:
        """What the business says of its own button; it can say that one refuses, never that a refusal is none."""
        channel = work[SettingsBook].current.channels.get(self.choice[0]) if self.choice else None
        named = channel.chosen(self.choice[1]) if channel and self.choice else None
        if named is None:
            return self.meaning
        said = _NAMED[named]
        if self.meaning.kind in ("opt_out", "opt_out_maybe") and said.kind != "opt_out":
            return self.meaning
        return stricter(self.meaning, said)

    def act(self, work: Work) -> Mapping[str, Json]:
        """Does what was meant, as far as the words alone can tell."""
        if self.meaning.kind == "none" and not work[ContactBook].all_known(self.contacts):
            return {"meaning": "none"}
        people = everyone_named(work, self.contacts)
        if means_only_calls(self.text):
            narrowed = [self._narrow(work, each) for each in people]
            if True in narrowed:
                return {"meaning": "only_calls"}
        via = self.via
        for contact in people:
            if self._take_effect(work, contact, via):
                via = None
        return {"meaning": self.meaning.kind}

    def _narrow(self, work: Work, contact: Contact) -> bool:
        """The answer to our question: only calls were meant.  Messages are let through again, and nothing else is."""
        asked = work[OutboxBook].confirmed(contact)
        if asked is None:
            return False
        at = min(self.at, work.now)
        facts: Mapping[str, Json] = {"said_at": rfc3339(at), "message": str(asked.id), "scope": extent_json(MESSAGES)}
        personal: Mapping[str, Json] = {"text": self.text, "message_id": self.message_id}
        entry = self._record(work, contact, "reply.narrowed", facts, personal)
        lift(work, contact, MESSAGES, at=at, method=self.method, entry=entry)
        return True

    def _take_effect(self, work: Work, contact: Contact, via: Via | None) -> bool:
        """Whether an answer is on its way."""
        at, now = min(self.at, work.now), work.now
        # A pattern of the person's own words may name somebody, and so stays personal; what is None is left out.
        quoted = self.meaning.pattern if self.meaning.quotes else None
        personal: Mapping[str, Json] = {
            "text": self.text,
            "message_id": self.message_id,
            "source": self.source,
            "pattern": quoted,
        }
        facts: Mapping[str, Json] = {
            "said_at": rfc3339(at),
            "language": self.meaning.language,
            "pattern": None if self.meaning.quotes else self.meaning.pattern,
        }
        if self.meaning.period is not None:
            self._pause(work, contact, self.meaning.period, facts, personal)
        elif self.meaning.only is not None:
            until = latest(self.at, now)
            withdraw(work, contact, MARKETING, at=until, method=self.method, facts=facts, personal=personal)
        elif self.meaning.kind in _ANSWERS:
            return self._act_and_answer(work, contact, via, facts, personal)
        elif self.meaning.kind == "opt_out_maybe":
            self._queue(work, contact, latest(self.at, now), facts, personal)
        elif self.meaning.kind == "opt_in":
            written = TEXTS if self.method == "sms" else MESSAGES  # What is open again is what they answered by.
            entry = self._record(work, contact, "reply.opted_in", {**facts, "scope": extent_json(written)}, personal)
            lift(work, contact, written, at=at, method=self.method, entry=entry)
        return False

    def _act_and_answer(
        self,
        work: Work,
        contact: Contact,
        via: Via | None,
        facts: Mapping[str, Json],
        personal: Mapping[str, Json],
    ) -> bool:
        """Opts out, or notes a call for help; and queues the answer, if one is owed, with the entry that says why."""
        answer = self._answer(work, contact, via)
        facts = {**facts, "answer": None if answer is None else str(answer.id)}
        if self.meaning.kind == "opt_out":
            until = latest(self.at, work.now)
            entry = withdraw(
                work, contact, EVERYTHING, at=until, method=self.method, facts=facts, personal=personal
            ).entry
        else:
            entry = self._record(work, contact, "reply.help_asked", facts, personal)
        if answer is not None:
            work[OutboxBook].queue(answer, entry)
        return answer is not None

    def _answer(self, work: Work, contact: Contact, via: Via | None) -> Message | None:
        """The message that is owed for a refusal or a call for help."""
        kind = _ANSWERS.get(self.meaning.kind)
        if kind is None:
            return None
        countries = tuple(country_of(place.region) for place in contact.places if place.region is not None)
        return work[OutboxBook].owed(contact, via, kind, language_of(self.meaning.language, countries))

    def _pause(
        self,
        work: Work,
        contact: Contact,
        period: Period,
        facts: Mapping[str, Json],
        personal: Mapping[str, Json],
    ) -> None:
        """No calls until the end that was given, and consents stay; where nobody can date it, until a person has read it."""
        extent = MARKETING if self.meaning.only else EVERYTHING
        until = period.end(
            min(self.at, work.now), zones_in(contact.places) if contact.zone is None else (contact.zone,)
        )
        if until is not None and until <= work.now:
            until = None  # It came late, or its clock is wrong: a person looks at it before anybody calls.
        released = work[OpenHolds].release(contact, extent)
        review = uuid4() if until is None else None
        told: Mapping[str, Json] = {
            **facts,
            "scope": extent_json(extent),
            "until": rfc3339_or_none(until),
            "review": None if review is None else str(review),
            "released_holds": [str(hold) for hold in released],
        }
        entry = self._record(work, contact, "reply.paused", told, personal)
        work[OpenHolds].sign(released, entry)
        at = latest(self.at, work.now)
        suppression = suppress(work, contact, extent, at=at, method=self.method, entry=entry, until=until)
        if review is not None:
            work[ReviewBook].open(review, contact, suppression, asked_at=at, entry=entry)

    def _queue(
        self, work: Work, contact: Contact, at: datetime, facts: Mapping[str, Json], personal: Mapping[str, Json]
    ) -> None:
        """Marketing stops at once; a person reads the rest."""
        review = uuid4()
        released = work[OpenHolds].release(contact, MARKETING)
        facts = {**facts, "review": str(review), "scope": extent_json(MARKETING)}
        facts["released_holds"] = [str(hold) for hold in released]
        entry = self._record(work, contact, "reply.queued", facts, personal)
        work[OpenHolds].sign(released, entry)
        suppression = suppress(work, contact, MARKETING, at=at, method=self.method, entry=entry)
        work[ReviewBook].open(review, contact, suppression, asked_at=at, entry=entry)

    def _record(
        self,
        work: Work,
        contact: Contact,
        event: str,
        facts: Mapping[str, Json],
        personal: Mapping[str, Json],
    ) -> UUID:
        return work.record(
            event, {"method": self.method, **facts}, contact=contact.id, personal=contact.personal(personal)
        )


@dataclass(frozen=True, slots=True)
class HearPermission:
    """The person granted, declined or lost Meta's permission to be called by one sender."""

    tenant: UUID
    actor: str
    contacts: tuple[ContactReference, ...]
    senders: tuple[SenderReference, ...]  # every name of the business number
    state: str  # temporary, permanent, declined or revoked
    at: datetime
    expires_at: datetime | None
    automatic: bool
    in_reply_to: str | None
    message_id: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``permission.granted``, ``permission.declined`` or ``permission.revoked``.

        A grant to a number nobody knows is refused (SenderUnknown); a no to one closes every number of the tenant.
        """
        settings = work[SettingsBook].current
        sender = settings.first_sender(self.senders)
        granted = self.state in ("temporary", "permanent")
        # Both words carry the platform's own stamp, in whole seconds: a no counts from the end of its second.
        at = min(self.at if granted else self.at + _GRAIN, work.now)
        if sender is None and granted:
            raise SenderUnknown
        senders = [sender.id] if sender else sorted(settings.senders)
        for contact, sender_id in product(everyone_named(work, self.contacts), senders):
            event = PermissionEvent(uuid4(), self.state, sender_id, at, work.now, self.expires_at, self.automatic)
            entry = work.record(
                "permission.granted" if granted else f"permission.{self.state}",
                {
                    "permission": str(event.id),
                    "state": self.state,
                    "sender": sender_id,
                    "at": rfc3339(at),
                    "expires_at": rfc3339_or_none(self.expires_at),
                    "automatic": self.automatic,
                    "source": self._source(),
                },
                contact=contact.id,
                personal=contact.personal({"message_id": self.message_id, "in_reply_to": self.in_reply_to}),
            )
            work[HistoryBook].permit(contact, event, entry)
        return {"permission": self.state}

    def _source(self) -> str:
        """How it came about: by the person's own call, by our request, or in the business's profile."""
        if self.automatic:
            return "automatic" if self.in_reply_to is None else "callback"
        return "profile" if self.in_reply_to is None else "request"


@dataclass(frozen=True, slots=True)
class HearMarketingPreference:
    """WhatsApp's own switch for marketing: stopping withdraws what is marketing, resuming lifts only that stop."""

    tenant: UUID
    actor: str
    contacts: tuple[ContactReference, ...]
    stop: bool
    at: datetime
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``consent.withdrawn``, or ``preference.resumed``, which re-opens messages and no calls."""
        at = latest(self.at, work.now) if self.stop else min(self.at, work.now)
        for contact in everyone_named(work, self.contacts):
            if self.stop:
                withdraw(work, contact, MARKETING, at=at, method="whatsapp_preference")
            else:
                extent = Extent(categories=MARKETING.categories, channels=MESSAGES.channels)
                facts: Mapping[str, Json] = {"at": rfc3339(at), "scope": extent_json(extent)}
                entry = work.record("preference.resumed", facts, contact=contact.id)
                lift(work, contact, extent, at=at, method="whatsapp_preference", entry=entry)
        return {"stop": self.stop}
