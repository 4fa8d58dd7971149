"""
No call slips between two sets of rules: whoever decides and whoever changes rules wait for each other.
"""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from audit.ageing import Aged
from audit.work import Request
from consent.retention import DropAged, SetRetentionRule
from policies.ageing import AgedAttempts
from policies.changes import errors
from policies.changes.looks import FindInForce
from policies.changes.requests import ActivateChange, ApproveChange, DraftChange, StepBack, TryChange
from tests.consent.desk import BUILTIN, Office
from tests.factories import ANA, DAY, SECOND, authorization
from tests.policies.calling import agreed, called
from tests.policies.changes.changing import activated, approved, drafted, state
from tests.policies.questions import pack, rule

LONG = pack(rule("cap", limit=1, per="P300D", counts="attempt"))
ONCE = pack(rule("cap", limit=1, per="day", counts="attempt"))
NEVER = pack(rule("predicate", needs={"fact": "agents", "at_least": 1}))


def back_to_the_first(office: Office) -> None:
    """
    The packs that the office began with, in force again by a change.
    """
    change = UUID(office.ask(DraftChange(office.tenant, "ana", BUILTIN, "over", "sha256:none"))["id"])
    office.write(ApproveChange(office.tenant, "ben", change, "ok", office.simulated(change)))
    office.write(ActivateChange(office.tenant, "ana", change, "ok"))


@pytest.mark.parametrize("step", ["activate", "try", "step back"])
def test_rules_that_look_further_find_what_they_count_in_the_very_batch(office: Office, step):
    """
    A call 200 days ago counts for a cap of 300 days, also for a question that came together with the cap.
    """
    agreed(office)
    if step == "step back":
        activated(office, LONG)
        back_to_the_first(office)
    called(office, "unanswered")
    office.clock.advance(timedelta(days=200))
    wanted: Request = StepBack(office.tenant, "ana", "back")
    if step == "activate":
        wanted = ActivateChange(office.tenant, "ana", approved(office, LONG), "now")
    if step == "try":
        wanted = TryChange(office.tenant, "ana", approved(office, LONG), "all", 100)
    _, asked = office.desk.write_all([wanted, authorization(office.tenant)])

    assert [each["code"] for each in asked.answer["reasons"]] == ["CAP_REACHED"]


def test_a_decision_is_made_by_the_rules_in_force_when_it_is_entered(office: Office):
    """
    One that waits for a person while others come into force is made by those: the log has no allow of the old ones after.
    """
    agreed(office)
    change, desk = approved(office, NEVER), office.desk
    who, other = office.contact(ANA), desk.run(desk.another_journal(desk.clock))

    async def race():
        outside = await asyncpg.connect(desk.url)
        holding = outside.transaction()
        await holding.start()
        await outside.execute("SELECT 1 FROM contacts WHERE contact_id = $1 FOR UPDATE", who)
        asking = asyncio.create_task(desk.journal.write(authorization(office.tenant)))
        await asyncio.sleep(1)
        active = await asyncio.wait_for(other.write(ActivateChange(office.tenant, "ana", change, "now")), 20)
        desk.clock.advance(SECOND)
        await holding.rollback()
        await outside.close()
        return active, await asking

    active, asked = desk.run(race())

    assert active.receipt.index < asked.receipt.index
    assert asked.answer["policy"]["rule_set"] == active.answer["candidate"]
    assert asked.answer["decision"] == "deny"


def test_what_was_said_of_a_base_does_not_hold_when_it_comes_back(office: Office):
    """
    Approved on rules that were replaced and then taken up again, a change stays stale: something happened in between.
    """
    change = approved(office, LONG)
    activated(office, ONCE)
    office.clock.advance(SECOND)
    office.write(StepBack(office.tenant, "ana", "complaints"))

    assert state(office, change) == "stale"
    assert isinstance(office.refusal(ActivateChange(office.tenant, "ana", change, "now")), errors.ChangeStale)


def test_a_report_about_nothing_is_no_rehearsal(office: Office):
    """
    Where there are decisions a report of none is refused; where there are none it has to do, and the entry says so.
    """
    change = drafted(office, ONCE)
    empty = office.simulated(change, decisions=0)
    agreed(office)
    called(office)
    wanted = ApproveChange(office.tenant, "ben", change, "looked at", empty)

    assert isinstance(office.refusal(wanted), errors.ReportEmpty)


def test_a_tenant_without_decisions_may_approve_on_an_empty_report(office: Office):
    """
    And the entry says on how many decisions it rests.
    """
    change = drafted(office, ONCE)
    office.write(ApproveChange(office.tenant, "ben", change, "looked at", office.simulated(change, decisions=0)))

    assert office.payloads("rules.approved")[-1]["decisions"] == 0


def test_what_one_step_back_would_count_is_kept(office: Office):
    """
    Attempts are dropped no sooner than the rules before look back, so that a step back denies as they did.
    """
    agreed(office)
    activated(office, LONG)
    called(office, "unanswered")
    office.clock.advance(timedelta(days=120))
    back_to_the_first(office)
    office.refusal(SetRetentionRule(office.tenant, "ana", "attempts", 90))
    office.write(DropAged(office.tenant, "ana", AgedAttempts, Aged(office.clock.now - 90 * DAY, 10)))
    office.write(StepBack(office.tenant, "ben", "back"))

    assert office.codes(ANA) == {"CAP_REACHED"}


def test_a_draft_is_put_together_on_what_is_in_force(office: Office):
    """
    When other rules came into force while it was tried, it is refused rather than drafted against them.
    """
    base = str(office.read(FindInForce(office.tenant))["rule_set"])
    activated(office, ONCE)
    wanted = DraftChange(office.tenant, "ana", (*BUILTIN, NEVER), "late", "sha256:none", base)

    assert isinstance(office.refusal(wanted), errors.ChangeStale)
