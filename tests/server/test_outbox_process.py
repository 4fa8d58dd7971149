"""
The process beside the server answers people, and answers them once even if it is killed between taking and noting.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import psutil
import pytest

from tests.channels.graph_like import BROKEN_OFF, TOKEN, GraphLike, graph_like
from tests.channels.payloads import Customer, Json, delivery, message_status, message_statuses, messages, signed, text
from tests.checkout import ROOT
from tests.databases import create_database, drop_database, fetch, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.process import Process, clean_environment, eventually

HER = Customer("34699731842", "ES.73184273184273184200", "Uta")
DOUBT = 3


@pytest.fixture
def graph() -> Iterator[GraphLike]:
    """
    The API that answers go out through.
    """
    with graph_like() as opened:
        yield opened


@pytest.fixture
def server(tmp_path, postgres: ThrowawayPostgres, template: str, graph: GraphLike) -> Iterator[Process]:
    """
    A server with the process beside it, whose channel answers people.
    """
    name = f"venia_{uuid4().hex}"
    create_database(postgres.url, name, template)
    url = in_database(postgres.url, name)
    doubt = str(DOUBT)
    with Process(tmp_path / "home", url, VENIA_GRAPH_URL=graph.url, VENIA_OUTBOX_DOUBT_SECONDS=doubt) as running:
        enable(running)
        yield running
    drop_database(postgres.url, name)


def enable(server: Process) -> None:
    """
    Gives the demo's channel its token, as an operator does.
    """
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "server.cli",
            "channel",
            "answer",
            "--tenant",
            server.demo["tenant"],
            server.demo["whatsapp"]["channel"],
            "--contact",
            "Clínica Sol",
        ],
        env=clean_environment(VENIA_HOME=str(server.home), VENIA_DATABASE_URL=server.url),
        cwd=ROOT,
        input=f"{TOKEN}\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert TOKEN not in done.stdout


def deliver(server: Process, change: Json) -> int:
    """
    A signed delivery.
    """
    whatsapp = server.demo["whatsapp"]
    raw, signature = signed(delivery(change), whatsapp["app_secret"].encode())
    headers = {"X-Hub-Signature-256": signature}
    return server.client.post(f"/webhooks/whatsapp/{whatsapp['channel']}", content=raw, headers=headers).status_code


def events(server: Process) -> list[str]:
    """
    What the log says about messages, in order.
    """
    rows = fetch(server.url, "SELECT event FROM entries WHERE event LIKE 'message.%' ORDER BY entry_index")
    return [row["event"] for row in rows]


def beside(server: Process) -> list[psutil.Process]:
    """
    The process beside the server, if it runs.
    """
    assert server.process is not None
    children = psutil.Process(server.process.pid).children()
    return [each for each in children if each.status() != psutil.STATUS_ZOMBIE and "checkpoint" in each.cmdline()]


def stop() -> Json:
    """
    She refuses.
    """
    return messages(text("BAJA", by=HER, at=int(time.time()), id=f"wamid.{uuid4().hex}"), people=(HER,))


def test_a_refusal_is_answered_by_the_running_service(server: Process, graph: GraphLike):
    """
    From the signed delivery to the text at the API, in seconds; and the log says that it was sent.
    """
    assert deliver(server, stop()) == 200
    eventually(lambda: events(server) == ["message.attempted", "message.sent"])

    assert [each["to"] for each in graph.taken] == [HER.wa_id]


def test_a_sender_killed_after_the_api_had_it_sends_it_once(server: Process, graph: GraphLike):
    """
    Killed before it could note anything; the status that the API then delivers is what it is known by.
    """
    told: list[int] = []

    def kill_and_tell(body: dict[str, object], wamid: str) -> None:
        beside(server)[0].kill()
        status = message_status("delivered", to=HER, at=int(time.time()), id=wamid)
        status["biz_opaque_callback_data"] = body["biz_opaque_callback_data"]
        told.append(deliver(server, message_statuses(status, people=(HER,))))

    graph.on_taken, graph.answers = kill_and_tell, [BROKEN_OFF]
    assert deliver(server, stop()) == 200
    eventually(lambda: events(server) == ["message.attempted", "message.sent"])
    eventually(lambda: bool(beside(server)))
    time.sleep(DOUBT + 3)  # The process is back, and would by now try again what it thinks was never sent.

    assert told == [200]
    assert len(graph.posted) == 1
    assert events(server) == ["message.attempted", "message.sent"]
