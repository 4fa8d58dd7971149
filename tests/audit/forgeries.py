"""
Bundles and what a verifier must say of each: the exit code, and the first thing wrong by kind and index.

Every rule of the contract has its cases here, good and bad; tests/audit/test_verifier.py asks the script that ships in
the bundle, tests/audit/test_verifying.py the same with many processes.
"""

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from audit.note import Note
from audit.signing import WitnessKey
from tests.audit.bundles import (
    ANA,
    BEN,
    KEY,
    META,
    META_KEY,
    OLD_KEY,
    ORIGIN,
    OTHER,
    STRANGER,
    WITNESSES,
    Bundle,
    Files,
    Said,
    bodies_of,
    checkpoint,
    consistency,
    erasure,
    honest,
    leaf,
    note,
    notes,
    packed,
    personal,
    proof,
    text_of,
    with_manifest,
)

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


def cases() -> list[Case]:
    """
    All of them.
    """
    return [*good(), *weak(), *changed(), *moved(), *forked(), *lied(), *files_changed(), *parts(), *people(), *others()]


def good() -> Iterator[Case]:
    """
    Whole and parts of honest logs.
    """
    for size in (1, 2, 255, 256, 257, 511, 512, 1025):
        bodies = honest(size)
        yield Case(f"full {size}", Bundle(bodies).sealed(), 0, pins=[checkpoint(bodies, 1)])
    for low, high in ((0, 600), (0, 1), (599, 600), (5, 7), (0, 256), (256, 512), (100, 590), (255, 257), (512, 600)):
        files = Bundle(log(), "range", low=low, high=high).sealed()
        yield Case(f"range {low} to {high}", files, 0, pins=[pin()])
    yield Case("a dossier", Bundle(log(), "dossier", chosen=(0, 3, 4, 599)).sealed(), 0, pins=[pin(SIZE)])
    rotated = Bundle(log(), key=OLD_KEY).sealed()
    keys = [f"{KEY.verifier()},{OLD_KEY.verifier()}"]
    yield Case("signed by an older key", rotated, 0, pins=[pin()], keys=keys)
    yield Case("earlier checkpoints", Bundle(log(), earlier=(1, 256, 300, 599)).sealed(), 0, pins=[pin()])
    unknown = Bundle(log()).sealed(lambda files: files.update({"checkpoints/9": checkpoint(log(), 9, OLD_KEY)}))
    yield Case("an earlier checkpoint by a key not given", unknown, 0, pins=[pin()])
    old, texts = Bundle(log()), log()
    signed = note(text_of([leaf(body) for body in texts]), KEY, STRANGER)
    yield Case("a second signature, by nobody known", replace(old, signed=signed).sealed(), 0, pins=[pin()])
    dossier = Bundle(log(), "dossier", chosen=(7,))
    whole = checkpoint(log())
    proven = dossier.sealed(lambda files: files.update({"proofs/consistency/300-600": _extends(300, whole)}))
    yield Case("a dossier that proves that it extends the pin", proven, 0, pins=[pin()])


def _extends(old: int, signed: bytes) -> bytes:
    return consistency(old, [leaf(body) for body in log()], signed)


def weak() -> Iterator[Case]:
    """
    Nothing wrong, and less than was asked for.
    """
    files = Bundle(log()).sealed()
    yield Case("no pin", files, 3, weak="TAIL NOT PINNED")
    yield Case("its own checkpoints", Bundle(log(), earlier=(300,)).sealed(), 3, weak="TAIL NOT PINNED")
    yield Case("a pin of nothing", files, 3, weak="TAIL NOT PINNED", pins=[checkpoint(log(), 0)])
    empty = Bundle([]).sealed()
    yield Case("no entries", empty, 3, weak="NOTHING TO VERIFY")
    nothing = Bundle(log(), "range", low=7, high=7).sealed()
    yield Case("an empty range", nothing, 3, weak="NOTHING TO VERIFY", pins=[pin()])
    nobody = Bundle(log(), "dossier").sealed()
    yield Case("an empty dossier", nobody, 3, weak="NOTHING TO VERIFY", pins=[pin(SIZE)])
    dossier = Bundle(log()[:400], "dossier", chosen=(7,)).sealed()
    for size in (300, 401):
        yield Case(f"a dossier and a pin of {size}", dossier, 3, weak="PIN NOT COMPARED", pins=[pin(size)])


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


def changed() -> Iterator[Case]:
    """
    One entry is not what it was.
    """
    for line in range(7):
        for index in (1, 5, 254, 255, 256, 511):
            bodies = list(log())
            bodies[index] = flipped(bodies[index], line)
            yield Case(f"line {line} of entry {index}", tampered(bodies), 1, ("altered", index), pins=[pin()])
    for line in (0, 1, 3, 4):
        bodies = [flipped(log()[0], line), *log()[1:]]
        yield Case(f"line {line} of entry 0", tampered(bodies), 1, ("altered", 0))
    bodies = [*log()[:-1], flipped(log()[-1], 6)]
    yield Case("the last entry", tampered(bodies), 1, ("forked", 0))
    yield Case("the last entry behind a pin", tampered(bodies), 1, ("forked", 300), pins=[pin()])
    for cut, text in ((-1, "shorter"), (-40, "much shorter")):
        bodies = list(log())
        bodies[77] = bodies[77][:cut]
        yield Case(f"a {text} entry", tampered(bodies), 1, ("altered", 77))
    bodies = list(log())
    bodies[77] = b""
    yield Case("an empty entry", tampered(bodies), 1, ("altered", 77))
    files = Bundle(log()).sealed()
    for name, index in (("tile/entries/000", 10), ("tile/entries/002.p/88", 522)):
        at = len(packed(log()[index // 256 * 256 : index]))
        for by in (1, -1, 100):
            data = bytearray(files[name])
            data[at : at + 2] = (int.from_bytes(data[at : at + 2], "big") + by).to_bytes(2, "big")
            yield Case(f"entry {index} is {by} longer", files | {name: bytes(data)}, 1, ("altered", index))
    name = "tile/entries/002.p/88"
    yield Case("a tile that is cut off", files | {name: files[name][:-1]}, 1, ("altered", 599))
    foreign = bodies_of([Said(origin=OTHER)] * 300)
    yield Case("an entry of another log", tampered([*log()[:9], foreign[9], *log()[10:]]), 1, ("altered", 9))


def moved() -> Iterator[Case]:
    """
    Entries are gone, come anew, or stand elsewhere.
    """
    for index in (0, 5, 255, 256, 598):
        left = [*log()[:index], *log()[index + 1 :]]
        yield Case(f"entry {index} is gone", tampered(left), 1, ("missing", index), pins=[pin()])
    yield Case("the last entry is gone", tampered(log()[:-1]), 1, ("missing", 599))
    yield Case("a hundred are gone", tampered([*log()[:100], *log()[200:]]), 1, ("missing", 100))
    files = Bundle(log()).sealed()
    short = files | {"tile/entries/000": packed([*log()[:9], *log()[10:256]])}
    yield Case("one is gone from its tile", short, 1, ("missing", 9))
    for name, index in (("tile/entries/000", 0), ("tile/entries/001", 256), ("tile/entries/002.p/88", 512)):
        yield Case(f"{name} is gone", {n: c for n, c in files.items() if n != name}, 1, ("missing", index))
        yield Case(f"{name} is empty", files | {name: b""}, 1, ("missing", index))
    for index, copied in ((9, 3), (300, 3), (256, 255)):
        more = [*log()[:index], log()[copied], *log()[index:]]
        yield Case(f"{copied} comes again at {index}", tampered(more), 1, ("inserted", index))
    forged = bodies_of([Said(b'{"event":"x"}')], leaf(log()[8]), 9)
    yield Case("a forged one that links", tampered([*log()[:9], *forged, *log()[9:]]), 1, ("inserted", 10))
    name = "tile/entries/002.p/88"
    yield Case("one behind the last", files | {name: files[name] + packed(log()[:1])}, 1, ("inserted", 600))
    for one, other in ((2, 3), (255, 256), (2, 400), (598, 599)):
        bodies = list(log())
        bodies[one], bodies[other] = bodies[other], bodies[one]
        yield Case(f"{one} and {other} have changed places", tampered(bodies), 1, ("reordered", one))
    turned = [*log()[:5], log()[9], *log()[5:9], *log()[10:]]
    yield Case("one has moved up", tampered(turned), 1, ("reordered", 5))
    replaced = [*log()[:5], log()[9], *log()[6:]]
    yield Case("another stands in the place of one", tampered(replaced), 1, ("altered", 5))


def forked() -> Iterator[Case]:
    """
    Another history, signed by the right key.
    """
    said = notes(SIZE)
    for index in (0, 299, 300, 450, 599):
        rewritten = bodies_of([*said[:index], Said(b'{"event":"x"}'), *said[index + 1 :]])
        made = Bundle(rewritten).sealed()
        pins = [pin(size) for size in (100, 300, 500, 600)]
        known = [size for size in (0, 100, 300, 500) if size <= index]
        yield Case(f"rewritten from {index} on", made, 1, ("forked", known[-1]), pins=pins)
        own = Bundle(rewritten).sealed(lambda files: files.update({f"checkpoints/{SIZE}": pin(SIZE)}))
        yield Case(f"rewritten from {index} on, and says so itself", own, 1, ("forked", 0))
    rewritten = bodies_of([*said[:450], Said(b'{"event":"x"}'), *said[451:]])
    yield Case("entries of another history", tampered(rewritten), 1, ("forked", 300), pins=[pin()])
    part = Bundle(rewritten, "range", low=500, high=510).sealed()
    yield Case("a range of another history", part, 1, ("forked", 300), pins=[pin(), pin(500)])
    both = [pin(300), checkpoint(rewritten)]
    yield Case("two histories of one size", Bundle(log()).sealed(), 1, ("forked", 300), pins=both)
    for kind, size in (("full", 400), ("range", 300)):
        made = Bundle(log()[:size], kind, high=size).sealed()
        yield Case(f"an older {kind} bundle", made, 1, ("truncated", size), pins=[pin(500)])
    dossier = Bundle(rewritten, "dossier", chosen=(7,))
    yield Case("a dossier of another history", dossier.sealed(), 1, ("forked", 0), pins=[pin(SIZE)])
    name, leaves = "proofs/consistency/500-600", [leaf(body) for body in rewritten]
    lying = dossier.sealed(lambda files: files.update({name: consistency(500, leaves, checkpoint(rewritten))}))
    yield Case("a dossier that does not extend the pin", lying, 1, ("forked", 0), pins=[pin(500)])


def lied() -> Iterator[Case]:
    """
    The log itself signed entries that do not follow from one another.
    """
    said = notes(SIZE)

    def lying(index: int, /, **told: Any) -> Files:  # Whatever an entry may say.
        return Bundle(bodies_of([*said[:index], replace(said[index], **told), *said[index + 1 :]])).sealed()

    for index in (0, 9, 300):
        yield Case(f"wrong index at {index}", lying(index, index=index + 3), 1, ("altered", index))
        yield Case(f"wrong log at {index}", lying(index, origin=OTHER), 1, ("altered", index))
        yield Case(f"wrong version at {index}", lying(index, version="venia-entry/v2"), 1, ("altered", index))
    yield Case("wrong first link", lying(0, previous=b"x" * 32), 1, ("altered", 0))
    for index in (9, 256, 300):
        yield Case(f"wrong link at {index}", lying(index, previous=b"x" * 32), 1, ("altered", index - 1))
        yield Case(f"back in time at {index}", lying(index, recorded_at="2026-11-23T09:59:59.000000Z"), 1, ("altered", index))
        yield Case(f"no time at {index}", lying(index, recorded_at="2026-11-23T1a:00:00.000000Z"), 1, ("altered", index))
    skipping = [*said[:9], *(replace(each, index=at + 10) for at, each in enumerate(said[9:]))]
    yield Case("an index was left out", Bundle(bodies_of(skipping)).sealed(), 1, ("missing", 9))


def files_changed() -> Iterator[Case]:
    """
    The files around the entries.
    """
    files = Bundle(log(), earlier=(300,), witnesses=WITNESSES, meta=True).sealed()
    for name in ("README.txt", "keys/log.vkey", "verify.py", "checkpoints/300", VIEW):
        yield Case(f"{name} is gone", {n: c for n, c in files.items() if n != name}, 1, ("missing", None))
    for name in ("README.txt", "verify.py"):
        yield Case(f"{name} is another", files | {name: b"another\n"}, 1, ("altered", None))
    for name in ("checkpoint", "manifest.json"):
        yield Case(f"there is no {name}", {n: c for n, c in files.items() if n != name}, 1, ("missing", None))
    yield Case("a file more", files | {"extra/README.txt": b""}, 1, ("inserted", None))
    yield Case("a tile more", files | {"tile/entries/003": b""}, 1, ("inserted", None))
    yield from _notes_changed(files)
    view = files[VIEW]
    first, second, rest = view.split(b"\n", 2)
    swapped = b"\n".join((second, first, rest))
    other = view.replace(b"note.taken", b"note.given", 6).replace(b"note.given", b"note.taken", 5)
    for name, text, index in (("other", other, 5), ("short", view[:-1], 599), ("swapped", swapped, 0), ("no", b"", 0)):
        yield Case(f"a view with {name} lines", files | {VIEW: text}, 1, ("altered", index))
    yield Case("a view with more lines", files | {VIEW: view + first + b"\n"}, 1, ("inserted", None))
    signed = Bundle(log()).sealed(lambda files: files.update({VIEW: other}))
    yield Case("a view that the log signed and that says other things", signed, 1, ("altered", 5), pins=[pin()])


def _notes_changed(files: Files) -> Iterator[Case]:
    text = text_of([leaf(body) for body in log()])
    for name, signed in {
        "by a stranger": note(text, STRANGER),
        "by the meta-log": note(text, META_KEY),
        "of another log": note(text_of([leaf(body) for body in log()], OTHER), KEY),
        "with another size": files["checkpoint"].replace(b"\n600\n", b"\n599\n"),
        "with a leading zero": note(text.replace("\n600\n", "\n0600\n"), KEY),
        "with a short root": note(f"{ORIGIN}\n600\nAAAA\n", KEY),
        "with loose base64": files["checkpoint"].replace(b"=\n\n", b"\n\n", 1),
        "that is no note": b"not a note",
        "that is not text": b"\xff\n\n\n",
        "with carriage returns": files["checkpoint"].replace(b"\n", b"\r\n"),
        "with 101 signatures": Note(text, (KEY.sign(text),) * 101).encode(),
    }.items():
        yield Case(f"a checkpoint {name}", files | {"checkpoint": signed}, 1, ("altered", None))
    manifest = files["manifest.json"]
    for name, told in {
        "that says other things": manifest.replace(b'"kind":"full"', b'"kind":"range"'),
        "with spaces": manifest.replace(b":", b": ", 1),
        "that is no JSON": b"{",
        "that is no object": b"[]",
        "without a note": b"{}\n",
        "that nests": b"[" * 100_000,
    }.items():
        yield Case(f"a manifest {name}", files | {"manifest.json": told}, 1, ("altered", None))
    content = {name: each for name, each in files.items() if name != "manifest.json"}
    whole = {"kind": "full", "from": 0, "to": 600, "size": 600, "disclose": []}
    for name, told in {
        "of a stranger": with_manifest(content, STRANGER, **whole),
        "of another log": with_manifest(content, **whole | {"log": OTHER}),
        "of another size": with_manifest(content, **whole | {"size": 599}),
        "of another kind": with_manifest(content, **whole | {"kind": "other"}),
        "of a part called full": with_manifest(content, **whole | {"from": 1}),
        "of a range beyond": with_manifest(content, **whole | {"kind": "range", "to": 601}),
        "without a range": with_manifest(content, **whole | {"to": None}),
    }.items():
        yield Case(f"a manifest {name}", told, 1, ("altered", None))


def parts() -> Iterator[Case]:
    """
    Ranges and dossiers.
    """
    files = Bundle(log(), "range", low=100, high=590).sealed()
    bodies = log()
    for name, change, first in (
        ("altered", {"entries/120": flipped(bodies[120], 6)}, ("altered", 120)),
        ("altered in its link", {"entries/120": flipped(bodies[120], 3)}, ("altered", 120)),
        ("another", {"entries/120": bodies[121]}, ("altered", 120)),
        ("changed places", {"entries/120": bodies[121], "entries/121": bodies[120]}, ("reordered", 120)),
        ("of a tile altered", {"tile/entries/001": packed([flipped(bodies[256], 6), *bodies[257:512]])}, ("altered", 256)),
        ("without a tile of hashes", {"tile/0/000": b""}, ("missing", 0)),
        ("with a short tile of hashes", {"tile/0/000": files["tile/0/000"][:-32]}, ("missing", 0)),
        ("with another hash inside", {"tile/0/000": _with_leaf(files, 120)}, ("altered", 120)),
        ("with another hash before", {"tile/0/000": _with_leaf(files, 99)}, ("altered", 99)),
        ("with another hash outside", {"tile/0/000": _with_leaf(files, 7)}, ("altered", None)),
    ):
        yield Case(f"a range {name}", files | change, 1, first, pins=[pin()])
    for name, index in (("entries/100", 100), ("entries/255", 255), ("entries/589", 589), ("tile/entries/001", 256)):
        yield Case(f"a range without {name}", {n: c for n, c in files.items() if n != name}, 1, ("missing", index))
    outside = Bundle(log(), "range", low=100, high=590).sealed(lambda files: files.update({"entries/7": bodies[7]}))
    yield Case("a range and an entry outside it", outside, 1, ("inserted", None))
    shorter = {name: each for name, each in files.items() if not re.match(r"entries/5[34]|manifest", name)}
    told = with_manifest(shorter, kind="range", size=600, disclose=[], **{"from": 100, "to": 590})
    yield Case("a range with a gap that was signed", told, 1, ("missing", 530))
    yield from _dossiers()


def _with_leaf(files: Files, index: int) -> bytes:
    tile = bytearray(files["tile/0/000"])
    tile[32 * index] ^= 1
    return bytes(tile)


def _dossiers() -> Iterator[Case]:
    bodies, leaves, signed = log(), [leaf(body) for body in log()], checkpoint(log())
    files = Bundle(bodies, "dossier", chosen=(3, 4, 500)).sealed()
    stale = proof(4, leaves[:300], checkpoint(bodies, 300))
    for name, change, first in (
        ("an altered entry", {"entries/4": flipped(bodies[4], 6)}, ("altered", 4)),
        ("another entry", {"entries/4": bodies[5]}, ("altered", 4)),
        ("the proof of another", {"proofs/4.tlog-proof": proof(5, leaves, signed)}, ("altered", 4)),
        ("a proof against an older tree", {"proofs/4.tlog-proof": stale}, ("altered", 4)),
        ("a cut proof", {"proofs/4.tlog-proof": files["proofs/4.tlog-proof"].replace(b"index 4\n", b"index 4\nAA==\n")}, ("altered", 4)),
        ("no proof", {"proofs/4.tlog-proof": b""}, ("altered", 4)),
        ("an entry more", {"entries/9": bodies[9], "proofs/9.tlog-proof": proof(9, leaves, signed)}, ("inserted", None)),
    ):
        yield Case(f"a dossier with {name}", files | change, 1, first, pins=[pin(SIZE)])
    for name in ("entries/4", "proofs/4.tlog-proof"):
        yield Case(f"a dossier without {name}", {n: c for n, c in files.items() if n != name}, 1, ("missing", 4))
    said = notes(SIZE)
    lie = bodies_of([*said[:9], replace(said[9], previous=b"x" * 32), *said[10:]])
    shown = Bundle(lie, "dossier", chosen=(8, 9)).sealed()
    yield Case("a dossier whose entries do not follow", shown, 1, ("altered", 8))


def people() -> Iterator[Case]:
    """
    Personal fields: shown, not shown, withheld, erased.
    """
    said = notes(SIZE)
    told: dict[int, list[str]] = {}
    for index, who in ((9, ANA), (10, BEN), (300, ANA), (520, None)):
        said[index], fields = personal(index, who, ("phone", "text"))
        told[index] = [each.disclosure for each in fields]
    without = {index: each for index, each in told.items() if index not in (9, 300)}
    bodies = bodies_of(said)
    late = bodies_of([*said[:599], erasure(ANA)])
    early = bodies_of([*said[:100], erasure(ANA), *said[101:]])
    pins, every = {"pins": [checkpoint(bodies, 9)]}, ["*"]
    yield Case("nothing shown", Bundle(bodies).sealed(), 0, **pins)
    yield Case("everything shown", Bundle(bodies, disclosures=told, disclose=every).sealed(), 0, **pins)
    one = {9: told[9][:1]}
    yield Case("one field shown", Bundle(bodies, disclosures=one, disclose=["phone"]).sealed(), 0, **pins)
    missing = Bundle(bodies, disclosures=without, disclose=every).sealed()
    yield Case("everything promised and not shown", missing, 3, weak="WITHHELD", **pins)
    kept = Bundle(bodies, disclosures=told).sealed()
    gone = {name: each for name, each in kept.items() if name != "disclosures/9.json"}
    yield Case("disclosures listed and gone", gone, 3, weak="WITHHELD", **pins)
    asked = {"asked": {"disclosed": True}}
    yield Case("nothing shown to who asked for all", Bundle(bodies).sealed(), 3, weak="WITHHELD", **pins, **asked)
    yield Case("one not shown to who asked for all", Bundle(bodies, disclosures=without | one).sealed(), 3, weak="WITHHELD", **pins, **asked)
    erased = Bundle(late, disclosures=without, disclose=every).sealed()
    yield Case("erased later", erased, 0, **pins)
    again = Bundle(early, disclosures=without, disclose=every).sealed()
    yield Case("erased and recorded anew", again, 3, weak="WITHHELD", **pins)
    dossier = Bundle(late, "dossier", chosen=(9, 300, 599), disclose=every).sealed()
    yield Case("a dossier of somebody erased", dossier, 0, pins=[checkpoint(late)])
    living = Bundle(late, "dossier", chosen=(9, 300), disclose=every).sealed()
    yield Case("a dossier that leaves the erasure out", living, 3, weak="WITHHELD", pins=[checkpoint(late)])
    yield from _disclosed_wrongly(bodies, told)


def _disclosed_wrongly(bodies: Sequence[bytes], told: Mapping[int, Sequence[str]]) -> Iterator[Case]:
    invented = base64.urlsafe_b64encode(json.dumps(["salt", "phone", "+34"]).encode()).decode().rstrip("=")
    for name, disclosures, first in (
        ("what was never committed to", {9: [*told[9], invented]}, ("altered", 9)),
        ("what another entry commits to", {9: told[300]}, ("altered", 9)),
        ("fields of an entry that has none", {8: told[9]}, ("altered", 8)),
        ("fields of an entry that does not exist", {600: told[9]}, ("inserted", None)),
    ):
        yield Case(f"disclosing {name}", Bundle(bodies, disclosures=disclosures).sealed(), 1, first)
    files = Bundle(bodies, disclosures=told).sealed()
    for name, content in (("numbers", b"[1]"), ("no list", b"1"), ("no JSON", b"["), ("no text", b"\xff")):
        yield Case(f"disclosures that are {name}", files | {"disclosures/9.json": content}, 1, ("altered", 9))
    more = files | {"disclosures/8.json": b"[]"}
    yield Case("disclosures that are not listed", more, 1, ("inserted", None))
    outside = Bundle(bodies, "range", low=20, high=40, disclosures=told).sealed()
    yield Case("disclosures of entries outside the range", outside, 1, ("inserted", None))


def others() -> Iterator[Case]:
    """
    Witnesses and the meta-log.
    """
    two = WITNESSES[:2]
    files = Bundle(log(), witnesses=two, meta=True).sealed()
    pins = [pin()]
    yield Case("two witnesses", files, 0, pins=pins, witnesses=two)
    yield Case("three asked, two there", files, 3, weak="QUORUM UNMET", pins=pins, witnesses=WITNESSES)
    yield Case("two of three", files, 0, pins=pins, witnesses=WITNESSES, asked={"quorum": 2})
    yield Case("a quorum of nobody", files, 3, weak="QUORUM UNMET", pins=pins, asked={"quorum": 1})
    meta = {"meta": [META_KEY.verifier()]}
    yield Case("in the meta-log", files, 0, pins=pins, asked=meta)
    nowhere = Bundle(log()).sealed()
    yield Case("not in the meta-log", nowhere, 3, weak="NOT IN THE META-LOG", pins=pins, asked=meta)
    text = text_of([leaf(body) for body in log()])
    indirect = Bundle(log(), witnesses=two, meta=True, signed=None).sealed(
        lambda files: files.update({"checkpoint": note(text, KEY)})
    )
    yield Case("witnesses of the meta-log", indirect, 0, pins=pins, witnesses=two, asked=meta)
    yield Case("witnesses of a meta-log not asked for", indirect, 3, weak="QUORUM UNMET", pins=pins, witnesses=two)
    bad = Note(text, (KEY.sign(text), two[0].cosign(text.replace("600", "601"), 5))).encode()
    lying = Bundle(log(), signed=bad).sealed()
    yield Case("a witness's signature that is wrong", lying, 1, ("altered", None), pins=pins, witnesses=two[:1])
    yield Case("the same, of a witness not asked for", lying, 0, pins=pins)
    yield from _meta_logs(text, meta)


def _meta_logs(text: str, meta: Mapping[str, Any]) -> Iterator[Case]:  # Options are of whatever type they have.
    leaves = [leaf(b"another"), leaf(text.encode())]
    signed = note(text_of(leaves, META), META_KEY)
    other = [leaf(b"another"), leaf(text.encode() + b"\n")]
    for name, path, content in (
        ("commits to something else", "meta/1.tlog-proof", proof(1, other, note(text_of(other, META), META_KEY))),
        ("has it elsewhere", "meta/0.tlog-proof", proof(1, leaves, signed)),
        ("was signed by nobody known", "meta/1.tlog-proof", proof(1, leaves, note(text_of(leaves, META), KEY))),
        ("is another", "meta/1.tlog-proof", proof(1, leaves, note(text_of(leaves, OTHER), META_KEY))),
        ("is a line of noise", "meta/1.tlog-proof", b"noise\n"),
    ):
        lying: Callable[[Files], None] = lambda files, path=path, content=content: files.update({path: content})  # noqa: E731  Both change.
        yield Case(f"a meta-log that {name}", Bundle(log()).sealed(lying), 1, ("altered", None), pins=[pin()], asked=meta)
