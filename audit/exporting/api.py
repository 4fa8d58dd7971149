"""
The routes of exports: ask for one, see how it goes, download it.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.params import FromPath, JSONBody
from litestar.response import Stream
from litestar.response.base import ASGIResponse
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from audit.api import Asked, Caller, Desk, idempotency_of, written_response
from audit.entry import Json
from audit.exporting.errors import ExportGone, ExportNotReady
from audit.exporting.fields import PERSONAL_FIELDS
from audit.exporting.records import EXPIRED, READY, WITHDRAWN, Export
from audit.exporting.requests import ACCESS, BUNDLE, CSV, LANGUAGES, NDJSON, PDF, FindExport, RequestExport
from audit.instants import rfc3339_or_none

MEDIA_TYPES = {
    BUNDLE: "application/zip",
    CSV: "text/csv",
    NDJSON: "application/x-ndjson",
    PDF: "application/pdf",
    ACCESS: "application/zip",
}
_PIECE = 256 * 1024
_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})")


class Person(BaseModel):
    """A person: exactly one of id, phone (E.164) and whatsapp_user_id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: UUID | None = None
    phone: str | None = Field(default=None, max_length=64, examples=["+34600111222"])
    whatsapp_user_id: str | None = Field(default=None, max_length=256, examples=["ES.1234567890"])

    @model_validator(mode="after")
    def _one(self) -> "Person":
        if len([value for value in (self.id, self.phone, self.whatsapp_user_id) if value is not None]) != 1:
            raise ValueError("give exactly one of id, phone and whatsapp_user_id")
        return self

    async def find(self, desk: Desk, tenant: UUID) -> UUID:
        """Their contact id; what the desk raises when nobody has the identifier."""
        if self.id is not None:
            return self.id
        if self.phone is not None:
            return await desk.find_person(tenant, "phone", self.phone)
        return await desk.find_person(tenant, "whatsapp_user_id", self.whatsapp_user_id or "")


def _by_id(value: object) -> object:
    """An id alone means the person of that id."""
    return {"id": value} if isinstance(value, str) else value


class ExportBody(BaseModel):
    """
    Which entries, about whom, in which format; without a range and a contact, all of them.

    A bundle is evidence that can be verified without Venia; csv and ndjson are for people and their programs, pdf is a signed
    report to hand over, of at most 10,000 entries. access is for the person themselves: all that is held about them, to read
    and for programs, and apart what they gave.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: str = Field(max_length=32, examples=[BUNDLE, CSV, NDJSON, PDF, ACCESS])
    from_: int | None = Field(default=None, alias="from", ge=0, lt=2**62, description="Index of the first entry.")
    to: int | None = Field(default=None, ge=0, lt=2**62, description="Index after the last entry.")
    contact: Annotated[Person | None, BeforeValidator(_by_id)] = Field(
        default=None, description="The person whose entries alone are wanted."
    )
    disclose: list[Annotated[str, Field(max_length=64)]] = Field(
        default_factory=list,
        max_length=32,
        description=f"Personal fields to disclose, which needs the scope audit:disclose: {', '.join(PERSONAL_FIELDS)}, "
        "or * for all of them.",
    )
    language: str | None = Field(
        default=None,
        max_length=8,
        description=f"Of a pdf or access: {' or '.join(LANGUAGES)}; by default {LANGUAGES[0]}.",
    )


@post("/v1/audit/exports", opt={"scope": "audit:export"}, status_code=202)
async def request_export(data: JSONBody[ExportBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Asks for an export, which is entered in the log."""
    if data.disclose:
        request.auth.require("audit:disclose")
    contact = None if data.contact is None else await data.contact.find(desk, request.auth.tenant)
    wanted = RequestExport(
        tenant=request.auth.tenant,
        actor=request.auth.actor,
        format=data.format,
        first=data.from_ or 0,
        end=data.to,
        contact=contact,
        disclose=tuple(data.disclose),
        language=data.language,
        idempotency=await idempotency_of(request),
        parts=() if contact is None else tuple(await desk.find_parts(request.auth.tenant, contact)),
    )
    return written_response(await desk.journal.write(wanted), 202)


@get("/v1/audit/exports/{export:uuid}", opt={"scope": "audit:export"})
async def read_export(export: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> dict[str, Json]:
    """How an export goes: queued, running, ready or failed; expired or withdrawn when its file is there no more."""
    found = await desk.reader.read(FindExport(request.auth.tenant, export))
    return {
        "id": str(found.id),
        "state": found.state,
        "done": found.done,
        "total": found.total,
        "detail": found.detail,
        "format": found.format,
        "log": found.origin,
        "bytes": found.size,
        "sha256": None if found.digest is None else found.digest.hex(),
        "expires_at": rfc3339_or_none(found.expires_at),
    }


@get("/v1/audit/exports/{export:uuid}/download", opt={"scope": "audit:export"})
async def download_export(
    export: FromPath[UUID], request: Request[object, Caller, State], desk: NamedDependency[Desk]
) -> Stream:
    """The file, or the piece that a Range header asks for (RFC 9110 §14), so that a download can be resumed."""
    found = await desk.reader.read(FindExport(request.auth.tenant, export))
    if found.disclose:
        request.auth.require("audit:disclose")  # Whoever may not ask for it may not be handed it either.
    file, size = await _file_of(found, desk.exports)
    tag = f'"{(found.digest or b"").hex()}"'
    piece = _asked_piece(request, tag, size)
    first, end = (0, size) if piece is None else piece
    headers = {
        "ETag": tag,
        "Accept-Ranges": "bytes",
        "Content-Length": str(end - first),
        "Content-Disposition": f'attachment; filename="venia-{file.name}"',
        # Evidence, and perhaps personal data: it is for the asker alone, and may be withdrawn.
        "Cache-Control": "private, no-store",
    }
    if piece is not None:
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    status = 200 if piece is None else 206
    return Stream(_pieces(file, first, end), media_type=MEDIA_TYPES[found.format], headers=headers, status_code=status)


async def _file_of(found: Export, folder: Path) -> tuple[Path, int]:
    """The export's file and its size in bytes; ExportNotReady or ExportGone when there is none to hand out."""
    if found.state in (EXPIRED, WITHDRAWN):
        raise ExportGone(found.state)
    if found.state != READY:
        raise ExportNotReady(found.state, found.detail)
    if found.file is None:
        raise ExportGone(EXPIRED)
    file = folder / found.file
    try:
        found_size = (await asyncio.to_thread(file.stat)).st_size
    except FileNotFoundError:
        raise ExportGone(EXPIRED) from None
    return file, found_size


def _asked_piece(request: Request[object, Caller, State], tag: str, size: int) -> tuple[int, int] | None:
    """
    The half-open piece that one Range of bytes asks for; None is the whole file.

    A Range that is malformed or asks for several pieces may be ignored (RFC 9110 §14.2), and one for another file than
    this MUST be (§13.1.5).  Raises 416 where there are no such bytes.
    """
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or request.headers.get("if-range", tag) != tag or asked[0] == "bytes=-":
        return None
    if not asked["first"]:
        first, end = max(0, size - int(asked["last"])), size
    else:
        first, end = int(asked["first"]), min(size, int(asked["last"]) + 1 if asked["last"] else size)
        if asked["last"] and int(asked["last"]) < first:
            return None
    if first >= size:
        raise HTTPException(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    return first, end


async def _pieces(file: Path, first: int, end: int) -> AsyncIterator[bytes]:
    """The bytes of the file from ``first`` to ``end``; the disk never holds up other requests."""
    opened = await asyncio.to_thread(file.open, "rb", 0)
    try:
        await asyncio.to_thread(opened.seek, first)
        while first < end:
            piece = await asyncio.to_thread(opened.read, min(_PIECE, end - first))
            if not piece:
                raise ExportGone(EXPIRED)  # Shorter than it was a moment ago: the caller MUST NOT take it for whole.
            first += len(piece)
            yield piece
    finally:
        opened.close()


ROUTES = (request_export, read_export, download_export)
