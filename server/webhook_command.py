"""
``venia webhook``: what webhooks delivered, read again.
"""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from policies.errors import NotAnInstant
from policies.instants import parse_instant
from server.channels.replaying import Archive, replay
from server.service import Service, clock
from server.terminal import AsJson, TenantId, fail, show, with_service

app = typer.Typer(no_args_is_help=True, help="What webhooks delivered, read again.")

_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@app.callback()
def about() -> None:
    """What webhooks delivered, read again."""


@app.command("replay")
def replay_deliveries(
    tenant: TenantId,
    channel: Annotated[str | None, typer.Option(help="One channel only; by default all.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what came since this moment (RFC 3339).")] = None,
    as_json: AsJson = False,
) -> None:
    """Reads kept deliveries again, in order; what was recorded when they came is not recorded twice."""
    begin = _moment(since)

    async def run(service: Service) -> dict[str, object]:
        archive = Archive(service.journal, service.reader, service.snapshots, service.ring)
        return asdict(await replay(archive, tenant, channel=channel, since=begin, now=clock()))

    _, report = with_service(run)
    show(report, as_json=as_json)


def _moment(text: str | None) -> datetime:
    try:
        return _BEGINNING if text is None else parse_instant(text)
    except NotAnInstant:
        fail(f"{text!r} is no instant: write 2026-11-23T08:00:00Z.")
