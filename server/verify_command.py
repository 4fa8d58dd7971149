"""
``venia verify``: verifies an evidence bundle, on any machine, without a service or a network.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from audit.errors import BundleUnreadable
from audit.unpacking import opened
from audit.verifying import NOT_RUN, Expected, Verdict, Watch
from audit.verifying import verify as verify_bundle
from server.terminal import fail


def verify(
    bundle: Annotated[Path, typer.Argument(help="The ZIP, or the folder it was unpacked to.")],
    key: Annotated[list[str], typer.Option(help="The log's verifier key, and older ones of it, repeatable.")],
    pin: Annotated[list[Path] | None, typer.Option(help="An earlier checkpoint that you kept, repeatable.")] = None,
    witness: Annotated[list[str] | None, typer.Option(help="Verifier key of a witness, repeatable.")] = None,
    quorum: Annotated[
        int | None, typer.Option(min=0, help="How many of these must have cosigned; all if not said.")
    ] = None,
    meta: Annotated[list[str] | None, typer.Option(help="Verifier key of the meta-log.")] = None,
    disclosed: Annotated[
        bool, typer.Option("--disclosed", help="Every personal field must be shown or erased.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    processes: Annotated[int, typer.Option(min=0, help="How many processes; 0 is one for each processor.")] = 0,
) -> None:
    """Verifies a bundle.  Exit code 0: verified, 1: tampering, 2: could not run, 3: weaker than asked."""
    try:
        pins = [(f"--pin {path}", path.read_bytes()) for path in pin or ()]
        expected = Expected(key, pins, witness or (), quorum, meta or (), disclosed)
        with opened(bundle) as folder, _bar() as watch:
            verdict = verify_bundle(folder, expected, processes=processes or os.cpu_count() or 1, watch=watch)
    except (BundleUnreadable, ValueError, OSError) as error:
        _not_run(str(error), as_json=as_json)
    _show(verdict, as_json=as_json)
    raise typer.Exit(verdict.code)


@contextmanager
def _bar() -> Iterator[Watch]:
    """A bar on the terminal for whoever watches; nothing where errors go to a file."""
    console = Console(stderr=True)
    columns = (TextColumn("verifying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = progress.add_task("verifying", total=None)

    def watch(done: int, total: int) -> None:
        progress.start()  # Only now: a thread must not be there when the processes are made.
        progress.update(task, completed=done, total=total)

    try:
        yield watch
    finally:
        progress.stop()


def _show(verdict: Verdict, *, as_json: bool) -> None:
    lines: Sequence[str] = [json.dumps(verdict.to_json())] if as_json else verdict.lines
    for line in lines:
        typer.echo(line)


def _not_run(why: str, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"verdict": "could not run", "code": NOT_RUN, "why": why}))
        raise typer.Exit(NOT_RUN)
    fail(why)
