"""
``venia tenant controller``: who answers for a tenant's calls, as receipts name them.
"""

import re
from dataclasses import fields
from typing import Annotated
from urllib.parse import urlsplit

import typer

from consent.receipts.controllers import Controller, StateController
from server.terminal import ACTOR, AsJson, TenantId, fail, show, with_service

_LONGEST = 500
_DURATION = re.compile(r"P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?")
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")

Text = Annotated[str | None, typer.Option()]


def controller(
    tenant: TenantId,
    name: Annotated[str, typer.Option(help="The business as it is registered.")],
    contact: Annotated[str | None, typer.Option(help="Whom to ask: a department or a role, no person.")] = None,
    street: Text = None,
    locality: Text = None,
    postal_code: Text = None,
    region: Text = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166.")] = None,
    email: Text = None,
    phone: Text = None,
    url: Annotated[str | None, typer.Option(help="Of the business.")] = None,
    policy_url: Annotated[str | None, typer.Option(help="Of its privacy notice.")] = None,
    rights_url: Annotated[str | None, typer.Option(help="Where rights are exercised.")] = None,
    withdrawal_url: Annotated[str | None, typer.Option(help="Where consent is taken back.")] = None,
    jurisdiction: Annotated[str | None, typer.Option(help="Whose law applies where a consent says nothing.")] = None,
    retention: Annotated[str | None, typer.Option(help="For how long what was agreed to is kept: P5Y.")] = None,
    storage: Annotated[list[str] | None, typer.Option(help="A country in which it is kept, repeatable.")] = None,
    recipient: Annotated[list[str] | None, typer.Option(help="Who else gets personal data, repeatable.")] = None,
    as_json: AsJson = False,
) -> None:
    """States who answers for a tenant's calls; it replaces what was stated before, and the log tells it."""
    stated = Controller(
        name=name,
        contact=contact,
        street=street,
        locality=locality,
        postal_code=postal_code,
        region=region,
        country=country,
        email=email,
        phone=phone,
        url=url,
        policy_url=policy_url,
        rights_url=rights_url,
        withdrawal_url=withdrawal_url,
        jurisdiction=jurisdiction,
        retention=retention,
        storage=tuple(storage or ()),
        recipients=tuple(recipient or ()),
    )
    _refuse_faults(stated)
    _, written = with_service(lambda service: service.journal.write(StateController(tenant, ACTOR, stated)))
    show(dict(written.answer), as_json=as_json)


def _refuse_faults(stated: Controller) -> None:
    for each in fields(stated):
        value = getattr(stated, each.name)
        for text in value if isinstance(value, tuple) else (value,):
            if text is not None and (not text.strip() or len(text) > _LONGEST or not text.isprintable()):
                fail(f"--{each.name.replace('_', '-')}: write 1 to {_LONGEST} characters on one line.")
    for name in ("url", "policy_url", "rights_url", "withdrawal_url"):
        address = getattr(stated, name)
        if address is not None and (
            urlsplit(address).scheme not in ("https", "http") or not urlsplit(address).hostname
        ):
            fail(f"--{name.replace('_', '-')}: {address!r} is no https:// or http:// address.")
    for name, place in (("country", stated.country), *(("storage", each) for each in stated.storage)):
        if place is not None and not re.fullmatch(r"[A-Z]{2}", place):
            fail(f"--{name}: {place!r} is no ISO 3166 code such as ES.")
    if stated.jurisdiction is not None and not _REGION.fullmatch(stated.jurisdiction):
        fail(f"--jurisdiction: {stated.jurisdiction!r} is no ISO 3166 code such as ES or US-CA.")
    if stated.retention is not None and not _DURATION.fullmatch(stated.retention):
        fail(f"--retention: {stated.retention!r} is no duration such as P5Y or P18M.")
