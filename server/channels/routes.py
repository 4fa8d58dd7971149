"""
The webhooks that vendors deliver to.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from audit.journal import Journal
from audit.keys import unseal
from audit.reader import Reader, Snapshots
from audit.tenants import KeyRing
from audit.work import Work
from consent.deliveries import KeepDelivery
from consent.errors import ChannelUnknown, ContactUnknown
from consent.looking import FindContact, FindParts
from consent.references import ContactReference
from consent.registers.loading import Loader
from consent.settings import Channel, SettingsBook, TenantSettings
from consent.setup import secret_context
from policies.api import CallDesk
from policies.tokens import Tokens
from server.bell import MOST_STREAMS, Bell, Places
from server.channels.receiving import Intake, Recorded
from server.channels.signature import matches, subscription_challenge
from server.channels.standard_webhooks import why_unsigned
from server.channels.taking import Incoming, decoded, everyone_in, understood
from server.channels.twilio_signature import address_of, twilio_matches
from server.errors import DeliveryUnsigned, SubscriptionRefused
from server.problems import problem_of
from server.service import clock
from server.telemetry import Metrics

_LARGEST_DELIVERY = 4 * 1024 * 1024
_PREFIXES = {"whatsapp": "wa-", "twilio": "tw-", "generic": "gn-"}
_EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
_TWILIO_UNSIGNED = "X-Twilio-Signature is missing or does not match the address (VENIA_PUBLIC_URL) and the body"


def channel_id(tenant: UUID, number: int, kind: str = "whatsapp") -> str:
    """A channel's id, which tells the tenant: a delivery carries no other credential before its signature is checked."""
    return f"{_PREFIXES[kind]}{tenant.hex}-{number}"


def tenant_of(channel: str) -> UUID:
    """The tenant in a channel's id; ChannelUnknown if there is none."""
    try:
        return UUID(hex=channel.split("-")[1])
    except (ValueError, IndexError):
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


@dataclass(frozen=True, slots=True)
class FindSettings:
    """Looks up everything a tenant has set up."""

    tenant: UUID
    contacts = ()

    def look(self, work: Work) -> TenantSettings:
        """The settings as they are now."""
        return work[SettingsBook].current


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
        room: int,
        graph: str,
        registers: Loader,
    ) -> None:
        """``graph`` is the address of WhatsApp's Cloud API; ``room`` is how many requests all webhooks together may have waiting in the journal's queue."""
        super().__init__(journal, reader, snapshots, exports=exports, tally=metrics, tokens=tokens)
        self.ring = ring
        self.bell = bell
        self.loopback_subscribers = loopback_subscribers
        self.streams = Places(MOST_STREAMS)
        self.metrics = metrics
        self.graph = graph
        self.registers = registers
        self.intake = Intake(journal, metrics, room=room)

    def problem_of(self, error: Exception) -> Mapping[str, object]:
        """What went wrong with one of many questions."""
        return problem_of(error)

    async def channel(self, channel: str, kind: str) -> Channel:
        """The channel of this kind with its sealed secrets; ChannelUnknown if there is none."""
        found = await self.reader.read(FindChannel(tenant_of(channel), channel))
        if found.kind != kind:
            raise ChannelUnknown
        return found

    def secrets_of(self, channel: Channel) -> list[bytes]:
        """What a delivery may be signed with now."""
        key, context = self.ring[tenant_of(channel.id)].secrets, secret_context(channel.id, "app_secret")
        return [unseal(key, each, context) for each in channel.sealed_secrets(clock())]

    async def take_in(self, incoming: Incoming) -> Recorded:
        """Keeps a delivery and records all that is in it; JSONDecodeError where it is none that can be read."""
        body, key = decoded(incoming), self.ring[incoming.tenant].vendor_ids
        reading, items = understood(incoming, body, key)
        mentions = everyone_in(incoming, body, items)
        actor, content = f"channel:{incoming.channel}", incoming.packed()
        kept = KeepDelivery(incoming.tenant, actor, incoming.channel, content, mentions, incoming.once(key))
        keeping = self.intake.keep(kept, weight=len(content))
        if incoming.delivery_id is not None:  # Its name may have been used for something else, which takes no effect.
            await keeping
            return await self.intake.record(incoming.kind, reading, items)
        # The journal takes what is queued first first: nothing takes effect in an earlier commit than the keeping.
        _, recorded = await asyncio.gather(keeping, self.intake.record(incoming.kind, reading, items))
        return recorded

    async def find_person(self, tenant: UUID, kind: str, value: str) -> UUID:
        """Raises NotAPhoneNumber, NotAUserId or ContactUnknown."""
        named = ContactReference.phone(value) if kind == "phone" else ContactReference.user_id(value)
        return await self.reader.read(FindContact(tenant, named))

    async def find_parts(self, tenant: UUID, contact: UUID) -> Sequence[UUID]:
        """None of whoever was erased."""
        try:
            return await self.reader.read(FindParts(tenant, ContactReference.id(contact)))
        except ContactUnknown:
            return ()


@get("/webhooks/whatsapp/{channel:str}", opt={"public": True}, media_type="text/plain")
async def subscribe(
    channel: FromPath[str],
    request: Request[object, object, State],
    desk: NamedDependency[ChannelDesk],
) -> str:
    """Meta's handshake: the challenge back, for whoever knows the verify token."""
    tenant = tenant_of(channel)
    found = await desk.channel(channel, "whatsapp")
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
    raw, signature = await request.body(), request.headers.get("x-hub-signature-256")
    found = await desk.channel(channel, "whatsapp")
    # All are tried, so that how long it takes does not tell which of them is the one.
    if True not in [matches(raw, signature, each) for each in desk.secrets_of(found)]:
        raise DeliveryUnsigned
    recorded = await desk.take_in(incoming(found, request, raw))
    return Response({"items": recorded.items}, status_code=200)


@post(
    "/webhooks/twilio/{channel:str}",
    opt={"public": True, "max_body": _LARGEST_DELIVERY, "content_types": None},
    status_code=200,
    media_type="text/xml",
)
async def deliver_twilio(
    channel: FromPath[str],
    request: Request[object, object, State],
    desk: NamedDependency[ChannelDesk],
) -> str:
    """A message or a call, signed by Twilio: answered with empty TwiML once everything in it is durable."""
    raw, header = await request.body(), request.headers.get("x-twilio-signature")
    found = await desk.channel(channel, "twilio")
    kind, query = request.headers.get("content-type"), request.scope["query_string"].decode("latin-1")
    url = address_of(str(request.app.state.address), request.scope["path"], query)
    if True not in [twilio_matches(url, raw, kind, header, each) for each in desk.secrets_of(found)]:
        raise DeliveryUnsigned(_TWILIO_UNSIGNED)
    await desk.take_in(incoming(found, request, raw))
    return _EMPTY_TWIML


@post(
    "/webhooks/generic/{channel:str}",
    opt={"public": True, "max_body": _LARGEST_DELIVERY, "content_types": None},
    status_code=200,
)
async def deliver_generic(
    channel: FromPath[str],
    request: Request[object, object, State],
    desk: NamedDependency[ChannelDesk],
) -> Response[Mapping[str, object]]:
    """Messages, keypresses, withdrawals, transcripts and outcomes of any provider, signed as Standard Webhooks says."""
    raw = await request.body()
    found = await desk.channel(channel, "generic")
    headers, now = request.headers, clock()
    named, at, signatures = (headers.get(f"webhook-{name}") for name in ("id", "timestamp", "signature"))
    secrets = desk.secrets_of(found)
    why = [why_unsigned(raw, id=named, timestamp=at, signatures=signatures, secret=each, now=now) for each in secrets]
    if None not in why:
        raise DeliveryUnsigned(why[0] or "")
    recorded = await desk.take_in(incoming(found, request, raw, named))
    return Response({"items": recorded.items, "duplicate": recorded.is_repeated}, status_code=200)


def incoming(
    channel: Channel, request: Request[object, object, State], raw: bytes, delivery_id: str | None = None
) -> Incoming:
    """A delivery whose signature holds, with all that is needed to read it again."""
    return Incoming(
        channel.kind,
        tenant_of(channel.id),
        channel.id,
        raw,
        request.headers.get("content-type"),
        request.scope["query_string"].decode("latin-1"),
        clock(),
        delivery_id,
    )


ROUTES = (subscribe, deliver, deliver_twilio, deliver_generic)
