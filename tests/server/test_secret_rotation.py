"""
Webhook secrets and API keys replaced while a real server answers: what should pass passes, and nothing else.
"""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.channels import payloads
from tests.channels.payloads import Customer, delivery, messages, signed
from tests.checkout import ROOT
from tests.databases import fetch
from tests.server.api import consent, new_phone, question
from tests.server.process import Process, clean_environment, eventually


def venia(server: Process, *words: str, given: str = "") -> Any:
    """
    What a command says, in JSON.
    """
    environment = clean_environment(VENIA_HOME=str(server.home), VENIA_DATABASE_URL=server.url)
    command = [sys.executable, "-m", "server.cli", *words, "--tenant", server.demo["tenant"], "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, input=given, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def deliver(server: Process, channel: str, secret: str) -> int:
    """
    A delivery of one message, signed with this secret.
    """
    person = Customer(new_phone()[1:], None)
    raw, signature = signed(
        delivery(messages(payloads.text("BAJA", id=f"wamid.{uuid4()}", by=person))), secret.encode()
    )
    path, headers = f"/webhooks/whatsapp/{channel}", {"X-Hub-Signature-256": signature}
    return server.client.post(path, content=raw, headers=headers).status_code


def test_both_secrets_are_believed_while_they_overlap(database: str, tmp_path: Path):
    """
    Old and new at once, then the new one alone; a second rotation ends the oldest; the log holds none of them.
    """
    with Process(tmp_path / "home", database, VENIA_WORKERS="2") as server:
        channel, first = server.demo["whatsapp"]["channel"], server.demo["whatsapp"]["app_secret"]
        told = venia(server, "channel", "rotate", channel, given="second-secret\n")
        overlapping = [deliver(server, channel, each) for each in (first, "second-secret", "third-secret")]
        venia(server, "channel", "rotate", channel, given="third-secret\n")
        later = [deliver(server, channel, each) for each in (first, "second-secret", "third-secret")]
        listed = venia(server, "channel", "list")
        venia(server, "channel", "rotate", channel, "--overlap-hours", "0", given="fourth-secret\n")
        alone = [deliver(server, channel, each) for each in ("third-secret", "fourth-secret")]
        added = venia(server, "channel", "add", given="another-secret\n")
        other = [deliver(server, added["channel"], each) for each in ("another-secret", "fourth-secret")]
        bodies = server.get("/v1/audit/entries").text
        rows = fetch(database, "SELECT * FROM channels")

    assert told["previous_until"] is not None
    assert overlapping == [200, 200, 401]
    assert later == [401, 200, 200]
    assert [each["channel"] for each in listed] == [channel]
    assert alone == [401, 200]
    assert other == [200, 401]
    assert added["channel"] != channel
    assert "-secret" not in bodies
    assert "-secret" not in str([dict(row) for row in rows])


def test_channels_of_every_kind_are_added_and_read_again(database: str, tmp_path: Path):
    """
    Twilio's token comes from standard input, a generic channel's secret is made and shown once; a replay adds nothing.
    """
    with Process(tmp_path / "home", database) as server:
        assert deliver(server, server.demo["whatsapp"]["channel"], server.demo["whatsapp"]["app_secret"]) == 200
        twilio = venia(server, "channel", "add", "--kind", "twilio", given="a-token\n")
        generic = venia(server, "channel", "add", "--kind", "generic", "--generate")
        listed = venia(server, "channel", "list")
        replayed = venia(server, "webhook", "replay", "--since", "2020-01-01T00:00:00Z")

    assert twilio["path"] == f"/webhooks/twilio/{twilio['channel']}"
    assert generic["secret"].startswith("whsec_")
    assert {each["kind"] for each in listed} == {"whatsapp", "twilio", "generic"}
    assert replayed == {
        "deliveries": 1,
        "passed_over": 0,
        "items": 1,
        "recorded": 0,
        "repeated": 1,
        "unreadable": 0,
    }


def test_a_key_is_replaced_without_a_gap(database: str, tmp_path: Path):
    """
    Callers move to the new key when they learn of it: none is refused, every answer is one entry, the old key ends.
    """
    person = new_phone()
    with Process(tmp_path / "home", database, VENIA_WORKERS="2") as server:
        assert server.post("/v1/consents", consent(person)).status_code == 201
        made = venia(server, "key", "create", "--name", "dialler", "--scope", "calls:authorize", "--days", "30")
        current, done, statuses = {"key": made["key"]}, threading.Event(), []

        def call() -> None:
            with httpx.Client(base_url=server.base_url, timeout=30, trust_env=False) as client:
                while not done.is_set():
                    headers = {"Authorization": f"Bearer {current['key']}", "Idempotency-Key": str(uuid4())}
                    statuses.append(
                        client.post("/v1/calls/authorize", json=question(person), headers=headers).status_code
                    )

        callers = [threading.Thread(target=call) for _ in range(3)]
        for caller in callers:
            caller.start()
        rotated = [made]
        for _ in range(3):
            told = venia(server, "key", "rotate", rotated[-1]["id"], "--overlap-hours", "0.002")
            current["key"] = told["key"]
            rotated.append(told)
        time.sleep(0.5)
        done.set()
        for caller in callers:
            caller.join()

        def works(key: str) -> bool:
            headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid4())}
            return server.client.post("/v1/calls/authorize", json=question(person), headers=headers).status_code == 200

        eventually(lambda: not any(works(each["key"]) for each in rotated[:-1]))
        newest = works(rotated[-1]["key"])
        listed = {each["key"]: each for each in venia(server, "key", "list")}
        entries = [entry.payload for entry in server.entries()]
    by_keys = {f"key:{each['id']}" for each in rotated}
    decided = [each for each in entries if str(each["event"]).startswith("decision.") and each["actor"] in by_keys]

    assert set(statuses) == {200}
    assert len(decided) >= len(statuses) > 20
    assert newest
    assert {listed[each["id"]]["name"] for each in rotated} == {"dialler"}
    assert {listed[each["id"]]["scopes"] for each in rotated} == {"calls:authorize"}
    assert [each["event"] for each in entries].count("key.rotated") == 3
    secrets = [each["key"][25:] for each in rotated]
    assert not any(secret in json.dumps(entries, default=str) for secret in secrets)
