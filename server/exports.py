"""
The exporter as the settings describe it.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import httpx

from audit.exporting.cover import Patience
from audit.exporting.making import Authority, Maker
from audit.exporting.worker import Exporter
from audit.reader import Snapshots
from consent.disclosing import read_data_keys
from server.db import checkpointer_engine, reader_engine
from server.fsck import PACKAGES
from server.reports.access import AccessCopyist
from server.reports.certificates import Certificate, given_certificate, own_certificate
from server.reports.reporter import ReportWriter
from server.service import clock, exports_home, key_ring
from server.settings import Settings
from server.signing_keys import log_keys


@asynccontextmanager
async def exporting(settings: Settings, url: str, patience: Patience | None = None) -> AsyncIterator[Exporter]:
    """An exporter on this database, with the settings' folder, keys, witnesses and authority."""
    async with AsyncExitStack() as stack:
        engine, readers = checkpointer_engine(url), reader_engine(url, connections=2)
        for each in (engine, readers):
            stack.push_async_callback(each.dispose)
        authority = None
        if settings.timestamp_url is not None:
            client = await stack.enter_async_context(httpx.AsyncClient())
            authority = Authority(settings.timestamp_url, client)
        maker = Maker(
            Snapshots(readers),
            key_ring(settings),
            read_data_keys,
            lambda origin: log_keys(settings, origin),
            policy=None if settings.witness_policy is None else settings.witness_policy.read_text(),
            authority=authority,
            patience=patience or Patience(),
            reporter=ReportWriter(settings.deployment, lambda: report_certificate(settings), settings.timestamp_url),
            copyist=AccessCopyist(settings.deployment, PACKAGES),
        )
        kept = timedelta(hours=settings.exports_kept_hours)
        yield Exporter(engine, maker, folder=exports_home(settings), kept=kept)


def report_certificate(settings: Settings) -> Certificate:
    """What reports are signed with: the certificate that the settings name, or one of the deployment's own."""
    if settings.report_certificate is not None and settings.report_key is not None:
        return given_certificate(settings.report_certificate, settings.report_key)
    return own_certificate(settings.home / "keys" / "report.pem", settings.deployment, clock())
