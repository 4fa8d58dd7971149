"""
One evaluation: who is meant by subject and resource, what is told, and what a caller can do about a no.
"""

from uuid import uuid4

import pytest

from tests.server.api import SENDER, Api, ago, new_phone, withdrawal
from tests.server.api import question as check_of
from tests.server.authzen.asking import (
    BUSINESS,
    action,
    ask,
    callable_person,
    contact,
    question,
    reasons,
    said,
    whatsapp_person,
)

MIDNIGHT = "2026-11-23T23:30:00Z"  # half past midnight in Madrid
NOON = "2026-11-23T11:00:00Z"


def test_an_allow_is_true_and_names_its_policy(api: Api):
    """
    The decision, the contact, the terms and the rules it rests on; nothing that is null.
    """
    person = callable_person(api)
    answer = said(api, question(contact(person)))

    assert answer["decision"] is True
    assert set(answer["context"]) == {"policy", "contact", "obligations"}
    assert answer["context"]["contact"] == person
    assert set(answer["context"]["policy"]) == {"rule_set", "packs", "tzdata"}


def test_a_deny_is_200_and_says_why(api: Api):
    """
    Never 403: the first reason by its code, and all of them as a check has them, without nulls.
    """
    phone = new_phone()
    answer = ask(api, question(contact("unknown", phone=phone)))
    checked = api.check(phone)
    told = answer.json()["context"]

    assert answer.status_code == 200
    assert answer.json()["decision"] is False
    assert told["reason"] == "CONSENT_MISSING"
    assert told["reasons"] == [{k: v for k, v in each.items() if v is not None} for each in checked["reasons"]]
    assert told["policy"] == checked["policy"]
    assert "retry_at" not in told
    assert "contact" not in told


@pytest.mark.parametrize("purpose", ["order_updates", "appointment_reminders", "offers"])
@pytest.mark.parametrize("channel", ["voice", "whatsapp_call"])
@pytest.mark.parametrize("technology", ["live", "ai_voice"])
@pytest.mark.parametrize("name", ["call.place", "call.request_permission"])
def test_it_is_the_decision_of_a_check(api: Api, purpose, channel, technology, name):
    """
    The same question in our own words is decided alike, for the same reasons and until the same instant.
    """
    phone = new_phone()
    api.agree(phone, channels=["voice", "whatsapp_call"])
    asked = {"purpose": purpose, "channel": channel, "technology": technology}
    answer = said(api, question(contact("anyone", phone=phone), action=action(name, **asked)))
    checked = api.check(phone, action=name, **asked)

    assert answer["decision"] is (checked["decision"] == "allow")
    assert answer["context"].get("retry_at") == checked["retry_at"]
    assert [each["code"] for each in answer["context"].get("reasons", [])] == [e["code"] for e in checked["reasons"]]


@pytest.mark.parametrize(
    "subject",
    [
        BUSINESS,
        {"type": "business", "id": "demo"},
        {"type": "business", "id": "demo", "properties": SENDER},
        {"type": "business", "id": "demo", "properties": {"phone": "+34910000000"}},
        {"type": "business", "id": "acme-es", "properties": {"phone": "+34910000000", **SENDER, "brand": "Acme"}},
    ],
)
def test_a_business_is_meant_by_its_slug_or_by_a_sender(api: Api, subject):
    """
    By what it is called, where one number is meant, or by the number's id.
    """
    assert said(api, question(contact(callable_person(api)), subject=subject))["decision"] is True


def test_a_business_is_meant_by_its_id(api: Api):
    """
    The tenant's own UUID.
    """
    asked = question(contact(callable_person(api)), subject={"type": "business", "id": api.demo["tenant"]})

    assert said(api, asked)["decision"] is True


@pytest.mark.parametrize(
    "subject",
    [
        {"type": "business", "id": "other-es"},
        {"type": "business", "id": "other"},
        {"type": "business", "id": str(uuid4())},
        {"type": "business", "id": ""},
        {"type": "business", "id": "demo", "properties": {"phone_number_id": "1"}},
        {"type": "business", "id": "demo", "properties": {"phone": "+34910009999"}},
        {"type": "business", "id": "acme-es", "properties": {"phone_number_id": "1"}},
        {"type": "business", "id": "nobody", "properties": SENDER},
        {"type": "agent", "id": "acme-es"},
        {"type": "user", "id": "acme-es", "properties": SENDER},
    ],
)
def test_any_other_subject_is_denied(api: Api, subject):
    """
    Somebody else, a number of somebody else, or another kind of subject: nobody vouches for them.
    """
    answer = said(api, question(contact(callable_person(api)), subject=subject))

    assert answer["decision"] is False
    assert reasons(answer) == ["SENDER_UNKNOWN"]


def test_a_person_is_meant_by_id_or_by_an_identifier_in_the_properties(api: Api):
    """
    All that is said names one person; a number in an id is nobody's.
    """
    phone = new_phone()
    person = api.agree(phone)["consents"][0]["contact"]
    asked = [
        contact(person),
        contact(person.upper()),
        contact("my-customer-7", phone=phone),
        contact(person, phone=phone),
    ]
    bare = said(api, question(contact(phone)))

    assert [said(api, question(each))["decision"] for each in asked] == [True] * 4
    assert (bare["decision"], bare["context"]["error"]["status"]) == (False, 404)


def test_two_people_are_nobody(api: Api):
    """
    An id and a number that are not one person's are not answered by guessing.
    """
    first, second = callable_person(api), new_phone()
    api.agree(second)
    known = said(api, question(contact(first, phone=second)))
    unknown = said(api, question(contact(first, phone=new_phone())))

    assert [each["decision"] for each in (known, unknown)] == [False, False]
    assert [each["context"]["error"]["status"] for each in (known, unknown)] == [404, 404]


def test_a_contact_that_nobody_has_is_denied_and_no_error(api: Api):
    """
    Invented or another tenant's: 200, false, and why in context.error, as in the standard's example.
    """
    person = callable_person(api)
    invented = said(api, question(contact(str(uuid4()))))
    foreign = said(api, question(contact(person), subject={"type": "business", "id": "other-es"}), key="stranger")

    assert invented == {
        "decision": False,
        "context": {"error": {"status": 404, "message": invented["context"]["error"]["message"]}},
    }
    assert foreign == invented


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"action": {"name": "call.place"}}, 400, "/action/properties/purpose"),
        ({"action": action(purpose=5)}, 400, "/action/properties/purpose"),
        ({"action": action(channel="sms")}, 400, "/action/properties/channel"),
        ({"action": action(channel="whatsapp_voice")}, 400, "/action/properties/channel"),
        ({"action": action(technology="robot")}, 400, "/action/properties/technology"),
        ({"action": action(facts={"mood": [1]})}, 400, "/action/properties/facts/mood"),
        ({"action": action(facts="none")}, 400, "/action/properties/facts"),
        ({"context": {"detail": "everything"}}, 400, "/context/detail"),
        ({"context": {"supported_obligations": "step-up"}}, 400, "/context/supported_obligations"),
        ({"resource": contact("x", phone="600")}, 400, "/resource/properties/phone"),
        ({"resource": contact("x", whatsapp_user_id="?")}, 400, "/resource/properties/whatsapp_user_id"),
        ({"subject": {**BUSINESS, "properties": {"phone": "0"}}}, 400, "/subject/properties/phone"),
        ({"action": action(purpose="nobody_knows")}, 422, None),
    ],
)
def test_properties_that_cannot_be_used_deny(api: Api, changes, status, pointer):
    """
    The request is AuthZEN's, so it is answered: false, with what was wrong and where.
    """
    answer = said(api, question(contact(callable_person(api))) | changes, key="admin")
    error = answer["context"]["error"]

    assert answer["decision"] is False
    assert error["status"] == status
    assert error["message"]
    assert pointer in [None, *(each["pointer"] for each in error.get("errors", ()))]
    assert (pointer is None) == ("errors" not in error)


@pytest.mark.parametrize("name", ["call.retry", "message.fallback", "call.hang_up", "", "read"])
def test_an_unknown_action_is_denied(api: Api, name):
    """
    No rule is about it, so none could vouch for it.
    """
    answer = said(api, question(contact(callable_person(api)), action={"name": name}))

    assert answer["decision"] is False
    assert answer["context"]["reasons"][0]["params"] == {"fact": "action"}


def test_the_answer_tells_as_much_as_is_asked_for(api: Api):
    """
    None, the reasons, or every rule's answer; the policy always.
    """
    person = contact("x", phone=new_phone())
    told = {
        detail: set(said(api, question(person, context={"detail": detail}), key="officer")["context"])
        for detail in ("none", "reasons", "trace")
    }

    assert told["none"] == {"policy"}
    assert told["reasons"] == {"policy", "reason", "reasons"}
    assert told["trace"] == {"policy", "reason", "reasons", "trace"}


@pytest.mark.parametrize(
    ("context", "scope"), [({"time": MIDNIGHT}, "decisions:simulate"), ({"detail": "trace"}, "decisions:trace")]
)
def test_another_moment_and_the_trace_need_scopes_of_their_own(api: Api, context, scope):
    """
    403 names the scope, as a check does; among many it is the item's error.
    """
    asked = question(contact(callable_person(api)), context=context)
    refused = ask(api, asked)
    among = said(api, {"evaluations": [asked]}, "/access/v1/evaluations")

    assert (refused.status_code, refused.json()["scope"]) == (403, scope)
    assert among["evaluations"][0]["decision"] is False
    assert among["evaluations"][0]["context"]["error"]["status"] == 403
    assert ask(api, asked, key="officer").status_code == 200


def test_a_moment_is_that_moments_decision(api: Api):
    """
    Half past midnight in Madrid is no hour for a reminder; noon is.
    """
    phone = new_phone()
    api.agree(phone, purpose="appointment_reminders", given_at="2026-11-20T10:00:00Z")
    asked = question(contact("x", phone=phone), action=action(purpose="appointment_reminders"))
    night = said(api, asked | {"context": {"time": MIDNIGHT}}, key="officer")

    assert said(api, asked | {"context": {"time": NOON}}, key="officer")["decision"] is True
    assert night["decision"] is False
    assert "QUIET_HOURS" in reasons(night)
    assert night["context"]["retry_at"] == "2026-11-24T08:00:00Z"


def test_a_moment_too_far_away_is_denied(api: Api):
    """
    Nobody can vouch for it.
    """
    answer = said(api, question(contact(callable_person(api)), context={"time": ago(days=-4000)}), key="officer")

    assert (answer["decision"], answer["context"]["error"]["status"]) == (False, 422)


def test_what_is_volatile_travels_in_headers(api: Api):
    """
    The instant, the time it took, and in how many seconds to ask again, for a deny that time mends.
    """
    person = whatsapp_person(api)
    asking = question(contact(person), action=action("call.request_permission", channel="whatsapp_call"))
    body = {"to": {"id": person}, "from": SENDER, "purpose": "order_updates", "action": "call.request_permission"}
    api.post("/v1/calls/authorize", body)
    answer = ask(api, asking)
    seconds = int(answer.headers["Retry-After"])

    assert reasons(answer.json()) == ["PERMISSION_REQUEST_LIMIT"]
    assert 86_000 < seconds <= 86_400
    assert answer.headers["X-Decision-At"].endswith("Z")
    assert int(answer.headers["X-Rules-Microseconds"]) >= 0
    assert "Retry-After" not in ask(api, question(contact(person))).headers


def test_equal_questions_get_equal_bytes(api: Api):
    """
    Not a byte of the body depends on the moment or on the request: an allow, a deny, an access request, an error.
    """
    asked = [
        question(contact(callable_person(api))),
        question(contact("x", phone=new_phone())),
        question(contact(whatsapp_person(api)), action=action(channel="whatsapp_call")),
        question(contact(str(uuid4()))),
    ]
    first, again = ([ask(api, each).content for each in asked] for _ in range(2))

    assert first == again
    assert len(set(first)) == len(asked)


def test_nothing_is_written(api: Api):
    """
    An evaluation leaves no entry, and no attempt that a later question would count.
    """
    person, before = whatsapp_person(api), api.size()
    asking = question(contact(person), action=action("call.request_permission", channel="whatsapp_call"))
    decisions = [said(api, asking)["decision"] for _ in range(3)]

    assert decisions == [True, True, True]
    assert api.size() == before


def test_a_withdrawal_counts_at_once(api: Api):
    """
    What was answered yes is answered no after the person's no.
    """
    phone = new_phone()
    api.agree(phone)
    asked = question(contact("x", phone=phone))
    before = said(api, asked)["decision"]
    api.post("/v1/consents/withdrawals", withdrawal(phone))

    assert (before, said(api, asked)["decision"]) == (True, False)


def test_stated_facts_reach_the_rules(api: Api):
    """
    They travel as a property of the action, and are held to what a check holds them to.
    """
    person = callable_person(api)
    stated = question(contact(person), action=action(facts={"agents_available": 2}))
    body = {**check_of("", to={"id": person}), "facts": {"agents_available": 2}}

    assert said(api, stated)["decision"] is True
    assert api.post("/v1/calls/check", body, once=None).json()["decision"] == "allow"
