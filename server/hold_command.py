"""
``venia hold``: what must be kept, because of a court, an authority or a dispute.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from consent.keeping.legal_holds import (
    DUE,
    LIFTED,
    OPEN,
    LiftLegalHold,
    ListLegalHolds,
    PlaceLegalHold,
    ReviewLegalHold,
)
from consent.references import ContactReference
from server.terminal import ACTOR, AsJson, TenantId, fail, show, show_all, with_service

app = typer.Typer(no_args_is_help=True, help="Legal holds: what nobody may erase.")

Matter = Annotated[str, typer.Option(help="What it is about, such as a file number; it names nobody.")]
Reason = Annotated[str, typer.Option(help="Why, in words that name nobody: the log keeps them for ever.")]
ReviewOn = Annotated[datetime, typer.Option("--review-on", formats=["%Y-%m-%d"], help="Day on which to look again.")]


@app.command("place")
def place(
    tenant: TenantId,
    matter: Matter,
    reason: Reason,
    review_on: ReviewOn,
    contact: Annotated[UUID | None, typer.Option("--id", help="The contact's id.")] = None,
    phone: Annotated[str | None, typer.Option(help="The person's number in E.164 form.")] = None,
    everything: Annotated[bool, typer.Option("--everything", help="Hold everything of the tenant.")] = False,
    as_json: AsJson = False,
) -> None:
    """Keeps one person's record, or everything of a tenant, from being erased."""
    if sum((contact is not None, phone is not None, everything)) != 1:
        fail("give exactly one of --id, --phone and --everything.")
    person = None
    if contact is not None:
        person = ContactReference.id(contact)
    elif phone is not None:
        person = ContactReference.phone(phone)
    _write(PlaceLegalHold(tenant, ACTOR, person, matter, reason, review_on.date()), as_json=as_json)


@app.command("list")
def show_holds(
    tenant: TenantId,
    state: Annotated[str | None, typer.Option(help="open, lifted or due.")] = None,
    contact: Annotated[UUID | None, typer.Option("--id", help="A contact's id.")] = None,
    as_json: AsJson = False,
) -> None:
    """Lists a tenant's legal holds."""
    if state not in (None, OPEN, LIFTED, DUE):
        fail(f"There is no state {state!r} of a hold: ask for open, lifted or due.")
    look = ListLegalHolds(tenant, state, contact)
    _, holds = with_service(lambda service: service.reader.read(look))
    show_all([dict(each.to_json()) for each in holds], as_json=as_json)


@app.command("review")
def review(tenant: TenantId, hold: UUID, reason: Reason, review_on: ReviewOn, as_json: AsJson = False) -> None:
    """Says that a hold is still needed, and when to look at it again."""
    _write(ReviewLegalHold(tenant, ACTOR, hold, review_on.date(), reason), as_json=as_json)


@app.command("lift")
def lift(tenant: TenantId, hold: UUID, reason: Reason, as_json: AsJson = False) -> None:
    """Ends a hold: what it has kept may go again."""
    _write(LiftLegalHold(tenant, ACTOR, hold, reason), as_json=as_json)


def _write(request: PlaceLegalHold | ReviewLegalHold | LiftLegalHold, *, as_json: bool) -> None:
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)
