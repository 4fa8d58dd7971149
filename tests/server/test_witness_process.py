"""
``venia witness`` as its operator runs it: a real process over HTTP, killed and started again.
"""

import asyncio
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Self

import httpx
import pytest

from audit.note import VerifierKey, parse_note, verified
from audit.quorum import parse_policy
from audit.witnesses import Collected, KnownSizes, collect
from server.witness import MAX_BODY_BYTES
from tests.audit.toylog import ORIGIN, ToyLog, body
from tests.server.process import clean_environment, free_port

LOG = ToyLog()
NAME = "witness.example/w1"
LATEST = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
SIZE = "text/x.tlog.size"
_PATIENCE = 60
# The command under Venia's own way of telling what went wrong.
PROGRAM = """
import typer

from server import cli
from server.witness_command import witness

cli.app = typer.Typer()
cli.app.command()(witness)
cli.main()
"""


def command(*words: str) -> list[str]:
    """
    The command line of a witness.
    """
    return [sys.executable, "-c", PROGRAM, *words]


class Running:
    """
    A witness in a process of its own, in a folder that it finds again.
    """

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        self.port = free_port()
        self._words = (*words, "--home", str(folder / "home"), "--name", NAME, "--port", str(self.port))
        self._output = folder / "output.log"
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=_PATIENCE, trust_env=False)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """
        Starts it, once more if it was started before, and waits until it answers.
        """
        with self._output.open("ab") as output:
            # With none of Venia's settings, in a folder that is not the checkout: it needs nothing but its own.
            self.process = subprocess.Popen(
                command(*self._words), env=clean_environment(), cwd=self.folder, stdout=output, stderr=output
            )
        deadline = time.monotonic() + _PATIENCE
        while not self._is_live():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.05)
        return self

    def _is_live(self) -> bool:
        try:
            return self.client.get("/health/live").status_code == 200
        except httpx.TransportError:
            return False

    def end(self, number: int) -> int:
        """
        Sends the signal and waits; the exit code.
        """
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=_PATIENCE)

    def output(self) -> str:
        """
        Everything it has written.
        """
        return self._output.read_text(errors="replace")

    def key(self) -> VerifierKey:
        """
        The verifier key that it printed.
        """
        found = re.search(r"^verifier key: (\S+)$", self.output(), re.MULTILINE)
        assert found, self.output()
        return VerifierKey.parse(found[1])

    def add(self, content: bytes) -> httpx.Response:
        """
        Posts to add-checkpoint.
        """
        return self.client.post("/add-checkpoint", content=content)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.client.close()
        if self.process is not None and self.process.poll() is None:
            self.end(signal.SIGKILL)


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Running]:
    """
    A witness of the toy log that runs.
    """
    with Running(tmp_path, "--log", LOG.key.verifier()) as running:
        yield running


def test_statuses_and_types_over_http(witness: Running):
    """
    Every status of tlog-witness arrives as it is meant, and the content type of a conflict to the letter.
    """
    first = witness.add(LOG.body(0, 5))
    statuses = {
        "again": witness.add(LOG.body(5, 5)).status_code,
        "longer": witness.add(LOG.body(5, 9)).status_code,
        "fork": witness.add(ToyLog(forked_at=3).body(9, 12)).status_code,
        "fork of the same size": witness.add(ToyLog(forked_at=3).body(9, 9)).status_code,
        "no proof": witness.add(body(9, [], LOG.checkpoint(12))).status_code,
        "another key": witness.add(ToyLog(secret=b"x" * 32).body(9, 12)).status_code,
        "another log": witness.add(ToyLog("example.org/other").body(0, 5)).status_code,
        "above": witness.add(body(9, [], LOG.checkpoint(5))).status_code,
        "garbage": witness.add(b"\xff").status_code,
        "nothing": witness.add(b"").status_code,
        "too much": witness.add(b"x" * (MAX_BODY_BYTES + 1)).status_code,
        "elsewhere": witness.client.get("/nowhere").status_code,
    }
    conflict = witness.add(LOG.body(5, 12))

    assert (first.status_code, first.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert statuses == {
        "again": 200,
        "longer": 200,
        "fork": 422,
        "fork of the same size": 422,
        "no proof": 422,
        "another key": 403,
        "another log": 404,
        "above": 400,
        "garbage": 400,
        "nothing": 400,
        "too much": 413,
        "elsewhere": 404,
    }
    assert (conflict.status_code, conflict.headers["content-type"], conflict.content) == (409, SIZE, b"9\n")


def test_monitors_get_the_newest_checkpoint(witness: Running):
    """
    With the log's signature and the witness's, under the SHA-256 of the origin; 404 while there is none.
    """
    before = witness.client.get(LATEST)
    witness.add(LOG.body(0, 5))
    witness.add(LOG.body(5, 9))
    after = witness.client.get(LATEST)
    note = parse_note(after.content)

    assert (before.status_code, after.status_code) == (404, 200)
    assert after.headers["content-type"] == "text/plain; charset=utf-8"
    assert note.text.split("\n")[:2] == [ORIGIN, "9"]
    assert len(verified(note, [LOG.key.key, witness.key()])) == 2


def test_what_was_answered_survives_a_kill(witness: Running):
    """
    Killed without warning the moment its answer is there, it knows the tree when it is back, and refuses to go behind it.
    """
    sizes = [5, 9, 16, 17]
    for old, new in zip([0, *sizes], sizes, strict=False):
        answered = witness.add(LOG.body(old, new))
        witness.end(signal.SIGKILL)
        witness.start()

        assert answered.status_code == 200
        assert witness.client.get(LATEST).content == LOG.checkpoint(new) + answered.content
        assert (witness.add(LOG.body(old, old)).status_code, witness.add(LOG.body(0, 1)).content) == (
            409,
            b"%d\n" % new,
        )
        assert witness.add(ToyLog(forked_at=3).body(new, new + 1)).status_code == 422


def test_of_twenty_that_race_one_wins(witness: Running):
    """
    Twenty trees that extend the same one arrive together: one gets 200, the others 409 with the winner's size.
    """
    witness.add(LOG.body(0, 5))
    bodies = [LOG.body(5, 6 + number) for number in range(20)]
    together = threading.Barrier(20)

    def add(content: bytes) -> httpx.Response:
        with httpx.Client(base_url=witness.client.base_url, timeout=_PATIENCE, trust_env=False) as client:
            client.get("/health/live")
            together.wait()
            return client.post("/add-checkpoint", content=content)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(add, bodies))
    won = [6 + number for number, answer in enumerate(answers) if answer.status_code == 200]
    lost = [(answer.status_code, answer.content) for answer in answers if answer.status_code != 200]

    assert len(won) == 1
    assert lost == [(409, b"%d\n" % won[0])] * 19


def test_the_client_and_a_real_witness_understand_each_other(witness: Running):
    """
    A log that grows, forgets and forks: cosigned, cosigned after one more question, refused in words.
    """
    policy = parse_policy(f"witness w {witness.key()} http://127.0.0.1:{witness.port}\nquorum w\n")

    async def ask(log: ToyLog, size: int, sizes: KnownSizes) -> Collected:
        async def proof(old: int) -> Sequence[bytes]:
            return log.proof(old, size)

        async with httpx.AsyncClient(trust_env=False) as client:
            return await collect(client, policy, log.checkpoint(size), proof=proof, seconds=_PATIENCE, sizes=sizes)

    sizes = KnownSizes()
    grown = [asyncio.run(ask(LOG, size, sizes)) for size in (5, 9)]
    forgotten = asyncio.run(ask(LOG, 12, KnownSizes()))
    forked = asyncio.run(ask(ToyLog(forked_at=3), 16, sizes))

    assert [each.met for each in (*grown, forgotten, forked)] == [True, True, True, False]
    assert "refuses with status 422" in forked.faults["w"]


def test_its_key_is_its_owners_and_stays(witness: Running):
    """
    Made on the first start, 0600, and the same ever after; ended by SIGTERM it ends in order.
    """
    before = witness.key()
    mode = stat.S_IMODE((witness.folder / "home" / "witness.key").stat().st_mode)
    code = witness.end(signal.SIGTERM)
    (witness.folder / "output.log").write_text("")
    witness.start()

    assert (mode, code, before.name, before.algorithm) == (0o600, 0, NAME, 4)
    assert witness.key() == before


def test_a_fork_is_written_to_its_log(witness: Running):
    """
    Whoever runs a witness learns that a log has shown two histories.
    """
    witness.add(LOG.body(0, 5))
    witness.add(ToyLog(forked_at=3).body(5, 9))

    assert '"event":"checkpoint refused"' in witness.output()
    assert "not proven to extend the tree of 5 entries" in witness.output()


def refused(folder: Path, *words: str) -> str:
    """
    What a witness that does not start says.
    """
    done = subprocess.run(
        command("--home", str(folder / "home"), *words),
        env=clean_environment(),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stdout + done.stderr
    return done.stderr


def test_what_it_cannot_do_it_says(tmp_path: Path):
    """
    Without logs, with a wrong key, without the policy's file, under a name that no key can have: a sentence and code 2.
    """
    vkey = LOG.key.verifier()
    policy = tmp_path / "policy"
    policy.write_text("quorum none\n")
    said = [
        refused(tmp_path, "--name", NAME),
        refused(tmp_path, "--name", NAME, "--log", vkey[:-4] + "AAAA"),
        refused(tmp_path, "--name", NAME, "--policy", str(tmp_path / "nowhere")),
        refused(tmp_path, "--name", NAME, "--policy", str(policy)),
        refused(tmp_path, "--name", "two words", "--log", vkey),
    ]

    assert [re.sub(r"\s+", " ", each).startswith("venia: ") for each in said] == [True] * 5
    assert "name the logs to witness" in said[0]
    assert "verifier key" in said[1]
    assert "cannot be read" in said[2]
    assert "name the logs to witness" in said[3]
    assert "verifier key" in said[4]


def test_a_witness_that_lost_its_memory_does_not_start(tmp_path: Path):
    """
    Its key promises that it remembers: with the file gone it would cosign a shorter tree.
    """
    with Running(tmp_path, "--log", LOG.key.verifier()) as running:
        running.add(LOG.body(0, 9))
        running.end(signal.SIGTERM)
    for file in (tmp_path / "home").glob("witness.sqlite3*"):
        file.unlink()

    assert "is gone" in refused(tmp_path, "--name", NAME, "--log", LOG.key.verifier())


def test_logs_may_come_from_a_policy(tmp_path: Path):
    """
    The policy that an officer verifies with names the logs as well.
    """
    policy = tmp_path / "policy"
    policy.write_text(f"log {LOG.key.verifier()}\nquorum none\n")
    with Running(tmp_path, "--policy", os.fspath(policy)) as running:
        answer = running.add(LOG.body(0, 5))

    assert answer.status_code == 200
