"""
Numbers in, sorted blocks of their digests out: in bounded memory, however many there are.

The process reads frames from standard input (four bytes of length, then so much of the file; a length of nothing ends it) and
writes to standard output one line of JSON that says what the file had, and, once asked by one byte more, the blocks.  Numbers are only ever in its memory;
what it puts aside are digests, in a file without a name.  Should whoever feeds it die, it ends, and nothing of it is left.
"""

import base64
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import IO, Any, Self

import orjson

from consent.registers.digests import HEAD, TAIL, WHOLE, bits_for, digest_of
from consent.registers.errors import RegisterColumnUnknown, RegisterNotText
from consent.registers.reading import FileReader, Format

FRAME = 4  # bytes of length before a frame
_PARTS = 256  # by the first byte of a digest
_HELD = 32 * 1024  # bytes of a part in memory
_PIECE = 1024 * 1024


class Mill:
    """One file on its way from lines to blocks."""

    def __init__(self, format: Format, key: bytes, folder: str | None = None) -> None:
        """``folder`` is where digests are put aside; None is the system's own."""
        self._reader = FileReader(format)
        self._key = key
        self._parts = [bytearray() for _ in range(_PARTS)]
        self._places: list[list[tuple[int, int]]] = [[] for _ in range(_PARTS)]
        self._aside: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  It lives as long as the mill.
        self._ground: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  The same.
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._aside.close()
        self._ground.close()

    def feed(self, chunk: bytes) -> None:
        """Takes in some of the file."""
        self._take(self._reader.feed(chunk))

    def finish(self) -> dict[str, Any]:  # Any: JSON.
        """What the file had; its blocks are ready to be asked for."""
        self._take(self._reader.finish())
        reader, told, kept = self._reader, sha256(), 0
        read = reader.lines - reader.unreadable
        bits = bits_for(read)
        for block in self._blocks(bits):
            framed = len(block).to_bytes(FRAME) + block
            told.update(framed)
            kept += len(block)
            self._ground.write(framed)
        self._ground.seek(0)
        return {
            "lines": reader.lines,
            "unreadable": reader.unreadable,
            "at": reader.at,
            "numbers": kept // TAIL,
            "duplicates": read - kept // TAIL,
            "bits": bits,
            "blocks": told.hexdigest(),
        }

    def ground(self) -> Iterator[bytes]:
        """The blocks of all buckets in order, each after its length; an empty one too."""
        while piece := self._ground.read(_PIECE):
            yield piece

    def _take(self, numbers: Iterator[str]) -> None:
        key, parts = self._key, self._parts
        for number in numbers:
            digest = digest_of(key, number)
            part = parts[digest[0]]
            part += digest
            if len(part) >= _HELD:
                self._put_aside(digest[0])

    def _put_aside(self, part: int) -> None:
        held = self._parts[part]
        self._aside.write(held)
        self._places[part].append((self._end, len(held)))
        self._end += len(held)
        held.clear()

    def _blocks(self, bits: int) -> Iterator[bytes]:
        self._aside.flush()
        shift, mask = 8 * HEAD - bits, (1 << (bits - 8)) - 1
        for part in range(_PARTS):
            # Digests that differ only in bits that no bucket is chosen by are one to whoever looks them up.
            buckets = [set[bytes]() for _ in range(mask + 1)]
            for digest in self._digests(part):
                buckets[(int.from_bytes(digest[:HEAD]) >> shift) & mask].add(digest[HEAD:])
            yield from (b"".join(sorted(tails)) for tails in buckets)

    def _digests(self, part: int) -> Iterator[bytes]:
        whole = b"".join(os.pread(self._aside.fileno(), length, start) for start, length in self._places[part])
        whole += self._parts[part]
        return (whole[start : start + WHOLE] for start in range(0, len(whole), WHOLE))


def main() -> None:
    """What happens in a process of its own, from its first frame to its last block."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever feeds it, who then says when to end.
    os.nice(10)  # Decisions come first.
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    try:
        _grind(source, sink)
    except RegisterNotText as error:
        _say(sink, {"refused": "not_text", "kind": error.kind})
    except RegisterColumnUnknown:
        _say(sink, {"refused": "column"})
    except Exception as error:  # noqa: BLE001  A traceback could quote a line of the file: its kind must do.
        _say(sink, {"refused": "broken", "kind": type(error).__name__})


def _grind(source: IO[bytes], sink: IO[bytes]) -> None:
    asked: Mapping[str, Any] = orjson.loads(_frame(source))  # Any: JSON.
    written = Format(**{**asked["format"], "columns": tuple(asked["format"]["columns"])})
    with Mill(written, base64.b64decode(asked["key"]), asked["folder"]) as mill:
        while chunk := _frame(source):
            mill.feed(chunk)
        _say(sink, mill.finish())
        if source.read(1):  # Else nobody wants the blocks.
            for piece in mill.ground():
                sink.write(piece)
            sink.flush()


def _frame(source: IO[bytes]) -> bytes:
    length = int.from_bytes(_exactly(source, FRAME))
    return _exactly(source, length)


def _exactly(source: IO[bytes], length: int) -> bytes:
    found = source.read(length)
    if len(found) != length:
        os._exit(1)  # Whoever fed it is gone, and there is nobody to tell.
    return found


def _say(sink: IO[bytes], said: Mapping[str, object]) -> None:
    sink.write(orjson.dumps(said) + b"\n")
    sink.flush()


if __name__ == "__main__":
    main()
