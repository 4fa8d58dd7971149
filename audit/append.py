"""
Appending: staged entries get their index, their link and their place in the tree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.entry import entry_bytes
from audit.errors import UnknownTenant
from audit.link import Connection
from audit.merkle import leaf_hash
from audit.store import Head, Placed, inserted_entries, lock_heads, saved_heads
from audit.work import Receipt, Staged


@dataclass(frozen=True, slots=True)
class Placing:
    """Entries that have their places, and where the logs end with them."""

    placed: Sequence[Placed]
    heads: Mapping[UUID, Head]

    async def save(self, conn: Connection) -> None:
        """Inserts the entries and moves the heads, at the same time."""
        if self.placed:
            await conn.ask(*inserted_entries(self.placed), saved_heads(self.heads))


async def place(conn: Connection, staged: Sequence[Staged], now: datetime) -> Placing:
    """
    Gives the staged entries their places in order, within the caller's transaction.

    The heads' row locks last until commit, so indexes have no gaps and links no forks whoever else appends.
    """
    heads = await lock_heads(conn, {each.tenant for each in staged}) if staged else {}
    return Placing([_place(heads, each, now) for each in staged], heads)


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
    heads[staged.tenant] = Head(head.origin, head.incarnation, head.edge.push(leaf), leaf, moment)
    return Placed(staged, Receipt(head.origin, head.edge.size, leaf), head.last_leaf, body, moment)
