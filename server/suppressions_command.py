"""
``venia consent suppressions``: the list of whom not to contact, for others to keep to.

Exit codes: 0 the list is there, 2 it could not be made.
"""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from audit.exporting.archive import Draft
from audit.exporting.people import csv_lines
from consent.blocklists.formats import FORMATS, Sheet
from consent.blocklists.listing import blocklist
from consent.blocklists.requests import Narrowing, RequestBlocklist
from consent.models import CHANNELS
from consent.settings import SenderReference
from server.service import Service
from server.terminal import ACTOR, AsJson, TenantId, fail, show, with_service


class Format(StrEnum):
    """Who is to read it."""

    CSV, NDJSON, E164, TWILIO, META = FORMATS


def suppressions(
    tenant: TenantId,
    output: Annotated[Path, typer.Option(help="The file; it holds numbers of people.")],
    form: Annotated[Format, typer.Option("--format", help="Who is to read it.")] = Format.CSV,
    purpose: Annotated[str | None, typer.Option(help="For what; without it, whoever has refused anything.")] = None,
    channel: Annotated[str | None, typer.Option(help="On which channel.")] = None,
    sender: Annotated[str | None, typer.Option(help="From which of your business numbers, by its id.")] = None,
    vendor_sender: Annotated[str | None, typer.Option(help="Twilio's messaging service, or number.")] = None,
    as_json: AsJson = False,
) -> None:
    """Writes the list of whom not to contact; that it was asked for is entered in the log."""
    if channel is not None and channel not in CHANNELS:
        fail(f"--channel is one of {', '.join(CHANNELS)}.")
    narrowing = Narrowing(purpose, channel, SenderReference("id", sender) if sender else None)
    sheet = Sheet(form.value, vendor_sender, csv_lines)

    async def work(service: Service) -> dict[str, object]:
        written = await service.journal.write(RequestBlocklist(tenant, ACTOR, form.value, narrowing, vendor_sender))
        as_of = datetime.fromisoformat(str(written.answer["as_of"]))
        with Draft(output) as draft:
            async for piece in blocklist(service.snapshots, service.reader, tenant, sheet, narrowing, as_of):
                draft.file.write(piece)
            done = draft.finish()
        return {"file": str(output), "bytes": done.size, "sha256": done.digest.hex(), "as_of": written.answer["as_of"]}

    show(with_service(work)[1], as_json=as_json)
