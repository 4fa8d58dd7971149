"""
Redaction: personal data and secrets do not survive it, what a reader needs does.
"""

import string
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.credentials import mint
from server.redaction import redact, redact_value

numbers = st.from_regex(r"[1-9][0-9]{7,14}", fullmatch=True)
words = st.text(string.ascii_letters + " .,:;=/?&\"'(){}[]\n", max_size=40)


@given(numbers, words, words, st.sampled_from(["", "+", "00", "tel:+", "%2B", "phone="]))
def test_no_number_survives(number, before, after, mark):
    """
    An international number of eight digits or more disappears wherever it stands.
    """
    assert number not in redact(f"{before}{mark}{number}{after}")


@given(numbers, st.lists(st.sampled_from(["", " ", "-", ".", "/", ") ", " ("]), min_size=15, max_size=15))
def test_no_spaced_number_survives(number, separators):
    """
    Separators do not hide a number.
    """
    written = "".join(digit + mark for digit, mark in zip(number, separators, strict=False)).strip(" -./()")
    remaining = [character for character in redact(f"call {written} now") if character.isdigit()]

    assert not remaining


@given(st.from_regex(r"[a-z0-9._+-]{1,30}@[a-z0-9-]{1,20}\.[a-z]{2,6}", fullmatch=True), words, words)
def test_no_address_survives(address, before, after):
    """
    An e-mail address disappears, percent-encoded too.
    """
    assert address not in redact(f"{before} {address} {after}")
    assert address.rpartition("@")[2] not in redact(f"{before} {address.replace('@', '%40')} {after}")


@given(words, words)
def test_no_credential_survives(before, after):
    """
    API keys, bearer tokens and passwords in addresses disappear.
    """
    key, _ = mint(uuid4())
    token = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl"
    cleaned = redact(f"{before}{key} Bearer {token} postgresql://venia:hunter2@db/x Bearer opaque-word{after}")

    assert key[3:] not in cleaned
    assert token[:20] not in cleaned
    assert "hunter2" not in cleaned
    assert "opaque-word" not in cleaned


@given(st.text())
def test_redacting_twice_changes_nothing(text):
    """
    What was redacted stays as it is.
    """
    assert redact(redact(text)) == redact(text)


@given(st.uuids(), st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)), st.binary(min_size=32, max_size=32))  # noqa: DTZ001  # Hypothesis takes naive bounds.
def test_what_a_reader_needs_survives(identifier, moment, digest):
    """
    UUIDs, times and digests stay readable.
    """
    text = f"hold {identifier} at {moment.replace(tzinfo=UTC).isoformat()} set sha256:{digest.hex()}"

    assert redact(text) == text


@pytest.mark.parametrize(
    "text",
    ["wamid.HBgLMzQ2MDAxMTEyMjIVAgASGBQ", "ES.1184720939420", "US.ENT.11815799212886844830"],
)
def test_vendors_identifiers_of_people_disappear(text):
    """
    A message id contains the number in base64, a user id names the person.
    """
    assert redact(f"message {text} done") == "message [id] done"


def test_harmless_text_stays():
    """
    Sizes, statuses, routes and addresses of machines are left alone.
    """
    for text in (
        "POST /v1/calls/check 200 in 12.5 ms",
        "limit 1048576 bytes",
        "127.0.0.1:8000",
        "key:00112233445566aa",
    ):
        assert redact(text) == text


def test_values_are_redacted_all_the_way_down():
    """
    Numbers, keys of mappings, items of lists and objects are all looked at.
    """
    identifier = UUID(int=7)
    value = {
        "+34600111222": [34600111222, {"note": "to +34600111222"}, 12, None, True, 3.5],
        "Authorization": "anything",
        "who": identifier,
        "error": ValueError("a@b.org"),
    }

    assert redact_value(value) == {
        "[phone]": ["[number]", {"note": "to [phone]"}, 12, None, True, 3.5],
        "Authorization": "[redacted]",
        "who": str(identifier),
        "error": "[email]",
    }
