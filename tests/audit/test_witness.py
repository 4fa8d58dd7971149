"""
A witness cosigns what extends, once and for all, and says exactly why it does not.
"""

import base64
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from audit.note import VerifierKey, parse_note, verified
from audit.signing import LogKey, WitnessKey
from audit.witnessing.state import Cosigned, WitnessState
from audit.witnessing.witness import Answer, Witness
from tests.audit.toylog import ORIGIN, ToyLog, body

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KEY = WitnessKey.from_secret(b"w" * 32, "witness.example/w1")
LOG = ToyLog()
TRUSTED = [LOG.key.key]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[WitnessState]:
    """
    A witness's empty memory.
    """
    with closing(WitnessState(tmp_path / "witness" / "state.sqlite3")) as opened:
        yield opened


@pytest.fixture
def witness(state: WitnessState) -> Witness:
    """
    A witness of the toy log.
    """
    return Witness(state, KEY, TRUSTED)


def cosigned_at(answer: Answer, checkpoint: bytes, key: WitnessKey = KEY) -> int:
    """
    The time of an answer's cosignature, verified without any code of ours (c2sp.org/tlog-cosignature, cosignature/v1).
    """
    dash, name, encoded = answer.body.decode().removesuffix("\n").split(" ")
    raw = base64.b64decode(encoded, validate=True)
    public = key.private.public_key().public_bytes_raw()
    seconds = int.from_bytes(raw[4:12], "big")
    text = checkpoint[: checkpoint.rindex(b"\n\n") + 1]
    Ed25519PublicKey.from_public_bytes(public).verify(raw[12:], b"cosignature/v1\ntime %d\n%s" % (seconds, text))
    assert (dash, name) == ("—", key.name)
    assert raw[:4] == sha256(name.encode() + b"\n\x04" + public).digest()[:4]
    assert len(raw) == 4 + 8 + 64
    return seconds


def test_the_first_checkpoint_is_cosigned(witness: Witness):
    """
    A log that was never seen starts from size 0 without a proof, and its cosignature says when.
    """
    answer = witness.add_checkpoint(LOG.body(0, 5), NOON)

    assert answer.status == 200
    assert cosigned_at(answer, LOG.checkpoint(5)) == int(NOON.timestamp())


def test_a_cosignature_is_over_the_time_and_the_text_and_nothing_else(witness: Witness):
    """
    The second implementation refuses the same cosignature under another text.
    """
    answer = witness.add_checkpoint(LOG.body(0, 5), NOON)

    with pytest.raises(InvalidSignature):
        cosigned_at(answer, LOG.checkpoint(6))


def test_a_tree_that_extends_the_last_is_cosigned(witness: Witness):
    """
    Every step of a growing log is followed, whatever the shapes of the trees.
    """
    sizes = [0, 1, 2, 3, 7, 8, 9, 16, 31, 64, 65, 127, 300]
    answers = [witness.add_checkpoint(LOG.body(old, new), NOON) for old, new in zip([0, *sizes], sizes, strict=False)]

    assert [answer.status for answer in answers] == [200] * len(sizes)


def test_the_same_tree_is_cosigned_again_with_a_new_time(witness: Witness):
    """
    A log in which nothing happens gives a sign of life.
    """
    witness.add_checkpoint(LOG.body(0, 5), NOON)
    answer = witness.add_checkpoint(LOG.body(5, 5), NOON + timedelta(hours=1))

    assert answer.status == 200
    assert cosigned_at(answer, LOG.checkpoint(5)) == int(NOON.timestamp()) + 3600


@pytest.mark.parametrize("old", [0, 4, 6])
def test_another_old_size_is_a_conflict_that_tells_the_size(witness: Witness, old: int):
    """
    409 carries the size last cosigned as text/x.tlog.size, so that the log can prove from there.
    """
    witness.add_checkpoint(LOG.body(0, 5), NOON)
    answer = witness.add_checkpoint(LOG.body(old, 9), NOON)

    assert answer == Answer(409, b"5\n", "text/x.tlog.size")


def test_an_old_size_of_a_log_never_seen_is_a_conflict(witness: Witness):
    """
    Of a log it never saw a witness has cosigned nothing.
    """
    assert witness.add_checkpoint(LOG.body(3, 5), NOON) == Answer(409, b"0\n", "text/x.tlog.size")


def test_going_back_is_refused(witness: Witness):
    """
    A log that was cut, and signs a smaller tree again, is told the size that it had.
    """
    witness.add_checkpoint(LOG.body(0, 9), NOON)
    shorter = [witness.add_checkpoint(LOG.body(old, 5), NOON) for old in (0, 5)]
    above = witness.add_checkpoint(body(9, [], LOG.checkpoint(5)), NOON)

    assert [answer.status for answer in (*shorter, above)] == [409, 409, 400]


def test_a_fork_is_refused(witness: Witness):
    """
    A second history is not cosigned, whether longer or of the same size, with its own proofs or with none.
    """
    fork = ToyLog(forked_at=3)
    witness.add_checkpoint(LOG.body(0, 5), NOON)
    before = witness.latest(sha256(ORIGIN.encode()).hexdigest())
    shown = [
        fork.body(5, 9),
        fork.body(5, 5),
        body(5, [], fork.checkpoint(9)),
        body(5, LOG.proof(5, 9), fork.checkpoint(9)),
    ]
    answers = [witness.add_checkpoint(each, NOON) for each in shown]

    assert [answer.status for answer in answers] == [422] * 4
    assert witness.latest(sha256(ORIGIN.encode()).hexdigest()) == before


def test_a_proof_that_is_not_exactly_the_proof_is_refused(witness: Witness):
    """
    Nothing missing, nothing more, nothing swapped, and none where none belongs.
    """
    proof, after = LOG.proof(5, 9), LOG.checkpoint(9)
    surplus = witness.add_checkpoint(body(0, proof, LOG.checkpoint(5)), NOON)
    witness.add_checkpoint(LOG.body(0, 5), NOON)
    shown = [proof[1:], [*proof, proof[0]], proof[::-1], [b"\0" * 32, *proof[1:]]]
    answers = [witness.add_checkpoint(body(5, each, after), NOON) for each in shown]

    assert [answer.status for answer in (surplus, *answers)] == [422] * 5


def test_an_empty_tree_has_one_root(witness: Witness):
    """
    A checkpoint of size 0 with another root than SHA-256 of nothing is refused.
    """
    text = f"{ORIGIN}\n0\n{base64.b64encode(bytes(32)).decode()}\n"
    note = text.encode() + f"\n{LOG.key.sign(text).line()}\n".encode()

    assert witness.add_checkpoint(body(0, [], note), NOON).status == 422


def test_an_unknown_log_is_not_found(witness: Witness):
    """
    Whoever signs, a log that the witness was not given is none of its business.
    """
    assert witness.add_checkpoint(ToyLog("example.org/other").body(0, 5), NOON).status == 404


def test_a_checkpoint_without_a_trusted_signature_is_forbidden(witness: Witness):
    """
    Another key under the log's name, a signature over another tree, and the wrong key beside the right one.
    """
    stranger = ToyLog(secret=b"x" * 32)
    text = parse_note(LOG.checkpoint(5)).text
    borrowed = text.encode() + b"\n" + LOG.key.sign("another text\n").line().encode() + b"\n"
    spoiled = LOG.checkpoint(5) + LOG.key.sign("another text\n").line().encode() + b"\n"
    shown = [stranger.checkpoint(5), borrowed, spoiled]

    assert [witness.add_checkpoint(body(0, [], each), NOON).status for each in shown] == [403] * 3


def test_signatures_by_unknown_keys_are_neither_minded_nor_kept(witness: Witness):
    """
    What the witness publishes is vouched for: the trusted key's signature and its own.
    """
    stranger = LogKey.from_secret(b"x" * 32, "example.org/somebody")
    checkpoint = LOG.checkpoint(5)
    foreign = stranger.sign(parse_note(checkpoint).text).line().encode()
    answer = witness.add_checkpoint(body(0, [], checkpoint + foreign + b"\n"), NOON)

    assert answer.status == 200
    assert witness.latest(sha256(ORIGIN.encode()).hexdigest()) == checkpoint + answer.body


def test_a_log_may_have_several_keys(state: WitnessState):
    """
    During a rotation the old key's signature and the new key's are worth the same.
    """
    rotated = ToyLog(secret=b"n" * 32)
    witness = Witness(state, KEY, [LOG.key.key, rotated.key.key])
    answers = [witness.add_checkpoint(LOG.body(0, 5), NOON), witness.add_checkpoint(rotated.body(5, 9), NOON)]

    assert [answer.status for answer in answers] == [200, 200]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: b"",
        lambda good: good[:-1],
        lambda good: good.replace(b"old 0", b"old 00"),
        lambda good: good.replace(b"old 0", b"old -1"),
        lambda good: good.replace(b"old 0", b"old 99999999999999999999"),
        lambda good: good.replace(b"old 0", b"new 0"),
        lambda good: good.replace(b"old 0\n", b"old 0\n" + base64.b64encode(bytes(31)) + b"\n"),
        lambda good: good.replace(b"old 0\n", b"old 0\n" + (base64.b64encode(bytes(32)) + b"\n") * 64),
        lambda good: good.replace(b"old 0\n\n", b"old 0\n"),
        lambda good: good.replace(b"\n5\n", b"\n05\n"),
        lambda good: good.replace(b"\n5\n", b"\n9223372036854775808\n"),
        lambda good: good.replace(b"\n", b"\r\n"),
        lambda good: good.replace(ORIGIN.encode(), b"\xff"),
        lambda good: good[: good.rindex("—".encode())],
    ],
)
def test_what_is_malformed_is_a_bad_request(witness: Witness, spoil):
    """
    Every departure from the one spelling is refused before anything else is looked at.
    """
    assert witness.add_checkpoint(spoil(LOG.body(0, 5)), NOON).status == 400


@given(st.binary(max_size=200))
def test_garbage_is_a_bad_request(tmp_path_factory, data):
    """
    Whatever bytes arrive, there is an answer.
    """
    with closing(WitnessState(tmp_path_factory.mktemp("state") / "state.sqlite3")) as state:
        assert Witness(state, KEY, TRUSTED).add_checkpoint(data, NOON).status == 400


REQUESTS = st.lists(st.tuples(st.sampled_from(["one", "other"]), st.integers(0, 14), st.integers(0, 14)), max_size=25)


@given(st.integers(0, 10), REQUESTS)
def test_what_is_cosigned_is_one_history(tmp_path_factory, forked_at, requests):
    """
    Whatever two histories are shown in whatever order, the trees cosigned never shrink and all lie on one line.
    """
    logs = {"one": LOG, "other": ToyLog(forked_at=forked_at)}
    accepted = []
    with closing(WitnessState(tmp_path_factory.mktemp("state") / "state.sqlite3")) as state:
        witness = Witness(state, KEY, TRUSTED)
        for branch, old, size in requests:
            if witness.add_checkpoint(logs[branch].body(old, size), NOON).status == 200:
                accepted.append((branch, size))

    assert all(first[1] <= second[1] for first, second in pairwise(accepted))
    assert len({branch for branch, size in accepted if size > forked_at}) <= 1


def test_of_twenty_that_race_one_wins(tmp_path: Path):
    """
    Twenty trees that all extend the same one, shown at once to a witness with two doors to its memory: one is cosigned,
    and every other is told the winner's size.
    """
    path = tmp_path / "state.sqlite3"
    together = threading.Barrier(20)
    with closing(WitnessState(path)) as first, closing(WitnessState(path)) as second:
        doors = [Witness(each, KEY, TRUSTED) for each in (first, second)]
        doors[0].add_checkpoint(LOG.body(0, 5), NOON)
        bodies = [LOG.body(5, 6 + number) for number in range(20)]

        def show(number: int) -> Answer:
            together.wait()
            return doors[number % 2].add_checkpoint(bodies[number], NOON)

        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(show, range(20)))
    won = [number for number, answer in enumerate(answers) if answer.status == 200]

    assert len(won) == 1
    assert [answer for answer in answers if answer.status != 200] == [
        Answer(409, b"%d\n" % (6 + won[0]), "text/x.tlog.size")
    ] * 19


def test_the_newest_cosigned_checkpoint_is_told(witness: Witness):
    """
    Monitors get the log's signature and the witness's in one note, and nothing of a log never seen.
    """
    log = sha256(ORIGIN.encode()).hexdigest()
    before = witness.latest(log)
    witness.add_checkpoint(LOG.body(0, 5), NOON)
    witness.add_checkpoint(LOG.body(5, 9), NOON)
    note = parse_note(witness.latest(log) or b"")

    assert before is None
    assert note.text.split("\n")[1] == "9"
    assert len(verified(note, [LOG.key.key, VerifierKey.parse(KEY.verifier())])) == 2


def test_what_was_cosigned_is_in_the_file(tmp_path: Path):
    """
    A witness that starts again knows what it has cosigned.
    """
    path = tmp_path / "state.sqlite3"
    with closing(WitnessState(path)) as state:
        Witness(state, KEY, TRUSTED).add_checkpoint(LOG.body(0, 9), NOON)
    with closing(WitnessState(path)) as state:
        answer = Witness(state, KEY, TRUSTED).add_checkpoint(LOG.body(0, 5), NOON)

    assert answer == Answer(409, b"9\n", "text/x.tlog.size")


def test_a_turn_that_fails_keeps_nothing(state: WitnessState):
    """
    What was kept in a turn is forgotten when the turn fails, and the next turn is not held up.
    """

    def fail_after_keeping() -> None:
        with state.turn(ORIGIN) as turn:
            turn.keep(Cosigned(ORIGIN, 5, bytes(32), b""))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_keeping()

    with state.turn(ORIGIN) as turn:
        assert turn.last() is None


def test_the_file_itself_never_goes_back(state: WitnessState):
    """
    A smaller tree is refused by the memory as well, whoever asks for it.
    """
    with state.turn(ORIGIN) as turn:
        turn.keep(Cosigned(ORIGIN, 5, bytes(32), b""))
    with pytest.raises(sqlite3.IntegrityError, match="never goes back"), state.turn(ORIGIN) as turn:
        turn.keep(Cosigned(ORIGIN, 4, bytes(32), b""))

    with state.turn(ORIGIN) as turn:
        assert turn.last() == Cosigned(ORIGIN, 5, bytes(32), b"")
