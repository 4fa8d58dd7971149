"""
A PKCS#11 token of the tests' own: SoftHSM2, installed, or unpacked from Debian's packages into this user's cache.
"""

import os
import shutil
import subprocess
from pathlib import Path

_PACKAGES = ("libsofthsm2", "softhsm2")
_INSTALLED = tuple(Path(each) for each in ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"))


def module() -> Path:
    """
    The library of SoftHSM2; fetched once where it is not installed.  No root is needed: packages are only unpacked.
    """
    for path in _INSTALLED:
        if path.is_file():
            return path
    unpacked = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "venia-tests" / "softhsm2"
    found = unpacked / "usr/lib/softhsm/libsofthsm2.so"
    if not found.is_file():
        _fetch(unpacked)
    return found


def _fetch(folder: Path) -> None:
    apt, dpkg = shutil.which("apt-get"), shutil.which("dpkg-deb")
    assert apt, "The tests of PKCS#11 need SoftHSM2: install it (Debian: softhsm2)."
    assert dpkg, "The tests of PKCS#11 need SoftHSM2: install it (Debian: softhsm2)."
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([apt, "download", *_PACKAGES], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"SoftHSM2 cannot be fetched; install it (Debian: softhsm2). {done.stderr}"
    for package in folder.glob("*.deb"):
        subprocess.run([dpkg, "--extract", str(package), str(folder)], check=True)
        package.unlink()


def make_token(folder: Path, label: str, pin: str) -> None:
    """
    A token below ``folder``, by SoftHSM2's own tool; MUST come before the module is loaded into this process.
    """
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    library = module()
    tool = next(
        each for each in (library.parents[2] / "bin/softhsm2-util", Path("/usr/bin/softhsm2-util")) if each.is_file()
    )
    words = (
        "--init-token",
        "--free",
        "--label",
        label,
        "--pin",
        pin,
        "--so-pin",
        "so-" + pin,
        "--module",
        str(library),
    )
    subprocess.run([tool, *words], check=True, capture_output=True)
