"""
Merging two contacts that are one person, and parting them again.

Nothing is moved and nothing is lost.  While they are merged every part's words, refusals and attempts count for the one
person, and what is said goes on being recorded under the part that it was said under: parting them ends the merge, and
each has what was theirs.  What was refused meanwhile is refused by both, since nobody can tell whom it was meant for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from audit.entry import Json
from audit.link import Connection
from audit.work import Book, Idempotency, Request, Work
from consent.contacts import Contact, ContactBook
from consent.errors import ContactUnknown, MergedAlready, MergeTooLarge, MergeUndone, MergeUnknown
from consent.history import HistoryBook
from consent.joined import store
from consent.joined.merges import MOST_PARTS, Merge
from consent.lifecycle import EVERYTHING, suppressions_in_force
from consent.references import ContactReference
from consent.wishes.requests import refuse_too_many, share_wishes
from consent.withdrawing import OpenHolds, pass_on
from consent.wording import impersonal


class MergeBook(Book):
    """The merges that a batch makes or undoes; those of its people are the ContactBook's."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._ids: list[tuple[UUID, UUID]] = []
        self._named: dict[tuple[UUID, UUID], Merge] = {}
        self._made: list[dict[str, object]] = []
        self._undone: list[dict[str, object]] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Finds whom the named merges joined, so that they are locked with all their parts."""
        self._ids = [(each.tenant, each.merge) for each in requests if isinstance(each, UndoMerge | FindMerge)]
        for tenant, _, source, into, *_rest in await store.find_named(conn, self._ids):
            self.work[ContactBook].want(tenant, source)
            self.work[ContactBook].want(tenant, into)

    async def load(self, conn: Connection) -> None:
        """Loads the named merges, and looks whether whoever was found is still one person with the same others."""
        book = self.work[ContactBook]
        if not conn.is_snapshot and await book.merges.has_changed(conn, book.touched()):
            self.work.is_stale = True
        for tenant, *columns in await store.find_named(conn, self._ids):
            found = Merge(*columns)
            self._named[(tenant, found.id)] = found
            self.work.not_before(found.undone_at or found.merged_at)

    def known(self, merge: UUID) -> Merge:
        """The current tenant's merge of this id; MergeUnknown."""
        found = self._named.get((self.work.tenant, merge))
        if found is None:
            raise MergeUnknown
        return found

    def make(self, merge: Merge, entry: UUID) -> None:
        """Joins two people, recorded by this entry."""
        self._keep(merge)
        self._made.append(
            {
                "tenant_id": self.work.tenant,
                "merge_id": merge.id,
                "contact_id": merge.source,
                "into_id": merge.into,
                "reason": merge.reason,
                "merged_at": merge.merged_at,
                "merged_by": merge.merged_by,
                "event_id": entry,
            }
        )

    def undo(self, merge: Merge, entry: UUID) -> None:
        """Ends a merge, recorded by this entry."""
        self._keep(merge)
        self._undone.append(
            {
                "tenant_id": self.work.tenant,
                "merge_id": merge.id,
                "undone_at": merge.undone_at,
                "undone_by": merge.undone_by,
                "undone_because": merge.undone_because,
                "event_id": entry,
            }
        )

    def _keep(self, merge: Merge) -> None:
        self._named[(self.work.tenant, merge.id)] = merge
        self.work[ContactBook].join(merge)

    async def save(self, conn: Connection) -> None:
        """Two statements at most."""
        await store.save_merges(conn, self._made, self._undone)


@dataclass(frozen=True, slots=True)
class MergeContacts:
    """Two contacts are one person, says an officer."""

    tenant: UUID
    actor: str
    source: ContactReference
    into: ContactReference
    reason: str
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """Both, each with all their parts."""
        return (self.source, self.into)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``contact.merged`` about the one and ``contact.joined`` about the other, and releases the open holds of both.

        Raises TextPersonal, ContactUnknown (also of whoever was erased), MergedAlready, MergeTooLarge or WishesTooMany.
        """
        reason, book = impersonal(self.reason, "/reason"), work[ContactBook]
        source, into = _whole(book, self.source), _whole(book, self.into)
        if source.person == into.person:
            raise MergedAlready
        if len(source.parts) + len(into.parts) > MOST_PARTS:
            raise MergeTooLarge(MOST_PARTS)
        refuse_too_many(work, (source, into))
        merge = Merge(uuid4(), source.id, into.id, reason, work.now, self.actor)
        told: Mapping[str, Json] = {"merge": str(merge.id), "reason": reason}
        entry = _record(work, "contact.merged", source, {**told, "into": str(into.id)})
        _record(work, "contact.joined", into, {**told, "from": str(source.id)})
        work[MergeBook].make(merge, entry)
        return {**merge.to_json(), "parts": [str(each.id) for each in into.parts]}


@dataclass(frozen=True, slots=True)
class UndoMerge:
    """The two are not one person after all."""

    tenant: UUID
    actor: str
    merge: UUID
    reason: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``contact.parted`` about the one and ``contact.unjoined`` about the other, and releases open holds.

        What was refused since the merge is refused by both (``contact.shared``).  Raises TextPersonal, MergeUnknown
        (also where its people were erased) or MergeUndone.
        """
        reason, merge = impersonal(self.reason, "/reason"), work[MergeBook].known(self.merge)
        if merge.undone_at is not None:
            raise MergeUndone
        source, into = work[ContactBook].of_id(merge.source), work[ContactBook].of_id(merge.into)
        history = work[HistoryBook].of(into)
        since = [
            each
            for each in suppressions_in_force(history.suppressions, work.now)
            if each.recorded_at >= merge.merged_at
        ]
        told: Mapping[str, Json] = {"merge": str(merge.id), "reason": reason}
        entry = _record(work, "contact.parted", source, {**told, "from": str(into.id)})
        _record(work, "contact.unjoined", into, {**told, "by": str(source.id)})
        undone = replace(merge, undone_at=work.now, undone_by=self.actor, undone_because=reason)
        work[MergeBook].undo(undone, entry)
        for one, other in ((source, into), (into, source)):
            own = {each.id for each in work[HistoryBook].of(one).suppressions}
            missing = [each for each in since if each.id not in own]
            if missing:
                pass_on(work, one, missing, "contact.shared", {"merge": str(merge.id), "with": str(other.id)})
            share_wishes(work, other, one, merge.merged_at)
        return undone.to_json()


@dataclass(frozen=True, slots=True)
class FindMerge:
    """Looks a merge up."""

    tenant: UUID
    merge: UUID
    contacts = ()

    def look(self, work: Work) -> Mapping[str, Json]:
        """The merge; MergeUnknown."""
        return work[MergeBook].known(self.merge).to_json()


def _whole(book: ContactBook, reference: ContactReference) -> Contact:
    """The part of a person that has no merge into another, whichever part was named; ContactUnknown."""
    found = book.known(reference)
    if found is None:
        raise ContactUnknown
    return book.of_id(found.person)


def _record(work: Work, event: str, contact: Contact, facts: Mapping[str, Json]) -> UUID:
    """Records a change of who somebody is: what was decided about them before may be relied on no more."""
    released = work[OpenHolds].release(contact, EVERYTHING)
    told: Mapping[str, Json] = {**facts, "released_holds": [str(hold) for hold in released]}
    entry = work.record(event, told, contact=contact.id)
    work[OpenHolds].sign(released, entry)
    return entry
