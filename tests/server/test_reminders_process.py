"""
The process beside the server tells of consents once each, however often it is killed on the way.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psutil

from tests.databases import fetch
from tests.server.process import Process, eventually

PEOPLE, KILLED = 30, 3


def beside(server: Process) -> list[psutil.Process]:
    """
    The process beside the server, if it runs.
    """
    assert server.process is not None
    children = psutil.Process(server.process.pid).children()
    return [each for each in children if each.status() != psutil.STATUS_ZOMBIE and "checkpoint" in each.cmdline()]


def told(server: Process) -> Counter[tuple[str, str]]:
    """
    What the log has told, by person.
    """
    rows = fetch(
        server.url, "SELECT event, contact_id FROM entries WHERE event IN ('consent.renewal_due', 'consent.expired')"
    )
    return Counter((row["event"], str(row["contact_id"])) for row in rows)


def test_what_is_due_is_told_once_though_the_teller_is_killed(tmp_path, database: str):
    """
    Killed three times, at whatever it does: every renewal and every end is in the log, each once, and nothing waits.
    """
    with Process(tmp_path / "home", database) as server:
        headers = {"Authorization": f"Bearer {server.demo['keys']['admin']}"}
        now = datetime.now(UTC)
        due, over = now + timedelta(days=200), now + timedelta(days=300)
        for number in range(PEOPLE):
            body = {
                "contact": {"phone": f"+346113{number:05}"},
                "purpose": "order_updates",
                "channels": ["voice"],
                "given_at": (now - timedelta(seconds=30)).isoformat(),
                "renew_at": due.isoformat(),
                "expires_at": over.isoformat(),
                "method": "web_form",
            }
            answer = server.client.post("/v1/consents", json=body, headers={**headers, "Idempotency-Key": str(uuid4())})
            assert answer.status_code == 201, answer.text
        # Their time comes at once: what is due is found by its row.
        fetch(server.url, "UPDATE reminders SET due_at = now() RETURNING 1")
        for _ in range(KILLED):
            eventually(lambda: bool(beside(server)))
            for each in beside(server):
                each.kill()
        eventually(lambda: fetch(server.url, "SELECT 1 FROM reminders LIMIT 1") == [], seconds=120)
        found = told(server)

    assert len(found) == 2 * PEOPLE
    assert set(found.values()) == {1}
