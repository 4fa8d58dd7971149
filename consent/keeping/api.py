"""
The routes of legal holds.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response.base import ASGIResponse
from pydantic import Field

from audit.api import Asked, Desk, idempotency_of, written_response
from consent.edge import ContactBody, Strict
from consent.keeping.legal_holds import LiftLegalHold, ListLegalHolds, PlaceLegalHold, ReviewLegalHold

State = Literal["open", "lifted", "due"]


class HoldBody(Strict):
    """Whom to keep, null for everything of the tenant, for which matter, and when to look at it again."""

    contact: ContactBody | None
    matter: str = Field(min_length=1, max_length=200, examples=["case 12 C 34/26"])
    reason: str = Field(min_length=1, max_length=500, examples=["evidence in court"])
    review_on: date


class ReviewBody(Strict):
    """When to look at the hold again, and why it is still needed."""

    review_on: date
    reason: str = Field(min_length=1, max_length=500)


class LiftBody(Strict):
    """Why the hold is needed no more."""

    reason: str = Field(min_length=1, max_length=500)


@post("/v1/legal-holds", opt={"scope": "audit:hold"}, status_code=201)
async def place_legal_hold(data: JSONBody[HoldBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Keeps a person's record, or everything, from erasure and retention until the hold is lifted."""
    wanted = PlaceLegalHold(
        request.auth.tenant,
        request.auth.actor,
        None if data.contact is None else data.contact.reference(),
        data.matter,
        data.reason,
        data.review_on,
        await idempotency_of(request),
    )
    return written_response(await desk.journal.write(wanted), 201)


@get("/v1/legal-holds", opt={"scope": "audit:read"})
async def list_legal_holds(
    request: Asked,
    desk: NamedDependency[Desk],
    in_state: Annotated[State | None, QueryParameter(name="state")] = None,  # Litestar keeps the plain name.
    contact: FromQuery[UUID | None] = None,
) -> Mapping[str, object]:
    """The legal holds, oldest first: open, lifted, or due (open, and their day of review has come)."""
    found = await desk.reader.read(ListLegalHolds(request.auth.tenant, in_state, contact))
    return {"legal_holds": [each.to_json() for each in found]}


@post("/v1/legal-holds/{hold:uuid}/review", opt={"scope": "audit:hold"}, status_code=200)
async def review_legal_hold(
    hold: FromPath[UUID], data: JSONBody[ReviewBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Says that the hold is still needed, and when to look at it again."""
    once = await idempotency_of(request)
    wanted = ReviewLegalHold(request.auth.tenant, request.auth.actor, hold, data.review_on, data.reason, once)
    return written_response(await desk.journal.write(wanted), 200)


@post("/v1/legal-holds/{hold:uuid}/lift", opt={"scope": "audit:hold"}, status_code=200)
async def lift_legal_hold(
    hold: FromPath[UUID], data: JSONBody[LiftBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Ends the hold: what it has kept may go again."""
    wanted = LiftLegalHold(request.auth.tenant, request.auth.actor, hold, data.reason, await idempotency_of(request))
    return written_response(await desk.journal.write(wanted), 200)


ROUTES = (place_legal_hold, list_legal_holds, review_legal_hold, lift_legal_hold)
