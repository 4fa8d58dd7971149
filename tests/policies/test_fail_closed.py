"""
Unknown means no: what every kind of rule does when a fact is missing, stated fact by fact.

The matrix below is complete: a kind or a fact that is not in it fails the test.  `DENIES` stands where the rule needs the
fact and therefore denies without it, whether it would have passed or failed; `—` where it does not look at it.  Nowhere
does a missing fact turn a deny into an allow.  `python -m benchmarks.missing_facts` puts other engines to the same test.
"""

import json
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.decision import Fails, Unknown
from policies.errors import PackInvalid
from policies.evaluator import evaluate
from policies.facts import ConsentFact, Facts, PermissionFact, RegisterFact, SenderFact, SuppressionFact
from policies.loading import parse_pack
from policies.pack_rules import KINDS
from policies.pack_values import LAYERS
from policies.rules import rules_of
from policies.ruleset import compile_rules
from tests.policies.questions import MONDAY, PACKS, attempt, extra_rules, facts, moments, pack, questions, rule

DENIES, NEVER_ASKED = "denies", "—"
DAY = timedelta(days=1)
BUSY = tuple(attempt(MONDAY - timedelta(minutes=n), "unanswered") for n in (50, 40, 30, 20, 10))
OLD = ConsentFact("whatsapp_call", ("live",), None, "granted", MONDAY - 400 * DAY, basis="opt_in")


@dataclass(frozen=True)
class Row:
    """A rule as it is written, the facts that fail it, and what it does without each fact that it looks at."""

    rule: dict[str, Any]
    against: dict[str, Any]
    without: dict[str, str]


MATRIX: dict[str, Row] = {
    "consent": Row(
        rule("consent", bases=["opt_in"], max_age={"opt_in": "P365D"}, revoked_by="any"),
        {"consents": (OLD,), "other_withdrawals": ()},
        {"consents": DENIES, "other_withdrawals": DENIES},
    ),
    "permission": Row(rule("permission"), {"permission": PermissionFact("revoked", MONDAY)}, {"permission": DENIES}),
    "platform": Row(
        rule("platform"),
        {"permission": PermissionFact("permanent", MONDAY, limited_until=MONDAY + DAY)},
        {"permission": DENIES},
    ),
    "suppression": Row(
        rule("suppression"),
        {"suppressions": (SuppressionFact(MONDAY - DAY),)},
        {"suppressions": DENIES},
    ),
    "register": Row(
        rule("register", register="tps", max_age="P28D"),
        {"registers": {"tps": RegisterFact(listed=True, as_of=MONDAY - DAY)}},
        {"registers": DENIES},
    ),
    "window": Row(
        rule("window", open={"mon": [], "tue-sun": ["09:00-21:00"]}),
        {},
        {"zones": DENIES},
    ),
    "cap": Row(
        rule("cap", limit=3, per="day", counts="attempt", scope="contact+sender"),
        {"attempts": BUSY},
        {"attempts": DENIES, "sender": DENIES, "zones": DENIES},
    ),
    "gap": Row(
        rule("gap", after="attempt", wait="2 days", scope="contact+sender"),
        {"attempts": BUSY},
        {"attempts": DENIES, "sender": DENIES, "zones": DENIES},
    ),
    "streak": Row(
        rule("streak", limit=4, within="P1D", scope="contact+sender"),
        {"attempts": BUSY},
        {"attempts": DENIES, "sender": DENIES, "permission": NEVER_ASKED},
    ),
    "sender": Row(
        rule("sender", deny_countries=["US"], deny_restricted=True),
        {"sender": SenderFact("main", "US")},
        {"sender": DENIES},
    ),
    "predicate": Row(
        rule("predicate", needs={"all": [{"fact": "agents", "at_least": 1}, {"not": {"fact": "closed", "is": True}}]}),
        {"stated": {"agents": 0, "closed": False}},
        {"stated": DENIES},
    ),
}
ALL_FACTS = [field.name for field in fields(Facts) if field.default is None]
PAIRS = [(kind, fact) for kind in MATRIX for fact in ALL_FACTS]
USUAL = facts(
    other_withdrawals=(),
    registers={"tps": RegisterFact(listed=False, as_of=MONDAY - DAY)},
    stated={"agents": 2, "closed": False},
    consents=(ConsentFact("whatsapp_call", ("live",), None, "granted", MONDAY - 30 * DAY, basis="opt_in"),),
)


def check(kind, question):
    """What the kind's rule alone answers."""
    (only,) = rules_of(pack(MATRIX[kind].rule), ())
    return only.test.check(question, MONDAY)


def test_the_matrix_is_complete():
    """
    Every kind of rule that can be written stands in it.
    """
    assert set(MATRIX) == set(KINDS)


@pytest.mark.parametrize("kind", MATRIX)
def test_the_rule_fails_when_it_should(kind):
    """
    With every fact known and one against the call, the rule of the matrix fails.
    """
    assert isinstance(check(kind, replace(USUAL, **MATRIX[kind].against)), Fails)


@pytest.mark.parametrize(("kind", "fact"), PAIRS)
def test_a_missing_fact_denies_or_is_never_asked(kind, fact):
    """
    Whether the rule passed or failed before, without a fact that it needs it cannot tell, and that denies.
    """
    needed = MATRIX[kind].without.get(fact, NEVER_ASKED) == DENIES
    against = replace(USUAL, **MATRIX[kind].against)
    before, after = check(kind, against), check(kind, replace(against, **{fact: None}))

    assert isinstance(after, Unknown) if needed else after == before


@pytest.mark.parametrize(("kind", "fact"), PAIRS)
def test_a_decision_never_turns_from_deny_to_allow_for_want_of_a_fact(kind, fact):
    """
    The same within a whole rule set: denied with the fact, denied without it.
    """
    rules = compile_rules([*PACKS, pack(MATRIX[kind].rule)])
    against = replace(USUAL, **MATRIX[kind].against)

    assert not evaluate(rules, against, MONDAY).allow
    assert not evaluate(rules, replace(against, **{fact: None}), MONDAY).allow


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("consent", {"consents": (replace(OLD, basis=None),)}),
        ("permission", {"permission": PermissionFact("temporary")}),
        ("register", {"registers": {}}),
        ("window", {"zones": ("Atlantis/Capital",)}),
        ("cap", {"zones": ()}),
        ("sender", {"sender": SenderFact("main", None)}),
        ("predicate", {"stated": {"closed": False}}),
        ("predicate", {"stated": {"agents": "2", "closed": False}}),
        ("predicate", {"stated": {"agents": True, "closed": False}}),
    ],
)
def test_a_missing_part_of_a_fact_is_a_missing_fact(kind, part):
    """
    A consent without its basis, a register never loaded, a zone nobody knows, text where a number is compared.
    """
    assert isinstance(check(kind, replace(USUAL, **part)), Unknown)


@given(questions, moments(), extra_rules, st.sampled_from(LAYERS[2:]))
@settings(max_examples=200, deadline=None)
def test_a_lower_layer_never_widens(question, now, written, layer):
    """
    Whatever a tenant, or a person, adds to the rules above it: what was denied stays denied.
    """
    above = compile_rules(PACKS[:3])
    below = compile_rules([*PACKS[:3], pack(written, layer=layer)])

    assert evaluate(above, question, now).allow or not evaluate(below, question, now).allow


@pytest.mark.parametrize("kind", MATRIX)
def test_a_pack_with_one_bad_rule_loads_not_at_all(kind):
    """
    A good rule beside a malformed one is not enforced alone: the pack is refused whole.
    """
    good, bad = MATRIX[kind].rule, {**MATRIX[kind].rule, "id": "bad", "colour": "red"}
    text = json.dumps({"pack": "half", "version": 1, "layer": "tenant", "rules": [good, bad]})

    with pytest.raises(PackInvalid, match=r"rules\[1\].colour"):
        parse_pack(text)
