"""
The routes of wishes: what people ask of whoever may call them, and taking it back.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response.base import ASGIResponse
from pydantic import Field

from audit.api import Asked, Desk, idempotency_of, written_response
from consent.bodies import EvidenceBody, Method
from consent.edge import Channel, ContactBody, Moment, Name, SenderBody, Strict
from consent.wishes.requests import EndWish, MakeWish
from consent.wishes.wish import DAYS, Wish

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Category = Literal["marketing", "service", "transactional", "collections", "survey", "emergency"]
Window = Annotated[str, Field(max_length=11, examples=["09:00-12:00"])]
_SOME = Field(min_length=1, max_length=20)


class CallsBody(Strict):
    """Some of all calls: what is null does not tell them apart."""

    purposes: Annotated[list[Name], _SOME] | None = None
    categories: Annotated[list[Category], Field(min_length=1, max_length=6)] | None = None
    channels: Annotated[list[Channel], Field(min_length=1, max_length=5)] | None = None
    sender: SenderBody | None = None


class MostBody(Strict):
    """At most so many calls in any so many days of the person's: 1, 7 or 31."""

    count: int = Field(ge=1, le=100)
    per: Literal["day", "week", "month"]


class WishBody(Strict):
    """What a person wishes of the calls that it is about; whatever it says can only keep calls back."""

    contact: ContactBody
    about: CallsBody = CallsBody()
    days: Annotated[list[Day], Field(min_length=1, max_length=7)] | None = None
    windows: Annotated[list[Window], Field(min_length=1, max_length=6)] | None = None
    most: MostBody | None = None
    only: CallsBody | None = None
    not_before: date | None = None
    wished_at: Moment
    method: Method
    evidence: EvidenceBody = EvidenceBody()

    def wish(self) -> Wish:
        """The wish, but for its id and the senders that it names."""
        only = self.only or CallsBody()
        days = None if self.days is None else tuple(each for each in DAYS if each in self.days)
        return Wish(
            "",
            _unique(self.about.purposes),
            _unique(self.about.categories),
            _unique(self.about.channels),
            None,
            days,
            _unique(self.windows),
            self.most.count if self.most else None,
            self.most.per if self.most else None,
            _unique(only.purposes),
            _unique(only.categories),
            _unique(only.channels),
            None,
            self.not_before.isoformat() if self.not_before else None,
        )


class WishEndBody(Strict):
    """The person's own act of taking a wish back."""

    ended_at: Moment
    method: Method
    evidence: EvidenceBody = EvidenceBody()


@post("/v1/contacts/wishes", opt={"scope": "consents:write"}, status_code=201)
async def make_wish(data: JSONBody[WishBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Records what a person wishes of whoever may call them; in force before this is answered."""
    only = data.only.sender if data.only else None
    wanted = MakeWish(
        tenant=request.auth.tenant,
        actor=request.auth.actor,
        contact=data.contact.reference(),
        wish=data.wish(),
        wished_at=data.wished_at,
        method=data.method,
        about_sender=data.about.sender.reference() if data.about.sender else None,
        only_sender=only.reference() if only else None,
        evidence=data.evidence.fields(),
        idempotency=await idempotency_of(request),
    )
    return written_response(await desk.journal.write(wanted), 201)


@post("/v1/contacts/wishes/{wish:uuid}/end", opt={"scope": "consents:write"}, status_code=200)
async def end_wish(
    wish: FromPath[UUID], data: JSONBody[WishEndBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Records that a person took a wish back; one that is over stays as it ended."""
    wanted = EndWish(
        tenant=request.auth.tenant,
        actor=request.auth.actor,
        wish_id=wish,
        ended_at=data.ended_at,
        method=data.method,
        evidence=data.evidence.fields(),
        idempotency=await idempotency_of(request),
    )
    return written_response(await desk.journal.write(wanted), 200)


def _unique(values: list[str] | list[Channel] | list[Category] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(dict.fromkeys(values))


ROUTES = (make_wish, end_wish)
