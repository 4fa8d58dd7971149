"""
``venia contact``: what is done with one person's record.
"""

from typing import Annotated
from uuid import UUID

import typer

from consent.contacts import ContactReference
from consent.erasing import EraseContact
from server.terminal import ACTOR, AsJson, TenantId, fail, show, with_service

app = typer.Typer(no_args_is_help=True, help="One person's record.")


@app.command("erase")
def erase(
    tenant: TenantId,
    reason: Annotated[str, typer.Option(help="Why, in words that name nobody: the log keeps them for ever.")],
    contact: Annotated[UUID | None, typer.Option("--id", help="The contact's id.")] = None,
    phone: Annotated[str | None, typer.Option(help="The person's number in E.164 form.")] = None,
    user_id: Annotated[str | None, typer.Option("--whatsapp-user-id", help="The person's WhatsApp user id.")] = None,
    as_json: AsJson = False,
) -> None:
    """Erases a person for good: nothing but the log's entries is left, and their numbers stay uncallable."""
    if sum(each is not None for each in (contact, phone, user_id)) != 1:
        fail("give exactly one of --id, --phone and --whatsapp-user-id.")
    if contact is not None:
        person = ContactReference.id(contact)
    else:
        person = ContactReference.phone(phone) if phone is not None else ContactReference.user_id(user_id or "")
    request = EraseContact(tenant, ACTOR, person, reason)
    _, written = with_service(lambda service: service.journal.write(request))
    receipt = written.receipt
    show(
        {**written.answer, "log": receipt.log if receipt else None, "index": receipt.index if receipt else None},
        as_json=as_json,
    )
