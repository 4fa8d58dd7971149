"""
The route that hands out the list of whom not to contact.
"""

from datetime import datetime
from typing import Literal

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response import Stream
from pydantic import Field

from audit.api import Asked, Desk, idempotency_of
from audit.exporting.people import csv_lines
from consent.blocklists.formats import MEDIA_TYPES, Sheet
from consent.blocklists.listing import blocklist
from consent.blocklists.requests import Narrowing, RequestBlocklist
from consent.edge import Channel, Name, SenderBody, Strict


class BlocklistBody(Strict):
    """In which format, and for what: with neither purpose, channel nor sender, whoever has refused anything is on the list."""

    format: Literal["csv", "ndjson", "e164", "twilio", "meta"]
    purpose: Name | None = None
    channel: Channel | None = None
    sender: SenderBody | None = None
    vendor_sender: str | None = Field(default=None, max_length=64, examples=["MG00000000000000000000000000000000"])


@post("/v1/suppressions/exports", opt={"scope": "audit:disclose"}, status_code=200)
async def export_suppressions(data: JSONBody[BlocklistBody], request: Asked, desk: NamedDependency[Desk]) -> Stream:
    """Who must not be contacted, with their numbers; what is in force when it is asked for, each reading an entry in the log."""
    caller = request.auth
    caller.require("consents:read")
    narrowing = Narrowing(data.purpose, data.channel, data.sender.reference() if data.sender else None)
    await idempotency_of(request)  # There must be a key; a repetition hands out numbers again, and is an entry again.
    wanted = RequestBlocklist(caller.tenant, caller.actor, data.format, narrowing, data.vendor_sender)
    written = await desk.journal.write(wanted)
    as_of = datetime.fromisoformat(str(written.answer["as_of"]))
    sheet = Sheet(data.format, data.vendor_sender, csv_lines)
    headers = {
        "Content-Disposition": f'attachment; filename="suppressions-{data.format}"',
        "Cache-Control": "private, no-store",
        "X-As-Of": str(written.answer["as_of"]),
    }
    pieces = blocklist(desk.snapshots, desk.reader, caller.tenant, sheet, narrowing, as_of)
    return Stream(pieces, media_type=MEDIA_TYPES[data.format], headers=headers)


ROUTES = (export_suppressions,)
