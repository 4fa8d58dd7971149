"""
Verifying a bundle with many processes, and the verdict as data.

Every check is that of ``audit.verifier``, the script that lies in the bundle; here its scan is cut into ranges of tiles,
which other processes read, and what they saw is joined in order.  So both reach the same verdict.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from audit import verifier
from audit.errors import BundleUnreadable
from audit.tiles import WIDTH, tile_path
from audit.verifier import Job, Seen

VERIFIED, BROKEN, NOT_RUN, WEAKER = 0, 1, 2, 3  # the exit codes
TILES = 64  # of 256 entries each, in one part
_LENGTH_BYTES = 2
_ONLY_IN_ENTRY = 12  # bytes by which an entry without its origin is longer than its line of the view
_NAMES = {VERIFIED: "verified", BROKEN: "not verified", WEAKER: "weaker than asked"}

Watch = Callable[[int, int], None]  # told how many entries are done, and of how many


@dataclass(frozen=True, slots=True)
class Finding:
    """Evidence that does not hold; ``index`` is the first entry concerned, None if it is about a file."""

    kind: str
    index: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said about a bundle; ``code`` is the exit code."""

    code: int
    entries: int
    findings: tuple[Finding, ...]
    weaknesses: tuple[str, ...]
    proven: tuple[str, ...]
    not_proven: tuple[str, ...]
    lines: tuple[str, ...]  # the same in words, as verify.py prints it

    def to_json(self) -> dict[str, object]:
        """The verdict as a JSON document."""
        told = asdict(self)
        del told["lines"]
        return {"verdict": _NAMES[self.code], **told}


@dataclass(frozen=True, slots=True)
class Expected:
    """What the receiver of a bundle holds against it; keys are verifier keys as text, pins are (label, bytes)."""

    keys: Sequence[str]
    pins: Sequence[tuple[str, bytes]] = ()
    witnesses: Sequence[str] = ()
    quorum: int | None = None
    meta: Sequence[str] = ()
    disclosed: bool = False


def verify(
    folder: Path, expected: Expected, *, processes: int = 1, watch: Watch = lambda done, total: None, tiles: int = TILES
) -> Verdict:
    """
    The verdict on a bundle in a folder, by so many processes, each of which takes ``tiles`` tiles at a time.

    Raises BundleUnreadable when there is none or it cannot be read, ValueError for a key that is none.
    """
    keys, meta = verifier.read_keys(list(expected.keys)), verifier.read_keys(list(expected.meta))
    if not keys:
        raise ValueError("give the log's verifier key")
    witnesses = [verifier.read_key(text, 4) for text in expected.witnesses]
    try:
        with _pool(processes) as pool:
            spread = partial(_spread, pool, tiles, watch)
            report = verifier.verify(
                str(folder), keys, expected.pins, witnesses, expected.quorum, meta, expected.disclosed, spread
            )
    except OSError as error:
        raise BundleUnreadable(str(error)) from error
    except BrokenExecutor as error:
        raise BundleUnreadable("a process that was reading it was killed; try with fewer processes") from error
    return _verdict(report)


def _verdict(report: verifier.Report) -> Verdict:
    def marked(mark: str) -> tuple[str, ...]:
        return tuple(text for said, text in report.told if said == mark)

    findings = tuple(Finding(*each) for each in report.findings)
    lines = tuple(verifier.lines_of(report))
    return Verdict(report.code, report.entries, findings, marked("WEAK"), marked("PROVEN"), marked("NOT PROVEN"), lines)


@contextmanager
def _pool(processes: int) -> Iterator[Executor | None]:
    """Processes that are there before any thread is: a copy of a process with threads may wait for them for ever."""
    if processes == 1:
        yield None
        return
    pool = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork"))
    try:
        pool.submit(os.getpid).result()
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _spread(pool: Executor | None, tiles: int, watch: Watch, job: Job) -> Iterator[Seen]:
    """What was seen of each part of the job, in order; whoever has seen enough stops asking."""
    parts = list(cut(job, tiles))
    each_seen = map(verifier.scan, parts) if pool is None else pool.map(verifier.scan, parts)
    watch(0, job.size)
    for part, seen in zip(parts, each_seen, strict=True):
        yield seen
        watch(min(part.end * WIDTH, job.size), job.size)


def cut(job: Job, tiles: int) -> Iterator[Job]:
    """The job in parts of so many tiles; one part if it has none."""
    offset = job.view
    for begin in range(0, job.end, tiles) or [0]:
        end = min(begin + tiles, job.end)
        numbers = range(begin, end)
        pins = {number: job.pins[number] for number in numbers if number in job.pins}
        shown = frozenset(index for index in job.shown if begin * WIDTH <= index < end * WIDTH)
        yield job._replace(begin=begin, end=end, pins=pins, shown=shown, view=offset)
        if offset is not None:
            offset += sum(_view_bytes(job, number) for number in numbers)


def _view_bytes(job: Job, number: int) -> int:
    """How many bytes the view has for a tile: as many as its entries, but for what is the same in all of them."""
    first, end = number * WIDTH, min(number * WIDTH + WIDTH, int(job.size))
    folder, indices = Path(job.folder), range(max(first, job.low), min(end, job.high))
    whole = folder / tile_path("entries", number, end - first)
    if whole.is_file() and whole.stat().st_size:
        indices = range(first, end)
        bodies = whole.stat().st_size - _LENGTH_BYTES * (end - first)
    else:
        paths = [folder / f"entries/{index}" for index in indices]
        bodies = sum(path.stat().st_size for path in paths if path.exists())
    return bodies - len(indices) * (_ONLY_IN_ENTRY + len(bytes(job.origin)))
