"""
Saying a wish, and taking it back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from audit.entry import Json, canonical
from audit.instants import rfc3339, rfc3339_or_none
from audit.work import Idempotency, Work
from consent.contacts import Contact, ContactBook
from consent.errors import EndsBeforeWished, NotThePersonsAct, WishesTooMany, WishSaysNothing
from consent.evidence.files import FileBook
from consent.lifecycle import BY_BUSINESS, EVERYTHING, Extent
from consent.proof.said import files_in, kept
from consent.references import ContactReference
from consent.requests import past
from consent.settings import SenderReference, SettingsBook
from consent.wishes.book import WishBook
from consent.wishes.wish import Wish, WishEvent, in_force, why_not
from consent.withdrawing import OpenHolds, extent_json, suppress

MOST_BYTES = 12_000  # of what all wishes of a person say: they stand in the entry of every decision
TOO_MANY = "wishes_too_many"  # how a refusal came about that stands for wishes


@dataclass(frozen=True, slots=True)
class MakeWish:
    """A person wishes something of whoever may call them.  The wish's own id is not yet known."""

    tenant: UUID
    actor: str
    contact: ContactReference
    wish: Wish
    wished_at: datetime
    method: str
    about_sender: SenderReference | None = None
    only_sender: SenderReference | None = None
    evidence: Mapping[str, Json] = field(default_factory=dict)
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person."""
        return (self.contact,)

    @property
    def files(self) -> Sequence[str]:
        """The SHA-256 of each file named as evidence."""
        return files_in(self.evidence)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``wish.made`` and releases the open holds that it is about: whoever holds one asks anew.

        Raises WishSaysNothing, WishesTooMany, FileUnknown, PurposeUnknown, SenderUnknown, GivenInTheFuture or ContactUnknown.
        """
        settings = work[SettingsBook].current
        for purpose in (*(self.wish.purposes or ()), *(self.wish.only_purposes or ())):
            settings.category(purpose)
        at = past(self.wished_at, work.now)
        wish = replace(
            self.wish,
            sender=settings.known_sender(self.about_sender).id if self.about_sender else None,
            only_sender=settings.known_sender(self.only_sender).id if self.only_sender else None,
        )
        if (why := why_not(wish, work.now.date())) is not None:
            raise WishSaysNothing(why)
        evidence = _evidence(work, work[ContactBook].known(self.contact), self.evidence)
        contact = work[ContactBook].meet(self.contact)
        refuse_too_many(work, (contact,), wish)
        made, released = make(work, contact, wish, at=at, method=self.method, evidence=evidence)
        return {"wish": wish_json(contact, made), "released_holds": [str(hold) for hold in released]}


@dataclass(frozen=True, slots=True)
class EndWish:
    """The person takes a wish back; what business does of its own accord cannot."""

    tenant: UUID
    actor: str
    wish_id: UUID
    ended_at: datetime
    method: str
    evidence: Mapping[str, Json] = field(default_factory=dict)
    idempotency: Idempotency | None = None

    @property
    def files(self) -> Sequence[str]:
        """The SHA-256 of each file named as evidence."""
        return files_in(self.evidence)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``wish.ended``; what is over stays as it ended.  Raises WishUnknown, FileUnknown or NotThePersonsAct."""
        book = work[WishBook]
        contact, event = book.known(self.tenant, self.wish_id)
        if event.ended_at is not None:
            return {"wish": wish_json(contact, event)}
        if self.method in BY_BUSINESS:
            raise NotThePersonsAct(self.method)
        at = past(self.ended_at, work.now)
        if at < event.at:
            raise EndsBeforeWished
        facts: Mapping[str, Json] = {"wish": str(event.id), "ended_at": rfc3339(at), "method": self.method}
        evidence = _evidence(work, contact, self.evidence)
        entry = work.record("wish.ended", facts, contact=contact.id, personal=contact.personal(evidence))
        return {"wish": wish_json(contact, book.end(contact, event, at, entry))}


def _evidence(work: Work, contact: Contact | None, evidence: Mapping[str, Json]) -> dict[str, Json]:
    """Evidence as it is stored, with files that are there.  Raises FileUnknown or OffsetsReversed."""
    for each in files_in(evidence):
        work[FileBook].named(contact, each)
    return kept(evidence, whole_addresses=work[SettingsBook].current.whole_addresses)


def make(
    work: Work,
    contact: Contact,
    wish: Wish,
    *,
    at: datetime,
    method: str,
    evidence: Mapping[str, Json] | None = None,
    facts: Mapping[str, Json] | None = None,
) -> tuple[WishEvent, list[UUID]]:
    """Records a wish of this person's under a new id; the wish as it is kept, and the holds that it released."""
    identity = uuid4()
    event = WishEvent(identity, replace(wish, id=str(identity)), at, work.now, method)
    released = work[OpenHolds].release(contact, wish.about)
    told: Mapping[str, Json] = {
        "wish": str(identity),
        "says": wish.says(),
        "wished_at": rfc3339(at),
        "method": method,
        "released_holds": [str(hold) for hold in released],
        **(facts or {}),
    }
    entry = work.record("wish.made", told, contact=contact.id, personal=contact.personal(evidence or {}))
    work[OpenHolds].sign(released, entry)
    work[WishBook].make(contact, event, entry)
    return event, released


def share_wishes(work: Work, source: Contact, target: Contact, since: datetime | None = None) -> None:
    """
    Has what the person wished as ``source`` hold for them as ``target`` too: narrowing goes wherever the person goes.

    ``since`` leaves out what was recorded before.  Where it would be more than an entry has room for, everything is
    refused for ``target`` instead (``contact.shared``).
    """
    book = work[WishBook]
    known = [canonical(each.wish.says()) for each in in_force(book.of(target), work.now)]
    said = set(known)
    missing: list[WishEvent] = []
    for each in in_force(book.of(source), work.now):
        if since is not None and each.recorded_at < since:
            continue
        if (says := canonical(each.wish.says())) not in said:
            said.add(says)
            known.append(says)
            missing.append(each)
    if missing and sum(map(len, known)) > MOST_BYTES:
        _refuse_instead(work, source, target, len(missing))
        return
    for each in missing:
        make(work, target, each.wish, at=each.at, method=each.method, facts={"from": str(source.id)})


def _refuse_instead(work: Work, source: Contact, target: Contact, wishes: int) -> None:
    """Records a refusal of everything in the place of wishes that no entry has room for: it narrows more than they do."""
    released = work[OpenHolds].release(target, EVERYTHING)
    refused: Json = [{"scope": extent_json(EVERYTHING), "at": rfc3339(work.now), "method": TOO_MANY}]
    facts: Mapping[str, Json] = {
        "with": str(source.id),
        "wishes": wishes,
        "refused": refused,
        "released_holds": [str(hold) for hold in released],
    }
    entry = work.record("contact.shared", facts, contact=target.id)
    work[OpenHolds].sign(released, entry)
    suppress(work, target, EVERYTHING, at=work.now, method=TOO_MANY, entry=entry)


def refuse_too_many(work: Work, people: Sequence[Contact], *more: Wish) -> None:
    """Raises WishesTooMany where all that these people wish, and ``more``, does not fit into an entry."""
    held = [each.wish.says() for one in people for each in in_force(work[WishBook].of(one), work.now)]
    if sum(len(canonical(each)) for each in (*held, *(wish.says() for wish in more))) > MOST_BYTES:
        raise WishesTooMany(len(held))


def wish_json(contact: Contact, event: WishEvent) -> dict[str, Json]:
    """A wish as answers show it."""
    wish = event.wish
    most: Json = None if wish.most is None else {"count": wish.most, "per": wish.per}
    only: Json = None if wish.only == EVERYTHING else _calls(wish.only)
    return {
        "id": str(event.id),
        "contact": str(contact.id),
        "about": _calls(wish.about),
        "days": _list(wish.days),
        "windows": _list(wish.windows),
        "most": most,
        "only": only,
        "not_before": wish.not_before,
        "wished_at": rfc3339(event.at),
        "recorded_at": rfc3339(event.recorded_at),
        "ended_at": rfc3339_or_none(event.ended_at),
        "method": event.method,
    }


def _calls(extent: Extent) -> Json:
    return {
        "purposes": _list(extent.purposes),
        "categories": _list(extent.categories),
        "channels": _list(extent.channels),
        "sender": extent.sender,
    }


def _list(values: Sequence[str] | None) -> Json:
    return None if values is None else list(values)
