"""
One PostgreSQL server of our own: prepared, started, found again, stopped.

It listens on a Unix socket in a directory that only its owner may enter, which is why the connections themselves need
no password.  Every promise about durability is given on the command line, where no file in the data directory can
take it back.  Who may stop it, and when, is decided in :mod:`server.embedded`.
"""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import psutil

from server.accounts import Account, hand_over, let_enter, let_execute, postgres_account

DATABASE = "venia"
SUPERUSER = "postgres"

START_SECONDS = 300  # Recovery after a crash replays the log before the server answers; this bounds it.
STOP_SECONDS = 30  # A fast shutdown ends its sessions at once; what takes longer is cut off and recovered next time.

SOCKET_PATH_BYTES = 100  # sun_path holds 108 bytes on Linux, 104 elsewhere, and the name ends in a NUL.
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")  # What no client takes for a list of hosts, or for a port.

SETTINGS = {
    # What an acknowledged commit means: it is on the disk.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    # Statements and the values of a violated key hold personal data; the log names the error alone.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "logging_collector": "off",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "unix_socket_permissions": "0700",
}


class PostgresUnusable(Exception):
    """The server could not be prepared, started or stopped; the message says what PostgreSQL said and what helps."""


@dataclass(frozen=True, slots=True)
class Postmaster:
    """
    The server over one data directory.

    ``data`` is absolute and holds nothing else, ``binaries`` is the folder of ``postgres``, ``initdb`` and ``pg_ctl``
    (15 or newer).  ``tcp_port`` additionally opens that port on 127.0.0.1, to everyone on this machine.
    """

    data: Path
    binaries: Path
    log: Path
    tcp_port: int | None = None

    def start(self) -> None:
        """
        Prepare the data directory if there is none and start the server; it answers when this returns.

        A server that runs already is waited for, or out if it is stopping.
        Interrupted at any point, killed included, the next start finds either no data directory or a whole one.
        Raises :class:`PostgresUnusable`.
        """
        if self._already_runs():
            return
        account = self._admit()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(account)
        self._check_version()
        self._launch(account)

    def stop(self) -> None:
        """
        Stop the server if it runs; return when it no longer does, after 45 seconds at most.

        Raises :class:`PostgresUnusable` if it outlives even that.
        """
        for mode, seconds in (("fast", STOP_SECONDS), ("immediate", 15)):
            if running(self.data) is not None:
                self._pg_ctl("stop", "-m", mode, "-t", str(seconds))
        with suppress(OSError):  # It is there only for a long path, and empty only once the server is gone.
            _short_folder(self.data).rmdir()
        if running(self.data) is not None:
            raise PostgresUnusable(f"PostgreSQL over {self.data} does not stop: see {self.log}.")

    @property
    def url(self) -> str:
        """Where the running server answers, for asyncpg; raises :class:`PostgresUnusable` if it does not run."""
        if running(self.data) is None:
            raise PostgresUnusable(f"PostgreSQL over {self.data} does not run.")
        if self.tcp_port is not None:
            return f"postgresql://{SUPERUSER}@127.0.0.1:{self.tcp_port}/{DATABASE}"
        lines = (self.data / "postmaster.pid").read_text().splitlines()
        # The port names the socket file: spelled out, so that a PGPORT in the environment cannot point elsewhere.
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(lines[4].strip())}&port={lines[3].strip()}"

    def _already_runs(self) -> bool:
        """Whether a server answers: one that is still starting, or recovering, is given its time."""
        deadline = time.monotonic() + START_SECONDS
        while running(self.data) is not None:
            if _status(self.data) == "ready":
                return True
            if time.monotonic() > deadline:
                raise PostgresUnusable(f"PostgreSQL over {self.data} runs and does not answer: see {self.log}.")
            time.sleep(0.05)
        return False

    def _admit(self) -> Account | None:
        """Let the account the server runs as reach its programs and its data."""
        if any(character in f"{self.data}{self.binaries}{self.log}" for character in '"$`\\\n'):
            # pg_ctl hands its paths to a shell between plain double quotes.
            raise PostgresUnusable(f'PostgreSQL cannot run under {self.data}: choose a path without " $ ` or \\.')
        self.data.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        account = postgres_account(self.data)
        if account is not None:
            let_execute(self.binaries.parent, account)
            let_enter(self.binaries, account)
            let_enter(self.data.parent, account)
            hand_over(self.data, account)
        _make_log(self.log, account)
        return account

    def _initialise(self, account: Account | None) -> None:
        if self.data.exists() and any(self.data.iterdir()):
            raise PostgresUnusable(f"{self.data} is not empty and holds no PostgreSQL data: move it away.")
        for abandoned in self.data.parent.glob(f"{self.data.name}.new-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix=f"{self.data.name}.new-", dir=self.data.parent))
        hand_over(fresh, account)
        host = "trust" if self.tcp_port is not None else "reject"
        options = ["--username", SUPERUSER, "--auth-local", "trust", "--auth-host", host, "--data-checksums"]
        self._run(account, "initdb", "--encoding", "UTF8", "--no-locale", *options, "--pgdata", str(fresh))
        # Without a listener there is nobody to race with: the database is there before the directory has its name.
        single = ["--single", "-c", "exit_on_error=true", "-D", str(fresh), SUPERUSER]
        self._run(account, "postgres", *single, statement=f"CREATE DATABASE {DATABASE}")
        fresh.rename(self.data)
        _sync(self.data.parent)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        brought = self._run(None, "postgres", "--version").split()[2].split(".")[0]
        if found != brought:
            raise PostgresUnusable(
                f"{self.data} was written by PostgreSQL {found}, and this is {brought}: "
                f"dump it with {found} and restore it, or run pg_upgrade."
            )

    def _launch(self, account: Account | None) -> None:
        sockets = _socket_folder(self.data, account)
        _forget_dead_owner(self.data, sockets)
        port = self.tcp_port or 5432
        addresses = "127.0.0.1" if self.tcp_port is not None else ""
        settings = SETTINGS | {"listen_addresses": addresses, "unix_socket_directories": str(sockets)}
        chosen = shlex.join(["-p", str(port), *(f"--{name}={value}" for name, value in settings.items())])
        started = self._pg_ctl("start", "-t", str(START_SECONDS), "-l", str(self.log), "-o", chosen, account=account)
        if running(self.data) is None:
            raise PostgresUnusable(f"PostgreSQL did not start over {self.data}. {started.strip()}\n{_tail(self.log)}")

    def _pg_ctl(self, verb: str, *options: str, account: Account | None = None) -> str:
        """Run pg_ctl and give back what it said: whether it worked is asked of the server itself."""
        whose = account or postgres_account(self.data)
        return self._run(whose, "pg_ctl", verb, "-s", "-w", "-D", str(self.data), *options, must_work=verb == "start")

    def _run(
        self, account: Account | None, program: str, *options: str, statement: str = "", must_work: bool = True
    ) -> str:
        # Root's directory may be closed to the server's account, and none of our environment is its business.
        done = subprocess.run(
            [str(self.binaries / program), *options],
            input=statement,
            capture_output=True,
            text=True,
            cwd="/",
            start_new_session=True,  # Ctrl-C in a terminal is for us, who then stop the server in order.
            env={"LC_ALL": "C", "PATH": os.defpath},
            umask=0o077,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            check=False,
        )
        if done.returncode and must_work:
            said = f"{done.stderr}{done.stdout}".strip()
            raise PostgresUnusable(f"PostgreSQL's {program} failed: {said}\n{_tail(self.log)}")
        return f"{done.stdout}{done.stderr}"


def running(data: Path) -> psutil.Process | None:
    """
    The live server of this data directory.

    Its number alone proves nothing: after a crash another process may bear it.  The command line does, and it can be
    read without any privilege.
    """
    try:
        process = psutil.Process(int((data / "postmaster.pid").read_text().split("\n", 1)[0]))
        command = process.cmdline()
        alive = process.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None
    except psutil.AccessDenied:  # Someone else's process: our own never hides its command line from us.
        return None
    return process if alive and command[:1] and Path(command[0]).name == "postgres" and str(data) in command else None


def _status(data: Path) -> str:
    """What the server says of itself in the eighth line of its note: starting, ready or stopping; empty before."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return ""
    return lines[7].strip() if len(lines) > 7 else ""


def _forget_dead_owner(data: Path, sockets: Path) -> None:
    """
    Remove the notes of a server that is gone when its process number is in use again, or not yet given back.

    PostgreSQL itself sees through a number that is free, and must: only it knows whether sessions of the dead server
    linger.  A number in use it takes for the living server, and would never start again.
    """
    for note in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*.lock")):
        try:
            number = note.read_text().split("\n", 1)[0].strip()
        except FileNotFoundError:
            continue
        if not number.isdigit() or psutil.pid_exists(int(number)):
            note.unlink(missing_ok=True)


def _socket_folder(data: Path, account: Account | None) -> Path:
    """The data directory itself, closed to others as it is, or a short private one where its path is long or odd."""
    if len(os.fsencode(data / ".s.PGSQL.65535.lock")) <= SOCKET_PATH_BYTES and PLAIN_PATH.fullmatch(str(data)):
        return data
    folder = _short_folder(data)
    try:
        folder.mkdir(mode=0o700)
        hand_over(folder, account)
    except FileExistsError:
        # Whoever made this directory first could listen in our place, so it must be ours and closed.
        _check_private(folder, account)
    return folder


def _short_folder(data: Path) -> Path:
    return Path(tempfile.gettempdir()) / f"venia-{sha256(os.fsencode(data)).hexdigest()[:16]}"


def _check_private(folder: Path, account: Account | None) -> None:
    found = folder.lstat()
    owner = account.uid if account is not None else os.geteuid()
    if folder.is_symlink() or not folder.is_dir() or found.st_uid != owner or found.st_mode & 0o077:
        raise PostgresUnusable(f"{folder} should be a private directory for the database's socket: remove it.")


def _make_log(log: Path, account: Account | None) -> None:
    """Begin a new log and keep the last one, for a crash explains itself in the log it ended."""
    if log.exists() and log.stat().st_size:
        log.replace(log.with_suffix(".previous.log"))
    log.touch(mode=0o600)
    hand_over(log, account)


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:]) if log.exists() else ""


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
