"""
Tools that are not ours verify a bundle of ours, and reject one that was tampered with.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.audit.bundles import KEY, STRANGER, Bundle, Files, checkpoint, honest, unpacked
from tests.checkout import ROOT

INTEROP = ROOT / "docs" / "interop"
DEBIAN = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")
# Go and its packages are not everywhere; openssl is.
TOOLS = ["openssl", *(["sumdb"] if shutil.which("go") and DEBIAN.exists() else [])]


def run(tool: str, *words: str) -> tuple[int, str]:
    """
    The exit status of a script, and what it said.
    """
    done = subprocess.run(
        ["sh", str(INTEROP / f"{tool}.sh"), *words], capture_output=True, text=True, check=False, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


def whole(bodies: list[bytes]) -> Files:
    """
    A bundle of a whole log.
    """
    return Bundle(bodies).sealed()


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("size", [1, 256, 300])
def test_a_whole_log_is_verified(tool, size, tmp_path):
    """
    With the log's key, whatever its size.
    """
    folder = unpacked(whole(honest(size)), tmp_path / "bundle")
    status, said = run(tool, str(folder), KEY.verifier())

    assert (status, "VERIFIED" in said, "NOT VERIFIED" in said) == (0, True, False), said


@pytest.mark.parametrize("tool", TOOLS)
def test_another_key_verifies_nothing(tool, tmp_path):
    """
    Of the same name and another secret.
    """
    folder = unpacked(whole(honest(3)), tmp_path / "bundle")
    status, said = run(tool, str(folder), STRANGER.verifier())

    assert (status, "NOT VERIFIED" in said) == (1, True), said


@pytest.mark.parametrize("tool", TOOLS)
def test_a_checkpoint_that_says_more_is_rejected(tool, tmp_path):
    """
    Its size was changed below its signature.
    """
    files = whole(honest(3))
    files["checkpoint"] = files["checkpoint"].replace(b"\n3\n", b"\n4\n", 1)
    folder = unpacked(files, tmp_path / "bundle")

    assert run(tool, str(folder), KEY.verifier())[0] == 1


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_no_bundle_is_not_run(tool, tmp_path):
    """
    Exit status 2 and a sentence.
    """
    assert run(tool, str(tmp_path), KEY.verifier())[0] == 2


@pytest.mark.parametrize("tool", TOOLS[1:])
def test_go_rejects_an_altered_entry_and_another_history(tool, tmp_path):
    """
    One byte of one entry; a pin of the same log that these entries do not extend, and one that is longer.
    """
    bodies = honest(300)
    altered = whole(bodies)
    altered["tile/entries/000"] = altered["tile/entries/000"].replace(b"note.taken", b"note.t4ken", 1)
    rewritten = [*bodies[:100], bodies[100].replace(b"note.taken", b"note.t4ken"), *bodies[101:]]
    pins = {"held": checkpoint(bodies, 200), "fork": checkpoint(rewritten, 200), "longer": checkpoint(honest(400))}
    for name, note in pins.items():
        (tmp_path / name).write_bytes(note)
    good = str(unpacked(whole(bodies), tmp_path / "good"))
    said = {name: run(tool, good, KEY.verifier(), str(tmp_path / name)) for name in pins}

    assert run(tool, str(unpacked(altered, tmp_path / "altered")), KEY.verifier())[0] == 1
    assert {name: status for name, (status, _) in said.items()} == {"held": 0, "fork": 1, "longer": 1}, said


def test_openssl_proves_the_entries_of_a_dossier(tmp_path):
    """
    Each by its proof; not after a byte of it was changed, and not one that the dossier does not hold.
    """
    bodies = honest(300)
    files = Bundle(bodies, kind="dossier", chosen=[0, 7, 255, 256, 299]).sealed()
    folder = unpacked(files, tmp_path / "bundle")
    good = {index: run("openssl", str(folder), KEY.verifier(), str(index))[0] for index in (0, 7, 255, 256, 299, 8)}
    (folder / "entries" / "7").write_bytes(bodies[8])

    assert good == {0: 0, 7: 0, 255: 0, 256: 0, 299: 0, 8: 2}
    assert run("openssl", str(folder), KEY.verifier(), "7")[0] == 1
