"""
Statements that travel together come back apart: each asker gets its own rows, under their own names.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text

from audit.link import Asked, Connection, Link
from server.db import journal_engine

T = TypeVar("T")

NUMBERS = text("SELECT n AS number, CAST(:word AS text) AS word FROM generate_series(1, CAST(:most AS int)) AS n")
NOTHING = text("SELECT 1 AS one WHERE CAST(:never AS bool)")
ARRAYS = text("SELECT ARRAY[:a, :b]::text[] AS words, NULL::timestamptz AS since, '\\x00ff'::bytea AS raw")
BROKEN = text("SELECT 1 / CAST(:zero AS int) AS impossible")
LISTED = text("SELECT unnest(CAST(:words AS text[])) AS word")
SLEEP = text("SELECT pg_sleep(2)::text AS slept")
KEEP = text("INSERT INTO kept VALUES (:name)")
KEPT = text("SELECT name FROM kept ORDER BY name")


def with_connection(url: str, scene: Callable[[Connection], Awaitable[T]]) -> T:
    """
    What the scene returns, played in one transaction that is rolled back.
    """

    async def play() -> T:
        engine = journal_engine(url)
        link = Link(engine)
        try:
            async with link.transaction() as transaction:
                await transaction.conn.execute(text("CREATE TEMP TABLE kept (name text) ON COMMIT DROP"))
                return await scene(transaction.conn)
        finally:
            await link.close()
            await engine.dispose()

    return asyncio.run(play())


def test_each_query_gets_its_own_rows_and_names(shared: str):
    """
    Parameters are numbered anew, none is mixed up, and rows are what they would be alone, arrays and nulls included.
    """

    async def scene(conn: Connection) -> None:
        asked: list[Asked] = [
            (NUMBERS, {"word": "a", "most": 2}),
            (NOTHING, {"never": False}),
            (ARRAYS, {"a": "x", "b": "y"}),
            (NUMBERS, {"word": "b", "most": 1}),
        ]
        alone = [[tuple(row) for row in await conn.execute(*each)] for each in asked]
        joined = await conn.ask(*asked)

        assert [[tuple(row) for row in rows] for rows in joined] == alone
        assert [(row.number, row.word) for row in joined[0]] == [(1, "a"), (2, "a")]
        assert joined[2].all()[0].raw == b"\x00\xff"
        assert joined[1].one_or_none() is None

    with_connection(shared, scene)


def test_changes_and_queries_travel_as_one_and_see_the_same_before(shared: str):
    """
    A query beside a change sees what was there before it; both changes are made.
    """

    async def scene(conn: Connection) -> None:
        _, before, _ = await conn.ask((KEEP, {"name": "one"}), (KEPT, {}), (KEEP, {"name": "two"}))

        assert before.all() == []
        assert (await conn.execute(KEPT)).scalars() == ["one", "two"]

    with_connection(shared, scene)


def test_askers_side_by_side_share_the_way_and_keep_their_order(shared: str):
    """
    Askers with one, two and three steps: all take a step before anyone takes the next, and hear only their own.
    """

    async def scene(conn: Connection) -> None:
        ways: list[int] = []
        heard: dict[int, list[int]] = {}

        def asker(steps: int) -> Callable[[Connection], Awaitable[None]]:
            async def ask(table: Connection) -> None:
                for step in range(1, steps + 1):
                    rows = await table.execute(NUMBERS, {"word": str(steps), "most": steps * 10 + step})
                    heard.setdefault(steps, []).append(len(rows.all()))
                    ways.append(step)

            return ask

        await conn.together([asker(1), asker(2), asker(3)])

        assert heard == {1: [11], 2: [21, 22], 3: [31, 32, 33]}
        assert ways == [1, 1, 1, 2, 2, 3]

    with_connection(shared, scene)


def test_what_breaks_one_breaks_all_that_travelled_with_it(shared: str):
    """
    Nobody may go on as if its own part had worked: the transaction is lost for everyone.
    """

    async def scene(conn: Connection) -> None:
        reached: list[str] = []

        async def well(table: Connection) -> None:
            await table.execute(NUMBERS, {"word": "a", "most": 1})
            reached.append("well")

        async def broken(table: Connection) -> None:
            await table.execute(BROKEN, {"zero": 0})
            reached.append("broken")

        await conn.together([well])
        with pytest.raises(asyncpg.DivisionByZeroError):
            await conn.together([well, broken])
        assert reached == ["well"]

    with_connection(shared, scene)


def test_whoever_leaves_in_the_middle_leaves_alone(shared: str):
    """
    Cancelled while all of them wait, they are cancelled: nothing else is raised in the place of that.
    """

    async def scene(conn: Connection) -> None:
        async def asker(table: Connection) -> None:
            await table.execute(SLEEP)

        asking = asyncio.create_task(conn.together([asker, asker, asker]))
        await asyncio.sleep(0.3)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    with_connection(shared, scene)


def test_a_snapshot_of_many_tells_the_same_apart(shared: str):
    """
    Long lists go ways of their own and short ones together, in any order: the rows are those of each alone.
    """

    async def play() -> None:
        engine = journal_engine(shared)
        link = Link(engine)
        try:
            async with link.transaction(snapshot_of=uuid4()) as transaction:
                conn, many = transaction.conn, [str(each) for each in range(1000)]
                asked: list[Asked] = [
                    (NUMBERS, {"word": "a", "most": 2}),
                    (LISTED, {"words": many}),
                    (ARRAYS, {"a": "x", "b": "y"}),
                    (NUMBERS, {"word": "b" * 10_000, "most": 3}),
                    (NOTHING, {"never": False}),
                ]
                alone = [[tuple(row) for row in await conn.execute(*each)] for each in asked]
                together = [[tuple(row) for row in rows] for rows in await conn.ask(*asked)]

                assert together == alone
                assert [len(rows) for rows in alone] == [2, 1000, 1, 3, 0]
        finally:
            await link.close()
            await engine.dispose()

    asyncio.run(play())
