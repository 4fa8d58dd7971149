"""
What somebody refused is remembered for longer than that they were called.
"""

from datetime import timedelta

from policies.catalogue import builtin
from tests.consent.desk import Office
from tests.factories import ANA, DAY, NOW
from tests.policies.calling import agreed, ask, called
from tests.policies.questions import pack, rule

NEVER_AGAIN = pack(rule("gap", id="never-again", after=["refused"], wait="indefinite", purpose="same"))
PACKS = tuple(builtin(name) for name in ("core", "whatsapp", "es"))


def test_a_refusal_of_years_ago_is_still_in_the_way(office: Office):
    """
    Two hundred days later the call itself is out of reach of every rule, and the refusal is not; other purposes are free.
    """
    office.adopt(*PACKS, NEVER_AGAIN)
    agreed(office, "order_updates", "appointment_reminders")
    called(office, "refused")
    office.clock.now = NOW + 200 * DAY

    assert office.codes(ANA) == {"COOL_OFF"}
    assert office.codes(ANA, purpose="appointment_reminders") == set()


def test_only_refusals_of_long_ago_are_facts(office: Office):
    """
    The entry of a decision does not carry every call of the last ten years.
    """
    office.adopt(*PACKS, NEVER_AGAIN)
    agreed(office, "order_updates")
    called(office, "unanswered")
    office.clock.advance(timedelta(hours=2))
    called(office, "refused")
    office.clock.now = NOW + 200 * DAY
    ask(office)
    facts = office.payloads("decision.denied")[-1]["facts"]

    assert [each.get("outcome") for each in facts["attempts"]] == ["refused"]
