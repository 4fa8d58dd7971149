"""
A process that writes to a log and prints every answer it got, one flushed line each: index, leaf hash, text.

Run as ``python -m tests.audit.worker URL TENANT NAME COUNT TOGETHER``.  What fails because the database is away, or
with an unknown outcome, is repeated under its key until it is answered.
"""

import asyncio
import sys
from datetime import UTC, datetime
from uuid import UUID

import structlog

from audit.errors import JournalUnavailable, OutcomeUnknown
from audit.journal import Journal
from audit.tenants import KeyRing
from audit.work import Written
from server.db import journal_engine
from tests.audit.ledger import KEK, Note, key_for


async def answered(journal: Journal, note: Note) -> Written:
    """
    Writes until there is an answer.
    """
    while True:
        try:
            return await journal.write(note)
        except (JournalUnavailable, OutcomeUnknown):
            await asyncio.sleep(0.02)


async def work(url: str, tenant: UUID, name: str, count: int, together: int) -> None:
    """
    Writes ``count`` notes, ``together`` of them at a time.
    """
    numbers = iter(range(count))
    engine = journal_engine(url)

    async def one_after_another(journal: Journal) -> None:
        for number in numbers:
            text = f"{name}-{number}"
            receipt = (await answered(journal, Note(tenant, text, key_for(text)))).receipt
            assert receipt is not None
            print(receipt.index, receipt.leaf_hash.hex(), text, flush=True)  # noqa: T201  It is what the test reads.

    async with Journal(engine, books=(), ring=KeyRing(KEK), clock=lambda: datetime.now(UTC)) as journal:
        await asyncio.gather(*[one_after_another(journal) for _ in range(together)])
    await engine.dispose()


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))  # Stdout is for answers.
    address, whose, called, how_many, at_once = sys.argv[1:]
    asyncio.run(work(address, UUID(whose), called, int(how_many), int(at_once)))
