"""
The route that makes a link to a person's own page.
"""

from datetime import timedelta
from typing import Annotated, Literal

import orjson
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from litestar.response.base import ASGIResponse
from pydantic import Field

from audit.api import Asked, idempotency_of, receipt_json
from consent.edge import ContactBody, Strict
from consent.links.link import LONGEST_DAYS
from consent.links.requests import IssueLink, link_of
from server.channels.routes import ChannelDesk
from server.page.links import page_of, qr_code


class LinkBody(Strict):
    """
    For whom, how far it reaches and for how long.

    A ``page`` shows everything; a ``refusal`` can refuse and shows nothing that was, for where others may see it.
    """

    contact: ContactBody
    scope: Literal["page", "refusal"] = "page"
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)] | None = Field(
        default=None, description="Null is what VENIA_LINK_DAYS says."
    )
    replaces: bool = Field(default=False, description="Whether the person's earlier links end.")


@post("/v1/contacts/links", opt={"scope": "consents:write"}, status_code=201)
async def issue_link(
    data: JSONBody[LinkBody],
    request: Asked,
    desk: NamedDependency[ChannelDesk],
    format: FromQuery[Literal["json", "svg"]] = "json",
) -> ASGIResponse:
    """
    Makes a link by which a person sees and ends what the business has of them; ``format=svg`` gives it as a QR code.

    Whoever has the link sees what the person sees: the credential needs ``consents:read`` as well.
    """
    request.auth.require("consents:read")
    tenant, state = request.auth.tenant, request.app.state
    lasts = timedelta(days=data.days or state.link_days)
    once = await idempotency_of(request)
    wanted = IssueLink(tenant, request.auth.actor, data.contact.reference(), data.scope, lasts, data.replaces, once)
    written = await desk.journal.write(wanted)
    # The token is never stored, not even with the first answer: sealed again, the same link is the same token.
    url = page_of(state.address, link_of(tenant, written.answer), desk.ring)
    headers = {"Cache-Control": "no-store", **({"Idempotent-Replay": "true"} if written.replayed else {})}
    if format == "svg":
        return ASGIResponse(body=qr_code(url), status_code=201, media_type="image/svg+xml", headers=headers)
    body = {**written.answer, "url": url, "receipt": receipt_json(written.receipt)}
    return ASGIResponse(body=orjson.dumps(body), status_code=201, media_type="application/json", headers=headers)


ROUTES = (issue_link,)
