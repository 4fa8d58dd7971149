"""
Proof, on a database made for it, that the migrations lead up, match the models, and lead down again.

``python -m migrations.check`` ends with 0 if they do, and with 1 and the differences if they do not.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.util import CommandError

from migrations.catalogue import catalogue
from server.db import alembic_config, migrate
from server.embedded import embedded_binaries
from server.postmaster import Postmaster


def differences(url: str) -> list[str]:
    """
    What is wrong with the migrations, tried on this empty database; nothing if they hold.

    Up, compared with the models, down to nothing, and up once more to the same.
    """
    empty = asyncio.run(catalogue(url))
    migrate(url)
    whole = asyncio.run(catalogue(url))
    problems = _models_differ(url)
    command.downgrade(alembic_config(url), "base")
    problems += _compare("going down", empty, asyncio.run(catalogue(url)))
    migrate(url)
    return problems + _compare("going up a second time", whole, asyncio.run(catalogue(url)))


def main() -> int:
    """Run the proof on a throw-away server and print what it found; the result is the exit code."""
    with _throwaway_database() as url:
        problems = differences(url)
    for problem in problems:
        print(problem)
    if not problems:
        print("Migrations: up, as the models say, down to nothing and up to the same.")
    return 1 if problems else 0


def _models_differ(url: str) -> list[str]:
    try:
        command.check(alembic_config(url))
    except CommandError as error:
        return [f"The models and the migrations differ: {error}"]
    return []


def _compare(when: str, before: frozenset[str], after: frozenset[str]) -> list[str]:
    left = [f"After {when} there is still, or newly: {fact}" for fact in sorted(after - before)]
    return left + [f"After {when} there is no longer: {fact}" for fact in sorted(before - after)]


@contextmanager
def _throwaway_database() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="venia-check-") as folder:
        home = Path(folder).resolve()
        home.chmod(0o711)  # Root's server runs as another account; the data directory below is closed to all but it.
        server = Postmaster(home / "data", embedded_binaries(), home / "postgres.log")
        try:
            server.start()
            yield server.url
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
