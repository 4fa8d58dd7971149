"""
Evidence bundles as a test wants them: honest ones, and those that somebody who holds every key could have forged.

Everything is put together here from the formats' description; only the bytes of keys and notes come from our modules.
"""

import base64
import io
import json
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from audit.disclosure import Commitment, commit
from audit.entry import canonical
from audit.note import Note
from audit.signing import LogKey, WitnessKey

ORIGIN, OTHER, META = "venia.test/t/one", "venia.test/t/other", "venia.test/meta"
KEY, OLD_KEY = LogKey.from_secret(b"k" * 32, ORIGIN), LogKey.from_secret(b"o" * 32, ORIGIN)
STRANGER, META_KEY = LogKey.from_secret(b"s" * 32, ORIGIN), LogKey.from_secret(b"m" * 32, META)
WITNESSES = [WitnessKey.from_secret(letter * 32, f"witness.test/{letter.decode()}") for letter in (b"a", b"b", b"c")]
ANA, BEN = UUID(int=0xA7A), UUID(int=0xBE7)
VERIFIER = Path(__file__).parents[2] / "audit" / "verifier.py"

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Said:
    """
    What one entry says, and what differs in a forged one.
    """

    payload: bytes = b'{"actor":"test","event":"note.taken"}'
    index: int | None = None
    origin: str = ORIGIN
    previous: bytes | None = None
    recorded_at: str | None = None
    version: str = "venia-entry/v1"


def leaf(body: bytes) -> bytes:
    """
    RFC 6962 §2.1.
    """
    return sha256(b"\0" + body).digest()


def bodies_of(said: Iterable[Said], previous: bytes = bytes(32), first: int = 0) -> list[bytes]:
    """
    A chain of entries, each half a second after the one before it.
    """
    bodies = []
    for place, each in enumerate(said, first):
        index = place if each.index is None else each.index
        link = base64.b64encode(previous if each.previous is None else each.previous).decode()
        at = each.recorded_at or f"2026-11-23T{10 + place // 7200:02}:{place // 120 % 60:02}:{place % 120 / 2:09.6f}Z"
        event = f"01936c5e-0000-7000-8000-{place:012x}"
        lines = f"{each.version}\n{each.origin}\n{index}\n{link}\n{at}\n{event}\n".encode()
        bodies.append(lines + each.payload + b"\n")
        previous = leaf(bodies[-1])
    return bodies


def honest(size: int) -> list[bytes]:
    """
    An ordinary log; its entries have different lengths.
    """
    return bodies_of(notes(size))


def notes(size: int) -> list[Said]:
    """
    Entries that say something each.
    """
    return [Said(canonical({"actor": "test", "event": "note.taken", "text": "é" * (n % 7)})) for n in range(size)]


def personal(index: int, contact: UUID | None, names: Sequence[str] = ("phone",)) -> tuple[Said, list[Commitment]]:
    """
    An entry that commits to personal fields, and what discloses them.
    """
    event = UUID(f"01936c5e-0000-7000-8000-{index:012x}")
    fields = [commit(b"d" * 32, event, name, f"{name} of {index}") for name in names]
    told = {"actor": "test", "event": "consent.granted", "sd": sorted(each.digest for each in fields)}
    return Said(canonical(told if contact is None else {**told, "contact": str(contact)})), fields


def erasure(contact: UUID) -> Said:
    """
    The entry that says that a person was erased.
    """
    return Said(canonical({"actor": "test", "contact": str(contact), "event": "contact.erased"}))


def root(leaves: Sequence[bytes]) -> bytes:
    """
    MTH of RFC 6962 §2.1.
    """
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    at = _split(len(leaves))
    return sha256(b"\1" + root(leaves[:at]) + root(leaves[at:])).digest()


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """
    PATH of RFC 6962 §2.1.1.
    """
    if len(leaves) < 2:
        return []
    at = _split(len(leaves))
    if index < at:
        return [*path(index, leaves[:at]), root(leaves[at:])]
    return [*path(index - at, leaves[at:]), root(leaves[:at])]


def extension(old: int, leaves: Sequence[bytes], *, whole: bool = True) -> list[bytes]:
    """
    SUBPROOF of RFC 6962 §2.1.2.
    """
    if old == len(leaves):
        return [] if whole else [root(leaves)]
    at = _split(len(leaves))
    if old <= at:
        return [*extension(old, leaves[:at], whole=whole), root(leaves[at:])]
    return [*extension(old - at, leaves[at:], whole=False), root(leaves[:at])]


def _split(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def text_of(leaves: Sequence[bytes], origin: str = ORIGIN) -> str:
    """
    The text of a checkpoint.
    """
    return f"{origin}\n{len(leaves)}\n{base64.b64encode(root(leaves)).decode()}\n"


def note(text: str, *keys: LogKey, witnesses: Sequence[WitnessKey] = ()) -> bytes:
    """
    A text signed by keys and, at second 1800000000, by witnesses.
    """
    cosigned = [witness.cosign(text, 1_800_000_000) for witness in witnesses]
    return Note(text, (*(key.sign(text) for key in keys), *cosigned)).encode()


def checkpoint(bodies: Sequence[bytes], size: int | None = None, key: LogKey = KEY) -> bytes:
    """
    A signed checkpoint of the first entries.
    """
    return note(text_of([leaf(body) for body in bodies[:size]]), key)


def proof(index: int, leaves: Sequence[bytes], signed: bytes) -> bytes:
    """
    A tlog-proof.
    """
    lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *_hashes(path(index, leaves)), ""]
    return "".join(f"{line}\n" for line in lines).encode() + signed


def consistency(old: int, leaves: Sequence[bytes], signed: bytes) -> bytes:
    """
    An add-checkpoint body.
    """
    return "".join(f"{line}\n" for line in [f"old {old}", *_hashes(extension(old, leaves)), ""]).encode() + signed


def _hashes(hashes: Iterable[bytes]) -> list[str]:
    return [base64.b64encode(each).decode() for each in hashes]


def tile(level: str, index: int, width: int) -> str:
    """
    Where a tile lies; enough for a million of them.
    """
    number = f"{index:03}" if index < 1000 else f"x{index // 1000:03}/{index % 1000:03}"
    return f"tile/{level}/{number}" + (f".p/{width}" if width < 256 else "")


def packed(bodies: Iterable[bytes]) -> bytes:
    """
    An entry bundle.
    """
    return b"".join(struct.pack(">H", len(body)) + body for body in bodies)


def view_of(shown: Mapping[int, bytes]) -> bytes:
    """
    The copy for people.
    """
    lines = []
    for index, body in sorted(shown.items()):
        _, _, _, _, at, event, payload, _ = body.decode().split("\n")
        lines.append(f'{{"index":{index},"recorded_at":"{at}","event_id":"{event}","payload":{payload}}}\n')
    return "".join(lines).encode()


@dataclass(frozen=True, slots=True)
class Bundle:
    """
    What to make; ``files`` puts it together, ``sealed`` signs it.
    """

    bodies: Sequence[bytes]
    kind: str = "full"
    low: int = 0
    high: int | None = None
    chosen: Sequence[int] = ()  # of a dossier
    disclosures: Mapping[int, Sequence[str]] = field(default_factory=dict)
    disclose: Sequence[str] = ()
    earlier: Sequence[int] = ()
    witnesses: Sequence[WitnessKey] = ()
    meta: bool = False
    key: LogKey = KEY
    signed: bytes | None = None  # another checkpoint than the right one
    size: int | None = None

    @property
    def end(self) -> int:
        """
        The end of the range.
        """
        return len(self.bodies) if self.high is None else self.high

    def files(self) -> Files:
        """
        Every file but the manifest.
        """
        leaves = [leaf(body) for body in self.bodies]
        text = text_of(leaves)
        signed = self.signed or note(text, self.key, witnesses=self.witnesses)
        made = {"checkpoint": signed, "README.txt": b"How to verify.\n", "verify.py": VERIFIER.read_bytes()}
        made["keys/log.vkey"] = f"{self.key.verifier()} 2026-01-01T00:00:00Z -\n".encode()
        made |= {f"checkpoints/{size}": checkpoint(self.bodies, size) for size in self.earlier}
        made |= {f"disclosures/{index}.json": canonical(list(told)) for index, told in self.disclosures.items()}
        if self.meta:
            made["meta/1.tlog-proof"] = self._meta(text)
        shown = self._evidence(made, leaves, signed)
        return {**made, "view/entries.jsonl": view_of(shown)}

    def _meta(self, text: str) -> bytes:
        leaves = [leaf(b"another log's"), leaf(text.encode()), leaf(b"a third")]
        return proof(1, leaves, note(text_of(leaves, META), META_KEY, witnesses=self.witnesses))

    def _evidence(self, made: Files, leaves: Sequence[bytes], signed: bytes) -> dict[int, bytes]:
        if self.kind == "dossier":
            for index in self.chosen:
                made[f"entries/{index}"] = self.bodies[index]
                made[f"proofs/{index}.tlog-proof"] = proof(index, leaves, signed)
            return {index: self.bodies[index] for index in self.chosen}
        for first in range(0, len(leaves), 256):
            end = min(first + 256, len(leaves))
            if self.low <= first and end <= self.end:
                made[tile("entries", first // 256, end - first)] = packed(self.bodies[first:end])
                continue
            made[tile("0", first // 256, end - first)] = b"".join(leaves[first:end])
            made |= {f"entries/{at}": self.bodies[at] for at in range(max(first, self.low), min(end, self.end))}
        return {at: self.bodies[at] for at in range(self.low, self.end)}

    def sealed(self, change: Callable[[Files], None] = lambda files: None, **told: object) -> Files:
        """
        The whole bundle; what ``change`` does to the files, whoever signs the manifest has done.
        """
        files = self.files()
        change(files)
        whole = self.kind == "dossier"
        return with_manifest(
            files,
            self.key,
            **{
                "kind": self.kind,
                "from": 0 if whole else self.low,
                "to": len(self.bodies) if whole else self.end,
                "size": len(self.bodies),
                "contact": str(ANA) if whole else None,
                "disclose": list(self.disclose),
                **told,
            },
        )


def with_manifest(files: Files, key: LogKey = KEY, **told: object) -> Files:
    """
    The files with a manifest that lists them.
    """
    manifest = {
        "version": "venia-bundle/v1",
        "log": ORIGIN,
        "asked_by": "officer é",
        "asked_at": "2026-11-23T12:00:00Z",
        "export": str(UUID(int=7)),
        "files": {name: sha256(content).hexdigest() for name, content in files.items()},
        **told,
    }
    digest = sha256(_line(manifest)).hexdigest()
    signed = note(f"venia-manifest/v1\n{ORIGIN}\n{digest}\n", key).decode()
    return {**files, "manifest.json": _line({**manifest, "note": signed})}


def _line(told: object) -> bytes:
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def unpacked(files: Mapping[str, bytes], folder: Path) -> Path:
    """
    Writes a bundle out.
    """
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def zipped(files: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """
    An archive of these members, in this order.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()
