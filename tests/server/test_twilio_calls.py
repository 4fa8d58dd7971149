"""
Twilio's voice callbacks: how a call ended, what was pressed and what was said in it.
"""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import UUID, uuid4

import pytest

from server import demo
from server.fsck import advance, begin
from server.service import clock, running
from tests.channels import twilio_like
from tests.channels.twilio_like import call
from tests.server.api import Api, Json, codes, new_phone
from tests.server.other_channels import Twilio, add_channel

NUMBER = {"from": {"phone": demo.BUSINESS_PHONE}}


@pytest.fixture(scope="module")
def twilio(api: Api) -> Twilio:
    """
    A Twilio channel of the demo's tenant.
    """
    return Twilio(api, add_channel(api, "twilio", twilio_like.TOKEN, 21))


def sid() -> str:
    """
    The id of a call that nobody has made before.
    """
    return f"CA{uuid4().hex}"


def told(sid: str, phone: str, status: str, **fields: str) -> dict[str, str]:
    """
    A status callback of a call from the demo's number.
    """
    return call(sid, phone, status, **{"From": demo.BUSINESS_PHONE, **fields})


def last(api: Api, first: int, event: str) -> Json:
    """
    The newest entry of this event from an index on.
    """
    return dict([each.payload for each in api.entries(first) if each.payload["event"] == event][-1])


@pytest.mark.parametrize(
    ("status", "fields", "outcome"),
    [
        ("completed", {"CallDuration": "31"}, "connected"),
        ("busy", {}, "unanswered"),
        ("no-answer", {}, "unanswered"),
        ("canceled", {}, "unanswered"),
        ("failed", {}, "failed"),
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_a_callback_is_the_outcome_of_the_hold(twilio: Twilio, status, fields, outcome, named):
    """
    The hold is found by its id in the address, or by who was called from where; then by the call's id.
    """
    api, phone, this = twilio.api, new_phone(), sid()
    hold = api.held(phone)
    before = api.size()
    query = f"hold={hold}" if named else ""
    answers = [twilio.post(told(this, phone, each), query) for each in ("initiated", "ringing")]
    answers.append(twilio.post(told(this, phone, status, **fields)))
    reported = last(api, before, "call.reported")

    assert [each.status_code for each in answers] == [200] * 3
    assert api.events(before) == ["call.recognised", "call.reported"]
    assert (reported["hold"], reported["outcome"], reported["source"]) == (hold, outcome, "platform")
    assert reported["duration_s"] == (31 if fields else None)


def test_a_call_that_nobody_announced_is_noted(twilio: Twilio):
    """
    200, and an entry that says so, on the channel voice; its later callbacks belong to it.
    """
    api, phone, this = twilio.api, new_phone(), sid()
    before = api.size()
    answers = [twilio.post(told(this, phone, each)) for each in ("ringing", "no-answer", "no-answer")]

    assert [each.status_code for each in answers] == [200] * 3
    assert api.events(before) == ["contact.identified", "call.unannounced", "call.reported"]
    assert last(api, before, "call.unannounced")["channel"] == "voice"


def test_a_call_of_the_person_is_no_attempt(twilio: Twilio):
    """
    What came in records nothing.
    """
    before = twilio.api.size()
    fields = told(sid(), demo.BUSINESS_PHONE, "completed", From=new_phone(), Direction="inbound")

    assert twilio.post(fields).status_code == 200
    assert twilio.api.size() == before


@pytest.mark.parametrize(
    ("fields", "query"), [({"Digits": "9"}, ""), ({"Digits": "9#"}, ""), ({"Digits": "2"}, "opt_out=2")]
)
@pytest.mark.parametrize("inbound", [True, False])
def test_the_key_that_refuses_is_a_withdrawal(twilio: Twilio, fields, query, inbound):
    """
    By the method keypress, with the call's id, which is personal; once, however often it is told.
    """
    api, phone, this = twilio.api, new_phone(), sid()
    before = api.size()
    sides = {"From": phone, "To": demo.BUSINESS_PHONE, "Direction": "inbound"} if inbound else {}
    pressed = {**told(this, phone, "in-progress"), **sides, **fields}
    twilio.post(pressed, query)
    entry = last(api, before, "consent.withdrawn")
    size = api.size()
    twilio.post(pressed, query)

    assert "SUPPRESSED" in codes(api.check(phone))
    assert entry["method"] == "keypress"
    assert len(str(entry["call_ref"])) == 64
    assert this not in str(entry)
    assert api.size() == size


@pytest.mark.parametrize("digits", ["1", "99", "*", ""])
def test_other_keys_refuse_nothing(twilio: Twilio, digits):
    """
    They answer other questions.
    """
    api, phone = twilio.api, new_phone()
    api.agree(phone)
    twilio.post({**told(sid(), phone, "in-progress"), "Digits": digits})

    assert "SUPPRESSED" not in codes(api.check(phone))


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({"SpeechResult": "please take me off your list"}, "consent.withdrawn"),
        ({"SpeechResult": "stop"}, "consent.withdrawn"),
        ({"TranscriptionText": "don't call me again"}, "reply.queued"),
        ({"SpeechResult": "yes"}, None),
        ({"SpeechResult": "start"}, None),
        ({"SpeechResult": "I would like to know the price"}, None),
    ],
)
def test_what_is_said_is_read_as_replies_are(twilio: Twilio, fields, event):
    """
    A clear no withdraws, one of whom nobody knows who said it goes to a person, and a yes in a call opens nothing.
    """
    api, phone = twilio.api, new_phone()
    before = api.size()
    twilio.post({**told(sid(), phone, ""), **fields})
    refused = [each for each in api.events(before) if each in ("consent.withdrawn", "reply.queued", "reply.opted_in")]

    assert refused == ([event] if event else [])


@pytest.mark.parametrize(("track", "refused"), [("inbound_track", True), ("outbound_track", False)])
def test_a_live_transcription_is_about_whom_the_call_was_with(twilio: Twilio, track, refused):
    """
    It names no number: the call tells; and only the person's own words count.
    """
    api, phone, this = twilio.api, new_phone(), sid()
    api.held(phone)
    twilio.post(told(this, phone, "ringing"))
    data = json.dumps({"transcript": "stop calling me", "confidence": 0.9})
    told_of = {"CallSid": this, "TranscriptionEvent": "transcription-content", "SequenceId": "4", "Track": track}
    answer = twilio.post({**told_of, "TranscriptionData": data})

    assert answer.status_code == 200
    assert ("SUPPRESSED" in codes(api.check(phone))) == refused


def test_words_in_a_call_that_nobody_knows_are_kept(twilio: Twilio):
    """
    200, and an entry that says that they could not be acted on.
    """
    before = twilio.api.size()
    answer = twilio.post({"CallSid": sid(), "SpeechResult": "stop calling me"})

    assert answer.status_code == 200
    assert twilio.api.events(before) == ["webhook.unreadable"]


@pytest.mark.parametrize("clock", ["Thu, 01 Jan 1970 00:00:00 +0000", "yesterday", "Fri, 31 Dec 9999 23:59:59 -2359"])
def test_a_wrong_clock_does_not_move_a_no(twilio: Twilio, clock):
    """
    A no that is told with an absurd time counts from when it was received, so that it ends what was agreed before.
    """
    api, phone = twilio.api, new_phone()
    api.agree(phone)
    answer = twilio.post({**told(sid(), phone, "in-progress"), "Digits": "9", "Timestamp": clock})

    assert answer.status_code == 200
    assert "CONSENT_WITHDRAWN" in codes(api.check(phone))


def test_a_likely_clock_is_believed(twilio: Twilio):
    """
    The outcome is dated as Twilio dates it.
    """
    api, phone = twilio.api, new_phone()
    before, moment = api.size(), datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=90)
    twilio.post(told(sid(), phone, "busy", Timestamp=format_datetime(moment)))

    assert last(api, before, "call.reported")["at"] == moment.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    "fields",
    [
        {"CallStatus": "levitating"},
        {"To": "client:ana"},
        {"To": "", "From": ""},
        {"CallDuration": "-1e9", "CallStatus": "busy"},
        {"TranscriptionData": "[" * 100_000, "CallStatus": ""},
    ],
)
def test_odd_fields_never_fail(twilio: Twilio, fields):
    """
    200, whatever Twilio signs.
    """
    assert twilio.post({**told(sid(), new_phone(), "completed"), **fields}).status_code == 200


def test_the_rows_are_what_the_log_says(twilio: Twilio):
    """
    A deep check finds no difference after outcomes, calls nobody announced, keypresses and doubtful words.
    """
    api, tenant = twilio.api, UUID(twilio.api.demo["tenant"])
    twilio.post(told(sid(), new_phone(), "no-answer"))
    twilio.post({**told(sid(), new_phone(), "in-progress"), "Digits": "9"})
    twilio.post({**told(sid(), new_phone(), ""), "TranscriptionText": "don't call me again"})

    async def check() -> list[object]:
        async with running(api.settings, api.url) as service, service.snapshots.of(tenant) as conn:
            found = await begin(conn, tenant, clock(), deep=True)
            while await advance(conn, service.ring, found, lambda done, total: None):
                pass
            return [each.to_json() for each in found.differences]

    assert asyncio.run(check()) == []
