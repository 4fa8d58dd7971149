"""
A change of rules goes from step to step, and each step checks the one before.
"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from audit.instants import rfc3339
from policies.changes import errors
from policies.changes.looks import FindInForce, ListChanges
from policies.changes.requests import ActivateChange, ApproveChange, DraftChange, StepBack, TryChange, WithdrawChange
from policies.planning import Plan
from policies.refusals import RulesInForce
from policies.rulebook import ActivateRules
from tests.consent.desk import BUILTIN, Office
from tests.factories import ANA, DAY, HOUR, MINUTE, NOW, authorization, question
from tests.policies.calling import agreed, ask
from tests.policies.changes.changing import activated, approved, drafted, state
from tests.policies.questions import pack, rule

TWICE = pack(rule("cap", limit=2, per="day", counts="attempt"))
ONCE = pack(rule("cap", limit=1, per="day", counts="attempt"))
NEVER = pack(rule("predicate", needs={"fact": "agents", "at_least": 1}))


def test_a_change_goes_its_way_and_every_step_is_in_the_log(office: Office):
    """
    Drafted, approved on a report by somebody else, activated: and then the rules are others, as the entries say.
    """
    agreed(office)
    base = office.read(FindInForce(office.tenant))["rule_set"]
    change = drafted(office, ONCE)
    report = office.simulated(change)

    assert state(office, change) == "draft"
    office.write(ApproveChange(office.tenant, "ben", change, "looked at", report))
    assert state(office, change) == "approved"
    assert office.read(FindInForce(office.tenant))["rule_set"] == base
    office.write(ActivateChange(office.tenant, "ana", change, "at once"))
    assert state(office, change) == "active"

    office.ask(authorization(office.tenant))
    assert ask(office)[0] == ["CAP_REACHED"]
    told = [each for each in office.payloads() if each["event"].startswith("rules.")]
    assert [(each["event"], each["actor"], each["reason"]) for each in told] == [
        ("rules.drafted", "ana", "complaints"),
        ("rules.approved", "ben", "looked at"),
        ("rules.activated", "ana", "at once"),
    ]
    assert {each["candidate"] for each in told} == {office.read(FindInForce(office.tenant))["rule_set"]}
    assert {each["base"] for each in told} == {base}
    assert told[1]["report_hash"] == told[2]["report_hash"] == report
    assert told[0]["direction"] == told[2]["direction"] == "tightening"


def test_nobody_approves_their_own_change(office: Office):
    """
    Four eyes: whoever drafted it is refused, with a report or in an emergency.
    """
    change = drafted(office, ONCE)
    with_report = ApproveChange(office.tenant, "ana", change, "mine", office.simulated(change))
    in_emergency = ApproveChange(office.tenant, "ana", change, "mine", None, emergency=True)

    assert isinstance(office.refusal(with_report), errors.OwnChange)
    assert isinstance(office.refusal(in_emergency), errors.OwnChange)


def test_a_report_about_something_else_counts_for_nothing(office: Office):
    """
    The report names the two sets that were compared: another change's, or an invented one, is refused.
    """
    change, other = drafted(office, ONCE), drafted(office, TWICE)
    about_other = office.simulated(other)

    for report in (about_other, "sha256:" + "0" * 64):
        wanted = ApproveChange(office.tenant, "ben", change, "looked at", report)
        assert isinstance(office.refusal(wanted), errors.ReportUnknown)


def test_only_a_tightening_may_skip_the_simulation(office: Office):
    """
    In an emergency a cap is added without a report; it is not taken away without one, whatever it is called.
    """
    tightening = drafted(office, ONCE)
    wanted = ApproveChange(office.tenant, "ben", tightening, "complaints", None)
    assert isinstance(office.refusal(wanted), errors.ReportNeeded)
    assert office.ask(ApproveChange(office.tenant, "ben", tightening, "complaints", None, emergency=True))["emergency"]
    office.write(ActivateChange(office.tenant, "ben", tightening, "at once"))

    loosening = UUID(office.ask(DraftChange(office.tenant, "ana", BUILTIN, "over", "sha256:none"))["id"])
    refused = office.refusal(ApproveChange(office.tenant, "ben", loosening, "over", None, emergency=True))
    assert isinstance(refused, errors.ReportNeeded)
    assert "No rule of the candidate is as strict as cap of extra@1" in str(refused)


def test_what_was_said_of_another_base_does_not_count(office: Office):
    """
    When other rules came into force, a drafted and an approved change are stale: neither goes on, also not with its report.
    """
    first, second, third = drafted(office, ONCE), approved(office, TWICE), drafted(office, NEVER)
    report = office.simulated(first)
    activated(office, pack(rule("gap", after="attempt", wait="PT1H")))

    assert [state(office, each) for each in (first, second, third)] == ["stale"] * 3
    assert isinstance(office.refusal(ApproveChange(office.tenant, "ben", first, "ok", report)), errors.ChangeStale)
    assert isinstance(office.refusal(ActivateChange(office.tenant, "ana", second, "ok")), errors.ChangeStale)
    emergency = ApproveChange(office.tenant, "ben", third, "ok", None, emergency=True)
    assert isinstance(office.refusal(emergency), errors.ChangeStale)


def test_rules_come_into_force_at_their_instant_by_the_clock_alone(office: Office):
    """
    Before it the old rules decide, from it on the new ones, and nothing has to run in between; no hold outlives the old.
    """
    agreed(office)
    soon = NOW + MINUTE
    change = activated(office, NEVER, at=soon)

    assert state(office, change) == "scheduled"
    answer = office.ask(authorization(office.tenant))
    assert answer["decision"] == "allow"
    assert answer["hold"]["expires_at"] == rfc3339(soon)
    office.clock.now = soon - timedelta(microseconds=1)
    assert ask(office)[0] == []
    office.clock.now = soon
    assert ask(office)[0] == ["FACT_MISSING"]
    assert state(office, change) == "active"


def test_a_check_at_an_instant_to_come_is_decided_by_the_rules_of_then(office: Office):
    """
    Whoever plans ahead is told what the next rules say, from their first instant on.
    """
    agreed(office)
    activated(office, NEVER, at=NOW + DAY)

    assert office.codes(ANA, at=NOW + DAY - MINUTE) == set()
    assert office.codes(ANA, at=NOW + DAY) == {"FACT_MISSING"}
    plan = office.read(Plan(office.tenant, question(), NOW + DAY - HOUR, NOW + DAY + HOUR))
    assert [(slot.start, slot.end) for slot in plan.slots] == [(NOW + DAY - HOUR, NOW + DAY)]


def test_what_is_scheduled_goes_no_other_way(office: Office):
    """
    It can be withdrawn, and neither activated again nor put on trial.
    """
    change = activated(office, ONCE, at=NOW + DAY)

    for wanted in (
        ActivateChange(office.tenant, "ana", change, "now"),
        TryChange(office.tenant, "ana", change, "x", 0),
    ):
        assert isinstance(office.refusal(wanted), errors.ChangeScheduled)


def test_an_activation_supersedes_what_was_scheduled(office: Office):
    """
    What was to come was meant for the rules before; the entry says that it does not come any more.
    """
    scheduled = activated(office, ONCE, at=NOW + DAY)
    activated(office, TWICE)

    assert state(office, scheduled) == "withdrawn"
    assert office.read(FindInForce(office.tenant))["next"] is None
    assert office.payloads("rules.activated")[-1]["supersedes"] == str(scheduled)


def test_a_step_back_leads_to_the_rules_before_and_no_further(office: Office):
    """
    One pointer back, at once; the second step is refused, and after the next change there is one again.
    """
    before = office.read(FindInForce(office.tenant))["rule_set"]
    change = activated(office, ONCE)
    answer = office.ask(StepBack(office.tenant, "ana", "too strict"))

    assert answer["to"] == before == office.read(FindInForce(office.tenant))["rule_set"]
    assert answer["direction"] == "loosening"
    assert state(office, change) == "replaced"
    assert isinstance(office.refusal(StepBack(office.tenant, "ana", "again")), errors.NothingBefore)
    activated(office, TWICE)
    assert office.read(FindInForce(office.tenant))["previous"] == before


def test_a_step_back_is_told_by_its_own_direction_and_counts_in_the_same_batch(office: Office):
    """
    Also on a machine that never met the rules before: back from a laxer set is a tightening, and the next call is asked by it.
    """
    agreed(office)
    activated(office, ONCE)
    activated(office, TWICE)
    fresh = office.desk.run(office.desk.another_journal(office.clock))
    wanted = [authorization(office.tenant), StepBack(office.tenant, "ana", "complaints"), authorization(office.tenant)]
    first, back, second = office.desk.write_all(wanted, fresh)

    assert back.answer["direction"] == "tightening"
    assert (first.answer["decision"], [each["code"] for each in second.answer["reasons"]]) == ("allow", ["CAP_REACHED"])
    assert second.answer["policy"]["rule_set"] == back.answer["to"]


def test_the_first_rules_have_nothing_before_them(office: Office):
    """
    A tenant's first rules cannot be taken back, and no second set comes past the steps.
    """
    assert isinstance(office.refusal(StepBack(office.tenant, "ana", "why not")), errors.NothingBefore)
    assert isinstance(office.refusal(ActivateRules(office.tenant, "cli", (*BUILTIN, ONCE))), RulesInForce)


def test_a_step_after_scheduled_rules_came_leads_to_those_before_them(office: Office):
    """
    A set that came into force by the clock is taken back like any other.
    """
    before = office.read(FindInForce(office.tenant))["rule_set"]
    activated(office, ONCE, at=NOW + HOUR)
    office.clock.now = NOW + 2 * HOUR

    assert office.ask(StepBack(office.tenant, "ana", "too strict"))["to"] == before


def test_a_withdrawn_change_goes_nowhere(office: Office):
    """
    A draft, and one that is scheduled: both end, and the rules stay.
    """
    agreed(office)
    draft, scheduled = drafted(office, TWICE), activated(office, NEVER, at=NOW + HOUR)
    for change in (draft, scheduled):
        office.write(WithdrawChange(office.tenant, "ana", change, "not needed"))

        assert state(office, change) == "withdrawn"
        assert isinstance(office.refusal(ActivateChange(office.tenant, "ana", change, "ok")), errors.ChangeEnded)
    office.clock.now = NOW + 2 * HOUR
    assert ask(office)[0] == []


def test_what_is_in_force_cannot_be_withdrawn(office: Office):
    """
    That is a step back, or a change of its own.
    """
    change = activated(office, ONCE)

    refused = office.refusal(WithdrawChange(office.tenant, "ana", change, "no"))
    assert isinstance(refused, errors.ChangeEnded)
    assert refused.state == "active"


@pytest.mark.parametrize("at", [NOW, NOW - HOUR, NOW + 400 * DAY])
def test_an_instant_must_be_to_come(office: Office, at):
    """
    Nothing comes into force in the past, or in years.
    """
    change = approved(office, ONCE)

    assert isinstance(office.refusal(ActivateChange(office.tenant, "ana", change, "ok", at)), errors.NotAhead)


def test_no_step_is_skipped(office: Office):
    """
    Without approval there is no activation and no trial with people; a second approval and an unknown change are refused.
    """
    change = drafted(office, ONCE)
    report = office.simulated(change)

    assert isinstance(office.refusal(ActivateChange(office.tenant, "ana", change, "ok")), errors.NotApproved)
    assert isinstance(office.refusal(TryChange(office.tenant, "ana", change, "ok", 5)), errors.NotApproved)
    office.write(ApproveChange(office.tenant, "ben", change, "ok", report))
    again = ApproveChange(office.tenant, "cem", change, "ok", report)
    assert isinstance(office.refusal(again), errors.AlreadyApproved)
    assert isinstance(office.refusal(ActivateChange(office.tenant, "ana", uuid4(), "ok")), errors.ChangeUnknown)


def test_of_two_changes_at_once_one_is_stale(office: Office):
    """
    Two people activate changes of the same base at the same moment, on two machines: one comes into force.
    """
    changes = [approved(office, each) for each in (ONCE, TWICE)]
    wanted = [ActivateChange(office.tenant, "ana", each, "now") for each in changes]
    second = office.desk.run(office.desk.another_journal(office.clock))
    answers = office.desk.write_all(wanted, office.desk.journal, second)

    assert sorted(type(each).__name__ for each in answers) == ["ChangeStale", "Written"]
    assert sorted(state(office, each) for each in changes) == ["active", "stale"]


def test_nothing_changes_is_no_change(office: Office):
    """
    The packs in force, drafted once more, are refused.
    """
    wanted = DraftChange(office.tenant, "ana", BUILTIN, "why", "sha256:none")

    assert isinstance(office.refusal(wanted), errors.NothingChanges)


def test_changes_are_listed_with_where_they_stand(office: Office):
    """
    The newest first, each with its state.
    """
    first = activated(office, ONCE)
    office.clock.advance(MINUTE)
    second = drafted(office, TWICE)

    listed = office.read(ListChanges(office.tenant))
    assert [(each["id"], each["state"]) for each in listed] == [(str(second), "draft"), (str(first), "active")]
