"""
Why the lock is a statement of its own, under READ COMMITTED: the other ways to count before inserting over-issue.

PostgreSQL decides what a statement sees when the statement begins (READ COMMITTED) or when the transaction's first
statement begins (REPEATABLE READ), and a lock that is waited for later changes nothing about that.  So these fail,
each shown here with two connections led by hand, no luck involved, where one call is allowed and two are made:

- counting and inserting under READ COMMITTED without a lock: both count before either has committed;
- the lock inside the counting statement: the second statement began, and fixed what it sees, before it waited;
- the lock as its own statement under REPEATABLE READ: the lock's statement fixed what the whole transaction sees.

The lock as its own statement under READ COMMITTED does not: the count that follows begins when the lock is held, and
sees what its last holder committed.  That is how the journal locks people before it loads them.
"""

import asyncio
from dataclasses import dataclass

import asyncpg
import pytest

from tests.consent.desk import Desk

LIMIT = 1
COUNT = "SELECT count(*) FROM issued"
LOCK = "SELECT pg_advisory_xact_lock(7)"
LOCK_AND_COUNT = f"WITH locked AS MATERIALIZED ({LOCK}) SELECT (SELECT count(*) FROM issued) FROM locked"
LOCK_ROW = "SELECT 1 FROM people WHERE id = 1 FOR UPDATE"


@dataclass(frozen=True, slots=True)
class Way:
    """
    One way to allow a call only if fewer than the limit were allowed.
    """

    isolation: str
    lock: str | None
    count: str = COUNT

    async def ask(self, conn: asyncpg.Connection) -> bool:
        """
        Counts, and takes one if there is one left; the transaction stays open.
        """
        if self.lock is not None:
            await conn.execute(self.lock)
        allowed = await conn.fetchval(self.count) < LIMIT
        if allowed:
            await conn.execute("INSERT INTO issued VALUES (1)")
        return bool(allowed)


async def issued(url: str, way: Way) -> int:
    """
    How many are issued when a second asks while the first has not committed yet.
    """
    first, second, watcher = [await asyncpg.connect(url) for _ in range(3)]
    try:
        await watcher.execute(
            "CREATE TABLE issued (n int); CREATE TABLE people (id int); INSERT INTO people VALUES (1)"
        )
        begun, late = first.transaction(isolation=way.isolation), second.transaction(isolation=way.isolation)
        await begun.start()
        await late.start()

        assert await way.ask(first)

        asking = asyncio.create_task(way.ask(second))
        # Only the server knows whether somebody waits for a lock, and it has to be asked.
        while not asking.done() and not await waits(watcher, second.get_server_pid()):  # noqa: ASYNC110  As said above.
            await asyncio.sleep(0)
        await begun.commit()
        await asking
        await late.commit()
        return int(await watcher.fetchval(COUNT))
    finally:
        for conn in (first, second, watcher):
            await conn.close()


async def waits(watcher: asyncpg.Connection, process: int) -> bool:
    """
    Whether a server process waits for a lock that another one holds.
    """
    return bool(await watcher.fetchval("SELECT cardinality(pg_blocking_pids($1)) > 0", process))


@pytest.mark.parametrize(
    "way",
    [
        Way("read_committed", None),
        Way("read_committed", None, LOCK_AND_COUNT),
        Way("repeatable_read", LOCK),
        Way("repeatable_read", None, LOCK_AND_COUNT),
    ],
)
def test_the_wrong_ways_issue_too_many(fresh_database, way):
    """
    No lock, the lock inside the counting statement, or the lock under REPEATABLE READ: two are issued where one is left.
    """
    assert asyncio.run(issued(fresh_database(), way)) == 2


@pytest.mark.parametrize("lock", [LOCK, LOCK_ROW])
def test_the_lock_as_its_own_statement_issues_what_there_is(fresh_database, lock):
    """
    Locked first and counted afterwards, under READ COMMITTED, the second sees what the first has taken.
    """
    assert asyncio.run(issued(fresh_database(), Way("read_committed", lock))) == 1


def test_the_journal_reads_what_others_have_committed(desk: Desk):
    """
    The journal's transactions are READ COMMITTED.
    """

    async def isolation() -> str:
        async with desk.engine.connect() as conn:
            return str(await conn.get_isolation_level())

    assert desk.run(isolation()) == "READ COMMITTED"
