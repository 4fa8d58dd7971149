"""
What appending costs: durable entries per second through the journal, beside a bare loop that commits row by row.

    .venv/bin/python -m benchmarks.append [--producers 1 64 512] [--tenants 1 100 10000] [--seconds 2] [--rounds 1]

A producer waits for the answer, after COMMIT, before it writes its next entry of about 400 bytes; each next entry is
of another tenant.  "one by one" is the same journal with batches of a single request.  The bare loop is one asyncpg
connection that inserts as many bytes into a table and commits, nothing else.  PostgreSQL is the embedded one with its
durable settings, on this machine's disk; journal and database share the processors.  At the end every log is read
back and compared with what was answered.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from audit.entry import Json
from audit.journal import Journal
from audit.keys import LocalKey
from audit.origins import new_origin
from audit.tenants import KeyRing, OpenTenant
from audit.work import Idempotency, Work
from server.db import journal_engine, migrate
from server.embedded import EmbeddedPostgres

TEXT = "x" * 130  # Brings an entry to about 400 bytes.
RING = KeyRing(LocalKey(bytes(range(32))))


@dataclass(frozen=True, slots=True)
class Line:
    """A request that only records an entry."""

    tenant: UUID
    idempotency: Idempotency | None = None
    actor: str = "benchmark"

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records the entry."""
        work.record("line.written", {"text": TEXT})
        return {}


def journal(url: str, batch_size: int) -> Journal:
    """A journal as the service runs it, without books of consent or policies."""
    return Journal(
        journal_engine(url),
        books=(),
        ring=RING,
        clock=lambda: datetime.now(UTC),
        batch_size=batch_size,
        queue_size=8192,
    )


async def open_tenants(url: str, number: int) -> list[UUID]:
    """New tenants, each with its log."""
    tenants = [uuid4() for _ in range(number)]
    async with journal(url, 1024) as running:
        for first in range(0, number, 1024):
            opening = [OpenTenant(tenant, "B", new_origin("b.test"), "b") for tenant in tenants[first : first + 1024]]
            await asyncio.gather(*map(running.write, opening))
    return tenants


async def appended(url: str, tenants: Sequence[UUID], producers: int, batch_size: int, seconds: float) -> float:
    """Entries per second that producers saw answered."""
    turns, answered = cycle(tenants), 0

    async def produce(running: Journal, until: float) -> None:
        nonlocal answered
        while time.perf_counter() < until:
            await running.write(Line(next(turns)))
            answered += 1

    async with journal(url, batch_size) as running:
        await running.write(Line(tenants[0]))  # The connection is made before the time begins.
        begin = time.perf_counter()
        await asyncio.gather(*(produce(running, begin + seconds) for _ in range(producers)))
        spent = time.perf_counter() - begin
    await compare(url, tenants, answered + 1)
    return answered / spent


async def compare(url: str, tenants: Sequence[UUID], answered: int) -> None:
    """Raises unless the logs hold exactly what was answered since this was called last; then forgets which they were."""
    conn = await asyncpg.connect(url)
    try:
        counted = "SELECT count(*) FROM entries WHERE tenant_id = ANY($1) AND entry_index > 0"
        found = await conn.fetchval(counted, tenants) - _SEEN.get(tenants[0], 0)
        if found != answered:
            raise RuntimeError(f"{answered} entries were answered and {found} are in the log.")
        _SEEN[tenants[0]] = _SEEN.get(tenants[0], 0) + found
    finally:
        await conn.close()


_SEEN: dict[UUID, int] = {}


async def bare(url: str, seconds: float) -> float:
    """Rows per second of one connection that commits each row by itself."""
    conn = await asyncpg.connect(url)
    try:
        await conn.execute("CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, body bytea NOT NULL)")
        body, rows, begin = b"x" * 400, 0, time.perf_counter()
        while time.perf_counter() - begin < seconds:
            await conn.execute("INSERT INTO bare (body) VALUES ($1)", body)
            rows += 1
        return rows / (time.perf_counter() - begin)
    finally:
        await conn.close()


async def measure(url: str, asked: argparse.Namespace) -> None:
    """Prints a row for each number of tenants and producers, with and without batches."""
    print(f"{'tenants':>8} {'producers':>10}  {'batches':<11} {'entries/s':>10} {'bare/s':>8} {'x bare':>7}")
    for number in asked.tenants:
        tenants = await open_tenants(url, number)
        for producers in asked.producers:
            for name, size in (("up to 1024", 1024), ("one by one", 1)):
                rows = []
                for _ in range(asked.rounds):
                    floor = await bare(url, asked.seconds / 2)
                    rows.append((await appended(url, tenants, producers, size, asked.seconds), floor))
                rate, floor = sorted(rows)[len(rows) // 2]
                print(
                    f"{number:>8} {producers:>10}  {name:<11} {rate:>10.0f} {floor:>8.0f} {rate / floor:>7.2f}",
                    flush=True,
                )


def main() -> None:
    """Measures on a database of its own, which is gone afterwards."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--producers", type=int, nargs="+", default=[1, 64, 512])
    parser.add_argument("--tenants", type=int, nargs="+", default=[1, 100, 10_000])
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="venia-") as folder:
        database = EmbeddedPostgres(Path(folder))
        url = database.start()
        try:
            migrate(url)
            asyncio.run(measure(url, asked))
        finally:
            database.stop()


if __name__ == "__main__":
    main()
