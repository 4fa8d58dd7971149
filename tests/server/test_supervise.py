"""
A server ends in order when it is told to: real processes, real signals.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from server.settings import Settings
from server.supervise import AddressUnavailable, serve
from tests.checkout import ROOT

APPLICATION = """
import asyncio
import os
import signal
from pathlib import Path

from server.settings import Settings
from server.supervise import serve


async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        if os.environ.get("BROKEN"):
            await send({"type": "lifespan.startup.failed", "message": "no database"})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    Path(os.environ["BEGUN"]).touch()
    await asyncio.sleep(float(scope["query_string"] or b"0"))
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"done"})


def create():
    return application


if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # as in a terminal, however the tests were started
    settings = Settings(port=int(os.environ["PORT"]), workers=int(os.environ["WORKERS"]))
    raise SystemExit(serve("small:create", settings, lambda: print("stopped", flush=True)))
"""


class Running:
    """
    A small application, served in processes of its own.
    """

    def __init__(self, folder: Path, workers: int, **environment: str) -> None:
        (folder / "small.py").write_text(APPLICATION)
        self.begun = folder / "begun"
        self.port = free_port()
        path = os.pathsep.join([str(folder), str(ROOT), *sys.path])
        own = {"PYTHONPATH": path, "PORT": str(self.port), "WORKERS": str(workers), "BEGUN": str(self.begun)}
        self.process = subprocess.Popen(
            [sys.executable, str(folder / "small.py")],
            env={**os.environ, **own, **environment},
            stdout=subprocess.PIPE,
            text=True,
        )

    def url(self, seconds: float = 0) -> str:
        """
        Where it answers, after so many seconds.
        """
        return f"http://127.0.0.1:{self.port}/?{seconds}"

    def wait(self) -> None:
        """
        Return when it answers.
        """
        while True:
            try:
                httpx.get(self.url())
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return

    def end(self, number: int) -> tuple[int, str]:
        """
        Send the signal; the exit code and what was printed.
        """
        self.process.send_signal(number)
        return self.finished()

    def finished(self) -> tuple[int, str]:
        """
        The exit code and what was printed, once it has ended.
        """
        printed, _ = self.process.communicate(timeout=60)
        return self.process.returncode, printed


def free_port() -> int:
    """
    A port that nothing listens on.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(tmp_path, workers, number):
    """
    Ctrl-C, SIGTERM and a closed terminal end it without an error, and what was started is stopped once.
    """
    running = Running(tmp_path, workers)
    running.wait()
    code, printed = running.end(number)

    assert (code, printed) == (0, "stopped\n")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_answer_under_way_is_given(tmp_path, workers):
    """
    A request that was begun is answered after the signal, and no new one is taken.
    """
    running = Running(tmp_path, workers)
    running.wait()
    running.begun.unlink()
    asking = [sys.executable, "-c", f"import httpx; print(httpx.get({running.url(1.5)!r}).text)"]
    with subprocess.Popen(asking, stdout=subprocess.PIPE, text=True) as caller:
        while not running.begun.exists():
            time.sleep(0.01)
        code, _ = running.end(signal.SIGTERM)
        answer, _ = caller.communicate(timeout=60)

    assert (code, answer) == (0, "done\n")
    with pytest.raises(httpx.ConnectError):
        httpx.get(running.url())


@pytest.mark.parametrize("workers", [1, 2])
def test_a_start_that_fails_says_so_and_stops_what_was_started(tmp_path, workers):
    """
    An application that cannot start ends the process with an error instead of trying for ever.
    """
    running = Running(tmp_path, workers, BROKEN="yes")
    code, printed = running.finished()

    assert (code, printed) == (3, "stopped\n")


def test_an_address_in_use_is_explained():
    """
    The message names what to change, and what was started is stopped all the same.
    """
    stopped = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings(port=taken.getsockname()[1])
        with pytest.raises(AddressUnavailable, match="VENIA_PORT"):
            serve("small:create", settings, lambda: stopped.append(True))

    assert stopped == [True]


def test_the_signals_are_given_back():
    """
    Whoever served keeps the handling of signals that it had before.
    """
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    with pytest.raises(AddressUnavailable):
        serve("small:create", Settings(host="192.0.2.1"), lambda: None)
    after = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]

    assert after == before
