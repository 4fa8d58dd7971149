"""
What the tests of the log share: a database in which two tenants have been at work, and a server of their own.
"""

import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.db import migrate
from tests.audit.peopled import Peopled, at_work
from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres


@pytest.fixture(scope="module")
def shared(postgres: ThrowawayPostgres, template: str) -> Iterator[str]:
    """
    The URL of a migrated database for all tests of a module: each works with tenants of its own.
    """
    name = f"venia_{uuid.uuid4().hex}"
    create_database(postgres.url, name, template)
    yield in_database(postgres.url, name)
    drop_database(postgres.url, name)


@pytest.fixture(scope="module")
def peopled(shared: str, tmp_path_factory: pytest.TempPathFactory) -> Peopled:
    """
    A database with two tenants.
    """
    return Peopled(shared, *(at_work(shared, tmp_path_factory.mktemp("home")) for _ in range(2)))


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[ThrowawayPostgres]:
    """
    A migrated server of the module's own, with a port, which its tests may stop, kill and start.
    """
    # Not tmp_path: another run of pytest as root would close it to the database's account meanwhile.
    with tempfile.TemporaryDirectory(prefix="venia-test-") as folder:
        server = ThrowawayPostgres(Path(folder), tcp=True)
        try:
            migrate(server.start())
            yield server
        finally:
            server.stop()
