"""
``venia receipt`` and what belongs to it, beside a real server that is killed and started again.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import ROOT
from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.api import ago
from tests.server.process import Process, clean_environment
from tests.server.receipts.example import page_check

CLI = ("-m", "server.cli")
CONTROLLER = (
    ("--name", "Acme Telecom, S.A."),
    ("--contact", "Privacy office"),
    ("--street", "Calle Mayor 1"),
    ("--locality", "Madrid"),
    ("--country", "ES"),
    ("--email", "privacy@acme.example"),
    ("--phone", "+34910000000"),
    ("--url", "https://acme.example"),
    ("--policy-url", "https://acme.example/privacy"),
    ("--rights-url", "https://acme.example/rights"),
    ("--withdrawal-url", "https://acme.example/calls"),
    ("--jurisdiction", "ES"),
    ("--retention", "P5Y"),
    ("--storage", "ES"),
    ("--recipient", "Callers, S.L."),
)


@pytest.fixture(name="server", scope="module")
def _server(postgres: ThrowawayPostgres, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """
    A server with its checkpointer, on a database of its own.
    """
    create_database(postgres.url, "venia_receipts", template)
    with Process(tmp_path_factory.mktemp("home"), in_database(postgres.url, "venia_receipts")) as running:
        yield running
    drop_database(postgres.url, "venia_receipts")


def demo(server: Process) -> dict[str, Any]:  # Any: a JSON document.
    """
    What the demo was described with.
    """
    return dict(json.loads((server.home / "demo.json").read_text()))


def agreed(server: Process, phone: str) -> str:
    """
    A new consent's id.
    """
    body = {
        "contact": {"phone": phone},
        "purpose": "offers",
        "channels": ["whatsapp_call"],
        "given_at": ago(minutes=5),
        "method": "web_form",
        "notice": {"id": "calls-es", "version": 3, "locale": "es-ES"},
    }
    headers = {"Authorization": f"Bearer {demo(server)['keys']['capture']}", "Idempotency-Key": phone}
    answer = server.client.post("/v1/consents", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["consents"][0]["id"])


def fetched(server: Process, consent: str, shape: str) -> bytes:
    """
    Its receipt, asked for until the log was signed.
    """
    headers = {"Authorization": f"Bearer {demo(server)['keys']['capture']}"}
    deadline = time.monotonic() + 30
    while True:
        answer = server.client.get(f"/v1/consents/{consent}/receipt", params={"format": shape}, headers=headers)
        if answer.status_code != 409 or time.monotonic() > deadline:
            assert answer.status_code == 200, answer.text
            return answer.content
        time.sleep(float(answer.headers["retry-after"]))


def ran(server: Process, *words: str) -> Any:  # Any: a JSON document.
    """
    What a command on the server's database and settings printed.
    """
    return json.loads(server.run(*CLI, *words))


def offline(*words: str) -> subprocess.CompletedProcess[str]:
    """
    A command in an environment that knows no server and no database.
    """
    command = [sys.executable, *CLI, *words]
    return subprocess.run(
        command, env=clean_environment(), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_receipt_is_checked_offline(server: Process, tmp_path: Path):
    """
    Fetched over HTTP and by the command, in each format that has a signature, checked from files alone.
    """
    consent, described = agreed(server, "+34600310001"), demo(server)
    (tmp_path / "keys.json").write_text(server.run(*CLI, "receipt", "keys"))
    keys = ("--keys", str(tmp_path / "keys.json"), "--key", described["log"]["vkey"])
    codes = {}
    for shape in ("27560", "kantara", "jws", "html"):
        file = tmp_path / shape
        file.write_bytes(fetched(server, consent, shape))
        codes[shape] = offline("receipt", "verify", str(file), *keys, "--json")
    by_command = ran(
        server,
        *("receipt", "get", "--tenant", described["tenant"], "--consent", consent, "--json"),
        *("--format", "jws", "--output", str(tmp_path / "own")),
    )
    own = offline("receipt", "verify", str(tmp_path / "own"), *keys)

    for each in codes.values():
        assert each.returncode == 0, each.stdout + each.stderr
        assert json.loads(each.stdout)["verified"] is True
    assert own.returncode == 0
    assert by_command["log"] == described["log"]["origin"]


def test_what_does_not_hold_is_told(server: Process, tmp_path: Path):
    """
    Exit code 1 and a sentence for an altered one, 2 where nothing could be checked.
    """
    consent, described = agreed(server, "+34600310002"), demo(server)
    keys = tmp_path / "keys.json"
    keys.write_text(server.run(*CLI, "receipt", "keys"))
    file = tmp_path / "receipt.jws"
    jws = fetched(server, consent, "jws").decode()
    file.write_text(jws[:-20] + ("A" if jws[-20] != "A" else "B") + jws[-19:])
    altered = offline("receipt", "verify", str(file), "--keys", str(keys), "--key", described["log"]["vkey"])
    file.write_text(jws)
    other_log = offline("receipt", "verify", str(file), "--keys", str(keys), "--key", described["log"]["vkey"][1:])
    document = json.loads(fetched(server, consent, "27560"))
    document["dpv:hasRecordOfActivity"][0]["dpv:hasProcess"][0]["dpv:hasPurpose"][0]["dct:title"] = "everything_else"
    file.write_text(json.dumps(document))
    around = offline("receipt", "verify", str(file), "--keys", str(keys), "--key", described["log"]["vkey"])
    missing = offline("receipt", "verify", str(tmp_path / "none"), "--keys", str(keys), "--key", "x")
    unsaid = offline("receipt", "get", "--tenant", described["tenant"])

    assert (altered.returncode, "The signature is wrong" in altered.stdout) == (1, True)
    assert other_log.returncode == 1
    assert (around.returncode, "The document was altered" in around.stdout) == (1, True)
    assert (missing.returncode, unsaid.returncode) == (2, 2)
    assert "--consent, --withdrawal or --index" in unsaid.stderr


def test_a_controller_is_named_once_stated(server: Process):
    """
    In every receipt made from then on, and nothing is absent any more; the log tells it.
    """
    consent, described = agreed(server, "+34600310003"), demo(server)
    before = json.loads(fetched(server, consent, "27560"))
    said = [each for pair in CONTROLLER for each in pair]
    stated = ran(server, "tenant", "controller", "--tenant", described["tenant"], *said, "--json")
    after = json.loads(fetched(server, consent, "27560"))
    page = fetched(server, consent, "html").decode()
    kantara = json.loads(fetched(server, consent, "kantara"))
    [record] = after["dpv:hasRecordOfActivity"]

    assert stated["controller"]["storage"] == ["ES"]
    assert "controller.name" in before["venia:absent"]
    assert after["venia:absent"] == []
    assert record["dpv:hasEntity"][0]["dpv:hasName"] == "Acme Telecom, S.A."
    assert record["dpv:hasConsentControl"]["dpv:isExercisedAt"]["page"] == "https://acme.example/calls"
    assert kantara["services"][0]["purposes"][0]["thirdPartyName"] == "Callers, S.L."
    assert "Vaya a https://acme.example/calls." in page
    assert "tenant.controller_stated" in server.events()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--name", " "),
        ("--name", "x" * 501),
        ("--name", "a\nb"),
        ("--url", "javascript:alert(1)"),
        ("--policy-url", "acme.example"),
        ("--country", "Spain"),
        ("--storage", "es"),
        ("--jurisdiction", "Europe"),
        ("--retention", "five years"),
        ("--retention", "P"),
    ],
)
def test_a_controller_must_make_sense(option: str, value: str):
    """
    Exit code 2 and a sentence that names the option, before anything is asked of a database.
    """
    tenant = "00000000-0000-4000-8000-000000000000"
    name = () if option == "--name" else ("--name", "Acme")
    done = offline("tenant", "controller", "--tenant", tenant, *name, option, value)

    assert done.returncode == 2
    assert done.stderr.startswith(f"venia: {option}: ")


def test_old_receipts_outlive_keys_and_crashes(server: Process):
    """
    After kill -9, a restart and a rotation the same receipt is made again and one of before still verifies, by the page's own code.
    """
    consent, described = agreed(server, "+34600310004"), demo(server)
    vkeys, check = [described["log"]["vkey"]], page_check()
    before = json.loads(fetched(server, consent, "27560"))
    server.kill9()
    server.start()
    again = json.loads(fetched(server, consent, "27560"))
    rotated = ran(server, "rotate", "receipts", "--json")
    retired = ran(server, "rotate", "receipts", "--retire", "--json")
    deadline = time.monotonic() + 30
    while len((keys := server.client.get("/.well-known/receipt-jwks.json").json())["keys"]) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)

    assert again["dct:identifier"] == before["dct:identifier"]
    assert again["venia:proof"] == before["venia:proof"]
    assert check(before["jws"], keys, vkeys)["dct:identifier"] == before["dct:identifier"]
    assert rotated["kid"] == keys["keys"][-1]["kid"]
    assert retired == {"retired": 0}
