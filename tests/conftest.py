"""
A PostgreSQL of the tests' own, databases made by the migrations, and the service running on them.

VENIA_TEST_POSTGRES_BIN names the binaries of another PostgreSQL (15 or newer) to run everything on.
"""

import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from server.db import migrate
from tests.databases import create_database, drop_database, in_database
from tests.live import Live, live_service
from tests.postgres import ThrowawayPostgres
from tests.server.page.browser import where

# A timing never decides a test: an example that took long says that the machine is busy.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_report_header() -> str:
    """
    Whether there is a browser to open the person's page in.
    """
    found = where()
    return (
        f"browser: {found}"
        if found
        else "browser: none is found, so the person's page is opened in none (apt-get install chromium)"
    )


@pytest.fixture(scope="session")
def postgres() -> Iterator[ThrowawayPostgres]:
    """
    One server for the whole run, or for each worker of a run in parallel.
    """
    binaries = os.environ.get("VENIA_TEST_POSTGRES_BIN")
    # Not pytest's folder: another run of pytest as root would close it to the database's account meanwhile.
    with tempfile.TemporaryDirectory(prefix="venia-test-") as folder:
        server = ThrowawayPostgres(Path(folder), Path(binaries) if binaries else None)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def template(postgres: ThrowawayPostgres) -> str:
    """
    The name of a database that the migrations have built and nobody has used.
    """
    create_database(postgres.url, "venia_template")
    migrate(in_database(postgres.url, "venia_template"))
    return "venia_template"


@pytest.fixture
def database(postgres: ThrowawayPostgres, template: str) -> Iterator[str]:
    """
    The URL of a fresh, migrated database.
    """
    name = f"venia_{uuid.uuid4().hex}"
    create_database(postgres.url, name, template)
    yield in_database(postgres.url, name)
    drop_database(postgres.url, name)


@pytest.fixture
def live(database: str, tmp_path: Path) -> Iterator[Live]:
    """
    The real service, its journal and reader running, with one tenant set up like the demo's.
    """
    with live_service(database, tmp_path) as running:
        yield running


@pytest.fixture
def fresh_database(postgres: ThrowawayPostgres) -> Iterator[Callable[[], str]]:
    """
    Makes empty databases that no migration has touched.
    """
    made: list[str] = []

    def make() -> str:
        name = f"empty_{uuid.uuid4().hex}"
        create_database(postgres.url, name)
        made.append(name)
        return in_database(postgres.url, name)

    yield make
    for name in made:
        drop_database(postgres.url, name)
