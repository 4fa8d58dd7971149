"""
One step along a stored log: its entries hashed again, and head, tiles and checkpoints held against them.

A step ends where the newest checkpoint does, so that its mark may say how far a log was verified.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from audit.checking import store
from audit.checking.rows import EXTRA, LOST, Difference, Told
from audit.checking.walking import (
    Head,
    LogDamaged,
    Mark,
    Step,
    expected_tile,
    other_head,
    other_roots,
    other_tiles,
    step,
    tile_name,
)
from audit.checkpoint import open_checkpoint
from audit.errors import EvidenceError, UnknownTenant
from audit.link import AnyConnection
from audit.note import VerifierKey
from audit.origins import origin_of
from audit.tiles import TileId, edge_tiles

_MOST_BEYOND = 1000


@dataclass(frozen=True, slots=True)
class Walked:
    """
    What a step found: where it came to, what the entries say, where what is stored differs, and what it must be.

    ``checkpoint`` is whether the mark stands at the log's newest checkpoint, and that is what the log's key signed.
    """

    origin: str
    mark: Mark
    told: Sequence[Told]
    differences: Sequence[Difference]
    tiles: Mapping[TileId, bytes]  # those that differ, as they must be; empty where there must be none
    head: Head | None  # as it must be, if it differs
    is_end: bool
    is_last: bool  # of the tenant's logs
    checkpoint: bool
    published: int  # the size of the newest checkpoint; 0 if there is none
    entries: int  # in this log


async def walk(conn: AnyConnection, tenant: UUID, mark: Mark, limit: int) -> Walked:
    """
    The next step from a mark, of at most ``limit`` entries; the tenant's connection MUST see one moment.

    Raises UnknownTenant, and LogDamaged where entries are not what was recorded.
    """
    head = await store.read_head(conn, tenant)
    if head is None:
        raise UnknownTenant(tenant)
    origin = origin_of(head.origin, mark.incarnation)
    mark = mark if mark.size else await _begin(conn, tenant, origin, mark)
    published, note = await _newest(conn, tenant, origin)
    stored = await store.read_stored(conn, tenant, mark.incarnation, mark.size, limit)
    if mark.size < published < mark.size + len(stored):
        stored = stored[: published - mark.size]
    signed = await store.read_signed(conn, tenant, origin, mark.size, mark.size + len(stored))
    found = step(mark, origin, stored, signed)
    entries = await store.read_end(conn, tenant, mark.incarnation)
    differences = list(other_roots(origin, mark.incarnation, signed, found.roots))
    others = other_tiles(
        origin, mark, found, await store.read_tiles(conn, tenant, origin, list(found.tiles)), published
    )
    tiles = {tile: expected_tile(tile, found.tiles[tile], published) for tile in others}
    differences += others.values()
    is_end = found.mark.size >= entries
    other = None
    if is_end:
        other = _end(head, found, published, differences)
        tiles |= await _beyond(conn, tenant, origin, published, differences)
    checkpoint = bool(note) and found.mark.size == published and not differences
    if checkpoint:
        differences += await _unsigned(conn, tenant, origin, found.mark, note)
    is_verified, is_last = checkpoint and not differences, mark.incarnation >= head.incarnation
    return Walked(
        origin, found.mark, found.told, differences, tiles, other, is_end, is_last, is_verified, published, entries
    )


async def _newest(conn: AnyConnection, tenant: UUID, origin: str) -> tuple[int, bytes]:
    """Size and note of the log's largest checkpoint; nothing where there is none."""
    newest = await store.read_published(conn, tenant, origin)
    return (0, b"") if newest is None else (newest[0], newest[2])


async def _begin(conn: AnyConnection, tenant: UUID, origin: str, mark: Mark) -> Mark:
    """The mark at which a log's entries begin: behind those that were pruned, on the tree that was signed for them."""
    pruned = await store.read_pruned(conn, tenant, origin)
    if pruned is None:
        return mark
    size, root = pruned
    tiles = await store.read_tiles(conn, tenant, origin, [*edge_tiles(size), TileId(0, (size - 1) >> 8)])
    last = tiles.get(TileId(0, (size - 1) >> 8), b"")[-32:]
    partial = {each.level: tiles.get(each, b"") for each in edge_tiles(size)}
    begun = replace(mark, size=size, partial=partial, last_leaf=last, tombstones=None)
    try:
        whole = begun.edge().root() == root
    except ValueError:
        whole = False
    if not whole:
        raise LogDamaged(mark.incarnation, size - 1, "the tiles do not make the tree that was pruned")
    return begun


def _end(head: Head, found: Step, published: int, differences: list[Difference]) -> Head | None:
    """At the end of a log nothing may be told of entries that are not there; returns the head as it must be."""
    size, incarnation = found.mark.size, found.mark.incarnation
    if published > size:
        raise LogDamaged(incarnation, size, f"it is missing, and a checkpoint of {published} entries was signed")
    if incarnation < head.incarnation:
        return None
    if head.size > size:
        raise LogDamaged(incarnation, size, f"it is missing, and the head tells of {head.size} entries")
    others = list(other_head(head, found.mark, found.edge))
    differences += others
    must = Head(head.origin, incarnation, size, found.edge.to_bytes(), found.mark.last_leaf, found.mark.last_at)
    return must if others else None


async def _beyond(
    conn: AnyConnection, tenant: UUID, origin: str, published: int, differences: list[Difference]
) -> dict[TileId, bytes]:
    extra = await store.tiles_beyond(conn, tenant, origin, published, limit=_MOST_BEYOND)
    known = {each.row for each in differences}
    extra = [each for each in extra if tile_name(origin, each) not in known]
    differences += [Difference("tiles", tile_name(origin, each), EXTRA) for each in extra]
    return dict.fromkeys(extra, b"")


async def _unsigned(conn: AnyConnection, tenant: UUID, origin: str, mark: Mark, note: bytes) -> list[Difference]:
    """A checkpoint that none of the log's keys has signed, or that says something else than its row."""
    keys = [VerifierKey.parse(each) for each in await store.read_vkeys(conn, tenant, origin)]
    try:
        says = open_checkpoint(note, *keys)[0]
        why = "it says something else than its row" if says.root != mark.edge().root() else None
    except EvidenceError as error:
        why = str(error).rstrip(".")
    place = mark.incarnation, mark.size - 1
    return (
        [] if why is None else [Difference("checkpoints", f"{origin} {mark.size}", LOST, "note", entry=place, why=why)]
    )
