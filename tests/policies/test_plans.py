"""
Plans for real people: what is known of them now, and every check at another instant that the plan foretells.
"""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from consent.errors import ContactUnknown, PurposeUnknown
from policies.checking import Check, Checked
from policies.planning import LONGEST, Plan, Slot
from policies.refusals import PlanTooFar, PlanTooLong
from tests.consent.desk import Office
from tests.factories import ANA, BEN, DAY, HOUR, MINUTE, NOW, authorization, consent, outcome, question, withdrawal
from tests.policies.calling import agreed, called, permitted
from tests.policies.questions import PACKS, pack, rule


def plan(office: Office, start=NOW, end=NOW + LONGEST, to=ANA, insist=None, **changed):
    """
    When may a person be called?
    """
    return office.read(Plan(office.tenant, question(to, **changed), start, end, insist))


def checks(office: Office, instants, **changed):
    """
    What checks of these instants say, in one look.
    """
    looks = [Check(office.tenant, question(ANA, **changed), at) for at in instants]
    answers = office.desk.run(office.desk.reader.read_together(looks))
    answered = zip(instants, answers, strict=True)
    return {at: answer.decision.allow for at, answer in answered if isinstance(answer, Checked)}


@pytest.mark.parametrize("channel", ["voice", "whatsapp_call"])
@pytest.mark.parametrize("purpose", ["appointment_reminders", "offers"])
def test_a_plan_foretells_every_check(office: Office, purpose, channel):
    """
    Somebody called three times today, with a hold still open: at every quarter of an hour of eight days a check of that
    instant says what the plan says, and so it does around each edge.
    """
    agreed(office, purpose)
    permitted(office)
    for told in ("unanswered", "connected") if purpose == "appointment_reminders" else ():
        called(office, told, purpose=purpose, channel=channel)
        office.clock.advance(HOUR)
    office.ask(authorization(office.tenant, purpose=purpose, channel=channel, ttl=10 * MINUTE))
    now = office.clock.now
    slots = plan(office, now, now + LONGEST, purpose=purpose, channel=channel).slots
    edges = [at + by for slot in slots for at in slot for by in (-timedelta(microseconds=1), timedelta(0))]
    instants = [now + n * 15 * MINUTE for n in range(8 * 96)] + [at for at in edges if now <= at < now + LONGEST]
    checked = checks(office, instants, purpose=purpose, channel=channel)

    assert len(slots) >= 5
    assert checked == {at: any(start <= at < end for start, end in slots) for at in instants}


def test_a_plan_that_began_earlier_knows_what_happened_since(office: Office):
    """
    A day that is planned at noon: what the person took back at eleven is closed from then on, and not before.
    """
    agreed(office)
    begin, end = NOW - 3 * HOUR, NOW + 3 * HOUR
    before = plan(office, begin, end)
    office.write(withdrawal(office.tenant, at=NOW - HOUR))
    after = plan(office, begin, end)

    assert before.slots == (Slot(begin, end),)
    assert after.slots == (Slot(begin, NOW - HOUR),)


def test_a_plan_of_days_that_are_over_tells_what_checks_of_them_tell(office: Office):
    """
    Agreed on Sunday, called on the three days after it, taken back on Thursday: every quarter of an hour of the week.
    """
    permitted(office, NOW - 6 * DAY)
    office.clock.now = NOW - 3 * DAY
    office.write(
        consent(office.tenant, at=office.clock.now, channels=("whatsapp_call",), purpose="appointment_reminders")
    )
    for told in ("unanswered", "connected", "rejected"):
        office.clock.advance(DAY)
        called(office, told, purpose="appointment_reminders", channel="whatsapp_call")
    office.write(withdrawal(office.tenant, at=office.clock.advance(DAY)))
    begin = NOW - 5 * DAY
    slots = plan(office, begin, begin + LONGEST, purpose="appointment_reminders", channel="whatsapp_call").slots
    instants = [begin + n * 15 * MINUTE for n in range(8 * 96)]
    checked = checks(office, instants, purpose="appointment_reminders", channel="whatsapp_call")

    assert any(checked.values())
    assert checked == {at: any(start <= at < end for start, end in slots) for at in instants}


def test_what_ends_before_the_plan_begins_is_over(office: Office):
    """
    A consent that runs out tomorrow opens nothing of a plan for the day after; what was asked for on the way is there.
    """
    office.write(consent(office.tenant, expires_at=NOW + DAY))
    today, later = plan(office, NOW, NOW + 2 * DAY), plan(office, NOW + 2 * DAY, NOW + 3 * DAY)

    assert today.slots[-1].end == NOW + DAY
    assert later.slots == ()
    assert [reason.code.value for reason in later.decision.reasons] == ["CONSENT_EXPIRED"]


def test_a_call_of_the_days_before_still_counts_in_a_plan(office: Office):
    """
    Attempts are known as far back from the plan's beginning as any rule looks, be it over.
    """
    office.adopt(*PACKS, pack(rule("cap", limit=1, per="P60D", counts="attempt")))
    agreed(office)
    office.write(outcome(office.tenant, office.ask(authorization(office.tenant))["hold"]["id"]))
    placed = office.clock.now
    office.clock.advance(65 * DAY)
    past = plan(office, placed + 57 * DAY, placed + 63 * DAY)

    assert past.slots == (Slot(placed + 60 * DAY, placed + 63 * DAY),)


def test_plans_far_away_need_more_than_those_at_hand(office: Office):
    """
    Whoever plans a week ahead is not asked for more; beyond eight days, either way, they are.
    """
    asked: list[timedelta] = []
    for ahead in (timedelta(0), LONGEST, -LONGEST):
        plan(office, NOW + ahead, NOW + ahead + HOUR, insist=partial(asked.append, ahead))
    far = [LONGEST + MINUTE, -LONGEST - MINUTE, 400 * DAY]
    for ahead in far:
        plan(office, NOW + ahead, NOW + ahead + HOUR, insist=partial(asked.append, ahead))

    assert asked == far


@pytest.mark.parametrize(
    ("start", "length", "error", "pointer"),
    [
        (timedelta(0), timedelta(0), PlanTooLong, "/end"),
        (timedelta(0), -HOUR, PlanTooLong, "/end"),
        (timedelta(0), LONGEST + MINUTE, PlanTooLong, "/end"),
        (6 * 366 * DAY, HOUR, PlanTooFar, "/start"),
        (-6 * 366 * DAY, HOUR, PlanTooFar, "/start"),
    ],
)
def test_a_plan_has_bounds(office: Office, start, length, error, pointer):
    """
    It ends after it begins, within eight days, and begins within five years of now; what is wrong names its field.
    """
    with pytest.raises(error) as refused:
        plan(office, NOW + start, NOW + start + length)

    assert refused.value.pointer == pointer


def test_nobody_and_nothing_have_no_plan(office: Office):
    """
    A person never met has a plan, of reasons; an id nobody has, or a purpose nobody defined, has none.
    """
    stranger = plan(office, to=BEN)

    assert (stranger.contact, stranger.slots) == (None, ())
    with pytest.raises(PurposeUnknown):
        plan(office, purpose="nothing")
    with pytest.raises(ContactUnknown):
        plan(office, to=office.tenant)


def test_what_the_caller_states_is_heard_by_the_rules_and_kept_by_the_log(office: Office):
    """
    Checks, plans and holds are decided with it, a lack of it is a reason, and the entry says what was stated.
    """
    office.adopt(*PACKS, pack(rule("predicate", id="agents", needs={"fact": "agents_available", "at_least": 1})))
    agreed(office)
    two, none = ({"stated": (("agents_available", number), ("shop", "madrid"))} for number in (2, 0))
    held = office.ask(authorization(office.tenant, **two))

    assert held["decision"] == "allow"
    assert office.payloads("decision.allowed")[-1]["facts"]["stated"] == {"agents_available": 2, "shop": "madrid"}
    assert [office.codes(ANA, **stated) for stated in (two, none, {})] == [
        set(),
        {"PREDICATE_FAILED"},
        {"FACT_MISSING"},
    ]
    assert [bool(plan(office, **stated).slots) for stated in (two, none, {})] == [True, False, False]
    assert replace(question(), **two).stated == two["stated"]
