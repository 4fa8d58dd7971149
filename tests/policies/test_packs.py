"""
The packs that ship answer every case that stands beside them, and every rule's every answer is tried.
"""

import pytest

from policies.catalogue import builtin, builtin_names, builtin_suite, jurisdictions
from policies.errors import SuiteInvalid
from policies.trial import Case, parse_suite, run

NAMES = builtin_names()
PACKS = {name: builtin(name) for name in NAMES}
SUITES = {name: builtin_suite(name) for name in NAMES}
REPORTS = {name: run(suite, PACKS) for name, suite in SUITES.items()}
RESULTS = [(name, result) for name, report in REPORTS.items() for result in report.results]


@pytest.mark.parametrize(("name", "result"), RESULTS, ids=[f"{name}: {result.name}" for name, result in RESULTS])
def test_a_case_gets_the_answer_that_it_expects(name, result):
    """
    Decision, reasons and retry_at are those that the case states.
    """
    assert result.differences == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_is_seen_to_pass_to_fail_and_not_to_know(name):
    """
    No answer of a rule that ships is untried.
    """
    assert REPORTS[name].untried(PACKS[name].name) == ()


@pytest.mark.parametrize("name", jurisdictions())
def test_every_rule_of_a_law_has_an_allow_a_deny_and_an_edge_case_that_cite_it(name):
    """
    Each case rests on words of its own rule's source, so that whoever doubts it knows where to look.
    """
    cited: dict[str, list[str]] = {rule.id: [] for rule in PACKS[name].rules}
    shown: dict[str, set[str]] = {rule.id: set() for rule in PACKS[name].rules}
    for rule in PACKS[name].rules:
        cited[rule.id] += [source.cite for source in rule.source]
    for case in SUITES[name].tests:
        if case.about is not None:
            assert any(case.about.cites in cite for cite in cited[case.about.rule]), case.name
            assert case.about.shows != "allow" or case.expect.decision == "allow", case.name
            assert case.about.shows != "deny" or case.about.rule in str(case.expect.reasons), case.name
            shown[case.about.rule].add(case.about.shows)

    assert [rule for rule, shows in shown.items() if shows != {"allow", "deny", "edge"}] == []


@pytest.mark.parametrize("name", jurisdictions())
def test_only_what_a_source_of_some_confidence_says_is_called_law(name):
    """
    High and medium confidence may be law; all else is a default of the product, and says so.
    """
    law = [rule for rule in PACKS[name].rules if rule.basis == "law"]

    assert all(any(source.confidence != "low" for source in rule.source) for rule in law)
    assert {rule.basis for rule in PACKS[name].rules} <= {"law", "default"}


SUITE = """\
suite: hours
packs: [core, es]
now: 2026-11-22T22:00:00Z
facts:
  one: {action: call.place, purpose: p, category: service, channel: voice, technology: live, regions: [ES],
        zones: [Europe/Madrid], suppressions: [],
        consents: [{channel: voice, technology: [live], state: granted, since: -P1D}]}
tests:
  - name: wrong
    when: {facts: one}
    expect: {decision: allow, retry_at: null}
  - name: right
    when: {facts: one}
    expect: {decision: deny, reasons: [QUIET_HOURS hours], retry_at: 2026-11-23T08:00:00Z}
"""


def test_a_case_that_is_wrong_says_what_came_out_instead():
    """
    A failed case lists each difference; the report says what no case tried.
    """
    report = run(parse_suite(SUITE), PACKS)

    assert [result.passed for result in report.results] == [False, True]
    assert report.results[0].differences == (
        "decided deny, not allow",
        "gave ['QUIET_HOURS hours'], not []",
        "retry at 2026-11-23T08:00:00Z, not null",
    )
    assert not report.passed
    assert "suppression (1) never failed" in report.untried("core@1")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("suite: hours", "suit: hours", "not permitted"),
        ("when: {facts: one}", "when: {facts: two}", "no facts are called two"),
        ("tests:", "tests: []\nmore:", "at least 1"),
        (SUITE[SUITE.index("tests:") :], "", "a suite has cases"),
    ],
)
def test_a_suite_that_cannot_be_read_is_refused(old, new, sentence):
    """
    A misspelt suite raises with its problems instead of trying nothing.
    """
    with pytest.raises(SuiteInvalid, match=sentence):
        parse_suite(SUITE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("packs: [core, es]", "packs: [core, xx]", "no pack xx"),
        ("zones: [Europe/Madrid]", "zones: Europe/Madrid", "must be a list"),
        ("purpose: p,", "purpose: p, colour: red,", "has no member 'colour'"),
        ("purpose: p, ", "", "incomplete"),
        ("purpose: p,", "extends: one,", "extend themselves"),
        ("since: -P1D", "since: yesterday", "not a moment"),
    ],
)
def test_a_suite_whose_facts_cannot_be_read_is_refused(old, new, sentence):
    """
    A fact that is misspelt is not taken for a missing one.
    """
    suite = parse_suite(SUITE.replace(old, new))

    with pytest.raises(SuiteInvalid, match=sentence):
        run(suite, PACKS)


def test_cases_are_frozen():
    """
    A case cannot be changed after it was read.
    """
    case = SUITES["core"].tests[0]

    assert isinstance(case, Case)
    with pytest.raises(ValueError, match="frozen"):
        case.name = "another"
