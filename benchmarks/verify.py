"""
What verifying costs: verify.py and the engine of ``venia verify`` beside a bare loop of SHA-256, in one run.

    .venv/bin/python -m benchmarks.verify [--sizes 10000 100000 1000000] [--bytes 400 1500] [--view] [--personal]

The bare loop hashes the same entries, one by one, out of memory, and does nothing else.  The verifiers run as programs
of their own: their time includes Python's start, reading every file, every check, and the verdict.  Memory is that of
the largest process, and never told below what this program has itself, about 32 MB.  Bundles have no view unless it is
asked for; --personal gives every entry a personal field.
"""

import argparse
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from audit.checkpoint import Checkpoint
from audit.merkle import Edge, leaf_hash
from audit.note import Note
from audit.signing import LogKey
from audit.tiles import WIDTH, pack_entries, tile_path
from audit.verifying import Expected
from audit.verifying import verify as verify_bundle

ORIGIN = "venia.example/t/abcdefghijklmnopqrstuvwx"
KEY = LogKey.from_secret(b"benchmark".ljust(32), ORIGIN)
VERIFIER = Path(__file__).parents[1] / "audit" / "verifier.py"
SAMPLE = 100_000  # entries that the bare loop hashes
ROUNDS = 3


def bodies(size: int, length: int, *, personal: bool) -> Iterator[bytes]:
    """A log's entries, each of so many bytes."""
    previous = bytes(32)
    field = f',"sd":["{"d" * 43}"]' if personal else ""
    for index in range(size):
        link = base64.b64encode(previous).decode()
        seconds, micros = divmod(index, 1_000_000)
        at, event = f"2026-11-23T10:00:{seconds:02}.{micros:06}Z", f"01936c5e-0000-7000-8000-{index:012x}"
        head = f"venia-entry/v1\n{ORIGIN}\n{index}\n{link}\n{at}\n{event}\n"
        payload = f'{{"actor":"key:dialler","allow":true,"event":"call.decided"{field},"text":"'
        body = (head + payload).encode()
        body += b"x" * (length - len(body) - 3) + b'"}\n'
        previous = leaf_hash(body)
        yield body


def make(folder: Path, entries: Iterator[bytes], size: int, *, view: bool) -> float:
    """Writes the bundle tile by tile, as it would be unpacked; returns what the bare loop takes for its first entries."""
    edge, pin, files, sample = Edge(), folder / "pin", {}, []
    bundle = folder / "bundle"
    (bundle / "view").mkdir(parents=True)
    with (bundle / "view/entries.jsonl").open("wb") as lines:
        for first in range(0, size, WIDTH):
            tile = [next(entries) for _ in range(min(WIDTH, size - first))]
            sample += tile[: max(0, SAMPLE - len(sample))]
            for body in tile:
                edge = edge.push(leaf_hash(body))
                if view:
                    _, _, index, _, at, event, payload, _ = body.decode().split("\n")
                    lines.write(
                        f'{{"index":{index},"recorded_at":"{at}","event_id":"{event}","payload":{payload}}}\n'.encode()
                    )
            files[tile_path("entries", first // WIDTH, len(tile))] = pack_entries(tile)
            _write(bundle, files)
            if first == 0:
                pin.write_bytes(signed(edge))
    (bundle / "checkpoint").write_bytes(signed(edge))
    (bundle / "manifest.json").write_bytes(manifest(bundle, size))
    return bare(sample)


def _write(bundle: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (bundle / name).parent.mkdir(parents=True, exist_ok=True)
        (bundle / name).write_bytes(content)
    files.clear()


def signed(edge: Edge) -> bytes:
    """A checkpoint of this tree."""
    text = Checkpoint(ORIGIN, edge.size, edge.root()).text()
    return Note(text, (KEY.sign(text),)).encode()


def manifest(bundle: Path, size: int) -> bytes:
    """What lists and signs the files."""
    listed = {}
    for path in bundle.rglob("*"):
        if path.is_file() and path.stat().st_size:
            listed[str(path.relative_to(bundle))] = hashlib.sha256(path.read_bytes()).hexdigest()
        elif path.is_file():
            path.unlink()
    told = {"version": "venia-bundle/v1", "kind": "full", "log": ORIGIN, "size": size, "from": 0, "to": size}
    told |= {"contact": None, "disclose": [], "asked_by": "benchmark", "asked_at": "2026-11-23T12:00:00Z"}
    told |= {"export": "0", "files": listed}
    text = f"venia-manifest/v1\n{ORIGIN}\n{hashlib.sha256(_line(told)).hexdigest()}\n"
    return _line({**told, "note": Note(text, (KEY.sign(text),)).encode().decode()})


def _line(told: object) -> bytes:
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def bare(entries: Sequence[bytes]) -> float:
    """Seconds for one entry in a loop that hashes and does nothing else; the best of some rounds."""
    times = []
    for _ in range(2 * ROUNDS):
        begin = time.perf_counter()
        for entry in entries:
            hashlib.sha256(entry).digest()
        times.append(time.perf_counter() - begin)
    return min(times) / len(entries)


def run(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and megabytes of a program that must succeed; the best of some rounds."""
    times, peak = [], 0
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        times.append(time.perf_counter() - begin)
        peak = max(peak, used.ru_maxrss)
        if process.returncode != 0:
            raise RuntimeError(f"{command} ended with {process.returncode}.")
    return min(times), peak / 1024


def engine(folder: Path, processes: int) -> int:
    """Verifies as ``venia verify`` does."""
    expected = Expected([KEY.verifier()], [("pin", (folder / "pin").read_bytes())])
    return verify_bundle(folder / "bundle", expected, processes=processes).code


def measure(size: int, length: int, processes: int, options: Sequence[str]) -> None:
    """Prints rows: entries in a second, how many times the bare loop's time that is, and the largest process."""
    with tempfile.TemporaryDirectory(prefix="venia-") as folder:
        ourselves = [sys.executable, "-m", "benchmarks.verify", "--folder", folder]
        # Made by another process, so that nothing of it is counted for those that this one starts.
        making = [*ourselves, "--make", "--sizes", str(size), "--bytes", str(length), *options]
        loop = float(subprocess.run(making, check=True, capture_output=True, text=True).stdout)
        paths = [f"{folder}/bundle", KEY.verifier(), "--pin", f"{folder}/pin"]
        programs = {"verify.py": [sys.executable, "-I", str(VERIFIER), *paths]}
        for number in (1, processes):
            programs[f"engine, {number} process(es)"] = [*ourselves, "--engine", "--processes", str(number)]
        for name, command in programs.items():
            seconds, megabytes = run(command)
            print(
                f"{size:>9} {length:>6} {1 / loop:>10.0f}   {name:<21} {size / seconds:>10.0f} "
                f"{seconds / size / loop:>7.2f} {megabytes:>6.0f}",
                flush=True,
            )


def main() -> None:
    """Measures, or makes or verifies a bundle on behalf of a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--bytes", type=int, nargs="+", default=[400, 1500])
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--view", action="store_true")
    parser.add_argument("--personal", action="store_true")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--engine", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.engine:
        sys.exit(engine(asked.folder, asked.processes))
    if asked.make:
        entries = bodies(asked.sizes[0], asked.bytes[0], personal=asked.personal)
        print(make(asked.folder, entries, asked.sizes[0], view=asked.view))
        return
    print(f"{'entries':>9} {'bytes':>6} {'bare/s':>10}   {'verifier':<21} {'entries/s':>10} {'x bare':>7} {'MB':>6}")
    options = [f"--{name}" for name in ("view", "personal") if getattr(asked, name)]
    for length in asked.bytes:
        for size in asked.sizes:
            measure(size, length, asked.processes, options)


if __name__ == "__main__":
    main()
