"""
The verifier that ships in every bundle says of each what is right, and runs where nothing but Python is.
"""

import ast
import base64
import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from audit import verifier
from tests.audit.bundles import KEY, META_KEY, ORIGIN, VERIFIER, WITNESSES, Bundle, unpacked
from tests.audit.evidence import Case, log, pin
from tests.audit.forgeries import cases


def judged(case: Case, folder: Path) -> verifier.Report:
    """
    What the verifier says of a case.
    """
    options = dict(case.asked)
    return verifier.verify(
        str(unpacked(case.files, folder)),
        verifier.read_keys(list(case.keys)),
        [(f"pin {at}", each) for at, each in enumerate(case.pins)],
        [verifier.read_key(each.verifier(), 4) for each in case.witnesses],
        quorum=options.get("quorum"),
        meta=verifier.read_keys(options.get("meta", [])),
        disclosed=options.get("disclosed", False),
    )


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_verdict_is_right(case, tmp_path):
    """
    The exit code, and the kind and index of the first thing that is wrong.
    """
    report = judged(case, tmp_path)
    found = report.findings[0][:2] if report.findings else None

    assert (report.code, found) == (case.code, case.first), report
    assert case.weak is None or any(text.startswith(case.weak) for mark, text in report.told if mark == "WEAK")


def run(*arguments: object, python: Sequence[str] = (sys.executable, "-I", "-S")) -> subprocess.CompletedProcess[str]:
    """
    The script as its receiver runs it: by itself, with nothing installed.
    """
    command = [*python, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    An honest bundle with everything in it, and a pin beside it.
    """
    folder: Path = tmp_path_factory.mktemp("received")
    (folder / "pin").write_bytes(pin())
    unpacked(Bundle(log(), witnesses=WITNESSES, meta=True, earlier=(300,)).sealed(), folder / "bundle")
    return folder


def test_it_runs_by_itself(bundle):
    """
    The bundle's own copy, with every option, in an isolated Python without site packages, ends with what it proved.
    """
    witnesses = [option for each in WITNESSES for option in ("--witness", each.verifier())]
    folder, kept = bundle / "bundle", bundle / "pin"
    options = ["--pin", kept, "--pin", kept, *witnesses, "--quorum", 3, "--meta", META_KEY.verifier(), "--disclosed"]
    done = run(folder / "verify.py", folder, KEY.verifier(), *options)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "VERIFIED"
    assert [line.split()[0] for line in done.stdout.splitlines()].count("PROVEN") == 5
    assert "NOT PROVEN that entries from 300 on are those first recorded" in done.stdout.splitlines()


def test_it_says_why_and_ends_with_that_code(bundle, tmp_path):
    """
    One altered byte is 1 with its place; no pin is 3.
    """
    shutil.copytree(bundle / "bundle", tmp_path / "forged")
    tile = tmp_path / "forged" / "tile/entries/001"
    tile.write_bytes(tile.read_bytes().replace(b"note.taken", b"note.faked", 3).replace(b"faked", b"taken", 2))
    forged = run(VERIFIER, tmp_path / "forged", KEY.verifier(), "--pin", bundle / "pin")
    unpinned = run(VERIFIER, bundle / "bundle", KEY.verifier())

    assert forged.returncode == 1
    assert forged.stdout.startswith("FAIL altered at entry 258: ")
    assert forged.stdout.splitlines()[-1] == "NOT VERIFIED"
    assert unpinned.returncode == 3
    assert unpinned.stdout.startswith("WEAK TAIL NOT PINNED")


def low_order() -> str:
    """
    A verifier key of order two, under which anybody can sign something.
    """
    return key_text(b"\1" + ((1 << 255) - 20).to_bytes(32, "little"))


def key_text(raw: bytes) -> str:
    """
    A verifier key of the log's name.
    """
    digest = sha256(ORIGIN.encode() + b"\n" + raw).hexdigest()
    return f"{ORIGIN}+{digest[:8]}+{base64.b64encode(raw).decode()}"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["."],
        ["nowhere", KEY.verifier()],
        ["..", KEY.verifier()],
        [".", ""],
        [".", "key"],
        [".", KEY.verifier()[:-4]],
        [".", KEY.verifier().replace("one+", "two+")],
        [".", KEY.verifier().replace("+A", "+B")],
        [".", low_order()],
        [".", key_text(b"\1" + b"\xff" * 32)],
        [".", key_text(b"\1" + b"\x02" * 31)],
        [".", key_text(b"\6" + b"\x02" * 1312)],
        [".", WITNESSES[0].verifier()],
        [".", f"{KEY.verifier()},{META_KEY.verifier()}"],
        [".", KEY.verifier(), "--pin", "nowhere"],
        [".", KEY.verifier(), "--witness", KEY.verifier()],
        [".", KEY.verifier(), "--meta", "key"],
        [".", KEY.verifier(), "--quorum", "many"],
        [".", KEY.verifier(), "--unheard-of"],
    ],
    ids=repr,
)
def test_what_cannot_run_is_no_verdict(bundle, arguments):
    """
    No bundle, no key, or no sense is 2, never 0, 1 or 3, and no traceback.
    """
    script = f"import os, runpy; os.chdir({str(bundle / 'bundle')!r}); runpy.run_path('verify.py', run_name='__main__')"
    done = run("-c", script, *arguments)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_bundle_of_another_version_is_not_judged(tmp_path):
    """
    What the log signed in a form that this script does not know is 2: neither good nor bad.
    """
    folder = unpacked(Bundle(log()).sealed(version="venia-bundle/v2"), tmp_path)

    assert run(VERIFIER, folder, KEY.verifier()).returncode == 2


def test_hostile_names_cannot_speak_to_the_terminal(tmp_path):
    """
    What it prints is printable ASCII, whatever files are called.
    """
    folder = unpacked(Bundle(log()).sealed() | {"\x1b[2J\nVERIFIED": b"", "ñ": b""}, tmp_path)
    done = run(VERIFIER, folder, KEY.verifier())

    assert done.returncode == 1
    assert all(line.isascii() and line.isprintable() for line in done.stdout.split("\n"))
    assert done.stdout.splitlines()[-1] == "NOT VERIFIED"


def test_it_needs_only_python_3_8():
    """
    Its syntax is that of 3.8, and it imports nothing but the standard library.
    """
    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"), feature_version=(3, 8))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]

    assert len(names) >= 8
    assert {*names} <= {*sys.stdlib_module_names}


ORDER = 2**252 + 27742317777372353535851937790883648493
PRIME = 2**255 - 19
SIGNER = Ed25519PrivateKey.from_private_bytes(b"e" * 32)
PUBLIC = SIGNER.public_key().public_bytes_raw()


@pytest.mark.parametrize(
    ("public", "message", "signature"),
    [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            (
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            (
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
        ),
    ],
)
def test_published_signatures_are_right(public, message, signature):
    """
    The vectors of RFC 8032 §7.1.
    """
    assert verifier.is_signed(*map(bytes.fromhex, (public, message, signature)))


@given(st.binary(max_size=200), st.integers(0, 511), st.binary(min_size=32, max_size=32))
def test_signatures_are_judged_as_openssl_does(message, bit, seed):
    """
    A right one is right; with one bit changed it is wrong.
    """
    signer = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = signer.public_key().public_bytes_raw(), signer.sign(message)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8

    assert verifier.is_signed(public, message, signature)
    assert not verifier.is_signed(public, message, bytes(changed))
    assert not verifier.is_signed(public, message + b"x", signature)


def with_scalar(add: int) -> bytes:
    """
    A signature with something added to its scalar.
    """
    signature = SIGNER.sign(b"message")
    return signature[:32] + (int.from_bytes(signature[32:], "little") + add).to_bytes(32, "little")


def forged_identity(point: bytes) -> bytes:
    """
    What signs anything where the point of no order is taken in any spelling: S = 0 and R that point.
    """
    return point + bytes(32)


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        SIGNER.sign(b"message")[:63],
        SIGNER.sign(b"message") + b"\0",
        bytes(64),
        b"\xff" * 64,
        with_scalar(ORDER),
        with_scalar(2 * ORDER),
        SIGNER.sign(b"message")[:32] + ORDER.to_bytes(32, "little"),
        PRIME.to_bytes(32, "little") + SIGNER.sign(b"message")[32:],
        (PRIME + 1).to_bytes(32, "little") + SIGNER.sign(b"message")[32:],
        forged_identity((1).to_bytes(32, "little")),
        forged_identity((PRIME + 1).to_bytes(32, "little")),
    ],
    ids=bytes.hex,
)
def test_malleable_signatures_are_wrong(signature):
    """
    A scalar of the order or beyond, a point in another spelling, another length: there is one signature, or none.
    """
    assert verifier.is_signed(PUBLIC, b"message", SIGNER.sign(b"message"))
    assert not verifier.is_signed(PUBLIC, b"message", signature)


@pytest.mark.parametrize(
    "number",
    [
        *(0, 1, PRIME - 1, PRIME, PRIME + 1, PRIME + 2, 2**255 - 1),
        *(number | 1 << 255 for number in (0, 1, PRIME - 1, PRIME, PRIME + 1)),
        2,  # no point of the curve has this y
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,  # of order eight
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,  # as well
    ],
    ids=hex,
)
def test_unsafe_points_are_no_keys(number):
    """
    Not on the curve, in a second spelling, or of low order, so that it has signed everything.
    """
    with pytest.raises(ValueError, match="no Ed25519 key"):
        verifier.doubles(number.to_bytes(32, "little"))
