"""
Whoever runs the simulations that wait.

Any number of workers may be there: a simulation is run under a lock of its own, which ends with the worker's session.  What
a killed worker left half done is taken up by the next one, from the beginning; nothing of it was written.  One that kills
its worker again and again is given up.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TypeAlias, TypeVar
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from audit.errors import AuditError, DatabaseAway, JournalUnavailable
from audit.extracts import Stretch
from audit.faults import committed, in_words
from audit.journal import Journal
from audit.reader import Snapshots
from policies.errors import PolicyError, RuleSetUnknown
from policies.ruleset import RuleSet, rule_set_from
from policies.shelf import Shelf
from policies.simulating import store
from policies.simulating.records import CLOSED_LOOP, Simulation
from policies.simulating.report import Asked
from policies.simulating.requests import FinishSimulation
from policies.simulating.running import Subject, simulate
from policies.simulating.tally import Comparison

_TRY_LOCK = text("SELECT pg_try_advisory_lock(:key)")
_UNLOCK = text("SELECT pg_advisory_unlock(:key)")
_TELL_EVERY = 0.5  # seconds
_MOST_STARTS = 3

Watch: TypeAlias = Callable[[int, int], None]  # decisions done and in all
T = TypeVar("T")
_log = structlog.get_logger("simulations")


class Cancelled(Exception):
    """Nobody wants it any more."""


@dataclass(frozen=True, slots=True)
class Held:
    """A simulation's lock, and the session that holds it."""

    conn: AsyncConnection
    key: store.Key


class Simulator:
    """Runs simulations of every tenant of one database."""

    def __init__(self, engine: AsyncEngine, snapshots: Snapshots, journal: Journal, *, processes: int) -> None:
        """``engine`` connects as venia_checkpointer; a long simulation is told of in so many processes."""
        self._engine = engine
        self._snapshots = snapshots
        self._journal = journal
        self._processes = processes

    async def run_waiting(self) -> int:
        """
        Runs every simulation that waits, one after the other; how many came to an end.

        One that fails says why and keeps no other from being run.  Raises DatabaseAway; what was under way then waits.
        """
        ended = 0
        conn = await in_words(self._engine.connect())
        try:
            waiting = await in_words(store.waiting(conn))
        finally:
            await conn.close()
        for each in waiting:
            async with self.hold(each.tenant, each.id) as held:
                ended += held is not None and await self.run(held, _unwatched)
        return ended

    async def run(self, held: Held, watch: Watch) -> bool:
        """Runs one simulation, whose lock the caller holds; whether it came to an end by this, ready, failed or cancelled."""
        conn, key = held.conn, held.key
        taken = await committed(conn, store.take(conn, key))
        if taken is None:
            return False
        try:
            if taken.starts > _MOST_STARTS:
                await self._fail(held, f"It was begun {_MOST_STARTS} times and never came to an end.")
            else:
                await self._finish(taken, held, watch)
        except Cancelled:
            _log.info("simulation_cancelled", simulation=str(taken.id))
        except (DatabaseAway, JournalUnavailable, asyncio.CancelledError):
            # While the database is away its state stays as it is, and the next worker takes it up all the same.
            with suppress(Exception):
                await conn.rollback()
                await committed(conn, store.give_back(conn, key))
            raise
        except Exception as error:  # noqa: BLE001  Whatever it is, whoever asked must hear of it.
            await self._fail(held, _sentence(taken, error))
        return True

    async def _finish(self, taken: Simulation, held: Held, watch: Watch) -> None:
        subject = await self._subject(taken, held)
        told = 0.0

        async def tell(done: int, total: int) -> None:
            nonlocal told
            watch(done, total)
            if time.monotonic() - told >= _TELL_EVERY or done == total:
                told = time.monotonic()
                if not await committed(held.conn, store.tell_progress(held.conn, held.key, done, total)):
                    raise Cancelled

        found = await simulate(self._snapshots, subject, self._processes, tell)
        await self._journal.write(FinishSimulation(taken.tenant, taken.actor, taken.id, found))

    async def _subject(self, taken: Simulation, held: Held) -> Subject:
        if taken.origin is None or taken.first is None or taken.end is None:
            raise PolicyError("Questions are told of when they are asked, never later.")
        base = await Shelf(self._snapshots, taken.tenant).find(taken.base)
        comparison = Comparison(
            base,
            await self._candidate(taken, held),
            closed=taken.mode == CLOSED_LOOP,
            assumed=taken.assume or "unknown",  # type: ignore[arg-type]  # The table knows no other words.
        )
        asked = Asked(taken.mode, taken.assume, taken.origin, taken.first, taken.end, None)
        return Subject(Stretch(taken.tenant, taken.origin, taken.first, taken.end), comparison, asked)

    async def _candidate(self, taken: Simulation, held: Held) -> RuleSet:
        content = await committed(held.conn, store.read_candidate(held.conn, held.key))
        if content is None:
            raise RuleSetUnknown(taken.candidate)
        return await asyncio.to_thread(rule_set_from, content)

    async def _fail(self, held: Held, sentence: str) -> None:
        await held.conn.rollback()
        await committed(held.conn, store.fail(held.conn, held.key, sentence))

    async def report(self, tenant: UUID, simulation: UUID) -> bytes | None:
        """The report of a simulation, if it is ready."""
        async with self._snapshots.of(tenant) as conn:
            return await store.read_report(conn, (tenant, simulation))

    @asynccontextmanager
    async def hold(self, tenant: UUID, simulation: UUID) -> AsyncIterator[Held | None]:
        """The lock of a simulation, which need not have been asked for yet; None when somebody else runs it."""
        # An id of random bits; its second half, since exports lock by the first of theirs.
        key = int.from_bytes(simulation.bytes[8:], signed=True)
        conn = await in_words(self._engine.connect())
        try:
            got = await in_words(conn.scalar(_TRY_LOCK, {"key": key}))
            await in_words(conn.commit())
            try:
                yield Held(conn, (tenant, simulation)) if got else None
            finally:
                if got:
                    with suppress(Exception):  # Whatever became of the session, the lock ends with it.
                        await conn.rollback()
                        await conn.execute(_UNLOCK, {"key": key})
                        await conn.commit()
        finally:
            with suppress(Exception):  # As above.
                await conn.close()


def _sentence(simulation: Simulation, error: Exception) -> str:
    """Why it failed, for whoever asked for it."""
    if isinstance(error, AuditError | PolicyError):
        _log.error("simulation_failed", simulation=str(simulation.id), reason=str(error))
        return str(error)
    _log.error("simulation_failed", simulation=str(simulation.id), exc_info=error)
    return "It could not be run by a fault of ours; the service's log tells more."


def _unwatched(done: int, total: int) -> None:
    """Nobody looks on."""
