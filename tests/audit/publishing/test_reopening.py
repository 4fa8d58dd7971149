"""
After a restored backup: a log begins anew, on the operator's word alone, and says what was signed before.
"""

import base64

import pytest

from audit import store
from audit.entry import parse_entry
from audit.errors import NothingToReopen
from audit.publishing.records import Status
from audit.publishing.reopening import ReopenLog, reopening
from tests.audit.ledger import key_for
from tests.audit.publishing.office import Office

BACKUP = (
    "DELETE FROM entries WHERE tenant_id = :tenant AND entry_index >= (SELECT size FROM backup)",
    (
        "UPDATE log_heads SET size = (SELECT size FROM backup), edge = (SELECT hashes FROM backup), last_leaf = (SELECT leaf FROM backup) "
        "WHERE tenant_id = :tenant"
    ),
    "DROP TABLE backup",
)
KEPT = (
    "CREATE TABLE backup AS SELECT size, edge AS hashes, last_leaf AS leaf FROM log_heads WHERE tenant_id = :tenant",
)


async def restored(place: Office) -> Status:
    """
    Ten entries were signed; the database was restored to a backup that has four of them.
    """
    await place.write(3)
    await place.tamper(*KEPT)
    await place.write(6)
    await place.sign()
    await place.tamper(*BACKUP)
    await place.sign()
    return next(each for each in (await place.checkpointer.standing()).logs if each.tenant == place.log.tenant)


def word(place: Office, status: Status) -> ReopenLog:
    """
    What an operator asks for.
    """
    signed = place.guard.promises()[place.log.tenant]
    return reopening(status, signed, actor="cli", reason="restored to last night's backup")


def test_the_new_log_tells_what_was_signed_and_found(play):
    """
    Its first entry names the old log, its signed size and root, the size and root that were found, and the reason.
    """

    async def scene(place: Office) -> None:
        status = await restored(place)
        before = await place.opened()
        request = word(place, status)
        place.guard.allow(place.log.tenant, request.origin)
        written = await place.log.write(request)
        await place.write(2)
        outcome = await place.sign()
        after = await place.opened()
        async with place.log.snapshots.of(place.log.tenant) as conn:
            ((_, body, _),) = await store.read_entries(conn, place.log.tenant, after.origin, 0, 1)
        payload = parse_entry(body, 0).payload

        assert status.refusal == "shorter: size 10 was signed, and the database has 4 entries"
        assert (after.origin, after.size, outcome.refused) == (f"{before.origin}/2", 3, {})
        assert written.receipt is not None
        assert (written.receipt.log, written.receipt.index) == (after.origin, 0)
        assert payload["before"] == {"log": before.origin, "size": 10, "root": base64.b64encode(before.root).decode()}
        assert payload["found"] == {
            "log": before.origin,
            "size": 4,
            "root": base64.b64encode(status.root or b"").decode(),
        }
        assert payload["reason"] == "restored to last night's backup"

    play(scene)


def test_without_the_operators_word_it_is_refused(play):
    """
    Whoever can write to the database can begin a log anew; the guard has not heard of it.
    """

    async def scene(place: Office) -> None:
        status = await restored(place)
        await place.log.write(word(place, status))
        outcome = await place.sign()

        assert outcome.signed == ()
        assert next(iter(outcome.refused.values())).startswith("begun anew: the guard has signed for venia.test/t/")

    play(scene)


def test_a_first_entry_that_tells_less_is_refused(play):
    """
    The word was given; the entry names a smaller size than was signed.
    """

    async def scene(place: Office) -> None:
        status = await restored(place)
        request = word(place, status)
        place.guard.allow(place.log.tenant, request.origin)
        smaller = request.signed.__class__(status.tenant, status.origin, status.entries, status.root or b"")
        await place.log.write(
            ReopenLog(request.tenant, "cli", request.origin, request.reason, signed=smaller, found=request.found)
        )
        outcome = await place.sign()

        assert outcome.signed == ()
        assert "does not tell what was signed" in next(iter(outcome.refused.values()))

    play(scene)


def test_a_log_that_follows_is_not_reopened(play):
    """
    A new incarnation would only hide its past.
    """

    async def scene(place: Office) -> None:
        await place.sign()
        (status,) = (await place.checkpointer.standing()).logs

        with pytest.raises(NothingToReopen):
            word(place, status)

    play(scene)


def test_old_receipts_and_timelines_tell_the_logs_apart(play):
    """
    A repeated request gets the receipt of the log it was recorded in, and both logs' entries are one history.
    """

    async def scene(place: Office) -> None:
        first = await place.log.write(place.log.note("before", key_for("k")))
        await place.sign()
        status = await restored(place)
        request = word(place, status)
        place.guard.allow(place.log.tenant, request.origin)
        await place.log.write(request)
        again = await place.log.write(place.log.note("before", key_for("k")))

        assert again.receipt == first.receipt
        assert again.replayed

    play(scene)


def test_a_log_can_begin_anew_more_than_once(play):
    """
    Restored to before the first new beginning, the log begins its third incarnation, not the second one again.
    """

    async def scene(place: Office) -> None:
        status = await restored(place)
        request = word(place, status)
        place.guard.allow(place.log.tenant, request.origin)
        await place.log.write(request)
        await place.sign()
        await place.tamper(
            "DELETE FROM entries WHERE tenant_id = :tenant AND incarnation = 2",
            f"UPDATE log_heads SET origin = '{status.origin}', incarnation = 1, size = 1, "
            "edge = (SELECT leaf_hash FROM entries WHERE tenant_id = :tenant AND entry_index = 0) "
            "WHERE tenant_id = :tenant",
        )
        await place.sign()
        (again,) = (await place.checkpointer.standing()).logs
        request = word(place, again)
        place.guard.allow(place.log.tenant, request.origin)
        await place.log.write(request)
        outcome = await place.sign()

        assert again.refusal is not None
        assert again.refusal.startswith("begun anew")
        assert (outcome.refused, outcome.signed[0].origin) == ({}, f"{status.origin}/3")

    play(scene)
