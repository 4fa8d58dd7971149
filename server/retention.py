"""
A run of retention: what its time is over for goes, in bounded pieces through the journal, and a report says why.

A run that is killed leaves nothing half done that the next one does not finish.  A dry run asks the same questions and
changes nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.ageing import Aged, AgedAnswers, AgedBook, count_old, old_rows
from audit.entry import Json
from audit.instants import rfc3339
from audit.journal import Journal
from audit.pruning import PrunedLog, count_below, left_below, read_log
from audit.reader import Reader, Snapshots
from audit.work import Idempotency, Written
from consent.errors import LegalHoldInForce
from consent.retaining import Blocker, find_prefix, held_by, people_over_count, people_over_page
from consent.retention import (
    EVIDENCE,
    AgedDeliveries,
    AgedItems,
    DropAged,
    DropPruned,
    EraseUnused,
    FinishRetention,
    PruneEntries,
    ReadRules,
    Rules,
)
from policies.ageing import AgedAttempts

AGED: Sequence[type[AgedBook]] = (AgedItems, AgedDeliveries, AgedAnswers, AgedAttempts)
EXAMPLES = 20
_PEOPLE_AT_ONCE = 100
_ROWS_AT_ONCE = 500
_FIRST = UUID(int=0)

Watch = Callable[[int, int], None]  # told how many things are gone, and of how many


@dataclass(frozen=True, slots=True)
class Office:
    """What a run works with."""

    journal: Journal
    reader: Reader
    snapshots: Snapshots


@dataclass(frozen=True, slots=True)
class Run:
    """Whose retention is applied, by whom, and at which moment."""

    tenant: UUID
    actor: str
    now: datetime
    idempotency: Idempotency | None = None


@dataclass(slots=True)
class Report:
    """What goes, or went: examples and numbers by kind, and what keeps the log's prefix from going on."""

    run: Run
    rules: Rules
    is_dry: bool
    gone: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    first: int = 0
    up_to: int = 0
    blocker: Blocker | None = None
    hold: Mapping[str, Json] | None = None

    def add(self, kind: str, examples: Sequence[str], count: int | None = None) -> None:
        """So many more of a kind, as many as there are examples unless said otherwise."""
        self.counts[kind] = self.counts.get(kind, 0) + (len(examples) if count is None else count)
        self.gone[kind] = [*self.gone.get(kind, ()), *examples][:EXAMPLES]

    @property
    def total(self) -> int:
        """How many things of all kinds."""
        return sum(self.counts.values())

    def to_json(self) -> dict[str, Json]:
        """The report as answers show it."""
        return {
            "dry_run": self.is_dry,
            "kinds": {kind: self._kind(kind) for kind in (EVIDENCE, *(book.kind for book in AGED))},
            "entries": {
                "count": self.counts.get("entries", 0),
                "from": self.first,
                "to": self.up_to,
                "why": "older than the evidence, about nobody who is known, and signed for",
                "examples": [int(each) for each in self.gone.get("entries", ())],
                "kept_by": None if self.blocker is None else self.blocker.to_json(),
            },
            "legal_hold": self.hold,
        }

    def _kind(self, kind: str) -> Json:
        return {
            "count": self.counts.get(kind, 0),
            "days": self.rules.days(kind),
            "before": rfc3339(self.rules.before(kind, self.run.now)),
            "why": self.rules.why(kind),
            "examples": list(self.gone.get(kind, ())),
        }


async def survey(office: Office, run: Run) -> Report:
    """What a run would do now; nothing is changed."""
    report = Report(run, await office.reader.read(ReadRules(run.tenant)), is_dry=True)
    before = report.rules.before(EVIDENCE, run.now)
    async with office.snapshots.of(run.tenant) as conn:
        report.hold = await held_by(conn, run.tenant)
        await _look_at_log(conn, report, unless_before=before)
        if report.hold is not None:
            return report
        people = await people_over_page(conn, run.tenant, before, after=_FIRST, limit=EXAMPLES)
        report.add(EVIDENCE, [str(each) for each in people], await people_over_count(conn, run.tenant, before))
        for book in AGED:
            aged = Aged(report.rules.before(book.kind, run.now), EXAMPLES)
            rows = await old_rows(conn, book, run.tenant, aged)
            count = await count_old(conn, book, run.tenant, aged.before)
            report.add(book.kind, [str(row.example) for row in rows], count)
        log = await read_log(conn, run.tenant)
        if log is not None:
            left = await left_below(conn, run.tenant, log, report.up_to, limit=EXAMPLES)
            report.add("entries", [str(each) for each in left], await count_below(conn, run.tenant, log, report.up_to))
            report.first = left[0] if left else report.up_to
    return report


async def _look_at_log(conn: AsyncConnection, report: Report, *, unless_before: datetime | None) -> None:
    """Up to where bodies may go, and what keeps them from going on."""
    run, days = report.run, timedelta(days=report.rules.days(EVIDENCE))
    log = await read_log(conn, run.tenant)
    if log is None:
        return
    staying, report.blocker = await find_prefix(conn, run.tenant, log, run.now - days, days, unless_before)
    report.up_to = _end(log, staying, held=report.hold is not None)
    if report.hold is not None:
        report.first = report.up_to
        report.blocker = Blocker("legal_hold", log.pruned, None, None, None, str(report.hold["id"]))


def _end(log: PrunedLog, staying: int, *, held: bool) -> int:
    return log.pruned if held else log.prunable(staying)


async def carry_out(office: Office, run: Run, watch: Watch = lambda done, total: None) -> Written:
    """
    Applies retention and records what went; the answer is the report.

    A hold on everything that is placed meanwhile ends it early, and the report names the hold.
    """
    planned = await survey(office, run)
    report = Report(run, planned.rules, is_dry=False, hold=planned.hold)
    watch(0, planned.total)

    def tell() -> None:
        watch(report.total, max(planned.total, report.total))

    steps: Sequence[Callable[[], Awaitable[None]]] = (
        lambda: _erase_people(office, report, tell),
        *(_dropping(office, report, book, tell) for book in AGED),
        lambda: _prune(office, report, tell),
    )
    try:
        for step in steps if report.hold is None else ():
            await step()
    except LegalHoldInForce as held:
        report.hold = {"id": held.hold, "matter": held.matter, "review_on": held.review_on}
    if report.hold is not None:
        async with office.snapshots.of(run.tenant) as conn:
            await _look_at_log(conn, report, unless_before=None)
    done = {kind: report.counts.get(kind, 0) for kind in (EVIDENCE, *(book.kind for book in AGED), "entries")}
    ended = FinishRetention(run.tenant, run.actor, done, report.up_to, report.to_json(), run.idempotency)
    return await office.journal.write(ended)


async def _erase_people(office: Office, report: Report, tell: Callable[[], None]) -> None:
    run, after = report.run, _FIRST
    before = report.rules.before(EVIDENCE, run.now)
    while True:
        async with office.snapshots.of(run.tenant) as conn:
            people = await people_over_page(conn, run.tenant, before, after=after, limit=_PEOPLE_AT_ONCE)
        if not people:
            return
        requests = [EraseUnused(run.tenant, run.actor, each) for each in people]
        written = await asyncio.gather(*map(office.journal.write, requests), return_exceptions=True)
        for person, answer in zip(people, written, strict=True):
            if isinstance(answer, Written):
                report.add(EVIDENCE, [str(person)] if answer.answer["erased"] else [])
            # Whoever came under a hold just now stays; the next steps are told if everything did.
            elif not isinstance(answer, LegalHoldInForce):
                raise answer
        tell()
        after = people[-1]


def _dropping(
    office: Office, report: Report, book: type[AgedBook], tell: Callable[[], None]
) -> Callable[[], Awaitable[None]]:
    async def drop() -> None:
        run = report.run
        aged = Aged(report.rules.before(book.kind, run.now), _ROWS_AT_ONCE)
        while dropped := await _dropped(office, DropAged(run.tenant, run.actor, book, aged)):
            report.add(book.kind, dropped)
            tell()

    return drop


async def _prune(office: Office, report: Report, tell: Callable[[], None]) -> None:
    run = report.run
    async with office.snapshots.of(run.tenant) as conn:
        await _look_at_log(conn, report, unless_before=None)
    await office.journal.write(PruneEntries(run.tenant, run.actor, report.up_to))
    async with office.snapshots.of(run.tenant) as conn:
        log = await read_log(conn, run.tenant)
    report.first = report.up_to = 0 if log is None else log.pruned
    while dropped := await _dropped(office, DropPruned(run.tenant, run.actor, _ROWS_AT_ONCE)):
        report.first = min(report.first, int(dropped[0]))
        report.add("entries", dropped)
        tell()


async def _dropped(office: Office, request: DropAged | DropPruned) -> list[str]:
    """What one piece took away; none is the end."""
    dropped = (await office.journal.write(request)).answer["dropped"]
    return [str(each) for each in dropped] if isinstance(dropped, list) else []
