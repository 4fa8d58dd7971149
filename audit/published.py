"""
What the checkpointer has published, as readers see it: checkpoints, tiles, proofs, keys.

A proof is made from stored tiles: as many reads as the tree is high, whatever its size.  The meta-log's rows belong to
the tenant ``META``; they hold hashes, sizes and times, and are read in a snapshot of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, literal, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.errors import NoCheckpoint, SizeUnpublished
from audit.merkle import ProofPlan, consistency_plan, inclusion_plan
from audit.models import checkpointer_reports, checkpoints, cosignatures, log_keys, meta_leaves, tiles, timestamps
from audit.origins import META
from audit.tiles import TileId, node_of, tiles_of

_HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Published:
    """A signed checkpoint: ``note`` with the log's lines and, behind them, those of witnesses."""

    tenant: UUID
    origin: str
    size: int
    root: bytes
    note: bytes
    signed_at: datetime
    meta_origin: str | None
    meta_index: int | None


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A verifier key that has signed for a log, and the time in which it did; ``valid_until`` is None while it does."""

    origin: str
    vkey: str
    valid_from: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Stamped:
    """An RFC 3161 token and the exact bytes that it dates."""

    size: int
    stamped: bytes
    token: bytes
    stamped_at: datetime


async def newest_checkpoint(conn: AsyncConnection, tenant: UUID) -> Published:
    """The checkpoint signed last, with its cosignatures; NoCheckpoint when none was signed yet."""
    found = await _checkpoints(conn, tenant, limit=1)
    if not found:
        raise NoCheckpoint
    return found[0]


async def checkpoint_at(conn: AsyncConnection, tenant: UUID, origin: str, size: int) -> Published:
    """The checkpoint of this size; SizeUnpublished when none was signed."""
    found = await _checkpoints(conn, tenant, origin=origin, size=size)
    if not found:
        raise SizeUnpublished(size, await published_size(conn, tenant, origin))
    return found[0]


async def _checkpoints(
    conn: AsyncConnection, tenant: UUID, *, origin: str | None = None, size: int | None = None, limit: int = 1
) -> list[Published]:
    statement = select(checkpoints).where(checkpoints.c.tenant_id == tenant)
    if origin is not None:
        statement = statement.where(checkpoints.c.origin == origin)
    if size is not None:
        statement = statement.where(checkpoints.c.size == size)
    # The clock of a checkpoint never runs backwards within a log, and its size grows.
    newest = statement.order_by(checkpoints.c.signed_at.desc(), checkpoints.c.size.desc()).limit(limit)
    return [
        Published(
            tenant,
            row.origin,
            row.size,
            row.root,
            row.note + await _witness_lines(conn, tenant, row.origin, row.size),
            row.signed_at,
            row.meta_origin,
            row.meta_index,
        )
        for row in (await conn.execute(newest)).all()
    ]


async def _witness_lines(conn: AsyncConnection, tenant: UUID, origin: str, size: int) -> bytes:
    """The newest line of each witness."""
    rows = await conn.execute(
        select(cosignatures.c.line)
        .ext(distinct_on(cosignatures.c.witness))
        .where(cosignatures.c.tenant_id == tenant, cosignatures.c.origin == origin, cosignatures.c.size == size)
        .order_by(cosignatures.c.witness, cosignatures.c.cosigned_at.desc())
    )
    return b"".join(line.encode() + b"\n" for line in rows.scalars())


async def hourly_checkpoints(conn: AsyncConnection, tenant: UUID, origin: str, below: int) -> list[tuple[int, bytes]]:
    """The last checkpoint of each hour whose size is less than ``below``, oldest first: size and note."""
    hour = func.date_trunc("hour", checkpoints.c.signed_at, "UTC")
    rows = await conn.execute(
        select(checkpoints.c.size, checkpoints.c.note)
        .ext(distinct_on(hour))
        .where(checkpoints.c.tenant_id == tenant, checkpoints.c.origin == origin, checkpoints.c.size < below)
        .order_by(hour, checkpoints.c.size.desc())
    )
    return sorted((row.size, row.note) for row in rows)


async def newest_origin(conn: AsyncConnection, tenant: UUID) -> str | None:
    """The origin of the log that was signed last; None before the first checkpoint."""
    found = await _checkpoints(conn, tenant, limit=1)
    return found[0].origin if found else None


async def published_size(conn: AsyncConnection, tenant: UUID, origin: str) -> int:
    """The size of the log's newest checkpoint; 0 before the first."""
    newest = select(func.max(checkpoints.c.size)).where(
        checkpoints.c.tenant_id == tenant, checkpoints.c.origin == origin
    )
    return await conn.scalar(newest) or 0


async def read_keys(conn: AsyncConnection, tenant: UUID) -> list[PublishedKey]:
    """Every key that has signed for the tenant's logs, the oldest first."""
    rows = await conn.execute(
        select(log_keys.c.origin, log_keys.c.vkey, log_keys.c.valid_from, log_keys.c.valid_until)
        .where(log_keys.c.tenant_id == tenant)
        .order_by(log_keys.c.valid_from, log_keys.c.vkey)
    )
    return [PublishedKey(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Report:
    """
    How it went when the checkpointer last said so.

    ``refusal`` is why nothing is signed at all, ``refused`` how many logs are not, ``warning`` whose word is missing.
    """

    reported_at: datetime
    refusal: str | None
    refused: int
    warning: str | None

    @property
    def is_well(self) -> bool:
        """Whether every log is signed."""
        return self.refusal is None and not self.refused


async def read_report(conn: AsyncConnection) -> Report | None:
    """The checkpointer's last report, in a snapshot of META; None before its first."""
    columns = checkpointer_reports.c
    statement = select(columns.reported_at, columns.refusal, columns.refused, columns.warning).where(
        columns.tenant_id == META
    )
    row = (await conn.execute(statement)).one_or_none()
    return None if row is None else Report(*row)


async def newest_timestamp(conn: AsyncConnection, tenant: UUID, origin: str) -> Stamped | None:
    """The last RFC 3161 token over a checkpoint of the log."""
    row = (
        await conn.execute(
            select(timestamps.c.size, timestamps.c.stamped, timestamps.c.token, timestamps.c.stamped_at)
            .where(timestamps.c.tenant_id == tenant, timestamps.c.origin == origin)
            .order_by(timestamps.c.stamped_at.desc())
            .limit(1)
        )
    ).one_or_none()
    return None if row is None else Stamped(*row)


async def read_meta_leaf(conn: AsyncConnection, tenant: UUID, meta_origin: str, meta_index: int) -> bytes | None:
    """What stands in a meta-log at this index, if it is this tenant's."""
    leaf = select(meta_leaves.c.body).where(
        meta_leaves.c.tenant_id == tenant,
        meta_leaves.c.meta_origin == meta_origin,
        meta_leaves.c.meta_index == meta_index,
    )
    return await conn.scalar(leaf)


async def read_tiles(conn: AsyncConnection, tenant: UUID, origin: str, wanted: Sequence[TileId]) -> dict[TileId, bytes]:
    """The hashes that each of these tiles has so far; a tile that does not exist is left out."""
    rows = await conn.execute(
        select(tiles.c.level, tiles.c.tile_index, tiles.c.hashes).where(
            tiles.c.tenant_id == tenant,
            tiles.c.origin == origin,
            tuple_(tiles.c.level, tiles.c.tile_index).in_(
                [tuple_(literal(each.level), literal(each.index)) for each in wanted]
            ),
        )
    )
    return {TileId(row.level, row.tile_index): row.hashes for row in rows}


async def inclusion_proof(conn: AsyncConnection, tenant: UUID, origin: str, index: int, size: int) -> list[bytes]:
    """
    The RFC 6962 §2.1.1 audit path of leaf ``index`` in the tree of ``size`` leaves, the leaf's sibling first.

    Raises SizeUnpublished unless index < size ≤ the size of the newest checkpoint.
    """
    published = await published_size(conn, tenant, origin)
    if not 0 <= index < size <= published:
        raise SizeUnpublished(size, published)
    return await _prove(conn, tenant, origin, inclusion_plan(index, size))


async def consistency_proof(conn: AsyncConnection, tenant: UUID, origin: str, old: int, new: int) -> list[bytes]:
    """
    The RFC 6962 §2.1.2 proof that the tree of ``new`` leaves extends that of ``old``.

    Raises SizeUnpublished unless 1 ≤ old ≤ new ≤ the size of the newest checkpoint.
    """
    published = await published_size(conn, tenant, origin)
    if not 1 <= old <= new <= published:
        raise SizeUnpublished(new, published)
    return await _prove(conn, tenant, origin, consistency_plan(old, new))


async def _prove(conn: AsyncConnection, tenant: UUID, origin: str, plan: ProofPlan) -> list[bytes]:
    places = tiles_of(plan.nodes)
    found = await read_tiles(conn, tenant, origin, list(places)) if places else {}
    nodes = {node: node_of(node, tile, found[tile]) for tile, wanted in places.items() for node in wanted}
    return list(plan.fold(nodes))
