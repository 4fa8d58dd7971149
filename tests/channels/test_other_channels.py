"""
The readers of Twilio's and of generic deliveries, and their signatures: whatever comes, nothing raises and nobody is lost.
"""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from server.channels.events import Message
from server.channels.generic import read_generic
from server.channels.spoken import refusal_in
from server.channels.standard_webhooks import is_secret, new_secret, why_unsigned
from server.channels.twilio import read_twilio
from server.channels.twilio_signature import twilio_matches
from tests.channels import twilio_like

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
NAMES = [
    "MessageSid",
    "SmsSid",
    "CallSid",
    "CallStatus",
    "CallDuration",
    "Direction",
    "From",
    "To",
    "Body",
    "OptOutType",
    "ButtonText",
    "ButtonPayload",
    "Digits",
    "SpeechResult",
    "TranscriptionText",
    "TranscriptionData",
    "Track",
    "Timestamp",
    "MessageStatus",
    "ErrorCode",
    "SequenceId",
]
KEYS = [
    "type",
    "id",
    "at",
    "contact",
    "phone",
    "whatsapp_user_id",
    "text",
    "channel",
    "button",
    "title",
    "payload",
    "call",
    "digits",
    "agent",
    "note",
    "scope",
    "purposes",
    "channels",
    "utterances",
    "speaker",
    "offset_ms",
    "outcome",
    "duration_s",
    "hold",
    "from",
    "direction",
    "events",
]
WORDS = st.sampled_from(
    ["STOP", "message", "keypress", "transcript", "outcome", "withdrawal", "sms", "voice", "connected", "+34600111222"]
)
JSON: st.SearchStrategy[Any] = st.recursive(  # Any: whatever JSON may be.
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8),
    max_leaves=25,
)
NO = {"type": "message", "id": "no", "channel": "sms", "text": "STOP", "contact": {"phone": "+34600111222"}}


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(NAMES), WORDS | st.text(max_size=40), max_size=12), st.text(max_size=20))
def test_no_fields_of_twilios_raise(fields, hold):
    """
    Every request is at least one item, however its fields are missing, swapped or odd.
    """
    assert read_twilio(fields, {"hold": hold}, NOW)


@settings(max_examples=300)
@given(JSON)
def test_no_event_raises_or_loses_its_neighbours(event):
    """
    The no before and the one behind are read, whatever stands between.
    """
    items = read_generic({"events": [NO, event, NO]}, "msg_1", NOW)
    noes = [each for each in items if isinstance(each, Message) and each.meaning.kind == "opt_out"]

    assert len(noes) >= 2
    assert items[0] == items[-1]


@given(JSON)
def test_no_body_raises(body):
    """
    JSON of any shape is read or kept.
    """
    for item in read_generic(body, "msg_1", NOW):
        assert item.key


def test_depth_breaks_nothing():
    """
    An event nested ten thousand deep is kept by a key, and its neighbours are read.
    """
    deep: list[object] = []
    for _ in range(10_000):
        deep = [deep]
    items = read_generic({"events": [NO, {"type": "message", "contact": deep, "text": deep}, NO]}, "msg_1", NOW)

    assert [type(each).__name__ for each in items] == ["Message", "Unreadable", "Message"]


def test_twilios_own_example_verifies():
    """
    The example of Twilio's documentation: its address, fields, token and signature.
    """
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+12349013030",
        "Digits": "1234",
        "From": "+12349013030",
        "To": "+18005551212",
    }
    url, token = "https://mycompany.com/myapp.php?foo=1&bar=2", b"12345"
    raw = twilio_like.form(fields)
    signature = "0/KCTR6DLpKmkAf8muzZqo1nDgQ="

    assert twilio_matches(url, raw, None, signature, token)
    assert twilio_matches(url.replace(".com/", ".com:443/"), raw, None, signature, token)
    assert not twilio_matches(url.replace("foo=1", "foo=2"), raw, None, signature, token)
    assert not twilio_matches(url, raw + b"&x=1", None, signature, token)
    assert not twilio_matches(url, raw, None, signature, b"")


@given(st.binary(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_header_raises(raw, one, two, three):
    """
    Whatever stands in the headers, an answer is given, and it is no.
    """
    assert not twilio_matches("https://venia.example/x", raw, one, two, b"token")
    assert why_unsigned(raw, id=one, timestamp=two, signatures=three, secret=new_secret().encode(), now=NOW)


def test_standard_webhooks_own_example_verifies():
    """
    The example of the specification: secret, id, time, body and signature; within five minutes either way.
    """
    secret, raw = b"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    headers = {"id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "timestamp": "1614265330"}
    signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    signed_at = datetime.fromtimestamp(1614265330, UTC)

    def told(after: timedelta, signatures: str = signature, body: bytes = raw) -> str | None:
        return why_unsigned(body, **headers, signatures=signatures, secret=secret, now=signed_at + after)

    assert told(timedelta()) is None
    assert told(timedelta(minutes=5)) is None
    assert told(timedelta(), f"v1,AAAA v1a,x {signature}") is None
    assert told(timedelta(minutes=5, seconds=1)) is not None
    assert told(timedelta(minutes=-6)) is not None
    assert told(timedelta(), "v1," + base64.b64encode(b"x" * 32).decode()) is not None
    assert told(timedelta(), signature.replace("v1,", "v2,")) is not None
    assert told(timedelta(), body=raw + b" ") is not None


def test_a_secret_has_a_form():
    """
    What is made here is one; too short, without its prefix or no base64 is none.
    """
    assert is_secret(new_secret())
    assert not any(map(is_secret, ["", "whsec_", "whsec_AAAA", "A" * 32, "whsec_" + "!" * 32]))


def test_a_yes_in_a_call_is_no_opt_in():
    """
    Only refusals are heard, and one of nobody known is doubtful.
    """
    assert [refusal_in(each, is_customer=True) for each in ("yes", "start", "help", "sí, claro")] == [None] * 4
    clear, doubted = (refusal_in("stop calling me", is_customer=known) for known in (True, False))
    assert clear is not None
    assert doubted is not None
    assert (clear.kind, doubted.kind) == ("opt_out", "opt_out_maybe")


def test_a_form_of_too_many_fields_is_signed_by_nobody():
    """
    It is refused like any delivery without a signature, and nothing breaks.
    """
    raw = "&".join(f"a{number}=1" for number in range(1_200)).encode()
    header = base64.b64encode(b"x" * 20).decode()

    assert not twilio_matches("https://a.example/", raw, "application/x-www-form-urlencoded", header, b"secret")


def test_words_are_heard_whatever_status_comes_with_them():
    """
    A STOP that carries a MessageStatus is a STOP.
    """
    fields = {
        "MessageSid": "SM1",
        "MessageStatus": "received",
        "From": "+34600111222",
        "To": "+34910000000",
        "Body": "STOP",
    }
    [item] = read_twilio(fields, {}, NOW)

    assert isinstance(item, Message)
    assert item.meaning.kind == "opt_out"
