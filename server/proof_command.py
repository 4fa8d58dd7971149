"""
``venia notice`` and ``venia purpose``: what people are shown and asked for; ``venia consent proof``: what would not stand.
"""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from audit.entry import Json
from consent.evidence.listing import FIRST, Page, ReadPurposes, below, numbers
from consent.models import CATEGORIES
from consent.notices import list_notices, list_purposes
from consent.proof.elements import Grade
from consent.proof.purposes import Demand
from consent.setup import DefinePurpose, PublishNotice, RuleEvidence
from server.service import Service
from server.terminal import ACTOR, AsJson, TenantId, fail, show, show_all, with_service

notice_app = typer.Typer(no_args_is_help=True, help="The words that people are shown.")
purpose_app = typer.Typer(no_args_is_help=True, help="What people are asked for.")


@notice_app.command("publish")
def publish(
    tenant: TenantId,
    notice: Annotated[str, typer.Option("--id", help="What you call it.")],
    version: Annotated[int, typer.Option(min=1, max=1_000_000)],
    locale: Annotated[str, typer.Option(help="Such as es-ES.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The text, in UTF-8, as it is shown.")],
    as_json: AsJson = False,
) -> None:
    """Publishes the words of a notice for good; {name} in it is a placeholder."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        fail(f"{file} is no UTF-8: save it as UTF-8 first.")
    request = PublishNotice(tenant, ACTOR, notice, version, locale, text)
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


@notice_app.command("list")
def show_notices(tenant: TenantId, as_json: AsJson = False) -> None:
    """Lists the notices in their versions and locales."""

    async def read(service: Service) -> list[dict[str, object]]:
        async with service.snapshots.of(tenant) as conn:
            return [_row(each) for each in await list_notices(conn, tenant)]

    show_all(with_service(read)[1], as_json=as_json)


@purpose_app.command("define")
def define(
    tenant: TenantId,
    purpose: Annotated[str, typer.Argument(help="Its name.")],
    category: Annotated[str, typer.Option(help=", ".join(CATEGORIES))],
    description: Annotated[str | None, typer.Option(help="In words that name nobody.")] = None,
    validity: Annotated[str | None, typer.Option(help="How long a consent is good, such as P2Y.")] = None,
    proof: Annotated[
        list[str] | None, typer.Option(help="'PLACE refuse|flag ELEMENT…', such as 'DE refuse copy'; repeatable.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Defines a purpose, or its next version."""
    if category not in CATEGORIES:
        fail(f"--category is one of {', '.join(CATEGORIES)}.")
    demands = tuple(_demand(each) for each in proof or ())
    request = DefinePurpose(tenant, ACTOR, purpose, category, description, validity, demands)
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


@purpose_app.command("list")
def show_purposes(tenant: TenantId, as_json: AsJson = False) -> None:
    """Lists the purposes in their versions."""

    async def read(service: Service) -> list[dict[str, object]]:
        async with service.snapshots.of(tenant) as conn:
            return [_row(each) for each in await list_purposes(conn, tenant)]

    show_all(with_service(read)[1], as_json=as_json)


def rule_addresses(
    tenant: TenantId,
    ip: Annotated[str, typer.Option(help="network (/24 or /48), or whole.")],
    as_json: AsJson = False,
) -> None:
    """Says whether evidence keeps people's IP addresses whole, or their networks alone."""
    if ip not in ("network", "whole"):
        fail("--ip is network or whole.")
    request = RuleEvidence(tenant, ACTOR, whole_addresses=ip == "whole")
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


def proof(
    tenant: TenantId,
    score: Annotated[int, typer.Option("--below", min=1, max=101, help="List consents graded below this.")] = 80,
    purpose: Annotated[str | None, typer.Option(help="Of this purpose alone.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="List at most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Says which consents would not stand if they were challenged, and why, with numbers for each purpose."""

    async def read(service: Service) -> tuple[list[dict[str, Json]], list[dict[str, object]]]:
        purposes = await service.reader.read(ReadPurposes(tenant))
        async with service.snapshots.of(tenant) as conn:
            counted = await numbers(conn, tenant, purposes, score=score, purpose=purpose)
            page, rows = Page((), FIRST), list[dict[str, object]]()
            while page.next is not None and len(rows) < limit:
                wanted = limit - len(rows)
                page = await below(conn, tenant, purposes, score=score, purpose=purpose, after=page.next, limit=wanted)
                rows += [_weak(row.consent_id, row.contact_id, row.purpose, graded) for row, graded in page.consents]
        return counted, rows

    _, (counted, rows) = with_service(read)
    if as_json:
        show({"purposes": counted, "consents": rows}, as_json=True)
        return
    show_all([_row(each) for each in counted], as_json=False)
    show_all([_short(each) for each in rows], as_json=False)


def _weak(consent: UUID, contact: UUID, purpose: str, graded: Grade) -> dict[str, object]:
    return {
        "consent": str(consent),
        "score": graded.score,
        "purpose": purpose,
        "contact": str(contact),
        "missing": graded.to_json()["missing"],
    }


def _short(row: dict[str, object]) -> dict[str, object]:
    """A row of a table: what lacks by name, and by whose law; the sentences are in the JSON."""
    missing = row["missing"]
    lacks = (
        f"{each['element']} ({each['jurisdiction']})" if each["required"] else str(each["element"])
        for each in (missing if isinstance(missing, list) else ())
    )
    return {**row, "missing": ", ".join(lacks)}


def _demand(text: str) -> Demand:
    if len(text.split(" ")) < 2 or "" in text.split(" "):
        fail(f"{text!r} is no demand: write a place, refuse or flag, and elements, as 'DE refuse words act'.")
    return Demand.read(text)


def _row(shown: Json) -> dict[str, object]:
    """A row of a table: what is nested is written out."""
    if not isinstance(shown, dict):
        raise TypeError("a row")
    return dict(shown)
