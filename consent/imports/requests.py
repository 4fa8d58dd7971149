"""
The journal's requests about imports: begin one, record some of its rows, end it.

An import has a cursor: how many rows have their verdict, and a hash over all of them.  It moves in the transaction that
records rows, so that none is recorded twice and none is left out, whoever dies when.
"""

import hmac
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias
from uuid import UUID, uuid4

import orjson

from audit.entry import Json
from audit.instants import rfc3339
from audit.link import Connection
from audit.tenants import TenantBook
from audit.work import Book, Idempotency, Request, Work
from consent.imports import store
from consent.imports.carrying import Verdict, carry_out
from consent.imports.edge import Read, Wanted, files_named
from consent.imports.errors import FileDiffers, ImportMoved, ImportOver, ImportUnknown
from consent.imports.judging import VERDICTS
from consent.references import ContactReference

OPEN, DONE, CANCELLED = "open", "done", "cancelled"
_LEVEL = 1  # of compression: verdicts are alike


@dataclass(frozen=True, slots=True)
class Import:
    """An import and how far it has come; ``counts`` are of each verdict, in the order of ``VERDICTS``."""

    tenant: UUID
    id: UUID
    format: str
    actor: str
    state: str
    rows: int
    counts: tuple[int, ...]
    digest: bytes  # keyed
    begun_at: datetime
    changed_at: datetime
    event_id: UUID

    def to_json(self) -> dict[str, Json]:
        """As answers show it."""
        return {
            "id": str(self.id),
            "state": self.state,
            "format": self.format,
            "rows": self.rows,
            "verdicts": verdicts_json(self.counts),
            "actor": self.actor,
            "begun_at": rfc3339(self.begun_at),
            "changed_at": rfc3339(self.changed_at),
        }


def verdicts_json(counts: Sequence[int]) -> dict[str, Json]:
    """How many rows had which verdict."""
    return dict(zip(VERDICTS, counts, strict=True))


@dataclass(frozen=True, slots=True)
class BeginImport:
    """A file is about to come; ``digest`` is of how it is to be read."""

    tenant: UUID
    actor: str
    format: str
    digest: bytes
    idempotency: Idempotency | None = None
    id: UUID = field(default_factory=uuid4)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``import.begun``; under a key that was used before, nothing: the answer names the import of then."""
        entry = work.record("import.begun", {"import": str(self.id), "format": self.format})
        work[ImportBook].begin(self, entry)
        return {"id": str(self.id)}


@dataclass(frozen=True, slots=True)
class ImportRows:
    """The rows from number ``first`` on; ``before`` is the hash over all rows before them, ``after`` that behind each of them."""

    tenant: UUID
    actor: str
    id: UUID
    first: int
    before: bytes
    rows: tuple[Read, ...]
    after: tuple[bytes, ...]
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """Everybody whom the rows are about."""
        return [each.asked.contact for each in self.rows if isinstance(each, Wanted)]

    @property
    def files(self) -> Sequence[str]:
        """Every file that a row names as evidence."""
        return files_named(self.rows)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Does what the rows ask for, each by itself, and notes their verdicts.

        Asked for a second time it does nothing.  Raises ImportUnknown, ImportOver or ImportMoved.
        """
        book = work[ImportBook]
        known = book.found(self.id)
        if book.has_come_to(known, self.first + len(self.rows) - 1, self.after[-1]):
            return {"rows": known.rows}
        if known.state != OPEN:
            raise ImportOver(known.state)
        if not book.has_come_to(known, self.first - 1, self.before):
            raise ImportMoved
        book.move(self, [carry_out(work, each) for each in self.rows])
        return {"rows": self.first + len(self.rows) - 1}


@dataclass(frozen=True, slots=True)
class FinishImport:
    """The file is over, after so many rows with this hash."""

    tenant: UUID
    actor: str
    id: UUID
    rows: int
    digest: bytes
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``import.finished``, once.  Raises ImportUnknown, ImportOver, or FileDiffers for another file than before."""
        book = work[ImportBook]
        known = book.found(self.id)
        if known.state == CANCELLED:
            raise ImportOver(known.state)
        if not book.has_come_to(known, self.rows, self.digest):
            raise FileDiffers(known.rows) if known.state == DONE or known.rows > self.rows else ImportMoved
        if known.state == DONE:
            work.refer(known.event_id)
            return known.to_json()
        counts = verdicts_json(known.counts)
        entry = work.record("import.finished", {"import": str(self.id), "rows": known.rows, "verdicts": counts})
        return book.end(self.id, DONE, entry).to_json()


@dataclass(frozen=True, slots=True)
class CancelImport:
    """Nothing more of the file is wanted; what was recorded stays."""

    tenant: UUID
    actor: str
    id: UUID
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``import.cancelled``, once.  Raises ImportUnknown, or ImportOver when it was done."""
        book = work[ImportBook]
        known = book.found(self.id)
        if known.state == DONE:
            raise ImportOver(known.state)
        if known.state == CANCELLED:
            work.refer(known.event_id)
            return known.to_json()
        counts = verdicts_json(known.counts)
        entry = work.record("import.cancelled", {"import": str(self.id), "rows": known.rows, "verdicts": counts})
        return book.end(self.id, CANCELLED, entry).to_json()


@dataclass(frozen=True, slots=True)
class FindImport:
    """Looks an import up, and whether its rows so far are these."""

    contacts = ()
    tenant: UUID
    id: UUID

    def look(self, work: Work) -> "Come":
        """The import; ImportUnknown if the tenant has none of this id."""
        return Come(work[ImportBook].found(self.id), work[TenantBook].ring[self.tenant].answers)


@dataclass(frozen=True, slots=True)
class Come:
    """An import and how far it has come, with the key of its hash."""

    import_: Import
    key: bytes = field(repr=False)

    def is_at(self, rows: int, digest: bytes) -> bool:
        """Whether it has come just there, with these rows."""
        return self.import_.rows == rows and hmac.compare_digest(self.import_.digest, blind(self.key, digest))


def blind(key: bytes, digest: bytes) -> bytes:
    """A hash over rows as it is stored: whoever has not the tenant's key cannot try guesses at what stood in them."""
    return hmac.digest(key, b"import\n" + digest, "sha256")


Named: TypeAlias = ImportRows | FinishImport | CancelImport | FindImport


class ImportBook(Book):
    """The imports of a batch, and the verdicts that it gives."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._named: list[store.Key] = []
        self._known: dict[store.Key, Import] = {}
        self._begun: list[store.Key] = []
        self._changed: set[store.Key] = set()
        self._given: list[tuple[store.Key, int, list[Verdict]]] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes which imports are named."""
        self._named = sorted({(each.tenant, each.id) for each in requests if isinstance(each, Named)})
        self.is_idle = not self._named and not any(isinstance(each, BeginImport) for each in requests)

    async def lock(self, conn: Connection) -> None:
        """Locks them, in sorted order: two who send the same file do so one after the other."""
        await store.lock_imports(conn, self._named)

    async def load(self, conn: Connection) -> None:
        """Loads them."""
        found = map(import_of, await store.find_imports(conn, self._named))
        self._known.update({(each.tenant, each.id): each for each in found})

    def found(self, identity: UUID) -> Import:
        """One of the current tenant's; ImportUnknown."""
        found = self._known.get((self.work.tenant, identity))
        if found is None:
            raise ImportUnknown
        return found

    def has_come_to(self, known: Import, rows: int, digest: bytes) -> bool:
        """Whether just these rows have their verdicts."""
        return Come(known, self._key).is_at(rows, digest)

    def begin(self, asked: BeginImport, entry: UUID) -> None:
        """Adds an import."""
        key, now = (asked.tenant, asked.id), self.work.now
        digest, counts = blind(self._key, asked.digest), (0,) * len(VERDICTS)
        made = Import(asked.tenant, asked.id, asked.format, asked.actor, OPEN, 0, counts, digest, now, now, entry)
        self._known[key] = made
        self._begun.append(key)

    def move(self, asked: ImportRows, verdicts: list[Verdict]) -> None:
        """Moves the cursor behind these rows."""
        key = (asked.tenant, asked.id)
        known = self._known[key]
        told = [each.verdict for each in verdicts]
        counts = tuple(had + told.count(name) for had, name in zip(known.counts, VERDICTS, strict=True))
        rows, digest = known.rows + len(verdicts), blind(self._key, asked.after[-1])
        self._known[key] = replace(known, rows=rows, counts=counts, digest=digest, changed_at=self.work.now)
        self._changed.add(key)
        self._given.append((key, asked.first, verdicts))

    def end(self, identity: UUID, state: str, entry: UUID) -> Import:
        """It is over, as this entry says."""
        key = (self.work.tenant, identity)
        ended = replace(self._known[key], state=state, changed_at=self.work.now, event_id=entry)
        self._known[key] = ended
        self._changed.add(key)
        return ended

    async def save(self, conn: Connection) -> None:
        """Writes imports and verdicts."""
        rows = {key: _row(each) for key, each in self._known.items()}
        await store.insert_imports(conn, [rows[key] for key in self._begun])
        await store.update_imports(conn, [rows[key] for key in sorted(self._changed.difference(self._begun))])
        await store.insert_verdicts(conn, [self._given_row(*each) for each in self._given])

    def _given_row(self, key: store.Key, first: int, verdicts: Sequence[Verdict]) -> dict[str, object]:
        receipts = self.work.receipts
        kept = [each.kept(receipts[each.event].index if each.event else None) for each in verdicts]
        tenant, identity = key
        return {
            "tenant_id": tenant,
            "import_id": identity,
            "first_row": first,
            "rows": len(verdicts),
            "lines": zlib.compress(orjson.dumps(kept), _LEVEL),
        }

    @property
    def _key(self) -> bytes:
        return self.work[TenantBook].ring[self.work.tenant].answers


def import_of(row: store.AnyRow) -> Import:
    """An import as the table has it."""
    tenant, identity, form, actor, state, rows, digest, begun_at, changed_at, event_id, *counts = row
    return Import(tenant, identity, form, actor, state, rows, tuple(counts), digest, begun_at, changed_at, event_id)


def _row(each: Import) -> dict[str, object]:
    return {
        "tenant_id": each.tenant,
        "import_id": each.id,
        "format": each.format,
        "actor": each.actor,
        "state": each.state,
        "rows": each.rows,
        **verdicts_json(each.counts),
        "digest": each.digest,
        "begun_at": each.begun_at,
        "changed_at": each.changed_at,
        "event_id": each.event_id,
    }
