"""
``venia rotate`` against a server that goes on answering: nothing is refused, lost or doubled.
"""

import json
import subprocess
import sys
import threading
from pathlib import Path
from uuid import uuid4

import httpx

from tests.checkout import ROOT
from tests.databases import fetch
from tests.server.api import consent, new_phone, question
from tests.server.process import Process, clean_environment


def rotate(server: Process, *words: str) -> list[dict[str, object]]:
    """
    What the command says, in JSON.
    """
    environment = clean_environment(VENIA_HOME=str(server.home), VENIA_DATABASE_URL=server.url)
    command = [sys.executable, "-m", "server.cli", "rotate", *words, "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


class Callers(threading.Thread):
    """
    Somebody who asks for the same people again and again, and repeats each request under its key.
    """

    def __init__(self, server: Process, people: list[str]) -> None:
        super().__init__()
        self.server, self.people = server, people
        self.done = threading.Event()
        self.answers: list[tuple[int, int, bool]] = []  # status, status of the repetition, whether they are the same

    def run(self) -> None:
        turn = 0
        with httpx.Client(base_url=self.server.base_url, timeout=30, trust_env=False) as client:
            headers = {"Authorization": f"Bearer {self.server.demo['keys']['admin']}"}
            while not self.done.is_set():
                turn += 1
                sent = {**headers, "Idempotency-Key": str(uuid4())}
                body = question(self.people[turn % len(self.people)])
                one, other = (client.post("/v1/calls/authorize", json=body, headers=sent) for _ in range(2))
                same = one.json().get("receipt") == other.json().get("receipt")
                self.answers.append((one.status_code, other.status_code, same))


def test_rotating_under_load_disturbs_nobody(database: str, tmp_path: Path):
    """
    Two server processes, three callers, every kind of key twice; a restart finds everybody again.
    """
    people = [new_phone() for _ in range(20)]
    with Process(tmp_path / "home", database, VENIA_WORKERS="2") as server:
        for each in people[:10]:
            assert server.post("/v1/consents", consent(each)).status_code == 201
        callers = [Callers(server, people) for _ in range(3)]
        for caller in callers:
            caller.start()
        told = [rotate(server, kind) for _ in range(2) for kind in ("index", "kek", "data")]
        for caller in callers:
            caller.done.set()
            caller.join()
        wrappers = {row["wrapped_by"] for row in fetch(database, "SELECT * FROM tenant_keys WHERE wrapped IS NOT NULL")}
        server.end()
        server.start()
        later = [server.post("/v1/contacts/lookup", {"contact": {"phone": each}}).status_code for each in people]
        entries = [entry.payload for entry in server.entries()]
    answers = [answer for each in callers for answer in each.answers]
    decided = [each for each in entries if str(each["event"]).startswith("decision.")]

    assert set(answers) == {(200, 200, True)}
    assert len(decided) == len(answers) > 30
    assert set(later) == {200}
    assert told[-1][0]["version"] == 3
    assert len(wrappers) == 1
    assert len(list((tmp_path / "home" / "keys").glob("kek.previous-*"))) == 2
    in_use = fetch(database, "SELECT contact_id FROM identifiers WHERE valid_to IS NULL")
    assert len(in_use) == len({row["contact_id"] for row in in_use}) == len(people)
