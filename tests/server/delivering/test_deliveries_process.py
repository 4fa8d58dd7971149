"""
The process beside the server delivers within a second, and nothing is lost or overtaken when it is killed.
"""

import time
from collections.abc import Iterator
from uuid import uuid4

import psutil
import pytest

from tests.databases import create_database, drop_database, execute, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.api import consent, new_phone, withdrawal
from tests.server.delivering.receiver import Delivery, Receiver, receiving
from tests.server.process import Process, eventually


@pytest.fixture
def crm() -> Iterator[Receiver]:
    """
    A subscriber.
    """
    with receiving() as opened:
        yield opened


@pytest.fixture
def server(tmp_path, postgres: ThrowawayPostgres, template: str) -> Iterator[Process]:
    """
    A server with the process beside it.
    """
    name = f"venia_{uuid4().hex}"
    create_database(postgres.url, name, template)
    with Process(tmp_path / "home", in_database(postgres.url, name), VENIA_LOOPBACK_SUBSCRIBERS="true") as running:
        yield running
    drop_database(postgres.url, name)


def subscribe(server: Process, crm: Receiver, *types: str) -> str:
    """
    The secret of a new subscription.
    """
    answer = server.post("/v1/subscriptions", {"url": crm.url, "types": list(types)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["secret"])


def recorded(server: Process, event: str) -> list[str]:
    """
    The ids of the log's entries of this event, in order.
    """
    return [str(entry.event_id) for entry in server.entries() if entry.payload["event"] == event]


def test_a_no_reaches_the_subscriber_within_a_second(server: Process, crm: Receiver):
    """
    From the withdrawal's request to the delivery, ten times, each signed, once the process beside the server has begun.
    """
    secret, waits = subscribe(server, crm, "consent.withdrawn"), []
    server.post("/v1/consents/withdrawals", withdrawal(new_phone()))
    eventually(lambda: len(crm.deliveries) == 1)
    for number in range(1, 11):
        phone = new_phone()
        server.post("/v1/consents", consent(phone))
        began = time.monotonic()
        assert server.post("/v1/consents/withdrawals", withdrawal(phone)).status_code == 201
        eventually(lambda wanted=number + 1: len(crm.deliveries) == wanted)  # type: ignore[misc]  # Bound for this round.
        waits.append(crm.deliveries[-1].at - began)

    assert crm.ids == recorded(server, "consent.withdrawn")
    assert all(each.is_signed_with(secret) for each in crm.deliveries)
    assert max(waits) < 1.0, waits


def test_a_killed_worker_loses_nothing_and_overtakes_nothing(server: Process, crm: Receiver):
    """
    Killed while the subscriber has an event that nobody has noted: it comes again under its id, and the rest in order.
    """
    kills: list[int] = []

    def kill(_: Delivery) -> None:
        if len(crm.deliveries) == 3:
            assert server.process is not None
            beside = [each for each in psutil.Process(server.process.pid).children() if "checkpoint" in each.cmdline()]
            beside[0].kill()
            kills.append(beside[0].pid)
            # Instead of waiting a minute for its lease to end.
            execute(server.url, "UPDATE subscription_lines SET lease_until = now()")

    crm.on_taken = kill
    subscribe(server, crm, "consent")
    for _ in range(8):
        server.post("/v1/consents", consent(new_phone()))
    eventually(lambda: len(set(crm.ids)) == 8, seconds=60)
    happened = recorded(server, "consent.recorded")

    assert kills
    assert list(dict.fromkeys(crm.ids)) == happened
    assert crm.ids == [*happened[:3], *happened[2:]]
