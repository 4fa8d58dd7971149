"""
Who owns the server can change what is stored there, and verification finds it.
"""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from audit.errors import BrokenChain
from audit.merkle import Edge, leaf_hash
from tests.audit.ledger import ledger
from tests.databases import fetch

LAST = 5
MINE = "tenant_id = $1"
ALTER = f"UPDATE entries SET body = set_byte(body, octet_length(body) - 5, 88) WHERE {MINE} AND entry_index"
SHORTEN = f"DELETE FROM entries WHERE {MINE} AND entry_index = 5"
REMOVE = f"DELETE FROM entries WHERE {MINE} AND entry_index = 0"
RENUMBER = f"UPDATE entries SET entry_index = entry_index - 1 WHERE {MINE} AND entry_index > 2"
FLIPPED = "set_byte(leaf_hash, 0, get_byte(leaf_hash, 0) # 1)"
COPY = f"UPDATE entries e SET body = o.body, leaf_hash = o.leaf_hash FROM entries o WHERE e.{MINE}"

TAMPERINGS = {
    "an altered byte": [f"{ALTER} = 3"],
    "an altered byte of the last entry": [f"{ALTER} = 5"],
    "an altered hash": [f"UPDATE entries SET leaf_hash = {FLIPPED} WHERE {MINE} AND entry_index = 5"],
    "a dropped entry": [f"DELETE FROM entries WHERE {MINE} AND entry_index = 2"],
    "a dropped entry, renumbered": [f"DELETE FROM entries WHERE {MINE} AND entry_index = 2", RENUMBER],
    "no beginning": [REMOVE],
    "a shorter log": [SHORTEN],
    "a shorter log and head": [SHORTEN, f"UPDATE log_heads SET size = 5 WHERE {MINE}"],
    "no entries": [f"DELETE FROM entries WHERE {MINE}"],
    "a head moved on": [f"UPDATE log_heads SET size = 7, edge = edge || last_leaf WHERE {MINE}"],
    "another tree": [f"UPDATE log_heads SET edge = set_byte(edge, 0, get_byte(edge, 0) # 1) WHERE {MINE}"],
    "another name": [f"UPDATE log_heads SET origin = origin || 'x' WHERE {MINE}"],
    "swapped entries": [
        f"{COPY} AND o.tenant_id = e.tenant_id AND e.entry_index IN (2, 3) AND o.entry_index = 5 - e.entry_index"
    ],
    "another log's entry": [f"{COPY} AND o.tenant_id <> e.tenant_id AND e.entry_index = 5 AND o.entry_index = 5"],
}


async def tamper(url: str, tenant: UUID, statements: list[str]) -> None:
    """
    Switches the guards off, as only the server's owner can, and changes what is stored.
    """
    conn = await asyncpg.connect(url)
    try:
        for table in ("entries", "log_heads"):
            await conn.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            await conn.execute(statement, tenant)
    finally:
        await conn.close()


@pytest.mark.parametrize("statements", TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_change_of_what_is_stored_is_found(shared, statements):
    """
    The log and its head are compared entry by entry, link by link, and by their roots.
    """

    async def scene():
        async with ledger(shared) as log, ledger(shared) as other:
            for each in (log, other):
                await each.write_all([each.note(str(number)) for number in range(LAST)])
            before = await log.chain()
            await tamper(shared, log.tenant, statements)
            with pytest.raises(BrokenChain):
                await log.chain()
            return before, await other.texts()

    before, others = asyncio.run(scene())

    assert len(before.entries) == LAST + 1
    assert others == list(map(str, range(LAST)))


def test_the_head_is_the_edge_of_what_is_stored(shared):
    """
    Size, tree, last leaf and last moment are those of the entries, and each row's columns those of its bytes.
    """

    async def scene():
        async with ledger(shared) as log:
            await log.write_all([log.note(str(number)) for number in range(LAST)])
            return log.tenant, await log.chain()

    tenant, chain = asyncio.run(scene())
    (head,) = fetch(shared, f"SELECT * FROM log_heads WHERE {MINE}", tenant)
    rows = fetch(shared, f"SELECT * FROM entries WHERE {MINE} ORDER BY entry_index", tenant)
    edge = Edge()
    for row in rows:
        edge = edge.push(leaf_hash(row["body"]))

    assert (head["size"], head["edge"]) == (edge.size, edge.to_bytes())
    assert (head["last_leaf"], head["last_at"]) == (rows[-1]["leaf_hash"], rows[-1]["recorded_at"])
    assert [
        (row["entry_index"], row["event_id"], row["previous"], row["recorded_at"], row["event"]) for row in rows
    ] == [(each.index, each.event_id, each.previous, each.recorded_at, each.payload["event"]) for each in chain.entries]
