"""
``venia retention``: for how long things are kept, and taking away what its time is over for.
"""

from typing import Annotated

import typer

from consent.retention import KINDS, MOST_DAYS, ReadRules, SetRetentionRule
from server.retention import Office, Run, carry_out, survey
from server.service import Service, clock
from server.terminal import ACTOR, AsJson, TenantId, fail, progress, show, show_all, with_service

app = typer.Typer(no_args_is_help=True, help="Retention: what is kept for how long.")


@app.command("rules")
def show_rules(tenant: TenantId, as_json: AsJson = False) -> None:
    """Lists for how many days each kind of thing is kept."""
    _, rules = with_service(lambda service: service.reader.read(ReadRules(tenant)))
    show_all([dict(each) for each in rules.to_json()], as_json=as_json)


@app.command("set")
def set_rule(
    tenant: TenantId,
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(KINDS)}.")],
    days: Annotated[int, typer.Argument(min=1, max=MOST_DAYS)],
    as_json: AsJson = False,
) -> None:
    """Says for how many days one kind of thing is kept."""
    if kind not in KINDS:
        fail(f"There is no kind {kind!r}. Choose from: {', '.join(KINDS)}.")
    request = SetRetentionRule(tenant, ACTOR, kind, days)
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


@app.command("show")
def show_plan(tenant: TenantId, as_json: AsJson = False) -> None:
    """Says what a run would take away now and why, and what keeps the log from being pruned further."""
    _run(tenant, dry=True, as_json=as_json)


@app.command("run")
def run(
    tenant: TenantId,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; say what would go.")] = False,
    as_json: AsJson = False,
) -> None:
    """Takes away what its time is over for; what a run that was killed has left is finished by the next one."""
    _run(tenant, dry=dry_run, as_json=as_json)


def _run(tenant: TenantId, *, dry: bool, as_json: bool) -> None:
    async def work(service: Service) -> dict[str, object]:
        office, asked = Office(service.journal, service.reader, service.snapshots), Run(tenant, ACTOR, clock())
        if dry:
            return dict((await survey(office, asked)).to_json())
        with progress("applying retention", "things") as watch:
            return dict((await carry_out(office, asked, watch)).answer)

    show(with_service(work)[1], as_json=as_json)
