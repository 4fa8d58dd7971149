"""
Recorded facts are read back by quick code as by the plain one: the same facts, the same refusals.
"""

import json
from datetime import timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import EntryUnreadable, FactsInvalid
from policies.facts import Facts, RegisterFact, SuppressionFact
from policies.recorded import payload_of
from policies.rereading import facts_from
from tests.policies.questions import MONDAY, attempt, facts, patient_questions, questions

SINCE = MONDAY - timedelta(days=30)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("2026-11-23T10:00:00Z"),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["at", "state", "x"]), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(st.one_of(questions, patient_questions))
def test_facts_come_back_equal(question):
    """
    What was recorded is read back equal, with the same hash-worthy types, through bytes.
    """
    document = orjson.loads(orjson.dumps(question.to_json()))
    found = facts_from(document)

    assert found == question == Facts.from_json(document)
    assert type(found) is Facts
    assert [type(each) for each in found.attempts or ()] == [type(each) for each in question.attempts or ()]
    assert found.to_json() == question.to_json()


def places(document, path=()):
    """Every place in a document."""
    yield path
    members = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for name, value in members:
        yield from places(value, (*path, name))


def changed(document, path, value):
    """The document with another value at a place."""
    if not path:
        return value
    name, *rest = path
    copy = dict(document) if isinstance(document, dict) else list(document)
    copy[name] = changed(copy[name], rest, value)
    return copy


RICH = json.loads(
    json.dumps(
        facts(
            attempts=(attempt(SINCE, purpose=None, sender=None, outcome=None), attempt(SINCE)),
            registers={"robinson": RegisterFact(listed=False, as_of=SINCE)},
            stated={"agents": 2, "open": True},
            other_withdrawals=(SINCE,),
            suppressions=(SuppressionFact(SINCE),),
        ).to_json()
    )
)


@given(st.sampled_from(sorted(places(RICH), key=str)), anything)
def test_what_is_malformed_is_refused_alike(path, value):
    """
    With anything in any place, quick and plain reading give the same facts, or the same sentence.
    """
    document = changed(RICH, path, value)
    quick, plain = outcome(facts_from, document), outcome(Facts.from_json, document)

    assert quick == plain
    assert str(quick) == str(plain)


def outcome(read, document):
    """The facts, or the sentence that says why there are none."""
    try:
        return read(document)
    except FactsInvalid as error:
        return str(error)


@pytest.mark.parametrize("name", sorted(RICH))
def test_a_member_less_or_more_is_refused_alike(name):
    """
    Without a member, or with one that nobody knows, both readers agree.
    """
    less = {key: value for key, value in RICH.items() if key != name}

    assert "has no member 'shoes'" in outcome(facts_from, {**RICH, "shoes": 46})
    assert outcome(facts_from, less) == outcome(Facts.from_json, less)


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_bytes_that_are_no_entry_are_told(body):
    """
    Whatever stands where an entry should: a sentence, and no other error.
    """
    with pytest.raises(EntryUnreadable):
        payload_of(7, body)
    with pytest.raises(EntryUnreadable):
        payload_of(7, b"venia-entry/v1\no\n7\np\nr\ne\n" + body)
