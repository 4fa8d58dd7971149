"""
The command line as an operator uses it: real processes, their output and their exit codes.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.checkout import ROOT
from tests.server.api import serving
from tests.server.process import clean_environment

PURPOSES = ("--purpose", "order_updates=transactional", "--purpose", "offers=marketing")

# Runs many commands in one process, since most of a command's time is its start.
SESSION = """
import contextlib, io, json, sys, traceback
from server import cli

done = []
for words in json.load(sys.stdin):
    sys.argv, out, err, code = ["venia", *words], io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.main()
        except SystemExit as end:
            code = end.code or 0
        except BaseException:
            traceback.print_exc()
            code = 70
    done.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(done))
"""


@dataclass(frozen=True, slots=True)
class Done:
    """
    What a command came to.
    """

    code: int
    out: str
    err: str

    def json(self) -> Any:  # Any: a JSON document.
        """
        What a command printed that succeeded.
        """
        assert self.code == 0, self.err
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Venia:
    """
    ``venia`` with a home and a database of the test's own.
    """

    home: Path
    url: str

    def __call__(self, *words: str, **environment: str) -> Done:
        """
        Runs one command in a process of its own.
        """
        return Done(*self._run(["-m", "server.cli", *words], "", environment))

    def each(self, *commands: tuple[str, ...], **environment: str) -> list[Done]:
        """
        Runs these commands, one after the other.
        """
        code, out, err = self._run(["-c", SESSION], json.dumps(commands), environment)
        assert code == 0, err
        return [Done(*each) for each in json.loads(out)]

    def _run(self, words: list[str], given: str, environment: dict[str, str]) -> tuple[int, str, str]:
        own = {"VENIA_HOME": str(self.home), "VENIA_DATABASE_URL": self.url, **environment}
        done = subprocess.run(
            [sys.executable, *words],
            input=given,
            env=clean_environment(**own),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr


@pytest.fixture
def venia(database: str, tmp_path: Path) -> Venia:
    """
    The command on a migrated database.
    """
    return Venia(tmp_path / "home", database)


@pytest.fixture
def tenant(venia: Venia) -> tuple[str, str]:
    """
    The option that names a tenant, made by a command.
    """
    made = venia("tenant", "create", "Acme", "--zone", "Europe/Madrid", *PURPOSES, "--json").json()
    return ("--tenant", made["tenant"])


def test_a_tenant_is_made_and_asked_about(venia: Venia, tenant: tuple[str, str]):
    """
    Tenant and sender in two commands; then ``check`` says no with 1, and 2 where it cannot be asked.
    """
    asked = ("check", *tenant, "--to", "+34600111222", "--from", "es", "--channel", "voice", "--purpose")
    added, senders, tenants, denied, as_json, unknown = venia.each(
        ("sender", "add", *tenant, "--id", "es", "--phone", "+34910000000", "--phone-number-id", "7", "--json"),
        ("sender", "list", *tenant, "--json"),
        ("tenant", "list", "--json"),
        (*asked, "order_updates"),
        (*asked, "order_updates", "--json"),
        (*asked, "nobody_knows"),
    )

    assert added.json()["country"] == "ES"
    assert [each["sender"] for each in senders.json()] == ["es"]
    assert [each["name"] for each in tenants.json()] == ["Acme"]
    assert (denied.code, denied.out.splitlines()[0]) == (1, "deny")
    assert "CONSENT_MISSING" in denied.out
    assert (as_json.code, json.loads(as_json.out)["decision"]) == (1, "deny")
    assert (unknown.code, "nobody_knows" in unknown.err, unknown.out) == (2, True, "")


def test_a_check_that_allows_ends_with_0(venia: Venia):
    """
    The exit code is the answer, for scripts that ask nothing else.
    """
    tenant = venia("demo", "--json").json()["tenant"]
    body = {"contact": {"phone": "+34600111222"}, "method": "paper", "given_at": "2026-11-20T10:00:00Z"}
    with serving(venia.url, venia.home) as api:
        answer = api.post("/v1/consents", {**body, "purpose": "order_updates", "channels": ["voice"]})
    words = ("--to", "+34600111222", "--from", "acme-es", "--purpose", "order_updates", "--channel", "voice")
    done = venia("check", "--tenant", tenant, *words)

    assert answer.status_code == 201
    assert (done.code, done.out) == (0, "allow\n")


def test_a_key_is_shown_once_and_revoked(venia: Venia, tenant: tuple[str, str]):
    """
    ``key create`` prints the key, ``key list`` its id and name alone; ``key revoke`` ends it, twice without harm.
    """
    create = ("key", "create", *tenant, "--name", "one", "--days", "30", "--scope", "audit:read")
    plain, as_json = venia.each(create, (*create, "--scope", "consents:read", "--json"))
    made = as_json.json()
    listed, *revoked, after = venia.each(
        ("key", "list", *tenant, "--json"),
        ("key", "revoke", *tenant, made["id"]),
        ("key", "revoke", *tenant, made["id"]),
        ("key", "list", *tenant, "--json"),
    )
    rows = {row["key"]: row for row in listed.json()}

    assert re.search(r"^key: vk_[\w-]{64}$", plain.out, re.MULTILINE)
    assert re.fullmatch(r"vk_[\w-]{64}", made["key"])
    assert (rows[made["id"]]["scopes"], rows[made["id"]]["revoked_at"]) == ("audit:read consents:read", None)
    assert rows[made["id"]]["expires_at"] is not None
    assert "vk_" not in listed.out
    assert [each.code for each in revoked] == [0, 0]
    assert [row["revoked_at"] is not None for row in after.json()] == [False, True]


def test_what_cannot_be_done_is_a_sentence(venia: Venia, tenant: tuple[str, str]):
    """
    Exit code 2, one line on standard error, no traceback and nothing on standard output.
    """
    check = ("check", *tenant, "--from", "x", "--purpose", "order_updates", "--to")
    nobody = ("--tenant", str(uuid4()))
    wanted = {
        ("key", "create", *tenant, "--name", "x", "--scope", "everything"): "everything",
        ("key", "create", *nobody, "--name", "x", "--scope", "*"): "tenant",
        ("key", "revoke", *tenant, "no-hex"): "no-hex",
        ("key", "revoke", *tenant, "00" * 8): "no such api key",
        ("sender", "add", *tenant, "--id", "x", "--phone", "600"): "phone",
        (*check, "600"): "phone",
        (*check, "+34600111222", "--at", "noon"): "noon",
        ("contact", "locate", *tenant, "--phone", "+34600111222", "--region", "ES-QQ"): "no region",
        ("contact", "locate", *tenant, "--phone", "+34600111222", "--zone", "Madrid"): "no time zone",
        ("tenant", "create", "Acme", "--purpose", "offers=fun"): "fun",
        ("tenant", "create", "Acme", "--zone", "Europe/Nowhere"): "zone",
        ("tenant", "create", "Acme", "--pack", "nowhere"): "nowhere",
    }
    for (words, says), done in zip(wanted.items(), venia.each(*wanted), strict=True):
        assert (done.code, done.out) == (2, ""), (words, done)
        assert "Traceback" not in done.err
        assert says in done.err.lower(), (words, done)


def test_a_wrong_variable_stops_the_start_with_a_sentence(tmp_path: Path):
    """
    Exit code 2, and the variable is named; its value is not repeated.
    """
    venia = Venia(tmp_path, "postgresql://nowhere/venia")
    wanted = {
        "VENIA_PORT": ("eighty", "VENIA_PORT"),
        "VENIA_WORKERS": ("", "VENIA_WORKERS is empty"),
        "VENIA_PROT": ("nine", "VENIA_PORT"),
        "VENIA_KEK": ("c2hvcnQ=", "VENIA_KEK"),
    }
    done = venia("serve", **{name: value for name, (value, _) in wanted.items()})

    assert (done.code, done.out) == (2, "")
    assert all(line.startswith("venia: ") for line in done.err.splitlines())
    assert all(says in done.err for _, says in wanted.values())
    assert not any(value in done.err for value, _ in wanted.values() if value)


def test_a_database_that_is_away_is_a_sentence(tmp_path: Path):
    """
    Exit code 2 and the variable to look at, for every command that needs the database.
    """
    venia = Venia(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing")
    done = venia.each(("migrate",), ("tenant", "list"), ("serve",))

    assert [each.code for each in done] == [2, 2, 2]
    assert all("VENIA_DATABASE_URL" in each.err and "Traceback" not in each.err for each in done)


def test_an_empty_database_is_brought_to_the_newest_schema(fresh_database: Callable[[], str], tmp_path: Path):
    """
    ``migrate`` may run again and again; the commands that write migrate by themselves.
    """
    venia = Venia(tmp_path / "home", fresh_database())
    listed, first, again = venia.each(("tenant", "list", "--json"), ("migrate", "--json"), ("migrate",))

    assert listed.json() == []
    assert (first.json(), again.code) == ({"migrated": True}, 0)


def test_the_demo_is_described_once(venia: Venia):
    """
    ``demo`` makes it, says where it is described, and does not make it again; the file is its owner's.
    """
    first, again, tenants = venia.each(("demo", "--json"), ("demo", "--json"), ("tenant", "list", "--json"))
    file = Path(first.json()["file"])
    described = json.loads(file.read_text())

    assert first.json() == again.json()
    assert file.stat().st_mode & 0o777 == 0o600
    assert set(described) == {"base_url", "tenant", "keys", "whatsapp", "log"}
    assert set(described["keys"]) == {"admin", "caller", "officer", "capture"}
    assert set(described["log"]) == {"origin", "vkey"}
    assert [each["name"] for each in tenants.json()] == ["Demo"]
