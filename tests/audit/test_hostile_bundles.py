"""
Bundles made to deceive, to crash or to exhaust whoever verifies them, some by somebody who holds the log's key.

Each is put to the script that ships in bundles and to ``venia verify``; both say the same.
"""

import base64
import json
import os
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from audit import verifier
from audit.note import Note
from audit.verifying import Expected, verify
from tests.audit.bundles import (
    ANA,
    BEN,
    KEY,
    ORIGIN,
    STRANGER,
    WITNESSES,
    Bundle,
    Files,
    bodies_of,
    checkpoint,
    honest,
    leaf,
    note,
    notes,
    packed,
    personal,
    text_of,
    unpacked,
    view_of,
    with_manifest,
)
from tests.audit.evidence import SIZE, VIEW, log, pin
from tests.audit.test_verifier import run
from tests.audit.test_verifying import command

dump = partial(json.dumps, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def both(files: Files, folder: Path, *, pins: tuple[bytes, ...] = (), disclosed: bool = False) -> verifier.Report:
    """
    What both say, having said the same.
    """
    labelled = [(f"pin {at}", each) for at, each in enumerate(pins or (pin(),))]
    unpacked(files, folder)
    report = verifier.verify(str(folder), verifier.read_keys([KEY.verifier()]), labelled, disclosed=disclosed)
    for tiles in (1, 1000):
        verdict = verify(folder, Expected([KEY.verifier()], labelled, disclosed=disclosed), tiles=tiles)

        assert list(verdict.lines) == verifier.lines_of(report)
    return report


def first(report: verifier.Report) -> tuple[int, str | None, int | None]:
    """
    The exit code, and the kind and place of what is wrong first.
    """
    return (report.code, *(report.findings[0][:2] if report.findings else (None, None)))


def with_entry(index: int, change: Callable[[bytes], bytes]) -> Files:
    """
    A log in which one entry has bytes that no entry may have, signed, with the view to which its bytes lead.
    """
    said = notes(SIZE)
    before = bodies_of(said[: index + 1])
    bent = change(before.pop())
    after = bodies_of(said[index + 1 :], leaf(bent), index + 1)
    bodies, at = [*before, bent, *after], len(ORIGIN) + len(str(index)) + 62
    pieces = (index, bent[at : at + 27], bent[at + 28 : at + 64], bent[at + 65 : -1])
    line = b'{"index":%d,"recorded_at":"%b","event_id":"%b","payload":%b}\n' % pieces
    made = {name: each for name, each in Bundle(log()).sealed().items() if name != "manifest.json"}
    made["checkpoint"] = checkpoint(bodies)
    made[VIEW] = view_of(dict(enumerate(before))) + line + view_of(dict(enumerate(after, index + 1)))
    for start in range(0, SIZE, 256):
        tile = packed(bodies[start : start + 256])
        made[next(name for name in made if name.startswith(f"tile/entries/{start // 256:03}"))] = tile
    whole: dict[str, Any] = {"kind": "full", "from": 0, "to": SIZE, "size": SIZE, "disclose": []}  # JSON
    return with_manifest(made, **whole)


MORE = b'}\n{"index":301,"recorded_at":"2026-11-23T10:02:30.500000Z","event_id":"x","payload":{"event":"invented"}'


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body[:-1] + MORE + b"\n",
        lambda body: body.replace(b'\n{"actor"', b' {"actor"')[:-1] + MORE + b"\n",
        lambda body: body[: body.index(b'{"actor')],
        lambda body: body.replace(b'{"actor"', b'["actor"'),
        lambda body: body.replace(b"01936c5e", b"01936c5X"),
    ],
    ids=["a line more", "a line more and one less", "no payload", "no object", "no event id"],
)
def test_no_entry_smuggles_lines_into_the_view(change, tmp_path):
    """
    An entry has seven lines of their form, also in a tile that is read fast and also if the log's key signed it.
    """
    files = with_entry(300, change)

    assert first(both(files, tmp_path, pins=(checkpoint(honest(100)),))) == (1, "altered", 300)


@pytest.mark.parametrize(
    "more",
    [
        b',"sd": ["' + b"A" * 43 + b'"]',
        b',"\\u0073d":["' + b"A" * 43 + b'"]',
        b',"sd":["' + b"A" * 43 + b'"],"sd":[]',
        b',"zero":NaN',
        b',"zero":0.5',
        b',"zero":' + b"9" * 5000,
    ],
)
def test_a_withheld_field_cannot_be_spelled_away(more, tmp_path):
    """
    Whoever asks for every personal field gets a verdict only on payloads that all read alike.
    """
    files = with_entry(300, lambda body: body[:-2] + more + b"}\n")

    assert first(both(files, tmp_path, pins=(checkpoint(honest(100)),), disclosed=True)) == (1, "altered", 300)


def of_people() -> Bundle:
    """
    A log with an entry about each of two people, and what discloses the first.
    """
    said = notes(SIZE)
    said[9], fields = personal(9, ANA)
    said[10], _ = personal(10, BEN)
    return Bundle(bodies_of(said), disclosures={9: [each.disclosure for each in fields]})


def test_a_dossier_is_about_one_person(tmp_path):
    """
    An entry about somebody else does not pass for one about the person whom the manifest names.
    """
    bodies = of_people().bodies
    files = Bundle(bodies, "dossier", chosen=(9, 10)).sealed()
    nobody = Bundle(bodies, "dossier", chosen=(9,)).sealed(contact=None)

    assert first(both(files, tmp_path / "a", pins=(checkpoint(bodies),))) == (1, "inserted", 10)
    assert first(both(nobody, tmp_path / "b", pins=(checkpoint(bodies),))) == (1, "inserted", 9)


def test_a_dossier_brings_no_checkpoint_that_nothing_leads_to(tmp_path):
    """
    An earlier checkpoint in a dossier is proven, or it is no evidence.
    """
    forged = note(text_of([leaf(body) for body in honest(300)[::-1]]), STRANGER)
    files = Bundle(log(), "dossier", chosen=(3,)).sealed(lambda files: files.update({"checkpoints/300": forged}))

    assert first(both(files, tmp_path, pins=(checkpoint(log()),))) == (1, "missing", None)


@pytest.mark.parametrize("name", ["disclosures/009.json", "disclosures/9.JSON", "disclosures/summary.json"])
def test_disclosures_are_those_that_are_checked(name, tmp_path):
    """
    No file passes for disclosures by a name that a person reads as one and the verifier does not.
    """
    files = of_people().sealed(lambda files: files.update({name: b'["a lie"]'}))

    assert first(both(files, tmp_path, pins=(checkpoint(of_people().bodies),))) == (1, "inserted", None)


def test_disclosures_are_a_list(tmp_path):
    """
    What stands beside a disclosure that is right is not disclosed.
    """
    bundle = of_people()
    lie = json.dumps({bundle.disclosures[9][0]: "+34 666"}, separators=(",", ":")).encode()
    files = bundle.sealed(lambda files: files.update({"disclosures/9.json": lie}))

    assert first(both(files, tmp_path, pins=(checkpoint(bundle.bodies),))) == (1, "altered", 9)


@pytest.mark.parametrize("name", ["view/entries.csv", "VERIFIED.txt", "proofs/5.tlog-proof", "checkpoint\n"])
def test_a_file_that_nobody_checks_is_not_passed_over(name, tmp_path):
    """
    The log's key may have signed a file that is no part of a bundle; the verdict says that it was not checked.
    """
    report = both(Bundle(log()).sealed(lambda files: files.update({name: b"a lie\n"})), tmp_path)

    assert report.code == 3
    assert any(text.startswith("NOT CHECKED") for _, text in report.told)


MANIFESTS: dict[str, dict[str, Any]] = {  # JSON of whatever type
    "a fraction of an entry": {"kind": "range", "from": 0.5},
    "a size that is no integer": {"size": 600.0, "to": 600.0},
    "a truth for a number": {"from": False},
    "a list of files": {"files": ["checkpoint"]},
    "no files": {"files": None},
    "a word for a list": {"disclose": "*"},
    "no list": {"disclose": None},
}


def signed_with(files: Files, told: dict[str, Any]) -> Files:  # JSON, as above
    """
    The bundle with other members in its manifest.
    """
    whole = {**json.loads(files["manifest.json"]), **told}
    del whole["note"]
    digest = sha256(f"{dump(whole)}\n".encode()).hexdigest()
    whole["note"] = note(f"venia-manifest/v1\n{ORIGIN}\n{digest}\n", KEY).decode()
    return {**files, "manifest.json": f"{dump(whole)}\n".encode()}


@pytest.mark.parametrize("told", MANIFESTS.values(), ids=MANIFESTS)
def test_a_signed_manifest_of_other_types_is_no_manifest(told, tmp_path):
    """
    Whatever the log's key signed, both end with a verdict.
    """
    assert first(both(signed_with(Bundle(log()).sealed(), told), tmp_path)) == (1, "altered", None)


def test_a_version_cannot_speak_to_the_terminal(tmp_path):
    """
    The sentence that says why it could not run is printable ASCII, too.
    """
    folder = unpacked(Bundle(log()).sealed(version="\x1b[2J\rVERIFIED\u202e"), tmp_path)
    script = run(verifier.__file__, folder, KEY.verifier())
    code, _, told = command(folder, "--key", KEY.verifier())

    assert (script.returncode, code) == (2, 2)
    assert all(line.isascii() and line.isprintable() for line in (*script.stdout.splitlines(), *told.splitlines()))


def test_a_long_number_is_never_computed():
    """
    Where Python has no limit, a million digits would take minutes: they are refused as they stand.
    """
    with pytest.raises(ValueError, match="canonical"):
        verifier.parsed(b"[" + b"9" * 1_000_000 + b"]")


def test_nothing_of_a_manifest_is_read_before_its_signature(tmp_path):
    """
    JSON that fills the memory or nests without end is not even looked at.
    """
    files = Bundle(log()).sealed()
    files["manifest.json"] = files["manifest.json"].replace(b'"files":{', b'"files":{"deep":' + b"[" * 100_000, 1)
    report = both(files, tmp_path)

    assert first(report) == (1, "altered", None)
    assert "signed" in report.findings[0][2]


@pytest.mark.parametrize("name", ["checkpoint", "README.txt", "tile/entries/001", VIEW, "extra"])
@pytest.mark.parametrize("what", ["pipe", "link", "linked folder"])
def test_the_script_reads_only_files(name, what, tmp_path):
    """
    A pipe would never end and a link lead anywhere: it is 2, as for venia verify.
    """
    place = unpacked(Bundle(log()).sealed(), tmp_path / "bundle") / name
    place.unlink(missing_ok=True)
    if what == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to("/dev/zero" if what == "link" else "/usr")
    done = run(verifier.__file__, tmp_path / "bundle", KEY.verifier())

    assert (done.returncode, done.stderr) == (2, "")
    assert command(tmp_path / "bundle", "--key", KEY.verifier())[0] == 2


@pytest.mark.parametrize("name", ["README.txt", "checkpoint", "manifest.json", "tile/entries/001"])
def test_a_file_that_no_memory_holds_is_not_read(name, tmp_path):
    """
    A terabyte that takes no room on the disk takes none in memory.
    """
    folder = unpacked(Bundle(log()).sealed(), tmp_path)
    os.truncate(folder / name, 1 << 40)
    done = run(verifier.__file__, folder, KEY.verifier())

    assert (done.returncode, done.stderr) == (2, "")
    assert command(folder, "--key", KEY.verifier())[0] == 2


def test_a_tree_without_end_is_not_awaited(tmp_path):
    """
    A signed size of 10^18 is missing its first tile, however many processes are asked.
    """
    size = 10**18 - 1
    text = f"{ORIGIN}\n{size}\n{base64.b64encode(bytes(32)).decode()}\n"
    files = Bundle(log(), signed=note(text, KEY)).sealed(size=size, to=size)

    assert first(both(files, tmp_path)) == (1, "missing", 600 // 256 * 256)


def test_a_tile_may_reach_beyond_a_range(tmp_path):
    """
    Where entries outside the range are shown, both look for them in the view.
    """

    def reach(files: Files) -> None:
        for name in [name for name in files if name in {f"entries/{at}" for at in range(256)} | {"tile/0/000"}]:
            del files[name]
        files["tile/entries/000"] = packed(log()[:256])
        files[VIEW] = view_of(dict(enumerate(log()[:590])))

    assert both(Bundle(log(), "range", low=100, high=590).sealed(reach), tmp_path).code == 0


def test_the_bundle_does_not_answer_for_an_empty_pin(tmp_path, monkeypatch):
    """
    A pin without content is none, whatever file of its name the bundle holds.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pin").write_bytes(b"")
    files = Bundle(log()).sealed(lambda files: files.update({"--pin pin": pin()}))
    folder = unpacked(files, tmp_path / "bundle")

    assert run(verifier.__file__, folder, KEY.verifier(), "--pin", "pin").returncode == 1
    assert command(folder, "--key", KEY.verifier(), "--pin", "pin")[0] == 1


def named(public: bytes, name: str) -> str:
    """
    A witness's key under some name.
    """
    raw = b"\4" + public
    digest = sha256(name.encode() + b"\n" + raw).hexdigest()
    return f"{name}+{digest[:8]}+{base64.b64encode(raw).decode()}"


def test_nothing_that_was_asked_is_left_out_silently(tmp_path):
    """
    An empty key of the meta-log, a quorum below nobody, and one key under two names are 2.
    """
    folder = unpacked(Bundle(log(), witnesses=WITNESSES).sealed(), tmp_path)
    public = verifier.read_key(WITNESSES[0].verifier(), 4).public
    twice = ("--witness", WITNESSES[0].verifier(), "--witness", named(public, "another.test"))

    for options in (("--meta", ""), ("--quorum", "-1"), twice):
        assert run(verifier.__file__, folder, KEY.verifier(), *options).returncode == 2
        assert command(folder, "--key", KEY.verifier(), *options)[0] == 2


def test_a_cosignature_has_a_time_that_all_can_tell(tmp_path):
    """
    From 2^63 seconds on it is wrong, as audit.note says, too.
    """
    text = text_of([leaf(body) for body in log()])
    keys = [verifier.read_key(KEY.verifier(), 1), verifier.read_key(WITNESSES[0].verifier(), 4)]
    last, beyond = (Note(text, (KEY.sign(text), WITNESSES[0].cosign(text, at))).encode() for at in (2**63 - 1, 2**63))

    assert verifier.open_checkpoint(last, keys).witnesses == {WITNESSES[0].name: 2**63 - 1}
    with pytest.raises(ValueError, match="wrong"):
        verifier.open_checkpoint(beyond, keys)
