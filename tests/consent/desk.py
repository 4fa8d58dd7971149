"""
Journals and a reader on a real database, with clocks that stand still until a test moves them.

Every test works in an office of its own: a new tenant, set up like the demo's, with a log that begins empty.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from audit.errors import Refused
from audit.journal import Journal
from audit.keys import LocalKey, random_key
from audit.origins import new_origin
from audit.reader import Look, Reader, Snapshots
from audit.tenants import KeyRing, OpenTenant
from audit.timeline import timeline
from audit.verification import read_chain
from audit.work import Request, Written
from consent.looking import FindContact, FindParts, InForce
from consent.registers.loading import Loader
from consent.setup import AddSender, DefinePurpose, PublishNotice, StateZone
from policies.catalogue import builtin
from policies.changes.looks import FindChange, FindInForce
from policies.changes.requests import ActivateChange, ApproveChange, DraftChange
from policies.checking import Check, Checked
from policies.pack import Pack
from policies.rulebook import ActivateRules
from policies.ruleset import compile_rules
from server.channels.receiving import requests_of
from server.channels.requests import Delivery
from server.channels.whatsapp import parse
from server.db import journal_engine, reader_engine
from server.demo import PACKS, PURPOSES
from server.fsck import advance, begin
from server.service import books
from tests.databases import fetch
from tests.factories import NOW, question, ref

T = TypeVar("T")
BUILTIN = tuple(builtin(name) for name in PACKS)


@dataclass(slots=True)
class Clock:
    """
    A clock that stands where it is set.
    """

    now: datetime = NOW

    def __call__(self) -> datetime:
        """
        The time it shows.
        """
        return self.now

    def advance(self, by: timedelta) -> datetime:
        """
        Goes on, and says what time it is then.
        """
        self.now += by
        return self.now


@dataclass(slots=True)
class Desk:
    """
    One process's view of the database: a ring of keys, a journal, a reader, and the loop that they run in.
    """

    url: str
    loop: asyncio.AbstractEventLoop
    stack: AsyncExitStack
    kek: LocalKey = field(default_factory=lambda: LocalKey(random_key()))
    clock: Clock = field(default_factory=Clock)
    engine: AsyncEngine = field(init=False)
    journal: Journal = field(init=False)
    reader: Reader = field(init=False)
    snapshots: Snapshots = field(init=False)
    ring: KeyRing = field(init=False)
    loader: Loader = field(init=False)

    async def open(self) -> None:
        """
        Starts the journal and the reader.
        """
        self.journal = await self.another_journal(self.clock)
        self.reader = await self.another_reader(self.clock)
        stager = journal_engine(self.url)
        self.stack.push_async_callback(stager.dispose)
        folder = Path(self.stack.enter_context(TemporaryDirectory(prefix="venia-registers-")))
        self.loader = Loader(stager, self.journal, self.snapshots, self.ring, self.clock, folder)

    async def another_journal(self, clock: Clock, ring: KeyRing | None = None) -> Journal:
        """
        A journal as another machine would run it: with a pool, keys, caches and a clock of its own.
        """
        self.engine, ring = journal_engine(self.url), ring or KeyRing(self.kek)
        self.ring = getattr(self, "ring", ring)  # The first journal's, which every office was opened with.
        self.stack.push_async_callback(self.engine.dispose)
        return await self.stack.enter_async_context(Journal(self.engine, books=books(ring), ring=ring, clock=clock))

    async def another_reader(self, clock: Clock, ring: KeyRing | None = None) -> Reader:
        """
        A reader of another machine.
        """
        engine, ring = reader_engine(self.url), ring or KeyRing(self.kek)
        self.stack.push_async_callback(engine.dispose)
        self.snapshots = Snapshots(engine)
        return await self.stack.enter_async_context(Reader(engine, books=books(ring), ring=ring, clock=clock))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """
        Awaits something in the desk's loop.
        """
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

    def write_all(self, requests: list[Any], *journals: Journal) -> list[Any]:
        """
        Writes all at once, to these journals in turn; errors are returned in their places.
        """

        async def together() -> list[Any]:
            turns = journals or (self.journal,)
            writes = (turns[at % len(turns)].write(each) for at, each in enumerate(requests))
            return await asyncio.gather(*writes, return_exceptions=True)

        return self.run(together())

    def open_office(self) -> "Office":
        """
        A new tenant, set up like the demo's.
        """
        self.clock.now = NOW
        tenant = uuid4()
        office = Office(self, tenant, new_origin("tests.example"))
        for written in self.write_all(
            [
                OpenTenant(tenant, "Test", office.origin, "test"),
                StateZone(tenant, "test", "Europe/Madrid"),
                *(DefinePurpose(tenant, "test", purpose, category) for purpose, category in PURPOSES.items()),
                PublishNotice(tenant, "test", "calls-es", 3, "es-ES", "Acepto que Acme me llame."),
                AddSender(tenant, "test", "acme-es", "+34910000000", "700600500400"),
                AddSender(tenant, "test", "acme-2", "+34910000001", "700600500401"),
                ActivateRules(tenant, "test", BUILTIN),
            ]
        ):
            assert isinstance(written, Written), written
        office.begin = office.size()
        return office


@dataclass(slots=True)
class Office:
    """
    One tenant, and what a test does and sees there.
    """

    desk: Desk
    tenant: UUID
    origin: str
    begin: int = 0
    _deliveries: count = field(default_factory=count)  # type: ignore[type-arg]  # It only counts.

    @property
    def clock(self) -> Clock:
        """
        The clock of the desk's journal and reader.
        """
        return self.desk.clock

    # What is done.

    def write(self, request: Request) -> Written:
        """
        Writes through the journal.
        """
        return self.desk.run(self.desk.journal.write(request))

    def ask(self, request: Request) -> dict[str, Any]:
        """
        The journal's answer.
        """
        return dict(self.write(request).answer)

    def refusal(self, request: Request) -> Refused:
        """
        Why the journal refuses a request, of which it MUST have recorded nothing.
        """
        before = self.size()
        with pytest.raises(Refused) as refused:
            self.write(request)

        assert self.size() == before
        return refused.value

    def adopt(self, *packs: Pack) -> None:
        """
        Makes these packs the tenant's rules, by a change with all its steps; without any, the built-in ones.
        """
        rules = compile_rules(packs or BUILTIN)
        if self.read(FindInForce(self.tenant))["rule_set"] == rules.hash:
            return
        change = UUID(self.ask(DraftChange(self.tenant, "test", packs or BUILTIN, "tried", "sha256:none"))["id"])
        report = self.simulated(change)
        self.write(ApproveChange(self.tenant, "second", change, "looked at", report))
        self.write(ActivateChange(self.tenant, "test", change, "now"))

    def simulated(self, change: UUID, decisions: int = 1) -> str:
        """
        The hash of a report about a change and so many decisions, as its simulation would have left it.
        """
        sets, told = self.read(FindChange(self.tenant, change)), f"sha256:{change.hex * 2}"
        fetch(
            self.desk.url,
            "INSERT INTO rule_reports (tenant_id, report_hash, base_set, candidate_set, mode, decisions, noted_at, event_id) "
            "VALUES ($1, $2, $3, $4, 'point', $6, now(), $5) RETURNING report_hash",
            self.tenant,
            told,
            sets["base"],
            sets["candidate"],
            uuid4(),
            decisions,
        )
        return told

    def deliver(self, *changes: dict[str, Any]) -> list[Written]:
        """
        What WhatsApp tells: every item's request, written in the order in which the items stand.
        """
        delivery = Delivery(self.tenant, "test", b"k" * 32)
        items = parse({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": list(changes)}]})
        return [self.write(request) for _, request in requests_of(delivery, items)]

    # What is seen.

    def read(self, look: Look[T]) -> T:
        """
        Looks through the reader.
        """
        return self.desk.run(self.desk.reader.read(look))

    def contact(self, who: str) -> UUID:
        """
        Who has this identifier now.
        """
        return self.read(FindContact(self.tenant, ref(who)))

    def in_force(
        self, who: str | UUID, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> dict[str, Any]:
        """
        What holds for a person.
        """
        contact = who if isinstance(who, UUID) else self.contact(who)
        return dict(self.read(InForce(self.tenant, contact, as_of, known_at)))

    def check(self, to: str | UUID, at: datetime | None = None, **changed: Any) -> Checked:
        """
        May this person be called?
        """
        return self.read(Check(self.tenant, question(to, **changed), at))

    def codes(self, to: str | UUID, **changed: Any) -> set[str]:
        """
        Every reason against calling this person; empty is an allow.
        """
        decision = self.check(to, **changed).decision

        assert decision.allow == (not decision.reasons)
        return {reason.code.value for reason in decision.reasons}

    def payloads(self, event: str | None = None) -> list[dict[str, Any]]:
        """
        What every entry says, or those of one event, since the office was set up; the whole log is verified first.
        """
        chain = self.desk.run(read_chain(self.desk.snapshots, self.tenant))
        said = [dict(entry.payload) for entry in chain.entries[self.begin :]]
        return [each for each in said if event in (None, each["event"])]

    def events(self) -> list[Any]:
        """
        The names of the entries since the office was set up.
        """
        return [each["event"] for each in self.payloads()]

    def timeline(self, who: str, limit: int = 50) -> list[dict[str, Any]]:
        """
        One person's entries, newest first.
        """
        parts = self.read(FindParts(self.tenant, ref(who)))

        async def look() -> list[dict[str, Any]]:
            async with self.desk.snapshots.of(self.tenant) as conn:
                return list((await timeline(conn, self.tenant, parts, before=None, limit=limit)).events)

        return self.desk.run(look())

    def size(self) -> int:
        """
        How many entries the log has.
        """
        statement = "SELECT count(*) AS size FROM entries WHERE tenant_id = $1"
        return int(fetch(self.desk.url, statement, self.tenant)[0]["size"])

    def data_key(self, contact: Mapping[str, Any]) -> bytes:
        """
        The data key of a contact, given their row.
        """
        return self.desk.ring.data_key(
            self.tenant, contact["contact_id"], contact["key_version"], contact["wrapped_key"]
        )

    def differences(self) -> list[dict[str, Any]]:
        """
        Where the tenant's rows are not what its log says, by a deep check of all of it.
        """

        async def check() -> list[dict[str, Any]]:
            async with self.desk.snapshots.of(self.tenant) as conn:
                found = await begin(conn, self.tenant, self.clock.now, deep=True)
                while await advance(conn, self.desk.ring, found, lambda done, total: None):
                    pass
            return [dict(each.to_json()) for each in found.differences]

        return self.desk.run(check())

    def rows(self, table: str) -> list[dict[str, Any]]:
        """
        The tenant's rows of one table by their names, each with the transaction that last wrote it.
        """
        statement = f'SELECT *, xmin::text AS transaction FROM "{table}" WHERE tenant_id = $1 ORDER BY "{table}"::text'
        return fetch(self.desk.url, statement, self.tenant)


@contextmanager
def open_desk(url: str) -> Iterator[Desk]:
    """
    A desk on a migrated database until the block ends.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="desk", daemon=True)
    thread.start()
    desk = Desk(url, loop, AsyncExitStack())
    desk.run(desk.open())
    try:
        yield desk
    finally:
        desk.run(desk.stack.aclose())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
