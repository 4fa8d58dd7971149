"""
What WhatsApp's rules come to for calls that are placed: test numbers, conversations, and hours that nobody keeps for us.
"""

from consent.senders import MarkSender
from tests.consent.desk import Office
from tests.factories import ANA, DAY, HOUR, MINUTE, NOW
from tests.policies.calling import REQUEST, WHATSAPP, agreed, ask, called, permitted


def sandbox(office: Office, *, is_one: bool = True) -> None:
    """The office's number is a test number, or is none any more."""
    office.write(MarkSender(office.tenant, "test", "acme-es", is_one))


def test_from_a_test_number_people_are_asked_25_times_a_day(office: Office):
    """
    Not twice from others; and a number that is no test number any more has their limit at once.
    """
    agreed(office)
    sandbox(office)
    for _ in range(25):
        assert ask(office, **REQUEST)[0] == []
        office.clock.advance(MINUTE)
    reached = ask(office, **REQUEST)[0]
    office.clock.now = NOW + DAY + HOUR
    again = ask(office, **REQUEST)[0]
    sandbox(office, is_one=False)

    assert (reached, again) == (["PERMISSION_REQUEST_LIMIT"], [])
    assert set(ask(office, **REQUEST)[0]) == {"PERMISSION_REQUEST_LIMIT"}


def test_from_a_test_number_ten_unanswered_calls_close(office: Office):
    """
    Not four.
    """
    agreed(office)
    permitted(office)
    sandbox(office)
    told = []
    for _ in range(10):
        called(office, "unanswered", **WHATSAPP)
        office.clock.advance(DAY)
        told.append(office.codes(ANA, **WHATSAPP))

    assert told == [set()] * 9 + [{"UNANSWERED_STREAK"}]


def test_whatsapp_calls_keep_quiet_hours(office: Office):
    """
    Meta keeps call hours for calls of customers alone: at night ours are denied by the rules of the person's country.
    """
    agreed(office, "offers")
    permitted(office)
    office.clock.now = NOW + 12 * HOUR

    assert "QUIET_HOURS" in ask(office, purpose="offers", **WHATSAPP)[0]


def test_what_was_recorded_of_a_test_number_comes_out_again(office: Office):
    """
    The decision's facts say that it is one; rows follow from the log.
    """
    agreed(office)
    sandbox(office)
    ask(office, **REQUEST)
    ask(office, **REQUEST)
    senders = [each["facts"]["sender"] for each in office.payloads("decision.allowed")]

    assert [each.get("sandbox") for each in senders] == [True, True]
    assert office.differences() == []
