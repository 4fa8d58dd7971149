"""
``venia rotate tokens`` beside two real servers of two workers each: all of them sign with one key, and change it together.
"""

import json
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import httpx
import jwt
import psutil

from tests.checkout import ROOT
from tests.server.api import Json, ago, consent, new_phone, question
from tests.server.process import Process, clean_environment, eventually
from tests.server.test_api_decision_tokens import CHECK

SECRET = "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldy0="
LOOKS = 12  # Answers in a row, over connections of their own, so that each worker gives some.


def rotate(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """
    What the command says; it needs no database.
    """
    command = [sys.executable, "-m", "server.cli", "rotate", "tokens", *words, "--json"]
    env = clean_environment(VENIA_HOME=str(home), **environment)
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)


def published(server: Process) -> set[tuple[str, ...]]:
    """
    The keys that its workers publish, by name.
    """
    seen = set()
    for _ in range(LOOKS):
        with httpx.Client(base_url=server.base_url, trust_env=False, timeout=30) as client:
            seen.add(tuple(each["kid"] for each in client.get("/.well-known/jwks.json").json()["keys"]))
    return seen


def allowed(server: Process, once: str | None = None, phone: str | None = None) -> Json:
    """
    An allow with its token, from whichever worker takes a new connection.
    """
    if phone is None:
        phone = new_phone()
        assert server.post("/v1/consents", consent(phone)).status_code == 201
    headers = server.headers() | ({"Idempotency-Key": once} if once else {})
    with httpx.Client(base_url=server.base_url, trust_env=False, timeout=30) as client:
        said = client.post("/v1/calls/authorize", json=question(phone, token=True), headers=headers).json()
    assert said["decision"] == "allow"
    return dict(said)


def kid(said: Json) -> str:
    """
    The name of the key that signed a token.
    """
    return str(jwt.get_unverified_header(said["token"])["kid"])


def check(server: Process, said: Json) -> Json:
    """
    The claims, once the code of docs/tokens.md has checked them with what this server publishes.
    """
    keys = server.client.get("/.well-known/jwks.json").json()
    iss, hold, contact = server.demo["log"]["origin"], said["hold"]["id"], said["contact"]
    return CHECK(said["token"], keys, iss=iss, hold=hold, sender="acme-es", contact=contact)


def tell(server: Process, said: Json) -> int:
    """
    The status of an outcome that shows the token.
    """
    body = {"outcome": "connected", "at": ago(seconds=0), "token": said["token"]}
    return server.post(f"/v1/calls/{said['hold']['id']}/outcome", body).status_code


def test_every_process_follows_a_rotation(database: str, tmp_path: Path):
    """
    One key for all; the next is published everywhere before anybody signs with it; then all do, and what the old one signed
    counts; given up at once, it does not.  No token is in anything that was logged.
    """
    home, once, phone = tmp_path / "home", str(uuid4()), new_phone()
    with (
        Process(home, database, VENIA_WORKERS="2", VENIA_LOG_LEVEL="debug") as one,
        Process(home, database, VENIA_WORKERS="2", VENIA_CHECKPOINTER="off", VENIA_LOG_LEVEL="debug") as two,
    ):
        both = (one, two)
        assert one.post("/v1/consents", consent(phone)).status_code == 201
        first = [allowed(server) for server in both for _ in range(4)]
        [old] = {kid(each) for each in first}
        repeated = allowed(one, once, phone)
        told = json.loads(rotate(home, "--lead-seconds", "20").stdout)
        starts = datetime.fromisoformat(told["signs_from"]).timestamp()
        eventually(lambda: all(published(server) == {(old, told["kid"])} for server in both), 15)
        noticed = time.time()
        before = [allowed(server) for server in both for _ in range(4)]
        checked = [check(other, each) for each in before for other in both]
        time.sleep(max(0.0, starts - time.time()) + 0.1)
        after = [allowed(server) for server in both for _ in range(4)]
        checked += [check(other, each) for each in (*before, *after) for other in both]
        again = [allowed(server, once, phone) for server in both]
        outcomes = [tell(other, each) for each, other in zip((*first, *after), both * 8, strict=True)]
        newest = json.loads(rotate(home, "--now").stdout)
        eventually(lambda: all(published(server) == {(newest["kid"],)} for server in both), 15)
        last = [allowed(server) for server in both for _ in range(4)]
        refused = [tell(server, each) for server, each in zip(both, before, strict=False)]
        given_up = [allowed(server, once, phone)["token"] for server in both]
        logged = one.output()
        stopped = rotate(home, "--lead-seconds", "1")

    assert noticed < starts
    assert {kid(each) for each in before} == {old}
    assert {kid(each) for each in after} == {told["kid"]}
    assert {kid(each) for each in last} == {newest["kid"]}
    assert len(checked) == 2 * (8 + 8 + 8)
    assert [each["token"] for each in again] == [repeated["token"]] * 2
    assert set(outcomes) == {200}
    assert set(refused) == {422}
    assert given_up == [None, None]
    assert stopped.returncode == 2
    for each in (*first, *before, *after, *last):
        assert each["token"].rpartition(".")[2] not in logged
        assert each["token"].split(".")[1] not in logged


def test_a_file_that_cannot_be_used_stops_the_start(database: str, tmp_path: Path):
    """
    Exit code 2 and one sentence, before anything is served; the same for the setting.
    """
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True)
    secret = home / "keys" / "tokens"
    secret.write_text("AAAA\n")
    secret.chmod(0o600)
    spoilt, wrong = (
        subprocess.run(
            [sys.executable, "-m", "server.cli", "serve"],
            cwd=ROOT,
            env=clean_environment(VENIA_HOME=str(home), VENIA_DATABASE_URL=database, **each),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        for each in ({}, {"VENIA_TOKEN_SECRET": "AAAA"})
    )

    assert (spoilt.returncode, wrong.returncode) == (2, 2)
    assert "has 3 bytes; it must have 32" in spoilt.stderr
    assert "VENIA_TOKEN_SECRET is wrong: it must be 32 bytes" in wrong.stderr
    assert "Traceback" not in spoilt.stderr + wrong.stderr


def test_a_setting_is_rotated_by_its_operator(tmp_path: Path):
    """
    The command says how, and changes nothing.
    """
    done = rotate(tmp_path, VENIA_TOKEN_SECRET=SECRET)

    assert done.returncode == 2
    assert "VENIA_TOKEN_SECRET_PREVIOUS" in done.stderr
    assert not (tmp_path / "keys").exists()


def test_servers_with_one_setting_sign_with_one_key(database: str, tmp_path: Path):
    """
    Without a file, on machines of their own; and the process that signs the logs is not given the secret.
    """
    kek = "a2VrLWtlay1rZWsta2VrLWtlay1rZWsta2VrLWtlay0="
    with (
        Process(tmp_path / "one", database, VENIA_TOKEN_SECRET=SECRET, VENIA_KEK=kek) as one,
        Process(tmp_path / "two", database, VENIA_TOKEN_SECRET=SECRET, VENIA_KEK=kek, VENIA_CHECKPOINTER="off") as two,
    ):
        keys = [published(server) for server in (one, two)]
        given = allowed(two)
        status = tell(two, given)
        assert one.process is not None
        children = psutil.Process(one.process.pid).children(recursive=True)
        [companion] = [each for each in children if "checkpoint" in each.cmdline()]
        known = companion.environ()

    assert keys[0] == keys[1] == {(kid(given),)}
    assert status == 200
    assert "VENIA_DATABASE_URL" in known
    assert SECRET not in known.values()
    assert not (tmp_path / "one/keys/tokens").exists()
    assert not (tmp_path / "two/keys/tokens").exists()
