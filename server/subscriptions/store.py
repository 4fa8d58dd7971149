"""
The SQL of subscriptions.  A worker's word counts only while the line is under its lease.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.following import Place
from audit.link import AnyConnection, Connection
from audit.rows import insert_rows
from server.models import subscription_lines, subscriptions
from server.subscriptions.records import DeadLetter, Line, Subscription

AnyRow: TypeAlias = Any  # Of the statements here, by either kind of connection.

_PAIRS = "(SELECT * FROM unnest(CAST(:tenants AS uuid[]), CAST(:ids AS uuid[])))"
_LOCK = text(
    "SELECT 1 FROM subscriptions WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) "
    "ORDER BY tenant_id, subscription_id FOR UPDATE"
)
_OF_TENANTS = text(
    "SELECT s.tenant_id, s.subscription_id, s.url, s.types, s.sealed_secret, s.state, s.created_at, d.incarnation, "
    "d.entry_index, coalesce(d.attempts, 0) AS attempts, d.next_at, d.detail, d.delivered_at, "
    "(SELECT count(*) FROM dead_letters l WHERE l.tenant_id = s.tenant_id "
    "AND l.subscription_id = s.subscription_id) AS dead "
    "FROM subscriptions s LEFT JOIN subscription_lines d ON d.tenant_id = s.tenant_id AND d.subscription_id = s.subscription_id "
    "WHERE s.tenant_id = ANY(CAST(:tenants AS uuid[])) ORDER BY s.tenant_id, s.created_at, s.subscription_id"
)
_END = text(f"UPDATE subscriptions SET state = 'gone' WHERE (tenant_id, subscription_id) IN {_PAIRS}")
_DROP = text(f"DELETE FROM subscriptions WHERE (tenant_id, subscription_id) IN {_PAIRS}")
_DROP_LINES = text(f"DELETE FROM subscription_lines WHERE (tenant_id, subscription_id) IN {_PAIRS}")
_DROP_LETTERS = text(f"DELETE FROM dead_letters WHERE (tenant_id, subscription_id) IN {_PAIRS}")
_LETTERS = (
    "SELECT event_id, incarnation, entry_index, event, attempts, detail, died_at, asked_at FROM dead_letters "
    "WHERE tenant_id = :tenant AND subscription_id = :subscription"
)
_LIST_LETTERS = text(f"{_LETTERS} ORDER BY incarnation, entry_index LIMIT :most")
_ASKED_LETTERS = text(f"{_LETTERS} AND asked_at IS NOT NULL ORDER BY incarnation, entry_index LIMIT :most")
_FIND_LETTER = text(f"{_LETTERS} AND event_id = :event")
_ASK = text(
    "UPDATE dead_letters SET asked_at = :now "
    "WHERE tenant_id = :tenant AND subscription_id = :subscription AND event_id = :event"
)
# The line that waits longest comes first; one that somebody else takes at this moment is left to him.
_CLAIM = text(
    "UPDATE subscription_lines d SET lease = :lease, lease_until = :until FROM ("
    "SELECT l.tenant_id, l.subscription_id FROM subscription_lines l JOIN log_heads h ON h.tenant_id = l.tenant_id "
    "WHERE (l.lease_until IS NULL OR l.lease_until <= :now) AND (l.next_at IS NULL OR l.next_at <= :now) AND ("
    "(h.incarnation, h.size) > (l.incarnation, l.entry_index) "
    "OR EXISTS (SELECT 1 FROM dead_letters x WHERE x.tenant_id = l.tenant_id "
    "AND x.subscription_id = l.subscription_id AND x.asked_at IS NOT NULL)) "
    "ORDER BY l.delivered_at NULLS FIRST, l.tenant_id, l.subscription_id LIMIT :most FOR UPDATE OF l SKIP LOCKED) due "
    "WHERE d.tenant_id = due.tenant_id AND d.subscription_id = due.subscription_id "
    "RETURNING d.tenant_id, d.subscription_id, d.lease, d.incarnation, d.entry_index, d.attempts, d.next_at"
)
_MINE = "WHERE tenant_id = :tenant AND subscription_id = :subscription AND lease = :lease"
_MOVE = text(
    "UPDATE subscription_lines SET incarnation = :incarnation, entry_index = :index, attempts = 0, next_at = NULL, "
    f"detail = :detail, delivered_at = coalesce(:delivered_at, delivered_at) {_MINE}"
)
_WAIT = text(f"UPDATE subscription_lines SET attempts = :attempts, next_at = :next_at, detail = :detail {_MINE}")
_RELEASE = text(f"UPDATE subscription_lines SET lease = NULL, lease_until = NULL {_MINE}")
_BURY = text(
    "WITH moved AS (UPDATE subscription_lines SET incarnation = :incarnation, entry_index = :index, attempts = 0, next_at = NULL, "
    f"detail = :detail {_MINE} RETURNING 1) "
    "INSERT INTO dead_letters (tenant_id, subscription_id, event_id, incarnation, entry_index, event, attempts, detail, "
    "died_at) SELECT :tenant, :subscription, :event, :at_incarnation, :at_index, :type, :attempts, :detail, :now FROM moved "
    "ON CONFLICT (tenant_id, subscription_id, event_id) DO UPDATE SET attempts = excluded.attempts, "
    "detail = excluded.detail, died_at = excluded.died_at, asked_at = NULL"
)
_DELIVER_LETTER = text(
    "DELETE FROM dead_letters WHERE tenant_id = :tenant AND subscription_id = :subscription AND event_id = :event"
)
_REFUSE_LETTER = text(
    "UPDATE dead_letters SET asked_at = NULL, attempts = attempts + 1, detail = :detail "
    "WHERE tenant_id = :tenant AND subscription_id = :subscription AND event_id = :event"
)
Key: TypeAlias = tuple[UUID, UUID]


# What the journal writes, and what everybody asks.


async def lock(conn: Connection, tenants: Collection[UUID]) -> None:
    """Locks the tenants' subscriptions, in sorted order."""
    await conn.execute(_LOCK, {"tenants": sorted(tenants)})


async def read(conn: AnyConnection, tenants: Collection[UUID]) -> list[Subscription]:
    """The tenants' subscriptions, oldest first."""
    return [_subscription(row) for row in await conn.execute(_OF_TENANTS, {"tenants": sorted(tenants)})]


async def insert(conn: Connection, made: Sequence[Mapping[str, object]], lines: Sequence[Mapping[str, object]]) -> None:
    """New subscriptions, and where their lines begin."""
    await insert_rows(conn, subscriptions, made)
    await insert_rows(conn, subscription_lines, lines)


async def end(conn: Connection, gone: Sequence[Key]) -> None:
    """Subscriptions whose lines end; they and their dead letters stay to be looked at."""
    await conn.execute(_DROP_LINES, _pairs(gone))
    await conn.execute(_END, _pairs(gone))


async def drop(conn: Connection, dropped: Sequence[Key]) -> None:
    """Subscriptions with all that is theirs: first the line, for whose lock a worker's last word is waited for."""
    for statement in (_DROP_LINES, _DROP_LETTERS, _DROP):
        await conn.execute(statement, _pairs(dropped))


async def find_letter(conn: AnyConnection, key: Key, event: UUID) -> DeadLetter | None:
    """A dead letter by its event."""
    row = (await conn.execute(_FIND_LETTER, {**_named(key), "event": event})).one_or_none()
    return None if row is None else _letter(row)


async def ask_again(conn: Connection, key: Key, event: UUID, now: datetime) -> None:
    """Has the worker send a dead letter once more."""
    await conn.execute(_ASK, {**_named(key), "event": event, "now": now})


async def list_letters(conn: AnyConnection, key: Key, most: int, *, asked: bool = False) -> list[DeadLetter]:
    """The oldest dead letters of a subscription, or of those the ones that somebody asked for."""
    statement = _ASKED_LETTERS if asked else _LIST_LETTERS
    return [_letter(row) for row in await conn.execute(statement, {**_named(key), "most": most})]


# What the worker writes.


async def claim(conn: AsyncConnection, lease: UUID, *, now: datetime, until: datetime, most: int) -> list[Line]:
    """Lines with something to deliver, each ours until then."""
    rows = await conn.execute(_CLAIM, {"lease": lease, "now": now, "until": until, "most": most})
    return [Line(row[0], row[1], row[2], Place(row[3], row[4]), row[5], row[6]) for row in rows]


async def move(
    conn: AsyncConnection, line: Line, place: Place, delivered_at: datetime | None, detail: str | None = None
) -> bool:
    """Notes how far the line has come; False if it is not ours any more."""
    at = {"incarnation": place.incarnation, "index": place.index, "delivered_at": delivered_at, "detail": detail}
    return (await conn.execute(_MOVE, {**_mine(line), **at})).rowcount == 1


async def wait(conn: AsyncConnection, line: Line, attempts: int, next_at: datetime, detail: str) -> None:
    """Notes a try that failed, and when the next one is due."""
    await conn.execute(_WAIT, {**_mine(line), "attempts": attempts, "next_at": next_at, "detail": detail})


async def bury(conn: AsyncConnection, line: Line, letter: DeadLetter, after: Place) -> bool:
    """Lays an event with the dead and moves the line on, both or nothing; False if the line is not ours any more."""
    asked = {
        "incarnation": after.incarnation,
        "index": after.index,
        "event": letter.event,
        "at_incarnation": letter.place.incarnation,
        "at_index": letter.place.index,
        "type": letter.type,
        "attempts": letter.attempts,
        "detail": letter.detail,
        "now": letter.died_at,
    }
    return (await conn.execute(_BURY, {**_mine(line), **asked})).rowcount == 1


async def release(conn: AsyncConnection, line: Line) -> None:
    """Gives the line back."""
    await conn.execute(_RELEASE, _mine(line))


async def settle_letter(conn: AsyncConnection, line: Line, event: UUID, detail: str | None) -> None:
    """A dead letter was taken after all (no detail), or was not."""
    about = {"tenant": line.tenant, "subscription": line.subscription, "event": event}
    if detail is None:
        await conn.execute(_DELIVER_LETTER, about)
    else:
        await conn.execute(_REFUSE_LETTER, {**about, "detail": detail})


def _mine(line: Line) -> dict[str, object]:
    return {"tenant": line.tenant, "subscription": line.subscription, "lease": line.lease}


def _named(key: Key) -> dict[str, object]:
    return {"tenant": key[0], "subscription": key[1]}


def _pairs(keys: Sequence[Key]) -> dict[str, object]:
    return {"tenants": [tenant for tenant, _ in keys], "ids": [each for _, each in keys]}


def _subscription(row: AnyRow) -> Subscription:
    place = None if row.incarnation is None else Place(row.incarnation, row.entry_index)
    about = (
        row.tenant_id,
        row.subscription_id,
        row.url,
        tuple(row.types),
        row.sealed_secret,
        row.state,
        row.created_at,
    )
    return Subscription(*about, place, row.attempts, row.next_at, row.detail, row.delivered_at, row.dead)


def _letter(row: AnyRow) -> DeadLetter:
    event, incarnation, index, *rest = row
    return DeadLetter(event, Place(incarnation, index), *rest)
