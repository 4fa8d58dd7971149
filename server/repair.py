"""
Running a check to its end, keeping how far it has come, and repairing what it found.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from audit.checking.people import Gone
from audit.checking.progress import read_progress, save_progress
from audit.checking.repairing import LogRepairBook, RepairLog
from audit.checking.rows import LOST, Difference
from audit.entry import Json
from audit.faults import is_collision
from audit.journal import Journal
from audit.link import AnyConnection
from audit.reader import Snapshots
from audit.tenants import KeyRing
from audit.work import Written
from consent.repairing import RepairBook, RepairPerson
from server.fsck import PACKAGES, Check, Watch, advance, begin, read_gone, under_way
from server.terminal import ACTOR


@dataclass(frozen=True, slots=True)
class Bench:
    """What a check and a repair work with; ``repairs`` connects as venia_repair."""

    snapshots: Snapshots
    ring: KeyRing
    writer: AsyncEngine
    repairs: AsyncEngine
    clock: Callable[[], datetime]


async def run_check(bench: Bench, tenant: UUID, *, deep: bool, watch: Watch, anew: bool = False) -> Check:
    """Checks a tenant to the end; a check that was killed goes on where it was, or ``anew``.  Raises UnknownTenant."""
    async with bench.snapshots.of(tenant) as conn:
        verified, _ = await read_progress(conn, tenant, bench.clock())
        check = await begin(conn, tenant, bench.clock(), deep=deep, anew=anew)
    more = True
    while more:
        async with bench.snapshots.of(tenant) as conn:
            more = await advance(conn, bench.ring, check, watch)
        going = under_way(check) if more else None
        if not more and not check.total and check.verified is not None:
            verified = check.verified.to_json()
        async with bench.writer.begin() as writing:
            await save_progress(writing, tenant, verified, going, bench.clock())
    return check


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was repaired, and what a check finds afterwards."""

    rows: int
    before: Check
    after: Check

    def to_json(self) -> dict[str, Json]:
        """The repair as it is reported."""
        return {
            **self.after.to_json(),
            "before": {"differences": self.before.total, "tables": dict(sorted(self.before.counts.items()))},
            "repaired": self.rows,
        }


async def run_repair(bench: Bench, tenant: UUID, *, deep: bool, watch: Watch) -> Repaired:
    """
    Checks a tenant, repairs what differs, and checks again.

    A damaged log is no measure of anything: nothing is repaired by it.  A person's rows are made from all their
    entries, so that, whatever was asked, nothing is repaired before the whole log was walked.
    """
    before = await run_check(bench, tenant, deep=deep, watch=watch, anew=True)
    if before.total and not before.deep:
        before = await run_check(bench, tenant, deep=True, watch=watch)
    if before.damage is not None or not before.total:
        return Repaired(0, before, before)

    async def gone(conn: AnyConnection, of: UUID) -> Gone:
        return await read_gone(conn, of, bench.clock())

    make_book = partial(RepairBook, ring=bench.ring, packages=PACKAGES, gone=gone)
    journal = Journal(bench.repairs, books=(make_book, LogRepairBook), ring=bench.ring, clock=bench.clock)
    async with journal:
        rows = await _repair_log(journal, before)
        people = sorted(before.broken)
        stuck: list[Difference] = []
        for done, person in enumerate(people):
            rows += await _repaired(partial(journal.write, RepairPerson(tenant, ACTOR, person)), person, stuck)
            watch(done + 1, len(people))
    after = await run_check(bench, tenant, deep=deep, watch=watch)
    after.add(stuck)
    return Repaired(rows, before, after)


async def _repair_log(journal: Journal, check: Check) -> int:
    kept = [key for key, is_there in check.answers if is_there]
    dropped = [key for key, is_there in check.answers if not is_there]
    if check.head is None and not (check.tiles or check.answers):
        return 0
    request = RepairLog(check.tenant, ACTOR, check.head, check.tiles, check.published, kept, dropped)
    return int(str((await journal.write(request)).answer["repaired"]))


async def _repaired(write: Callable[[], Awaitable[Written]], person: UUID, stuck: list[Difference]) -> int:
    """How many rows of a person were repaired; none where somebody else has what is theirs."""
    try:
        written = await write()
    except Exception as error:
        if not is_collision(error):
            raise
        why = "somebody else has the person's identifier by now; link or erase one of the two first"
        stuck.append(Difference("identifiers", str(person), LOST, why=why))
        return 0
    return int(str(written.answer["repaired"]))
