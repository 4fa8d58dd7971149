"""
Files that are whole or not there, and reproducible ZIP archives.

A draft is written beside its place under a hidden name, flushed to the disk, hashed, and renamed: whoever sees the
file sees all of it, and a process that is killed leaves nothing but a hidden draft, which the next attempt removes.
"""

import os
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj
from types import TracebackType
from typing import IO, Self

_EPOCH = (1980, 1, 1, 0, 0, 0)  # The earliest time that a ZIP can tell: the same for every file, so it tells nothing.
_MODE = 0o100644 << 16
_UNIX = 3
_LEVEL = 6
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finished:
    """A file in its place: its size in bytes and its SHA-256."""

    path: Path
    size: int
    digest: bytes


class Draft:
    """A file of its owner's only (0600) that takes its place when it is finished, and else leaves nothing behind."""

    def __init__(self, place: Path) -> None:
        self._place = place
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(prefix=_prefix(place), dir=place.parent)
        self._path = Path(name)
        self.file: IO[bytes] = os.fdopen(descriptor, "w+b")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.file.close()
        with suppress(FileNotFoundError):  # It has its place by now, unless something went wrong.
            self._path.unlink()

    def spool(self) -> IO[bytes]:
        """A file without a name on the same disk, for what is known only later; it ends with whoever holds it."""
        return tempfile.TemporaryFile(dir=self._place.parent)

    def finish(self) -> Finished:
        """Puts the file in its place; what is there after this survives a power cut."""
        self.file.flush()
        os.fsync(self.file.fileno())
        digest, size = sha256(), 0
        self.file.seek(0)
        while piece := self.file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
        self._path.replace(self._place)
        _sync(self._place.parent)
        return Finished(self._place, size, digest.digest())


def remove_drafts(place: Path) -> None:
    """Removes what killed attempts at this file left behind; the caller MUST know that none is under way."""
    for left in place.parent.glob(_prefix(place) + "*"):
        left.unlink(missing_ok=True)


class Archive:
    """
    A ZIP whose bytes follow from its content alone: deflated, one time and mode for all, listed by name.

    Files are written one after the other as they come, so that memory holds one of them; only the list, which stands
    at the end, is sorted.  ``files`` has the hex SHA-256 of each.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=_LEVEL)
        self.files: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        """Adds a file; ValueError if there is one of this name."""
        self._zip.writestr(self._listed(name, len(content)), content)
        self.files[name] = sha256(content).hexdigest()

    def add_from(self, name: str, source: IO[bytes]) -> None:
        """The same with what ``source`` holds from its beginning, piece by piece."""
        digest = sha256()
        info = self._listed(name, source.seek(0, os.SEEK_END))
        source.seek(0)
        with self._zip.open(info, "w") as target:
            while piece := source.read(_PIECE):
                digest.update(piece)
                target.write(piece)
        self.files[name] = digest.hexdigest()

    def close(self, last: str) -> None:
        """Writes the list: sorted, with the file ``last`` at its end."""
        self._zip.infolist().sort(key=lambda info: (info.filename == last, info.filename))
        self._zip.close()

    def abandon(self) -> None:
        """Lets go of an archive that will not be finished; a finished one is left alone."""
        with suppress(OSError, ValueError):  # Whatever it still has to write is not wanted.
            self._zip.close()

    def _listed(self, name: str, size: int) -> zipfile.ZipInfo:
        if name in self.files:
            raise ValueError(f"{name} is in the archive already")
        info = zipfile.ZipInfo(name, _EPOCH)
        info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, _MODE, _UNIX
        info.file_size = size  # Told beforehand, a file beyond 4 GiB gets the header that it needs.
        return info


def copy(source: Path, target: Path) -> Finished:
    """A copy that takes its place whole or not at all."""
    with Draft(target) as draft, source.open("rb") as original:
        copyfileobj(original, draft.file, _PIECE)
        return draft.finish()


def _prefix(place: Path) -> str:
    return f".{place.name}."


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
