"""
``venia contact``: what is done with one person's record.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from audit.entry import Json
from audit.exporting.requests import ACCESS, RequestExport
from audit.work import Request
from consent.erasing import EraseContact
from consent.links.link import LONGEST_DAYS, SCOPES
from consent.links.requests import IssueLink, link_of
from consent.locating import LocateContact
from consent.looking import FindContact
from consent.references import ContactReference
from server.export_command import export_now
from server.page.links import page_of, qr_code
from server.service import Service
from server.terminal import ACTOR, AsJson, TenantId, fail, show, with_service

ContactId = Annotated[UUID | None, typer.Option("--id", help="The contact's id.")]
Phone = Annotated[str | None, typer.Option(help="The person's number in E.164 form.")]
UserId = Annotated[str | None, typer.Option("--whatsapp-user-id", help="The person's WhatsApp user id.")]

app = typer.Typer(no_args_is_help=True, help="One person's record.")


@app.command("erase")
def erase(
    tenant: TenantId,
    reason: Annotated[str, typer.Option(help="Why, in words that name nobody: the log keeps them for ever.")],
    contact: ContactId = None,
    phone: Phone = None,
    user_id: UserId = None,
    as_json: AsJson = False,
) -> None:
    """Erases a person for good: nothing but the log's entries is left, and their numbers stay uncallable."""
    _write(EraseContact(tenant, ACTOR, _person(contact, phone, user_id), reason), as_json=as_json)


@app.command("locate")
def locate(
    tenant: TenantId,
    contact: ContactId = None,
    phone: Phone = None,
    user_id: UserId = None,
    region: Annotated[str | None, typer.Option(help="ISO 3166 country or part of one, such as ES-MD.")] = None,
    zone: Annotated[str | None, typer.Option(help="IANA zone, such as Europe/Madrid.")] = None,
    stated_by: Annotated[str, typer.Option(help="person or business.")] = "business",
    as_json: AsJson = False,
) -> None:
    """States where a person is, so that hours are those of where they are; without region and zone, forgets it."""
    if stated_by not in {"person", "business"}:
        fail("--stated-by is person or business.")
    person = _person(contact, phone, user_id)
    _write(LocateContact(tenant, ACTOR, person, region, zone, stated_by), as_json=as_json)


@app.command("link")
def link(
    tenant: TenantId,
    contact: ContactId = None,
    phone: Phone = None,
    user_id: UserId = None,
    scope: Annotated[str, typer.Option(help="page, or refusal: which shows nothing that was.")] = "page",
    days: Annotated[int | None, typer.Option(min=1, max=LONGEST_DAYS, help="For how long it works.")] = None,
    replaces: Annotated[bool, typer.Option("--replaces", help="End the person's earlier links.")] = False,
    svg: Annotated[Path | None, typer.Option(help="File to write the link to as a QR code.")] = None,
    as_json: AsJson = False,
) -> None:
    """Makes a link by which a person sees and ends what the business has of them; it is for nobody else."""
    if scope not in SCOPES:
        fail("--scope is page or refusal.")
    person = _person(contact, phone, user_id)

    async def issue(service: Service) -> tuple[Mapping[str, Json], str]:
        lasts = timedelta(days=days or service.settings.link_days)
        written = await service.journal.write(IssueLink(tenant, ACTOR, person, scope, lasts, replaces))
        return written.answer, page_of(service.settings.address, link_of(tenant, written.answer), service.ring)

    _, (answer, url) = with_service(issue)
    if svg is not None:
        svg.write_bytes(qr_code(url))
    show({**answer, "url": url}, as_json=as_json)


@app.command("export")
def export(
    tenant: TenantId,
    contact: ContactId = None,
    phone: Phone = None,
    user_id: UserId = None,
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    output: Annotated[Path | None, typer.Option(help="Where to; by default into this folder.")] = None,
    as_json: AsJson = False,
) -> None:
    """Writes a copy of all that is held about a person, to hand to them: to read, for programs, and what they gave apart."""
    person = _person(contact, phone, user_id)
    if contact is None:
        _, contact = with_service(lambda service: service.reader.read(FindContact(tenant, person)))
    wanted = RequestExport(tenant, ACTOR, ACCESS, contact=contact, disclose=("*",), language=language)
    export_now(wanted, output, as_json=as_json)


def _person(contact: UUID | None, phone: str | None, user_id: str | None) -> ContactReference:
    if sum(each is not None for each in (contact, phone, user_id)) != 1:
        fail("give exactly one of --id, --phone and --whatsapp-user-id.")
    if contact is not None:
        return ContactReference.id(contact)
    return ContactReference.phone(phone) if phone is not None else ContactReference.user_id(user_id or "")


def _write(request: Request, *, as_json: bool) -> None:
    _, written = with_service(lambda service: service.journal.write(request))
    receipt = written.receipt
    show(
        {**written.answer, "log": receipt.log if receipt else None, "index": receipt.index if receipt else None},
        as_json=as_json,
    )
