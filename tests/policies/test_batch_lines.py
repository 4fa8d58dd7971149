"""
Lines of a batch are read and told by quick code as by the plain one: the same questions, the same bytes, the same counts.
"""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from audit.api import Caller
from policies.api import Tally, checked_json, look_of, outcome_of
from policies.batches.reading import quickly_read
from policies.batches.telling import Telling
from policies.bodies import CheckBody
from policies.checking import Check, Checked
from policies.evaluator import evaluate, trace
from policies.ruleset import compile_rules
from tests.policies.questions import MONDAY, PACKS, RULES, facts, questions

TENANT = UUID("00000000-0000-4000-8000-000000000001")
USUAL = {"to": {"phone": "+34600111222"}, "from": {"phone_number_id": "700600500400"}, "purpose": "order_updates"}
TEXT = json.dumps(USUAL)
FEWER = compile_rules(PACKS[:3])


class Anyone(Caller):
    """
    A caller who may ask everything.
    """

    tenant, actor = TENANT, "test"

    def require(self, needed):
        """
        Grants it.
        """


class Counted(Tally):
    """
    A tally in memory, of decisions and of codes.
    """

    def __init__(self):
        self.decisions: Counter[str] = Counter()
        self.codes: Counter[tuple[str, str]] = Counter()

    def count_decision(self, outcome, codes, times=1):
        """
        Adds them.
        """
        self.decisions[outcome] += times
        for code in codes:
            self.codes[outcome, code] += times


def plainly_read(line):
    """
    The line as the model reads it; None where something is wrong with it.
    """
    try:
        return look_of(CheckBody.model_validate_json(line), Anyone())
    except ValidationError:
        return None


words = st.sampled_from(
    [
        "+34600111222",
        "+1",
        "+12125550123",
        "ES.1234",
        "main",
        "",
        "x" * 64,
        "x" * 65,
        "ñ",
        "order_updates",
        "a\n",
        "voice",
        "whatsapp_call",
        "sms",
        "live",
        "ai_voice",
        "call.place",
        "7x",
        "reasons",
        "trace",
        "2026-11-20T10:00:00Z",
        '"',
        "\\",
        "١",
    ]
)
values: st.SearchStrategy[object] = (
    words | st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just([]) | st.just({})
)
names = ["phone", "id", "whatsapp_user_id", "phone_number_id", "x"]
parties = st.dictionaries(st.sampled_from(names), values, max_size=2) | values
members = {
    "to": parties,
    "from": parties,
    "purpose": values,
    "channel": values,
    "technology": values,
    "action": values,
    "detail": values,
    "at": values,
    "facts": st.dictionaries(st.sampled_from(["agents", "open"]), values, max_size=2),
    "colour": values,
}
documents = st.fixed_dictionaries({}, optional=members).map(lambda changed: {**USUAL, **changed})
written = st.builds(json.dumps, documents, ensure_ascii=st.booleans(), indent=st.sampled_from([None, 1]))
pieces = st.sampled_from(
    [
        ",",
        "{",
        "}",
        '"',
        " ",
        "\r",
        "\n",
        "\t",
        "\\u002b",
        "0",
        '"purpose":"offers",',
        '"to":{"phone":"+34600111333"},',
        '"phone":"+34600111333",',
        '"channel":"voice",',
        '"detail":"none",',
        '"id":null,',
        "\ufeff",
        "\x00",
        "null",
    ]
)


@st.composite
def broken(draw):
    """
    A line with something put in, taken out, or said twice.
    """
    text = draw(st.just(TEXT) | written)
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(pieces) + text[start + draw(st.integers(0, 3)) :]
    return text


@given(broken())
@example(TEXT[:-1] + ',"to":{"phone":"+34600111333"}}')
@example(TEXT.replace('"phone": ', '"phone": "+34600111333", "phone": '))
@example(TEXT.replace('"+34', '"\\u002b34'))
@example(TEXT.replace("order_updates", "order_updates\\n"))
@example(TEXT.replace('"to"', '"channel": "voice", "to"'))
@example(TEXT.replace("phone_number_id", "whatsapp_user_id"))
def test_the_short_way_reads_what_the_model_reads(text):
    """
    What is read the short way is the very question that the model reads, and never one that the model refuses.
    """
    line = text.encode("utf-8", "surrogatepass")
    found = quickly_read(line, TENANT)

    assert found is None or found == plainly_read(line)
    assert found is None or [type(found), type(found.question.to)] == [Check, type(plainly_read(line).question.to)]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"from": {"phone": "+34910000000"}},
        {"from": {"id": "main"}},
        {"channel": "voice", "technology": "ai_voice", "action": "call.request_permission"},
    ],
)
@pytest.mark.parametrize("end", ["", "\r"])
def test_what_lists_are_made_of_is_read_the_short_way(changed, end):
    """
    A telephone number, a sender by any of its names, a purpose and perhaps the means: no model is asked.
    """
    line = (json.dumps({**USUAL, **changed}) + end).encode()

    assert quickly_read(line, TENANT) == plainly_read(line) is not None


def checked(question, rules, detail, contact):
    """
    What a look answers.
    """
    decision = evaluate(rules, question, MONDAY)
    return Checked(decision, contact, MONDAY, 7, trace(rules, question, MONDAY) if detail == "trace" else (), detail)


answers = st.lists(
    st.builds(
        checked,
        questions | st.just(facts()) | st.just(facts(regions=("ES", "PT"), channel="voice")),
        st.sampled_from([RULES, FEWER]),
        st.sampled_from(["reasons", "reasons", "none", "trace"]),
        st.none() | st.uuids(),
    ),
    max_size=6,
)


@given(answers)
def test_answers_are_told_in_the_very_bytes_of_one_alone(told):
    """
    Allows and denies by several sets of rules, in any detail; and each is counted, once.
    """
    one_by_one, together = Counted(), Counted()
    for each in told:
        one_by_one.count_decision(*outcome_of(each.decision))
    telling = Telling(together)
    found = [telling.tell(each) for each in told]
    telling.settle()
    telling.settle()

    assert found == [orjson.dumps(checked_json(each, each.detail)) for each in told]
    assert (together.decisions, together.codes) == (one_by_one.decisions, one_by_one.codes)


def test_an_allow_by_other_rules_is_written_anew():
    """
    What an allow asks of whoever calls, and by which rules it is one, is never another decision's.
    """
    telling = Telling(Counted())
    usual = checked(facts(), RULES, "reasons", None)
    renamed = usual._replace(decision=usual.decision._replace(rule_set="sha256:other"))
    fewer = usual._replace(decision=usual.decision._replace(obligations=usual.decision.obligations[:0]))
    late = checked(replace(facts(), stated={"agents": 1}), RULES, "reasons", TENANT)._replace(at=MONDAY + timedelta(1))

    for each in (usual, renamed, fewer, usual, late):
        assert usual.decision.allow
        assert telling.tell(each) == orjson.dumps(checked_json(each, each.detail))
