"""
What keeps a business number from calling: each restriction by itself, whatever the order in which they come.
"""

from datetime import timedelta
from itertools import permutations

import pytest

from consent.restrictions import (
    Restriction,
    in_force,
    joint_end,
    lifted,
    read_restriction,
    restricted,
    written_restriction,
)
from consent.senders import LiftRestriction, MarkSender
from tests.channels import payloads as meta
from tests.channels.payloads import Business, Customer, messages, permanent_grant
from tests.consent.desk import Office
from tests.factories import ANA, DAY, HOUR, NOW, SECOND, consent

BUSINESS = Business(display_phone_number="34910000000")
HER = Customer("34600111222", "ES.50000000000000000005", "Ana")
CALL = {"channel": "whatsapp_call"}
SHORT, LONG, OPEN = Restriction("a", NOW + HOUR), Restriction("a", NOW + DAY), Restriction("a")


@pytest.mark.parametrize("order", list(permutations([SHORT, LONG, OPEN])))
def test_of_one_kind_the_longest_stays(order):
    """
    Whatever came first: deliveries come in any order.
    """
    known: tuple[Restriction, ...] = ()
    for each in order:
        known = restricted(known, [each], NOW)

    assert known == (OPEN,)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_dated_words_the_newest_counts(order):
    """
    Closed, opened, closed again, in any order: closed; and a lifting that is kept says since when the number was open.
    """
    words = [
        Restriction("s", None, NOW),
        Restriction("s", NOW + SECOND, NOW + SECOND),
        Restriction("s", None, NOW + HOUR),
    ]
    known: tuple[Restriction, ...] = ()
    for place in order:
        known = restricted(known, [words[place]], NOW + DAY)

    assert in_force(known, NOW + DAY) == (words[2],)


def test_of_two_words_of_one_second_the_no_counts():
    """
    Both orders.
    """
    no, yes = Restriction("s", None, NOW), Restriction("s", NOW, NOW)

    assert restricted([yes], [no], NOW + DAY) == restricted([no], [yes], NOW + DAY) == (no,)


def test_the_joint_end_is_the_last_and_unknown_if_one_is():
    """
    A number calls again once nothing is against it.
    """
    assert joint_end([SHORT, LONG]) == NOW + DAY
    assert joint_end([SHORT, OPEN]) is None


@pytest.mark.parametrize("each", [SHORT, OPEN, Restriction("two words", NOW, NOW - timedelta(microseconds=1))])
def test_a_row_holds_all_of_it(each):
    """
    As it was written.
    """
    assert read_restriction(written_restriction(each)) == each


def test_what_is_lifted_leaves_the_others():
    """
    By kind, or all of them.
    """
    other = Restriction("b", NOW + DAY)

    assert lifted([OPEN, other], ["a"], NOW) == (other,)
    assert lifted([OPEN, other], None, NOW) == ()


def permitted(office: Office) -> None:
    """
    Ana may be called on WhatsApp.
    """
    office.write(consent(office.tenant, channels=("whatsapp_call",)))
    granted = permanent_grant(by=HER, at=int((NOW - DAY).timestamp()), id="wamid.G")
    office.deliver(messages(granted, business=BUSINESS, people=(HER,)))


def settings(office: Office, status: str, after: timedelta = timedelta(0)) -> None:
    """
    The number's settings change.
    """
    office.deliver(
        meta.account_settings({"status": status}, business=BUSINESS, at=int((office.clock.now + after).timestamp()))
    )


def test_a_number_on_which_calling_is_switched_off_calls_nobody(office: Office):
    """
    By Meta's settings webhook; until the same webhook says otherwise, and not by an older one that comes late.
    """
    permitted(office)
    settings(office, "DISABLED")
    office.clock.advance(HOUR)
    settings(office, "ENABLED", after=-2 * HOUR)
    late = office.codes(ANA, **CALL)
    settings(office, "ENABLED")

    assert late == {"SENDER_RESTRICTED"}
    assert office.codes(ANA, **CALL) == set()
    assert [each["kinds"] for each in office.payloads("sender.restriction_lifted")] == [["calling_disabled"]]


def test_somebody_of_the_business_lifts_what_has_no_end(office: Office):
    """
    An entry says who did, and what else is against the number stays.
    """
    permitted(office)
    settings(office, "DISABLED")
    office.deliver(meta.account_restriction("RESTRICTED_BUSINESS_INITIATED_CALLING", until=None, business=BUSINESS))
    office.write(LiftRestriction(office.tenant, "cli", "acme-es", ("calling_disabled",)))
    still = office.codes(ANA, **CALL)
    office.write(LiftRestriction(office.tenant, "cli", "acme-es"))

    assert still == {"SENDER_RESTRICTED"}
    assert office.codes(ANA, **CALL) == set()
    assert office.payloads("sender.restriction_lifted")[0]["left"] == ["RESTRICTED_BUSINESS_INITIATED_CALLING"]


def test_marking_a_number_leaves_its_restrictions(office: Office):
    """
    A test number is restricted as others are; saying the same again is no news.
    """
    permitted(office)
    settings(office, "DISABLED")
    for _ in range(2):
        office.write(MarkSender(office.tenant, "cli", "acme-es", sandbox=True))

    assert office.codes(ANA, **CALL) == {"SENDER_RESTRICTED"}
    assert [each["sandbox"] for each in office.payloads("sender.marked")] == [True]
