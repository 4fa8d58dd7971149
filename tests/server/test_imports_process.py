"""
Imports by real processes that are killed: the server, and the command.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from tests.checkout import ROOT
from tests.databases import fetch
from tests.server.process import Process, clean_environment

HEADER = "phone,purpose,channels,given_at,method\n"
ROWS = 6_000
COUNTED = "SELECT count(*) AS n FROM entries WHERE event = 'consent.recorded'"


def file_of(rows: int, start: int = 600_000_000) -> bytes:
    """
    A file with a consent of so many people.
    """
    lines = (f"+34{start + each},offers,voice,2024-05-01T10:00:00Z,web_form\n" for each in range(rows))
    return (HEADER + "".join(lines)).encode()


def recorded(url: str) -> int:
    """
    How many consents the log has.
    """
    return int(fetch(url, COUNTED)[0]["n"])


def headers(server: Process, once: str) -> dict[str, str]:
    """
    What a file comes with.
    """
    key = json.loads((server.home / "demo.json").read_text())["keys"]["admin"]
    return {"Authorization": f"Bearer {key}", "Content-Type": "text/csv", "Idempotency-Key": once}


def wait_for(url: str, rows: int) -> None:
    """
    Returns as soon as so many consents are recorded.
    """
    deadline = time.monotonic() + 60
    while recorded(url) < rows:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_killed_server_goes_on_with_the_same_file(database: str, tmp_path: Path):
    """
    Killed again and again in the middle, it has recorded every row exactly once when it answers at last.
    """
    server, content, once = Process(tmp_path / "home", database), file_of(ROWS), str(uuid4())
    for part in (1, ROWS // 3):
        server.start()
        sender = subprocess.Popen(
            [sys.executable, "-c", _SENDER, server.base_url, json.dumps(headers(server, once))],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=clean_environment(),
        )
        assert sender.stdin is not None
        sender.stdin.write(content)
        sender.stdin.close()
        wait_for(database, part)
        server.kill9()
        sender.wait(60)
    before = recorded(database)
    with server:
        answer = server.client.post("/v1/imports", content=content, headers=headers(server, once), timeout=120)
        key = {"Authorization": headers(server, once)["Authorization"]}
        lines = server.client.get(f"/v1/imports/{answer.json()['id']}/verdicts", headers=key).text
    verdicts = [json.loads(line) for line in lines.splitlines()]

    assert 0 < before < ROWS
    assert answer.status_code == 200, answer.text
    assert answer.json()["verdicts"]["recorded"] == ROWS == recorded(database)
    assert [each["row"] for each in verdicts] == list(range(1, ROWS + 1))
    assert len({each["entry"] for each in verdicts}) == ROWS


_SENDER = """
import json, sys, urllib.request
request = urllib.request.Request(sys.argv[1] + "/v1/imports", sys.stdin.buffer.read(), json.loads(sys.argv[2]))
urllib.request.urlopen(request).read()
"""


def test_a_killed_command_goes_on_where_it_was(database: str, tmp_path: Path):
    """
    The same command again says that it goes on, and all rows are recorded once; a file of verdicts is whole or not there.
    """
    home, file, output = tmp_path / "home", tmp_path / "people.csv", tmp_path / "verdicts.ndjson"
    file.write_bytes(file_of(ROWS))
    with Process(home, database) as server:
        tenant = json.loads((server.home / "demo.json").read_text())["tenant"]
    command = [sys.executable, "-m", "server.cli", "consent", "import", str(file), "--tenant", tenant]
    command += ["--output", str(output), "--json"]
    environment = clean_environment(VENIA_HOME=str(home), VENIA_DATABASE_URL=database)
    first = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_for(database, 1)
    psutil.Process(first.pid).kill()
    first.communicate()
    before, is_there = recorded(database), output.exists()
    again = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    verdicts = [json.loads(line) for line in output.read_text().splitlines()]

    assert 0 < before < ROWS
    assert not is_there
    assert again.returncode == 0, again.stderr
    assert "going on behind them" in again.stderr
    assert json.loads(again.stdout)["verdicts"]["recorded"] == ROWS == recorded(database)
    assert Counter(each["verdict"] for each in verdicts) == {"recorded": ROWS}


def test_memory_does_not_grow_with_the_file(database: str, tmp_path: Path):
    """
    A file ten times as long takes hardly more of the server's memory: rows that are refused, and lines beyond all bounds.
    """
    row, junk = b"+34600,offers,voice,2024-05-01T10:00:00Z,web_form\n", b"x" * 1_000_000 + b"\n"

    def rows(times: int) -> Iterator[bytes]:
        yield HEADER.encode()
        for _ in range(times):
            yield row * 2_000
            yield junk

    with Process(tmp_path / "home", database) as server:
        process = psutil.Process(server.process.pid if server.process else 0)
        sizes = []
        for times in (10, 100):
            sent = server.client.post(
                "/v1/imports", content=rows(times), headers=headers(server, str(uuid4())), timeout=300
            )
            assert sent.json()["verdicts"]["refused"] == times * 2_001, sent.text
            sizes.append(max(each.memory_info().rss for each in [process, *process.children(recursive=True)]))

    assert sizes[1] - sizes[0] < 32 * 1024 * 1024


def test_a_client_that_goes_away_leaves_an_open_import(database: str, tmp_path: Path):
    """
    What it sent by then is recorded as far as groups were whole, and progress says so.
    """
    content, once = file_of(1_200), str(uuid4())

    def half() -> Iterator[bytes]:
        yield content[: len(content) * 3 // 4]
        time.sleep(0.5)
        raise ConnectionError

    with Process(tmp_path / "home", database) as server:
        with pytest.raises(ConnectionError):
            server.client.post("/v1/imports", content=half(), headers=headers(server, once))
        wait_for(database, 500)
        (found,) = server.client.get("/v1/imports", headers=headers(server, once)).json()["imports"]
        whole = server.client.post("/v1/imports", content=content, headers=headers(server, once), timeout=60)

    assert (found["state"], found["rows"]) == ("open", 500)
    assert whole.json()["id"] == found["id"]
    assert whole.json()["verdicts"]["recorded"] == 1_200 == recorded(database)
