"""
A time-stamp is somebody else's word for these very bytes, or it is refused in words.
"""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from audit.der import in_order
from audit.errors import TimestampRefused, TimestampUnreachable
from audit.timestamps import check_token, request_token
from tests.audit.authority import Authority, answering
from tests.audit.toylog import ToyLog
from tests.server.process import free_port

DATA = ToyLog().checkpoint(5)


def _wrapped(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """
    Values in values, as DER nests them.
    """
    tags = st.sampled_from([b"\x30", b"\xa0", b"\x31", b"\x02"])
    contents = st.lists(inner, max_size=4).map(b"".join).filter(lambda content: len(content) < 128)
    return st.builds(lambda tag, content: tag + bytes([len(content)]) + content, tags, contents)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    """
    An authority that answers.
    """
    with answering(Authority(tmp_path_factory.mktemp("tsa") / "first")) as authority:
        yield authority


@pytest.fixture
def authority(made: Authority) -> Authority:
    """
    The same, as honest as at first.
    """
    made.spoil, made.status, made.asked = bytes, 200, []
    made.open.set()
    return made


@pytest.fixture(scope="module")
def token(made: Authority) -> bytes:
    """
    A token over DATA.
    """
    return made.stamp(DATA)


def ask(url: str, data: bytes = DATA, seconds: float = 60) -> bytes:
    """
    What the authority is asked and answers.
    """

    async def send() -> bytes:
        async with httpx.AsyncClient(trust_env=False) as client:
            return await request_token(client, url, data, seconds=seconds)

    return asyncio.run(send())


def test_a_token_tells_when(authority: Authority):
    """
    The moment that the authority vouches for is the one at which it was asked, to the second that it tells.
    """
    before = datetime.now(UTC)
    moment = check_token(ask(authority.url), DATA, [authority.root])

    assert moment.tzinfo is UTC
    assert before - timedelta(seconds=1) <= moment <= datetime.now(UTC)


def test_a_token_is_stored_as_it_came_and_openssl_verifies_it(authority: Authority):
    """
    Nobody needs our code to check it: openssl ts -verify with the bytes, the answer and the root.
    """
    assert authority.verifies(ask(authority.url), DATA)


def test_openssl_asks_and_we_verify(authority: Authority, token: bytes):
    """
    A token that somebody else asked for is checked like our own.
    """
    assert check_token(token, DATA, [authority.root]).year >= 2026


def test_the_request_is_what_the_standard_asks_for(authority: Authority):
    """
    application/timestamp-query with SHA-256, a nonce that is new each time, and the wish for the certificate.
    """
    ask(authority.url)
    ask(authority.url)
    said = []
    for media_type, query in authority.asked:
        (authority.folder / "seen").write_bytes(query)
        said.append((media_type, authority.openssl("ts", "-query", "-in", "seen", "-text")))
    nonces = [line for _, text in said for line in text.splitlines() if line.startswith("Nonce: 0x")]

    assert [media_type for media_type, _ in said] == ["application/timestamp-query"] * 2
    assert all("Hash Algorithm: sha256" in text and "Certificate required: yes" in text for _, text in said)
    assert len({*nonces}) == 2


def test_a_token_over_other_bytes_is_refused(authority: Authority, token: bytes):
    """
    One byte more is another checkpoint.
    """
    with pytest.raises(TimestampRefused, match="over other bytes"):
        check_token(token, DATA + b"\n", [authority.root])


def test_a_token_under_another_root_is_refused(token: bytes, tmp_path: Path):
    """
    An authority of the same names whose root is not trusted says nothing.
    """
    stranger = Authority(tmp_path / "second")

    with pytest.raises(TimestampRefused, match="not signed by an authority that is trusted"):
        check_token(token, DATA, [stranger.root])


def test_one_of_several_roots_is_enough(authority: Authority, token: bytes, tmp_path: Path):
    """
    Roots may lie in one file or in several, and the same one may be given twice.
    """
    stranger = Authority(tmp_path / "second")
    moments = {
        check_token(token, DATA, [stranger.root, authority.root, authority.root]),
        check_token(token, DATA, [stranger.root + authority.root]),
    }

    assert len(moments) == 1


@pytest.mark.parametrize(
    ("roots", "sentence"),
    [([], "No certificate is trusted"), ([b""], "not in PEM"), ([b"nothing"], "not in PEM")],
)
def test_without_a_root_nothing_is_proven(token: bytes, roots: list[bytes], sentence: str):
    """
    Nobody trusted is not everybody trusted.
    """
    with pytest.raises(TimestampRefused, match=sentence):
        check_token(token, DATA, roots)


def test_certificates_may_come_in_any_order(token: bytes, tmp_path: Path):
    """
    An authority that sends the signer's certificate first, as openssl does, is understood even if DER sorts otherwise.
    """
    sender = Authority(tmp_path / "chain", certs="certs = ca.pem", signer="T" * 60)
    stamped = sender.stamp(DATA)

    assert in_order(token) == token
    assert in_order(stamped) != stamped
    assert sender.verifies(stamped, DATA)
    assert check_token(stamped, DATA, [sender.root]) == check_token(in_order(stamped), DATA, [sender.root])


@given(st.binary(max_size=60) | st.recursive(st.binary(max_size=9), _wrapped))
def test_putting_in_order_takes_anything(data: bytes):
    """
    What is no answer of an authority comes back as it is, or with the same bytes in another order.
    """
    assert sorted(in_order(data)) == sorted(data)


@given(st.data())
def test_a_token_that_was_changed_never_tells_another_time(made: Authority, token: bytes, data: st.DataObject):
    """
    Whatever byte is changed, the token is refused, or says the same as before.
    """
    at = data.draw(st.integers(0, len(token) - 1))
    changed = token[:at] + bytes([token[at] ^ data.draw(st.integers(1, 255))]) + token[at + 1 :]
    try:
        moment = check_token(changed, DATA, [made.root])
    except TimestampRefused:
        return

    assert moment == check_token(token, DATA, [made.root])


@given(st.binary(max_size=100))
def test_garbage_is_refused(made: Authority, data: bytes):
    """
    Whatever is stored for a token, there is a sentence.
    """
    with pytest.raises(TimestampRefused, match=r"DER|refused|token"):
        check_token(data, DATA, [made.root])


def test_an_authority_that_refuses_is_quoted(tmp_path: Path):
    """
    What it cannot do it says in its answer, and we say it too.
    """
    with answering(Authority(tmp_path / "picky", digests="sha512")) as picky:
        with pytest.raises(TimestampRefused, match=r"refused with status 2: Message digest algorithm is not supported"):
            ask(picky.url)

        refusal = picky.reply(picky.asked[0][1])
        with pytest.raises(TimestampRefused, match="refused with status 2"):
            check_token(refusal, DATA, [picky.root])


def _answer_to_another(authority: Authority, data: bytes) -> Callable[[bytes], bytes]:
    query = TimestampRequestBuilder(data, HashAlgorithm.SHA256).build()
    other = authority.reply(query.as_bytes())
    return lambda reply: other


@pytest.mark.parametrize(("data", "sentence"), [(DATA, "answers another request"), (DATA + b"\n", "over other bytes")])
def test_an_answer_to_another_request_is_refused(authority: Authority, data: bytes, sentence: str):
    """
    A token that was made before, for these bytes or for others, does not pass for a new one.
    """
    authority.spoil = _answer_to_another(authority, data)

    with pytest.raises(TimestampRefused, match=sentence):
        ask(authority.url)


@pytest.mark.parametrize("spoil", [lambda reply: b"", lambda reply: b"<html>", lambda reply: reply[:-1]])
def test_an_answer_that_is_none_is_refused(authority: Authority, spoil: Callable[[bytes], bytes]):
    """
    What cannot be read is not stored.
    """
    authority.spoil = spoil

    with pytest.raises(TimestampRefused, match="no DER-encoded TimeStampResp"):
        ask(authority.url)


def test_an_authority_that_does_not_answer_is_given_up(authority: Authority):
    """
    After the time given, an authority that took the request and says nothing counts as unreachable.
    """
    authority.open.clear()

    with pytest.raises(TimestampUnreachable, match=r"did not answer within 0\.2 seconds"):
        ask(authority.url, seconds=0.2)


def test_an_authority_that_is_away_is_unreachable():
    """
    Nobody listens there.
    """
    with pytest.raises(TimestampUnreachable, match="cannot be reached"):
        ask(f"http://127.0.0.1:{free_port()}/tsr")


def test_an_authority_in_trouble_is_unreachable(authority: Authority):
    """
    Another status than 200 is no answer, whatever the body says.
    """
    authority.status = 503

    with pytest.raises(TimestampUnreachable, match="HTTP status 503"):
        ask(authority.url)


def test_an_answer_without_end_is_not_read(authority: Authority):
    """
    A token has a few kilobytes; nobody fills our memory.
    """
    authority.spoil = lambda reply: reply + bytes(300_000)

    with pytest.raises(TimestampUnreachable, match="more than 262144 bytes"):
        ask(authority.url)
