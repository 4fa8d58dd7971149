"""
What is signed, and what is not signed any more.
"""

from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from audit.merkle import leaf_hash, verify_consistency, verify_inclusion
from audit.origins import META
from audit.published import (
    checkpoint_at,
    consistency_proof,
    inclusion_proof,
    read_keys,
    read_meta_leaf,
)
from audit.publishing.guard import Guard
from audit.tenants import OpenTenant
from audit.verification import root_of
from tests.audit.publishing.office import Office, checkpointer

T = TypeVar("T")
BODY = "UPDATE entries SET body = set_byte(body, octet_length(body) - 5, 88) WHERE tenant_id = :tenant AND entry_index"


def test_what_was_recorded_is_signed(play):
    """
    The checkpoint has the log's origin, its size and the root over its entries, and so has every later one.
    """

    async def scene(place: Office) -> None:
        for count in (0, 1, 254, 1, 1, 600):
            await place.write(count)
            await place.sign_all()
            leaves = await place.leaves()
            signed = await place.opened()

            assert (signed.size, signed.root) == (len(leaves), root_of(leaves))

    play(scene)


def test_every_proof_comes_from_tiles(play):
    """
    Any entry in any signed tree, and any tree from any earlier one: the proofs hold for the signed roots.
    """

    async def scene(place: Office) -> None:
        sizes = []
        for count in (2, 252, 1, 1, 1, 300):
            await place.write(count)
            await place.sign_all()
            sizes.append((await place.newest()).size)
        leaves, tenant = await place.leaves(), place.log.tenant
        origin = (await place.newest()).origin
        async with place.log.snapshots.of(tenant) as conn:
            roots = {size: (await checkpoint_at(conn, tenant, origin, size)).root for size in sizes}
            for size in sizes:
                for index in {0, 1, size // 2, 255, 256, size - 2, size - 1} & {*range(size)}:
                    hashes = await inclusion_proof(conn, tenant, origin, index, size)

                    assert verify_inclusion(
                        leaf=leaves[index], index=index, size=size, hashes=hashes, root=roots[size]
                    ), (index, size)
            for old in sizes:
                for new in (size for size in sizes if size >= old):
                    hashes = await consistency_proof(conn, tenant, origin, old, new)

                    assert verify_consistency(
                        old=old, new=new, hashes=hashes, old_root=roots[old], new_root=roots[new]
                    ), (old, new)

    play(scene)


def test_a_long_log_is_signed_in_steps(play):
    """
    More entries than one round takes: every step is signed, the last one over all.
    """

    async def scene(place: Office) -> None:
        await place.write(5_200)
        first = await place.sign()
        last = await place.sign_all()

        assert (first.more, first.signed[0].size, last.signed[0].size) == (True, 5_000, 5_201)
        assert (await place.opened()).root == root_of(await place.leaves())

    play(scene)


def test_the_meta_log_holds_every_checkpoint(play):
    """
    Each tenant's checkpoint is a leaf of it, word for word, and is proven to be in the tree that its own key signs.
    """

    async def scene(place: Office) -> None:
        other = UUID(int=7)
        await place.log.write(OpenTenant(other, "Other", "venia.test/t/other", "test"))
        await place.sign()
        await place.write(3)
        await place.sign()
        meta = await place.meta()

        assert meta.size == 3
        for tenant in (place.log.tenant, other):
            newest = await place.newest(tenant)
            async with place.log.snapshots.of(tenant) as conn:
                leaf = await read_meta_leaf(conn, tenant, meta.origin, newest.meta_index or 0)
            async with place.log.snapshots.of(META) as conn:
                hashes = await inclusion_proof(conn, META, meta.origin, newest.meta_index or 0, meta.size)

            assert leaf == newest.note.partition(b"\n\n")[0] + b"\n"
            assert verify_inclusion(
                leaf=leaf_hash(leaf), index=newest.meta_index or 0, size=meta.size, hashes=hashes, root=meta.root
            )

    play(scene)


def test_nothing_new_is_not_signed_again_until_a_sign_of_life_is_due(play):
    """
    An idle log keeps its checkpoint; the meta-log gets a heartbeat once an hour.
    """

    async def scene(place: Office) -> None:
        await place.sign()
        before = await place.meta()
        idle = await place.sign(seconds=60)
        unchanged = await place.meta()
        await place.sign(seconds=3600)
        after = await place.meta()
        async with place.log.snapshots.of(META) as conn:
            beat = await read_meta_leaf(conn, META, after.origin, after.size - 1)

        assert (idle.signed, unchanged) == ((), before)
        assert after.size == before.size + 1
        assert beat == f"venia-heartbeat/v1\nvenia.test/meta\n{place.now:%Y-%m-%dT%H:%M:%S}.000000Z\n".encode()

    play(scene)


def test_the_key_of_a_log_is_published_with_its_first_day(play):
    """
    Once for each log, with the moment from which it signs.
    """

    async def scene(place: Office) -> None:
        await place.sign()
        first = place.now
        await place.write(1)
        await place.sign()
        async with place.log.snapshots.of(place.log.tenant) as conn:
            keys = await read_keys(conn, place.log.tenant)

        assert [(key.origin, key.valid_from, key.valid_until) for key in keys] == [
            ((await place.newest()).origin, first, None)
        ]

    play(scene)


def test_one_database_has_one_checkpointer(play):
    """
    A second one does nothing as long as the first one lives, and takes over after it.
    """

    async def scene(place: Office) -> None:
        second = checkpointer(place.log.url, place.guard)
        await place.sign()
        await place.write(1)
        waits = await second.run_once(place.now)
        await place.checkpointer.close()
        takes_over = await second.run_once(place.now)
        await second.close()

        assert waits is None
        assert takes_over is not None
        assert takes_over.signed[0].size == 2

    play(scene)


def test_a_lost_guard_stops_everything_until_the_operator_says_so(play, tmp_path):
    """
    A guard that knows nothing signs nothing beyond what was published; ``adopt`` takes what was published as promised.
    """

    async def scene(place: Office) -> None:
        await place.write(3)
        await place.sign()
        await place.checkpointer.close()
        empty = checkpointer(place.log.url, Guard(tmp_path / "empty"))
        refused = await empty.run_once(place.now)
        adopted = await empty.adopt()
        await place.write(1)
        outcome = await empty.run_once(place.now + timedelta(seconds=1))
        await empty.close()

        assert refused is not None
        assert next(iter(refused.refused.values())).startswith("unguarded")
        assert adopted == 2
        assert outcome is not None
        assert (outcome.signed[0].size, outcome.refused) == (5, {})

    play(scene)


def test_a_guard_taken_back_is_noticed(play, tmp_path):
    """
    An older copy of the guard, restored with a backup, knows less than what was published.
    """

    async def scene(place: Office) -> None:
        await place.sign()
        old = (tmp_path / "guard.sqlite3").read_bytes()
        await place.write(1)
        await place.sign()
        (tmp_path / "guard.sqlite3").write_bytes(old)
        await place.write(1)
        await place.checkpointer.close()
        outcome = await place.sign()

        assert next(iter(outcome.refused.values())).startswith("unguarded: the meta-log has 2 leaves")
        assert outcome.signed == ()

    play(scene)
