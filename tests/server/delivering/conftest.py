"""
What the tests of deliveries share: an application that lets subscribers of this machine in, and such a subscriber.
"""

import uuid
from collections.abc import Iterator

import pytest

from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.api import Api, serving
from tests.server.delivering.line import Subscriber
from tests.server.delivering.receiver import receiving


@pytest.fixture(scope="module")
def open_api(postgres: ThrowawayPostgres, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """
    The whole application, which lets loopback in.
    """
    name = f"venia_{uuid.uuid4().hex}"
    create_database(postgres.url, name, template)
    url = in_database(postgres.url, name)
    with serving(url, tmp_path_factory.mktemp("home"), loopback_subscribers=True) as running:
        yield running
    drop_database(postgres.url, name)


@pytest.fixture
def crm(open_api: Api) -> Iterator[Subscriber]:
    """
    A subscriber to what is recorded of consents, from now on; it is gone when the test ends.
    """
    with receiving() as receiver:
        made = Subscriber(open_api, receiver)
        yield made
        made.delete()
