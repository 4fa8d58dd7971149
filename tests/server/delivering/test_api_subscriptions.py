"""
Subscriptions over HTTP: what is taken, what is refused, and that the secret is shown once.
"""

from uuid import uuid4

import pytest

from server.subscriptions.requests import MOST
from tests.databases import fetch
from tests.server.api import Api, pointers
from tests.server.delivering.line import PATH, Subscriber
from tests.server.delivering.receiver import receiving


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://10.0.0.8/",
            "https://169.254.169.254/latest",
            "https://localhost/",
        ),
        *("http://crm.example/", "https://u:p@crm.example/", "nonsense", "https://[::ffff:192.168.0.1]/"),
    ],
)
def test_private_and_odd_addresses_are_refused(api: Api, url: str):
    """
    422 at /url with a sentence, before anything is made.
    """
    answer = api.post(PATH, {"url": url, "types": ["consent"]})

    assert (answer.status_code, pointers(answer)) == (422, ["/url"]), answer.text
    assert api.get(PATH).json()["subscriptions"] == []


def test_a_misspelt_type_and_a_foreign_cursor_are_refused(open_api: Api):
    """
    As GET /v1/events refuses them.
    """
    with receiving() as receiver:
        wrong = open_api.post(PATH, {"url": receiver.url, "types": ["consents"]})
        foreign = open_api.post(PATH, {"url": receiver.url, "types": ["consent"], "cursor": "9.9"})

    assert (wrong.status_code, foreign.status_code) == (422, 422)
    assert foreign.json()["type"] == "urn:venia:problem:cursor-unknown"


def test_the_secret_is_shown_once_and_sealed(crm: Subscriber):
    """
    In the answer and in its repetition; neither in lists, nor in the log, nor in the database in clear.
    """
    api, once = crm.api, str(uuid4())
    body = {"url": crm.receiver.url, "types": ["call"]}
    first, again = (api.post(PATH, body, once=once) for _ in range(2))
    secret = first.json()["secret"]
    stored = fetch(api.url, "SELECT s::text FROM subscriptions s") + fetch(api.url, "SELECT i::text FROM idempotency i")

    assert secret.startswith("whsec_")
    assert again.headers["Idempotent-Replay"] == "true"
    assert {**again.json(), "receipt": None} == {**first.json(), "receipt": None}
    assert secret not in api.get(PATH).text + api.get(f"{PATH}/{crm.id}").text
    assert all(secret not in str(row) and secret.encode().hex() not in str(row) for row in stored)
    assert all("whsec_" not in str(entry.payload) for entry in api.entries())


def test_a_subscription_begins_at_a_cursor_or_now(crm: Subscriber):
    """
    From a cursor nothing between a look and the subscription is lost; without one, what was before stays before.
    """
    happened = crm.happens()
    cursor = crm.state["cursor"]
    with receiving() as receiver:
        behind = Subscriber(crm.api, receiver, cursor=cursor)
        behind.run()
        behind.delete()

    assert receiver.ids == happened
    assert crm.receiver.ids == happened


def test_it_needs_both_scopes_and_is_the_tenants_own(crm: Subscriber):
    """
    403 without subscriptions:write; another tenant finds nothing.
    """
    api = crm.api

    assert api.get(PATH, key="caller").json()["scope"] == "subscriptions:write"
    assert api.get(f"{PATH}/{crm.id}", key="stranger").status_code == 404
    assert api.get(PATH, key="stranger").json()["subscriptions"] == []
    assert api.post(f"{PATH}/{crm.id}/dead-letters/{uuid4()}/redeliver", key="stranger").status_code == 404


def test_there_are_so_many_and_no_more(crm: Subscriber):
    """
    409 for one too many; whoever deletes one makes room.
    """
    api, made = crm.api, []
    while (answer := api.post(PATH, {"url": crm.receiver.url, "types": ["*"]})).status_code == 201:
        made.append(answer.json()["id"])
    listed = api.get(PATH).json()["subscriptions"]
    for each in made:
        api.client.delete(f"{PATH}/{each}", headers={"Authorization": f"Bearer {api.keys['admin']}"})

    assert answer.json()["type"] == "urn:venia:problem:too-many-subscriptions"
    assert len(listed) == MOST
