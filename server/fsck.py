"""
A check of everything that follows from the log: rebuilt entry by entry, compared row by row, repaired on request.

The log is walked once, in steps; whoever was last told of in a step is looked at in it, with all their entries and rows, in
one snapshot.  So memory does not grow with the log, a check that was killed goes on where it was, and one that found
nothing spares the next one all that came before its checkpoint.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.checking.answers import other_answers
from audit.checking.logs import Walked, walk
from audit.checking.people import (
    Gone,
    Package,
    Record,
    examine,
    is_pruned,
    last_in,
    read_nobody,
    read_people,
    strangers,
)
from audit.checking.progress import read_progress, still_signed
from audit.checking.repairing import TileRepair
from audit.checking.rows import EXTRA, LOST, Difference, Told, Unreplayable
from audit.checking.values import as_object
from audit.checking.walking import Head, LogDamaged, Mark, read_mark
from audit.entry import Json
from audit.link import AnyConnection
from audit.tenants import KeyRing
from consent.evidence.checking import read_words
from consent.registers.checking import other_blocks
from consent.registers.replay import REGISTERS
from consent.repairing import OWN, TENANTS_OWN
from consent.replay import NOBODY, OF_PEOPLE, shortest_kept
from consent.replay import replay as replay_people
from consent.retention import ATTEMPTS as ATTEMPTS_KIND
from consent.sealed import Sealed, examine_sealed, other_tombstones, read_sealed
from policies.replay import ATTEMPTS
from policies.replay import replay as replay_attempts

PACKAGES = (Package(OF_PEOPLE, replay_people), Package((ATTEMPTS,), replay_attempts))

AT_ONCE = 2_000  # entries in one step
_MOST_SHOWN = 1_000  # differences of one tenant; the others are counted
_MOST_PEOPLE = 20_000  # who are repaired in one run
_STRANGERS_AT_ONCE = 500
_FIRST = UUID(int=0)

Watch = Callable[[int, int], None]  # entries done and in all


@dataclass(slots=True)
class Check:
    """One tenant's check: how far it has come, and what it has found."""

    tenant: UUID
    deep: bool
    mark: Mark
    start: tuple[int, int]
    gone: Gone
    resumed: bool = False
    verified: Mark | None = None
    entries: int = 0
    people: int = 0
    differences: list[Difference] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    broken: set[UUID] = field(default_factory=set)  # people with a difference
    damage: str | None = None
    head: Head | None = None
    tiles: list[TileRepair] = field(default_factory=list)
    published: dict[str, int] = field(default_factory=dict)
    answers: list[tuple[str, bool]] = field(default_factory=list)  # key, and whether its entry is there

    @property
    def total(self) -> int:
        """How many differences there are."""
        return self.counts.total()

    def add(self, found: Sequence[Difference], person: UUID | None = None) -> None:
        """Notes differences, and whose they are."""
        self.counts.update(each.table for each in found)
        self.differences += found[: max(0, _MOST_SHOWN - len(self.differences))]
        if found and person is not None and len(self.broken) < _MOST_PEOPLE:
            self.broken.add(person)

    def to_json(self) -> dict[str, Json]:
        """The check as it is reported."""
        return {
            "tenant": str(self.tenant),
            "deep": self.deep,
            "resumed": self.resumed,
            "from": {"incarnation": self.start[0], "entry": self.start[1]},
            "entries": self.entries,
            "people": self.people,
            "differences": self.total,
            "tables": dict(sorted(self.counts.items())),
            "damage": self.damage,
            "verified": None if self.verified is None else self.verified.size,
            "found": [each.to_json() for each in self.differences],
        }


async def begin(conn: AsyncConnection, tenant: UUID, now: datetime, *, deep: bool, anew: bool = False) -> Check:
    """
    A check that goes on where one was left, or behind what was verified last; from the beginning if ``deep``.

    What was looked at before it was left is not looked at again, unless it begins ``anew``.
    """
    verified, under_way = await read_progress(conn, tenant, now)
    gone = await read_gone(conn, tenant, now)
    left = None if under_way is None or anew else _left(tenant, under_way, gone)
    if left is not None and (left.deep or not deep):
        return left
    mark = Mark() if deep or verified is None else await still_signed(conn, tenant, verified)
    return Check(tenant, deep or mark.size == 0, mark, (mark.incarnation, mark.size), gone)


def _left(tenant: UUID, under_way: Mapping[str, Json], gone: Gone) -> Check | None:
    """The check that was left; None if it had found something, or cannot be read."""
    try:
        mark = read_mark(as_object(under_way["mark"]))
        mark.edge()
        start = (int(str(under_way["incarnation"])), int(str(under_way["from"])))
        entries, people = int(str(under_way["entries"])), int(str(under_way["people"]))
        check = Check(tenant, bool(under_way["deep"]), mark, start, gone, resumed=True, entries=entries, people=people)
        return check if under_way["differences"] == 0 else None
    except (KeyError, TypeError, ValueError):
        return None


async def read_gone(conn: AnyConnection, tenant: UUID, now: datetime) -> Gone:
    """What may be gone from a tenant's tables without a word about whom it was about."""
    try:
        ruled = await read_nobody(conn, tenant, ("retention.rule_set",), Package((), replay_people))
    except LogDamaged:  # Nothing is gone by a rule that nobody can read; the walk tells of the damage.
        return Gone(await is_pruned(conn, tenant))
    before = now - shortest_kept(ruled.told, ATTEMPTS_KIND)
    return Gone(await is_pruned(conn, tenant), {ATTEMPTS.name: ("at", before)})


def under_way(check: Check) -> Mapping[str, Json]:
    """The check as it is kept while it goes on."""
    incarnation, start = check.start
    return {
        "mark": check.mark.to_json(),
        "deep": check.deep,
        "incarnation": incarnation,
        "from": start,
        "entries": check.entries,
        "people": check.people,
        "differences": check.total,
    }


async def advance(conn: AsyncConnection, ring: KeyRing, check: Check, watch: Watch) -> bool:
    """One step of a check in one snapshot; whether there is more to do."""
    try:
        return await _step(conn, ring, check, watch)
    except LogDamaged as damaged:  # Ahead, or behind the mark among the entries of whom the step tells.
        check.damage = str(damaged)
        check.add([Difference("entries", str(damaged.place[1]), LOST, entry=damaged.place, why=damaged.why)])
        return False


async def _step(conn: AsyncConnection, ring: KeyRing, check: Check, watch: Watch) -> bool:
    walked = await walk(conn, check.tenant, check.mark, AT_ONCE)
    _note(check, walked)
    await _look_at_people(conn, ring, check, walked)
    check.entries += len(walked.told)
    check.mark = walked.mark
    if walked.checkpoint:
        check.verified = walked.mark
    watch(walked.mark.size, walked.entries)
    if walked.is_end and walked.is_last:
        await _finish(conn, ring, check)
        return False
    if walked.is_end:
        check.mark = walked.mark.next_incarnation()
    return True


def _note(check: Check, walked: Walked) -> None:
    check.add(walked.differences)
    for each in walked.differences:
        if each.table == "checkpoints":
            check.damage = check.damage or f"Checkpoint {each.row} is not that of the entries: {each.why}."
    check.head = walked.head
    check.tiles += [TileRepair(walked.origin, tile, hashes) for tile, hashes in walked.tiles.items()]
    check.published[walked.origin] = walked.published


async def _look_at_people(conn: AsyncConnection, ring: KeyRing, check: Check, walked: Walked) -> None:
    named = {each.contact for each in walked.told if each.contact is not None}
    people = await last_in(conn, check.tenant, named, (walked.mark.incarnation, walked.mark.size))
    if people:
        await _examine(conn, ring, check, people)


async def _examine(conn: AsyncConnection, ring: KeyRing, check: Check, people: Sequence[UUID]) -> None:
    await ring.current(conn, check.tenant)
    sealed = await read_sealed(conn, ring, check.tenant, people)
    records = await read_people(conn, check.tenant, people, PACKAGES)
    for person, record in zip(people, records, strict=True):
        check.add(_differences(record, sealed.get(person, Sealed()), check.gone), person)
    check.people += len(people)


def _is_untold(found: Difference) -> bool:
    return (found.table, found.kind) == (REGISTERS.name, EXTRA)


def _differences(record: Record, sealed: Sealed, gone: Gone) -> list[Difference]:
    try:
        return [*examine(record, PACKAGES, gone).differences, *examine_sealed(sealed, record)]
    except Unreplayable as error:
        return [_unreplayable(error.told, str(error))]


def _unreplayable(told: Told, why: str) -> Difference:
    return Difference("entries", str(told.index), LOST, entry=told.place, why=why)


async def _finish(conn: AsyncConnection, ring: KeyRing, check: Check) -> None:
    """What is about nobody in particular, and, if all was walked, rows that nothing tells of."""
    record = await read_nobody(conn, check.tenant, OWN, TENANTS_OWN)
    own = examine(record, (TENANTS_OWN,), Gone())
    # A register may be older than the oldest entry that is left.
    check.add([each for each in own.differences if not (check.gone.pruned and _is_untold(each))], NOBODY)
    check.add(await other_blocks(conn, check.tenant, own.replayed, deep=check.deep))
    check.add((await read_words(conn, check.tenant, pruned=check.gone.pruned)).differences(), NOBODY)
    for each in await other_answers(conn, check.tenant):
        check.add([each.difference])
        check.answers.append((each.key, each.has_entry))
    if check.mark.tombstones is not None:
        check.add(await other_tombstones(conn, check.tenant, check.mark.tombstones))
    if check.deep:
        for projection in (each for package in PACKAGES for each in package.projections):
            async for people in strangers(conn, check.tenant, projection):
                await _examine(conn, ring, check, [each for each in people if each not in check.broken])
