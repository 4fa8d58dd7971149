"""
A bundle about one person: each of their entries with a proof that it is in the signed tree.

A selection does not prove that it is complete.  It also proves that the tree extends the earlier checkpoints in it,
since whoever has no hashes of the other entries cannot compute that.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence

from audit.checkpoint import InclusionProof, consistency_body
from audit.entry import Json
from audit.errors import BrokenChain, EvidenceBroken
from audit.exporting.bundle import Bundle
from audit.exporting.manifest import asked_for
from audit.exporting.reading import Piece, Watch, check_hashes, payload_of
from audit.exporting.readme import DOSSIER
from audit.merkle import Node, ProofPlan, consistency_plan, inclusion_plan, verify_consistency, verify_inclusion

_ENTRIES_AT_ONCE = 512
_PROOFS_AT_ONCE = 128


async def write_dossier(bundle: Bundle, watch: Watch) -> dict[str, Json]:
    """
    Writes every entry about the export's person, with its proof; returns the manifest's members.

    Raises BrokenChain with the first entry that is not in the signed tree, or is not about this person.
    """
    export, size = bundle.source.export, bundle.cover.checkpoint.size
    bundle.pruned = await bundle.source.pruned()
    total, done = await bundle.source.count(0, size), 0
    async for piece in _pieces(bundle, size):
        plans = [inclusion_plan(each.index, size) for each in piece.entries]
        nodes = await bundle.source.nodes([node for plan in plans for node in plan.nodes])
        await asyncio.to_thread(_write_entries, bundle, piece, plans, nodes)
        done += len(piece.entries)
        await watch(done, total)
    await _write_consistency(bundle)
    return asked_for(export, DOSSIER, size=size, first=0, end=size)


async def _pieces(bundle: Bundle, size: int) -> AsyncIterator[Piece]:
    first = 0
    while True:
        piece = await bundle.source.piece(first, size, limit=_ENTRIES_AT_ONCE)
        if not piece.entries:
            return
        yield piece
        first = piece.entries[-1].index + 1


def _write_entries(bundle: Bundle, piece: Piece, plans: Sequence[ProofPlan], nodes: Mapping[Node, bytes]) -> None:
    checkpoint, contact = bundle.cover.checkpoint, str(bundle.source.export.contact)
    check_hashes(piece.entries)
    for each, plan in zip(piece.entries, plans, strict=True):
        hashes = plan.fold(nodes)
        if not verify_inclusion(
            leaf=each.leaf_hash, index=each.index, size=checkpoint.size, hashes=hashes, root=checkpoint.root
        ):
            raise BrokenChain(each.index, "its bytes are not those that were signed")
        if payload_of(each).get("contact") != contact:
            raise BrokenChain(each.index, "it is not about the person under whom it is filed")
        bundle.archive.add(f"entries/{each.index}", each.body)
        proof = InclusionProof(each.index, hashes, checkpoint.note)
        bundle.archive.add(f"proofs/{each.index}.tlog-proof", proof.encode())
    bundle.show(piece.entries, piece.disclosures(bundle.source.export.tenant))


async def _write_consistency(bundle: Bundle) -> None:
    checkpoint, earlier = bundle.cover.checkpoint, bundle.cover.earlier
    for at in range(0, len(earlier), _PROOFS_AT_ONCE):
        trees = [tree for tree, _ in earlier[at : at + _PROOFS_AT_ONCE] if tree.size]
        plans = [consistency_plan(tree.size, checkpoint.size) for tree in trees]
        nodes = await bundle.source.nodes([node for plan in plans for node in plan.nodes])
        for tree, plan in zip(trees, plans, strict=True):
            hashes = plan.fold(nodes)
            if not verify_consistency(
                old=tree.size, new=checkpoint.size, hashes=hashes, old_root=tree.root, new_root=checkpoint.root
            ):
                raise EvidenceBroken(f"the checkpoint of size {checkpoint.size} does not extend that of {tree.size}")
            proof = consistency_body(tree.size, hashes, checkpoint.note)
            bundle.archive.add(f"proofs/consistency/{tree.size}-{checkpoint.size}", proof)
