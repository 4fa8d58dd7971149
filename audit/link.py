"""
One connection for one loop of batches: SQLAlchemy's statements, run by asyncpg itself.

SQLAlchemy's asynchronous layer costs a tenth of a millisecond for each statement, and the way to the database and
back costs twice that.  Here a statement is compiled once and goes straight to the driver, and what several askers
want at the same moment travels as one statement (``together``); pool, settings and schema stay SQLAlchemy's.
"""

import asyncio
import re
from collections import namedtuple
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from typing import Any, TypeAlias, cast
from uuid import UUID

import asyncpg
from sqlalchemy import Executable, TextClause
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its dialects untyped.

Compiled: TypeAlias = tuple[str, tuple[str, ...], Mapping[str, object]]
Column: TypeAlias = Any  # A column is of its own type, which the reader of the row knows.


Asked: TypeAlias = tuple[Executable, Mapping[str, object]]
Bound: TypeAlias = tuple[str, list[object]]  # the SQL and its arguments in order


class Row(asyncpg.Record):
    """A row whose columns are its attributes."""

    __slots__ = ()

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
    """A connection in a transaction; ``is_snapshot`` where all statements of it see the database as it was at one moment."""

    def __init__(self, driver: asyncpg.Connection, *, is_snapshot: bool = False) -> None:
        self._driver = driver
        self.is_snapshot = is_snapshot

    async def execute(self, statement: Executable, parameters: Mapping[str, object] | None = None) -> Rows:
        """Runs one statement; the driver's own errors are raised."""
        return (await self.ask((statement, parameters or {})))[0]

    async def scalar(self, statement: Executable, parameters: Mapping[str, object] | None = None) -> Column:
        """The first column of the first row, or None."""
        row = (await self.execute(statement, parameters)).one_or_none()
        return None if row is None else row[0]

    async def ask(self, *asked: Asked) -> list[Rows]:
        """
        Runs statements that do not depend on each other as one, and returns what each of them returned.

        They see the database as it was before any of them.
        """
        bound = [_bound(*each) for each in asked]
        if len(bound) == 1:
            return [await self._alone(*bound[0])]
        if not self.is_snapshot or not any(map(_is_long, bound)):
            return await self._as_one(bound)
        # Rows that travel in a column are taken apart member by member: of many, that costs more than ways of their own.
        short = [each for each in bound if not _is_long(each)]
        joined = iter(await self._as_one(short)) if short else iter(())
        return [await self._alone(*each) if _is_long(each) else next(joined) for each in bound]

    async def _alone(self, sql: str, arguments: Sequence[object]) -> Rows:
        return Rows(await self._driver.fetch(sql, *arguments, record_class=Row))

    async def _as_one(self, bound: Sequence[Bound]) -> list[Rows]:
        kinds = [await self._kind(sql) for sql, _ in bound]
        row = await self._driver.fetchrow(
            _joined(tuple(sql for sql, _ in bound)), *(a for _, all_ in bound for a in all_)
        )
        found = iter(row)
        return [Rows([] if kind is None else list(map(kind, next(found)))) for kind in kinds]

    async def together(self, askers: Sequence[Callable[["Connection"], Awaitable[object]]]) -> None:
        """Runs the askers side by side on this connection; what they ask at the same moment travels as one statement."""
        table = _Table(self._driver, is_snapshot=self.is_snapshot)
        await asyncio.gather(*(ask(table) for ask in askers))

    async def _kind(self, sql: str) -> "_Kind | None":
        """How a row of the statement is named; None if it returns none."""
        if sql not in _KINDS:
            names = [each.name for each in (await self._driver.prepare(sql)).get_attributes()]
            _KINDS[sql] = _named(names) if names else None
        return _KINDS[sql]


class _Table(Connection):
    """Where askers meet: whoever asks first waits one turn of the loop for the others, and asks for all."""

    def __init__(self, driver: asyncpg.Connection, *, is_snapshot: bool) -> None:
        super().__init__(driver, is_snapshot=is_snapshot)
        self._waiting: list[tuple[Sequence[Asked], asyncio.Future[list[Rows]]]] = []
        self._busy = asyncio.Lock()

    async def ask(self, *asked: Asked) -> list[Rows]:
        """As a connection does, together with what others ask at the same moment."""
        answer: asyncio.Future[list[Rows]] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if len(self._waiting) > 1:
            return await answer
        await asyncio.sleep(0)
        async with self._busy:
            waiting, self._waiting = self._waiting, []
            try:
                rows = await super().ask(*(each for asked, _ in waiting for each in asked))
            except BaseException as error:
                for _, other in waiting[1:]:
                    # Whoever was cancelled meanwhile waits no more.
                    if not other.done():
                        other.set_exception(error)
                raise
        for asked_by, other in waiting:
            own, rows = rows[: len(asked_by)], rows[len(asked_by) :]
            if not other.done():
                other.set_result(own)
        return await answer


AnyConnection: TypeAlias = Connection | AsyncConnection


class BeginAgain(Exception):
    """What a transaction found had changed when it was locked, or read: the same again, with what is now."""


class Transaction:
    """A transaction that ends when it is told to, and is rolled back otherwise."""

    def __init__(self, driver: asyncpg.Connection, snapshot_of: UUID | None) -> None:
        self._driver = driver
        self._snapshot_of = snapshot_of
        self.conn = Connection(driver, is_snapshot=snapshot_of is not None)
        self._open = False

    async def begin(self) -> None:
        """BEGIN; for a snapshot, what only this tenant may see."""
        if self._snapshot_of is None:
            await self._driver.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        else:
            await self._driver.execute(
                f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL venia.tenant = '{self._snapshot_of}'"
            )
        self._open = True

    async def commit(self) -> None:
        """COMMIT; when this raises, the transaction may have been committed all the same."""
        self._open = False
        await self._driver.execute("COMMIT")

    async def roll_back(self) -> None:
        """ROLLBACK, if it is still open."""
        if self._open:
            self._open = False
            await self._driver.execute("ROLLBACK")


class Link:
    """Holds one connection of an engine and makes a new one after it was lost."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._held: AsyncConnection | None = None

    @asynccontextmanager
    async def transaction(self, *, snapshot_of: UUID | None = None) -> AsyncIterator[Transaction]:
        """
        A transaction: READ COMMITTED, or a read-only snapshot of one tenant's rows.

        It is rolled back unless it was committed; a connection on which anything failed is not used again, except for
        BeginAgain, after which nothing is wrong with it.
        """
        try:
            transaction = Transaction(await self._driver(), snapshot_of)
            await transaction.begin()
            try:
                yield transaction
            except BeginAgain:
                await transaction.roll_back()
                raise
            await transaction.roll_back()
        except BeginAgain:
            raise
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


_Kind: TypeAlias = Callable[[Sequence[object]], Row]
_COMPILED: dict[int, tuple[TextClause, Compiled]] = {}
_KINDS: dict[str, _Kind | None] = {}
_MANY, _WRITTEN = 128, 37  # members of a list, and the letters of each where they are ids that are written out
_PARAMETER = re.compile(r"\$(\d+)")


def _is_long(bound: Bound) -> bool:
    """Whether it is about many: a list of so many members, or the same written out."""
    lengths = (
        (len(each), _MANY if isinstance(each, list) else _MANY * _WRITTEN)
        for each in bound[1]
        if isinstance(each, str | list)
    )
    return any(length > most for length, most in lengths)


def _bound(statement: Executable, parameters: Mapping[str, object]) -> Bound:
    """The SQL and its arguments in order."""
    sql, names, given = _compiled(statement)
    values = {**given, **parameters}
    return sql, [values[name] for name in names]


def _named(names: Sequence[str]) -> _Kind:
    """A joined statement returns rows without names: this gives them back."""
    kind: Any = namedtuple("Row", names)  # type: ignore[misc]  # noqa: PYI024  The names come from the database.
    return cast(_Kind, kind._make)


@lru_cache(512)
def _joined(statements: tuple[str, ...]) -> str:
    """
    One statement in the place of many: each query is a column, an array of its rows, and each change a WITH of its own.
    """
    changes, queries = [], []
    shift = 0
    for place, sql in enumerate(statements):
        numbers = [int(number) for number in _PARAMETER.findall(sql)]
        own = _PARAMETER.sub(lambda found, by=shift: f"${int(found[1]) + by}", sql)  # type: ignore[misc]  # Not typed.
        shift += max(numbers, default=0)
        if sql.lstrip().upper().startswith("SELECT"):
            queries.append(f"ARRAY(SELECT ROW(q.*) FROM ({own}) AS q)")  # noqa: S608  Our own statements.
        else:
            changes.append(f"s{place} AS ({own})")
    return (f"WITH {', '.join(changes)} " if changes else "") + f"SELECT {', '.join(queries) or '1'}"


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
