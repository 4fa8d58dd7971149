"""
Registers in real processes: a load killed in its midst, and decisions of one process while another swaps.
"""

import json
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.databases import fetch
from tests.server.process import Process, eventually

LISTED, OTHER = "+34633000001", "+34633000002"


def load(server: Process, content: Any, **asked: str) -> httpx.Response:
    """
    Sends a file, or parts of one.
    """
    headers = {**server.headers(), "Content-Type": "text/csv"}
    query = {"as_of": "2026-11-20", "force": "true", **asked}
    return server.client.post("/v1/registers/robinson/loads", params=query, content=content, headers=headers)


def listed(server: Process, phone: str) -> Any:
    """
    What the server says of a number.
    """
    answer = server.post("/v1/registers/lookup", {"contact": {"phone": phone}})
    assert answer.status_code == 200
    return answer.json()["registers"].get("robinson", {}).get("listed")


def mills(server: Process) -> list[psutil.Process]:
    """
    The processes that read a file for the server.
    """
    assert server.process is not None
    everyone = psutil.Process(server.process.pid).children(recursive=True)
    return [each for each in everyone if "consent.registers.mill" in each.cmdline()]


def test_a_load_that_is_killed_leaves_the_old_one_in_force(database: str, tmp_path: Path):
    """
    The server with kill -9 while it takes a file in: nothing of the file is left, and the next load goes well.
    """
    with Process(tmp_path / "home", database) as server:
        load(server, f"{LISTED}\n".encode())
        met: list[psutil.Process] = []

        def endless():
            yield f"{OTHER}\n".encode()
            eventually(lambda: bool(mills(server)))
            met.extend(mills(server))
            yield b"+34633000003\n" * 10_000
            server.kill9()
            yield b"+34633000004\n"

        with suppress(httpx.TransportError):
            load(server, endless())
        eventually(lambda: not any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in met))
        server.start()
        kept = listed(server, LISTED), listed(server, OTHER)
        loads = fetch(database, "SELECT DISTINCT load_id FROM register_blocks")
        again = load(server, f"{OTHER}\n".encode())

        assert met
        assert kept == (True, False)
        assert len(loads) == 1
        assert again.status_code == 201
        assert (listed(server, LISTED), listed(server, OTHER)) == (False, True)


def test_a_mill_that_is_killed_refuses_the_load(database: str, tmp_path: Path):
    """
    The one who sent the file hears of it, and what was loaded stays.
    """
    with Process(tmp_path / "home", database) as server:
        load(server, f"{LISTED}\n".encode())

        def parts():
            yield f"{OTHER}\n".encode()
            eventually(lambda: bool(mills(server)))
            for each in mills(server):
                each.send_signal(signal.SIGKILL)
            yield b"+34633000003\n"

        answer = load(server, parts())

        assert (answer.status_code, answer.json()["type"]) == (409, "urn:venia:problem:register-broken")
        assert (listed(server, LISTED), listed(server, OTHER)) == (True, False)


def test_two_processes_see_one_load_or_the_other(database: str, tmp_path: Path):
    """
    One loads lists that take turns; the other always finds exactly one of two numbers, in one batch and in calls.
    """
    with Process(tmp_path / "home", database) as loader, Process(tmp_path / "home", database) as asker:
        load(loader, f"{LISTED}\n".encode())
        body = {"from": {"phone_number_id": "700600500400"}, "purpose": "offers"}
        seen: set[tuple[bool, ...]] = set()
        missing: list[str] = []
        with ThreadPoolExecutor(1) as pool:
            turns = [f"{OTHER}\n", f"{LISTED}\n"] * 4
            loading = pool.submit(lambda: [load(loader, each.encode()).status_code for each in turns])
            while not loading.done():
                lines = "".join(json.dumps({**body, "to": {"phone": each}}) + "\n" for each in (LISTED, OTHER))
                headers = {**asker.headers(), "Content-Type": "application/x-ndjson"}
                answers = asker.client.post("/v1/calls/check-batch", content=lines, headers=headers).text.splitlines()
                codes = [codes_in(each) for each in answers]
                seen.add(tuple("REGISTER_LISTED" in each for each in codes))
                missing += [code for each in codes for code in each if code == "FACT_MISSING"]
                called = asker.post("/v1/calls/authorize", {**body, "to": {"phone": LISTED}}).text
                missing += [code for code in codes_in(called) if code == "FACT_MISSING"]

        assert set(loading.result()) == {201}
        assert seen <= {(True, False), (False, True)}
        assert missing == []


def codes_in(answer: str) -> set[str]:
    """
    The codes of a decision.
    """
    return {each["code"] for each in json.loads(answer)["reasons"]}
