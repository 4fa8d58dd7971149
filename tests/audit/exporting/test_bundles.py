"""
Bundles, as their receiver sees them: verified by the program inside, in a process that knows nothing of Venia.
"""

import base64
import json
import re
import tracemalloc
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from audit.checkpoint import open_checkpoint
from audit.entry import canonical
from audit.exporting.records import Export
from audit.note import VerifierKey, parse_note, verified
from tests.audit.exporting.bureau import Bureau, contents, names
from tests.factories import phone


@pytest.fixture(scope="module", name="ana")
def _ana(bureau: Bureau):
    """
    Somebody in a log of more than 600 entries, signed several times.
    """
    number = phone()
    contact = bureau.agree(number, ip="203.0.113.7", user_agent="Browser/1.0")
    bureau.note(620)
    bureau.sign()
    return contact


def shown(export: Export, bureau: Bureau) -> list[dict[str, Any]]:  # Any: JSON.
    return [json.loads(line) for line in contents(bureau.file(export))["view/entries.jsonl"].splitlines()]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"first": 100, "end": 400},
        {"first": 256, "end": 512},
        {"first": 300, "end": 301},
        {"first": 0, "end": 256},
        {"first": 511},
    ],
)
@pytest.mark.usefixtures("ana")
def test_a_bundle_verifies(bureau: Bureau, asked):
    """
    With a pin it is verified (0); without one, the receiver learns that the end might be cut off (3).
    """
    folder = bureau.unpacked(bureau.made(**asked))
    pinned, loose = bureau.verify(folder, "--pin", bureau.pin()), bureau.verify(folder)

    assert (pinned.returncode, pinned.stderr) == (0, ""), pinned.stdout
    assert (loose.returncode, "TAIL NOT PINNED" in loose.stdout) == (3, True)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({}, {"tile/entries/000", "tile/entries/001", "tile/entries/002.p/"}),
        ({"first": 256, "end": 512}, {"tile/0/000", "tile/entries/001", "tile/0/002.p/"}),
        ({"first": 255, "end": 513}, {"tile/0/000", "tile/entries/001", "tile/0/002.p/", "entries/255", "entries/512"}),
        ({"first": 510, "end": 512}, {"tile/0/000", "tile/0/001", "tile/0/002.p/", "entries/510", "entries/511"}),
        ({"first": 512}, {"tile/0/000", "tile/0/001", "tile/entries/002.p/"}),
    ],
)
@pytest.mark.usefixtures("ana")
def test_a_range_is_laid_out_by_tiles(bureau: Bureau, asked, holds):
    """
    Tiles that lie wholly in it as entries, all others as hashes, and the ragged rest one by one.
    """
    found = names(bureau.file(bureau.made(**asked)))
    parts = {re.sub(r"[.]p/\d+$", ".p/", name) for name in found if name.startswith(("tile/", "entries/"))}

    assert parts == holds


def test_a_dossier_verifies(bureau: Bureau, ana):
    """
    It proves each entry about the person, extends the earlier checkpoints in it, and says that it may not be complete.
    """
    bureau.sign()
    export = bureau.made(contact=ana, disclose=("phone",))
    folder = bureau.unpacked(export)
    earlier = min((folder / "checkpoints").iterdir(), key=lambda path: int(path.name))
    pinned = bureau.verify(folder, "--pin", bureau.pin())

    assert pinned.returncode == 0, pinned.stdout
    assert "COMPLETENESS" in pinned.stdout
    assert bureau.verify(folder, "--pin", earlier).returncode == 0
    assert bureau.verify(folder).returncode == 3
    assert {entry["payload"]["contact"] for entry in shown(export, bureau)} == {str(ana)}
    assert "Completeness. This is a selection" in (folder / "README.txt").read_text()


@pytest.mark.parametrize("which", ["whole", "range", "dossier"])
def test_a_changed_byte_is_noticed(bureau: Bureau, ana, which):
    """
    In an entry, in the view, in a disclosure and in what the manifest says.
    """
    asked = {"whole": {}, "range": {"first": 0, "end": 40}, "dossier": {"contact": ana}}[which]
    export = bureau.made(disclose=("*",), **asked)
    folder = bureau.unpacked(export)
    spoiled = []
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path.name == "verify.py":
            continue
        before = path.read_bytes()
        path.write_bytes(before[:-9] + bytes([before[-9] ^ 1]) + before[-8:])
        spoiled.append((str(path.relative_to(folder)), bureau.verify(folder, "--pin", bureau.pin()).returncode))
        path.write_bytes(before)

    assert [name for name, code in spoiled if code != 1] == []
    assert len(spoiled) > 8


@pytest.mark.usefixtures("ana")
def test_made_again_it_is_the_same(bureau: Bureau):
    """
    The same export of the same log has the same bytes, whenever it is made.
    """
    export = bureau.made(disclose=("*",))
    before = bureau.file(export).read_bytes()
    bureau.note(3)
    bureau.sign()
    bureau.again(export)
    bureau.file(export).unlink()
    bureau.work()

    assert bureau.file(bureau.export(export.id)).read_bytes() == before
    assert bureau.export(export.id).digest == export.digest == sha256(before).digest()


@pytest.mark.usefixtures("ana")
def test_the_zip_tells_nothing_but_its_content(bureau: Bureau):
    """
    Listed by name with the manifest last, deflated, one time and mode for all, no folder, no link, no way out.
    """
    path = bureau.file(bureau.made(disclose=("*",)))
    with zipfile.ZipFile(path) as archive:
        listed, broken = archive.infolist(), archive.testzip()

    assert names(path) == [*sorted(names(path)[:-1]), "manifest.json"]
    assert len({*names(path)}) == len(listed)
    assert {(each.date_time, each.external_attr, each.compress_type, each.create_system) for each in listed} == {
        ((1980, 1, 1, 0, 0, 0), 0o100644 << 16, zipfile.ZIP_DEFLATED, 3)
    }
    assert not any(name.startswith("/") or ".." in name.split("/") for name in names(path))
    assert broken is None


def test_the_manifest_is_signed_and_complete(bureau: Bureau, ana):
    """
    It says who asked for what, has every other file's hash, and is signed by the log's key as no checkpoint is.
    """
    export = bureau.made(contact=ana, disclose=("phone", "ip"))
    found = dict(contents(bureau.file(export)))
    line = found.pop("manifest.json")
    told = json.loads(line)
    note = parse_note(told.pop("note").encode())
    unsigned = canonical(told) + b"\n"

    assert told.pop("files") == {name: sha256(content).hexdigest() for name, content in found.items()}
    assert told == {
        "version": "venia-bundle/v1",
        "kind": "dossier",
        "log": export.origin,
        "size": export.entry_index + 1,
        "from": 0,
        "to": export.entry_index + 1,
        "contact": str(ana),
        "disclose": ["ip", "phone"],
        "asked_by": "key:test",
        "asked_at": export.requested_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "export": str(export.id),
    }
    assert note.text == f"venia-manifest/v1\n{export.origin}\n{sha256(unsigned).hexdigest()}\n"
    assert len(verified(note, [VerifierKey.parse(bureau.vkey())])) == 1
    assert line == canonical({**told, **json.loads(line)}) + b"\n"


def test_its_own_entry_is_covered(bureau: Bureau, ana):
    """
    The checkpoint has the entry that asked for the export, so that nobody can deny having asked.
    """
    export = bureau.made(contact=ana)
    checkpoint, _ = open_checkpoint(contents(bureau.file(export))["checkpoint"], VerifierKey.parse(bureau.vkey()))

    assert checkpoint.size > export.entry_index
    assert shown(export, bureau)[-1]["index"] == export.entry_index


def test_only_what_was_asked_for_is_disclosed(bureau: Bureau, ana):
    """
    No name, no disclosure; some names, those; a star, everything.
    """

    def disclosed(*names_: str) -> set[str]:
        found = contents(bureau.file(bureau.made(contact=ana, disclose=names_)))
        lists = [json.loads(content) for name, content in found.items() if name.startswith("disclosures/")]
        return {json.loads(base64.urlsafe_b64decode(each + "==="))[1] for one in lists for each in one}

    assert disclosed() == set()
    assert disclosed("phone") == {"phone"}
    assert disclosed("ip", "text") == {"ip"}
    assert disclosed("*") == {"phone", "ip", "user_agent"}


def test_everything_disclosed_withstands_the_strict_question(bureau: Bureau, ana):
    """
    Asked whether something was withheld, verify.py finds nothing where all was disclosed, and says so where not.
    """
    all_, some = (bureau.unpacked(bureau.made(contact=ana, disclose=each)) for each in (("*",), ("phone",)))
    strict = ("--disclosed", "--pin", bureau.pin())

    assert bureau.verify(all_, "--pin", bureau.pin(bureau_size(all_)), "--disclosed").returncode == 0
    assert "WITHHELD" in bureau.verify(some, *strict).stdout


def bureau_size(folder: Path) -> int:
    return int((folder / "checkpoint").read_text().split("\n")[1])


@pytest.mark.parametrize("asked", [{}, {"first": 16, "end": 300}])
def test_an_altered_body_is_never_handed_out(own: Bureau, asked):
    """
    The export fails and names the first entry that is not what was signed, even if its stored hash was altered too.
    """
    own.note(300)
    export = own.ask(**asked)
    own.tamper(
        "UPDATE entries SET body = convert_to(replace(convert_from(body, 'utf8'), 'number', 'nombre'), 'utf8'), "
        "leaf_hash = sha256('\\x00'::bytea || convert_to(replace(convert_from(body, 'utf8'), 'number', 'nombre'), "
        "'utf8')) WHERE entry_index >= 203"
    )
    own.work()
    failed = own.export(export)

    assert (failed.state, failed.file) == ("failed", None)
    assert failed.detail == "Entry 203: its bytes are not those that were signed."
    assert not list(own.exports.iterdir())


def test_a_missing_entry_is_never_passed_over(own: Bureau):
    """
    The export fails and names the place, in tables for people as well.
    """
    own.note(30)
    exports = [own.ask(), own.ask("csv"), own.ask("ndjson")]
    own.tamper("DELETE FROM entries WHERE entry_index = 21")
    own.work()

    for export in map(own.export, exports):
        assert (export.state, export.detail) == ("failed", "Entry 21: it is missing; entry 22 comes next.")


def test_somebody_elses_entry_is_not_filed_under_a_person(own: Bureau):
    """
    The column that a dossier is looked up by is compared with what the entries say.
    """
    contact = own.agree(phone())
    export = own.ask(contact=contact)
    own.tamper("UPDATE entries SET contact_id = $1 WHERE entry_index = 3", contact)
    own.work()

    assert own.export(export).detail == "Entry 3: it is not about the person under whom it is filed."


def test_an_altered_tile_is_noticed(own: Bureau):
    """
    Leaf hashes that do not lead to the signed root are no evidence, though no entry of the range be altered.
    """
    own.note(300)
    export = own.ask(first=280, end=290)
    own.tamper("ALTER TABLE tiles DISABLE TRIGGER USER")
    own.tamper(
        "UPDATE tiles SET hashes = overlay(hashes PLACING '\\x0000' FROM 70) "
        "WHERE level = 0 AND tile_index = 0 AND tenant_id = $1",
        own.live.tenant,
    )
    own.work()

    assert own.export(export).state == "failed"
    assert "another root" in str(own.export(export).detail)


def test_without_a_checkpoint_there_is_no_bundle(own: Bureau):
    """
    After waiting in vain the export fails, and says what to look at.
    """
    written = own.request()
    own.work()
    failed = own.export(UUID(str(written.answer["id"])))

    assert failed.state == "failed"
    assert "No checkpoint covers entry" in str(failed.detail)


def test_memory_does_not_grow_with_the_log(own: Bureau):
    """
    Twenty times the entries take about the same memory: a few hundred entries at a time, and the list of files.
    """

    def peak() -> int:
        export = own.ask()
        tracemalloc.start()
        own.work()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert own.export(export).state == "ready"
        return most

    own.note(1_100)
    small = peak()
    own.note(18_900)
    large = peak()

    assert large < 2 * small
