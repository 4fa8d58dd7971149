"""
Channels of other kinds beside the demo's, and deliveries to them as their vendors sign them.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx

from consent.setup import AddChannel
from server.channels.routes import channel_id
from server.service import running
from tests.channels import twilio_like
from tests.server.api import Api

WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def add_channel(api: Api, kind: str, secret: str, number: int) -> str:
    """
    Adds a channel to the demo's tenant.
    """
    channel = channel_id(UUID(api.demo["tenant"]), number, kind)

    async def add() -> None:
        async with running(api.settings, api.url) as service:
            await service.journal.write(AddChannel(UUID(api.demo["tenant"]), "test", channel, secret, "unused", kind))

    asyncio.run(add())
    return channel


@dataclass(frozen=True, slots=True)
class Twilio:
    """
    A Twilio channel, and Twilio's side of it.
    """

    api: Api
    channel: str

    def path(self, query: str = "") -> str:
        """
        Where Twilio posts to.
        """
        return f"/webhooks/twilio/{self.channel}" + (f"?{query}" if query else "")

    def post(self, fields: dict[str, str], query: str = "", **changes: str) -> httpx.Response:
        """
        Posts a form; ``changes`` are its signature and the token it is signed with.
        """
        url = f"{self.api.settings.address}{self.path(query)}"
        token = changes.get("token", twilio_like.TOKEN)
        signature = changes.get("signature", twilio_like.sign(url, fields, token))
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        return self.api.client.post(self.path(query), content=twilio_like.form(fields), headers=headers)

    def post_json(self, body: object, digest: str | None = None) -> httpx.Response:
        """
        Posts JSON, whose digest stands in the address.
        """
        raw = json.dumps(body).encode()
        query = f"bodySHA256={digest or hashlib.sha256(raw).hexdigest()}"
        signature = twilio_like.sign(f"{self.api.settings.address}{self.path(query)}", {})
        headers = {"Content-Type": "application/json", "X-Twilio-Signature": signature}
        return self.api.client.post(self.path(query), content=raw, headers=headers)


@dataclass(frozen=True, slots=True)
class Generic:
    """
    A generic channel, and the side of whoever signs as Standard Webhooks says.
    """

    api: Api
    channel: str

    def post(
        self, *events: object, id: str = "", at: int | None = None, secret: str = WEBHOOK_SECRET
    ) -> httpx.Response:
        """
        Posts events.
        """
        return self.post_raw(json.dumps({"events": list(events)}).encode(), id=id, at=at, secret=secret)

    def post_raw(
        self, raw: bytes, *, id: str = "", at: int | None = None, secret: str = WEBHOOK_SECRET
    ) -> httpx.Response:
        """
        Posts these bytes.
        """
        named, moment = id or f"msg_{uuid4().hex}", str(int(time.time()) if at is None else at)
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = hmac.new(key, f"{named}.{moment}.".encode() + raw, hashlib.sha256).digest()
        headers = {
            "Content-Type": "application/json",
            "webhook-id": named,
            "webhook-timestamp": moment,
            "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
        }
        return self.api.client.post(f"/webhooks/generic/{self.channel}", content=raw, headers=headers)
