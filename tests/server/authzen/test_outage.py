"""
AuthZEN with the database away: nothing that was not decided looks like a yes, and it recovers by itself.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.db import migrate
from tests.postgres import ThrowawayPostgres
from tests.server.api import Json, consent, new_phone
from tests.server.authzen.asking import ACTIONS, EVALUATION, EVALUATIONS, RESOURCES, SUBJECTS, contact, question
from tests.server.process import Process, eventually


@pytest.fixture
def own_postgres() -> Iterator[ThrowawayPostgres]:
    """
    A database server that the test may stop; other tests share another.
    """
    with tempfile.TemporaryDirectory(prefix="venia-test-") as folder:
        server = ThrowawayPostgres(Path(folder))
        migrate(server.start())
        yield server
        server.stop()


def test_without_the_database_nobody_is_allowed(own_postgres: ThrowawayPostgres, tmp_path: Path):
    """
    503 with Retry-After on every endpoint, though the caller is known, and no decision in any body; then as before.
    """
    phone = new_phone()
    body: Json = question(contact("x", phone=phone))
    bodies = dict.fromkeys((EVALUATION, SUBJECTS, RESOURCES, ACTIONS), body)
    bodies[EVALUATIONS] = body | {"evaluations": [{}, {}]}
    home, url = tmp_path / "home", own_postgres.url
    with Process(home, url, VENIA_CREDENTIAL_CACHE_SECONDS="60", VENIA_CHECKPOINTER="off") as server:
        server.post("/v1/consents", consent(phone))
        before = {path: server.post(path, each) for path, each in bodies.items()}
        own_postgres.stop()
        away = [server.post(path, each) for path, each in bodies.items()]
        own_postgres.start()
        eventually(lambda: server.get("/health/ready").status_code == 200)
        after = {path: server.post(path, each) for path, each in bodies.items()}

    assert [each.status_code for each in before.values()] == [200] * len(bodies)
    assert before[EVALUATION].json()["decision"] is True
    assert [each.status_code for each in away] == [503] * len(bodies), [each.text for each in away]
    assert all(int(each.headers["Retry-After"]) >= 1 for each in away)
    assert not any("decision" in each.json() or "results" in each.json() for each in away)
    assert {path: each.content for path, each in after.items()} == {p: each.content for p, each in before.items()}
