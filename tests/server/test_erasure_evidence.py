"""
Evidence and erasure: what was exported before still verifies, and what is exported after says erased, not withheld.
"""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.checkout import ROOT
from tests.server.api import consent, question
from tests.server.process import Process, eventually

PHONE, OTHER = "+34699731842", "+34699731900"


def bundle(server: Process, folder: Path) -> Path:
    """
    The whole log with every disclosure there is, unpacked.
    """
    export = server.post("/v1/audit/exports", {"format": "bundle", "disclose": ["*"]}).json()["id"]
    eventually(lambda: server.get(f"/v1/audit/exports/{export}").json()["state"] == "ready")
    content = server.get(f"/v1/audit/exports/{export}/download").content
    zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
    return folder


def verify(folder: Path, vkey: str, pin: Path) -> tuple[int, str]:
    """
    The verdict of a verifier that did not come with the bundle.
    """
    command = [sys.executable, "-I", str(ROOT / "audit/verifier.py"), str(folder), vkey, "--pin", str(pin)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout


def test_bundles_of_before_and_after_verify(database: str, tmp_path: Path):
    """
    Green both, against one checkpoint pinned before; afterwards the person's fields count as erased.
    """
    with Process(tmp_path / "home", database) as server:
        for phone in (PHONE, OTHER):
            assert server.post("/v1/consents", consent(phone, evidence={"text": "sí"})).status_code == 201
            assert server.post("/v1/calls/authorize", question(phone)).status_code == 200
        before = bundle(server, tmp_path / "before")
        erased = server.post("/v1/contacts/erasures", {"contact": {"phone": PHONE}, "reason": "ticket 4711"})
        after = bundle(server, tmp_path / "after")
        vkey = server.demo["log"]["vkey"]
        receipt = erased.json()["receipt"]
        proof = server.get(
            f"/v1/audit/proofs/inclusion?index={receipt['index']}&size={(after / 'checkpoint').read_text().split()[1]}"
        )
    pin = before / "checkpoint"
    (first, told_before), (second, told_after) = (verify(each, vkey, pin) for each in (before, after))
    (after / "disclosures").rename(tmp_path / "withheld")
    withheld, told_withheld = verify(after, vkey, pin)

    assert (first, second) == (0, 0), told_before + told_after
    assert "erased" not in told_before
    assert "erased" in told_after
    assert "WITHHELD" not in told_before + told_after
    assert proof.status_code == 200
    assert withheld == 3
    assert "WITHHELD" in told_withheld
