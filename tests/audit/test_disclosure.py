"""
A commitment to a personal field can be opened by its disclosure alone, and guessed by nobody.
"""

import base64
import json
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.disclosure import commit, digest_of
from audit.errors import NotCanonical

KEYS = st.binary(min_size=32, max_size=32)
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
VALUES = st.text(st.characters(codec="utf-8"), max_size=20) | st.integers(-(2**53) + 1, 2**53 - 1)
FIELDS = st.tuples(KEYS, st.uuids(), NAMES, VALUES)
EVENT = UUID("019ab07c-8400-7fff-bfff-ffffffffffff")


def opened(disclosure: str) -> list[object]:
    return list(json.loads(base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4))))


@given(FIELDS)
def test_a_commitment_depends_on_nothing_but_its_field(field):
    """
    Made again from the same key, event, name and value, it is the same: nothing random has to be kept.
    """
    assert commit(*field) == commit(*field)


@given(FIELDS)
def test_a_disclosure_reveals_its_field_and_matches_its_digest(field):
    """
    It is base64url of [salt, name, value], and its digest is SHA-256 of that text (RFC 9901 §4.2.3).
    """
    made = commit(*field)
    salt, name, value = opened(made.disclosure)
    digest = base64.urlsafe_b64encode(sha256(made.disclosure.encode()).digest()).rstrip(b"=").decode()

    assert (name, value) == (field[2], field[3])
    assert made.digest == digest_of(made.disclosure) == digest
    assert len(base64.urlsafe_b64decode(f"{salt}=")) == 32


@given(FIELDS, FIELDS)
def test_salts_differ_with_key_event_and_name(one, other):
    """
    The same value of another person, in another event or field has another salt, and so another digest.
    """
    for position in range(3):
        if one[position] == other[position]:
            continue
        changed = list(one)
        changed[position] = other[position]
        first, second = commit(*one), commit(*changed)

        assert opened(first.disclosure)[0] != opened(second.disclosure)[0]
        assert first.digest != second.digest


@given(FIELDS, VALUES)
def test_another_value_has_another_digest(field, value):
    """
    What was committed to cannot be taken for anything else.
    """
    same = value == field[3] and type(value) is type(field[3])

    assert (commit(field[0], field[1], field[2], value).digest == commit(*field).digest) is same


def test_an_ambiguous_value_is_refused():
    """
    A float has no bytes that all encoders agree on, so there is nothing to commit to.
    """
    with pytest.raises(NotCanonical):
        commit(bytes(32), EVENT, "amount", 1.5)  # type: ignore[arg-type]  # The type is what is refused.
