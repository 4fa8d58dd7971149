"""
The webhook that WhatsApp delivers to.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from audit.errors import Refused
from audit.journal import Journal
from audit.keys import unseal
from audit.reader import Reader, Snapshots
from audit.tenants import KeyRing
from audit.work import Request as JournalRequest
from audit.work import Work
from consent.errors import ChannelUnknown
from consent.looking import FindContact
from consent.references import ContactReference
from consent.settings import Channel, SettingsBook
from consent.setup import secret_context
from consent.unreadable import KeepUnreadable
from policies.api import CallDesk
from policies.tokens import Tokens
from server.bell import MOST_STREAMS, Bell, Places
from server.channels.requests import Delivery, requests_of
from server.channels.signature import matches, subscription_challenge
from server.channels.whatsapp import parse
from server.channels.whatsapp_items import Item
from server.errors import DeliveryUnsigned, SubscriptionRefused
from server.problems import problem_of
from server.service import clock
from server.telemetry import Metrics

_LARGEST_DELIVERY = 4 * 1024 * 1024
_PREFIX = "wa-"
_AT_ONCE = 500


def channel_id(tenant: UUID, number: int) -> str:
    """A channel's id, which tells the tenant: a delivery carries no other credential before its signature is checked."""
    return f"{_PREFIX}{tenant.hex}-{number}"


def tenant_of(channel: str) -> UUID:
    """The tenant in a channel's id; ChannelUnknown if there is none."""
    try:
        return UUID(hex=channel.removeprefix(_PREFIX).rsplit("-", 1)[0])
    except ValueError:
        raise ChannelUnknown from None


@dataclass(frozen=True, slots=True)
class FindChannel:
    """Looks a channel up."""

    tenant: UUID
    channel: str
    contacts = ()

    def look(self, work: Work) -> Channel:
        """The channel with its sealed secrets; ChannelUnknown if there is none."""
        found = work[SettingsBook].current.channels.get(self.channel)
        if found is None:
            raise ChannelUnknown
        return found


class ChannelDesk(CallDesk):
    """What webhooks work with, and the one desk of the application."""

    def __init__(
        self,
        journal: Journal,
        reader: Reader,
        snapshots: Snapshots,
        *,
        exports: Path,
        ring: KeyRing,
        metrics: Metrics,
        tokens: Tokens,
        bell: Bell,
        loopback_subscribers: bool,
    ) -> None:
        super().__init__(journal, reader, snapshots, exports=exports, tally=metrics, tokens=tokens)
        self.ring = ring
        self.bell = bell
        self.loopback_subscribers = loopback_subscribers
        self.streams = Places(MOST_STREAMS)
        self.metrics = metrics

    def problem_of(self, error: Exception) -> Mapping[str, object]:
        """What went wrong with one of many questions."""
        return problem_of(error)

    async def find_person(self, tenant: UUID, kind: str, value: str) -> UUID:
        """Raises NotAPhoneNumber, NotAUserId or ContactUnknown."""
        named = ContactReference.phone(value) if kind == "phone" else ContactReference.user_id(value)
        return await self.reader.read(FindContact(tenant, named))


@get("/webhooks/whatsapp/{channel:str}", opt={"public": True}, media_type="text/plain")
async def subscribe(
    channel: FromPath[str],
    request: Request[object, object, State],
    desk: NamedDependency[ChannelDesk],
) -> str:
    """Meta's handshake: the challenge back, for whoever knows the verify token."""
    tenant = tenant_of(channel)
    found = await desk.reader.read(FindChannel(tenant, channel))
    token = unseal(desk.ring[tenant].secrets, found.sealed_verify_token, secret_context(channel, "verify_token"))
    challenge = subscription_challenge(request.query_params, token.decode())
    if challenge is None:
        raise SubscriptionRefused
    return challenge


@post(
    "/webhooks/whatsapp/{channel:str}",
    opt={"public": True, "max_body": _LARGEST_DELIVERY, "content_types": None},
    status_code=200,
)
async def deliver(
    channel: FromPath[str],
    request: Request[object, object, State],
    desk: NamedDependency[ChannelDesk],
) -> Response[Mapping[str, int]]:
    """A signed delivery: 200 once everything in it is durable; what cannot be understood is kept all the same."""
    raw = await request.body()
    tenant = tenant_of(channel)
    found = await desk.reader.read(FindChannel(tenant, channel))
    key, signature = desk.ring[tenant].secrets, request.headers.get("x-hub-signature-256")
    secrets = [unseal(key, each, secret_context(channel, "app_secret")) for each in found.sealed_secrets(clock())]
    # All are tried, so that how long it takes does not tell which of them is the one.
    if True not in [matches(raw, signature, each) for each in secrets]:
        raise DeliveryUnsigned
    body = _decoded(raw)
    items = parse(body if isinstance(body, dict) else {"entry": [body]})
    delivery = Delivery(tenant, channel, desk.ring[tenant].vendor_ids)
    kept: list[bool] = []
    for some in batched(requests_of(delivery, items)):  # Never more at once than leaves room for others.
        kept += await asyncio.gather(*(_record(desk.journal, delivery, *each) for each in some))
    for kind, count in Counter(type(item).__name__ for item in items).items():
        desk.metrics.webhook_items.labels("whatsapp", kind).inc(count)
    desk.metrics.unreadable_items.labels("whatsapp").inc(sum(kept))
    return Response({"items": len(items)}, status_code=200)


def _decoded(raw: bytes) -> object:
    """The delivery's JSON, half of a surrogate pair included: one torn emoji must not stop what came with it."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise json.JSONDecodeError("The delivery is no JSON.", "", 0) from None


def batched(recorded: Iterable[tuple[Item, JournalRequest]]) -> Iterator[list[tuple[Item, JournalRequest]]]:
    """The items in their order, so many at a time."""
    source = iter(recorded)
    while some := list(islice(source, _AT_ONCE)):
        yield some


async def _record(journal: Journal, delivery: Delivery, item: Item, request: JournalRequest) -> bool:
    """Records one item; what is refused is kept instead.  True when it was kept as unreadable."""
    try:
        await journal.write(request)
    except Refused as refusal:
        await journal.write(delivery.keep(item, type(refusal).__name__))
        return True
    return isinstance(request, KeepUnreadable)


ROUTES = (subscribe, deliver)
