"""
What was promised before a process died is what the next one publishes.
"""

import asyncio
from pathlib import Path
from typing import TypeVar

import asyncpg

from audit.origins import META
from audit.verification import root_of
from tests.audit.publishing.office import Office

T = TypeVar("T")
BODY = "UPDATE entries SET body = set_byte(body, octet_length(body) - 5, 88) WHERE tenant_id = :tenant AND entry_index"


async def blocked(place: Office, tmp_path: Path) -> bytes:
    """
    A round that has promised and cannot publish, and dies; returns the guard as it was then.
    """
    conn = await asyncpg.connect(place.log.url)
    try:
        await conn.execute("BEGIN")
        await conn.execute("LOCK TABLE meta_leaves IN ACCESS EXCLUSIVE MODE")
        task = asyncio.create_task(place.sign())
        while place.guard.pending() is None:  # noqa: ASYNC110  The guard tells nobody.
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return (tmp_path / "guard.sqlite3").read_bytes()
    finally:
        await conn.close()


def test_what_was_promised_is_published_before_anything_else(play, tmp_path):
    """
    A process that dies between promise and publication is followed by one that signs the very same tree first.
    """

    async def scene(place: Office) -> None:
        await place.sign()
        await place.write(4)
        await blocked(place, tmp_path)
        promised = place.guard.pending()
        await place.write(300)
        first = await place.sign()
        last = await place.sign_all()

        assert promised is not None
        assert first.signed[0] == promised.promises[0]
        assert (first.signed[0].size, last.signed[0].size) == (5, 305)
        assert place.guard.pending() is None
        assert (await place.opened()).root == root_of(await place.leaves())

    play(scene)


def test_a_promise_that_was_published_is_kept_once(play, tmp_path):
    """
    A process that dies after COMMIT, before the guard hears of it, signs nothing twice.
    """

    async def scene(place: Office) -> None:
        await place.sign()
        await place.write(4)
        pending = await blocked(place, tmp_path)
        await place.sign_all()
        (tmp_path / "guard.sqlite3").write_bytes(pending)
        await place.checkpointer.close()
        await place.write(1)
        outcome = await place.sign_all()

        assert (await place.meta()).size == 3
        assert (outcome.signed[0].size, place.guard.pending()) == (6, None)

    play(scene)


def test_a_promise_that_cannot_be_kept_signs_nothing(play, tmp_path):
    """
    The database lost, after the promise, what was promised: nothing else is signed in its place.
    """

    async def scene(place: Office) -> None:
        await place.sign()
        await place.write(4)
        await blocked(place, tmp_path)
        await place.tamper(f"{BODY} = 3")
        outcome = await place.sign()

        assert "cannot be made again" in outcome.refused[META]
        assert (await place.newest()).size == 1

    play(scene)
