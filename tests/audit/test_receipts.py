"""
What became of receipts: present, another log's, never given, or with a hash that was never its.
"""

import asyncio
from dataclasses import replace

from audit.receipts import Fate, fates
from audit.work import Receipt, Written
from tests.audit.ledger import ledger


def test_what_is_there_is_present_and_nothing_else(database: str):
    """
    Each receipt of a log is present; with one byte, index or name changed it is unknown, and told why.
    """

    async def scene() -> tuple[list[Fate], list[Fate]]:
        async with ledger(database) as log:
            written = await log.write_all([log.note("something happened")] * 5)
            receipts = [each.receipt for each in written if isinstance(each, Written) and each.receipt is not None]
            some = receipts[2]
            wrong: list[Receipt] = [
                replace(some, leaf_hash=bytes(32)),
                replace(some, index=some.index + 1),
                replace(some, index=10_000),
                replace(some, log=some.log + "/2"),
                replace(some, log="venia.test/t/another"),
            ]
            async with log.snapshots.of(log.tenant) as conn:
                return await fates(conn, log.tenant, receipts), await fates(conn, log.tenant, wrong)

    right, wrong = asyncio.run(scene())

    assert {each.state for each in right} == {"present"}
    assert len(right) == 5
    assert {each.state for each in wrong} == {"unknown"}
    assert all(each.why for each in wrong)
