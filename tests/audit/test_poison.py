"""
A bad request fails alone, and leaves nothing behind.
"""

import pytest
from asyncpg.exceptions import NotNullViolationError, UniqueViolationError

from audit.errors import EntryTooLarge, NotCanonical, Refused
from audit.work import Written
from tests.audit.bad import Breaks, Crashes, Doubles, Refuses, Regrets, Shelf, TooLong, Unanswerable, Unspeakable
from tests.audit.ledger import key_for, on
from tests.databases import fetch

BAD = [
    (Crashes, RuntimeError),
    (Unspeakable, NotCanonical),
    (Unanswerable, TypeError),
    (TooLong, EntryTooLarge),
    (Regrets, Refused),
    (Refuses, Refused),
    (Breaks, NotNullViolationError),
    (Doubles, UniqueViolationError),
]


@pytest.mark.parametrize(
    ("kind", "error", "place"),
    [*((kind, error, 3) for kind, error in BAD), (*BAD[0], 0), (*BAD[0], 6)],
    ids=lambda part: getattr(part, "__name__", part),
)
def test_a_bad_request_fails_alone(shared, kind, error, place):
    """
    Its neighbours in the batch are recorded once each, in order, and the log verifies.
    """

    async def scene(log):
        requests = [log.note(str(number), key_for(f"good {number}")) for number in range(6)]
        requests.insert(place, kind(log.tenant, "bad", key_for("bad")))
        written = await log.write_all(requests)
        again = await log.write_all(requests[:place] + requests[place + 1 :])
        return written, again, log.batches, await log.texts()

    written, again, batches, texts = on(scene, shared, books=[Shelf])
    good, failed = [each for each in written if isinstance(each, Written)], written[place]

    assert batches == [7, 6]
    assert isinstance(failed, error)
    assert texts == [each.answer["text"] for each in good] == list(map(str, range(6)))
    assert [each.receipt.index for each in good if each.receipt] == list(range(1, 7))
    assert [(each.receipt, each.replayed) for each in again] == [(each.receipt, True) for each in good]


@pytest.mark.parametrize(("kind", "error"), BAD, ids=lambda part: part.__name__)
def test_a_bad_request_leaves_nothing_behind(shared, kind, error):
    """
    Alone, too: no entry, no moved head, no remembered key; the mended request may use the same key.
    """

    async def scene(log):
        (failed,) = await log.write_all([kind(log.tenant, "bad", key_for("key"))])
        size = len((await log.chain()).entries)
        mended = await log.write(log.note("good", key_for("key", "mended")))
        return log.tenant, failed, size, mended

    tenant, failed, size, mended = on(scene, shared, books=[Shelf])

    assert isinstance(failed, error)
    assert size == 1
    assert mended.receipt.index == 1
    assert not mended.replayed
    assert len(fetch(shared, "SELECT key FROM idempotency WHERE tenant_id = $1", tenant)) == 1


def test_a_batch_of_nothing_but_bad_requests(shared):
    """
    Everyone is told of their own mistake.
    """

    async def scene(log):
        failed = await log.write_all([kind(log.tenant, "bad", key_for(kind.__name__)) for kind, _ in BAD])
        return failed, await log.texts()

    failed, texts = on(scene, shared, books=[Shelf])

    assert [type(each) for each in failed] == [error for _, error in BAD]
    assert texts == []
