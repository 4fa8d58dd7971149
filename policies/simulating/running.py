"""
A simulation from the log to its report: chunks are read here and told of elsewhere, and their tallies added up.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from typing import TypeAlias

from audit.extracts import Stretch, count
from audit.reader import Snapshots
from policies.closed_days import HOLIDAYS_VERSION
from policies.errors import PolicyError
from policies.localtime import TZDATA_VERSION
from policies.recorded import DECISIONS
from policies.ruleset import RuleSet
from policies.shelf import Shelf
from policies.simulating.chunks import Chunk, chunks
from policies.simulating.report import Asked, named, report_of
from policies.simulating.requests import Found, counts_of
from policies.simulating.stories import NOT_FAR, Reach
from policies.simulating.tally import Comparison, Tally, merge
from policies.simulating.workers import Tell, telling

VERSIONS = {"tzdata": TZDATA_VERSION, "holidays": HOLIDAYS_VERSION}

# The name of a rule set in the bytes of an entry: no text that anybody states can look like it, quoted as texts are.
_NAMED = re.compile(rb'"rule_set":"(sha256:[0-9a-f]{64})"')

Watch: TypeAlias = Callable[[int, int], Awaitable[None]]  # decisions done and in all; raises to stop


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared: two sets over a stretch, in a mode."""

    within: Stretch
    comparison: Comparison
    asked: Asked


async def simulate(snapshots: Snapshots, subject: Subject, processes: int, watch: Watch) -> Found:
    """
    The report.  As many processes work on it as are given, and it is the same with any number.

    Raises DatabaseAway, and what ``watch`` raises.
    """
    tally = await tallied(snapshots, subject, processes, watch)
    return found(subject.asked, subject.comparison.base, subject.comparison.candidate, tally)


def found(asked: Asked, base: RuleSet, candidate: RuleSet, tally: Tally) -> Found:
    """A tally as a report with its name."""
    report = report_of(asked, base, candidate, tally, VERSIONS)
    content, name = named(report)
    return Found(content, name, base.hash, counts_of(report))


async def tallied(snapshots: Snapshots, subject: Subject, processes: int, watch: Watch) -> Tally:
    """The same, before anything is written."""
    total = await count(snapshots, subject.within, DECISIONS)
    await watch(0, total)
    whole, done, under_way = Tally(), 0, set[asyncio.Task[tuple[Tally, int]]]()
    shelf = Shelf(snapshots, subject.within.tenant)
    reaches: dict[str, Reach] = {}
    async with AsyncExitStack() as stack, aclosing(chunks(snapshots, subject.within)) as pieces:
        tell: Tell | None = None
        try:
            async for chunk in pieces:
                if tell is None:
                    # What fits into one chunk is not worth the start of a process.
                    many = processes if chunk.is_full else 0
                    tell = await stack.enter_async_context(telling(subject.comparison, many))
                near = await _reaches(chunk, shelf, reaches)
                under_way.add(asyncio.create_task(_told(tell, chunk, near)))
                if len(under_way) > max(1, processes):
                    done = await _gather(under_way, whole, done, asyncio.FIRST_COMPLETED)
                    await watch(done, total)
            while under_way:
                done = await _gather(under_way, whole, done, asyncio.FIRST_COMPLETED)
                await watch(done, total)
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
    return whole


async def _told(tell: Tell, chunk: Chunk, reaches: dict[str, Reach]) -> tuple[Tally, int]:
    return await tell(chunk, reaches), chunk.decisions


async def _gather(under_way: set[asyncio.Task[tuple[Tally, int]]], whole: Tally, done: int, when: str) -> int:
    """Adds up those that are ready; what one of them raised is raised."""
    ready, _ = await asyncio.wait(under_way, return_when=when)
    for task in ready:
        under_way.discard(task)
        tally, decisions = task.result()
        merge(whole, tally)
        done += decisions
    return done


async def _reaches(chunk: Chunk, shelf: Shelf, known: dict[str, Reach]) -> dict[str, Reach]:
    """How far the facts of a chunk's decisions reach, by the rule sets that they used; one that is not kept reaches nowhere."""
    names = {name.decode() for line in chunk.lines for name in _NAMED.findall(line.body)}
    near = {}
    for name in names:
        if name not in known:
            try:
                rules = await shelf.find(name)
                known[name] = Reach(rules.lookback, rules.remembers_refusals)
            except PolicyError:
                if len(known) > 10_000:
                    known.clear()
                known[name] = NOT_FAR
        near[name] = known[name]
    return near
