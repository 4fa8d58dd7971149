"""
A tenant whose log began years ago: written by a journal whose clock stood there, signed and exported today.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from audit.journal import Journal
from audit.origins import new_origin
from audit.tenants import OpenTenant
from audit.work import Request, Written
from consent.setup import AddSender, DefinePurpose, StateZone
from policies.catalogue import builtin
from policies.rulebook import ActivateRules
from server import demo
from server.credentials import mint
from server.db import journal_engine
from server.keys import CreateKey
from server.retention import Office, Run
from server.service import books, clock
from tests.audit.exporting.bureau import Bureau
from tests.audit.ledger import Note

YEARS = timedelta(days=6 * 365)
_AT_ONCE = 4_000


def aged(bureau: Bureau) -> Bureau:
    """
    The same bureau for a new tenant, opened six years ago.
    """
    tenant, origin = uuid4(), new_origin(bureau.live.service.settings.deployment)
    text, key = mint(tenant)
    described = {"tenant": str(tenant), "log": {"origin": origin}, "key": text}
    old = replace(bureau, live=replace(bureau.live, demo=described))
    write_then(
        old,
        OpenTenant(tenant, "Old", origin, "test"),
        StateZone(tenant, "test", "Europe/Madrid"),
        *(DefinePurpose(tenant, "test", purpose, category) for purpose, category in demo.PURPOSES.items()),
        AddSender(tenant, "test", "acme-es", "+34910000000", "700600500400"),
        ActivateRules(tenant, "test", tuple(builtin(name) for name in demo.PACKS)),
        CreateKey(tenant, "test", key, "everything", ("*",)),
    )
    return old


def write_then(old: Bureau, *requests: Request, ago: timedelta = YEARS) -> Sequence[Written]:
    """
    Writes so long ago, in order.
    """

    async def past() -> Sequence[Written]:
        engine, ring = journal_engine(old.live.url), old.live.service.ring
        async with Journal(engine, books=books(ring), ring=ring, clock=lambda: clock() - ago) as journal:
            written = await asyncio.gather(*map(journal.write, requests))
        await engine.dispose()
        return written

    return old.live.run(past())


def note_then(old: Bureau, count: int, ago: timedelta = YEARS) -> Sequence[Written]:
    """
    Records some entries about nobody, so long ago.
    """
    return write_then(old, *[Note(old.live.tenant, "something happened")] * count, ago=ago)


def office_of(old: Bureau) -> Office:
    """
    What a run works with.
    """
    service = old.live.service
    return Office(service.journal, service.reader, service.snapshots)


def run_of(old: Bureau) -> Run:
    """
    A run at this moment.
    """
    return Run(old.live.tenant, "officer", clock())
