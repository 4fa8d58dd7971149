"""
Decisions a second of one server process: in batches, and asked one by one, in the same run.

    .venv/bin/python -m benchmarks.check_batch [--people 9000] [--lines 90000] [--rounds 3] [--seconds 5]

The rules are those of Spain, WhatsApp and a tenant; everybody has consent and WhatsApp's permission.  The server is
one process on its own embedded PostgreSQL; the load is another process on the same machine.
"""

import argparse
import asyncio
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import psutil

from benchmarks.authorize import PORT, served
from consent.hearing import HearPermission
from consent.references import ContactReference
from consent.requests import RecordConsent
from consent.settings import SenderReference
from policies.catalogue import builtin
from policies.changes.requests import ActivateChange, ApproveChange, DraftChange
from server.demo import PHONE_NUMBER_ID
from server.service import Service, clock, running
from server.settings import read_settings

PACKS = ("core", "whatsapp", "es", "acme")
PURPOSE = "order_updates"
ACTOR = "benchmark"
CLIENTS = 64
AT_ONCE = 500


async def _prepare(home: Path, described: dict[str, Any], people: int) -> list[str]:  # demo.json, as it is.
    """Has the tenant enforce these packs and no others, and so many people agree; their numbers."""
    url, tenant = described["database"], UUID(described["tenant"])
    numbers = [f"+346{at:08d}" for at in range(people)]
    async with running(read_settings({"VENIA_HOME": str(home), "VENIA_DATABASE_URL": url}), url) as service:
        await _adopt(service, url, tenant)
        for start in range(0, people, AT_ONCE):
            some = [_agreed(tenant, each) for each in numbers[start : start + AT_ONCE]]
            await asyncio.gather(*(service.journal.write(each) for requests in some for each in requests))
    # What autovacuum does within a minute of such a growth; until then plans are guesses.
    conn = await asyncpg.connect(url)
    await conn.execute("ANALYZE")
    await conn.close()
    return numbers


async def _adopt(service: Service, url: str, tenant: UUID) -> None:
    """Changes the tenant's rules to these packs, on the report that a simulation of an empty log would have left."""
    draft = DraftChange(tenant, ACTOR, tuple(map(builtin, PACKS)), "to be measured", "sha256:none")
    drafted, report = (await service.journal.write(draft)).answer, f"sha256:{'0' * 64}"
    conn = await asyncpg.connect(url)
    await conn.execute(
        "INSERT INTO rule_reports (tenant_id, report_hash, base_set, candidate_set, mode, decisions, noted_at, event_id) "
        "VALUES ($1, $2, $3, $4, 'point', 0, now(), gen_random_uuid())",
        tenant,
        report,
        drafted["base"],
        drafted["candidate"],
    )
    await conn.close()
    change = UUID(str(drafted["id"]))
    await service.journal.write(ApproveChange(tenant, "second", change, "to be measured", report))
    await service.journal.write(ActivateChange(tenant, ACTOR, change, "to be measured"))


def _agreed(tenant: UUID, number: str) -> tuple[RecordConsent, HearPermission]:
    person, at = ContactReference.phone(number), clock() - timedelta(days=1)
    sender = SenderReference("phone_number_id", PHONE_NUMBER_ID)
    means = ("whatsapp_call",), ("live",)
    return (
        RecordConsent(tenant, ACTOR, person, PURPOSE, *means, at, "web_form"),
        HearPermission(tenant, ACTOR, (person,), (sender,), "permanent", at, None, False, None, f"wamid.{number}"),
    )


class Measured(NamedTuple):
    """Decisions a second, and seconds of the server's processor for each."""

    per_second: float
    spent: float


def _bodies(numbers: Sequence[str], count: int) -> list[str]:
    sender = {"phone_number_id": PHONE_NUMBER_ID}
    asked = [json.dumps({"to": {"phone": each}, "from": sender, "purpose": PURPOSE}) for each in numbers]
    return [asked[at % len(asked)] for at in range(count)]


def _one_by_one(key: str, bodies: Sequence[str], seconds: float) -> float:
    """Checks a second, asked by many clients at once."""
    head = f"POST /v1/calls/check HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
    requests = [f"{head}Content-Type: application/json\r\nContent-Length: {len(each)}\r\n\r\n{each}" for each in bodies]
    asked = json.dumps({"port": PORT, "clients": CLIENTS, "seconds": seconds, "requests": requests})
    measured = json.loads(_run("benchmarks.load", asked))
    if set(measured["statuses"]) != {"200"}:
        raise RuntimeError(f"A check was answered {measured['statuses']}.")
    return float(measured["per_second"])


def _in_a_batch(key: str, bodies: Sequence[str]) -> tuple[float, dict[str, int]]:
    """Decisions a second of one request, and how many were which."""
    told = json.loads(_run("benchmarks.check_batch", json.dumps({"key": key, "lines": bodies}), "--client"))
    return float(told["per_second"]), dict(told["decisions"])


def _run(module: str, given: str, *words: str) -> str:
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout


def client() -> None:
    """Sends {key, lines} from standard input while it reads the answers, and prints what came of it, as JSON."""
    asked = json.load(sys.stdin)
    body = "".join(f"{line}\n" for line in asked["lines"]).encode()
    head = f"POST /v1/calls/check-batch HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {asked['key']}\r\n"
    head += f"Content-Type: application/x-ndjson\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    pieces: list[bytes] = []
    started = time.perf_counter()
    with socket.create_connection(("127.0.0.1", PORT)) as connection:
        sender = threading.Thread(target=connection.sendall, args=(head.encode() + body,))
        sender.start()
        while piece := connection.recv(1 << 20):
            pieces.append(piece)
        sender.join()
    took = time.perf_counter() - started
    answers = [json.loads(line) for line in _unchunked(b"".join(pieces)).splitlines()]
    if [each["line"] for each in answers] != list(range(1, len(asked["lines"]) + 1)):
        raise RuntimeError(f"{len(answers)} answers to {len(asked['lines'])} lines, or in another order.")
    decisions = Counter(each.get("decision", "error") for each in answers)
    json.dump({"per_second": len(answers) / took, "decisions": decisions}, sys.stdout)


def _unchunked(answer: bytes) -> bytes:
    head, _, rest = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 "):
        raise RuntimeError(answer[:1000].decode())
    parts: list[bytes] = []
    while True:
        size, _, rest = rest.partition(b"\r\n")
        if int(size, 16) == 0:
            return b"".join(parts)
        parts.append(rest[: int(size, 16)])
        rest = rest[int(size, 16) + 2 :]


def measure(key: str, bodies: Sequence[str], seconds: float, rounds: int) -> None:
    """
    Rounds alternate, and the middle one of each is printed.

    Beside it stands what a decision takes of the server's own time, which other programs on the machine do not change.
    """
    server = next(each for each in psutil.Process().children(recursive=True) if "uvicorn" in each.cmdline())
    alone: list[Measured] = []
    batches: list[Measured] = []
    for _ in range(rounds):
        before = _seconds_of(server)
        per_second = _one_by_one(key, bodies[:9000], seconds)
        alone.append(Measured(per_second, (_seconds_of(server) - before) / (per_second * seconds)))
        before = _seconds_of(server)
        per_second, decisions = _in_a_batch(key, bodies)
        batches.append(Measured(per_second, (_seconds_of(server) - before) / len(bodies)))
        if set(decisions) != {"allow"}:
            raise RuntimeError(f"Everybody may be called, and the decisions were {decisions}.")
    for name, seen in ((f"one by one, {CLIENTS} clients", alone), (f"a batch of {len(bodies)} lines", batches)):
        middle = sorted(seen)[len(seen) // 2]
        print(f"{name:<26} {middle.per_second:>8.0f} decisions/s  {middle.spent * 1e6:>6.1f} µs of the server for each")


def _seconds_of(server: psutil.Process) -> float:
    times = server.cpu_times()
    return float(times.user + times.system)


def main() -> None:
    """Measures, on loopback only, for a bounded time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=9_000)
    parser.add_argument("--lines", type=int, default=90_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--client", action="store_true", help="be the load, and nothing else")
    asked = parser.parse_args()
    if asked.client:
        client()
        return
    with tempfile.TemporaryDirectory(prefix="venia-") as folder, served(Path(folder), signing=False) as described:
        numbers = asyncio.run(_prepare(Path(folder), described, asked.people))
        measure(described["keys"]["caller"], _bodies(numbers, asked.lines), asked.seconds, asked.rounds)


if __name__ == "__main__":
    main()
