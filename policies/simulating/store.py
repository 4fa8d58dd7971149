"""
The SQL of simulations.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.dialects.postgresql import insert

from audit.link import AnyConnection, Connection
from policies.models import rule_reports, simulations
from policies.simulating.records import Simulation

AnyRow: TypeAlias = Any  # A row of either kind of connection; its columns are named by the statements.
Key: TypeAlias = tuple[UUID, UUID]  # tenant and simulation

_COLUMNS = (
    "tenant_id, simulation_id, base_set, candidate_set, mode, assume, origin, first_index, end_index, questions, actor, "
    "requested_at, state, done, total, starts, detail, report_hash, ready_at"
)
_THESE = "(tenant_id, simulation_id) IN (SELECT * FROM unnest(CAST(:tenants AS uuid[]), CAST(:ids AS uuid[])))"
_THIS = "tenant_id = :tenant AND simulation_id = :simulation"
_FIND = text(f"SELECT {_COLUMNS} FROM simulations WHERE {_THESE}")
_LOCK = text(
    f"SELECT simulation_id FROM simulations WHERE {_THESE} ORDER BY tenant_id, simulation_id FOR NO KEY UPDATE"
)
_COUNT_WAITING = text(
    "SELECT tenant_id, count(*) AS waiting FROM simulations WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) "
    "AND state IN ('queued', 'running') GROUP BY tenant_id"
)
_REPORT = text(f"SELECT report FROM simulations WHERE {_THIS}")
_CANDIDATE = text(f"SELECT candidate FROM simulations WHERE {_THIS}")
_CANCEL = text(f"UPDATE simulations SET state = 'cancelled', detail = :detail WHERE {_THIS}")
_FINISH = text(
    "UPDATE simulations SET state = 'ready', done = total, detail = NULL, report = :report, report_hash = :report_hash, "
    f"ready_at = :now WHERE {_THIS}"
)
# Each tenant's oldest come first: whoever asks for many waits for his own, and keeps nobody else waiting.
_WAITING = text(
    f"SELECT {_COLUMNS} FROM (SELECT *, row_number() OVER (PARTITION BY tenant_id ORDER BY requested_at, simulation_id) "
    "AS turn FROM simulations WHERE state IN ('queued', 'running')) waiting ORDER BY turn, requested_at, tenant_id"
)
_TAKE = text(
    "UPDATE simulations SET state = 'running', done = 0, total = 0, detail = NULL, starts = starts + 1 "
    f"WHERE {_THIS} AND state IN ('queued', 'running') RETURNING {_COLUMNS}"
)
_PROGRESS = text(
    f"UPDATE simulations SET done = :done, total = :total WHERE {_THIS} AND state = 'running' RETURNING simulation_id"
)
_FAIL = text(f"UPDATE simulations SET state = 'failed', detail = :detail WHERE {_THIS} AND state = 'running'")
_GIVE_BACK = text(
    f"UPDATE simulations SET state = 'queued', starts = starts - 1, done = 0, total = 0 WHERE {_THIS} AND state = 'running'"
)


# What the journal writes, and what everybody asks.


async def find_simulations(conn: AnyConnection, wanted: Collection[Key]) -> dict[Key, Simulation]:
    """Those of these simulations that there are."""
    rows = await _rows(conn, _FIND, _pairs(wanted))
    return {(row.tenant_id, row.simulation_id): Simulation(*row) for row in rows}


async def lock_simulations(conn: Connection, wanted: Collection[Key]) -> None:
    """Locks them, so that one that is cancelled is not ready at the same moment."""
    await conn.execute(_LOCK, _pairs(wanted))


async def count_waiting(conn: AnyConnection, tenants: Collection[UUID]) -> dict[UUID, int]:
    """How many simulations of these tenants are not over."""
    rows = await _rows(conn, _COUNT_WAITING, {"tenants": sorted(tenants)})
    return {row.tenant_id: row.waiting for row in rows}


async def insert_simulation(conn: Connection, each: Simulation, candidate: bytes, report: bytes | None) -> None:
    """Inserts a simulation that was asked for, with the content of what is tried, and its report if it is ready."""
    values = (getattr(each, name) for name in Simulation.__slots__)
    row = dict(zip(_COLUMNS.split(", "), values, strict=True))
    await conn.execute(insert(simulations).values({**row, "candidate": candidate, "report": report}))


async def note_report(conn: Connection, row: Mapping[str, object]) -> None:
    """Notes a report; one that is there already is the same, since its name is its hash."""
    await conn.execute(insert(rule_reports).values(row).on_conflict_do_nothing())


async def cancel(conn: Connection, key: Key, detail: str) -> None:
    """It is over."""
    await conn.execute(_CANCEL, {**_this(key), "detail": detail})


async def finish(conn: Connection, key: Key, done: Mapping[str, object]) -> None:
    """It is ready; ``done`` has report, report_hash and now."""
    await conn.execute(_FINISH, {**_this(key), **done})


async def read_report(conn: AnyConnection, key: Key) -> bytes | None:
    """The report, if it is ready."""
    rows = await _rows(conn, _REPORT, _this(key))
    return rows[0].report if rows else None


async def read_candidate(conn: AnyConnection, key: Key) -> bytes | None:
    """The content of the rule set that is tried."""
    rows = await _rows(conn, _CANDIDATE, _this(key))
    return rows[0].candidate if rows else None


# What workers do; they connect as venia_checkpointer and see every tenant.


async def waiting(conn: AnyConnection) -> list[Simulation]:
    """Every simulation that somebody must run, the oldest first; a running one may be some other worker's."""
    return [Simulation(*row) for row in await _rows(conn, _WAITING, {})]


async def take(conn: AnyConnection, key: Key) -> Simulation | None:
    """The simulation, now running; None when it is over.  The caller MUST hold its lock."""
    rows = await _rows(conn, _TAKE, _this(key))
    return Simulation(*rows[0]) if rows else None


async def tell_progress(conn: AnyConnection, key: Key, done: int, total: int) -> bool:
    """How many decisions are done; whether it still runs."""
    return bool(await _rows(conn, _PROGRESS, {**_this(key), "done": done, "total": total}))


async def fail(conn: AnyConnection, key: Key, detail: str) -> None:
    """It failed for this reason."""
    await _rows(conn, _FAIL, {**_this(key), "detail": detail})


async def give_back(conn: AnyConnection, key: Key) -> None:
    """Whoever ran it stops in the middle; it waits again, and this start does not count."""
    await _rows(conn, _GIVE_BACK, _this(key))


def _this(key: Key) -> dict[str, object]:
    return {"tenant": key[0], "simulation": key[1]}


def _pairs(wanted: Collection[Key]) -> dict[str, object]:
    return {"tenants": [tenant for tenant, _ in wanted], "ids": [each for _, each in wanted]}


async def _rows(conn: AnyConnection, statement: TextClause, values: Mapping[str, object]) -> Sequence[AnyRow]:
    result: Any = await conn.execute(statement, dict(values))  # The two kinds of results have no common type.
    return result.all() if getattr(result, "returns_rows", True) else ()
