"""
``venia contact``: what is done with one person's record.
"""

from typing import Annotated
from uuid import UUID

import typer

from audit.work import Request
from consent.erasing import EraseContact
from consent.locating import LocateContact
from consent.references import ContactReference
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
