"""
A request repeated under its key is carried out once, however often and wherever it is repeated.
"""

import asyncio
from datetime import timedelta
from uuid import uuid4

from audit.errors import IdempotencyReused, Refused
from audit.origins import new_origin
from audit.tenants import OpenTenant
from tests.audit.bad import Refuses
from tests.audit.ledger import Clock, Note, key_for, ledger, on
from tests.databases import fetch


def test_fifty_at_once_are_one(shared):
    """
    One entry, forty-nine replays, one answer and one receipt.
    """

    async def scene(log):
        written = await log.write_all([log.note("once", key_for("key"))] * 50)
        return written, await log.texts()

    written, texts = on(scene, shared)

    assert texts == ["once"]
    assert [each.replayed for each in written] == [False] + [True] * 49
    assert {each.receipt for each in written} == {written[0].receipt}
    assert all(each.answer == {"text": "once"} for each in written)


def test_fifty_at_once_through_several_journals_are_one(shared):
    """
    Journals that know nothing of each other agree through the database.
    """

    async def scene():
        async with ledger(shared) as one:
            tenant = one.tenant
            async with ledger(shared, tenant=tenant) as two, ledger(shared, tenant=tenant) as three:
                request = one.note("once", key_for("key"))
                written = await asyncio.gather(*[log.write(request) for log in (one, two, three) * 17])
                return written, await one.texts()

    written, texts = asyncio.run(scene())

    assert texts == ["once"]
    assert [each.replayed for each in written].count(False) == 1
    assert {each.receipt for each in written} == {written[0].receipt}
    assert all(each.answer == {"text": "once"} for each in written)


def test_a_repetition_gets_the_first_answer(shared):
    """
    Later, from another process, with the receipt of the first entry.
    """

    async def scene():
        async with ledger(shared) as log:
            first = await log.write(log.note("once", key_for("key")))
            await log.write(log.note("between"))
        async with ledger(shared, tenant=log.tenant) as later:
            again = await later.write(Note(log.tenant, "once", key_for("key")))
            return first, again, await later.texts()

    first, again, texts = asyncio.run(scene())

    assert not first.replayed
    assert again.replayed
    assert (again.answer, again.receipt) == (first.answer, first.receipt)
    assert texts == ["once", "between"]


def test_a_key_used_for_something_else_is_refused(shared):
    """
    In the same batch and later; nothing of it is recorded, and the first answer stands.
    """

    async def scene(log):
        first, clash = await log.write_all(
            [log.note("one", key_for("key")), log.note("other", key_for("key", "other"))]
        )
        (later,) = await log.write_all([log.note("other", key_for("key", "other"))])
        again = await log.write(log.note("one", key_for("key")))
        return first, clash, later, again, await log.texts()

    first, clash, later, again, texts = on(scene, shared)

    assert isinstance(clash, IdempotencyReused)
    assert isinstance(later, IdempotencyReused)
    assert (again.receipt, again.replayed) == (first.receipt, True)
    assert texts == ["one"]


def test_a_key_is_kept_for_seven_days(shared):
    """
    To the microsecond: up to then a repetition is a replay, from then on the key is free, for anything.
    """
    clock = Clock()

    async def scene(log):
        first = await log.write(log.note("one", key_for("key")))
        clock.move(timedelta(days=7) - timedelta(microseconds=1))
        before = await log.write(log.note("one", key_for("key")))
        clock.move(timedelta(microseconds=1))
        after = await log.write(log.note("two", key_for("key", "two")))
        again = await log.write(log.note("two", key_for("key", "two")))
        return first, before, after, again, await log.texts()

    first, before, after, again, texts = on(scene, shared, clock=clock)

    assert (before.receipt, before.replayed) == (first.receipt, True)
    assert (after.receipt.index, after.replayed) == (2, False)
    assert (again.receipt, again.replayed) == (after.receipt, True)
    assert texts == ["one", "two"]


def test_a_key_is_its_tenants(shared):
    """
    The same key of another tenant is another key, in one batch and across batches.
    """

    async def scene(log):
        other = uuid4()
        await log.write(OpenTenant(other, "T", new_origin("venia.test"), "test"))
        requests = [log.note("one", key_for("key")), Note(other, "other", key_for("key", "other"))]
        return await log.write_all(requests), await log.write_all(requests), await log.texts(), await log.texts(other)

    written, again, texts, others = on(scene, shared)

    assert [each.replayed for each in written] == [False, False]
    assert [each.receipt for each in again] == [each.receipt for each in written]
    assert (texts, others) == (["one"], ["other"])


def test_a_refusal_is_not_remembered(shared):
    """
    The mended request may use the key of the one that was refused, even in the same batch.
    """

    async def scene(log):
        requests = [Refuses(log.tenant, "bad", key_for("key")), log.note("mended", key_for("key", "mended"))]
        return await log.write_all(requests), await log.texts()

    (refused, mended), texts = on(scene, shared)

    assert type(refused) is Refused
    assert not mended.replayed
    assert texts == ["mended"]


def test_an_answer_without_a_key_is_not_kept(shared):
    """
    What may be repeated harmlessly leaves nothing to remember.
    """

    async def scene(log):
        await log.write_all([log.note("same"), log.note("same")])
        return log.tenant, await log.texts()

    tenant, texts = on(scene, shared)

    assert texts == ["same", "same"]
    assert fetch(shared, "SELECT key FROM idempotency WHERE tenant_id = $1", tenant) == []
