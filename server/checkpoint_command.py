"""
``venia checkpoint`` and ``venia reopen``: signing, and letting a log begin anew.
"""

import asyncio
import signal
import sys
import threading
import time
from typing import Annotated
from uuid import UUID

import typer

from audit.errors import UnknownTenant
from audit.published import newest_checkpoint
from audit.publishing.guard import Guard
from audit.publishing.records import Status
from audit.publishing.reopening import ReopenLog, reopening
from audit.reader import Snapshots
from server.db import migrate, reader_engine
from server.evidence import checkpointing, follow
from server.service import clock, guard_file
from server.settings import Settings
from server.terminal import ACTOR, AsJson, TenantId, database, fail, in_service, show, show_all

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
        logs = asyncio.run(_sign_now(settings, url))
        if tenant is not None:
            _show_note(url, tenant, as_json=as_json)
        else:
            show_all([_row(each) for each in logs], as_json=as_json)
    refused = [each for each in logs if each.refusal and tenant in (None, each.tenant)]
    for each in refused:
        typer.echo(f"venia: {each.origin} is not signed any more. {each.refusal}.", err=True)
    raise typer.Exit(1 if refused else 0)


def reopen(
    tenant: TenantId,
    reason: Annotated[str, typer.Option(help="Why, without personal data; it is entered in the log.")],
    as_json: AsJson = False,
) -> None:
    """Lets a log that lost entries begin anew, under another name, with what was signed before as its first entry."""
    with database() as (settings, url):
        migrate(url)
        request = asyncio.run(_reopening(settings, url, tenant, reason))
        Guard(guard_file(settings)).allow(tenant, request.origin)
        written = asyncio.run(in_service(settings, url, lambda service: service.journal.write(request)))
    show(dict(written.answer), as_json=as_json)


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
    sys.stdin.buffer.read()
    loop.call_soon_threadsafe(stop.set)


async def _sign_now(settings: Settings, url: str) -> list[Status]:
    """Rounds until all is signed or refused; where another process signs, until that has done so."""
    async with checkpointing(settings, url) as checkpointer:
        goal = {each.tenant: each.entries for each in await checkpointer.status()}
        deadline = time.monotonic() + _WAIT_SECONDS
        while True:
            outcome = await checkpointer.run_once(clock())
            logs = await checkpointer.status()
            if all(each.refusal or each.signed >= goal.get(each.tenant, 0) for each in logs):
                return logs
            if time.monotonic() > deadline:
                fail("the process that signs has not done so for half a minute; look at its log.")
            await asyncio.sleep(0 if outcome is not None and outcome.more else 0.2)


async def _adopt(settings: Settings, url: str) -> int:
    async with checkpointing(settings, url) as checkpointer:
        return await checkpointer.adopt()


async def _reopening(settings: Settings, url: str, tenant: UUID, reason: str) -> ReopenLog:
    signed = Guard(guard_file(settings)).promises().get(tenant)
    logs = {each.tenant: each for each in await _sign_now(settings, url)}
    if tenant not in logs or signed is None:
        raise UnknownTenant(tenant)
    return reopening(logs[tenant], signed, actor=ACTOR, reason=reason)


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
