"""
``venia policy replay``: does every recorded decision come out again as it was recorded?

Exit codes: 0 every decision does (or differs where the time zones or holidays of this machine are of another version than it
was made with, which is told apart), 1 one does not or cannot be made again, 2 it could not be done.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from audit.checking.values import as_object, as_objects
from audit.entry import Json
from audit.extracts import every_log, stretch
from policies.redeciding import Replayed
from policies.replaying import replay_log
from server.service import Service
from server.terminal import AsJson, TenantId, place, progress, show, with_service

_SHOWN = 20
_COUNTS = ("decisions", "same", "different", "by_version", "untold")


def replay(
    tenant: TenantId,
    first: Annotated[str | None, typer.Option("--from", help="Index, or instant, of the first entry.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Index, or instant, after the last entry.")] = None,
    as_json: AsJson = False,
) -> None:
    """
    Makes every recorded decision again, by the rules, facts and instant that it was made from, and compares.

    Exit code 0: all come out as recorded.  1: one does not, or cannot be made again.  2: it could not be done.
    """
    begin, stop = place(first), place(end)

    async def run(service: Service) -> list[tuple[str, Replayed]]:
        async with service.snapshots.of(tenant) as conn:
            if (begin, stop) == (None, None):
                logs = await every_log(conn, tenant)
            else:
                logs = [await stretch(conn, tenant, begin, stop)]
        with progress("replaying", "entries") as watch:
            return [(each.origin, await replay_log(service.snapshots, each, watch)) for each in logs]

    _, found = with_service(run)
    if as_json:
        show(_json(found), as_json=True)
    else:
        for log, each in found:
            if len(found) > 1:
                typer.echo(f"{log}:")
            _print(each.to_json())
    raise typer.Exit(0 if all(each.is_true for _, each in found) else 1)


def _json(found: Sequence[tuple[str, Replayed]]) -> dict[str, Json]:
    """Counts over all logs, and what was found in each."""
    told = [{"log": log, **each.to_json()} for log, each in found]
    sums = {name: sum(int(str(each[name])) for each in told) for name in _COUNTS}
    return {**sums, "logs": told}


def _print(told: Mapping[str, Json]) -> None:
    typer.echo(
        f"{told['decisions']} decisions: {told['same']} come out as recorded, {told['different']} do not, "
        f"{told['by_version']} were made with other time zones or holidays and differ, {told['untold']} cannot be made again"
    )
    for each in as_objects(told["differences"])[:_SHOWN]:
        typer.echo(f"  {_sentence(each)}")
    for each in as_objects(told["otherwise"])[:_SHOWN]:
        others = ", ".join(f"{v['of']} {v['then']}, here {v['now']}" for v in as_objects(each["versions"]))
        typer.echo(f"  {_sentence(each)} ({others})")
    for each in as_objects(told["troubles"])[:_SHOWN]:
        typer.echo(f"  {each['why']}")
    if int(str(told["different"])) + int(str(told["by_version"])) + int(str(told["untold"])) > _SHOWN:
        typer.echo("  --json shows up to a hundred of each.")


def _sentence(each: Mapping[str, Json]) -> str:
    recorded, found = as_object(each["recorded"]), as_object(each["found"])
    return f"entry {each['index']}: recorded is {_answer(recorded)}; by its rules and facts it is {_answer(found)}"


def _answer(told: Mapping[str, Json]) -> str:
    reasons = told["reasons"]
    named = ", ".join(f"{code} ({pack or 'rule set'}, {rule})" for code, pack, rule in reasons)  # type: ignore[union-attr,misc]  # A list of threes.
    return f"{told['decision']}" + (f": {named}" if named else "")
