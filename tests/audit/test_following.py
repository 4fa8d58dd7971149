"""
Whoever follows a log reads every entry once and in order, whoever writes at the same time.
"""

import asyncio
from uuid import UUID

import pytest

from audit.entry import Json
from audit.errors import CursorPruned, CursorUnknown
from audit.following import Followed, Place, end_of, follow, oldest_of
from audit.origins import origin_of
from audit.publishing.guard import Promise
from audit.publishing.reopening import ReopenLog
from tests.audit.ledger import Ledger, ledger, on
from tests.databases import execute

START = Place(1, 0)


async def read(log: Ledger, start: Place, limit: int = 100, names: set[str] | None = None) -> Followed:
    """
    One page.
    """
    async with log.snapshots.of(log.tenant) as conn:
        return await follow(conn, log.tenant, start, names=names, limit=limit)


async def read_to(log: Ledger, texts: int, start: Place = START, limit: int = 7) -> list[str]:
    """
    What a follower is told until it has heard so many notes, page by page.
    """
    heard: list[str] = []
    while len(heard) < texts:
        page = await read(log, start, limit)
        assert [place.index for place, _ in page.entries] == list(range(start.index + 1, page.next.index + 1))
        heard += [str(entry.payload["text"]) for _, entry in page.entries if "text" in entry.payload]
        start = page.next
        await asyncio.sleep(0)
    return heard


async def notes(log: Ledger, count: int, name: str = "note") -> None:
    """
    Writes notes, one after the other.
    """
    for number in range(count):
        await log.write(log.note(f"{name} {number}"))


async def renew(log: Ledger) -> None:
    """
    Has the log begin anew, as after a restored backup.
    """
    origin = (await log.chain()).entries[0].origin
    was = Promise(log.tenant, origin, 50, bytes(32))
    await log.write(ReopenLog(log.tenant, "test", origin_of(origin, 2), "restored", was, was))


def test_two_writers_at_once_and_nothing_is_skipped(shared: str):
    """
    Two journals take turns at one head while somebody follows: every index once, in order, nothing left out.
    """

    async def scene(log: Ledger) -> tuple[list[str], list[Json]]:
        async with ledger(shared, tenant=log.tenant) as other:
            reading = asyncio.create_task(read_to(log, 120))
            await asyncio.gather(notes(log, 60, "one"), notes(other, 60, "other"))
            return await asyncio.wait_for(reading, 60), await log.texts()

    heard, written = on(scene, shared)

    assert heard == written
    assert len(heard) == 120


def test_a_filter_moves_the_place_on(shared: str):
    """
    What a filter keeps back is done with: an empty page has a place of its own, at the log's end.
    """

    async def scene(log: Ledger) -> tuple[Followed, Followed, Place]:
        await notes(log, 5)
        async with log.snapshots.of(log.tenant) as conn:
            end = await end_of(conn, log.tenant)
        return await read(log, START, names={"call.reported"}), await read(log, START, 2, {"note.taken"}), end

    nothing, some, end = on(scene, shared)

    assert (nothing.entries, nothing.next, nothing.more) == ([], end, False)
    assert [place for place, _ in some.entries] == [Place(1, 2), Place(1, 3)]
    assert (some.next, some.more) == (Place(1, 3), True)


@pytest.mark.parametrize(
    "cursor", ["", "1", "1.", ".1", "1.-1", "0.5", "01.5", "1.05", "1.5x", "1.2.3", "١.٥", "1.5\n"]
)
def test_what_was_never_handed_out_is_no_cursor(cursor: str):
    """
    A place is written in one way.
    """
    with pytest.raises(CursorUnknown):
        Place.read(cursor)


def test_a_place_is_read_as_it_is_written():
    """
    The text of a place is the place.
    """
    assert Place.read(str(Place(3, 1234567))) == Place(3, 1234567)


def test_a_place_behind_the_end_is_unknown(shared: str):
    """
    The end itself is a place, and nothing behind it is, nor a log that has not begun.
    """

    async def scene(log: Ledger) -> None:
        end = (await read(log, START)).next
        assert (await read(log, end)).next == end
        for beyond in (end.after(), Place(2, 0)):
            with pytest.raises(CursorUnknown):
                await read(log, beyond)

    on(scene, shared)


def test_a_log_that_began_anew_is_followed_into(shared: str):
    """
    From the old log's end, and also from a place that the restored database has lost, the first new entry is next.
    """

    async def scene(log: Ledger) -> list[Followed]:
        await notes(log, 3)
        await renew(log)
        await notes(log, 1)
        return [await read(log, place) for place in (Place(1, 2), Place(1, 4), Place(1, 44))]

    within, at_end, lost = on(scene, shared)

    assert [place for place, _ in within.entries] == [Place(1, 3), Place(1, 4), Place(2, 1), Place(2, 2)]
    for page in (at_end, lost):
        assert [str(entry.payload["event"]) for _, entry in page.entries] == ["log.reopened", "note.taken"]


def prune(url: str, tenant: UUID, below: int) -> None:
    """
    Takes the bodies away as retention does, without its ceremony.
    """
    execute(
        url,
        "ALTER TABLE entries DISABLE TRIGGER USER",
        f"DELETE FROM entries WHERE tenant_id = '{tenant}' AND entry_index < {below}",
        "ALTER TABLE entries ENABLE TRIGGER USER",
    )


def test_what_was_pruned_unread_is_told(shared: str):
    """
    A reader whose next entry is gone hears so, with the place of the oldest that is kept; from there it goes on.
    """

    async def scene(log: Ledger) -> None:
        await notes(log, 5)
        await asyncio.to_thread(prune, shared, log.tenant, 3)
        async with log.snapshots.of(log.tenant) as conn:
            oldest = await oldest_of(conn, log.tenant)
        with pytest.raises(CursorPruned) as told:
            await read(log, Place(1, 1))
        assert (told.value.oldest, oldest) == ("1.3", Place(1, 3))
        assert len((await read(log, oldest)).entries) == 3

    on(scene, shared)
