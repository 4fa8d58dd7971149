"""
How far checks have come: the mark of what was verified last, and that of the check under way.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.checking import store
from audit.checking.walking import Mark, read_mark
from audit.entry import Json
from audit.link import AnyConnection
from audit.origins import origin_of

_LASTS = timedelta(days=1)
_PROGRESS = text(
    "SELECT verified, CASE WHEN saved_at > :since THEN under_way END AS under_way FROM fsck_progress "
    "WHERE tenant_id = :tenant"
)
_SAVE_PROGRESS = text(
    "INSERT INTO fsck_progress (tenant_id, verified, under_way, saved_at) "
    "VALUES (:tenant, :verified, :under_way, :now) ON CONFLICT (tenant_id) DO UPDATE SET "
    "verified = excluded.verified, under_way = excluded.under_way, saved_at = excluded.saved_at"
)


async def read_progress(
    conn: AnyConnection, tenant: UUID, now: datetime
) -> tuple[Mapping[str, Json] | None, Mapping[str, Json] | None]:
    """What was verified last, and the check that is under way unless it was left a day ago: much may happen in a day."""
    row = (await conn.execute(_PROGRESS, {"tenant": tenant, "since": now - _LASTS})).one_or_none()
    if row is None:
        return None, None
    verified, under_way = (None if text is None else orjson.loads(text) for text in (row.verified, row.under_way))
    return verified, under_way


async def save_progress(
    conn: AsyncConnection,
    tenant: UUID,
    verified: Mapping[str, Json] | None,
    under_way: Mapping[str, Json] | None,
    now: datetime,
) -> None:
    """Keeps how far a check has come."""
    documents = {
        "verified": None if verified is None else orjson.dumps(verified).decode(),
        "under_way": None if under_way is None else orjson.dumps(under_way).decode(),
    }
    await conn.execute(_SAVE_PROGRESS, {"tenant": tenant, **documents, "now": now})


async def still_signed(conn: AnyConnection, tenant: UUID, verified: Mapping[str, Json]) -> Mark:
    """The mark that was kept if it stands at a checkpoint of the tree that was walked; else the beginning."""
    head = await store.read_head(conn, tenant)
    try:
        mark = read_mark(verified)
        root = mark.edge().root()
    except (KeyError, TypeError, ValueError):
        return Mark()
    origin = "" if head is None else origin_of(head.origin, mark.incarnation)
    signed = await store.read_signed(conn, tenant, origin, mark.size - 1, mark.size)
    return mark if signed.get(mark.size) == root else Mark()
