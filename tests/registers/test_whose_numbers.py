"""
Whose numbers are asked: all of a person's, by whatever name they go, in all their parts, and of no other tenant's.
"""

from uuid import UUID

from consent.locating import LocateContact
from consent.merging.requests import MergeContacts
from consent.registers.requests import DropRegister
from policies.planning import Plan
from policies.registers.looks import FindListed
from policies.simulating.questions import GatherFacts
from tests.channels.payloads import Customer, messages, text
from tests.consent.desk import Office
from tests.factories import ANA, BEN, DAY, EVA, HOUR, NOW, authorization, consent, question, ref, withdrawal
from tests.registers.loading import load
from tests.registers.test_deciding import OFFER, said, soft

USER_ID = "ES.50000000000000000009"
TURK, OTHER_TURK = "+905301112233", "+905301112244"


def one_person(office: Office, *people: str) -> None:
    """
    These are one person, says an officer.
    """
    first, *others = people
    for each in people:
        soft(office, each)
    for each in others:
        office.write(MergeContacts(office.tenant, "officer", ref(each), ref(first), "the same identity card"))


def test_a_person_is_listed_by_any_of_their_numbers(office: Office):
    """
    Whichever of them is to be called, and by whatever name they go.
    """
    load(office, [BEN])
    one_person(office, ANA, BEN)

    assert said(office, ANA) == said(office, BEN) == {"REGISTER_LISTED"}
    assert said(office, office.contact(ANA)) == {"REGISTER_LISTED"}
    assert said(office, EVA) == set()


def test_who_goes_by_id_is_asked_by_their_number(office: Office):
    """
    Listed or not.
    """
    load(office, [BEN])
    soft(office, ANA)
    soft(office, BEN)

    assert said(office, office.contact(ANA)) == set()
    assert said(office, office.contact(BEN)) == {"REGISTER_LISTED"}


def test_who_has_no_number_cannot_be_looked_up(office: Office):
    """
    A user id alone is a missing fact; with a number that came beside it, it is looked up.
    """
    load(office, [BEN])
    soft(office, BEN)
    alone = said(office, USER_ID)
    him = Customer(BEN[1:], USER_ID, "Ben")
    office.deliver(messages(text("hola", id="wamid.2", by=him, at=int(NOW.timestamp()) - 30), people=(him,)))

    assert alone == {"FACT_MISSING"}
    assert said(office, USER_ID) == {"REGISTER_LISTED"}


def test_of_a_list_of_consents_the_called_number_must_be_listed(office: Office):
    """
    Another number of the same person does not vouch for it; where no number is named, all must be listed.
    """
    load(office, [TURK], "iys", as_of=NOW - HOUR)
    one_person(office, TURK, OTHER_TURK)
    absent = {"REGISTER_ABSENT", "FACT_MISSING"}
    codes = {
        who: {each.code.value for each in office.check(who, **OFFER).decision.reasons} & absent
        for who in (TURK, OTHER_TURK, office.contact(TURK))
    }

    assert codes == {TURK: set(), OTHER_TURK: {"REGISTER_ABSENT"}, office.contact(TURK): {"REGISTER_ABSENT"}}


def test_a_list_of_another_kind_than_rules_read_is_not_read(office: Office):
    """
    Exclusions that were taken for consents would open every call to the excluded.
    """
    load(office, [TURK], "iys", as_of=NOW - HOUR, lists="exclusions")
    soft(office, TURK)
    missing = [
        each.params for each in office.check(TURK, **OFFER).decision.reasons if each.code.value == "FACT_MISSING"
    ]

    assert {"fact": "registers.iys"} in missing


def test_who_is_said_to_be_elsewhere_is_asked_there_too(office: Office):
    """
    A Spanish number in Türkiye stands in both registers' countries.
    """
    load(office, [ANA])
    load(office, [BEN], "iys", as_of=NOW - HOUR)
    soft(office)
    office.write(LocateContact(office.tenant, "officer", ref(ANA), "TR", None, "person"))
    listed = office.read(FindListed(office.tenant, ref(ANA)))

    assert {name: each["listed"] for name, each in listed.items() if isinstance(each, dict)}["iys"] is False


def test_no_tenant_sees_what_another_has_loaded(office: Office):
    """
    Each loads for itself, and row-level security hides the rows.
    """
    load(office, [BEN])
    other = office.desk.open_office()
    soft(other, BEN)

    assert said(other, BEN) == {"FACT_MISSING"}
    assert said(office, BEN) == {"REGISTER_LISTED"}


def test_a_consent_that_waives_the_register_needs_none(office: Office):
    """
    Who opted in is called although they are listed; once that is withdrawn, in the same batch, they are not.
    """
    load(office, [ANA])
    office.write(consent(office.tenant, purpose="offers", basis="opt_in", at=NOW - DAY))
    waived = said(office)
    _, answer = office.desk.write_all([withdrawal(office.tenant), authorization(office.tenant, **OFFER)])

    assert waived == set()
    assert "REGISTER_LISTED" in {each["code"] for each in answer.answer["reasons"]}


def test_plans_and_simulations_ask_as_checks_do(office: Office):
    """
    The listed have no slot, and the facts of an uploaded question say so.
    """
    load(office, [BEN])
    soft(office, ANA)
    soft(office, BEN)
    plans = {who: office.read(Plan(office.tenant, question(who, **OFFER), NOW, NOW + 3 * HOUR)) for who in (ANA, BEN)}
    facts = office.read(GatherFacts(office.tenant, question(BEN, **OFFER), NOW - DAY)).facts

    codes = {
        who: {e.code.value for e in plan.decision.reasons} if plan.decision else set() for who, plan in plans.items()
    }

    assert {who: "REGISTER_LISTED" in each for who, each in codes.items()} == {ANA: False, BEN: True}
    assert facts.registers is not None
    assert facts.registers["robinson"].listed


def test_a_dropped_register_denies_from_the_same_batch_on(office: Office):
    """
    A decision after the drop knows nothing of it.
    """
    load(office, [BEN])
    soft(office)
    _, answer = office.desk.write_all(
        [DropRegister(office.tenant, "test", "robinson"), authorization(office.tenant, **OFFER)]
    )
    facts = {each["params"].get("fact") for each in answer.answer["reasons"]}

    assert "registers.robinson" in facts
    assert office.payloads("decision.denied")[0]["facts"]["registers"] == {}
    assert UUID(office.payloads("register.dropped")[0]["load"]).version == 7
