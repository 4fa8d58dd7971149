"""
The synchronous client in the programs that use it: of many threads, with a loop of their own, and forked.
"""

import asyncio
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from tests.checkout import ROOT
from tests.clients.callers import asked
from tests.clients.hostile import allow, deny, hostile, reply, silence
from tests.clients.test_hostile import QUESTION
from tests.server.process import eventually
from venia_client import Client, Held, Patience

FORKED = """
import os, sys
from venia_client import Client, Phone, Question
client = Client(sys.argv[1], "vk_test")
question = Question(Phone("+34600111222"), Phone("+34910000000"), "offers")
client.check(question)
child = os.fork()
if child == 0:
    try:
        client.check(question)
    except RuntimeError:
        os._exit(7)
    os._exit(1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_threads_may_share_one():
    """
    Each gets the answer to its own question.
    """
    answers = [reply(allow()) for _ in range(40)]
    with hostile(*answers) as server, Client(server.url, "vk_test") as client, ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: client.authorize(asked(QUESTION)), range(40)))

    assert len({each.hold.id for each in told if isinstance(each, Held)}) == 40
    assert len({each.key for each in server.asked}) == 40


def test_it_works_where_a_loop_runs_already():
    """
    As in a notebook.
    """

    async def run(url: str) -> bool:
        with Client(url, "vk_test") as client:
            return client.check(asked(QUESTION)).allowed

    with hostile(reply(deny(receipt=...))) as server:
        allowed = asyncio.run(run(server.url))

    assert allowed is False


def test_closing_ends_its_thread_and_what_it_waits_for():
    """
    Nobody who waits for an answer waits on.
    """
    patience = Patience(total=600, each=600)
    with hostile(silence) as server:
        client = Client(server.url, "vk_test", asking=patience)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(client.check, asked(QUESTION))
            eventually(lambda: len(server.asked) == 1)
            client.close()
            error = waiting.exception(timeout=30)

    assert error is not None
    assert not [each for each in threading.enumerate() if each.name == "venia-client"]


def test_a_forked_child_is_told_to_make_its_own():
    """
    Instead of waiting for ever for a thread that it does not have.
    """
    with hostile(reply(deny(receipt=...))) as server:
        program = [sys.executable, "-W", "ignore", "-c", FORKED, server.url]
        where = {**os.environ, "PYTHONPATH": str(ROOT / "clients/python")}
        ended = subprocess.run(program, env=where, check=False, timeout=60)

    assert ended.returncode == 7
