"""
What led a person to an opt-in is kept with it, and hides no opt-out.
"""

from uuid import UUID

import pytest

from consent.hearing import HearPermission, HearReply
from server.channels.requests import Delivery, referred
from server.channels.whatsapp import parse
from tests.channels import payloads
from tests.channels.payloads import delivery, messages, text

DELIVERY = Delivery(UUID(int=1), "wa-1", b"k" * 32)


def heard(item: payloads.Json) -> object:
    """
    What one message asks to be recorded.
    """
    return DELIVERY.request(parse(delivery(messages(item)))[0])


@pytest.mark.parametrize(
    ("body", "kind", "source"),
    [
        ("START (ref: poster-7)", "opt_in", "poster-7"),
        ("ALTA\n(ref:qr.shop_2)", "opt_in", "qr.shop_2"),
        ("START", "opt_in", None),
        ("STOP (ref: poster-7)", "opt_out", "poster-7"),
        ("BAJA (ref: )", "opt_out", None),
    ],
)
def test_a_link_leaves_its_reference(body, kind, source):
    """
    The words count as without it, and the whole text is kept.
    """
    request = heard(text(body))

    assert isinstance(request, HearReply)
    assert (request.meaning.kind, request.source, request.text) == (kind, source, body)


def test_only_what_stands_last_is_a_reference():
    """
    Neither an earlier one, nor one that is none.
    """
    for words in ("(ref: a) START", "START (ref: a b)", "START (ref: -a)", "START ref: a"):
        assert referred(words) == (words, None)


def test_a_button_leaves_the_message_that_carried_it():
    """
    A template's quick reply names it.
    """
    request = heard(payloads.button("START", "Start"))

    assert isinstance(request, HearReply)
    assert (request.meaning.kind, request.source) == ("opt_in", "wamid.TPL1")


def test_a_permission_says_how_it_came_about():
    """
    In answer to a request, or in the profile.
    """
    asked = heard(payloads.permanent_grant())
    assert isinstance(asked, HearPermission)
    own = {name: value for name, value in payloads.permanent_grant().items() if name != "context"}
    profile = heard(own)
    assert isinstance(profile, HearPermission)

    assert {asked._source(), profile._source()} <= {"request", "profile"}
    assert profile._source() == "profile"
