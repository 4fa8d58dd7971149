"""
The process beside the server: it signs checkpoints and makes exports, with a role and a key that the server has no use for.

It ends when the server does, however the server ends: it reads a pipe whose other end the server holds open.  If it ends
by itself it is started again, after a pause that grows.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

import structlog

STOP_SECONDS = 15
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
COMMAND = (sys.executable, "-m", "server.cli", "checkpoint", "--follow", "--until-input-ends")

_log = structlog.get_logger("companion")


class Companion:
    """Keeps one process running between ``start`` and ``stop``."""

    def __init__(self, environment: Mapping[str, str], command: Sequence[str] = COMMAND) -> None:
        """``environment`` is all that the process will know."""
        self._environment = dict(environment)
        self._command = command
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="companion", daemon=True)

    def start(self) -> None:
        """Starts the process, in a thread that starts it again whenever it ends."""
        self._thread.start()

    def stop(self) -> None:
        """Has it finish what it does and end, or ends it after a while; a second call does nothing."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS + FIRST_PAUSE)

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            started = time.monotonic()
            code = self._run()
            if self._stopping.is_set():
                return
            pause = FIRST_PAUSE if time.monotonic() - started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            _log.error("companion_ended", code=code, again_in_seconds=pause)
            self._stopping.wait(pause)

    def _run(self) -> int:
        """Runs the process until it ends or must; its exit code."""
        # A group of its own: Ctrl-C reaches the server, which then says when to end.
        with subprocess.Popen(
            self._command, env=self._environment, stdin=subprocess.PIPE, start_new_session=True
        ) as process:
            while process.poll() is None and not self._stopping.wait(0.2):
                pass
            if process.stdin is not None:
                process.stdin.close()
            try:
                return process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                return process.wait()
