"""
A call from the question to its outcome: what was learnt is told, what was not used is given back, nothing is lost silently.
"""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clients.callers import SOON, Setup, asked
from tests.clients.hostile import allow, deny, hang_up, hostile, reply, settle, silence
from tests.clients.test_hostile import QUESTION
from venia_client import (
    AsyncClient,
    BadQuestion,
    Call,
    Client,
    Outcome,
    Release,
    Report,
    Reported,
    Unreported,
    word_from_json,
)
from venia_client.wire import word_request

OUTCOMES = ["connected", "unanswered", "rejected", "failed", "refused", "opted_out"]


@pytest.mark.parametrize("steps", [("begin", "connected"), ("begin", "connected", "raise")])
def test_an_outcome_is_reported(make, steps):
    """
    Also when the body raises after it: what it raised goes on, and the outcome is told all the same.
    """
    told = allow()
    with hostile(reply(told), settle) as server:
        course = make(server.url).call(QUESTION, steps)

    assert (course["begun"], course["unreported"]) == (True, None)
    assert course["raised"] == ("BodyRaised" if "raise" in steps else None)
    assert [each.path for each in server.asked[1:]] == [f"/v1/calls/{told['hold']['id']}/outcome"]
    sent = json.loads(server.asked[1].content)
    assert (sent["outcome"], sent["duration_s"]) == ("connected", 31)


@pytest.mark.parametrize("steps", [(), ("raise",)])
def test_a_hold_that_was_not_used_is_released(make, steps):
    """
    Also when the body raises before the call is begun.
    """
    with hostile(reply(allow()), settle) as server:
        course = make(server.url).call(QUESTION, steps)

    assert server.paths() == ["authorize", "release"]
    assert course["raised"] == ("BodyRaised" if steps else None)


@pytest.mark.parametrize("answer", [deny, lambda: allow(decision="perhaps"), lambda: allow(hold=...)])
def test_nothing_is_begun_without_a_hold(make, answer):
    """
    A deny and an answer that is none alike; nothing is said afterwards, as there is nothing to say.
    """
    with hostile(reply(answer() | {"hold": None})) as server:
        course = make(server.url).call(QUESTION, ["begin"])

    assert (course["begun"], course["answer"]["allowed"], course["raised"]) == (False, False, None)
    assert server.paths() == ["authorize"]


def test_nothing_is_begun_when_the_hold_is_over(make):
    """
    Who took too long does not call, and gives the hold back.
    """
    expires_at = (datetime.now(UTC) + timedelta(seconds=1.5)).isoformat()
    with hostile(reply(allow(hold=allow()["hold"] | {"expires_at": expires_at})), settle) as server:
        course = make(server.url).call(QUESTION, ["wait", "begin"])

    assert course["begun"] is False
    assert server.paths() == ["authorize", "release"]


@pytest.mark.parametrize("keep", [False, True])
def test_a_call_of_which_nobody_knows_how_it_ended_is_not_made_up(make, keep):
    """
    The body raised while it was under way: nothing is told, so that it counts; what it raised goes on.
    """
    told = allow()
    with hostile(reply(told), settle) as server:
        course = make(server.url).call(QUESTION, ["begin", "raise"], keep=keep)

    assert server.paths() == ["authorize"]
    assert course["raised"] == "BodyRaised"
    assert course["unreported"]["why"] == "outcome_unknown"
    assert course["unreported"]["word"] == {"hold": told["hold"]["id"]}
    assert course["kept"] == ([course["unreported"]] if keep else [])


def test_a_body_that_forgets_the_outcome_hears_of_it(make):
    """
    It is a mistake of the program, and not a silent one.
    """
    with hostile(reply(allow()), settle) as server:
        course = make(server.url).call(QUESTION, ["begin"])

    assert course["raised"] == "CallUnreported"
    assert course["thrown"]["why"] == "outcome_unknown"
    assert server.paths() == ["authorize"]


@pytest.mark.parametrize("steps", [("begin", "opted_out"), ("begin", "opted_out", "raise")])
def test_an_outcome_that_cannot_be_told_is_raised(make, steps):
    """
    With what to tell: told later it is heard under the same key.
    """
    with hostile(reply(allow()), hang_up) as server:
        caller = make(server.url, reporting=SOON)
        course = caller.call(QUESTION, steps)
        server.script = [settle]
        said = caller.tell(course["thrown"]["word"])

    assert course["raised"] == "CallUnreported"
    assert course["thrown"] == course["unreported"]
    assert course["thrown"]["word"]["outcome"] == "opted_out"
    assert said["heard"] is True
    assert len({each.key for each in server.asked[1:]}) == 1


@pytest.mark.parametrize("steps", [("begin", "connected"), ("begin", "connected", "raise"), ()])
def test_what_cannot_be_told_is_kept_where_the_caller_says(make, steps):
    """
    Then nothing is raised but what the body raised.
    """
    with hostile(reply(allow()), hang_up) as server:
        course = make(server.url, reporting=SOON).call(QUESTION, steps, keep=True)

    assert course["raised"] == ("BodyRaised" if "raise" in steps else None)
    assert course["kept"] == [course["unreported"]]
    assert ("outcome" in course["kept"][0]["word"]) is bool(steps)


def test_a_hold_that_cannot_be_released_is_no_exception(make):
    """
    Nothing was placed and nothing is lost: it expires and counts; the caller can still release it.
    """
    with hostile(reply(allow()), hang_up) as server:
        course = make(server.url, reporting=SOON).call(QUESTION, [])

    assert course["raised"] is None
    assert course["unreported"]["why"] == "cut_off"


def client_of(url: str) -> Client:
    """A client that is soon out of patience."""
    asking, reporting = Setup(url, reporting=SOON).times()
    return Client(url, "vk_test", asking=asking, reporting=reporting)


def called(client: Client, outcome: Outcome, end: type[BaseException]) -> Iterator[Call]:
    """A call that ends in this way, and then the program."""
    with client.call(asked(QUESTION)) as call:
        yield call
        call.begin()
        call.end(outcome)
        raise end


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_what_ends_the_program_is_not_replaced(end):
    """
    It carries the outcome that could not be told as a note.
    """
    with hostile(reply(allow()), hang_up) as server, client_of(server.url) as client:
        course = called(client, "connected", end)
        call = next(course)
        with pytest.raises(end) as raised:
            next(course)

    assert "'outcome': 'connected'" in raised.value.__notes__[0]
    assert call.unreported is not None


def test_telling_that_is_broken_off_loses_nothing():
    """
    A task that is cancelled while it tells hands over what it had to tell, and stays cancelled.
    """
    kept: list[Unreported] = []

    async def go(url: str) -> None:
        client = AsyncClient(url, "vk_test")
        async with client, client.call(asked(QUESTION), unreported=kept.append) as call:
            call.begin()
            call.end("opted_out")

    async def cancelled(url: str, is_telling: asyncio.Event) -> bool:
        task = asyncio.create_task(go(url))
        await is_telling.wait()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        return task.cancelled()

    async def run() -> bool:
        loop, is_telling = asyncio.get_running_loop(), asyncio.Event()

        def wait(connection: object, request: object) -> None:
            loop.call_soon_threadsafe(is_telling.set)
            silence(connection, request)  # type: ignore[arg-type]  # As the server gives them.

        with hostile(reply(allow()), wait) as server:
            return await cancelled(server.url, is_telling)

    assert asyncio.run(run()) is True
    [left] = kept
    assert (left.why, left.final) == ("interrupted", False)
    assert isinstance(left.word, Report)
    assert left.word.outcome == "opted_out"


def test_an_outcome_needs_a_call_that_was_begun():
    """
    Whoever tells one without having asked for leave at that moment has a mistake in the program.
    """
    with (
        hostile(reply(allow()), settle) as server,
        client_of(server.url) as client,
        client.call(asked(QUESTION)) as call,
        pytest.raises(LookupError),
    ):
        call.end("connected")

    assert server.paths() == ["authorize", "release"]


@given(
    st.uuids(),
    st.sampled_from(OUTCOMES),
    st.datetimes(timezones=st.just(UTC)),
    st.none() | st.integers(0, 86_400),
)
def test_a_kept_word_is_the_same_word(hold, outcome, at, duration_s):
    """
    Written to a file and read again, key and all.
    """
    for word in (Report(hold, outcome, at, duration_s), Release(hold)):
        assert word_from_json(json.loads(json.dumps(word.to_json()))) == word


def test_a_failure_tells_the_platforms_code():
    """
    Kept and read again, and sent with the moment from which it may be tried again.
    """
    again = datetime(2026, 11, 30, 10, tzinfo=UTC)
    word = Report(UUID(int=1), "failed", again, error_code=138012, retry_at=again)
    sent = json.loads(word_request(word).content)

    assert word_from_json(json.loads(json.dumps(word.to_json()))) == word
    assert (sent["error_code"], sent["retry_at"]) == (138012, again.isoformat())


@pytest.mark.parametrize(
    "changes",
    [
        {"error_code": 138012},
        {"outcome": "failed", "error_code": 0},
        {"outcome": "failed", "retry_at": datetime(2026, 11, 30, tzinfo=UTC)},
    ],
)
def test_a_code_belongs_to_a_failure(changes):
    """
    And the moment to a code.
    """
    with pytest.raises(BadQuestion):
        Report(**{"hold": UUID(int=1), "outcome": "connected", "at": datetime.now(UTC), **changes})


@pytest.mark.parametrize(
    "changes",
    [{"outcome": "maybe"}, {"at": datetime(2026, 11, 20)}, {"duration_s": -1}, {"duration_s": 86_401}],  # noqa: DTZ001  Without an offset on purpose.
)
def test_an_outcome_that_is_none_is_the_programs_mistake(changes):
    """
    It is raised where it is made.
    """
    with pytest.raises(BadQuestion):
        Report(**{"hold": UUID(int=1), "outcome": "connected", "at": datetime.now(UTC), **changes})


def test_words_say_whether_they_were_heard():
    """
    One question tells both answers apart.
    """
    word = Release(UUID(int=1))

    assert Reported(word.hold, "released").heard is True
    assert Unreported(word, "timeout", "", final=False).heard is False
