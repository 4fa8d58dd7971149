"""
What commands share: the settings, a database, a running service, and how answers look in a terminal.
"""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, NoReturn, TypeVar
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from policies.errors import NotAnInstant
from policies.instants import parse_instant
from server.db import migrate
from server.embedded import EmbeddedPostgres
from server.service import Service, running
from server.settings import Settings, read_settings
from server.telemetry import configure_logging

T = TypeVar("T")
ACTOR = "cli"

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
TenantId = Annotated[UUID, typer.Option("--tenant", help="The tenant's id.")]


def read_the_settings() -> Settings:
    """The settings of this process's environment; logging is set up by them."""
    settings = read_settings(os.environ)
    configure_logging(level=settings.log_level, format=settings.log_format)
    return settings


@contextmanager
def database() -> Iterator[tuple[Settings, str]]:
    """The database that the settings name, or the embedded one: started if need be, and stopped by whoever did."""
    settings = read_the_settings()
    if settings.database_url is not None:
        yield settings, settings.database_url
        return
    server = EmbeddedPostgres(settings.home)
    try:
        yield settings, server.start()
    finally:
        server.stop()


async def in_service(settings: Settings, url: str, work: Callable[[Service], Awaitable[T]]) -> T:
    """What ``work`` returns, given the service running on this database."""
    async with running(settings, url) as service:
        return await work(service)


def with_service(work: Callable[[Service], Awaitable[T]]) -> tuple[Settings, T]:
    """The same on the database that the settings name, brought to the newest schema first."""
    with database() as (settings, url):
        migrate(url)
        return settings, asyncio.run(in_service(settings, url, work))


def show(answer: object, *, as_json: bool) -> None:
    """Prints an answer: a line for each of its fields, or JSON."""
    if as_json or not isinstance(answer, dict):
        typer.echo(json.dumps(answer, default=str))
        return
    for name, value in answer.items():
        typer.echo(f"{name}: {value if isinstance(value, str) else json.dumps(value, default=str)}")


def show_all(rows: Sequence[dict[str, object]], *, as_json: bool) -> None:
    """Prints rows: a table, or JSON."""
    if as_json:
        typer.echo(json.dumps(rows, default=str))
        return
    table = Table()
    for place, name in enumerate(rows[0] if rows else ("nothing yet",)):
        table.add_column(name, overflow="fold", no_wrap=place == 0)  # What a row is named by can be copied.
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console().print(table)


@contextmanager
def progress(doing: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, where that is a terminal; what it yields takes done and total."""
    console = Console(stderr=True)
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TextColumn(unit), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as shown:
        task = shown.add_task(doing, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def place(text: str | None) -> int | datetime | None:
    """A place in a log as people name it: an index, or an instant."""
    if text is None:
        return None
    try:
        return int(text) if text.isascii() and text.isdigit() else parse_instant(text)
    except NotAnInstant:
        fail(f"{text!r} is neither an index nor an instant: write 42, or 2026-11-23T08:00:00Z.")


def fail(sentence: str) -> NoReturn:
    """Says why it cannot be done, and ends with exit code 2."""
    typer.echo(f"venia: {sentence}", err=True)
    raise typer.Exit(2)
