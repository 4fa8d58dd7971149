"""
Many rows in one statement.

PostgreSQL turns one JSON parameter into rows of the table's own types, so a batch of any size is one statement and
one round trip, arrays included (which ``unnest`` would flatten).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias
from uuid import UUID

import orjson
from sqlalchemy import Table, TextClause, text

from audit.link import Connection

Row: TypeAlias = Mapping[str, object]


async def insert_rows(conn: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts all rows, which have the same columns, in one statement; none is a no-op."""
    if rows:
        await conn.execute(_insert(table, tuple(rows[0])), {"rows": _json(rows)})


async def update_rows(conn: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Updates the rows found by ``keys`` with the other columns given, in one statement; none is a no-op."""
    if rows:
        await conn.execute(_update(table, keys, tuple(rows[0])), {"rows": _json(rows)})


@lru_cache(256)
def _insert(table: Table, columns: tuple[str, ...]) -> TextClause:
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
