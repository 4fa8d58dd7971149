"""
The routes of consent: record, withdraw, look up, what is in force, what happened, and replies that wait.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from secrets import token_urlsafe
from typing import Annotated, Literal
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.exceptions import ValidationException
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response.base import ASGIResponse
from pydantic import Field

from audit.api import Asked, Desk, idempotency_of, written_response
from audit.entry import Json
from audit.exporting.fields import chosen, named
from audit.instants import rfc3339
from audit.timeline import timeline
from audit.work import Written
from consent import store
from consent.bodies import ConsentBody, ScopeBody, WithdrawalBody, unique
from consent.confirming.requests import digest_of
from consent.edge import ContactBody, Moment, Strict, in_utc
from consent.erasing import EraseContact
from consent.forms import untold
from consent.lifecycle import EVERYTHING, Extent
from consent.locating import LocateContact
from consent.looking import FindParts, InForce
from consent.proof.kinds import PUBLIC
from consent.references import ContactReference
from consent.renumbering import FindHolder
from consent.reviewing import SettleReview
from consent.saying import TellSaid


class LookupBody(Strict):
    """Whom to look up, now or as of a moment.  In a body, because personal data never stands in a URL."""

    contact: ContactBody
    as_of: Moment | None = None


class ErasureBody(Strict):
    """Whom to erase, and why, in words that name nobody."""

    contact: ContactBody
    reason: str = Field(min_length=1, max_length=200, examples=["asked by the person, ticket 4711"])


class LocationBody(Strict):
    """Where a person is: a country or part of one, a time zone, and who says so; null forgets what was stated."""

    contact: ContactBody
    region: str | None = Field(default=None, max_length=6, examples=["ES-MD"])
    zone: str | None = Field(default=None, max_length=64, examples=["Europe/Madrid"])
    stated_by: Literal["person", "business"]


class VerdictBody(Strict):
    """What a reply meant, by the judgement of a person."""

    verdict: Literal["opt_out", "opt_out_partial", "opt_in", "none"]
    scope: ScopeBody = ScopeBody()


@post("/v1/consents", opt={"scope": "consents:write", "forms": True}, status_code=201)
async def record_consent(
    data: JSONBody[ConsentBody],
    request: Asked,
    desk: NamedDependency[Desk],
) -> ASGIResponse:
    """Records that a person agreed to be contacted for a purpose on these channels."""
    caller, once = request.auth, await idempotency_of(request)
    # Whoever writes from a page that anybody may open is not given what only the person is to have.
    token = token_urlsafe(32) if data.double_opt_in and caller.trust != PUBLIC else None
    digest = None if token is None else digest_of(token)
    wanted = data.request(caller.tenant, caller.actor, once, trust=caller.trust, token_digest=digest)
    written = await desk.journal.write(wanted)
    written = _with_token(written, token) if data.double_opt_in else written
    return written_response(untold(written) if caller.trust == PUBLIC else written, 201)


def _with_token(written: Written, token: str | None) -> Written:
    """The answer with what confirms it, which is nowhere but in this answer: a repetition of it has none."""
    told: Json = None if written.replayed else token
    return replace(written, answer={**written.answer, "confirmation_token": told})


@post("/v1/consents/withdrawals", opt={"scope": "consents:withdraw", "forms": True}, status_code=201)
async def withdraw_consent(
    data: JSONBody[WithdrawalBody],
    request: Asked,
    desk: NamedDependency[Desk],
) -> ASGIResponse:
    """Records that a person took consent back; in force before this is answered."""
    caller = request.auth
    written = await desk.journal.write(data.request(caller.tenant, caller.actor, await idempotency_of(request)))
    return written_response(untold(written) if caller.trust == PUBLIC else written, 201)


@post("/v1/contacts/lookup", opt={"scope": "consents:read"}, status_code=200)
async def look_up_contact(data: JSONBody[LookupBody], request: Asked, desk: NamedDependency[Desk]) -> dict[str, Json]:
    """The person that an identifier belongs to now, or belonged to at ``as_of``; of whom was merged, all parts."""
    tenant, named = request.auth.tenant, data.contact.reference()
    if data.as_of is not None and named.kind != "id":
        named = ContactReference.id(await desk.reader.read(FindHolder(tenant, named, data.as_of)))
    parts = await desk.reader.read(FindParts(tenant, named))
    merged: dict[str, Json] = {"parts": [str(each) for each in parts]} if len(parts) > 1 else {}
    return {"contact": str(parts[0]), **merged}


@post("/v1/contacts/erasures", opt={"scope": "contacts:erase"}, status_code=202)
async def erase_contact(data: JSONBody[ErasureBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Erases a person: nothing but the log's entries is left, and whatever would tell whom they are about is gone."""
    wanted = EraseContact(
        request.auth.tenant,
        request.auth.actor,
        data.contact.reference(),
        data.reason,
        await idempotency_of(request),
    )
    return written_response(await desk.journal.write(wanted), 202)


@post("/v1/contacts/location", opt={"scope": "consents:write"}, status_code=200)
async def locate_contact(
    data: JSONBody[LocationBody],
    request: Asked,
    desk: NamedDependency[Desk],
) -> ASGIResponse:
    """States in which region and time zone a person is, so that hours are those of where they are."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = LocateContact(
        caller.tenant, caller.actor, data.contact.reference(), data.region, data.zone, data.stated_by, once
    )
    return written_response(await desk.journal.write(wanted), 200)


@get("/v1/contacts/{contact:uuid}/consents", opt={"scope": "consents:read"})
async def read_consents(
    contact: FromPath[UUID],
    request: Asked,
    desk: NamedDependency[Desk],
    as_of: FromQuery[datetime | None] = None,
    known_at: FromQuery[datetime | None] = None,
) -> Mapping[str, object]:
    """What is in force for a person: what was true at as_of, as far as it was known at known_at."""
    wanted = InForce(request.auth.tenant, contact, _moment("as_of", as_of), _moment("known_at", known_at))
    return await desk.reader.read(wanted)


@get("/v1/contacts/{contact:uuid}/timeline", opt={"scope": "consents:read"})
async def read_timeline(
    contact: FromPath[UUID],
    request: Asked,
    desk: NamedDependency[Desk],
    cursor: Annotated[str | None, QueryParameter(pattern=r"^([0-9]{1,9}\.)?[0-9]{1,18}$")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 50,
    disclose: Annotated[list[str] | None, QueryParameter(max_items=32)] = None,
) -> Mapping[str, object]:
    """
    Every event about a person, newest first.

    With ``disclose`` (names of personal fields, or *), which needs the scope audit:disclose and is entered, also what was said.
    """
    caller, fields = request.auth, named(chosen(disclose or ()))
    if fields:
        caller.require("audit:disclose")
    parts = await desk.reader.read(FindParts(caller.tenant, ContactReference.id(contact)))
    async with desk.snapshots.of(caller.tenant) as conn:
        page = await timeline(conn, caller.tenant, parts, before=cursor, limit=limit)
    if fields:
        events = tuple(UUID(str(each["id"])) for each in page.events)
        said = (await desk.journal.write(TellSaid(caller.tenant, caller.actor, contact, events, fields))).answer
        return {"events": [{**each, "said": said.get(str(each["id"]), {})} for each in page.events], "next": page.next}
    return {"events": page.events, "next": page.next}


@get("/v1/reviews", opt={"scope": "consents:read"})
async def list_reviews(
    request: Asked,
    desk: NamedDependency[Desk],
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 100,
) -> Mapping[str, object]:
    """The replies that may have meant no and wait for a person, oldest first."""
    async with desk.snapshots.of(request.auth.tenant) as conn:
        rows = await store.load_reviews(conn, request.auth.tenant, limit=limit)
    return {
        "reviews": [
            {"id": str(row.review_id), "contact": str(row.contact_id), "asked_at": rfc3339(row.asked_at)}
            for row in rows
        ]
    }


@post("/v1/reviews/{review:uuid}", opt={"scope": "consents:write"}, status_code=200)
async def settle_review(
    review: FromPath[UUID],
    data: JSONBody[VerdictBody],
    request: Asked,
    desk: NamedDependency[Desk],
) -> ASGIResponse:
    """Says what a reply meant; a no takes effect from the moment it was said."""
    scope = data.scope
    extent = Extent(
        unique(scope.purposes) if scope.purposes else None,
        None,
        unique(scope.channels) if scope.channels else None,
    )
    wanted = SettleReview(
        request.auth.tenant,
        request.auth.actor,
        review,
        data.verdict,
        extent if data.verdict == "opt_out_partial" else EVERYTHING,
        scope.sender.reference() if scope.sender else None,
        await idempotency_of(request),
    )
    return written_response(await desk.journal.write(wanted), 200)


def _moment(name: str, given: datetime | None) -> datetime | None:
    """A moment from the query, held to what one in a body is held to; the framework alone takes more."""
    try:
        return None if given is None else in_utc(given)
    except ValueError as why:
        raise ValidationException(extra=[{"key": name, "source": "query", "message": str(why)}]) from None


ROUTES = (
    record_consent,
    withdraw_consent,
    look_up_contact,
    erase_contact,
    locate_contact,
    read_consents,
    read_timeline,
    list_reviews,
    settle_review,
)
