"""
``venia rotate``: new keys for old, while the service goes on.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Annotated
from uuid import UUID

import typer

from server.administration import list_tenants
from server.providers.choosing import kek_file, renew_kek_file
from server.receipts import keys as receipts
from server.rotation import Keeper, Watch, rewrap, rotate
from server.service import Service, clock
from server.settings import Settings
from server.signing_keys import retire_signing, rotate_signing
from server.terminal import AsJson, fail, progress, read_the_settings, show, show_all, with_service
from server.token_keys import SHORTEST_LEAD, retire_tokens, rotate_tokens

app = typer.Typer(no_args_is_help=True, help="New keys for old ones, while the service goes on.")

Only = Annotated[UUID | None, typer.Option("--tenant", help="One tenant only; by default all.")]
Step = Callable[[Keeper, UUID, Watch], Awaitable[dict[str, object]]]


@app.command("index")
def rotate_index(tenant: Only = None, as_json: AsJson = False) -> None:
    """Indexes every identifier under a new key, and destroys the old one.  Interrupted, it goes on where it was."""
    _each(tenant, lambda service, each, watch: rotate(service, each, "index", watch), as_json=as_json)


@app.command("data")
def rotate_data(tenant: Only = None, as_json: AsJson = False) -> None:
    """Wraps every person's data key with a new key, and destroys the old one.  Interrupted, it goes on where it was."""
    _each(tenant, lambda service, each, watch: rotate(service, each, "data", watch), as_json=as_json)


@app.command("kek")
def rotate_kek(
    resume: Annotated[
        bool, typer.Option("--resume", help="Make no new key file: finish what was interrupted.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """
    Has a new key-encryption key wrap every tenant's keys.

    With a key file, the new key is made here and the old one kept beside it, for as long as a backup needs it.  Else
    set the new provider and name the old one in VENIA_KEK_PREVIOUS, restart, and run this.
    """
    settings = read_the_settings()
    if not resume:
        renew_kek_file(settings)
    _each(None, rewrap, as_json=as_json)
    _tell_of_old_files(settings)


@app.command("signing")
def rotate_signing_secret(
    overlap_days: Annotated[
        float, typer.Option(min=0, max=366, help="Days for which the old keys still sign beside the new ones.")
    ] = 7,
    at_once: Annotated[
        bool, typer.Option("--now", help="The old secret is known to others: it signs no more.")
    ] = False,
    retire: Annotated[bool, typer.Option("--retire", help="Only destroy earlier secrets whose time is over.")] = False,
    as_json: AsJson = False,
) -> None:
    """
    Has new keys sign for every log, beside the old ones for a while; each log tells so before.

    A running checkpointer takes the new keys up within a second.  Give them to whoever verifies, and to witnesses.
    """
    if retire:
        show({"retired": [str(path) for path in retire_signing(read_the_settings(), clock())]}, as_json=as_json)
        return
    overlap = timedelta() if at_once else timedelta(days=overlap_days)
    _, told = with_service(lambda service: rotate_signing(service, overlap))
    show(told, as_json=as_json)


@app.command("tokens")
def rotate_token_key(
    lead_seconds: Annotated[
        int,
        typer.Option(min=SHORTEST_LEAD, max=86_400, help="Seconds for which the new key is published before it signs."),
    ] = 300,
    at_once: Annotated[
        bool, typer.Option("--now", help="The old secret is known to others: what it signed is believed no more.")
    ] = False,
    retire: Annotated[bool, typer.Option("--retire", help="Only destroy earlier secrets whose time is over.")] = False,
    as_json: AsJson = False,
) -> None:
    """
    Has a new key sign decision tokens, published for a while before it does.

    Running servers take it up within seconds, and the old key stays published while a token of it can live.  One rotation
    at a time: while a new key is waiting, this only says when it will sign.
    """
    settings, now = read_the_settings(), clock()
    if retire:
        show({"retired": retire_tokens(settings, now)}, as_json=as_json)
        return
    lead = None if at_once else timedelta(seconds=lead_seconds)
    show(rotate_tokens(settings, now, lead), as_json=as_json)


@app.command("receipts")
def rotate_receipt_key(
    lead_seconds: Annotated[
        int,
        typer.Option(
            min=receipts.SHORTEST_LEAD, max=86_400, help="Seconds for which the new key is published before it signs."
        ),
    ] = 600,
    at_once: Annotated[
        bool, typer.Option("--now", help="The old secret is known to others: what it signed is believed no more.")
    ] = False,
    retire: Annotated[
        bool, typer.Option("--retire", help="Only destroy secrets that sign no more; their public halves stay.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """
    Has a new key sign consent receipts, published for a while before it does; receipts under earlier keys still verify.

    Running servers take it up within seconds.  One rotation at a time: while a new key is waiting, this only says when it
    will sign.
    """
    settings, now = read_the_settings(), clock()
    if retire:
        show({"retired": receipts.retire_receipts(settings, now)}, as_json=as_json)
        return
    lead = None if at_once else timedelta(seconds=lead_seconds)
    show(receipts.rotate_receipts(settings, now, lead), as_json=as_json)


def _each(tenant: UUID | None, step: Step, *, as_json: bool) -> None:
    _, rows = with_service(partial(_all, tenant=tenant, step=step))
    show_all(rows, as_json=as_json)


async def _all(service: Service, tenant: UUID | None, step: Step) -> list[dict[str, object]]:
    tenants = [row.id for row in await list_tenants(service.journal_engine)]
    if tenant is not None and tenant not in tenants:
        fail(f"There is no tenant {tenant}.")
    with progress("rotating", "people") as watch:
        return [await step(service, each, watch) for each in ([tenant] if tenant else tenants)]


def _tell_of_old_files(settings: Settings) -> None:
    old = sorted(kek_file(settings).parent.glob("kek.previous-*"))
    if old:
        typer.echo(f"Keep until no backup needs it: {', '.join(map(str, old))}", err=True)
