"""
A missing fact denies, and the page that says so beside other engines says what is measured.
"""

import subprocess
import sys
from pathlib import PurePosixPath

import pytest

from benchmarks.engines import ENGINES
from benchmarks.missing import IN_ORDER, QUESTIONS, VENIA, WAYS
from benchmarks.missing.venia import ask
from benchmarks.missing_facts import ALLOWED, RAISED, ToldWrongly, check, line, outcome
from tests.checkout import ROOT, pyproject, text_of

PAGE = text_of(PurePosixPath("docs/engines.md"))
MEASURED = dict(each.split("==") for each in pyproject()["dependency-groups"]["engines"])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.title)
def test_without_the_fact_that_decides_venia_denies(question):
    """
    A call that must be denied is denied for its reason, and without the fact that decides it for that.
    """
    told, without = ask(question.facts()), ask(question.facts_without())

    assert question.code in (told or ())
    assert without
    assert {*without} <= {"FACT_MISSING", "LOCAL_TIME_UNKNOWN", "JURISDICTION_UNKNOWN"}


def test_a_call_in_order_is_allowed():
    """
    The denials are not those of somebody who never allows a call.
    """
    assert ask(IN_ORDER) is None


def test_venia_shows_alone_where_no_engine_is_installed():
    """
    The command succeeds when Venia denies everywhere, and its first row is the one on the page.
    """
    command = [sys.executable, "-m", "benchmarks.missing_facts"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    head, rule, first = done.stdout.splitlines()[:3]

    assert first.startswith("| Venia | ")
    assert f"{head}\n{rule}\n{first}\n" in PAGE


def test_what_comes_of_a_missing_fact_is_told_apart():
    """
    An allow, an error, a denial without a reason and one with it are four things.
    """

    def raising(_facts):
        raise LookupError

    asked = [lambda _: None, raising, lambda _: (), lambda _: ("FACT_MISSING",), lambda _: ("no attribute " * 9,)]

    assert [outcome(QUESTIONS[0], each) for each in asked] == [
        ALLOWED,
        RAISED,
        "deny, no reason",
        "deny: FACT_MISSING",
        "deny: invalid request",
    ]


@pytest.mark.parametrize("wrong", [lambda _: None, lambda _: (), lambda facts: None if facts == IN_ORDER else ("X",)])
def test_an_engine_that_was_told_wrongly_is_not_shown(wrong):
    """
    An engine that with every fact allows what must be denied, or denies what is in order, says nothing without one.
    """
    with pytest.raises(ToldWrongly):
        check(VENIA, wrong)


def test_every_engine_has_its_row():
    """
    The page shows each engine of the group in the version that is locked, and no other.
    """
    lock = text_of(PurePosixPath("requirements-engines.lock"))
    shown = {each.name for each in WAYS} - {"venia"}

    assert shown == MEASURED.keys() >= ENGINES.keys()
    for way in WAYS[1:]:
        version = MEASURED[way.name]

        assert f"\n{way.name}=={version} \\\n" in lock
        assert line([f"{way.name} {version}", way.written])[:-1] in PAGE


def test_the_timed_engines_are_on_the_page():
    """
    Each timing on the page is that of a locked version.
    """
    for name in ENGINES:
        assert f"| {name} {MEASURED[name]} | " in PAGE
