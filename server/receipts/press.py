"""
Whoever makes receipts of records: in which shape, under which key, with which certificate.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import orjson

from consent.receipts.dpv import to_27560
from consent.receipts.kantara import to_kantara
from consent.receipts.record import Record
from server.receipts.keys import KeptReceiptKeys
from server.receipts.page import page
from server.receipts.signing import sign, signed
from server.receipts.telling import document_of, fitted, words_of
from server.reports.apart import typeset_apart
from server.reports.certificates import Certificate

Format = Literal["27560", "kantara", "jws", "html", "pdf"]
KEYS_PATH = "/.well-known/receipt-jwks.json"
MEDIA_TYPES: dict[Format, str] = {
    "27560": "application/ld+json",
    "kantara": "application/json",
    "jws": "application/jose",
    "html": "text/html",
    "pdf": "application/pdf",
}
FOR_PEOPLE = ("html", "pdf")
_SETTING_AT_ONCE = 2  # Each PDF takes a process of its own for a second.


@dataclass(frozen=True, slots=True)
class Press:
    """Makes receipts for one deployment, which callers reach at ``address``."""

    keys: KeptReceiptKeys
    address: str
    deployment: str
    certificate: Callable[[], Certificate]
    clock: Callable[[], datetime]
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_SETTING_AT_ONCE))

    @property
    def keys_url(self) -> str:
        """Where the keys are that receipts are signed with."""
        return f"{self.address}{KEYS_PATH}"

    async def make(self, record: Record, shape: Format, language: str) -> bytes:
        """The receipt's bytes; a page and a PDF are in a language.  Raises KeyUnusable, and EvidenceError where none can be set."""
        key = self.keys.signer()
        if shape == "kantara":
            return orjson.dumps(signed(to_kantara(record), "json", key))
        if shape == "27560":
            return orjson.dumps(signed(to_27560(record), "ld+json", key))
        jws = sign(to_27560(record), "ld+json", key)
        if shape == "jws":
            return jws.encode()
        words = words_of(language)
        document = document_of(record, words, self.deployment)
        if shape == "html":
            return page(document, jws, words.label("signed")).encode()
        async with self._places:
            return await self._pdf(record, document, words.label("signed"))

    async def _pdf(self, record: Record, document: dict[str, object], reason: str) -> bytes:
        # Only who sets one needs this, and it takes half a second to load.
        from server.reports import pades  # noqa: PLC0415  As said.

        certificate = await asyncio.to_thread(self.certificate)
        made = await typeset_apart(fitted(document), datetime.fromisoformat(record.made_at))
        return await pades.sign(made, certificate, f"{reason} {record.act.receipt_id}", None)
