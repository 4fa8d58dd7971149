"""
Requests that fail, each in a way of its own, after they have recorded something.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from audit.entry import Json
from audit.errors import Refused
from audit.link import Connection
from audit.models import idempotency
from audit.rows import insert_rows
from audit.work import Book, Idempotency, Work


@dataclass(frozen=True, slots=True)
class Bad:
    """
    What the failing requests have in common.
    """

    tenant: UUID
    text: str
    idempotency: Idempotency | None = None
    actor: str = "test"

    def record(self, work: Work) -> dict[str, Json]:
        work.record("note.taken", {"text": self.text})
        return {"text": self.text}


class Crashes(Bad):
    """
    A mistake in a request.
    """

    def apply(self, work: Work) -> Mapping[str, Json]:
        self.record(work)
        raise RuntimeError("a mistake")


class Unspeakable(Bad):
    """
    A value that has no canonical form.
    """

    def apply(self, work: Work) -> Mapping[str, Json]:
        self.record(work)
        work.record("note.taken", {"text": 1.5})  # type: ignore[dict-item]  # The value is the mistake.
        return {}


class Unanswerable(Bad):
    """
    An answer that is no JSON; it can be remembered under no key.
    """

    def apply(self, work: Work) -> Mapping[str, Json]:
        return {**self.record(work), "more": object()}  # type: ignore[dict-item]  # The value is the mistake.


class TooLong(Bad):
    """
    An entry of more than 65,535 bytes.
    """

    def apply(self, work: Work) -> Mapping[str, Json]:
        work.record("note.taken", {"text": self.text * 70_000})
        return {}


class Regrets(Bad):
    """
    A refusal that comes too late: after something was recorded.
    """

    def apply(self, work: Work) -> Mapping[str, Json]:
        self.record(work)
        raise Refused("on second thought")


class Refuses(Bad):
    """
    A refusal as it should be: before anything was recorded.
    """

    def apply(self, work: Work) -> Mapping[str, Json]:
        raise Refused("no")


class Shelf(Book):
    """
    A book that saves whatever rows it is given.
    """

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.rows: list[dict[str, object]] = []

    async def save(self, conn: Connection) -> None:
        await insert_rows(conn, idempotency, self.rows)


class Breaks(Bad):
    """
    A row that violates a constraint: its digest may not be null.
    """

    def apply(self, work: Work) -> Mapping[str, Json]:
        self.record(work)
        row = {"tenant_id": self.tenant, "key": str(uuid4()), "digest": None, "answer": "", "recorded_at": work.now}
        work[Shelf].rows.append(row)
        return {}


class Doubles(Bad):
    """
    A row that is there already, so that trying again never helps.
    """

    def apply(self, work: Work) -> Mapping[str, Json]:
        self.record(work)
        row = {"tenant_id": self.tenant, "key": "same", "digest": b"", "answer": "", "recorded_at": work.now}
        work[Shelf].rows += [row, row]
        return {}
