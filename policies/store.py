"""
The SQL of rules and attempts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.link import AnyConnection, Asked, Connection, Row
from audit.rows import insert_rows, of_each, pairs_of, update_rows
from policies.activation import Activation, Next, Trial
from policies.models import active_rules, attempts, rule_sets

AnyRow: TypeAlias = Any  # A row of the other kind of connection; its columns are those of an attempt.
Rows: TypeAlias = Sequence[Row]
Values: TypeAlias = Sequence[Mapping[str, object]]
Key: TypeAlias = tuple[UUID, UUID]
Call: TypeAlias = tuple[UUID, bytes]  # tenant, and the keyed hash of a vendor's call id

_COLUMNS = (
    "tenant_id, attempt_id, contact_id, sender_id, action, purpose, category, channel, technology, at, expires_at, "
    "state, outcome, outcome_at, outcome_source, duration_s, announced, call_ref, released_by, event_id"
)
_THESE = "tenant_id = ANY(CAST(:tenants AS uuid[])) AND {column} = ANY(CAST(:ids AS uuid[]))"
_OF_CONTACTS = text(
    of_each(
        f"SELECT {_COLUMNS} FROM attempts WHERE tenant_id = w.tenant AND contact_id = w.id "
        "AND (greatest(at, outcome_at) >= :since "
        "OR (greatest(at, outcome_at) >= :refused_since AND outcome IN ('refused', 'opted_out')) "
        "OR (state = 'held' AND expires_at > :asked))"
    )
)
_OF_IDS = text(f"SELECT {_COLUMNS} FROM attempts WHERE {_THESE.format(column='attempt_id')}")
_OF_CALLS = text(
    f"SELECT {_COLUMNS} FROM attempts "
    "WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) AND call_ref = ANY(CAST(:calls AS bytea[]))"
)
_LATEST_OF = text(
    f"SELECT {_COLUMNS} FROM attempts WHERE tenant_id = :tenant AND contact_id = ANY(CAST(:parts AS uuid[])) "
    "ORDER BY at DESC, attempt_id LIMIT :most"
)
_IN_FORCE = (
    "SELECT tenant_id, rule_set, activated_at, change_id, previous_set, next_set, next_at, next_change_id, trial_set, "
    "trial_percent, trial_change_id, trial_since FROM active_rules WHERE tenant_id = ANY(CAST(:tenants AS uuid[]))"
)
_ACTIVE = text(_IN_FORCE)
# Rows that others have changed and not committed are waited for, and come as they are then.
_HELD = text(f"{_IN_FORCE} ORDER BY tenant_id FOR SHARE")
_HELD_ALONE = text(f"{_IN_FORCE} ORDER BY tenant_id FOR UPDATE")
_RULE_SET = text("SELECT content FROM rule_sets WHERE tenant_id = :tenant AND rule_set = :rule_set")


async def load_attempts(
    conn: Connection,
    people: Sequence[Key],
    since: tuple[datetime, datetime, datetime],
    wanted: Sequence[Key],
    calls: Sequence[Call],
) -> Rows:
    """
    The attempts to reach these people that were made, or ended, since the first instant; those they refused since the
    second; the holds that were open at the third; and the named ones however old.
    """
    reach = {"since": since[0], "refused_since": since[1], "asked": since[2]}
    of_people: Sequence[Asked] = [(_OF_CONTACTS, {**pairs_of(people), **reach})] if people else []
    return await _all(conn, [*of_people, *_named(wanted, calls)])


async def find_attempts(conn: Connection, wanted: Sequence[Key], calls: Sequence[Call]) -> Rows:
    """The attempts of these ids, and those that became these calls."""
    return await _all(conn, _named(wanted, calls))


async def read_latest(conn: AsyncConnection, tenant: UUID, parts: Sequence[UUID], most: int) -> Sequence[AnyRow]:
    """The newest attempts to reach a person in all parts, newest first."""
    return (await conn.execute(_LATEST_OF, {"tenant": tenant, "parts": list(parts), "most": most})).all()


def _named(wanted: Sequence[Key], calls: Sequence[Call]) -> Sequence[Asked]:
    asked: list[Asked] = [(_OF_IDS, _pairs(wanted))] if wanted else []
    if calls:
        asked.append((_OF_CALLS, {"tenants": list({tenant for tenant, _ in calls}), "calls": [c for _, c in calls]}))
    return asked


async def _all(conn: Connection, asked: Sequence[Asked]) -> Rows:
    return [row for rows in await conn.ask(*asked) for row in rows] if asked else []


async def save_attempts(conn: Connection, made: Values, changed: Values) -> None:
    """New attempts, and what became of earlier ones."""
    await insert_rows(conn, attempts, made)
    await update_rows(conn, attempts, ("tenant_id", "attempt_id"), changed)


async def load_active(conn: Connection, tenants: Sequence[UUID]) -> dict[UUID, Activation]:
    """What each tenant has in force, before it, next and on trial; nothing of a tenant without rules."""
    rows = await conn.execute(_ACTIVE, {"tenants": list(tenants)})
    return {row.tenant_id: _activation(row) for row in rows}


async def hold_active(conn: Connection, *, alone: Sequence[UUID], shared: Sequence[UUID]) -> dict[UUID, Activation]:
    """The same, kept as it is until the commit: from everybody for tenants whose rules change, else from those who change."""
    found: dict[UUID, Activation] = {}
    for statement, tenants in ((_HELD_ALONE, alone), (_HELD, shared)):
        if tenants:
            rows = await conn.execute(statement, {"tenants": list(tenants)})
            found |= {row.tenant_id: _activation(row) for row in rows}
    return found


def _activation(row: Row) -> Activation:
    following = None if row.next_set is None else Next(row.next_set, row.next_at, row.next_change_id)
    trial = None
    if row.trial_set is not None:
        trial = Trial(row.trial_set, row.trial_percent, row.trial_change_id, row.trial_since)
    return Activation(row.rule_set, row.activated_at, row.change_id, row.previous_set, following, trial)


async def load_rule_set(conn: AnyConnection, tenant: UUID, rule_set: str) -> bytes | None:
    """The bytes of a published rule set."""
    content: bytes | None = await conn.scalar(_RULE_SET, {"tenant": tenant, "rule_set": rule_set})
    return content


async def publish(conn: Connection, rows: Values) -> None:
    """Adds rule sets; one that is there already has the same content, since its name is its hash."""
    for row in rows:
        await conn.execute(insert(rule_sets).on_conflict_do_nothing(), row)


async def activate(conn: Connection, activations: Mapping[UUID, Activation]) -> None:
    """Says what tenants have in force, before it, next and on trial."""
    for tenant, now in activations.items():
        following, trial = now.next, now.trial
        row = {
            "tenant_id": tenant,
            "rule_set": now.rule_set,
            "activated_at": now.since,
            "change_id": now.change,
            "previous_set": now.previous,
            "next_set": following and following.rule_set,
            "next_at": following and following.at,
            "next_change_id": following and following.change,
            "trial_set": trial and trial.rule_set,
            "trial_percent": None if trial is None else trial.percent,
            "trial_change_id": trial and trial.change,
            "trial_since": trial and trial.since,
        }
        statement = insert(active_rules).values(row)
        changed = {name: statement.excluded[name] for name in row if name != "tenant_id"}
        await conn.execute(statement.on_conflict_do_update(index_elements=["tenant_id"], set_=changed))


def _pairs(keys: Sequence[Key]) -> dict[str, object]:
    return {"tenants": list({tenant for tenant, _ in keys}), "ids": [each for _, each in keys]}
