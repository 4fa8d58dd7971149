"""
Collecting cosignatures: from witnesses that work, and despite those that do not.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from audit.errors import NoteMalformed
from audit.exchange import Answered, Unanswered, post
from audit.note import VerifierKey, parse_note, verified
from audit.quorum import Policy, parse_policy
from audit.signing import WitnessKey
from audit.witnesses import Collected, KnownSizes, collect
from audit.witnessing.state import WitnessState
from audit.witnessing.witness import Witness
from server.witness import create_witness_app
from tests.audit.toylog import ORIGIN, ToyLog

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LOG = ToyLog()
FIRST, SECOND = (WitnessKey.from_secret(b"w" * 32, f"witness.example/{name}") for name in ("w1", "w2"))
WITNESSES = (
    f"log {LOG.key.verifier()}\n"
    f"witness first {FIRST.verifier()} http://first.example/\n"
    f"witness second {SECOND.verifier()} http://second.example\n"
)
POLICY = parse_policy(f"{WITNESSES}group either any first second\nquorum either\n")
STRICT = parse_policy(f"{WITNESSES}group both all first second\nquorum both\n")


class Recorded(httpx.AsyncBaseTransport):
    """
    A way to a witness that notes what was asked and answered.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport
        self.asked: list[bytes] = []
        self.statuses: list[int] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """
        Passes the request on.
        """
        self.asked.append((await request.aread()).split(b"\n")[0])
        response = await self._transport.handle_async_request(request)
        self.statuses.append(response.status_code)
        return response


def real(state: WitnessState, key: WitnessKey = FIRST) -> Recorded:
    """
    The web application of a witness.
    """
    app = create_witness_app(Witness(state, key, [LOG.key.key]), lambda: NOON)
    # Litestar says more precisely than httpx which messages it takes.
    return Recorded(httpx.ASGITransport(cast("Any", app)))  # Any: of the same ASGI, spelled in other types.


def response(status: int, body: bytes = b"", **headers: str) -> httpx.Response:
    """
    An answer that is still to be read.
    """
    return httpx.Response(status, stream=httpx.ByteStream(body), headers=headers)


def answering(status: int, body: bytes, media_type: str = "text/plain") -> httpx.AsyncBaseTransport:
    """
    A witness that answers the same to everything.
    """
    return httpx.MockTransport(lambda request: response(status, body, **{"Content-Type": media_type}))


class Client:
    """
    A log's side: its policy, its memory of sizes, and its ways to the two witnesses.
    """

    def __init__(self, first: httpx.AsyncBaseTransport, second: httpx.AsyncBaseTransport, policy: Policy = POLICY):
        self._mounts = {"all://first.example": first, "all://second.example": second}
        self._policy = policy
        self.sizes = KnownSizes()
        self.proven: list[int] = []

    def collect(self, size: int, log: ToyLog = LOG, seconds: float = 30) -> Collected:
        """
        What the witnesses say about the log's tree of this size.
        """

        async def proof(old: int) -> Sequence[bytes]:
            self.proven.append(old)
            return log.proof(old, size)

        return self.run(log.checkpoint(size), proof, seconds)

    def run(self, checkpoint: bytes, proof: Callable[[int], Awaitable[Sequence[bytes]]], seconds: float) -> Collected:
        """
        The same with any proof.
        """

        async def ask() -> Collected:
            async with httpx.AsyncClient(mounts=self._mounts, trust_env=False) as client:
                return await collect(client, self._policy, checkpoint, proof=proof, seconds=seconds, sizes=self.sizes)

        return asyncio.run(ask())


@pytest.fixture
def states(tmp_path: Path):
    """
    The memories of two witnesses.
    """
    with closing(WitnessState(tmp_path / "1")) as first, closing(WitnessState(tmp_path / "2")) as second:
        yield first, second


def test_lines_of_all_witnesses_make_a_cosigned_checkpoint(states):
    """
    Checkpoint and lines together are a note that verifies with the log's key and both witnesses'.
    """
    collected = Client(real(states[0]), real(states[1], SECOND), STRICT).collect(5)
    note = parse_note(LOG.checkpoint(5) + "".join(collected.lines.values()).encode())
    keys = [LOG.key.key, *(VerifierKey.parse(key.verifier()) for key in (FIRST, SECOND))]

    assert (set(collected.lines), collected.met, collected.faults) == ({"first", "second"}, True, {})
    assert len(verified(note, keys)) == 3


def test_the_size_known_is_proven_from(states):
    """
    After its first answer a witness is asked once each time, with a proof from the size it cosigned.
    """
    first, second = real(states[0]), real(states[1], SECOND)
    client = Client(first, second)
    for size in (5, 9, 9, 12):
        assert not client.collect(size).faults

    assert first.asked == [b"old 0", b"old 5", b"old 9", b"old 9"]
    assert first.statuses == second.statuses == [200] * 4
    assert client.proven == [5, 5, 9, 9]


def test_a_witness_that_knows_better_is_asked_again(states):
    """
    A log that has forgotten is told the size in 409, and proves from there.
    """
    Client(real(states[0]), real(states[1], SECOND)).collect(5)
    first = real(states[0])
    collected = Client(first, real(states[1], SECOND)).collect(9)

    assert (first.asked, first.statuses) == ([b"old 0", b"old 5"], [409, 200])
    assert collected.met


def test_a_witness_that_has_seen_more_says_that_the_log_was_cut(states):
    """
    A log that shows a smaller tree than before gets no cosignature, and the reason in words.
    """
    client = Client(real(states[0]), real(states[1], SECOND))
    client.collect(9)
    for asking in (client, Client(real(states[0]), real(states[1], SECOND))):
        collected = asking.collect(5)

        assert (collected.lines, collected.met) == ({}, False)
        assert collected.faults["first"] == (
            "The witness first has cosigned 9 entries already, and this checkpoint has 5; the log was cut."
        )


def test_a_fork_gets_no_cosignature(states):
    """
    A second history is refused with 422, and what the witness says about it is told.
    """
    client = Client(real(states[0]), real(states[1], SECOND))
    client.collect(5)
    collected = client.collect(9, ToyLog(forked_at=3))

    assert (collected.lines, collected.met) == ({}, False)
    assert collected.faults["second"].startswith("The witness second refuses with status 422: The checkpoint is not")


def slow() -> httpx.AsyncBaseTransport:
    """
    A witness that never answers.
    """

    async def never(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    return httpx.MockTransport(never)


def endless() -> httpx.AsyncBaseTransport:
    """
    A witness whose answer never ends.
    """

    async def parts() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 10_000

    return httpx.MockTransport(lambda request: httpx.Response(200, content=parts()))


def absent() -> httpx.AsyncBaseTransport:
    """
    A witness that nobody reaches.
    """

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    return httpx.MockTransport(refuse)


def line_by(key: WitnessKey, size: int = 5) -> bytes:
    """
    A cosignature line.
    """
    return f"{key.cosign(parse_note(LOG.checkpoint(size)).text, 1).line()}\n".encode()


SIZE = "text/x.tlog.size"
LIARS = {
    "slow": (slow(), "did not answer within 0.2 seconds"),
    "endless": (endless(), "answered with more than 65536 bytes"),
    "absent": (absent(), "cannot be reached (ConnectError)"),
    "broken": (answering(500, b"\x1b[31mTraceback\n\xff"), "refuses with status 500: [31mTraceback"),
    "moved": (
        httpx.MockTransport(lambda request: response(302, Location="http://second.example/")),
        "refuses with status 302",
    ),
    "silent": (answering(200, b""), "answers with no valid cosignature"),
    "garbage": (answering(200, b"\xff\xfe\n"), "answers with no valid cosignature"),
    "another key": (answering(200, line_by(SECOND)), "answers with no valid cosignature"),
    "another tree": (answering(200, line_by(FIRST, 6)), "answers with no valid cosignature"),
    "the log's own line": (answering(200, LOG.checkpoint(5).split(b"\n\n")[1]), "answers with no valid cosignature"),
    "another text": (answering(200, b"\n" + LOG.checkpoint(6) + line_by(FIRST, 6)), "answers with no valid"),
    "conflict with nothing": (answering(409, b"", SIZE), "does not say which size"),
    "conflict of another type": (answering(409, b"3\n", "text/html"), "does not say which size"),
    "conflict with words": (answering(409, b"three\n", SIZE), "does not say which size"),
    "conflict for ever": (answering(409, b"3\n", SIZE), "refuses with status 409"),
    "conflict about what was asked": (answering(409, b"0\n", SIZE), "refuses a proof from there"),
    "conflict beyond all": (answering(409, b"9999999999999999999\n", SIZE), "the log was cut"),
}


@pytest.mark.parametrize("kind", LIARS)
def test_a_witness_that_is_away_or_lies_costs_its_line_and_no_more(states, kind: str):
    """
    Its fault is told in a sentence; the other witness's line is there, and the policy judges by that.
    """
    transport, sentence = LIARS[kind]
    collected = [
        Client(transport, real(states[1], SECOND), policy).collect(5, seconds=0.2 if kind == "slow" else 30)
        for policy in (POLICY, STRICT)
    ]

    assert [each.met for each in collected] == [True, False]
    assert all(set(each.lines) == {"second"} for each in collected)
    assert all(each.faults["first"].startswith("The witness first ") for each in collected)
    assert all(sentence in each.faults["first"] for each in collected)


def test_lines_of_others_beside_the_witness_own_are_ignored(states):
    """
    Of an answer with several lines the witness's own is taken.
    """
    answer = answering(200, line_by(SECOND) + line_by(FIRST))
    collected = Client(answer, absent()).collect(5)

    assert collected.lines == {"first": line_by(FIRST).decode()}


def test_a_wrong_line_of_its_own_is_not_made_good_by_a_right_one():
    """
    A witness that answers with a wrong signature of its own is not believed at all.
    """
    collected = Client(answering(200, line_by(FIRST, 6) + line_by(FIRST)), absent()).collect(5)

    assert collected.lines == {}


def test_a_witness_without_an_address_is_told_of():
    """
    Whom the policy names without saying where they are cannot be asked.
    """
    policy = parse_policy(f"witness first {FIRST.verifier()}\nquorum first\n")
    collected = Client(absent(), absent(), policy).collect(5)

    assert collected == Collected({}, False, {"first": "The witness first has no address in the policy."})


def test_our_own_failure_is_raised_when_all_have_been_waited_for(states):
    """
    A proof that cannot be made is not the witness's fault; the other witness is not left in the middle.
    """
    client = Client(real(states[0]), second := real(states[1], SECOND))
    client.collect(5)
    client.sizes.learn(POLICY.witnesses[1], ORIGIN, 0)

    async def fail(old: int) -> Sequence[bytes]:
        raise LookupError

    with pytest.raises(LookupError):
        client.run(LOG.checkpoint(9), fail, 30)

    assert second.statuses == [200, 409]


def test_proofs_are_asked_for_one_at_a_time(states):
    """
    Whoever makes proofs needs one connection to the database, however many witnesses there are.
    """
    client = Client(real(states[0]), real(states[1], SECOND))
    client.collect(5)
    at_work: list[int] = []
    most = []

    async def proof(old: int) -> Sequence[bytes]:
        at_work.append(old)
        most.append(len(at_work))
        await asyncio.sleep(0)
        at_work.pop()
        return LOG.proof(old, 9)

    assert not client.run(LOG.checkpoint(9), proof, 30).faults
    assert most == [1, 1]


def test_an_address_may_have_a_path():
    """
    The submission prefix of a witness is kept, with one slash before what is asked for.
    """
    asked: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return response(500)

    for end in ("", "/"):
        policy = parse_policy(f"witness first {FIRST.verifier()} http://first.example/some/path{end}\nquorum first\n")
        Client(httpx.MockTransport(note), absent(), policy).collect(5)

    assert asked == ["http://first.example/some/path/add-checkpoint"] * 2


def test_only_a_checkpoint_is_sent():
    """
    What is no signed checkpoint is our mistake and reaches nobody.
    """
    with pytest.raises(NoteMalformed):
        Client(absent(), absent()).run(b"nothing", lambda old: asyncio.sleep(0, []), 30)


@pytest.mark.parametrize("url", ["", "first.example", "http://", "ftp://first.example", "http://[1", "http://a b/"])
def test_an_address_that_is_none_is_unanswered(url: str):
    """
    Whatever stands in a policy for an address, the worst is that nobody answers.
    """

    async def ask() -> Answered | Unanswered:
        async with httpx.AsyncClient(trust_env=False, transport=absent()) as client:
            return await post(client, url, b"", media_type="text/plain", largest=10, seconds=30)

    assert isinstance(asyncio.run(ask()), Unanswered)
