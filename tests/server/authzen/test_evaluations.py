"""
Many evaluations in one request: defaults, order, the three ways to go through them, and what is wrong with one.
"""

import json
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.authzen.bodies import MOST_EVALUATIONS
from tests.server.api import Api, Json, new_phone
from tests.server.authzen.asking import (
    BUSINESS,
    EVALUATION,
    EVALUATIONS,
    action,
    ask,
    callable_person,
    contact,
    question,
    said,
    whatsapp_person,
)

STRANGER: Json = contact("x", phone="+34600999111")


@pytest.fixture(scope="module")
def person(api: Api) -> Json:
    """
    Somebody who may be called.
    """
    return contact(callable_person(api))


def decisions(api: Api, body: Json) -> list[bool]:
    """
    The decisions in the answer, in its order.
    """
    return [each["decision"] for each in said(api, body, EVALUATIONS)["evaluations"]]


def among(*resources: Json, **changes: object) -> Json:
    """
    May the demo's sender call each of these?
    """
    return {
        "subject": BUSINESS,
        "action": action(),
        "evaluations": [{"resource": each} for each in resources],
        **changes,
    }


def test_answers_come_in_the_order_of_the_questions(api: Api, person):
    """
    One for each; no decision at the top.
    """
    answer = said(api, among(person, STRANGER, person), EVALUATIONS)

    assert set(answer) == {"evaluations"}
    assert [each["decision"] for each in answer["evaluations"]] == [True, False, True]


@pytest.mark.parametrize(
    ("semantic", "pattern", "expected"),
    [
        ("execute_all", "YNYN", "YNYN"),
        (None, "YNYN", "YNYN"),
        ("deny_on_first_deny", "YYNY", "YYN"),
        ("deny_on_first_deny", "NYY", "N"),
        ("deny_on_first_deny", "YYY", "YYY"),
        ("permit_on_first_permit", "NNYN", "NNY"),
        ("permit_on_first_permit", "YNN", "Y"),
        ("permit_on_first_permit", "NNN", "NNN"),
        ("deny_on_first_deny", "Y?Y", "YN"),
        ("permit_on_first_permit", "?NYN", "NNY"),
        ("execute_all", "?Y?", "NYN"),
    ],
)
def test_the_semantic_says_where_to_stop(api: Api, person, semantic, pattern, expected):
    """
    All; up to the first deny; up to the first permit.  An item that cannot be read is a deny like another.
    """
    items = [{"resource": {"Y": person, "N": STRANGER, "?": 7}[each]} for each in pattern]
    options = {} if semantic is None else {"options": {"evaluations_semantic": semantic}}
    found = decisions(api, {"subject": BUSINESS, "action": action(), "evaluations": items, **options})

    assert found == [each == "Y" for each in expected]


@pytest.mark.parametrize(
    "options",
    [
        {"evaluations_semantic": "execute_some"},
        {"evaluations_semantic": ""},
        {"evaluations_semantic": 1},
        {"evaluations_semantic": ["execute_all"]},
        "execute_all",
        ["execute_all"],
    ],
)
@pytest.mark.parametrize("several", [True, False])
def test_an_unknown_semantic_is_400(api: Api, person, options, several):
    """
    With many questions and with one: what was asked for cannot be done.
    """
    body = among(person) if several else question(person)

    assert ask(api, body | {"options": options}, EVALUATIONS).status_code == 400


@pytest.mark.parametrize(
    "options", [{}, None, {"evaluations_semantic": None}, {"evaluation_semantics": "x", "more": 1}]
)
def test_without_a_semantic_all_are_answered(api: Api, person, options):
    """
    None, null, or another name, which is a member that nobody knows.
    """
    assert decisions(api, among(person, STRANGER, person, options=options)) == [True, False, True]


@pytest.mark.parametrize("evaluations", ["absent", None, []])
def test_without_evaluations_it_is_one_evaluation(api: Api, person, evaluations):
    """
    The very bytes of the single endpoint, for an allow and a deny; and its 400.
    """
    extra = {} if evaluations == "absent" else {"evaluations": evaluations}
    for resource in (person, STRANGER):
        single = ask(api, question(resource), EVALUATION)
        assert ask(api, question(resource) | extra, EVALUATIONS).content == single.content
        assert "evaluations" not in single.json()

    assert ask(api, {"subject": BUSINESS, **extra}, EVALUATIONS).status_code == 400


@pytest.mark.parametrize("missing", ["subject", "action", "resource"])
def test_an_empty_item_needs_all_three_defaults(api: Api, person, missing):
    """
    With them it is a question; without one it is false, and never a 400 for the others.
    """
    whole = question(person)
    part = {name: value for name, value in whole.items() if name != missing}
    complete = {missing: whole[missing]}

    assert decisions(api, whole | {"evaluations": [{}, {}]}) == [True, True]
    assert decisions(api, part | {"evaluations": [{}, complete]}) == [False, True]


def test_a_subject_missing_everywhere_is_200(api: Api, person):
    """
    Every item is false, and says what it lacks.
    """
    answer = said(api, {"action": action(), "evaluations": [{"resource": person}] * 2}, EVALUATIONS)

    assert [each["decision"] for each in answer["evaluations"]] == [False, False]
    assert [each["context"]["error"]["errors"] for each in answer["evaluations"]] == [
        [{"pointer": "/subject", "detail": "This is required."}]
    ] * 2


def test_an_item_replaces_a_default_whole(api: Api):
    """
    No property of the default survives beside the item's own: here neither the purpose nor the number.
    """
    phone = new_phone()
    api.agree(phone)
    default = question(contact("x", phone=phone))
    found = decisions(
        api,
        default
        | {
            "evaluations": [
                {},
                {"action": {"name": "call.place", "properties": {"channel": "voice"}}},
                {"action": {"name": "call.place"}},
                {"resource": {"type": "contact", "id": "x"}},
                {"resource": {"id": "x", "properties": {"phone": phone}}},
                {"subject": {"type": "business"}},
                {"resource": None, "action": None},
            ]
        },
    )

    assert found == [True, False, False, False, False, False, True]


def test_a_context_replaces_the_default_context_whole(api: Api):
    """
    The item's own detail counts, and where it says nothing of it, the product's default.
    """
    items = [{}, {"context": {}}, {"context": {"detail": "reasons"}}, {"context": {"other": 1}}]
    body = question(STRANGER, context={"detail": "none"}) | {"evaluations": items}
    told = [set(each["context"]) for each in said(api, body, EVALUATIONS)["evaluations"]]

    assert told == [{"policy"}, *[{"policy", "reason", "reasons"}] * 3]


@pytest.mark.parametrize(
    "bad",
    [
        "x",
        7,
        None,
        [],
        {"subject": "acme"},
        {"subject": {"type": "business"}},
        {"subject": {"id": "acme-es"}},
        {"action": {}},
        {"action": {"name": 123}},
        {"action": "call.place"},
        {"resource": {"type": "contact"}},
        {"resource": {"id": "x"}},
        {"resource": [1]},
        {"resource": contact("x", phone=5)},
        {"context": "now"},
        {"context": {"detail": "all"}},
        {"resource": contact(str(uuid4()))},
        {"action": action(purpose="unheard_of")},
        {"context": {"time": "2026-11-23T23:30:00Z"}},
    ],
)
def test_a_bad_item_is_false_with_an_error_and_its_neighbours_are_none_the_worse(api: Api, person, bad):
    """
    200 all the same, in its place.
    """
    answer = said(api, question(person) | {"evaluations": [{}, bad, {}]}, EVALUATIONS)["evaluations"]

    assert [each["decision"] for each in answer] == [True, False, True]
    assert 400 <= answer[1]["context"]["error"]["status"] < 500
    assert answer[1]["context"]["error"]["message"]
    assert "error" not in answer[0]["context"]


@pytest.mark.parametrize(
    "body",
    [
        {"evaluations": {}},
        {"evaluations": "all"},
        {"subject": "acme", "evaluations": [{}]},
        {"action": 5, "evaluations": [{}]},
        {"resource": [], "evaluations": [{}]},
        {"context": 1, "evaluations": [{}]},
        [],
        [{}],
        "evaluations",
        None,
    ],
)
def test_a_request_of_the_wrong_shape_is_400(api: Api, body):
    """
    What is wrong with all of it is told once.
    """
    answer = api.client.post(
        EVALUATIONS,
        content=json.dumps(body),
        headers={"Authorization": f"Bearer {api.keys['caller']}", "Content-Type": "application/json"},
    )

    assert answer.status_code == 400
    assert isinstance(answer.json(), dict)


def test_a_thousand_are_answered_and_one_more_is_refused(api: Api, person):
    """
    The work of one request has an end.
    """
    body = question(person)

    assert decisions(api, body | {"evaluations": [{}] * MOST_EVALUATIONS}) == [True] * MOST_EVALUATIONS
    assert ask(api, body | {"evaluations": [{}] * (MOST_EVALUATIONS + 1)}, EVALUATIONS).status_code == 400


def test_equal_requests_get_equal_bytes_and_nothing_is_written(api: Api, person):
    """
    Whole bodies are compared, errors and reasons among them; the log is as it was.
    """
    body = among(person, STRANGER, contact(str(uuid4())), contact(whatsapp_person(api)))
    before = api.size()
    first, again = (ask(api, body, EVALUATIONS) for _ in range(2))

    assert first.content == again.content
    assert first.headers["X-Decision-At"] != again.headers["X-Decision-At"]
    assert api.size() == before


SUBJECTS = st.sampled_from([BUSINESS, {"type": "business", "id": "demo"}, {"type": "user", "id": "alice"}])
PURPOSES = st.sampled_from(["order_updates", "offers", "appointment_reminders", "overdue_payments", "unheard_of"])
CHANNELS = st.sampled_from(["voice", "whatsapp_call", "sms"])
NAMES = st.sampled_from(["call.place", "call.request_permission", "call.retry"])
DETAILS = st.sampled_from(["none", "reasons"])


def test_all_of_them_are_as_each_alone(api: Api):
    """
    Whatever is asked: the answers among many are those of the single endpoint, member by member.
    """
    phone = new_phone()
    known = api.agree(phone, channels=["voice", "whatsapp_call"])["consents"][0]["contact"]
    people = [contact(known), contact("x", phone=phone), STRANGER, contact("nobody"), {"type": "record", "id": "1"}]
    items = st.builds(
        lambda subject, name, purpose, channel, resource, detail: {
            "subject": subject,
            "action": action(name, purpose=purpose, channel=channel),
            "resource": resource,
            "context": {"detail": detail},
        },
        SUBJECTS,
        NAMES,
        PURPOSES,
        CHANNELS,
        st.sampled_from(people),
        DETAILS,
    )

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(items, min_size=1, max_size=6))
    def agrees(asked: list[Json]) -> None:
        together = said(api, {"evaluations": asked}, EVALUATIONS)["evaluations"]
        alone = [said(api, each) for each in asked]

        assert together == alone

    agrees()
