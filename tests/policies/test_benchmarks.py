"""
What is measured beside other engines is the same task: the translation says what Venia says, and a wrong answer ends the run.
"""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.conditions import Among, AtLeast, Below, Is, alternatives, either, every, holds, negated
from benchmarks.contest import Asked, Contestant, Mismatch, prepared, timed
from benchmarks.contestants import venia, venia_from_a_dict
from benchmarks.documents import document_of, facts_of
from benchmarks.synthetic import PER_PACK, about, elsewhere
from benchmarks.translation import Translation, Untranslatable, translated
from benchmarks.workloads import WORKLOADS
from policies.ruleset import compile_rules
from tests.checkout import ROOT
from tests.policies.questions import pack, rule

KINDS = {"consent", "register", "window", "cap", "gap", "streak", "sender", "predicate", "suppression", "permission"}
SMALL = WORKLOADS["about-12"]

leaves = st.one_of(
    st.builds(Is, st.just("word"), st.sampled_from(["a", "b"]), st.booleans()),
    st.builds(Is, st.just("truth"), st.booleans(), st.booleans()),
    st.builds(Among, st.just("word"), st.just(("a", "c")), st.booleans()),
    st.builds(AtLeast, st.just("number"), st.integers(0, 3)),
    st.builds(Below, st.just("number"), st.integers(0, 3)),
)
conditions = st.recursive(
    leaves,
    lambda parts: st.lists(parts, min_size=1, max_size=3).flatmap(
        lambda some: st.sampled_from([every(*some), either(*some)])
    ),
    max_leaves=6,
)
flats = st.fixed_dictionaries(
    {"word": st.sampled_from(["a", "b", "c"]), "truth": st.booleans(), "number": st.integers(-1, 4)}
)


@pytest.mark.parametrize("size", [12, 60, 600])
@pytest.mark.parametrize("made", [about, elsewhere])
def test_made_up_packs_have_so_many_rules_of_every_kind(made, size):
    """
    The packs made up for measuring are packs as anybody's, of 12, 60 and 600 rules of all ten kinds.
    """
    rules = compile_rules(made(size)).rules

    assert len(rules) == size
    assert {rule.kind for rule in rules} == KINDS


def test_made_up_packs_are_about_one_country_or_each_about_its_own():
    """
    Of 600 rules all are about a person in Spain, or the twelve of one country among fifty.
    """
    together, apart = about(600), elsewhere(600)

    assert {each.countries for each in together} == {frozenset({"ES"})}
    assert len({country for each in apart for country in each.countries}) == len(apart) == 600 // PER_PACK


def test_packs_that_follow_each_other_differ():
    """
    No pack of 600 rules repeats the hours, the bounds and the limits of the one before it.
    """
    written = [each.content.replace(each.id.encode(), b"") for each in about(600)]

    assert all(one != other for one, other in pairwise(written))


@pytest.mark.parametrize("name", WORKLOADS)
def test_the_translation_says_what_venia_says(name):
    """
    For hundreds of questions the rules told to other engines, and the facts worked out for them, give Venia's reasons.
    """
    workload = WORKLOADS[name]
    asked = prepared(compile_rules(workload.packs()), translated(workload.packs()), workload.questions(2, 300))
    denials = sum(bool(each.answer) for each in asked)

    assert 0 < denials < len(asked)


def test_the_questions_meet_what_the_rules_are_about():
    """
    The questions about the real rules are denied for consent, permission, registers, hours, caps and senders alike.
    """
    workload = WORKLOADS["real"]
    asked = prepared(compile_rules(workload.packs()), translated(workload.packs()), workload.questions(1, 1500))
    codes = Counter(reason.split()[0] for each in asked for reason in each.answer)

    assert len(codes) >= 18
    assert codes.keys() >= {
        "CONSENT_EXPIRED",
        "PERMISSION_MISSING",
        "QUIET_HOURS",
        "HOLIDAY",
        "CAP_REACHED",
        "COOL_OFF",
    }


def test_the_same_seed_asks_the_same():
    """
    A run can be repeated: questions follow from their seed alone.
    """
    assert SMALL.questions(7, 20) == SMALL.questions(7, 20) != SMALL.questions(8, 20)


def test_a_dict_holds_all_facts():
    """
    Facts that go through a dict come out equal.
    """
    asked = [each.facts for each in SMALL.questions(3, 50)]

    assert [facts_of(document_of(each)) for each in asked] == asked


@given(conditions, flats)
def test_a_condition_and_its_opposite(condition, flat):
    """
    Exactly one of a condition and its negation holds.
    """
    assert holds(negated(condition), flat) is not holds(condition, flat)


@given(conditions, flats)
def test_a_condition_as_alternatives(condition, flat):
    """
    A condition holds when all comparisons of one of its alternatives do.
    """
    told = any(all(holds(leaf, flat) for leaf in each) for each in alternatives(condition))

    assert told is holds(condition, flat)


@pytest.mark.parametrize(
    "written",
    [
        rule("window", open={"mon-sun": ["22:00-24:00"]}),
        rule("window", open={"mon-sun": ["09:00-21:00"]}, zone="UTC"),
        rule("cap", limit=1, per="day", counts="attempt", purpose="same"),
        rule("consent", revoked_by="any"),
    ],
)
def test_what_is_not_translated_is_refused(written):
    """
    A rule that other engines are not told is refused, never left out in silence.
    """
    with pytest.raises(Untranslatable):
        translated([pack(written)])


def contest() -> tuple[Translation, Contestant, Contestant, list[Asked]]:
    """
    Two honest contestants, and questions with their answers.
    """
    rules, translation = compile_rules(SMALL.packs()), translated(SMALL.packs())
    return translation, venia(rules), venia_from_a_dict(rules), prepared(rules, translation, SMALL.questions(1, 100))


def test_an_honest_contestant_is_compared_and_timed():
    """
    Whoever answers as Venia does is timed, question by question, with whether it was an allow.
    """
    _, first, second, asked = contest()
    for each in (first, second):
        each.compare(asked, patience=60)
    timed([first, second], asked, seconds=0.02, rounds=2)

    assert first.compared == second.compared == len(asked)
    assert len(first.times) >= 200 <= len(second.times)
    assert {allowed for _, allowed in first.times} == {True, False}


@pytest.mark.parametrize(
    "wrong", [lambda reasons: reasons[1:], lambda reasons: reasons[::-1], lambda reasons: ["X", *reasons]]
)
def test_a_wrong_answer_ends_the_run(wrong):
    """
    An engine that leaves a reason out, gives one too many, or gives them in another order is not timed.
    """
    translation, _, _, asked = contest()
    liar = Contestant("liar", lambda each: wrong(translation.answer(each.flat)), lambda answer: cast(list[str], answer))

    with pytest.raises(Mismatch, match="liar answers"):
        liar.compare(asked, patience=60)


def test_rules_and_translation_that_differ_end_the_run():
    """
    What other engines are told must be what Venia enforces: another set of rules is noticed.
    """
    stricter = [replace(each, rules=each.rules[:-1]) for each in SMALL.packs()]

    with pytest.raises(Mismatch, match="The translation says"):
        prepared(compile_rules(SMALL.packs()), translated(stricter), SMALL.questions(1, 200))


def test_venia_is_measured_where_no_engine_is_installed():
    """
    The command measures Venia alone, and prints its medians, without any other engine.
    """
    command = [sys.executable, "-m", "benchmarks.evaluate", "--sets", "about-12", "--engines"]
    short = ["--questions", "60", "--seconds", "0.1", "--rounds", "1"]
    done = subprocess.run([*command, *short], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "12 rules, all of them about the question" in done.stdout
    assert [line.split(" | ")[0] for line in done.stdout.splitlines() if line.startswith("| Venia")] == [
        "| Venia",
        "| Venia, from a dict",
        "| Venia, explained",
    ]
