"""
A connection that breaks in COMMIT neither loses a write nor doubles it.
"""

import asyncio
from uuid import uuid4

import pytest

from audit.errors import DatabaseAway, OutcomeUnknown
from audit.merkle import leaf_hash
from audit.origins import new_origin
from audit.tenants import OpenTenant
from tests.audit.ledger import Note, key_for, ledger
from tests.audit.proxy import Cut, proxied
from tests.databases import fetch


def rows_of(url, tenant):
    """
    The log as it is stored: index, leaf hash, and what its bytes hash to.
    """
    rows = fetch(url, "SELECT entry_index, leaf_hash, body FROM entries WHERE tenant_id = $1 ORDER BY 1", tenant)
    return [(row["entry_index"], row["leaf_hash"], leaf_hash(row["body"])) for row in rows]


@pytest.mark.parametrize("cut", Cut, ids=lambda cut: cut.name)
@pytest.mark.parametrize("keyed", [True, False], ids=["with a key", "without a key"])
def test_a_commit_in_doubt_is_looked_up(own_postgres, cut, keyed):
    """
    Whether or not COMMIT arrived, the caller gets the receipt of the one entry that there is.
    """

    async def scene():
        async with proxied(own_postgres.url) as (proxy, way), ledger(way, seen=own_postgres.url) as log:
            proxy.arm(cut)
            written = await log.write(log.note("once", key_for("key") if keyed else None))
            after = await log.write(log.note("after"))
            return log.tenant, proxy.cuts, written, after, await log.texts()

    tenant, cuts, written, after, texts = asyncio.run(scene())
    rows = rows_of(own_postgres.url, tenant)

    assert cuts == 1
    assert texts == ["once", "after"]
    assert (written.receipt.index, written.answer) == (1, {"text": "once"})
    assert rows[1] == (1, written.receipt.leaf_hash, written.receipt.leaf_hash)
    assert (after.receipt.index, after.receipt.leaf_hash) == rows[2][:2]


@pytest.mark.parametrize("cut", Cut, ids=lambda cut: cut.name)
def test_a_whole_batch_in_doubt_is_looked_up(own_postgres, cut):
    """
    Twenty callers of two tenants get one entry each, and each its own receipt.
    """

    async def scene():
        async with proxied(own_postgres.url) as (proxy, way), ledger(way, seen=own_postgres.url) as log:
            other = uuid4()
            await log.write(OpenTenant(other, "T", new_origin("venia.test"), "test"))
            log.batches.clear()
            proxy.arm(cut)
            tenants = [log.tenant, other] * 10
            requests = [Note(tenant, str(number), key_for(f"key {number}")) for number, tenant in enumerate(tenants)]
            written = await log.write_all(requests)
            return tenants, written, log.batches, {tenant: await log.texts(tenant) for tenant in tenants}

    tenants, written, batches, texts = asyncio.run(scene())
    rows = {tenant: rows_of(own_postgres.url, tenant) for tenant in tenants}

    assert batches == [20]
    assert texts == {
        tenants[0]: [str(each) for each in range(0, 20, 2)],
        tenants[1]: [str(each) for each in range(1, 20, 2)],
    }
    for tenant, each in zip(tenants, written, strict=True):
        assert rows[tenant][each.receipt.index][:2] == (each.receipt.index, each.receipt.leaf_hash)


def test_a_connection_that_breaks_again_and_again(own_postgres):
    """
    Three COMMITs that never arrive are tried a fourth time, and the fourth, which breaks too, is looked up.
    """

    async def scene():
        async with proxied(own_postgres.url) as (proxy, way), ledger(way, seen=own_postgres.url) as log:
            proxy.arm(Cut.BEFORE, Cut.BEFORE, Cut.BEFORE, Cut.AFTER)
            written = await log.write(log.note("once"))
            return proxy.cuts, written, await log.texts()

    cuts, written, texts = asyncio.run(scene())

    assert cuts == 4
    assert texts == ["once"]
    assert written.receipt.index == 1


@pytest.mark.parametrize("cut", Cut, ids=lambda cut: cut.name)
def test_a_tenant_opened_in_doubt_is_open(own_postgres, cut):
    """
    Its log has no head to lock before COMMIT, and yet it is opened once.
    """

    async def scene():
        async with proxied(own_postgres.url) as (proxy, way), ledger(way, seen=own_postgres.url) as log:
            tenant = uuid4()
            proxy.arm(cut)
            written = await log.write(OpenTenant(tenant, "T", new_origin("venia.test"), "test"))
            return written, await log.chain(tenant)

    written, chain = asyncio.run(scene())

    assert written.receipt.index == 0
    assert len(chain.entries) == 1


@pytest.mark.parametrize("cut", Cut, ids=lambda cut: cut.name)
def test_a_replay_in_doubt_is_only_a_replay(own_postgres, cut):
    """
    A batch that records nothing new has nothing to lose: the answer is the first one.
    """

    async def scene():
        async with proxied(own_postgres.url) as (proxy, way), ledger(way, seen=own_postgres.url) as log:
            first = await log.write(log.note("once", key_for("key")))
            proxy.arm(cut)
            again = await log.write(log.note("once", key_for("key")))
            return first, again, await log.texts()

    first, again, texts = asyncio.run(scene())

    assert (again.receipt, again.replayed) == (first.receipt, True)
    assert texts == ["once"]


def test_a_database_that_stays_away_leaves_the_outcome_open(own_postgres):
    """
    The caller is told that nobody knows; repeating under the same key gives one entry, whatever had happened.
    """

    async def scene(cut):
        async with proxied(own_postgres.url) as (proxy, way), ledger(way, seen=own_postgres.url) as log:
            proxy.arm(cut, stays_away=True)
            request = log.note("once", key_for("key"))
            (unknown,) = await log.write_all([request])
            (away,) = await log.write_all([log.note("away")])
            found = await log.texts()
            proxy.come_back()
            again = await log.write(request)
            return unknown, away, found, again, await log.texts()

    async def together():
        return await asyncio.gather(*map(scene, Cut))

    outcomes = dict(zip(Cut, asyncio.run(together()), strict=True))

    for cut, (unknown, away, found, again, texts) in outcomes.items():
        assert isinstance(unknown, OutcomeUnknown)
        assert isinstance(away, DatabaseAway)
        assert texts == ["once"]
        assert again.receipt.index == 1
        assert again.replayed is (found == ["once"])
        assert cut is Cut.SENT or found == (["once"] if cut is Cut.AFTER else [])
