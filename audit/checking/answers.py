"""
Remembered answers held against the log: each receipt must name an entry and have its leaf hash.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from audit.checking.rows import OTHER, Difference, shown
from audit.link import AnyConnection

_MOST = 1_000
# What names an entry that was pruned is believed: nobody can say what it was.
_OTHER_ANSWERS = text(
    "SELECT i.key, i.incarnation, i.entry_index, i.leaf_hash, e.leaf_hash AS entry_leaf FROM idempotency i "
    "LEFT JOIN entries e ON e.tenant_id = i.tenant_id AND e.incarnation = i.incarnation "
    "AND e.entry_index = i.entry_index WHERE i.tenant_id = :tenant "
    "AND (i.incarnation IS NULL) = (i.entry_index IS NULL) AND (i.leaf_hash IS NULL) = (i.entry_index IS NULL) "
    "IS FALSE OR i.tenant_id = :tenant AND i.entry_index IS NOT NULL AND e.leaf_hash IS DISTINCT FROM i.leaf_hash "
    "AND NOT EXISTS (SELECT 1 FROM prunings p WHERE p.tenant_id = i.tenant_id AND p.incarnation = i.incarnation "
    "AND p.up_to > i.entry_index) ORDER BY i.key LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """An answer whose receipt names no entry, or another one than it says."""

    key: str
    has_entry: bool
    difference: Difference


async def other_answers(conn: AnyConnection, tenant: UUID) -> Sequence[OtherAnswer]:
    """The first thousand of a tenant's answers that do not fit the log."""
    found = []
    for row in await conn.execute(_OTHER_ANSWERS, {"tenant": tenant, "most": _MOST}):
        place = None if row.incarnation is None or row.entry_index is None else (row.incarnation, row.entry_index)
        must, there = shown(row.entry_leaf), shown(row.leaf_hash)
        difference = Difference("idempotency", row.key, OTHER, "leaf_hash", must, there, place)
        found.append(OtherAnswer(row.key, row.entry_leaf is not None, difference))
    return found
