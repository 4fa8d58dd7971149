"""
The service as its operator runs it: ``venia serve`` in a process of its own, with real signals.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx
import psutil

from audit.entry import Entry
from tests.checkout import ROOT
from tests.databases import fetch
from tests.server.api import verified

SERVE = ("-m", "server.cli", "serve", "--demo")
_PATIENCE = 60


class Process:
    """
    A server process; entering it returns when it is ready, leaving it ends it.
    """

    def __init__(self, home: Path, url: str, program: tuple[str, ...] = SERVE, **environment: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.url = url
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self._program = [sys.executable, *program]
        self._environment = clean_environment(VENIA_HOME=str(home), VENIA_PORT=str(self.port), VENIA_DATABASE_URL=url)
        self._environment |= environment
        self._output = home / "output.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.client = httpx.Client(base_url=self.base_url, timeout=_PATIENCE, trust_env=False)

    def start(self) -> Self:
        """
        Starts it, once more if it was started before, and waits until it is ready.
        """
        process = self.launch()
        deadline = time.monotonic() + _PATIENCE
        while not self._is_ready():
            assert process.poll() is None, self.output()
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.05)
        return self

    def launch(self) -> subprocess.Popen[bytes]:
        """
        Starts it and waits for nothing.
        """
        with self._output.open("ab") as output:
            self.process = subprocess.Popen(
                self._program, env=self._environment, cwd=ROOT, stdout=output, stderr=output
            )
        return self.process

    def _is_ready(self) -> bool:
        try:
            return self.client.get("/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    def end(self, number: int = signal.SIGTERM) -> int:
        """
        Sends the signal and waits; the exit code.
        """
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=_PATIENCE)

    def kill9(self) -> None:
        """
        Ends it and all its children with no chance to say or write anything.
        """
        assert self.process is not None
        root = psutil.Process(self.process.pid)
        for each in [root, *root.children(recursive=True)]:
            each.kill()
        self.process.wait(timeout=_PATIENCE)

    def output(self) -> str:
        """
        Everything it has written to standard output and standard error.
        """
        return self._output.read_text(errors="replace")

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        if self.process is not None and self.process.poll() is None:
            self.kill9()

    # What runs on its database and with its settings, beside it.

    def run(self, *program: str, told: str = "") -> str:
        """
        Runs a Python program that is told this on standard input, and MUST succeed; what it printed.
        """
        command = [sys.executable, *program]
        done = subprocess.run(
            command,
            env=self._environment,
            cwd=ROOT,
            input=told,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def beside(self, *program: str) -> Iterator[None]:
        """
        A Python program that runs for as long as its input is open, which is until the block ends.
        """
        with self._output.open("ab") as output:
            command = [sys.executable, *program]
            started = subprocess.Popen(
                command, env=self._environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=output, stderr=output
            )
        try:
            yield
        finally:
            started.communicate(timeout=_PATIENCE)

    def events(self) -> list[str]:
        """
        The names of all entries of the database, in order.
        """
        return [row["event"] for row in fetch(self.url, "SELECT event FROM entries ORDER BY tenant_id, entry_index")]

    # What a caller does.

    @property
    def demo(self) -> dict[str, Any]:  # Any: a JSON document.
        """
        The demo's keys and secrets.
        """
        return dict(json.loads((self.home / "demo.json").read_text()))

    def headers(self, key: str = "admin") -> dict[str, str]:
        """
        The demo's key and a fresh Idempotency-Key.
        """
        return {"Authorization": f"Bearer {self.demo['keys'][key]}", "Idempotency-Key": str(uuid4())}

    def post(self, path: str, body: object = None, key: str = "admin") -> httpx.Response:
        """
        Posts JSON.
        """
        return self.client.post(path, json=body, headers=self.headers(key))

    def get(self, path: str, key: str = "admin") -> httpx.Response:
        """
        Gets.
        """
        return self.client.get(path, headers=self.headers(key))

    def entries(self) -> list[Entry]:
        """
        The demo's log, every leaf hash verified.
        """
        return verified(self.get("/v1/audit/entries").text)


def clean_environment(**environment: str) -> dict[str, str]:
    """
    The environment of this process without its own VENIA_ settings, and with these.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VENIA_")}
    return {**kept, "PYTHONPATH": str(ROOT), **environment}


def free_port() -> int:
    """
    A port that nothing listens on.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(happened: Callable[[], bool], seconds: float = 30) -> None:
    """
    Asks again and again until it is so; fails when the time is over.
    """
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)
