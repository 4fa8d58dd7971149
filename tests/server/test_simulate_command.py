"""
``venia policy simulate`` and ``replay`` as people use them: what they print, their exit codes, and Ctrl-C.
"""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import psutil

from server.demo import PACKS
from tests.checkout import ROOT
from tests.databases import fetch
from tests.server.api import Api, ago, new_phone
from tests.server.process import Process, clean_environment, eventually
from tests.server.test_api_simulations import STRICT
from tests.server.test_cli import Venia


class Locked:
    """
    While it is entered, nobody reads an entry of the log.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._runner = asyncio.Runner()

    def __enter__(self) -> None:
        self._conn = self._runner.run(asyncpg.connect(self._url))
        self._runner.run(self._conn.execute("BEGIN"))
        self._runner.run(self._conn.execute("LOCK TABLE entries IN ACCESS EXCLUSIVE MODE"))

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._conn.close())
        self._runner.close()


def called(api: Api, times: int = 2) -> int:
    """
    Somebody who was called; where in the log that begins.
    """
    phone, first = new_phone(), api.size()
    api.agree(phone)
    for _ in range(times):
        hold = api.authorize(phone)["hold"]["id"]
        api.post(f"/v1/calls/{hold}/outcome", {"outcome": "unanswered", "at": ago(seconds=0)})
    return first


def test_packs_are_tried_and_reported(api: Api, tmp_path: Path):
    """
    In words, as JSON with its hash, and as a page; the log tells of it by the command line.
    """
    first = called(api)
    (tmp_path / "strict.yaml").write_text(STRICT)
    words = ("policy", "simulate", *PACKS, str(tmp_path / "strict.yaml"), "--tenant", str(api.demo["tenant"]))
    words = (*words, "--from", str(first), "--to", str(api.size()))
    page = tmp_path / "report.html"
    venia = Venia(api.settings.home, api.url)
    spoken, written = venia.each(words, (*words, "--json", "--html", str(page)))
    told = json.loads(written.out)
    entry = [each.payload for each in api.entries() if each.payload["event"] == "rules.simulated"][-1]

    assert (spoken.code, written.code) == (0, 0), spoken.err + written.err
    assert spoken.out.splitlines()[0].startswith("2 decisions: 1 stay, 1 allowed ones would be denied, 0 denied ones")
    assert "  denied for CAP_REACHED: 1" in spoken.out.splitlines()
    assert spoken.out.splitlines()[-1] == f"report {told['report_hash']}"
    assert told["report"]["matrix"]["allow"] == {"allow": 1, "deny": 1, "unsure": 0}
    assert told["report_hash"] in page.read_text()
    assert (entry["report_hash"], entry["actor"]) == (told["report_hash"], "cli")


def test_a_log_is_replayed(api: Api):
    """
    Exit code 0, how many decisions come out as recorded, and the same as JSON.
    """
    called(api)
    venia, tenant = Venia(api.settings.home, api.url), ("--tenant", str(api.demo["tenant"]))
    spoken, written, later = venia.each(
        ("policy", "replay", *tenant),
        ("policy", "replay", *tenant, "--json"),
        ("policy", "replay", *tenant, "--from", "2100-01-01T00:00:00Z"),
    )
    told = json.loads(written.out)

    assert (spoken.code, written.code, later.code) == (0, 0, 0), spoken.err
    assert told["decisions"] == told["same"] > 1
    assert spoken.out.startswith(f"{told['decisions']} decisions: {told['same']} come out as recorded, 0 do not")
    assert later.out.startswith("0 decisions")


def test_what_cannot_be_done_is_said(api: Api, tmp_path: Path):
    """
    A sentence and exit code 2, never a traceback, and nothing is queued.
    """
    tenant = ("--tenant", str(api.demo["tenant"]))
    (tmp_path / "bad.yaml").write_text("pack: x")
    before = fetch(api.url, "SELECT count(*) AS n FROM simulations")
    done = Venia(api.settings.home, api.url).each(
        ("policy", "simulate", *tenant),
        ("policy", "simulate", "es", *tenant, "--rule-set", "sha256:" + "0" * 64),
        ("policy", "simulate", *tenant, "--rule-set", "sha256:" + "0" * 64),
        ("policy", "simulate", "xx", *tenant),
        ("policy", "simulate", str(tmp_path / "bad.yaml"), *tenant),
        ("policy", "simulate", "es", *tenant, "--mode", "guess"),
        ("policy", "simulate", "es", *tenant, "--from", "yesterday"),
        ("policy", "replay", *tenant, "--to", "1000000"),
    )

    assert [each.code for each in done] == [2] * len(done)
    assert all(each.err.startswith("venia: ") for each in done)
    assert fetch(api.url, "SELECT count(*) AS n FROM simulations") == before


def running(api_url: str) -> list[dict[str, object]]:
    """
    The simulations that run.
    """
    return fetch(api_url, "SELECT * FROM simulations WHERE state = 'running'")


def test_ctrl_c_cancels(api: Api):
    """
    Interrupted while it waits for the database: exit code 2, the simulation is cancelled, no process stays behind.
    """
    first = called(api)
    command = [sys.executable, "-m", "server.cli", "policy", "simulate", *PACKS, "--from", str(first)]
    environment = clean_environment(VENIA_HOME=str(api.settings.home), VENIA_DATABASE_URL=api.url)
    with (
        Locked(api.url),
        subprocess.Popen(
            [*command, "--tenant", str(api.demo["tenant"])],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        eventually(lambda: bool(running(api.url)))
        below = psutil.Process(process.pid).children(recursive=True)
        (simulation,) = running(api.url)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    row = fetch(api.url, "SELECT * FROM simulations WHERE simulation_id = $1", simulation["simulation_id"])[0]

    assert process.returncode == 2, err
    assert err.splitlines()[-1] == "venia: cancelled."
    assert (row["state"], row["report"]) == ("cancelled", None)
    assert not any(each.is_running() for each in below)


def test_a_simulation_survives_kill_9(database: str, tmp_path: Path):
    """
    A server killed in the middle of a simulation, and started again, runs it from the beginning; its report is whole.
    """
    with Process(tmp_path / "home", database) as server:
        with Locked(database):
            answer = server.post("/v1/policies/simulations", {"candidate": {"packs": [*PACKS]}})
            assert answer.status_code == 202, answer.text
            simulation = answer.json()["id"]
            eventually(lambda: bool(running(database)))
            server.kill9()
        server.start()
        path = f"/v1/policies/simulations/{simulation}"
        eventually(lambda: server.get(path).json()["state"] == "ready")
        report = server.get(f"{path}/report").json()
    rows = fetch(database, "SELECT starts, report_hash FROM simulations")
    noted = fetch(database, "SELECT report_hash FROM rule_reports")

    assert rows == [{"starts": 2, "report_hash": report["report_hash"]}]
    assert noted == [{"report_hash": report["report_hash"]}]
