"""
``venia export``: from a tenant's id to a file that verifies, in one command.
"""

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from server.signing_keys import log_keys
from tests.checkout import ROOT
from tests.live import Live
from tests.server.process import clean_environment

COMMAND = "import typer; from server.export_command import export; typer.run(export)"


def run(live: Live, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """
    The command in a process of its own, beside the running service.
    """
    settings = live.service.settings
    environment = {
        **clean_environment(),
        "PYTHONPATH": str(ROOT),
        "VENIA_HOME": str(settings.home),
        "VENIA_DATABASE_URL": live.url,
    }
    command = [sys.executable, "-c", COMMAND, "--tenant", str(live.tenant), *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_bundle_is_made_at_once(live: Live, tmp_path: Path):
    """
    Signed, made and copied to where it was asked for; the log says that the command line did it.
    """
    done = run(live, tmp_path, "--output", "evidence/bundle.zip", "--disclose", "*", "--json")
    told = json.loads(done.stdout)
    entry = next(each for each in live.payloads() if each["event"] == "export.requested")
    folder = tmp_path / "bundle"
    subprocess.run([sys.executable, "-m", "zipfile", "-e", "evidence/bundle.zip", folder], cwd=tmp_path, check=True)
    vkey = log_keys(live.service.settings, str(live.demo["log"]["origin"]))[-1].verifier()
    verified = subprocess.run(
        [sys.executable, "-I", folder / "verify.py", folder, vkey, "--pin", folder / "checkpoint"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (told["file"], told["remark"], entry["actor"], entry["export"]) == (
        "evidence/bundle.zip",
        None,
        "cli",
        told["id"],
    )
    assert told["bytes"] == (tmp_path / "evidence/bundle.zip").stat().st_size
    assert verified.returncode == 0, verified.stdout


def test_without_a_place_it_lands_in_this_folder(live: Live, tmp_path: Path):
    """
    Under the name that a download has, readable by its owner alone.
    """
    done = run(live, tmp_path, "--format", "ndjson", "--from", "1", "--to", "3")
    (file,) = tmp_path.glob("venia-*.ndjson")

    assert done.returncode == 0, done.stderr
    assert f"file: {file.name}" in done.stdout
    assert [json.loads(line)["index"] for line in file.read_text().splitlines()] == [1, 2]
    assert file.stat().st_mode & 0o777 == 0o600
    assert UUID(file.stem.removeprefix("venia-")).version == 4


def test_what_cannot_be_written_is_told(live: Live, tmp_path: Path):
    """
    Exit code 2 and a sentence that says where the export is.
    """
    (tmp_path / "file").write_text("This is no folder.")
    done = run(live, tmp_path, "--format", "csv", "--output", "file/out.csv")

    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert str(live.service.settings.home / "exports") in done.stderr


def test_an_export_that_fails_is_told(live: Live, tmp_path: Path):
    """
    Exit code 2 and the reason, and no file.
    """
    exports = live.service.settings.home / "exports"
    exports.write_text("This is no folder.")
    done = run(live, tmp_path, "--format", "csv", "--output", "out.csv")

    assert done.returncode == 2
    assert "The file could not be written" in done.stderr
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("words", [("--contact", str(uuid4())), ("--format", "docx"), ("--disclose", "shoe_size")])
def test_what_is_refused_is_not_recorded(live: Live, tmp_path: Path, words):
    """
    No entry, no file.
    """
    before = len(live.payloads())
    done = run(live, tmp_path, *words)

    assert done.returncode != 0
    assert len(live.payloads()) == before
    assert not list(tmp_path.glob("venia-*"))
