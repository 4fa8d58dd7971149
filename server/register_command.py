"""
``venia register``: lists of numbers that are not called, or that may be, loaded from their files.

Exit codes: 0 done, 1 the answer is no (a register that rules ask for is missing or too old), 2 it could not be done.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from audit.entry import Json
from audit.instants import rfc3339
from consent.references import ContactReference
from consent.registers.models import EXCLUSIONS, LISTS
from consent.registers.profiles import profile_of
from consent.registers.reading import Format
from consent.registers.records import Wanted
from consent.registers.requests import DropRegister
from policies.errors import NotAnInstant
from policies.instants import parse_instant
from policies.registers.looks import DENYING, FindListed, ListRegisters, Standing
from server.service import Service
from server.terminal import ACTOR, AsJson, TenantId, fail, show, show_all, with_service

app = typer.Typer(no_args_is_help=True, help="Registers: public lists that rules ask for.")

_CHUNK = 1024 * 1024
WithinDays = Annotated[int, typer.Option(min=0, help="How many days before it is too old a load is called due.")]


@app.command("load")
def load(
    register: Annotated[str, typer.Argument(metavar="NAME", help="As rules name it: robinson, tps, us-dnc.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="One number a line, or CSV.")],
    tenant: TenantId,
    as_of: Annotated[str, typer.Option(help="When the list was drawn: a day, or an instant with its offset.")],
    country: Annotated[str | None, typer.Option(help="Of numbers written as at home, such as ES.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="Name or place from 1; several are joined to one number.")
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="Between columns; else that of the first line.")] = None,
    header: Annotated[bool | None, typer.Option(help="Whether the first line names the columns.")] = None,
    comment: Annotated[str, typer.Option(help="With which lines begin that say nothing.")] = "#",
    lists: Annotated[str | None, typer.Option(help="What it means to be listed: exclusions or consents.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Take a list that seems broken, or is older.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be loaded, and load nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Takes in a register's file, and puts it in the place of the load before at once; nothing of it is kept but keyed hashes."""
    known = profile_of(register)
    if lists not in (None, *LISTS):
        fail(f"--lists is {' or '.join(LISTS)}.")
    if delimiter is not None and len(delimiter) != 1:
        fail("--delimiter is one character; for a tab write $'\\t'.")
    form = Format(country or known.country, tuple(column or known.columns), delimiter, header, comment[:1])
    wanted = Wanted(tenant, ACTOR, register, _instant(as_of), lists or known.lists or EXCLUSIONS, form.country, force)

    async def run(service: Service) -> dict[str, object]:
        if dry_run:
            return dict(await service.registers.try_out(wanted, form, _parts(file)))
        return dict((await service.registers.load(wanted, form, _parts(file))).answer)

    show(with_service(run)[1], as_json=as_json)


@app.command("list")
def show_registers(tenant: TenantId, within_days: WithinDays = 7, as_json: AsJson = False) -> None:
    """Lists the registers that are loaded or that rules ask for, and says which will soon be too old."""
    found = _standings(tenant, within_days)
    show_all([dict(each.to_json()) if as_json else _row(each) for each in found], as_json=as_json)


@app.command("check")
def check(
    tenant: TenantId,
    phone: Annotated[str | None, typer.Option(help="Say which registers a number stands in, too.")] = None,
    within_days: WithinDays = 0,
    only_loaded: Annotated[
        bool, typer.Option("--only-loaded", help="Say nothing of those that were never loaded.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Says which registers need to be loaded; exit code 1 if any does: for a job that runs daily."""
    found = [each for each in _standings(tenant, within_days) if each.load is not None or not only_loaded]
    wrong = [each for each in found if each.state in (*DENYING, "due")]
    answer: dict[str, object] = {each.register: each.warning if not as_json else each.to_json() for each in wrong}
    if phone is not None:
        look = FindListed(tenant, ContactReference.phone(phone))
        listed = with_service(lambda service: service.reader.read(look))[1]
        answer["listed"] = (
            dict(listed) if as_json else ", ".join(f"{name} {said}" for name, said in _said(listed)) or "unknown"
        )
    show(answer or {"registers": "all are loaded and young enough"}, as_json=as_json)
    if wrong:
        raise typer.Exit(1)


@app.command("drop")
def drop(register: Annotated[str, typer.Argument(metavar="NAME")], tenant: TenantId, as_json: AsJson = False) -> None:
    """Has a register not be loaded any more: whatever rule asks for it denies."""
    request = DropRegister(tenant, ACTOR, register)
    show(dict(with_service(lambda service: service.registers.drop(request))[1].answer), as_json=as_json)


def _standings(tenant: TenantId, within_days: int) -> list[Standing]:
    look = ListRegisters(tenant, timedelta(days=within_days))
    return with_service(lambda service: service.reader.read(look))[1]


def _said(listed: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    for name, said in listed.items():
        yield name, "yes" if isinstance(said, Mapping) and said["listed"] else "no"


def _row(standing: Standing) -> dict[str, object]:
    load = standing.load
    return {
        "register": standing.register,
        "state": standing.state,
        "as_of": None if load is None else rfc3339(load.as_of),
        "stale_at": None if standing.stale_at is None else rfc3339(standing.stale_at),
        "numbers": None if load is None else load.numbers,
        "warning": standing.warning,
    }


async def _parts(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as opened:
        while part := await asyncio.to_thread(opened.read, _CHUNK):
            yield part


def _instant(text: str) -> datetime:
    try:
        return parse_instant(f"{text}T00:00:00Z" if len(text) == len("2026-11-28") else text).astimezone(UTC)
    except NotAnInstant:
        fail(f"{text!r} is neither a day nor an instant: write 2026-11-28, or 2026-11-28T06:00:00+01:00.")
