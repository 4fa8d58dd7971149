"""
``venia consent import``: a file of consents and withdrawals, taken in by this process.

Exit codes: 0 every row is recorded, or was before; 1 some rows were refused or contradict what is known; 2 it could not be done.
"""

import asyncio
import gc
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeAlias
from uuid import UUID, uuid4

import orjson
import typer

from audit.exporting.archive import Draft
from audit.exporting.people import csv_lines
from audit.work import Idempotency
from consent.imports.api import verdicts_of
from consent.imports.edge import Source
from consent.imports.judging import CONFLICT, REFUSED, VERDICTS
from consent.imports.options import CSV, NDJSON, Options
from consent.imports.requests import BeginImport, Come, verdicts_json
from consent.imports.running import Importing, Taken, begun, bound
from consent.imports.trying import Trial
from server.service import Service
from server.suppressions_command import suppressions
from server.terminal import ACTOR, AsJson, TenantId, fail, progress, show, with_service

_PIECE = 256 * 1024
_NEW_OBJECTS = 500_000
_COLUMNS = ("row", "line", "verdict", "column", "detail", "contact", "entry")
_ENDINGS = {".csv": CSV, ".tsv": CSV, ".txt": CSV, ".ndjson": NDJSON, ".jsonl": NDJSON}

Told: TypeAlias = Mapping[str, Any]  # A verdict as JSON.
Tell: TypeAlias = Callable[[Sequence[bytes]], None]
app = typer.Typer(no_args_is_help=True, help="Consents and withdrawals in files, and who must not be called.")
app.command("suppressions")(suppressions)


class Format(StrEnum):
    """What a file is."""

    CSV = CSV
    NDJSON = NDJSON


class Only(StrEnum):
    """The verdict that alone is written."""

    RECORDED, HISTORY, DUPLICATE, CONFLICT, REFUSED = VERDICTS


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, or lines of JSON, in UTF-8.")],
    tenant: TenantId,
    form: Annotated[Format | None, typer.Option("--format", help="By default what the file's name says.")] = None,
    country: Annotated[str | None, typer.Option(help="Whose national numbers they are, as ES.")] = None,
    zone: Annotated[
        str | None, typer.Option(help="Where moments without an offset were written, as Europe/Madrid.")
    ] = None,
    mapped: Annotated[
        list[str] | None, typer.Option("--map", metavar="COLUMN=MEANING", help="Repeatable; nothing leaves it out.")
    ] = None,
    usual: Annotated[
        list[str] | None, typer.Option("--set", metavar="COLUMN=VALUE", help="For rows without one; repeatable.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say the same of each row, and write nothing.")] = False,
    anew: Annotated[bool, typer.Option("--anew", help="Judge every row of a file that was imported before.")] = False,
    output: Annotated[
        Path | None, typer.Option(help="A file for the verdicts: CSV, or lines of JSON by its name.")
    ] = None,
    only: Annotated[Only | None, typer.Option(help="Of the verdicts, these alone.")] = None,
    as_json: AsJson = False,
) -> None:
    """Records every row of a file that can be recorded, and says what became of each; killed, the same command goes on."""
    chosen = form.value if form is not None else _ENDINGS.get(file.suffix.lower())
    if chosen is None:
        fail(f"say what {file} is: --format csv or --format ndjson.")
    options = Options.read(chosen, country=country, zone=zone, mapped=mapped or (), usual=usual or ())
    if only is not None and output is None:
        fail("--only is about the verdicts in a file: --output.")
    job = _Job(file, tenant, options, f"cli-import:{uuid4() if anew else _digest_of(file)}")
    with _written(output, only) as tell:
        counts = job.attempt(tell) if dry_run else job.run(tell, to_file=output is not None)
    _finish(counts, dry_run=dry_run, as_json=as_json)


class _Job:
    """One file on its way in."""

    def __init__(self, file: Path, tenant: UUID, options: Options, key: str) -> None:
        self._file = file
        self._tenant = tenant
        self._options = options
        self._once = Idempotency(key, sha256(key.encode()).digest())
        self._size = file.stat().st_size
        self._is_away = False
        self._facts: dict[str, Any] = {}  # What entries say of where a row was read.

    def run(self, tell: Tell, *, to_file: bool) -> dict[str, int]:
        """Imports it; how often each verdict was given."""
        taken = Taken(self._options, Source(self._tenant, ACTOR, self._facts))

        async def work(service: Service) -> dict[str, int]:
            _spare_the_collector()
            with progress("Importing", "bytes") as watch:
                importing = Importing(
                    service.journal,
                    taken,
                    lambda digest: self._begin(service, digest),
                    watch=lambda rows, size: self._told(watch, size),
                    patience=None,
                    away=self._away,
                )
                written = await importing.run(_pieces(self._file))
            if to_file:
                async for lines in verdicts_of(service.snapshots, (self._tenant, UUID(str(written.answer["id"])))):
                    tell(lines.splitlines())
            counts: Any = written.answer["verdicts"]  # As `verdicts_json` makes them.
            return {"id": written.answer["id"], **counts}

        try:
            return with_service(work)[1]
        except KeyboardInterrupt:
            _interrupted(taken)

    def attempt(self, tell: Tell) -> dict[str, int]:
        """The same without writing anything."""
        taken = Taken(self._options, Source(self._tenant, ACTOR, {}))
        counts: Counter[str] = Counter()

        async def work(service: Service) -> dict[str, int]:
            with progress("Trying", "bytes") as watch:
                trial = Trial(service.reader, taken, lambda rows, size: watch(size, self._size))
                async for verdicts in trial.verdicts(_pieces(self._file)):
                    counts.update(each.verdict for each in verdicts)
                    tell([each.to_json() for each in verdicts])
            return {name: counts[name] for name in VERDICTS}

        return with_service(work)[1]

    async def _begin(self, service: Service, digest: bytes) -> Come:
        wanted = BeginImport(self._tenant, ACTOR, self._options.format, digest, bound(self._once, self._options))
        come = await begun(service.journal, service.reader, wanted)
        self._facts["import"] = str(come.import_.id)
        if come.import_.rows:
            typer.echo(f"{come.import_.rows} rows were recorded before; going on behind them", err=True)
        return come

    def _told(self, watch: Callable[[int, int], None], size: int) -> None:
        watch(size, self._size)
        if self._is_away:
            typer.echo("the database is back", err=True)
            self._is_away = False

    def _away(self, seconds: float) -> None:
        if not self._is_away:
            typer.echo(
                "the database is away; waiting for it (Ctrl-C ends, and the same command goes on later)", err=True
            )
            self._is_away = True


def _interrupted(taken: Taken) -> NoReturn:
    fail(f"interrupted after row {taken.rows}: what was recorded stays, and the same command goes on behind it.")


def _digest_of(file: Path) -> str:
    digest = sha256()
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


async def _pieces(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as opened:
        while piece := await asyncio.to_thread(opened.read, _PIECE):
            yield piece


def _spare_the_collector() -> None:
    """Batches leave no circles behind: looking for some after every 700 new objects costs a fifth of all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 100)


@contextmanager
def _written(output: Path | None, only: Only | None) -> Iterator[Tell]:
    """A file of verdicts that is there whole or not at all."""
    if output is None:
        yield lambda lines: None
        return
    is_table = output.suffix.lower() in (".csv", ".tsv", ".txt")
    with Draft(output) as draft:
        if is_table:
            draft.file.write(csv_lines([_COLUMNS]))

        def tell(lines: Sequence[bytes]) -> None:
            told = [orjson.loads(line) for line in lines] if is_table or only is not None else []
            if only is not None:
                told = [each for each in told if each["verdict"] == only.value]
            if is_table:
                draft.file.write(csv_lines([_cells(each) for each in told]))
            elif only is not None:
                draft.file.write(b"".join(orjson.dumps(each) + b"\n" for each in told))
            else:
                draft.file.write(b"".join(line + b"\n" for line in lines))

        yield tell
        draft.finish()


def _cells(told: Told) -> list[str]:
    return ["" if told[name] is None else str(told[name]) for name in _COLUMNS]


def _finish(counts: Mapping[str, Any], *, dry_run: bool, as_json: bool) -> NoReturn:  # JSON, as it is.
    numbers = [int(counts[name]) for name in VERDICTS]
    if as_json:
        show(
            {"id": counts.get("id"), "dry_run": dry_run, "rows": sum(numbers), "verdicts": verdicts_json(numbers)},
            as_json=True,
        )
    else:
        would = "would be " if dry_run else ""
        said = ", ".join(f"{number} {would}{name}" for name, number in zip(VERDICTS, numbers, strict=True) if number)
        typer.echo(f"{sum(numbers)} rows: {said or 'none'}")
    raise typer.Exit(1 if counts[CONFLICT] or counts[REFUSED] else 0)
