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
from audit.merkle import Growing, leaf_hash
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
    ends = {tenant: _End(head) for tenant, head in heads.items()}
    placed = [_place(ends, each, now) for each in staged]
    return Placing(placed, {tenant: end.head() for tenant, end in ends.items()})


class _End:
    """Where a log ends while entries are added to it."""

    __slots__ = ("incarnation", "last_at", "last_leaf", "origin", "tree")

    def __init__(self, head: Head) -> None:
        self.origin, self.incarnation = head.origin, head.incarnation
        self.tree, self.last_leaf, self.last_at = Growing(head.edge), head.last_leaf, head.last_at

    def head(self) -> Head:
        """The head as it is to be saved."""
        return Head(self.origin, self.incarnation, self.tree.edge(), self.last_leaf, self.last_at)


def _place(ends: Mapping[UUID, _End], staged: Staged, now: datetime) -> Placed:
    end = ends.get(staged.tenant)
    if end is None:
        raise UnknownTenant(staged.tenant)
    moment = max(now, end.last_at)  # The log's clock never runs backwards, whatever the machines' clocks do.
    index, previous = end.tree.size, end.last_leaf
    body = entry_bytes(
        origin=end.origin,
        index=index,
        previous=previous,
        recorded_at=moment,
        event_id=staged.event_id,
        payload=staged.payload,
    )
    leaf = leaf_hash(body)
    end.tree.push(leaf)
    end.last_leaf, end.last_at = leaf, moment
    return Placed(staged, Receipt(end.origin, index, leaf), previous, body, moment)
