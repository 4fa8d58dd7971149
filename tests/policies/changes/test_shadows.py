"""
What is asked beside the rules stops nobody, counts for itself, and is noted where it would have said otherwise.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from policies.activation import Trial
from policies.changes.looks import FindInForce
from policies.changes.requests import TryChange, WithdrawChange
from policies.shadows import store
from tests.consent.desk import Office
from tests.factories import ANA, DAY, HOUR, MINUTE, NOW, authorization, consent, phone
from tests.policies.calling import agreed, ask, called
from tests.policies.changes.changing import activated, drafted, state, tried
from tests.policies.questions import pack, rule

ONCE = pack(rule("cap", limit=1, per="day", counts="attempt"))
SHADOW = pack(rule("cap", limit=1, per="day", counts="attempt", mode="shadow"))
LAX = pack(rule("gap", after="attempt", wait="PT1S"))


def tallies(office: Office):
    """
    What each shadow of the tenant has said, by what it is of: agreed, would deny, would allow.
    """

    async def look():
        async with office.desk.snapshots.of(office.tenant) as conn:
            return list(await store.read_tallies(conn, office.tenant))

    return {
        row.shadow.partition(" ")[0]: (row.agreed, row.would_deny, row.would_allow) for row in office.desk.run(look())
    }


def on_trial(office: Office):
    """
    What is on trial, as answers show it.
    """
    found: Any = office.read(FindInForce(office.tenant))["trial"]  # A JSON object, or null.
    return found


def otherwise(office: Office):
    """
    What shadows said otherwise, entry by entry: nothing where they agreed.
    """
    decided = [each for each in office.payloads() if each["event"].startswith("decision.")]
    return [
        [(said["of"], said["decision"], [code for code, *_ in said["reasons"]]) for said in each.get("shadows", [])]
        for each in decided
    ]


def test_a_rule_in_shadow_stops_no_call_and_is_noted(office: Office):
    """
    The second call of a day is placed; its entry says that the rule would have denied it, and why.
    """
    agreed(office)
    activated(office, SHADOW)

    assert ask(office)[0] == []
    office.clock.advance(MINUTE * 2)
    assert ask(office)[0] == []
    assert otherwise(office) == [[], [("rules", "deny", ["CAP_REACHED"])]]
    assert tallies(office) == {"rules": (1, 1, 0)}


def test_a_shadow_counts_for_itself(office: Office):
    """
    With two calls a day, the shadow lets the third through where it denied the first two: they did not happen for it.
    """
    agreed(office)
    activated(office, pack(rule("gap", after="attempt", wait="P1D", mode="shadow")))
    called(office)
    for hours in (1, 2):
        office.clock.now = NOW + hours * HOUR
        called(office)
    office.clock.now = NOW + 25 * HOUR
    called(office)

    assert [[word for _, word, _ in each] for each in otherwise(office)] == [[], ["deny"], ["deny"], []]


def test_what_a_shadow_would_have_placed_counts_for_it(office: Office):
    """
    A set on trial that allows what is denied counts the calls it imagines: its own cap is reached by them.
    """
    agreed(office)
    activated(office, pack(rule("predicate", needs={"fact": "agents", "at_least": 1})))
    tried(office, 0, pack(rule("cap", limit=2, per="day", counts="attempt")))
    for _ in range(3):
        assert ask(office)[0] == ["FACT_MISSING"]
        office.clock.advance(10 * MINUTE)

    assert [[word for _, word, _ in each] for each in otherwise(office)] == [["allow"], ["allow"], []]
    assert tallies(office) == {"trial": (1, 0, 2)}


def test_two_calls_in_one_batch_are_counted_one_after_the_other(office: Office):
    """
    A shadow sees what it said of the call before, also when both came at the same moment.
    """
    agreed(office)
    activated(office, SHADOW)
    office.desk.write_all([authorization(office.tenant), authorization(office.tenant)])

    assert sorted(len(each) for each in otherwise(office)) == [0, 1]
    assert tallies(office) == {"rules": (1, 1, 0)}


def test_a_trial_for_nobody_is_enforced_on_nobody(office: Office):
    """
    At 0 percent the rules in force decide for everybody, and the trial needs no approval.
    """
    agreed(office)
    change = tried(office, 0, ONCE)

    assert state(office, change) == "draft"
    assert [ask(office)[0] for _ in range(3)] == [[], [], []]
    assert tallies(office) == {"trial": (1, 2, 0)}
    assert on_trial(office)["percent"] == 0


def test_a_trial_takes_its_share_of_the_people_and_always_the_same(office: Office):
    """
    At 50 percent about half of them are under the rules on trial, each time anew; the others are under those in force.
    """
    people = [phone() for _ in range(24)]
    for who in people:
        agreed_by(office, who)
    tried(office, 50, ONCE)
    for who in people:
        assert ask(office, to=who)[0] == []
    second = {who: ask(office, to=who)[0] for who in people}
    third = {who: ask(office, to=who)[0] for who in people}

    assert second == third
    assert 3 < sum(codes == ["CAP_REACHED"] for codes in second.values()) < 21
    sets = {each["rule_set"] for each in office.payloads() if each["event"].startswith("decision.")}
    assert sets == {office.read(FindInForce(office.tenant))["rule_set"], on_trial(office)["rule_set"]}


def agreed_by(office: Office, who: str) -> None:
    """
    Somebody else agreed to be called about an order.
    """
    office.write(consent(office.tenant, who, purpose="order_updates", channels=("voice", "whatsapp_call")))


def test_everybody_else_is_compared_with_the_rules_in_force(office: Office):
    """
    On whom a trial is enforced, the rules in force are asked beside it: what they would have allowed is noted.
    """
    agreed(office)
    tried(office, 100, ONCE)

    assert ask(office)[0] == []
    office.clock.advance(2 * MINUTE)
    assert ask(office)[0] == ["CAP_REACHED"]
    assert otherwise(office) == [[], [("in_force", "allow", [])]]


def test_a_trial_ends_with_its_change(office: Office):
    """
    Taken off trial, withdrawn, or overtaken by other rules: nothing is asked beside them, and what was counted is gone.
    """
    agreed(office)
    for end in ("taken off", "withdrawn", "overtaken"):
        change = tried(office, 0, ONCE)
        ask(office)
        match end:
            case "taken off":
                office.write(TryChange(office.tenant, "ana", change, "seen", None))
            case "withdrawn":
                office.write(WithdrawChange(office.tenant, "ana", change, "seen"))
            case _:
                activated(office, LAX)

        assert on_trial(office) is None
        assert tallies(office) == {}
        assert office.rows("shadow_attempts") == []
        office.clock.advance(10 * MINUTE)


def test_only_what_is_on_trial_is_taken_off_it(office: Office):
    """
    Ending the trial of another change, or none, is refused; one trial in place of another says so.
    """
    first, second = tried(office, 0, ONCE), drafted(office, LAX)

    assert type(office.refusal(TryChange(office.tenant, "ana", second, "seen", None))).__name__ == "NotOnTrial"
    office.write(TryChange(office.tenant, "ana", second, "instead", 0))
    assert office.payloads("rules.tried")[-1]["supersedes"] == str(first)
    office.write(TryChange(office.tenant, "ana", second, "seen", None))
    assert type(office.refusal(TryChange(office.tenant, "ana", second, "seen", None))).__name__ == "NotOnTrial"


def test_a_change_may_be_widened_step_by_step(office: Office):
    """
    From nobody to a few to everybody: what was counted stays, for the trial is the same.
    """
    agreed(office)
    change = tried(office, 1, ONCE)
    since = on_trial(office)["since"]
    office.clock.advance(HOUR)
    office.write(TryChange(office.tenant, "ana", change, "more", 100))

    trial = on_trial(office)
    assert (trial["percent"], trial["since"]) == (100, since)


@pytest.mark.parametrize("percent", [0, 1, 10, 50, 99, 100])
def test_the_share_is_what_was_asked_for_and_only_grows(percent):
    """
    Of ten thousand people about so many are taken, and whoever was taken at a smaller share stays taken.
    """
    people = [UUID(int=number * 7919) for number in range(10_000)]
    change = uuid4()
    taken = {each for each in people if Trial("sha256:a", percent, change, NOW).takes(each)}
    fewer = {each for each in people if Trial("sha256:a", percent // 2, change, NOW).takes(each)}

    assert abs(len(taken) - percent * 100) < 200
    assert fewer <= taken


def test_a_draft_cannot_be_tried_on_people(office: Office):
    """
    A share above zero is enforcement; see also that a rule in shadow is none of the rules that hold a set together.
    """
    agreed(office)
    change = drafted(office, SHADOW)
    told = office.refusal(TryChange(office.tenant, "ana", change, "try", 1))

    assert type(told).__name__ == "NotApproved"
    assert office.codes(ANA, at=NOW + DAY - timedelta(hours=20)) == set()
