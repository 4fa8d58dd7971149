"""
A database with a journal and a checkpointer beside it, for tests of what is signed.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import asyncpg

from audit import store
from audit.checkpoint import Checkpoint, open_checkpoint
from audit.merkle import leaf_hash
from audit.origins import META
from audit.published import Published, newest_checkpoint
from audit.publishing.checkpointer import Checkpointer, Outcome
from audit.publishing.guard import Guard
from audit.signing import LogKey, SigningSecret, SigningSecrets
from server.db import checkpointer_engine
from tests.audit.ledger import MONDAY, Ledger, ledger

SECRET = bytes(range(100, 132))
DEPLOYMENT = "venia.test"


@dataclass(slots=True)
class Office:
    """
    A journal, a checkpointer and its guard; time passes by a second with each round.
    """

    log: Ledger
    guard: Guard
    checkpointer: Checkpointer
    now: datetime = MONDAY

    async def write(self, count: int, tenant: UUID | None = None) -> None:
        """
        Records some entries.
        """
        note = self.log.note("something happened")
        await self.log.write_all([note] * count)

    async def sign(self, *, seconds: float = 1) -> Outcome:
        """
        One round, a moment later.
        """
        self.now += timedelta(seconds=seconds)
        outcome = await self.checkpointer.run_once(self.now)
        assert outcome is not None
        return outcome

    async def sign_all(self) -> Outcome:
        """
        Rounds until nothing waits.
        """
        while (outcome := await self.sign()).more:
            pass
        return outcome

    async def leaves(self) -> list[bytes]:
        """
        The leaf hashes of every entry, computed anew.
        """
        async with self.log.snapshots.of(self.log.tenant) as conn:
            end = await store.read_end(conn, self.log.tenant)
            rows = await store.read_entries(conn, self.log.tenant, end.origin, 0, end.size)
        return [leaf_hash(body) for _, body, _ in rows]

    async def newest(self, tenant: UUID | None = None) -> Published:
        """
        The newest checkpoint as readers see it.
        """
        whose = tenant or self.log.tenant
        async with self.log.snapshots.of(whose) as conn:
            return await newest_checkpoint(conn, whose)

    async def opened(self, tenant: UUID | None = None) -> Checkpoint:
        """
        The same, verified with the key of its log.
        """
        published = await self.newest(tenant)
        return open_checkpoint(published.note, LogKey.from_secret(SECRET, published.origin).key)[0]

    async def meta(self) -> Checkpoint:
        """
        The newest checkpoint of the meta-log, verified.
        """
        return await self.opened(META)

    async def tamper(self, *statements: str) -> None:
        """
        What a superuser may do: the guards of the tables are off while it does so.
        """
        conn = await asyncpg.connect(self.log.url)
        try:
            async with conn.transaction():
                for table in await _guarded(conn):
                    await conn.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                for statement in statements:
                    await conn.execute(statement.replace(":tenant", f"'{self.log.tenant}'"))
                for table in await _guarded(conn):
                    await conn.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        finally:
            await conn.close()


async def _guarded(conn: asyncpg.Connection) -> Sequence[str]:
    rows = await conn.fetch("SELECT DISTINCT tgrelid::regclass::text AS name FROM pg_trigger WHERE NOT tgisinternal")
    return [row["name"] for row in rows]


def checkpointer(url: str, guard: Guard, *, heartbeat: timedelta = timedelta(hours=1)) -> Checkpointer:
    """
    A checkpointer on this database, with the tests' secret.
    """
    return Checkpointer(
        checkpointer_engine(url),
        guard,
        secrets=lambda: SigningSecrets((SigningSecret(SECRET),)),
        deployment=DEPLOYMENT,
        heartbeat=heartbeat,
    )


@asynccontextmanager
async def office(url: str, home: Path) -> AsyncIterator[Office]:
    """
    Opens a tenant and an office for its log.
    """
    guard = Guard(home / "guard.sqlite3")
    signer = checkpointer(url, guard)
    try:
        async with ledger(url) as log:
            yield Office(log, guard, signer)
    finally:
        await signer.close()
