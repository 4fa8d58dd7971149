"""
Imports that break off, go on, meet each other and are cancelled.
"""

import asyncio
from collections import Counter

import pytest

from consent.imports.errors import FileDiffers, ImportMoved, ImportOver
from consent.imports.requests import CancelImport
from consent.imports.running import AT_ONCE
from tests.consent.imports.files import HEADER, BrokenOff, Desk, cut, grant
from tests.factories import phone
from tests.live import Live


def file_of(rows: int) -> bytes:
    """
    A file with a consent of so many people.
    """
    return (HEADER + "".join(grant(phone()) for _ in range(rows))).encode()


def recorded(live: Live) -> int:
    """
    How many consents the log has.
    """
    return Counter(each["event"] for each in live.payloads())["consent.recorded"]


def test_a_broken_off_import_goes_on_where_it_was(live: Live):
    """
    Wherever the sender went away, the same file under the same key records every row once, and the verdicts are complete.
    """
    desk, content, rows = Desk(live), file_of(2 * AT_ONCE + 100), 2 * AT_ONCE + 100
    for part in (30, 60, 95):
        first = content[: len(content) * part // 100]
        with pytest.raises(BrokenOff):
            desk.send(*cut(first, [1000] * 5), BrokenOff, key="k")
    open_ = desk.state()
    done = desk.send(content, key="k")

    assert (open_.state, open_.rows) == ("open", 2 * AT_ONCE)
    assert done.answer["rows"] == rows
    assert recorded(live) == rows
    assert [each["row"] for each in desk.verdicts()] == list(range(1, rows + 1))
    assert {each["verdict"] for each in desk.verdicts()} == {"recorded"}


def test_another_file_under_the_key_is_refused(live: Live):
    """
    Where one row of what was recorded differs, nothing more is recorded.
    """
    desk, content = Desk(live), file_of(AT_ONCE + 10)
    with pytest.raises(BrokenOff):
        desk.send(content[:-400], BrokenOff, key="k")
    before = recorded(live)

    with pytest.raises(FileDiffers):
        desk.send(content.replace(b"web_form", b"paper", 1), key="k")
    with pytest.raises(FileDiffers):
        desk.send(content[: len(content) // 2], key="k")
    assert recorded(live) == before == AT_ONCE


def test_a_cancelled_import_takes_nothing_more(live: Live):
    """
    What was recorded stays; the same file goes on under no key that was cancelled.
    """
    desk, content = Desk(live), file_of(AT_ONCE + 10)
    with pytest.raises(BrokenOff):
        desk.send(content[:-400], BrokenOff, key="k")
    cancelled = live.write(CancelImport(live.tenant, "test", desk.id))

    with pytest.raises(ImportOver):
        desk.send(content, key="k")
    assert cancelled.answer["state"] == "cancelled"
    assert live.write(CancelImport(live.tenant, "test", desk.id)).answer == cancelled.answer
    assert recorded(live) == AT_ONCE


def test_two_who_send_the_same_file_record_it_once(live: Live):
    """
    The one who comes second is told so, or gets the answer; no row is recorded twice.
    """
    content = file_of(2 * AT_ONCE)
    desks = [Desk(live) for _ in range(4)]

    async def send_all() -> list[object]:
        sent = [asyncio.to_thread(desk.send, *cut(content, [20_000] * 3), key="k") for desk in desks]
        return list(await asyncio.gather(*sent, return_exceptions=True))

    outcomes = asyncio.run(send_all())
    Desk(live).send(content, key="k")

    assert all(isinstance(each, ImportMoved) or hasattr(each, "answer") for each in outcomes), outcomes
    assert recorded(live) == 2 * AT_ONCE
