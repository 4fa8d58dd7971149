"""
Authorizing through the journal: every answer is an entry, every allow is a hold, and a release frees it.
"""

from uuid import uuid4

import pytest

from consent.errors import ContactUnknown, PurposeUnknown
from consent.settings import SenderReference
from policies.facts import Facts
from policies.refusals import HoldReleased, HoldSpent, HoldUnknown, ReferencePersonal
from tests.consent.desk import Office
from tests.factories import ANA, BEN, HOUR, authorization, once, outcome, withdrawal
from tests.policies.calling import WHATSAPP, agreed, ask, called, release

# --- What is written


def test_an_allow_is_an_entry_with_its_facts_and_its_hold(office: Office):
    """
    The entry of an allow holds the instant, the facts, the rules' hash and the hold, and names no person.
    """
    agreed(office)
    answer = office.ask(authorization(office.tenant, reference="campaign-7/call-1"))
    entry = office.payloads()[-1]
    facts = Facts.from_json(entry["facts"])

    assert entry["event"] == "decision.allowed"
    assert entry["now"] == "2026-11-25T11:00:00.000000Z"
    assert (entry["rule_set"], entry["tzdata"]) == (answer["policy"]["rule_set"], answer["policy"]["tzdata"])
    assert entry["hold"]["id"] == answer["hold"]["id"]
    assert entry["reference"] == "campaign-7/call-1"
    assert entry["contact"] == answer["contact"] == str(office.contact(ANA))
    assert (facts.purpose, facts.category, facts.regions) == ("order_updates", "transactional", ("ES",))
    assert [each.state for each in facts.consents or ()] == ["granted", "granted"]
    assert "sd" not in entry


def test_a_deny_is_an_entry_with_every_reason(office: Office):
    """
    The entry of a deny names every failing rule, as the answer does, and there is no hold.
    """
    office.write(withdrawal(office.tenant))
    answer = office.ask(authorization(office.tenant, **WHATSAPP))
    entry = office.payloads()[-1]

    assert entry["event"] == "decision.denied"
    assert entry["reasons"] == [[each["code"], each["pack"], each["rule"]] for each in answer["reasons"]]
    assert {each[0] for each in entry["reasons"]} == {"CONSENT_MISSING", "SUPPRESSED", "PERMISSION_MISSING"}
    assert entry["hold"] is None
    assert office.rows("attempts") == []


def test_a_check_writes_nothing(office: Office):
    """
    A check decides the same, and leaves log, people and attempts alone, also for somebody never met.
    """
    agreed(office)
    size = office.size()

    assert office.codes(ANA) == set()
    assert office.codes(BEN) == {"CONSENT_MISSING"}
    assert office.size() == size
    assert len(office.rows("contacts")) == 1


def test_a_stranger_is_denied_and_met(office: Office):
    """
    A deny about somebody never met is an entry about a contact like any other.
    """
    codes, hold = ask(office, to=BEN)

    assert (codes, hold) == (["CONSENT_MISSING"], None)
    assert office.events() == ["contact.identified", "decision.denied"]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"purpose": "chitchat"}, PurposeUnknown),
        ({"to": uuid4()}, ContactUnknown),
        ({"reference": "call +34600111222"}, ReferencePersonal),
        ({"reference": "600 11-12.22 x34"}, ReferencePersonal),
        ({"reference": "ana@shop.example"}, ReferencePersonal),
    ],
)
def test_what_cannot_be_asked_is_refused_without_a_trace(office: Office, changed, error):
    """
    An unknown purpose or person, or a reference that names somebody, records nothing.
    """
    assert isinstance(office.refusal(authorization(office.tenant, **changed)), error)


def test_an_unknown_sender_is_denied(office: Office):
    """
    A number that is not the tenant's is a reason, not an error; on WhatsApp even the permission is unknown then.
    """
    agreed(office)
    codes, _ = ask(office, **WHATSAPP, sender=SenderReference("phone", "+34919999999"))

    assert "SENDER_UNKNOWN" in codes


def test_the_same_key_gets_the_same_hold(office: Office):
    """
    A repeated request never makes a second hold, not even after the first has expired or in the same batch.
    """
    agreed(office)
    request = authorization(office.tenant, idempotency=once("dial-1"))
    twins = office.desk.write_all([request, request])
    office.clock.advance(HOUR)
    later = office.write(request)

    assert {each.answer["hold"]["id"] for each in (*twins, later)} == {twins[0].answer["hold"]["id"]}
    assert len(office.payloads("decision.allowed")) == len(office.rows("attempts")) == 1


# --- Releasing


def test_a_release_frees_what_was_held(office: Office):
    """
    A call that was not placed does not count.
    """
    agreed(office)
    holds = [called(office, None) for _ in range(3)]
    answer = office.ask(release(office, holds[0]))

    assert answer["hold"]["state"] == "released"
    assert ask(office)[0] == []
    assert ask(office)[0] == ["CAP_REACHED"]


def test_a_release_is_final(office: Office):
    """
    Releasing twice records nothing; a call cannot have been placed on what was released.
    """
    agreed(office)
    hold = called(office, None)
    first = office.write(release(office, hold))
    size = office.size()
    again = office.write(release(office, hold))

    assert again.receipt == first.receipt
    assert office.size() == size
    assert isinstance(office.refusal(outcome(office.tenant, hold)), HoldReleased)


def test_a_call_that_was_placed_is_not_released(office: Office):
    """
    A hold whose outcome is known stays counted.
    """
    agreed(office)
    hold = called(office, "unanswered")

    assert isinstance(office.refusal(release(office, hold)), HoldSpent)


def test_a_late_release_says_that_it_was_late(office: Office):
    """
    A hold can be released after its expiry, and the entry tells.
    """
    agreed(office)
    hold = called(office, None)
    office.clock.advance(HOUR)
    office.write(release(office, hold))

    assert office.payloads("hold.released")[0]["expired"] is True


def test_another_tenants_hold_is_unknown(office: Office):
    """
    Holds are found by their own tenant only.
    """
    agreed(office)
    hold = called(office, None)
    other = office.desk.open_office()

    assert isinstance(other.refusal(outcome(other.tenant, hold)), HoldUnknown)
    assert isinstance(other.refusal(release(other, hold)), HoldUnknown)
