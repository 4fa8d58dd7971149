"""
Searches: whom may we call now, who of us may call, what may we do; page by page, and each result is permitted again.
"""

import asyncio
import base64
import time
from uuid import UUID, uuid4

import asyncpg
import pytest

from policies.authzen.paging import MOST_EXAMINED
from tests.server.api import Api, Json, new_phone, withdrawal
from tests.server.authzen.asking import (
    ACTIONS,
    BUSINESS,
    PACKS,
    RESOURCES,
    SUBJECTS,
    action,
    agree_for,
    ask,
    callable_person,
    contact,
    open_tenant,
    question,
    said,
    tenant_of,
    whatsapp_person,
)

OWN: Json = {"type": "business", "id": "own-0"}
CONTACTS: Json = {"type": "contact"}


@pytest.fixture(scope="module")
def shop(api: Api) -> str:
    """
    The key of a tenant with five people who may be called and five who may not.
    """
    key = open_tenant(api, "Shop", PACKS, ("+34910000101", "+34910000102"))
    for _ in range(5):
        agree_for(api, key, new_phone())
        agree_for(api, key, new_phone(), channels=["whatsapp_call"])
    return key


def resources(api: Api, key: str, **changes: object) -> Json:
    """
    Whom may the shop's first number call?
    """
    return said(api, {"subject": OWN, "action": action(), "resource": CONTACTS, **changes}, RESOURCES, key=key)


def pages(api: Api, key: str, limit: int) -> list[list[str]]:
    """
    The ids of every page, to the last.
    """
    found, token = [], None
    while token != "":
        page = {"limit": limit} | ({"token": token} if token else {})
        answer = resources(api, key, page=page)
        assert answer["page"]["count"] == len(answer["results"]) <= limit
        found.append([each["id"] for each in answer["results"]])
        token = answer["page"]["next_token"]
    return found


def test_contacts_that_may_be_called_are_found(api: Api, shop):
    """
    All of them, no other, in the order of their ids; without a page that was asked for, or is needed, none is told.
    """
    answer = resources(api, shop)
    ids = [each["id"] for each in answer["results"]]

    assert set(answer) == {"results"}
    assert [set(each) for each in answer["results"]] == [{"type", "id"}] * 5
    assert ids == sorted(ids)
    assert all(said(api, question(contact(each), subject=OWN), key=shop)["decision"] for each in ids)


@pytest.mark.parametrize("limit", [1, 2, 5, 6, 1000, 10**9])
def test_pages_together_are_the_whole(api: Api, shop, limit):
    """
    Each contact once, in order, whatever the size of a page; the last one says that it is the last.
    """
    found = pages(api, shop, limit)

    assert [each for page in found for each in page] == [each["id"] for each in resources(api, shop)["results"]]
    assert len(found) == -(-5 // min(limit, 5)) or limit > 5


def test_the_page_is_the_first_member(api: Api, shop):
    """
    In the bytes, before the results.
    """
    body = {"subject": OWN, "action": action(), "resource": CONTACTS, "page": {"limit": 2}}

    assert list(ask(api, body, RESOURCES, key=shop).json()) == ["page", "results"]


@pytest.mark.parametrize(
    "changes",
    [
        {"action": action(purpose="offers")},
        {"action": action("call.request_permission")},
        {"subject": {"type": "business", "id": "own-1"}},
        {"subject": {**OWN, "properties": {"phone": "+34910000101"}}},
        {"resource": {"type": "record"}},
        {"context": {"detail": "none"}},
    ],
)
def test_a_token_is_bound_to_its_request(api: Api, shop, changes):
    """
    400 as soon as anything but the page is another: half of one search's results and half of another's are none's.
    """
    token = resources(api, shop, page={"limit": 2})["page"]["next_token"]
    body = {"subject": OWN, "action": action(), "resource": CONTACTS, "page": {"token": token}}

    assert ask(api, body, RESOURCES, key=shop).status_code == 200
    assert ask(api, body | {"page": {"token": token, "limit": 1}}, RESOURCES, key=shop).status_code == 200
    refused = ask(api, body | changes, RESOURCES, key=shop)

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/page/token"


def test_a_token_is_bound_to_its_tenant_and_to_its_endpoint(api: Api, shop):
    """
    Another tenant's search, and another kind of search, do not know it.
    """
    token = resources(api, shop, page={"limit": 2})["page"]["next_token"]
    body = {"subject": OWN, "action": action(), "resource": CONTACTS, "page": {"token": token}}
    other = body | {"resource": contact(str(uuid4()))}

    assert ask(api, body, RESOURCES, key="admin").status_code == 400
    assert ask(api, other, SUBJECTS, key=shop).status_code == 400


@pytest.mark.parametrize("token", ["x", "!!", "AAAA", "é", base64.urlsafe_b64encode(bytes(52)).decode(), "a" * 5000])
def test_an_invented_token_is_400(api: Api, shop, token):
    """
    Whatever it is.
    """
    body = {"subject": OWN, "action": action(), "resource": CONTACTS, "page": {"token": token}}

    assert ask(api, body, RESOURCES, key=shop).status_code == 400


def test_a_changed_place_in_a_token_is_400(api: Api, shop):
    """
    The place is bound too.
    """
    token = resources(api, shop, page={"limit": 2})["page"]["next_token"]
    sealed = base64.urlsafe_b64decode(token + "==")
    moved = base64.urlsafe_b64encode(sealed[:16] + str(UUID(int=1)).encode()).decode().rstrip("=")
    body = {"subject": OWN, "action": action(), "resource": CONTACTS, "page": {"token": moved}}

    assert ask(api, body, RESOURCES, key=shop).status_code == 400


@pytest.mark.parametrize("page", [{"limit": 0}, {"limit": -1}, {"limit": "2"}, {"limit": 1.5}, {"token": 5}, [], "x"])
def test_a_page_of_another_shape_is_400(api: Api, shop, page):
    """
    On every search.
    """
    body = question(contact(str(uuid4())), page=page)

    assert [ask(api, body, path, key=shop).status_code for path in (RESOURCES, SUBJECTS, ACTIONS)] == [400] * 3


@pytest.mark.parametrize("page", [{}, None, {"token": ""}, {"token": None, "limit": None}, {"properties": {"sort": 1}}])
def test_a_page_that_says_nothing_is_the_first(api: Api, shop, page):
    """
    With `page` in the answer where it was in the question.
    """
    answer = resources(api, shop, page=page)

    assert len(answer["results"]) == 5
    assert ("page" in answer) == (page is not None)


def test_a_supplied_id_is_passed_over(api: Api, shop):
    """
    In each search, whatever it is and of whatever type.
    """
    person = resources(api, shop)["results"][0]["id"]
    whole = resources(api, shop)
    senders = said(api, question(contact(person), subject={"type": "business"}), SUBJECTS, key=shop)

    assert resources(api, shop, resource=contact("nobody")) == whole
    assert resources(api, shop, resource={"type": "contact", "id": 5}) == whole
    assert said(api, question(contact(person), subject={"type": "business", "id": "x"}), SUBJECTS, key=shop) == senders
    assert said(api, question(contact(person), subject=OWN, action={"name": 5}), ACTIONS, key=shop)["results"]


def test_the_senders_that_may_call_are_found(api: Api, shop):
    """
    Both numbers may call who consented to every sender; only one may call who consented to it.
    """
    anyone = agree_for(api, shop, new_phone())
    choosy = agree_for(api, shop, new_phone(), sender={"id": "own-1"})
    found = {
        each: said(api, question(contact(each), subject={"type": "business"}), SUBJECTS, key=shop)["results"]
        for each in (anyone, choosy)
    }

    assert found[anyone] == [{"type": "business", "id": "own-0"}, {"type": "business", "id": "own-1"}]
    assert found[choosy] == [{"type": "business", "id": "own-1"}]


def test_what_may_be_done_is_found_and_can_be_asked_again(api: Api):
    """
    Without permission: to ask for it.  Each result is an action whole, which is permitted as it stands.
    """
    both = callable_person(api, channels=["voice", "whatsapp_call"])
    asking = whatsapp_person(api)
    found = {
        each: said(api, {"subject": BUSINESS, "resource": contact(each)}, ACTIONS)["results"] for each in (both, asking)
    }
    means = {"purpose": "order_updates", "technology": "live"}

    assert found[both] == [
        {"name": "call.place", "properties": {"channel": "voice", **means}},
        {"name": "call.request_permission", "properties": {"channel": "whatsapp_call", **means}},
    ]
    assert found[asking] == found[both][1:]
    assert all(
        said(api, question(contact(person), action=each))["decision"] for person, all_ in found.items() for each in all_
    )


def test_actions_come_in_pages_too(api: Api):
    """
    One at a time, and then no more.
    """
    person = callable_person(api, channels=["voice", "whatsapp_call"])
    body = {"subject": BUSINESS, "resource": contact(person)}
    first = said(api, body | {"page": {"limit": 1}}, ACTIONS)
    second = said(api, body | {"page": {"limit": 1, "token": first["page"]["next_token"]}}, ACTIONS)

    assert [each["results"][0]["name"] for each in (first, second)] == ["call.place", "call.request_permission"]
    assert (bool(first["page"]["next_token"]), second["page"]["next_token"]) == (True, "")


SPACESHIP: Json = {"type": "spaceship", "id": "x"}


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        (SUBJECTS, {"subject": {"type": "spaceship"}}),
        (SUBJECTS, {"resource": SPACESHIP}),
        (SUBJECTS, {"resource": contact(str(uuid4()))}),
        (SUBJECTS, {"resource": contact("nobody")}),
        (SUBJECTS, {"action": {"name": "fly"}}),
        (SUBJECTS, {"subject": {"type": "spaceship"}, "resource": SPACESHIP, "action": {"name": "fly"}}),
        (RESOURCES, {"resource": {"type": "spaceship"}}),
        (RESOURCES, {"subject": SPACESHIP}),
        (RESOURCES, {"subject": {"type": "business", "id": "nobody"}}),
        (RESOURCES, {"subject": {"type": "business", "id": str(uuid4())}}),
        (RESOURCES, {"action": {"name": "fly"}}),
        (RESOURCES, {"action": action(purpose="unheard_of")}),
        (ACTIONS, {"subject": SPACESHIP}),
        (ACTIONS, {"subject": {"type": "business", "id": "nobody"}}),
        (ACTIONS, {"resource": SPACESHIP}),
        (ACTIONS, {"resource": contact(str(uuid4()))}),
    ],
)
def test_what_is_unknown_has_no_results_and_is_no_error(api: Api, shop, path, changes):
    """
    A type, an id, an action, a purpose: 200, and an empty list alone.
    """
    person = contact(resources(api, shop)["results"][0]["id"])
    asked = {"subject": OWN, "action": action(), "resource": person}

    assert said(api, asked | changes, path, key=shop) == {"results": []}


def test_properties_that_cannot_be_used_find_nothing_and_say_why(api: Api, shop):
    """
    Nobody is found for no purpose, and who asks learns what was missing.
    """
    answer = resources(api, shop, action={"name": "call.place"}, page={})

    assert list(answer) == ["page", "results", "context"]
    assert (answer["results"], answer["page"]) == ([], {"next_token": "", "count": 0})
    assert answer["context"]["error"]["errors"][0]["pointer"] == "/action/properties/purpose"


def test_another_moment_needs_its_scope(api: Api):
    """
    403 on every search, as on an evaluation.
    """
    body = question(contact(callable_person(api)), context={"time": "2026-11-23T23:30:00Z"})

    assert [ask(api, body, path).status_code for path in (SUBJECTS, RESOURCES, ACTIONS)] == [403] * 3
    assert [ask(api, body, path, key="officer").status_code for path in (SUBJECTS, RESOURCES, ACTIONS)] == [200] * 3


def test_a_search_is_for_the_moment_that_is_asked_about(api: Api, shop):
    """
    What was agreed to since does not count yet.
    """
    assert resources(api, shop, context={"time": "2026-11-01T10:00:00Z"})["results"] == []


def test_who_withdraws_between_two_pages_is_not_on_the_second(api: Api):
    """
    Each page is what holds when it is asked for.
    """
    key = open_tenant(api, "Kiosk", PACKS)
    people = {agree_for(api, key, phone): phone for phone in (new_phone(), new_phone())}
    first = resources(api, key, page={"limit": 1})
    (left,) = set(people) - {first["results"][0]["id"]}
    api.post("/v1/consents/withdrawals", withdrawal(people[left]), key=key)
    second = resources(api, key, page={"limit": 1, "token": first["page"]["next_token"]})

    assert first["page"]["next_token"]
    assert second == {"page": {"next_token": "", "count": 0}, "results": []}


def test_another_tenants_people_are_never_found(api: Api, shop):
    """
    Whoever asks finds their own.
    """
    theirs = {each["id"] for each in resources(api, shop)["results"]}
    body = {"subject": BUSINESS, "action": action(), "resource": CONTACTS, "page": {"limit": 1000}}
    ours = {each["id"] for each in said(api, body, RESOURCES)["results"]}

    assert theirs
    assert not theirs & ours
    assert all(not said(api, question(contact(each)))["decision"] for each in theirs)


def test_equal_searches_get_equal_bytes_and_write_nothing(api: Api, shop):
    """
    Tokens included.
    """
    body = {"subject": OWN, "action": action(), "resource": CONTACTS, "page": {"limit": 3}}
    before = len(api.get("/v1/audit/entries", key=shop).text.splitlines())
    first, again = (ask(api, body, RESOURCES, key=shop).content for _ in range(2))

    assert first == again
    assert len(api.get("/v1/audit/entries", key=shop).text.splitlines()) == before


def test_a_page_has_an_end_even_where_nobody_is_found(api: Api):
    """
    Thousands who may not be called are gone through in several requests, each with a bounded amount of work.
    """
    key = open_tenant(api, "Crowd", PACKS)
    asyncio.run(_crowd(api, key, MOST_EXAMINED + 40))
    last = agree_for(api, key, new_phone())
    begun = time.monotonic()
    first = resources(api, key)
    spent = time.monotonic() - begun
    second = resources(api, key, page={"token": first["page"]["next_token"]})
    found = [each["id"] for each in (*first["results"], *second["results"])]

    assert first["page"]["next_token"]
    assert second["page"]["next_token"] == ""
    assert found == [last]
    assert spent < 30


async def _crowd(api: Api, key: str, size: int) -> None:
    """
    So many people of whom nothing is known but that they exist, as an old import leaves them.
    """
    conn = await asyncpg.connect(api.url)
    try:
        await conn.execute(
            "INSERT INTO contacts (tenant_id, contact_id, wrapped_key, key_version, created_at) "
            "SELECT $1, gen_random_uuid(), '\\x00', 1, now() FROM generate_series(1, $2)",
            tenant_of(key),
            size,
        )
    finally:
        await conn.close()


def test_the_number_of_a_sender_is_a_name_too(api: Api, shop):
    """
    A search takes a subject by what an evaluation takes it by.
    """
    named = {"type": "business", "id": "shop", "properties": {"phone": "+34910000101"}}
    body = {"subject": named, "action": action(), "resource": CONTACTS}

    assert said(api, body, RESOURCES, key=shop) == resources(api, shop)
