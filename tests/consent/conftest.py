"""
One desk for the run, and an office for each test.
"""

import uuid
from collections.abc import Iterator

import pytest

from tests.consent.desk import Desk, Office, open_desk
from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres


@pytest.fixture(scope="package")
def desk(postgres: ThrowawayPostgres, template: str) -> Iterator[Desk]:
    """
    A journal and a reader on a database that the offices share.
    """
    name = f"venia_{uuid.uuid4().hex}"
    create_database(postgres.url, name, template)
    with open_desk(in_database(postgres.url, name)) as opened:
        yield opened
    drop_database(postgres.url, name)


@pytest.fixture
def office(desk: Desk) -> Iterator[Office]:
    """
    A tenant of the test's own, at noon of a working day in Madrid.

    Whatever the test does there, every row must follow from the log afterwards.
    """
    opened = desk.open_office()
    yield opened

    assert opened.differences() == []
