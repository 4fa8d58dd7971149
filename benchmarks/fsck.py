"""
What a deep check costs: ``venia fsck --deep`` beside a bare loop of SHA-256 over the same entries, in one run.

    .venv/bin/python -m benchmarks.fsck [--sizes 10000 100000 300000]

The log is written by the real journal: people agree, are called, and some refuse, four entries each and more.  The check
runs as a process of its own, with Python's start; its memory is that process's peak.  The bare loop reads the same bodies
out of the same database and hashes them, and nothing else.
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from audit.origins import new_origin
from audit.tenants import OpenTenant
from audit.work import Request, Written
from consent.references import ContactReference
from consent.requests import RecordConsent, WithdrawConsent
from consent.setup import AddSender, DefinePurpose, StateZone
from policies.authorizing import Authorize
from policies.catalogue import builtin
from policies.gathering import Question
from policies.reporting import ReportOutcome
from policies.rulebook import ActivateRules
from server.db import migrate
from server.demo import PACKS, PURPOSES
from server.embedded import EmbeddedPostgres
from server.evidence import checkpointing
from server.service import Service, clock, running
from server.settings import Settings, read_settings

_AT_ONCE = 2_000
_ENTRIES_EACH = 3.2  # of a person, on average, with these requests


@dataclass(frozen=True, slots=True)
class Place:
    """A database of this run's own, and the settings that lead to it."""

    settings: Settings
    url: str
    tenant: UUID


def main() -> None:
    """Prints a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    sizes: Sequence[int] = parser.parse_args().sizes
    print("entries  people   bare/s   check/s  ratio  peak MB")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="venia-fsck-") as home:
            measure(Path(home), size)


def measure(home: Path, size: int) -> None:
    """Writes a log of about this size, hashes it bare, and checks it."""
    database = EmbeddedPostgres(home)
    url = database.start()
    try:
        migrate(url)
        settings = read_settings({"VENIA_HOME": str(home), "VENIA_DATABASE_URL": url})
        place = Place(settings, url, uuid4())
        asyncio.run(write(place, size))
        entries, bare = asyncio.run(hash_bare(place))
        people, seconds, peak = check(place)
    finally:
        database.stop()
    print(
        f"{entries:>7}  {people:>6}  {entries / bare:>7.0f}  {entries / seconds:>8.0f}  {seconds / bare:>5.1f}  {peak:>7.0f}",
        flush=True,
    )


async def write(place: Place, size: int) -> None:
    """People who agree, are called, and refuse; signed at the end."""
    async with running(place.settings, place.url) as service:
        await _write_all(service, setup(place.tenant))
        for first in range(0, int(size / _ENTRIES_EACH), _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, int(size / _ENTRIES_EACH)))
            await _write_all(service, [agree(place.tenant, each) for each in numbers])
            asked = [Authorize(place.tenant, "load", question(each)) for each in numbers if each % 2]
            holds = [each.answer.get("hold") for each in await _write_all(service, asked)]
            ended = [outcome(place.tenant, str(each["id"])) for each in holds if isinstance(each, dict)]
            await _write_all(service, ended)
            refused = [refuse(place.tenant, each) for each in numbers if each % 5 == 0]
            await _write_all(service, refused)
    async with checkpointing(place.settings, place.url) as checkpointer:
        while (done := await checkpointer.run_once(clock())) is not None and done.more:
            pass


async def _write_all(service: Service, requests: Sequence[Request]) -> list[Written]:
    return list(await asyncio.gather(*map(service.journal.write, requests)))


def setup(tenant: UUID) -> list[Request]:
    """A tenant like the demo's, who may call at any hour of the benchmark."""
    return [
        OpenTenant(tenant, "Benchmark", new_origin("bench.example"), "load"),
        StateZone(tenant, "load", "Europe/Madrid"),
        *(DefinePurpose(tenant, "load", purpose, category) for purpose, category in PURPOSES.items()),
        AddSender(tenant, "load", "acme-es", "+34910000000"),
        ActivateRules(tenant, "load", (builtin("platform"),) if "platform" in PACKS else (builtin(PACKS[0]),)),
    ]


def person(number: int) -> ContactReference:
    """One of ten million Spanish mobile numbers."""
    return ContactReference("phone", f"+346{number:08}")


def agree(tenant: UUID, number: int) -> Request:
    """A consent an hour ago, with the words that were said."""
    at = clock() - timedelta(hours=1)
    said = {"text": f"sí, llámenme, soy la persona {number}"}
    scope = ("order_updates", ("voice",), ("live",))
    return RecordConsent(tenant, "load", person(number), *scope, at, "web_form", evidence=said)


def question(number: int) -> Question:
    """May a person be called about an order?"""
    return Question(person(number), None, "order_updates", "voice")


def outcome(tenant: UUID, hold: str) -> Request:
    """The call was answered."""
    return ReportOutcome(tenant, "load", UUID(hold), "connected", clock(), 42)


def refuse(tenant: UUID, number: int) -> Request:
    """The person takes everything back."""
    return WithdrawConsent(tenant, "load", person(number), None, None, None, clock(), "sms")


async def hash_bare(place: Place) -> tuple[int, float]:
    """How many entries there are, and the seconds it takes to read and hash each once."""
    conn = await asyncpg.connect(place.url)
    started, count = time.perf_counter(), 0
    async with conn.transaction():
        async for row in conn.cursor("SELECT body FROM entries WHERE tenant_id = $1", place.tenant, prefetch=2_000):
            sha256(b"\x00" + row["body"]).digest()
            count += 1
    seconds = time.perf_counter() - started
    await conn.close()
    return count, seconds


def check(place: Place) -> tuple[int, float, float]:
    """People looked at, seconds, and peak megabytes of ``venia fsck --deep`` on this database."""
    environment = {**os.environ, "VENIA_HOME": str(place.settings.home), "VENIA_DATABASE_URL": place.url}
    command = [sys.executable, "-m", "server.cli", "fsck", "--deep"]
    started = time.perf_counter()
    ended = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    if ended.returncode:
        raise SystemExit(f"The check did not find everything as it must be: {ended.stdout}{ended.stderr}")
    return next(_numbers(ended.stdout)), seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _numbers(printed: str) -> Iterator[int]:
    """The number of people, in the words of the report."""
    words = printed.split()
    yield int(words[words.index("people") - 1])


if __name__ == "__main__":
    main()
