"""
``venia policy``: rule packs looked at, tried and shown, before they bind anybody.

A pack is named by the name of one that ships (``es``) or by the path of a YAML file.  Exit codes: 0 in order, 1 not in
order, 2 it could not be done.
"""

import json
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import typer

from policies.catalogue import Source, builtin, builtin_names, for_suite, sources
from policies.errors import DocumentInvalid
from policies.linting import Finding, lint
from policies.pack import Pack
from policies.pack_schema import obligations_schema, pack_schema
from policies.rulebook import FindRules
from policies.ruleset import packs_of
from policies.showing import describe, describe_access, describe_obligation
from policies.trial import Report, run
from server import change_command
from server.service import clock
from server.terminal import AsJson, fail, show, show_all, with_service

app = typer.Typer(no_args_is_help=True, help="Rule packs: look at them, try them, show them, change what is in force.")
change_command.add_to(app)

Packs = Annotated[
    list[str] | None, typer.Argument(help="Names of packs that ship, or YAML files; none: all that ship.")
]


@app.command("list")
def list_packs(as_json: AsJson = False) -> None:
    """Lists the packs that ship."""
    packs = [builtin(name) for name in builtin_names()]
    rows: list[dict[str, object]] = [
        {
            "pack": each.name,
            "layer": each.layer,
            "title": each.title,
            "rules": len(each.rules) + _access(each),
            "obligations": len(each.obligations),
        }
        for each in packs
    ]
    show_all(rows, as_json=as_json)


@app.command("lint")
def lint_packs(
    packs: Packs = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail, too.")] = False,
    beside: Annotated[list[str] | None, typer.Option(help="A pack enforced together with these, repeatable.")] = None,
    as_json: AsJson = False,
) -> None:
    """Says what is wrong or odd with packs, every problem at once, with its line."""
    read, problems = _read(packs or builtin_names())
    above, more = _read(beside or ())
    findings = [*problems, *more, *lint(read, clock(), above)]
    if as_json:
        typer.echo(json.dumps([_row(each) for each in findings]))
    else:
        for each in findings:
            typer.echo(f"{each.pack}:{each.line or ''} {each.level}: {each.sentence}")
        typer.echo(_summary(len(read), findings), err=True)
    fails = {"error", "warning"} if strict else {"error"}
    raise typer.Exit(1 if any(each.level in fails for each in findings) else 0)


@app.command("test")
def try_packs(packs: Packs = None, as_json: AsJson = False) -> None:
    """Tries the cases beside packs, and says of every rule which answers were seen, of every obligation whether it was."""
    read, problems = _read(packs or builtin_names())
    reports = [(source, _tried(source, read)) for source in read]
    if as_json:
        typer.echo(json.dumps([_report(source.pack, report) for source, report in reports]))
    else:
        for source, report in reports:
            _print_report(source.pack, report)
        for each in problems:
            typer.echo(f"{each.pack}:{each.line or ''} {each.level}: {each.sentence}")
    whole = all(report is not None and report.passed and not report.untried(s.pack.name) for s, report in reports)
    raise typer.Exit(0 if whole and not problems else 1)


@app.command("show")
def show_pack(
    pack: Annotated[str | None, typer.Argument(help="A pack that ships, or a YAML file.")] = None,
    tenant: Annotated[UUID | None, typer.Option(help="Show the rules that this tenant has active instead.")] = None,
    as_json: AsJson = False,
) -> None:
    """Shows every rule and obligation of a pack, or of a tenant: what it asks, of which calls, since when, and on what it rests."""
    if (pack is None) == (tenant is None):
        fail("Name a pack, or a tenant with --tenant.")
    if tenant is not None:
        _show_active(tenant, as_json=as_json)
        return
    read, problems = _read([pack or ""])
    if problems:
        fail("; ".join(f"line {each.line}: {each.sentence}" for each in problems))
    _show(read[0].pack, as_json=as_json)


@app.command("schema")
def print_schema(
    obligations: Annotated[
        bool, typer.Option("--obligations", help="Of what an allow asks of its caller instead.")
    ] = False,
) -> None:
    """Prints the JSON Schema of a pack, for editors; or that of obligations, for callers."""
    typer.echo(json.dumps(obligations_schema() if obligations else pack_schema(), indent=2))


def _read(named: Sequence[str]) -> tuple[list[Source], list[Finding]]:
    """The packs that can be used, and every problem of those that cannot."""
    read: list[Source] = []
    problems: list[Finding] = []
    for name in named:
        try:
            read += sources([name])
        except DocumentInvalid as invalid:
            problems += (
                Finding(name, each.line, "error", f"{each.path or 'document'}: {each.sentence}")
                for each in invalid.problems
            )
        except (OSError, UnicodeDecodeError) as error:
            fail(f"{name} cannot be read: {error}")
    return read, problems


def _row(each: Finding) -> dict[str, object]:
    return {"pack": each.pack, "line": each.line, "level": each.level, "sentence": each.sentence}


def _summary(packs: int, findings: Sequence[Finding]) -> str:
    counted = {level: sum(each.level == level for each in findings) for level in ("error", "warning", "note")}
    return f"{packs} {'pack' if packs == 1 else 'packs'}: " + ", ".join(
        f"{count} {level}{'' if count == 1 else 's'}" for level, count in counted.items()
    )


def _tried(source: Source, read: Sequence[Source]) -> Report | None:
    try:
        return run(source.suite, for_suite(source.suite, read)) if source.suite else None
    except DocumentInvalid as invalid:
        fail(str(invalid))


def _report(pack: Pack, report: Report | None) -> dict[str, object]:
    if report is None:
        return {"pack": pack.name, "cases": 0, "failed": [], "untried": ["there are no cases"]}
    failed = [{"case": each.name, "differences": each.differences} for each in report.results if not each.passed]
    return {"pack": pack.name, "cases": len(report.results), "failed": failed, "untried": report.untried(pack.name)}


def _print_report(pack: Pack, report: Report | None) -> None:
    told = _report(pack, report)
    typer.echo(f"{pack.name}: {told['cases']} cases")
    for each in report.results if report else ():
        if not each.passed:
            typer.echo(f"  FAILED {each.name}: {'; '.join(each.differences)}")
    for (owner, rule, variant), seen in sorted(report.coverage.items()) if report else ():
        if owner == pack.name:
            marks = " ".join(answer for answer in ("passed", "failed", "unknown") if answer in seen)
            never = [answer for answer in ("passed", "failed", "unknown") if answer not in seen]
            typer.echo(f"  {rule} ({variant}): {marks}" + (f"; never {', '.join(never)}" if never else ""))
    for (owner, obligation, variant), given in sorted(report.given.items()) if report else ():
        if owner == pack.name:
            typer.echo(f"  {obligation} ({variant}): {'given' if given else 'never given'}")


def _show(pack: Pack, *, as_json: bool) -> None:
    if as_json:
        typer.echo(pack.content.decode())
        return
    show({"pack": pack.name, "title": pack.title, "layer": pack.layer, "hash": pack.hash}, as_json=False)
    if pack.countries:
        typer.echo(f"countries: {' '.join(sorted(pack.countries))}")
    for purpose in pack.purposes:
        typer.echo(f"\npurpose {purpose.name} ({purpose.category}): {purpose.title}")
        for locale, words in sorted(purpose.wording.items()):
            typer.echo(f"  {locale}: {words}")
    for rule in pack.rules:
        typer.echo(f"\n{rule.id} ({rule.kind}, {rule.basis})")
        for line in describe(rule):
            typer.echo(f"  {line}")
    for owed in pack.obligations:
        typer.echo(f"\n{owed.id} (obligation, {owed.basis})")
        for line in describe_obligation(owed):
            typer.echo(f"  {line}")
    _show_access(pack)


def _show_access(pack: Pack) -> None:
    for about in pack.access.rules if pack.access else ():
        typer.echo(f"\n{about.id} (access)")
        for line in describe_access(about):
            typer.echo(f"  {line}")


def _access(pack: Pack) -> int:
    return len(pack.access.rules) if pack.access else 0


def _show_active(tenant: UUID, *, as_json: bool) -> None:
    _, rules = with_service(lambda service: service.reader.read(FindRules(tenant)))
    packs = packs_of(rules.content)
    if as_json:
        written = [json.loads(pack.content) for pack in packs]
        typer.echo(json.dumps({"rule_set": rules.hash, "packs": list(rules.packs), "written": written}))
        return
    show({"rule_set": rules.hash, "packs": list(rules.packs)}, as_json=False)
    for pack in packs:
        typer.echo("")
        _show(pack, as_json=False)
