"""
Signatures: only Meta's own bytes are believed.
"""

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.channels.signature import matches, subscription_challenge
from tests.channels import payloads as meta

SECRET = b"app-secret"


def header(raw: bytes, secret: bytes = SECRET) -> str:
    return "sha256=" + hmac.new(secret, raw, hashlib.sha256).hexdigest()


@given(st.binary(), st.binary(min_size=1))
def test_the_right_signature_matches(raw, secret):
    """
    Any bytes under any secret.
    """
    assert matches(raw, header(raw, secret), secret)


def test_a_known_vector_matches():
    """
    RFC 4231, test case 2.
    """
    known = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

    assert matches(b"what do ya want for nothing?", known, b"Jefe")


def test_the_raw_bytes_are_signed_and_not_the_json():
    """
    The same JSON written again has other escapes and does not match.
    """
    raw, signature = meta.signed(meta.delivery(meta.messages(meta.text("a/b ñ @"))), SECRET)

    assert matches(raw, signature, SECRET)
    assert not matches(json.dumps(json.loads(raw)).encode(), signature, SECRET)


@given(st.binary(min_size=1), st.integers(min_value=0), st.integers(1, 255))
def test_one_changed_byte_is_noticed(raw, place, change):
    """
    No byte of the body is outside the signature.
    """
    place %= len(raw)
    edited = raw[:place] + bytes([raw[place] ^ change]) + raw[place + 1 :]

    assert not matches(edited, header(raw), SECRET)


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "",
        "sha256=",
        "sha1=" + "0" * 40,
        header(b"x")[7:],
        header(b"x") + "0",
        header(b"x")[:-1],
        " " + header(b"x"),
        header(b"x") + "\n",
        "SHA256=" + header(b"x")[7:],
        "sha256=" + "é" * 64,
        header(b"x") + "," + header(b"x"),
    ],
)
def test_a_missing_or_malformed_header_does_not_match(bad):
    """
    Nothing but ``sha256=`` and 64 hex digits is a signature.
    """
    assert not matches(b"x", bad, SECRET)


@given(st.text())
def test_no_header_raises(bad):
    """
    Whatever a stranger sends is a plain no.
    """
    assert not matches(b"x", bad, SECRET)


def test_an_empty_secret_matches_nothing():
    """
    Anybody can sign with no secret.
    """
    assert not matches(b"x", header(b"x", b""), b"")


ASKED = {"hub.mode": "subscribe", "hub.verify_token": "token", "hub.challenge": "1158201444"}


def test_the_challenge_is_answered():
    """
    Meta asks with our token and gets its challenge back.
    """
    assert subscription_challenge(ASKED, "token") == "1158201444"


@pytest.mark.parametrize(
    "change",
    [
        {"hub.mode": "unsubscribe"},
        {"hub.mode": ""},
        {"hub.verify_token": "Token"},
        {"hub.verify_token": ""},
        {"hub.verify_token": "tokén\ud800"},
        {"hub.challenge": ""},
    ],
)
def test_anything_else_is_refused(change):
    """
    Another mode, another token or no challenge is a no.
    """
    assert subscription_challenge(ASKED | change, "token") is None


def test_missing_parameters_are_refused():
    """
    Neither an empty query nor an empty token of ours opens a subscription.
    """
    assert subscription_challenge({}, "token") is None
    assert subscription_challenge(ASKED | {"hub.verify_token": ""}, "") is None
