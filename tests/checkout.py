"""
The checkout as data: its files, their syntax, imports and comments, for the rules in tests/test_shape.py.
"""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("audit", "consent", "policies", "server")
SKIPPED = {".git", ".venv", ".venia", "build", "dist", "htmlcov", "__pycache__", "venv", "node_modules"}

Problem = tuple[str, int, str]


@cache
def checkout() -> tuple[PurePosixPath, ...]:
    """
    Every file of the checkout, tools' leavings aside.
    """
    return tuple(sorted(PurePosixPath(path.relative_to(ROOT).as_posix()) for path in _walk(ROOT)))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_symlink() or path.name in SKIPPED or path.name.endswith(("_cache", ".egg-info")):
            continue
        if path.is_dir():
            # Hidden folders at the root are tools', except the one that says what must hold.
            if not path.name.startswith(".") or path.name in {".ci", ".github"}:
                yield from _walk(path)
        elif not path.name.startswith(".coverage"):
            yield path


def python_files() -> list[PurePosixPath]:
    """
    The Python files, ours and the tests'.
    """
    return [path for path in checkout() if path.suffix == ".py"]


def typescript_files() -> list[PurePosixPath]:
    """
    The TypeScript files that are written by hand.
    """
    return [path for path in checkout() if path.suffix in {".ts", ".mts"} and path.name != "wire.ts"]


def our_files() -> list[PurePosixPath]:
    """
    The Python files of the four packages.
    """
    return [path for path in python_files() if path.parts[0] in PACKAGES]


@cache
def text_of(path: PurePosixPath) -> str:
    """
    The text of a file; nothing for what is not text.
    """
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree_of(path: PurePosixPath) -> ast.Module:
    """
    The syntax of a Python file.
    """
    return ast.parse(text_of(path), str(path))


def imports_of(path: PurePosixPath) -> Iterator[tuple[int, str]]:
    """
    The line and the dotted name of each import; ``from a import b`` is ``a.b``.
    """
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def comments_of(path: PurePosixPath) -> Iterator[tuple[int, str]]:
    """
    The line and the text of each comment.
    """
    for token in tokenize.generate_tokens(io.StringIO(text_of(path)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def matches(path: PurePosixPath, patterns: tuple[str, ...]) -> bool:
    """
    Whether one of the patterns names the file; a pattern that ends in a star names everything below.
    """
    return any(str(path).startswith(each[:-1]) if each.endswith("/*") else path.match(each) for each in patterns)


def report(problems: Iterable[Problem]) -> str:
    """
    One line for each problem; empty if there is none.
    """
    return "\n".join(f"{path}:{line}: {rule}" for path, line, rule in sorted(set(problems)))


def has_comment(path: PurePosixPath, line: int) -> bool:
    """
    Whether the line, or the one above it, explains itself.
    """
    lines = text_of(path).splitlines()
    return "#" in lines[line - 1] or lines[line - 2].strip().startswith("#")


def each_line(pattern: re.Pattern[str], rule: str, only: Callable[[PurePosixPath], bool]) -> Iterator[Problem]:
    """
    A problem for each line on which the pattern is found.
    """
    for path in filter(only, checkout()):
        for number, line in enumerate(text_of(path).splitlines(), start=1):
            if pattern.search(line):
                yield str(path), number, rule


def each_node(files: list[PurePosixPath], rule: str, broken: Callable[[ast.AST], bool]) -> Iterator[Problem]:
    """
    A problem for each piece of syntax that breaks the rule.
    """
    for path in files:
        for node in ast.walk(tree_of(path)):
            if broken(node):
                yield str(path), getattr(node, "lineno", 1), rule


def pyproject() -> dict[str, Any]:  # Any, as TOML nests what it likes.
    """
    What pyproject.toml says.
    """
    return tomllib.loads(text_of(PurePosixPath("pyproject.toml")))


def client_dependencies() -> set[str]:
    """
    The names of the packages that the Python client declares it runs on.
    """
    return _names(tomllib.loads(text_of(PurePosixPath("clients/python/pyproject.toml")))["project"]["dependencies"])


def dependencies() -> set[str]:
    """
    The names of the packages that Venia declares it runs on, the embedded database's among them.
    """
    project = pyproject()["project"]
    return _names([*project["dependencies"], *project["optional-dependencies"]["embedded"]])


def optional_dependencies() -> set[str]:
    """
    The names of the packages that only some installations have.
    """
    return _names([each for extra in pyproject()["project"]["optional-dependencies"].values() for each in extra])


def _names(declared: list[str]) -> set[str]:
    return {normal(re.split(r"[^\w.-]", each)[0]) for each in declared}


def is_part_of(module: str, declared: set[str]) -> bool:
    """
    Whether a package of these brings the module, itself or, as pydantic does with pydantic-core, as its own part.
    """
    bringing = {normal(each) for each in _distributions().get(module, [])}
    return any(each == name or each.startswith(f"{name}-") for each in bringing for name in declared)


@cache
def _distributions() -> Mapping[str, list[str]]:
    # Read once: it is as long as the list of all files that are installed.
    return packages_distributions()


def normal(name: str) -> str:
    """
    A package's name as it is compared.
    """
    return re.sub(r"[-_.]+", "-", name).lower()
