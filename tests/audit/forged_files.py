"""
Bundles whose other files are as they should be, or are not: notes, manifests, views, parts, disclosures, witnesses.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from audit.note import Note
from tests.audit.bundles import (
    ANA,
    BEN,
    KEY,
    META,
    META_KEY,
    ORIGIN,
    OTHER,
    STRANGER,
    WITNESSES,
    Bundle,
    Files,
    bodies_of,
    checkpoint,
    erasure,
    leaf,
    note,
    notes,
    packed,
    personal,
    proof,
    text_of,
    with_manifest,
)
from tests.audit.evidence import SIZE, VIEW, Case, flipped, log, pin


def around() -> Iterator[Case]:
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
    for name, altered in {
        "that says other things": manifest.replace(b'"kind":"full"', b'"kind":"range"'),
        "with spaces": manifest.replace(b":", b": ", 1),
        "that is no JSON": b"{",
        "that is no object": b"[]",
        "without a note": b"{}\n",
        "that nests": b"[" * 100_000,
    }.items():
        yield Case(f"a manifest {name}", files | {"manifest.json": altered}, 1, ("altered", None))
    content = {name: each for name, each in files.items() if name != "manifest.json"}
    whole: dict[str, Any] = {
        "kind": "full",
        "from": 0,
        "to": 600,
        "size": 600,
        "disclose": [],
    }  # JSON of whatever type.
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
        (
            "of a tile altered",
            {"tile/entries/001": packed([flipped(bodies[256], 6), *bodies[257:512]])},
            ("altered", 256),
        ),
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
    told: dict[str, Any] = {"kind": "range", "size": 600, "from": 100, "to": 590, "disclose": []}  # As above.
    yield Case("a range with a gap that was signed", with_manifest(shorter, **told), 1, ("missing", 530))
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
        (
            "a cut proof",
            {"proofs/4.tlog-proof": files["proofs/4.tlog-proof"].replace(b"index 4\n", b"index 4\nAA==\n")},
            ("altered", 4),
        ),
        ("no proof", {"proofs/4.tlog-proof": b""}, ("altered", 4)),
        (
            "an entry more",
            {"entries/9": bodies[9], "proofs/9.tlog-proof": proof(9, leaves, signed)},
            ("inserted", None),
        ),
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
    pins, every, asked = [checkpoint(bodies, 9)], ["*"], {"disclosed": True}
    yield Case("nothing shown", Bundle(bodies).sealed(), 0, pins=pins)
    yield Case("everything shown", Bundle(bodies, disclosures=told, disclose=every).sealed(), 0, pins=pins)
    one = {9: told[9][:1]}
    yield Case("one field shown", Bundle(bodies, disclosures=one, disclose=["phone"]).sealed(), 0, pins=pins)
    missing = Bundle(bodies, disclosures=without, disclose=every).sealed()
    yield Case("everything promised and not shown", missing, 3, weak="WITHHELD", pins=pins)
    kept = Bundle(bodies, disclosures=told).sealed()
    gone = {name: each for name, each in kept.items() if name != "disclosures/9.json"}
    yield Case("disclosures listed and gone", gone, 3, weak="WITHHELD", pins=pins)
    yield Case(
        "nothing shown to who asked for all", Bundle(bodies).sealed(), 3, weak="WITHHELD", pins=pins, asked=asked
    )
    yield Case(
        "one not shown to who asked for all",
        Bundle(bodies, disclosures=without | one).sealed(),
        3,
        weak="WITHHELD",
        pins=pins,
        asked=asked,
    )
    erased = Bundle(late, disclosures=without, disclose=every).sealed()
    yield Case("erased later", erased, 0, pins=pins)
    again = Bundle(early, disclosures=without, disclose=every).sealed()
    yield Case("erased and recorded anew", again, 3, weak="WITHHELD", pins=pins)
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
        files = _with(path, content)
        yield Case(f"a meta-log that {name}", files, 1, ("altered", None), pins=[pin()], asked=meta)


def _with(path: str, content: bytes) -> Files:
    return Bundle(log()).sealed(lambda files: files.update({path: content}))
