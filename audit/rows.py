"""
Many rows in one statement.

A batch of any size is one statement and one round trip.  Columns travel as arrays, which the driver encodes and
PostgreSQL reads fastest; where one of them holds arrays itself, which ``unnest`` would flatten, the rows travel as
JSON, which PostgreSQL turns into rows of the table's own types.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias
from uuid import UUID

import orjson
from sqlalchemy import ARRAY, Table, TextClause, text
from sqlalchemy.dialects.postgresql import dialect

from audit.link import Connection

Row: TypeAlias = Mapping[str, object]

_DIALECT = dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its dialects untyped.


async def insert_rows(conn: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts all rows, which have the same columns, in one statement; none is a no-op."""
    if not rows:
        return
    columns = tuple(rows[0])
    if any(isinstance(table.c[name].type, ARRAY) for name in columns):
        await conn.execute(_insert_json(table, columns), {"rows": _json(rows)})
    else:
        await conn.execute(_insert(table, columns), {name: [row[name] for row in rows] for name in columns})


async def update_rows(conn: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Updates the rows found by ``keys`` with the other columns given, in one statement; none is a no-op."""
    if rows:
        await conn.execute(_update(table, keys, tuple(rows[0])), {"rows": _json(rows)})


def of_each(query: str) -> str:
    """
    The SQL that runs ``query`` for each pair of `pairs_of`, as ``w.tenant`` and ``w.id``; ``w.place`` counts them from 1.

    One look at the index for each pair, whatever the planner believes about the size of a table that has just grown:
    asked for all pairs at once, it may find all of a tenant's rows the cheaper reading, and be wrong by far.
    """
    return (
        "SELECT found.* FROM unnest(CAST(CAST(:each_tenant AS text) AS uuid[]), CAST(CAST(:each_id AS text) AS uuid[])) "
        f"WITH ORDINALITY AS w(tenant, id, place) CROSS JOIN LATERAL ({query} OFFSET 0) AS found"
    )


def pairs_of(keys: Sequence[tuple[UUID, UUID]]) -> dict[str, str]:
    """
    The parameters of `of_each`: pairs of a tenant and an id.

    They travel written out: the driver looks at each member of an array several times before it writes it down.
    """
    tenants = {tenant: str(tenant) for tenant in {tenant for tenant, _ in keys}}
    return {
        "each_tenant": f"{{{','.join([tenants[tenant] for tenant, _ in keys])}}}",
        "each_id": f"{{{','.join([str(each) for _, each in keys])}}}",
    }


@lru_cache(256)
def _insert(table: Table, columns: tuple[str, ...]) -> TextClause:
    kinds = [table.c[name].type.compile(_DIALECT) for name in columns]
    arrays = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in zip(columns, kinds, strict=True))
    return text(f"INSERT INTO {table.name} ({', '.join(_known(table, columns))}) SELECT * FROM unnest({arrays})")


@lru_cache(256)
def _insert_json(table: Table, columns: tuple[str, ...]) -> TextClause:
    names = ", ".join(_known(table, columns))
    return text(
        f"INSERT INTO {table.name} ({names}) "
        f"SELECT {names} FROM jsonb_populate_recordset(NULL::{table.name}, CAST(:rows AS jsonb))"
    )


@lru_cache(256)
def _update(table: Table, keys: tuple[str, ...], columns: tuple[str, ...]) -> TextClause:
    changed = ", ".join(f"{name} = r.{name}" for name in _known(table, columns) if name not in keys)
    same = " AND ".join(f"t.{name} = r.{name}" for name in keys)
    return text(
        f"UPDATE {table.name} t SET {changed} "
        f"FROM jsonb_populate_recordset(NULL::{table.name}, CAST(:rows AS jsonb)) r WHERE {same}"
    )


def _known(table: Table, columns: Iterable[str]) -> list[str]:
    return [f'"{table.c[name].name}"' for name in columns]


def _json(rows: Sequence[Row]) -> str:
    return orjson.dumps(rows, default=_plain).decode()


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no column takes a {type(value).__name__}")
