"""
The routes of the page: GET shows and changes nothing, POST does one act and shows what is then.

A consent's receipt has its own address below the page's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias
from uuid import UUID

import structlog
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.params import FromPath
from litestar.response.base import ASGIResponse
from litestar.types import ExceptionHandlersMap

from audit.errors import EntriesPruned, JournalUnavailable, KeyUnusable, OutcomeUnknown, UnknownTenant
from audit.work import Request as Write
from consent.errors import LinkUnusable, PauseOutOfReach, PurposeUnknown, SenderUnknown, WishesTooMany
from consent.links.looking import Holder
from consent.links.requests import CALLS, PauseByLink, RefuseByLink, WishByLink
from consent.outbox.texts import language_of as spoken_in
from consent.receipts.errors import ReceiptError, ReceiptUncovered
from server.channels.routes import ChannelDesk
from server.errors import BodyTooLarge, ContentTypeRefused, TooManyRequests
from server.page import forms
from server.page.door import AnyRequest, Door
from server.page.forms import Act, FormUnreadable
from server.page.receipts import receipt_of
from server.page.rendering import answer
from server.page.telling import Teller, begin_of
from server.page.wishes import CHOICES
from server.page.words import Words, language_of, words_of
from server.problems import PROBLEMS

log = structlog.stdlib.get_logger("server.page")

Errors: TypeAlias = tuple[type[Exception], ...]
_UNCHANGED: Mapping[type[Exception], str] = {PauseOutOfReach: "bad_day", WishesTooMany: "wishes_full"}
_AWAY: Errors = (JournalUnavailable, KeyUnusable, OutcomeUnknown)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said above the page after an act."""

    done: bool
    heading: str
    text: str


async def show_page(token: FromPath[str], request: AnyRequest) -> Response[bytes]:
    """The page of whose link it is."""
    door = _door(request)
    holder = await door.open(token, request)
    return await _page(door, holder, request)


async def act_on_page(token: FromPath[str], request: AnyRequest, desk: NamedDependency[ChannelDesk]) -> Response[bytes]:
    """One act of whose link it is, in force before it is answered."""
    door = _door(request)
    holder = await door.open(token, request)
    if forms.from_elsewhere(request.headers, door.address):
        return _message(request, "elsewhere", 403)
    fields = forms.fields_of(await request.body())
    act = forms.act_in(fields)
    number = forms.number_in(fields.get("form", ""), door.key(holder), holder.link.id, holder.now)
    if number is None:
        return await _page(door, holder, request, unchanged="stale", status=400)
    wanted = _wanted(holder, act, number)
    if wanted is None:
        return await _page(door, holder, request, unchanged="bad_day", status=422)
    try:
        written = await desk.journal.write(wanted)
        if written.replayed and _is_undone(act, now := await door.again(token)):
            # An old form, sent again after the person had agreed anew: it is meant as it is pressed.
            anew = _wanted(now, act, f"{number}.{len(now.said)}")
            await desk.journal.write(anew or wanted)
    except (PauseOutOfReach, PurposeUnknown, SenderUnknown, WishesTooMany) as error:
        unchanged = _UNCHANGED.get(type(error), "unknown")
        return await _page(door, holder, request, unchanged=unchanged, status=422)
    return await _page(door, await door.again(token), request, done=act)


def _is_undone(act: Act, holder: Holder) -> bool:
    """Whether something that an act ends is in force since it was last ended."""
    if act.kind == "wish":
        return False
    extent, categories = CALLS if act.kind == "pause" else act.extent, holder.settings.purposes
    ended = max((each.at for each in holder.suppressions if each.extent.reaches(extent)), default=None)
    for each in holder.standings:
        purpose, channel, sender = each.consent.scope
        category = categories.get(purpose or "", "marketing")
        if each.state_at(holder.now) not in ("granted", "pending") or (ended is not None and each.since <= ended):
            continue
        if extent.covers(purpose=purpose, category=category, channel=channel or "", sender=sender):
            return True
    return False


async def show_receipt(
    token: FromPath[str], consent: FromPath[UUID], request: AnyRequest, desk: NamedDependency[ChannelDesk]
) -> ASGIResponse:
    """The signed receipt of one of the person's consents; ``as=pdf`` to keep."""
    holder = await _door(request).open(token, request)
    kind = forms.receipt_kind(request.query_params.get("as"))
    language = _words(request, holder).language
    return await receipt_of(holder, consent, desk, request.app.state.receipts, kind, language)


def _wanted(holder: Holder, act: Act, number: str) -> Write | None:
    """The request that an act is; None for a pause until a day that it cannot last to."""
    link, once = holder.link, forms.once(holder.link.id, number, act)
    actor = f"link:{link.id}"
    if act.kind == "wish":
        return WishByLink(link.tenant, actor, link, CHOICES[act.what], once)
    if act.kind != "pause":
        return RefuseByLink(link.tenant, actor, link, act.extent, once)
    today = holder.now.date()
    if act.day is None or not today <= act.day <= today + timedelta(days=367):
        return None
    return PauseByLink(link.tenant, actor, link, begin_of(act.day, holder.zones), once)


async def _page(
    door: Door,
    holder: Holder,
    request: AnyRequest,
    *,
    done: Act | None = None,
    unchanged: str | None = None,
    status: int = 200,
) -> Response[bytes]:
    words = _words(request, holder)
    told = await door.library.read(holder)
    teller = Teller(told, words)
    notice = None
    if done is not None:
        text = words.say(f"done_{done.kind}", what=teller.what(done.kind, done.what or ""))
        notice = Notice(done=True, heading=words.say("done"), text=text)
    elif unchanged is not None:
        notice = Notice(done=False, heading=words.say("unchanged"), text=words.say(unchanged))
    about: Mapping[str, object] = {
        **teller.tell(),
        "business": told.business,
        "form": door.form(holder),
        "here": request.url.path.rpartition("/")[2],
        "notice": notice,
    }
    return answer("page.html", words, about, status=status, secure=door.is_secure)


def _words(request: AnyRequest, holder: Holder | None = None) -> Words:
    chosen = request.query_params.get("lang")
    spoken = None if holder is None else spoken_in(None, tuple(holder.countries))
    return words_of(language_of(chosen, request.headers.get("accept-language"), spoken))


def _message(request: AnyRequest, name: str, status: int, retry_after: int | None = None) -> Response[bytes]:
    words = _words(request)
    about = {"heading": words.say(name), "text": words.say(f"{name}_text")}
    return answer("message.html", words, about, status=status, secure=_door(request).is_secure, retry_after=retry_after)


def _failed(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Whatever goes wrong is told to a person, in their language, and says nothing of what it was."""
    match error:
        case ReceiptUncovered():
            return _message(request, "away", 503, error.retry_after)
        case LinkUnusable() | UnknownTenant() | ReceiptError() | EntriesPruned():
            return _message(request, "dead", 404)
        case TooManyRequests():
            return _message(request, "often", 429, error.retry_after)
        case BodyTooLarge():
            return _message(request, "unread", 413)
        case ContentTypeRefused():
            return _message(request, "unread", 415)
        case FormUnreadable() | HTTPException():
            return _message(request, "unread", 400)
        case _ if isinstance(error, _AWAY):
            return _message(request, "away", 503, 5)
    log.error("page failed", exc_info=error)
    return _message(request, "away", 500)


def _door(request: AnyRequest) -> Door:
    door: Door = request.app.state.door
    return door


# An error's own row in the table of problems would speak to a program.
_HANDLERS: ExceptionHandlersMap = {**dict.fromkeys((*PROBLEMS, HTTPException, Exception), _failed)}
_OPT = {"public": True, "max_body": forms.LARGEST, "content_types": ("application/x-www-form-urlencoded",)}

ROUTES = (
    get("/me/{token:str}", opt=_OPT, include_in_schema=False, exception_handlers=_HANDLERS)(show_page),
    post("/me/{token:str}", opt=_OPT, include_in_schema=False, exception_handlers=_HANDLERS, status_code=200)(
        act_on_page
    ),
    get("/me/{token:str}/receipts/{consent:uuid}", opt=_OPT, include_in_schema=False, exception_handlers=_HANDLERS)(
        show_receipt
    ),
)
