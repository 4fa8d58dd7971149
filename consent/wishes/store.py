"""
The SQL of wishes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text

from audit.link import Connection
from audit.rows import insert_rows, of_each, pairs_of, update_rows
from consent.wish_models import wishes

Rows: TypeAlias = Sequence[Any]  # A row's columns are named by whoever reads it.
Values: TypeAlias = Sequence[Mapping[str, object]]
Key: TypeAlias = tuple[UUID, UUID]  # tenant, and contact or wish

_COLUMNS = "wish_id, says, at, recorded_at, method, ended_at, end_recorded_at"
_OF_PEOPLE = text(
    of_each(f"SELECT w.place - 1 AS place, {_COLUMNS} FROM wishes WHERE tenant_id = w.tenant AND contact_id = w.id")
)
_FIND = text(
    "SELECT tenant_id, wish_id, contact_id FROM wishes "
    "WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) AND wish_id = ANY(CAST(:ids AS uuid[]))"
)


async def find_wishes(conn: Connection, wanted: Sequence[Key]) -> Rows:
    """Whose the wishes of these ids are."""
    asked = {"tenants": list({tenant for tenant, _ in wanted}), "ids": [wish for _, wish in wanted]}
    return (await conn.execute(_FIND, asked)).all() if wanted else []


async def load_wishes(conn: Connection, people: Sequence[Key]) -> Rows:
    """What these people ever wished; each row begins with the place among them of whose it is."""
    if not people:
        return []
    (rows,) = await conn.ask((_OF_PEOPLE, pairs_of(people)))
    return rows.all()


async def save_wishes(conn: Connection, made: Values, ended: Values) -> None:
    """New wishes, and the end of old ones."""
    await insert_rows(conn, wishes, made)
    await update_rows(conn, wishes, ("tenant_id", "wish_id"), ended)
