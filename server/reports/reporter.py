"""
Whoever writes reports: reads the words that were shown, sets the document, and signs it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from audit.errors import EvidenceError
from audit.exporting.report import Gathered
from audit.reader import Snapshots
from consent.notices import read_notices
from server.reports.apart import typeset_apart
from server.reports.certificates import Certificate
from server.reports.composing import Notices, Press, compose, named_notices
from server.reports.words import words_of

_log = structlog.get_logger("reports")


@dataclass(frozen=True, slots=True)
class ReportWriter:
    """
    Writes reports of one deployment.

    ``certificate`` reads what they are signed with, ``authority`` is the address of a time-stamping authority (RFC 3161).
    """

    deployment: str
    certificate: Callable[[], Certificate]
    authority: str | None = None

    async def __call__(self, gathered: Gathered, snapshots: Snapshots) -> tuple[bytes, str | None]:
        """The signed PDF, and a remark if nobody dated it.  Raises EvidenceError and KeyUnusable."""
        # Only who makes a report needs this, and it takes half a second to load.
        from server.reports import pades  # noqa: PLC0415  As said.

        export, words = gathered.export, words_of(gathered.export.language or "en")
        certificate = await asyncio.to_thread(self.certificate)
        notices: Notices = {}
        if named_notices(gathered.entries):
            async with snapshots.of(export.tenant) as conn:
                notices = await read_notices(conn, export.tenant)
        document = compose(gathered, notices, words, Press(self.deployment, certificate))
        pdf = await typeset_apart(document, export.requested_at)
        last = gathered.entries[-1].index if gathered.entries else gathered.first
        reason = words.label("reason", first=gathered.first, last=last, log=export.origin)
        try:
            return await pades.sign(pdf, certificate, reason, self.authority), None
        except EvidenceError as error:  # A signature without a date is worth more than none.
            _log.warning("report_not_dated", export=str(export.id), reason=str(error))
            return await pades.sign(pdf, certificate, reason, None), words.label("remark_stamp", why=error)
