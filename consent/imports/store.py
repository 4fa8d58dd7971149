"""
The SQL of imports.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.link import Connection
from audit.rows import insert_rows, update_rows
from consent.imports.models import import_verdicts, imports

AnyRow: TypeAlias = Any  # A row of either kind of connection; its columns are named by the statements.
Key: TypeAlias = tuple[UUID, UUID]  # tenant and import
Values: TypeAlias = Sequence[Mapping[str, object]]

_COLUMNS = (
    "tenant_id, import_id, format, actor, state, rows, digest, begun_at, changed_at, event_id, "
    "recorded, history, duplicate, conflict, refused"
)
_THESE = "(tenant_id, import_id) IN (SELECT * FROM unnest(CAST(:tenants AS uuid[]), CAST(:ids AS uuid[])) AS w (t, i))"
_FIND = text(f"SELECT {_COLUMNS} FROM imports WHERE {_THESE}")
_LOCK = text(f"SELECT import_id FROM imports WHERE {_THESE} ORDER BY tenant_id, import_id FOR NO KEY UPDATE")
_LIST = text(f"SELECT {_COLUMNS} FROM imports WHERE tenant_id = :tenant ORDER BY begun_at DESC, import_id LIMIT :most")
_VERDICTS = text(
    "SELECT first_row, rows, lines FROM import_verdicts WHERE tenant_id = :tenant AND import_id = :import "
    "AND first_row + rows > :first ORDER BY first_row LIMIT :most"
)


async def find_imports(conn: Connection, wanted: Sequence[Key]) -> Sequence[AnyRow]:
    """Those of these imports that there are."""
    return (await conn.execute(_FIND, _pairs(wanted))).all() if wanted else []


async def lock_imports(conn: Connection, wanted: Sequence[Key]) -> None:
    """Locks them, as a statement of its own."""
    if wanted:
        await conn.execute(_LOCK, _pairs(wanted))


async def insert_imports(conn: Connection, rows: Values) -> None:
    """Imports that were begun."""
    await insert_rows(conn, imports, rows)


async def update_imports(conn: Connection, rows: Values) -> None:
    """Imports that went on, or ended."""
    await update_rows(conn, imports, ("tenant_id", "import_id"), rows)


async def insert_verdicts(conn: Connection, rows: Values) -> None:
    """What became of rows; where a row had a verdict before, the primary key is violated."""
    await insert_rows(conn, import_verdicts, rows)


async def list_imports(conn: AsyncConnection, tenant: UUID, most: int) -> Sequence[AnyRow]:
    """The tenant's imports, the newest first."""
    return (await conn.execute(_LIST, {"tenant": tenant, "most": most})).all()


async def read_verdicts(conn: AsyncConnection, key: Key, first: int, most: int) -> Sequence[AnyRow]:
    """Some pieces of verdicts in order, from the one that has row ``first``."""
    given = {"tenant": key[0], "import": key[1], "first": first, "most": most}
    return (await conn.execute(_VERDICTS, given)).all()


def _pairs(wanted: Sequence[Key]) -> dict[str, object]:
    return {"tenants": [tenant for tenant, _ in wanted], "ids": [each for _, each in wanted]}
