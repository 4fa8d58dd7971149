"""
A database that goes away takes no answered write with it, and the journal finds it again by itself.
"""

import asyncio

import pytest

from audit.errors import DatabaseAway, OutcomeUnknown
from audit.work import Written
from tests.audit.ledger import held, key_for, ledger
from tests.postgres import ThrowawayPostgres


def power_cut(server: ThrowawayPostgres) -> None:
    server.kill9()


def shutdown(server: ThrowawayPostgres) -> None:
    server.stop()


ENDS = [shutdown, power_cut]


@pytest.mark.parametrize("end", ENDS)
def test_the_journal_recovers_by_itself(own_postgres, end):
    """
    While the database is away nothing is recorded and callers are told so; afterwards the same journal goes on.
    """

    async def scene():
        async with ledger(own_postgres.url) as log:
            before = await log.write(log.note("before", key_for("before")))
            end(own_postgres)
            away = await log.write_all([log.note(str(number)) for number in range(3)])
            still = await log.write_all([log.note("still away")])
            own_postgres.start()
            again = await log.write(log.note("before", key_for("before")))
            after = await log.write(log.note("after"))
            return before, [*away, *still], again, after, await log.texts()

    before, away, again, after, texts = asyncio.run(scene())

    assert [type(each) for each in away] == [DatabaseAway] * 4
    assert (again.receipt, again.replayed) == (before.receipt, True)
    assert after.receipt.index == 2
    assert texts == ["before", "after"]


@pytest.mark.parametrize("end", ENDS)
def test_a_restart_between_two_writes_is_not_noticed(own_postgres, end):
    """
    A connection older than the server is replaced before anyone hears of it.
    """

    async def scene():
        async with ledger(own_postgres.url) as log:
            await log.write(log.note("before"))
            end(own_postgres)
            own_postgres.start()
            await log.write(log.note("after"))
            return await log.texts()

    assert asyncio.run(scene()) == ["before", "after"]


@pytest.mark.parametrize("end", ENDS)
def test_a_write_under_way_is_lost_or_recorded_but_never_both(own_postgres, end):
    """
    Its caller repeats it under its key, and there is one entry.

    A server that ends in order may end the holder of the lock first, and let the write through before its own session
    goes: then it was recorded and answered, and the repetition gets the same receipt.
    """

    async def scene():
        async with ledger(own_postgres.url) as log:
            request = log.note("once", key_for("key"))
            async with held(log):
                writing = asyncio.ensure_future(log.write(request))
                await log.begun()
                await asyncio.to_thread(end, own_postgres)
            (first,) = await asyncio.gather(writing, return_exceptions=True)
            await asyncio.to_thread(own_postgres.start)
            again = await log.write(request)
            return first, again, await log.texts()

    first, again, texts = asyncio.run(scene())

    if isinstance(first, Written):
        assert (again.receipt, again.replayed) == (first.receipt, True)
    else:
        assert isinstance(first, DatabaseAway | OutcomeUnknown)
    assert texts == ["once"]
    assert again.receipt.index == 1


def test_a_session_that_was_terminated_is_replaced(own_postgres):
    """
    An operator ends the journal's session in the middle of a batch, and nobody notices.
    """
    waiting = "datname = current_database() AND wait_event_type = 'Lock'"

    async def scene():
        async with ledger(own_postgres.url) as log:
            async with held(log) as conn:
                writing = asyncio.ensure_future(log.write(log.note("once")))
                ended = 0
                while not ended:
                    look = f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {waiting}"
                    ended = await conn.fetchval(look)
            return await writing, await log.texts()

    written, texts = asyncio.run(scene())

    assert written.receipt.index == 1
    assert texts == ["once"]
