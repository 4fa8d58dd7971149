"""
Replies that may have meant no, waiting for a person to read them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from audit.entry import Json
from audit.link import Connection
from audit.work import Book, Idempotency, Request, Work
from consent import store
from consent.contacts import Contact, ContactBook
from consent.errors import ReviewSettled, ReviewUnknown
from consent.history import HistoryBook
from consent.lifecycle import EVERYTHING, Extent
from consent.settings import SenderReference, SettingsBook
from consent.withdrawing import lift, withdraw

VERDICTS = ("opt_out", "opt_out_partial", "opt_in", "none")


@dataclass(frozen=True, slots=True)
class Review:
    """One reply that waits, or the verdict it got."""

    id: UUID
    contact: UUID
    suppression: UUID
    verdict: str | None
    asked_at: datetime


class ReviewBook(Book):
    """Reviews opened in a batch, and those that its requests settle."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._known: dict[tuple[UUID, UUID], Review] = {}
        self._opened: list[dict[str, object]] = []
        self._settled: list[dict[str, object]] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Finds whom the reviews to be settled are about, so that those people are locked and loaded."""
        wanted = [(each.tenant, each.review) for each in requests if isinstance(each, SettleReview)]
        for row in await store.find_reviews(conn, wanted):
            self._known[(row.tenant_id, row.review_id)] = _review(row)
            self.work[ContactBook].want(row.tenant_id, row.contact_id)

    async def load(self, conn: Connection) -> None:
        """Looks again under the lock: somebody else may have settled one meanwhile."""
        for row in await store.find_reviews(conn, list(self._known)):
            self._known[(row.tenant_id, row.review_id)] = _review(row)

    def known(self, tenant: UUID, review: UUID) -> Review:
        """The review; ReviewUnknown if there is none."""
        found = self._known.get((tenant, review))
        if found is None:
            raise ReviewUnknown
        return found

    def open(self, review: UUID, contact: Contact, suppression: UUID, *, asked_at: datetime, entry: UUID) -> None:
        """Queues a reply for a person."""
        self._opened.append(
            {
                "tenant_id": contact.tenant,
                "review_id": review,
                "contact_id": contact.id,
                "suppression_id": suppression,
                "asked_at": asked_at,
                "event_id": entry,
            }
        )

    def settle(self, tenant: UUID, review: Review, verdict: str) -> None:
        """Notes the verdict."""
        settled = Review(review.id, review.contact, review.suppression, verdict, review.asked_at)
        self._known[(tenant, review.id)] = settled
        self._settled.append(
            {"tenant_id": tenant, "review_id": review.id, "settled_at": self.work.now, "verdict": verdict}
        )

    async def save(self, conn: Connection) -> None:
        """Two statements at most."""
        await store.save_reviews(conn, self._opened, self._settled)


def _review(row: store.AnyRow) -> Review:
    return Review(row.review_id, row.contact_id, row.suppression_id, row.verdict, row.asked_at)


@dataclass(frozen=True, slots=True)
class SettleReview:
    """A person has read the reply and says what it meant."""

    tenant: UUID
    actor: str
    review: UUID
    verdict: str
    extent: Extent = EVERYTHING  # of an opt_out_partial
    sender: SenderReference | None = None  # to whom an opt_out_partial is limited
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``review.settled``; a no takes effect from the moment it was said."""
        review = work[ReviewBook].known(self.tenant, self.review)
        if review.verdict is not None:
            if review.verdict != self.verdict:
                raise ReviewSettled(review.verdict)
            return {"id": str(review.id), "verdict": review.verdict}
        sender = work[SettingsBook].current.known_sender(self.sender).id if self.sender else None
        contact = work[ContactBook].of_id(review.contact)
        work[ReviewBook].settle(self.tenant, review, self.verdict)
        if self.verdict in ("opt_out", "opt_out_partial"):
            extent = EVERYTHING if self.verdict == "opt_out" else replace(self.extent, sender=sender)
            withdraw(work, contact, extent, at=review.asked_at, method="review", facts={"review": str(review.id)})
        else:
            self._lift(work, contact, review)
        work.record("review.settled", {"review": str(review.id), "verdict": self.verdict}, contact=contact.id)
        return {"id": str(review.id), "verdict": self.verdict}

    def _lift(self, work: Work, contact: Contact, review: Review) -> None:
        """It was no refusal after all: what was suppressed on suspicion is lifted, and nothing else."""
        suspicion = next(each for each in work[HistoryBook].of(contact).suppressions if each.id == review.suppression)
        facts: Mapping[str, Json] = {"review": str(review.id), "suppression": str(suspicion.id)}
        entry = work.record("suppression.lifted", facts, contact=contact.id)
        lift(work, contact, suspicion.extent, at=work.now, method="review", entry=entry, only=suspicion.id)
