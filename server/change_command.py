"""
``venia policy draft|approve|activate|trial|withdraw|rollback|changes|in-force``: how a tenant's rules change, from a terminal.

Every step is entered under ``cli:NAME``, the officer who takes it; whoever drafted a change cannot approve it.  Exit codes:
0 done, 1 refused, 2 it could not be done.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn
from uuid import UUID

import typer

from audit.errors import Refused
from audit.work import Request
from policies.changes.checks import checked
from policies.changes.drafting import OwnPack, assembled
from policies.changes.errors import ChecksFailed
from policies.changes.looks import FindBase, FindInForce, ListChanges
from policies.changes.requests import ActivateChange, ApproveChange, DraftChange, StepBack, TryChange, WithdrawChange
from policies.errors import NotAnInstant
from policies.instants import parse_instant
from policies.ruleset import packs_of
from server.service import Service
from server.terminal import ACTOR, AsJson, TenantId, fail, show, show_all, with_service

Officer = Annotated[str, typer.Option("--officer", help="Who takes this step; goes into the log for ever.")]
Why = Annotated[str, typer.Option("--reason", help="Why, in words that name nobody: the log keeps them for ever.")]
ChangeId = Annotated[UUID, typer.Argument(help="The change's id.")]


def draft(
    packs: Annotated[list[str], typer.Argument(help="Names of packs that ship, acme@3 in force, or YAML files.")],
    tenant: TenantId,
    officer: Officer,
    reason: Why,
    keep: Annotated[
        bool, typer.Option("--keep", help="The other packs in force stay; one of the same id is replaced.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Drafts another set of packs, once the linter finds no error and every case beside them passes."""
    named = [_own(Path(each)) if each.endswith((".yaml", ".yml")) else each for each in packs]

    async def write(service: Service) -> dict[str, object]:
        rules, now = await service.reader.read(FindBase(tenant))
        drafted = assembled(named, packs_of(rules.content), keep=keep)
        new = tuple(each.source.pack for each in drafted)
        wanted = DraftChange(tenant, _actor(officer), new, reason, checked(drafted, now), rules.hash)
        return dict((await service.journal.write(wanted)).answer)

    try:
        _, answer = with_service(write)
    except ChecksFailed as error:
        for fault in error.faults:
            typer.echo(f"{fault.pointer}: {fault.detail}", err=True)
        raise typer.Exit(1) from error
    except Refused as error:
        _refused(error)
    show(answer, as_json=as_json)


def approve(
    change: ChangeId,
    tenant: TenantId,
    officer: Officer,
    reason: Why,
    report: Annotated[str | None, typer.Option(help="The hash of the report of the change's simulation.")] = None,
    emergency: Annotated[bool, typer.Option("--emergency", help="Without a report; only what tightens.")] = False,
    as_json: AsJson = False,
) -> None:
    """Approves somebody else's change."""
    _write(ApproveChange(tenant, _actor(officer), change, reason, report, emergency), as_json=as_json)


def activate(
    change: ChangeId,
    tenant: TenantId,
    officer: Officer,
    reason: Why,
    at: Annotated[str | None, typer.Option(help="At this moment, such as 2026-12-01T00:00:00Z; else at once.")] = None,
    as_json: AsJson = False,
) -> None:
    """Puts an approved change in force."""
    _write(ActivateChange(tenant, _actor(officer), change, reason, _moment(at)), as_json=as_json)


def trial(
    change: ChangeId,
    tenant: TenantId,
    officer: Officer,
    reason: Why,
    percent: Annotated[int, typer.Option(min=0, max=100, help="Of the contacts; 0 only notes what it would say.")] = 0,
    end: Annotated[bool, typer.Option("--end", help="Ends the trial.")] = False,
    as_json: AsJson = False,
) -> None:
    """Asks a change's rules beside those in force."""
    _write(TryChange(tenant, _actor(officer), change, reason, None if end else percent), as_json=as_json)


def withdraw(change: ChangeId, tenant: TenantId, officer: Officer, reason: Why, as_json: AsJson = False) -> None:
    """Gives a change up that is not in force yet."""
    _write(WithdrawChange(tenant, _actor(officer), change, reason), as_json=as_json)


def rollback(tenant: TenantId, officer: Officer, reason: Why, as_json: AsJson = False) -> None:
    """Puts the rules that were in force before in force again."""
    _write(StepBack(tenant, _actor(officer), reason), as_json=as_json)


def changes(tenant: TenantId, as_json: AsJson = False) -> None:
    """Lists the latest changes, each with where it stands."""
    _, found = with_service(lambda service: service.reader.read(ListChanges(tenant)))
    shown = ("id", "state", "direction", "drafted_at", "drafted_by", "approved_by", "reason")
    rows: Sequence[dict[str, object]] = [dict(each) for each in found]
    show_all(rows if as_json else [{name: each[name] for name in shown} for each in rows], as_json=as_json)


def in_force(tenant: TenantId, as_json: AsJson = False) -> None:
    """Shows what is in force, before it, next and on trial."""
    try:
        _, found = with_service(lambda service: service.reader.read(FindInForce(tenant)))
    except Refused as error:
        _refused(error)
    show(dict(found), as_json=as_json)


def add_to(app: typer.Typer) -> None:
    """Gives the commands to ``venia policy``."""
    for command in (draft, approve, activate, trial, withdraw, rollback, changes):
        app.command(command.__name__)(command)
    app.command("publish", help="The same as draft.")(draft)
    app.command("in-force")(in_force)


def _write(request: Request, *, as_json: bool) -> None:
    try:
        _, written = with_service(lambda service: service.journal.write(request))
    except Refused as error:
        _refused(error)
    show(dict(written.answer), as_json=as_json)


def _refused(error: Refused) -> NoReturn:
    typer.echo(f"venia: {error}", err=True)
    raise typer.Exit(1)


def _actor(officer: str) -> str:
    if not (officer.isascii() and officer.replace("-", "").replace(".", "").isalnum() and len(officer) <= 64):
        fail("--officer is a short name of letters, digits, dots and hyphens, such as m.garcia.")
    return f"{ACTOR}:{officer}"


def _moment(at: str | None) -> datetime | None:
    try:
        return None if at is None else parse_instant(at)
    except NotAnInstant as error:
        fail(str(error))


def _own(path: Path) -> OwnPack:
    cases = path.with_suffix(f".tests{path.suffix}")
    try:
        return OwnPack(path.read_text("utf-8"), cases.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{path} and {cases} must both be there, in UTF-8: {error}.")
