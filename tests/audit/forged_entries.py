"""
Bundles whose entries are as they should be, or are not: altered, missing, inserted, reordered, forked, truncated.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.audit.bundles import (
    KEY,
    OLD_KEY,
    OTHER,
    STRANGER,
    Bundle,
    Files,
    Said,
    bodies_of,
    checkpoint,
    consistency,
    honest,
    leaf,
    note,
    notes,
    packed,
    text_of,
)
from tests.audit.evidence import SIZE, Case, flipped, log, pin, tampered


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
        yield Case(
            f"back in time at {index}", lying(index, recorded_at="2026-11-23T09:59:59.000000Z"), 1, ("altered", index)
        )
        yield Case(
            f"no time at {index}", lying(index, recorded_at="2026-11-23T1a:00:00.000000Z"), 1, ("altered", index)
        )
    skipping = [*said[:9], *(replace(each, index=at + 10) for at, each in enumerate(said[9:]))]
    yield Case("an index was left out", Bundle(bodies_of(skipping)).sealed(), 1, ("missing", 9))
