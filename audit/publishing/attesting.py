"""
Other people's word on our checkpoints: witnesses cosign them, a time-stamping authority dates them.

Neither can hold up a checkpoint: who is away is asked again later, and a quorum that is missed is told and counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from audit.errors import EvidenceError
from audit.note import cosigned_at, parse_signature
from audit.origins import META
from audit.published import (
    Published,
    checkpoint_at,
    consistency_proof,
    newest_origin,
    newest_timestamp,
    published_size,
)
from audit.publishing.store import insert_cosignatures, insert_timestamp, read_logs
from audit.quorum import Policy
from audit.timestamps import request_token
from audit.witnesses import Collected, KnownSizes, collect

_SECONDS = 1.0
_AUTHORITY_SECONDS = 10.0
_AGAIN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Attested:
    """What was said about the newest checkpoints; ``faults`` are sentences, and empty when all is well."""

    cosigned: int
    stamped: bool
    faults: tuple[str, ...]


class Attestor:
    """Asks for the checkpoints of the meta-log, and of those logs that the policy names."""

    def __init__(
        self,
        engine: AsyncEngine,
        client: httpx.AsyncClient,
        *,
        policy: Policy | None,
        authority: str | None,
        every: timedelta = timedelta(hours=1),
    ) -> None:
        """``engine`` connects as venia_checkpointer; ``authority`` is the address of a time-stamping authority."""
        self._engine = engine
        self._client = client
        self._policy = policy
        self._authority = authority
        self._every = every
        self._sizes = KnownSizes()
        self._cosigned: dict[str, int] = {}
        self._again: datetime | None = None
        self._faults: tuple[str, ...] = ()

    async def attest(self, now: datetime) -> Attested:
        """Asks for what is missing; what failed a moment ago is left for a while."""
        if self._again is not None and now < self._again:
            return Attested(0, stamped=False, faults=self._faults)
        faults: list[str] = []
        cosigned = await self._cosign(faults)
        stamped = await self._stamp(now, faults)
        self._faults, self._again = tuple(faults), now + _AGAIN if faults else None
        return Attested(cosigned, stamped, self._faults)

    async def _cosign(self, faults: list[str]) -> int:
        if self._policy is None or not self._policy.witnesses:
            return 0
        count = 0
        async with self._engine.connect() as conn:
            for tenant, origin in await self._witnessed(conn, self._policy):
                size = await published_size(conn, tenant, origin)
                if size == self._cosigned.get(origin, 0):
                    continue
                said = await self._ask(conn, await checkpoint_at(conn, tenant, origin, size))
                count += len(said.lines)
                faults.extend(said.faults.values())
                if said.met:
                    self._cosigned[origin] = size
                else:
                    faults.append(f"Too few witnesses have cosigned {origin} at {size} entries.")
        return count

    async def _witnessed(self, conn: AsyncConnection, policy: Policy) -> Sequence[tuple[UUID, str]]:
        named = {key.name for key in policy.logs}
        own = [(tenant, origin) for tenant, origin in await read_logs(conn) if origin in named]
        meta = await newest_origin(conn, META)
        return [*([] if meta is None else [(META, meta)]), *own]

    async def _ask(self, conn: AsyncConnection, checkpoint: Published) -> Collected:
        async def proof(old: int) -> Sequence[bytes]:
            return await consistency_proof(conn, checkpoint.tenant, checkpoint.origin, old, checkpoint.size)

        assert self._policy is not None  # noqa: S101  Asked only where there is one.
        said = await collect(
            self._client, self._policy, checkpoint.note, proof=proof, seconds=_SECONDS, sizes=self._sizes
        )
        await conn.rollback()
        await insert_cosignatures(conn, checkpoint, _lines(said.lines))
        await conn.commit()
        return said

    async def _stamp(self, now: datetime, faults: list[str]) -> bool:
        if self._authority is None:
            return False
        async with self._engine.connect() as conn:
            meta = await newest_origin(conn, META)
            last = None if meta is None else await newest_timestamp(conn, META, meta)
            if meta is None or (last is not None and now - last.stamped_at < self._every):
                return False
            checkpoint = await checkpoint_at(conn, META, meta, await published_size(conn, META, meta))
            await conn.rollback()  # Nothing stays open while a machine of somebody else is asked.
            try:
                token = await request_token(self._client, self._authority, checkpoint.note, seconds=_AUTHORITY_SECONDS)
            except EvidenceError as error:
                faults.append(str(error))
                return False
            await insert_timestamp(conn, checkpoint, token, now)
            await conn.commit()
        return True


def _lines(lines: Mapping[str, str]) -> list[tuple[str, datetime, str]]:
    """Each witness's name, the moment at which it cosigned, and its line without the line feed."""
    signatures = [(name, line.rstrip("\n"), parse_signature(line.rstrip("\n"))) for name, line in lines.items()]
    return [
        (name, datetime.fromtimestamp(cosigned_at(signature.payload), UTC), line)
        for name, line, signature in signatures
    ]
