"""
Rows that go by age alone, in bounded pieces: each kind is a book that knows two statements about its table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import TextClause, text

from audit.link import AnyConnection, Column, Connection
from audit.work import Book, Request, Work


@dataclass(frozen=True, slots=True)
class Aged:
    """Which rows of a tenant have aged: those from before a moment, at most so many at once."""

    before: datetime
    most: int


class AgedBook(Book):
    """
    The rows of one kind that a batch deletes: for each request whose ``ages`` is this class, as its ``aged`` says.

    ``found`` selects id and example of the oldest ones, for :tenant, :before and :most; ``counted`` counts them all;
    ``deleted`` deletes those of :ids, and again only those from :before.
    """

    kind: ClassVar[str]
    found: ClassVar[TextClause]
    counted: ClassVar[TextClause]
    deleted: ClassVar[TextClause]

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._asked: dict[UUID, Aged] = {}
        self._rows: dict[UUID, Sequence[Column]] = {}
        self._going: set[UUID] = set()

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes for which tenants rows are to go."""
        for each in requests:
            if getattr(each, "ages", None) is type(self):
                self._asked[each.tenant] = getattr(each, "aged")  # noqa: B009  A request of this kind has it.
        self.is_idle = not self._asked

    async def load(self, conn: Connection) -> None:
        """Finds a piece of them."""
        for tenant, aged in self._asked.items():
            self._rows[tenant] = await old_rows(conn, type(self), tenant, aged)

    def take(self) -> list[str]:
        """Takes the piece that was found for the current tenant; an example for each row: what it is about."""
        tenant = self.work.tenant
        if tenant in self._going:
            return []
        self._going.add(tenant)
        return [str(row.example) for row in self._rows.get(tenant, ())]

    async def finish(self, conn: Connection) -> None:
        """Deletes what was taken."""
        for tenant in self._going:
            ids = [row.id for row in self._rows.get(tenant, ())]
            if ids:
                asked = {"tenant": tenant, "ids": ids, "before": self._asked[tenant].before}
                await conn.execute(self.deleted, asked)


async def old_rows(conn: AnyConnection, book: type[AgedBook], tenant: UUID, aged: Aged) -> Sequence[Column]:
    """The oldest rows of this kind from before a moment: id and example of each."""
    asked = {"tenant": tenant, "before": aged.before, "most": aged.most}
    return (await conn.execute(book.found, asked)).all()


async def count_old(conn: AnyConnection, book: type[AgedBook], tenant: UUID, before: datetime) -> int:
    """How many there are."""
    return int(await conn.scalar(book.counted, {"tenant": tenant, "before": before}))


class AgedAnswers(AgedBook):
    """What was answered under idempotency keys."""

    kind = "idempotency"
    found = text(
        "SELECT key AS id, coalesce(entry_index::text, 'no entry') AS example FROM idempotency "
        "WHERE tenant_id = :tenant AND recorded_at < :before ORDER BY recorded_at, key LIMIT :most"
    )
    counted = text("SELECT count(*) FROM idempotency WHERE tenant_id = :tenant AND recorded_at < :before")
    deleted = text(
        "DELETE FROM idempotency WHERE tenant_id = :tenant AND key = ANY(CAST(:ids AS text[])) "
        "AND recorded_at < :before"
    )
