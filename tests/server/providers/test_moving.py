"""
A deployment moves its key-encryption key from a file to AWS KMS, with ``venia`` alone.
"""

import json
import subprocess
import sys
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.checkout import ROOT
from tests.databases import fetch
from tests.server.api import consent, new_phone, question
from tests.server.process import SERVE, Process, clean_environment


def rotate_kek(server: Process, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """
    Has the current provider wrap everything.
    """
    env = clean_environment(VENIA_HOME=str(server.home), VENIA_DATABASE_URL=server.url) | environment
    command = [sys.executable, "-m", "server.cli", "rotate", "kek", "--json"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_from_a_file_to_kms(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """
    KMS with the file as its predecessor, then everything wrapped anew, then KMS alone; people are found all the while.
    """
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-south-2")
    kms = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    kms.start()
    host, port = kms.get_host_and_port()
    endpoint, home, phone = f"http://{host}:{port}", tmp_path / "home", new_phone()
    arn = str(boto3.client("kms", endpoint_url=endpoint).create_key()["KeyMetadata"]["Arn"])
    provider = {"VENIA_KEK_PROVIDER": json.dumps({"provider": "aws-kms", "key": arn, "endpoint": endpoint})}
    before = {"VENIA_KEK_PREVIOUS": json.dumps([{"provider": "local", "file": str(home / "keys/kek")}])}
    lookup = {"contact": {"phone": phone}}
    with Process(home, database) as server:
        assert server.post("/v1/consents", consent(phone)).status_code == 201
    with Process(home, database, SERVE, **provider, **before) as server:
        both = server.post("/v1/contacts/lookup", lookup).status_code
        rotated = rotate_kek(server, provider | before)
    (home / "keys/kek").unlink()
    with Process(home, database, SERVE, **provider) as server:
        alone = server.post("/v1/contacts/lookup", lookup).status_code
        decided = server.post("/v1/calls/authorize", question(phone)).status_code
    kms.stop()
    with Process(home, database, SERVE, **provider) as server:
        away = server.post("/v1/calls/authorize", question(phone))
        wrapped_by = {
            row["wrapped_by"] for row in fetch(database, "SELECT * FROM tenant_keys WHERE wrapped IS NOT NULL")
        }

    assert rotated.returncode == 0, rotated.stderr
    assert (both, alone, decided) == (200, 200, 200)
    assert wrapped_by == {f"aws-kms:{arn}"}
    assert away.status_code == 503
    assert away.json()["type"].endswith("key-provider-away")
    assert int(away.headers["Retry-After"]) > 0
