"""
``venia serve`` from start to end: signals, a killed process, a database that goes and comes back, several workers.
"""

import base64
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from audit.merkle import leaf_hash
from audit.verification import verify_chain
from server.db import migrate
from tests.postgres import ThrowawayPostgres
from tests.server.api import consent, new_phone, question
from tests.server.process import Process, eventually


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_order_when_told_to(database: str, tmp_path: Path, number):
    """
    Exit code 0, no traceback, the port free again; what was answered is there at the next start.
    """
    phone = new_phone()
    with Process(tmp_path / "home", database) as server:
        receipt = server.post("/v1/consents", consent(phone)).json()["receipt"]
        code = server.end(number)
        output = server.output()
        with pytest.raises(httpx.TransportError):
            server.client.get("/health/live")
        server.start()
        [entry] = [entry for entry in server.entries() if entry.index == receipt["index"]]
        allowed = server.post("/v1/calls/check", question(phone)).json()["decision"]

    assert code == 0
    assert "Traceback" not in output
    assert entry.payload["event"] == "consent.recorded"
    assert allowed == "allow"


class Load:
    """
    Threads that authorize as fast as they are answered, and keep every receipt.
    """

    def __init__(self, server: Process, threads: int = 8) -> None:
        self.receipts: list[dict[str, Any]] = []  # Any: what JSON holds.
        self.holds: list[str] = []
        self._server = server
        self._threads = [threading.Thread(target=self._run, args=(new_phone(),)) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def _run(self, phone: str) -> None:
        headers = self._server.headers()
        with httpx.Client(base_url=self._server.base_url, trust_env=False, timeout=30) as client:
            for turn in range(100_000):
                named = headers | {"Idempotency-Key": f"{phone}-{turn}"}
                try:
                    answer = client.post("/v1/calls/authorize", json=question(phone), headers=named)
                except httpx.TransportError:
                    return
                if answer.status_code != 200:
                    return
                self.receipts.append(answer.json()["receipt"])

    def wait(self) -> None:
        """
        Returns when every thread has met the end.
        """
        for thread in self._threads:
            thread.join()


def test_what_was_answered_survives_a_killed_process(database: str, tmp_path: Path):
    """
    Killed in the middle of answering: after the restart every receipt is in the log and the chain verifies.
    """
    with Process(tmp_path / "home", database) as server:
        load = Load(server)
        eventually(lambda: len(load.receipts) >= 200)
        server.kill9()
        load.wait()
        server.start()
        lines = list(map(_line, server.get("/v1/audit/entries").text.splitlines()))
        after = server.post("/v1/consents", consent(new_phone()))
    chain = verify_chain(server.demo["log"]["origin"], lines)
    leaves = {index: base64.b64encode(leaf).decode() for index, _, leaf in lines}

    assert len(load.receipts) >= 200
    assert all(leaves[each["index"]] == each["leaf_hash"] for each in load.receipts)
    assert all(leaf_hash(body) == leaf for _, body, leaf in lines)
    assert len({each["index"] for each in load.receipts}) == len(load.receipts)
    assert len(chain.entries) == len(lines)
    assert after.status_code == 201


def _line(text: str) -> tuple[int, bytes, bytes]:
    line = httpx.Response(200, text=text).json()
    return line["index"], base64.b64decode(line["body"]), base64.b64decode(line["leaf_hash"])


@pytest.fixture
def own_postgres() -> Iterator[ThrowawayPostgres]:
    """
    A database server that the test may stop; other tests share another.
    """
    with tempfile.TemporaryDirectory() as folder:
        server = ThrowawayPostgres(Path(folder))
        migrate(server.start())
        yield server
        server.stop()


def test_it_outlives_its_database(own_postgres: ThrowawayPostgres, tmp_path: Path):
    """
    Away: live, not ready, 503 with Retry-After and never an allow.  Back: all is well without a restart.
    """
    phone = new_phone()
    with Process(tmp_path / "home", own_postgres.url) as server:
        assert server.process is not None
        server.post("/v1/consents", consent(phone))
        for end in (own_postgres.stop, own_postgres.kill9):
            end()
            live, ready = server.get("/health/live"), server.get("/health/ready")
            asked = [
                server.post("/v1/calls/authorize", question(phone)),
                server.post("/v1/calls/check", question(phone)),
                server.get("/v1/audit/entries"),
                server.post("/v1/consents", consent(new_phone())),
            ]

            assert (live.status_code, ready.status_code) == (200, 503)
            assert ready.json()["missing"] == ["database"]
            assert int(ready.headers["Retry-After"]) >= 1
            assert [each.status_code for each in asked] == [503] * 4, [each.text for each in asked]
            assert all(int(each.headers["Retry-After"]) >= 1 for each in asked)
            assert all(each.headers["content-type"] == "application/problem+json" for each in asked)
            own_postgres.start()
            eventually(lambda: server.get("/health/ready").status_code == 200)
            again = server.post("/v1/calls/check", question(phone))

            assert (again.status_code, again.json()["decision"]) == (200, "allow")
            held = server.post("/v1/calls/authorize", question(phone))
            assert held.json().get("decision") == "allow", (held.text, server.output()[-6000:])
        indexes = [entry.index for entry in server.entries()]

        assert server.process.poll() is None
        assert indexes == list(range(len(indexes)))


def test_two_workers_are_one_service(database: str, tmp_path: Path):
    """
    Both answer, write one log and count together, and end together.
    """
    with Process(tmp_path / "home", database, VENIA_WORKERS="2") as server:
        phones = [new_phone() for _ in range(12)]
        for phone in phones:
            with httpx.Client(base_url=server.base_url, trust_env=False, timeout=30) as client:  # A connection each.
                assert client.post("/v1/consents", json=consent(phone), headers=server.headers()).status_code == 201
                asked = client.post("/v1/calls/authorize", json=question(phone), headers=server.headers())
                assert asked.json()["decision"] == "allow"
        counted = [
            line for line in server.get("/metrics").text.splitlines() if line.startswith("venia_decisions_total")
        ]
        entries = server.entries()
        code = server.end()

    assert counted == ['venia_decisions_total{outcome="allow"} 12.0']
    assert [entry.index for entry in entries] == list(range(len(entries)))
    assert sum(entry.payload["event"] == "decision.allowed" for entry in entries) == 12
    assert code == 0
    assert "Traceback" not in server.output()
