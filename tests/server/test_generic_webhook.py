"""
The generic webhook: who may deliver, and what each of its events does.
"""

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from server import demo
from tests.server.api import Api, Json, ago, codes, new_phone
from tests.server.other_channels import WEBHOOK_SECRET, Generic, add_channel


@pytest.fixture(scope="module")
def generic(api: Api) -> Generic:
    """
    A generic channel of the demo's tenant.
    """
    return Generic(api, add_channel(api, "generic", WEBHOOK_SECRET, 30))


def event(kind: str, phone: str, **fields: object) -> Json:
    """
    An event about someone, a minute ago.
    """
    named = {"type": kind, "id": uuid4().hex, "at": ago(minutes=1), "contact": {"phone": phone}}
    return {**named, **fields}


def refusals(api: Api, first: int) -> list[Json]:
    """
    The payloads of withdrawals and of replies that wait, from an index on.
    """
    told = ("consent.withdrawn", "reply.queued")
    return [dict(each.payload) for each in api.entries(first) if each.payload["event"] in told]


@pytest.mark.parametrize("channel", ["sms", "whatsapp_message", "email"])
def test_a_written_no_takes_effect(generic: Generic, channel):
    """
    By the method that its channel is.
    """
    phone, before = new_phone(), generic.api.size()
    answer = generic.post(event("message", phone, channel=channel, text="STOP"))

    assert (answer.status_code, answer.json()) == (200, {"items": 1, "duplicate": False})
    assert [each["method"] for each in refusals(generic.api, before)] == [channel]
    assert "SUPPRESSED" in codes(generic.api.check(phone))


def test_a_button_is_read_by_both_its_names(generic: Generic):
    """
    Payload and title, the stricter counts.
    """
    phone = new_phone()
    button = {"title": "OK", "payload": "OPT_OUT"}
    generic.post(event("message", phone, channel="whatsapp_message", button=button))

    assert "SUPPRESSED" in codes(generic.api.check(phone))


def test_a_keypress_refuses(generic: Generic):
    """
    The provider knows which key it was; the entry has the call's id only as a keyed hash.
    """
    phone, before = new_phone(), generic.api.size()
    generic.post(event("keypress", phone, call="call-4711", digits="2"))
    entry = refusals(generic.api, before)[0]

    assert "SUPPRESSED" in codes(generic.api.check(phone))
    assert entry["method"] == "keypress"
    assert "call-4711" not in str(entry)


def test_an_agent_reports_how_far_a_no_reaches(generic: Generic):
    """
    Within its scope calls are refused, and nothing else is.
    """
    phone, before = new_phone(), generic.api.size()
    generic.api.agree(phone)
    generic.post(event("withdrawal", phone, call="c-1", agent="a-17", note="no offers", scope={"purposes": ["offers"]}))
    entry = refusals(generic.api, before)[0]

    assert (entry["method"], entry["scope"]["purposes"]) == ("agent", ["offers"])
    assert generic.api.check(phone)["decision"] == "allow"


@pytest.mark.parametrize(
    "scope", [{"purposes": ["no such purpose"]}, {"purposes": 7}, {"channels": ["telex"]}, {"purposes": []}, "all"]
)
def test_a_scope_that_cannot_be_read_limits_nothing(generic: Generic, scope):
    """
    Everything is withdrawn.
    """
    phone = new_phone()
    generic.post(event("withdrawal", phone, call="c-2", scope=scope))

    assert "SUPPRESSED" in codes(generic.api.check(phone))


def test_a_transcript_is_searched_for_what_the_customer_refused(generic: Generic):
    """
    A clear no withdraws, with call and offset as sealed evidence; a doubtful one waits for a person; agents' words count for nothing.
    """
    phone, before = new_phone(), generic.api.size()
    utterances = [
        {"speaker": "agent", "offset_ms": 0, "text": "If you want me to stop calling you, say so."},
        {"speaker": "customer", "offset_ms": 4200, "text": "yes"},
        {"speaker": "customer", "offset_ms": 9100, "text": "Not now, maybe stop calling on Sundays?"},
        {"speaker": "customer", "offset_ms": 15300, "text": "Just take me off your list and don't call me again."},
    ]
    answer = generic.post(event("transcript", phone, call="c-3", direction="outbound", utterances=utterances))
    found = refusals(generic.api, before)

    assert answer.json()["items"] == 2
    assert [each["event"] for each in found] == ["reply.queued", "consent.withdrawn"]
    assert {each["method"] for each in found} == {"outbound_call"}
    assert "off your list" not in str(found)
    contact = generic.api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}, once=None).json()["contact"]
    newest = next(each for each in generic.api.timeline(contact) if each["event"] == "consent.withdrawn")
    assert newest["details"]["method"] == "outbound_call"


def test_words_of_nobody_known_wait_for_a_person(generic: Generic):
    """
    Without a speaker even a clear no is doubtful.
    """
    before = generic.api.size()
    generic.post(event("transcript", new_phone(), call="c-4", utterances=[{"text": "stop calling me"}]))

    assert [each["event"] for each in refusals(generic.api, before)] == ["reply.queued"]


@pytest.mark.parametrize("outcome", ["connected", "unanswered", "rejected", "failed", "refused", "opted_out"])
def test_an_outcome_is_the_holds(generic: Generic, outcome):
    """
    Reported once on the hold that it names, by the platform's word; who opted out is refused from then on.
    """
    api, phone = generic.api, new_phone()
    hold = api.held(phone)
    before = api.size()
    told = event("outcome", phone, call=uuid4().hex, channel="voice", outcome=outcome, hold=hold, duration_s=12)
    answer = generic.post({**told, "at": int(time.time()), "from": {"phone": demo.BUSINESS_PHONE}})
    reported = [each.payload for each in api.entries(before) if each.payload["event"] == "call.reported"]

    assert answer.status_code == 200
    assert [(each["hold"], each["outcome"]) for each in reported] == [(hold, outcome)]
    assert ("SUPPRESSED" in codes(api.check(phone))) == (outcome == "opted_out")


def test_an_unknown_call_is_noted(generic: Generic):
    """
    200, and an entry that says that nobody had announced it.
    """
    before = generic.api.size()
    generic.post(event("outcome", new_phone(), call=uuid4().hex, channel="voice", outcome="connected"))

    assert "call.unannounced" in generic.api.events(before)


def test_what_is_not_signed_does_nothing(generic: Generic):
    """
    401 for another secret, for a time too far from now either way, and for headers that are missing.
    """
    phone, now, before = new_phone(), int(time.time()), generic.api.size()
    no = event("message", phone, channel="sms", text="STOP")
    other = "whsec_" + "A" * 32
    answers = [generic.post(no, secret=other), generic.post(no, at=now - 400), generic.post(no, at=now + 400)]
    answers.append(generic.api.client.post(f"/webhooks/generic/{generic.channel}", json={"events": [no]}))

    assert [each.status_code for each in answers] == [401] * 4
    assert generic.api.size() == before
    assert "SUPPRESSED" not in codes(generic.api.check(phone))


def test_a_delivery_repeated_is_a_duplicate(generic: Generic):
    """
    The same id and body again is answered and adds nothing.
    """
    no = event("message", new_phone(), channel="sms", text="STOP")
    named = f"msg_{uuid4().hex}"
    first = generic.post(no, id=named)
    before = generic.api.size()
    again = generic.post(no, id=named)

    assert (first.json()["duplicate"], again.json()["duplicate"]) == (False, True)
    assert (again.status_code, generic.api.size()) == (200, before)


def test_an_id_used_again_for_something_else_is_refused(generic: Generic):
    """
    422, and nothing that it holds takes effect.
    """
    phone, named = new_phone(), f"msg_{uuid4().hex}"
    generic.post(event("message", new_phone(), channel="sms", text="STOP"), id=named)
    before = generic.api.size()
    answer = generic.post(event("message", phone, channel="sms", text="STOP"), id=named)

    assert answer.status_code == 422
    assert generic.api.size() == before
    assert "SUPPRESSED" not in codes(generic.api.check(phone))


def test_an_event_without_an_id_is_known_by_its_place(generic: Generic):
    """
    Two in one delivery are two, and the delivery again adds none.
    """
    first, second = new_phone(), new_phone()
    events = [{"type": "keypress", "contact": {"phone": each}, "call": "c"} for each in (first, second)]
    named = f"msg_{uuid4().hex}"
    generic.post(*events, id=named)
    before = generic.api.size()
    generic.post(*events, id=named)

    assert generic.api.size() == before
    for phone in (first, second):
        assert "SUPPRESSED" in codes(generic.api.check(phone))


@pytest.mark.parametrize(
    "said",
    [
        {"type": "withdrawal"},
        {"type": "keypress", "digits": "9"},
        {"type": "transcript", "utterances": [{"speaker": "customer", "text": "Take me off your list."}]},
        {"type": "message", "text": "STOP"},
        {"type": "message", "text": "STOP", "channel": "carrier pigeon"},
        {"type": "message", "text": "STOP", "channel": 7},
        {"type": "message", "button": {"title": "Darme de baja"}, "channel": "rcs"},
    ],
)
def test_a_no_is_heard_though_it_says_not_where(generic: Generic, said):
    """
    Without ``call``, or on a channel that nobody knows: whoever is named is refused all calls.
    """
    phone = new_phone()
    generic.api.agree(phone)
    before = generic.api.size()
    generic.post({**said, "contact": {"phone": phone}})

    assert codes(generic.api.check(phone)) == ["CONSENT_WITHDRAWN", "SUPPRESSED"]
    assert "webhook.unreadable" not in generic.api.events(before)


def test_a_yes_on_an_unknown_channel_opens_nothing(generic: Generic):
    """
    What opens needs all: it is kept, and the refusal stands.
    """
    phone = new_phone()
    generic.post(event("message", phone, channel="sms", text="STOP"))
    before = generic.api.size()
    generic.post(event("message", phone, channel="carrier pigeon", text="START"))

    assert generic.api.events(before) == ["webhook.unreadable"]


def test_a_no_is_heard_though_one_of_two_names_is_none(generic: Generic):
    """
    A number and a user id that is none: the number is refused.
    """
    phone = new_phone()
    generic.post({"type": "withdrawal", "contact": {"phone": phone, "whatsapp_user_id": "nobody"}})

    assert "SUPPRESSED" in codes(generic.api.check(phone))


ODD: list[object] = [
    None,
    7,
    "STOP",
    [],
    {},
    {"type": "telepathy"},
    {"type": 7, "contact": []},
    {"type": "message", "contact": {"phone": 34600}, "text": ["STOP"]},
    {"type": "message", "contact": {"phone": "STOP"}, "text": "+34600111222", "channel": "sms"},
    {"type": "message", "contact": {"whatsapp_user_id": "nobody"}, "text": "STOP", "channel": "sms"},
    {"type": "keypress", "call": "unknown call"},
    {"type": "transcript", "call": "c", "utterances": [7, {"text": 9}, {"speaker": [], "text": "stop calling me"}]},
    {"type": "outcome", "call": "c", "outcome": "abducted", "channel": "voice"},
    {"type": "withdrawal", "contact": {"phone": "+34600111222"}},
]


def test_what_nobody_understands_is_in_nobodys_way(generic: Generic):
    """
    200; each is kept, and the neighbours before, between and behind take effect.
    """
    people = [new_phone() for _ in range(len(ODD) + 1)]
    noes = [event("message", each, channel="sms", text="STOP") for each in people]
    events = [each for pair in zip(noes, [*ODD, None], strict=True) for each in pair]
    before = generic.api.size()
    answer = generic.post(*events)

    assert answer.status_code == 200
    assert generic.api.events(before).count("webhook.unreadable") >= len(ODD) - 4
    for phone in people:
        assert "SUPPRESSED" in codes(generic.api.check(phone))


@pytest.mark.parametrize("raw", [b"", b"no json", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_signed_and_no_json_is_refused(generic: Generic, raw):
    """
    400, and nothing recorded.
    """
    before = generic.api.size()

    assert (generic.post_raw(raw).status_code, generic.api.size()) == (400, before)


@pytest.mark.parametrize(
    "at", ["1970-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "soon", -1, 2**70, None, "2026-11-20T10:00:00"]
)
def test_a_wrong_clock_does_not_move_a_no(generic: Generic, at):
    """
    It counts from when it was received, so that it ends what was agreed before.
    """
    phone = new_phone()
    generic.api.agree(phone)
    generic.post(event("message", phone, channel="sms", text="STOP", at=at))

    assert "CONSENT_WITHDRAWN" in codes(generic.api.check(phone))


def test_a_late_delivery_keeps_its_moment(generic: Generic):
    """
    What was said before a newer consent does not end it.
    """
    phone, said = new_phone(), datetime.now(UTC) - timedelta(days=2)
    generic.api.agree(phone)
    generic.post(event("message", phone, channel="sms", text="STOP", at=said.isoformat()))

    assert generic.api.check(phone)["decision"] == "allow"
