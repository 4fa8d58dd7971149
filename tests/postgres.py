"""
A PostgreSQL server of a test's own: made from nothing, restarted, or killed as by a power cut.
"""

import socket
import time
from contextlib import suppress
from pathlib import Path

import psutil

from server.embedded import embedded_binaries
from server.postmaster import Postmaster, running


class ThrowawayPostgres:
    """
    A private server under ``path``, which is created; nothing runs before :meth:`start`.

    ``postgres_bin`` is the folder of another PostgreSQL's programs, 15 or newer, as ``pg_config --bindir`` prints
    it; by default it is the embedded PostgreSQL 18.  ``tcp`` opens a port on 127.0.0.1 that stays the same from start
    to start, for clients and proxies that know no sockets.

    Run as root, the server is another account's, and folders above ``path`` are opened for passage: a folder from
    ``tempfile.mkdtemp`` suits better than ``tmp_path``, which pytest closes again whenever another run begins.
    """

    def __init__(self, path: Path, postgres_bin: Path | None = None, tcp: bool = False) -> None:
        home = path.resolve()
        # Made passable, for root's server runs as another account; the data directory itself is closed to others.
        home.mkdir(parents=True, exist_ok=True, mode=0o711)
        binaries = postgres_bin or embedded_binaries()
        port = _free_port() if tcp else None
        self._server = Postmaster(home / "data", binaries, home / "postgres.log", tcp_port=port)

    def start(self) -> str:
        """
        Start or restart the server, recovering what was committed, and return its address.
        """
        self._server.start()
        return self.url

    def stop(self) -> None:
        """
        Stop the server in order; nothing happens if it does not run.
        """
        self._server.stop()

    def kill9(self) -> None:
        """
        End the server and all its sessions at once, with no chance to say or write anything.
        """
        kill_everyone(self._process())

    @property
    def url(self) -> str:
        """
        The address of the database ``venia``, for asyncpg, as superuser.
        """
        return self._server.url

    @property
    def pid(self) -> int:
        """
        The process number of the running server.
        """
        return self._process().pid

    @property
    def data(self) -> Path:
        """
        The data directory.
        """
        return self._server.data

    def _process(self) -> psutil.Process:
        process = running(self._server.data)
        if process is None:
            raise RuntimeError(f"No server runs over {self._server.data}.")
        return process


def kill_everyone(postmaster: psutil.Process) -> None:
    """
    End a server and all its sessions at once, with no chance to say or write anything.
    """
    everyone = [postmaster, *postmaster.children(recursive=True)]
    for process in everyone:
        with suppress(psutil.NoSuchProcess):  # Some end by themselves as soon as the first is gone.
            process.kill()
    while any(map(_lives, everyone)):
        time.sleep(0.002)


def _lives(process: psutil.Process) -> bool:
    # A killed process keeps its number until its parent asks for it, but does nothing any more.
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
