"""
What runs beside the server: a checkpoint every second in which something changed, and the exports that were asked for.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import structlog

from audit.faults import is_away
from audit.publishing.checkpointer import Checkpointer, Outcome
from audit.publishing.guard import Guard
from server.db import checkpointer_engine
from server.service import clock, guard_file, signing_secret
from server.settings import Settings

ROUND_SECONDS = 1.0
_AWAY_SECONDS = 3.0
_log = structlog.get_logger("checkpointer")


@asynccontextmanager
async def checkpointing(settings: Settings, url: str) -> AsyncIterator[Checkpointer]:
    """A checkpointer on this database, with the settings' guard and key."""
    checkpointer = Checkpointer(
        checkpointer_engine(url),
        Guard(guard_file(settings)),
        secret=signing_secret(settings),
        deployment=settings.deployment,
        heartbeat=timedelta(minutes=settings.heartbeat_minutes),
    )
    try:
        yield checkpointer
    finally:
        await checkpointer.close()


async def follow(settings: Settings, url: str, stop: asyncio.Event) -> Mapping[UUID, str]:
    """Signs until ``stop`` is set; returns which logs were refused at the end, and why."""
    refused: Mapping[UUID, str] = {}
    async with checkpointing(settings, url) as checkpointer:
        while not stop.is_set():
            outcome, pause = await _round(checkpointer)
            if outcome is not None:
                _tell(outcome.refused, refused)
                refused = outcome.refused
            await _pause(stop, pause)
    return refused


async def _round(checkpointer: Checkpointer) -> tuple[Outcome | None, float]:
    """One round, and how long to wait after it; a database that is away is waited for."""
    try:
        outcome = await checkpointer.run_once(clock())
    except Exception as error:
        if not is_away(error):
            raise
        _log.warning("database_away", error=type(error).__name__)
        return None, _AWAY_SECONDS
    return outcome, 0.0 if outcome is not None and outcome.more else ROUND_SECONDS


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _tell(refused: Mapping[UUID, str], before: Mapping[UUID, str]) -> None:
    for tenant, sentence in refused.items():
        if before.get(tenant) != sentence:
            _log.error("checkpoint_refused", tenant=str(tenant), reason=sentence)
    for tenant in before.keys() - refused.keys():
        _log.warning("checkpoint_signed_again", tenant=str(tenant))
