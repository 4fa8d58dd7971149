"""
Call permissions: only what is plainly granted is granted, and never for longer than Meta allows.
"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.channels.whatsapp import parse
from server.channels.whatsapp_items import PermissionReply, Person, Sender
from tests.channels import payloads as meta

NOW = datetime.fromtimestamp(meta.NOW, UTC)
LONGEST = timedelta(hours=168)


def reply(message: meta.Json) -> PermissionReply:
    (item,) = parse(meta.delivery(meta.messages(message)))
    assert isinstance(item, PermissionReply)
    return item


@pytest.mark.parametrize(
    ("message", "granted", "permanent", "expires_at", "automatic", "context"),
    [
        (meta.temporary_grant(), True, False, NOW + LONGEST, False, "wamid.REQ1"),
        (meta.permanent_grant(), True, True, None, False, "wamid.REQ1"),
        (meta.profile_grant(), True, True, None, False, None),
        (meta.decline(), False, False, None, False, "wamid.REQ1"),
        (meta.callback_grant(), True, False, NOW + LONGEST, True, "wacid.USERCALL1"),
        (meta.automatic_revocation(), False, False, None, True, None),
        (meta.profile_revocation(), False, False, None, False, None),
    ],
)
def test_every_scenario_is_told_apart(message, granted, permanent, expires_at, automatic, context):
    """
    The seven ways in which a permission comes and goes are read as what they are; "automatic" alone decides nothing.
    """
    item = reply(message)

    assert (item.granted, item.permanent, item.expires_at) == (granted, permanent, expires_at)
    assert (item.automatic, item.context_id) == (automatic, context)


def test_a_reply_says_who_and_when_and_to_whom():
    """
    Key, time, business number and customer come with every item.
    """
    item = reply(meta.temporary_grant())

    assert item.key == "messages:wamid.REPLY1"
    assert item.at == NOW
    assert item.sender == Sender("700600500400", "+15550100200")
    assert item.person == Person("+5511900000001", "BR.10000000000000000001")
    assert item.message_id == "wamid.REPLY1"


def test_a_reply_without_a_type_is_found_by_presence():
    """
    Meta's samples leave the message's ``type`` out, and may leave out the inner one.
    """
    message = meta.decline()
    del message["type"], message["interactive"]["type"]

    assert not reply(message).granted


def test_the_reply_is_read_before_anything_else_in_the_message():
    """
    Words or buttons beside a permission reply do not hide it.
    """
    message = meta.decline() | {"text": {"body": "hello"}, "button": {"payload": "x", "text": "y"}}

    assert not reply(message).granted


@pytest.mark.parametrize("response", ["", "accepted", "maybe", "granted", None, True, 1, {}, ["accept"]])
def test_an_unknown_response_is_a_refusal(response):
    """
    What is not "accept" never opens a line.
    """
    item = reply(meta.permission_reply(response, is_permanent=True))

    assert (item.granted, item.permanent, item.expires_at) == (False, False, None)


@pytest.mark.parametrize("broken", [None, "accept", [], 7, {}])
def test_a_reply_without_an_object_is_a_refusal(broken):
    """
    A permission reply that says nothing is no permission.
    """
    message = meta.temporary_grant()
    message["interactive"]["call_permission_reply"] = broken

    assert not reply(message).granted


@pytest.mark.parametrize("flag", [None, "true", 1, "yes"])
def test_only_a_plain_true_is_permanent(flag):
    """
    A missing or odd ``is_permanent`` is temporary and so ends after 168 hours.
    """
    item = reply(meta.permission_reply("accept", is_permanent=flag))

    assert (item.granted, item.permanent, item.expires_at) == (True, False, NOW + LONGEST)


def test_a_temporary_grant_without_an_end_lasts_168_hours():
    """
    One of Meta's samples carries neither ``is_permanent`` nor an end.
    """
    assert reply(meta.permission_reply("accept")).expires_at == NOW + LONGEST


@pytest.mark.parametrize("expiry", [meta.NOW + 3600, str(meta.NOW + 3600), float(meta.NOW + 3600)])
def test_an_end_is_read_as_string_and_as_number(expiry):
    """
    Meta sends a string, libraries' fixtures hold an integer.
    """
    assert reply(meta.permission_reply("accept", expiration_timestamp=expiry)).expires_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize("expiry", [3600, "3600"])
def test_a_small_end_counts_from_the_reply(expiry):
    """
    Below 10^9 the value can only be a duration in seconds.
    """
    assert reply(meta.permission_reply("accept", expiration_timestamp=expiry)).expires_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize("expiry", [meta.NOW + 16 * 86_400, 999_999_999, 10**12, str(10**13)])
def test_an_end_later_than_168_hours_is_cut(expiry):
    """
    Meta's own samples lie 16 days apart; a permission never lasts longer than a week from its approval.
    """
    assert reply(meta.permission_reply("accept", expiration_timestamp=expiry)).expires_at == NOW + LONGEST


@pytest.mark.parametrize("expiry", ["", "soon", -5, 1.5, True, [], {}, "١٢٣"])
def test_an_end_that_cannot_be_read_has_come(expiry):
    """
    A grant whose end is unreadable opens nothing.
    """
    assert reply(meta.permission_reply("accept", expiration_timestamp=expiry)).expires_at == NOW


def test_a_permanent_grant_with_an_end_is_temporary():
    """
    Two statements that contradict each other are read the narrower way.
    """
    item = reply(meta.permission_reply("accept", is_permanent=True, expiration_timestamp=str(meta.NOW + 60)))

    assert (item.permanent, item.expires_at) == (False, NOW + timedelta(minutes=1))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(json_values, json_values, json_values, json_values)
def test_no_reply_grants_more_than_a_week_unless_permanent(response, permanent, expiry, source):
    """
    Whatever stands in the four fields: no grant without "accept", no endless grant without a plain true.
    """
    item = reply(
        meta.permission_reply(response, is_permanent=permanent, expiration_timestamp=expiry, response_source=source)
    )

    assert not item.granted or (isinstance(response, str) and response.strip().casefold() == "accept")
    assert not item.permanent or permanent is True
    assert item.permanent or not item.granted or (item.expires_at is not None and item.expires_at <= NOW + LONGEST)
