"""
Retention over HTTP: rules, runs, and what is answered about bodies that are gone.
"""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.merkle import verify_inclusion
from server.retention import carry_out
from tests.aged import aged, note_then, office_of, run_of
from tests.audit.exporting.bureau import Bureau
from tests.live import Live
from tests.server.api import Api, serving


@pytest.fixture
def pruned(live: Live, tmp_path: Path) -> Iterator[Api]:
    """
    The application in front of a log whose first 512 bodies are gone.
    """
    old = aged(Bureau(live, tmp_path))
    receipt = note_then(old, 600)[3].receipt
    old.sign()
    old.live.run(carry_out(office_of(old), run_of(old)))
    old.sign()
    with serving(live.url, live.service.settings.home) as api:
        yield replace(api, keys={**api.keys, "old": old.live.demo["key"]}, demo={"receipt": receipt})


def test_bodies_that_are_gone_are_gone_and_proofs_are_not(pruned: Api):
    """
    410 below the pruned prefix, with where it ends; from there on, and for tiles and proofs, all is as it was.
    """
    receipt = pruned.demo["receipt"]
    whole = pruned.get("/v1/audit/entries", key="old")
    part = pruned.get("/v1/audit/entries", key="old", from_=500, to=520)
    rest = pruned.get("/v1/audit/entries", key="old", from_=512)
    tile = pruned.get("/v1/audit/tile/entries/001", key="old")
    hashes = pruned.get("/v1/audit/tile/0/001", key="old")
    proof = pruned.get("/v1/audit/proofs/inclusion", key="old", index=receipt.index).json()
    note = pruned.get("/v1/audit/checkpoint", key="old").text.splitlines()

    assert [each.status_code for each in (whole, part, tile)] == [410, 410, 410]
    assert whole.json()["type"] == "urn:venia:problem:entries-pruned"
    assert whole.json()["up_to"] == 512
    assert "proofs" in whole.json()["detail"]
    assert (rest.status_code, hashes.status_code) == (200, 200)
    assert len(rest.text.splitlines()) == int(note[1]) - 512
    assert proof["leaf_hash"] == base64.b64encode(receipt.leaf_hash).decode()
    assert verify_inclusion(
        leaf=receipt.leaf_hash,
        index=receipt.index,
        size=int(note[1]),
        hashes=[base64.b64decode(each) for each in proof["hashes"]],
        root=base64.b64decode(note[2]),
    )


def test_rules_are_read_and_set(api: Api):
    """
    The answer has the receipt of its entry; what undercuts something else is refused with its place.
    """
    rules = api.get("/v1/retention/rules", key="officer").json()["rules"]
    done = put(api, "unreadable_items", 14)
    low = put(api, "idempotency", 6)
    unknown = put(api, "exports", 6)
    after = {each["kind"]: each for each in api.get("/v1/retention/rules").json()["rules"]}

    assert [each["kind"] for each in rules] == ["evidence", "unreadable_items", "deliveries", "idempotency", "attempts"]
    assert all(each["is_default"] for each in rules)
    assert (done.status_code, done.json()["days"]) == (200, 14)
    assert api.entries(done.json()["receipt"]["index"])[0].payload["event"] == "retention.rule_set"
    assert (low.status_code, low.json()["errors"][0]["pointer"]) == (422, "/days")
    assert unknown.status_code in (404, 422)
    assert (after["unreadable_items"]["days"], after["unreadable_items"]["is_default"]) == (14, False)


def put(api: Api, kind: str, days: int, key: str = "admin") -> Any:
    """
    Sets a rule.
    """
    headers = {"Authorization": f"Bearer {api.keys[key]}", "Idempotency-Key": f"{kind}-{days}"}
    return api.client.put(f"/v1/retention/rules/{kind}", json={"days": days}, headers=headers)


def test_a_run_reports_and_a_dry_run_records_nothing(api: Api):
    """
    Nothing of the demo is old: all counts are nought, and the real run records that it was.
    """
    size = api.size()
    dry = api.post("/v1/retention/runs", {"dry_run": True}, key="officer", once=None)
    assert (dry.status_code, api.size()) == (200, size)
    real = api.post("/v1/retention/runs", {"dry_run": False}, key="officer", once="run-1")
    again = api.post("/v1/retention/runs", {"dry_run": False}, key="officer", once="run-1")

    assert dry.json()["dry_run"] is True
    assert dry.json()["receipt"] is None
    assert real.json()["kinds"]["evidence"]["count"] == 0
    assert real.json()["entries"]["kept_by"]["why"] in ("not_signed", "too_young")
    assert api.events(real.json()["receipt"]["index"]) == ["retention.applied"]
    assert again.json() == real.json()


def test_scopes_of_retention(api: Api):
    """
    A caller's key may do nothing here; runs need contacts:erase, rules admin:write.
    """
    run = api.post("/v1/retention/runs", {"dry_run": True}, key="caller")
    rules = api.get("/v1/retention/rules", key="caller")
    ruled = put(api, "evidence", 4000, key="officer")

    assert [(each.status_code, each.json()["scope"]) for each in (run, rules, ruled)] == [
        (403, "contacts:erase"),
        (403, "audit:read"),
        (403, "admin:write"),
    ]
