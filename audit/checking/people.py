"""
What the database has about some people: their entries, the rows that follow from these, and the sealed disclosures.

Everything is read in one snapshot, or under the people's locks, so that rows and entries are of the same moment.
"""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import text

from audit.checking import store
from audit.checking.rows import EXTRA, MISSING, Difference, Projection, Replay, Replayed, Told, Values, compare, replay
from audit.checking.walking import LogDamaged
from audit.entry import reread_entry
from audit.errors import BrokenChain
from audit.link import AnyConnection, Column
from audit.merkle import leaf_hash

_LAST = text(
    "SELECT w.id, e.incarnation, e.entry_index FROM unnest(CAST(:people AS uuid[])) AS w(id) "
    "CROSS JOIN LATERAL (SELECT incarnation, entry_index FROM entries WHERE tenant_id = :tenant "
    "AND contact_id = w.id ORDER BY incarnation DESC, entry_index DESC LIMIT 1) e"
)
_IS_PRUNED = text("SELECT EXISTS (SELECT 1 FROM prunings WHERE tenant_id = :tenant) AS pruned")
_FIRST = UUID(int=0)
_STRANGERS_AT_ONCE = 500
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Package:
    """What one package answers for: its tables, and what its entries do to their rows."""

    projections: Sequence[Projection]
    replay: Replay


@dataclass(frozen=True, slots=True)
class Record:
    """One person as the database has them: their entries, and their rows by table and id."""

    contact: UUID | None
    told: Sequence[Told]
    rows: Mapping[str, Mapping[UUID, Values]]
    disclosed: Sequence[UUID]  # the event id of each sealed disclosure

    @property
    def is_erased(self) -> bool:
        """Whether an entry says that the person was erased."""
        return any(each.event == "contact.erased" for each in self.told)

    @property
    def is_cut(self) -> bool:
        """Whether the first entries about the person were pruned, which happens only to those who were erased."""
        return not any(each.event == "contact.identified" for each in self.told)


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one person: the rows that must be there, and where those that are there differ."""

    record: Record
    replayed: Replayed
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class Gone:
    """What may be gone without a word about the person: by pruning, or by age."""

    pruned: bool = False
    aged: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)  # by table: column, and before when

    def by_age(self, table: str, values: Values) -> bool:
        """Whether a row with these columns may have been taken away because of its age."""
        column, before = self.aged.get(table, ("", _NEVER))
        at = values.get(column)
        return isinstance(at, datetime) and at < before


def examine(record: Record, packages: Sequence[Package], gone: Gone) -> Found:
    """Compares a person's rows with their entries; Unreplayable when these do not say what they must."""
    if gone.pruned and record.is_cut:
        return Found(record, Replayed(), list(_of_nobody(record, packages)))
    replayed = replay(record.told, [each.replay for each in packages])
    differences = [
        difference
        for package in packages
        for projection in package.projections
        for difference in compare(projection, replayed.of(projection.name), record.rows[projection.name])
        if difference.kind != MISSING or not gone.by_age(projection.name, _kept(replayed, difference))
    ]
    return Found(record, replayed, [*differences, *_undisclosed(record)])


def _kept(replayed: Replayed, difference: Difference) -> Values:
    return replayed.rows[(difference.table, UUID(difference.row))].values


def _of_nobody(record: Record, packages: Sequence[Package]) -> Iterator[Difference]:
    """Of somebody whose entries were pruned nothing is left but attempts, whose entries went as well."""
    for projection in packages[0].projections:
        yield from compare(projection, {}, record.rows[projection.name])


def _undisclosed(record: Record) -> Iterator[Difference]:
    """As many disclosures lie beside an entry as it commits to; none once the person was erased."""
    there = Counter(record.disclosed)
    for each in record.told:
        digests = each.facts.get("sd", ())
        must = 0 if record.is_erased or not isinstance(digests, list) else len(digests)
        found = there.pop(each.entry.event_id, 0)
        if found != must:
            kind = MISSING if found < must else EXTRA
            row = str(each.entry.event_id)
            yield Difference("disclosures", row, kind, "count", must, found, each.place)
    for event, found in there.items():
        yield Difference("disclosures", str(event), EXTRA, "count", 0, found)


async def read_people(
    conn: AnyConnection, tenant: UUID, people: Sequence[UUID], packages: Sequence[Package]
) -> list[Record]:
    """These people, whether or not there is anything about them.  Raises LogDamaged."""
    told: dict[UUID, list[Told]] = {each: [] for each in people}
    for row in await store.entries_of(conn, tenant, people):
        told[row.contact_id].append(_told(row))
    projections = [projection for package in packages for projection in package.projections]
    rows: dict[UUID, dict[str, dict[UUID, Values]]] = {each: {p.name: {} for p in projections} for each in people}
    for projection in projections:
        for row in await store.rows_of(conn, tenant, projection, people):
            rows[row.contact_id][projection.name][getattr(row, projection.id)] = _values(projection, row)
    disclosed: dict[UUID, list[UUID]] = defaultdict(list)
    for row in await store.disclosures_of(conn, tenant, people):
        disclosed[row.contact_id].append(row.event_id)
    return [Record(each, told[each], rows[each], disclosed[each]) for each in people]


async def read_nobody(conn: AnyConnection, tenant: UUID, events: Sequence[str], package: Package) -> Record:
    """What is about nobody in particular: the tenant's own entries of these kinds, and their rows; or LogDamaged."""
    rows: dict[str, dict[UUID, Values]] = {}
    for projection in package.projections:
        found = await store.rows_of_nobody(conn, tenant, projection)
        rows[projection.name] = {getattr(row, projection.id): _values(projection, row) for row in found}
    told = [_told(row) for row in await store.entries_of_nobody(conn, tenant, events)]
    return Record(None, told, rows, ())


def _told(row: Column) -> Told:
    """An entry, also one that no walk of this run has come by; LogDamaged where it is not what was recorded."""
    body, place = bytes(row.body), (row.incarnation, row.entry_index)
    if leaf_hash(body) != row.leaf_hash:
        raise LogDamaged(*place, "its hash is another than the one that was stored")
    try:
        return Told(row.incarnation, reread_entry(body, row.entry_index))
    except BrokenChain as error:
        raise LogDamaged(*place, "it cannot be read") from error


def _values(projection: Projection, row: Column) -> Values:
    return {column.name: getattr(row, column.name) for column in projection.told}


async def last_in(conn: AnyConnection, tenant: UUID, people: Collection[UUID], before: tuple[int, int]) -> list[UUID]:
    """Those of these people whose last entry stands before a place; the others are to be looked at later."""
    rows = await conn.execute(_LAST, {"tenant": tenant, "people": sorted(people)}) if people else ()
    return [row.id for row in rows if (row.incarnation, row.entry_index) < before]


async def is_pruned(conn: AnyConnection, tenant: UUID) -> bool:
    """Whether any entry of a tenant was pruned."""
    (row,) = await conn.execute(_IS_PRUNED, {"tenant": tenant})
    return bool(row.pruned)


async def strangers(conn: AnyConnection, tenant: UUID, projection: Projection) -> AsyncIterator[list[UUID]]:
    """Everyone with rows in a table and without any entry about them, some at a time."""
    after = _FIRST
    while people := await store.strangers(conn, tenant, projection, after, _STRANGERS_AT_ONCE):
        yield people
        after = people[-1]
