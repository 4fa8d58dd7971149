"""
``venia receipt``: fetches consent receipts, checks them without a service or a network, and prints their keys.
"""

import asyncio
import json
import time
from pathlib import Path
from typing import Annotated
from uuid import UUID

import httpx
import typer

from audit.exporting.fields import chosen, named
from audit.instants import rfc3339
from consent.receipts.disclosing import DiscloseReceipt
from consent.receipts.errors import ReceiptUncovered
from consent.receipts.reading import Wanted, record_of
from consent.receipts.record import Record
from server.channels.routes import FindSettings
from server.exports import report_certificate
from server.receipts.api import Language
from server.receipts.keys import KeptReceiptKeys, receipt_keys
from server.receipts.press import MEDIA_TYPES, Format, Press
from server.receipts.telling import language_of
from server.receipts.verifying import ReceiptWrong, check, jws_in
from server.service import Service, clock
from server.settings import Settings
from server.terminal import ACTOR, AsJson, TenantId, fail, read_the_settings, show, with_service

app = typer.Typer(no_args_is_help=True, help="Consent receipts: fetch them, check them, see their keys.")

# What the entry says of the act, told whatever the file around it claims.
_SAYS = (
    "purpose",
    "state",
    "consents",
    "sender",
    "technology",
    "given_at",
    "withdrawn_at",
    "expires_at",
    "scope",
    "method",
)
_ENDINGS = {"27560": "jsonld", "kantara": "json", "jws": "jws", "html": "html", "pdf": "pdf"}


@app.command("get")
def get_receipt(
    tenant: TenantId,
    consent: Annotated[UUID | None, typer.Option(help="Of a consent.")] = None,
    withdrawal: Annotated[UUID | None, typer.Option(help="Of a withdrawal, by its suppression.")] = None,
    index: Annotated[int | None, typer.Option(min=0, help="Of an entry.")] = None,
    format: Annotated[Format, typer.Option(help="27560, kantara, jws, html or pdf.")] = "27560",
    language: Annotated[Language | None, typer.Option(help="Of html and pdf.")] = None,
    words: Annotated[bool, typer.Option("--words", help="With the notice's words.")] = False,
    disclose: Annotated[list[str] | None, typer.Option(help="A personal field to show, repeatable.")] = None,
    output: Annotated[Path | None, typer.Option(help="Where to; by default into this folder.")] = None,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for the log to be signed.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Fetches a receipt."""
    if [consent, withdrawal, index].count(None) != 2:
        fail("Say which receipt: --consent, --withdrawal or --index.")
    shown = named(chosen(disclose or ()))
    wanted = Wanted(tenant, consent, withdrawal, index, None, words or format in ("html", "pdf"), shown)

    async def make(service: Service) -> tuple[Record, bytes]:
        press = press_for(service.settings)
        record = await _patiently(service, press, wanted, wait)
        if shown:
            await service.journal.write(DiscloseReceipt(tenant, ACTOR, record, shown))
        notice = record.act.notice
        return record, await press.make(record, format, language_of(language, notice.locale if notice else None))

    _, (record, made) = with_service(make)
    target = output or Path(f"receipt-{record.act.receipt_id}.{_ENDINGS[format]}")
    target.write_bytes(made)
    answer = {"receipt": str(record.act.receipt_id), "file": str(target), "type": MEDIA_TYPES[format]}
    show({**answer, "log": record.proof.log, "index": record.proof.index}, as_json=as_json)


@app.command("verify")
def verify_receipt(
    file: Annotated[Path, typer.Argument(help="A receipt: jws, jsonld, json or html.")],
    keys: Annotated[str, typer.Option(help="The key set: a file, or its address.")],
    key: Annotated[list[str], typer.Option(help="A verifier key of the log, repeatable.")],
    as_json: AsJson = False,
) -> None:
    """Checks a receipt: its signature, its proof, and that it says what its entry says.  Exit code 1: it does not hold."""
    try:
        checked = check(jws_in(file.read_bytes()), _key_set(keys), key)
    except (OSError, ValueError, httpx.HTTPError) as error:
        fail(f"The receipt could not be checked: {error}.")
    except ReceiptWrong as wrong:
        show({"verified": False, "why": str(wrong)}, as_json=as_json)
        raise typer.Exit(1) from None
    said = checked.entry.payload
    answer = {"verified": True, "event": said["event"], "contact": said["contact"], "log": checked.entry.origin}
    told = {name: said[name] for name in _SAYS if said.get(name) is not None}
    show({**answer, "index": checked.entry.index, "says": told, "shown": dict(checked.shown)}, as_json=as_json)


@app.command("keys")
def show_keys() -> None:
    """Prints the key set that receipts are checked with."""
    typer.echo(json.dumps({"keys": receipt_keys(read_the_settings()).published()}))


def press_for(settings: Settings) -> Press:
    """Who makes receipts for these settings."""
    keys = KeptReceiptKeys(settings, clock)
    return Press(keys, settings.address, settings.deployment, lambda: report_certificate(settings), clock)


async def _patiently(service: Service, press: Press, wanted: Wanted, seconds: float) -> Record:
    deadline = time.monotonic() + seconds
    while True:
        settings = await service.reader.read(FindSettings(wanted.tenant))
        made_at = rfc3339(clock().replace(microsecond=0))
        try:
            async with service.snapshots.of(wanted.tenant) as conn:
                return await record_of(conn, wanted, settings, service.ring, made_at=made_at, keys_url=press.keys_url)
        except ReceiptUncovered:
            if time.monotonic() >= deadline:
                raise
        await asyncio.sleep(0.25)


def _key_set(place: str) -> dict[str, object]:
    if place.startswith(("https://", "http://")):
        answer = httpx.get(place, timeout=20)
        answer.raise_for_status()
        found = answer.json()
    else:
        found = json.loads(Path(place).read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError("the key set is no JSON object")  # noqa: TRY004  What was read has the wrong form.
    return found
