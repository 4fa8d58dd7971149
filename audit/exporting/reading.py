"""
Reading what an export is made from, some hundred entries at a time, and hashing it again on the way.

Entries below a checkpoint's size never change, so that every look may have a snapshot of its own.
"""

import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.disclosure import digest_of
from audit.errors import BrokenChain, EvidenceBroken
from audit.exporting import store
from audit.exporting.fields import named
from audit.exporting.records import Export, SealedField, Stored
from audit.keys import unseal
from audit.merkle import Node, leaf_hash
from audit.pruning import pruned_to
from audit.published import read_tiles
from audit.reader import Snapshots
from audit.tenants import KeyRing
from audit.tiles import HASH_BYTES, WIDTH, TileId, node_of, tiles_of
from audit.work import disclosure_context

# The data keys of people who still have one, unwrapped: whose key was destroyed is left out.
ReadDataKeys: TypeAlias = Callable[[AsyncConnection, KeyRing, UUID, Collection[UUID]], Awaitable[Mapping[UUID, bytes]]]
# Disclosures by event: pairs of name and disclosure, sorted by name.
Disclosures: TypeAlias = Mapping[UUID, Sequence[tuple[str, str]]]
Watch: TypeAlias = Callable[[int, int], Awaitable[None]]  # told how many entries are done, and of how many


@dataclass(frozen=True, slots=True)
class Piece:
    """Some entries, the personal fields to disclose with them, still sealed, and the keys that open those."""

    entries: Sequence[Stored]
    fields: Sequence[SealedField]
    keys: Mapping[UUID, bytes]

    def disclosures(self, tenant: UUID) -> Disclosures:
        """
        Opens the fields; one whose person has no key any more is left out.

        Raises KeyUnusable, and BrokenChain for a field that its entry does not commit to: nobody could verify it.
        """
        of_event = {each.event_id: each for each in self.entries}
        found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
        for field in self.fields:
            key, entry = self.keys.get(field.contact), of_event[field.event_id]
            if key is None:
                continue
            disclosure = unseal(key, field.sealed, disclosure_context(tenant, field.event_id, field.name)).decode()
            if digest_of(disclosure) not in payload_of(entry).get("sd", ()):
                raise BrokenChain(entry.index, f"it does not commit to what is stored as its {field.name}")
            found[field.event_id].append((field.name, disclosure))
        return found


class Source:
    """Reads for one export."""

    def __init__(self, snapshots: Snapshots, ring: KeyRing, data_keys: ReadDataKeys, export: Export) -> None:
        self.export = export
        self._snapshots = snapshots
        self._ring = ring
        self._data_keys = data_keys

    async def piece(self, first: int, end: int, *, limit: int | None = None) -> Piece:
        """The entries of a half-open range, or those about the export's person; at most ``limit``."""
        async with self._snapshots.of(self.export.tenant) as conn:
            return await self._piece(conn, first, end, limit)

    async def tiled_piece(self, tiles: range, first: int, end: int) -> tuple[Mapping[int, bytes], Piece]:
        """The same with the leaf hashes that were signed, by tile."""
        wanted = [TileId(0, index) for index in tiles]
        async with self._snapshots.of(self.export.tenant) as conn:
            found = await read_tiles(conn, self.export.tenant, self.export.origin, wanted)
            piece = await self._piece(conn, first, end, None) if first < end else Piece((), (), {})
        return {tile.index: hashes for tile, hashes in found.items()}, piece

    async def pruned(self) -> int:
        """Below which index the bodies of the log's entries are gone."""
        async with self._snapshots.of(self.export.tenant) as conn:
            return await pruned_to(conn, self.export.tenant, self.export.origin)

    async def count(self, first: int, end: int) -> int:
        """How many entries of a range are about the export's person."""
        async with self._snapshots.of(self.export.tenant) as conn:
            return await store.count_of_person(conn, self.export, first, end)

    async def erasures(self, people: Collection[UUID]) -> Mapping[UUID, datetime]:
        """Those of these people who were erased by now, and when, whether or not the export has the entry of it."""
        async with self._snapshots.of(self.export.tenant) as conn:
            return await store.read_erasures(conn, self.export.tenant, people)

    async def nodes(self, wanted: Sequence[Node]) -> Mapping[Node, bytes]:
        """These nodes of the tree, computed from the stored tiles; EvidenceBroken if those do not have them."""
        places = tiles_of(wanted)
        async with self._snapshots.of(self.export.tenant) as conn:
            found = await read_tiles(conn, self.export.tenant, self.export.origin, list(places)) if places else {}
        try:
            return {node: node_of(node, tile, found[tile]) for tile, nodes in places.items() for node in nodes}
        except (KeyError, ValueError) as error:
            raise EvidenceBroken("the tiles do not have every hash that a proof needs") from error

    async def _piece(self, conn: AsyncConnection, first: int, end: int, limit: int | None) -> Piece:
        tenant, names = self.export.tenant, named(self.export.disclose)
        found = await store.read_stored(conn, self.export, first, end, limit=limit)
        if not names:
            return Piece(found, (), {})
        fields = await store.read_sealed(conn, tenant, [each.event_id for each in found], names)
        keys = await self._data_keys(conn, self._ring, tenant, {each.contact for each in fields})
        return Piece(found, fields, keys)


def check_hashes(found: Sequence[Stored]) -> None:
    """Hashes every body again; BrokenChain names the first whose bytes are not those that were hashed."""
    for each in found:
        if leaf_hash(each.body) != each.leaf_hash:
            raise BrokenChain(each.index, "its bytes do not have the hash that was stored")


def check_whole(found: Sequence[Stored], first: int, end: int) -> None:
    """BrokenChain with the first index from ``first`` to ``end`` that is missing."""
    for position, each in zip(range(first, end), found, strict=False):
        if each.index != position:
            raise BrokenChain(position, f"it is missing; entry {each.index} comes next")
    if len(found) < end - first:
        raise BrokenChain(first + len(found), "it is missing, and so is everything behind it")


def check_signed(found: Sequence[Stored], first: int, end: int, tiles: Mapping[int, bytes]) -> None:
    """
    Compares the entries of a range with the leaf hashes that were signed.

    Raises BrokenChain with the first that is missing or altered, EvidenceBroken when a tile is too short.
    """
    for position, each in zip(range(first, end), found, strict=False):
        if each.index == position and leaf_hash(each.body) != leaf_at(tiles, position):
            raise BrokenChain(position, "its bytes are not those that were signed")
        if each.index != position:
            break
    check_whole(found, first, end)


def leaf_at(tiles: Mapping[int, bytes], index: int) -> bytes:
    """The leaf hash of this index; EvidenceBroken if its tile does not have it."""
    at = index % WIDTH * HASH_BYTES
    leaf = tiles.get(index // WIDTH, b"")[at : at + HASH_BYTES]
    if len(leaf) != HASH_BYTES:
        raise EvidenceBroken(f"the tiles have no hash of entry {index}")
    return leaf


def payload_of(entry: Stored) -> Mapping[str, Any]:  # Any: JSON, of which each reader knows its part.
    """The payload as it is written; the bytes MUST have been checked."""
    try:
        payload = json.loads(lines_of(entry)[6])
    except ValueError as error:
        raise BrokenChain(entry.index, "its payload is no JSON") from error
    if not isinstance(payload, dict):
        raise BrokenChain(entry.index, "its payload is no JSON object")
    return payload


def lines_of(entry: Stored) -> Sequence[bytes]:
    """The seven lines of an entry, without their line feeds."""
    *lines, end = entry.body.split(b"\n")
    if len(lines) != 7 or end:
        raise BrokenChain(entry.index, "it does not have the seven lines of an entry")
    return lines
