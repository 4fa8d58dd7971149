"""
What every bundle stands on: the checkpoint that covers it, earlier ones, keys, and its place in the meta-log.

The first checkpoint that has the export's own entry is taken, so that the same export made again is the same.
Everything is verified here as its receiver will: evidence that does not hold is never handed out.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.checkpoint import Checkpoint, InclusionProof, open_checkpoint
from audit.errors import EvidenceBroken, NotCovered
from audit.exporting import store
from audit.exporting.records import Export
from audit.merkle import leaf_hash, verify_inclusion
from audit.note import VerifierKey, parse_note
from audit.origins import META
from audit.published import Published, PublishedKey, checkpoint_at, hourly_checkpoints, inclusion_proof, read_keys
from audit.quorum import Policy
from audit.reader import Snapshots

_LOOK_AGAIN = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Patience:
    """For how long to wait, in seconds: for a checkpoint, and then for enough witnesses."""

    checkpoint: float = 30.0
    witnesses: float = 10.0


@dataclass(frozen=True, slots=True)
class Cover:
    """A checkpoint and what speaks for it."""

    checkpoint: Published
    keys: Sequence[PublishedKey]
    earlier: Sequence[tuple[Checkpoint, bytes]]  # the last checkpoint of each hour before, with its note
    meta: InclusionProof | None  # None where no meta-log took the checkpoint up
    meta_keys: Sequence[PublishedKey]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a checkpoint stands in which meta-log."""

    origin: str
    index: int


async def find_cover(snapshots: Snapshots, export: Export, *, policy: Policy | None, patience: Patience) -> Cover:
    """
    Waits for the checkpoint that covers the export's own entry, and reads what speaks for it.

    Raises NotCovered after waiting in vain, and EvidenceError for what does not verify.
    """
    checkpoint = await _wait_for_checkpoint(snapshots, export, patience.checkpoint)
    async with snapshots.of(export.tenant) as conn:
        keys = [key for key in await read_keys(conn, export.tenant) if key.origin == export.origin]
        hourly = await hourly_checkpoints(conn, export.tenant, export.origin, checkpoint.size)
    earlier = [(_opened(note, keys, policy, size=size), note) for size, note in hourly]
    if _opened(checkpoint.note, keys, policy, size=checkpoint.size).root != checkpoint.root:
        raise EvidenceBroken(f"the checkpoint of size {checkpoint.size} says another root than was published")
    if checkpoint.meta_origin is None or checkpoint.meta_index is None:
        return Cover(checkpoint, keys, earlier, None, ())
    async with snapshots.of(META) as conn:
        meta_keys = [key for key in await read_keys(conn, META) if key.origin == checkpoint.meta_origin]
    place = _Place(checkpoint.meta_origin, checkpoint.meta_index)
    meta = await _wait_for_witnesses(snapshots, place, policy, patience.witnesses)
    proof = await _prove(snapshots, meta, place, checkpoint)
    if _opened(meta.note, meta_keys, policy, size=meta.size).root != meta.root:
        raise EvidenceBroken(f"the meta-log's checkpoint of size {meta.size} says another root than was published")
    return Cover(checkpoint, keys, earlier, proof, meta_keys)


async def _wait_for_checkpoint(snapshots: Snapshots, export: Export, seconds: float) -> Published:
    deadline = time.monotonic() + seconds
    while True:
        async with snapshots.of(export.tenant) as conn:
            size = await store.first_covering(conn, export.tenant, export.origin, export.entry_index)
            if size is not None:
                return await checkpoint_at(conn, export.tenant, export.origin, size)
        if time.monotonic() >= deadline:
            raise NotCovered(export.entry_index)
        await asyncio.sleep(_LOOK_AGAIN)


async def _wait_for_witnesses(snapshots: Snapshots, place: _Place, policy: Policy | None, seconds: float) -> Published:
    """The first checkpoint of the meta-log that has this leaf and enough witnesses; without enough, the first."""
    deadline = time.monotonic() + seconds
    while True:
        async with snapshots.of(META) as conn:
            first = await _first_of_meta(conn, place)
            if policy is None or policy.is_met(witnesses_of(first.note, policy)):
                return first
            for size in await store.cosigned_sizes(conn, META, place.origin, place.index):
                found = await checkpoint_at(conn, META, place.origin, size)
                if policy.is_met(witnesses_of(found.note, policy)):
                    return found
        if time.monotonic() >= deadline:
            return first
        await asyncio.sleep(_LOOK_AGAIN)


async def _first_of_meta(conn: AsyncConnection, place: _Place) -> Published:
    size = await store.first_covering(conn, META, place.origin, place.index)
    if size is None:
        raise EvidenceBroken(f"no checkpoint of the meta-log has its leaf {place.index}")
    return await checkpoint_at(conn, META, place.origin, size)


async def _prove(snapshots: Snapshots, meta: Published, place: _Place, checkpoint: Published) -> InclusionProof:
    async with snapshots.of(META) as conn:
        hashes = await inclusion_proof(conn, META, meta.origin, place.index, meta.size)
    leaf = leaf_hash(parse_note(checkpoint.note).text.encode())
    if not verify_inclusion(leaf=leaf, index=place.index, size=meta.size, hashes=hashes, root=meta.root):
        raise EvidenceBroken(f"leaf {place.index} of the meta-log is not this checkpoint")
    return InclusionProof(place.index, tuple(hashes), meta.note)


def witnesses_of(note: bytes, policy: Policy) -> set[str]:
    """
    The policy's names of its witnesses that cosigned the note.

    Raises EvidenceBroken where a cosignature is wrong: whoever knows the witness rejects the whole note for it.
    """
    signed = parse_note(note)
    found = set()
    for witness in policy.witnesses:
        for signature in signed.signatures:
            if witness.key.made(signature):
                if not witness.key.verify(signed.text, signature.payload):
                    raise EvidenceBroken(f"the cosignature by {witness.name} is wrong")
                found.add(witness.name)
    return found


def _opened(note: bytes, keys: Sequence[PublishedKey], policy: Policy | None, *, size: int) -> Checkpoint:
    """The checkpoint, verified with the log's keys; EvidenceError if it is not theirs or of another size."""
    checkpoint, _ = open_checkpoint(note, *(VerifierKey.parse(key.vkey) for key in keys))
    if checkpoint.size != size:
        raise EvidenceBroken(f"the checkpoint of size {size} says that it is of size {checkpoint.size}")
    if policy is not None:
        witnesses_of(note, policy)
    return checkpoint
