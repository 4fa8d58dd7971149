"""
The routes of subscriptions and of what could not be delivered.
"""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID, uuid4

import orjson
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response.base import ASGIResponse
from pydantic import Field

from audit.api import Asked, idempotency_of, json_response, receipt_json, written_response
from audit.entry import Json
from audit.following import Place, follow
from audit.keys import unseal
from consent.edge import Strict
from server.channels.routes import ChannelDesk
from server.delivering.addresses import read_url, resolve
from server.delivering.signing import new_secret
from server.events.vocabulary import chosen
from server.subscriptions import store
from server.subscriptions.records import secret_context
from server.subscriptions.requests import (
    AskRedelivery,
    CreateSubscription,
    EndSubscription,
    FindSubscription,
    ListSubscriptions,
)

_SCOPE = {"scope": "subscriptions:write"}
_MOST_LETTERS = 500
_PRIVATE = {"Cache-Control": "private, no-store"}


class SubscriptionBody(Strict):
    """Where events go, and which."""

    url: str = Field(
        min_length=1, max_length=2048, description="An https:// address.", examples=["https://crm.example/venia"]
    )
    types: list[Annotated[str, Field(max_length=64)]] = Field(
        min_length=1,
        max_length=64,
        description="Types as consent.withdrawn, nouns as call, or * for everything.",
        examples=[["consent", "permission", "decision", "call", "hold", "rules"]],
    )
    cursor: str | None = Field(
        default=None, max_length=32, description="Where to begin, as GET /v1/events gave it; without it, now."
    )


@post("/v1/subscriptions", opt=_SCOPE, status_code=201)
async def create_subscription(
    data: JSONBody[SubscriptionBody], request: Asked, desk: NamedDependency[ChannelDesk]
) -> ASGIResponse:
    """
    Sends events to an address, in order and at least once, signed as Standard Webhooks says.  Needs events:read as well.

    ``secret`` verifies the signatures; it is shown in this answer and in a repetition of it, and nowhere else.
    """
    caller, once = request.auth, await idempotency_of(request)
    caller.require("events:read")
    chosen(data.types)
    url = read_url(data.url, loopback=desk.loopback_subscribers)
    await resolve(url, loopback=desk.loopback_subscribers)
    start = None if data.cursor is None else await _checked(desk, caller.tenant, data.cursor)
    wanted = CreateSubscription(
        tenant=caller.tenant,
        actor=caller.actor,
        id=uuid4(),
        url=data.url,
        host=url.host,
        types=tuple(data.types),
        secret=new_secret(),
        start=start,
        idempotency=once,
    )
    written = await desk.journal.write(wanted)
    # Of an answer that is repeated only the id is remembered: the secret is nowhere but in its seal.
    made = await desk.reader.read(FindSubscription(caller.tenant, UUID(str(written.answer["id"]))))
    secret = unseal(desk.ring[caller.tenant].secrets, made.sealed_secret, secret_context(made.id)).decode()
    body = {**made.to_json(), "secret": secret, "receipt": receipt_json(written.receipt)}
    headers = {"Idempotent-Replay": "true"} if written.replayed else {}
    return json_response(orjson.dumps(body), 201, {**_PRIVATE, **headers})


@get("/v1/subscriptions", opt=_SCOPE)
async def list_subscriptions(request: Asked, desk: NamedDependency[ChannelDesk]) -> Mapping[str, object]:
    """The tenant's subscriptions, how far each has come, and why one waits; without their secrets."""
    found = await desk.reader.read(ListSubscriptions(request.auth.tenant))
    return {"subscriptions": [each.to_json() for each in found]}


@get("/v1/subscriptions/{subscription:uuid}", opt=_SCOPE)
async def read_subscription(
    subscription: FromPath[UUID], request: Asked, desk: NamedDependency[ChannelDesk]
) -> Mapping[str, Json]:
    """How one subscription stands; without its secret."""
    return (await desk.reader.read(FindSubscription(request.auth.tenant, subscription))).to_json()


@delete("/v1/subscriptions/{subscription:uuid}", opt=_SCOPE, status_code=200)
async def delete_subscription(
    subscription: FromPath[UUID], request: Asked, desk: NamedDependency[ChannelDesk]
) -> ASGIResponse:
    """Ends a subscription and forgets its dead letters; a delivery that is under way may still arrive."""
    wanted = EndSubscription(request.auth.tenant, request.auth.actor, subscription, "asked")
    return written_response(await desk.journal.write(wanted), 200)


@get("/v1/subscriptions/{subscription:uuid}/dead-letters", opt=_SCOPE)
async def list_dead_letters(
    subscription: FromPath[UUID], request: Asked, desk: NamedDependency[ChannelDesk]
) -> Mapping[str, object]:
    """The oldest 500 events that were tried as often as is tried, with what went wrong last."""
    tenant = request.auth.tenant
    found = await desk.reader.read(FindSubscription(tenant, subscription))
    async with desk.snapshots.of(tenant) as conn:
        letters = await store.list_letters(conn, (tenant, found.id), _MOST_LETTERS)
    return {"dead_letters": [each.to_json() for each in letters]}


@post("/v1/subscriptions/{subscription:uuid}/dead-letters/{event:uuid}/redeliver", opt=_SCOPE, status_code=202)
async def redeliver(
    subscription: FromPath[UUID], event: FromPath[UUID], request: Asked, desk: NamedDependency[ChannelDesk]
) -> ASGIResponse:
    """Has a dead letter sent once more, beside the line; it leaves the list when it is taken."""
    caller, once = request.auth, await idempotency_of(request)
    return written_response(
        await desk.journal.write(AskRedelivery(caller.tenant, caller.actor, subscription, event, once)), 202
    )


async def _checked(desk: ChannelDesk, tenant: UUID, cursor: str) -> Place:
    place = Place.read(cursor)
    async with desk.snapshots.of(tenant) as conn:
        await follow(conn, tenant, place, limit=1)
    return place


ROUTES = (
    create_subscription,
    list_subscriptions,
    read_subscription,
    delete_subscription,
    list_dead_letters,
    redeliver,
)
