"""
The routes of consent receipts: of a consent, of a withdrawal, of an entry; and the keys that they are signed with.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Response
from litestar.response.base import ASGIResponse

from audit.api import Asked
from audit.exporting.fields import chosen, named
from audit.instants import rfc3339
from consent.receipts.disclosing import DiscloseReceipt
from consent.receipts.reading import Wanted, record_of
from consent.receipts.record import Record
from server.channels.routes import ChannelDesk, FindSettings
from server.receipts.keys import JWKS_SECONDS
from server.receipts.press import FOR_PEOPLE, KEYS_PATH, MEDIA_TYPES, Format, Press
from server.receipts.telling import language_of

Language = Literal["de", "en", "es", "fr", "it", "pt"]
_SCOPE = {"scope": "consents:read"}
_BY_TYPE: dict[str, Format] = {
    "application/ld+json": "27560",
    "application/json": "27560",
    "application/jose": "jws",
    "text/html": "html",
    "application/pdf": "pdf",
}
_JWKS = "application/jwk-set+json"
_MOST = 2**62
_HEADERS = {
    "Cache-Control": "private, no-store",
    "Vary": "Accept, Accept-Language",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}

Shape = Annotated[
    Format | None, QueryParameter(description="By Accept if not said: 27560 (JSON-LD), jws, html or pdf.")
]
Disclose = Annotated[
    list[str] | None,
    QueryParameter(description="Personal fields to show, with the disclosures that prove them; needs audit:disclose."),
]
WithWords = Annotated[
    bool | None, QueryParameter(description="Whether the notice's words are in it; in html and pdf they are.")
]
InLanguage = Annotated[Language | None, QueryParameter(description="Of html and pdf.")]


@get("/v1/consents/{consent:uuid}/receipt", opt=_SCOPE, media_type="application/ld+json")
async def read_consent_receipt(
    consent: FromPath[UUID],
    request: Asked,
    desk: NamedDependency[ChannelDesk],
    format: Shape = None,
    language: InLanguage = None,
    words: WithWords = None,
    disclose: Disclose = None,
) -> ASGIResponse:
    """The signed receipt of a consent, with the proof that the log has its entry; 409 until the log was signed since."""
    wanted = Wanted(request.auth.tenant, consent=consent, disclose=tuple(disclose or ()))
    return await _receipt(request, desk, wanted, format, language, words=words)


@get("/v1/withdrawals/{withdrawal:uuid}/receipt", opt=_SCOPE, media_type="application/ld+json")
async def read_withdrawal_receipt(
    withdrawal: FromPath[UUID],
    request: Asked,
    desk: NamedDependency[ChannelDesk],
    format: Shape = None,
    language: InLanguage = None,
    words: WithWords = None,
    disclose: Disclose = None,
) -> ASGIResponse:
    """The signed receipt of a withdrawal, by the id of the suppression that it set."""
    wanted = Wanted(request.auth.tenant, withdrawal=withdrawal, disclose=tuple(disclose or ()))
    return await _receipt(request, desk, wanted, format, language, words=words)


@get("/v1/receipts/{index:int}", opt=_SCOPE, media_type="application/ld+json")
async def read_entry_receipt(
    index: FromPath[int],
    request: Asked,
    desk: NamedDependency[ChannelDesk],
    log: FromQuery[str | None] = None,
    format: Shape = None,
    language: InLanguage = None,
    words: WithWords = None,
    disclose: Disclose = None,
) -> ASGIResponse:
    """The signed receipt of everything that the entry of this index says; of an earlier log if its origin is given."""
    place = index if 0 <= index < _MOST else _MOST
    shown = tuple(disclose or ())
    wanted = Wanted(request.auth.tenant, index=place, log=log, disclose=shown)
    return await _receipt(request, desk, wanted, format, language, words=words)


@get(KEYS_PATH, opt={"public": True}, media_type=_JWKS)
async def read_receipt_keys(request: Asked) -> Response[Mapping[str, object]]:
    """The public keys of consent receipts (RFC 7517): every one that has signed any, that does, and that will."""
    kept = {"Cache-Control": f"public, max-age={JWKS_SECONDS}"}
    return Response({"keys": press_of(request).keys.published()}, media_type=_JWKS, headers=kept)


def press_of(request: Asked) -> Press:
    """Who makes receipts, once the application has started."""
    press: Press = request.app.state.receipts
    return press


async def _receipt(
    request: Asked,
    desk: ChannelDesk,
    wanted: Wanted,
    shape: Format | None,
    language: Language | None,
    *,
    words: bool | None,
) -> ASGIResponse:
    shape = shape or _accepted(request)
    fields = named(chosen(wanted.disclose))
    if fields:
        request.auth.require("audit:disclose")
    with_words = shape in FOR_PEOPLE if words is None else words
    record = await read_record(desk, press_of(request), replace(wanted, words=with_words, disclose=fields))
    if fields:
        await desk.journal.write(DiscloseReceipt(wanted.tenant, request.auth.actor, record, fields))
    return await receipt_response(press_of(request), record, shape, language, request.headers.get("accept-language"))


async def read_record(desk: ChannelDesk, press: Press, wanted: Wanted) -> Record:
    """The record of a receipt, made now; raises what `record_of` raises."""
    settings = await desk.reader.read(FindSettings(wanted.tenant))
    made_at = rfc3339(press.clock().replace(microsecond=0))
    async with desk.snapshots.of(wanted.tenant) as conn:
        return await record_of(conn, wanted, settings, desk.ring, made_at=made_at, keys_url=press.keys_url)


async def receipt_response(press: Press, record: Record, shape: Format, *wished: str | None) -> ASGIResponse:
    """The answer with a receipt; for people in the first of the wished languages that there are words in, after the notice's."""
    notice, [first, *others] = record.act.notice, wished or (None,)
    spoken = language_of(first, notice.locale if notice else None, *others)
    made = await press.make(record, shape, spoken)
    headers = {**_HEADERS, "Content-Language": spoken} if shape in FOR_PEOPLE else dict(_HEADERS)
    return ASGIResponse(body=made, media_type=MEDIA_TYPES[shape], headers=headers)


def _accepted(request: Asked) -> Format:
    best = request.accept.best_match(list(_BY_TYPE), default="application/ld+json")
    return _BY_TYPE.get(str(best), "27560")


ROUTES = (read_consent_receipt, read_withdrawal_receipt, read_entry_receipt, read_receipt_keys)
