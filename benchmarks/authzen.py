"""
What AuthZEN costs: its evaluations beside /v1/calls/check, in one run.

    .venv/bin/python -m benchmarks.authzen [--people 3000] [--seconds 2] [--rounds 3] [--items 50]

The questions are the same, everybody may be called, and so are the rules: the demo's.  The server is one process on its
own embedded PostgreSQL; the load is another process on the same machine.  Rounds alternate between the routes, and the
middle one of each is printed, with its decisions a second as a ratio to those of check.
"""

import argparse
import json
import tempfile
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.authorize import PORT, load, post, prepare, served

PURPOSE = "order_updates"
CLIENTS = (1, 64)


def _questions(
    described: dict[str, Any], numbers: Sequence[str]
) -> list[tuple[object, dict[str, object]]]:  # demo.json.
    """Each question in our own words, and in AuthZEN's."""
    sender = {"phone_number_id": described["whatsapp"]["phone_number_id"]}
    subject = {"type": "business", "id": described["tenant"], "properties": sender}
    action = {"name": "call.place", "properties": {"purpose": PURPOSE}}
    return [
        (
            {"to": {"phone": each}, "from": sender, "purpose": PURPOSE},
            {
                "subject": subject,
                "action": action,
                "resource": {"type": "contact", "id": "x", "properties": {"phone": each}},
            },
        )
        for each in numbers
    ]


def _batches(questions: Sequence[dict[str, object]], items: int) -> list[object]:
    """So many evaluations to a request, of which only the resources differ."""
    resources = [{"resource": each["resource"]} for each in questions]
    whole = range(0, len(resources) - items + 1, items)
    return [{**questions[0], "evaluations": resources[at : at + items]} for at in whole]


def measure(described: dict[str, Any], numbers: Sequence[str], seconds: float, rounds: int, items: int) -> None:
    """Prints a table: for 1 and 64 clients, each route's median round and its ratio to check's decisions."""
    key, asked = described["keys"]["caller"], _questions(described, numbers)
    ours, theirs = [each for each, _ in asked], [each for _, each in asked]
    routes: dict[str, tuple[str, Sequence[object], int]] = {
        "check": ("/v1/calls/check", ours, 1),
        "evaluation": ("/access/v1/evaluation", theirs, 1),
        f"evaluations of {items}": ("/access/v1/evaluations", _batches(theirs, items), items),
    }
    for path, bodies, _ in routes.values():
        _insist(path, key, bodies[0])
    print(f"{'clients':>7} {'route':<20} {'decisions/s':>11} {'p50 µs':>9} {'p99 µs':>9} {'ratio':>6}")
    for clients in CLIENTS:
        seen: dict[str, list[dict[str, Any]]] = {name: [] for name in routes}  # What benchmarks.load prints.
        for _ in range(rounds):
            for name, (path, bodies, _) in routes.items():
                seen[name].append(load([post(path, key, each, idempotent=False) for each in bodies], clients, seconds))
        middle = {name: sorted(all_, key=lambda m: m["per_second"])[len(all_) // 2] for name, all_ in seen.items()}
        for name, measured in middle.items():
            if set(measured["statuses"]) != {"200"}:
                raise RuntimeError(f"{name} answered {measured['statuses']}.")
            decisions = measured["per_second"] * routes[name][2]
            ratio = decisions / middle["check"]["per_second"]
            print(
                f"{clients:>7} {name:<20} {decisions:>11.0f} {measured['p50_us']:>9.0f} {measured['p99_us']:>9.0f} "
                f"{ratio:>6.2f}"
            )


def _insist(path: str, key: str, body: object) -> None:
    """What is measured is an allow, not a mistake in the question."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        told = json.load(answer)
    decisions = [each["decision"] for each in told.get("evaluations", [told])]
    if set(decisions) not in ({"allow"}, {True}):
        raise RuntimeError(f"Everybody may be called, and {path} decided {told}.")


def main() -> None:
    """Measures, on loopback only, for a bounded time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=3_000)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--items", type=int, default=50)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="venia-") as folder, served(Path(folder), signing=False) as described:
        measure(described, prepare(described, asked.people), asked.seconds, asked.rounds, asked.items)


if __name__ == "__main__":
    main()
