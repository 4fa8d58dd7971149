"""
``venia fsck``: is every row what the log says, and if not, make it so.
"""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Annotated
from uuid import UUID

import typer

from audit.checking.rows import LOST, OTHER
from audit.checking.values import as_object, as_objects
from audit.entry import Json
from server.administration import list_tenants
from server.db import migrate, repair_engine
from server.repair import Bench, run_check, run_repair
from server.service import Service, clock
from server.terminal import AsJson, database, fail, in_service, progress, show

_SHOWN = 20


def fsck(
    tenant: Annotated[UUID | None, typer.Option("--tenant", help="One tenant only; by default all.")] = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="Everything, not only what came after the last verified checkpoint.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make rows again from the log where they differ; never the log.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """
    Rebuilds every row that follows from the log and compares: people, holds, answers, heads, tiles.

    Killed, it goes on where it was.  Exit code 0: everything is as the log says.  1: it is not.  2: it could not be done.
    """
    with database() as (settings, url):
        migrate(url)
        reports = asyncio.run(
            in_service(settings, url, partial(_all, url=url, tenant=tenant, deep=deep, repair=repair))
        )
    if as_json:
        show(reports, as_json=True)
    else:
        for report in reports:
            _print(report)
    raise typer.Exit(1 if any(each["differences"] for each in reports) else 0)


async def _all(
    service: Service, *, url: str, tenant: UUID | None, deep: bool, repair: bool
) -> list[Mapping[str, Json]]:
    known = [row.id for row in await list_tenants(service.journal_engine)]
    if tenant is not None and tenant not in known:
        fail(f"There is no tenant {tenant}.")
    repairs = repair_engine(url)
    bench = Bench(service.snapshots, service.ring, service.journal_engine, repairs, clock)
    run = run_repair if repair else run_check
    try:
        with progress("checking", "entries") as watch:
            checks = [await run(bench, each, deep=deep, watch=watch) for each in ([tenant] if tenant else known)]
    finally:
        await repairs.dispose()
    return [each.to_json() for each in checks]


def _print(report: Mapping[str, Json]) -> None:
    """A line for the tenant, and one for each difference, as far as they are few."""
    found = as_objects(report["found"])
    how = "everything" if report["deep"] else f"from entry {as_object(report['from'])['entry']}"
    how += ", where a killed check left off" if report["resumed"] else ""
    typer.echo(
        f"{report['tenant']}: {report['entries']} entries, {report['people']} people ({how}): {_verdict(report)}"
    )
    for each in found[:_SHOWN]:
        typer.echo(f"  {_sentence(each)}")
    left = int(str(report["differences"])) - len(found[:_SHOWN])
    if left > 0:
        typer.echo(f"  and {left} more; --json shows up to a thousand.")


def _verdict(report: Mapping[str, Json]) -> str:
    mended = f"{report['repaired']} rows repaired, " if report.get("repaired") else ""
    if report["damage"] is not None:
        return (
            f"THE LOG IS DAMAGED. {report['damage']} Nothing is repaired by it: restore a backup, keep this database."
        )
    differences = report["differences"]
    return f"{mended}every row is as the log says" if not differences else f"{mended}{differences} differences"


def _sentence(difference: Mapping[str, Json]) -> str:
    """One difference in words; what an entry tells is named by its index."""
    row = f"{difference['table']} {difference['row']}"
    by = "" if difference["entry"] is None else f" (entry {difference['entry']})"
    why = "" if difference["why"] is None else f": {difference['why']}"
    if difference["expected"] != difference["found"] and difference["kind"] in (OTHER, LOST):
        lost = ", and cannot be made again" if difference["kind"] == LOST else ""
        said = f"{difference['column']} is {difference['found']!r}, must be {difference['expected']!r}"
        return f"{row}: {said}{lost}{by}{why}"
    if difference["kind"] == OTHER:  # What is sealed is not shown.
        return f"{row}: {difference['column']} is not what the entry commits to{by}{why}"
    words = {"missing": "is missing", "extra": "is told of by no entry", "lost": "cannot be made again"}
    return f"{row} {words[str(difference['kind'])]}{by}{why}"
