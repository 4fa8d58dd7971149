"""
A bundle, what its receiver holds against it, and what a verifier must say: the form of every case, and the log they share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from audit.signing import WitnessKey
from tests.audit.bundles import KEY, Bundle, Files, checkpoint, honest, packed

SIZE = 600
VIEW = "view/entries.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """
    A bundle, what its receiver expects of it, and the verdict.
    """

    name: str
    files: Files
    code: int
    first: tuple[str, int | None] | None = None  # the first finding
    weak: str | None = None  # how a weakness begins
    pins: Sequence[bytes] = ()
    keys: Sequence[str] = (KEY.verifier(),)
    witnesses: Sequence[WitnessKey] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)  # of whatever type the option has


@cache
def log() -> tuple[bytes, ...]:
    """
    The log that most cases are about.
    """
    return tuple(honest(SIZE))


def pin(size: int = 300) -> bytes:
    """
    A checkpoint of it that somebody kept.
    """
    return checkpoint(log(), size)


def flipped(body: bytes, line: int) -> bytes:
    """
    The body with another byte near the end of a line; line 6 is the payload.
    """
    lines = body.split(b"\n")
    at = len(lines[line]) - (1 if line in (0, 2) else 3)
    lines[line] = lines[line][:at] + bytes([lines[line][at] ^ 1]) + lines[line][at + 1 :]
    return b"\n".join(lines)


def tampered(bodies: Sequence[bytes], made: Bundle | None = None) -> Files:
    """
    The honest bundle with other entries in its tiles: what somebody can do who has no key.
    """
    files = (made or Bundle(log())).sealed()
    for name in [name for name in files if name.startswith("tile/entries/")]:
        number = int(name[13:16])
        files[name] = packed(bodies[256 * number : 256 * number + 256])
    return files
