"""
Receipts of what a person agreed to, handed out by their own link.
"""

from typing import Literal
from uuid import UUID

from litestar.response.base import ASGIResponse

from consent.errors import LinkUnusable
from consent.links.looking import Holder
from consent.receipts.reading import Wanted
from server.channels.routes import ChannelDesk
from server.page.rendering import HEADERS
from server.receipts.api import read_record, receipt_response
from server.receipts.press import Press

Kind = Literal["html", "pdf"]


async def receipt_of(
    holder: Holder, consent: UUID, desk: ChannelDesk, press: Press, kind: Kind, language: str
) -> ASGIResponse:
    """
    The receipt of one of the holder's own consents, as a page or to keep.

    Raises LinkUnusable for anybody else's, alike with a link that opens nothing; ReceiptUncovered until the log was signed.
    """
    if holder.link.scope != "page" or consent not in {each.id for each in holder.said}:
        raise LinkUnusable
    record = await read_record(desk, press, Wanted(holder.link.tenant, consent=consent, words=True))
    made = await receipt_response(press, record, kind, language)
    made.headers.update({name: value for name, value in HEADERS.items() if name not in made.headers})
    made.headers["Cache-Control"] = HEADERS["Cache-Control"]
    return made
