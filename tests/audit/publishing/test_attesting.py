"""
Witnesses cosign the meta-log and whichever log the policy names; an authority dates the meta-log.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import httpx

from audit.note import VerifierKey, parse_note, verified
from audit.origins import META
from audit.published import newest_timestamp
from audit.publishing.attesting import Attestor
from audit.quorum import parse_policy
from audit.signing import LogKey, WitnessKey
from audit.timestamps import check_token
from audit.witnessing.state import WitnessState
from audit.witnessing.witness import Witness
from server.db import checkpointer_engine
from server.witness import create_witness_app
from tests.audit.authority import Authority, answering
from tests.audit.publishing.office import SECRET, Office

FIRST, SECOND = (WitnessKey.from_secret(b"w" * 32, f"witness.example/{name}") for name in ("w1", "w2"))
META_KEY = LogKey.from_secret(SECRET, "venia.test/meta").key


def working(place: Office, folder: Path, key: WitnessKey, *logs: VerifierKey) -> httpx.AsyncBaseTransport:
    """
    A real witness, as its application answers.
    """
    witness = Witness(WitnessState(folder / f"{key.name.rpartition('/')[2]}.sqlite3"), key, logs)
    return httpx.ASGITransport(cast("Any", create_witness_app(witness, lambda: place.now)))  # Any: the same ASGI.


@asynccontextmanager
async def attestor(
    place: Office, *ways: httpx.AsyncBaseTransport, logs: str = "", quorum: str = "all", authority: str | None = None
) -> AsyncIterator[Attestor]:
    """
    Asks two witnesses, over these ways.
    """
    policy = parse_policy(
        f"{logs}witness first {FIRST.verifier()} http://first.example\n"
        f"witness second {SECOND.verifier()} http://second.example\n"
        f"group enough {quorum} first second\nquorum enough\n"
    )
    mounts = dict(zip(("all://first.example", "all://second.example"), ways, strict=True)) if ways else {}
    engine = checkpointer_engine(place.log.url)
    try:
        async with httpx.AsyncClient(mounts=mounts, trust_env=False) as client:
            yield Attestor(engine, client, policy=policy if ways else None, authority=authority)
    finally:
        await engine.dispose()


def test_the_meta_log_is_cosigned_each_time_it_grows(play, tmp_path):
    """
    The note that readers get bears a line of each witness, and each has seen that the tree extends the last one.
    """

    async def scene(place: Office) -> None:
        ways = [working(place, tmp_path, key, META_KEY) for key in (FIRST, SECOND)]
        async with attestor(place, *ways) as asking:
            for _ in range(3):
                await place.write(1)
                await place.sign()
                said = await asking.attest(place.now)
                note = parse_note((await place.newest(META)).note)

                assert (said.cosigned, said.faults) == (2, ())
                assert [each.name for each in verified(note, [FIRST.key, SECOND.key])] == [FIRST.name, SECOND.name]
            idle = await asking.attest(place.now)

        assert idle.cosigned == 0

    play(scene)


def test_a_witness_that_is_away_is_told_and_asked_again(play, tmp_path):
    """
    Its neighbour's line is kept, nothing waits for it, and later it catches up.
    """

    async def scene(place: Office) -> None:
        away = httpx.MockTransport(lambda request: httpx.Response(503, stream=httpx.ByteStream(b"")))
        first = working(place, tmp_path, FIRST, META_KEY)
        second = working(place, tmp_path, SECOND, META_KEY)
        await place.sign()
        async with attestor(place, first, away) as asking:
            missed = await asking.attest(place.now)
            at_once = await asking.attest(place.now + timedelta(seconds=1))
        async with attestor(place, first, second) as asking:
            caught_up = await asking.attest(place.now + timedelta(seconds=11))
        note = parse_note((await place.newest(META)).note)

        assert missed.cosigned == 1
        assert "second" in missed.faults[0]
        assert missed.faults[1] == "Too few witnesses have cosigned venia.test/meta at 1 entries."
        assert (at_once.cosigned, at_once.faults) == (0, missed.faults)
        assert caught_up.faults == ()
        assert len(verified(note, [FIRST.key, SECOND.key])) == 2

    play(scene)


def test_a_witness_that_has_seen_another_tree_refuses(play, tmp_path, tmp_path_factory):
    """
    A meta-log that was begun again elsewhere under the same key: the witness remembers the longer one.
    """

    async def scene(place: Office) -> None:
        ways = [working(place, tmp_path, key, META_KEY) for key in (FIRST, SECOND)]
        for _ in range(3):
            await place.write(1)
            await place.sign()
        async with attestor(place, *ways) as asking:
            await asking.attest(place.now)
        await place.tamper(
            "DELETE FROM checkpoints WHERE size = 3 AND origin = 'venia.test/meta'", "DELETE FROM cosignatures"
        )
        async with attestor(place, *ways, quorum="any") as asking:
            said = await asking.attest(place.now)

        assert said.cosigned == 0
        assert any("Too few witnesses" in each for each in said.faults)

    play(scene)


def test_a_log_that_the_policy_names_is_cosigned_too(play, tmp_path):
    """
    A customer's own witness sees the customer's own log.
    """

    async def scene(place: Office) -> None:
        await place.sign()
        origin = (await place.newest()).origin
        key = LogKey.from_secret(SECRET, origin).key
        ways = [working(place, tmp_path, each, META_KEY, key) for each in (FIRST, SECOND)]
        async with attestor(place, *ways, logs=f"log {key}\n") as asking:
            said = await asking.attest(place.now)
        note = parse_note((await place.newest()).note)

        assert (said.cosigned, said.faults) == (4, ())
        assert len(verified(note, [key, FIRST.key, SECOND.key])) == 3

    play(scene)


def test_an_authority_dates_the_meta_log_once_an_hour(play, tmp_path):
    """
    The token is over the note as it stood, verifies with the authority's root, and is asked for when it is due.
    """
    authority = Authority(tmp_path / "authority")

    async def scene(place: Office) -> None:
        with answering(authority):
            await place.sign()
            async with attestor(place, authority=authority.url) as asking:
                first = await asking.attest(place.now)
                soon = await asking.attest(place.now + timedelta(minutes=59))
                await place.write(1)
                await place.sign()
                later = await asking.attest(place.now + timedelta(minutes=60))
        async with place.log.snapshots.of(META) as conn:
            stamped = await newest_timestamp(conn, META, "venia.test/meta")

        assert [each.stamped for each in (first, soon, later)] == [True, False, True]
        assert stamped is not None
        assert stamped.stamped == (await place.newest(META)).note
        assert check_token(stamped.token, stamped.stamped, [authority.root]).tzinfo is not None

    play(scene)


def test_an_authority_that_refuses_is_told(play, tmp_path):
    """
    A sentence, no token, and the rounds go on.
    """
    authority = Authority(tmp_path / "authority")
    authority.spoil = lambda answer: b"nonsense"

    async def scene(place: Office) -> None:
        with answering(authority):
            await place.sign()
            async with attestor(place, authority=authority.url) as asking:
                said = await asking.attest(place.now)

        assert not said.stamped
        assert "time-stamping authority" in said.faults[0]

    play(scene)
