"""
Asking for an export, which is an entry itself, and finding out what became of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from audit.entry import Json
from audit.errors import UnknownTenant
from audit.exporting import store
from audit.exporting.errors import (
    DossierIsWhole,
    ExportFormatUnknown,
    ExportRangeUnknown,
    ExportUnknown,
    LanguageUnknown,
    PersonNeeded,
    PersonUnknown,
    TooManyExports,
)
from audit.exporting.fields import EVERY, chosen
from audit.exporting.records import EXPIRED, QUEUED, READY, WITHDRAWN, Export, LogEnd
from audit.link import AnyConnection, Connection
from audit.work import Book, Idempotency, Request, Work

BUNDLE, CSV, NDJSON, PDF, ACCESS = "bundle", "csv", "ndjson", "pdf", "access"
FORMATS = (BUNDLE, CSV, NDJSON, PDF, ACCESS)
SPOKEN = (PDF, ACCESS)
LANGUAGES = ("en", "es")  # of reports; the first unless asked otherwise
MOST_WAITING = 50  # of one tenant


@dataclass(frozen=True, slots=True)
class RequestExport:
    """Asks for the entries from ``first`` to ``end`` (half-open; None is up to the export itself), or of a person."""

    tenant: UUID
    actor: str
    format: str
    first: int = 0
    end: int | None = None
    contact: UUID | None = None
    disclose: tuple[str, ...] = ()
    language: str | None = None
    idempotency: Idempotency | None = None
    id: UUID = field(default_factory=uuid4)
    parts: tuple[UUID, ...] = ()  # of the person, where they have more than one; a bundle is about the named one alone

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``export.requested`` and queues the export.

        Raises ExportFormatUnknown, LanguageUnknown, FieldUnknown, ExportRangeUnknown, DossierIsWhole,
        PersonNeeded or PersonUnknown.
        """
        book, disclose = work[ExportBook], chosen(self.disclose)
        self._check(book)
        event = work.record(
            "export.requested",
            {
                "export": str(self.id),
                "format": self.format,
                "log": book.end_of(self.tenant).origin,
                "from": self.first,
                "to": self.end,
                "disclose": list(disclose),
                **({"language": self.spoken} if self.format in SPOKEN else {}),
                **({"parts": [str(each) for each in self.whole]} if self.whole else {}),
            },
            contact=self.contact,
        )
        book.queue(self, event, disclose)
        return {"id": str(self.id), "state": QUEUED}

    @property
    def spoken(self) -> str | None:
        """The language of a report; other formats have none."""
        return (self.language or LANGUAGES[0]) if self.format in SPOKEN else None

    @property
    def whole(self) -> tuple[UUID, ...]:
        """Every part of the person, where there is more than the one that is named."""
        return self.parts if len(self.parts) > 1 and self.format != BUNDLE else ()

    def _check(self, book: "ExportBook") -> None:
        if self.format not in FORMATS:
            raise ExportFormatUnknown(self.format, FORMATS)
        if self.language is not None and (self.format not in SPOKEN or self.language not in LANGUAGES):
            raise LanguageUnknown(LANGUAGES)
        if self.format == ACCESS and (
            self.contact is None or (self.first, self.end) != (0, None) or chosen(self.disclose) != (EVERY,)
        ):
            raise PersonNeeded
        if book.count_waiting(self.tenant) >= MOST_WAITING:
            raise TooManyExports(MOST_WAITING)
        size = book.end_of(self.tenant).size
        end = size if self.end is None else self.end
        if self.format == BUNDLE and self.contact is not None and (self.first, self.end) != (0, None):
            raise DossierIsWhole
        # With no end the export's own entry is in it, so that it may begin where the log ends now.
        if not 0 <= self.first <= end <= size or self.first == self.end:
            raise ExportRangeUnknown(self.first, end, size)
        if self.contact is not None and not book.knows(self.tenant, self.contact):
            raise PersonUnknown


@dataclass(frozen=True, slots=True)
class FindExport:
    """Looks an export up."""

    tenant: UUID
    id: UUID
    contacts = ()

    def look(self, work: Work) -> Export:
        """The export as it is at this moment: expired, or withdrawn, even before anybody has tidied up."""
        export = work[ExportBook].found(self.tenant, self.id)
        if export.state == READY and export.expires_at is not None and export.expires_at <= work.now:
            return replace(export, state=EXPIRED)
        return export


class ExportBook(Book):
    """The exports that are asked for in one batch, and those that are looked up."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._requests: list[RequestExport] = []
        self._looks: list[FindExport] = []
        self._ends: dict[UUID, LogEnd] = {}
        self._known: set[tuple[UUID, UUID]] = set()
        self._waiting: dict[UUID, int] = {}
        self._found: dict[tuple[UUID, UUID], Export] = {}
        self._queued: list[tuple[RequestExport, UUID, tuple[str, ...]]] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes who asks for an export, or for one's state."""
        self._requests = [each for each in requests if isinstance(each, RequestExport)]
        self._looks = [each for each in requests if isinstance(each, FindExport)]

    async def load(self, conn: Connection) -> None:
        """Loads where the logs end, whom they know, and the exports looked up."""
        if self._requests:
            self._ends = await store.read_ends(conn, {each.tenant for each in self._requests})
            people = {(each.tenant, each.contact) for each in self._requests if each.contact is not None}
            self._known = await store.known_people(conn, people)
            self._waiting = await store.count_waiting(conn, {each.tenant for each in self._requests})
        for look in self._looks:
            export = await store.find_export(conn, look.tenant, look.id)
            if export is not None:
                gone = export.state == READY and await store.is_outdated(conn, export)
                self._found[look.tenant, look.id] = replace(export, state=WITHDRAWN) if gone else export

    def end_of(self, tenant: UUID) -> LogEnd:
        """The tenant's log and its size when the batch was loaded."""
        if tenant not in self._ends:
            raise UnknownTenant(tenant)
        return self._ends[tenant]

    def count_waiting(self, tenant: UUID) -> int:
        """How many exports of the tenant wait to be made, those of this batch included."""
        queued = sum(1 for request, _, _ in self._queued if request.tenant == tenant)
        return self._waiting.get(tenant, 0) + queued

    def knows(self, tenant: UUID, contact: UUID) -> bool:
        """Whether the log has an entry about the person."""
        return (tenant, contact) in self._known

    def found(self, tenant: UUID, export: UUID) -> Export:
        """The export looked up; ExportUnknown if the tenant has none of this id."""
        if (tenant, export) not in self._found:
            raise ExportUnknown
        return self._found[tenant, export]

    def queue(self, request: RequestExport, event: UUID, disclose: tuple[str, ...]) -> None:
        """Has the export wait for a worker, under the entry of this event."""
        self._queued.append((request, event, disclose))

    async def save(self, conn: Connection) -> None:
        """Inserts what was queued."""
        rows = [self._row(*each) for each in self._queued]
        await store.insert_exports(conn, rows)

    def _row(self, request: RequestExport, event: UUID, disclose: tuple[str, ...]) -> Mapping[str, object]:
        receipt = self.work.receipts[event]
        return {
            "tenant_id": request.tenant,
            "export_id": request.id,
            "origin": receipt.log,
            "entry_index": receipt.index,
            "format": request.format,
            "first_index": request.first,
            "end_index": request.end,
            "contact_id": request.contact,
            "disclose": list(disclose),
            "actor": request.actor,
            "requested_at": self.work.now,
            "state": QUEUED,
            "done": 0,
            "total": 0,
            "language": request.spoken,
            "parts": list(request.whole),
        }


async def handed_out(conn: AnyConnection, tenant: UUID) -> list[Export]:
    """The exports of everybody's entries that disclose personal fields, oldest first."""
    return await store.read_wide(conn, tenant)
