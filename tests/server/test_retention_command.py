"""
``venia hold`` and ``venia retention``: what an officer does in a terminal.
"""

import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

from consent.looking import FindContact
from server.service import clock
from tests.checkout import ROOT
from tests.factories import ANA, consent, ref
from tests.live import Live
from tests.server.process import clean_environment

NEXT_YEAR = (clock() + timedelta(days=365)).date().isoformat()


def venia(live: Live, *words: str) -> subprocess.CompletedProcess[str]:
    """
    The command in a process of its own, beside the running service.
    """
    own = {"VENIA_HOME": str(live.service.settings.home), "VENIA_DATABASE_URL": live.url}
    command = [sys.executable, "-m", "server.cli", *words, "--tenant", str(live.tenant)]
    environment = {**clean_environment(), **own}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)


def told(live: Live, *words: str) -> Any:  # Any: a JSON document.
    """
    What a command printed that succeeded.
    """
    done = venia(live, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_hold_is_placed_reviewed_and_lifted(live: Live):
    """
    It is listed while it is open, and keeps the person from being erased.
    """
    live.write(consent(live.tenant, at=clock()))
    ana = str(live.read(FindContact(live.tenant, ref(ANA))))
    words = ("--matter", "AEPD 7", "--reason", "complaint", "--review-on", NEXT_YEAR)
    placed = told(live, "hold", "place", "--id", ana, *words)
    refused = venia(live, "contact", "erase", "--id", ana, "--reason", "asked")
    opened = told(live, "hold", "list", "--state", "open")
    reviewed = told(live, "hold", "review", placed["id"], "--reason", "goes on", "--review-on", NEXT_YEAR)
    lifted = told(live, "hold", "lift", placed["id"], "--reason", "closed")

    assert (placed["contact"], placed["placed_by"]) == (ana, "cli")
    assert refused.returncode == 2
    assert placed["id"] in refused.stderr
    assert [each["id"] for each in opened] == [placed["id"]]
    assert reviewed["reviewed_by"] == "cli"
    assert lifted["state"] == "lifted"
    assert told(live, "hold", "list", "--state", "open") == []
    assert venia(live, "contact", "erase", "--id", ana, "--reason", "asked").returncode == 0


def test_whom_to_hold_is_said_exactly_once(live: Live):
    """
    Nobody, or everything and somebody: a sentence and 2.
    """
    words = ("--matter", "AEPD 7", "--reason", "complaint", "--review-on", NEXT_YEAR)
    nobody = venia(live, "hold", "place", *words)
    both = venia(live, "hold", "place", *words, "--everything", "--phone", ANA)

    assert [each.returncode for each in (nobody, both)] == [2, 2]
    assert "exactly one" in nobody.stderr
    assert told(live, "hold", "place", *words, "--everything")["contact"] is None


def test_rules_are_listed_and_set(live: Live):
    """
    What undercuts something else is refused with a sentence.
    """
    before = told(live, "retention", "rules")
    assert [each["days"] for each in before] == [1826, 30, 7, 7, 1826]
    assert told(live, "retention", "set", "evidence", "3652") == {"kind": "evidence", "days": 3652}
    low = venia(live, "retention", "set", "idempotency", "6")
    unknown = venia(live, "retention", "set", "exports", "6")

    assert [each["days"] for each in told(live, "retention", "rules")] == [3652, 30, 7, 7, 3652]
    assert (low.returncode, unknown.returncode) == (2, 2)
    assert "at least 7 days" in low.stderr
    assert "Choose from" in unknown.stderr


def test_a_run_in_a_terminal_is_an_entry_and_a_dry_one_is_none(live: Live):
    """
    Both print the same report; ``show`` is the dry one.
    """
    size = len(live.payloads())
    shown = told(live, "retention", "show")
    dry = told(live, "retention", "run", "--dry-run")
    assert len(live.payloads()) == size
    real = told(live, "retention", "run")

    assert shown["dry_run"] is dry["dry_run"] is True
    assert real["dry_run"] is False
    assert {kind: each["count"] for kind, each in real["kinds"].items()} == {
        "evidence": 0,
        "unreadable_items": 0,
        "deliveries": 0,
        "idempotency": 0,
        "attempts": 0,
    }
    assert live.payloads()[-1]["event"] == "retention.applied"
    assert live.payloads()[-1]["actor"] == "cli"
