"""
``venia contact locate`` and ``link``: from a terminal, with exit codes and sentences.
"""

import json
import subprocess
import sys

from tests.checkout import ROOT
from tests.live import Live
from tests.server.process import clean_environment

COMMAND = "from server.contact_command import app; app()"
ANA = ("--phone", "+34600111222")


def run(live: Live, *words: str, verb: str = "locate") -> subprocess.CompletedProcess[str]:
    """
    The command in a process of its own, beside the running service.
    """
    settings = live.service.settings
    own = {"VENIA_HOME": str(settings.home), "VENIA_DATABASE_URL": live.url, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", COMMAND, verb, "--tenant", str(live.tenant), *words]
    return subprocess.run(command, env=clean_environment(**own), capture_output=True, text=True, check=False)


def test_a_place_is_stated_from_the_terminal(live: Live):
    """
    Exit code 0, the answer and its place in the log; the entry says that the command line did it.
    """
    done = run(live, *ANA, "--region", "ES-CN", "--zone", "Atlantic/Canary", "--json")
    told = json.loads(done.stdout)
    entry = next(each for each in live.payloads() if each["event"] == "contact.located")

    assert (done.returncode, done.stderr) == (0, "")
    assert (told["region"], told["zone"], told["contact"]) == ("ES-CN", "Atlantic/Canary", entry["contact"])
    assert (entry["actor"], entry["stated_by"]) == ("cli", "business")
    assert told["index"] > 0


def test_without_a_place_what_was_stated_is_forgotten(live: Live):
    """
    The last word counts.
    """
    run(live, *ANA, "--region", "ES-CN", "--stated-by", "person")
    done = run(live, *ANA, "--json")
    told = [each for each in live.payloads() if each["event"] == "contact.located"]

    assert (json.loads(done.stdout)["region"], done.returncode) == (None, 0)
    assert [(each["region"], each["stated_by"]) for each in told] == [("ES-CN", "person"), (None, "business")]


def test_what_cannot_be_stated_is_a_sentence(live: Live):
    """
    Exit code 2 for who or where nobody is, and nothing is recorded.
    """
    wanted = {
        (*ANA, "--stated-by", "a bird"): "person or business",
        ("--region", "ES"): "exactly one of",
    }
    for words, says in wanted.items():
        done = run(live, *words)

        assert (done.returncode, done.stdout) == (2, ""), done
        assert says in done.stderr
    assert [each for each in live.payloads() if each["event"] == "contact.located"] == []


def test_a_link_is_made_at_the_terminal(live: Live, tmp_path):
    """
    Its address is printed, a QR code is written, and the entry says that the command line did it.
    """
    run(live, *ANA, "--region", "ES")
    picture = tmp_path / "link.svg"
    done = run(live, *ANA, "--scope", "refusal", "--days", "2", "--svg", str(picture), "--json", verb="link")
    told = json.loads(done.stdout)
    entry = next(each for each in live.payloads() if each["event"] == "link.issued")

    assert (done.returncode, done.stderr) == (0, "")
    assert told["url"].startswith("http://127.0.0.1:8000/me/vl_")
    assert (entry["actor"], entry["link"], entry["scope"]) == ("cli", told["link"], "refusal")
    assert picture.read_text(encoding="utf-8").startswith("<svg ")


def test_a_link_for_nobody_is_a_sentence(live: Live):
    """
    Exit code 2 for a scope that is none; nothing is recorded.
    """
    done = run(live, *ANA, "--scope", "world", verb="link")

    assert (done.returncode, "page or refusal" in done.stderr) == (2, True)
    assert "link.issued" not in {each["event"] for each in live.payloads()}
