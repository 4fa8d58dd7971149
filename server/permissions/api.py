"""
The route that reads WhatsApp's own word about a permission.
"""

from collections.abc import Mapping

import httpx
from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response.base import ASGIResponse
from pydantic import Field, field_validator

from audit.api import Asked, idempotency_of, written_response
from audit.entry import Json
from audit.instants import rfc3339_or_none
from audit.keys import unseal
from audit.work import Written
from consent.edge import ContactBody, SenderBody, Strict
from consent.permission_readings import NotePermissionReading
from consent.setup import secret_context
from policies.asking import answering
from server.channels.routes import ChannelDesk, FindSettings
from server.outbox.graph import Address
from server.outbox.reading import Allowance, read_permission
from server.service import clock


class ReadingBody(Strict):
    """Whose permission to read, for which business number; by phone or WhatsApp user id."""

    to: ContactBody
    from_: SenderBody = Field(alias="from")

    @field_validator("to")
    @classmethod
    def _known_to_whatsapp(cls, to: ContactBody) -> ContactBody:
        if to.reference().kind == "id":
            raise ValueError("name the person by phone or whatsapp_user_id, since WhatsApp does not know our ids")
        return to


@post("/v1/permissions/readings", opt={"scope": "calls:authorize"}, status_code=200)
async def read(data: JSONBody[ReadingBody], request: Asked, desk: NamedDependency[ChannelDesk]) -> ASGIResponse:
    """Asks WhatsApp for the permission as it is now, and records what is new of it; what it does not clearly grant is none."""
    caller, once, person = request.auth, await idempotency_of(request), data.to.reference()
    channel, number = answering(await desk.reader.read(FindSettings(caller.tenant)), data.from_.reference())
    sealed, context = channel.sealed_access_token or b"", secret_context(channel.id, "access_token")
    token = unseal(desk.ring[caller.tenant].secrets, sealed, context).decode()
    now, address = clock(), Address(person.kind, person.value)
    async with httpx.AsyncClient(follow_redirects=False) as client:
        told = await read_permission(client, base=desk.graph, token=token, number=number, person=address, now=now)
    noted = NotePermissionReading(
        caller.tenant,
        caller.actor,
        person,
        data.from_.reference(),
        told.state,
        told.expires_at,
        now,
        once,
        told.limits(now),
    )
    written = await desk.journal.write(noted)
    answer = {**written.answer, "calls": _shown(told.calls), "requests": _shown(told.requests)}
    return written_response(Written(answer, written.receipt, written.replayed), 200)


def _shown(allowance: Allowance) -> Mapping[str, Json]:
    return {"allowed": allowance.allowed, "until": rfc3339_or_none(allowance.until)}


ROUTES = (read,)
