"""
Opening an evidence bundle that somebody sent: a folder, or a ZIP that is unpacked where nobody else writes.

An archive is read with suspicion: whatever could write outside its folder, hide one file behind another, fill the disk
or mean two things to two readers makes it unreadable, and nothing of it is looked at.
"""

import os
import re
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from audit.errors import BundleUnreadable

_PIECE = 1 << 20
_HARMLESS = 1 << 30  # bytes; below this no expansion is worth refusing
_MOST_EXPANSION = 100  # entries of a log shrink to a tenth, rarely to a thirtieth
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_NAME = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")
_LONGEST_NAME = 200  # characters; nothing in a bundle has a name half as long
_EXTRA_HEADER = struct.Struct("<HH")  # what it is, and how many bytes follow
_UNICODE_PATH = 0x7075  # a second name of the member, which some programs prefer to the first


@contextmanager
def opened(bundle: Path) -> Iterator[Path]:
    """The bundle's folder; an archive's is removed afterwards.  Raises BundleUnreadable with what is wrong with it."""
    try:
        if bundle.is_dir():
            _check_folder(bundle)
            yield bundle
            return
        with tempfile.TemporaryDirectory(prefix="venia-") as folder:
            _unpack(bundle, Path(folder))
            yield Path(folder)
    except OSError as error:
        raise BundleUnreadable(f"{error.strerror or error}: {str(error.filename or bundle)!a}") from error
    except RecursionError as error:
        raise BundleUnreadable("its folders lie too deep in each other") from error


def _check_folder(bundle: Path) -> None:
    for at, folders, files in os.walk(bundle, onerror=_raise):
        for name in (*folders, *files):
            mode = os.lstat(Path(at) / name).st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                raise BundleUnreadable(f"{name!a} is a link or a device, and a bundle has only files")


def _raise(error: OSError) -> None:
    raise error


def _unpack(bundle: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(bundle) as archive:
            members = archive.infolist()
            _check_beginning(members)
            _check_names(members)
            _check_kinds(members)
            _check_size(members, bundle, folder)
            for member in members:
                if not member.is_dir():
                    _extract(archive, member, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, RuntimeError, ValueError) as error:
        raise BundleUnreadable(f"it is no archive that can be read whole ({error})") from error


def _check_beginning(members: Iterable[zipfile.ZipInfo]) -> None:
    """Nothing lies before the first member: some programs would open what lies there, and we what lies behind it."""
    if min((member.header_offset for member in members), default=0):
        raise BundleUnreadable("something else lies before the archive")


def _check_names(members: Iterable[zipfile.ZipInfo]) -> None:
    """Every name is a plain relative path, said once, and no file stands where another needs a folder."""
    files: set[str] = set()
    folders: set[str] = set()
    for member in members:
        name = member.filename.removesuffix("/") if member.is_dir() else member.filename
        parts = name.split("/")
        if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name) or {".", ".."} & {*parts}:
            raise BundleUnreadable(f"the name {name[:_LONGEST_NAME]!a} leads out of its folder or is no plain path")
        if member.orig_filename != member.filename or _UNICODE_PATH in _extras(member.extra):
            raise BundleUnreadable(f"the name {name!a} reads differently elsewhere")
        folded = [part.casefold() for part in parts]
        folders |= {"/".join(folded[:depth]) for depth in range(1, len(folded))}
        if member.is_dir():
            folders.add("/".join(folded))
        elif "/".join(folded) in files:
            raise BundleUnreadable(f"it holds {name!a} twice")
        else:
            files.add("/".join(folded))
    if files & folders:
        raise BundleUnreadable(f"{min(files & folders)!a} is a file and a folder at once")


def _extras(extra: bytes) -> Iterator[int]:
    """What the extra fields of a member are (APPNOTE 4.5)."""
    at = 0
    while at + _EXTRA_HEADER.size <= len(extra):
        kind, length = _EXTRA_HEADER.unpack_from(extra, at)
        yield kind
        at += _EXTRA_HEADER.size + length


def _check_kinds(members: Iterable[zipfile.ZipInfo]) -> None:
    for member in members:
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in (0, stat.S_IFDIR if member.is_dir() else stat.S_IFREG):
            raise BundleUnreadable(f"{member.filename!a} is a link or a device, and a bundle has only files")
        if member.flag_bits & _ENCRYPTED:
            raise BundleUnreadable(f"{member.filename!a} is encrypted")
        if member.compress_type not in _METHODS:
            raise BundleUnreadable(f"{member.filename!a} is compressed in an unusual way")


def _check_size(members: Iterable[zipfile.ZipInfo], bundle: Path, folder: Path) -> None:
    size = sum(member.file_size for member in members)
    if size > max(_HARMLESS, _MOST_EXPANSION * bundle.stat().st_size):
        raise BundleUnreadable(f"it claims to hold {size} bytes, absurdly more than it has")
    if size > shutil.disk_usage(folder).free:
        raise BundleUnreadable(f"its {size} bytes do not fit into {folder.parent}")


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    """Writes one file; the archive's own reader compares length and CRC."""
    place = folder / member.filename
    place.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(member) as source, place.open("xb") as target:
        while piece := source.read(_PIECE):
            written += len(piece)
            target.write(piece)
    if written != member.file_size:
        raise BundleUnreadable(f"{member.filename!a} has another length than the archive says")
