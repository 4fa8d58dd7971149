"""
Numbers that change hands: who had one when, and what goes with the person and what stays with the number.
"""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from consent.errors import ContactUnknown, GivenInTheFuture, IdentifierNeeded, SameNumber
from consent.merging.requests import MergeContacts
from consent.renumbering import FindHolder, ReassignNumber, RenumberContact
from tests.consent.desk import Office
from tests.factories import ANA, BEN, DAY, EVA, HOUR, NOW, authorization, consent, ref, reply, withdrawal

TICK = timedelta(microseconds=1)


def renumber(office: Office, old: str | UUID = ANA, new: str | UUID = BEN, at: datetime = NOW) -> RenumberContact:
    """
    A business learns that a person has another number.
    """
    return RenumberContact(office.tenant, "test", ref(old), ref(new), at)


def reassign(office: Office, number: str | UUID = ANA, since: datetime = NOW) -> ReassignNumber:
    """
    A business learns that a number is somebody else's.
    """
    return ReassignNumber(office.tenant, "test", ref(number), since)


def holder(office: Office, number: str, at: datetime) -> UUID | None:
    """
    Who had a number then; None is nobody who is known.
    """
    try:
        return office.read(FindHolder(office.tenant, ref(number), at))
    except ContactUnknown:
        return None


def test_who_has_a_number_next_starts_empty(office: Office):
    """
    What was agreed to under it was agreed to by somebody else.
    """
    office.write(consent(office.tenant, ANA))
    before = office.codes(ANA)
    office.write(reassign(office))

    assert before == set()
    assert office.codes(ANA) == {"CONSENT_MISSING"}
    office.write(consent(office.tenant, ANA, at=NOW))
    assert office.codes(ANA) == set()


def test_who_left_a_number_keeps_what_they_said(office: Office):
    """
    Their refusals stay theirs and do not bind who has the number now; nothing of them is lost.
    """
    office.write(withdrawal(office.tenant, ANA, at=NOW - DAY))
    left = office.contact(ANA)
    office.write(reassign(office))
    office.write(consent(office.tenant, ANA, at=NOW))

    assert office.codes(ANA) == set()
    assert len(office.in_force(left)["suppressions"]) == 1


def test_only_the_number_is_given_up(office: Office):
    """
    Who was known under a user id as well is still known under it, with what they agreed to.
    """
    office.write(reply(office.tenant, ANA, "ES.50000000000000000005", text="hola"))
    office.write(reply(office.tenant, ANA, "ES.50000000000000000005", text="help"))
    both = office.contact(ANA)
    office.write(reassign(office))

    assert office.contact("ES.50000000000000000005") == both
    assert holder(office, ANA, NOW) is None


def test_what_was_refused_under_it_since_stays_with_the_number(office: Office):
    """
    The number changed hands yesterday and its new holder said STOP an hour ago: that is learnt today, and the STOP stands.
    """
    office.write(consent(office.tenant, ANA, at=NOW - 7 * DAY))
    office.write(reply(office.tenant, ANA, at=NOW - HOUR))
    told = office.ask(reassign(office, since=NOW - DAY))

    assert office.contact(ANA) == UUID(told["contact"]) != UUID(told["from"])
    assert "SUPPRESSED" in office.codes(ANA)


def test_a_new_number_takes_refusals_along_and_no_grants(office: Office):
    """
    As when WhatsApp tells it: under the new number the person has refused what they had, and agreed to nothing.
    """
    office.write(consent(office.tenant, ANA))
    office.write(withdrawal(office.tenant, ANA, purposes=("offers",)))
    office.write(renumber(office))

    assert office.codes(BEN) == {"CONSENT_MISSING"}
    assert [each["purposes"] for each in office.in_force(BEN)["suppressions"]] == [["offers"]]
    assert office.codes(ANA) == {"CONSENT_MISSING"}


def test_a_lookup_finds_who_had_a_number_then(office: Office):
    """
    Up to the change, and not at it, whoever had it; from the change on, whoever has the new one; after it, the next holder.
    """
    office.write(consent(office.tenant, ANA))
    old = office.contact(ANA)
    moved = office.clock.advance(2 * DAY) - DAY
    office.write(renumber(office, at=moved))
    new = office.contact(BEN)
    office.write(consent(office.tenant, ANA))
    met = office.clock.now

    assert [holder(office, ANA, at) for at in (NOW - TICK, NOW, moved - TICK, moved, met - TICK, met)] == [
        *(None, old, old, None, None, office.contact(ANA)),
    ]
    assert [holder(office, BEN, at) for at in (moved - TICK, moved, met)] == [None, new, new]
    assert holder(office, EVA, met) is None


def test_open_holds_fall_when_a_number_changes_hands(office: Office):
    """
    Permission to call somebody is none to call whoever has their number now.
    """
    office.write(consent(office.tenant, ANA))
    office.ask(authorization(office.tenant, ANA))
    office.write(reassign(office))

    assert [row["state"] for row in office.rows("attempts")] == ["released"]


def test_a_part_of_a_merged_person_leaves_alone(office: Office):
    """
    One of two numbers of a person is somebody else's: the other stays theirs, with all that was said under both.
    """
    office.write(consent(office.tenant, ANA))
    office.write(consent(office.tenant, BEN, purpose="appointment_reminders"))
    office.write(MergeContacts(office.tenant, "officer", ref(ANA), ref(BEN), "the same card"))
    office.write(reassign(office))

    assert office.codes(ANA) == {"CONSENT_MISSING"}
    assert office.codes(BEN) == set()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda office: renumber(office, ANA, ANA), SameNumber),
        (lambda office: renumber(office, EVA, BEN), ContactUnknown),
        (lambda office: renumber(office, at=NOW + HOUR), GivenInTheFuture),
        (lambda office: renumber(office, office.contact(ANA), BEN), IdentifierNeeded),
        (lambda office: reassign(office, EVA), ContactUnknown),
        (lambda office: reassign(office, office.contact(ANA)), IdentifierNeeded),
        (lambda office: reassign(office, since=NOW + HOUR), GivenInTheFuture),
    ],
)
def test_what_cannot_be_is_refused(office: Office, change, error):
    """
    A number for itself, nobody's, a change to come, and contacts where numbers are meant.
    """
    office.write(consent(office.tenant, ANA))

    assert isinstance(office.refusal(change(office)), error)
