"""
What a register of ten million numbers costs: to load, to swap in, to keep, and to ask in decisions; all in one run.

    .venv/bin/python -m benchmarks.registers [--numbers 10000000] [--checks 20000]

The same questions are asked without any register, with a register of a thousand numbers, and with the large one.  Numbers are made up
as they are read.  A figure for a decision is that of this process, which asks, and of PostgreSQL, on the same machine.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self
from uuid import UUID

import asyncpg
import psutil

from consent.references import ContactReference
from consent.registers.models import EXCLUSIONS
from consent.registers.reading import Format
from consent.registers.records import Wanted
from consent.settings import SenderReference
from policies.authorizing import Authorize
from policies.checking import Check
from policies.gathering import Question
from server import demo
from server.db import migrate
from server.embedded import EmbeddedPostgres
from server.service import Service, clock, running
from server.settings import read_settings

_CHUNK = 50_000
_GROUP = 512
_MIB = 1024 * 1024


async def _lines(numbers: int) -> AsyncIterator[bytes]:
    """So many different numbers, in no order."""
    for start in range(0, numbers, _CHUNK):
        some = range(start, min(start + _CHUNK, numbers))
        yield "".join([f"{600_000_000 + each * 48_271 % 199_999_991}\n" for each in some]).encode()


@dataclass(slots=True)
class Peak:
    """The largest resident size of this process and of the mill, in MiB, while a load runs, and the mill's processor seconds."""

    own: float = 0
    mill: float = 0
    seconds: float = 0
    _task: asyncio.Task[None] | None = field(default=None, repr=False)

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        process = psutil.Process(os.getpid())
        while True:
            self.own = max(self.own, process.memory_info().rss / _MIB)
            for child in process.children():
                with suppress(psutil.Error):
                    if "consent.registers.mill" in child.cmdline():
                        self.mill = max(self.mill, child.memory_info().rss / _MIB)
                        self.seconds = sum(child.cpu_times()[:2])
            await asyncio.sleep(0.05)


async def _load(service: Service, tenant: UUID, numbers: int) -> float:
    wanted = Wanted(tenant, "benchmark", "robinson", clock() - timedelta(days=1), EXCLUSIONS, "ES", force=True)
    started = time.perf_counter()
    await service.registers.load(wanted, Format("ES"), _lines(numbers))
    return time.perf_counter() - started


def _question(number: int) -> Question:
    to = ContactReference.phone(f"+34{600_000_000 + number * 9_973 % 199_999_991}")
    return Question(to, SenderReference("phone_number_id", demo.PHONE_NUMBER_ID), "offers")


async def _ask(service: Service, tenant: UUID, checks: int) -> tuple[float, float, int]:
    """Microseconds of a check in a batch, those of this process's processor, and how many were listed."""
    looks = [Check(tenant, _question(each)) for each in range(checks)]
    listed, started, spent = 0, time.perf_counter(), time.process_time()
    for start in range(0, checks, _GROUP):
        for checked in await service.reader.read_together(looks[start : start + _GROUP]):
            if isinstance(checked, Exception):
                raise checked
            listed += any(each.code == "REGISTER_LISTED" for each in checked.decision.reasons)  # type: ignore[attr-defined]  # As each look answers.
    return (
        (time.perf_counter() - started) / checks * 1e6,
        (time.process_time() - spent) / checks * 1e6,
        listed,
    )


async def _authorize(service: Service, tenant: UUID, calls: int) -> float:
    """Milliseconds of one authorization after the other: the middle one."""
    took = []
    for each in range(calls):
        started = time.perf_counter()
        await service.journal.write(Authorize(tenant, "benchmark", _question(each)))
        took.append(time.perf_counter() - started)
    return sorted(took)[calls // 2] * 1e3


async def _measure(url: str, home: Path, numbers: int, checks: int) -> None:
    swaps: list[float] = []
    settings = read_settings({"VENIA_HOME": str(home), "VENIA_DATABASE_URL": url})
    async with running(settings, url, lambda size, seconds: swaps.append(seconds)) as service:
        tenant = UUID((await demo.seed(service))["tenant"])
        await _ask(service, tenant, 2000)
        rows: list[tuple[str, Sequence[float]]] = []
        for name, size in (("no register", 0), ("1,000 numbers", 1000), (f"{numbers:,} numbers", numbers)):
            if size:
                async with Peak() as peak:
                    seconds = await _load(service, tenant, size)
                swap = swaps[-1]
            rows.append((name, (*await _ask(service, tenant, checks), await _authorize(service, tenant, 200))))
        conn = await asyncpg.connect(url)
        await conn.execute("VACUUM register_blocks")
        table, index = await conn.fetchrow(
            "SELECT pg_table_size('register_blocks'), pg_indexes_size('register_blocks')"
        )
        await conn.close()
        print(f"load: {numbers:,} numbers in {seconds:.1f} s, of which {peak.seconds:.1f} s of the mill's processor")
        print(f"swap: {swap * 1e3:.1f} ms of the journal")
        print(f"memory: {peak.own:.0f} MiB of who loads, {peak.mill:.0f} MiB of the mill, at most")
        print(f"disk: {table / numbers:.1f} bytes a number, and {index / numbers:.1f} of the index")
        for name, (wall, spent, listed, call) in rows:
            print(
                f"{name}: a check in a batch {wall:.0f} µs ({spent:.0f} µs of the processor here), "
                f"{listed:.0f} of {checks:,} listed; an authorization alone {call:.2f} ms"
            )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--numbers", type=int, default=10_000_000)
    parser.add_argument("--checks", type=int, default=20_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="venia-registers-") as folder:
        home = Path(folder)
        server = EmbeddedPostgres(home)
        try:
            url = server.start()
            migrate(url)
            asyncio.run(_measure(url, home, asked.numbers, asked.checks))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
