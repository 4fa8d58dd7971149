"""
Messages: every word a customer sends is read, whatever it is wrapped in.
"""

from datetime import UTC, datetime

import pytest

from consent.replies import read, read_choice
from server.channels.whatsapp import parse
from server.channels.whatsapp_items import (
    Choice,
    Ignored,
    Item,
    MessageStatus,
    OtherMessage,
    Person,
    TextMessage,
    Unreadable,
)
from tests.channels import payloads as meta

ANA = Person("+5511900000001", "BR.10000000000000000001")


def received(message: meta.Json, **rest) -> Item:
    (item,) = parse(meta.delivery(meta.messages(message, **rest)))
    return item


def test_a_text_is_read_with_its_time_and_person():
    """
    STOP is an ordinary text message on WhatsApp.
    """
    item = received(meta.text("STOP"))

    assert isinstance(item, TextMessage)
    assert (item.text, item.context_id, item.key) == ("STOP", None, "messages:wamid.T1")
    assert item.at == datetime.fromtimestamp(meta.NOW, UTC)
    assert item.person == ANA
    assert read(item.text).kind == "opt_out"


@pytest.mark.parametrize(
    ("message", "payload", "title"),
    [
        (meta.button("OPT_OUT_CALLS", "Unsubscribe"), "OPT_OUT_CALLS", "Unsubscribe"),
        (meta.reply_button("opt-out-calls", "Stop calls"), "opt-out-calls", "Stop calls"),
        (meta.list_row("opt-out-all", "Stop everything"), "opt-out-all", "Stop everything"),
    ],
)
def test_buttons_and_rows_give_both_their_names(message, payload, title):
    """
    The words may stand in the payload or in the label, so both are kept, and mean an opt-out here.
    """
    item = received(message)

    assert isinstance(item, Choice)
    assert (item.payload, item.title) == (payload, title)
    assert read_choice(item.payload, item.title).kind == "opt_out"


def test_a_quick_reply_without_context_is_read():
    """
    Quick replies have been seen without ``context``.
    """
    message = meta.button("STOP", "Stop")
    del message["context"]
    item = received(message)

    assert isinstance(item, Choice)
    assert item.context_id is None


@pytest.mark.parametrize("build", [meta.text("STOP"), meta.button("STOP", "Stop"), meta.list_row("STOP", "Stop")])
def test_kinds_are_told_by_presence(build):
    """
    A message without ``type`` is still what it carries.
    """
    del build["type"]

    assert isinstance(received(build), TextMessage | Choice)


@pytest.mark.parametrize("kind", ["image", "video", "document"])
def test_captions_are_words(kind):
    """
    A STOP under a picture is a STOP.
    """
    item = received(meta.media(kind, caption="STOP"))

    assert isinstance(item, TextMessage)
    assert item.text == "STOP"


def test_the_text_of_an_order_is_words():
    """
    A customer may write beside what they order.
    """
    item = received(meta.media("order") | {"order": {"catalog_id": "1", "text": "no me llamen más"}})

    assert isinstance(item, TextMessage)
    assert item.text == "no me llamen más"


@pytest.mark.parametrize("kind", ["image", "audio", "sticker", "location", "contacts", "reaction", "unsupported"])
def test_messages_without_words_are_known(kind):
    """
    They mean nothing for consent and are no riddle either.
    """
    item = received(meta.media(kind))

    assert isinstance(item, OtherMessage)
    assert item.kind == kind


def test_a_voicemail_has_the_id_of_a_call():
    """
    Message ids are not always wamid, and do not collide with the call's own events.
    """
    item = received(meta.voicemail())

    assert isinstance(item, OtherMessage)
    assert (item.message_id, item.key) == ("wacid.VOICE1", "messages:wacid.VOICE1")


def test_an_unknown_kind_is_kept():
    """
    What Meta invents next year is counted, not dropped.
    """
    item = received(meta.media("hologram"))

    assert isinstance(item, Unreadable)
    assert "kind" in item.why


@pytest.mark.parametrize("body", [None, 7, ["STOP"], {"STOP": 1}])
def test_a_text_without_words_is_kept(body):
    """
    A text whose body is no string is not understood.
    """
    message = meta.text("x") | {"text": {"body": body}}

    assert isinstance(received(message), Unreadable)


@pytest.mark.parametrize(
    "timestamp", [None, "", "soon", "0", 0, -1, "1790000000000", 10**400, 1.5, True, [], "１７９０００００００"]
)
def test_a_missing_or_absurd_time_is_not_guessed(timestamp):
    """
    The order of events hangs on the item's own time, so a message without one is unreadable.
    """
    item = received(meta.text("STOP") | {"timestamp": timestamp})

    assert isinstance(item, Unreadable)
    assert "timestamp" in item.why


def test_a_message_without_an_id_is_still_read():
    """
    Without an id its content is its key, because a STOP must not be lost for a formality.
    """
    message = meta.text("STOP")
    del message["id"]
    first, again = received(message), received(dict(reversed(message.items())))

    assert isinstance(first, TextMessage)
    assert first.key == again.key
    assert first.message_id is None


def test_a_long_id_makes_a_short_key():
    """
    Keys stay printable and bounded whatever Meta calls a message.
    """
    first = received(meta.text("STOP", id="wamid." + "ñ\x00" * 5000))
    second = received(meta.text("STOP", id="wamid." + "ñ\x00" * 5001))

    assert first.key != second.key
    assert max(len(first.key), len(second.key)) < 100


def test_what_no_database_stores_is_replaced():
    """
    NUL and lone surrogates, which JSON can spell, do not reach PostgreSQL.
    """
    item = received(meta.text("STOP\x00\ud800"))

    assert isinstance(item, TextMessage)
    assert item.text == "STOP\ufffd\ufffd"
    assert read(item.text).kind == "opt_out"


# --- Who it is


def test_a_person_with_a_username_has_no_phone():
    """
    ``from`` and ``wa_id`` vanish for people with a username; the user id is enough.
    """
    nameless = meta.Customer(None, "BR.10000000000000000001")
    item = received(meta.text("STOP", by=nameless), people=(nameless,))

    assert isinstance(item, TextMessage)
    assert item.person == Person(None, "BR.10000000000000000001")


def test_contacts_complete_what_the_message_leaves_out():
    """
    The phone stands in ``contacts`` when the message names the user id only, and the other way round.
    """
    by_id = received(meta.text("STOP", by=meta.Customer(None, meta.ANA.user_id)))
    by_phone = received(meta.text("STOP", by=meta.Customer(meta.ANA.wa_id, None)))

    assert by_id.person == by_phone.person == ANA


def test_the_only_contact_is_the_person_of_a_message_that_names_nobody():
    """
    With one contact there is nobody else it could be.
    """
    assert received(meta.text("STOP", by=meta.Customer(None, None))).person == ANA


def test_one_person_s_contact_is_not_lent_to_another():
    """
    A message from somebody else in the same change keeps its own sender.
    """
    change = meta.messages(meta.text("STOP", by=meta.BEN), meta.text("hi", id="wamid.T2"), people=(meta.ANA,))
    first, second = parse(meta.delivery(change))

    assert first.person == Person("+34600111222", "ES.50000000000000000005")
    assert second.person == ANA


def test_the_sole_contact_does_not_overrule_the_sender():
    """
    A contact that contradicts ``from`` is not the person.
    """
    item = received(meta.text("STOP", by=meta.Customer("34600111222", None)), people=(meta.ANA,))

    assert item.person == Person("+34600111222", None)


def test_a_message_from_nobody_is_kept():
    """
    Without a person there is nobody to opt out, and nothing to drop.
    """
    item = received(meta.text("STOP", by=meta.Customer(None, None)), people=())

    assert isinstance(item, Unreadable)


@pytest.mark.parametrize(
    ("wa_id", "phone"),
    [
        ("34600111222", "+34600111222"),
        ("+34600111222", "+34600111222"),
        ("5215512345678", "+525512345678"),
        ("525512345678", "+525512345678"),
        ("553188887777", "+5531988887777"),
        ("5531988887777", "+5531988887777"),
        ("551133334444", "+551133334444"),
        ("551171234567", "+551171234567"),
        ("5491123456789", "+5491123456789"),
    ],
)
def test_a_wa_id_becomes_the_number_people_call(wa_id, phone):
    """
    Old Mexican and Brazilian ids are mended, so that an opt-out reaches the number that is dialled; landlines stay.
    """
    customer = meta.Customer(wa_id, None)

    assert received(meta.text("STOP", by=customer), people=(customer,)).person == Person(phone, None)


@pytest.mark.parametrize("wa_id", ["", "0034600111222", "123", "9" * 16, "ana", "34600111222x", "٣٤٦٠٠١١١٢٢٢"])
def test_what_is_no_number_is_no_phone(wa_id):
    """
    Anything but 7 to 15 digits is left out; the user id remains.
    """
    customer = meta.Customer(wa_id, "ES.1")

    assert received(meta.text("STOP", by=customer), people=(customer,)).person == Person(None, "ES.1")


# --- What became of our messages


def test_a_marketing_stop_shows_in_a_failed_message():
    """
    131050 is how Meta says that the person wants no marketing; contacts and user id may be missing there.
    """
    status = meta.message_status("failed", 131050, to=meta.Customer(meta.ANA.wa_id, None))
    (item,) = parse(meta.delivery(meta.message_statuses(status, people=())))

    assert isinstance(item, MessageStatus)
    assert (item.errors, item.marketing_stopped, item.person.phone) == ((131050,), True, "+5511900000001")


def test_another_failure_is_no_marketing_stop():
    """
    An old client that cannot show the request (131026) says nothing about marketing.
    """
    (item,) = parse(meta.delivery(meta.message_statuses(meta.message_status("failed", 131026))))

    assert isinstance(item, MessageStatus)
    assert not item.marketing_stopped


@pytest.mark.parametrize("status", ["sent", "delivered", "read"])
def test_other_statuses_are_ignored(status):
    """
    They are most of the traffic and mean nothing for consent.
    """
    (item,) = parse(meta.delivery(meta.message_statuses(meta.message_status(status))))

    assert isinstance(item, Ignored)
