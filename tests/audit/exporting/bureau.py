"""
A running service with a checkpointer and an exporter beside it, and a receiver who verifies what comes out.
"""

import asyncio
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from audit.entry import Json
from audit.exporting.cover import Patience
from audit.exporting.records import Export
from audit.exporting.requests import RequestExport
from audit.exporting.store import find_export
from audit.exporting.worker import Exporter
from audit.origins import new_origin
from audit.published import checkpoint_at, newest_checkpoint
from audit.tenants import OpenTenant
from audit.work import Work, Written
from consent.looking import FindContact
from server.evidence import checkpointing
from server.exports import exporting
from server.service import clock, exports_home
from server.signing_keys import log_keys
from tests.audit.ledger import Note
from tests.factories import consent, ref
from tests.live import Live

_AT_ONCE = 4_000  # The journal's queue is not endless.
IMPATIENT = Patience(checkpoint=0, witnesses=0)


@dataclass(frozen=True, slots=True)
class Erase:
    """
    Records that a person was erased.
    """

    tenant: UUID
    contact: UUID
    idempotency: None = None
    actor: str = "test"

    def apply(self, work: Work) -> Mapping[str, Json]:
        work.record("contact.erased", {}, contact=self.contact)
        return {}


@dataclass(slots=True)
class Bureau:
    """
    Asks for exports of the live service's tenant, signs its log, and makes what was asked for.
    """

    live: Live
    home: Path
    now: datetime = field(default_factory=clock)
    changes: dict[str, object] = field(default_factory=dict)  # of the settings, for the exporter

    @property
    def exports(self) -> Path:
        """
        The folder of the exports' files.
        """
        return exports_home(self.live.service.settings)

    # What is recorded.

    def note(self, count: int) -> None:
        """
        Records some entries that are about nobody.
        """
        for first in range(0, count, _AT_ONCE):
            some = range(first, min(first + _AT_ONCE, count))
            written = self.live.write_all([Note(self.live.tenant, f"this is number {at}") for at in some])
            assert all(isinstance(each, Written) for each in written)

    def agree(self, phone: str, **evidence: str) -> UUID:
        """
        Records a person's consent with this evidence, and returns their id.
        """
        self.live.write(consent(self.live.tenant, phone, at=clock(), evidence=evidence))
        return self.live.read(FindContact(self.live.tenant, ref(phone)))

    def ask(self, format: str = "bundle", **asked: Any) -> UUID:  # Any: whatever an export can be asked for by.
        """
        Asks for an export, and signs.
        """
        written = self.request(format, **asked)
        self.sign()
        return UUID(str(written.answer["id"]))

    def request(self, format: str = "bundle", **asked: Any) -> Written:  # Any, as above.
        """
        Asks for an export, and leaves it at that.
        """
        return self.live.write(RequestExport(self.live.tenant, "key:test", format, **asked))

    def elsewhere(self) -> UUID:
        """
        Another tenant, who asks for one export.
        """
        tenant = uuid4()
        self.live.write(OpenTenant(tenant, "Elsewhere", new_origin("venia.local"), "test"))
        self.live.write(RequestExport(tenant, "key:test", "csv"))
        return tenant

    def sign(self) -> None:
        """
        Has the checkpointer sign everything.
        """

        async def rounds() -> None:
            async with checkpointing(self.live.service.settings, self.live.url) as checkpointer:
                while True:
                    outcome = await checkpointer.run_once(clock())
                    assert outcome is not None
                    assert not outcome.refused
                    if not outcome.more:
                        return

        self.live.run(rounds())

    # What is made.

    @asynccontextmanager
    async def exporter(self, patience: Patience = IMPATIENT) -> AsyncIterator[Exporter]:
        """
        An exporter that waits for nothing.
        """
        settings = self.live.service.settings.model_copy(update=self.changes)
        async with exporting(settings, self.live.url, patience) as exporter:
            yield exporter

    def work(self, *, later: timedelta = timedelta()) -> int:
        """
        One round of the exporter, so much later; how many exports it made.
        """

        async def round_() -> int:
            async with self.exporter() as exporter:
                return await exporter.run_waiting(self.now + later)

        return self.live.run(round_())

    def made(self, format: str = "bundle", **asked: Any) -> Export:  # Any, as above.
        """
        Asks for an export and has it made.
        """
        export = self.ask(format, **asked)
        self.work()
        return self.export(export)

    def export(self, export: UUID) -> Export:
        """
        The export as it is stored.
        """

        async def find() -> Export | None:
            async with self.live.service.snapshots.of(self.live.tenant) as conn:
                return await find_export(conn, self.live.tenant, export)

        found = self.live.run(find())
        assert found is not None
        return found

    def file(self, export: Export) -> Path:
        """
        Its file.
        """
        assert (export.state, export.detail) == ("ready", None)
        assert export.file is not None
        return self.exports / export.file

    def again(self, export: Export) -> None:
        """
        Has it wait once more, as if nobody had made it.
        """
        self.tamper("UPDATE exports SET state = 'queued' WHERE export_id = $1", export.id)

    def tamper(self, statement: str, *values: object) -> None:
        """
        What a superuser may do: the guards of the tables are off while they do so.
        """

        async def run() -> None:
            conn = await asyncpg.connect(self.live.url)
            try:
                await conn.execute("ALTER TABLE entries DISABLE TRIGGER USER")
                await conn.execute(statement, *values)
                await conn.execute("ALTER TABLE entries ENABLE TRIGGER USER")
            finally:
                await conn.close()

        asyncio.run(run())

    # What the receiver does.

    def unpacked(self, export: Export) -> Path:
        """
        The bundle's folder, unpacked by the standard library.
        """
        folder = self.home / f"unpacked-{export.id}"
        with zipfile.ZipFile(self.file(export)) as archive:
            archive.extractall(folder)
        return folder

    def pin(self, size: int | None = None) -> Path:
        """
        The newest checkpoint, or that of a size, kept by somebody.
        """
        tenant = self.live.tenant

        async def read() -> bytes:
            async with self.live.service.snapshots.of(tenant) as conn:
                newest = await newest_checkpoint(conn, tenant)
                return newest.note if size is None else (await checkpoint_at(conn, tenant, newest.origin, size)).note

        path = self.home / f"pin-{size}"
        path.write_bytes(self.live.run(read()))
        return path

    def vkey(self) -> str:
        """
        The verifier key of the tenant's log, known from elsewhere.
        """
        return log_keys(self.live.service.settings, str(self.live.demo["log"]["origin"]))[-1].verifier()

    def verify(self, folder: Path, *more: str | Path) -> subprocess.CompletedProcess[str]:
        """
        The bundle's own verify.py, in a process that finds nothing of Venia.
        """
        command = [sys.executable, "-I", str(folder / "verify.py"), str(folder), self.vkey(), *map(str, more)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env={})


def names(export: Path) -> list[str]:
    """
    What is in a bundle, in the order in which it is listed.
    """
    with zipfile.ZipFile(export) as archive:
        return archive.namelist()


def contents(export: Path) -> Mapping[str, bytes]:
    """
    Everything in a bundle.
    """
    with zipfile.ZipFile(export) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
