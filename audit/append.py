"""
Appending: staged entries get their index, their link and their place in the tree.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from audit.entry import entry_bytes
from audit.errors import UnknownTenant
from audit.link import Connection
from audit.merkle import leaf_hash
from audit.store import Head, Placed, insert_entries, lock_heads, save_heads
from audit.work import Receipt, Staged


async def append(conn: Connection, staged: Sequence[Staged], now: datetime) -> dict[UUID, Receipt]:
    """
    Appends the staged entries in order, within the caller's transaction; receipts by event id.

    The heads' row locks last until commit, so indexes have no gaps and links no forks whoever else appends.
    """
    if not staged:
        return {}
    heads = await lock_heads(conn, {each.tenant for each in staged})
    placed = [_place(heads, each, now) for each in staged]
    await insert_entries(conn, placed)
    await save_heads(conn, heads)
    return {each.staged.event_id: each.receipt for each in placed}


def _place(heads: dict[UUID, Head], staged: Staged, now: datetime) -> Placed:
    head = heads.get(staged.tenant)
    if head is None:
        raise UnknownTenant(staged.tenant)
    moment = max(now, head.last_at)  # The log's clock never runs backwards, whatever the machines' clocks do.
    body = entry_bytes(
        origin=head.origin,
        index=head.edge.size,
        previous=head.last_leaf,
        recorded_at=moment,
        event_id=staged.event_id,
        payload=staged.payload,
    )
    leaf = leaf_hash(body)
    heads[staged.tenant] = Head(head.origin, head.edge.push(leaf), leaf, moment)
    return Placed(staged, Receipt(head.origin, head.edge.size, leaf), head.last_leaf, body, moment)
