"""
``venia register`` from a terminal: loaded, listed, checked and dropped, with exit codes and sentences.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.checkout import ROOT
from tests.live import Live
from tests.server.process import clean_environment

COMMAND = "from server.cli import main; main()"
TODAY = datetime.now(UTC).date()


def run(live: Live, *words: str) -> subprocess.CompletedProcess[str]:
    """
    The command in a process of its own, beside the running service.
    """
    settings = live.service.settings
    own = {"VENIA_HOME": str(settings.home), "VENIA_DATABASE_URL": live.url, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", COMMAND, "register", words[0], "--tenant", str(live.tenant), *words[1:]]
    return subprocess.run(command, env=clean_environment(**own), capture_output=True, text=True, check=False)


def told(done: subprocess.CompletedProcess[str]) -> Any:
    """
    What a command has printed as JSON.
    """
    return json.loads(done.stdout)


def test_a_register_is_loaded_listed_checked_and_dropped(live: Live, tmp_path: Path):
    """
    Exit code 0, but for a check that finds something to do.
    """
    file = tmp_path / "robinson.csv"
    file.write_bytes(b"\xef\xbb\xbftelefono;alta\r\n600111222;1\r\n600333444;2\r\nx;3\r\n")
    asked = ("load", "robinson", str(file), "--column", "telefono", "--force", "--json")
    tried = run(live, *asked, "--as-of", str(TODAY - timedelta(days=25)), "--dry-run")
    loaded = run(live, *asked, "--as-of", str(TODAY - timedelta(days=25)))
    listed = {each["register"]: each for each in told(run(live, "list", "--json"))}
    young = run(live, "check", "--only-loaded", "--phone", "+34600111222", "--json")
    old = run(live, "check", "--only-loaded", "--within-days", "7")
    dropped = run(live, "drop", "robinson")

    assert (tried.returncode, told(tried)["load"]) == (0, None)
    assert (loaded.returncode, told(loaded)["numbers"], told(loaded)["unreadable_at"]) == (0, 2, [4])
    assert (listed["robinson"]["state"], listed["tps"]["state"]) == ("due", "missing")
    assert (young.returncode, told(young)["listed"]["robinson"]["listed"]) == (0, True)
    assert (old.returncode, "load a newer list before" in old.stdout) == (1, True)
    assert dropped.returncode == 0
    assert [each["actor"] for each in live.payloads() if each["event"].startswith("register.")] == ["cli", "cli"]


def test_what_cannot_be_loaded_is_a_sentence(live: Live, tmp_path: Path):
    """
    Exit code 2, and nothing is recorded; no number is told.
    """
    file, packed = tmp_path / "list.txt", tmp_path / "list.gz"
    file.write_text("600111222\nhello 600999888\n")
    packed.write_bytes(b"\x1f\x8b\x08\x00")
    day = ("--as-of", str(TODAY))
    wanted = {
        (str(file), *day): "1 of 2 lines are no numbers (lines 2)",
        (str(packed), *day): "compressed (gzip)",
        (str(file), "--as-of", "2199-01-01"): "which is to come",
        (str(file), "--as-of", "yesterday"): "neither a day nor an instant",
        (str(file), *day, "--country", "XX"): "no country",
        (str(file), *day, "--lists", "numbers"): "exclusions or consents",
    }
    for words, says in wanted.items():
        done = run(live, "load", "robinson", *words)

        assert (done.returncode, done.stdout) == (2, ""), done
        assert says in done.stderr
        assert "600" not in done.stderr
    assert [each for each in live.payloads() if each["event"].startswith("register.")] == []
