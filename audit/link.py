"""
One connection for one loop of batches: SQLAlchemy's statements, run by asyncpg itself.

SQLAlchemy's asynchronous layer costs a tenth of a millisecond for each statement, and a batch has a dozen.  Here a
statement is compiled once and then goes straight to the driver; pool, settings and schema stay SQLAlchemy's.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeAlias, cast

import asyncpg
from sqlalchemy import Executable, TextClause
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its dialects untyped.

Compiled: TypeAlias = tuple[str, tuple[str, ...], Mapping[str, object]]
Column: TypeAlias = Any  # A column is of its own type, which the reader of the row knows.


class Row(asyncpg.Record):
    """A row whose columns are its attributes."""

    def __getattr__(self, name: str) -> Column:
        return self[name]


class Rows:
    """What a statement returned, in the words of SQLAlchemy's results."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def all(self) -> Sequence[Row]:
        """Every row."""
        return self._rows

    def one_or_none(self) -> Row | None:
        """The row, if there is one."""
        return self._rows[0] if self._rows else None

    def scalars(self) -> list[Column]:
        """The first column of every row."""
        return [row[0] for row in self._rows]


class Connection:
    """A connection in a transaction."""

    def __init__(self, driver: asyncpg.Connection) -> None:
        self._driver = driver

    async def execute(self, statement: Executable, parameters: Mapping[str, object] | None = None) -> Rows:
        """Runs one statement; the driver's own errors are raised."""
        sql, names, given = _compiled(statement)
        values = {**given, **(parameters or {})}
        arguments = [values[name] for name in names]
        return Rows(await self._driver.fetch(sql, *arguments, record_class=Row))

    async def scalar(self, statement: Executable, parameters: Mapping[str, object] | None = None) -> Column:
        """The first column of the first row, or None."""
        row = (await self.execute(statement, parameters)).one_or_none()
        return None if row is None else row[0]


class Transaction:
    """A transaction that ends when it is told to, and is rolled back otherwise."""

    def __init__(self, driver: asyncpg.Connection, *, snapshot: bool) -> None:
        isolation = "repeatable_read" if snapshot else "read_committed"
        self._transaction = driver.transaction(isolation=isolation, readonly=snapshot)
        self.conn = Connection(driver)
        self._open = False

    async def begin(self) -> None:
        """BEGIN."""
        await self._transaction.start()
        self._open = True

    async def commit(self) -> None:
        """COMMIT; when this raises, the transaction may have been committed all the same."""
        self._open = False
        await self._transaction.commit()

    async def roll_back(self) -> None:
        """ROLLBACK, if it is still open."""
        if self._open:
            self._open = False
            await self._transaction.rollback()


class Link:
    """Holds one connection of an engine and makes a new one after it was lost."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._held: AsyncConnection | None = None

    @asynccontextmanager
    async def transaction(self, *, snapshot: bool = False) -> AsyncIterator[Transaction]:
        """
        A transaction: READ COMMITTED, or a read-only ``snapshot``.

        It is rolled back unless it was committed; a connection on which anything failed is not used again.
        """
        try:
            # Inside, because a driver that was closed from afar refuses even to make a transaction.
            transaction = Transaction(await self._driver(), snapshot=snapshot)
            await transaction.begin()
            yield transaction
            await transaction.roll_back()
        except BaseException:
            await self.drop()
            raise

    async def drop(self) -> None:
        """Ends the connection, whatever state it is in, and those that wait in the pool."""
        held, self._held = self._held, None
        if held is not None:
            with suppress(Exception):  # It may be broken already, and there is nothing to lose on it.
                await held.invalidate()
            with suppress(Exception):  # As above.
                await held.close()
        await self._engine.dispose()

    async def close(self) -> None:
        """Gives the connection back."""
        held, self._held = self._held, None
        if held is not None:
            await held.close()

    async def _driver(self) -> asyncpg.Connection:
        if self._held is None:
            self._held = await self._engine.connect()
        driver = (await self._held.get_raw_connection()).driver_connection
        return cast(asyncpg.Connection, driver)  # The engine's dialect is asyncpg's.


_COMPILED: dict[int, tuple[TextClause, Compiled]] = {}


def _compiled(statement: Executable) -> Compiled:
    """The SQL, the names of its parameters in order, and the values that the statement itself carries."""
    known = _COMPILED.get(id(statement))
    if known is not None and known[0] is statement:
        return known[1]
    made = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})  # type: ignore[attr-defined]  # Every executable used here compiles.
    compiled = (str(made), tuple(made.positiontup or ()), dict(made.params))
    if isinstance(statement, TextClause):  # A constant of its module; others are made anew for each use.
        _COMPILED[id(statement)] = (statement, compiled)
    return compiled
