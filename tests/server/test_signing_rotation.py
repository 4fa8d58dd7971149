"""
``venia rotate signing`` beside a real server: signatures go on, and evidence across the boundary verifies.
"""

import io
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from audit.note import VerifierKey, parse_note, verified
from server.settings import Settings
from server.signing_keys import signing_secrets
from tests.checkout import ROOT
from tests.databases import fetch
from tests.server.api import consent, new_phone, question
from tests.server.process import Process, clean_environment, eventually


def rotate(home: Path, url: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """
    What the command says.
    """
    command = [sys.executable, "-m", "server.cli", "rotate", "signing", *words, "--json"]
    env = clean_environment(VENIA_HOME=str(home), VENIA_DATABASE_URL=url, **environment)
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


def record(server: Process, count: int = 3) -> None:
    """
    Something new, signed a moment later.
    """
    for _ in range(count):
        assert server.post("/v1/calls/authorize", question(new_phone())).status_code == 200
    size = server.entries()[-1].index + 1
    eventually(lambda: int(server.get("/v1/audit/checkpoint").text.split("\n")[1]) >= size)


def keys(server: Process) -> list[dict[str, Any]]:
    """
    Every key that ever signed the tenant's log, with its validity.
    """
    told = server.get("/v1/audit/keys").json()
    return [each for each in told["all"] if each["log"] == server.demo["log"]["origin"]]


def bundle(server: Process, folder: Path) -> Path:
    """
    The whole log, unpacked.
    """
    export = server.post("/v1/audit/exports", {"format": "bundle"}).json()["id"]
    eventually(lambda: server.get(f"/v1/audit/exports/{export}").json()["state"] == "ready")
    content = server.get(f"/v1/audit/exports/{export}/download").content
    zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
    return folder


def verify(folder: Path, vkeys: str, pin: Path) -> int:
    """
    The verdict of a verifier that did not come with the bundle.
    """
    command = [sys.executable, "-I", str(ROOT / "audit/verifier.py"), str(folder), vkeys, "--pin", str(pin)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode


def test_evidence_goes_on_across_two_rotations(database: str, tmp_path: Path):
    """
    A pin of before, bundles during and after: each verifies with the keys that its holder may have, and no other.
    """
    home = tmp_path / "home"
    with Process(home, database) as server:
        assert server.post("/v1/consents", consent(new_phone())).status_code == 201
        record(server)
        pin = tmp_path / "pin"
        pin.write_text(server.get("/v1/audit/checkpoint").text)
        (first,) = keys(server)
        told = rotate(home, database, "--overlap-days", "0.0001")
        record(server)
        during = bundle(server, tmp_path / "during")
        time.sleep(10)
        record(server)
        after = bundle(server, tmp_path / "after")
        rotate(home, database, "--now")
        record(server)
        last = bundle(server, tmp_path / "last")
        listed = {each["vkey"]: each for each in keys(server)}
        newest = server.get("/v1/audit/keys").json()["log"]
        retired = json.loads(rotate(home, database, "--retire").stdout)["retired"]
        record(server)
        entries = [entry.payload for entry in server.entries()]
        ready = server.client.get("/health/ready").status_code
        checkpoints = fetch(database, "SELECT * FROM checkpoints")
    one = first["vkey"]
    two = next(each["new"] for each in entries if each["event"] == "log_key.rotated")
    three = [each["new"] for each in entries if each["event"] == "log_key.rotated"][-1]
    validity = {
        (row["origin"], row["vkey"]): (row["valid_from"], row["valid_until"])
        for row in fetch(database, "SELECT * FROM log_keys")
    }

    assert told.returncode == 0, told.stderr
    assert ready == 200
    assert [each["event"] for each in entries].count("log_key.rotated") == 2
    assert set(listed) == {one, two, three}
    assert listed[three]["valid_until"] is None
    assert newest == three
    assert len(retired) == 2
    assert not list((home / "keys").glob("signing.previous-*"))
    # Whoever knows the old key alone verifies while it signs; afterwards it takes the new one, beside it for the pin.
    assert [verify(during, each, pin) for each in (one, f"{one},{two}")] == [0, 0]
    assert verify(after, f"{one},{two}", pin) == verify(last, f"{one},{two},{three}", pin) == 0
    assert verify(after, one, pin) in (1, 2)
    assert verify(last, f"{one},{two}", pin) in (1, 2)
    assert (last / "keys/log.vkey").read_text().count("\n") == 3
    for row in checkpoints:
        valid = [
            VerifierKey.parse(vkey)
            for (origin, vkey), (since, until) in validity.items()
            if origin == row["origin"] and since <= row["signed_at"] and (until is None or row["signed_at"] < until)
        ]
        assert len(verified(parse_note(bytes(row["note"])), valid)) == len(valid) > 0


@pytest.mark.parametrize("done", ["next", "previous", "replaced"])
def test_an_interrupted_rotation_is_finished(database: str, tmp_path: Path, done):
    """
    Killed between any two steps, it goes on with the same secret, and the log is told once.
    """
    home = tmp_path / "home"
    with Process(home, database) as server:
        folder, settings = home / "keys", Settings(home=home)
        before = (folder / "signing").read_bytes()
        assert rotate(home, database).returncode == 0
        after, previous = (folder / "signing").read_bytes(), next(folder.glob("signing.previous-*"))
        until = previous.read_text().partition("\n")[0]
        coming = folder / "signing.next"
        coming.write_text(f"{until}\n{after.decode()}")
        coming.chmod(0o600)
        if done != "replaced":
            (folder / "signing").write_bytes(before)
        if done == "next":
            previous.unlink()
        again = rotate(home, database)
        secrets = signing_secrets(settings)
        record(server)
        events = [entry.payload["event"] for entry in server.entries()]

    assert again.returncode == 0, again.stderr
    assert (folder / "signing").read_bytes() == after
    assert len(secrets.secrets) == 2
    assert not coming.exists()
    assert events.count("log_key.rotated") == 1


def test_a_secret_in_a_setting_is_rotated_by_its_operator(database: str, tmp_path: Path):
    """
    Alone it is refused with the way to do it; with its predecessor named, the logs are told.
    """
    home, new = tmp_path / "home", "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldy0="
    with Process(home, database) as server:
        old = (home / "keys/signing").read_text().strip()
        alone = rotate(home, database, VENIA_SIGNING_SECRET=new)
        named = json.dumps([{"secret": old, "until": "2999-01-01T00:00:00Z"}])
        told = rotate(home, database, VENIA_SIGNING_SECRET=new, VENIA_SIGNING_SECRET_PREVIOUS=named)
        events = [entry.payload["event"] for entry in server.entries()]

    assert alone.returncode == 2
    assert "VENIA_SIGNING_SECRET_PREVIOUS" in alone.stderr
    assert told.returncode == 0, told.stderr
    assert events.count("log_key.rotated") == 1
