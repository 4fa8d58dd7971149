"""
Entries are read by quick code as by the plain one, or left to it; what is plainly the same is the same.
"""

import json
from datetime import datetime
from typing import get_args

import msgspec
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.questions import Question
from benchmarks.replay import entry_of
from policies.closed_days import HOLIDAYS_VERSION
from policies.entered import Action, Category, Channel, Entered, Technology, facts_of, read_entered
from policies.errors import EntryUnreadable
from policies.facts import ACTIONS, CATEGORIES, CHANNELS, TECHNOLOGIES, Facts, RegisterFact, SuppressionFact, WishFact
from policies.localtime import TZDATA_VERSION
from policies.recorded import read_decision
from policies.redeciding import comes_out_again, compare
from policies.ruleset import compile_rules
from policies.sifting import Sifter
from tests.policies.questions import MONDAY, PACKS, RULES, attempt, facts, moments, patient_questions, questions
from tests.policies.test_rereading import SINCE, anything, changed, places

SIFTER = Sifter(RULES)
OTHER = compile_rules(PACKS[:2])

RICH = facts(
    attempts=(attempt(SINCE, purpose=None, sender=None, outcome=None), attempt(SINCE, ended_at=SINCE)),
    registers={"robinson": RegisterFact(listed=False, as_of=SINCE)},
    stated={"agents": 2, "open": True},
    other_withdrawals=(SINCE,),
    suppressions=(SuppressionFact(SINCE),),
    wishes=(WishFact("w", days=("mon", "tue"), windows=("09:00-12:00",), most=2, per="week", not_before="2026-11-20"),),
)


def entry(question, now):
    """The entry of a decision, index 7."""
    return entry_of(7, Question(question, now), RULES)[1]


def read(body) -> Entered:
    """What is read of an entry that is written as decisions are."""
    found = read_entered(7, body)
    assert found is not None
    return found


def members(value):
    """Facts, or what was read of them, as JSON; instants as instants, since the same one may be written otherwise."""
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, tuple | list):
        return [members(each) for each in value]
    if isinstance(value, dict):
        return {name: members(each) for name, each in value.items()}
    if value is None or isinstance(value, str | int):
        return value
    names = value.__struct_fields__ if isinstance(value, msgspec.Struct) else value.__dataclass_fields__
    return {name: members(getattr(value, name)) for name in names}


def same(index, body):
    """Whether the plain way finds the decision as it was recorded; None where it cannot be read."""
    try:
        return compare(read_decision(index, body), RULES, TZDATA_VERSION, HOLIDAYS_VERSION) is None
    except EntryUnreadable:
        return None


@given(st.one_of(questions, patient_questions), moments())
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read(question, now):
    """
    Every entry that a decision writes is read, with the members that the plain reader finds, and comes out again.
    """
    body = entry(question, now)
    quick, plain = read(body), read_decision(7, body)

    assert members(facts_of(quick)) == members(plain.facts)
    assert (quick.now, quick.rule_set, quick.tzdata, quick.holidays) == (
        plain.now,
        plain.rule_set,
        plain.tzdata,
        plain.holidays,
    )
    assert [tuple(each) for each in plain.reasons] == quick.reasons
    assert (quick.event == "decision.allowed") is plain.allow
    assert comes_out_again(quick, SIFTER)


@given(st.one_of(questions, patient_questions), moments())
@settings(max_examples=200, deadline=None)
def test_other_rules_are_told_apart(question, now):
    """
    By other rules a decision plainly comes out again exactly where it does when it is compared.
    """
    body = entry(question, now)
    quick = read(body)
    difference = compare(read_decision(7, body), OTHER, TZDATA_VERSION, HOLIDAYS_VERSION)

    assert comes_out_again(quick, Sifter(OTHER)) is (difference is None)


ODD = anything | st.sampled_from(
    [
        "2026-11-23t10:00:00z",
        "2026-11-23T10:00:00+01:00",
        "2026-11-23T10:00:00.1234567Z",
        "2026-11-23T10:00:00.9999999Z",
        "2026-11-23T10:00:00.000000123Z",
        "2026-11-23T10:00:00",
        "2026-11-23 10:00:00Z",
        "2026-11-23T10:00:00.5Z",
        "2026-W48-1T10:00:00Z",
        "decision.allowed",
        "marketing",
        2**53 + 1,
        2**70,
        1.0,
        -0.0,
        "\u00e9\u2028",
        "\\ud800",
        [["SUPPRESSED", "core@1", "suppression"]],
    ]
)
BODY = entry(RICH, MONDAY)
HEAD, PAYLOAD = BODY[: BODY.index(b"{")], json.loads(BODY[BODY.index(b"{") :])


@given(st.sampled_from(sorted(places(PAYLOAD), key=str)), ODD)
@settings(max_examples=800, deadline=None)
def test_anything_anywhere_is_read_alike_or_left(path, value):
    """
    With anything in any place: what is read quickly the plain reader reads too, alike, and what plainly comes out again does.
    """
    document = changed(PAYLOAD, path, value)
    body = HEAD + json.dumps(document, separators=(",", ":")).encode() + b"\n"
    quick = read_entered(7, body)
    if quick is None:
        return
    if same(7, body) is None:  # A code that there is not: found by nobody, and so never again.
        assert not comes_out_again(quick, SIFTER)
        return
    plain = read_decision(7, body)

    assert members(facts_of(quick)) == members(plain.facts)
    assert quick.now == plain.now
    assert not comes_out_again(quick, SIFTER) or same(7, body)


@pytest.mark.parametrize("name", sorted(PAYLOAD))
def test_a_member_less_is_read_alike_or_left(name):
    """
    Without a member, with one that nobody knows, or with one twice.
    """
    less = {key: value for key, value in PAYLOAD.items() if key != name}
    for document in (
        orjson.dumps(less),
        orjson.dumps({**PAYLOAD, "shoes": 46}),
        orjson.dumps(PAYLOAD)[:-1] + b',"' + name.encode() + b'":null}',
        orjson.dumps(PAYLOAD)[:-1] + b',"' + name.encode() + b'":' + orjson.dumps(PAYLOAD[name]) + b"}",
    ):
        body = HEAD + document
        quick = read_entered(7, body)

        assert quick is None or (same(7, body) is True and comes_out_again(quick, SIFTER))


@given(st.integers(0, len(BODY) - 1), st.binary(max_size=2))
@settings(max_examples=800, deadline=None)
def test_a_byte_changed_is_read_alike_or_left(place, given_bytes):
    """
    Whatever stands in place of a byte: never does an entry plainly come out again that does not when it is compared.
    """
    body = BODY[:place] + given_bytes + BODY[place + 1 :]
    quick = read_entered(7, body)

    assert quick is None or not comes_out_again(quick, SIFTER) or same(7, body) is True


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_bytes_that_are_no_entry_are_left(body):
    """
    Whatever stands where an entry should, and an entry of another index.
    """
    assert read_entered(7, body) is None
    assert read_entered(7, b"venia-entry/v1\no\n7\np\nr\ne\n" + body) is None
    assert read_entered(8, BODY) is None


def test_an_allow_with_reasons_and_a_denial_without_do_not_come_out():
    """
    Neither can have been made.
    """
    other = {"decision.allowed": "decision.denied", "decision.denied": "decision.allowed"}
    for question in (RICH, facts()):
        body = entry(question, MONDAY)
        event = json.loads(body[body.index(b"{") :])["event"]
        turned = read(body.replace(event.encode(), other[event].encode()))

        assert comes_out_again(read(body), SIFTER)
        assert not comes_out_again(turned, SIFTER)


def test_the_words_are_those_of_facts():
    """
    A new action, category, channel or technology is one for both readers.
    """
    kinds = ((Action, ACTIONS), (Category, CATEGORIES), (Channel, CHANNELS), (Technology, TECHNOLOGIES))

    assert [get_args(each) for each, _ in kinds] == [words for _, words in kinds]
    assert set(read(BODY).facts.__struct_fields__) == set(Facts.__dataclass_fields__)
