"""
An entry has exactly one spelling, and nothing else is read as one.
"""

import base64
import json
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.entry import GENESIS, Json, canonical, entry_bytes, parse_entry, timestamp
from audit.errors import BrokenChain, EntryTooLarge, NotCanonical
from audit.ids import event_id

ORIGIN = "venia.example/t/abc"
EVENT = UUID("019ab3a4-3c80-7123-8456-0123456789ab")
MOMENT = datetime(2026, 11, 23, 10, 0, 0, 120, tzinfo=UTC)

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)
PAYLOADS = st.dictionaries(KEYS, DOCUMENTS, max_size=5)


def by_the_rules(value) -> str:
    """
    RFC 8785, rule by rule, for a document without floats.
    """
    if value is None:  # §3.2.2.1: literals
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):  # §3.2.2.3: ECMAScript's numbers, which below 2^53 are plain decimals
        return f"{value:d}"
    if isinstance(value, str):
        return f'"{"".join(map(spelled, value))}"'
    if isinstance(value, list | tuple):  # §3.2.1: no white space between tokens
        return f"[{','.join(map(by_the_rules, value))}]"
    # §3.2.3: keys in the order of their UTF-16 code units
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return f"{{{','.join(f'{by_the_rules(key)}:{by_the_rules(value[key])}' for key in keys)}}}"


def spelled(character: str) -> str:
    """
    §3.2.2.2: five short escapes, two escaped signs, other controls in lower-case hexadecimal, the rest as it is.
    """
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    if character in short:
        return short[character]
    return f"\\u{ord(character):04x}" if ord(character) < 0x20 else character


def entry(payload: bytes = b'{"event":"note.taken"}', **changed) -> bytes:
    usual = {"origin": ORIGIN, "index": 7, "previous": GENESIS, "recorded_at": MOMENT, "event_id": EVENT}
    return entry_bytes(**{**usual, "payload": payload, **changed})


def nested(depth: int) -> Json:
    value: Json = 1
    for _ in range(depth):
        value = [value]
    return value


@given(DOCUMENTS)
def test_canonical_is_rfc_8785(document):
    """
    Within the profile the bytes are those that the rules of RFC 8785 give.
    """
    assert canonical(document) == by_the_rules(document).encode()


@given(PAYLOADS)
def test_canonical_reads_back_as_what_it_was(document):
    """
    Reading the bytes and writing them again changes neither the document nor a byte.
    """
    written = canonical(document)

    assert json.loads(written) == document
    assert canonical(json.loads(written)) == written


def test_every_control_character_has_one_spelling():
    """
    All 32 controls and DEL are written as RFC 8785 §3.2.2.2 says.
    """
    controls = "".join(map(chr, [*range(0x20), 0x7F, 0x2028, 0x1F600]))

    assert canonical(controls) == by_the_rules(controls).encode()


class Colour(IntEnum):
    RED = 1


class Name(str):
    __slots__ = ()


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        float("inf"),
        2**53,
        -(2**53),
        "\ud800",
        "\udc00 alone",
        {"caf\u00e9": 1},
        {"\ufb33": 1},
        {1: 1},
        {None: 1},
        {"\ud800": 1},
        b"bytes",
        {1, 2},
        pytest.param(object(), id="object()"),
        MOMENT,
        EVENT,
        Colour.RED,
        Name("text"),
        nested(17),
    ],
    ids=repr,
)
def test_canonical_refuses_what_encoders_disagree_on(value):
    """
    Floats, integers beyond 2^53, keys that are not ASCII text, half surrogates, other types: at any depth.
    """
    for document in (value, [value], {"a": {"b": value}}):
        with pytest.raises(NotCanonical):
            canonical(document)


def test_canonical_accepts_up_to_its_limits():
    """
    The greatest integers and sixteen levels are inside the profile.
    """
    assert canonical([2**53 - 1, -(2**53) + 1]) == b"[9007199254740991,-9007199254740991]"
    assert canonical(nested(16)) == b"[" * 16 + b"1" + b"]" * 16


@given(
    payload=PAYLOADS,
    index=st.integers(0, 2**63 - 1),
    previous=st.binary(min_size=32, max_size=32),
    moment=st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001  Hypothesis adds the zone.
)
def test_an_entry_reads_back_as_what_was_written(payload, index, previous, moment):
    """
    Everything that went into an entry comes out of its bytes, which are seven lines.
    """
    identity = event_id(moment)
    body = entry(canonical(payload), index=index, previous=previous, recorded_at=moment, event_id=identity)
    read = parse_entry(body, index)

    assert body.count(b"\n") == 7
    assert (read.origin, read.index, read.previous) == (ORIGIN, index, previous)
    assert (read.recorded_at, read.event_id, read.payload) == (moment, identity, payload)


def test_a_moment_is_written_in_utc_with_six_digits():
    """
    Whatever zone a moment comes in, and even on a full second.
    """
    madrid = timezone(timedelta(hours=1))

    assert timestamp(datetime(2026, 11, 23, 11, tzinfo=madrid)) == "2026-11-23T10:00:00.000000Z"


def test_an_entry_has_at_most_65535_bytes():
    """
    One byte more is refused when it is written, and when it is read.
    """
    room = 65_535 - len(entry(canonical({"text": ""})))
    fits = entry(canonical({"text": "x" * room}))
    longer = fits.replace(b"xx", b"xxx", 1)

    assert len(fits) == 65_535
    assert parse_entry(fits, 7).payload == {"text": "x" * room}
    with pytest.raises(EntryTooLarge) as refused:
        entry(canonical({"text": "x" * (room + 1)}))
    assert refused.value.size == 65_536
    with pytest.raises(BrokenChain):
        parse_entry(longer, 7)


WHOLE = entry(b'{"a":1,"b":"\xc3\xa9"}')
FLIPPED_BITS = base64.b64encode(GENESIS).replace(b"A=", b"B=")


@pytest.mark.parametrize(
    ("found", "put"),
    [
        (b"venia-entry/v1", b"venia-entry/v2"),
        (b"venia-entry/v1", b"Venia-entry/v1"),
        (b"\n7\n", b"\n8\n"),
        (b"\n7\n", b"\n07\n"),
        (b"\n7\n", b"\n+7\n"),
        (b"\n7\n", b"\n 7\n"),
        (b"\n7\n", b"\n-7\n"),
        (b"\n7\n", b"\n\xd9\xa7\n"),
        (b"\n7\n", b"\n" + b"7" * 5000 + b"\n"),
        (b"abc\n", b"a c\n"),
        (b"abc\n", b"a+c\n"),
        (b"abc\n", b"\xc3\xa9\n"),
        (base64.b64encode(GENESIS), FLIPPED_BITS),
        (base64.b64encode(GENESIS), base64.b64encode(bytes(31))),
        (base64.b64encode(GENESIS), base64.b64encode(bytes(33))),
        (base64.b64encode(GENESIS), base64.urlsafe_b64encode(b"\xff" * 32)),
        (base64.b64encode(GENESIS), base64.b64encode(GENESIS)[:-1]),
        (b".000120Z", b".00012Z"),
        (b".000120Z", b".0001200Z"),
        (b".000120Z", b".000120+00:00"),
        (b".000120Z", b".000120z"),
        (b"T10:00", b" 10:00"),
        (b"T10:00", b"T24:00"),
        (b"2026-11-23", b"2026-11-31"),
        (b"2026-11-23", b"0000-11-23"),
        (str(EVENT).encode(), str(EVENT).upper().encode()),
        (str(EVENT).encode(), EVENT.hex.encode()),
        (b"-7123-", b"-4123-"),
        (b"-8456-", b"-c456-"),
        (b'{"a":1,', b'{"a": 1,'),
        (b'{"a":1,', b'{"a":1.0,'),
        (b'{"a":1,', b'{"a":1e0,'),
        (b'{"a":1,', b'{"a":-0,'),
        (b'{"a":1,', b'{"a":NaN,'),
        (b'{"a":1,', b'{"a":9007199254740992,'),
        (b'{"a":1,', b'{"a":' + b"9" * 5000 + b","),
        (b'{"a":1,', b'{"a":0,"a":1,'),
        (b'{"a":1,', b'{"c":1,'),
        (b'{"a":1,', b'{"a":' + b"[" * 17 + b"]" * 17 + b","),
        (b'{"a":1,', b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b","),
        (b"\xc3\xa9", b"\\u00e9"),
        (b"\xc3\xa9", b"\\ud800"),
        (b"\xc3\xa9", b"\xe9"),
        (b"\xc3\xa9", b"\xed\xa0\x80"),
        (b"\xc3\xa9", b"\\/"),
        (b'{"a"', b'\xef\xbb\xbf{"a"'),
        (b'"}\n', b'"}'),
        (b'"}\n', b'"}\n\n'),
        (b'"}\n', b'"}\nmore\n'),
        (b'"}\n', b'"} \n'),
        (b'"}\n', b'"}\r\n'),
        (b"\n", b"\r\n"),
        (b'{"a":1,"b":"\xc3\xa9"}', b"[1]"),
        (b'{"a":1,"b":"\xc3\xa9"}', b"1"),
        (b'{"a":1,"b":"\xc3\xa9"}', b""),
        (b'{"a":1,"b":"\xc3\xa9"}', '{"a":1}'.encode("utf-16-le")),
    ],
    ids=lambda part: repr(part[:24]),
)
def test_an_entry_spelled_otherwise_is_no_entry(found, put):
    """
    Another index, number, base64, moment, id, line end or JSON than the one spelling there is.
    """
    changed = WHOLE.replace(found, put)

    assert found in WHOLE
    assert changed != WHOLE
    with pytest.raises(BrokenChain):
        parse_entry(changed, 7)


@given(st.data())
def test_a_change_of_one_byte_never_goes_unnoticed(data):
    """
    What is still an entry after a byte was altered, dropped or added says something else.
    """
    at = data.draw(st.integers(0, len(WHOLE) - 1))
    put = data.draw(st.binary(max_size=2).filter(lambda put: put != WHOLE[at : at + 1]))
    changed = WHOLE[:at] + put + WHOLE[at + 1 :]
    try:
        read = parse_entry(changed, 7)
    except BrokenChain:
        return

    assert read != parse_entry(WHOLE, 7)


@given(st.binary(max_size=300) | st.binary(max_size=80).map(lambda noise: WHOLE[:-20] + noise))
def test_noise_is_no_entry(noise):
    """
    Whatever the bytes, the answer is an entry or BrokenChain, and an entry is spelled as it would be written.
    """
    try:
        read = parse_entry(noise, 7)
    except BrokenChain:
        return

    assert noise == entry_bytes(
        origin=read.origin,
        index=7,
        previous=read.previous,
        recorded_at=read.recorded_at,
        event_id=read.event_id,
        payload=canonical(read.payload),
    )
