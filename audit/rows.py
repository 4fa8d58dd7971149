"""
Many rows in one statement.

A batch of any size is one statement and one round trip.  Columns travel as arrays, written out as PostgreSQL writes
them: the driver would look at each member several times before it wrote it down.  A column that holds arrays itself,
which ``unnest`` would flatten, travels as one of such texts.  Rows that change travel as JSON.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias
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
    written = {name: array([row[name] for row in rows]) for name in columns}
    await conn.execute(_insert(table, columns), written)


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


def array(values: Sequence[object]) -> str:
    """Values of one column as PostgreSQL writes an array of them; what is an array itself is one text among them."""
    kinds = set(map(type, values))
    write = _OF_ONE_KIND.get(kinds.pop(), _each) if len(kinds) == 1 else _each
    return f"{{{write(values)}}}"


def _bytes(values: Sequence[Any]) -> str:  # Any: all of the one kind that the table below says.
    return ",".join([f'"\\\\x{value.hex()}"' for value in values])


def _plain_text(values: Sequence[Any]) -> str:  # As above.
    joined = '","'.join(values)
    # As many quotation marks as there are between them, and nothing to escape: most texts are names.
    if "\\" in joined or joined.count('"') != 2 * (len(values) - 1):
        return ",".join(map(_quoted, values))
    return f'"{joined}"'


def _as_they_are(values: Sequence[object]) -> str:
    return ",".join(map(str, values))


def _each(values: Sequence[object]) -> str:
    return ",".join(map(_written, values))


# Nearly every column of a batch is of one kind, and then nothing has to be asked of each member.
_OF_ONE_KIND: Mapping[type, Callable[[Sequence[Any]], str]] = {  # Any: as above.
    bytes: _bytes,
    str: _plain_text,
    UUID: _as_they_are,
    int: _as_they_are,
    bool: _as_they_are,
}


def _written(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    if isinstance(value, UUID | int):  # True and False as well, which are read as they are written.
        return str(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, list | tuple):
        return _quoted(array(value))
    if isinstance(value, Mapping):
        return _quoted(orjson.dumps(value, default=_plain).decode())
    raise TypeError(f"no column takes a {type(value).__name__}")


def _quoted(text: str) -> str:
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


@lru_cache(256)
def _insert(table: Table, columns: tuple[str, ...]) -> TextClause:
    kinds = [table.c[name].type.compile(_DIALECT) for name in columns]
    is_array = [isinstance(table.c[name].type, ARRAY) for name in columns]
    numbered = [f"c{place}" for place in range(len(columns))]
    # Each parameter is one text, however many rows there are.
    arrays = ", ".join(
        f"CAST(CAST(:{name} AS text) AS {'text' if inner else kind}[])"
        for name, kind, inner in zip(columns, kinds, is_array, strict=True)
    )
    read = ", ".join(
        f"CAST({column} AS {kind})" if inner else column
        for column, kind, inner in zip(numbered, kinds, is_array, strict=True)
    )
    names = ", ".join(_known(table, columns))
    return text(f"INSERT INTO {table.name} ({names}) SELECT {read} FROM unnest({arrays}) AS r({', '.join(numbered)})")


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
