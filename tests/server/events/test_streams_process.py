"""
Streams of a real service: a no is heard within a second, nothing is lost between two streams, and nobody is stuck.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest

from server.bell import MOST_STREAMS
from server.supervise import DRAIN_SECONDS
from tests.databases import create_database, drop_database, execute, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.api import consent, new_phone, withdrawal
from tests.server.events.streams import streaming
from tests.server.process import Process, eventually


@pytest.fixture(scope="module")
def server(postgres: ThrowawayPostgres, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """
    A server of two processes without the process beside it: whoever answers a write need not be whoever streams.
    """
    name = f"venia_{uuid4().hex}"
    create_database(postgres.url, name, template)
    home = tmp_path_factory.mktemp("home") / "home"
    with Process(home, in_database(postgres.url, name), VENIA_CHECKPOINTER="off", VENIA_WORKERS="2") as running:
        yield running
    drop_database(postgres.url, name)


def agree(server: Process) -> str:
    """
    The number of somebody who has agreed.
    """
    phone = new_phone()
    assert server.post("/v1/consents", consent(phone)).status_code == 201
    return phone


def test_a_no_is_heard_within_a_second(server: Process):
    """
    From the request that withdraws to the event at the reader, twenty times, whichever process took which.
    """
    waits = []
    with streaming(server, "consent.withdrawn") as reader:
        for _ in range(20):
            phone = agree(server)
            began = time.monotonic()
            contact = server.post("/v1/contacts/lookup", {"contact": {"phone": phone}}).json()["contact"]
            began = time.monotonic()
            assert server.post("/v1/consents/withdrawals", withdrawal(phone)).status_code == 201
            event, here = reader.event()
            assert event["subject"] == contact
            waits.append(here - began)

    assert max(waits) < 1.0, waits


def test_it_is_heard_where_no_bell_rings(server: Process):
    """
    An entry that nobody announced, as of a process killed after its commit, is found by looking.
    """
    with streaming(server, "consent.withdrawn") as reader:
        phone = agree(server)
        for _ in range(4):  # Whoever listened to the bell has to begin again.
            execute(server.url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'listen%'")
            server.post("/v1/consents/withdrawals", withdrawal(phone))
            event, _ = reader.event()
            assert event["type"] == "consent.withdrawn"


def test_a_reader_goes_on_where_it_was(server: Process):
    """
    What was recorded between two streams comes first in the second, also for one that had heard nothing yet.
    """
    with streaming(server, "consent.recorded") as reader:
        pass
    agree(server)
    agree(server)
    with streaming(server, "consent.recorded", Last_Event_ID=str(reader.last_id)) as second:
        first, _ = second.event()
    agree(server)
    with streaming(server, "consent.recorded", Last_Event_ID=str(second.last_id)) as third:
        heard = [third.event()[0] for _ in range(2)]

    ids = [first["id"], *(each["id"] for each in heard)]
    recorded = [str(each.event_id) for each in server.entries() if each.payload["event"] == "consent.recorded"]
    assert ids == recorded[-3:]


def test_an_unknown_place_is_refused_before_anything_is_streamed(server: Process):
    """
    A problem with its sentence, and no stream.
    """
    headers = {**server.headers(), "Accept": "text/event-stream", "Last-Event-ID": "1.99999999"}
    answer = server.client.get("/v1/events", headers=headers)

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:venia:problem:cursor-unknown"


def test_a_tenant_has_so_many_streams_and_gets_them_back(server: Process):
    """
    One more than the two processes give is refused with Retry-After; a reader who goes away makes room.
    """
    headers = {**server.headers(), "Accept": "text/event-stream"}

    def is_open() -> bool:
        with server.client.stream("GET", "/v1/events", headers=headers) as answer:
            return answer.status_code == 200

    with ExitStack() as stack:
        answers = (
            stack.enter_context(server.client.stream("GET", "/v1/events", headers=headers))
            for _ in range(2 * MOST_STREAMS + 1)
        )
        refused = next(each for each in answers if each.status_code != 200)

        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
    eventually(is_open)


def test_a_reader_who_takes_nothing_holds_nobody_up(server: Process):
    """
    A socket that is never read: others' streams and writes go on, and the process keeps a page for it and no more.
    """
    key = server.demo["keys"]["admin"]
    with socket.create_connection(("127.0.0.1", server.port)) as stuck:
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        stuck.sendall(
            f"GET /v1/events?cursor=1.0 HTTP/1.1\r\nHost: venia\r\nAuthorization: Bearer {key}\r\n"
            "Accept: text/event-stream\r\n\r\n".encode()
        )
        with streaming(server, "consent") as reader:
            for _ in range(30):
                agree(server)
            heard = [reader.event()[0]["type"] for _ in range(30)]

    assert set(heard) == {"consent.recorded"}


def test_a_server_that_is_told_to_stop_does(tmp_path, postgres: ThrowawayPostgres, template: str):
    """
    Streams are open for minutes; a stop does not wait for them, and the reader comes back with its cursor.
    """
    name = f"venia_{uuid4().hex}"
    create_database(postgres.url, name, template)
    with Process(tmp_path / "home", in_database(postgres.url, name), VENIA_CHECKPOINTER="off") as server:
        with streaming(server) as reader:
            began = time.monotonic()
            assert server.end() == 0
            took = time.monotonic() - began
        server.start()
        agree(server)
        with streaming(server, "consent.recorded", Last_Event_ID=str(reader.last_id)) as again:
            assert again.event()[0]["type"] == "consent.recorded"
    drop_database(postgres.url, name)

    assert took < DRAIN_SECONDS
