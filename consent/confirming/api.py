"""
The route by which a person's second word is told.
"""

from typing import Annotated
from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response.base import ASGIResponse
from pydantic import Field, model_validator

from audit.api import Asked, Desk, idempotency_of, written_response
from consent.bodies import EvidenceBody, Method
from consent.confirming.requests import ConfirmConsents, digest_of
from consent.edge import ContactBody, Moment, Strict


class ConfirmationBody(Strict):
    """What is confirmed: a token that was sent to the person, or consents of a contact by their ids."""

    token: str | None = Field(default=None, min_length=20, max_length=100)
    contact: ContactBody | None = None
    consents: Annotated[list[UUID], Field(min_length=1, max_length=20)] | None = None
    confirmed_at: Moment
    method: Method
    evidence: EvidenceBody = EvidenceBody()

    @model_validator(mode="after")
    def _one_way(self) -> "ConfirmationBody":
        by_ids = self.contact is not None and self.consents is not None
        if (self.token is None) != by_ids or (self.token is not None and (self.contact or self.consents)):
            raise ValueError("give either the token, or the contact and the ids of the consents")
        return self


@post("/v1/consents/confirmations", opt={"scope": "consents:write"}, status_code=201)
async def confirm_consents(
    data: JSONBody[ConfirmationBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Records that a person confirmed what they were asked for (double opt-in); granted before this is answered."""
    wanted = ConfirmConsents(
        tenant=request.auth.tenant,
        actor=request.auth.actor,
        confirmed_at=data.confirmed_at,
        method=data.method,
        confirms=tuple(dict.fromkeys(data.consents or ())),
        contact=data.contact.reference() if data.contact else None,
        digest=digest_of(data.token) if data.token else None,
        evidence=data.evidence.fields(),
        idempotency=await idempotency_of(request),
    )
    return written_response(await desk.journal.write(wanted), 201)


ROUTES = (confirm_consents,)
