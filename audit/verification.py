"""
Verifying a tenant's log as it is stored: every entry, every link, the root.

Reads with its own eyes: nothing here is shared with the code that appends but the format and the hash functions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from audit.entry import GENESIS, Entry, parse_entry
from audit.errors import BrokenChain
from audit.merkle import EMPTY_ROOT, Edge, leaf_hash, node_hash
from audit.models import entries, log_heads
from audit.reader import Snapshots


@dataclass(frozen=True, slots=True)
class Chain:
    """A log whose entries follow from one another, and its root."""

    origin: str
    entries: tuple[Entry, ...]
    root: bytes


def verify_chain(origin: str, stored: Iterable[tuple[int, bytes, bytes]]) -> Chain:
    """
    Checks (index, body, leaf hash) rows, oldest first; BrokenChain names the first entry that does not fit.

    Zero entries are a valid chain with the root of the empty tree, and prove nothing.
    """
    read: list[Entry] = []
    leaves: list[bytes] = []
    previous, latest = GENESIS, datetime.min.replace(tzinfo=UTC)
    for position, (index, body, leaf) in enumerate(stored):
        # (1) Nothing is missing, (2) each entry says who and where it is, (3) it names its predecessor,
        # (4) its hash covers everything it says, (5) the clock never runs backwards.
        if index != position:
            raise BrokenChain(position, f"missing; entry {index} stands in its place")  # (1)
        entry = parse_entry(body, index)
        if entry.origin != origin:
            raise BrokenChain(index, f"it belongs to another log, {entry.origin}")  # (2)
        if entry.previous != previous:
            raise BrokenChain(index, "it does not follow the entry before it")  # (3)
        if leaf_hash(body) != leaf:
            raise BrokenChain(index, "its bytes do not have the hash that was stored")  # (4)
        if entry.recorded_at < latest:
            raise BrokenChain(index, "it was recorded before the entry in front of it")  # (5)
        read.append(entry)
        leaves.append(leaf)
        previous, latest = leaf, entry.recorded_at
    return Chain(origin, tuple(read), root_of(leaves))


def root_of(leaves: list[bytes]) -> bytes:
    """The tree's root by the definition of RFC 6962 §2.1, level by level; an odd node is promoted."""
    if not leaves:
        return EMPTY_ROOT
    level = leaves
    while len(level) > 1:
        paired = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0]


async def read_chain(snapshots: Snapshots, tenant: UUID) -> Chain:
    """Reads and verifies a whole log, and compares it with its head; BrokenChain where they differ."""
    async with snapshots.of(tenant) as conn:
        head = (await conn.execute(select(log_heads).where(log_heads.c.tenant_id == tenant))).one()
        rows = await conn.execute(
            select(entries.c.entry_index, entries.c.body, entries.c.leaf_hash)
            .where(entries.c.tenant_id == tenant, entries.c.incarnation == head.incarnation)
            .order_by(entries.c.entry_index)
        )
        chain = verify_chain(head.origin, ((row.entry_index, row.body, row.leaf_hash) for row in rows))
    if len(chain.entries) != head.size:
        raise BrokenChain(len(chain.entries), f"the head says that the log has {head.size} entries")
    if Edge.from_bytes(head.size, head.edge).root() != chain.root:
        raise BrokenChain(head.size, "the head's tree is another than that of the entries")
    return chain
