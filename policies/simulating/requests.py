"""
Asking for a simulation, ending one, and entering what it found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from uuid import UUID, uuid4

from audit.entry import Json
from audit.link import Connection
from audit.work import Book, Idempotency, Request, Work
from policies.rulebook import RuleBook
from policies.simulating import store
from policies.simulating.errors import QuestionsInLoop, SimulationOver, SimulationUnknown, TooManySimulations
from policies.simulating.records import CANCELLED, CLOSED_LOOP, POINT, QUEUED, READY, Simulation
from policies.simulating.tally import LOOSER, STRICTER

MOST_WAITING = 10  # of one tenant
_WHY = "It was cancelled."


@dataclass(frozen=True, slots=True)
class Found:
    """A report: its canonical bytes, its name, and the counts that the log tells."""

    content: bytes
    hash: str
    base: str
    counts: Mapping[str, Json]


def counts_of(report: Mapping[str, Json]) -> dict[str, Json]:
    """What the log tells of a report."""
    matrix: dict[str, dict[str, int]] = report["matrix"]  # type: ignore[assignment]  # As `report_of` makes it.
    unsure = sum(n for one, row in matrix.items() for other, n in row.items() if "unsure" in (one, other))
    changes = {STRICTER: matrix["allow"]["deny"], LOOSER: matrix["deny"]["allow"]}
    return {"decisions": report["decisions"], **changes, "unsure": unsure, "untold": report["untold"]["decisions"]}  # type: ignore[index,call-overload]  # The same.


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of a log by indexes, half-open."""

    origin: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class RequestSimulation:
    """Asks for a comparison of the active rules with a candidate, over a stretch of the log; or tells one of questions."""

    tenant: UUID
    actor: str
    candidate: str
    content: bytes
    mode: str = POINT
    assume: str = "unknown"
    range: Range | None = None
    questions: int | None = None
    found: Found | None = None  # of questions, which are told of at once: nothing of them is kept
    idempotency: Idempotency | None = None
    id: UUID = field(default_factory=uuid4)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Queues the simulation; one of questions is ready, and recorded as ``rules.simulated``.

        Raises QuestionsInLoop or TooManySimulations.
        """
        book = work[SimulationBook]
        if self.questions is not None and self.mode == CLOSED_LOOP:
            raise QuestionsInLoop
        if self.found is None and book.count_waiting(self.tenant) >= MOST_WAITING:
            raise TooManySimulations(MOST_WAITING)
        simulation = self._simulation(work)
        book.queue(simulation, self.content, self.found)
        if self.found is not None:
            _note(work, simulation, self.found)
        return {
            "id": str(self.id),
            "state": simulation.state,
            "base": simulation.base,
            "candidate": simulation.candidate,
        }

    def _simulation(self, work: Work) -> Simulation:
        within, found, done = self.range, self.found, self.questions or 0
        return Simulation(
            self.tenant,
            self.id,
            # Questions were told of by the set that was active then.
            work[RuleBook].active.hash if found is None else found.base,
            self.candidate,
            self.mode,
            self.assume if self.mode == CLOSED_LOOP else None,
            None if within is None else within.origin,
            None if within is None else within.first,
            None if within is None else within.end,
            self.questions,
            self.actor,
            work.now,
            QUEUED if found is None else READY,
            done,
            done,
            0,
            None,
            None if found is None else found.hash,
            None if found is None else work.now,
        )


@dataclass(frozen=True, slots=True)
class FinishSimulation:
    """A simulation is ready: its report is kept, and the log tells of it."""

    tenant: UUID
    actor: str
    id: UUID
    found: Found
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``rules.simulated``; nothing where it was cancelled meanwhile.  Raises SimulationUnknown."""
        book = work[SimulationBook]
        simulation = book.found(self.tenant, self.id)
        if simulation.is_over:
            return {"id": str(self.id), "state": simulation.state}
        _note(work, simulation, self.found)
        book.end(self.tenant, self.id, self.found)
        return {"id": str(self.id), "state": READY}


@dataclass(frozen=True, slots=True)
class CancelSimulation:
    """Nobody wants the simulation any more."""

    tenant: UUID
    actor: str
    id: UUID
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """It stops at its next step; cancelling twice does nothing.  Raises SimulationUnknown or SimulationOver."""
        book = work[SimulationBook]
        simulation = book.found(self.tenant, self.id)
        if simulation.is_over and simulation.state != CANCELLED:
            raise SimulationOver(simulation.state)
        book.cancel(self.tenant, self.id)
        return {"id": str(self.id), "state": CANCELLED}


@dataclass(frozen=True, slots=True)
class FindSimulation:
    """Looks a simulation up."""

    tenant: UUID
    id: UUID
    contacts = ()

    def look(self, work: Work) -> Simulation:
        """The simulation; SimulationUnknown if the tenant has none of this id."""
        return work[SimulationBook].found(self.tenant, self.id)


Named: TypeAlias = FinishSimulation | CancelSimulation | FindSimulation


def _note(work: Work, simulation: Simulation, found: Found) -> None:
    event = work.record(
        "rules.simulated",
        {
            "simulation": str(simulation.id),
            "base": simulation.base,
            "candidate": simulation.candidate,
            "mode": simulation.mode,
            "assume": simulation.assume,
            "log": simulation.origin,
            "from": simulation.first,
            "to": simulation.end,
            "questions": simulation.questions,
            "counts": found.counts,
            "report_hash": found.hash,
        },
    )
    work[SimulationBook].note(
        {
            "tenant_id": simulation.tenant,
            "report_hash": found.hash,
            "base_set": simulation.base,
            "candidate_set": simulation.candidate,
            "mode": simulation.mode,
            "decisions": found.counts["decisions"],
            "noted_at": work.now,
            "event_id": event,
        }
    )


class SimulationBook(Book):
    """The simulations that a batch asks for, ends or looks up."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._asking: set[UUID] = set()
        self._named: list[store.Key] = []
        self._waiting: dict[UUID, int] = {}
        self._known: dict[store.Key, Simulation] = {}
        self._queued: list[tuple[Simulation, bytes, Found | None]] = []
        self._noted: list[Mapping[str, object]] = []
        self._ended: dict[store.Key, Found | None] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes which simulations are asked for, and which are named."""
        self._asking = {each.tenant for each in requests if isinstance(each, RequestSimulation)}
        self._named = [(each.tenant, each.id) for each in requests if isinstance(each, Named)]
        self.is_idle = not self._asking and not self._named

    async def lock(self, conn: Connection) -> None:
        """Locks those that are named."""
        if self._named:
            await store.lock_simulations(conn, self._named)

    async def load(self, conn: Connection) -> None:
        """Loads those that are named, and how many wait."""
        if self._asking:
            self._waiting = await store.count_waiting(conn, self._asking)
        if self._named:
            self._known = await store.find_simulations(conn, self._named)

    def count_waiting(self, tenant: UUID) -> int:
        """How many simulations of the tenant are not over, those of this batch included."""
        queued = sum(1 for each, _, _ in self._queued if each.tenant == tenant and not each.is_over)
        return self._waiting.get(tenant, 0) + queued

    def found(self, tenant: UUID, simulation: UUID) -> Simulation:
        """The simulation as the batch leaves it; SimulationUnknown if the tenant has none of this id."""
        known = self._known.get((tenant, simulation))
        if known is None:
            raise SimulationUnknown
        return known

    def queue(self, simulation: Simulation, candidate: bytes, found: Found | None) -> None:
        """Has a simulation wait for a worker, or be there with its report."""
        self._queued.append((simulation, candidate, found))

    def end(self, tenant: UUID, simulation: UUID, found: Found) -> None:
        """Keeps its report."""
        self._settle((tenant, simulation), READY, found)

    def cancel(self, tenant: UUID, simulation: UUID) -> None:
        """Ends it without one."""
        self._settle((tenant, simulation), CANCELLED, None)

    def _settle(self, key: store.Key, state: str, found: Found | None) -> None:
        known = self._known[key]
        if not known.is_over:
            self._known[key] = replace(known, state=state)
            self._ended[key] = found

    def note(self, row: Mapping[str, object]) -> None:
        """Notes a report that the log tells of."""
        self._noted.append(row)

    async def save(self, conn: Connection) -> None:
        """Writes what was asked for, ended and noted."""
        for simulation, candidate, report in self._queued:
            await store.insert_simulation(conn, simulation, candidate, None if report is None else report.content)
        for row in self._noted:
            await store.note_report(conn, row)
        for key, found in self._ended.items():
            if found is None:
                await store.cancel(conn, key, _WHY)
            else:
                done = {"report": found.content, "report_hash": found.hash, "now": self.work.now}
                await store.finish(conn, key, done)
