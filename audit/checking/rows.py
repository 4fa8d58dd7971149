"""
Rows that follow from entries: what they must be, what they are, and where the two differ.

Pure.  A package replays the entries of one person into the rows that must be there; nothing here knows what an event
means.  A row says by which entry it was last changed, so that a difference can be looked up.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Column, Table

from audit.entry import Entry, Json
from audit.errors import AuditError
from audit.ids import instant_of
from audit.instants import rfc3339

# An event id says the instant of its batch in milliseconds, counted from a float.
_GRAIN = timedelta(milliseconds=2)

Values: TypeAlias = Mapping[str, object]


class Unreplayable(AuditError):
    """An entry whose bytes are sound and which does not say what entries of its kind say."""

    def __init__(self, told: "Told", why: str) -> None:
        super().__init__(f"Entry {told.index} ({told.event}) cannot be replayed: {why}.")
        self.told = told


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as a replay reads it."""

    incarnation: int
    entry: Entry

    @property
    def index(self) -> int:
        """Where it stands in its log."""
        return self.entry.index

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among all entries of its tenant."""
        return self.incarnation, self.entry.index

    @property
    def event(self) -> str:
        """What it says has happened."""
        return str(self.entry.payload.get("event"))

    @property
    def facts(self) -> Mapping[str, Json]:
        """What it says."""
        return self.entry.payload

    @property
    def contact(self) -> UUID | None:
        """Whom it is about."""
        contact = self.entry.payload.get("contact")
        return None if contact is None else UUID(str(contact))

    @property
    def moment(self) -> datetime:
        """
        The instant of its batch.

        That is when it was recorded, unless the log's clock was ahead: then the event id knows the millisecond.
        """
        made = instant_of(self.entry.event_id)
        return self.entry.recorded_at if abs(self.entry.recorded_at - made) < _GRAIN else made


@dataclass(frozen=True, slots=True)
class Projection:
    """
    A table whose rows follow from entries.

    ``clocked`` are its columns that hold the instant of a batch, which entries know to the millisecond.  ``sealed`` are
    those that no entry tells: keys, and what is under them.
    """

    table: Table
    id: str
    clocked: frozenset[str] = frozenset()
    sealed: frozenset[str] = frozenset()

    @property
    def told(self) -> Sequence[Column[Any]]:  # of any type
        """The columns that entries tell."""
        return [each for each in self.table.c if each.name != "tenant_id" and each.name not in self.sealed]

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.table.name)


@dataclass(slots=True)
class Kept:
    """A row that must be there: its columns as far as entries tell them, and the entry that changed it last."""

    values: dict[str, object]
    by: Told


@dataclass(slots=True)
class Replayed:
    """The rows that follow from some entries, by table and id."""

    rows: dict[tuple[str, UUID], Kept] = field(default_factory=dict)

    def put(self, table: str, row: UUID, told: Told, values: Values) -> None:
        """Adds a row; Unreplayable if there is one."""
        if (table, row) in self.rows:
            raise Unreplayable(told, f"it makes row {row} of {table} a second time")
        self.rows[(table, row)] = Kept(dict(values), told)

    def change(self, table: str, row: UUID, told: Told, values: Values) -> None:
        """Changes a row; Unreplayable if there is none."""
        self.get(table, row, told).update(values)
        self.rows[(table, row)].by = told

    def get(self, table: str, row: UUID, told: Told) -> dict[str, object]:
        """What a row says so far; Unreplayable if there is none."""
        found = self.rows.get((table, row))
        if found is None:
            raise Unreplayable(told, f"no entry before it made row {row} of {table}")
        return found.values

    def drop(self, tables: Collection[str]) -> None:
        """Takes away every row of these tables."""
        self.rows = {key: kept for key, kept in self.rows.items() if key[0] not in tables}

    def of(self, table: str) -> dict[UUID, Kept]:
        """The rows of one table."""
        return {row: kept for (name, row), kept in self.rows.items() if name == table}


Replay: TypeAlias = Callable[[Told, Replayed], None]
"""What one package makes of an entry, told after those before it; events that it does not know change nothing."""


def replay(told: Iterable[Told], packages: Sequence[Replay]) -> Replayed:
    """The rows that follow from entries in their order; Unreplayable where one does not say what it must."""
    made = Replayed()
    for each in told:
        for package in packages:
            try:
                package(each, made)
            except (KeyError, TypeError, ValueError) as error:
                raise Unreplayable(each, f"it lacks or misspells {error}") from error
    return made


MISSING, EXTRA, OTHER, LOST = "missing", "extra", "other", "lost"


@dataclass(frozen=True, slots=True)
class Difference:
    """
    Where the database is not what its log says.

    ``kind`` is missing (there is no such row), extra (nothing says that there is), other (a column says something
    else) or lost (it cannot be made again).  ``entry`` is the place of the entry that tells, if one does.
    """

    table: str
    row: str
    kind: str
    column: str | None = None
    expected: Json = None
    found: Json = None
    entry: tuple[int, int] | None = None
    why: str | None = None

    def to_json(self) -> dict[str, Json]:
        """As reports show it."""
        incarnation, index = self.entry or (None, None)
        return {
            "table": self.table,
            "row": self.row,
            "kind": self.kind,
            "column": self.column,
            "expected": self.expected,
            "found": self.found,
            "incarnation": incarnation,
            "entry": index,
            "why": self.why,
        }


def compare(projection: Projection, kept: Mapping[UUID, Kept], found: Mapping[UUID, Values]) -> Iterator[Difference]:
    """Where the rows that are there differ from those that must be."""
    for row, must in kept.items():
        if row not in found:
            yield Difference(projection.name, str(row), MISSING, entry=must.by.place)
            continue
        for column, value in must.values.items():
            there = found[row][column]
            if not _same(value, there, clocked=column in projection.clocked):
                yield Difference(projection.name, str(row), OTHER, column, shown(value), shown(there), must.by.place)
    for row in found.keys() - kept.keys():
        yield Difference(projection.name, str(row), EXTRA)


def _same(expected: object, found: object, *, clocked: bool) -> bool:
    if clocked and isinstance(expected, datetime) and isinstance(found, datetime):
        return abs(expected - found) < _GRAIN
    if isinstance(expected, list | tuple) and isinstance(found, list | tuple):
        return list(expected) == list(found)
    return expected == found


def shown(value: object) -> Json:
    """A column as a report shows it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | tuple):
        return [shown(each) for each in value]
    return str(value)
