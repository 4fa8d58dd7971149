"""
Evidence bundles: the parts that all of them have, and the two that show a range of the log, or all of it.

    full   every entry, as C2SP entry bundles
    range  the entries of a range, and of all others the leaf hashes: nothing in the range is missing
"""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import IO

from audit.entry import Json, timestamp
from audit.errors import EntriesPruned, EvidenceBroken
from audit.exporting.archive import Archive, Draft
from audit.exporting.cover import Cover
from audit.exporting.manifest import MANIFEST, asked_for, manifest
from audit.exporting.reading import Disclosures, Piece, Source, Watch, check_signed, leaf_at, lines_of
from audit.exporting.readme import FULL, RANGE, readme
from audit.exporting.records import Stored
from audit.merkle import Edge, node_hash
from audit.published import PublishedKey
from audit.signing import LogKey
from audit.tiles import HASH_BYTES, WIDTH, pack_entries, tile_path

_TILES_AT_ONCE = 4  # 1,024 entries
_EMPTY_TILES_AT_ONCE = 64  # where hashes alone are read


@dataclass(frozen=True, slots=True)
class Words:
    """What others say of the checkpoint, and what the reader is given of our own."""

    policy: str | None  # a C2SP tlog-policy, where witnesses are configured
    witnesses: Sequence[str]  # their verifier keys
    token: bytes | None  # an RFC 3161 answer over the note of the checkpoint


class Bundle:
    """An archive that becomes a bundle: what is added is hashed for the manifest, and a view is written beside it."""

    def __init__(self, draft: Draft, source: Source, cover: Cover) -> None:
        self.source = source
        self.cover = cover
        self.archive = Archive(draft.file)
        self.pruned = 0  # below which index bodies are gone, so that they are not in it
        self._view: IO[bytes] = draft.spool()

    def close(self) -> None:
        """Lets go of what is not finished, and of the view."""
        self.archive.abandon()
        self._view.close()

    def show(self, found: Sequence[Stored], disclosures: Disclosures) -> None:
        """Adds the disclosures of these entries, and the entries to the view."""
        for each in found:
            self._view.write(view_line(each))
            shown = disclosures.get(each.event_id)
            if shown:
                text = json.dumps([disclosure for _, disclosure in shown], separators=(",", ":"))
                self.archive.add(f"disclosures/{each.index}.json", text.encode() + b"\n")

    def finish(self, asked: Mapping[str, Json], keys: Sequence[LogKey], words: Words) -> None:
        """Adds what every bundle has, and the manifest last."""
        cover, archive, size = self.cover, self.archive, self.cover.checkpoint.size
        archive.add_from("view/entries.jsonl", self._view)
        archive.add("checkpoint", cover.checkpoint.note)
        for earlier, note in cover.earlier:
            archive.add(f"checkpoints/{earlier.size}", note)
        archive.add("keys/log.vkey", b"".join(_dated(each) for each in cover.keys))
        if cover.meta is not None:
            archive.add(f"meta/{cover.meta.index}.tlog-proof", cover.meta.encode())
            archive.add("keys/meta.vkey", _lines([each.vkey for each in cover.meta_keys]))
        if words.policy is not None:
            archive.add("keys/policy", words.policy.encode())
            archive.add("keys/witness.vkey", _lines(words.witnesses))
        if words.token is not None:
            archive.add(f"tsa/{size}.tsr", words.token)
        archive.add(
            "README.txt", readme(str(asked["kind"]), dict(asked), stamped=words.token is not None, pruned=self.pruned)
        )
        archive.add("verify.py", files("audit").joinpath("verifier.py").read_bytes())
        archive.add(MANIFEST, manifest(asked, archive.files, keys))
        archive.close(MANIFEST)


def view_line(entry: Stored) -> bytes:
    """One entry as people read it: byte for byte what stands in it, so that whoever verifies can make it again."""
    _, _, index, _, recorded_at, event_id, payload = lines_of(entry)
    head = b'{"index":%b,"recorded_at":"%b","event_id":"%b","payload":' % (index, recorded_at, event_id)
    return head + payload + b"}\n"


class Tree:
    """A Merkle tree's right edge, as leaves are added by the thousand (RFC 6962 §2.1)."""

    def __init__(self) -> None:
        self._size = 0
        self._stack: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """One more leaf hash."""
        joined, level = leaf, self._size
        while level & 1:
            joined = node_hash(self._stack.pop(), joined)
            level >>= 1
        self._stack.append(joined)
        self._size += 1

    def root(self) -> bytes:
        """The root over all leaves."""
        return Edge(self._size, tuple(self._stack)).root()


@dataclass(frozen=True, slots=True)
class Extent:
    """Which entries of a tree of ``size`` are shown: from ``first`` to ``end``, half-open."""

    first: int
    end: int
    size: int

    def spans(self) -> Iterator[range]:
        """All tiles in order, some at a time: fewer where entries are read with them."""
        tiles, at = -(-self.size // WIDTH), 0
        while at < tiles:
            shown = at + _TILES_AT_ONCE > self.first // WIDTH and at * WIDTH < self.end
            step = _TILES_AT_ONCE if shown else _EMPTY_TILES_AT_ONCE
            if not shown and at * WIDTH < self.first:
                step = min(step, self.first // WIDTH - at)
            yield range(at, min(at + step, tiles))
            at += step

    def shown_in(self, begin: int, end: int) -> range:
        """The indexes between two others that are shown."""
        return range(max(begin, self.first), max(min(end, self.end), begin, self.first))


async def write_range(bundle: Bundle, watch: Watch) -> dict[str, Json]:
    """
    Writes the entries of the export's range and the hashes of all others; returns the manifest's members.

    What was pruned of the range is left out, and said.  Raises EntriesPruned if that is all of it, BrokenChain with the
    first entry that is not what was signed, EvidenceBroken when the tree is another one.
    """
    export, size = bundle.source.export, bundle.cover.checkpoint.size
    end = size if export.end is None else export.end
    bundle.pruned = await bundle.source.pruned()
    if end <= bundle.pruned:
        raise EntriesPruned(bundle.pruned)
    extent, tree = Extent(max(export.first, bundle.pruned), end, size), Tree()
    for tiles in extent.spans():
        begin, until = tiles.start * WIDTH, min(tiles.stop * WIDTH, size)
        shown = extent.shown_in(begin, until)
        hashes, piece = await bundle.source.tiled_piece(tiles, shown.start, shown.stop)
        await asyncio.to_thread(_write_tiles, bundle, extent, tree, tiles, hashes, piece)
        await watch(max(0, min(until, end) - extent.first), end - extent.first)
    if tree.root() != bundle.cover.checkpoint.root:
        raise EvidenceBroken(f"the tree of {size} entries has another root than the one that was signed")
    kind = FULL if (extent.first, export.end) == (0, None) else RANGE
    return asked_for(export, kind, size=size, first=extent.first, end=end)


def _write_tiles(
    bundle: Bundle, extent: Extent, tree: Tree, tiles: range, hashes: Mapping[int, bytes], piece: Piece
) -> None:
    begin, until = tiles.start * WIDTH, min(tiles.stop * WIDTH, extent.size)
    shown = extent.shown_in(begin, until)
    check_signed(piece.entries, shown.start, shown.stop, hashes)
    for index in range(begin, until):
        tree.add(leaf_at(hashes, index))
    of_index = {each.index: each.body for each in piece.entries}
    for tile in tiles:
        _write_tile(bundle.archive, extent, tile, hashes[tile], of_index)
    bundle.show(piece.entries, piece.disclosures(bundle.source.export.tenant))


def _write_tile(archive: Archive, extent: Extent, tile: int, hashes: bytes, bodies: Mapping[int, bytes]) -> None:
    begin, end = tile * WIDTH, min(tile * WIDTH + WIDTH, extent.size)
    shown = extent.shown_in(begin, end)
    if len(shown) == end - begin:
        packed = pack_entries([bodies[index] for index in shown])
        archive.add(tile_path("entries", tile, end - begin), packed)
        return
    archive.add(tile_path(0, tile, end - begin), hashes[: (end - begin) * HASH_BYTES])
    for index in shown:
        archive.add(f"entries/{index}", bodies[index])


def _dated(key: PublishedKey) -> bytes:
    until = "-" if key.valid_until is None else timestamp(key.valid_until)
    return f"{key.vkey} {timestamp(key.valid_from)} {until}\n".encode()


def _lines(each: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in each).encode()
