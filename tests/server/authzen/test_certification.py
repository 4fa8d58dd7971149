"""
The certification scenario's table and traps, against a tenant whose rules include the pack `records`.

The endpoint is not wired to calls: what is decided here has no purpose, no person and no number.
"""

import json

import pytest

from tests.server.api import Api, Json, new_phone
from tests.server.authzen.asking import (
    ACTIONS,
    EVALUATION,
    EVALUATIONS,
    PACKS,
    RESOURCES,
    SUBJECTS,
    action,
    agree_for,
    ask,
    contact,
    open_tenant,
    question,
    said,
)

ALICE: Json = {"type": "user", "id": "alice"}
BOB: Json = {"type": "user", "id": "bob"}
ADMIN: Json = {**BOB, "properties": {"role": "admin"}}
ACTIVE: Json = {"type": "record", "id": "record-1"}
ARCHIVED: Json = {"type": "record", "id": "record-2", "properties": {"status": "archived"}}
READ, WRITE = {"name": "read"}, {"name": "write"}
SOFT, HARD = ({"name": "delete", "properties": {"soft": soft}} for soft in (True, False))

TABLE: list[tuple[Json, Json, Json, bool]] = [
    (ALICE, READ, ACTIVE, True),
    (ALICE, WRITE, ACTIVE, True),
    (BOB, READ, ACTIVE, True),
    (BOB, WRITE, ACTIVE, False),
    (ALICE, WRITE, ARCHIVED, False),
    (ADMIN, WRITE, ARCHIVED, True),
    (ALICE, SOFT, ACTIVE, True),
    (ALICE, HARD, ACTIVE, False),
]
CONTEXTS: list[Json] = [
    {},
    {"context": {}},
    {"context": {"time": "2025-06-27T18:03-07:00", "ip": "192.168.1.1"}},
    {"context": {"time": "whenever", "detail": "everything", "supported_obligations": 7}},
]


@pytest.fixture(scope="module")
def archive(api: Api) -> str:
    """
    The key of a tenant with rules about calls and about records.
    """
    return open_tenant(api, "Archive", (*PACKS, "records"))


def asked(subject: Json, act: Json, resource: Json, **changes: object) -> Json:
    """
    May this subject do this with this resource?
    """
    return {"subject": subject, "action": act, "resource": resource, **changes}


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize(("subject", "act", "resource", "expected"), TABLE)
def test_the_eight_decisions(api: Api, archive, subject, act, resource, expected, context):
    """
    As the scenario has them; a context changes none, whatever it holds, and the answer is the decision alone.
    """
    answer = ask(api, asked(subject, act, resource, **context), key=archive)

    assert answer.content == json.dumps({"decision": expected}, separators=(",", ":")).encode()


def test_without_the_pack_all_of_them_are_denied(api: Api):
    """
    The demo's rules say nothing of records, and what nobody guards is denied.
    """
    assert [said(api, asked(*each[:3]))["decision"] for each in TABLE] == [False] * len(TABLE)


def test_further_properties_and_members_change_nothing(api: Api, archive):
    """
    Of every entity, and at the top.
    """
    more = asked(
        {**ALICE, "properties": {"department": "Sales", "role": "manager", "rank": 1.5, "teams": ["a"]}},
        {**READ, "properties": {"method": "GET"}},
        {**ACTIVE, "properties": {"status": "active", "owner": {"id": "bob"}}},
        foo="bar",
        futureField={"nested": True},
    )

    assert said(api, more, key=archive) == {"decision": True}


def test_the_same_question_again_has_the_same_answer(api: Api, archive):
    """
    To the byte, alone and among others.
    """
    many = {"evaluations": [asked(*each[:3]) for each in TABLE]}

    for body, path in ((asked(*TABLE[0][:3]), EVALUATION), (many, EVALUATIONS)):
        assert len({ask(api, body, path, key=archive).content for _ in range(3)}) == 1


def many(api: Api, key: str, body: Json) -> list[Json]:
    """
    The answers of many evaluations.
    """
    return list(said(api, body, EVALUATIONS, key=key)["evaluations"])


def test_a_list_of_decisions_is_compared_to_the_letter(api: Api, archive):
    """
    No context beside a decision: some compare the array's JSON as a text.
    """
    found = many(api, archive, {"evaluations": [asked(*each[:3]) for each in TABLE]})

    assert json.dumps(found) == json.dumps([{"decision": each[3]} for each in TABLE])


def test_the_scenarios_batches(api: Api, archive):
    """
    Defaults for subject and action, for subject and resource, for action and resource, and none.
    """
    active = {**ACTIVE, "properties": {"status": "active"}}
    batches: list[tuple[Json, list[bool]]] = [
        ({"subject": BOB, "resource": ACTIVE, "evaluations": [{"action": READ}, {"action": WRITE}]}, [True, False]),
        (
            {"subject": ALICE, "action": WRITE, "evaluations": [{"resource": active}, {"resource": ARCHIVED}]},
            [True, False],
        ),
        (
            {"action": WRITE, "resource": ARCHIVED, "evaluations": [{"subject": ALICE}, {"subject": ADMIN}]},
            [False, True],
        ),
        ({"evaluations": [asked(ALICE, READ, ACTIVE), asked(BOB, WRITE, ACTIVE)]}, [True, False]),
        ({"subject": ALICE, "action": READ, "evaluations": [{"resource": ACTIVE}, {}]}, [True, False]),
    ]

    for body, expected in batches:
        assert [each["decision"] for each in many(api, archive, body)] == expected


def test_an_entity_is_replaced_whole(api: Api, archive):
    """
    A property of the default does not stand beside an item's own entity, nor does its type or id.
    """
    default = asked(ALICE, WRITE, {**ACTIVE, "properties": {"status": "archived"}})
    items = [{}, {"resource": ACTIVE}, {"resource": {"id": "record-1"}}, {"subject": {"type": "user"}}]
    found = many(api, archive, {**default, "evaluations": items})

    assert [each["decision"] for each in found] == [False, True, False, False]
    assert [each.get("context", {}).get("error", {}).get("status") for each in found] == [None, None, 400, 400]


def test_without_evaluations_there_is_one_decision(api: Api, archive):
    """
    Bare, and no array.
    """
    extras: tuple[Json, ...] = ({}, {"evaluations": []})
    for extra in extras:
        assert said(api, asked(ALICE, READ, ACTIVE) | extra, EVALUATIONS, key=archive) == {"decision": True}


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        (asked({"type": "user"}, READ, ACTIVE), SUBJECTS, [ALICE, BOB]),
        (asked({"type": "user"}, WRITE, ARCHIVED), SUBJECTS, [BOB]),
        (asked(ALICE, READ, {"type": "record"}), RESOURCES, [ACTIVE, {"type": "record", "id": "record-2"}]),
        (asked(ADMIN, WRITE, {"type": "record"}), RESOURCES, [{"type": "record", "id": "record-2"}]),
        ({"subject": ALICE, "resource": ACTIVE}, ACTIONS, [READ, WRITE]),
        ({"subject": ADMIN, "resource": ARCHIVED}, ACTIONS, [READ, WRITE]),
        ({"subject": {"type": "user", "id": "nonexistent-user"}, "resource": ACTIVE}, ACTIONS, []),
        (asked({"type": "spaceship"}, READ, ACTIVE), SUBJECTS, []),
        (asked(ALICE, READ, {"type": "spaceship"}), RESOURCES, []),
        (asked({"type": "user"}, {"name": "fly"}, ACTIVE), SUBJECTS, []),
        (asked({"type": "user"}, READ, {"type": "record", "id": "record-3"}), SUBJECTS, []),
    ],
)
def test_the_scenarios_searches(api: Api, archive, body, path, expected):
    """
    Who, with what, and what: everything that was asked for and nothing unknown; each result is permitted again.
    """
    searched = {SUBJECTS: "subject", RESOURCES: "resource", ACTIONS: "action"}[path]
    found = said(api, body | {"context": {"time": "now"}}, path, key=archive)

    assert found == {"results": expected}
    assert all(said(api, body | {searched: each}, key=archive)["decision"] for each in expected)


def test_searches_of_records_have_pages(api: Api, archive):
    """
    One user, then the other, then none.
    """
    body = asked({"type": "user"}, READ, ACTIVE, page={"limit": 1})
    first = said(api, body, SUBJECTS, key=archive)
    token = first["page"]["next_token"]
    second = said(api, body | {"page": {"token": token}}, SUBJECTS, key=archive)

    assert list(first) == ["page", "results"]
    assert (first["results"], second["results"]) == ([ALICE], [BOB])
    assert second["page"] == {"next_token": "", "count": 1}


def test_calls_are_decided_as_without_the_pack(api: Api, archive):
    """
    Same decision, same reasons, same packs: rules about records are no rules of calls.
    """
    plain = open_tenant(api, "Plain", PACKS)
    phone = new_phone()
    told = []
    for key in (archive, plain):
        person = agree_for(api, key, phone)
        asking = {"purpose": "order_updates", "channel": "voice", "from": {"id": "own-0"}}
        bodies = [{**asking, "to": {"id": person}}, {**asking, "to": {"phone": new_phone()}, "technology": "ai_voice"}]
        answers = [api.post("/v1/calls/check", each, key=key, once=None).json() for each in bodies]
        for each in answers:
            del each["contact"], each["policy"]["rule_set"]
        told.append(answers)

    assert told[0] == told[1]
    assert [each["decision"] for each in told[0]] == ["allow", "deny"]


@pytest.mark.parametrize("subject", [ALICE, ADMIN, {"type": "business", "id": "alice"}])
def test_no_rule_about_access_opens_a_call(api: Api, archive, subject):
    """
    A contact is for the rules of calls, whoever asks; and a call is no way to a record.
    """
    person = agree_for(api, archive, new_phone())
    own = {"type": "business", "id": "own-0"}

    for act in (READ, WRITE, SOFT, action()):
        assert said(api, asked(subject, act, contact(person)), key=archive)["decision"] is False
        assert said(api, asked(own, act, ACTIVE), key=archive)["decision"] is False
    assert said(api, question(contact(person), subject=own), key=archive)["decision"] is True


def test_nothing_is_written_about_records(api: Api, archive):
    """
    Neither by questions nor by searches.
    """
    before = api.get("/v1/audit/entries", key=archive).text
    said(api, asked(ALICE, READ, ACTIVE), key=archive)
    said(api, asked({"type": "user"}, READ, ACTIVE), SUBJECTS, key=archive)

    assert api.get("/v1/audit/entries", key=archive).text == before
