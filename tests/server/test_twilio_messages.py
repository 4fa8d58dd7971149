"""
Twilio's messages: who may deliver, what a keyword does, and that a delivery repeated does nothing.
"""

from uuid import uuid4

import pytest

from tests.channels import twilio_like
from tests.channels.twilio_like import message
from tests.server.api import Api, codes, new_phone
from tests.server.other_channels import Twilio, add_channel


@pytest.fixture(scope="module")
def twilio(api: Api) -> Twilio:
    """
    A Twilio channel of the demo's tenant.
    """
    return Twilio(api, add_channel(api, "twilio", twilio_like.TOKEN, 20))


def sid() -> str:
    """
    The id of a message that nobody has sent before.
    """
    return f"SM{uuid4().hex}"


def withdrawn(api: Api, phone: str) -> bool:
    """
    Whether calls to this number are suppressed.
    """
    return "SUPPRESSED" in codes(api.check(phone))


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("STOP", {}),
        ("BAJA", {}),
        ("please never call me again", {}),
        ("Stop", {"OptOutType": "STOP"}),
        ("a word of our own", {"OptOutType": "STOP"}),
        ("", {"ButtonText": "Unsubscribe", "ButtonPayload": "b1"}),
    ],
)
@pytest.mark.parametrize("way", ["", "whatsapp:"])
def test_a_no_takes_effect_before_it_is_answered(twilio: Twilio, way, body, fields):
    """
    By SMS and by WhatsApp, by keyword, phrase, button, or as Twilio understood it; answered with empty TwiML.
    """
    phone = new_phone()
    answer = twilio.post(message(sid(), f"{way}{phone}", body, **fields))

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.text == '<?xml version="1.0" encoding="UTF-8"?><Response/>'
    assert withdrawn(twilio.api, phone)


def test_the_method_says_by_what_it_was_said(twilio: Twilio):
    """
    The entry tells an SMS from a WhatsApp message and from a button.
    """
    before = twilio.api.size()
    for way, fields in (("", {}), ("whatsapp:", {}), ("whatsapp:", {"ButtonText": "STOP"})):
        twilio.post(message(sid(), f"{way}{new_phone()}", "STOP", **fields))
    said = [
        each.payload["method"] for each in twilio.api.entries(before) if each.payload["event"] == "consent.withdrawn"
    ]

    assert said == ["sms", "whatsapp_message", "whatsapp_button"]


def test_start_opens_messages_and_no_calls(twilio: Twilio):
    """
    Twilio's START is recorded as a change of mind about messages; calls stay refused.
    """
    phone = new_phone()
    twilio.post(message(sid(), phone, "STOP", OptOutType="STOP"))
    before = twilio.api.size()
    answer = twilio.post(message(sid(), phone, "START", OptOutType="START"))

    assert answer.status_code == 200
    assert twilio.api.events(before) == ["reply.opted_in"]
    assert withdrawn(twilio.api, phone)


def test_help_is_noted_and_changes_nothing(twilio: Twilio):
    """
    A call for help refuses nothing.
    """
    phone = new_phone()
    twilio.api.agree(phone)
    twilio.post(message(sid(), phone, "HELP", OptOutType="HELP"))

    assert twilio.api.check(phone)["decision"] == "allow"


@pytest.mark.parametrize("kind", ["PAUSE", "REVOKE"])
def test_what_twilio_understood_and_we_do_not_know_goes_to_a_person(twilio: Twilio, kind):
    """
    A new kind of OptOutType may be a no.
    """
    before = twilio.api.size()
    twilio.post(message(sid(), new_phone(), "hm", OptOutType=kind))

    assert twilio.api.events(before)[-1] == "reply.queued"


def test_a_message_repeated_adds_nothing(twilio: Twilio):
    """
    One entry for each MessageSid, whatever else the repetition says.
    """
    phone, same = new_phone(), sid()
    twilio.post(message(same, phone, "STOP"))
    before = twilio.api.size()
    answers = [twilio.post(message(same, phone, body)) for body in ("STOP", "START", "BAJA")]

    assert [each.status_code for each in answers] == [200] * 3
    assert twilio.api.size() == before


def test_what_twilio_does_not_sign_does_nothing(twilio: Twilio):
    """
    401 for a signature that is missing, malformed, of another token, of another address or of other fields.
    """
    phone = new_phone()
    fields = message(sid(), phone, "STOP")
    elsewhere = twilio_like.sign(f"https://elsewhere.example{twilio.path()}", fields)
    before = twilio.api.size()
    answers = [
        twilio.post(fields, signature=""),
        twilio.post(fields, signature="not base64"),
        twilio.post(fields, token="another token"),
        twilio.post(fields, signature=elsewhere),
        twilio.post(fields, "x=1", signature=twilio_like.sign(f"{twilio.api.settings.address}{twilio.path()}", fields)),
        twilio.post({**fields, "Body": "START"}, signature=twilio_like.sign(twilio.path(), fields)),
    ]

    assert [each.status_code for each in answers] == [401] * len(answers)
    assert twilio.api.size() == before
    assert not withdrawn(twilio.api, phone)


def test_json_is_known_by_its_digest_in_the_address(twilio: Twilio):
    """
    A body in JSON takes effect with the right bodySHA256, and does nothing with another.
    """
    phone = new_phone()
    body = message(sid(), phone, "STOP")

    assert twilio.post_json(body, digest="0" * 64).status_code == 401
    assert not withdrawn(twilio.api, phone)
    assert twilio.post_json(body).status_code == 200
    assert withdrawn(twilio.api, phone)


def test_a_form_is_never_believed_for_its_digest_alone(twilio: Twilio):
    """
    The address's bodySHA256 does not stand in for the signature of a form's fields.
    """
    fields = message(sid(), new_phone(), "STOP")
    query = "bodySHA256=" + "0" * 64
    unsigned = twilio_like.sign(f"{twilio.api.settings.address}{twilio.path(query)}", {})

    assert twilio.post(fields, query, signature=unsigned).status_code == 401


def test_a_message_that_was_not_sent_tells_of_an_earlier_no(twilio: Twilio):
    """
    Error 21610 says that the person had said STOP to the number; other statuses say nothing.
    """
    phone, other = new_phone(), new_phone()
    told = {"MessageStatus": "failed", "SmsStatus": "failed", "From": "+34910000000", "ErrorCode": "21610"}
    twilio.post({**message(sid(), "", ""), **told, "To": phone})
    twilio.post({**message(sid(), "", ""), **told, "To": other, "MessageStatus": "delivered", "ErrorCode": ""})

    assert withdrawn(twilio.api, phone)
    assert not withdrawn(twilio.api, other)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"From": "+34600000000"},
        {"MessageSid": "SM1", "Body": "STOP"},
        {"MessageSid": "SM2", "From": "client:ana", "Body": "STOP"},
        {"MessageSid": "SM3", "From": "STOP", "Body": "+34600000001"},
        {"MessageSid": "SM4\x00\ud83d"[:4], "From": "+1", "Body": "x" * 100_000},
    ],
)
def test_what_names_nobody_is_kept(twilio: Twilio, fields):
    """
    200, since Twilio signed it, and an entry that says that it was not understood.
    """
    before = twilio.api.size()
    answer = twilio.post(fields)

    assert answer.status_code == 200
    assert twilio.api.events(before) == ["webhook.unreadable"]


def test_a_channel_takes_only_its_own_kind(twilio: Twilio):
    """
    404 for Twilio's form at WhatsApp's channel, and for WhatsApp's delivery at Twilio's.
    """
    client = twilio.api.client

    assert client.post(f"/webhooks/twilio/{twilio.api.channel}", content=b"").status_code == 404
    assert client.post(f"/webhooks/whatsapp/{twilio.channel}", content=b"").status_code == 404
