"""
Calls: who was called, by whom, and whether anybody picked up.
"""

import pytest

from server.channels.whatsapp import parse
from server.channels.whatsapp_items import CallConnected, CallEnded, CallStatus, Item, Person, Unreadable
from tests.channels import payloads as meta

ANA = Person("+5511900000001", "BR.10000000000000000001")
BEN = Person("+34600111222", "ES.50000000000000000005")


def called(call: meta.Json, **rest) -> Item:
    (item,) = parse(meta.delivery(meta.calls(call, **rest)))
    return item


def ended(call: meta.Json, **rest) -> CallEnded:
    item = called(call, **rest)
    assert isinstance(item, CallEnded)
    return item


def test_connect_names_the_call_and_what_the_business_gave_it():
    """
    A business-initiated connect carries the id, the opaque data, and the customer.
    """
    item = called(meta.connect())

    assert isinstance(item, CallConnected)
    assert (item.key, item.call_id, item.opaque) == ("calls:connect:wacid.CALL1", "wacid.CALL1", "decision=1")
    assert item.business_initiated
    assert item.person == ANA


def test_a_customer_s_own_call_is_told_apart():
    """
    USER_INITIATED is an item as well, and no attempt of the business.
    """
    item = called(meta.connect(direction="USER_INITIATED"))

    assert isinstance(item, CallConnected)
    assert not item.business_initiated
    assert item.person == ANA


@pytest.mark.parametrize("direction", ["", "SIDEWAYS", None])
def test_an_unknown_direction_counts_as_ours(direction):
    """
    An attempt too many in the books is safer than one too few.
    """
    item = called(meta.connect() | {"direction": direction})

    assert isinstance(item, CallConnected)
    assert item.business_initiated


@pytest.mark.parametrize("people", [(meta.ANA,), ()])
@pytest.mark.parametrize("direction", ["BUSINESS_INITIATED", "USER_INITIATED"])
def test_swapped_to_and_from_do_not_swap_the_person(people, direction):
    """
    One of Meta's samples has ``to`` and ``from`` the other way round.
    """
    call = meta.connect(direction=direction)
    call["to"], call["from"] = call["from"], call["to"]

    assert called(call, people=people).person == ANA


def test_a_user_id_on_the_wrong_side_is_still_the_person_s():
    """
    Only customers have user ids, so ``from_user_id`` in our own call is the customer's too.
    """
    call = meta.connect()
    call["from_user_id"] = call.pop("to_user_id")

    assert called(call, people=()).person == ANA


def test_without_our_own_number_neither_side_is_the_person():
    """
    When the metadata does not say who we are, ``to`` and ``from`` say nothing.
    """
    change = meta.calls(meta.connect(to=meta.Customer("5511900000001", None)), people=())
    del change["value"]["metadata"]["display_phone_number"]
    (item,) = parse(meta.delivery(change))

    assert item.person == Person()


def test_our_number_is_known_in_any_spelling():
    """
    ``display_phone_number`` may be written with spaces and dashes, and is still not the customer.
    """
    business = meta.Business(display_phone_number="+1 555-010-0200")
    item = called(meta.connect(), people=(), business=business)

    assert item.person == ANA
    assert item.sender.display_phone_number == "+15550100200"


def test_each_call_of_a_change_keeps_its_own_person():
    """
    Two calls and two contacts in one change are not mixed up.
    """
    change = meta.calls(meta.connect(id="a", to=meta.BEN), meta.connect(id="b"), people=(meta.ANA, meta.BEN))
    first, second = parse(meta.delivery(change))

    assert (first.person, second.person) == (BEN, ANA)


def test_one_contact_is_not_lent_to_another_call():
    """
    A second call in the change that names somebody else stays with somebody else.
    """
    change = meta.calls(meta.connect(id="a"), meta.connect(id="b", to=meta.BEN), people=(meta.ANA,))
    first, second = parse(meta.delivery(change))

    assert (first.person, second.person) == (ANA, BEN)


def test_completed_without_times_is_unanswered():
    """
    An unanswered call is COMPLETED as well; nothing but a start or a duration proves a pick-up.
    """
    item = ended(meta.terminate_unanswered())

    assert (item.status, item.answered, item.failed, item.duration_s) == ("completed", False, False, None)


def test_an_answered_call_has_a_duration():
    """
    Start time and duration are there only when the other side picked up.
    """
    item = ended(meta.terminate_answered(duration=31))

    assert (item.answered, item.duration_s, item.key) == (True, 31, "calls:terminate:wacid.CALL1")


@pytest.mark.parametrize(
    ("fields", "answered"),
    [
        ({"start_time": str(meta.NOW)}, True),
        ({"duration": 1}, True),
        ({"duration": "12"}, True),
        ({"duration": 0}, False),
        ({"duration": -3}, False),
        ({"duration": True}, False),
        ({"start_time": "", "duration": None}, False),
        ({"start_time": "0"}, False),
        ({"end_time": str(meta.NOW)}, False),
        ({"status": "ANSWERED"}, False),
    ],
)
def test_answered_comes_from_start_and_duration_alone(fields, answered):
    """
    Neither a status nor an end proves a conversation, and no odd value does.
    """
    assert ended(meta.terminate_unanswered() | fields).answered is answered


@pytest.mark.parametrize("status", ["FAILED", "Failed", "failed"])
def test_a_failure_is_known_in_any_case_with_the_errors_beside_it(status):
    """
    One page writes FAILED and another Failed; the errors stand beside the list of calls.
    """
    item = ended(meta.terminate_failed() | {"status": status}, errors=(138019,))

    assert (item.status, item.failed, item.answered, item.errors) == ("failed", True, False, (138019,))


def test_errors_beside_a_completed_call_are_not_its_own():
    """
    In a change with a failed and a completed call only the failed one has errors.
    """
    change = meta.calls(meta.terminate_failed(id="a"), meta.terminate_answered(id="b"), errors=(138021,))
    failed, completed = parse(meta.delivery(change))

    assert isinstance(failed, CallEnded)
    assert isinstance(completed, CallEnded)
    assert (failed.errors, completed.errors) == ((138021,), ())


def test_a_failed_call_without_contacts_still_names_the_person():
    """
    The side that is not the business is the customer.
    """
    item = ended(meta.terminate_failed(), people=())

    assert item.person == ANA


@pytest.mark.parametrize("status", ["RINGING", "ACCEPTED", "REJECTED"])
def test_call_statuses_are_read(status):
    """
    They come in ``statuses[]`` of the field ``calls``, under a key of their own.
    """
    (item,) = parse(meta.delivery(meta.call_statuses(meta.call_status(status.lower()), people=())))

    assert isinstance(item, CallStatus)
    assert (item.status, item.opaque, item.person) == (status, "decision=1", ANA)
    assert item.key == f"calls:{status}:wacid.CALL1"


def test_events_of_one_call_have_different_keys():
    """
    Deduplication by (call, event or status) keeps every step, in whatever order they come.
    """
    changes = [
        meta.calls(meta.terminate_answered()),
        meta.call_statuses(meta.call_status("ACCEPTED"), meta.call_status("RINGING")),
        meta.calls(meta.connect()),
    ]
    items = parse(meta.delivery(*changes))

    assert len({item.key for item in items}) == 4


@pytest.mark.parametrize("name", ["id", "timestamp", "event"])
def test_a_call_without_its_essentials_is_kept_and_not_guessed(name):
    """
    No id, no time or no event: unreadable, with the raw item.
    """
    call = meta.connect()
    del call[name]
    item = called(call)

    assert isinstance(item, Unreadable)
    assert item.raw == call
