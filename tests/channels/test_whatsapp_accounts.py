"""
Account events: what Meta takes from the business's numbers, and what of it stops calls.
"""

from datetime import UTC, datetime

import pytest

from server.channels.whatsapp import parse
from server.channels.whatsapp_items import (
    AccountRestricted,
    AccountSettings,
    AccountViolation,
    Ignored,
    Item,
    Person,
    Sender,
    Unreadable,
)
from tests.channels import payloads as meta

END = datetime.fromtimestamp(meta.NOW + meta.WEEK, UTC)


def told(change: meta.Json) -> Item:
    (item,) = parse(meta.delivery(change))
    return item


def restricted(change: meta.Json) -> AccountRestricted:
    item = told(change)
    assert isinstance(item, AccountRestricted)
    return item


@pytest.mark.parametrize(
    ("kind", "blocks"),
    [
        ("RESTRICTED_BUSINESS_INITIATED_CALLING", True),
        ("RESTRICTED_BIZ_INITIATED_CALLING", True),
        ("RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING", True),
        ("RESTRICTED_BUSINESS_INITIATED_AND_USER_INITIATED_CALLING", True),
        ("restricted_business_initiated_calling", True),
        ("RESTRICTED_USER_INITIATED_CALLING", False),
        ("RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN", False),
        ("RESTRICTED_BIZ_INITIATED_MESSAGING", False),
        ("RESTRICTED_ADD_PHONE_NUMBER_ACTION", False),
        ("RESTRICTED_SOMETHING_NEW", True),
        ("", True),
    ],
)
def test_biz_and_business_and_both_directions_block_calls(kind, blocks):
    """
    BIZ and BUSINESS are the same; calls of customers are not ours; a kind that nobody knows blocks.
    """
    assert restricted(meta.account_restriction(kind)).blocks_calls is blocks


def test_a_restriction_names_the_number_by_its_display():
    """
    The entry's id is "0": only the displayed number says which number it is, and the entry says when.
    """
    item = restricted(meta.account_restriction("RESTRICTED_BUSINESS_INITIATED_CALLING"))

    assert item.sender == Sender(None, "+15550100200")
    assert (item.person, item.account_id) == (Person(), "0")
    assert item.at == datetime.fromtimestamp(meta.NOW, UTC)
    assert item.until == END


@pytest.mark.parametrize("expiration", [None, "", "never", 0, 10**13])
def test_a_restriction_without_a_readable_end_has_none(expiration):
    """
    The hidden call button has no ``expiration``; an end we cannot read is no end.
    """
    change = meta.account_restriction("RESTRICTED_BUSINESS_INITIATED_CALLING")
    change["value"]["restriction_info"][0]["expiration"] = expiration

    assert restricted(change).until is None


def test_the_end_is_that_of_the_last_restriction_on_our_calls():
    """
    A longer restriction on customers' calls does not lengthen ours, and one without end hides none.
    """
    change = meta.account_restriction("RESTRICTED_BUSINESS_INITIATED_CALLING")
    change["value"]["restriction_info"].append({"restriction_type": "RESTRICTED_USER_INITIATED_CALLING"})
    item = restricted(change)

    assert (len(item.kinds), item.until, item.blocks_calls) == (2, END, True)


@pytest.mark.parametrize("info", [None, [], "RESTRICTED", 7])
def test_a_restriction_of_nobody_knows_what_blocks(info):
    """
    Without a list of kinds, calls may well be among them.
    """
    item = restricted(meta.account_event("ACCOUNT_RESTRICTION", restriction_info=info))

    assert (item.kinds, item.blocks_calls, item.until) == ((), True, None)


def test_a_restriction_without_a_time_still_counts():
    """
    Where Meta gives no time the item has none, and the restriction is not lost.
    """
    change = meta.account_restriction("RESTRICTED_BUSINESS_INITIATED_CALLING")
    del change["_entry"]["time"]

    assert restricted(change).at is None


def test_a_violation_is_a_warning():
    """
    Nothing is taken away yet.
    """
    item = told(meta.account_violation("LOW_BUSINESS_INITIATED_CALLING_QUALITY"))

    assert isinstance(item, AccountViolation)
    assert item.kind == "LOW_BUSINESS_INITIATED_CALLING_QUALITY"


@pytest.mark.parametrize("event", ["ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED", "DISABLED_UPDATE"])
def test_a_closed_account_blocks_calls_without_end(event):
    """
    Deleted, offboarded or disabled: no number of it may call.
    """
    item = restricted(meta.account_event(event))

    assert (item.kinds, item.blocks_calls, item.until) == ((event,), True, None)


def test_a_ban_is_told_by_its_state():
    """
    Announced it is a warning, lifted it is nothing.
    """
    announced = meta.account_event("DISABLED_UPDATE", ban_info={"waba_ban_state": "SCHEDULE_FOR_DISABLE"})
    lifted = meta.account_event("DISABLED_UPDATE", ban_info={"waba_ban_state": ["REINSTATE"]})

    assert isinstance(told(announced), AccountViolation)
    assert isinstance(told(lifted), Ignored)


def test_other_account_events_are_ignored_and_nameless_ones_kept():
    """
    A verified account is no news here; an event without a name is not understood.
    """
    assert isinstance(told(meta.account_event("VERIFIED_ACCOUNT")), Ignored)
    assert isinstance(told(meta.account_event("x") | {"value": {"phone_number": "15550100200"}}), Unreadable)


def test_account_events_are_known_again_by_their_content():
    """
    They carry no id: the same delivery has the same key in any order of names, a later one another.
    """
    first = meta.account_restriction("RESTRICTED_BUSINESS_INITIATED_CALLING")
    again = {**first, "value": dict(reversed(first["value"].items()))}
    later = meta.account_restriction("RESTRICTED_BUSINESS_INITIATED_CALLING", at=meta.NOW + 1)

    assert told(dict(first)).key == told(again).key
    assert told(dict(first)).key != told(later).key


@pytest.mark.parametrize(
    ("calling", "enabled", "callback"),
    [
        ({"status": "ENABLED", "callback_permission_status": "DISABLED"}, True, False),
        ({"status": "disabled"}, False, None),
        ({"status": "PAUSED"}, None, None),
        (None, None, None),
    ],
)
def test_settings_are_read_where_they_are_said(calling, enabled, callback):
    """
    ``calling`` can be null, and what is not said is None.
    """
    item = told(meta.account_settings(calling))

    assert isinstance(item, AccountSettings)
    assert (item.calling, item.callback_permission) == (enabled, callback)
    assert item.sender.phone_number_id == "700600500400"


def test_the_type_of_settings_is_known_in_any_case():
    """
    The sample writes it in lower case, the table in capitals.
    """
    change = meta.account_settings({"status": "ENABLED"})
    change["value"]["type"] = "PHONE_NUMBER_SETTINGS"

    assert isinstance(told(change), AccountSettings)
