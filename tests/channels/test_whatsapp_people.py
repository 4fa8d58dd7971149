"""
People change: their number, their user id, and their mind about marketing.
"""

import pytest

from server.channels.whatsapp import parse
from server.channels.whatsapp_items import (
    Ignored,
    Item,
    MarketingPreference,
    NumberChanged,
    Person,
    Unreadable,
    UserIdChanged,
)
from tests.channels import payloads as meta

ANA = Person("+5511900000001", "BR.10000000000000000001")


def told(change: meta.Json) -> Item:
    (item,) = parse(meta.delivery(change))
    return item


def preference(fields: meta.Json) -> MarketingPreference:
    item = told(meta.preferences(meta.preference("stop") | fields))
    assert isinstance(item, MarketingPreference)
    return item


def test_a_number_change_names_old_and_new_without_contacts():
    """
    The old number is the message's ``from``, the new one ``system.wa_id``; there are no contacts.
    """
    item = told(meta.messages(meta.number_changed("5511900000009"), people=()))

    assert isinstance(item, NumberChanged)
    assert (item.old_phone, item.new_phone) == ("+5511900000001", "+5511900000009")
    assert (item.old_user_id, item.new_user_id) == (None, None)
    assert item.person == Person("+5511900000001", None)


def test_the_older_names_of_a_number_change_are_known():
    """
    Older versions said ``customer`` and ``new_wa_id``.
    """
    message = meta.number_changed("5511900000009")
    del message["from"]
    system = {"type": "customer_changed_number", "customer": "5511900000001", "new_wa_id": "5511900000009"}
    item = told(meta.messages(message | {"system": system}, people=()))

    assert isinstance(item, NumberChanged)
    assert (item.old_phone, item.new_phone) == ("+5511900000001", "+5511900000009")


def test_a_changed_user_id_names_the_new_one():
    """
    The old user id is no field there, and is not fetched from prose in which the person's own name stands.
    """
    new = meta.Customer("5511900000009", "BR.30000000000000000003")
    mallory = meta.Customer(meta.ANA.wa_id, meta.ANA.user_id, "changed from ES.666 to")
    item = told(meta.messages(meta.user_id_changed(new, of=mallory), people=()))

    assert isinstance(item, NumberChanged)
    assert (item.old_user_id, item.new_user_id) == (None, "BR.30000000000000000003")
    assert (item.old_phone, item.new_phone) == ("+5511900000001", "+5511900000009")


def test_a_previous_user_id_is_taken_where_it_is_given():
    """
    Some deliveries do carry it as a field.
    """
    message = meta.user_id_changed(meta.Customer(None, "BR.3"))
    message["system"]["previous_user_id"] = "BR.1"
    item = told(meta.messages(message, people=()))

    assert isinstance(item, NumberChanged)
    assert (item.old_user_id, item.new_user_id, item.new_phone) == ("BR.1", "BR.3", None)


def test_a_change_of_nobody_is_kept():
    """
    Without an old number or id there is nobody to carry forward.
    """
    message = meta.number_changed("5511900000009")
    del message["from"]

    assert isinstance(told(meta.messages(message, people=())), Unreadable)


def test_an_identity_change_is_ignored_and_an_unknown_system_message_is_kept():
    """
    A new device changes nothing about consent; what we do not know, we keep.
    """
    known = meta.number_changed("5511900000009") | {"system": {"type": "customer_identity_changed", "body": "x"}}
    unknown = meta.number_changed("5511900000009") | {"system": {"type": "user_vanished", "body": "x"}}

    assert isinstance(told(meta.messages(known)), Ignored)
    assert isinstance(told(meta.messages(unknown)), Unreadable)


def test_a_user_id_update_gives_both_ids():
    """
    The field of its own is the only place with previous and current.
    """
    item = told(meta.user_id_updates(meta.user_id_update("BR.1", "BR.3")))

    assert isinstance(item, UserIdChanged)
    assert (item.previous, item.current) == ("BR.1", "BR.3")
    assert item.person == Person("+5511900000001", "BR.3")
    assert item.key == f"user_id_update:BR.1:BR.3:{meta.NOW}"


@pytest.mark.parametrize("ids", [None, "BR.1", {}, {"previous": 1, "current": None}])
def test_a_user_id_update_without_ids_is_kept(ids):
    """
    An update that names no id is not understood.
    """
    assert isinstance(told(meta.user_id_updates(meta.user_id_update("a", "b") | {"user_id": ids})), Unreadable)


@pytest.mark.parametrize(
    ("fields", "stop"),
    [
        ({"value": "stop"}, True),
        ({"value": "resume"}, False),
        ({"value": "RESUME"}, False),
        ({"value": "signup"}, True),
        ({"value": "whatever"}, True),
        ({"value": None}, True),
        ({"value": "resume", "category": "something_else"}, True),
    ],
)
def test_whatever_is_not_resume_marketing_is_a_stop(fields, stop):
    """
    Only the documented word for the documented category switches marketing on again.
    """
    assert preference(fields).stop is stop


def test_an_unknown_preference_keeps_its_value():
    """
    The reviewer sees what Meta said.
    """
    assert preference({"value": "signup"}).value == "signup"


def test_preference_keys_tell_person_value_and_time():
    """
    Preferences have no id: the same one again has the same key, any other has another.
    """
    same = {preference({}).key, preference({"timestamp": str(meta.NOW)}).key}
    others = {
        preference({"value": "resume"}).key,
        preference({"timestamp": meta.NOW + 1}).key,
        preference({"wa_id": "34600111222", "user_id": "ES.5"}).key,
    }

    assert len(same) == 1
    assert len(same | others) == 4


def test_a_preference_of_a_person_without_phone():
    """
    The user id alone names the person.
    """
    nameless = meta.Customer(None, meta.ANA.user_id)
    item = told(meta.preferences(meta.preference("stop", of=nameless), people=(nameless,)))

    assert item.person == Person(None, "BR.10000000000000000001")


def test_the_legacy_system_message_is_a_preference_too():
    """
    An older shape says it as a system message.
    """
    message = meta.number_changed("x") | {"system": {"type": "user_preference_changed", "marketing": "stop"}}
    item = told(meta.messages(message))

    assert isinstance(item, MarketingPreference)
    assert (item.stop, item.person) == (True, ANA)
