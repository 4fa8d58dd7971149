"""
Which account a database server runs as, for PostgreSQL refuses to run as root.

Anyone but root runs it as themselves.  For root it runs as the owner of its data, or as a system account made for
it, which is then let through to its programs and its data, and to nothing else.
"""

import logging
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

NAME = "pgserver"  # What the wheel that brings PostgreSQL calls this account, so that a machine has one, not two.

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """Another account than the one this process runs as."""

    uid: int
    gid: int


def postgres_account(data: Path) -> Account | None:
    """The account to run a server over this data directory as, or None for our own."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    entry = _look_up(NAME) or _create() or pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def hand_over(path: Path, account: Account | None) -> None:
    """Give a file, or a folder with all it holds, to the account; nothing happens where it has them already."""
    if account is None or not path.exists() or path.lstat().st_uid == account.uid:
        return
    for each in [path, *(path.rglob("*") if path.is_dir() else ())]:
        os.chown(each, account.uid, account.gid, follow_symlinks=False)


def let_enter(folder: Path, account: Account) -> None:
    """Let the account pass through the folder and those above it: pass, which lists and reads nothing."""
    for each in (folder, *folder.parents):
        found = each.stat()
        if not _may_search(found, account):
            logger.warning("%s is opened for passage (o+x): the database's account must reach its files below.", each)
            each.chmod(stat.S_IMODE(found.st_mode) | stat.S_IXOTH)


def let_execute(programs: Path, account: Account) -> None:
    """Let the account read and run an installed PostgreSQL, which a strict umask at its installation forbids."""
    found = (programs / "bin" / "postgres").stat()
    if found.st_uid == account.uid or (found.st_mode & 0o005 == 0o005 and programs.stat().st_mode & 0o005 == 0o005):
        return
    for each in (programs, *programs.rglob("*")):
        mode = stat.S_IMODE(each.stat().st_mode)
        each.chmod(mode | 0o004 | (0o001 if mode & 0o100 else 0))


def _may_search(found: os.stat_result, account: Account) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _look_up(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _create() -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd")
    if useradd is None:
        return None
    shell = shutil.which("nologin") or "/bin/false"
    command = [useradd, "--system", "--no-create-home", "--shell", shell, "--user-group", NAME]
    # Two processes may try at once: what counts is that the account is there afterwards.
    subprocess.run(command, capture_output=True, check=False)
    return _look_up(NAME)
