"""
What a decision costs over HTTP: check and authorize beside a typed POST route that does nothing, in one run.

    .venv/bin/python -m benchmarks.authorize [--people 12000] [--seconds 2] [--rounds 3]

The server is one process on its own embedded PostgreSQL; the load is another process on the same machine.  Rounds
alternate between the routes, and the middle one of each is reported.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from server import demo
from server.companion import Companion
from server.db import migrate
from server.embedded import EmbeddedPostgres
from server.service import clock, running
from server.settings import read_settings

PORT = 8765
ROUTES = {"noop": "/noop", "check": "/v1/calls/check", "authorize": "/v1/calls/authorize"}


@contextmanager
def served(home: Path, *, signing: bool) -> Iterator[dict[str, Any]]:  # demo.json, as it is.
    """A server process with the demo tenant, on a database of its own."""
    database = EmbeddedPostgres(home)
    url = database.start()
    migrate(url)
    environment = {**os.environ, "VENIA_HOME": str(home), "VENIA_DATABASE_URL": url, "VENIA_PORT": str(PORT)}
    environment["VENIA_CHECKPOINTER"] = "on" if signing else "off"
    settings = read_settings({name: value for name, value in environment.items() if name.startswith("VENIA_")})

    async def seed() -> demo.Described:
        async with running(settings, url) as service:
            return await demo.seed(service)

    described = asyncio.run(seed())
    command = [sys.executable, "-m", "uvicorn", "--factory", "benchmarks.measured_app:create", "--port", str(PORT)]
    command += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    companion = Companion(environment)
    if signing:
        companion.start()
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_ready()
            yield {**described, "database": url}
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            companion.stop()
            database.stop()


def _wait_until_ready() -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health/ready").close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not become ready.")


def prepare(described: dict[str, Any], people: int) -> list[str]:  # demo.json, as it is.
    """Gives so many people consent and WhatsApp permission, and returns their numbers."""
    numbers = [f"+346{at:08d}" for at in range(people)]
    given_at = clock().isoformat()
    bodies = [
        {
            "contact": {"phone": number},
            "purpose": "order_updates",
            "channels": ["whatsapp_call"],
            "given_at": given_at,
            "method": "web_form",
        }
        for number in numbers
    ]
    key = described["keys"]["capture"]
    requests = [post("/v1/consents", key, body, idempotent=True) for body in bodies]
    load(requests, 64, len(requests) / 800)
    for start in range(0, people, 500):
        _deliver(described, [_permission(number) for number in numbers[start : start + 500]])
    # What autovacuum does within a minute of such a growth; until then plans are guesses.
    asyncio.run(_analyze(described["database"]))
    return numbers


async def _analyze(url: str) -> None:
    conn = await asyncpg.connect(url)
    await conn.execute("ANALYZE")
    await conn.close()


def _permission(number: str) -> dict[str, object]:
    reply = {"response": "accept", "is_permanent": True, "response_source": "user_action"}
    return {
        "from": number[1:],
        "id": f"wamid.{uuid.uuid4().hex}",
        "timestamp": str(int(time.time())),
        "type": "interactive",
        "interactive": {"type": "call_permission_reply", "call_permission_reply": reply},
    }


def _deliver(described: dict[str, Any], messages: Sequence[object]) -> None:  # demo.json, as it is.
    whatsapp = described["whatsapp"]
    metadata = {"display_phone_number": "34910000000", "phone_number_id": whatsapp["phone_number_id"]}
    value = {"messaging_product": "whatsapp", "metadata": metadata, "messages": list(messages)}
    delivery = {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}
    body = json.dumps(delivery).encode()
    signature = hmac.new(whatsapp["app_secret"].encode(), body, hashlib.sha256).hexdigest()
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}/webhooks/whatsapp/{whatsapp['channel']}",
        body,
        {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"},
    )
    urllib.request.urlopen(request).close()


def post(path: str, key: str, body: object, *, idempotent: bool) -> str:
    """A request as it goes over the wire."""
    content = json.dumps(body)
    once = f"Idempotency-Key: {uuid.uuid4()}\r\n" if idempotent else ""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\n{once}Content-Length: {len(content)}\r\n\r\n{content}"
    )


def load(requests: Sequence[str], clients: int, seconds: float) -> dict[str, Any]:  # What benchmarks.load prints.
    """Sends the requests from so many clients at once, by another process, for that long."""
    asked = json.dumps({"port": PORT, "clients": clients, "seconds": seconds, "requests": requests})
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"], input=asked, capture_output=True, text=True, check=True
    )
    measured: dict[str, Any] = json.loads(done.stdout)  # A JSON document.
    return measured


def measure(described: dict[str, Any], numbers: Sequence[str], seconds: float, rounds: int) -> None:  # demo.json.
    """Prints a table: for 1 and 64 clients, each route's median round and its ratio to the no-op's."""
    sender = {"phone_number_id": described["whatsapp"]["phone_number_id"]}
    key = described["keys"]["caller"]
    asked = [{"to": {"phone": number}, "from": sender, "purpose": "order_updates"} for number in numbers]
    print(f"{'clients':>7} {'route':<10} {'answers/s':>10} {'p50 µs':>9} {'p99 µs':>9} {'ratio':>6}")
    for clients in (1, 64):
        seen: dict[str, list[dict[str, Any]]] = {name: [] for name in ROUTES}  # What benchmarks.load prints.
        for _ in range(rounds):
            for name, path in ROUTES.items():
                requests = [post(path, key, body, idempotent=name == "authorize") for body in asked]
                measured = load(requests, clients, seconds)
                seen[name].append(measured)
                # The next round goes on with those who were not called yet, as a campaign does.
                if name == "authorize":
                    called = sum(measured["statuses"].values()) % len(asked)
                    asked = asked[called:] + asked[:called]
        middle = {name: sorted(all_, key=lambda m: m["per_second"])[len(all_) // 2] for name, all_ in seen.items()}
        for name, measured in middle.items():
            if set(measured["statuses"]) != {"200"}:
                raise RuntimeError(f"{name} answered {measured['statuses']}.")
            ratio = measured["per_second"] / middle["noop"]["per_second"]
            print(
                f"{clients:>7} {name:<10} {measured['per_second']:>10.0f} {measured['p50_us']:>9.0f} "
                f"{measured['p99_us']:>9.0f} {ratio:>6.2f}"
            )


def main() -> None:
    """Measures, on loopback only, for a bounded time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=12_000)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--signing", action="store_true", help="run the checkpointer beside the server")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="venia-") as folder,
        served(Path(folder), signing=asked.signing) as described,
    ):
        measure(described, prepare(described, asked.people), asked.seconds, asked.rounds)


if __name__ == "__main__":
    main()
