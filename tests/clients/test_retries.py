"""
Asking again: under the same key, no longer than there is time, and no sooner than the server asks for.
"""

import json
import logging
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clients.callers import SOON
from tests.clients.hostile import allow, deny, hang_up, hostile, reply, settle, silence
from tests.clients.test_hostile import QUESTION
from venia_client import BadQuestion, Client, FailedClosed, Patience, Phone, Question, Why
from venia_client.patience import read_retry_after

HOLD = "5f0c7f0e-6c0b-4f6c-9d5e-0a5b8f4f2f10"
REPORT = {"hold": HOLD, "outcome": "connected", "at": "2026-11-20T10:00:00+00:00", "duration_s": 31, "key": "word-1"}
RELEASE = {"hold": HOLD, "key": "word-2"}
LATER = {"asking": {"eachMs": 2_000}}


def test_asking_again_is_the_same_question(make):
    """
    After silence, a hang-up and two errors: the same bytes under the same key, and the answer in the end.
    """
    told = allow()
    bad = (silence, hang_up, reply(b"", 500), reply(b"", 503))
    with hostile(*bad, reply(told)) as server:
        answer = make(server.url, **LATER).authorize(QUESTION)

    assert (answer["kind"], answer["hold"]["id"]) == ("held", told["hold"]["id"])
    assert len(server.asked) == 5
    assert len({(each.key, each.content) for each in server.asked}) == 1


def test_another_question_has_another_key(make):
    """
    The same question asked anew is a new intention, unless the caller says which one it was.
    """
    with hostile(reply(deny())) as server:
        caller = make(server.url)
        caller.authorize(QUESTION)
        caller.authorize(QUESTION)
        caller.authorize(QUESTION, key="job-7")

    keys = [each.key for each in server.asked]
    assert len({*keys}) == 3
    assert keys[2] == "job-7"


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_left_alone_as_long_as_it_asks(make, status):
    """
    Retry-After is waited at least, in seconds and as a date, however short our own waits are.
    """
    moment = (datetime.now(UTC) + timedelta(seconds=4)).replace(microsecond=0)
    date = format_datetime(moment, usegmt=True)
    busy = [reply(b"", status, Retry_After="1"), reply(b"", status, Retry_After=date)]
    with hostile(*busy, reply(allow())) as server:
        begun = time.monotonic()
        answer = make(server.url).authorize(QUESTION)

    assert answer["kind"] == "held"
    assert time.monotonic() - begun >= 1
    assert datetime.now(UTC) >= moment
    assert len(server.asked) == 3


def test_a_server_busy_for_longer_than_there_is_time_is_asked_once(make):
    """
    The denial says when to ask again.
    """
    with hostile(reply(b"", 503, Retry_After="3600")) as server:
        answer = make(server.url).authorize(QUESTION)

    assert (answer["kind"], answer["why"], answer["retry_after"]) == ("failed_closed", "busy", 3600)
    assert len(server.asked) == 1


@pytest.mark.parametrize("word", [REPORT, RELEASE])
def test_what_was_not_heard_is_handed_back(make, word):
    """
    It is what was to be said, key and all; said again later it is heard.
    """
    with hostile(hang_up) as server:
        caller = make(server.url, reporting=SOON)
        left = caller.tell(word)
        tries = len(server.asked)
        server.script = [settle]
        said = caller.tell(left["word"])

    assert (left["heard"], left["why"], left["final"]) == (False, "cut_off", False)
    assert left["word"] == word
    assert tries > 1
    assert said["heard"] is True
    assert {each.key for each in server.asked} == {word["key"]}
    assert {each.path for each in server.asked} == {f"/v1/calls/{HOLD}/{'outcome' if word is REPORT else 'release'}"}


def test_an_outcome_is_told_as_it_was(make):
    """
    The moment is that of the call, however late it is told.
    """
    with hostile(settle) as server:
        make(server.url).tell(REPORT)

    sent = json.loads(server.asked[0].content)
    assert datetime.fromisoformat(sent.pop("at")) == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert sent == {"outcome": "connected", "duration_s": 31}


@pytest.mark.parametrize(
    ("status", "final", "again"),
    [
        (404, True, False),
        (409, True, False),
        (422, True, False),
        (401, False, False),
        (403, False, False),
        (500, False, True),
    ],
)
def test_a_refusal_is_final_where_saying_it_again_cannot_help(make, status, final, again):
    """
    An unknown hold and a contradiction are; a credential can be mended, and an error may pass.
    """
    with hostile(reply(b"{}", status, "application/problem+json")) as server:
        left = make(server.url, reporting=SOON).tell(REPORT)

    assert (left["heard"], left["final"], left["status"]) == (False, final, status)
    assert (len(server.asked) > 1) is again


@pytest.mark.parametrize(
    "answer", [b"", b"{}", b'{"hold": {"id": "5f0c7f0e-6c0b-4f6c-9d5e-0a5b8f4f2f10", "state": "confirmed"}}']
)
def test_a_word_is_heard_when_there_is_a_receipt(make, answer):
    """
    A 200 that proves nothing is no reason to forget an outcome.
    """
    with hostile(reply(answer)) as server:
        left = make(server.url).tell(REPORT)

    assert (left["heard"], left["why"], left["final"]) == (False, "malformed", False)


def test_a_receipt_for_another_hold_is_none(make):
    """
    The answer must be about what was said.
    """
    with hostile(
        lambda connection, asked: settle(connection, type(asked)("/v1/calls/" + HOLD[::-1], {}, b""))
    ) as server:
        left = make(server.url).tell(REPORT)

    assert left["heard"] is False


def test_no_log_and_no_text_has_a_number(make, caplog):
    """
    Not at the most talkative level, and not in what a question looks like when somebody prints it.
    """
    caplog.set_level(logging.DEBUG)
    with hostile(reply(b"", 500), hang_up, reply(deny())) as server:
        answer = make(server.url).authorize(QUESTION)
    question = Question(Phone("+34600111222"), Phone("+34910000000"), "offers")

    assert answer["kind"] == "denied"
    assert len(server.asked) == 3
    for text in (caplog.text, repr(question), str(question), json.dumps(answer)):
        assert "600111222" not in text
        assert "910000000" not in text


@pytest.mark.parametrize(
    "number", ["600111222", "+34 600 111 222", "+0600111222", "+346001", "+34600111222\n", "+٣٤٦٠٠١١١٢٢٢", ""]
)
def test_a_number_that_is_none_is_the_programs_mistake(number):
    """
    It is raised, and quoted nowhere.
    """
    with pytest.raises(BadQuestion) as raised:
        Phone(number)

    assert not number.strip() or number not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "credential"),
    [
        ("venia.example", "vk_1"),
        ("ftp://venia.example", "vk_1"),
        ("https://venia.example?x=1", "vk_1"),
        ("https://somebody@venia.example", "vk_1"),
        ("https://venia.example:70000", "vk_1"),
        ("https://venia .example", "vk_1"),
        ("https://", "vk_1"),
        ("https://venia.example", "vk 1"),
        ("https://venia.example", "vk_1\r\nX: y"),
        ("https://venia.example", ""),
    ],
)
def test_an_address_or_a_credential_that_is_none_is_too(url, credential):
    """
    Before anything is sent.
    """
    with pytest.raises(BadQuestion):
        Client(url, credential)


def test_a_host_that_cannot_be_one_is_not_reached():
    """
    Found out when it is looked up, and then it is as any other that does not answer.
    """
    patience = Patience(total=0.5, each=0.5)
    with Client(f"http://{'x' * 70}.invalid", "vk_1", asking=patience) as client:
        answer = client.check(Question(Phone("+34600111222"), Phone("+34910000000"), "offers"))

    assert isinstance(answer, FailedClosed)
    assert answer.why in (Why.UNREACHABLE, Why.TIMEOUT)


WAITS = st.floats(0.01, 100)


@given(
    WAITS,
    WAITS,
    WAITS,
    WAITS,
    st.integers(1, 10**6),
    st.floats(0, 1000),
    st.none() | st.floats(0, 1000),
    st.floats(0, 1),
)
def test_waits_are_bounded(total, each, first, longest, tries, elapsed, asked, chance):
    """
    Never over the longest, never under what was asked for, and never into the time when nobody waits any more.
    """
    patience = Patience(total=total, each=each, first_wait=first, longest_wait=longest)
    wait = patience.wait(tries, elapsed, asked, chance)

    assert 0 <= patience.try_for(elapsed) <= each
    assert patience.try_for(elapsed) <= max(0, total - elapsed)
    if wait is not None:
        assert (asked or 0) <= wait <= (asked or 0) + longest
        assert elapsed + wait < total


@given(st.text() | st.from_regex(r"[0-9]{1,400}|-?[0-9.e]{1,9}"))
def test_any_retry_after_is_read(text):
    """
    Whatever stands there, it is seconds or nothing.
    """
    seconds = read_retry_after(text, datetime(2026, 11, 20, tzinfo=UTC))

    assert seconds is None or seconds >= 0
