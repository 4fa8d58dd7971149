"""
Loses a database on purpose, restores it from a backup, and looks whether everything happened as docs/backup.md says.

    python -m docs.backup_drill [dump|base]

A Venia of its own on a PostgreSQL of its own: both are thrown away afterwards.  Exit code 0 only if every promise held.
"""  # noqa: INP001  a folder of pages is no package

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, cast

import httpx
from rich.console import Console
from rich.table import Table

from server.accounts import hand_over, postgres_account
from server.db import migrate
from server.embedded import embedded_binaries
from tests.checkout import ROOT
from tests.databases import fetch
from tests.postgres import ThrowawayPostgres
from tests.server.api import consent, new_phone, question
from tests.server.process import Process, clean_environment, eventually

KINDS = ("dump", "base")
REASON = "restored from the backup of the drill"

Json: TypeAlias = dict[str, Any]  # What is sent and answered is JSON, and the drill reaches into it by name.


@dataclass(slots=True)
class Drill:
    """What was seen so far."""

    folder: Path
    kind: str
    binaries: Path
    seen: list[tuple[str, bool, str]] = field(default_factory=list)

    def note(self, promise: str, held: bool, what: object = "") -> None:
        """Writes down whether a promise held."""
        self.seen.append((promise, held, str(what)))

    def run(self, program: str, *words: str) -> None:
        """One of PostgreSQL's own programs, as an operator runs it."""
        subprocess.run([str(self.binaries / program), *words], check=True, capture_output=True, text=True)


def drill(kind: str, folder: Path, binaries: Path | None = None) -> Drill:
    """The whole drill: write, back up, write on, lose, restore, reopen, ask what became of every receipt."""
    at_work = Drill(folder, kind, binaries or embedded_binaries())
    home, postgres = folder / "home", ThrowawayPostgres(folder / "before", binaries)
    url = postgres.start()
    migrate(url)
    with Process(home, url) as server:
        phone = new_phone()
        early = [*_write(server, 20), _receipt(server.post("/v1/consents", consent(phone)))]
        _signed(server)
        _back_up(at_work, url)
        late = _write(server, 15)
        erased = server.post("/v1/contacts/erasures", {"contact": {"phone": phone}, "reason": "drill"})
        late.append(_receipt(erased))
        _signed(server)
        signed = _size(server)
        server.end()
    postgres.kill9()
    shutil.rmtree(postgres.data)
    restored = _restore(at_work)
    try:
        _after(at_work, home, restored.url, early, late, signed=signed, phone=phone)
    finally:
        restored.stop()
    return at_work


def _after(drill: Drill, home: Path, url: str, early: list[Json], late: list[Json], *, signed: int, phone: str) -> None:
    """Everything that is promised of a restored database."""
    server = Process(home, url)
    with _unready(server):
        sentence = _venia(home, url, "checkpoint")
        drill.note("a shorter log is noticed", sentence.returncode == 1, sentence.stderr.strip()[:90])
        before = _checkpoints(url)
        meanwhile = _write(server, 3)
        drill.note("calls are still decided and recorded", all(meanwhile))
        _venia(home, url, "checkpoint")
        drill.note("nothing is signed meanwhile", _checkpoints(url) == before, f"{before} checkpoints")
        brought_back = server.post("/v1/contacts/lookup", {"contact": {"phone": phone}}).status_code
        reopened = _venia(home, url, "reopen", "--reason", REASON, "--json")
        told = json.loads(reopened.stdout or "{}")
        drill.note("the operator opens an incarnation", bool(told.get("began")), told.get("began"))
        eventually(lambda: server.client.get("/health/ready").status_code == 200)
        gone = server.post("/v1/contacts/lookup", {"contact": {"phone": phone}}).status_code
        drill.note("who was erased is erased again", (brought_back, gone) == (200, 404), f"{brought_back} then {gone}")
        first = cast(Json, server.entries()[0].payload)
        tells = (first["event"], first["before"]["size"], first["reason"]) == ("log.reopened", signed, REASON)
        drill.note("its first entry tells size, root and why", tells and bool(first["before"]["root"]), first["before"])
        _receipts(drill, server, early=early, late=late, meanwhile=meanwhile)
        fresh = _write(server, 2)
        _signed(server)
        drill.note("life goes on, and is signed", _states(server, fresh) == ["present"] * 2)


def _receipts(drill: Drill, server: Process, *, early: list[Json], late: list[Json], meanwhile: list[Json]) -> None:
    states = _states(server, early)
    drill.note("receipts of before the backup are present", set(states) == {"present"}, f"{len(states)} receipts")
    fates = _fates(server, late)
    lost = [each for each in fates if each["state"] == "lost" and each["told"]["reason"] == REASON]
    drill.note("those of after it are told to be lost, and where", len(lost) == len(late), f"{len(lost)} receipts")
    states = _states(server, meanwhile)
    drill.note("those of the time between are present", set(states) == {"present"}, f"{len(states)} receipts")
    never = {**late[0], "index": late[0]["index"] + 10_000, "log": late[0]["log"] + "x"}
    drill.note("what was never given is unknown", _states(server, [never]) == ["unknown"])


def _write(server: Process, count: int) -> list[Json]:
    """So many decisions about people met for the first time; their receipts."""
    return [_receipt(server.post("/v1/calls/authorize", question(new_phone()))) for _ in range(count)]


def _receipt(answer: httpx.Response) -> Json:
    receipt: Json = answer.json()["receipt"]
    return receipt


def _fates(server: Process, receipts: Sequence[Json]) -> list[Json]:
    answer = server.post("/v1/audit/receipts", {"receipts": list(receipts)})
    found: list[Json] = answer.json()["receipts"]
    return found


def _states(server: Process, receipts: Sequence[Json]) -> list[str]:
    return [each["state"] for each in _fates(server, receipts)]


def _size(server: Process) -> int:
    return int(server.get("/v1/audit/checkpoint").text.split("\n")[1])


def _signed(server: Process) -> None:
    """Waits until everything is signed."""
    end = server.entries()[-1].index + 1
    eventually(lambda: _size(server) >= end)


def _checkpoints(url: str) -> int:
    return int(fetch(url, "SELECT count(*) AS many FROM checkpoints")[0]["many"])


def _venia(home: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = clean_environment(VENIA_HOME=str(home), VENIA_DATABASE_URL=url)
    command = [sys.executable, "-m", "server.cli", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


class _unready:  # noqa: N801  A context, named as it reads.
    """A server that serves and is not ready, since its log is refused."""

    def __init__(self, server: Process) -> None:
        self._server = server

    def __enter__(self) -> Process:
        answers: Callable[[], bool] = lambda: _is_refused(self._server)  # noqa: E731  Asked again and again.
        self._server.launch()
        eventually(answers)
        return self._server

    def __exit__(self, *_: object) -> None:
        self._server.__exit__(None, None, None)


def _is_refused(server: Process) -> bool:
    try:
        answer = server.client.get("/health/ready")
    except OSError:
        return False
    except Exception as error:
        if type(error).__module__.startswith("httpx"):
            return False
        raise
    return answer.status_code == 503 and answer.json().get("missing") == ["checkpoints"]


# The two kinds of backup.


def _back_up(drill: Drill, url: str) -> None:
    if drill.kind == "dump":
        drill.run("pg_dumpall", "--roles-only", "--no-role-passwords", "-d", url, "-f", str(drill.folder / "roles.sql"))
        drill.run("pg_dump", "-Fc", "-d", url, "-f", str(drill.folder / "venia.dump"))
    else:
        drill.run("pg_basebackup", "-X", "stream", "-c", "fast", "-d", url, "-D", str(drill.folder / "base"))


def _restore(drill: Drill) -> ThrowawayPostgres:
    postgres = ThrowawayPostgres(
        drill.folder / "after", None if drill.binaries == embedded_binaries() else drill.binaries
    )
    if drill.kind == "dump":
        url = postgres.start()
        drill.run("psql", "-q", "-d", url, "-f", str(drill.folder / "roles.sql"))
        drill.run("pg_restore", "--exit-on-error", "-d", url, str(drill.folder / "venia.dump"))
    else:
        shutil.copytree(drill.folder / "base", postgres.data)
        hand_over(postgres.data, postgres_account(drill.folder / "nowhere"))
        postgres.data.chmod(0o700)
        postgres.start()
    return postgres


def main() -> int:
    """Runs the drill in a folder of its own and prints what was seen; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[1] if __doc__ else None)
    parser.add_argument("kind", nargs="*", choices=[[], *KINDS])  # What is not given is checked as an empty list.
    held = True
    for kind in parser.parse_args().kind or KINDS:
        with tempfile.TemporaryDirectory(prefix="venia-drill-") as folder:
            seen = drill(kind, Path(folder)).seen
        table = Table("promise", "held", "seen", title=f"Restored from a {kind}")
        for promise, kept, what in seen:
            table.add_row(promise, "yes" if kept else "NO", what)
        Console().print(table)
        held &= all(kept for _, kept, _ in seen)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
