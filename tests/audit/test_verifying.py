"""
``venia verify`` reaches the verdicts of the script that ships in bundles, however many processes it has, and opens no
archive that could harm whoever received it.
"""

import json
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from audit.errors import BundleUnreadable
from audit.unpacking import opened
from audit.verifying import Expected, Verdict, verify
from server.verify_command import verify as verify_command
from tests.audit.bundles import KEY, META_KEY, WITNESSES, Bundle, Files, checkpoint, honest, unpacked, zipped
from tests.audit.evidence import Case, log, pin
from tests.audit.forgeries import cases
from tests.audit.test_verifier import judged


def expected(case: Case) -> Expected:
    """
    What the receiver of a case's bundle holds against it.
    """
    pins = [(f"pin {at}", each) for at, each in enumerate(case.pins)]
    witnesses = [each.verifier() for each in case.witnesses]
    return Expected(list(case.keys), pins, witnesses, **case.asked)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_verdict_does_not_depend_on_how_it_is_reached(case, tmp_path):
    """
    In one piece, tile by tile, or two tiles at a time, the whole report is that of the script.
    """
    report = judged(case, tmp_path)
    verdicts = [verify(tmp_path, expected(case), tiles=tiles) for tiles in (1, 2, 1000)]

    assert verdicts[0] == verdicts[1] == verdicts[2]
    assert [(each.kind, each.index, each.why) for each in verdicts[0].findings] == report.findings
    assert (verdicts[0].code, verdicts[0].entries) == (report.code, report.entries)
    assert list(verdicts[0].lines[len(report.findings) : -1]) == [f"{mark} {text}" for mark, text in report.told]


@pytest.mark.parametrize(
    "name", ["full 1025", "line 6 of entry 511", "erased later", "5 is gone", "rewritten from 450 on"]
)
def test_processes_agree(name, tmp_path):
    """
    Two real processes that read a tile each reach the same verdict, and say how far they are.
    """
    (case,) = [each for each in cases() if each.name.removeprefix("entry ") == name]
    seen: list[tuple[int, int]] = []
    alone = verify(unpacked(case.files, tmp_path), expected(case))
    together = verify(
        tmp_path, expected(case), processes=2, tiles=1, watch=lambda done, total: seen.append((done, total))
    )

    assert together == alone
    assert seen[0][0] == 0
    assert seen == sorted(seen)
    assert case.code or seen[-1][0] == seen[-1][1] == alone.entries


def sound() -> Files:
    """
    An honest bundle.
    """
    return Bundle(log()).sealed()


def received(content: bytes, folder: Path) -> Path:
    """
    A file that somebody sent.
    """
    place = folder / "bundle.zip"
    place.write_bytes(content)
    return place


def verdict(bundle: Path) -> Verdict:
    """
    What is to be said of it by somebody who kept a checkpoint.
    """
    with opened(bundle) as folder:
        return verify(folder, Expected([KEY.verifier()], [("pin", pin())]))


def test_an_archive_and_its_folder_are_the_same(tmp_path):
    """
    Packed or unpacked, with or without entries for folders; and nothing of it stays on the disk.
    """
    packed = received(zipped(sound().items()), tmp_path)
    folder = unpacked(sound(), tmp_path / "bundle")
    with opened(packed) as place:
        assert {path.relative_to(place) for path in place.rglob("*")} == {
            p.relative_to(folder) for p in folder.rglob("*")
        }
    folders = tmp_path / "folders.zip"
    folders.write_bytes(zipped([("tile/", b""), ("tile/entries/", b""), *sound().items()]))

    assert not place.exists()
    assert verdict(packed) == verdict(folder) == verdict(folders)
    assert verdict(folder).code == 0


def member(name: str, *, mode: int = 0o100644, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """
    A member of an archive as only a forger writes it.
    """
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = name
    info.create_system, info.external_attr, info.compress_type = 3, mode << 16, method
    return info


def encrypted(content: bytes) -> bytes:
    """
    An archive that says of its members that they are encrypted.
    """
    changed = bytearray(content)
    for signature, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = content.find(signature)
        changed[place + at] |= 1
    return bytes(changed)


def corrupted(content: bytes) -> bytes:
    """
    An archive in which the bytes of one file have another CRC.
    """
    place = content.find(b"PK\1\2") + 16
    (crc,) = struct.unpack_from("<I", content, place)
    return content[:place] + struct.pack("<I", crc ^ 1) + content[place + 4 :]


def claiming(content: bytes, size: int) -> bytes:
    """
    An archive that says that its first file is larger than it is.
    """
    place = content.find(b"PK\1\2") + 24
    return content[:place] + struct.pack("<I", size) + content[place + 4 :]


def second_name(files: Files) -> bytes:
    """
    An archive in which a member has another name for those who read Info-ZIP's extra field.
    """
    info = zipfile.ZipInfo("checkpoint")
    info.extra = struct.pack("<HHBI", 0x7075, 5 + 9, 1, zlib.crc32(b"checkpoint")) + b"other.txt"
    return zipped([(info, files["checkpoint"])])


ATTACKS: dict[str, Callable[[], bytes]] = {
    "a way out": lambda: zipped([*sound().items(), (member("../outside"), b"x")]),
    "a way out below": lambda: zipped([*sound().items(), (member("tile/../../outside"), b"x")]),
    "an absolute name": lambda: zipped([*sound().items(), (member("/outside"), b"x")]),
    "a drive": lambda: zipped([*sound().items(), (member("C:outside"), b"x")]),
    "a backslash": lambda: zipped([*sound().items(), (member("tile\\..\\outside"), b"x")]),
    "a dot": lambda: zipped([*sound().items(), (member("./README.txt"), b"x")]),
    "a name that is empty in the middle": lambda: zipped([*sound().items(), (member("tile//x"), b"x")]),
    "a name with a line feed": lambda: zipped([*sound().items(), (member("a\nb"), b"x")]),
    "a name with a zero": lambda: zipped([*sound().items(), (member("verify.py\0.txt"), b"x")]),
    "a link": lambda: zipped([*sound().items(), (member("link", mode=stat.S_IFLNK | 0o777), b"/etc/passwd")]),
    "a device": lambda: zipped([*sound().items(), (member("device", mode=stat.S_IFCHR | 0o666), b"")]),
    "a pipe": lambda: zipped([*sound().items(), (member("pipe", mode=stat.S_IFIFO | 0o666), b"")]),
    "another case": lambda: zipped([*sound().items(), ("readme.TXT", b"x")]),
    "a file that is a folder": lambda: zipped([*sound().items(), ("checkpoint/x", b"x")]),
    "a folder that is a file": lambda: zipped([("Checkpoint/", b""), *sound().items()]),
    "an unusual compression": lambda: zipped([(member("README.txt", method=zipfile.ZIP_BZIP2), b"x" * 100)]),
    "an encrypted file": lambda: encrypted(zipped(sound().items())),
    "a wrong sum": lambda: corrupted(zipped(sound().items())),
    "a wrong length": lambda: claiming(zipped(sound().items()), 1),
    "an absurd length": lambda: claiming(zipped(sound().items()), 0xFFFFFFF0),
    "another archive in front": lambda: zipped(Bundle(honest(3)).sealed().items()) + zipped(sound().items()),
    "a second name": lambda: second_name(sound()),
    "a name in two spellings": lambda: zipped([("\xe9", b""), ("e\u0301", b"")]),
    "no name": lambda: zipped([(member(""), b"")]),
    "a name that is no text": lambda: zipped([("ééé", b"")]).replace("ééé".encode(), b"\xff\xfe\xfd\xfc\xfb\xfa"),
    "half of it": lambda: zipped(sound().items())[:-200],
    "no archive": lambda: b"something else",
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_hostile_archive_is_not_unpacked(attack, tmp_path):
    """
    It is unreadable, with a sentence, and nothing was written beside the folder it was meant for.
    """
    place = received(attack(), tmp_path)
    with pytest.raises(BundleUnreadable, match=r"This bundle cannot be read: .+\."), opened(place):
        pass

    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 30_000 + "b"], ids=["long", "deep"])
def test_a_name_is_short(name, tmp_path):
    """
    A name of many folders would take memory by the square of its length before any disk refused it.
    """
    with pytest.raises(BundleUnreadable, match="no plain path"), opened(received(zipped([(name, b"")]), tmp_path)):
        pass


def test_a_file_is_there_once(tmp_path):
    """
    Two files of one name would mean one thing to us and another to somebody else.
    """
    with pytest.warns(UserWarning, match="Duplicate"):
        content = zipped([*sound().items(), ("README.txt", b"x")])
    with pytest.raises(BundleUnreadable, match="twice"), opened(received(content, tmp_path)):
        pass


def test_a_folder_has_only_files(tmp_path):
    """
    A link, or what is no file, could lead anywhere or never end.
    """
    folder = unpacked(sound(), tmp_path / "bundle")
    (folder / "link").symlink_to("/etc/passwd")
    with pytest.raises(BundleUnreadable, match="link"), opened(folder):
        pass
    (folder / "link").unlink()
    os.mkfifo(folder / "pipe")
    with pytest.raises(BundleUnreadable, match="device"), opened(folder):
        pass


app = typer.Typer()
app.command()(verify_command)


def command(*arguments: object) -> tuple[int, str, str]:
    """
    Exit code and output of ``venia verify``.
    """
    result = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_speaks_as_the_script(tmp_path):
    """
    Its options are the script's; its last line and its exit code are the verdict.
    """
    files = Bundle(log(), witnesses=WITNESSES, meta=True).sealed()
    bundle, kept = received(zipped(files.items()), tmp_path), tmp_path / "pin"
    kept.write_bytes(pin())
    options = [
        "--key",
        KEY.verifier(),
        "--pin",
        kept,
        "--witness",
        WITNESSES[0].verifier(),
        "--meta",
        META_KEY.verifier(),
    ]
    good = command(bundle, *options, "--quorum", 1, "--disclosed", "--processes", 2)
    weak = command(bundle, "--key", KEY.verifier(), "--processes", 1)
    kept.write_bytes(checkpoint(honest(601)))
    bad = command(bundle, *options)

    assert (good[0], good[1].splitlines()[-1], good[2]) == (0, "VERIFIED", "")
    assert (weak[0], weak[1].splitlines()[0][:20]) == (3, "WEAK TAIL NOT PINNED")
    assert (bad[0], bad[1].splitlines()[0][:29]) == (1, "FAIL truncated at entry 600: ")


def test_the_command_speaks_json(tmp_path):
    """
    The verdict, with what is and is not proven, or why there is none.
    """
    bundle, kept = received(zipped(sound().items()), tmp_path), tmp_path / "pin"
    kept.write_bytes(checkpoint(honest(601)))
    code, told, _ = command(bundle, "--key", KEY.verifier(), "--pin", kept, "--json")
    answer = json.loads(told)
    nowhere = command(tmp_path / "nowhere", "--key", KEY.verifier(), "--json")
    keyless = command(bundle, "--key", "key")

    assert (code, answer["code"], answer["verdict"], answer["entries"]) == (1, 1, "not verified", 600)
    assert answer["findings"][0]["kind"] == "truncated"
    assert answer["findings"][0]["index"] == 600
    assert answer["proven"] == []
    assert answer["not_proven"]
    assert nowhere[0] == 2
    assert json.loads(nowhere[1])["verdict"] == "could not run"
    assert keyless[0] == 2
    assert "key" in keyless[2]
