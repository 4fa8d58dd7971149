"""
One application for the tests of a module: each of them takes people of its own.
"""

import uuid
from collections.abc import Iterator

import pytest

from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.api import Api, serving


@pytest.fixture(scope="module")
def api(postgres: ThrowawayPostgres, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """
    The whole application with the demo's tenant.
    """
    name = f"venia_{uuid.uuid4().hex}"
    create_database(postgres.url, name, template)
    with serving(in_database(postgres.url, name), tmp_path_factory.mktemp("home")) as running:
        yield running
    drop_database(postgres.url, name)
