"""
What runs beside the server: a checkpoint every second in which something changed, what others say about it, exports,
simulations, answers to people, events to subscribers.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from uuid import UUID

import httpx
import structlog

from audit.errors import DatabaseAway, JournalUnavailable
from audit.exporting.worker import Exporter
from audit.faults import is_away
from audit.publishing.attesting import Attestor
from audit.publishing.checkpointer import Checkpointer, Outcome
from audit.publishing.guard import Guard
from audit.quorum import Policy, parse_policy
from policies.simulating.worker import Simulator
from server.db import checkpointer_engine
from server.delivering.deliverer import delivering
from server.exports import exporting
from server.outbox.postman import Postman, sending
from server.reminding import Reminder, reminding
from server.service import clock, guard_file
from server.settings import Settings
from server.signing_keys import signing_secrets
from server.simulations import simulating

ROUND_SECONDS = 1.0
_SENDING_SECONDS = 0.5
_AWAY_SECONDS = 3.0
_log = structlog.get_logger("checkpointer")


def witness_policy(settings: Settings) -> Policy | None:
    """Who witnesses, if anybody was named; PolicyMalformed says what is wrong with the file."""
    return None if settings.witness_policy is None else parse_policy(settings.witness_policy.read_text())


@asynccontextmanager
async def checkpointing(settings: Settings, url: str) -> AsyncIterator[Checkpointer]:
    """A checkpointer on this database, with the settings' guard and key."""
    checkpointer = Checkpointer(
        checkpointer_engine(url),
        Guard(guard_file(settings)),
        secrets=lambda: signing_secrets(settings),
        deployment=settings.deployment,
        heartbeat=timedelta(minutes=settings.heartbeat_minutes),
    )
    try:
        yield checkpointer
    finally:
        await checkpointer.close()


@asynccontextmanager
async def attesting(settings: Settings, url: str) -> AsyncIterator[Attestor]:
    """Whoever asks the settings' witnesses and authority."""
    async with AsyncExitStack() as stack:
        engine = checkpointer_engine(url, connections=1)
        stack.push_async_callback(engine.dispose)
        client = await stack.enter_async_context(httpx.AsyncClient())
        yield Attestor(
            engine,
            client,
            policy=witness_policy(settings),
            authority=settings.timestamp_url,
        )


async def follow(settings: Settings, url: str, stop: asyncio.Event) -> Mapping[UUID, str]:
    """Signs until ``stop`` is set; returns which logs were refused at the end, and why."""
    async with AsyncExitStack() as stack:
        checkpointer = await stack.enter_async_context(checkpointing(settings, url))
        attestor = await stack.enter_async_context(attesting(settings, url))
        exporter = await stack.enter_async_context(exporting(settings, url))
        postman = await stack.enter_async_context(sending(settings, url))
        simulator = await stack.enter_async_context(simulating(settings, url))
        reminder = await stack.enter_async_context(reminding(settings, url))
        deliverer = await stack.enter_async_context(delivering(settings, url))
        # Others' answers, exports and simulations take their time; a round never waits for them.
        signing = asyncio.create_task(_keep_signing(checkpointer, stop))
        asking = asyncio.create_task(_keep_asking(attestor, checkpointer, stop))
        making = asyncio.create_task(_keep_exporting(exporter, stop))
        trying = asyncio.create_task(_keep_simulating(simulator, stop))
        answering = asyncio.create_task(_keep_sending(postman, stop))
        delivery = asyncio.create_task(deliverer.keep(stop))
        telling = asyncio.create_task(_keep_reminding(reminder, stop))
        tasks = [signing, asking, making, trying, answering, delivery, telling]
        # One ends before it is told to only by a fault of ours, which then ends all.
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        making.cancel()  # A long export would keep everybody waiting; it is made from the beginning next time.
        trying.cancel()  # And so is a simulation.
        await asyncio.wait(tasks)
        for each in (asking, making, trying, answering, delivery, telling):
            if not each.cancelled():
                each.result()
        return signing.result()


async def _keep_signing(checkpointer: Checkpointer, stop: asyncio.Event) -> Mapping[UUID, str]:
    refused: Mapping[UUID, str] = {}
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


async def _keep_asking(attestor: Attestor, checkpointer: Checkpointer, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            faults = (await attestor.attest(clock())).faults
        except Exception as error:
            if not is_away(error):
                raise
            faults = ()
        warning = " ".join(faults) or None
        if warning != checkpointer.warning:
            _log.warning("attestation", missing=warning)
        checkpointer.warning = warning
        await _pause(stop, ROUND_SECONDS)


async def _keep_exporting(exporter: Exporter, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await exporter.run_waiting(clock())
        except DatabaseAway:
            await _pause(stop, _AWAY_SECONDS)
        await _pause(stop, ROUND_SECONDS)


async def _keep_simulating(simulator: Simulator, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await simulator.run_waiting()
        except JournalUnavailable:
            await _pause(stop, _AWAY_SECONDS)
        await _pause(stop, ROUND_SECONDS)


async def _keep_sending(postman: Postman, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await postman.run_due(clock())
        except (DatabaseAway, JournalUnavailable):
            await _pause(stop, _AWAY_SECONDS)
        await _pause(stop, _SENDING_SECONDS)


async def _keep_reminding(reminder: Reminder, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await reminder.run_due(clock())
        except (DatabaseAway, JournalUnavailable):
            await _pause(stop, _AWAY_SECONDS)
        await _pause(stop, ROUND_SECONDS)


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
