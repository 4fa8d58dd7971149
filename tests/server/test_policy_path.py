"""
The whole path of a change of rules, against a real server: what a simulation shows, what it takes to go on, and what stays provable.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from policies import catalogue
from tests.checkout import ROOT
from tests.server.api import consent, new_phone, question
from tests.server.process import Process, clean_environment, eventually

Json: TypeAlias = dict[str, Any]  # What a test sends and gets is JSON, and it reaches into it by name.


def acme(limit: int, version: int) -> Json:
    """
    Acme's house rules and their cases, with another number of calls a day.
    """
    folder = Path(catalogue.__file__).parent / "packs"
    text, cases = (folder / f"acme{ending}.yaml" for ending in ("", ".tests"))
    own = (
        text.read_text()
        .replace("version: 1", f"version: {version}")
        .replace("limit: 3\n    per: day", f"limit: {limit}\n    per: day")
    )
    tried = cases.read_text().replace("times: 3, every: PT1H", f"times: {limit}, every: PT10M")
    return {"yaml": own, "tests": tried}


@pytest.fixture
def server(postgres, database: str, tmp_path: Path):
    """
    A server with its checkpointer, which also runs simulations.
    """
    with Process(tmp_path / "home", database) as running:
        yield running


def called(server: Process, phone: str) -> Json:
    """
    One more call to somebody, which nobody answers, if it is allowed.
    """
    answer: Json = server.post("/v1/calls/authorize", question(phone), "caller").json()
    if answer["decision"] == "allow":
        path, at = f"/v1/calls/{answer['hold']['id']}/outcome", datetime.now(UTC).isoformat()
        told = server.post(path, {"outcome": "unanswered", "at": at}, "caller")
        assert told.status_code == 200, told.text
    return answer


def simulated(server: Process, candidate: str, **changed: Any) -> Json:  # Any: members of the request.
    """
    The report of a simulation, with its hash, once it is ready.
    """
    body = {"candidate": {"rule_set": candidate}, "mode": "closed_loop", **changed}
    asked = server.post("/v1/policies/simulations", body, "officer")
    assert asked.status_code == 202, asked.text
    path = f"/v1/policies/simulations/{asked.json()['id']}"
    eventually(lambda: server.get(path, "officer").json()["state"] == "ready", 60)
    found = server.get(f"{path}/report", "officer")
    return dict(found.json())


def test_a_loosening_is_rehearsed_seen_to_be_a_mistake_and_made_a_better_one(server: Process):
    """
    Raised from three calls a day to twelve, the calls gained are all to two people who never answer; raised to four it is
    approved on its report, activated, and every decision before and after comes out again as recorded.
    """
    phones = [new_phone() for _ in range(8)]
    for phone in phones:
        assert server.post("/v1/consents", consent(phone)).status_code == 201
        called(server, phone)
    for _ in range(9):
        for phone in phones[:2]:
            called(server, phone)
    drafts = [
        server.post(
            "/v1/policies/changes",
            {"keep": True, "packs": [acme(limit, limit)], "reason": "a parcel at the door"},
            "officer",
        ).json()
        for limit in (12, 4)
    ]
    reports = [simulated(server, draft["candidate"]) for draft in drafts]

    assert [draft["direction"] for draft in drafts] == ["loosening", "loosening"]
    gained = [each["report"]["changes"]["deny_to_allow"]["decisions"] for each in reports]
    affected = [each["report"]["contacts"]["affected"] for each in reports]
    assert (gained, affected) == ([14, 2], [2, 2])
    assert [each["report"]["matrix"]["allow"]["deny"] for each in reports] == [0, 0]

    path, wrong = f"/v1/policies/changes/{drafts[1]['id']}", reports[0]["report_hash"]
    approval = {"reason": "one more, for the door", "report_hash": reports[1]["report_hash"]}
    other = server.post(f"{path}/approval", approval | {"report_hash": wrong}, "admin")
    approved = server.post(f"{path}/approval", approval, "admin")
    active = server.post(f"{path}/activation", {"reason": "from now on"}, "officer")
    more = [called(server, phones[0])["decision"] for _ in range(2)]
    stale = server.post(
        f"/v1/policies/changes/{drafts[0]['id']}/approval", {"reason": "x", "report_hash": wrong}, "admin"
    )

    assert (other.status_code, other.json()["type"]) == (422, "urn:venia:problem:report-unknown")
    assert (approved.status_code, active.status_code) == (200, 200), approved.text + active.text
    assert more == ["allow", "deny"]
    assert (stale.status_code, stale.json()["type"]) == (409, "urn:venia:problem:change-stale")
    told = [each.payload for each in server.entries() if str(each.payload["event"]).startswith("rules.")]
    assert [each["event"] for each in told[-5:]] == [
        "rules.drafted",
        "rules.simulated",
        "rules.simulated",
        "rules.approved",
        "rules.activated",
    ]
    assert told[-1]["report_hash"] == told[-3]["report_hash"] == reports[1]["report_hash"]

    environment = clean_environment(VENIA_HOME=str(server.home), VENIA_DATABASE_URL=server.url)
    replay = [sys.executable, "-m", "server.cli", "policy", "replay", "--tenant", server.demo["tenant"], "--json"]
    done = subprocess.run(replay, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    again = json.loads(done.stdout)
    assert again["decisions"] == again["same"] == 28
