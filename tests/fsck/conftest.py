"""
A town: one database with its own checkpointer and guard, and an office in it for each test, with a history.
"""

import uuid
from collections.abc import Iterator

import pytest

from tests.consent.desk import open_desk
from tests.databases import create_database, drop_database, in_database
from tests.fsck.town import Town, lived_in
from tests.postgres import ThrowawayPostgres


@pytest.fixture(scope="package")
def town(postgres: ThrowawayPostgres, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """
    A desk on a database of its own.
    """
    name = f"venia_{uuid.uuid4().hex}"
    create_database(postgres.url, name, template)
    with open_desk(in_database(postgres.url, name)) as desk:
        yield Town(desk, tmp_path_factory.mktemp("town"))
    drop_database(postgres.url, name)


@pytest.fixture
def house(town: Town) -> Town:
    """
    An office with a history that touches every table, signed.
    """
    return lived_in(town)
