"""
One batch of requests on its way into the log.

A *request* is a frozen dataclass that decides in memory; a *book* keeps one package's state for the length of a
batch: it finds what the requests touch, locks it, loads it, and saves what they changed.  A request never does I/O,
so each one sees what those before it in the batch did, and a batch of one is the same code.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar, cast
from uuid import UUID

from audit.disclosure import Commitment, commit
from audit.entry import Json, canonical
from audit.ids import event_id
from audit.keys import seal
from audit.link import Connection
from audit.origins import incarnation_of


@dataclass(frozen=True, slots=True)
class Idempotency:
    """A key that makes a repetition harmless, and the SHA-256 of what was asked under it."""

    key: str
    digest: bytes


class Request(Protocol):
    """What the journal accepts: who asks, for which tenant, and how it changes the books."""

    @property
    def tenant(self) -> UUID:
        """Whose log it goes to."""
        ...

    @property
    def actor(self) -> str:
        """Who asks, as the entries will say; never personal data."""
        ...

    @property
    def idempotency(self) -> Idempotency | None:
        """None where a repetition does no harm."""
        ...

    def apply(self, work: "Work") -> Mapping[str, Json]:
        """
        Decides and changes the books in ``work``; returns the answer.

        MUST raise Refused before it has changed anything, and MUST NOT do I/O or read a clock.
        """
        ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of place: the entry's log, index and leaf hash."""

    log: str
    index: int
    leaf_hash: bytes

    @property
    def incarnation(self) -> int:
        """Which of the tenant's logs it is in: 1, or more after a database was restored from a backup."""
        return incarnation_of(self.log)


@dataclass(frozen=True, slots=True)
class Written:
    """What a caller gets once the commit is durable; ``receipt`` is None when nothing had to be recorded."""

    answer: Mapping[str, Json]
    receipt: Receipt | None
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Staged:
    """An entry that waits for its index."""

    tenant: UUID
    event_id: UUID
    event: str
    contact: UUID | None
    payload: bytes
    sealed: tuple[tuple[str, bytes], ...]  # name and sealed disclosure


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal fields of an entry and the data key of the person they are about."""

    key: bytes
    fields: Mapping[str, Json]


class Book:
    """
    State that one package keeps in memory for one batch.  Every step is one statement per table at most.

    All books find at the same time, then lock one after the other, then load and save at the same time: what a book
    needs of another it may ask only about the step before.  They follow and finish one after the other.
    """

    is_idle = False  # what finds that a batch does not concern it at all says so, and is left in peace

    def __init__(self, work: "Work") -> None:
        self.work = work

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Learns which rows the requests touch, without locking."""

    async def lock(self, conn: Connection) -> None:
        """Locks them in sorted order, in statements of their own, so that later statements see earlier commits."""

    async def load(self, conn: Connection) -> None:
        """Loads what the requests will look at."""

    async def follow(self, conn: Connection) -> None:
        """Loads what only follows from what was loaded, if there is any such thing: it is a way to the database more."""

    async def save(self, conn: Connection) -> None:
        """Writes what they changed, at the same time as the other books."""

    async def finish(self, conn: Connection) -> None:
        """Deletes what they took away, also of what this very batch has written."""


B = TypeVar("B", bound=Book)


@dataclass(slots=True)
class Work:
    """The books, the instant and the staged entries of one batch."""

    now: datetime
    actor: str = ""
    books: list[Book] = field(default_factory=list)
    staged: list[Staged] = field(default_factory=list)
    referred: UUID | None = None
    receipts: Mapping[UUID, Receipt] = field(default_factory=dict)  # of the entries, by event id; known when books save
    is_stale: bool = False  # what was found had changed when it was locked: the batch must begin again
    _tenant: UUID | None = None
    _by_kind: dict[type[Book], Book] = field(default_factory=dict)

    @classmethod
    def open(cls, now: datetime, books: Sequence[Callable[["Work"], Book]]) -> "Work":
        """A batch at ``now`` with empty books, in the order in which they lock, load and save."""
        work = cls(now)
        for make in books:
            book = make(work)
            work.books.append(book)
            # A book is found under its own name and under that of what it implements.
            work._by_kind.update(dict.fromkeys((kind for kind in type(book).__mro__ if issubclass(kind, Book)), book))
        return work

    def close(self) -> None:
        """Lets go of the books, which know the batch as it knows them: nobody has to come and find the circle."""
        self.books.clear()
        self._by_kind.clear()

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Has every book learn which rows the requests touch: the first before the others, since it finds the keys."""
        first, *others = self.books
        await first.find(conn, requests)
        await conn.together([partial(book.find, requests=requests) for book in others if "find" in _steps(type(book))])

    async def load(self, conn: Connection) -> None:
        """Has every book load what the requests will look at."""
        await conn.together([book.load for book in self.at("load")])

    async def follow(self, conn: Connection) -> None:
        """Has every book load what follows from what was loaded; a batch that must begin again does not."""
        for book in self.at("follow"):
            if not self.is_stale:
                await book.follow(conn)

    def at(self, step: str) -> list[Book]:
        """The books that have something to do in this step, in their order."""
        return [book for book in self.books if not book.is_idle and step in _steps(type(book))]

    def __getitem__(self, kind: type[B]) -> B:
        # A book is kept under its own types, so that what is found under ``kind`` is one.
        return cast(B, self._by_kind[kind])

    @property
    def tenant(self) -> UUID:
        """Whose request is being applied."""
        if self._tenant is None:
            raise RuntimeError("No request is being applied: only then is there a tenant.")
        return self._tenant

    def turn_to(self, tenant: UUID, actor: str) -> None:
        """Begins with the next request, or look."""
        self._tenant, self.actor, self.referred = tenant, actor, None

    def refer(self, event: UUID | None) -> None:
        """Has the current request, which recorded nothing new, answered with the receipt of an earlier entry."""
        self.referred = event

    def not_before(self, instant: datetime) -> None:
        """
        Moves the batch's instant up to something already recorded.

        Another machine's clock may run ahead of ours; what it recorded has happened all the same.
        """
        self.now = max(self.now, instant)

    def record(
        self, event: str, facts: Mapping[str, Json], *, contact: UUID | None = None, personal: Personal | None = None
    ) -> UUID:
        """
        Stages one entry of the current request: event is ``noun.verb``; personal fields become commitments.

        Returns the event id.  Raises NotCanonical when ``facts`` has no canonical form.
        """
        tenant = self.tenant
        identity = event_id(self.now)
        payload: dict[str, Json] = {"event": event, "actor": self.actor, **facts}
        if contact is not None:
            payload["contact"] = str(contact)
        sealed: tuple[tuple[str, bytes], ...] = ()
        if personal is not None and personal.fields:
            commitments = [commit(personal.key, identity, name, value) for name, value in personal.fields.items()]
            payload["sd"] = sorted(each.digest for each in commitments)
            sealed = tuple((each.name, _seal(personal.key, tenant, identity, each)) for each in commitments)
        self.staged.append(Staged(tenant, identity, event, contact, canonical(payload), sealed))
        return identity


_STEPS: dict[type[Book], frozenset[str]] = {}


def _steps(kind: type[Book]) -> frozenset[str]:
    """The steps that this kind of book has of its own."""
    if kind not in _STEPS:
        steps = ("find", "lock", "load", "follow", "save", "finish")
        _STEPS[kind] = frozenset(step for step in steps if getattr(kind, step) is not getattr(Book, step))
    return _STEPS[kind]


def disclosure_context(tenant: UUID, event: UUID, name: str) -> bytes:
    """What a sealed disclosure is bound to."""
    return b"venia/disclosure/v1\n" + tenant.bytes + event.bytes + name.encode()


def _seal(key: bytes, tenant: UUID, event: UUID, commitment: Commitment) -> bytes:
    return seal(key, commitment.disclosure.encode(), disclosure_context(tenant, event, commitment.name))
