"""
Each client in turn: what is promised of one is promised of all.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from tests.clients.callers import CALLERS, Caller, Node, Setup, caller_of
from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.process import Process


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """
    One process of Node.js for the whole run.
    """
    with closing(Node()) as process:
        yield process


@pytest.fixture(scope="package")
def server(postgres: ThrowawayPostgres, template: str) -> Iterator[Process]:
    """
    The service as its operator runs it, for all tests of the clients: one that kills it starts it again.
    """
    create_database(postgres.url, "venia_clients", template)
    with tempfile.TemporaryDirectory() as folder:
        with Process(Path(folder) / "home", in_database(postgres.url, "venia_clients")) as running:
            yield running
        drop_database(postgres.url, "venia_clients")


@pytest.fixture(params=CALLERS)
def make(request: pytest.FixtureRequest) -> Iterator[Callable[..., Caller]]:
    """
    Makes a client of one kind for the server at an address, and closes it in the end.
    """
    with ExitStack() as stack:

        def made(url: str, **setup: Any) -> Caller:  # Any: of whatever type a part of the setup is.
            caller = caller_of(request.param, Setup(url, **setup), lambda: request.getfixturevalue("node"))
            return stack.enter_context(closing(caller))

        yield made
