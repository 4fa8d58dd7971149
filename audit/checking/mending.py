"""
Writing rows as the log says that they must be, in the transaction of the entry that says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Table

from audit.checking import store
from audit.link import Connection
from audit.rows import insert_rows, update_rows


@dataclass(frozen=True, slots=True)
class RowRepair:
    """What one row becomes: gone if ``values`` is None, new, or changed in these columns."""

    of: Table
    id: str  # the column
    row: UUID
    values: Mapping[str, object] | None = None
    is_new: bool = False

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.of.name)


def merged(changes: Sequence[RowRepair]) -> list[RowRepair]:
    """One change for each row: its columns become right together, since the database looks at them together."""
    by_row: dict[tuple[str, UUID], RowRepair] = {}
    for each in changes:
        before = by_row.setdefault((each.table, each.row), each)
        if before is not each and before.values is not None and each.values is not None:
            values = {**before.values, **each.values}
            by_row[(each.table, each.row)] = replace(before, values=values, is_new=before.is_new or each.is_new)
    return list(by_row.values())


async def repaired(conn: Connection, tenant: UUID, entry: UUID, changes: Sequence[RowRepair]) -> None:
    """Makes these changes, of which this entry of the tenant tells; what goes goes first."""
    await store.begin_repair(conn, entry)
    for change in changes:
        if change.values is None or change.is_new:  # What is new may take the place of what is wrong.
            await store.delete_row(conn, tenant, change.table, change.id, change.row)
    for change in changes:
        if change.values is None:
            continue
        row = {**change.values, "tenant_id": tenant, change.id: change.row}
        if change.is_new:
            await insert_rows(conn, change.of, [row])
        else:
            await update_rows(conn, change.of, ("tenant_id", change.id), [row])
