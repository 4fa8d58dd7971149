"""
manifest.json: what was asked for, every file's hash, and the log's signature over both.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from audit.entry import Json, canonical, timestamp
from audit.exporting.records import Export
from audit.note import Note
from audit.signing import LogKey

MANIFEST = "manifest.json"
VERSION = "venia-bundle/v1"
_NOTE = "venia-manifest/v1"


def asked_for(export: Export, kind: str, *, size: int, first: int, end: int) -> dict[str, Json]:
    """What the manifest says beside the files; ``size`` is the checkpoint's, the range half-open."""
    return {
        "version": VERSION,
        "kind": kind,
        "log": export.origin,
        "size": size,
        "from": first,
        "to": end,
        "contact": None if export.contact is None else str(export.contact),
        "disclose": list(export.disclose),
        "asked_by": export.actor,
        "asked_at": timestamp(export.requested_at),
        "export": str(export.id),
    }


def manifest(asked: Mapping[str, Json], files: Mapping[str, str], keys: Sequence[LogKey]) -> bytes:
    """
    One line of JSON and a line feed: sorted keys, no spaces, UTF-8.

    The note, by every key that signs for the log now, signs the SHA-256 of the same line without the note; its first line says that it is no checkpoint.
    """
    unsigned = canonical({**asked, "files": dict(files)}) + b"\n"
    text = f"{_NOTE}\n{keys[0].name}\n{sha256(unsigned).hexdigest()}\n"
    note = Note(text, tuple(key.sign(text) for key in keys)).encode().decode()
    return canonical({**asked, "files": dict(files), "note": note}) + b"\n"
