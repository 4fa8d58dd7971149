"""
Real processes write to one log, and die: what was answered is in the log, whoever dies when.
"""

import asyncio
import subprocess
import sys
import threading
from contextlib import ExitStack
from queue import SimpleQueue
from typing import Self
from uuid import UUID

from audit.verification import Chain
from tests.audit.ledger import Ledger, ledger, on
from tests.checkout import ROOT

ENDLESS = 10**9


class Worker:
    """
    A process that writes; it is dead when the block ends.

    What it prints is read as it comes: a process that waits for its reader would hold the log meanwhile.
    """

    def __init__(self, url: str, tenant: UUID, name: str, count: int = ENDLESS, together: int = 16) -> None:
        command = [sys.executable, "-m", "tests.audit.worker", url, str(tenant), name, str(count), str(together)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self._printed: SimpleQueue[str] = SimpleQueue()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self._reading.join()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._printed.put(line)

    def lines(self, count: int) -> list[str]:
        """
        The next lines, as soon as there are so many.
        """
        return [self._printed.get(timeout=60) for _ in range(count)]

    def rest(self) -> list[str]:
        """
        The lines that were printed to their end before the process ended; one that is killed may stop within a line.
        """
        self.process.wait(timeout=100)
        self._reading.join()
        lines = self.lines(self._printed.qsize())
        return [line for line in lines if line.endswith("\n")]


def receipts(lines: list[str]) -> list[tuple[int, str, str]]:
    """
    What a worker was answered: index, leaf hash, text.
    """
    return [(int(index), leaf, text) for index, leaf, text in map(str.split, lines)]


async def stored(log: Ledger) -> tuple[Chain, dict[int, tuple[str, str]]]:
    """
    The verified log, and the leaf hash and the text of each note in it.
    """
    chain = await log.chain()
    follows = [*(entry.previous for entry in chain.entries[1:]), b""]
    notes = [
        (entry.index, (leaf.hex(), str(entry.payload.get("text"))))
        for entry, leaf in zip(chain.entries, follows, strict=True)
    ]
    return chain, dict(notes)


def opened(url: str) -> UUID:
    """
    A new tenant.
    """

    async def scene(log: Ledger) -> UUID:
        return log.tenant

    return on(scene, url)


def looked_up(url: str, tenant: UUID) -> tuple[Chain, dict[int, tuple[str, str]]]:
    """
    What is stored, with one note more at its end, so that every leaf hash but that is another entry's link.
    """

    async def scene() -> tuple[Chain, dict[int, tuple[str, str]]]:
        async with ledger(url, tenant=tenant) as log:
            await log.write(log.note("the end"))
            return await stored(log)

    return asyncio.run(scene())


def test_eight_processes_write_one_log(shared):
    """
    Four thousand writes at once: one verified chain without gaps, in which every printed receipt has its place.
    """
    tenant = opened(shared)
    names = [f"worker{number}" for number in range(8)]
    with ExitStack() as stack:
        workers = [stack.enter_context(Worker(shared, tenant, name, 500)) for name in names]
        found = receipts([line for worker in workers for line in worker.rest()])
        ended = [worker.process.returncode for worker in workers]
    chain, notes = looked_up(shared, tenant)

    assert ended == [0] * 8
    assert [entry.index for entry in chain.entries] == list(range(4002))
    assert sorted(index for index, _, _ in found) == list(range(1, 4001))
    assert {text for _, _, text in found} == {f"{name}-{number}" for name in names for number in range(500)}
    assert all(notes[index] == (leaf, text) for index, leaf, text in found)


def test_a_process_that_is_killed_takes_no_answer_with_it(shared):
    """
    Killed in the middle of writing: every receipt it had printed is in the log, and its neighbour goes on writing.
    """
    tenant = opened(shared)
    with Worker(shared, tenant, "killed") as killed, Worker(shared, tenant, "other") as other:
        printed = [*killed.lines(300), *other.lines(1)]
        killed.process.kill()
        printed += [*killed.rest(), *other.lines(300)]
        other.process.kill()
        printed += other.rest()
    found = receipts(printed)
    _, notes = looked_up(shared, tenant)
    texts = [text for _, text in notes.values()]

    assert len(found) > 600
    assert all(notes[index] == (leaf, text) for index, leaf, text in found)
    assert len(texts) == len(set(texts))


def test_a_database_that_is_killed_takes_no_answer_with_it(own_postgres):
    """
    Killed under load, twice: what was printed is there, and what had to be repeated is there once.
    """
    tenant = opened(own_postgres.url)
    with (
        Worker(own_postgres.url, tenant, "one", 2500, 32) as one,
        Worker(own_postgres.url, tenant, "two", 2500) as two,
    ):
        printed = [*one.lines(1), *two.lines(1)]
        for _ in range(2):
            printed += one.lines(300)
            own_postgres.kill9()
            own_postgres.start()
        found = receipts([*printed, *one.rest(), *two.rest()])
        ended = [worker.process.returncode for worker in (one, two)]
    chain, notes = looked_up(own_postgres.url, tenant)

    assert ended == [0, 0]
    assert len(chain.entries) == 5002
    assert sorted(index for index, _, _ in found) == list(range(1, 5001))
    assert {text for _, _, text in found} == {f"{name}-{number}" for name in ("one", "two") for number in range(2500)}
    assert all(notes[index] == (leaf, text) for index, leaf, text in found)
