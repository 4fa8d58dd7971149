"""
``venia check``: may this person be called, and who of a list may be?

Exit codes for one person: 0 allow, 1 deny, 2 it could not be decided.  For a list: 0 all were decided, 2 some were not.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, TypeAlias

import orjson
import typer

from audit.exporting.archive import Draft
from audit.exporting.people import csv_lines
from audit.instants import rfc3339
from consent.references import ContactReference
from consent.settings import SenderReference
from policies.checking import Check
from policies.gathering import Question
from policies.instants import parse_instant
from server.call_list_rows import PEOPLE, Rows
from server.call_lists import COLUMNS, CallList, Summary, Verdict, decide
from server.service import Service
from server.terminal import AsJson, TenantId, fail, progress, show, with_service

Write: TypeAlias = Callable[[bytes], object]


class Only(StrEnum):
    """The verdict that alone is written."""

    ALLOW = "allow"
    DENY = "deny"
    ERROR = "error"


def check(
    tenant: TenantId,
    sender: Annotated[str, typer.Option("--from", help="The sender's id.")],
    to: Annotated[str | None, typer.Option(help="The person's number in E.164 form.")] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Instead of --to, a list in CSV: phone, id or whatsapp_user_id; perhaps purpose, channel, technology "
            "and action, which come before the options.",
        ),
    ] = None,
    purpose: Annotated[str | None, typer.Option(help="One of the tenant's purposes.")] = None,
    channel: Annotated[str, typer.Option(help="whatsapp_call or voice.")] = "whatsapp_call",
    technology: Annotated[str, typer.Option(help="live, prerecorded or ai_voice.")] = "live",
    at: Annotated[str | None, typer.Option(help="An instant other than now.")] = None,
    output: Annotated[Path | None, typer.Option(help="The file for the list's verdicts, if not the screen.")] = None,
    only: Annotated[Only | None, typer.Option(help="Of the list's verdicts, these alone.")] = None,
    plan: Annotated[
        str | None, typer.Option(metavar="DAY", help="Also when on a day such as 2026-11-24; day and hours are UTC.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Says whether a call may be placed (1 when it may not), or who of a list may be called (2 when some are unclear)."""
    instant = parse_instant(at) if at else None
    if file is not None and to is None:
        usual = {"channel": channel, "technology": technology} | ({"purpose": purpose} if purpose else {})
        asked = CallList(tenant, sender, usual, instant, _day(plan) if plan else None)
        _check_list(asked, file, output, only, as_json=as_json)
    if to is None or file is not None:
        fail("say whom to check: --to for one person, --file for a list.")
    if purpose is None:
        fail("say what the call is for: --purpose.")
    if output or only or plan:
        fail("--output, --only and --plan are for a list: --file.")
    person, number = ContactReference.phone(to), SenderReference("id", sender)
    question = Question(person, number, purpose, channel, technology, "call.place")
    _check_one(Check(tenant, question, instant), as_json=as_json)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"{text!r} is no day: write one such as 2026-11-24.")


def _check_one(look: Check, *, as_json: bool) -> None:
    _, checked = with_service(lambda service: service.reader.read(look))
    if as_json:
        show(checked.decision.to_json(), as_json=True)
    else:
        typer.echo("allow" if checked.decision.allow else "deny")
        for reason in checked.decision.reasons:
            whose = reason.pack or ("wish" if reason.layer == "contact" else "rule set")
            retry = f", again at {rfc3339(reason.retry_at)}" if reason.retry_at else ""
            typer.echo(f"  {reason.code.value} ({whose}, {reason.rule}){retry}")
    raise typer.Exit(0 if checked.decision.allow else 1)


def _check_list(asked: CallList, file: Path, output: Path | None, only: Only | None, *, as_json: bool) -> NoReturn:
    # A bar between the rows of a table on the same screen helps nobody.
    bar = progress("Checking", "bytes") if output or not sys.stdout.isatty() else nullcontext(lambda done, total: None)
    with file.open("rb") as source, _written(output) as write, bar as watch:
        rows, size, summary = Rows(source), os.fstat(source.fileno()).st_size, Summary()
        if not set(PEOPLE) & set(rows.columns):
            fail(f"{file} has no column {', '.join(PEOPLE[:-1])} or {PEOPLE[-1]} in its first line.")
        if "purpose" not in {*rows.columns, *asked.usual}:
            fail("say what the calls are for: --purpose, or a column purpose.")

        async def run(service: Service) -> None:
            write(b"" if as_json else csv_lines([COLUMNS]))
            async for verdicts in decide(service.reader, asked, rows):
                summary.add(verdicts)
                write(_lines([each for each in verdicts if only in (None, each.verdict)], as_json=as_json))
                watch(source.tell(), size)

        with_service(run)
    for line in summary.lines():
        typer.echo(line, err=True)
    raise typer.Exit(2 if summary.verdicts["error"] else 0)


def _lines(verdicts: Sequence[Verdict], *, as_json: bool) -> bytes:
    if as_json:
        return b"".join(orjson.dumps(each.to_json()) + b"\n" for each in verdicts)
    return csv_lines([each.cells() for each in verdicts])


@contextmanager
def _written(output: Path | None) -> Iterator[Write]:
    """To the screen as it comes, or to a file that has its place when it is whole."""
    if output is None:
        yield lambda content: typer.echo(content.decode(), nl=False)
        return
    with Draft(output) as draft:
        yield draft.file.write
        draft.finish()
