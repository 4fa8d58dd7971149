"""
A permission read from WhatsApp's API, over HTTP, from a local server that answers as it does.
"""

import asyncio
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from consent.setup import EnableAnswers
from server.service import running
from tests.channels.graph_like import TOKEN, Answer, GraphLike, graph_like, refusal
from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.api import SENDER, Api, codes, new_phone, serving


@pytest.fixture(scope="module")
def graph() -> Iterator[GraphLike]:
    """
    WhatsApp's API, here.
    """
    with graph_like() as opened:
        yield opened


@pytest.fixture(scope="module")
def api(
    postgres: ThrowawayPostgres, template: str, graph: GraphLike, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Api]:
    """
    An application whose demo channel has an access token for it.
    """
    name = f"venia_{uuid.uuid4().hex}"
    create_database(postgres.url, name, template)
    url = in_database(postgres.url, name)
    with serving(url, tmp_path_factory.mktemp("home"), graph_url=graph.url) as opened:
        asyncio.run(enable(opened))
        yield opened
    drop_database(postgres.url, name)


async def enable(api: Api) -> None:
    """
    Gives the channel its token.
    """
    async with running(api.settings, api.url) as service:
        channel = api.demo["whatsapp"]["channel"]
        await service.journal.write(EnableAnswers(UUID(api.demo["tenant"]), "test", channel, TOKEN))


MAY_CALL = {"action_name": "start_call", "can_perform_action": True, "limits": []}


def told(*actions: object, **permission: object) -> Answer:
    """
    The API's answer about a permission.
    """
    return Answer(200, {"messaging_product": "whatsapp", "permission": permission, "actions": list(actions)})


def reading(api: Api, phone: str, status: int = 200) -> dict[str, object]:
    """
    Asks for one.
    """
    answer = api.post("/v1/permissions/readings", {"to": {"phone": phone}, "from": SENDER})
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def reasons(api: Api, phone: str) -> set[str]:
    """
    Why a call on WhatsApp is denied.
    """
    return set(codes(api.check(phone, channel="whatsapp_call")))


def test_a_permission_that_nobody_told_of_is_read(api: Api, graph: GraphLike):
    """
    Granted in the profile while no webhook came: after the reading calls are open, and after the next they are closed.
    """
    phone = new_phone()
    api.agree(phone, channels=["whatsapp_call"])
    before = reasons(api, phone)
    graph.permissions = [told(MAY_CALL, status="permanent"), told(status="no_permission")]
    answer = reading(api, phone)
    opened = reasons(api, phone)
    reading(api, phone)

    assert before == {"PERMISSION_MISSING"}
    assert (answer["permission"], answer["expires_at"]) == ("permanent", None)
    assert opened == set()
    assert reasons(api, phone) == {"PERMISSION_REVOKED"}
    assert graph.asked[-1].endswith(f"call_permissions?user_wa_id={phone[1:]}")


def test_the_platforms_own_limits_are_told(api: Api, graph: GraphLike):
    """
    With the moment from which calls may be placed again.
    """
    until = int((datetime.now(UTC) + timedelta(hours=5)).timestamp())
    limit = {"time_period": "PT24H", "max_allowed": 100, "current_usage": 100, "limit_expiration_time": until}
    spent = {"action_name": "start_call", "can_perform_action": False, "limits": [limit]}
    graph.permissions = [told(spent, status="permanent")]
    answer = reading(api, new_phone())

    assert answer["calls"] == {
        "allowed": False,
        "until": datetime.fromtimestamp(until, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    assert answer["requests"] == {"allowed": None, "until": None}


def spent(action: str, **limit: object) -> dict[str, object]:
    """
    Something that may not be done, and the limit that says so, if any does.
    """
    return {"action_name": action, "can_perform_action": False, "limits": [limit] if limit else []}


def test_what_the_platform_says_of_calls_counts_and_not_its_permission_alone(api: Api, graph: GraphLike):
    """
    Permanent, and ``start_call`` may not be done: closed until the moment that was told, and open once it may.
    """
    phone = new_phone()
    until = (datetime.now(UTC) + timedelta(hours=5)).replace(microsecond=0)
    api.agree(phone, channels=["whatsapp_call"])
    graph.permissions = [told(spent("start_call", limit_expiration_time=int(until.timestamp())), status="permanent")]
    reading(api, phone)
    closed = api.check(phone, channel="whatsapp_call")
    graph.permissions = [told(MAY_CALL, status="permanent")]
    reading(api, phone)

    assert codes(closed) == ["PLATFORM_LIMIT"]
    assert closed["retry_at"] == until.isoformat().replace("+00:00", "Z")
    assert reasons(api, phone) == set()


@pytest.mark.parametrize("said", [[], [spent("start_call")]])
def test_a_permission_that_nobody_says_may_be_used_is_not(api: Api, graph: GraphLike, said):
    """
    Without a word about calls, or with a no that has no end: closed for a day, or until it is read again.
    """
    phone = new_phone()
    api.agree(phone, channels=["whatsapp_call"])
    graph.permissions = [told(*said, status="permanent")]
    reading(api, phone)

    assert reasons(api, phone) == {"PLATFORM_LIMIT"}


def test_a_limit_of_requests_is_read_too(api: Api, graph: GraphLike):
    """
    Nobody is asked before the end that the platform names, though we have never asked.
    """
    phone = new_phone()
    until = int((datetime.now(UTC) + timedelta(days=2)).timestamp())
    api.agree(phone, channels=["whatsapp_call"])
    asked = spent("send_call_permission_request", limit_expiration_time=until)
    graph.permissions = [told(asked, status="no_permission")]
    reading(api, phone)
    denied = api.check(phone, channel="whatsapp_call", action="call.request_permission")

    assert codes(denied) == ["PERMISSION_REQUEST_LIMIT"]


@pytest.mark.parametrize(
    ("answer", "wait"), [(refusal(613, 429, wait=7), "7"), (refusal(190, 401), "5"), (Answer(502, "<html>"), "5")]
)
def test_what_the_api_does_not_tell_changes_nothing(api: Api, graph: GraphLike, answer, wait):
    """
    Limited, refused or broken: 503 with when to ask again, and what was known stays.
    """
    phone = new_phone()
    api.agree(phone, channels=["whatsapp_call"])
    graph.permissions = [told(MAY_CALL, status="permanent"), answer]
    reading(api, phone)
    refused = api.post("/v1/permissions/readings", {"to": {"phone": phone}, "from": SENDER})

    assert (refused.status_code, refused.headers["retry-after"]) == (503, wait)
    assert refused.json()["type"].endswith("permission-unread")
    assert reasons(api, phone) == set()


def test_whatsapp_does_not_know_our_ids(api: Api):
    """
    By a contact's id nothing can be read: refused with what to name.
    """
    body = {"to": {"id": str(uuid.uuid4())}, "from": SENDER}
    answer = api.post("/v1/permissions/readings", body)

    assert answer.status_code == 422
    assert "whatsapp_user_id" in answer.text
