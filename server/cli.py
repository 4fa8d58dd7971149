"""
The command line: ``venia``.

Exit codes: 0 done, 1 the answer is no (a check that denies), 2 it could not be done.
"""

import asyncio
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated
from uuid import uuid4

import typer

from audit.errors import AuditError
from audit.faults import is_away
from audit.instants import rfc3339, rfc3339_or_none
from audit.origins import new_origin
from audit.tenants import OpenTenant
from consent.models import CATEGORIES
from consent.proof.kinds import SYSTEM, TRUSTS
from consent.setup import DefinePurpose, StateZone
from policies.catalogue import builtin, jurisdictions
from policies.errors import PolicyError
from policies.localtime import zone as zone_named
from policies.rulebook import ActivateRules
from server import (
    channel_command,
    contact_command,
    demo,
    hold_command,
    import_command,
    policy_command,
    proof_command,
    receipt_command,
    register_command,
    retention_command,
    rotate_command,
    sender_command,
    supervise,
    webhook_command,
)
from server.administration import list_tenants
from server.check_command import check
from server.checkpoint_command import checkpoint, reopen
from server.companion import Companion
from server.controller_command import controller
from server.credentials import GRANTABLE, mint
from server.db import migrate as migrate_database
from server.embedded import EmbeddedPostgres
from server.errors import ServerError, SettingsInvalid
from server.evidence import witness_policy
from server.explain_command import explain
from server.export_command import export
from server.fsck_command import fsck
from server.keys import CreateKey, RevokeKey, RotateKey, list_keys
from server.postmaster import PostgresUnusable
from server.receipts.keys import receipt_keys
from server.replay_command import replay
from server.service import Service, clock
from server.settings import Settings
from server.simulate_command import simulate
from server.telemetry import share_metrics
from server.terminal import (
    ACTOR,
    AsJson,
    TenantId,
    database,
    fail,
    in_service,
    read_the_settings,
    show,
    show_all,
    with_service,
)
from server.token_keys import token_keys
from server.verify_command import verify
from server.witness_command import witness

_OF_THE_SERVER = ("VENIA_TOKEN_SECRET", "VENIA_RECEIPT_SECRET")

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
tenant_app = typer.Typer(no_args_is_help=True, help="Tenants: a log and a root key each.")
key_app = typer.Typer(no_args_is_help=True, help="API keys.")
app.add_typer(tenant_app, name="tenant")
app.add_typer(key_app, name="key")
app.add_typer(proof_command.notice_app, name="notice")
app.add_typer(proof_command.purpose_app, name="purpose")
app.add_typer(sender_command.app, name="sender")
app.add_typer(contact_command.app, name="contact")
app.add_typer(import_command.app, name="consent")
app.add_typer(hold_command.app, name="hold")
app.add_typer(channel_command.app, name="channel")
app.add_typer(webhook_command.app, name="webhook")
app.add_typer(receipt_command.app, name="receipt")
app.add_typer(retention_command.app, name="retention")
app.add_typer(rotate_command.app, name="rotate")
app.add_typer(policy_command.app, name="policy")
tenant_app.command("evidence")(proof_command.rule_addresses)
import_command.app.command("proof")(proof_command.proof)
tenant_app.command("controller")(controller)
app.add_typer(register_command.app, name="register")
policy_command.app.command("replay")(replay)
policy_command.app.command("simulate")(simulate)
policy_command.app.command("explain")(explain)
app.command()(check)
app.command()(checkpoint)
app.command()(reopen)
app.command()(export)
app.command()(fsck)
app.command()(verify)
app.command()(witness)


@app.command()
def serve(
    with_demo: Annotated[bool, typer.Option("--demo", help="Make a demo tenant and say how to try it.")] = False,
) -> None:
    """Runs the service until Ctrl-C: database, migrations, server."""
    settings = read_the_settings()
    witness_policy(settings)  # A policy that cannot be read stops the start, not the process beside the server later.
    token_keys(settings)  # Nor a key of tokens that cannot be used a worker later.
    receipt_keys(settings)
    server = EmbeddedPostgres(settings.home) if settings.database_url is None else None
    started: list[Callable[[], None]] = [server.stop] if server else []

    def stop() -> None:
        while started:
            started.pop()()

    try:
        url = server.start() if server else str(settings.database_url)
        migrate_database(url)
        if settings.demo or with_demo:
            described = asyncio.run(in_service(settings, url, demo.seed))
            _print_demo(settings, described)
        # A server process knows its environment and nothing else.
        os.environ["VENIA_DATABASE_URL"] = url
        if settings.workers > 1:
            share_metrics(settings.home)
        if settings.checkpointer == "on":
            # What signs history need not know what signs tokens and receipts.
            needed = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THE_SERVER)}
            companion = Companion(needed)
            started.append(companion.stop)
            companion.start()
    except BaseException:
        stop()
        raise
    raise typer.Exit(supervise.serve("server.app:create_from_environment", settings, stop))


@app.command()
def migrate(as_json: AsJson = False) -> None:
    """Brings the database to the newest schema."""
    with database() as (_, url):
        migrate_database(url)
    show({"migrated": True}, as_json=as_json)


@app.command("demo")
def make_demo(as_json: AsJson = False) -> None:
    """Makes the demo tenant, or says where it is described."""
    settings, described = with_service(demo.seed)
    show({"file": str(demo.demo_file(settings)), "tenant": described["tenant"]}, as_json=as_json)


@tenant_app.command("create")
def create_tenant(
    name: str,
    zone: Annotated[str | None, typer.Option(help="IANA zone in which its contacts are.")] = None,
    purpose: Annotated[list[str] | None, typer.Option(help="NAME=CATEGORY, repeatable.")] = None,
    pack: Annotated[list[str] | None, typer.Option(help="Rule packs instead of all that ship, repeatable.")] = None,
    sector: Annotated[str | None, typer.Option(help="A starter: retail, clinic, bank or telecom.")] = None,
    as_json: AsJson = False,
) -> None:
    """Opens a tenant with its log, its purposes and the rule packs that ship; a starter brings purposes and caps."""
    starter = (builtin(sector),) if sector else ()
    suggested = [(each.name, each.category) for own in starter for each in own.purposes]
    purposes = [*suggested, *(_purpose(each) for each in purpose or [])]
    if zone:
        zone_named(zone)
    packs = (*(builtin(each) for each in pack or ("core", "whatsapp", *jurisdictions())), *starter)
    tenant = uuid4()

    async def create(service: Service) -> dict[str, object]:
        opened = await service.journal.write(OpenTenant(tenant, name, new_origin(service.settings.deployment), ACTOR))
        if zone:
            await service.journal.write(StateZone(tenant, ACTOR, zone))
        for title, category in purposes:
            await service.journal.write(DefinePurpose(tenant, ACTOR, title, category))
        await service.journal.write(ActivateRules(tenant, ACTOR, packs))
        return dict(opened.answer)

    show(with_service(create)[1], as_json=as_json)


@tenant_app.command("list")
def show_tenants(as_json: AsJson = False) -> None:
    """Lists the tenants."""
    _, rows = with_service(lambda service: list_tenants(service.journal_engine))
    show_all(
        [
            {
                "tenant": str(row.id),
                "name": row.name,
                "log": row.log,
                "entries": row.entries,
                "created_at": rfc3339(row.created_at),
            }
            for row in rows
        ],
        as_json=as_json,
    )


@key_app.command("create")
def create_key(
    tenant: TenantId,
    name: Annotated[str, typer.Option(help="What it is for.")],
    scope: Annotated[list[str], typer.Option(help="A scope such as calls:authorize, repeatable.")],
    days: Annotated[int | None, typer.Option(min=1, help="Days until it expires.")] = None,
    rate: Annotated[int | None, typer.Option(min=1, help="Requests a minute.")] = None,
    trust: Annotated[
        str, typer.Option(help="Who writes with it: public (it is in a web page), system, officer or import.")
    ] = SYSTEM,
    as_json: AsJson = False,
) -> None:
    """Makes an API key and prints it, this once."""
    unknown = sorted(set(scope) - set(GRANTABLE))
    if unknown:
        fail(f"There is no scope {', '.join(unknown)}. Choose from: {', '.join(sorted(GRANTABLE))}.")
    if trust not in TRUSTS:
        fail(f"--trust is one of {', '.join(TRUSTS)}.")
    text, key = mint(tenant)
    expires = clock() + timedelta(days=days) if days else None
    request = CreateKey(tenant, ACTOR, key, name, tuple(scope), rate, expires, trust=trust)
    _, written = with_service(lambda service: service.journal.write(request))
    # The id goes by another name here, where the key itself is shown.
    show({**written.answer, "key": text, "id": key.prefix}, as_json=as_json)


@key_app.command("list")
def show_keys(tenant: TenantId, as_json: AsJson = False) -> None:
    """Lists a tenant's API keys, never the keys themselves."""
    _, keys = with_service(lambda service: list_keys(service.snapshots, tenant))
    show_all(
        [
            {
                "key": key.prefix,
                "name": name,
                "scopes": " ".join(sorted(key.scopes)),
                "trust": key.trust,
                "expires_at": rfc3339_or_none(key.expires_at),
                "revoked_at": rfc3339_or_none(key.revoked_at),
            }
            for name, key in keys
        ],
        as_json=as_json,
    )


@key_app.command("rotate")
def rotate_key(
    tenant: TenantId,
    key: str,
    overlap_hours: Annotated[float, typer.Option(min=0, max=168, help="Hours for which the old key still works.")] = 24,
    as_json: AsJson = False,
) -> None:
    """Makes a key like an old one, prints it this once, and lets the old one end when the overlap is over."""
    text, made = mint(tenant)
    request = RotateKey(tenant, ACTOR, _key_id(key), made, timedelta(hours=overlap_hours))
    _, written = with_service(lambda service: service.journal.write(request))
    show({**written.answer, "key": text, "id": made.prefix, "replaces": key}, as_json=as_json)


@key_app.command("revoke")
def revoke_key(tenant: TenantId, key: str, as_json: AsJson = False) -> None:
    """Ends an API key, given as the 16 hexadecimal digits that `key list` shows."""
    request = RevokeKey(tenant, ACTOR, _key_id(key))
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


def _key_id(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        fail(f"{text!r} is not the id of a key: give the hexadecimal digits that `venia key list` shows.")


def _purpose(text: str) -> tuple[str, str]:
    name, _, category = text.partition("=")
    if category not in CATEGORIES:
        fail(f"{text!r} is not NAME=CATEGORY with a category of {', '.join(CATEGORIES)}.")
    return name, category


def _print_demo(settings: Settings, described: demo.Described) -> None:
    for line in demo.how_to_try(settings, described):
        typer.echo(line)


def main() -> None:
    """Runs the command line; what goes wrong is a sentence and exit code 2, never a traceback."""
    try:
        app()
    except SettingsInvalid as invalid:
        for problem in invalid.problems:
            typer.echo(f"venia: {problem}", err=True)
        raise SystemExit(2) from None
    except (AuditError, PolicyError, ServerError, PostgresUnusable, supervise.AddressUnavailable) as error:
        typer.echo(f"venia: {error}", err=True)
        raise SystemExit(2) from None
    except Exception as error:
        if not is_away(error):
            raise
        typer.echo("venia: the database cannot be reached; check VENIA_DATABASE_URL.", err=True)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
