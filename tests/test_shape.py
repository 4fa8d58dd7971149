"""
The house's rules that a machine can read off the checkout, and that no other tool checks.

A broken rule is reported as the file, the line and the rule, so that the message alone is enough to mend it.
"""

import ast
import re
import sys
from pathlib import PurePosixPath
from typing import TypeGuard

from tests.checkout import (
    PACKAGES,
    checkout,
    comments_of,
    each_line,
    each_node,
    has_comment,
    imports_of,
    matches,
    our_files,
    pyproject,
    python_files,
    report,
    text_of,
    tree_of,
    typescript_files,
)

APART = {"migrations", "tests", "benchmarks", "clients"}
FOLDERS = {*PACKAGES, *APART, "docs", "benchmarks", "clients"}

LONGEST = 400

# Modules that decide and never reach out: what they import is the standard library, and each other.
EVIDENCE = ("checkpoint", "cosigned", "encoding", "entry", "merkle", "points", "quorum", "tiles", "verifier")
PURE = (
    *(f"audit/{module}.py" for module in EVIDENCE),
    "consent/lifecycle.py",
    "consent/proof/kinds.py",
    "consent/replies.py",
    "policies/decision.py",
    "policies/facts.py",
    "policies/evaluator.py",
    "policies/against.py",
    "policies/brief.py",
    "policies/counting.py",
    "policies/sieves.py",
    "policies/sifting.py",
    "policies/kinds/*.py",
    "policies/redeciding.py",
    "policies/rereading.py",
    "policies/simulating/memory.py",
    "policies/simulating/worlds.py",
)
# Edge models are pydantic's; inside are dataclasses.
EDGES = (
    "*/api.py",
    "*/edge.py",
    "consent/bodies.py",
    "policies/authzen/bodies.py",
    "policies/authzen/mapping.py",
    "policies/bodies.py",
    "policies/pack*.py",
    "policies/loading.py",
    "policies/trial.py",
    "server/*",
)
# Where the environment may be looked at: once, at the start of the process, or for a library that has no other way.
ENVIRONMENT = (
    "server/settings.py",
    "server/cli.py",
    "server/terminal.py",
    "server/app.py",
    "server/telemetry.py",
    "migrations/env.py",
    "tests/*",
    "benchmarks/*",
    "clients/*",
)
# Who may ask what time it is; everyone else is told.
CLOCKS = ("server/*", "tests/*", "benchmarks/*", "clients/*")


def test_the_top_level_holds_only_what_it_is_for():
    """
    A new folder at the top is a decision, and packages there stand in the contract that keeps their arrows straight.
    """
    folders = {path.parts[0] for path in checkout() if len(path.parts) > 1 and not path.parts[0].startswith(".")}
    packages = {path.parts[0] for path in checkout() if path.name == "__init__.py" and len(path.parts) == 2}
    contracts = pyproject()["tool"]["importlinter"]

    assert folders <= FOLDERS, f"{sorted(folders - FOLDERS)} does not belong at the top level."
    assert packages - APART == {*contracts["root_packages"]}
    assert sorted(contracts["contracts"][0]["layers"]) == sorted(contracts["root_packages"]) == sorted(PACKAGES)


def test_files_stay_short():
    """
    A file over 400 lines has two subjects and wants to be two files; migrations are history and stay as they are.
    """
    long = [
        (str(path), LONGEST, f"The file has {len(text_of(path).splitlines())} lines: split it.")
        for path in [*python_files(), *typescript_files()]
        if not matches(path, ("migrations/versions/*",)) and len(text_of(path).splitlines()) > LONGEST
    ]
    found = report(long)

    assert not found, found


def test_every_module_says_what_it_promises():
    """
    A module begins with a docstring; only an empty one has nothing to say.
    """
    silent = [
        (str(path), 1, "The module has no docstring: say what it promises.")
        for path in python_files()
        if text_of(path).strip() and not ast.get_docstring(tree_of(path))
    ]
    found = report(silent)

    assert not found, found


def test_every_typescript_module_says_what_it_promises():
    """
    As a Python module does: it begins with a comment of documentation.
    """
    silent = [
        (str(path), 1, "The module does not begin with /**: say what it promises.")
        for path in typescript_files()
        if not text_of(path).startswith("/**")
    ]
    found = report(silent)

    assert not found, found


def test_every_test_states_its_fact():
    """
    A test's docstring is the fact that it proves.
    """
    tests = [path for path in python_files() if path.parts[0] == "tests"]
    found = report(each_node(tests, "The test has no docstring: state the fact it proves.", _is_test_without_fact))

    assert not found, found


def _is_test_without_fact(node: ast.AST) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return node.name.startswith("test_") and not ast.get_docstring(node)


def test_names_say_what_a_thing_is():
    """
    No module, class or function is called a utility, a helper, a manager or a base of something.
    """
    rule = "The name says nothing: call it what it is or does."
    modules = [(str(path), 1, rule) for path in python_files() if _is_vague(path.stem)]
    found = report([*modules, *each_node(python_files(), rule, _has_vague_name)])

    assert not found, found


def _has_vague_name(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and _is_vague(node.name)


def _is_vague(name: str) -> bool:
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]
    return bool({"util", "utils", "helper", "helpers", "manager"} & {*words}) or words in (["base"], ["bases"])


def test_imports_are_real():
    """
    Nothing is imported for the type checker alone: the framework reads annotations when it runs.
    """
    pattern = re.compile(r"\bTYPE_CHECKIN[G]\b")
    problems = each_line(pattern, "Import it for real.", lambda path: path.suffix == ".py")
    found = report(problems)

    assert not found, found


def test_a_silenced_rule_has_a_reason_on_its_line():
    """
    ``type: ignore`` and ``noqa`` name the rule they silence and say why.
    """
    silenced = [
        (str(path), line, "Name the rule that is silenced, and say why on the same line.")
        for path in python_files()
        for line, comment in comments_of(path)
        if re.search(r"#\s*(type:\s*ignore|noqa)", comment) and not _is_reasoned(comment)
    ]
    found = report(silenced)

    assert not found, found


def _is_reasoned(comment: str) -> bool:
    codes = r"(?:type:\s*ignore\[[\w, -]+\]|noqa:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)"
    return bool(re.fullmatch(rf"#\s*{codes}[\s#]+\w.*\s\w.*", comment))


def test_any_has_a_reason_on_its_line():
    """
    A type that switches the checker off says why beside it, or in the line above.
    """
    files = [path for path in our_files() if "Any" in text_of(path)]
    anonymous = [
        (str(path), node.lineno, "Any needs its reason on the line.")
        for path in files
        for node in ast.walk(tree_of(path))
        if _is_any(node) and not has_comment(path, node.lineno) and not _says_only_request(path, node.lineno)
    ]
    found = report(anonymous)

    assert not found, found


def _is_any(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and node.id == "Any"


def _says_only_request(path: PurePosixPath, line: int) -> bool:
    # Litestar's Request has three type parameters, of which the first two describe a login that we do not use.
    return "Any" not in text_of(path).splitlines()[line - 1].replace("Request[Any, Any, ", "")


def test_nothing_is_left_for_later():
    """
    No reminder, no empty promise, no test that does not run.
    """
    pattern = re.compile(
        r"\b(?:TOD[O]|FIXM[E]|XX[X])\b|raise NotImplementedErro[r][^#]*$|mark\.(?:ski[p]|xfai[l])|pytest\.(?:ski[p]|xfai[l])\("
    )
    problems = each_line(pattern, "Finish it, or leave it out.", lambda path: path.suffix in {".py", ".md"})
    found = report(problems)

    assert not found, found


def test_our_own_code_is_never_mocked():
    """
    Tests run what they test; only what leaves the process has a stand-in, written by hand.
    """
    mocked = [
        (str(path), line, "Give the code what it needs instead of patching it.")
        for path in python_files()
        for line, name in imports_of(path)
        if name.startswith(("unittest.mock", "mock.", "pytest_mock"))
    ]
    found = report(mocked)

    assert not found, found


def test_a_store_is_private_to_its_package():
    """
    SQL of a package is called by that package alone; others ask its functions.
    """
    trespassing = [
        (str(path), line, f"{name.split('.')[0]}.store belongs to its package: call a function of that package.")
        for path in our_files()
        for line, name in imports_of(path)
        if name.split(".")[0] in PACKAGES and "store" in name.split(".")[1:] and name.split(".")[0] != path.parts[0]
    ]
    found = report(trespassing)

    assert not found, found


def test_the_core_is_told_the_time():
    """
    Only the server reads a clock; everything else is given ``now``, so that a decision can be made again.
    """
    files = [path for path in python_files() if not matches(path, CLOCKS)]
    found = report(each_node(files, "Take now as an argument.", _reads_clock))

    assert not found, found


def _reads_clock(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "time" and any(alias.name in {"time", "time_ns"} for alias in node.names)
    if not isinstance(node, ast.Attribute):
        return False
    owner = ast.unparse(node.value).split(".")[-1]
    clocks = {"datetime": {"now", "utcnow", "today"}, "date": {"today"}, "time": {"time", "time_ns"}}
    return node.attr in clocks.get(owner, set())


def test_the_environment_is_read_in_one_place():
    """
    Settings are one object that is passed around; nothing looks behind it.
    """
    files = [path for path in python_files() if not matches(path, ENVIRONMENT)]
    found = report(each_node(files, "Take it from the settings.", _reads_environment))

    assert not found, found


def _reads_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and any(alias.name in {"environ", "getenv"} for alias in node.names)
    return isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv", "os.putenv"}


def test_pydantic_stays_at_the_edge():
    """
    Whatever comes from outside is checked there and becomes a dataclass; no model travels further.
    """
    inside = [
        (str(path), line, "Check it at the edge, and pass a dataclass.")
        for path in our_files()
        for line, name in imports_of(path)
        if name.split(".")[0] in {"pydantic", "pydantic_settings"} and not matches(path, EDGES)
    ]
    found = report(inside)

    assert not found, found


def test_pure_modules_import_only_what_is_pure():
    """
    What decides imports the standard library and its own package; import-linter follows the chain further.
    """
    impure = [
        (str(path), line, f"{name} does not belong in a pure module.")
        for path in our_files()
        if matches(path, PURE)
        for line, name in imports_of(path)
        if name.split(".")[0] not in {*sys.stdlib_module_names, path.parts[0]}
    ]
    found = report(impure)

    assert not found, found


def test_applying_a_request_never_waits():
    """
    A request decides in memory, between loading and saving: its ``apply`` awaits nothing.
    """
    assert not report(each_node(our_files(), "Load before, save after: apply must not wait.", _waits_in_apply))


def _waits_in_apply(node: ast.AST) -> bool:
    if isinstance(node, ast.AsyncFunctionDef):
        return node.name == "apply"
    is_apply = isinstance(node, ast.FunctionDef) and node.name == "apply"
    return is_apply and any(isinstance(each, ast.Await) for each in ast.walk(node))
