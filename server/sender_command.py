"""
``venia sender``: business numbers, what Meta lets them do, and whether they are for tests.
"""

from typing import Annotated

import typer

from audit.instants import rfc3339_or_none
from consent.restrictions import in_force
from consent.senders import LiftRestriction, MarkSender
from consent.setup import AddSender
from server.administration import Senders
from server.service import clock
from server.terminal import ACTOR, AsJson, TenantId, fail, show, show_all, with_service

app = typer.Typer(no_args_is_help=True, help="Business numbers.")
Named = Annotated[str, typer.Argument(help="What you call the number.")]


@app.command("add")
def add(
    tenant: TenantId,
    sender: Annotated[str, typer.Option("--id", help="What you call it.")],
    phone: Annotated[str, typer.Option(help="The number in E.164 form.")],
    phone_number_id: Annotated[str | None, typer.Option(help="WhatsApp's id of the number.")] = None,
    sandbox: Annotated[bool, typer.Option("--sandbox", help="It is one of Meta's test numbers.")] = False,
    as_json: AsJson = False,
) -> None:
    """Adds a business number."""
    request = AddSender(tenant, ACTOR, sender, phone, phone_number_id, sandbox=sandbox)
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


@app.command("mark")
def mark(
    tenant: TenantId,
    sender: Named,
    sandbox: Annotated[
        bool | None, typer.Option("--sandbox/--production", help="Whether it is one of Meta's test numbers.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Says whether a number is a test number, for which Meta has other limits."""
    if sandbox is None:
        fail("say which it is: --sandbox or --production.")
    request = MarkSender(tenant, ACTOR, sender, sandbox)
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


@app.command("lift")
def lift(
    tenant: TenantId,
    sender: Named,
    kind: Annotated[list[str] | None, typer.Option(help="Only this restriction; may be repeated.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ends what keeps a number from calling, once you have seen in Meta's settings that it may call again."""
    request = LiftRestriction(tenant, ACTOR, sender, tuple(kind) if kind else None)
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


@app.command("list")
def show_senders(tenant: TenantId, as_json: AsJson = False) -> None:
    """Lists a tenant's business numbers."""
    _, senders = with_service(lambda service: service.reader.read(Senders(tenant)))
    show_all(
        [
            {
                "sender": each.id,
                "phone": each.phone,
                "country": each.country,
                "phone_number_id": each.phone_number_id,
                "restricted": each.restricted,
                "restricted_until": rfc3339_or_none(each.restricted_until),
                "restrictions": [one.kind for one in in_force(each.restrictions, clock())],
                "sandbox": each.sandbox,
            }
            for each in senders
        ],
        as_json=as_json,
    )
