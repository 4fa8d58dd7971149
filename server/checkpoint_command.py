"""
``venia checkpoint`` and ``venia reopen``: signing, and letting a log begin anew.
"""

import asyncio
import os
import signal
import sys
import threading
import time
from typing import Annotated
from uuid import UUID

import typer

from audit.errors import NothingToReopen, UnknownTenant
from audit.origins import META, incarnation_of, origin_of
from audit.published import newest_checkpoint
from audit.publishing.checkpointer import Standing
from audit.publishing.guard import Guard
from audit.publishing.records import Status
from audit.publishing.reopening import ReopenLog, reopening
from audit.reader import Snapshots
from consent.erasing import EraseContact
from consent.errors import ContactUnknown, LegalHoldInForce
from consent.references import ContactReference
from server.db import migrate, reader_engine
from server.evidence import checkpointing, follow
from server.service import Service, clock, guard_file
from server.settings import Settings
from server.terminal import ACTOR, AsJson, database, fail, in_service, show, show_all

_BROUGHT_BACK = "restored from a backup after the erasure"
_WAIT_SECONDS = 30


def checkpoint(
    tenant: Annotated[UUID | None, typer.Option("--tenant", help="Print this tenant's checkpoint.")] = None,
    keep_on: Annotated[bool, typer.Option("--follow", help="Sign every second until Ctrl-C.")] = False,
    adopt: Annotated[bool, typer.Option("--adopt", help="Fill an empty guard with what was published.")] = False,
    until_input_ends: Annotated[bool, typer.Option("--until-input-ends", hidden=True)] = False,
    as_json: AsJson = False,
) -> None:
    """Signs what was recorded so far; exit code 1 when a log is refused."""
    with database() as (settings, url):
        if keep_on:
            raise typer.Exit(1 if asyncio.run(_follow(settings, url, until_input_ends)) else 0)
        migrate(url)
        if adopt:
            show({"adopted": asyncio.run(_adopt(settings, url))}, as_json=as_json)
            return
        standing = asyncio.run(_sign_now(settings, url))
        if tenant is not None:
            _show_note(url, tenant, as_json=as_json)
        else:
            show_all([_row(each) for each in standing.logs], as_json=as_json)
    refused = [
        *([f"the meta-log, and so every log, is not signed any more. {standing.refusal}"] if standing.refusal else []),
        *(f"{each.origin} is not signed any more. {each.refusal}" for each in standing.logs if each.refusal),
        *(
            f"tenant {each} vanished: it was signed for, and the database does not know it"
            for each in standing.vanished
        ),
    ]
    for sentence in refused:
        typer.echo(f"venia: {sentence}.", err=True)
    raise typer.Exit(1 if refused else 0)


def reopen(
    reason: Annotated[str, typer.Option(help="Why, without personal data; it is entered in each log.")],
    tenant: Annotated[UUID | None, typer.Option("--tenant", help="This tenant's log alone.")] = None,
    as_json: AsJson = False,
) -> None:
    """
    Lets what lost entries to a restored backup begin anew, under another name.

    That is every log that is refused, and the meta-log if it is; what was signed before is the first entry of each.
    A tenant that vanished altogether is given up.
    """
    with database() as (settings, url):
        migrate(url)
        guard = Guard(guard_file(settings))
        standing = asyncio.run(_sign_now(settings, url))
        began = _reopen_meta(guard, standing)
        if began:
            standing = asyncio.run(_sign_now(settings, url))
        for request in _reopenings(guard, standing, tenant, reason):
            guard.allow(request.tenant, request.origin)
            asyncio.run(_write(settings, url, request))
            began.append(request.origin)
        lost = [each for each in standing.vanished if tenant in (None, each)]
        for each in lost:
            guard.give_up(each)
        if not (began or lost):
            raise NothingToReopen
        again = asyncio.run(in_service(settings, url, lambda service: erase_again(service, guard, tenant)))
        asyncio.run(_sign_now(settings, url))
    show({"began": began, "given_up": [str(each) for each in lost], **again}, as_json=as_json)


async def erase_again(service: Service, guard: Guard, only: UUID | None) -> dict[str, object]:
    """Erases whom the restored database has brought back; a legal hold keeps those that it holds."""
    erased, held = 0, []
    for tenant, contact in guard.erased():
        if only not in (None, tenant):
            continue
        try:
            await service.journal.write(EraseContact(tenant, ACTOR, ContactReference.id(contact), _BROUGHT_BACK))
            erased += 1
        except (ContactUnknown, UnknownTenant):
            continue  # Gone as they should be.
        except LegalHoldInForce as hold:
            held.append(str(hold))
    return {"erased_again": erased, "held": held}


async def _write(settings: Settings, url: str, request: ReopenLog) -> None:
    await in_service(settings, url, lambda service: service.journal.write(request))


def _reopen_meta(guard: Guard, standing: Standing) -> list[str]:
    """Allows the meta-log its next incarnation if it is refused; the guard forgets what can no more be published."""
    signed = guard.promises().get(META)
    if standing.refusal is None or signed is None:
        return []
    origin = origin_of(signed.origin, incarnation_of(signed.origin) + 1)
    guard.abandon()
    guard.allow(META, origin)
    return [origin]


def _reopenings(guard: Guard, standing: Standing, tenant: UUID | None, reason: str) -> list[ReopenLog]:
    promises = guard.promises()
    logs = {each.tenant: each for each in standing.logs if tenant in (None, each.tenant)}
    if tenant is not None and tenant not in logs and tenant not in standing.vanished:
        raise UnknownTenant(tenant)
    refused = [each for each in logs.values() if each.refusal and each.tenant in promises]
    return [reopening(each, promises[each.tenant], actor=ACTOR, reason=reason) for each in refused]


async def _follow(settings: Settings, url: str, until_input_ends: bool) -> bool:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if until_input_ends:
        threading.Thread(target=_await_end, args=(loop, stop), daemon=True).start()
    return bool(await follow(settings, url, stop))


def _await_end(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Whoever started us holds our input open for as long as we are wanted."""
    while os.read(sys.stdin.fileno(), 4096):  # Not through a buffer, whose lock would outlive an interpreter that ends.
        pass
    loop.call_soon_threadsafe(stop.set)


async def _sign_now(settings: Settings, url: str) -> Standing:
    """Rounds until all is signed or refused; where another process signs, until that has done so."""
    async with checkpointing(settings, url) as checkpointer:
        goal = {each.tenant: each.entries for each in (await checkpointer.standing()).logs}
        deadline = time.monotonic() + _WAIT_SECONDS
        while True:
            outcome = await checkpointer.run_once(clock())
            now = await checkpointer.standing()
            if now.refusal or all(each.refusal or each.signed >= goal.get(each.tenant, 0) for each in now.logs):
                return now
            if time.monotonic() > deadline:
                fail("the process that signs has not done so for half a minute; look at its log.")
            await asyncio.sleep(0 if outcome is not None and outcome.more else 0.2)


async def _adopt(settings: Settings, url: str) -> int:
    async with checkpointing(settings, url) as checkpointer:
        return await checkpointer.adopt()


def _show_note(url: str, tenant: UUID, *, as_json: bool) -> None:
    async def read() -> str:
        engine = reader_engine(url)
        try:
            async with Snapshots(engine).of(tenant) as conn:
                return (await newest_checkpoint(conn, tenant)).note.decode()
        finally:
            await engine.dispose()

    note = asyncio.run(read())
    if as_json:
        show({"checkpoint": note}, as_json=True)
    else:
        typer.echo(note, nl=False)


def _row(status: Status) -> dict[str, object]:
    return {
        "tenant": str(status.tenant),
        "log": status.origin,
        "entries": status.entries,
        "signed": status.signed,
        "refusal": status.refusal,
    }
