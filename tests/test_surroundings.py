"""
What the checkout needs from elsewhere, and what it must not name: dependencies, registries, machines, other people's servers.
"""

import re
import sys
from pathlib import PurePosixPath

from tests.checkout import (
    client_dependencies,
    dependencies,
    each_line,
    imports_of,
    is_part_of,
    matches,
    normal,
    optional_dependencies,
    our_files,
    python_files,
    report,
    text_of,
)
from tests.test_shape import FOLDERS

# Spelled so that this file does not contain what it looks for.
REGISTRY = re.compile(r"pythonhoste[d]|pyp[i]\.org|npmj[s]\.|de[b]\.debian|crate[s]\.io|proxy\.golan[g]")
MACHINE = re.compile(r"(?<![\w.~-])(/roo[t]/|/wor[k]/|/User[s]/|/tm[p]/bash_jobs|/op[t]/pypi|/op[t]/wheels)")
CDN = re.compile(r"\bcd[n]\.|cdnj[s]|jsdeliv[r]|unpk[g]\.|fonts\.googleapi[s]|fonts\.gstati[c]|esm\.s[h]\b")
FOREIGN_LOAD = re.compile(
    r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)\s*=\s*["']?(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//"""
)


def test_every_import_is_a_declared_dependency():
    """
    What is imported is named in pyproject.toml, not merely there because something else needs it.
    """
    declared = dependencies() | optional_dependencies()
    ours = {*FOLDERS, *sys.stdlib_module_names}
    undeclared = [
        (str(path), line, f"{name.split('.')[0]} is no dependency of ours in pyproject.toml.")
        for path in our_files()
        for line, name in imports_of(path)
        if name.split(".")[0] not in ours and not is_part_of(name.split(".")[0], declared)
    ]
    found = report(undeclared)

    assert not found, found


# What of the client reaches out; the rest of it decides, and is told the time.
REACHING = ("exchanges", "aio", "client", "loops", "__init__")


def test_the_client_needs_nothing_of_the_service():
    """
    Whoever installs it installs httpx; what builds requests and reads answers needs the standard library alone.
    """
    own = {*sys.stdlib_module_names, "venia_client"}
    foreign = [
        (str(path), line, f"{name.split('.')[0]} does not belong in this part of the client.")
        for path in python_files()
        if matches(path, ("clients/python/*",))
        for line, name in imports_of(path)
        if name.split(".")[0] not in (own | {"httpx"} if path.stem in REACHING else own - {"asyncio", "socket", "time"})
    ]
    found = report(foreign)

    assert not found, found
    assert client_dependencies() == {"httpx"} <= dependencies()


def test_locks_pin_bytes_and_name_no_address():
    """
    Every requirement of a lock has hashes, every dependency stands in it, and no index is written down.
    """
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-engines.lock"):
        text = text_of(PurePosixPath(lock))
        pinned = re.findall(r"^([\w.-]+)==\S+(?: ; [^\\\n]+)? \\\n    --hash=sha256:", text, flags=re.MULTILINE)
        missing = dependencies() - {*map(normal, pinned)}

        assert not missing, f"{lock} lacks {sorted(missing)}: run make lock."
        assert len(pinned) == len(re.findall(r"^\w", text, flags=re.MULTILINE))
        assert not re.search(r"://|--(?:index|extra-index|find-links|trusted)", text)


def test_no_file_names_a_registry_or_a_machine():
    """
    The checkout works wherever it lies, with whichever index a machine is set up for.
    """
    problems = [
        *each_line(REGISTRY, "Name no package registry's host.", _anywhere),
        *each_line(MACHINE, "Name no path of one machine.", _anywhere),
    ]
    found = report(problems)

    assert not found, found


def test_pages_load_nothing_from_elsewhere():
    """
    What an officer opens is served by Venia alone: no network of deliverers learns who looks at what.
    """
    pages = {".html", ".css", ".js", ".jinja", ".j2", ".svg"}
    problems = [
        *each_line(CDN, "Serve it from here.", _anywhere),
        *each_line(FOREIGN_LOAD, "Serve it from here.", lambda path: path.suffix in pages),
    ]
    found = report(problems)

    assert not found, found


def _anywhere(path: PurePosixPath) -> bool:
    return path.name != "LICENSE"
