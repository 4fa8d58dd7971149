"""
One key follows another: to the instant, with nothing unsigned in between.
"""

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from audit.errors import SignatureMissing
from audit.note import VerifierKey, parse_note, verified
from audit.origins import META
from audit.published import Published, read_keys
from audit.publishing.checkpointer import Checkpointer
from audit.signing import LogKey, SigningSecret, SigningSecrets
from server.db import checkpointer_engine
from tests.audit.ledger import MONDAY
from tests.audit.publishing.office import DEPLOYMENT, SECRET, Office

OTHER, THIRD = b"o" * 32, b"t" * 32
UNTIL = MONDAY + timedelta(days=7)
INSTANT = timedelta(microseconds=1)


def secrets(*ended: tuple[bytes, datetime], current: bytes) -> SigningSecrets:
    """
    Earlier secrets with the moments at which they end, and the one that signs now.
    """
    return SigningSecrets((*(SigningSecret(*each) for each in ended), SigningSecret(current)))


OLD, BOTH = secrets(current=SECRET), secrets((SECRET, UNTIL), current=OTHER)


def signer(place: Office, held: SigningSecrets) -> Checkpointer:
    """
    A checkpointer with these secrets.
    """
    return Checkpointer(
        checkpointer_engine(place.log.url),
        place.guard,
        secrets=lambda: held,
        deployment=DEPLOYMENT,
        heartbeat=timedelta(hours=1),
    )


async def signed(place: Office, held: SigningSecrets, now: datetime) -> tuple[list[Published], dict[UUID, str]]:
    """
    The log's and the meta-log's checkpoints of a round at ``now`` with something new; and what was refused.
    """
    await place.write(1)
    checkpointer = signer(place, held)
    try:
        outcome = await checkpointer.run_once(now)
    finally:
        await checkpointer.close()
    assert outcome is not None
    return [await place.newest(), await place.newest(META)], dict(outcome.refused)


def keys_of(published: Published, *materials: bytes) -> list[bytes]:
    """
    Which of these secrets' keys have signed, in the order of the lines.
    """
    keys = {LogKey.from_secret(each, published.origin).key: each for each in materials}
    by_id = {key.key_id: material for key, material in keys.items()}
    return [by_id[each.key_id] for each in verified(parse_note(published.note), keys)]


def test_to_the_instant(play):
    """
    Before the rotation the old key alone; then both, the old one's line first, up to the last instant; then the new alone.
    """

    async def scene(place: Office) -> list[list[bytes]]:
        moments = [
            (OLD, MONDAY),
            (BOTH, MONDAY + INSTANT),
            (BOTH, UNTIL - INSTANT),
            (BOTH, UNTIL),
            (secrets(current=OTHER), UNTIL + INSTANT),
        ]
        found = []
        for held, now in moments:
            published, refused = await signed(place, held, now)
            assert refused == {}
            by = [keys_of(each, SECRET, OTHER) for each in published]
            assert by[0] == by[1]
            found.append(by[0])
        return found

    assert play(scene) == [[SECRET], [SECRET, OTHER], [SECRET, OTHER], [OTHER], [OTHER]]


@pytest.mark.parametrize("material", [SECRET, OTHER])
def test_during_the_overlap_either_key_is_enough(play, material):
    """
    Whoever knows only one of them verifies, and ignores the other's line; a stranger verifies nothing.
    """

    async def scene(place: Office) -> Published:
        return (await signed(place, BOTH, MONDAY))[0][0]

    published = play(scene)
    note = parse_note(published.note)

    assert len(note.signatures) == 2
    assert len(verified(note, [LogKey.from_secret(material, published.origin).key])) == 1
    with pytest.raises(SignatureMissing):
        verified(note, [LogKey.from_secret(THIRD, published.origin).key])


def test_the_validity_of_every_key_is_kept(play):
    """
    From its first signature to its end, for each log; also for one that is opened while two keys sign, and one at rest.
    """

    async def scene(place: Office) -> None:
        await signed(place, OLD, MONDAY)
        await signed(place, BOTH, MONDAY + timedelta(hours=1))
        await signed(place, secrets((SECRET, UNTIL), (OTHER, UNTIL), current=THIRD), UNTIL)
        for tenant in (place.log.tenant, META):
            async with place.log.snapshots.of(tenant) as conn:
                keys = await read_keys(conn, tenant)
            origin = keys[0].origin
            ends = {key.vkey: (key.valid_from, key.valid_until) for key in keys}
            expected = [LogKey.from_secret(each, origin).verifier() for each in (SECRET, OTHER, THIRD)]
            assert ends == {
                expected[0]: (MONDAY, UNTIL),
                expected[1]: (MONDAY + timedelta(hours=1), UNTIL),
                expected[2]: (UNTIL, None),
            }
            assert all(VerifierKey.parse(each) for each in ends)

    play(scene)


def test_a_key_was_valid_whenever_it_signed(play):
    """
    Also in the round between the moment at which it was to end and the one at which the next secret was at hand.
    """

    async def scene(place: Office) -> None:
        await signed(place, OLD, MONDAY)
        late = MONDAY + timedelta(seconds=2)
        await signed(place, OLD, late)
        await signed(
            place, secrets((SECRET, MONDAY + timedelta(seconds=1)), current=OTHER), MONDAY + timedelta(seconds=3)
        )
        for tenant in (place.log.tenant, META):
            async with place.log.snapshots.of(tenant) as conn:
                old, new = await read_keys(conn, tenant)
            assert (old.valid_from, old.valid_until) == (MONDAY, late + INSTANT)
            assert (new.valid_from, new.valid_until) == (MONDAY + timedelta(seconds=3), None)

    play(scene)


@pytest.mark.parametrize("held", [OLD, secrets(current=THIRD)], ids=["the old one alone", "one out of nowhere"])
def test_who_lacks_the_newest_secret_signs_nothing(play, held):
    """
    Its checkpoints would lack the signature that everybody has come to expect: it is refused loudly, and all stays as it was.
    """

    async def scene(place: Office) -> None:
        before, _ = await signed(place, BOTH, MONDAY)
        after, refused = await signed(place, held, MONDAY + timedelta(hours=1))
        assert [each.size for each in after] == [each.size for each in before]
        assert refused[META].startswith("other keys: ")
        again, refused = await signed(place, BOTH, MONDAY + timedelta(hours=2))
        assert refused == {}
        assert again[0].size == before[0].size + 2

    play(scene)


def test_a_running_checkpointer_takes_the_new_secret_up(play):
    """
    Without a restart, in the next round; a compromised key signs nothing more from that moment.
    """

    async def scene(place: Office) -> list[list[bytes]]:
        held = [OLD]
        checkpointer = Checkpointer(
            checkpointer_engine(place.log.url),
            place.guard,
            secrets=lambda: held[0],
            deployment=DEPLOYMENT,
            heartbeat=timedelta(hours=1),
        )
        found = []
        moments = [MONDAY + timedelta(minutes=at) for at in range(3)]
        for now, given in zip(moments, (OLD, BOTH, secrets((SECRET, moments[2]), current=OTHER)), strict=True):
            held[0] = given
            await place.write(2)
            await checkpointer.run_once(now)
            found.append(keys_of(await place.newest(), SECRET, OTHER))
        await checkpointer.close()
        return found

    assert play(scene) == [[SECRET], [SECRET, OTHER], [OTHER]]


def test_sizes_grow_across_the_boundary_without_a_gap(play):
    """
    Every checkpoint of a week around a rotation is one that its predecessor leads to.
    """

    async def scene(place: Office) -> list[int]:
        sizes = []
        for hour in range(0, 14 * 24, 12):
            now = MONDAY + timedelta(hours=hour)
            published, refused = await signed(place, OLD if hour == 0 else BOTH, now)
            assert refused == {}
            sizes.append(published[0].size)
        return sizes

    assert all(later == earlier + 1 for earlier, later in pairwise(play(scene)))
