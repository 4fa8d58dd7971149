"""
``venia export``: asks for an export and makes it at once, in this process.
"""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from audit.exporting.archive import copy
from audit.exporting.errors import ExportUnknown
from audit.exporting.records import READY, Export
from audit.exporting.requests import BUNDLE, SPOKEN, RequestExport
from audit.instants import rfc3339_or_none
from consent.errors import ContactUnknown
from consent.looking import FindParts
from consent.references import ContactReference
from server.db import migrate
from server.evidence import checkpointing
from server.exports import exporting
from server.service import Service, clock, exports_home
from server.settings import Settings
from server.terminal import ACTOR, AsJson, TenantId, database, fail, in_service, progress, show


def export(
    tenant: TenantId,
    format: Annotated[
        str,
        typer.Option(help="bundle (evidence), pdf (a signed report), csv or ndjson (tables), access (for the person)."),
    ] = BUNDLE,
    first: Annotated[int, typer.Option("--from", min=0, help="Index of the first entry.")] = 0,
    end: Annotated[int | None, typer.Option("--to", min=0, help="Index after the last entry.")] = None,
    contact: Annotated[UUID | None, typer.Option(help="Only the entries about this contact.")] = None,
    disclose: Annotated[
        list[str] | None, typer.Option(help="A personal field to disclose, or * for all; may be repeated.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Of a pdf: en or es.")] = None,
    output: Annotated[Path | None, typer.Option(help="Where to; by default into this folder.")] = None,
    as_json: AsJson = False,
) -> None:
    """Exports a tenant's log: evidence that can be verified without Venia, or a table.  The log tells that you did."""
    request = RequestExport(
        tenant,
        ACTOR,
        format,
        first=first,
        end=end,
        contact=contact,
        disclose=tuple(disclose or ()),
        language=language,
    )
    export_now(request, output, as_json=as_json)


def export_now(request: RequestExport, output: Path | None, *, as_json: bool) -> None:
    """Asks for an export, makes it, and copies its file to where it is wanted."""
    with database() as (settings, url):
        migrate(url)
        made = asyncio.run(in_service(settings, url, lambda service: _make(service, url, request)))
    if made.state != READY or made.file is None:
        fail(made.detail or f"the export is {made.state}.")
    target = output or Path(f"venia-{made.file}")
    try:
        finished = copy(exports_home(settings) / made.file, target)
    except OSError as error:
        fail(f"{target} cannot be written: {error.strerror}. The export is {exports_home(settings) / made.file}.")
    show(
        {
            "id": str(made.id),
            "file": str(target),
            "bytes": finished.size,
            "sha256": finished.digest.hex(),
            "log": made.origin,
            "entries": made.total,
            "remark": made.detail,
            "expires_at": rfc3339_or_none(made.expires_at),
        },
        as_json=as_json,
    )


async def _make(service: Service, url: str, request: RequestExport) -> Export:
    """Records that it was asked for, signs, and makes it; nobody else can, since its lock is held before it is there."""
    async with exporting(service.settings, url) as exporter, exporter.hold(request.tenant, request.id) as held:
        if held is None:  # Its id is random, so that nobody can have taken it but by an accident that never happens.
            raise ExportUnknown
        await service.journal.write(replace(request, parts=await _parts_of(service, request)))
        if request.format in (BUNDLE, *SPOKEN):
            await _sign(service.settings, url)
        with progress("exporting", "entries") as watch:
            return await exporter.make(held, clock(), watch)


async def _parts_of(service: Service, request: RequestExport) -> tuple[UUID, ...]:
    """Every part of the person; none of whoever was erased, of whom the log alone still tells."""
    if request.contact is None:
        return ()
    try:
        return tuple(await service.reader.read(FindParts(request.tenant, ContactReference.id(request.contact))))
    except ContactUnknown:
        return ()


async def _sign(settings: Settings, url: str) -> None:
    """Signs what was recorded, unless another process is there to do it."""
    async with checkpointing(settings, url) as checkpointer:
        outcome = await checkpointer.run_once(clock())
        while outcome is not None and outcome.more:
            outcome = await checkpointer.run_once(clock())
