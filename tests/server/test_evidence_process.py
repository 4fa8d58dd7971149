"""
The process beside the server: it signs while the server serves, and says loudly what it does not sign.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.checkout import ROOT
from tests.databases import create_database, drop_database, execute, fetch, in_database
from tests.server.process import Process, clean_environment

_PATIENCE = 30.0
CUT = (
    "ALTER TABLE entries DISABLE TRIGGER USER",
    "ALTER TABLE log_heads DISABLE TRIGGER USER",
    "DELETE FROM entries WHERE entry_index >= 4",
    # Four leaves are one perfect subtree: the edge of the restored head is its root.
    (
        "UPDATE log_heads SET size = 4, edge = (SELECT sha256('\\x01'::bytea || sha256('\\x01'::bytea || h[1] || h[2]) "
        "|| sha256('\\x01'::bytea || h[3] || h[4])) FROM (SELECT array_agg(leaf_hash ORDER BY entry_index) AS h "
        "FROM entries) AS all_leaves), last_leaf = (SELECT leaf_hash FROM entries WHERE entry_index = 3)"
    ),
    "ALTER TABLE entries ENABLE TRIGGER USER",
    "ALTER TABLE entries ENABLE ALWAYS TRIGGER append_only",
    "ALTER TABLE log_heads ENABLE TRIGGER USER",
)


def until(what: Callable[[], bool]) -> bool:
    """
    Whether it becomes true within half a minute.
    """
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.1)
    return False


def companion(server: Process) -> psutil.Process:
    """
    The process beside the server.
    """
    assert server.process is not None
    children = psutil.Process(server.process.pid).children()
    return next(each for each in children if "checkpoint" in each.cmdline())


def venia(server: Process, *arguments: str) -> subprocess.CompletedProcess[str]:
    """
    The command line, on the server's database and home.
    """
    return command(server.home, server.url, *arguments)


def command(home: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """
    The command line.
    """
    return subprocess.run(
        [sys.executable, "-m", "server.cli", *arguments],
        env=clean_environment(VENIA_HOME=str(home), VENIA_DATABASE_URL=url),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def signed(server: Process) -> int:
    """
    The size of the checkpoint that the server hands out.
    """
    answer = server.get("/v1/audit/checkpoint")
    return int(answer.text.split("\n")[1]) if answer.status_code == 200 else 0


def test_the_newest_entries_are_signed_within_moments(database, tmp_path):
    """
    Also after the process was killed, which is then started again; the server ends it when it ends, and when it dies.
    """
    with Process(tmp_path / "home", database) as server:
        first = signed(server)
        companion(server).kill()
        assert server.post("/v1/consents", _consent()).status_code == 201
        size = len(server.entries())

        assert 0 < first < size
        assert until(lambda: signed(server) == size)

        beside = companion(server)
        assert server.end() == 0
        assert not beside.is_running()

    with Process(tmp_path / "home", database) as server:
        beside = companion(server)
        assert server.process is not None
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()

        assert until(lambda: not beside.is_running() or beside.status() == psutil.STATUS_ZOMBIE)


def test_a_restored_database_is_refused_until_the_operator_reopens_it(database, tmp_path):
    """
    Not ready, counted, told by the command line with exit code 1; the new log is signed and everything is well again.
    """
    with Process(tmp_path / "home", database) as server:
        before = server.get("/v1/audit/checkpoint").text.split("\n")
        tenant = server.demo["tenant"]
        premature = venia(server, "reopen", "--tenant", tenant, "--reason", "for fun")
        execute(database, *CUT)

        assert until(lambda: server.client.get("/health/ready").status_code == 503)
        assert server.client.get("/health/ready").json()["missing"] == ["checkpoints"]
        assert "venia_checkpoint_refused 1.0" in server.client.get("/metrics").text
        told = venia(server, "checkpoint", "--json")
        reopened = venia(server, "reopen", "--tenant", tenant, "--reason", "restored from the night's backup")

        assert (premature.returncode, told.returncode, reopened.returncode) == (2, 1, 0), reopened.stderr
        assert "needs no new incarnation" in premature.stderr
        assert json.loads(told.stdout)[0]["refusal"].startswith(f"shorter: size {before[1]} was signed")
        assert until(lambda: server.client.get("/health/ready").status_code == 200)
        assert server.get("/v1/audit/checkpoint").text.split("\n")[:2] == [f"{before[0]}/2", "1"]
        payload: dict[str, Any] = dict(server.entries()[0].payload)  # Any: a JSON document.
        assert (payload["event"], payload["before"]["log"]) == ("log.reopened", before[0])
        assert fetch(database, "SELECT count(*) AS n FROM entries WHERE incarnation = 1")[0]["n"] == 4
        assert server.end(signal.SIGINT) == 0


def test_a_whole_database_restored_from_a_backup(database, tmp_path, postgres):
    """
    The meta-log, the tables of checkpoints and a whole tenant are older than the guard: all is refused, and one word of
    the operator begins the meta-log and the shorter log anew and gives up the tenant that is gone.
    """
    home = tmp_path / "home"

    def on(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return command(home, url, *arguments, "--json")

    first, second = (json.loads(on(database, "tenant", "create", name).stdout) for name in ("First", "Second"))
    number = ("sender", "add", "--tenant", first["tenant"], "--phone", "+34910000000", "--id")
    on(database, "checkpoint")
    name = fetch(database, "SELECT current_database() AS name")[0]["name"]
    backup = f"{name}_backup"
    create_database(postgres.url, backup, name)
    restored = in_database(postgres.url, backup)
    try:
        lost = json.loads(on(database, "tenant", "create", "Lost").stdout)
        on(database, *number, "a")
        signed = {each["tenant"]: each for each in json.loads(on(database, "checkpoint").stdout)}
        refused = on(restored, "checkpoint")
        reopened = on(restored, "reopen", "--reason", "the disk broke; restored to the night before")
        told = json.loads(reopened.stdout)
        after = on(restored, "checkpoint")
        logs = {each["tenant"]: each for each in json.loads(after.stdout)}
    finally:
        drop_database(postgres.url, backup)

    assert refused.returncode == 1
    assert "the meta-log, and so every log, is not signed any more. shorter: the meta-log was signed" in refused.stderr
    assert reopened.returncode == 0, reopened.stderr
    expected = {"began": ["venia.local/meta/2", f"{first['log']}/2"], "given_up": [lost["tenant"]]}
    assert told == {**expected, "erased_again": 0, "held": []}
    assert after.returncode == 0, after.stderr
    assert (logs[first["tenant"]]["signed"], logs[first["tenant"]]["log"]) == (1, f"{first['log']}/2")
    assert logs[second["tenant"]] == signed[second["tenant"]]


def _consent() -> dict[str, object]:
    return {
        "contact": {"phone": "+34600111222"},
        "purpose": "order_updates",
        "channels": ["voice"],
        "given_at": "2026-11-20T10:00:00Z",
        "method": "web_form",
    }


@pytest.mark.parametrize("arguments", [["checkpoint", "--tenant", "00000000-0000-4000-8000-000000000000"]])
def test_nobody_else_has_a_checkpoint(database, tmp_path, arguments):
    """
    A sentence and exit code 2.
    """
    server = Process(tmp_path / "home", database)
    try:
        done = venia(server, *arguments)
    finally:
        server.client.close()

    assert (done.returncode, "No checkpoint" in done.stderr) == (2, True)
