"""
Batches as real clients send them to a real server: all at once or line by line, patient or gone, its database or not.
"""

import itertools
import json
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path
from typing import Self

import psutil
import pytest

from server.db import migrate
from tests.postgres import ThrowawayPostgres
from tests.server.api import Json, consent, new_phone, question
from tests.server.process import Process, eventually

AWAY = "urn:venia:problem:database-away"


class Batch:
    """
    One request whose body is sent piece by piece, and whose answers are read line by line.
    """

    def __init__(self, server: Process, path: str = "/v1/calls/check-batch") -> None:
        key = server.demo["keys"]["caller"]
        self._socket = socket.create_connection(("127.0.0.1", server.port), timeout=60)
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
        self._socket.sendall(f"{head}Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        self._answer = HTTPResponse(self._socket, method="POST")
        self._is_begun = False

    def send(self, piece: bytes) -> Self:
        """
        Sends a piece, cut wherever it may be.
        """
        self._socket.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
        return self

    def end(self) -> Self:
        """
        Says that nothing more comes.
        """
        self._socket.sendall(b"0\r\n\r\n")
        return self

    def read(self, most: int | None = None) -> list[Json]:
        """
        So many answers, or all that are left.
        """
        if not self._is_begun:
            self._answer.begin()
            self._is_begun = True
            assert self._answer.status == 200
        lines = iter(self._answer.readline, b"")
        return [json.loads(line) for line in itertools.islice(lines, most)]

    def leave(self) -> None:
        """
        Hangs up.
        """
        self._answer.close()
        self._socket.close()


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[ThrowawayPostgres]:
    """
    A database server that a test may stop; other tests share another.
    """
    with tempfile.TemporaryDirectory() as folder:
        server = ThrowawayPostgres(Path(folder))
        migrate(server.start())
        yield server
        server.stop()


@pytest.fixture(scope="module")
def server(own_postgres: ThrowawayPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """
    The service as its operator runs it.
    """
    with Process(tmp_path_factory.mktemp("batches") / "home", own_postgres.url) as running:
        yield running


@pytest.fixture(scope="module")
def agreed(server: Process) -> str:
    """
    The number of somebody who may be called.
    """
    phone = new_phone()
    assert server.post("/v1/consents", consent(phone)).status_code == 201
    return phone


def line(phone: str, **changes: object) -> bytes:
    """
    A question as a line.
    """
    return json.dumps(question(phone, **changes), ensure_ascii=False).encode() + b"\n"


def decided(server: Process) -> float:
    """
    How many decisions the server has made.
    """
    counted = server.client.get("/metrics").text.splitlines()
    return sum(float(each.rpartition(" ")[2]) for each in counted if each.startswith("venia_decisions_total"))


def decisions(answers: list[Json]) -> Counter[str]:
    """
    How many answers say what.
    """
    return Counter(str(each.get("decision", "error")) for each in answers)


def test_a_line_is_answered_before_the_next_is_sent(server: Process, agreed: str):
    """
    Nothing waits for a group to be full, so that two programs may talk; pieces end wherever the network cuts them.
    """
    batch = Batch(server)
    told: list[Json] = []
    for number in range(3):
        whole = line(agreed, facts={"queue": "vip"}) if number < 2 else line("+34 año 2026")
        cut = whole.index("ñ".encode()) + 1 if number == 2 else 7
        batch.send(whole[:cut]).send(whole[cut:])
        told += batch.read(1)
    rest = batch.send(line(agreed).rstrip(b"\n")).end().read()
    batch.leave()

    assert [each["line"] for each in (*told, *rest)] == [1, 2, 3, 4]
    assert [each.get("decision") for each in (*told, *rest)] == ["allow", "allow", None, "allow"]


@contextmanager
def watched(server: Process) -> Iterator[list[int]]:
    """
    The server's memory in bytes, looked at again and again.
    """
    assert server.process is not None
    process, seen, over = psutil.Process(server.process.pid), [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            seen.append(process.memory_info().rss)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def test_a_client_may_send_everything_before_it_reads_anything(server: Process, agreed: str):
    """
    A hundred thousand lines and no deadlock: sixty megabytes of answers wait, and not in memory.
    """
    phones = [agreed, *(new_phone() for _ in range(9_999))]
    body = b"".join(map(line, phones))
    first = Batch(server).send(body).end()  # What is remembered of numbers is remembered from now on.
    first.read()
    first.leave()
    with watched(server) as memory:
        before, batch = decided(server), Batch(server)
        eventually(lambda: len(memory) > 5)
        usual = max(memory)
        for _ in range(10):
            batch.send(body)
        batch.end()
        eventually(lambda: decided(server) - before == 100_000, seconds=120)
        most = max(memory)
        answers = batch.read()
        batch.leave()

    assert [each["line"] for each in answers] == list(range(1, 100_001))
    assert decisions(answers) == {"allow": 10, "deny": 99_990}
    assert sum(map(len, map(json.dumps, answers))) > 50e6
    assert most - usual < 25e6, (usual, most)


def test_a_question_asked_alone_does_not_wait_for_a_batch(server: Process, agreed: str):
    """
    It is answered while the batch is still under way.
    """
    batch = Batch(server)
    body = line(agreed) * 20_000
    sending = threading.Thread(target=lambda: batch.send(body).end())
    sending.start()
    batch.read(1)
    alone = server.post("/v1/calls/check", question(agreed), key="caller")
    under_way = decided(server)
    answers = batch.read()
    sending.join()
    batch.leave()

    assert alone.json()["decision"] == "allow"
    assert len(answers) == 19_999
    assert under_way < decided(server)


def test_a_client_that_leaves_ends_the_work(server: Process, agreed: str):
    """
    Most of what it would have asked is never decided, and nothing is left open.
    """
    assert server.process is not None
    process = psutil.Process(server.process.pid)
    files, before = process.num_fds(), decided(server)
    batch = Batch(server)
    body = line(agreed) * 2_000

    def send() -> None:
        with suppress(OSError):
            for _ in range(100):
                batch.send(body)

    sending = threading.Thread(target=send)
    sending.start()
    batch.read(1000)
    batch.leave()
    sending.join()
    eventually(lambda: process.num_fds() <= files)
    eventually(lambda: _stands_still(server))

    assert 1000 <= decided(server) - before < 150_000
    assert "Traceback" not in server.output()


def test_nothing_is_left_of_clients_that_left(database: str, tmp_path: Path):
    """
    In the middle of a line, or without reading what was answered: the server has nothing to wait for when it is to end.
    """
    with Process(tmp_path / "home", database) as server:
        middle, unread = Batch(server), Batch(server)
        middle.send(line(new_phone()) + b'{"to": ')
        told = middle.read(1)
        unread.send(line(new_phone()) * 20_000).end()
        unread.read(1)
        middle.leave()
        unread.leave()
        code = server.end()

    assert told[0]["decision"] == "deny"
    assert code == 0
    assert "timeout graceful shutdown exceeded" not in server.output()
    assert "Traceback" not in server.output()


def _stands_still(server: Process) -> bool:
    first = decided(server)
    time.sleep(0.3)
    return decided(server) == first


def test_without_the_database_every_line_says_so(server: Process, own_postgres: ThrowawayPostgres, agreed: str):
    """
    Away in the middle of a batch: an error for each line, never silence and never an allow; back: decisions again.
    """
    batch = Batch(server)
    lines = line(agreed) * 600
    before = batch.send(lines).read(600)
    own_postgres.kill9()
    away = batch.send(lines).read(600)
    own_postgres.start()
    eventually(lambda: server.get("/health/ready").status_code == 200)
    back = batch.send(lines).end().read()
    batch.leave()

    assert decisions(before) == {"allow": 600}
    assert [each["line"] for each in away] == list(range(601, 1201))
    assert {(each["error"]["type"], each["error"]["status"]) for each in away} == {(AWAY, 503)}
    assert not [each for each in away if "decision" in each]
    assert decisions(back) == {"allow": 600}
