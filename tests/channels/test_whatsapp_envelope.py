"""
Deliveries as a whole: nothing in them is lost, and nothing in them can stop the rest.
"""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.channels.whatsapp import parse
from server.channels.whatsapp_items import (
    AccountRestricted,
    CallConnected,
    Ignored,
    Item,
    PermissionReply,
    TextMessage,
    Unreadable,
)
from tests.channels import payloads as meta

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def everything() -> meta.Json:
    """One of everything, in one delivery."""
    moved = meta.Customer("5511900000009", "BR.3")
    return meta.delivery(
        meta.messages(meta.text("STOP"), meta.button("STOP", "Stop"), meta.list_row("a", "b"), meta.media("image")),
        meta.messages(meta.temporary_grant(), meta.profile_grant(), meta.automatic_revocation()),
        meta.messages(meta.number_changed("5511900000009"), meta.user_id_changed(moved), people=()),
        meta.message_statuses(meta.message_status("failed", 131050), meta.message_status("read")),
        meta.calls(meta.connect(), meta.terminate_answered(), meta.terminate_failed(id="x"), errors=(138019,)),
        meta.call_statuses(meta.call_status("RINGING"), meta.call_status("REJECTED")),
        meta.preferences(meta.preference("stop")),
        meta.user_id_updates(meta.user_id_update("BR.1", "BR.3")),
        meta.account_restriction("RESTRICTED_BUSINESS_INITIATED_CALLING"),
        meta.account_violation("LOW_BUSINESS_INITIATED_CALLING_QUALITY"),
        meta.account_settings({"status": "ENABLED"}),
    )


EVERYTHING = everything()
ITEMS = parse(EVERYTHING)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every path in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, each in inner for place in places(each, (*path, name)))]


def test_one_of_everything_is_understood():
    """
    Every kind of item that Meta sends is read, each with a key of its own.
    """
    assert len(ITEMS) == 21
    assert not [item for item in ITEMS if isinstance(item, Unreadable)]
    assert len({item.key for item in ITEMS}) == 21


def test_a_batch_of_a_thousand_loses_nothing():
    """
    All of ``entry[] × changes[] × items[]`` is read, in order, each with its own person.
    """
    items = parse(meta.batch(1000))

    assert [item.text for item in items if isinstance(item, TextMessage)] == [f"Message {n}" for n in range(1000)]
    assert [item.person.phone for item in items] == [f"+346{n:08}" for n in range(1000)]


def test_a_thousand_messages_in_one_change_lose_nothing():
    """
    One list may hold them all.
    """
    people = tuple(meta.Customer(f"346{n:08}", None) for n in range(1000))
    change = meta.messages(*(meta.text("hi", id=f"wamid.{n}", by=who) for n, who in enumerate(people)), people=people)
    items = parse(meta.delivery(change))

    assert [item.person.phone for item in items] == [f"+346{n:08}" for n in range(1000)]


def test_several_changes_in_one_entry_are_read():
    """
    A change is not always alone in its entry.
    """
    body = meta.delivery(meta.messages(meta.text("STOP")), meta.calls(meta.connect()))
    body["entry"] = [{"id": "1", "changes": [change for entry in body["entry"] for change in entry["changes"]]}]

    assert [type(item) for item in parse(body)] == [TextMessage, CallConnected]


def test_messages_and_statuses_in_one_change_are_both_read():
    """
    A change that carries both lists is read twice.
    """
    change = meta.messages(meta.text("STOP"))
    change["value"]["statuses"] = [meta.message_status("failed", 131050)]

    assert len(parse(meta.delivery(change))) == 2


@pytest.mark.parametrize("broken", [None, 7, "STOP", [], {}, {"id": "wamid.X"}, {"timestamp": "1"}])
def test_a_bad_item_leaves_its_neighbours_alone(broken):
    """
    The items before and after one that cannot be understood are read, and it is kept as it came.
    """
    change = meta.messages(meta.text("STOP"))
    change["value"]["messages"] += [broken, meta.decline()]
    before, bad, after = parse(meta.delivery(change))

    assert isinstance(before, TextMessage)
    assert isinstance(bad, Unreadable)
    assert bad.raw == broken
    assert isinstance(after, PermissionReply)


@pytest.mark.parametrize(
    "broken",
    [None, 7, [], {}, {"field": "messages"}, {"field": "messages", "value": None}, {"field": 7, "value": {}}],
)
def test_a_bad_change_leaves_its_neighbours_alone(broken):
    """
    A change that cannot be understood is one unreadable item.
    """
    body = meta.delivery(meta.messages(meta.text("STOP")))
    body["entry"] += [{"id": "1", "changes": [broken]}, {"id": "2"}, None]
    body["entry"] += meta.delivery(meta.account_restriction("X"))["entry"]
    items = parse(body)

    assert [type(item) for item in items] == [TextMessage, Unreadable, Unreadable, Unreadable, AccountRestricted]


@pytest.mark.parametrize("value", [{}, {"messages": None}, {"messages": {"text": "STOP"}}, {"statuses": "x"}])
def test_a_change_without_a_list_is_kept(value):
    """
    A known field that carries no list of items is not understood.
    """
    (item,) = parse(meta.delivery({"field": "messages", "value": value}))

    assert isinstance(item, Unreadable)


@pytest.mark.parametrize("body", [{}, {"entry": None}, {"entry": {}}, {"object": "page", "entry": []}])
def test_what_is_no_delivery_is_kept_whole(body):
    """
    A body that is not WhatsApp's is one unreadable item.
    """
    (item,) = parse(body)

    assert isinstance(item, Unreadable)
    assert item.raw == body


def test_errors_without_items_are_ignored():
    """
    Meta reports its own trouble in a change of its own.
    """
    (item,) = parse(meta.delivery({"field": "messages", "value": {"errors": [{"code": 131000}]}}))

    assert isinstance(item, Ignored)
    assert "131000" in item.why


def test_other_fields_are_ignored():
    """
    Template reviews and the like mean nothing for consent.
    """
    (item,) = parse(meta.delivery({"field": "message_template_status_update", "value": {"event": "APPROVED"}}))

    assert isinstance(item, Ignored)


def test_the_same_delivery_again_has_the_same_keys():
    """
    Deliveries come more than once; nothing in a key depends on when or how often, or on the order of names.
    """
    again = json.loads(json.dumps(EVERYTHING, sort_keys=True))

    assert [item.key for item in parse(again)] == [item.key for item in ITEMS]


def test_a_deep_payload_is_kept():
    """
    Nesting as deep as a JSON reader allows does not break the reading of its neighbours.
    """
    deep: meta.Json = {}
    for _ in range(5000):
        deep = {"a": [deep]}
    change = meta.messages(meta.text("STOP"))
    change["value"]["messages"].insert(0, {"system": {"type": "new"}, "deep": deep})
    items = parse(meta.delivery(change))

    assert [type(item) for item in items] == [Unreadable, TextMessage]


@given(st.dictionaries(st.sampled_from(["object", "entry"]) | st.text(max_size=8), json_values, max_size=4))
def test_parse_never_raises_on_any_object(body):
    """
    Whatever JSON object comes, items come back.
    """
    items = parse(body)

    assert isinstance(items, tuple)


@given(st.sampled_from(["messages", "calls", "user_preferences", "user_id_update"]), st.data())
def test_no_item_of_any_list_is_lost(field, data):
    """
    A list of n values of any kind gives n items.
    """
    name = data.draw(
        st.sampled_from({"messages": ["messages", "statuses"], "calls": ["calls", "statuses"]}.get(field, [field]))
    )
    listed = data.draw(st.lists(json_values, max_size=6))
    items = parse(meta.delivery({"field": field, "value": {name: listed}}))

    assert len(items) == len(listed)


@settings(max_examples=400)
@given(st.sampled_from(places(EVERYTHING)[1:]), json_values, st.booleans())
def test_a_mutated_delivery_is_read_and_its_neighbours_stay(place, value, remove):
    """
    Replacing or removing anything, anywhere in real payloads, never raises; what it does not touch reads as before.
    """
    body = copy.deepcopy(EVERYTHING)
    holder: Any = body  # Any: a path alternates between names and positions.
    for step in place[:-1]:
        holder = holder[step]
    if remove:
        del holder[place[-1]]
    else:
        holder[place[-1]] = value
    items = parse(body)

    if place[0] == "entry" and len(place) > 2:
        untouched = {item.key for item in ITEMS} - {item.key for item in _of_entry(place[1])}
        assert untouched <= {item.key for item in items}


def _of_entry(index: object) -> tuple[Item, ...]:
    return parse({"entry": [EVERYTHING["entry"][index]]})
