"""
AuthZEN with the database away: nothing that was not decided looks like a yes, and it recovers by itself.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.db import migrate
from tests.postgres import ThrowawayPostgres
from tests.server.api import Api, Json, serving
from tests.server.authzen.asking import (
    ACTIONS,
    EVALUATION,
    EVALUATIONS,
    RESOURCES,
    SUBJECTS,
    ask,
    callable_person,
    contact,
    question,
)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Api, ThrowawayPostgres]]:
    """
    A service on a PostgreSQL of its own.
    """
    # Not tmp_path: another run of pytest as root would close it to the database's account meanwhile.
    with tempfile.TemporaryDirectory(prefix="venia-test-") as folder:
        server = ThrowawayPostgres(Path(folder), tcp=True)
        url = server.start()
        try:
            migrate(url)
            with serving(url, tmp_path) as api:
                yield api, server
        finally:
            server.stop()


def test_without_the_database_nobody_is_allowed(own):
    """
    503 with Retry-After on every endpoint, no decision in any body; and afterwards the same answer as before.
    """
    api, server = own
    body: Json = question(contact(callable_person(api)))
    bodies = {
        EVALUATION: body,
        EVALUATIONS: body | {"evaluations": [{}, {}]},
        SUBJECTS: body,
        RESOURCES: body,
        ACTIONS: body,
    }
    before = {path: ask(api, each, path).content for path, each in bodies.items()}
    server.stop()
    away = {path: ask(api, each, path) for path, each in bodies.items()}
    server.start()
    after = {path: ask(api, each, path).content for path, each in bodies.items()}

    assert [each.status_code for each in away.values()] == [503] * len(bodies)
    assert all(int(each.headers["Retry-After"]) >= 1 for each in away.values())
    assert not any("decision" in each.json() or "results" in each.json() for each in away.values())
    assert after == before
