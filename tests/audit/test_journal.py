"""
The journal on a real PostgreSQL: batches, order, bounds, and an end in which nobody is left waiting.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest

from audit.errors import JournalClosed, QueueFull, UnknownTenant
from audit.merkle import leaf_hash
from audit.origins import new_origin
from audit.tenants import OpenTenant
from audit.work import Written
from tests.audit.ledger import MONDAY, Clock, Note, held, ledger, on
from tests.databases import fetch


def test_a_batch_is_one_chain(shared):
    """
    64 writes at once are one transaction; each receipt names the place and the hash of what was asked.
    """

    async def scene(log):
        texts = [f"note {number}" for number in range(64)]
        written = await log.write_all([log.note(text) for text in texts])
        return log.tenant, texts, written, await log.chain(), log.batches

    tenant, texts, written, chain, batches = on(scene, shared)
    receipts = [each.receipt for each in written]
    rows = fetch(shared, "SELECT body FROM entries WHERE tenant_id = $1 ORDER BY entry_index", tenant)

    assert batches == [64]
    assert [receipt.index for receipt in receipts] == list(range(1, 65))
    assert {receipt.log for receipt in receipts} == {chain.origin}
    assert [leaf_hash(row["body"]) for row in rows[1:]] == [receipt.leaf_hash for receipt in receipts]
    assert [entry.payload["text"] for entry in chain.entries[1:]] == texts
    assert [each.answer for each in written] == [{"text": text} for text in texts]


def test_what_arrives_meanwhile_is_the_next_batch(shared):
    """
    There is no timer: everything that came while a batch was under way goes together, within the bound.
    """

    async def scene(log):
        async with held(log):
            first = asyncio.ensure_future(log.write(log.note("first")))
            await log.begun()
            rest = asyncio.ensure_future(log.write_all([log.note(str(number)) for number in range(25)]))
            await asyncio.sleep(0)
        await asyncio.gather(first, rest)
        return log.batches, await log.texts()

    batches, texts = on(scene, shared, batch_size=10)

    assert batches == [1, 10, 10, 5]
    assert texts == ["first", *map(str, range(25))]


def test_a_batch_is_bounded_in_bytes(shared):
    """
    A request says its weight, and at about 4 MiB a batch is full.
    """

    async def scene(log):
        await asyncio.gather(*[log.journal.write(log.note(str(number)), weight=1024 * 1024) for number in range(9)])
        return log.batches

    assert on(scene, shared) == [4, 4, 1]


def test_tenants_of_one_batch_keep_their_logs_apart(shared):
    """
    Each has its own indexes, chain and root; a tenant that does not exist fails alone.
    """

    async def scene(log):
        tenants = [uuid4() for _ in range(4)]
        await log.write_all([OpenTenant(tenant, "T", new_origin("venia.test"), "test") for tenant in tenants])
        log.batches.clear()
        nobody = uuid4()
        requests = [Note(tenant, str(number)) for number in range(10) for tenant in (*tenants, nobody)]
        written = await log.write_all(requests)
        return tenants, nobody, requests, written, log.batches, [await log.texts(tenant) for tenant in tenants]

    tenants, nobody, requests, written, batches, texts = on(scene, shared)
    outcomes = list(zip(requests, written, strict=True))

    assert batches == [50]
    assert texts == [list(map(str, range(10)))] * 4
    for tenant in tenants:
        indexes = [each.receipt.index for request, each in outcomes if request.tenant == tenant]
        assert indexes == list(range(1, 11))
    assert all(isinstance(each, UnknownTenant) for request, each in outcomes if request.tenant == nobody)


def test_a_tenant_can_be_used_in_the_batch_that_opens_it(shared):
    """
    A request sees what those before it in the batch did.
    """

    async def scene(log):
        tenant = uuid4()
        written = await log.write_all(
            [OpenTenant(tenant, "T", new_origin("venia.test"), "test"), Note(tenant, "first"), Note(tenant, "second")]
        )
        return written, log.batches, await log.texts(tenant)

    written, batches, texts = on(scene, shared)

    assert batches == [3]
    assert [each.receipt.index for each in written] == [0, 1, 2]
    assert texts == ["first", "second"]


def test_the_logs_clock_never_runs_backwards(shared):
    """
    Whatever the machine's clock does, an entry is not older than the one in front of it.
    """
    clock = Clock()

    async def scene(log):
        for seconds in (10, -3600, 1, 86_400, -86_400, 0):
            clock.move(timedelta(seconds=seconds))
            await log.write_all([log.note("a"), log.note("b")])
        return await log.chain()

    moments = [entry.recorded_at for entry in on(scene, shared, clock=clock).entries]

    assert moments == sorted(moments)
    assert moments[0] == MONDAY
    assert moments[-1] == max(moments) > clock.now
    assert len(set(moments)) == 3


def test_a_full_queue_refuses_and_recovers(shared):
    """
    Beyond its bound the journal records nothing of a request and says so; afterwards it takes requests again.
    """

    async def scene(log):
        async with held(log):
            first = asyncio.ensure_future(log.write(log.note("first")))
            await log.begun()
            waiting = [asyncio.ensure_future(log.write(log.note(f"waiting {number}"))) for number in range(3)]
            await asyncio.sleep(0)
            refused = await log.write_all([log.note("too many"), log.note("far too many")])
        await asyncio.gather(first, *waiting)
        again = await log.write(log.note("again"))
        return refused, again, await log.texts()

    refused, again, texts = on(scene, shared, queue_size=3)

    assert [type(each) for each in refused] == [QueueFull, QueueFull]
    assert [each.waiting for each in refused] == [3, 3]
    assert again.receipt.index == 5
    assert texts == ["first", "waiting 0", "waiting 1", "waiting 2", "again"]


def test_who_hangs_up_before_its_turn_is_not_recorded(shared):
    """
    Its neighbours are; and who hangs up later than that leaves an entry, and no damage.
    """

    async def scene(log):
        async with held(log):
            begun = asyncio.ensure_future(log.write(log.note("begun")))
            await log.begun()
            waiting = [asyncio.ensure_future(log.write(log.note(str(number)))) for number in range(3)]
            await asyncio.sleep(0)
            for each in (begun, waiting[1]):
                each.cancel()
            await asyncio.sleep(0)
        answers = await asyncio.gather(begun, *waiting, return_exceptions=True)
        return answers, await log.texts()

    answers, texts = on(scene, shared)

    assert [type(each) for each in answers] == [asyncio.CancelledError, Written, asyncio.CancelledError, Written]
    assert texts == ["begun", "0", "2"]


def test_everyone_hanging_up_does_not_stop_the_journal(shared):
    """
    A queue in which nobody waits any more is passed over.
    """

    async def scene(log):
        async with held(log):
            begun = asyncio.ensure_future(log.write(log.note("begun")))
            await log.begun()
            waiting = [asyncio.ensure_future(log.write(log.note(str(number)))) for number in range(3)]
            await asyncio.sleep(0)
            for each in waiting:
                each.cancel()
        await begun
        await log.write(log.note("after"))
        return await log.texts()

    assert on(scene, shared) == ["begun", "after"]


def test_closing_finishes_what_was_begun(shared):
    """
    The write under way gets its receipt; what waits, and what comes later, is told that nothing was recorded.
    """

    async def scene():
        async with ledger(shared) as log:
            async with held(log):
                begun = asyncio.ensure_future(log.write(log.note("begun")))
                await log.begun()
                waiting = [asyncio.ensure_future(log.write(log.note("waiting"))) for _ in range(3)]
                await asyncio.sleep(0)
                closing = asyncio.ensure_future(log.journal.__aexit__(None, None, None))
                await asyncio.wait(waiting)
                late = await log.write_all([log.note("late")])
                done_too_early = closing.done() or begun.done()
            await closing
            after = await log.write_all([log.note("after")])
            return await begun, [each.exception() for each in waiting], late, after, done_too_early, await log.texts()

    begun, waiting, late, after, done_too_early, texts = asyncio.run(scene())

    assert begun.receipt.index == 1
    assert not done_too_early
    assert [type(each) for each in (*waiting, *late, *after)] == [JournalClosed] * 5
    assert texts == ["begun"]


@pytest.mark.parametrize("turns", range(6))
def test_closing_at_any_moment_leaves_nobody_waiting(shared, turns):
    """
    However far a write has come, its caller hears that it is recorded or that it is not, and that is so.
    """

    async def scene():
        async with ledger(shared) as log:
            writing = [asyncio.ensure_future(log.write(log.note(str(number)))) for number in range(4)]
            for _ in range(turns):
                await asyncio.sleep(0)
            await log.journal.__aexit__(None, None, None)
            answers = await asyncio.wait_for(asyncio.gather(*writing, return_exceptions=True), 30)
            return answers, await log.texts()

    answers, texts = asyncio.run(scene())

    assert {type(each) for each in answers} <= {Written, JournalClosed}
    assert texts == [each.answer["text"] for each in answers if isinstance(each, Written)]


def test_journals_take_turns(shared):
    """
    Two journals that write to one log at once make one chain without gaps or forks.
    """

    async def scene():
        async with ledger(shared) as one, ledger(shared, tenant=one.tenant) as other:

            async def write(log, name):
                for number in range(15):
                    await log.write_all([log.note(f"{name} {number} {each}") for each in range(3)])

            await asyncio.gather(write(one, "one"), write(other, "other"))
            with suppress(asyncio.TimeoutError):
                return await one.texts()

    texts = asyncio.run(scene())

    assert len(texts) == len(set(texts)) == 90
    assert [text for text in texts if text.startswith("one")] == [
        f"one {number} {each}" for number in range(15) for each in range(3)
    ]
