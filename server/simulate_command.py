"""
``venia policy simulate``: other rules tried on the calls of the past, in this process.

Exit codes: 0 the report is there, 2 it could not be made, or it was cancelled.
"""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID, uuid4

import orjson
import typer

from audit.exporting.archive import Draft
from audit.extracts import stretch
from policies.catalogue import builtin_names, sources
from policies.changes.looks import FindChange
from policies.errors import DocumentInvalid
from policies.pack import Pack
from policies.ruleset import RuleSet, compile_rules
from policies.simulating.candidates import published
from policies.simulating.errors import SimulationUnknown
from policies.simulating.page import page
from policies.simulating.records import CLOSED_LOOP, POINT, READY, Simulation
from policies.simulating.requests import CancelSimulation, FindSimulation, Range, RequestSimulation
from policies.simulating.worker import Simulator
from server.db import migrate
from server.service import Service
from server.simulations import half_the_processors, simulator_of
from server.terminal import ACTOR, AsJson, TenantId, database, fail, in_service, place, progress, show

MODES = (POINT, CLOSED_LOOP)
ASSUMED = ("unknown", "unanswered", "connected")


def simulate(
    packs: Annotated[
        list[str] | None, typer.Argument(help="Names of packs that ship, or YAML files: all of the rules to try.")
    ] = None,
    *,
    tenant: TenantId,
    rule_set: Annotated[
        str | None, typer.Option(help="Instead of packs, a rule set of the tenant by its hash.")
    ] = None,
    change: Annotated[UUID | None, typer.Option(help="Instead of packs, what a change would put in force.")] = None,
    mode: Annotated[
        str,
        typer.Option(help="point: each decision on its recorded facts; closed_loop: what is denied did not happen."),
    ] = POINT,
    assume: Annotated[
        str, typer.Option(help="In a closed loop, how newly allowed calls ended: unknown, unanswered or connected.")
    ] = ASSUMED[0],
    first: Annotated[str | None, typer.Option("--from", help="Index, or instant, of the first entry.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Index, or instant, after the last entry.")] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, max=64, help="How many work on it; by default half the processors.")
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the report as a page to print.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tries other rules on recorded decisions and reports what would change; Ctrl-C cancels.  The log tells of the report."""
    if sum((bool(packs), rule_set is not None, change is not None)) != 1:
        fail("name the packs to try, or a rule set with --rule-set, or a change with --change.")
    if mode not in MODES or assume not in ASSUMED:
        fail(f"--mode is {' or '.join(MODES)}, --assume is {', '.join(ASSUMED[:-1])} or {ASSUMED[-1]}.")
    named = _named(packs or ())
    begin, stop = place(first), place(end)

    async def run(service: Service) -> tuple[Simulation, bytes | None]:
        tried = rule_set if change is None else await _candidate(service, tenant, change)
        candidate = compile_rules(named) if tried is None else await published(service.snapshots, tenant, tried)
        async with service.snapshots.of(tenant) as conn:
            within = await stretch(conn, tenant, begin, stop)
        span = Range(within.origin, within.first, within.end)
        wanted = _wanted(tenant, candidate, mode, assume, span)
        async with simulator_of(service, url, processes or half_the_processors()) as simulator:
            return await _run(service, simulator, wanted)

    with database() as (settings, url):
        migrate(url)
        try:
            simulation, content = asyncio.run(in_service(settings, url, run))
        except KeyboardInterrupt:
            fail("cancelled.")
    if simulation.state != READY or content is None or simulation.report_hash is None:
        fail(simulation.detail or f"the simulation is {simulation.state}.")
    _tell(orjson.loads(content), simulation.report_hash, html, as_json=as_json)


async def _candidate(service: Service, tenant: UUID, change: UUID) -> str:
    return str((await service.reader.read(FindChange(tenant, change)))["candidate"])


def _named(packs: Sequence[str]) -> list[Pack]:
    try:
        return [each.pack for each in sources(packs)]
    except DocumentInvalid as error:
        fail(str(error))
    except (OSError, UnicodeDecodeError) as error:
        fail(f"a pack cannot be read: {error}. Those that ship: {', '.join(builtin_names())}.")


def _wanted(tenant: UUID, candidate: RuleSet, mode: str, assume: str, within: Range) -> RequestSimulation:
    return RequestSimulation(tenant, ACTOR, candidate.hash, candidate.content, mode, assume, within, id=uuid4())


async def _run(service: Service, simulator: Simulator, wanted: RequestSimulation) -> tuple[Simulation, bytes | None]:
    """Records that it was asked for, and runs it; nobody else can, since its lock is held before it is there."""
    async with simulator.hold(wanted.tenant, wanted.id) as held:
        if held is None:  # Its id is random, so that nobody can have taken it but by an accident that never happens.
            raise SimulationUnknown
        await service.journal.write(wanted)
        try:
            with progress("trying", "decisions") as watch:
                await simulator.run(held, watch)
        except asyncio.CancelledError:
            await service.journal.write(CancelSimulation(wanted.tenant, ACTOR, wanted.id))
            raise
    found = await service.reader.read(FindSimulation(wanted.tenant, wanted.id))
    return found, await simulator.report(wanted.tenant, wanted.id)


def _tell(report: Mapping[str, Any], report_hash: str, html: Path | None, *, as_json: bool) -> None:  # Any: JSON.
    if html is not None:
        try:
            with Draft(html) as draft:
                draft.file.write(page(report, report_hash).encode())
                draft.finish()
        except OSError as error:
            fail(f"{html} cannot be written: {error.strerror}.")
    if as_json:
        show({"report": report, "report_hash": report_hash}, as_json=True)
        return
    for line in _lines(report):
        typer.echo(line)
    typer.echo(f"report {report_hash}")


def _lines(report: Mapping[str, Any]) -> list[str]:  # Any: JSON as `report_of` makes it.
    matrix, lost = report["matrix"], report["lost_calls"]
    unsure = sum(n for one, row in matrix.items() for other, n in row.items() if "unsure" in (one, other))
    head = (
        f"{report['decisions']} decisions: {matrix['allow']['allow'] + matrix['deny']['deny']} stay, "
        f"{matrix['allow']['deny']} allowed ones would be denied, {matrix['deny']['allow']} denied ones allowed, "
        f"{unsure} cannot be told for sure, {report['untold']['decisions']} cannot be read"
    )
    lines = [head]
    for name, title in (("allow_to_deny", "denied for"), ("deny_to_allow", "no longer denied for")):
        lines += [f"  {title} {each['code']}: {each['decisions']}" for each in report["changes"][name]["by_code"]]
    lines.append(f"{lost['calls']} calls would have been lost, {lost['connected']} of which somebody answered")
    people = report["contacts"]
    lines.append(f"people affected: {people['affected']}; decisions about the most affected: {people['most_changes']}")
    if report["base"]["rule_set"] == report["candidate"]["rule_set"]:
        lines.append("these are the rules in force: nothing was compared with anything else")
    lines += [f"  unsure of the {each['of']}: {each['why']}, {each['decisions']}" for each in report["unsure"]]
    return lines
