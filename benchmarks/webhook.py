"""
How many updates a second WhatsApp's webhook takes, durable: in deliveries of one and of a thousand, in one run.

    .venv/bin/python -m benchmarks.webhook [--seconds 5] [--rounds 3]

The server is one process on its own embedded PostgreSQL; the load is another process on the same machine.  Each update is
a message of somebody else: opt-outs, which write the most, and words that mean nothing, which are most of what comes.
"""

import argparse
import hashlib
import hmac
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.authorize import load, served

_WORDS = {"opt-outs": "BAJA", "other words": "gracias, hasta mañana"}
_BATCHES = {1: 64, 1000: 2}  # updates in a delivery, and how many deliveries are under way at once


def deliveries(described: dict[str, Any], words: str, size: int, people: Iterator[int], many: int) -> list[str]:
    """So many signed deliveries, every update from a person of its own, as whole HTTP requests."""
    return [_request(described["whatsapp"], _body(words, size, people)) for _ in range(many)]


def _body(words: str, size: int, people: Iterator[int]) -> str:
    moment, entries = str(int(time.time())), []
    for number in (next(people) for _ in range(size)):
        phone = f"346{number:08d}"
        said = {"from": phone, "id": f"wamid.BENCH{number}", "timestamp": moment, "type": "text"}
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "34910000000", "phone_number_id": "700600500400"},
            "contacts": [{"wa_id": phone, "user_id": f"ES.{number:020d}"}],
            "messages": [{**said, "text": {"body": words}}],
        }
        entries.append({"id": "1", "changes": [{"field": "messages", "value": value}]})
    return json.dumps({"object": "whatsapp_business_account", "entry": entries})


def _request(whatsapp: dict[str, str], body: str) -> str:
    digest = hmac.new(whatsapp["app_secret"].encode(), body.encode(), hashlib.sha256).hexdigest()
    head = f"POST /webhooks/whatsapp/{whatsapp['channel']} HTTP/1.1\r\nHost: localhost\r\n"
    head += f"Content-Type: application/json\r\nX-Hub-Signature-256: sha256={digest}\r\n"
    return f"{head}Content-Length: {len(body.encode())}\r\n\r\n{body}"


def measure(described: dict[str, Any], seconds: float, rounds: int) -> None:
    """Prints a table: for each kind and size the median round, in updates a second."""
    people = count(1)
    _round(described, "BAJA", 100, 1, 1, people, 20)  # The first delivery pays for what is loaded once.
    print(f"{'updates':<12} {'in one':>6} {'updates/s':>10} {'p50 ms':>8} {'p99 ms':>8}")
    for kind, words in _WORDS.items():
        for size, clients in _BATCHES.items():
            # No delivery is sent twice in a round, however fast they are taken.
            many = int(seconds * 6000 / size) + clients
            seen = [_round(described, words, size, clients, seconds, people, many) for _ in range(rounds)]
            middle = sorted(seen, key=lambda each: float(each["per_second"]))[len(seen) // 2]
            updates, p50, p99 = middle["per_second"] * size, middle["p50_us"] / 1000, middle["p99_us"] / 1000
            print(f"{kind:<12} {size:>6} {updates:>10.0f} {p50:>8.1f} {p99:>8.1f}")


def _round(
    described: dict[str, Any], words: str, size: int, clients: int, seconds: float, people: Iterator[int], many: int
) -> dict[str, Any]:
    requests: Sequence[str] = deliveries(described, words, size, people, many)
    measured = load(requests, clients, seconds)
    if set(measured["statuses"]) != {"200"}:
        raise RuntimeError(f"The webhook answered {measured['statuses']}.")
    return measured


def main() -> None:
    """Measures, on loopback only, for a bounded time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="venia-") as folder, served(Path(folder), signing=False) as described:
        measure(described, asked.seconds, asked.rounds)


if __name__ == "__main__":
    main()
