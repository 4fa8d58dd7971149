"""
Whoever tells the log what is due of consents: renewal, the end, a confirmation that did not come.

Any number may run: the journal looks again under the person's lock, and tells nothing twice.  One that is killed leaves what it
has not told as it was.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import structlog

from audit.errors import JournalUnavailable
from audit.faults import in_words
from audit.work import Written
from consent.reminders.telling import due_now
from server.service import Service, running
from server.settings import Settings

_AT_ONCE = 200
_MOST_ROUNDS = 50  # of one run, so that whoever runs it is asked in between whether to go on
_log = structlog.get_logger("reminders")


class Reminder:
    """Tells of the consents of every tenant of one database."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def run_due(self, now: datetime) -> int:
        """
        Tells what is due at ``now``, in bounded pieces; how many entries that made.

        Raises DatabaseAway or JournalUnavailable; what was not told waits.
        """
        told = 0
        for _ in range(_MOST_ROUNDS):
            conn = await in_words(self._service.journal_engine.connect())
            try:
                due = await in_words(due_now(conn, now, _AT_ONCE))
            finally:
                await conn.close()
            writes = (self._service.journal.write(each) for each in due)
            written = await asyncio.gather(*writes, return_exceptions=True)
            done = [each for each in written if isinstance(each, Written)]
            told += sum(each.answer["told"] is True for each in done)
            for each in written:
                if isinstance(each, JournalUnavailable):
                    raise each
                if isinstance(each, BaseException):  # What is wrong with one keeps no other from being told.
                    _log.error("reminder_stuck", error=type(each).__name__)
            if len(due) < _AT_ONCE or not done:
                break
        return told


@asynccontextmanager
async def reminding(settings: Settings, url: str) -> AsyncIterator[Reminder]:
    """A reminder on this database, with a journal of its own."""
    async with running(settings, url) as service:
        yield Reminder(service)
