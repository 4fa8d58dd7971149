"""
What an import costs: rows a second of one server process, beside single consents over HTTP, in one run.

    .venv/bin/python -m benchmarks.imports [--rows 20000] [--seconds 3] [--rounds 3] [--clients 64]

Every row, and every single request, is a consent of somebody new, with a notice and evidence: a person with a key of
their own, an identifier, two entries, sealed fields.  The server is one process on its own embedded PostgreSQL with its
durable settings; the client is another process on the same machine.  Rounds alternate, and the middle one of each is
reported, with the microseconds of the processor that each consent took in the server and in PostgreSQL: other work on
the machine lengthens the seconds, and those hardly.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psutil

from benchmarks.authorize import PORT, load, post, served

HEADER = (
    "phone,purpose,channels,given_at,method,basis,jurisdiction,notice_id,notice_version,notice_locale,"
    "evidence_page_url,evidence_ip\n"
)
GIVEN_AT, PAGE, ADDRESS = "2024-05-01T10:00:00Z", "https://shop.example/calls", "203.0.113.7"
AT_ONCE = 10_000  # of single requests that are written beforehand, for each second


@dataclass(frozen=True, slots=True)
class Round:
    """How fast one round went, and the processor's microseconds for each consent."""

    per_second: float
    server_us: float
    database_us: float


class Counter:
    """The processor's seconds of the server, and of PostgreSQL, under this process."""

    def __init__(self, home: Path) -> None:
        everyone = psutil.Process().children(recursive=True)
        self._server = next(each for each in everyone if "benchmarks.measured_app:create" in each.cmdline())
        file = next(home.rglob("postmaster.pid"))
        self._database = psutil.Process(int(file.read_text().split("\n", 1)[0]))

    def read(self) -> tuple[float, float]:
        """Seconds of the server and of the database so far."""
        database = [self._database, *self._database.children(recursive=True)]
        return _spent([self._server]), _spent(database)


def _spent(found: list[psutil.Process]) -> float:
    times = [each.cpu_times() for each in found if each.is_running()]
    return sum(each.user + each.system for each in times)


def row(number: int) -> str:
    """A consent of somebody as a row."""
    return f"+34{number},offers,voice,{GIVEN_AT},web_form,opt_in,ES,calls-es,3,es-ES,{PAGE},{ADDRESS}\n"


def body(number: int) -> dict[str, Any]:
    """The same as the body of one request."""
    return {
        "contact": {"phone": f"+34{number}"},
        "purpose": "offers",
        "channels": ["voice"],
        "given_at": GIVEN_AT,
        "method": "web_form",
        "basis": "opt_in",
        "jurisdiction": "ES",
        "notice": {"id": "calls-es", "version": 3, "locale": "es-ES"},
        "evidence": {"page_url": PAGE, "ip": ADDRESS},
    }


def import_rows(key: str, rows: int, people: Iterator[int]) -> tuple[float, int]:
    """Has another process send a file of so many rows; rows per second, and how many they were."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write(HEADER)
        file.writelines(row(next(people)) for _ in range(rows))
        file.flush()
        command = [sys.executable, "-m", "benchmarks.imports", "--send", file.name]
        done = subprocess.run(command, input=key, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    if answer["verdicts"]["recorded"] != rows:
        raise RuntimeError(f"The import came to {answer['verdicts']}.")
    return rows / float(answer["seconds"]), rows


def send(file: Path, key: str) -> None:
    """Sends a file and prints the answer, with the seconds until it came."""
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "text/csv",
        "Content-Length": str(file.stat().st_size),
        "Idempotency-Key": str(uuid.uuid4()),
    }
    with file.open("rb") as opened:
        begun = time.perf_counter()
        request = urllib.request.Request(f"http://127.0.0.1:{PORT}/v1/imports", opened, headers)
        with urllib.request.urlopen(request) as answered:
            answer = json.load(answered)
    print(json.dumps({**answer, "seconds": time.perf_counter() - begun}))


def post_singly(key: str, clients: int, seconds: float, people: Iterator[int]) -> tuple[float, int]:
    """Single consents from so many clients at once; answers per second, and how many they were."""
    requests = [post("/v1/consents", key, body(next(people)), idempotent=True) for _ in range(int(seconds * AT_ONCE))]
    measured = load(requests, clients, seconds)
    if set(measured["statuses"]) != {"201"}:
        raise RuntimeError(f"Single consents were answered {measured['statuses']}.")
    return float(measured["per_second"]), int(measured["statuses"]["201"])


def measured(counter: Counter, work: Callable[[], tuple[float, int]]) -> Round:
    """One round, and what it took of the processor."""
    before = counter.read()
    per_second, consents = work()
    server, database = (later - earlier for later, earlier in zip(counter.read(), before, strict=True))
    return Round(per_second, server / consents * 1e6, database / consents * 1e6)


def measure(described: dict[str, Any], home: Path, asked: argparse.Namespace) -> None:
    """Prints a table: single consents and rows, the middle round of each, and how many times faster rows are."""
    key, people, counter = described["keys"]["admin"], count(600_000_000), Counter(home)
    import_rows(key, 1000, people)  # Connections are made and statements prepared before the time begins.
    singles, rows = [], []
    for _ in range(asked.rounds):
        singles.append(measured(counter, lambda: post_singly(key, asked.clients, asked.seconds, people)))
        rows.append(measured(counter, lambda: import_rows(key, asked.rows, people)))
    print(f"{'':<22} {'consents/s':>10} {'server µs':>10} {'database µs':>12}")
    middle = [sorted(all_, key=lambda each: each.per_second)[len(all_) // 2] for all_ in (singles, rows)]
    for name, each in zip((f"single, {asked.clients} clients", "rows of a file"), middle, strict=True):
        print(f"{name:<22} {each.per_second:>10.0f} {each.server_us:>10.0f} {each.database_us:>12.0f}")
    print(f"a file is {middle[1].per_second / middle[0].per_second:.1f} times as fast")


def main() -> None:
    """Measures, on loopback only, for a bounded time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument(
        "--send", type=Path, help=argparse.SUPPRESS
    )  # By the other process; the key comes on its input.
    asked = parser.parse_args()
    if asked.send is not None:
        send(asked.send, sys.stdin.read())
        return
    with tempfile.TemporaryDirectory(prefix="venia-") as folder, served(Path(folder), signing=False) as described:
        measure(described, Path(folder), asked)


if __name__ == "__main__":
    main()
