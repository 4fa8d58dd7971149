"""
Issuing a link, and what a person does by one.  Every act narrows; nothing here re-opens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Idempotency, Work
from consent.contacts import Contact, ContactBook
from consent.errors import ContactUnknown, PauseOutOfReach
from consent.history import HistoryBook
from consent.lifecycle import Extent
from consent.links.book import LinkBook
from consent.links.link import Link
from consent.references import ContactReference
from consent.settings import SenderReference, SettingsBook
from consent.wishes.book import WishBook
from consent.wishes.requests import make, refuse_too_many
from consent.wishes.wish import Wish, in_force
from consent.withdrawing import OpenHolds, extent_json, suppress, withdraw

METHOD = "web_form"
CALLS = Extent(channels=("voice", "whatsapp_call"))
LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class IssueLink:
    """A link for a person who is known; ``replaces`` ends the ones that were issued before, whichever part they name."""

    tenant: UUID
    actor: str
    contact: ContactReference
    scope: str
    lasts: timedelta
    replaces: bool = False
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person."""
        return (self.contact,)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``link.issued``, and ``link.ended`` about every other part.  The answer makes the link again, and holds no token.  Raises ContactUnknown."""
        contact = work[ContactBook].known(self.contact)
        if contact is None:
            raise ContactUnknown
        link = Link(contact.tenant, uuid4(), contact.id, self.scope, work.now, self.lasts)
        for part in contact.parts if self.replaces else ():
            work[LinkBook].end_earlier(part)
            if part.id != contact.id:
                work.record("link.ended", {"by": str(link.id)}, contact=part.id)
        issue(work, link, replaces=self.replaces)
        return {"contact": str(contact.id), **link.to_json()}


def issue(work: Work, link: Link, *, replaces: bool = False) -> None:
    """Records that a link was made, which says nothing that opens it."""
    work.record("link.issued", {**link.to_json(), "replaces": replaces}, contact=link.contact)


def link_of(tenant: UUID, answer: Mapping[str, Json]) -> Link:
    """The link that an answer tells of."""
    issued_at, expires_at = (datetime.fromisoformat(str(answer[name])) for name in ("issued_at", "expires_at"))
    identity, contact = UUID(str(answer["link"])), UUID(str(answer["contact"]))
    return Link(tenant, identity, contact, str(answer["scope"]), issued_at, expires_at - issued_at)


@dataclass(frozen=True, slots=True)
class RefuseByLink:
    """The person takes back everything within an extent, now."""

    tenant: UUID
    actor: str
    link: Link
    extent: Extent
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person whose link it is."""
        return (ContactReference.id(self.link.contact),)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``consent.withdrawn`` with the link's id.

        Raises LinkUnusable, and PurposeUnknown or SenderUnknown for what was never offered.
        """
        contact = work[LinkBook].holder(self.link)
        _known(work, contact, self.extent)
        facts: Mapping[str, Json] = {"link": str(self.link.id)}
        done = withdraw(work, contact, self.extent, at=work.now, method=METHOD, facts=facts)
        return {"ended": len(done.consents)}


@dataclass(frozen=True, slots=True)
class PauseByLink:
    """The person wants no calls until a moment; their consents stay."""

    tenant: UUID
    actor: str
    link: Link
    until: datetime
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person whose link it is."""
        return (ContactReference.id(self.link.contact),)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``reply.paused`` with the link's id.  Raises LinkUnusable, and PauseOutOfReach."""
        contact = work[LinkBook].holder(self.link)
        if not work.now < self.until <= work.now + LONGEST_PAUSE:
            raise PauseOutOfReach
        released = work[OpenHolds].release(contact, CALLS)
        facts: Mapping[str, Json] = {
            "method": METHOD,
            "said_at": rfc3339(work.now),
            "language": None,
            "pattern": None,
            "scope": extent_json(CALLS),
            "until": rfc3339(self.until),
            "review": None,
            "released_holds": [str(hold) for hold in released],
            "link": str(self.link.id),
        }
        entry = work.record("reply.paused", facts, contact=contact.id)
        work[OpenHolds].sign(released, entry)
        suppress(work, contact, CALLS, at=work.now, method=METHOD, entry=entry, until=self.until)
        return {"until": rfc3339(self.until)}


@dataclass(frozen=True, slots=True)
class WishByLink:
    """The person wishes something of whoever may call them.  The wish's own id is not yet known."""

    tenant: UUID
    actor: str
    link: Link
    wish: Wish
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person whose link it is."""
        return (ContactReference.id(self.link.contact),)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``wish.made`` with the link's id, unless it is wished already.  Raises LinkUnusable or WishesTooMany."""
        contact = work[LinkBook].holder(self.link)
        same = [e for e in in_force(work[WishBook].of(contact), work.now) if e.wish.says() == self.wish.says()]
        if same:
            return {"wish": str(same[0].id)}
        refuse_too_many(work, contact.parts, self.wish)
        facts: Mapping[str, Json] = {"link": str(self.link.id)}
        made, _ = make(work, contact, self.wish, at=work.now, method=METHOD, facts=facts)
        return {"wish": str(made.id)}


def _known(work: Work, contact: Contact, extent: Extent) -> None:
    """What a form may name: purposes and senders that the tenant has, or that the person once agreed to."""
    settings, history = work[SettingsBook].current, work[HistoryBook].of(contact)
    met = {(each.scope.purpose, each.scope.sender) for each in history.consents}
    for purpose in extent.purposes or ():
        if purpose not in {each for each, _ in met}:
            settings.category(purpose)
    if extent.sender is not None and extent.sender not in {each for _, each in met}:
        settings.known_sender(SenderReference("id", extent.sender))
